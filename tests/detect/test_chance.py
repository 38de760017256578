"""Exact chances are those of the textbook functions; groups are compared with themselves."""

import pytest
from scipy import stats

from servicestory.detect.chance import (
    at_least,
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
