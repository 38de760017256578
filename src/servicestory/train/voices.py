"""What came of it, in the words of those who were there and agreed to be quoted in training."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servicestory.models.organisation import Organisation
from servicestory.train.session import is_about, told_aloud
from servicestory.wording.complaint import complains
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite
from servicestory.wording.tokens import sentences

_LONGEST = 160
_LONGEST_LINE = 220


@dataclass(frozen=True)
class Voice:
    """What came of it, or what was said of it; ``kind``: ``outcome``, ``quote`` or ``why``."""

    kind: str
    text: str
    story: str


def voices(material: Material, organisation: Organisation, on: date, most: int = 4) -> list[Voice]:
    """What the stories say came of it, at most one line each, names of colleagues taken out.

    Only of stories that show a step, where any does: of another, nobody knows what it came of. A story counts
    only where everybody who was asked agreed to its use in training, as of ``on``. What is said of a story in
    which the practice is a small part may be of the rest of it, and is left out: pink glasses praise no soup.
    """
    shown = {cite.story for step in material.steps for cite in step.cites}
    about: list[Voice] = []
    for story in sorted(material.told.values(), key=lambda s: s.id):
        if (shown and story.id not in shown) or not story.all_agreed_to("training", on=on):
            continue
        if not is_about(story, material):
            continue
        for kind, said in (
            ("outcome", story.outcome),
            ("quote", story.quote),
            ("why", story.why_significant),
        ):
            if said and len(said) <= _LONGEST and not complains(said):
                about.append(Voice(kind, told_aloud(said, story, organisation, material.mask), story.id))
                break
    return about[:most]


def may_be_told(material: Material, cites: Sequence[Cite], organisation: Organisation, on: date) -> str:
    """The sentences of the first place whose story may be used in training, without names; else nothing."""
    for cite in cites:
        story = material.told.get(cite.story)
        if story and cite.field == "narrative" and story.all_agreed_to("training", on=on):
            parts = [(a, b) for a, b in sentences(story.narrative) if a < cite.end and cite.start < b]
            said = story.narrative[parts[0][0] : parts[-1][1]].strip() if parts else ""
            if 0 < len(said) <= _LONGEST_LINE:
                return told_aloud(said, story, organisation, material.mask)
    return ""
