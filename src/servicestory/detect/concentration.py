"""How concentrated counts are over people, teams or sites, compared with what chance alone would show."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaln

from servicestory.detect.chance import at_least

Counts = NDArray[np.int64]
ROUNDS = 400
SMALL = 0.05
"""Chances up to this are drawn again, ten times as often."""
SMALLEST = 1 / (10 * ROUNDS + 1)
"""The smallest chance that so many draws can show."""


def unbiased(counts: NDArray[np.integer]) -> NDArray[np.float64]:
    """Chance that two stories drawn without putting back are of the same group: Σn(n−1) / N(N−1).

    Args:
        counts: shape (..., groups), whole numbers of stories.

    Returns:
        shape (...); NaN where fewer than two stories are counted. Unlike Σ(n/N)², its mean does not depend
        on how many stories there are (Simpson 1949).
    """
    total = counts.sum(axis=-1, dtype=np.int64)
    pairs = (total * (total - 1)).astype(np.float64)
    # Σn² − Σn in whole numbers, without a table of floats as large as the counts
    same = (np.einsum("...i,...i->...", counts, counts, dtype=np.int64) - total).astype(np.float64)
    nothing = np.full(np.shape(pairs), np.nan)
    result: NDArray[np.float64] = np.divide(same, pairs, out=nothing, where=pairs > 0)
    return result


def effective_number(counts: Counts, rng: np.random.Generator) -> tuple[float, float, float | None] | None:
    """How many equally busy groups would look as concentrated as this: 1 / concentration.

    Returns:
        (value, low, high) with a 95 % bootstrap interval, or None for fewer than two stories. ``high`` is
        None where the stories set no upper limit (no group was seen often enough). Drawing again from the
        stories invents ties, so the bootstrap is centred on Σ(n/N)², its own mean, not on the estimate.
    """
    seen = counts[counts > 0]
    total = int(seen.sum())
    if total < 2:
        return None
    here = float(unbiased(seen))
    drawn = unbiased(_again(seen, total, rng))
    moved = here + drawn - float(((seen / total) ** 2).sum())
    low, high = (float(q) for q in np.quantile(moved, (0.025, 0.975)))
    ceiling = float(total * (total - 1) / 2)  # one pair alike among all pairs: nothing finer can be seen
    value = min(1 / here, ceiling) if here > 0 else ceiling
    return value, min(value, 1 / max(high, 1 / ceiling)), max(value, 1 / low) if low > 1 / ceiling else None


def _again(seen: Counts, total: int, rng: np.random.Generator) -> Counts:
    """Counts of ``ROUNDS`` draws with putting back, shape (ROUNDS, groups); the cheaper of two equal ways."""
    groups = len(seen)
    if total > 4 * groups:
        return rng.multinomial(total, seen / total, size=ROUNDS)
    pool = np.repeat(np.arange(groups), seen)
    taken = pool[rng.integers(total, size=(ROUNDS, total))] + (np.arange(ROUNDS) * groups)[:, None]
    return np.bincount(taken.ravel(), minlength=ROUNDS * groups).reshape(ROUNDS, groups)


def exact_interval(hits: int, tries: int, level: float = 0.95) -> tuple[float, float]:
    """Exact binomial interval of a share (Clopper and Pearson 1934); (0, 1) when nothing was tried."""
    if tries == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = float(betaincinv(hits, tries - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, tries - hits, 1 - tail)) if hits < tries else 1.0
    return low, high


def expected_groups(exposure: Counts, stories: int) -> float:
    """How many different groups chance shows in ``stories`` drawn from all (rarefaction, Hurlbert 1971)."""
    total = int(exposure.sum())
    n = min(stories, total)
    others = total - exposure[exposure > 0]
    none = np.zeros(len(others))
    possible = others >= n
    left = others[possible].astype(np.float64)
    none[possible] = np.exp(
        gammaln(left + 1) - gammaln(left - n + 1) - gammaln(total + 1) + gammaln(total - n + 1)
    )
    return float((1 - none).sum())


def top_chance(hits: int, drawn: int, of_top: int, exposure: Counts, stories: int) -> float:
    """Chance that anyone reaches so unlikely a count, were these ``drawn`` stories any of all ``stories``.

    The exact hypergeometric tail of the group seen most, times the number of groups that could have
    reached that count at all (Bonferroni after Tarone 1990).
    """
    one = at_least(hits, stories, of_top, drawn)
    return min(1.0, one * max(1, int((exposure >= hits).sum())))


def likeness(hits: Counts, told: Counts) -> float | None:
    """Share of the variation that lies between groups: intraclass correlation of a yes/no mark (Donner 1986).

    Args:
        hits: stories per group that show the practice.
        told: stories per group.

    Returns:
        0 (groups alike) to 1 (all or none), or None where groups have no two stories to compare.
    """
    kept = told > 0
    n, y = told[kept].astype(np.float64), hits[kept].astype(np.float64)
    total, groups = n.sum(), len(n)
    if groups < 2 or total <= groups:
        return None
    rate = y.sum() / total
    between = float((n * (y / n - rate) ** 2).sum()) / (groups - 1)
    within = float((y * (1 - y / n)).sum()) / (total - groups)
    size = (total - float((n**2).sum()) / total) / (groups - 1)
    spread = between + (size - 1) * within
    return max(0.0, (between - within) / spread) if spread > 0 else 0.0


@dataclass
class Chance:
    """Draws of stories as chance would hand them out, over one kind of group.

    Args:
        exposure: stories of any kind per group, shape (groups,).
        seed: makes the draws the same at every run.
    """

    exposure: Counts
    seed: int
    _shuffled: NDArray[np.int32] | None = field(default=None, init=False, repr=False)

    def draw(self, stories: int, rounds: int = ROUNDS) -> Counts:
        """Counts per group in ``rounds`` draws without putting back, shape (rounds, groups)."""
        groups, total = len(self.exposure), int(self.exposure.sum())
        if groups <= 64 or total * rounds > 12_000_000:
            rng = np.random.default_rng([self.seed, stories])
            return rng.multivariate_hypergeometric(self.exposure, min(stories, total), size=rounds)
        if self._shuffled is None:  # many groups: one shuffle serves every practice
            pool = np.repeat(np.arange(groups, dtype=np.int32), self.exposure)
            rng = np.random.default_rng(self.seed)
            self._shuffled = rng.permuted(np.tile(pool, (rounds, 1)), axis=1)
            self._shuffled += (np.arange(rounds, dtype=np.int32) * groups)[:, None]  # each round its own
        taken = self._shuffled[:, :stories].ravel()
        return np.bincount(taken, minlength=rounds * groups).reshape(rounds, groups)

    def concentration_chance(self, counts: Counts) -> float | None:
        """Permutation p-value: how often chance alone is as concentrated as ``counts`` (add-one form)."""
        stories = int(counts.sum())
        if stories < 2:
            return None
        chance = unbiased(self.draw(stories))
        return float((1 + (chance >= float(unbiased(counts)) - 1e-12).sum()) / (len(chance) + 1))


def wider_chance(early: Counts, late: Counts, told: tuple[Counts, Counts] | None, seed: int) -> float:
    """Chance of so many more groups in the late half than so many stories would show anyway.

    Args:
        early, late: stories of the practice per group in the two halves, shape (groups,).
        told: stories of any kind per group in the two halves; None when there are too few others. The
            practice's own stories are dealt out to the halves at random as well.
        seed: of the draws.

    Returns:
        the larger permutation p-value of the two, of so much more width: the groups seen over those expected.
    """
    n_early, n_late, pool = int(early.sum()), int(late.sum()), early + late
    if not n_early or not n_late:
        return 1.0
    wide_early = expected_groups(told[0] if told else pool, n_early)
    wide_late = expected_groups(told[1] if told else pool, n_late)
    width = float((early > 0).sum() / wide_early), float((late > 0).sum() / wide_late)

    def chance(told: tuple[Counts, Counts] | None, rounds: int) -> float:
        first = Chance(told[0] if told else pool, seed).draw(n_early, rounds)
        second = Chance(told[1], seed + 1).draw(n_late, rounds) if told else pool - first
        wider = (second > 0).sum(axis=1) / wide_late - (first > 0).sum(axis=1) / wide_early
        return float((1 + (wider >= width[1] - width[0] - 1e-12).sum()) / (rounds + 1))

    # Against all stories a star's few people look like growth too often, against its own alone a half that
    # tells of other places: what grows has to be more than either explains.
    found = 0.0
    for against in [None, *([told] if told else [])]:
        one = chance(against, ROUNDS)
        # one of many practices has to be rarer than so few draws can show
        found = max(found, chance(against, 10 * ROUNDS) if one <= SMALL else one)
        if found > SMALL:
            break
    return found
