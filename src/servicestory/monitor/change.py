"""Incremental improvement: a figure after a recorded change of the work against before, with its interval."""

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from servicestory.models.monitoring import MeasurePoint
from servicestory.monitor import intervals


def before_after(
    rows: Sequence[MeasurePoint], figures: Sequence[float], begin: int, start: int, end: int, share: bool
) -> dict[str, Any]:
    """The points from ``start`` to ``end`` against those from ``begin`` to ``start``: their difference, 95 %.

    Args:
        share: all points have numerator and denominator, so that both sides are shares of their sums
            (Newcombe's interval); otherwise means are compared (Welch's).
    """
    before, after = list(rows[begin:start]), list(rows[start:end])
    out: dict[str, Any] = {"since": rows[start].period}
    found: intervals.Interval | None = None
    if share:
        y = (sum(r.numerator or 0 for r in after), sum(r.numerator or 0 for r in before))
        n = (sum(r.denominator or 0 for r in after), sum(r.denominator or 0 for r in before))
        out["before"], out["after"] = y[1] / n[1], y[0] / n[0]
        found = intervals.difference(y, n)
    else:
        out["before"], out["after"] = fmean(figures[begin:start]), fmean(figures[start:end])
        if min(len(before), len(after)) >= 2:
            found = intervals.mean_difference(figures[start:end], figures[begin:start])
    out["difference"] = found.value if found else None
    out["lower"] = found.lower if found else None
    out["upper"] = found.upper if found else None
    return out


def in_words(change: dict[str, Any], share: bool) -> str:
    """``Since 2026-04: 91 % after 85 % before, a difference of 6 points (3 to 9)``."""
    scale, unit = (100, " %") if share else (1, "")

    def figure(value: float) -> str:
        return f"{scale * value:.3g}"

    after, before = (f"{figure(change[key])}{unit}" for key in ("after", "before"))
    said = f"Since {change['since']}: {after} after {before} before"
    if change["difference"] is None:
        return f"{said}; too few points to say how sure that is."
    reach = f"{figure(change['lower'])} to {figure(change['upper'])}"
    sure = "" if change["lower"] > 0 or change["upper"] < 0 else ", which may be chance"
    return (
        f"{said}, a difference of {figure(change['difference'])}{' points' if share else ''} ({reach}){sure}."
    )
