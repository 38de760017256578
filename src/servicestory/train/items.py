"""The checklist of a practice: its steps, to do or to confirm at a named moment."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from servicestory.wording.acts import act
from servicestory.wording.costs import needs_a_limit
from servicestory.wording.material import Material
from servicestory.wording.recovery import BACK, REPORT, SOURCE
from servicestory.wording.steps import Cite, Step

LEAST, MOST = 5, 9
GENERAL = 1  # general lines at most: with more the list would say little of its own
LEAST_AWAY = 2  # stories that must tell of somebody who is away
# Acts that are over when they are done: whoever was greeted or thanked is not asked whether it was right.
_DONE_WHEN_DONE = frozenset(
    ("greet", "look", "smile", "wave", "nod", "thank", "address", "congratulate", "surprise", "celebrate",
     "mark", "chat", "joke", "talk", "hand", "pass", "note")
)  # fmt: skip
_TAKEN_THERE = frozenset(("walk", "carry"))  # of a way or a load nobody asks whether it is right like this
_NOTHING_TO_ADD = re.compile(
    r"\b(?:surpris\w*|birthdays?|anniversar\w+|occasions?|hand(?:s|ed)? over|handovers?|take over|goodbye"
    r"|farewell)\b",
    re.IGNORECASE,
)
MOST_POINTS = 3
LIMIT = "Up to your limit; where none is named, ask first"


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
    The Checklist Manifesto: at most nine lines, only those whose lack costs dear). Where they make no list
    (`Material.makes_a_list`), these are all.
    """
    made = [
        Item(
            step.text,
            step.source,
            step.cites,
            (*_points(step), *([LIMIT] if needs_a_limit(step.text) else [])),
            material.told_once(step),
        )
        for step in material.steps[:MOST]
    ]
    if not material.makes_a_list or not _goes_on(material):
        return made
    there = is_there(material) and pause_point(material) != _HAND_OVER
    taken = all(act(step.text)[0] in _TAKEN_THERE for step in material.steps)
    asks = "they need anything else" if taken else "it is right like this"
    return [*made, *_at_the_end(made, asks, material.customer, there)]


def _points(step: Step) -> tuple[str, ...]:
    """What stands under a line: every caution, and the first other key points."""
    cautions = [p.asked for p in step.key_points if p.caution]
    others = [p.text for p in step.key_points if not (p.caution or p.example)]
    return (*cautions, *others[:MOST_POINTS])


def _goes_on(material: Material) -> bool:
    """Whether there is something to ask, to note or to hand on after it; not after a greeting or a call."""
    if any(act(step.text)[0] in _AT_A_DISTANCE for step in material.steps):
        return False  # whoever is called is shown nothing, and a desk's shift is not over
    if _NOTHING_TO_ADD.search(f"{material.practice.name} {material.practice.behaviour_statement or ''}"):
        return False
    over = [act(step.text)[0] in _DONE_WHEN_DONE for step in material.steps]
    return sum(over) * 2 <= len(over)


def _at_the_end(own: Sequence[Item], asks: str, customer: str, there: bool) -> Iterable[Item]:
    """What ends every good service step and its own lines do not say; one line, where they are few.

    Args:
        asks: what the customer is asked at last.
        there: somebody is there who could be asked.
    """
    said = " ".join(item.text.casefold() for item in own)
    lines = [
        (r"\bask\b" if there else r"", f"Ask the {customer} whether {asks}"),
        (r"\b(?:note|card|handover|write)\b", f"Note what the next shift should know about the {customer}"),
    ]
    fresh = [Item(text, "method") for known, text in lines if not re.search(known, said)]
    return fresh[: max(0, min(GENERAL, LEAST - len(own)))]


def to_confirm(listed: Sequence[Item]) -> int:
    """How many things the list confirms: its lines and what stands under them, without what is only asked."""
    points = [p for item in listed for p in item.points if p != LIMIT and not p.endswith("?")]
    return len(listed) + len(points)


@dataclass(frozen=True)
class Part:
    """The lines gone through at one moment, with the number of the first."""

    pause: str
    first: int
    items: tuple[Item, ...]


def parts(material: Material, listed: Sequence[Item]) -> list[Part]:
    """The lines by the moment at which they are gone through, in their order.

    A line that names its own moment is not confirmed before it: nobody has read the card "before you go on
    shift" when they hand over.
    """
    usual = pause_point(material)
    made: list[Part] = []
    for number, item in enumerate(listed, 1):
        pause = _own_pause(item) or usual
        if made and made[-1].pause == pause:
            made[-1] = Part(pause, made[-1].first, (*made[-1].items, item))
        else:
            made.append(Part(pause, number, (item,)))
    return made


_HAND_OVER = "Before you hand over your shift"
_BEFORE_YOU = re.compile(r"\bbefore you (?!ask\b|begin\b|start\b|put\b|answer\b)[a-z' -]+$", re.IGNORECASE)
_SAME = re.compile(r"\bthe same (morning|afternoon|evening|night|day|shift)\b", re.IGNORECASE)
_LATER = re.compile(rf"^(?:{re.escape(BACK.text)}|{re.escape(REPORT.text)})|\bthe next shift\b")


def _own_pause(item: Item) -> str:
    """The moment a line names itself, else empty."""
    if found := _BEFORE_YOU.search(item.text):
        return found[0][0].upper() + found[0][1:]
    if found := _SAME.search(item.text):
        return f"Before the {found[1].casefold()} is over"
    return _HAND_OVER if _LATER.search(item.text) and item.source in ("method", "recovery") else ""


def pause_point(material: Material) -> str:
    """The moment at which the list is gone through, but for lines that name their own."""
    lines = [s for s in material.steps if not _own_pause(Item(s.text, s.source))] or list(material.steps)
    phases = {step.phase for step in lines}
    if phases == {0}:
        return f"Before the {material.customer} arrives"
    acts = [act(step.text)[0] for step in lines]
    if acts[:1] == ["call"] and len(acts) > 1 and set(acts[1:]) <= _BY_PHONE:
        return "Before you end the call"
    if 3 in phases or ahead(material):
        return _HAND_OVER
    if not is_there(material):
        return "Before you go on to something else"
    return f"Before you turn to the next {material.customer}"


_AT_A_DISTANCE = frozenset(["call", "text", "message", "e-mail", "email"])
_BY_PHONE = frozenset(["answer", "ask", "check", "explain", "find", "listen", "say", "tell", "thank"])


def ahead(material: Material) -> bool:
    """Whether it is made ready for a later moment, so that the one it is for is not there meanwhile."""
    practice = material.practice
    said = [practice.name, practice.behaviour_statement or "", practice.trigger or "", *practice.core]
    said += [step.text for step in material.steps]
    said += [p.text for step in material.steps for p in step.key_points if p.stories >= LEAST_AWAY]
    return any(_AHEAD.search(line) for line in said)


_AHEAD = re.compile(
    r"\bthe (?:evening|night|day) before\b|\bovernight\b"
    r"|\bbefore (?:they|the \w+) (?:arrives?|comes?|gets? up|wakes?)\b",
    re.IGNORECASE,
)


def is_there(material: Material) -> bool:
    """Whether the one it is done for is there meanwhile, as far as the practice and its stories tell.

    Nobody is asked or passed over who is away: not where the practice says so, or two of its stories and a
    third of them. Else somebody must be told of: in a line, or in a place as the one something is done to.
    """
    if ahead(material):
        return False
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


def way(material: Material) -> Literal["read-do", "read-first", "do-confirm", "one of them"]:
    """Read each line and do it where things have gone wrong already; else do, then confirm.

    Where somebody is there nothing is read out: it is read before, and confirmed out of hearing. Where the
    lines are ways to do it and no sequence, one of them is enough.
    """
    if material.ways:
        return "one of them"
    if not material.recovery and not any(step.source == SOURCE for step in material.steps):
        return "do-confirm"
    return "read-first" if is_there(material) else "read-do"
