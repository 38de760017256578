"""Which groups a tree of joinings holds: those that last longest.

Cut at one level everywhere, a tree puts two habits that are told in like words into one group, or leaves a
habit told in many words in pieces. So where two groups that are both large enough meet, they stay two when
they had lasted clearly longer apart than they go on together (excess of mass, Campello et al. 2013, HDBSCAN).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

APART = 1.25
"""So many times as long two groups last apart as together, to stay two: one habit told in two fashions
("noted on the card what calms her", "put what he likes on the card") lasts a little longer in pieces."""


@dataclass
class _Node:
    """A group on its way: its rows, the stories they are from, and how long it lasted.

    ``levels`` is the sum, over its rows, of the level at which each came to it, since it was large enough or
    two large ones became it; ``parts`` are the groups within it that last longest, ``mass`` how long they do.
    """

    rows: list[int]
    stories: set[int]
    levels: float = 0.0
    mass: float = 0.0
    parts: list[list[int]] = field(default_factory=list)

    def lasting(self, until: float) -> tuple[float, list[list[int]]]:
        """How long it lasted down to a level, or its parts if they lasted longer; and which these are."""
        whole = round(self.levels - until * len(self.rows), 6)
        return (whole, [self.rows]) if APART * whole >= round(self.mass, 6) else (self.mass, self.parts)


def groups(
    joins: NDArray[np.float64], near: NDArray[np.float64], floor: float, story: Sequence[int], least: int
) -> list[list[int]]:
    """The groups (rows, ascending) that last longest, in order of their first row.

    Args:
        joins: what ``scipy.cluster.hierarchy.linkage`` returns: its first columns say which two.
        near: how near the two are, descending.
        floor: the level below which nothing is joined.
        story: the story of each row.
        least: fewest different stories of a group.
    """
    nodes = {i: _Node([i], {s}) for i, s in enumerate(story)}
    for at, (pair, level) in enumerate(zip(joins[:, :2].astype(int).tolist(), near.tolist(), strict=True)):
        if level < floor:
            break
        one, other = (nodes.pop(n) for n in pair)
        nodes[len(story) + at] = _joined(one, other, level, least)
    large = (node for node in nodes.values() if len(node.stories) >= least)
    return sorted(sorted(rows) for node in large for rows in node.lasting(floor)[1])


def _joined(one: _Node, other: _Node, level: float, least: int) -> _Node:
    """The group of two, which are joined at a level."""
    rows, stories = one.rows + other.rows, one.stories | other.stories
    big, small = (one, other) if len(one.stories) >= least else (other, one)
    if len(big.stories) < least:
        return _Node(rows, stories, level * len(rows))
    if len(small.stories) < least:
        return _Node(rows, stories, big.levels + level * len(small.rows), big.mass, big.parts)
    (mass, parts), (more, others) = one.lasting(level), other.lasting(level)
    return _Node(rows, stories, level * len(rows), mass + more, parts + others)
