"""`servicestory report`: the quarterly review as one page, as markdown, and its tables as files."""

import json
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servicestory import console
from servicestory.cli.app import workspace
from servicestory.errors import Problem, Usage
from servicestory.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.monitor.overview import Records
    from servicestory.report.cards import Beside
    from servicestory.report.review import Review
    from servicestory.workspace import Workspace


def report(
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="Another file than reports/PERIOD.html, anywhere ('-': print it)."
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="The period reviewed, such as 2026-Q3 (default: the last one over; where it has no "
            "story, the one under way or the latest that has).",
        ),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="html, or markdown.")] = "html",
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="DIR", help="Also write every table as a CSV file into this folder."),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option("--replace", help="Write over files changed by hand or made elsewhere."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Report: the quarterly review as one page.

    Vision, what was told, the practices with their verdicts and sentences, where they are seen, the
    measures, decisions to take and what is next. The page needs no network and prints well. Names of
    colleagues on record are left out, and stories whose tellers withdrew their consent are not quoted.

    Example: servicestory report --period 2026-Q3 --csv tables
    """
    from servicestory.documents import check_output

    if format_ not in ("html", "markdown"):
        raise Usage(f"There is no format {format_!r}", "", "Use html or markdown")
    ws = workspace()
    if str(to) == "-" and (as_json or csv is not None):
        raise Usage("--to - prints the page alone", "", "Leave --json and --csv away, or name a file")
    if to is not None and str(to) != "-":
        check_output(ws.root, to)
        _check_ending(to, format_)
    if csv is not None:
        check_output(ws.root, csv, folder=True)
    problems: list[Problem] = []
    review, tables = _made(ws, period, problems, csv is not None)
    if str(to) == "-":
        console.out(_text(ws, review, format_))
        return
    name = str(to) if to is not None else f"reports/{review.period}.{'html' if format_ == 'html' else 'md'}"
    with ws.lock():
        old = _old(ws, to, name, overwrite)
        text = _text(ws, review, format_)
        files = {csv / file: table for file, table in tables.items()} if csv is not None else {}
        if csv is not None and csv.is_dir():
            for path in files:
                check_output(ws.root, path)
        ours = _written_before(ws) if files else {}
        before = {path: _there(path, table, overwrite, ours) for path, table in files.items()}
        if text != old:
            if to is None:
                ws.write_document(name, text, old)
            else:
                _write(to, text, old)
        for path, table in files.items():
            if before[path] != table:
                _write(path, table, before[path])
        if files:
            ours |= {str(path.resolve()): _mark(table) for path, table in files.items()}
            ws.keep_derived(_TABLES, json.dumps(ours).encode())
    if as_json:
        console.json({"schema": 1, "period": review.period, "written": [name, *map(str, sorted(files))]})
    else:
        console.out(f"The review of {review.period} is in {name}")
        latest = max((told for told, n in review.told.per_period if n), default=None)
        if period and latest and latest < review.period:
            console.note(
                f"No story of {review.period} was told; the latest are of {latest}: "
                f"servicestory report --period {latest}"
            )
        if files:
            console.out(f"{plural(len(files), 'table')} are in {csv}")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _unread(ws: "Workspace", stories: "Iterable[Story]") -> int:
    """How many stories the last detection did not read; 0 where nobody knows. Said on the screen, too."""
    from servicestory.cli import repeats

    read = repeats.load(ws).stories
    found = sum(story.id not in read for story in stories) if read else 0
    if found:
        console.note(
            f"{plural(found, 'story was', 'stories were')} told since the last detect: counted among what "
            "was told, in no practice and no verdict. To have them there: servicestory detect"
        )
    return found


def _made(
    ws: "Workspace", given: str | None, problems: list[Problem], with_tables: bool
) -> "tuple[Review, dict[str, str]]":
    """The review, and its tables where they are asked for."""
    from servicestory.cli.evidence import say_outdated
    from servicestory.cli.judging import House
    from servicestory.cli.monitor import load
    from servicestory.cli.period import as_it_stood, reviewed
    from servicestory.cli.picking import entries
    from servicestory.models.base import period_before
    from servicestory.models.review import Reflection
    from servicestory.monitor.overview import overview
    from servicestory.report import heat, tables
    from servicestory.report.review import gather
    from servicestory.wording.definition import stated

    records = load(ws, problems)
    every = records.stories
    kind = records.organisation.periods.kind
    period = reviewed(given, kind, records.today, (story.date for story in records.stories))
    if given is not None:  # else how things stand today, as on the screen, whatever was told last
        records = as_it_stood(ws, records, period)
    watched = overview(records).to_json()
    known, word = entries(ws, problems), records.organisation.customer
    beside, mask = _beside(records), House(ws, records.organisation, every).mask
    watched["notes"] = [
        *watched["notes"],
        *sorted({alike for p in records.practices if (alike := _alike(p))}),
    ]
    review = gather(
        records.organisation, records.stories,
        [stated(p, known.get(p.definition or ""), word) for p in records.practices], watched,
        period, period_before(period, kind), records.today,
        ws.records("reflections", Reflection, problems),
        beside, mask, _unread(ws, records.stories),
    )  # fmt: skip
    on_page = {card.id for card in review.cards}
    say_outdated(p for p in records.practices if p.id in on_page)
    if not with_tables:
        return review, {}
    whole = heat.build(
        [p for p in records.practices if p.id in on_page],
        review.cards,
        records.stories,
        whole=True,
    )
    return review, tables.tables(review, whole)


def _beside(records: "Records") -> "dict[str, Beside]":
    """By practice what stands beside its verdict, in words."""
    from servicestory.cli.judging import kept_contrasts
    from servicestory.detect import site_words, spread_words
    from servicestory.detect.consistency import Sites, consistency
    from servicestory.report.cards import Beside

    contrasts, sites = kept_contrasts(records.practices), Sites.of(records.stories, records.organisation)
    found = {}
    for p in records.practices:
        shown = site_words.shown_by(p)
        few = len(shown) < spread_words.FEW
        seen = consistency(shown, sites, records.organisation.verdict.significance)
        found[p.id] = Beside(
            _worth(p),
            spread_words.contrast(contrasts.get(p.id)),
            tuple(site_words.sites(seen, few, "--csv")) if len(seen) > 1 and p.evidence else (),
            () if few else site_words.in_short(seen),
            {} if few else {one.site: one.state for one in seen},
        )
    return found


def _alike(practice: "Practice") -> str:
    """That ratings cannot say what a practice moves, where all are the same: said once on the page."""
    from servicestory.cli.practices import impact_of

    if (
        practice.verdict is None
        or not practice.verdict.figures
        or not (said := impact_of(practice).all_alike)
    ):
        return ""
    return f"Ratings: {said}, so nothing can be said of what any practice moves."


def _worth(practice: "Practice") -> str:
    """What it would be worth elsewhere, in words; empty before it was judged."""
    from servicestory.cli.practices import impact_of
    from servicestory.detect.spread_words import worth_of

    if practice.verdict is None or not practice.verdict.figures:
        return ""
    return worth_of(impact_of(practice), "", practice.verdict.label, alike=False)


def _check_ending(to: Path, format_: str) -> None:
    """Refuse a file whose ending says that it is something else: a page called .pdf opens nowhere.

    Raises:
        Usage: it does.
    """
    endings = (".html", ".htm") if format_ == "html" else (".md", ".markdown", ".txt")
    if to.suffix and to.suffix.casefold() not in endings:
        step = f"Call it {to.with_suffix(endings[0]).name}"
        step += "; to make a PDF of it, print the page from the browser" if format_ == "html" else ""
        raise Usage(f"--to {to.name}: the review is written as {format_}", "", step)


def _text(ws: "Workspace", review: "Review", format_: str) -> str:
    from servicestory import __version__
    from servicestory.cli.documents import template
    from servicestory.report import page

    if format_ == "markdown":
        return page.markdown(review, *template(ws, "report"), __version__)
    source = resources.files("servicestory") / "templates" / "report.html"
    return page.html(review, source.read_text(encoding="utf-8"), __version__)


def _old(ws: "Workspace", to: Path | None, name: str, overwrite: bool) -> str | None:
    """What the file holds now; None when there is none.

    Raises:
        Problem: when it is not a review as servicestory wrote it, and ``overwrite`` is not given.
    """
    from servicestory.report.page import untouched

    old = ws.document(name) if to is None else _read(to)
    if old is not None and not overwrite and not untouched(old):
        raise Problem(
            "this file was changed by hand, or was not made by servicestory report",
            name,
            "Choose another place with --to FILE, or write over it with --replace",
        )
    return old


_TABLES = "tables.json"  # where tables were written, and what they held; a table has no room for a mark


def _written_before(ws: "Workspace") -> dict[str, str]:
    """Path -> mark of the tables written from this workspace; without it they are nobody's."""
    try:
        found = json.loads(ws.derived(_TABLES) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _mark(table: str) -> str:
    return sha256(table.encode()).hexdigest()


def _there(path: Path, table: str, overwrite: bool, ours: dict[str, str]) -> str | None:
    """What a file in the place of a table holds now; None when there is none.

    Raises:
        Problem: when it says something else, is not as `report` wrote it, and ``overwrite`` is not given.
    """
    old = _read(path)
    kept = old is None or old == table or ours.get(str(path.resolve())) == _mark(old)
    if not kept and not overwrite:
        raise Problem(
            "this file was changed by hand, or was not made by servicestory report",
            str(path),
            "Choose another folder, or write over it with --replace",
        )
    return old


def _read(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Problem("this file cannot be read", str(path), "Move it away, or choose another name") from None


def _write(path: Path, text: str, old: str | None) -> None:
    from servicestory.workspace import write_file

    write_file(path, text, old, str(path))
