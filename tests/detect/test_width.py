"""How many groups do it at the least is right about as often as it says, whatever their exposure."""

import numpy as np
import pytest

from servicestory.detect.width import Width


def seen(rng: np.random.Generator, exposure: np.ndarray, doing: int, stories: int) -> int:
    """Draw stories about some of the groups and count the groups that are seen."""
    does = rng.permutation(len(exposure))[:doing]
    shares = exposure[does] / exposure[does].sum()
    return int((rng.multinomial(stories, shares) > 0).sum())


@pytest.mark.parametrize("uneven", [False, True])
@pytest.mark.parametrize(
    ("groups", "doing", "stories"), [(100, 20, 30), (100, 50, 60), (12, 6, 14), (40, 8, 60)]
)
def test_the_fewest_groups_are_rarely_more_than_there_are(
    groups: int, doing: int, stories: int, uneven: bool
) -> None:
    rng = np.random.default_rng(groups + doing + uneven)
    too_many = 0
    for i in range(300):
        exposure = rng.integers(5, 60, size=groups) if uneven else np.full(groups, 20)
        fewest = Width(exposure, 0.5, i).at_least(seen(rng, exposure, doing, stories), stories)
        too_many += fewest > doing
    assert too_many <= 0.08 * 300


def test_few_stories_cannot_show_a_hundred_sites_and_many_can() -> None:
    width = Width(np.full(100, 38), 0.5, 0)
    assert width.at_least(10, 14) < 20
    assert width.at_least(14, 14) < 40
    assert width.at_least(85, 300) > 80
    assert width.at_least(0, 0) == 0


@pytest.mark.parametrize(
    ("seen_now", "stories"), [(10, 14), (22, 35), (15, 35), (48, 300), (85, 300), (0, 0)]
)
def test_how_many_more_sites_would_show_it_is_exact(seen_now: int, stories: int) -> None:
    """With one site fewer it is not shown yet; where it is shown, none is asked for."""
    width = Width(np.arange(20, 120), 0.5, 0)
    more = width.new_needed(seen_now, stories)
    assert width.at_least(seen_now + more, stories + more) > 50
    assert more == 0 or width.at_least(seen_now + more - 1, stories + more - 1) <= 50


def test_groups_seen_again_and_again_are_all_there_are() -> None:
    assert Width(np.full(10, 50), 0.5, 0).at_least(4, 200) == 4
    assert Width(np.full(10, 50), 0.5, 0).at_least(10, 30) == 10
    assert Width(np.array([5, 0, 5]), 0.5, 0).groups == 2


def test_groups_counted_by_their_exposure_show_as_many_as_one_by_one() -> None:
    rng = np.random.default_rng(7)
    width = Width(rng.integers(0, 9, size=60), 0.5, 3)
    shares = width._ordered[:, :20] / width._ordered[:, :20].sum(axis=1, keepdims=True)
    none = (1 - shares) ** 35
    mean, variance = width._moments(35, 20)
    assert mean == pytest.approx((1 - none).sum(axis=1))
    assert variance == pytest.approx((none * (1 - none)).sum(axis=1) - 35 * (shares * none).sum(axis=1) ** 2)
