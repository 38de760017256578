"""Exact chances of counts, from `scipy.special` alone: `scipy.stats` takes a second to load."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc, gammaln

Floats = NDArray[np.float64]


def drawn(total: int, marked: int, taken: int) -> tuple[int, Floats]:
    """Chances of how many marked ones are among ``taken`` drawn from ``total`` without putting back.

    Returns:
        the smallest possible count, and the chance of it and of each count above it (hypergeometric).
    """
    least, logs = _log_drawn(total, marked, taken)
    return least, np.exp(logs)


def _log_drawn(total: int, marked: int, taken: int) -> tuple[int, Floats]:
    least = max(0, taken + marked - total)
    possible = np.arange(least, min(taken, marked) + 1)
    return least, (
        _log_choose(marked, possible)
        + _log_choose(total - marked, taken - possible)
        - _log_choose(total, np.array(taken))
    )


def expected_at_the_ends(hits: int, total: int, marked: int, taken: int, level: float) -> tuple[float, float]:
    """How many hits are expected at both ends of the exact conditional interval of the odds ratio.

    A marked one is as many times likelier to be drawn as the odds ratio says (Fisher's noncentral
    hypergeometric distribution); at the lower end ``hits`` or more have a chance of ``level`` / 2, at the
    upper end ``hits`` or fewer (Cornfield 1956). Where nothing less (more) is possible it is that itself.
    """
    least, logs = _log_drawn(total, marked, taken)
    counts = least + np.arange(len(logs))

    def tilted(log_odds: float) -> Floats:
        weights = logs + counts * log_odds
        chances: Floats = np.exp(weights - weights.max())
        chances /= chances.sum()
        return chances

    def end(tail: slice, rises: bool) -> float:
        low, high = -700.0, 700.0
        for _ in range(70):  # halved until no digit is left that could change
            middle = (low + high) / 2
            if (float(tilted(middle)[tail].sum()) < level / 2) == rises:
                low = middle
            else:
                high = middle
        return float((tilted((low + high) / 2) * counts).sum())

    at = hits - least
    below = end(slice(at, None), True) if at else float(least)
    above = end(slice(0, at + 1), False) if at < len(logs) - 1 else float(counts[-1])
    return below, above


def at_least(hits: int, total: int, marked: int, taken: int) -> float:
    """Chance of ``hits`` or more marked ones among those :func:`drawn`."""
    least, chances = drawn(total, marked, taken)
    return float(min(1.0, chances[max(0, hits - least) :].sum()))


def binomial_at_least(hits: int, tries: int, rate: float) -> float:
    """Chance of ``hits`` or more in ``tries``."""
    return float(bdtrc(hits - 1, tries, rate)) if hits > 0 else 1.0


def binomial_at_most(hits: int, tries: int, rate: float) -> float:
    """Chance of ``hits`` or fewer in ``tries``."""
    return float(bdtr(hits, tries, rate))


def held(chances: Sequence[float]) -> list[float]:
    """Chances of several tests, held so that few findings are false (Benjamini and Hochberg 1995)."""
    many, smallest = len(chances), 1.0
    found = [1.0] * many
    for place, at in enumerate(sorted(range(many), key=lambda i: -chances[i])):
        smallest = min(smallest, chances[at] * many / (many - place))
        found[at] = smallest
    return found


def _log_choose(of: int, taken: NDArray[np.integer]) -> Floats:
    logs = _log_factorials(int(of).bit_length())
    found: Floats = logs[of] - logs[taken] - logs[of - taken]
    return found


@lru_cache(maxsize=32)
def _log_factorials(bits: int) -> Floats:
    """Logarithms of the factorials of all numbers of so many bits: the same few are asked for again."""
    return np.asarray(gammaln(np.arange(1, 2**bits + 1)), dtype=np.float64)
