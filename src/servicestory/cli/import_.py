"""`servicestory import`: stories from exported files, with every row accounted for."""

import re
import shlex
import sys
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, workspace
from servicestory.cli.days import given_day
from servicestory.cli.imported import show, summary
from servicestory.cli.nameless import names_in, names_told
from servicestory.collect.privacy import personal
from servicestory.errors import Problem, Usage
from servicestory.text import listing, plural, slug

if TYPE_CHECKING:
    from servicestory.collect.importing import Settings, Taken
    from servicestory.collect.tables import Table
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_SUFFIXES = (
    ".gz", ".csv", ".tsv", ".tab", ".txt", ".xlsx",
    ".xls", ".ods", ".json", ".jsonl", ".ndjson", ".parquet",
)  # fmt: skip


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
        typer.Option(
            "--date",
            metavar="DATE",
            help="One date for all stories, or with --map date=COLUMN for those without: 2026-08.",
        ),
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="The site where a row names none.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="CODE",
            help="What the texts are in, such as de (default: that of servicestory.yaml).",
        ),
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
        _language(language),
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
        for number, path in enumerate(files):
            try:
                results.append(_one_file(path, call, target, progress))
            except Usage:
                raise
            except Problem as problem:
                failed.append(problem)
            except BaseException as stopped:
                if not dry_run:
                    fault = isinstance(stopped, Exception)  # which comes again with the same file
                    stopped.add_note(_kept_so_far(files, number, target.writing, fault))
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


def _language(said: str | None) -> str | None:
    """The code of a language (ISO 639, with or without a country), as it is written in a story.

    Raises:
        Usage: it is none, such as the name of a language.
    """
    if said is None or re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", said.strip()):
        return said and said.strip()
    from servicestory.detect.language import code_of

    like = code_of(said)
    hint = f"Did you mean --language {like}" if like else "Write it like de or de-AT"
    raise Usage(f"{said!r} is no code of a language", "--language", hint)


def _kept_so_far(files: list[Path], at: int, writing: bool, fault: bool) -> str:
    """What of the files is kept when the import ends in the one at this position, and what is not."""
    said = []
    if before := [path.name for path in files[:at]]:
        said.append(f"{listing(before)} {'is' if at == 1 else 'are'} done.")
    kept = "some stories may be kept" if writing else "nothing is kept"
    said.append(f"Of {files[at].name} {kept}.")
    if after := [path.name for path in files[at + 1 :]]:
        said.append(f"{listing(after)} {'was' if len(after) == 1 else 'were'} not begun.")
    if fault:
        return " ".join(said)
    again = (
        f"Import the same {'file' if len(files) == 1 else 'files'} again to finish: nothing is taken twice."
    )
    return " ".join([*said, again])


@dataclass(frozen=True)
class _Call:
    """The options of this call."""

    given: dict[str, list[str]]
    least: float | None
    dry_run: bool
    preset: str | None
    on: str | None
    site: str | None
    language: str | None
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
    numbered: "dict[tuple[str | None, ...], str]"  # number, date and site in the source -> story
    told: dict[str, list[tuple[str, int]]]  # batch -> of each story its row's hash, and that of what it tells
    stopped: set[str]  # batches of imports that were stopped before their record was written
    organisation: "Organisation"
    writing: bool = False  # a file's stories are being written just now

    @classmethod
    def of(cls, into: "Workspace | None", keep_text: bool, progress: console.Progress) -> "_Target":
        from servicestory.cli.left_over import unrecorded
        from servicestory.collect.importing import numbered
        from servicestory.models.organisation import Organisation

        if into is None:
            return cls(None, not keep_text, set(), set(), {}, {}, set(), Organisation())
        organisation = into.organisation()
        problems: list[Problem] = []
        stories = into.stories(problems, progress)
        if problems:
            console.note(
                f"{plural(len(problems), 'problem')} in story files: what stands there is not compared with "
                "the new stories. See: servicestory check"
            )
        told: dict[str, list[tuple[str, int]]] = {}
        for story in stories:
            if story.source and story.source.batch:
                told.setdefault(story.source.batch, []).append((story.source.sha256 or "", _words(story)))
        return cls(
            into,
            organisation.privacy.redact and not keep_text,
            {story.source.sha256 for story in stories if story.source and story.source.sha256},
            {story.id for story in stories},
            {number: story.id for story in stories if (number := numbered(story))},
            told,
            set(unrecorded(into, stories)),
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

    target.writing = False
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
    house = target.organisation
    columns = resolve(table, call.given, tool, command, dated=call.on is not None, house=house)
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
        language=call.language,
        redacted=target.redacted,
        known=frozenset(target.hashes),
        numbered=target.numbered,
        ids=frozenset(target.ids),
        organisation=target.organisation,
        people=tuple(names_told(target.into.root)["people"]) if target.into else (),
        named=names_in(target.organisation, by_house=False),
    )
    taken = take(table, columns, settings, tool, progress)
    _refuse_otherwise(table, settings, target, taken)
    hidden = frozenset(c for c in table.columns if personal(c) or (tool and c in tool.personal))
    result = summary(table, columns, settings, tool, taken, hidden)
    if target.into and not call.dry_run:
        target.writing = True
        stopped = settings.batch in target.stopped
        result["quarantine"] = _keep(target.into, table, settings, taken, hidden, result, stopped)
        target.hashes |= {story.source.sha256 or "" for story in taken.stories if story.source}
        target.ids |= {story.id for story in taken.stories}
    if not call.as_json:
        show(table, columns, taken, result, call.dry_run)
    return result


def _words(story: "Story") -> int:
    return hash((story.narrative, *story.behaviours))


def _refuse_otherwise(table: "Table", settings: "Settings", target: _Target, taken: "Taken") -> None:
    """The same file with another column or date makes other stories of the same words.

    Stories of the file that no row is found again as, while new ones tell the same, would be there twice.

    Raises:
        Problem: some would.
    """
    from servicestory.models.intake import ImportBatch

    if target.into is None or not taken.stories:
        return
    records = target.into.records("imports", ImportBatch, [])
    batches = {one.batch for one in records if one.sha256 == table.sha256}
    batches |= {settings.batch} & target.stopped
    missed = Counter(
        words
        for batch in batches
        for row, words in target.told.get(batch, ())
        if row not in taken.found_again
    )
    if twice := (missed & Counter(map(_words, taken.stories))).total():
        files = listing([f"stories/{slug(batch)}*.yaml" for batch in sorted(batches & target.told.keys())])
        raise Problem(
            f"{table.name} was imported before, with another column, date or none for the date, site or "
            f"number: taken like this, {plural(twice, 'story', 'stories')} would be there twice, so none was "
            "taken",
            "",
            f"To read it anew, first delete what was made of it: {files}",
        )


def _keep(
    into: "Workspace",
    table: "Table",
    settings: "Settings",
    taken: "Taken",
    hidden: frozenset[str],
    result: dict[str, Any],
    stopped: bool,
) -> str | None:
    """Write the stories, the rows set aside and the record of the import; the quarantine file's name.

    Args:
        stopped: an import of this file was stopped when its stories were kept: its record is to come.
    """
    from servicestory.collect.importing import aside_csv
    from servicestory.models.intake import ImportBatch
    from servicestory.storage import inside
    from servicestory.workspace import write_file

    aside = f"quarantine/{slug(settings.batch, 80)}.csv" if taken.aside else None
    for folder in ("stories", "quarantine", "records"):  # all of it can be kept, or nothing is
        inside(into.root, into.root / folder, folder)
    if taken.stories:
        into.add_batch(settings.batch, taken.stories)
    if aside:
        place = into.root / aside
        before = place.read_bytes() if place.is_file() else None
        write_file(place, aside_csv(table, taken.aside, hidden), before, aside)
    if taken.stories or stopped:
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
