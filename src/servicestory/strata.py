"""Groups compared with themselves: what the verdict calls growth, and `monitor` rising and fading."""

from collections.abc import Iterable
from math import exp, lgamma

_MANY = 2_000  # products from which on numpy is worth loading


def at_least_in_all(groups: Iterable[tuple[int, int, int, int]]) -> float:
    """Chance of so many hits in all groups together, were each group's own marked ones drawn by chance.

    The exact test of tables that are looked at group by group (Cochran 1954, Mantel and Haenszel 1959): a
    group all of whose stories were told late says nothing about what has become more.

    Args:
        groups: (hits, total, marked, taken) of each: of ``total`` stories ``marked`` show it, ``taken`` were
            told late, and ``hits`` are both.
    """
    chances, over = [1.0], 0
    for hits, total, marked, taken in groups:
        least, here = _drawn(total, marked, taken)
        chances, over = _together(chances, here), over + hits - least
    return min(1.0, sum(chances[over:]))


def _drawn(total: int, marked: int, taken: int) -> tuple[int, list[float]]:
    """The smallest possible count, and the chance of it and of each count above it (hypergeometric)."""
    least = max(0, taken + marked - total)
    all_ways = _log_choose(total, taken)
    return least, [
        exp(_log_choose(marked, n) + _log_choose(total - marked, taken - n) - all_ways)
        for n in range(least, min(taken, marked) + 1)
    ]


def _together(one: list[float], other: list[float]) -> list[float]:
    """Chances of the sum of two counts."""
    if len(one) * len(other) > _MANY:
        import numpy as np

        return [float(chance) for chance in np.convolve(one, other)]
    found = [0.0] * (len(one) + len(other) - 1)
    for i, first in enumerate(one):
        for j, second in enumerate(other):
            found[i + j] += first * second
    return found


def _log_choose(of: int, taken: int) -> float:
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
