"""Control charts and bars as SVG for a page in light or dark: same figures in, same bytes out."""

import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from io import StringIO
from typing import TYPE_CHECKING, Any

from servicestory.report.near import HIGH, WIDE
from servicestory.text import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from servicestory.report.near import Spot

# Drawn in colours that stand for the page's own, so that one drawing serves the light and the dark page.
_INK, _SOFT, _LINE, _ALERT, _PAPER = "#010101", "#020202", "#030303", "#040404", "#050505"
_PAGE = {
    _PAPER: "var(--card)",
    _INK: "var(--ink)",
    _SOFT: "var(--soft)",
    _LINE: "var(--accent)",
    _ALERT: "var(--alert)",
}
_MARK = {"improvement": "D", "concern": "s"}
MOST_LABELS = 6
WIDTH = 5.4  # inches; heights too
MAP = (9.6, 6.6)
JOINED = 2  # lines from each practice to what is most alike


def control_chart(measure: Mapping[str, Any], number: int) -> str:
    """One measure of `monitor --json` with its centre, limits, target and signals.

    Args:
        number: tells the charts of one page apart.

    Points with a signal have another shape, not only another colour.
    """
    with _style(number):
        return _control_chart(measure, number)


def _control_chart(measure: Mapping[str, Any], number: int) -> str:
    points: Sequence[Mapping[str, Any]] = measure["points"]
    at = list(range(len(points)))
    figure, axes = _canvas(2.4)
    values = [p["value"] for p in points]
    for key, style in (("centre", "-"), ("lower", "--"), ("upper", "--")):
        level = [p[key] if p[key] is not None else float("nan") for p in points]
        axes.plot(at, level, drawstyle="steps-mid", color=_SOFT, linewidth=1, linestyle=style)
    if measure["target_value"] is not None:
        axes.axhline(measure["target_value"], color=_INK, linewidth=0.9, linestyle=":")
    axes.plot(at, values, color=_LINE, linewidth=1.6, marker="o", markersize=3.5)
    flagged = [i for i in at if points[i]["signal"]]
    if flagged:
        mark = _MARK.get(measure["verdict"], "s")
        axes.plot(
            flagged, [values[i] for i in flagged], color=_ALERT, linestyle="none", marker=mark, markersize=6.5
        )
    _heights(figure, axes, measure["chart"] in ("p", "pp"))
    _periods(axes, [p["period"] for p in points])
    return _svg(figure, number)


def bar_chart(counts: Sequence[tuple[str, int]], number: int) -> str:
    """Counts per period as bars, each with its number above when there are not too many."""
    with _style(number):
        return _bar_chart(counts, number)


def _bar_chart(counts: Sequence[tuple[str, int]], number: int) -> str:
    figure, axes = _canvas(1.9)
    at = list(range(len(counts)))
    bars = axes.bar(at, [n for _, n in counts], color=_LINE, width=0.7)
    if len(counts) <= 24:
        axes.bar_label(bars, labels=[f"{n:,}" for _, n in counts], color=_INK, fontsize=8, padding=2)
    axes.margins(y=0.18)
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    _periods(axes, [p for p, _ in counts])
    return _svg(figure, number)


def practice_map(spots: "Sequence[Spot]", number: int) -> str:
    """Practices as boxes with their names, near where alike, joined to what lies nearest.

    Those decided on have a full line around them, candidates a broken one.
    """
    with _style(number):
        return _practice_map(spots, number)


def _practice_map(spots: "Sequence[Spot]", number: int) -> str:
    from textwrap import wrap

    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure(figsize=MAP)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 1)
    axes.set_ylim(1, 0)
    axes.axis("off")
    place = {s.card.id: (s.x, s.y) for s in spots}
    joined = {
        (min(s.card.id, other.id), max(s.card.id, other.id)): like
        for s in spots
        for other, like in s.nearest[:JOINED]
    }
    for (one, other), like in sorted(joined.items()):
        (x0, y0), (x1, y1) = place[one], place[other]
        axes.plot([x0, x1], [y0, y1], color=_SOFT, linewidth=0.4 + 2.2 * like, zorder=1)
    for spot in spots:
        decided = spot.card.status != "candidate"
        box = Rectangle(
            (spot.x - WIDE / 2 + 0.004, spot.y - HIGH / 2 + 0.005), WIDE - 0.008, HIGH - 0.01,
            facecolor=_PAPER, edgecolor=_LINE if decided else _SOFT, linewidth=1.5 if decided else 0.9,
            linestyle="-" if decided else (0, (3, 2)), zorder=2,
        )  # fmt: skip
        axes.add_patch(box)
        lines = wrap(spot.card.name, 24)
        if len(lines) > 3:
            lines = [*lines[:2], one_line(" ".join(lines[2:]), 23)]
        axes.text(
            spot.x, spot.y, "\n".join(lines), color=_INK, fontsize=7.5, ha="center", va="center",
            linespacing=1.15, zorder=3,
        )  # fmt: skip
    figure.patch.set_visible(False)
    return _svg(figure, number)


def _canvas(height: float) -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height))
    figure.subplots_adjust(left=0.01, right=0.95, top=0.96, bottom=0.33 / height)
    axes = figure.add_subplot()
    axes.tick_params(colors=_INK, labelsize=8, length=3, width=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_SOFT)
    axes.patch.set_visible(False)
    figure.patch.set_visible(False)
    return figure, axes


def _style(number: int) -> AbstractContextManager[None]:
    """The settings that make a drawing the same everywhere, while it is drawn and written."""
    # Where the library keeps its list of fonts is no business of the reader.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from matplotlib import rc_context

    settings: dict[Any, Any] = {
        "svg.hashsalt": f"servicestory-{number}",  # ids that are the same every time, and apart on one page
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",  # comes along with the library, so widths are the same everywhere
        "text.parse_math": False,
        "path.simplify": False,
    }
    return rc_context(settings)


def _heights(figure: "Figure", axes: "Axes", share: bool) -> None:
    """Labels of the heights, and as much room at the left as the longest needs.

    The library's own layout does that too, but draws each chart twice for it.
    """
    marks = axes.get_yticks()
    low, high = axes.get_ylim()
    step = marks[1] - marks[0]
    if share:
        places = 0 if step >= 0.00999 else 1
        words = [f"{100 * mark:.{places}f} %" for mark in marks]
    else:
        places = next((n for n in range(6) if step >= 0.99 * 10**-n), 6)
        words = [f"{mark:,.{places}f}" for mark in marks]
    axes.set_yticks(marks, words)
    axes.set_ylim(low, high)
    longest = max(len(word) for word in words)
    figure.subplots_adjust(left=min(0.3, (10 + 5.4 * longest) / (72 * WIDTH)))


def _periods(axes: "Axes", periods: Sequence[str]) -> None:
    step = max(1, -(-len(periods) // MOST_LABELS))
    shown = list(range(len(periods) - 1, -1, -step))[::-1]
    axes.set_xticks(shown, [periods[i] for i in shown])
    axes.set_xlim(-0.6, max(0.6, len(periods) - 0.4))


def _svg(figure: "Figure", number: int) -> str:
    """The drawing as an inline SVG element: no addresses, no ids another chart has, the page's colours."""
    buffer = StringIO()
    figure.savefig(
        buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", text, flags=re.S)
    box = re.search(r'viewBox="[^"]*"', text)
    assert box is not None  # every drawing of matplotlib has one
    text = f'<svg {box[0]} aria-hidden="true" focusable="false">' + text[text.index(">") + 1 :]
    text = text.replace("xlink:href", "href")
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    text = re.sub(r' id="([^"]+)"', lambda m: f' id="c{number}-{m[1]}"' if m[1] in used else "", text)
    text = re.sub(r'(href="#|url\(#)', rf"\g<1>c{number}-", text)
    for drawn, meant in _PAGE.items():
        text = text.replace(drawn, meant)
    # A hundredth of a point is never seen; figures between the tags stay as they are.
    text = re.sub(r"<[^>]+>", lambda m: re.sub(r"(\d\.\d\d)\d+", r"\1", m[0]), text)
    text = re.sub(r" font-family: [^;\"]+;| transform=\"rotate\(-0[^\"]*\"", "", text)
    return re.sub(r"\s*\n\s*", "\n", text).strip()
