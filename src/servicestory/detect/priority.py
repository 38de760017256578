"""What to take up first: how well supported, how often told, what it moves, where it could go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from servicestory.detect.concentration import exact_interval
from servicestory.detect.contrast import Contrast
from servicestory.detect.spread import Spread
from servicestory.models.story import Story

Level = Literal["emerging", "promising", "leading", "best"]
_LEAST_RATED = 5  # on each side; below, a mean says nothing


@dataclass(frozen=True)
class Impact:
    """The figures to choose by at a review; nothing is added up to one score.

    ``often`` is (stories of it, stories), a share between ``often_low`` and ``often_high``. ``rating`` is the
    mean rating of its stories minus that of the others, as a share of the scale (−1 to 1), with its 95 %
    interval, over ``rated`` (its, others); None below five on either side. ``sites_without`` of ``sites``
    have not shown it.
    """

    often: tuple[int, int]
    often_low: float
    often_high: float
    rating: float | None
    rating_low: float | None
    rating_high: float | None
    rated: tuple[int, int]
    sites_without: int
    sites: int


def evidence_level(label: str, contrast: Contrast | None, measure_moved: bool) -> Level:
    """How well supported a practice is, by the four levels of the CDC's best practices framework (2011).

    Args:
        label: of the verdict: one person's habit is emerging, however well told.
        contrast: against ordinary encounters, where there are any.
        measure_moved: whether a measure tied to it showed a signal in the wanted direction.
    """
    tells_apart = contrast is not None and contrast.says == "told of what delights"
    if label == "systemic" and tells_apart and measure_moved:
        return "best"
    if label in ("systemic", "spreading") and (tells_apart or measure_moved):
        return "leading"
    return "promising" if label in ("systemic", "spreading", "team habit") else "emerging"


def impact(evidence: Sequence[str], stories: Sequence[Story], spread: Spread) -> Impact:
    """How often it is told, how its stories are rated beside the others (Welch 1947), where it could go.

    Great stories are rated high by choice, so a small difference here is no proof that it moves nothing.
    """
    shown = set(evidence)
    mine: list[float] = []
    others: list[float] = []
    for story in sorted(stories, key=lambda one: one.id):
        shares = [rating.value / rating.of for rating in story.ratings if rating.of]
        if shares:
            (mine if story.id in shown else others).append(sum(shares) / len(shares))
    difference: tuple[float | None, float | None, float | None] = (None, None, None)
    if min(len(mine), len(others)) >= _LEAST_RATED:
        difference = _welch(np.array(mine), np.array(others))
    site = spread.reach["site"]
    sites = max(site.named, site.listed)
    low, high = exact_interval(spread.stories, spread.house_stories)
    return Impact(
        often=(spread.stories, spread.house_stories),
        often_low=low,
        often_high=high,
        rating=difference[0],
        rating_low=difference[1],
        rating_high=difference[2],
        rated=(len(mine), len(others)),
        sites_without=max(0, sites - site.seen),
        sites=sites,
    )


def _welch(mine: np.ndarray, others: np.ndarray) -> tuple[float, float, float]:
    """Difference of two means with its 95 % interval, the variances as they are."""
    gap = float(mine.mean() - others.mean())
    parts = mine.var(ddof=1) / len(mine), others.var(ddof=1) / len(others)
    error = float(np.sqrt(sum(parts)))
    if error == 0:
        return gap, gap, gap
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(mine) - 1) + parts[1] ** 2 / (len(others) - 1))
    reach = float(stats.t.ppf(0.975, freedom)) * error
    return gap, gap - reach, gap + reach
