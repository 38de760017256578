"""`servicestory import`: stories from exported files, with every row accounted for."""

import math
import shlex
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, workspace
from servicestory.cli.days import given_day
from servicestory.cli.nameless import names_in
from servicestory.collect.privacy import personal
from servicestory.errors import Problem, Usage
from servicestory.text import listing, one_line, plural, slug

if TYPE_CHECKING:
    from servicestory.collect.importing import Settings, Taken
    from servicestory.collect.mapping import Mapping
    from servicestory.collect.presets import Preset
    from servicestory.collect.tables import Table
    from servicestory.models.organisation import Organisation
    from servicestory.workspace import Workspace

_SUFFIXES = (
    ".gz",
    ".csv",
    ".tsv",
    ".tab",
    ".txt",
    ".xlsx",
    ".xls",
    ".ods",
    ".json",
    ".jsonl",
    ".ndjson",
    ".parquet",
)

_REASONS = 8  # different reasons shown on the screen; the file has them all


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="The exported files.", show_default=False, readable=False),
    ],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Which column holds a field: text, title, date, site, team, person, channel, rating, record "
            "(the source's own id), behaviour, outcome or tag. Again for each field; several text columns "
            "are joined. FIELD= leaves a field out. What is not given is worked out and shown.",
        ),
    ] = None,
    min_rating: Annotated[
        float | None, typer.Option("--min-rating", metavar="N", help="Take only rows rated N or better.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be taken, skipped and set aside; keep nothing.")
    ] = False,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset", metavar="NAME", help="Read it as the export of that tool ('none': as no tool's)."
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="One date for all stories: 2026-08-14 or 2026-08."),
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="The site where a row names none.")
    ] = None,
    date_format: Annotated[
        str | None, typer.Option("--date-format", metavar="FORMAT", help="How dates are written: DD/MM/YYYY.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Such as cp1252.")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", metavar="CHAR", help="What separates columns: , ; | or tab.")
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook, or the list in a JSON file."),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="NAME", help="A name for this import (default: the file's name)."),
    ] = None,
    keep_text: Annotated[
        bool,
        typer.Option(
            "--keep-text", help="Leave e-mail addresses and telephone, card and account numbers in texts."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> None:
    """Collect: take stories from a file of reviews or survey answers.

    Reads CSV, TSV, XLSX, JSON, JSON Lines and Parquet, plain or .gz. Importing a file twice adds nothing.
    Rows that cannot be taken are kept in quarantine/ with the reason, so that nothing is lost.

    Example: servicestory import reviews.csv --min-rating 9 --dry-run
    """
    from servicestory.collect.mapping import parse

    given = parse(maps or [])
    if min_rating is not None and given.get("rating") == []:
        raise Usage("--min-rating needs a rating", "", "Name its column: --map rating=COLUMN")
    call = _Call(
        given,
        min_rating,
        dry_run,
        preset,
        date,
        site,
        date_format,
        encoding,
        delimiter,
        sheet,
        batch,
        as_json,
    )
    into = _workspace_or_none(dry_run)
    results, failed = [], []
    with console.progress() as progress, into.lock() if into and not dry_run else nullcontext():
        target = _Target.of(into, keep_text, progress)
        for path in files:
            try:
                results.append(_one_file(path, call, target, progress))
            except Usage:
                raise
            except Problem as problem:
                failed.append(problem)
            except BaseException as stopped:
                if not dry_run:
                    stopped.add_note("Import the same file again to finish: nothing is taken twice.")
                raise
    if as_json:
        console.json({"schema": 1, "dry_run": dry_run, "files": results})
    elif not dry_run and any(result["taken"] for result in results):
        console.note("Next: servicestory detect")
    if failed:
        console.problems(failed)
    # a file of which not one row fits is to be put right as well
    if failed or any(r["rows"] and r["rows"] == r["quarantined"] for r in results):
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Call:
    """The options of this call."""

    given: dict[str, list[str]]
    least: float | None
    dry_run: bool
    preset: str | None
    on: str | None
    site: str | None
    pattern: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    batch: str | None
    as_json: bool


@dataclass
class _Target:
    """Where stories go: a workspace (none is needed to try an import), and what is there already."""

    into: "Workspace | None"
    redacted: bool
    hashes: set[str]
    ids: set[str]
    organisation: "Organisation"

    @classmethod
    def of(cls, into: "Workspace | None", keep_text: bool, progress: console.Progress) -> "_Target":
        from servicestory.models.organisation import Organisation

        if into is None:
            return cls(None, not keep_text, set(), set(), Organisation())
        organisation = into.organisation()
        problems: list[Problem] = []
        stories = into.stories(problems, progress)
        if problems:
            console.note(
                f"{plural(len(problems), 'problem')} in story files: what stands there is not compared with "
                "the new stories. See: servicestory check"
            )
        return cls(
            into,
            organisation.privacy.redact and not keep_text,
            {story.source.sha256 for story in stories if story.source and story.source.sha256},
            {story.id for story in stories},
            organisation,
        )


def _workspace_or_none(dry_run: bool) -> "Workspace | None":
    try:
        return workspace()
    except Problem:
        if dry_run:
            return None
        raise


def _one_file(path: Path, call: _Call, target: _Target, progress: console.Progress) -> dict[str, Any]:
    """Import one file, show what became of it, and return that as the JSON of `--json`."""
    from servicestory.collect import presets
    from servicestory.collect.dates import strptime_format
    from servicestory.collect.importing import Settings, take
    from servicestory.collect.mapping import resolve
    from servicestory.collect.tables import read_table

    table = read_table(path, encoding=call.encoding, delimiter=call.delimiter, sheet=call.sheet)
    tool = None
    if call.preset is None:
        tool = presets.recognise(table.columns)
        if tool:
            table.notes.append(f"It looks like this export: {tool.about} (--preset none reads it plainly).")
    elif call.preset != "none":
        tool = presets.find(call.preset)
    if tool:
        presets.without_extra_header(table, tool)
    command = shlex.join(["servicestory", *sys.argv[1:]])
    columns = resolve(table, call.given, tool, command, dated=call.on is not None)
    if call.least is not None and not columns.first("rating"):
        raise Problem(
            f"No column of {table.name} looks like a rating, so --min-rating cannot choose",
            "",
            "Name its column: --map rating=COLUMN",
        )
    stem = path.name
    while stem.lower().endswith(_SUFFIXES):
        stem = stem[: stem.rindex(".")]
    settings = Settings(
        system=tool.name if tool else slug(stem),
        batch=call.batch or f"{slug(stem, 50)}-{table.sha256[:8]}",
        today=today(),
        least=call.least,
        pattern=strptime_format(call.pattern) if call.pattern else None,
        on=given_day(call.on, "--date"),
        site=call.site,
        redacted=target.redacted,
        known=frozenset(target.hashes),
        ids=frozenset(target.ids),
        organisation=target.organisation,
        named=names_in(target.organisation),
    )
    taken = take(table, columns, settings, tool, progress)
    hidden = frozenset(c for c in table.columns if personal(c) or (tool and c in tool.personal))
    result = _result(table, columns, settings, tool, taken, hidden)
    if target.into and not call.dry_run:
        result["quarantine"] = _keep(target.into, table, settings, taken, hidden, result)
        target.hashes |= {story.source.sha256 or "" for story in taken.stories if story.source}
        target.ids |= {story.id for story in taken.stories}
    if not call.as_json:
        _show(table, columns, taken, result, call.dry_run)
    return result


def _result(
    table: "Table",
    columns: "Mapping",
    settings: "Settings",
    tool: "Preset | None",
    taken: "Taken",
    hidden: frozenset[str],
) -> dict[str, Any]:
    used = {column for found in columns.columns.values() for column in found}
    return {
        "file": table.name,
        "batch": settings.batch,
        "preset": tool.name if tool else None,
        "columns": {name: list(found) for name, found in columns.columns.items()},
        "not_used": [c for c in table.columns if c not in used | hidden],
        "personal": [c for c in table.columns if c in hidden],
        "min_rating": settings.least,
        "rows": taken.rows,
        "taken": len(taken.stories),
        "skipped": dict(taken.skipped.most_common()),
        "quarantined": len(taken.aside),
        "already": taken.already,
        "redacted": dict(sorted(taken.redactions.items())),
        "quarantine": None,
        "notes": table.notes,
    }


def _keep(
    into: "Workspace",
    table: "Table",
    settings: "Settings",
    taken: "Taken",
    hidden: frozenset[str],
    result: dict[str, Any],
) -> str | None:
    """Write the stories, the rows set aside and the record of the import; the quarantine file's name."""
    from servicestory.collect.importing import aside_csv
    from servicestory.models.intake import ImportBatch
    from servicestory.workspace import write_file

    if taken.stories:
        into.add_batch(settings.batch, taken.stories)
    aside = None
    if taken.aside:
        aside = f"quarantine/{slug(settings.batch, 80)}.csv"
        place = into.root / aside
        before = place.read_bytes() if place.is_file() else None
        write_file(place, aside_csv(table, taken.aside, hidden), before, aside)
    if taken.stories:
        record = ImportBatch(
            file=table.name,
            sha256=table.sha256,
            on=today().isoformat(),
            **{name: result[name] for name in _RECORDED},
        )
        into.append("imports", [record])
    return aside


_RECORDED = (
    "batch",
    "preset",
    "columns",
    "min_rating",
    "rows",
    "taken",
    "skipped",
    "quarantined",
    "already",
    "redacted",
)


def _show(table: "Table", columns: "Mapping", taken: "Taken", result: dict[str, Any], dry_run: bool) -> None:
    """The table column -> field, the count of rows, and what a person should know."""
    from servicestory.collect.mapping import called_date

    rows = []
    for name, found in columns.columns.items():
        for column in found:
            example = next((cell for cell in table.column(column) if cell.strip()), "")
            rows.append((one_line(column, 50), name, columns.origin[name], one_line(example, 50)))
    console.table(f"{table.name}: {table.kind}", ("column", "field", "how", "first entry"), rows)
    for text in table.notes:
        console.out(text)
    if result["personal"]:
        console.out(f"Not imported, for they identify customers: {listing(result['personal'])}.")
    if result["not_used"]:
        console.out(f"Not used: {listing([one_line(c, 40) for c in result['not_used']])}.")
    would = "would be " if dry_run else ""
    console.out("")
    console.out(f"{plural(taken.rows, 'row')} in the file:")
    console.out(f"  {len(taken.stories):>7,} {would}taken as stories")
    for why, count in taken.skipped.most_common():
        console.out(f"  {count:>7,} skipped: {why}")
    if taken.already:
        console.out(f"  {taken.already:>7,} already there from an earlier import")
    if taken.aside:
        console.out(
            f"  {len(taken.aside):>7,} {would}set aside, because "
            f"{'it' if len(taken.aside) == 1 else 'they'} cannot be taken:"
        )
        reasons: dict[str, list[str]] = {}
        for row, why in taken.aside:
            reasons.setdefault(why, []).append(str(row.number))
        for why, numbers in list(reasons.items())[:_REASONS]:
            more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
            console.out(f"            row {', '.join(numbers[:3])}{more}: {why}")
        if len(reasons) > _REASONS:
            console.out(f"            and {plural(len(reasons) - _REASONS, 'other reason')}")
        if any("is off its scale" in why for why in reasons):
            console.out("Another scale is said in the column's name, like: rating (1-10)")
    if taken.best is not None and not taken.stories and not taken.already:
        console.out(
            f"No rating of the file reaches {result['min_rating']:g}; the best is {taken.best:g}. "
            "Choose a lower --min-rating"
        )
    if taken.no_date:
        column = one_line(columns.first("date") or "", 50)
        console.out(
            f"In {plural(taken.no_date, 'row')} the column '{column}' holds no date that can be read. Say "
            "how dates are written with --date-format, or take the stories without them: --map date="
        )
    undated = sum(story.date is None for story in taken.stories)
    if undated and not columns.first("date"):
        called = called_date(table.columns)
        missing = (
            f"The column '{called}' holds no date that can be read"
            if called
            else "No column looks like a date"
        )
        console.out(
            f"{missing}, so these stories {'would have' if dry_run else 'have'} none, and "
            "nobody can see when things began or faded. Name the column with --map date=COLUMN, "
            "or give all of them one with --date 2026-08."
        )
    if result["redacted"]:
        shown = listing([f"{count} {kind}" for kind, count in result["redacted"].items()])
        console.out(f"Replaced in texts: {shown}. Names in free text are not found this way.")
    if columns.first("rating") and result["min_rating"] is None and taken.stories:
        top = max((mark.of or 0 for story in taken.stories for mark in story.ratings[:1]), default=0)
        if top:
            console.note(
                f"Stories of every rating {would or 'were '}taken. "
                f"To take praise only, add for example: --min-rating {math.ceil(0.9 * top)}"
            )
    if result["quarantine"]:
        console.out(f"The rows set aside, with their reasons: {result['quarantine']}")
