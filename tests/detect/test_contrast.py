"""The prevalence ratio against a worked case, and what it may say."""

import pytest

from servicestory.detect.contrast import contrast


def test_ratio_and_interval_of_a_worked_case() -> None:
    found = contrast(30, 100, 10, 100)
    assert found is not None
    # ln(30.5/10.5) = 1.0664; variance 1/30.5 - 1/100.5 + 1/10.5 - 1/100.5 = 0.10812
    assert found.ratio == pytest.approx(2.905, abs=0.001)
    assert found.ratio_low == pytest.approx(1.525, abs=0.002)
    assert found.ratio_high == pytest.approx(5.533, abs=0.005)
    assert found.says == "told of what delights"
    assert found.story_interval[0] < 0.3 < found.story_interval[1]


def test_what_everybody_does_anyway_and_what_cannot_be_told() -> None:
    anyway, few = contrast(200, 400, 190, 400), contrast(3, 10, 1, 5)
    assert anyway is not None
    assert few is not None
    assert anyway.says == "done in ordinary encounters too"
    assert few.says == "cannot tell yet"


def test_never_seen_in_ordinary_encounters_has_no_upper_limit() -> None:
    found = contrast(20, 40, 0, 60)
    assert found is not None
    assert found.ratio_high is None
    assert found.ratio_low > 1
    assert found.ordinary_interval == pytest.approx((0.0, 0.0596), abs=1e-4)


def test_an_empty_set_cannot_be_compared() -> None:
    assert contrast(3, 10, 0, 0) is None
    assert contrast(0, 0, 1, 3) is None
    both = contrast(10, 10, 10, 10)
    assert both is not None
    assert both.ratio == 1.0
