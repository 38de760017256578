"""Scores from raw answers, checked by hand and by exact arithmetic."""

from fractions import Fraction
from math import sqrt

import pytest

from servicestory.monitor.feedback import score


def test_nps_with_its_standard_error() -> None:
    # 50 promoters, 30 passives, 20 detractors: net 0.30, variance 0.50 + 0.20 - 0.09 = 0.61, error sqrt(0.61/100).
    found = score("nps", [10] * 30 + [9] * 20 + [8] * 20 + [7] * 10 + [6] * 12 + [0] * 8, asked=400)
    assert found.value == pytest.approx(30, abs=1e-9) and found.n == 100
    assert found.standard_error == pytest.approx(100 * sqrt(Fraction(61, 10000)), abs=1e-9)
    assert found.lower == pytest.approx(30 - 1.959963984540054 * 100 * sqrt(0.0061), abs=1e-9)
    assert found.response is not None and found.response.value == 0.25


def test_all_promoters_are_no_certainty() -> None:
    found = score("nps", [10, 10, 9])
    assert found.value == 100 and found.lower is None and found.standard_error is None


def test_csat_is_the_two_best_answers() -> None:
    found = score("csat", [5, 4, 3, 5, 1, 2, 4, 5])
    assert (found.numerator, found.n, found.value) == (5, 8, 0.625)
    assert found.lower is not None and 0.30 < found.lower < 0.32
    assert score("csat", [7, 6, 5], scale=7).numerator == 2


def test_ces_is_a_mean_with_an_interval() -> None:
    found = score("ces", [5, 6, 7, 6], scale=7)
    assert found.value == 6 and found.lower is not None and found.lower < 6
    assert score("ces", [4], scale=7).lower is None


def test_bad_answers_are_named() -> None:
    with pytest.raises(ValueError, match="no answers"):
        score("nps", [])
    with pytest.raises(ValueError, match="11 is not on the scale from 0 to 10"):
        score("nps", [11])
    with pytest.raises(ValueError, match="0 is not on the scale from 1 to 5"):
        score("csat", [0])
    with pytest.raises(ValueError, match="only 1 were asked"):
        score("csat", [4, 5], asked=1)
