"""Which points are signals: the published rules and the published table of run-chart limits."""

import pytest

from servicestory.monitor.charts import Chart, xmr
from servicestory.monitor.rules import Signal, control_signals, run_limits, run_signals


def chart(z: list[float], values: list[float] | None = None) -> Chart:
    values = values or z
    sides = [(v > 0) - (v < 0) for v in z]
    return Chart(values, [0.0] * len(z), [-3.0] * len(z), [3.0] * len(z), z, sides)


def rules(z: list[float], values: list[float] | None = None) -> list[str | None]:
    return [s.rule if s else None for s in control_signals(chart(z, values))]


# Anhøj & Olesen 2014 (PLoS ONE 9:e113825), Table 1; also Anhøj, "SPC for healthcare with R", appendix.
TABLE = {
    10: (6, 2), 11: (6, 2), 12: (7, 3), 13: (7, 3), 14: (7, 4), 15: (7, 4), 16: (7, 4), 17: (7, 5), 18: (7, 5),
    19: (7, 6), 20: (7, 6), 21: (7, 6), 22: (7, 7), 23: (8, 7), 24: (8, 8),
}  # fmt: skip


@pytest.mark.parametrize("n", TABLE)
def test_run_limits_are_the_published_table(n: int) -> None:
    assert run_limits(n) == TABLE[n]


def test_run_limits_equal_the_binomial_quantile() -> None:
    from scipy.stats import binom

    for n in range(10, 201):
        assert run_limits(n)[1] == int(binom.ppf(0.05, n - 1, 0.5))


def test_seven_on_one_side_is_a_shift_six_is_not() -> None:
    # NHS Making Data Count; the cases are those of the NHS-R plotthedots tests.
    level = [0.5, 0.6, 0.4, 0.5, 0.6, 0.4]
    assert rules([*level, -0.5]) == [None] * 7
    assert rules([*level, 0.5, -0.5]) == ["shift"] * 7 + [None]


def test_a_point_on_the_line_breaks_a_shift() -> None:
    assert rules([0.5, 0.6, 0.4, 0.5, 0.0, 0.6, 0.4, 0.5]) == [None] * 8


def test_six_successive_rises_are_a_trend_of_seven_points() -> None:
    z = [-0.3, 0.1, -0.2, 0.2, -0.1, 0.3, -0.1]
    assert rules(z[:6], [1, 2, 3, 4, 5, 6]) == [None] * 6
    assert rules(z, [1, 2, 3, 4, 5, 6, 7]) == ["trend"] * 7
    assert rules(z, [1, 2, 3, 3, 4, 5, 6]) == [None] * 7
    falling = control_signals(chart(z, [7, 6, 5, 4, 3, 2, 1]))
    assert falling[0] == Signal("trend", -1)


def test_two_of_three_beyond_two_sigma_on_the_same_side() -> None:
    assert rules([0.1, -0.1, 2.2, 0.1, 2.4, -0.1]) == [None, None, "two of three", None, "two of three", None]
    assert rules([2.2, 0.1, -0.1, 2.4]) == [None] * 4
    # Opposite sides are no signal (NHS-R plotthedots, "same side of the mean").
    assert rules([0.1, 2.2, -2.4, -0.1]) == [None] * 4
    # Exactly two sigma is not beyond it.
    assert rules([2.0, 2.0, 0.1]) == [None] * 3


def test_beyond_limits_wins_and_has_its_sense() -> None:
    found = control_signals(chart([0.1, 3.1, -0.1, -3.2]))
    assert found == [None, Signal("beyond limits", 1), None, Signal("beyond limits", -1)]
    assert rules([0.1, 3.0, -0.1]) == [None] * 3


def test_symmetrical_data_with_two_far_points_on_opposite_sides() -> None:
    # The case of the NHS-R plotthedots test: alternating ±1, then 5.5 and -5.5; each is beyond its own side only.
    values = [1.0, -1.0] * 7 + [5.5, -5.5]
    found = control_signals(xmr(values))
    assert all(s is None or s.rule == "beyond limits" for s in found)


def test_a_long_run_and_few_crossings_on_a_run_chart() -> None:
    values = [1.0, 2.0] * 6
    assert run_signals(values, 1.5) == [None] * 12
    shifted = [1.0] * 8 + [3.0] * 8
    found = run_signals(shifted, 2.0)
    assert [s.rule for s in found if s] == ["run"] * 16
    assert found[0] == Signal("run", -1) and found[-1] == Signal("run", 1)


def test_few_crossings_alone_mark_the_last_point() -> None:
    # 16 useful points, limits 7 and 4: runs of 6, 5, 5 make two crossings and no run above seven.
    values = [1.0] * 6 + [3.0] * 5 + [1.0] * 5
    found = run_signals(values, 2.0)
    assert [s.rule if s else None for s in found] == [None] * 15 + ["crossings"]


def test_points_on_the_median_neither_count_nor_break() -> None:
    values = [1.0] * 4 + [2.0] + [1.0] * 4 + [3.0] * 4 + [2.0] + [3.0] * 4
    found = run_signals(values, 2.0)
    assert [i for i, s in enumerate(found) if s and s.rule == "run"] == [
        0,
        1,
        2,
        3,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        14,
        15,
        16,
        17,
    ]


def test_too_few_useful_points_say_nothing() -> None:
    assert run_signals([1.0] * 9, 2.0) == [None] * 9
