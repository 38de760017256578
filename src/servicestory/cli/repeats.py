"""What the last detection read, and which stories it counted with another of nearly the same words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servicestory import console

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

_FILE = "detected.json"  # can be deleted: then it is found anew
_SHOWN = 3


@dataclass(frozen=True)
class Read:
    """What the last detection read: the ids of stories, and story -> the story it is counted with."""

    stories: frozenset[str] = frozenset()
    repeats: Mapping[str, str] = field(default_factory=dict)


def keep(ws: "Workspace", stories: Iterable[str], repeats: Mapping[str, str]) -> None:
    """Keeps what a detection read, for the commands that do not read the stories' sentences."""
    ws.keep_derived(_FILE, json.dumps({"stories": sorted(stories), "repeats": dict(repeats)}).encode())


def load(ws: "Workspace") -> Read:
    """What the last detection read; nothing where that is not known."""
    try:
        found = json.loads(ws.derived(_FILE) or b"{}")
        return Read(frozenset(found.get("stories", ())), dict(found.get("repeats", {})))
    except (ValueError, AttributeError, TypeError):
        return Read()


def show(repeats: Mapping[str, str], homes: Mapping[str, str], every: bool) -> None:
    """The stories and those they are counted with, and how to count one by itself.

    Args:
        homes: story -> a practice it shows.
    """
    if not repeats:
        return
    shown = list(repeats.items()) if every else list(repeats.items())[:_SHOWN]
    for story, other in shown:
        console.out(f"    {story} is counted with {other}")
    if len(shown) < len(repeats):
        console.out("    … all of them: servicestory detect --unassigned")
    if way := apart(*shown[0], homes):
        console.out(f"    If one tells of another occasion, count it by itself: {way}")


def apart(story: str, other: str, homes: Mapping[str, str]) -> str:
    """How to count ``story`` by itself; empty where ``other`` shows no practice."""
    home = homes.get(other)
    numbers = f"(its sentences have numbers in: servicestory detect --explain {story})"
    return f"servicestory review {home} --take-in {story}:NUMBER --reason TEXT {numbers}" if home else ""
