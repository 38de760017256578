"""`servicestory contrast`: ordinary encounters, to tell what delights from what everybody does anyway."""

import hashlib
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, who, workspace
from servicestory.cli.days import given_day
from servicestory.errors import Problem, Usage
from servicestory.text import folded, one_line, plural, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servicestory.collect.importing import Taken
    from servicestory.collect.tables import Table
    from servicestory.detect.contrast import Contrast
    from servicestory.models.encounter import Encounter
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Detect: compare the stories with ordinary encounters.",
)
_FEW = 30  # ordinary encounters; below, hardly any difference can be told from chance


@app.command("add")
def add(
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="What happened; else standard input.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="When it happened (default: today).")
    ] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="NAME", help="Where.")] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="NAME", help="Which team.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who noted it.")] = None,
) -> None:
    """Detect: note one ordinary encounter.

    Take encounters as they come, every tenth guest, say, not the good ones: they show what is done anyway.

    Example: servicestory contrast add --text "Checked in, got the key, was shown the lift." --site Lindmoor
    """
    from servicestory.cli.alike import doubts
    from servicestory.collect.privacy import redact

    ws = workspace()
    if text is None:
        if console.interactive():
            text = console.ask("What happened, from beginning to end?")
        else:
            text = sys.stdin.read()
    text = text.strip()
    if not text:
        raise Usage("An encounter needs a text", "", 'Add --text "what happened"')
    day = given_day(date, "--date") or today().isoformat()  # as `add` does: it is noted as it comes
    digest = _digest(text, day, site)
    organisation = ws.organisation()
    if organisation.privacy.redact:
        text, _ = redact(text)
    with ws.lock():
        standing = _encounters(ws)
        if any(one.sha256 == digest for one in standing):
            console.out("This encounter is there already; nothing was added.")
            return
        taken = {one.id for one in standing}
        from servicestory.cli.nameless import names_in, names_told
        from servicestory.masking import Mask

        mask = Mask(organisation, names_told(ws.root)["people"], names_in(organisation)(text, site))
        base = f"{day}-{mask.slug(' '.join(text.split()[:6]))}"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        ws.append("encounters", [_encounter(name, text, day, site, team, None, None, digest, who(by))])
    console.out(f"Noted: {name}")
    for doubt in doubts([], site, team, organisation):
        console.note(str(doubt))
    console.out(f"{plural(len(standing) + 1, 'ordinary encounter')} so far.")
    console.note("Next: servicestory contrast show, to read them beside the stories")


@app.command("import")
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
            help="Which column holds a field, as for import: text, date, site, team or record.",
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="One date for all: 2026-08-14 or 2026-08.")
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="The site where a row names none.")
    ] = None,
    date_format: Annotated[
        str | None, typer.Option("--date-format", metavar="FORMAT", help="How dates are written: DD/MM/YYYY.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be taken; keep nothing.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who brings them in.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> None:
    """Detect: take ordinary encounters from a file, of every rating.

    Reads the same files as import. A row that is there already is not taken twice; rows that cannot be taken
    are kept in quarantine/ with the reason.

    Example: servicestory contrast import ordinary-visits.csv --map text=notes
    """
    from servicestory.collect.mapping import parse

    ws = workspace()
    given = parse(maps or [])
    results: list[dict[str, Any]] = []
    failed: list[Problem] = []
    with console.progress() as step, ws.lock():
        for path in files:
            try:
                results.append(_one_file(ws, path, given, (date, site, date_format), by, dry_run, step))
            except Usage:
                raise
            except Problem as problem:
                failed.append(problem)
    if as_json:
        console.json({"schema": 1, "dry_run": dry_run, "files": results})
    else:
        for result in results:
            _show_file(result, dry_run)
        if any(result["taken"] for result in results) and not dry_run:
            console.note("Next: servicestory contrast show, to read them beside the stories")
    if failed:
        console.problems(failed)
    # as `import` does: a file of which not one row fits is to be put right as well
    if failed or any(r["rows"] and r["rows"] == r["quarantined"] for r in results):
        raise typer.Exit(1)


@app.command("show")
def show(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Detect: how much more often do the stories show a practice than ordinary encounters?

    Both are read alike, without the reader knowing which is which, with the practices as they are described;
    what was found is kept with each practice.

    Example: servicestory contrast show
    """
    from servicestory.cli.judging import House, apart, contrasts
    from servicestory.detect.judged import contrast_figures

    ws = workspace()
    found: list[Problem] = []
    with console.progress() as step:
        ordinary, practices = _encounters(ws), _open(ws.practices(found))
        if not ordinary:
            raise Problem(
                "there are no ordinary encounters yet",
                "records/encounters.jsonl",
                "Note some with: servicestory contrast add, or bring in a file: servicestory contrast import",
            )
        if not practices:
            raise Problem("there are no practices yet", "practices", "Find them with: servicestory detect")
        house = House(ws, ws.organisation(), ws.stories(found))
        noted, ordinary = len(ordinary), apart(ordinary, house.stories)
        both = noted - len(ordinary)
        if not ordinary:
            raise Problem(
                "every ordinary encounter is a story too, so there is nothing to compare with",
                "records/encounters.jsonl",
                "Note others with: servicestory contrast add",
            )
        coded = contrasts(house, lambda: practices, step)
        if not found:
            _keep(ws, practices, coded)
    rows = [(p, coded[p.id]) for p in practices if p.id in coded]
    rows.sort(key=lambda r: (-r[1].ratio, r[0].id))
    if as_json:
        console.json(
            {
                "schema": 1,
                "stories": len(house.stories),
                "ordinary": len(ordinary),
                "left_out": both,
                "practices": [
                    {"id": p.id, "name": house.mask(p.name), **contrast_figures(one)} for p, one in rows
                ],
            }
        )
    else:
        console.heading(
            f"{plural(len(house.stories), 'story', 'stories')} beside "
            f"{plural(len(ordinary), 'ordinary encounter')}, read alike"
        )
        _show_rows([(p, house.mask(p.name), one) for p, one in rows])
        if both:
            are = " is a story too and was" if both == 1 else "s are stories too and were"
            console.note(f"{both:,} further encounter{are} left out.")
        if len(ordinary) < _FEW:
            console.out(f"With fewer than {_FEW} ordinary encounters only large differences show.")
    if found:
        console.problems(found)
        console.note("Nothing was saved: put this right first.")
        raise typer.Exit(1)


def _show_rows(rows: "Sequence[tuple[Practice, str, Contrast]]") -> None:
    entries = []
    for practice, name, one in rows:
        high = "no upper limit" if one.ratio_high is None else f"{one.ratio_high:.1f}"
        line = (
            f"    {one.says}: {one.stories[0]:,} of {plural(one.stories[1], 'story', 'stories')}, "
            f"{one.ordinary[0]:,} of {plural(one.ordinary[1], 'ordinary encounter')}"
        )
        if one.few:
            line += f"; detection found it in {plural(one.own or 0, 'story', 'stories')}, too few to compare"
        elif one.own not in (None, one.stories[0]):  # it knows more than the description
            line += f"; detection found it in {plural(one.own or 0, 'story', 'stories')}"
        if not one.few and one.says == "cannot tell yet" and one.ratio_low > 1:
            line += "; among so many practices one may differ as much by chance"
        if one.says != "cannot tell yet":  # how many times as often would be a figure of chance
            line += f"; {one.ratio:.1f} times as often ({one.ratio_low:.1f} to {high})"
        entries.append((f"{practice.id}  {name}", [line]))
    console.entries(plural(len(entries), "practice"), entries)


def _open(practices: "Sequence[Practice]") -> "list[Practice]":
    from servicestory.models.practice import ENDED

    return [p for p in practices if p.status not in ENDED]


def _keep(ws: "Workspace", practices: "Sequence[Practice]", coded: "dict[str, Contrast]") -> None:
    """The contrast into the figures of each judged practice; one that neither set shows loses its own."""
    from servicestory.detect.judged import contrast_figures

    changed = []
    for practice in practices:
        if practice.verdict is None:
            continue
        figures = {k: v for k, v in practice.verdict.figures.items() if k != "contrast"}
        if practice.id in coded:
            figures["contrast"] = contrast_figures(coded[practice.id])
        verdict = practice.verdict.model_copy(update={"figures": figures})
        changed.append(practice.model_copy(update={"verdict": verdict}))
    with ws.lock():
        ws.save_practices(changed)


def _encounters(ws: "Workspace") -> "list[Encounter]":
    from servicestory.models.encounter import Encounter

    return ws.records("encounters", Encounter)


def _encounter(
    name: str,
    text: str,
    day: str | None,
    site: str | None,
    team: str | None,
    record: str | None,
    batch: str | None,
    digest: str,
    by: str,
) -> "Encounter":
    from servicestory.models.encounter import Encounter

    return Encounter(
        id=name,
        text=text,
        date=day,
        site=site or None,
        team=team or None,
        record=record,
        batch=batch,
        sha256=digest,
        added_on=today().isoformat(),
        added_by=by,
    )


def _digest(text: str, day: str | None, site: str | None) -> str:
    """What makes an encounter the same one: its words, day and site, spacing and case aside."""
    said = "\n".join(folded(part or "") for part in (text, day, site))
    return hashlib.sha256(said.encode()).hexdigest()


def _one_file(
    ws: "Workspace",
    path: Path,
    given: dict[str, list[str]],
    fixed: tuple[str | None, str | None, str | None],
    by: str | None,
    dry_run: bool,
    step: console.Progress,
) -> dict[str, Any]:
    """Take one file's rows, as the import of stories does, and keep them as encounters."""
    from servicestory.collect import presets
    from servicestory.collect.dates import strptime_format
    from servicestory.collect.importing import Settings, aside_csv, take
    from servicestory.collect.mapping import resolve
    from servicestory.collect.privacy import personal
    from servicestory.collect.tables import read_table
    from servicestory.storage import inside
    from servicestory.workspace import write_file

    day, site, pattern = fixed
    table = read_table(path)
    tool = presets.recognise(table.columns)
    if tool:
        presets.without_extra_header(table, tool)
    command = shlex.join(["servicestory", *sys.argv[1:]])
    columns = resolve(table, given, tool, command, dated=day is not None, house=ws.organisation())
    standing = _encounters(ws)
    batch = f"{slug(path.name.split('.')[0], 50)}-{table.sha256[:8]}"
    settings = Settings(
        system=tool.name if tool else slug(path.name.split(".")[0]),
        batch=batch,
        today=today(),
        pattern=strptime_format(pattern) if pattern else None,
        on=given_day(day, "--date"),
        site=site,
        redacted=ws.organisation().privacy.redact,
        organisation=ws.organisation(),
        known=frozenset(one.sha256 for one in standing),
        ids=frozenset(one.id for one in standing),
    )
    taken = take(table, columns, settings, tool, step)
    aside = None
    if not dry_run:
        if taken.aside:
            aside = f"quarantine/{slug(batch, 80)}.csv"
            hidden = frozenset(c for c in table.columns if personal(c) or (tool and c in tool.personal))
            place = inside(ws.root, ws.root / aside, aside)
            before = place.read_bytes() if place.is_file() else None
            write_file(place, aside_csv(table, taken.aside, hidden), before, aside)
        made = [
            _encounter(
                story.id, story.narrative or "\n".join(story.behaviours), story.date, story.site, story.team,
                story.record, batch, (story.source.sha256 if story.source else None) or "", who(by),
            )
            for story in taken.stories
        ]  # fmt: skip
        ws.append("encounters", made)
    return _result(table, columns.columns, taken, aside)


def _result(table: "Table", columns: Any, taken: "Taken", aside: str | None) -> dict[str, Any]:
    reasons: dict[str, list[int]] = {}
    for row, why in taken.aside:
        reasons.setdefault(why, []).append(row.number)
    return {
        "file": table.name,
        "columns": {name: list(found) for name, found in columns.items()},
        "rows": taken.rows,
        "taken": len(taken.stories),
        "already": taken.already,
        "skipped": dict(taken.skipped.most_common()),
        "quarantined": len(taken.aside),
        "reasons": reasons,
        "quarantine": aside,
    }


def _show_file(result: dict[str, Any], dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    used = "; ".join(f"{name} from {', '.join(found)}" for name, found in result["columns"].items())
    console.out(f"{result['file']}: {plural(result['rows'], 'row')} ({one_line(used, 200)})")
    console.out(f"  {result['taken']:>7,} {would}taken as ordinary encounters")
    for why, count in result["skipped"].items():
        console.out(f"  {count:>7,} skipped: {why}")
    if result["already"]:
        console.out(f"  {result['already']:>7,} already there")
    if result["quarantined"]:
        console.out(f"  {result['quarantined']:>7,} {would}set aside, because they cannot be taken:")
        for why, numbers in list(result["reasons"].items())[:8]:
            more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
            console.out(f"            row {', '.join(map(str, numbers[:3]))}{more}: {why}")
    if result["quarantine"]:
        console.out(f"The rows set aside, with their reasons: {result['quarantine']}")
