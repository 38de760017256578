"""Growth of each group adds up; that groups are told of more does not count as growth."""

import numpy as np
import pytest
from scipy import stats

from servicestory.strata import at_least_in_all


@pytest.mark.parametrize(("total", "marked", "taken"), [(40, 7, 12), (10, 8, 6), (5, 5, 2), (9, 0, 4)])
def test_one_group_is_the_textbook_test(total: int, marked: int, taken: int) -> None:
    expected = stats.hypergeom(total, marked, taken)
    for hits in range(max(0, marked + taken - total), min(marked, taken) + 1):
        assert at_least_in_all([(hits, total, marked, taken)]) == pytest.approx(expected.sf(hits - 1))
    assert at_least_in_all([]) == 1.0


def test_growth_of_each_group_is_added_up_but_not_the_mix_of_groups() -> None:
    mix = [(0, 100, 4, 0), (30, 60, 30, 60)]  # one group told of early only, the other late only
    assert at_least_in_all(mix) == pytest.approx(1)
    assert at_least_in_all([(30, 160, 34, 60)]) < 1e-6
    rng = np.random.default_rng(4)
    groups = [(0, 30, 8, 12), (0, 20, 5, 10)]
    first, second = (rng.hypergeometric(m, n - m, t, size=200_000) for _, n, m, t in groups)
    assert at_least_in_all([(5, 30, 8, 12), (3, 20, 5, 10)]) == pytest.approx(
        np.mean(first + second >= 8), abs=0.01
    )


def test_many_groups_give_the_same_with_and_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [(4, 60, 9, 25)] * 60
    fast = at_least_in_all(many)
    monkeypatch.setattr("servicestory.strata._MANY", 10**9)
    assert at_least_in_all(many) == pytest.approx(fast, rel=1e-9)
