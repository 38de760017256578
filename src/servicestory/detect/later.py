"""Whether what is marked was told later than the rest of its site: a trend over four parts of the telling."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil, floor

import numpy as np

from servicestory.detect.chance import Floats, drawn
from servicestory.detect.concentration import Counts

NEVER = 1e-18
"""A chance below this is none: so the time grows with the spread of the sums, not with their number."""
WIDE = 2500
"""Variance of a site's sum from which on its chances are those of the normal distribution, within a tenth."""


def middle(weight: Counts) -> int:
    """How many periods come before the cut that halves best what is told; all where there is only one."""
    if len(weight) < 2:
        return len(weight)
    return 1 + int(np.abs(np.cumsum(weight)[:-1] - weight.sum() / 2).argmin())


def parts(weight: Counts, cut: int) -> Counts:
    """Which of four parts each period is of: the periods before ``cut`` and those from it on, both halved.

    Args:
        weight: stories told in each period; a half is cut where half of its stories are told.
        cut: the first period of the later half.

    Returns:
        0 to 3 for each period. A half of one period is not cut: 0 of the first, 2 of the second.
    """
    found = np.zeros(len(weight), dtype=np.int64)
    found[middle(weight[:cut]) :] = 1
    found[cut:] = 2
    found[cut + middle(weight[cut:]) :] = 3
    return found


def chance_of_later(sites: Iterable[tuple[Sequence[int], Sequence[int]]]) -> float:
    """Chance that marked stories are told so late, were those of each site any of its stories.

    A story counts the number of its part, 0 to 3, and the sum over all sites is compared with every way of
    drawing as many (exact test of trend: Armitage 1955, site by site Mantel 1963). Of a steady rise four
    dates show as much as two do with a quarter more stories.

    Args:
        sites: of each site the stories told, and those marked, in each of the four parts.
    """
    least, chances, reached = 0, np.ones(1), 0
    for told, marked in sites:
        reached += sum(part * n for part, n in enumerate(marked))
        first, here = _sums(tuple(told), sum(marked))
        least, chances = _likely(least + first, np.convolve(chances, here))
    return min(1.0, max(NEVER, float(chances[max(0, reached - least) :].sum())))


@lru_cache(maxsize=20_000)  # a site has told the same stories for every practice
def _sums(told: tuple[int, ...], marked: int) -> tuple[int, Floats]:
    """The smallest sum of parts that is likely at all, and the chance of it and of each above it.

    First how many are of the later half, then of each half how many are of its later part; of so many stories
    that this takes long, and shows nothing else, the normal distribution.
    """
    total = sum(told)
    mean = sum(part * n for part, n in enumerate(told)) / max(1, total)
    squares = sum((part - mean) ** 2 * n for part, n in enumerate(told)) / max(1, total)
    variance = squares * marked * (total - marked) / max(1, total - 1)
    if variance > WIDE:
        return _normal(mean * marked, variance**0.5)
    early, late = told[0] + told[1], told[2] + told[3]
    found: Floats = np.zeros(3 * marked + 1)
    least, chances = _likely(*drawn(early + late, marked, late))
    for since, chance in enumerate(chances.tolist(), least):
        first, before = _likely(*drawn(early, marked - since, told[1]))
        last, after = _likely(*drawn(late, since, told[3]))
        both = np.convolve(before, after)
        at = 2 * since + first + last
        found[at : at + len(both)] += chance * both
    return _likely(0, found)


def _normal(mean: float, deviation: float) -> tuple[int, Floats]:
    """The smallest likely number, and the chance of it and of each above it."""
    least, most = ceil(mean - 9 * deviation), floor(mean + 9 * deviation)
    chances: Floats = np.exp(-(((np.arange(least, most + 1) - mean) / deviation) ** 2) / 2)
    return least, chances / chances.sum()


def _likely(least: int, chances: Floats) -> tuple[int, Floats]:
    """Chances of numbers from ``least`` on without those at both ends that nearly never come."""
    at = np.flatnonzero(chances > NEVER)
    return least + int(at[0]), chances[at[0] : at[-1] + 1]
