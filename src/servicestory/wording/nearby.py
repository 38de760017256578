"""What stories tell next to the places of a practice's evidence: the moment before a deed, and what goes on with it."""

from collections.abc import Iterable, Mapping

from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.steps import Cite
from servicestory.wording.tokens import LONGEST, STOP, sentences

_AFTER = 4  # sentences after a place: what was done about it
_BEFORE = 240  # characters before a place


def told_around(places: Iterable[Cite], told: Mapping[str, Story]) -> dict[Cite, str]:
    """What the stories tell before each place, and in the rest of its sentence: the moment is told there."""
    found = {}
    for place in places:
        story = told[place.story]
        text = story.text_of(place.field) or ""
        before = text[max(0, place.start - _BEFORE) : place.end]
        rest = STOP.split(text[place.end : place.end + _BEFORE])[0]
        found[place] = f"{story.situation or ''} {before}{rest}"
    return found


def beside(practice: Practice, told: Mapping[str, Story]) -> list[tuple[Cite, str]]:
    """The sentence before each place of a story told here and those that say what came of it: "She sent us a picture".

    What somebody took out of the practice is none of them.
    """
    found: dict[Cite, str] = {}
    known = [Cite(*e.place) for e in [*practice.evidence, *practice.out]]
    for evidence in practice.surest():
        story = told.get(evidence.story)
        text = story.text_of(evidence.field) if story and story.source is None else None
        parts = sentences(text) if text else ()
        here = [n for n, (a, b) in enumerate(parts) if a < evidence.end and evidence.start < b]
        for start, end in {
            parts[n] for k in here for n in range(k - 1, k + _AFTER + 1) if 0 <= n < len(parts)
        }:
            said = (text or "")[start:end]
            cite = Cite(evidence.story, evidence.field, end - len(said.lstrip()), end)
            if not any(cite.touches(one) for one in known):
                found[cite] = said.strip()
    return sorted(found.items())


def told_before(evidence: Evidence, story: Story) -> str:
    """A place with what its story tells before it, the moment among it; what came afterwards is none.

    What stands more than two endless sentences before it is another matter.
    """
    return (story.text_of(evidence.field) or "")[max(0, evidence.start - 2 * LONGEST) : evidence.end]


def came_of_it(evidence: Evidence, story: Story, reach: int = 120) -> str:
    """The sentence a place stands in, and what follows: how somebody felt before it did not come of it."""
    text = story.text_of(evidence.field) or ""
    furthest = max(0, evidence.start - LONGEST)
    begins = max((stop.end() for stop in STOP.finditer(text, furthest, evidence.start)), default=furthest)
    return text[begins : evidence.end + reach]
