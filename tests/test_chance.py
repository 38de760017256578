"""Exact chances are those of the textbook functions; groups are compared with themselves."""

import numpy as np
import pytest
from scipy import stats

from servicestory.chance import (
    at_least,
    at_least_in_all,
    binomial_at_least,
    binomial_at_most,
    drawn,
    held,
)


@pytest.mark.parametrize(("total", "marked", "taken"), [(40, 7, 12), (10, 8, 6), (5, 5, 2), (9, 0, 4)])
def test_drawn_without_putting_back(total: int, marked: int, taken: int) -> None:
    least, chances = drawn(total, marked, taken)
    expected = stats.hypergeom(total, marked, taken)
    assert least == max(0, marked + taken - total)
    assert chances == pytest.approx([expected.pmf(least + i) for i in range(len(chances))])
    for hits in range(min(marked, taken) + 1):
        assert at_least(hits, total, marked, taken) == pytest.approx(expected.sf(hits - 1))


def test_binomial_chances() -> None:
    for hits in range(6):
        assert binomial_at_least(hits, 5, 0.3) == pytest.approx(stats.binom.sf(hits - 1, 5, 0.3))
        assert binomial_at_most(hits, 5, 0.3) == pytest.approx(stats.binom.cdf(hits, 5, 0.3))


def test_findings_among_many_tests_are_held_to_the_level() -> None:
    chances = [0.01, 0.8, 0.02, 0.02, 0.6]
    assert held(chances) == pytest.approx(stats.false_discovery_control(chances).tolist())
    assert held([]) == []


def test_growth_of_each_group_is_added_up_but_not_the_mix_of_groups() -> None:
    mix = [(0, 100, 4, 0), (30, 60, 30, 60)]  # one group told of early only, the other late only
    assert at_least_in_all(mix) == pytest.approx(1)
    together = at_least(30, 160, 34, 60)
    assert together < 1e-6
    rng = np.random.default_rng(4)
    groups = [(0, 30, 8, 12), (0, 20, 5, 10)]
    first, second = (rng.hypergeometric(m, n - m, t, size=200_000) for _, n, m, t in groups)
    assert at_least_in_all([(5, 30, 8, 12), (3, 20, 5, 10)]) == pytest.approx(
        np.mean(first + second >= 8), abs=0.01
    )
