"""Reads a procedure's steps and their citations back from its text."""

import re
from dataclasses import dataclass

from servicestory.wording.steps import Cite

_STEP = re.compile(r"^(\d+)\. \*\*(.+?)\.?\*\*(.*)$", re.M)
_CITE = re.compile(r"\[((?:[^\[\]\s]|\[\d+\])+#(?:[^\[\]\s]|\[\d+\])+)\]")
_PLACE = re.compile(r"(?P<story>.+)#(?:(?P<field>behaviours\[\d+\]):)?(?P<start>\d+)-(?P<end>\d+)")


@dataclass(frozen=True)
class WrittenStep:
    """A step as it stands in a procedure: its number, its words, the places it cites."""

    number: int
    text: str
    cites: tuple[Cite, ...]


def written_steps(block: str) -> list[WrittenStep]:
    """The numbered steps below the heading "Procedure" of a generated block."""
    found = re.search(r"^## Procedure$(.*?)(?=^## |\Z)", block, re.S | re.M)
    steps = []
    for step in _STEP.finditer(found[1] if found else ""):
        plain = re.sub(r"\\(.)", r"\1", step[3])
        cites = tuple(c for text in _CITE.findall(plain) if (c := place(text)))
        steps.append(WrittenStep(int(step[1]), re.sub(r"\\(.)", r"\1", step[2]), cites))
    return steps


def place(text: str) -> Cite | None:
    """``story#12-40`` or ``story#behaviours[0]:0-12`` as a place in a story."""
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    return Cite(found["story"], found["field"] or "narrative", int(found["start"]), int(found["end"]))
