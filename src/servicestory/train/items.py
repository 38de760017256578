"""The checklist of a practice: its steps, to do or to confirm at a named moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from servicestory.wording.material import Material
from servicestory.wording.steps import Cite

MOST = 9
LEAST = 2  # one line is no list
MOST_POINTS = 2


@dataclass(frozen=True)
class Item:
    """One line of the checklist, with what makes or breaks it; ``source`` as of the step it is."""

    text: str
    source: str
    cites: tuple[Cite, ...] = ()
    points: tuple[str, ...] = ()
    once: bool = False


def items(material: Material) -> list[Item]:
    """The practice's steps, with the words and numbers they have in every other document; at most `MOST`.

    Nothing is added to make the list longer: a line that holds for any service makes nobody better at this
    one (Gawande, The Checklist Manifesto: only what is skipped at a cost). A key point stands under its step
    where a story tells it.
    """
    return [
        Item(
            step.text,
            step.source,
            step.cites,
            tuple(p.text for p in step.key_points if p.source == "stories")[:MOST_POINTS],
            step.once and material.stories > 1,
        )
        for step in material.steps[:MOST]
    ]


def enough(listed: Sequence[Item]) -> bool:
    """Whether the practice gives enough lines for a checklist."""
    return len(listed) >= LEAST


def pause_point(material: Material) -> str:
    """The moment at which the list is gone through."""
    phases = {step.phase for step in material.steps}
    if phases == {0}:
        return f"Before the {material.customer} arrives"
    if 3 in phases:
        return "Before you hand over your shift"
    return f"Before you turn to the next {material.customer}"


def way(material: Material) -> Literal["read-do", "do-confirm", "one of them"]:
    """Read each line and do it where things have gone wrong already; else do, then confirm.

    Where the lines are ways to do it and no sequence, one of them is enough.
    """
    if material.ways:
        return "one of them"
    return "read-do" if material.recovery else "do-confirm"
