"""Merged practices that lead nowhere: written so by hand, for no command closes a circle."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from servicestory.errors import Problem

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

_SHOWN = 5  # of a circle, after the first


def astray(into: "Workspace", practices: Sequence["Practice"]) -> list[Problem]:
    """A problem for each practice that is merged into one there is not, or in a circle with others."""
    became = {practice.id: practice.merged_into for practice in practices}
    found, looked_at = [], set[str]()
    for start in became:
        way = dict[str, None]()  # in order; each practice is passed once, however long the chains are
        at: str | None = start
        while at in became and at not in way and at not in looked_at:
            way[at] = None
            at = became[at]
        looked_at.update(way)
        ring = [*way][[*way].index(at) :] if at in way else []
        for n, one in enumerate(ring):
            then = ", that into ".join([*ring[n + 1 :], *ring[: n + 1]][:_SHOWN])
            what = f"{one} is merged into {then}, so nothing stands for any of them"
            step = "Take the line merged_into out of the one that is to stay, and give it its status back"
            found.append(Problem(what, into.practice_place(one), step))
    for one, to in became.items():
        if to and to not in became:
            what = f"{one} is merged into {to}, and there is no such practice"
            step = "Write the one that is meant, or take the line merged_into out"
            found.append(Problem(what, into.practice_place(one), step))
    return found
