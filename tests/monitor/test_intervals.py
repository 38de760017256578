"""Intervals and agreement against published examples and scipy's own statistics."""

import numpy as np
import pytest
from scipy import stats

from servicestory.monitor import intervals


@pytest.mark.parametrize(("done", "of"), [(41, 50), (0, 8), (8, 8), (1, 1), (3, 17), (250, 1000)])
def test_exact_interval_is_the_one_of_scipy(done: int, of: int) -> None:
    expected = stats.binomtest(done, of).proportion_ci(0.95, method="exact")
    found = intervals.exact_share(done, of)
    assert (found.lower, found.upper) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_fidelity_of_41_in_50_as_in_the_contract() -> None:
    found = intervals.exact_share(41, 50)
    assert (round(found.lower, 2), round(found.upper, 2)) == (0.69, 0.91)


# Newcombe 1998, Statistics in Medicine 17:857, Table I, method 3 (score, no continuity correction).
@pytest.mark.parametrize(
    ("done", "of", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_printed_by_newcombe(done: int, of: int, lower: float, upper: float) -> None:
    found = intervals.wilson(done, of)
    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


# Newcombe 1998, Statistics in Medicine 17:873, Table II, method 10.
@pytest.mark.parametrize(
    ("done", "of", "lower", "upper"),
    [
        ((56, 48), (70, 80), 0.0524, 0.3339),
        ((9, 3), (10, 10), 0.1705, 0.8090),
        ((5, 0), (56, 29), -0.0381, 0.1926),
        ((10, 0), (10, 10), 0.6075, 1.0000),
    ],
)
def test_difference_as_printed_by_newcombe(
    done: tuple[int, int], of: tuple[int, int], lower: float, upper: float
) -> None:
    found = intervals.difference(done, of)
    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


def test_mean_interval_is_students() -> None:
    values = [4.0, 5.0, 5.0, 3.0, 4.0, 5.0]
    low, high = stats.t.interval(0.95, 5, loc=sum(values) / 6, scale=stats.sem(values))
    assert intervals.mean(values)[1:] == pytest.approx((low, high), abs=1e-9)


def test_mean_difference_is_welchs() -> None:
    before, after = [71.0, 74.0, 69.0, 73.0, 70.0], [78.0, 76.0, 81.0, 79.0]
    expected = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    found = intervals.mean_difference(after, before)
    assert (found.lower, found.upper) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert intervals.mean_difference([2, 2], [1, 1]) == (1, 1, 1)


def test_kappa_of_a_textbook_table() -> None:
    # 20 both yes, 5 and 10 divided, 15 both no: 0.70 agreed, 0.50 by chance, kappa 0.40 (Cohen 1960's formula).
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    value, n = intervals.kappa(pairs)
    assert n == 50 and value == pytest.approx(0.4, abs=1e-12)
    assert intervals.kappa([]) == (None, 0)
    assert intervals.kappa([(True, True)] * 3) == (None, 3)


def test_what_cannot_be_divided_is_said() -> None:
    for bad in ((0, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match=r"divide|between"):
            intervals.exact_share(*bad)
    with pytest.raises(ValueError, match="two values"):
        intervals.mean([1])
    with pytest.raises(ValueError, match="two values"):
        intervals.mean_difference([1, 2], [1])


@pytest.mark.parametrize(
    ("a", "n", "b", "m"), [(9, 20, 18, 20), (0, 1, 18, 20), (3, 7, 5, 6), (0, 0, 4, 9), (2, 5, 0, 0)]
)
def test_a_fall_is_judged_by_fishers_exact_test(a: int, n: int, b: int, m: int) -> None:
    expected = (
        stats.fisher_exact(np.array([[a, n - a], [b, m - b]]), alternative="less").pvalue if n and m else 1.0
    )
    assert intervals.chance_of_fewer(a, n, b, m) == pytest.approx(expected, abs=1e-12)
