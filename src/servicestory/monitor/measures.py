"""All measures at all sites -> a chart each, the whole organisation's line, and a funnel between sites."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from servicestory.errors import nearest
from servicestory.models.base import first_day
from servicestory.models.monitoring import Measure, MeasurePoint, Rebase
from servicestory.monitor.funnel import Funnel, funnel
from servicestory.monitor.series import Series, build
from servicestory.text import plural

FUNNEL_DAYS = 365  # days of figures a funnel between sites looks back on


@dataclass
class Charted:
    """Every series with its chart, the funnels between sites by measure, and what had to be left out."""

    series: list[Series] = field(default_factory=list)
    funnels: dict[str, Funnel] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def chart_all(
    measures: Sequence[Measure],
    points: Sequence[MeasurePoint],
    rebases: Sequence[Rebase],
    sites: Collection[str],
    today: date,
) -> Charted:
    """Chart every measure: the whole organisation first (all sites together where none was recorded for it).

    Args:
        sites: the sites there are; figures of others are charted, and named in the notes.
    """
    out = Charted()
    latest = {m.id: m for m in measures}  # a measure defined again replaces the earlier definition
    groups: dict[str, dict[str | None, list[MeasurePoint]]] = {m: {} for m in latest}
    unknown: dict[str, int] = {}
    strange: set[str] = set()
    for point in points:
        if point.measure not in latest:
            unknown[point.measure] = unknown.get(point.measure, 0) + 1
            continue
        if point.site and sites and point.site not in sites:
            strange.add(point.site)
        groups[point.measure].setdefault(point.site, []).append(point)
    for lost, count in sorted(unknown.items()):
        near = nearest(lost, list(latest))
        out.notes.append(
            f"{plural(count, 'point')} of {lost!r} left out: there is no such measure"
            + (f"; did you mean {near!r}?" if near else ".")
        )
    for odd in sorted(strange):
        near = nearest(odd, sorted(sites))
        out.notes.append(
            f"The site {odd!r} of some figures is not in servicestory.yaml"
            + (f"; did you mean {near!r}?" if near else ".")
        )
    decisions: dict[str, list[Rebase]] = {}
    for rebase in rebases:
        decisions.setdefault(rebase.measure, []).append(rebase)
    for name, measure in sorted(latest.items()):
        places, decided = groups[name], decisions.get(name, [])
        if None in places or not places:
            out.series.append(build(measure, places.get(None, []), decided, today))
        elif pooled := _pooled(measure, places):
            out.series.append(build(measure, pooled, decided, today, pooled=True))
        for site in sorted(s for s in places if s is not None):
            out.series.append(build(measure, places[site], decided, today, site))
        if compared := _between_sites(measure, places, today):
            out.funnels[name] = compared
    return out


def _pooled(measure: Measure, places: Mapping[str | None, list[MeasurePoint]]) -> list[MeasurePoint]:
    """All sites together in each period, when every figure has a numerator and a denominator.

    The mean of sites' values would be a wrong figure for the whole, so values alone are never pooled.
    """
    if len(places) < 2:
        return []
    sums: dict[str, list[float]] = {}
    for points in places.values():
        for point in {p.period: p for p in points}.values():
            if point.numerator is None or point.denominator is None:
                return []
            total = sums.setdefault(point.period, [0.0, 0.0])
            total[0] += point.numerator
            total[1] += point.denominator
    return [
        MeasurePoint.model_construct(measure=measure.id, period=period, numerator=y, denominator=n)
        for period, (y, n) in sums.items()
    ]


def _between_sites(
    measure: Measure, places: Mapping[str | None, list[MeasurePoint]], today: date
) -> Funnel | None:
    """The funnel of all sites over the last year of figures, None when there are fewer than two."""
    dated = [
        (first_day(p.period), site, p)
        for site, points in places.items()
        if site is not None
        for p in {p.period: p for p in points}.values()
        if p.numerator is not None and p.denominator is not None and first_day(p.period) <= today
    ]
    if not dated:
        return None
    newest = max(day for day, _, _ in dated)
    counts: dict[str, tuple[float, float]] = {}
    for day, site, p in dated:
        if (newest - day).days < FUNNEL_DAYS:
            y, n = counts.get(site, (0.0, 0.0))
            counts[site] = (y + (p.numerator or 0.0), n + (p.denominator or 0.0))
    if len(counts) < 2:
        return None
    share = measure.chart not in ("u", "up") and all(y <= n for y, n in counts.values())
    return funnel(counts, share)
