"""What the commands show of a practice's evidence: counts, and the words themselves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from servicestory import console
from servicestory.doers import doers, people_of, shared
from servicestory.models.base import period_of
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.text import SHOWN, listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.detect.alike import Directions

ORDER = ("standard", "pilot", "accepted", "local", "candidate", "retired", "rejected", "merged")


class Counts(NamedTuple):
    """Over how many stories, people, sites and periods a practice's evidence lies."""

    stories: int
    people: int | None  # None for so few that their number is not told
    sites: int
    periods: int

    def __str__(self) -> str:
        """In words; what no story names is left out."""
        parts = [plural(self.stories, "story", "stories")]
        people = "a few people" if self.people is None else plural(self.people, "person", "people")
        parts += [people] if self.people != 0 else []
        parts += [plural(self.sites, "site")] if self.sites else []
        parts += [plural(self.periods, "period")] if self.periods else []
        return ", ".join(parts)


def counts(practice: Practice, stories: Mapping[str, Story], organisation: Organisation) -> Counts:
    """Count the distinct stories, people, sites and reporting periods behind a practice.

    A colleague who goes by an alias of the staff list is one person.
    """
    texts = said(practice, stories)
    told = [stories[i] for i in sorted(texts)]
    who = {key for story in told for key in doers(people_of(story, organisation)[0], texts[story.id])}
    return Counts(
        len(told),
        None if 0 < len(who) < organisation.privacy.smallest_group else len(who),
        len({story.site for story in told if story.site}),
        len({p for story in told if (p := period_of(story.date, organisation.periods.kind))}),
    )


def said(practice: Practice, stories: Mapping[str, Story]) -> dict[str, list[str]]:
    """Story id -> its sentences that show the practice."""
    found: dict[str, list[str]] = {}
    for place in practice.evidence:
        if (story := stories.get(place.story)) is not None:
            found.setdefault(place.story, []).append(place.text_in(story) or "")
    return found


def shared_among(
    practice: Practice,
    stories: Mapping[str, Story],
    organisation: Organisation,
    suggested: Mapping[str, Sequence[str]],
) -> dict[str, int]:
    """Story id -> how many it names, where the words of the practice do not say which of them did it."""
    found = {}
    for ref, texts in said(practice, stories).items():
        people, _ = people_of(stories[ref], organisation, suggested.get(ref, ()))
        if shared(people, texts):
            found[ref] = len(people)
    return found


def quotes(
    practice: Practice, stories: Mapping[str, Story], limit: int | None = SHOWN
) -> list[tuple[int, str, str]]:
    """(number from 1, story id, the words on one line) for every place that is still in its story."""
    found = []
    for number, evidence in enumerate(practice.evidence, start=1):
        story = stories.get(evidence.story)
        words = evidence.text_in(story) if story else None
        if words:
            found.append((number, evidence.story, one_line(words, limit)))
    return found


def doubt(practice: Practice, number: int) -> str:
    """ " (doubtful)" after the words of a place that may well belong elsewhere, else nothing."""
    return " (doubtful)" if practice.evidence[number - 1].doubtful else ""


def say_outdated(practices: Iterable[Practice]) -> None:
    """That verdict and figures of practices are those of the last detection, where evidence changed since."""
    found = [p.id for p in practices if p.outdated]
    if found:
        shown = listing(found[:8]) if len(found) <= 8 else f"{', '.join(found[:8])} and {len(found) - 8} more"
        console.note(
            f"Verdict and figures of {shown} are of the last detect, and what they rest on was changed "
            "since. Work them out again with: servicestory detect"
        )


def same_words(text: str) -> str:
    """A quote as it is compared: what somebody tells each month in the same words is shown once."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def clearest(
    practice: Practice, stories: Mapping[str, Story], customer: str, most: int = 5
) -> list[tuple[int, str, str]]:
    """Up to ``most`` whole quotes, no two of one story or in the same words, the best first, as in `detect`.

    Args:
        customer: the organisation's word for a customer.
    """
    from servicestory.cli.picking import nearness
    from servicestory.detect.summary import Telling
    from servicestory.detect.summary import clearest as chosen

    told, near = quotes(practice, stories, None), nearness()
    every = [practice.evidence[number - 1] for number, _, _ in told]
    places = [
        Telling.of(stories[e.story], text, e.score or 0.0, e.pinned, e.field != "narrative")
        for e, (_, _, text) in zip(every, told, strict=True)
    ]

    def deeds(some: list[int]) -> "Directions":
        return near.directions([every[n].text_in(stories[every[n].story]) or "" for n in some])

    found = chosen(places, deeds, near.directions([practice.name]), practice.definition is None, customer)
    return [told[n] for n in found[:most]]


def strongest_first(practices: list[Practice], told: Mapping[str, Counts]) -> list[Practice]:
    """By the stage of its life, then by how many stories surely show it, by how many at all, and by id."""
    return sorted(
        practices, key=lambda p: (ORDER.index(p.status), -len(p.sure_stories), -told[p.id].stories, p.id)
    )
