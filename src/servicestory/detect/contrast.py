"""Is it what delights, or what everybody does anyway? Great stories against ordinary encounters."""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Literal

from servicestory.detect.concentration import exact_interval


@dataclass(frozen=True)
class Contrast:
    """Prevalence of a practice in both sets, their ratio with its 95 % interval, and what that says.

    ``ratio_high`` is None where no ordinary encounter shows the practice: the stories set no upper limit.
    """

    stories: tuple[int, int]
    ordinary: tuple[int, int]
    story_interval: tuple[float, float]
    ordinary_interval: tuple[float, float]
    ratio: float
    ratio_low: float
    ratio_high: float | None
    says: Literal["told of what delights", "done in ordinary encounters too", "cannot tell yet"]


def contrast(seen: int, stories: int, seen_ordinary: int, ordinary: int) -> Contrast | None:
    """The prevalence ratio, on the log scale (Katz and others 1978), half an encounter added to each count.

    Adding a half (Walter 1975) keeps the ratio finite when no ordinary encounter shows the practice. Both
    sets must have been coded with the same list of practices, and the ordinary ones blind.

    Args:
        seen, stories: great stories that show the practice, of all.
        seen_ordinary, ordinary: the same for ordinary encounters.

    Returns:
        None when one of the sets is empty.
    """
    if not stories or not ordinary:
        return None
    ratio = ((seen + 0.5) / (stories + 0.5)) / ((seen_ordinary + 0.5) / (ordinary + 0.5))
    error = sqrt(
        max(0.0, 1 / (seen + 0.5) - 1 / (stories + 0.5) + 1 / (seen_ordinary + 0.5) - 1 / (ordinary + 0.5))
    )
    low, high = exp(log(ratio) - 1.96 * error), exp(log(ratio) + 1.96 * error)
    says: Literal["told of what delights", "done in ordinary encounters too", "cannot tell yet"]
    if low > 1:
        says = "told of what delights"
    elif high < 2:
        says = "done in ordinary encounters too"
    else:
        says = "cannot tell yet"
    return Contrast(
        (seen, stories),
        (seen_ordinary, ordinary),
        exact_interval(seen, stories),
        exact_interval(seen_ordinary, ordinary),
        ratio,
        low,
        high if seen_ordinary else None,
        says,
    )
