"""The one screen `monitor` shows: rows of words and small text charts; what is left out is counted."""

from collections.abc import Mapping, Sequence

from servicestory.monitor.observed import in_words
from servicestory.monitor.overview import Overview, Watched
from servicestory.monitor.series import Series
from servicestory.text import one_line

SHOWN = 12
"""Periods in a chart."""
BARS = "▁▂▃▄▅▆▇█"
NEED = {
    "fading": 0,
    "silent": 1,
    "rising": 2,
    "taking hold": 3,
    "too early": 4,
    "holding": 5,
    "candidate": 6,
}
PLAIN = {"common cause": "as usual"}
VERDICT_NEED = {"cannot be charted": 0, "concern": 1, "improvement": 2}


def bars(values: Sequence[float], least: float | None = None) -> str:
    """A text chart, one character for each value; nothing (0) is a dot when ``least`` is None.

    With ``least`` the smallest value stands for the lowest bar, so that figures far from 0 show their shape.
    """
    if not values:
        return ""
    top = max(values)
    if least is None:
        return "".join("·" if v <= 0 else BARS[min(7, int(8 * v / top - 1e-9))] for v in values)
    width = top - least
    return "".join(BARS[min(7, int(8 * (v - least) / width))] if width > 0 else BARS[3] for v in values)


def line_of(overview: Overview) -> list[str]:
    """The periods of a chart, twelve at most, the last of them the last in which anything was told.

    What comes after it is empty for every practice, which says nothing of any.
    """
    every, last = overview.calendar.all, last_told(overview)
    return [p for p in every if p <= last][-SHOWN:] if last else every[-SHOWN:]


def last_told(overview: Overview) -> str:
    """The last period with a story of any kind where that is not the one under way; else empty."""
    told = [p for p, count in overview.told.per_period.items() if count and p in overview.calendar.all]
    last = max(told, default="")
    return last if last < overview.calendar.all[-1] else ""


def practice_rows(overview: Overview, limit: int | None) -> tuple[list[list[str]], int]:
    """Rows of the table of practices, those that need a look first; how many were left out."""
    order = sorted(overview.practices, key=lambda w: (NEED[w.state.state], -w.spread.stories, w.practice.id))
    shown = order if limit is None else order[:limit]
    return [_practice_row(w, overview) for w in shown], len(order) - len(shown)


def _practice_row(w: Watched, overview: Overview) -> list[str]:
    line = line_of(overview)
    at, of = w.reach["adopters"], w.reach["of_sites"]
    return [
        w.state.arrow,
        w.practice.id,
        one_line(w.practice.name, 36),
        w.state.state,
        course(w.spread.counts, line),
        f"{at}/{of}" if of else str(at or "–"),
        in_words(w.fidelity) if w.fidelity.opportunities else "–",
        w.state.why,
    ]


def course(counts: Mapping[str, int], line: Sequence[str]) -> str:
    """Its stories in the last periods; where all are older, when the latest was told."""
    if counts and not any(counts.get(p) for p in line):
        return f"latest in {max(counts)}"
    return bars([counts.get(p, 0) for p in line])


def measure_rows(overview: Overview, limit: int | None) -> tuple[list[list[str]], int]:
    """Rows of the table of measures: the whole organisation first, single sites only with a signal."""
    whole = {s.measure.id for s in overview.series if s.site is None}
    order = sorted(
        (s for s in overview.series if s.site is None or s.measure.id not in whole or _has_news(s)),
        key=lambda s: (s.site is not None, VERDICT_NEED.get(s.verdict, 3), s.measure.id, s.site or ""),
    )
    shown = order if limit is None else order[:limit]
    return [_measure_row(s) for s in shown], len(order) - len(shown)


def _has_news(s: Series) -> bool:
    return s.verdict in VERDICT_NEED


def _measure_row(s: Series) -> list[str]:
    values = [p["value"] for p in s.points[-12:]]
    share = s.chart in ("p", "pp")
    latest = s.points[-1] if s.points else None
    verdict = f"{s.verdict} ({s.rule} {s.when})" if s.rule else PLAIN.get(s.verdict, s.verdict)
    if s.trial and s.rule is None and s.verdict == "common cause":
        verdict += ", provisional"
    target = f"{s.target or '–'}" if s.measure.target is None else _target(s, share)
    return [
        one_line(s.measure.name or s.measure.id, 40) + (f", {s.site}" if s.site else ""),
        bars(values, min(values)) if values else "",
        _latest(s, share),
        f"{figure(latest['lower'], share)} to {figure(latest['upper'], share)}"
        if latest and latest["lower"] is not None
        else "–",
        verdict,
        target,
    ]


def _latest(s: Series, share: bool) -> str:
    """``91 % (86 % to 94 %), from 230``: no figure without what is known of its certainty."""
    if s.latest is None:
        return ""
    text = figure(s.latest["value"], share)
    if s.latest["lower"] is not None:
        text += f" ({figure(s.latest['lower'], share)} to {figure(s.latest['upper'], share)})"
    if s.latest["of"]:
        text += f", from {s.latest['of']}"
    if s.latest["response"]:
        text += f", {figure(s.latest['response']['value'], True)} answered"
    return text


def _target(s: Series, share: bool) -> str:
    assert s.measure.target is not None
    return f"{figure(s.measure.target, share)}: {s.target or 'cannot say yet'}"


def figure(value: float | None, share: bool) -> str:
    """A figure as people write it: shares in per cent, others with at most three digits after the point."""
    if value is None:
        return "–"
    if share:
        return f"{100 * value:.0f} %" if abs(value) <= 1 else f"{value:g}"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def next_rows(overview: Overview, limit: int | None, of_a_kind: int = 2) -> tuple[list[list[str]], int]:
    """Rows of what to do next, at most ``of_a_kind`` of each kind; how many were left out."""
    if limit is None:
        return [[str(i), n.what, n.ref, n.why] for i, n in enumerate(overview.next, 1)], 0
    seen: dict[str, int] = {}
    rows: list[list[str]] = []
    for item in overview.next:
        seen[item.what] = seen.get(item.what, 0) + 1
        if seen[item.what] <= of_a_kind and len(rows) < limit:
            rows.append([str(len(rows) + 1), item.what, item.ref, item.why])
    return rows, len(overview.next) - len(rows)
