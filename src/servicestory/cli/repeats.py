"""Stories counted with another, for they tell the same in nearly the same words: never in silence."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from servicestory import console

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

_FILE = "repeats.json"  # what the last detection found; can be deleted
_SHOWN = 3


def keep(ws: "Workspace", repeats: Mapping[str, str]) -> None:
    """Keeps what a detection found, for the commands that do not read the stories' sentences."""
    ws.keep_derived(_FILE, json.dumps(dict(repeats)).encode())


def load(ws: "Workspace") -> dict[str, str]:
    """Story -> the story it is counted with, as the last detection found it."""
    try:
        found = json.loads(ws.derived(_FILE) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


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
    return f"servicestory review {home} --take-in {story}:NUMBER {numbers}" if home else ""
