"""What came of it, in the words of those who were there and agreed to be quoted in training."""

from dataclasses import dataclass
from datetime import date

from servicestory.models.organisation import Organisation
from servicestory.train.session import may_be_quoted
from servicestory.wording.material import Material

_LONGEST = 160


@dataclass(frozen=True)
class Voice:
    """What came of it, or what was said of it; ``kind``: ``outcome``, ``quote`` or ``why``."""

    kind: str
    text: str
    story: str


def voices(material: Material, organisation: Organisation, on: date, most: int = 4) -> list[Voice]:
    """What the stories say came of it, at most one line each, names of colleagues taken out.

    Stories that show a step come first. A story counts only where everybody who was asked agreed to its use
    in training, as of ``on``.
    """
    shown = {cite.story for step in material.steps for cite in step.cites}
    found: list[Voice] = []
    for story in sorted(material.told.values(), key=lambda s: (s.id not in shown, s.id)):
        if not may_be_quoted(story, on):
            continue
        for kind, said in (
            ("outcome", story.outcome),
            ("quote", story.quote),
            ("why", story.why_significant),
        ):
            if said and len(said) <= _LONGEST:
                found.append(Voice(kind, material.quoted(said, story, organisation), story.id))
                break
    return found[:most]
