"""The checklist of a practice: its steps, to do or to confirm at a named moment."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from servicestory.wording.acts import act
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, Step

LEAST, MOST = 5, 9
GENERAL = 1  # general lines at most: with more the list would say little of its own
LEAST_OWN = 2  # one line is no list, and with it the list would hold for any practice
# Acts that are over when they are done: whoever was greeted or thanked is not asked whether it was right.
_DONE_WHEN_DONE = frozenset(
    ("greet", "look", "smile", "wave", "nod", "thank", "address", "congratulate", "surprise", "celebrate",
     "mark", "chat", "joke", "talk", "hand", "pass", "note")
)  # fmt: skip
_NOTHING_TO_ADD = re.compile(
    r"\b(?:surpris\w*|birthdays?|anniversar\w+|occasions?|hand(?:s|ed)? over|handovers?|take over|goodbye"
    r"|farewell)\b",
    re.IGNORECASE,
)
MOST_POINTS = 2


@dataclass(frozen=True)
class Item:
    """One line of the checklist; ``source`` as of its step, or ``method``; ``points`` make or break it."""

    text: str
    source: str
    cites: tuple[Cite, ...] = ()
    points: tuple[str, ...] = ()
    once: bool = False


def items(material: Material) -> list[Item]:
    """The practice's steps, with the words and numbers they have in every other document; at most `MOST`.

    What makes or breaks a step stands under it. Fewer than five are followed by one line that ends every good
    service step, where that fits: marked ``method`` and never invented as evidence (WHO checklist; Gawande,
    The Checklist Manifesto: at most nine lines, and only those whose lack costs dear). With fewer than
    `LEAST_OWN` steps these are all: no checklist.
    """
    made = [
        Item(
            step.text,
            step.source,
            step.cites,
            _points(step),
            material.told_once(step),
        )
        for step in material.steps[:MOST]
    ]
    if not enough(made) or not _goes_on(material):
        return made
    return [*made, *_at_the_end(made, material.customer, is_there(material))]


def _points(step: Step) -> tuple[str, ...]:
    """What stands under a line: every caution, and the first other key points."""
    cautions = [p.text for p in step.key_points if p.caution]
    others = [p.text for p in step.key_points if not (p.caution or p.example)]
    return (*cautions, *others[:MOST_POINTS])


def _goes_on(material: Material) -> bool:
    """Whether there is something to ask, to note or to hand on after it; not after a greeting."""
    if _NOTHING_TO_ADD.search(f"{material.practice.name} {material.practice.behaviour_statement or ''}"):
        return False
    over = [act(step.text)[0] in _DONE_WHEN_DONE for step in material.steps]
    return sum(over) * 2 <= len(over)


def _at_the_end(own: Sequence[Item], customer: str, there: bool) -> Iterable[Item]:
    """What ends every good service step and its own lines do not say; one line, where they are few.

    Args:
        there: somebody is there who could be asked.
    """
    said = " ".join(item.text.casefold() for item in own)
    lines = [
        (r"\bask\b" if there else r"", f"Ask the {customer} whether it is right like this"),
        (r"\b(?:note|card|handover|write)\b", f"Note what the next shift should know about the {customer}"),
    ]
    fresh = [Item(text, "method") for known, text in lines if not re.search(known, said)]
    return fresh[: max(0, min(GENERAL, LEAST - len(own)))]


def enough(listed: Sequence[Item]) -> bool:
    """Whether the practice itself gives enough lines for a checklist."""
    return sum(1 for item in listed if item.source != "method") >= LEAST_OWN


def pause_point(material: Material) -> str:
    """The moment at which the list is gone through."""
    phases = {step.phase for step in material.steps}
    if phases == {0}:
        return f"Before the {material.customer} arrives"
    if 3 in phases:
        return "Before you hand over your shift"
    if not is_there(material):
        return "Before you go on to something else"
    return f"Before you turn to the next {material.customer}"


def is_there(material: Material) -> bool:
    """Whether the one it is done for is there meanwhile, as far as the practice and its stories tell.

    Nobody is asked or passed over who is away: not where the practice says so, or two of its stories and a
    third of them. Else somebody must be told of: in a line, or in a place as the one something is done to.
    """
    practice, word = material.practice, re.escape(material.customer)
    said = [practice.name, practice.behaviour_statement or "", practice.trigger or "", *practice.core]
    away = {cite.story for cite in material.cites if _AWAY.search(material.text_at(cite))}
    if _AWAY.search(" . ".join(said)) or (len(away) > 1 and len(away) * 3 >= material.stories):
        return False
    lines = [practice.name, *(step.text for step in material.steps)]
    named = re.compile(rf"\b(?:{word}s?|them|their|everybody|everyone)\b", re.IGNORECASE)
    return any(named.search(line) for line in lines) or any(
        _TO_THEM.search(material.text_at(cite)) for cite in material.cites
    )


_AWAY = re.compile(
    r"\babsent\b|\b(?:is|are|was|were|who|owners?|guests?|customers?) away\b"
    r"|\bin (?:the )?hospital\b|\babroad\b"
    r"|\b(?:nobody|no one) (?:is|was|had been) (?:about|aboard|at home|home|in|there|with)\b"
    r"|\bwhile (?:they|he|she|we) (?:was|were|is|are) (?:out|gone|away)\b",
    re.IGNORECASE,
)
_TO_THEM = re.compile(r"\b(?:me|us|you|our|my|him|them|we|i)\b", re.IGNORECASE)


def way(material: Material) -> Literal["read-do", "do-confirm", "one of them"]:
    """Read each line and do it where things have gone wrong already; else do, then confirm.

    Where the lines are ways to do it and no sequence, one of them is enough.
    """
    if material.ways:
        return "one of them"
    return "read-do" if material.recovery else "do-confirm"
