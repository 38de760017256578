"""One measure's points at one site -> the right chart, its signals, a verdict and the target's prospects.

What cannot be charted honestly is said in words (``notes``, verdict ``cannot be charted``), never drawn.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import inf, sqrt
from statistics import median
from typing import Any

from servicestory.models.base import first_day
from servicestory.models.monitoring import Measure, MeasurePoint, Rebase
from servicestory.monitor import change, charts, intervals
from servicestory.monitor.rules import Signal, control_signals, run_signals
from servicestory.text import plural

TRIAL = 12  # points; limits from fewer are provisional (NHS Making Data Count)
LEAST = 3  # points; fewer have no variation to speak of
RECENT = 12  # points; a signal further back is history, not news
NEWS = 3  # points; a signal that ended before them is no longer a thing to do
RATIO_CHARTS = frozenset({"p", "pp", "u", "up"})
COUNT_CHARTS = frozenset({"c", "g", "t"})


@dataclass
class Series:
    """A measure at one site (None: the whole organisation), charted.

    ``points`` are dicts as the JSON of `monitor` has them. ``verdict`` is ``improvement``, ``concern``,
    ``common cause``, ``no variation``, ``too few points`` or ``cannot be charted``; ``target`` is
    ``consistently met``, ``inconsistently met``, ``consistently missed`` or None.
    """

    measure: Measure
    site: str | None
    chart: str
    points: list[dict[str, Any]] = field(default_factory=list)
    trial: bool = True
    verdict: str = "too few points"
    since: str | None = None
    until: str | None = None
    rule: str | None = None
    target: str | None = None
    pooled: bool = False
    sigma_z: float | None = None
    latest: dict[str, Any] | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def when(self) -> str:
        """The time of the signal in words: ``since 2026-01``, ``in 2026-04`` or ``2025-02 to 2025-09``."""
        if self.since == self.until:
            return f"in {self.since}"
        return (
            f"since {self.since}"
            if self.until == self.points[-1]["period"]
            else f"{self.since} to {self.until}"
        )

    @property
    def is_news(self) -> bool:
        """Whether the signal reaches into the last `NEWS` points: there is something to ask about now."""
        return self.until is not None and self.until in [p["period"] for p in self.points[-NEWS:]]

    def to_json(self) -> dict[str, Any]:
        """The entry of ``measures`` in `monitor --json`."""
        m = self.measure
        return {
            "id": m.id, "name": m.name, "type": m.type, "direction": m.direction, "site": self.site,
            "pooled": self.pooled, "chart": self.chart, "trial": self.trial, "points": self.points,
            "verdict": self.verdict, "rule": self.rule, "since": self.since, "until": self.until,
            "target": self.target,
            "target_value": m.target, "sigma_z": _round(self.sigma_z), "latest": self.latest,
            "changes": self.changes,
            "notes": self.notes,
        }  # fmt: skip


def build(
    measure: Measure,
    points: Iterable[MeasurePoint],
    rebases: Sequence[Rebase],
    today: date,
    site: str | None = None,
    pooled: bool = False,
) -> Series:
    """Chart the points of one measure at one site.

    A later record of the same period replaces the earlier one. Periods that lie in the future are left out.
    Limits are computed afresh only from a recorded rebase on, never by themselves.
    """
    out = Series(measure, site, measure.chart, pooled=pooled)
    rows = _in_order(points, today, out)
    if not rows:
        out.chart = "xmr" if measure.chart == "auto" else measure.chart
        out.notes.append("There is no point yet to chart.")
        return out
    figures = [_value(row) for row in rows]
    out.points = [
        {
            "period": r.period,
            "value": _round(v),
            "n": _whole(r.denominator if r.denominator is not None else r.n),
            "centre": None,
            "lower": None,
            "upper": None,
            "signal": None,
        }
        for r, v in zip(rows, figures, strict=True)
    ]
    out.chart = choose(rows) if measure.chart == "auto" else measure.chart
    out.latest = _latest(rows[-1], figures[-1], out)
    if reason := refusal(out.chart, rows):
        out.verdict, out.notes = "cannot be charted", [*out.notes, reason]
        return out
    _note_gaps(rows, out)
    starts = _phase_starts(rows, rebases, site)
    signals: list[Signal | None] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        signals += _phase(out, rows, figures, start, end)
    last = starts[-1]
    out.trial = len(rows) - last < TRIAL
    _judge(out, signals, figures[last:], last)
    _against_target(out)
    for begin, start, end in zip(starts, starts[1:], [*starts[2:], len(rows)], strict=False):
        found = change.before_after(rows, figures, begin, start, end, choose(rows).startswith("p"))
        out.changes.append({k: v if k == "since" else _round(v) for k, v in found.items()})
        out.notes.append(change.in_words(found, out.chart in ("p", "pp")))
    return out


def choose(rows: Sequence[MeasurePoint]) -> str:
    """The chart that fits the data: shares p, rates u, anything else XmR.

    p′ or u′ when the points vary more from one to the next than chance can explain: σz more than two
    standard errors above 1 (0.909/√(points − 1), that of a mean moving range).
    """
    if not all(r.numerator is not None and r.denominator is not None for r in rows):
        return "xmr"
    y = [r.numerator or 0.0 for r in rows]
    n = [r.denominator or 1.0 for r in rows]
    whole = all(v == int(v) for v in (*y, *n))
    if not whole:
        return "xmr"
    share = all(a <= b for a, b in zip(y, n, strict=True))
    if len(rows) < TRIAL:
        return "p" if share else "u"
    factor = (charts.p_prime if share else charts.u_prime)(y, n).sigma_z or 1.0
    beyond_chance = factor > 1 + 2 * 0.909 / sqrt(len(rows) - 1)
    return ("p" if share else "u") + ("p" if beyond_chance else "")


def _in_order(points: Iterable[MeasurePoint], today: date, out: Series) -> list[MeasurePoint]:
    latest: dict[str, MeasurePoint] = {}
    replaced = future = 0
    for point in points:
        if first_day(point.period) > today:
            future += 1
            continue
        earlier = latest.get(point.period)
        replaced += earlier is not None and _value(earlier) != _value(point)
        latest[point.period] = point
    if replaced:
        out.notes.append(f"{plural(replaced, 'figure')} recorded again later; the last one counts.")
    if future:
        out.notes.append(f"{plural(future, 'point')} left out: the period lies in the future.")
    return sorted(latest.values(), key=lambda p: (first_day(p.period), p.period))


def _value(row: MeasurePoint) -> float:
    if row.numerator is not None and row.denominator:
        return row.numerator / row.denominator
    return row.value if row.value is not None else 0.0


def _latest(row: MeasurePoint, value: float, out: Series) -> dict[str, Any]:
    """The newest figure with its n, its own 95 % interval where one is known, and the response rate."""
    found: dict[str, Any] = {"period": row.period, "value": _round(value), "n": out.points[-1]["n"]}
    reach: intervals.Interval | None = None
    whole = row.numerator is not None and row.denominator is not None
    if whole and out.chart in ("p", "pp") and (row.numerator or 0) <= (row.denominator or 0):
        reach = intervals.wilson(row.numerator or 0, row.denominator or 1)
    elif row.standard_error:
        reach = intervals.Interval(
            value, value - 1.96 * row.standard_error, value + 1.96 * row.standard_error
        )
    found["lower"], found["upper"] = (_round(reach.lower), _round(reach.upper)) if reach else (None, None)
    found["of"] = _of(found["n"], out.measure)
    answered, found["response"] = found["n"], None
    if row.asked and answered:
        if answered > row.asked:
            out.notes.append(f"{row.period}: {answered:g} answered, but only {row.asked:g} were asked.")
        else:
            rate = intervals.wilson(answered, row.asked)
            found["response"] = {
                "asked": _whole(row.asked),
                "value": _round(rate.value),
                "lower": _round(rate.lower),
                "upper": _round(rate.upper),
            }
    return found


def _of(n: float | int | None, measure: Measure) -> str | None:
    """What the newest figure rests on: ``695``, or ``4.257 thousand stays`` where it is no plain count."""
    if n is None:
        return None
    if n == int(n):
        return f"{n:,}"
    return f"{n:,g} {measure.denominator or 'as denominator'}"


def refusal(chart: str, rows: Sequence[MeasurePoint]) -> str | None:
    """Why this chart would be wrong for these points, or None."""
    lengths = {_kind(r.period) for r in rows}
    if len(lengths) > 1:
        return f"The periods are of different length ({', '.join(sorted(lengths))}); record them all alike."
    ratios = [r.numerator is not None and r.denominator is not None for r in rows]
    if any(ratios) and not all(ratios) and chart not in RATIO_CHARTS:
        odd = rows[ratios.index(False)]
        return f"{odd.period} has a value only, others numerator and denominator; record them all alike."
    if chart in RATIO_CHARTS:
        for row in rows:
            if row.numerator is None or row.denominator is None:
                return (
                    f"{row.period} has a value only; this chart needs numerator and denominator. "
                    "Record both, or give the measure --chart xmr."
                )
            if chart in ("p", "pp") and row.numerator > row.denominator:
                return (
                    f"{row.period}: {row.numerator:g} of {row.denominator:g} is more than all of them, "
                    "so it is no share. Correct the figure, or give the measure --chart u."
                )
    if chart in COUNT_CHARTS:
        for row, value in ((row, _value(row)) for row in rows):
            if value < 0:
                return f"{row.period}: {value:g} is below zero, which no count or time between events can be."
            if chart == "c" and value != int(value):
                return f"{row.period}: {value:g} is no whole count. Give the measure --chart xmr."
    return None


def no_share(measure: Measure, row: MeasurePoint) -> str | None:
    """Why this figure cannot be one of a share, which goes from 0 to 1; None where the measure is no share.

    A share is what has a p chart, or the data's own chart with a target between 0 and 1 or "share" as unit.
    """
    aims = _aims_at_share(measure)
    if not _is_share(measure):
        return None
    why = "its target is between 0 and 1" if aims else "it is defined as one"
    other = f"If {measure.id} is no share ({why}), define it with --chart u or xmr"
    if row.numerator is not None and row.denominator is not None:
        if row.numerator <= row.denominator:
            return None
        return (
            f"{row.period}: {row.numerator:g} of {row.denominator:g} is more than all of them, "
            f"so it is no share. Correct the figure. {other}"
        )
    if row.value is None or 0 <= row.value <= 1:
        return None
    meant = f" (or {row.value:g}%)" if 1 < row.value <= 100 else ""
    like = f"{row.value / 100:g}" if meant else "0.64"
    return (
        f"{row.period}: {row.value:g} is no share, which goes from 0 to 1. "
        f"Write all its figures on one scale, like {like}{meant}. {other}"
    )


def _aims_at_share(measure: Measure) -> bool:
    return measure.target is not None and 0 < measure.target < 1 and not measure.unit


def _is_share(measure: Measure) -> bool:
    unit = (measure.unit or "").casefold()
    told = _aims_at_share(measure) or unit in ("share", "%", "percent", "per cent")
    return measure.chart in ("p", "pp") or (measure.chart == "auto" and told)


_NET = re.compile(r"(?i)(?<![a-z])e?nps(?![a-z])|net promoter")


def _scale(measure: Measure, values: Sequence[float]) -> tuple[float, float]:
    """The ends no figure of this measure can pass: of a share, and of a net promoter score by its name."""
    low, high = -inf, inf
    if _is_share(measure):
        low, high = 0.0, 1.0
    elif _NET.search(f"{measure.id} {measure.name or ''} {measure.unit or ''}"):
        low, high = -100.0, 100.0
    return (low, high) if low <= min(values) and max(values) <= high else (-inf, inf)


def _kind(period: str) -> str:
    return {4: "years", 7: "quarters" if "Q" in period else "months", 10: "days"}[len(period)]


def _note_gaps(rows: Sequence[MeasurePoint], out: Series) -> None:
    kind = _kind(rows[0].period)
    if kind == "days":
        return
    step = {"months": 1, "quarters": 3, "years": 12}[kind]
    numbers = [first_day(r.period).year * 12 + first_day(r.period).month for r in rows]
    missing = sum((b - a) // step - 1 for a, b in pairwise(numbers))
    if missing:
        out.notes.append(
            f"{plural(missing, kind[:-1])} without a figure; the points on either side count as neighbours."
        )


def _phase_starts(rows: Sequence[MeasurePoint], rebases: Sequence[Rebase], site: str | None) -> list[int]:
    """Where limits begin afresh: at the start and at each recorded rebase that concerns this site."""
    starts = {0}
    for rebase in rebases:
        if rebase.site in (None, site):
            day = first_day(rebase.from_period)
            at = next((i for i, r in enumerate(rows) if first_day(r.period) >= day), None)
            if at:
                starts.add(at)
    return sorted(starts)


def _phase(
    out: Series, rows: Sequence[MeasurePoint], figures: Sequence[float], start: int, end: int
) -> list[Signal | None]:
    """Write centre, limits and signals of one phase into the points; return its signals."""
    part, values = rows[start:end], list(figures[start:end])
    if len(part) < LEAST:
        return [None] * len(part)
    y = [r.numerator or 0.0 for r in part]
    n = [r.denominator or 1.0 for r in part]
    if out.chart == "run":
        middle = median(values)
        signals = run_signals(values, middle)
        for point, signal in zip(out.points[start:end], signals, strict=True):
            point.update(centre=_round(middle), signal=signal.rule if signal else None)
        return signals
    ratio = {"p": charts.p, "pp": charts.p_prime, "u": charts.u, "up": charts.u_prime}
    single = {"xmr": charts.xmr, "c": charts.c, "g": charts.g, "t": charts.t}
    chart = ratio[out.chart](y, n) if out.chart in ratio else single[out.chart](values)
    out.sigma_z = chart.sigma_z
    # No figure lies beyond its scale, so limits cut there find the same signals.
    low, high = _scale(out.measure, values)
    varies = max(values) > min(values)
    signals = control_signals(chart) if varies else [None] * len(values)
    for at, (point, signal) in enumerate(zip(out.points[start:end], signals, strict=True)):
        point.update(
            centre=_round(chart.centre[at]),
            lower=_round(max(low, chart.lower[at])), upper=_round(min(high, chart.upper[at])),
            signal=signal.rule if signal else None,
        )  # fmt: skip
    return signals


def _judge(out: Series, signals: Sequence[Signal | None], values: Sequence[float], start: int) -> None:
    """The verdict of the current phase: its latest signal among the last `RECENT` points, or none."""
    if len(values) < LEAST:
        out.notes.append(
            f"{plural(len(values), 'point')} so far; limits are drawn from {LEAST} on and stay provisional "
            f"below {TRIAL}."
        )
        return
    if max(values) == min(values):
        out.verdict = "no variation"
        out.notes.append("Every point is the same, so there is no variation to judge.")
        return
    out.verdict = "common cause"
    for at in range(len(signals) - 1, max(start, len(signals) - RECENT) - 1, -1):
        signal = signals[at]
        if signal:
            wanted = 1 if out.measure.direction == "up" else -1
            out.verdict = "improvement" if signal.sense == wanted else "concern"
            out.rule = signal.rule
            first = at
            while first > start and signals[first - 1] == signal:
                first -= 1
            out.since, out.until = out.points[first]["period"], out.points[at]["period"]
            break
    if out.chart == "run" and sum(v != median(values) for v in values) < 10:
        out.verdict = "too few points"
        out.notes.append(
            "A run chart needs ten points off the median before it can tell a signal from chance."
        )


def _against_target(out: Series) -> None:
    """Whether the process as it is will meet the target: by the limits that hold for the latest point."""
    target, latest = out.measure.target, out.points[-1]
    if target is None or latest["lower"] is None:
        return
    if out.chart in ("p", "pp") and target > 1:
        out.notes.append(
            f"The target {target:g} cannot be compared with a share from 0 to 1; write it like 90%."
        )
        return
    lower, upper = latest["lower"], latest["upper"]
    if out.measure.direction == "up":
        met, missed = lower >= target, upper < target
    else:
        met, missed = upper <= target, lower > target
    out.target = "consistently met" if met else "consistently missed" if missed else "inconsistently met"


def _round(value: float | None) -> float | None:
    """Ten decimals: exact enough for every check, and the same text on every machine."""
    return None if value is None else round(value, 10) + 0.0


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
