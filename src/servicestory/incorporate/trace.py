"""Reads a procedure back from its text: steps, what they cite, and what a new revision changes for people."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Literal

from servicestory.models.procedure import Sources
from servicestory.text import listing, plural
from servicestory.wording.steps import TOLD_SO_FAR, Cite

_STEP = re.compile(r"^(\d+)\. \*\*(.+?)\.?\*\*(.*)$", re.M)
_CITE = re.compile(r"\[((?:[^\[\]\s]|\[\d+\])+#(?:[^\[\]\s]|\[\d+\])+)\]")
_MARKS = re.compile(r"\[(\d+(?:, \d+)*)\]")
_ENTRY = re.compile(r"^\| (\d+) \| (\S+) \|", re.M)
_PLACE = re.compile(r"(?P<story>.+)#(?:(?P<field>behaviours\[\d+\]):)?(?P<start>\d+)-(?P<end>\d+)")
# How much was told, which changes with every new story and changes nothing for anybody.
_COUNT = re.compile(
    r"\d[\d,]*(?: of \d[\d,]*)? (?:stor(?:y|ies)|sites?|teams?|people|person)(?: of \d[\d,]*)?"
)


@dataclass(frozen=True)
class WrittenStep:
    """A step as it stands in a procedure: its number, its words, the places it cites.

    ``general``: it holds for every recovery, so that no story need tell it.
    """

    number: int
    text: str
    cites: tuple[Cite, ...]
    general: bool = False


FOR_EVERY_RECOVERY = "(holds for every recovery)"
"""Marks such a step where no story is cited for it."""


def section(block: str, heading: str) -> str:
    """What stands below the second-level heading that begins with ``heading``; empty when there is none."""
    found = re.search(rf"^## {re.escape(heading)}[^\n]*$(.*?)(?=^## |\Z)", block, re.S | re.M)
    return found[1].strip() if found else ""


def written_steps(block: str) -> list[WrittenStep]:
    """The numbered steps below the heading "Procedure" of a generated block.

    A step cites places in the text itself (``[story#12-40]``) or by their marks in the table of stories.
    """
    table = {mark: place(_plain(text)) for mark, text in _ENTRY.findall(section(block, "Stories behind"))}
    steps = []
    for step in _STEP.finditer(section(block, "Procedure")):
        plain = _plain(step[3])
        cites = [c for text in _CITE.findall(plain) if (c := place(text))]
        marks = [mark for some in _MARKS.findall(plain) for mark in some.split(", ")]
        cites += [c for mark in marks if (c := table.get(mark))]
        steps.append(WrittenStep(int(step[1]), _plain(step[2]), tuple(cites), FOR_EVERY_RECOVERY in plain))
    return steps


def place(text: str) -> Cite | None:
    """``story#12-40`` or ``story#behaviours[0]:0-12`` as a place in a story."""
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    return Cite(found["story"], found["field"] or "narrative", int(found["start"]), int(found["end"]))


DONE_BY = "In the stories it was done by"
# Roles somebody named are a table; before, the line says whose work it is as far as the stories tell.
_CARRIED_OUT = r"[^\n]* carries it out; the owner of this procedure keeps it right\."

_FOR_A_TEAM = re.compile(
    r"For [^\n]*?, as far as the stories tell, and whoever serves ([^\n]*?) in their place\."
)


def changes(old: str, new: str) -> tuple[Literal["major", "minor"], str]:
    """What a new revision changes for the people who work by it, in words.

    Major: what they do, may decide, or when and for whom it holds. Minor: the evidence, or wording around it.

    Args:
        old: the generated part as it stands.
        new: as it will be.
    """
    before, after = ([s.text for s in written_steps(block)] for block in (old, new))
    said = []
    for what, texts in (
        ("added", [t for t in after if t not in before]),
        ("taken out", [t for t in before if t not in after]),
    ):
        if texts:
            words = listing([f"“{t}”" for t in texts[:3]] + ([f"{len(texts) - 3} more"] if texts[3:] else []))
            said.append(f"{plural(len(texts), 'step')} {what}: {words}")
    if not said and before != after:
        said.append("steps in another order")
    if not said and _duty(section(old, "Procedure")) != _duty(section(new, "Procedure")):
        said.append("key points or core parts changed")
    said += [
        f"{what} changed"
        for heading, what in (("Scope", "scope"), ("Roles", "roles and authority"), ("When", "the moment"))
        if section(old, heading) and section(new, heading)
        and _duty(section(old, heading)) != _duty(section(new, heading))
    ]  # fmt: skip
    if not said:
        return "minor", "Evidence brought up to date; what to do is unchanged"
    text = "; ".join(said)
    return "major", text[0].upper() + text[1:]


_CHANGED = {
    "stories": "other stories show it, or their words changed",
    "places": "other places were found in its stories",
    "definition": "the definition changed",
    "house": "the organisation's page (servicestory.yaml) changed",
    "template": "the template changed",
    "roles": "the roles changed",
    "state": "people decided about the practice",
}


def why_again(old: Sources | None, new: Sources | None, by_hand: bool = False) -> str:
    """Why a document says something else than its last revision, as far as what it was made from tells.

    Args:
        by_hand: what people had changed between its markers is written again as it was made.
    """
    if (old is None or new is None) and not by_hand:
        return "The stories, the definition or servicestory itself changed"
    # what an older version did not note is not known to have changed
    known = [key for key in _CHANGED if old and new and getattr(old, key) is not None]
    found = [_CHANGED[key] for key in known if getattr(old, key) != getattr(new, key)]
    text = listing([*found, *["what was changed by hand was taken back"] * by_hand])
    return text[:1].upper() + text[1:] or (
        "Made again by another version of servicestory: what it is made from is the same"
    )


def _duty(text: str) -> str:
    """A section without citations, counts of stories, and who did it at what moments as these tell."""
    plain = _COUNT.sub("#", _CITE.sub("", _MARKS.sub("", _plain(text))))
    plain = re.sub(rf"{_CARRIED_OUT}|{DONE_BY}[^\n]*|{TOLD_SO_FAR}.*?\. (?=The owner)", "", plain)
    plain = _FOR_A_TEAM.sub(r"For everybody who serves \1.", plain)
    plain = re.sub(r"(?:- )?\bReason: [^\n]*", "", plain)  # why stories say it is done, and not how
    marks = r"\((?:from the|not yet told|told once|agreed; not (?:read from|found in)|holds for every)[^)]*\)"
    plain = re.sub(rf"{marks}| and \d+ more", "", plain)
    return " ".join(plain.split())


def _plain(text: str) -> str:
    """What stands there, as `safe_markdown` was given it."""
    return unescape(re.sub(r"\\(.)", r"\1", text))
