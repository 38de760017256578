"""How the review writes figures, sizes of groups and answers."""

from typing import Any


def figure(value: float | None, share: bool) -> str:
    """A figure as people write it: shares in per cent, others with at most three digits that count."""
    if value is None:
        return "–"
    if share and abs(value) <= 1:
        return f"{100 * value:.0f} %"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def is_share(measure: dict[str, Any]) -> bool:
    """Whether a measure of `monitor --json` is a share from 0 to 1."""
    return measure["chart"] in ("p", "pp")


def verdict(measure: dict[str, Any]) -> str:
    """What the chart of a measure says, in words."""
    said = {
        "common cause": "no change beyond chance",
        "improvement": "better, by more than chance",
        "concern": "worse, by more than chance",
        "no variation": "every figure is the same",
        "too few points": "too few figures to say",
    }.get(measure["verdict"], str(measure["verdict"]))
    if measure["rule"]:
        since, until = measure["since"], measure["until"]
        said += f" ({RULES.get(measure['rule'], measure['rule'])}, {since}"
        said += ")" if since == until else f" to {until})"
    if measure["trial"] and measure["verdict"] in ("common cause", "improvement", "concern"):
        said += "; provisional, from fewer than 12 points"
    return said


RULES = {
    "beyond limits": "a point beyond the limits",
    "trend": "a steady rise or fall",
    "shift": "a run on one side of the middle",
    "two of three": "two of three points near a limit",
    "run": "a run on one side of the middle",
    "crossings": "the middle is crossed too rarely",
}


def chart_words(measure: dict[str, Any]) -> str:
    """What a control chart shows, in a sentence, for those who do not see it."""
    points, share = measure["points"], is_share(measure)
    if not points:
        return "No figure yet."
    last = points[-1]
    said = f"{len(points)} points from {points[0]['period']} to {last['period']}. "
    said += f"The latest is {figure(last['value'], share)}"
    said += f" (n {last['n']:,})" if last["n"] is not None else ""
    if last["lower"] is not None:
        said += f", limits {figure(last['lower'], share)} to {figure(last['upper'], share)}"
    return f"{said}: {verdict(measure)}."
