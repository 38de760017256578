"""Whether what is marked was told later than the rest of its site: a trend over four parts of the telling."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from servicestory.detect.chance import Floats, drawn
from servicestory.detect.concentration import Counts


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
    chances, reached = np.ones(1), 0
    for told, marked in sites:
        reached += sum(part * n for part, n in enumerate(marked))
        chances = np.convolve(chances, _sums(tuple(told), sum(marked)))
    return min(1.0, float(chances[reached:].sum()))


@lru_cache(maxsize=20_000)  # a site has told the same stories for every practice
def _sums(told: tuple[int, ...], marked: int) -> Floats:
    """Chance of each sum of parts, 0 to 3 * ``marked``.

    First how many are of the later half, then of each half how many are of its later part.
    """
    early, late = told[0] + told[1], told[2] + told[3]
    found: Floats = np.zeros(3 * marked + 1)
    least, chances = drawn(early + late, marked, late)
    for since, chance in enumerate(chances.tolist(), least):
        first, before = drawn(early, marked - since, told[1])
        last, after = drawn(late, since, told[3])
        both = np.convolve(before, after)
        at = 2 * since + first + last
        found[at : at + len(both)] += chance * both
    return found
