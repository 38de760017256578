"""Is it what delights, or what everybody does anyway? Great stories against ordinary encounters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from typing import Literal

from servicestory.detect.chance import at_least, expected_at_the_ends, held
from servicestory.detect.concentration import exact_interval

_SMALL = 20  # a count below it: the log scale is not to be trusted
_USUAL = 0.2  # of the ordinary encounters, allowing for chance; below, not everybody does it
_LEAST = 2  # ordinary encounters that show it; a single one is not "what everybody does"
OWN = 8
"""Stories of a practice from which on something is said; of fewer its description may find other deeds."""
_CHANCE = 0.05


@dataclass(frozen=True)
class Contrast:
    """Prevalence of a practice in both sets, their ratio with its 95 % interval, and what that says.

    ``left_out`` encounters are stories over again and were not compared. ``ratio_high`` is None where no
    ordinary encounter shows the practice: the stories set no upper limit. ``chance`` is that of so great a
    difference either way (Fisher's exact test), held among all practices by :func:`side_by_side`; ``own``
    are the stories that detection found to show it (None: not known): another count than ``stories``.
    """

    stories: tuple[int, int]
    ordinary: tuple[int, int]
    story_interval: tuple[float, float]
    ordinary_interval: tuple[float, float]
    ratio: float
    ratio_low: float
    ratio_high: float | None
    says: Literal["told of what delights", "done in ordinary encounters too", "cannot tell yet"]
    left_out: int = 0
    chance: float = 1.0
    own: int | None = None

    @property
    def few(self) -> bool:
        """Whether so few stories show it that what its description finds is not known to be the practice."""
        return self.own is not None and self.own < OWN

    @property
    def usual(self) -> bool:
        """Whether ordinary encounters show it so often that it is what everybody does."""
        return self.ordinary_interval[0] >= _USUAL


def contrast(
    seen: int, stories: int, seen_ordinary: int, ordinary: int, left_out: int = 0
) -> Contrast | None:
    """The prevalence ratio, half an encounter added to each count, with its 95 % interval.

    Adding a half (Walter 1975) keeps the ratio finite when no ordinary encounter shows the practice. The
    interval is exact where a count is small (see :func:`_exact`), else on the log scale (Katz and others
    1978). Both sets must have been coded with the same list of practices, and the ordinary ones blind.

    Args:
        seen, stories: great stories that show the practice, of all.
        seen_ordinary, ordinary: the same for ordinary encounters, without those that are stories over again.
        left_out: how many of these there were.

    Returns:
        None when one of the sets is empty.
    """
    if not stories or not ordinary:
        return None
    ratio = ((seen + 0.5) / (stories + 0.5)) / ((seen_ordinary + 0.5) / (ordinary + 0.5))
    high: float | None
    if min(seen, stories - seen, seen_ordinary, ordinary - seen_ordinary) < _SMALL:
        low, high = _exact(seen, stories, seen_ordinary, ordinary)
    else:
        error = sqrt(1 / seen - 1 / stories + 1 / seen_ordinary - 1 / ordinary)
        low, high = exp(log(ratio) - 1.96 * error), exp(log(ratio) + 1.96 * error)
    says: Literal["told of what delights", "done in ordinary encounters too", "cannot tell yet"]
    if low > 1:
        says = "told of what delights"
    elif high is not None and high < 2 and seen_ordinary >= _LEAST:
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
        high,
        says,
        left_out,
        _two_sided(seen, stories, seen_ordinary, ordinary),
    )


def side_by_side(found: Mapping[str, Contrast], own: Mapping[str, int]) -> dict[str, Contrast]:
    """The contrasts of all practices, each beside all others: of forty one looks by chance as if it delights.

    So the chances are held among the practices that have stories enough (Benjamini and Hochberg). What is
    then beyond 5 %, and what few stories show, cannot be told.

    Args:
        own: practice -> how many stories detection found to show it.
    """
    asked = [ref for ref in found if own[ref] >= OWN]
    chances = dict(zip(asked, held([found[ref].chance for ref in asked]), strict=True))
    made = {}
    for ref, one in found.items():
        one = replace(one, own=own[ref], chance=chances.get(ref, one.chance))
        if one.few or (one.says == "told of what delights" and one.chance > _CHANCE):
            one = replace(one, says="cannot tell yet")
        made[ref] = one
    return made


def _two_sided(seen: int, stories: int, seen_ordinary: int, ordinary: int) -> float:
    """Twice the smaller chance of so many (so few) in the stories, of all that show it."""
    both, shown = stories + ordinary, seen + seen_ordinary
    more, fewer = at_least(seen, both, shown, stories), at_least(seen_ordinary, both, shown, ordinary)
    return min(1.0, 2 * min(more, fewer))


def _exact(seen: int, stories: int, seen_ordinary: int, ordinary: int) -> tuple[float, float | None]:
    """Ends of the ratio by the exact conditional interval of the odds ratio (Fisher 1935; Cornfield 1956).

    Each end is told as the ratio of prevalence which that odds ratio lets expect with as many encounters of
    the practice in all, so that it is above 1 where Fisher's exact test is below 2.5 %. None: no upper limit.
    """
    shown = seen + seen_ordinary
    if not shown:
        return 0.0, None
    low, high = expected_at_the_ends(seen, stories + ordinary, shown, stories, 0.05)

    def ratio(mine: float) -> float:
        return (mine / stories) / ((shown - mine) / ordinary)

    most = min(shown, stories)
    return ratio(low) if low < shown else 0.0, None if seen == most else ratio(high)
