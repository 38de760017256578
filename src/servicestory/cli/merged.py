"""Merged practices that lead nowhere: written so by hand, for no command closes a circle."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from servicestory.errors import Problem

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace


def astray(into: "Workspace", practices: Sequence["Practice"]) -> list[Problem]:
    """A problem for each practice that is merged into one there is not, or in a circle with others."""
    became = {practice.id: practice.merged_into for practice in practices}
    found = []
    for start, to in became.items():
        way = [start]
        while to in became and to not in way:
            way.append(to)
            to = became[to]
        if to == start:
            round_ = ", that into ".join([*way[1:], start])
            what = f"{start} is merged into {round_}, so nothing stands for any of them"
            step = "Take the line merged_into out of the one that is to stay, and give it its status back"
            found.append(Problem(what, into.practice_place(start), step))
        elif to and len(way) == 1:
            what = f"{start} is merged into {to}, and there is no such practice"
            step = "Write the one that is meant, or take the line merged_into out"
            found.append(Problem(what, into.practice_place(start), step))
    return found
