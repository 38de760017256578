"""Single answers -> one figure for each period and site, for `measure import --answers`."""

from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli import figures
from servicestory.cli.app import today
from servicestory.errors import Problem

if TYPE_CHECKING:
    from servicestory.models.monitoring import MeasurePoint


def scored(
    measure: str, rows: list[tuple[str, dict[str, str]]], organisation: Any, kind: str, scale: int, by: str
) -> "list[MeasurePoint]":
    """One figure for each period and site from single answers.

    A row without an answer is somebody who was asked and did not answer: it counts for the response rate.
    """
    from servicestory.models.base import period_of
    from servicestory.models.monitoring import MeasurePoint
    from servicestory.monitor.answers import read_figure
    from servicestory.monitor.feedback import score

    low, high = (0, 10) if kind == "nps" else (1, scale)

    def answer(cells: dict[str, str]) -> tuple[str, str | None, float | None]:
        if "period" not in cells:
            raise Problem("the date is missing")
        day = figures.past_date(cells["period"], today())
        period = period_of(day, by)
        if period is None:
            raise Problem(f"{day} does not say which {by} it is", "", "Choose a longer --by")
        given = read_figure(cells["answer"]) if "answer" in cells else None
        if given is not None and not low <= given <= high:
            step = "Correct it" if kind == "nps" else "Correct it, or set --scale"
            raise Problem(f"the answer {given:g} is not on the scale from {low} to {high}", "", step)
        return period, figures.known_site(cells.get("site"), organisation), given

    groups: dict[tuple[str, str | None], list[float | None]] = {}
    for period, site, given in figures.each(rows, answer):
        groups.setdefault((period, site), []).append(given)
    points = []
    for (period, site), rows_there in sorted(groups.items(), key=lambda g: (g[0][0], g[0][1] or "")):
        answers = [a for a in rows_there if a is not None]
        if not answers:
            console.note(f"{period}{f' at {site}' if site else ''}: nobody answered, so there is no figure.")
            continue
        found = score(kind, answers, scale)  # type: ignore[arg-type]  # one of SCORES
        share = found.numerator is not None
        points.append(
            MeasurePoint(
                measure=measure,
                period=period,
                site=site,
                value=None if share else found.value,
                numerator=found.numerator,
                denominator=found.n if share else None,
                n=None if share else found.n,
                asked=len(rows_there) if len(answers) < len(rows_there) else None,
                standard_error=found.standard_error,
                recorded_on=today().isoformat(),
            )
        )
    return points
