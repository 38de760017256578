"""Concentration against chance: the figures that stand in the method's own table, and exact small cases."""

import numpy as np
import pytest

from servicestory.detect.concentration import (
    Chance,
    effective_number,
    exact_interval,
    expected_groups,
    likeness,
    top_chance,
    unbiased,
    wider_chance,
)


def counts(*n: int) -> np.ndarray:
    return np.array(n, dtype=np.int64)


@pytest.mark.parametrize("stories", [5, 8, 20, 50])
def test_unbiased_concentration_has_the_same_mean_at_every_number_of_stories(stories: int) -> None:
    drawn = np.random.default_rng(4).multinomial(stories, np.ones(10) / 10, size=40_000)
    assert unbiased(drawn).mean() == pytest.approx(0.100, abs=0.003)
    raw = ((drawn / stories) ** 2).sum(axis=1).mean()
    assert raw == pytest.approx(0.1 + 0.9 / stories, abs=0.003)  # what the plain index would say


def test_unbiased_concentration_of_small_counts() -> None:
    assert unbiased(counts(3, 0)) == 1.0
    assert unbiased(counts(1, 1, 1)) == 0.0
    assert unbiased(counts(2, 2)) == pytest.approx(1 / 3)
    assert np.isnan(unbiased(counts(1, 0)))


def test_effective_number_covers_the_truth() -> None:
    rng = np.random.default_rng(9)
    covered = 0
    for _ in range(200):
        found = effective_number(rng.multinomial(60, np.ones(10) / 10).astype(np.int64), rng)
        assert found is not None
        covered += found[1] <= 10 <= (found[2] or np.inf)
    assert covered >= 180


def test_effective_number_has_no_upper_limit_where_nobody_was_seen_twice() -> None:
    found = effective_number(np.ones(6, dtype=np.int64), np.random.default_rng(1))
    assert found is not None
    assert found[2] is None
    assert effective_number(counts(1), np.random.default_rng(1)) is None
    alone = effective_number(counts(9), np.random.default_rng(1))
    assert alone == (1.0, 1.0, 1.0)


def test_exact_interval_against_published_values() -> None:
    for hits, tries, low, high in [
        (0, 0, 0, 1),
        (0, 10, 0, 0.3085),
        (10, 10, 0.6915, 1),
        (4, 20, 0.0573, 0.4366),
    ]:
        assert exact_interval(hits, tries) == pytest.approx((low, high), abs=1e-4)


def test_expected_groups_agrees_with_draws() -> None:
    exposure = counts(30, 10, 5, 1, 1, 0)
    seen = (Chance(exposure, 3).draw(12, rounds=4000) > 0).sum(axis=1).mean()
    assert expected_groups(exposure, 12) == pytest.approx(seen, abs=0.05)
    assert expected_groups(exposure, 47) == pytest.approx(5)


def test_both_ways_of_drawing_hand_out_the_same() -> None:
    few, many = np.full(50, 4, dtype=np.int64), np.full(100, 2, dtype=np.int64)
    for exposure in (few, many):
        drawn = Chance(exposure, 5).draw(60)
        assert (drawn.sum(axis=1) == 60).all()
        assert (drawn <= exposure).all()
        assert drawn.mean() == pytest.approx(60 / len(exposure), abs=0.02)


def test_permutation_chance_is_small_for_a_star_and_not_for_the_usual() -> None:
    exposure = np.full(20, 10, dtype=np.int64)
    star = counts(9, *([1] * 6), *([0] * 13))
    assert (Chance(exposure, 1).concentration_chance(star) or 1) < 0.01
    usual = Chance(exposure, 1).draw(15)[0]
    assert (Chance(exposure, 1).concentration_chance(usual) or 0) > 0.05
    assert Chance(exposure, 1).concentration_chance(counts(1)) is None


def test_top_chance_counts_only_those_who_could_have_reached_it() -> None:
    exposure = counts(40, 3, 3, 3)
    assert top_chance(20, 24, 40, exposure, 49) > 0.05  # she is in most stories anyway
    assert top_chance(3, 3, 3, exposure, 49) == pytest.approx(4 * 6 / (49 * 48 * 47))


def test_likeness_runs_from_nothing_to_all() -> None:
    told = np.full(10, 10, dtype=np.int64)
    assert likeness(counts(10, 10, 10, 10, 10, 0, 0, 0, 0, 0), told) == pytest.approx(1.0)
    assert likeness(np.full(10, 5, dtype=np.int64), told) == 0.0
    assert likeness(counts(1, 0), counts(1, 1)) is None
    assert likeness(counts(5, 0), counts(10, 0)) is None
    assert likeness(counts(0, 0), counts(5, 5)) == 0.0


def test_widening_is_told_from_more_stories_of_the_same_people() -> None:
    told = np.full(20, 10, dtype=np.int64), np.full(20, 10, dtype=np.int64)
    early = counts(6, *([0] * 19))
    assert wider_chance(early, counts(*([2] * 12), *([0] * 8)), told, 1) < 0.025
    assert wider_chance(early, counts(9, 9, *([0] * 18)), told, 1) > 0.025
    assert wider_chance(early, counts(*([2] * 12), *([0] * 8)), None, 1) < 0.025
    assert wider_chance(early * 0, early, told, 1) == 1.0


def test_a_half_that_tells_of_other_people_is_no_widening() -> None:
    """Before four people are told of at all, later sixteen: what is seen is as wide as either half."""
    early = counts(*([0] * 16), 3, 3, 3, 3)
    late = counts(3, 2, 2, 2, 2, 1, 1, 1, 1, 1, *([0] * 10))
    told = counts(*([0] * 16), 30, 30, 30, 30), counts(*([10] * 16), 0, 0, 0, 0)
    assert wider_chance(early, late, None, 1) < 0.05 < 0.2 < wider_chance(early, late, told, 1)


def test_the_few_of_a_star_are_no_widening_for_being_few() -> None:
    """One has 60 % of the stories all along: that differs from all stories in both halves alike."""
    told = np.full(30, 10, dtype=np.int64), np.full(30, 10, dtype=np.int64)
    rng, found = np.random.default_rng(8), []
    share = np.full(30, 0.4 / 29)
    share[0] = 0.6
    for _ in range(120):
        early, late = rng.multinomial(20, share), rng.multinomial(20, share)
        found.append(wider_chance(early, late, told, 1))
    assert np.mean(np.array(found) <= 0.05) <= 0.08
