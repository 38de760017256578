"""A measure becomes the right chart, a verdict and the target's prospects; bad data is said in words."""

import json
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory.models.monitoring import MeasurePoint, Rebase
from servicestory.monitor import series
from tests.monitor.build import TODAY, measure, points
from tests.monitor.test_charts import LOANS, ORDERED, ORDERS

STEADY = [50, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 51, 50, 48, 52]
SHARES = [(y, n) for y, n in zip(ORDERS, ORDERED, strict=True)]


def built(values: Sequence[object], **rest: object) -> series.Series:
    return series.build(measure(**rest), points(list(values)), [], TODAY)


def test_values_get_an_individuals_chart_with_its_limits_on_each_point() -> None:
    found = built([float(v) for v in LOANS])
    assert found.chart == "xmr" and not found.trial and found.verdict == "common cause"
    assert {round(p["upper"], 2) for p in found.points} == {321.22}
    assert found.points[0] == {
        "period": "2024-01", "value": 310.0, "n": None, "centre": 300.5,
        "lower": pytest.approx(279.78), "upper": pytest.approx(321.22), "signal": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "of", "ends"),
    [
        ([92, 60, 98, 45, 99, 70, 88, 30, 97, 65, 90, 50], {"id": "nps"}, (None, 100)),
        ([-92, -60, -98, -45, -99, -70, -88, -30], {"id": "m", "name": "Net promoter score"}, (-100, None)),
        ([0.92, 0.6, 0.98, 0.45, 0.99, 0.7, 0.88, 0.3], {"id": "m", "unit": "share"}, (0, 1)),
        ([92, 60, 198, 45, 99, 70, 88, 30], {"id": "nps"}, (None, None)),  # no score from -100 to 100
        ([92, 60, 98, 45, 99, 70, 88, 30], {"id": "minutes"}, (None, None)),
    ],
)
def test_limits_are_cut_where_the_scale_ends_and_signals_stay(
    values: list[float], of: dict[str, str], ends: tuple[float | None, float | None]
) -> None:
    found, free = built(values, **of), built(values, id="free", unit="minutes")
    lower, upper = found.points[0]["lower"], found.points[0]["upper"]
    assert lower == (free.points[0]["lower"] if ends[0] is None else ends[0])
    assert upper == (free.points[0]["upper"] if ends[1] is None else ends[1])
    assert [p["signal"] for p in found.points] == [p["signal"] for p in free.points]


def test_shares_get_a_p_chart_rates_a_u_chart() -> None:
    found = built(list(SHARES), direction="down")
    assert found.chart == "p" and found.points[0]["n"] == 100
    assert found.points[10]["signal"] == "beyond limits"
    assert built([(v + 100, 50) for v in STEADY]).chart == "u"
    assert built([(v / 3, 100) for v in STEADY]).chart == "xmr"


def test_shares_that_vary_more_than_chance_get_laneys_chart() -> None:
    wild = [(y, 10_000) for y in (9000, 9300, 8900, 9250, 9050, 9350, 8950, 9200, 9000, 9300, 8900, 9250)]
    found = built(list(wild))
    assert found.chart == "pp" and found.sigma_z is not None and found.sigma_z > 5
    assert all(p["signal"] is None for p in found.points)
    assert built([(y * 2, n) for y, n in wild], chart="auto").chart == "up"
    assert built(list(wild), chart="p").points[0]["signal"] is not None


def test_an_asked_for_chart_is_taken() -> None:
    assert built([4, 5, 3, 6, 4, 5], chart="c").points[0]["upper"] == pytest.approx(4.5 + 3 * 4.5**0.5)
    assert built([4, 5, 3, 6, 4, 5], chart="g").points[0]["upper"] == pytest.approx(
        4.5 + 3 * (4.5 * 5.5) ** 0.5
    )
    assert built([4, 5, 3, 6, 4, 5], chart="t").points[0]["lower"] >= 0
    assert built(list(SHARES), chart="xmr").chart == "xmr"
    for chart, value in product(("pp", "up", "u", "p"), [[(5, 10), (6, 12), (4, 11)]]):
        assert built(list(value), chart=chart).points[0]["centre"] == pytest.approx(15 / 33)


def test_a_shift_up_is_improvement_or_concern_by_the_direction() -> None:
    values = [float(v) for v in STEADY] + [58.0, 57.0, 59.0, 58.0, 57.0, 58.0, 59.0]
    better, worse = built(list(values)), built(list(values), direction="down")
    assert (better.verdict, worse.verdict) == ("improvement", "concern")
    assert better.rule in ("shift", "beyond limits") and better.since is not None


def test_an_old_signal_is_history() -> None:
    values = [50.0, 90.0, 12.0] + [50.0 + 2 * (i % 2) for i in range(24)]
    found = built(list(values))
    assert found.points[1]["signal"] == "beyond limits" and found.verdict == "common cause"


@pytest.mark.parametrize(
    ("target", "direction", "said"),
    [
        (20, "up", "consistently met"), (80, "up", "consistently missed"), (50, "up", "inconsistently met"),
        (20, "down", "consistently missed"), (80, "down", "consistently met"), (50, "down", "inconsistently met"),
    ],
)  # fmt: skip
def test_target_against_the_limits(target: float, direction: str, said: str) -> None:
    assert built([float(v) for v in STEADY], target=target, direction=direction).target == said


def test_a_share_never_missed_meets_a_target_of_all() -> None:
    found = built([(10, 10)] * 12, target=1)
    assert found.target == "consistently met" and found.verdict == "no variation"


def test_a_target_in_per_cent_is_not_compared_with_a_share() -> None:
    found = built(list(SHARES), target=90)
    assert found.target is None and "write it like 90%" in found.notes[-1]


def test_few_points_are_provisional_and_fewer_say_nothing() -> None:
    assert built([1.0, 2.0, 1.5, 2.5]).trial
    assert not built([float(v) for v in STEADY]).trial
    one = built([3.0], target=2)
    assert (one.verdict, one.trial, one.target) == ("too few points", True, None)
    assert one.points[0]["centre"] is None and "1 point so far" in one.notes[0]
    none = built([])
    assert none.points == [] and none.chart == "xmr" and "no point yet" in none.notes[0]
    assert built([], chart="p").chart == "p"


def test_all_equal_is_no_variation() -> None:
    found = built([7.0] * 14)
    assert found.verdict == "no variation" and all(p["signal"] is None for p in found.points)
    assert built([(5, 10), (6, 12), (7, 14)]).verdict == "no variation"


def test_run_charts_have_a_median_and_no_limits() -> None:
    found = built([1.0] * 8 + [3.0] * 8, chart="run", target=2)
    assert found.points[0]["centre"] == 2.0 and found.points[0]["lower"] is None
    assert found.points[-1]["signal"] == "run" and found.verdict == "improvement" and found.target is None
    few = built([1.0, 3.0, 1.0, 3.0], chart="run")
    assert few.verdict == "too few points" and "ten points" in few.notes[-1]


def test_a_later_record_replaces_an_earlier_one() -> None:
    rows = [*points([1.0, 2.0, 3.0]), *points([9.0])]
    found = series.build(measure(), rows, [], TODAY)
    assert [p["value"] for p in found.points] == [9.0, 2.0, 3.0]
    assert "1 figure recorded again" in found.notes[0]
    assert series.build(measure(), [*rows[:3], rows[0]], [], TODAY).notes == []


def test_order_of_recording_does_not_matter() -> None:
    rows = points([float(v) for v in STEADY])
    assert (
        series.build(measure(), rows[::-1], [], TODAY).to_json()
        == series.build(measure(), rows, [], TODAY).to_json()
    )


def test_future_points_and_gaps_are_told() -> None:
    rows = [*points([1.0, 2.0, 3.0]), *points([4.0], "2024-06"), *points([5.0], "2027-01")]
    found = series.build(measure(), rows, [], TODAY)
    assert len(found.points) == 4
    assert any("future" in n for n in found.notes) and any("2 months without" in n for n in found.notes)
    days = [MeasurePoint(measure="m", period=f"2026-01-{d:02d}", value=d % 3) for d in (1, 5, 9, 20)]
    assert not any("without" in n for n in series.build(measure(), days, [], TODAY).notes)


@pytest.mark.parametrize(
    ("values", "chart", "said"),
    [
        ([(12, 10), (3, 10), (4, 10)], "p", "12 of 10 is more than all"),
        ([1.0, 2.0, 3.0], "p", "needs numerator and denominator"),
        ([1.0, -2.0, 3.0], "c", "-2 is below zero"),
        ([1.0, 2.5, 3.0], "c", "2.5 is no whole count"),
        ([1.0, -2.0, 3.0], "t", "below zero"),
        ([1.0, (2, 4), 3.0], "auto", "record them all alike"),
    ],
)
def test_what_cannot_be_charted_is_said(values: list[object], chart: str, said: str) -> None:
    found = built(values, chart=chart, target=1)
    assert found.verdict == "cannot be charted" and said in found.notes[-1]
    assert all(p["centre"] is None and p["signal"] is None for p in found.points) and found.target is None


def test_months_and_quarters_are_not_mixed() -> None:
    rows = [*points([1.0, 2.0]), MeasurePoint(measure="m", period="2024-Q2", value=3)]
    found = series.build(measure(), rows, [], TODAY)
    assert found.verdict == "cannot be charted" and "months, quarters" in found.notes[-1]


def rebase(period: str, site: str | None = None) -> Rebase:
    return Rebase(measure="m", site=site, from_period=period, on="2026-01-01", by="A", reason="new way")


def test_a_recorded_rebase_begins_new_limits_and_compares_before_and_after() -> None:
    values = [10.0, 12.0, 11.0, 9.0, 10.0, 11.0, 20.0, 21.0, 19.0, 20.0, 22.0, 21.0]
    plain = series.build(measure(), points(values), [], TODAY)
    found = series.build(measure(), points(values), [rebase("2024-07")], TODAY)
    assert plain.points[0]["centre"] == plain.points[-1]["centre"]
    assert (found.points[0]["centre"], found.points[-1]["centre"]) == (10.5, 20.5)
    assert found.trial and found.verdict == "common cause"
    change = found.changes[0]
    assert (change["since"], change["before"], change["after"], change["difference"]) == (
        "2024-07",
        10.5,
        20.5,
        10.0,
    )
    assert 8 < change["lower"] < 10 < change["upper"] < 12


def test_a_rebase_elsewhere_or_at_the_start_changes_nothing() -> None:
    rows = points([float(v) for v in STEADY])
    plain = series.build(measure(), rows, [], TODAY).points
    for decided in (rebase("2024-05", "Pier"), rebase("2023-01"), rebase("2024-01"), rebase("2030-01")):
        assert series.build(measure(), rows, [decided], TODAY).points == plain


def test_a_rebase_of_shares_has_newcombes_interval() -> None:
    values = [(12, 20), (12, 20), (12, 20), (12, 20), (28, 35), (28, 35)]
    change = series.build(measure(), points(list(values)), [rebase("2024-05")], TODAY).changes[0]
    # Newcombe 1998, 56/70 against 48/80: 0.0524 to 0.3339.
    assert (round(change["lower"], 4), round(change["upper"], 4)) == (0.0524, 0.3339)


def test_after_a_fresh_rebase_there_is_too_little_to_say() -> None:
    found = series.build(measure(target=5), points([1.0, 2.0, 1.0, 2.0, 9.0]), [rebase("2024-05")], TODAY)
    assert found.verdict == "too few points" and found.points[-1]["centre"] is None and found.target is None
    assert found.changes[0]["difference"] is None


def test_the_latest_figure_has_its_interval_and_response_rate() -> None:
    rows = points([(8, 10), (9, 10)])
    rows.append(MeasurePoint(measure="m", period="2024-03", numerator=81, denominator=263, asked=526))
    latest = series.build(measure(), rows, [], TODAY).latest
    assert latest is not None
    # Newcombe 1998, 81 of 263: 0.2553 to 0.3662.
    assert (round(latest["lower"], 4), round(latest["upper"], 4), latest["n"]) == (0.2553, 0.3662, 263)
    assert latest["response"]["value"] == 0.5
    net = [MeasurePoint(measure="m", period="2024-03", value=30, n=100, standard_error=7.8, asked=60)]
    found = series.build(measure(), net, [], TODAY)
    assert found.latest is not None and found.latest["lower"] == pytest.approx(30 - 1.96 * 7.8)
    assert found.latest["response"] is None and "only 60 were asked" in found.notes[0]
    assert built([1.0]).latest == {
        "period": "2024-01", "value": 1.0, "n": None, "of": None, "lower": None, "upper": None,
        "response": None,
    }  # fmt: skip


def test_what_a_figure_rests_on_is_said_in_its_own_unit() -> None:
    per_thousand = measure(denominator="thousand stays", chart="u")
    rate = series.build(per_thousand, points([(40, 4.2), (46, 4.257)]), [], TODAY).latest
    assert rate is not None and rate["of"] == "4.257 thousand stays"
    share = series.build(measure(denominator="cards"), points([(900, 1200)]), [], TODAY).latest
    assert share is not None and share["of"] == "1,200"


def test_the_time_of_a_signal_in_words() -> None:
    steady = [float(v) for v in STEADY]
    now = built([*steady, 80.0])
    assert (now.rule, now.when, now.is_news) == ("beyond limits", "in 2025-04", True)
    past = built([*steady, 80.0, *steady[:6]])
    assert (past.verdict, past.when, past.is_news) == ("improvement", "in 2025-04", False)
    shift = built([*steady, *(v + 9 for v in steady)])
    assert shift.when.startswith("since ") and shift.is_news and shift.until == shift.points[-1]["period"]
    over = built([*steady, *(v + 3 for v in steady[:9]), 49.0, 50.0])
    assert " to " in over.when


figure = st.floats(-1e6, 1e6) | st.integers(-5, 50)
ratio = st.tuples(st.integers(0, 200), st.integers(1, 150))


@given(
    st.lists(figure, max_size=40) | st.lists(ratio, max_size=40) | st.lists(figure | ratio, max_size=20),
    st.sampled_from(["auto", "xmr", "p", "pp", "u", "up", "c", "g", "t", "run"]),
    st.none() | st.floats(-10, 110),
)
def test_no_figures_make_a_wrong_chart(values: list[object], chart: str, target: float | None) -> None:
    found = built(values, chart=chart, target=target)
    json.dumps(found.to_json(), allow_nan=False)
    drawn = [p for p in found.points if p["lower"] is not None]
    assert all(p["lower"] <= p["upper"] for p in drawn)
    assert all(p["lower"] - 1e-6 <= p["centre"] <= p["upper"] + 1e-6 for p in drawn)
    if found.chart in ("p", "pp"):
        assert all(p["lower"] >= 0 and p["upper"] <= 1 for p in drawn)
    if found.verdict == "cannot be charted":
        assert found.notes and not drawn


def test_each_change_is_held_against_the_time_before_it_in_words() -> None:
    rows = points([(80, 100)] * 6 + [(90, 100)] * 6 + [(70, 100)] * 6)
    rebases = [
        Rebase(measure="m", from_period=period, on="2026-01-01", by="A", reason="r")
        for period in ("2024-07", "2025-01")
    ]
    found = series.build(measure(), rows, rebases, TODAY)
    assert [(c["since"], c["before"], c["after"]) for c in found.changes] == [
        ("2024-07", 0.8, 0.9), ("2025-01", 0.9, 0.7),
    ]  # fmt: skip
    # Newcombe's interval of 540 of 600 against 480 of 600.
    assert "Since 2024-07: 90 % after 80 % before, a difference of 10 points (5.99 to 14)." in found.notes
    means = series.build(measure(), points([1.0, 3.0, 2.0, 2.0, 3.0, 2.5]), rebases_from("2024-04"), TODAY)
    assert means.notes[-1].startswith("Since 2024-04: 2.5 after 2 before") and means.notes[-1].endswith(
        "may be chance."
    )
    alone = series.build(measure(), points([1.0, 3.0, 2.0, 2.0]), rebases_from("2024-04"), TODAY)
    assert "too few points to say how sure that is" in " ".join(alone.notes)


def rebases_from(period: str) -> list[Rebase]:
    return [Rebase(measure="m", from_period=period, on="2026-01-01", by="A", reason="r")]
