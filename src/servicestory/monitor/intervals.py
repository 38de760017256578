"""Intervals for shares, differences of shares, means and agreement: no figure without its n and interval."""

from collections.abc import Iterable, Sequence
from math import comb, sqrt
from statistics import NormalDist, fmean, stdev
from typing import NamedTuple


class Interval(NamedTuple):
    """An estimate with the lower and upper end of its interval."""

    value: float
    lower: float
    upper: float


def exact_share(done: int, of: int, level: float = 0.95) -> Interval:
    """Share with its exact interval (Clopper & Pearson 1934, Biometrika 26:404).

    Raises:
        ValueError: when ``of`` is not above zero, or ``done`` not between 0 and ``of``.
    """
    _check_share(done, of)
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    lower = 0.0 if done == 0 else float(betaincinv(done, of - done + 1, tail))
    upper = 1.0 if done == of else float(betaincinv(done + 1, of - done, 1 - tail))
    return Interval(done / of, lower, upper)


def wilson(done: float, of: float, level: float = 0.95) -> Interval:
    """Share with its score interval (Wilson 1927, JASA 22:209).

    Raises:
        ValueError: as `exact_share`.
    """
    _check_share(done, of)
    z = _quantile(level)
    share = done / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return Interval(share, 0.0 if done == 0 else middle - reach, 1.0 if done == of else middle + reach)


def difference(done: tuple[float, float], of: tuple[float, float], level: float = 0.95) -> Interval:
    """First share minus second, with Newcombe's hybrid score interval (1998, Statistics in Medicine 17:873).

    It holds for small groups and for shares of 0 and 1, where the textbook interval does not.

    Raises:
        ValueError: as `exact_share`.
    """
    a, b = wilson(done[0], of[0], level), wilson(done[1], of[1], level)
    gap = a.value - b.value
    return Interval(
        gap,
        gap - sqrt((a.value - a.lower) ** 2 + (b.upper - b.value) ** 2),
        gap + sqrt((a.upper - a.value) ** 2 + (b.value - b.lower) ** 2),
    )


def chance_of_fewer(done: int, of: int, done_before: int, of_before: int) -> float:
    """How likely ``done`` or fewer of the later opportunities are if nothing changed (Fisher's exact)."""
    hits, total = done + done_before, of + of_before
    fewest = max(0, hits - of_before)
    ways = sum(comb(of, k) * comb(of_before, hits - k) for k in range(fewest, done + 1))
    return ways / comb(total, hits)


def mean(values: Sequence[float], level: float = 0.95) -> Interval:
    """Mean with Student's interval.

    Raises:
        ValueError: for fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("an interval of a mean needs two values or more")
    from scipy.special import stdtrit

    reach = float(stdtrit(len(values) - 1, (1 + level) / 2)) * stdev(values) / sqrt(len(values))
    middle = fmean(values)
    return Interval(middle, middle - reach, middle + reach)


def mean_difference(first: Sequence[float], second: Sequence[float], level: float = 0.95) -> Interval:
    """Mean of the first minus mean of the second, with Welch's interval (1947, Biometrika 34:28).

    Raises:
        ValueError: for fewer than two values on a side.
    """
    if min(len(first), len(second)) < 2:
        raise ValueError("a difference of means needs two values or more on each side")
    gap = fmean(first) - fmean(second)
    a, b = stdev(first) ** 2 / len(first), stdev(second) ** 2 / len(second)
    if a + b == 0:
        return Interval(gap, gap, gap)
    from scipy.special import stdtrit

    freedom = (a + b) ** 2 / (a * a / (len(first) - 1) + b * b / (len(second) - 1))
    reach = float(stdtrit(freedom, (1 + level) / 2)) * sqrt(a + b)
    return Interval(gap, gap - reach, gap + reach)


def kappa(pairs: Iterable[tuple[bool, bool]]) -> tuple[float | None, int]:
    """Agreement of two observers beyond chance (Cohen 1960), and the number of opportunities both watched.

    None when it has no meaning: nothing watched twice, or chance alone would always agree.
    """
    watched = list(pairs)
    n = len(watched)
    if not n:
        return None, 0
    agreed = sum(a == b for a, b in watched) / n
    first, second = sum(a for a, _ in watched) / n, sum(b for _, b in watched) / n
    chance = first * second + (1 - first) * (1 - second)
    return (None if chance >= 1 else (agreed - chance) / (1 - chance)), n


def _quantile(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _check_share(done: float, of: float) -> None:
    if of <= 0:
        raise ValueError("there is nothing to divide by")
    if not 0 <= done <= of:
        raise ValueError(f"{done} is not between 0 and {of}")
