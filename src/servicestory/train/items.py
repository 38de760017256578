"""The checklist of a practice: five to nine things to do or confirm at a named moment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from servicestory.wording.manner import MANNERS
from servicestory.wording.material import MANY_STORIES, Material
from servicestory.wording.steps import Cite

LEAST, MOST = 5, 9
LEAST_OWN = 2  # with fewer, the list would hold for any practice
_REFERS = re.compile(r"\b(?:it|this|that|them)\b")  # "do it at once" says nothing without its step


@dataclass(frozen=True)
class Item:
    """One line of the checklist; ``source`` as of the step it comes from, or ``method``."""

    text: str
    source: str
    cites: tuple[Cite, ...] = ()


def items(material: Material) -> list[Item]:
    """Five to nine items, in the order of doing (WHO checklist; Gawande, The Checklist Manifesto).

    The steps come first; where they are fewer than five, their key points follow them, and then what holds
    for every good service step, marked ``method`` and never invented as evidence. Where the practice has
    fewer than `LEAST_OWN` lines of its own, these are all: no checklist yet, see `enough`.

    Of a practice that the codebook defines and many stories tell, what one story tells is an example: good
    to know, in the job breakdown, and no line that everybody confirms every time.
    """
    word = material.customer
    broad = bool(material.definition.lines) and material.stories >= MANY_STORIES
    steps = [s for s in material.steps if not (broad and s.source == "stories" and s.stories < 2)]
    made = [Item(s.text, s.source, s.cites) for s in steps][:MOST]
    for step in steps if len(made) < LEAST else ():
        # What makes or breaks a step (its key points) is worth a line where steps are few.
        at = next(n for n, item in enumerate(made) if item.text == step.text) + 1
        made[at:at] = [
            Item(p.text, step.source, p.cites)
            for p in step.key_points
            if _stands_alone(p.text, material.customer)
        ][: LEAST - len(made)]
    if not enough(made):
        return made
    said = " ".join(i.text.casefold() for i in made)
    around = [
        (0, "Know what you may decide alone, and whom to ask beyond that"),
        (9, f"Ask the {word} whether it is right like this"),
        (9, f"Note what you did and what you learned about the {word}"),
        (9, "Tell the colleague who takes over from you"),
        (0, f"Look up what we already know about the {word}"),
        (9, "Tell the story when it went especially well"),
    ]
    for place, text in around:
        if len(made) >= LEAST:
            break
        if text.split()[0].casefold() == "ask" and "ask if" in said:
            continue
        item = Item(text, "method")
        made = [item, *made] if place == 0 else [*made, item]
    return made


def enough(listed: Sequence[Item]) -> bool:
    """Whether the practice itself gives enough lines for a checklist."""
    return sum(1 for item in listed if item.source != "method") >= LEAST_OWN


def _stands_alone(point: str, customer: str) -> bool:
    """Whether a key point says by itself what to do: "Use the guest's name", not "line by line"."""
    ways = {m.point.replace("{c}", word) for m in MANNERS for word in (customer, "colleague")}
    return (point in ways or point.startswith("Do not just ")) and not _REFERS.search(point)


def pause_point(material: Material) -> str:
    """The moment at which the list is gone through."""
    phases = {step.phase for step in material.steps}
    if phases == {0}:
        return f"Before the {material.customer} arrives"
    if 3 in phases:
        return "Before you hand over your shift"
    return f"Before you turn to the next {material.customer}"


def way(material: Material) -> Literal["read-do", "do-confirm"]:
    """Read each line and do it where things have gone wrong already; else do, then confirm."""
    return "read-do" if material.recovery else "do-confirm"
