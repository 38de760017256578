"""What to take up first: how well supported, how often told, what it moves, where it could go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

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
    interval, over ``rated`` (its, others); None below five on either side, 0 to 0 where all are the same.
    ``sites_without`` of ``sites`` have not shown it, as far as its stories say where: ``unplaced`` of them do
    not (0 of 0 where none does, or no story names a site and none is listed). ``praise_only`` where no story
    is rated in the lower half: beside great ones alone a difference is smaller than beside all.
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
    unplaced: int = 0
    praise_only: bool = False

    @property
    def moves(self) -> bool:
        """Whether its stories are rated higher than the others by more than chance."""
        return self.rating_low is not None and self.rating_low > 0

    @property
    def all_alike(self) -> str:
        """That all ratings are the same, where they are; else empty."""
        if self.rating is None or self.rating_low != 0 or self.rating_high != 0:
            return ""
        return f"all {sum(self.rated):,} ratings are alike"

    @property
    def alike(self) -> str:
        """That the ratings say nothing, where all of them are the same; else empty."""
        return f"{self.all_alike}, so nothing can be said of what it moves" if self.all_alike else ""

    @property
    def order(self) -> tuple[bool, float, float]:
        """To sort by, highest first: how often × how much it moves the rating × how widely it could go.

        A difference of ratings that chance explains counts as none; then how often × how widely decides.
        """
        told = self.often[0] / self.often[1] if self.often[1] else 0.0
        room = self.sites_without / self.sites if self.sites else 1.0
        gain = told * (self.rating or 0.0) * room if self.moves else 0.0
        return gain > 0, gain, told * room


def evidence_level(label: str, contrast: Contrast | None, measure_moved: bool, broad: bool = False) -> Level:
    """How well supported a practice is, by the four levels of the CDC's best practices framework (2011).

    Args:
        label: of the verdict: one person's habit is emerging, however well told.
        contrast: against ordinary encounters, where there are any.
        measure_moved: whether a measure tied to it showed a signal in the wanted direction.
        broad: whether it is seen about as widely as stories are told, though too few say who did it.
    """
    tells_apart = contrast is not None and contrast.says == "told of what delights"
    if label == "systemic" and tells_apart and measure_moved:
        return "best"
    if label in ("systemic", "spreading") and (tells_apart or measure_moved):
        return "leading"
    known = label in ("systemic", "spreading", "team habit")
    return "promising" if known or (label == "not enough evidence" and broad) else "emerging"


def ratings_of(stories: Iterable[Story]) -> dict[str, float]:
    """Story id -> its mean rating as a share of the scale; stories without a rating are left out."""
    found = {}
    for story in sorted(stories, key=lambda s: s.id):
        shares = [rating.value / rating.of for rating in story.ratings if rating.of]
        if shares:
            found[story.id] = sum(shares) / len(shares)
    return found


def impact(evidence: Sequence[str], ratings: Mapping[str, float], spread: Spread) -> Impact:
    """How often it is told, how its stories are rated beside the others (Welch 1947), where it could go.

    Great stories are rated high by choice, so a small difference here is no proof that it moves nothing.

    Args:
        ratings: from :func:`ratings_of`, of stories of any kind.
    """
    shown = set(evidence)
    mine = [rating for ref, rating in ratings.items() if ref in shown]
    others = [rating for ref, rating in ratings.items() if ref not in shown]
    difference: tuple[float | None, float | None, float | None] = (None, None, None)
    if mine and others and max(ratings.values()) - min(ratings.values()) < 1e-9:
        difference = 0.0, 0.0, 0.0
    elif min(len(mine), len(others)) >= _LEAST_RATED:
        difference = _welch(np.array(mine), np.array(others))
    site = spread.reach["site"]
    sites = max(site.named, site.listed) if site.known else 0  # what is told of no place may be everywhere
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
        unplaced=spread.stories - site.known,
        praise_only=bool(ratings) and min(ratings.values()) > 0.5,
    )


def _welch(mine: np.ndarray, others: np.ndarray) -> tuple[float, float, float]:
    """Difference of two means with its 95 % interval, the variances as they are.

    Where one side does not vary at all (a few stories, all of the best mark), its variance is unknown and not
    nothing: then that of both together stands for each (Student 1908).
    """
    gap = float(mine.mean() - others.mean())
    if not (np.ptp(mine) > 0 and np.ptp(others) > 0):
        both = (mine.var() * len(mine) + others.var() * len(others)) / (len(mine) + len(others) - 2)
        error = float(np.sqrt(both * (1 / len(mine) + 1 / len(others))))
        reach = float(stdtrit(len(mine) + len(others) - 2, 0.975)) * error
        return gap, gap - reach, gap + reach
    parts = mine.var(ddof=1) / len(mine), others.var(ddof=1) / len(others)
    error = float(np.sqrt(sum(parts)))
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(mine) - 1) + parts[1] ** 2 / (len(others) - 1))
    reach = float(stdtrit(freedom, 0.975)) * error
    return gap, gap - reach, gap + reach
