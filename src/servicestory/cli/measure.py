"""`servicestory measure`: define what is watched over time, and record its figures."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from servicestory import console
from servicestory.cli import figures, scores
from servicestory.cli.app import filled, today, who, workspace
from servicestory.cli.days import given_day
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.models.monitoring import Measure, MeasurePoint
    from servicestory.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Monitor: define measures and record their figures.",
)

COLUMNS = {
    "period": ("date", "month", "quarter", "when", "day"),
    "site": ("location", "place"),
    "value": ("figure", "score", "result"),
    "numerator": ("count", "hits", "events"),
    "denominator": ("of", "total", "base", "opportunities"),
    "n": ("answers", "sample", "responses", "sample size"),
    "asked": ("invited", "sent"),
    "answer": ("rating", "response", "answer given"),
}
SCORES = ("nps", "csat", "ces")
LONGEST_ID = 60  # letters of a measure's name, which stands in tables, file names and commands


@app.command("add")
def add(
    measure: Annotated[str, typer.Argument(metavar="ID", help="A short name, such as csat.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Its name in full.")] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="outcome (what customers feel), process (what we do) or balancing (what must not suffer).",
        ),
    ] = "outcome",
    direction: Annotated[
        str, typer.Option("--direction", metavar="up|down", help="Which way is better.")
    ] = "up",
    target: Annotated[
        str | None, typer.Option("--target", metavar="X", help="What it should reach, such as 0.9 or 90%.")
    ] = None,
    chart: Annotated[
        str,
        typer.Option(
            "--chart", metavar="CHART", help="auto (by the data), xmr, p, pp, u, up, c, g, t or run."
        ),
    ] = "auto",
    definition: Annotated[
        str | None, typer.Option("--definition", metavar="TEXT", help="What exactly is counted.")
    ] = None,
    numerator: Annotated[
        str | None, typer.Option("--numerator", metavar="TEXT", help="What is counted above the line.")
    ] = None,
    denominator: Annotated[
        str | None, typer.Option("--denominator", metavar="TEXT", help="What it is counted of.")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="Such as minutes.")] = None,
    practice: Annotated[
        list[str] | None,
        typer.Option("--practice", metavar="P", help="A practice it should move (may be repeated)."),
    ] = None,
    change: Annotated[
        bool, typer.Option("--change", help="Define a measure anew; its figures stay.")
    ] = False,
) -> None:
    """Define a measure.

    Example: servicestory measure add csat --name "Guests satisfied" --direction up --target 90%
    """
    from servicestory.models.monitoring import Measure
    from servicestory.monitor.answers import read_figure

    filled({"--name": name, "--definition": definition, "--unit": unit,
            "--numerator": numerator, "--denominator": denominator})  # fmt: skip
    _one_of("--type", kind, _choices(Measure, "type"))
    _one_of("--direction", direction, _choices(Measure, "direction"))
    _one_of("--chart", chart, _choices(Measure, "chart"))
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", measure):
        raise Usage(
            f"{measure!r} cannot be the name of a measure",
            "",
            "Use letters, digits, dots, hyphens and underscores, such as csat or wait-time",
        )
    if len(measure) > LONGEST_ID:
        raise Usage(
            f"{measure[:20] + '…'!r} is too long for a measure: {len(measure):,} letters",
            "",
            f"Use {LONGEST_ID} at most, such as wait-time",
        )
    ws = workspace()
    there = {m.id: m for m in ws.records("measures", Measure, [])}
    if measure in there and not change:
        raise Problem(f"there is a measure {measure!r} already", "", "Add --change to define it anew")
    if measure not in there and change:
        _unknown(measure, list(there))
    try:
        defined = Measure.model_validate(
            {
                "id": measure,
                "name": name,
                "type": kind,
                "direction": direction,
                "target": None if target is None else read_figure(target),
                "chart": chart,
                "definition": definition,
                "numerator": numerator,
                "denominator": denominator,
                "unit": unit,
                "practices": [ws.practice(p).id for p in practice or []],
            }
        )
    except ValueError as error:
        raise Usage(figures.plain(error)) from None
    ws.append("measures", [defined])
    like = "--numerator 209 --denominator 230" if defined.chart in ("p", "pp", "u", "up") else "--value 4"
    console.out(
        f"{'Changed' if measure in there else 'Added'} measure {measure}. "
        f"Record a figure with: servicestory measure record {measure} --period 2026-01 {like}"
    )


@app.command("record")
def record(
    measure: Annotated[str, typer.Argument(metavar="ID", help="The measure.")],
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="2026-01, 2026-Q1, 2026 or 2026-01-31.")
    ],
    site: Annotated[
        str | None, typer.Option("--site", metavar="S", help="Where (default: the whole organisation).")
    ] = None,
    value: Annotated[str | None, typer.Option("--value", metavar="V", help="The figure itself.")] = None,
    numerator: Annotated[
        str | None, typer.Option("--numerator", metavar="A", help="How many, with --denominator.")
    ] = None,
    denominator: Annotated[
        str | None, typer.Option("--denominator", metavar="B", help="Of how many.")
    ] = None,
    n: Annotated[
        str | None, typer.Option("-n", "--n", metavar="N", help="How many answers are behind a value.")
    ] = None,
    asked: Annotated[
        str | None, typer.Option("--asked", metavar="N", help="How many were asked, for the response rate.")
    ] = None,
) -> None:
    """Record one figure of a measure; the same period again replaces it.

    Example: servicestory measure record csat --period 2026-01 --numerator 209 --denominator 230
    """
    from servicestory.models.monitoring import MeasurePoint

    filled({"--site": site})  # or the figure of one site would stand for the whole organisation
    ws = workspace()
    defined = _known(ws, measure)
    cells = {
        "period": given_day(period, "--period"), "site": site, "value": value,
        "numerator": numerator, "denominator": denominator, "n": n, "asked": asked,
    }  # fmt: skip
    try:
        point = _point(defined, {k: v for k, v in cells.items() if v is not None}, ws.organisation())
    except ValueError as error:
        raise Problem(figures.plain(error)) from None
    before = [
        p
        for p in ws.records("measure-points", MeasurePoint, [])
        if (p.measure, p.period, p.site) == (point.measure, point.period, point.site)
    ]
    ws.append("measure-points", [point])
    where = f" at {point.site}" if point.site else ""
    instead = f", in place of {_shown(before[-1])}" if before else ""
    console.out(f"Recorded {measure} for {point.period}{where}{instead}.")


@app.command("import")
def import_(
    measure: Annotated[str, typer.Argument(metavar="ID", help="The measure.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, TSV, XLSX, JSON and others.", readable=False)
    ],
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="KIND",
            help="The rows are single answers (columns date and answer): nps, csat or ces makes the score.",
        ),
    ] = None,
    scale: Annotated[
        int, typer.Option("--scale", metavar="N", help="The best answer of a csat or ces question.", min=2)
    ] = 5,
    by: Annotated[
        str, typer.Option("--by", metavar="KIND", help="With --answers: month, quarter or year.")
    ] = "month",
    columns_given: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Which column holds a field, such as date=Day; again for each.",
        ),
    ] = None,
) -> None:
    """Record many figures: columns period, site, value or numerator and denominator.

    Importing the same file again adds nothing twice.

    Example: servicestory measure import csat figures.csv
    """
    from servicestory.models.monitoring import MeasurePoint

    ws = workspace()
    defined = _known(ws, measure)
    organisation = ws.organisation()
    rows, columns = figures.rows_of(file, COLUMNS, columns_given or ())
    dated, step = "date" if answers is not None else "period", ". Say which it is: --map {}=COLUMN"
    there = set(columns.values())
    if "period" not in there:
        raise figures.missing_column(file, f"“{dated}”", columns, step.format(dated))
    if answers is not None:
        _one_of("--answers", answers, SCORES)
        _one_of("--by", by, ("month", "quarter", "year"))
        if "answer" not in there:
            raise figures.missing_column(file, "“answer”", columns, step.format("answer"))
        points = scores.scored(measure, rows, organisation, answers, scale, by)
    else:
        if "value" not in there and not {"numerator", "denominator"} <= there:
            raise figures.missing_column(
                file, "“value”, nor “numerator” and “denominator”", columns, step.format("value")
            )
        points = figures.each(rows, lambda cells: _point(defined, cells, organisation))
    with ws.lock():
        known: dict[tuple[str, str | None], Any] = {
            (p.period, p.site): _figures(p)
            for p in ws.records("measure-points", MeasurePoint, [])
            if p.measure == measure
        }
        fresh = []
        for point in points:
            if known.get((point.period, point.site)) != _figures(point):
                known[point.period, point.site] = _figures(point)
                fresh.append(point)
        ws.append("measure-points", fresh)
    console.out(f"Recorded {plural(len(fresh), 'figure')} of {measure}.")
    if again := len(points) - len(fresh):
        console.out(f"{plural(again, 'figure was', 'figures were')} recorded before and not added again.")


@app.command("rebase")
def rebase(
    measure: Annotated[str, typer.Argument(metavar="ID", help="The measure.")],
    start: Annotated[
        str, typer.Option("--from", metavar="PERIOD", help="The first period of the new way of working.")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What changed.")],
    site: Annotated[
        str | None, typer.Option("--site", metavar="S", help="Only there (default: everywhere).")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who decides (default: SERVICESTORY_BY, else open)."),
    ] = None,
) -> None:
    """Decide that limits are computed afresh from a period on, because the work itself was changed.

    Example: servicestory measure rebase csat --from 2026-04 --reason "early check-in at every site"
    """
    from servicestory.models.monitoring import Rebase

    filled({"--site": site})
    ws = workspace()
    _known(ws, measure)
    if not reason.strip():
        raise Usage("A rebase needs its reason", "", "Add --reason TEXT")
    decided = Rebase(
        measure=measure,
        site=figures.known_site(site, ws.organisation()),
        from_period=given_day(start, "--from"),
        on=today().isoformat(),
        by=who(by),
        reason=reason,
    )
    ws.append("rebases", [decided])
    console.out(f"From {decided.from_period} on, the limits of {measure} are computed afresh.")


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """List the measures.

    Example: servicestory measure list
    """
    from servicestory.models.monitoring import Measure

    problems: list[Problem] = []
    measures = {m.id: m for m in workspace().records("measures", Measure, problems)}
    if as_json:
        console.json({"schema": 1, "measures": [m.to_yaml() for _, m in sorted(measures.items())]})
    elif measures:
        rows = [
            (m.id, m.name or "", m.type, m.direction, "" if m.target is None else m.target, m.chart)
            for _, m in sorted(measures.items())
        ]
        console.table("", ("id", "name", "type", "better", "target", "chart"), rows)
    elif not problems:
        console.out("There is no measure yet. Define one with: servicestory measure add csat")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _point(measure: "Measure", cells: dict[str, str], organisation: Any) -> "MeasurePoint":
    """One figure from typed or exported cells.

    Raises:
        Problem: an unknown site, a period in the future, half a fraction.
        ValueError: no number, or a record that cannot be.
    """
    from servicestory.models.monitoring import MeasurePoint
    from servicestory.monitor.answers import read_figure
    from servicestory.monitor.series import no_share, refusal

    if "period" not in cells:
        raise Problem("the period is missing")
    if ("numerator" in cells) != ("denominator" in cells):
        there, lacks = ("numerator", "denominator") if "numerator" in cells else ("denominator", "numerator")
        raise Problem(f"there is a {there} but no {lacks}", "", "Give both, or a value")
    numbers = {
        k: read_figure(cells[k]) for k in ("value", "numerator", "denominator", "n", "asked") if k in cells
    }
    point = MeasurePoint.model_validate(
        {
            "measure": measure.id,
            "period": figures.past_date(cells["period"], today()),
            "site": figures.known_site(cells.get("site"), organisation),
            "recorded_on": today().isoformat(),
            **numbers,
        }
    )
    if measure.chart != "auto" and (wrong := refusal(measure.chart, [point])):
        raise Problem(wrong.rstrip("."))
    if wrong := no_share(measure, point):
        raise Problem(wrong)
    return point


def _figures(point: "MeasurePoint") -> tuple[float | None, ...]:
    return (point.value, point.numerator, point.denominator, point.n, point.asked)


def _shown(point: "MeasurePoint") -> str:
    """A figure of before, as it was given."""
    if point.value is not None:
        return f"{point.value:g}"
    return f"{point.numerator or 0:g} of {point.denominator or 0:g}"


def _known(ws: "Workspace", measure: str) -> "Measure":
    from servicestory.models.monitoring import Measure

    there = {m.id: m for m in ws.records("measures", Measure, [])}
    if measure not in there:
        _unknown(measure, list(there))
    return there[measure]


def _unknown(measure: str, known: list[str]) -> None:
    near = nearest(measure, known)
    step = f"Perhaps you meant {near!r}" if near else f"Define it first: servicestory measure add {measure}"
    raise Problem(f"there is no measure {measure!r}", "", step)


def _choices(model: Any, field: str) -> tuple[str, ...]:
    return get_args(model.model_fields[field].annotation)


def _one_of(option: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        near = nearest(given, allowed)
        hint = f"Did you mean {near}? " if near else ""
        raise Usage(f"{option} cannot be {given!r}", "", f"{hint}Choose one of: {', '.join(allowed)}")
