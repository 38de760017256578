"""`servicestory observe`: one opportunity watched against the checklist, or a filled sheet of them."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli import figures, redacted
from servicestory.cli.app import today, who, workspace
from servicestory.cli.days import given_day
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import listing, plural

if TYPE_CHECKING:
    from servicestory.models.monitoring import Observation
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

SAMPLING = ("planned", "random", "convenience")
COLUMNS = {
    "practice": ("practice id", "practice_id"),
    "on": ("date", "day", "when", "observed on"),
    "done": ("seen", "practice done"),
    "site": ("location", "place"),
    "team": ("unit",),
    "shift": (),
    "observer": ("by", "observed by"),
    "sampling": ("sample", "chosen"),
    "watch": ("opportunity",),
    "note": ("notes", "remark", "comment"),
    "checklist_revision": ("revision", "checklist revision"),
}


def observe(
    practice: Annotated[
        str | None, typer.Argument(metavar="[PRACTICE]", help="The practice watched: its id or name.")
    ] = None,
    done: Annotated[
        bool | None, typer.Option("--done/--not-done", help="Whether the practice was done as a whole.")
    ] = None,
    items: Annotated[
        str | None,
        typer.Option("--items", metavar="ANSWERS", help="Checklist answers: 1=yes 2=no 3=na, or yes,no,na."),
    ] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="SITE", help="Where.")] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="TEAM", help="Which team.")] = None,
    shift: Annotated[str | None, typer.Option("--shift", metavar="SHIFT", help="Which shift.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When (default: today).")] = None,
    observer: Annotated[
        str | None,
        typer.Option(
            "--observer", "--by", metavar="NAME", help="Who watched (default: SERVICESTORY_BY, else open)."
        ),
    ] = None,
    sampling: Annotated[
        str,
        typer.Option(
            "--sampling",
            metavar="KIND",
            help="How this opportunity was chosen: planned, random, or convenience (whoever was there).",
        ),
    ] = "convenience",
    watch: Annotated[
        str | None,
        typer.Option(
            "--watch", metavar="LABEL", help="The same label twice: two people watched one opportunity."
        ),
    ] = None,
    revision: Annotated[
        int | None, typer.Option("--revision", metavar="N", help="The checklist's revision.", min=1)
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A remark.")] = None,
    training: Annotated[
        bool,
        typer.Option(
            "--training", help="A training of the practice was held: record it, with --site and --on."
        ),
    ] = False,
    people: Annotated[
        int | None,
        typer.Option(
            "--people", metavar="N", help="With --training: how many took part.", min=1, max=100_000
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", readable=False, help="A filled sheet: CSV, XLSX and others."
        ),
    ] = None,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Print an observation sheet for the practice, ready to fill.")
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="With --sheet: .html to print on paper, .csv to fill in, or .md."
        ),
    ] = None,
    leader: Annotated[
        str | None,
        typer.Option(
            "--leader",
            metavar="ANSWERS",
            help="A leader's own check: modelled=yes resourced=no recognised=yes.",
        ),
    ] = None,
) -> None:
    """Monitor: record what was seen against a checklist.

    Write down the practice and what was done, never who did it: the practice is watched, not the person.

    Example: servicestory observe P-0007 --site "Harbour House" --shift night --items "1=yes 2=yes 3=no"

    Example: servicestory observe P-0007 --sheet --to sheet.html
    """
    from servicestory.cli import watching
    from servicestory.models.monitoring import Observation
    from servicestory.monitor.answers import read_items

    ws = workspace()
    if file is not None:
        if done is not None or items is not None or sheet or training:
            raise Usage(
                "--import takes its answers from the file", "", "Leave out --done, --items and --sheet"
            )
        _import(ws, file, practice)
        return
    if practice is None:
        raise Usage("Which practice was watched", "", "Name it: servicestory observe PRACTICE --done")
    watched = _practice(ws, practice)
    if sheet:
        listed, _, _ = _checklist(ws, watched)
        watching.sheet(ws, watched, list(listed.values()), to)
        return
    if to is not None:
        raise Usage("--to is for --sheet", "", "Add --sheet, or leave it out")
    day, note = given_day(on, "--on") or today().isoformat(), redacted.text(ws, note, "the note")
    organisation = ws.organisation()
    where = figures.known_site(site, organisation)
    if where and not organisation.sites:
        from servicestory.cli.alike import site_doubt

        if remark := site_doubt(where, [str(s["site"]) for s in ws.summaries([]) if s["site"]]):
            console.note(f"{remark} It is kept as typed.")
    if training:
        if done is not None or items is not None:
            raise Usage("A training is no observation", "", "Leave out --done and --items")
        watching.record_training(ws, watched, day, where, people, who(observer), note)
        return
    if leader is not None:
        watching.record_leader(ws, watched, day, where, leader, note)
        return
    if people is not None:
        raise Usage("--people is for --training", "", "An observation is one opportunity")
    if sampling not in SAMPLING:
        near = nearest(sampling, SAMPLING)
        hint = f"Did you mean {near}? " if near else ""
        raise Usage(f"{sampling!r} is no kind of sampling", "", f"{hint}Choose one of: {', '.join(SAMPLING)}")
    if done is None and items is None:
        if not console.interactive():
            raise Usage("An observation needs what was seen", "", "Add --done, --not-done or --items")
        done = console.confirm(f"{watched.name}: was it done?", default=None)
    try:
        answers = read_items(items) if items is not None else {}
    except ValueError as error:
        raise Usage(str(error), "", "Write --items like this: 1=yes 2=no 3=na") from None
    core, current = _core(watched, _checklist(ws, watched), answers, revision) if answers else ([], None)
    seen = Observation(
        practice=watched.id,
        on=day,
        done=done,
        items=answers,
        core=core,
        checklist_revision=revision or current,
        site=where,
        team=team,
        shift=shift,
        observer=who(observer),
        sampling=sampling,
        watch=watch,
        note=note,
    )
    ws.append("observations", [seen])
    _tell(ws, watched, 1)


def _practice(ws: "Workspace", ref: str) -> "Practice":
    """The practice as it stands now: a merged one leads to the one it became."""
    from servicestory.models.practice import ENDED

    found = figures.standing(ws, ws.practice(ref), console.note)
    if found.status in ENDED:
        console.note(f"{found.id} is {found.status}: kept, but monitor does not watch it.")
    return found


def _checklist(ws: "Workspace", practice: "Practice") -> tuple[dict[str, str], list[str], int | None]:
    """The checklist in use: its items by number, those that make the practice, and its revision.

    The one in training/ counts, as people carry it; where there is none yet, the one `train` would write.
    """
    for path in sorted((ws.root / "training").glob(f"{practice.id}*/checklist.md")):
        text = ws.document(path.relative_to(ws.root).as_posix()) or ""
        lines = re.findall(r"^- \[.\] (\d+)\. (.*?)( [†‡§])?\s*$", text, re.M)
        revision = re.search(r"^revision: (\d+)", text, re.M)
        if lines:
            core = [number for number, _, mark in lines if mark != " †"]
            return {n: item for n, item, _ in lines}, core, int(revision[1]) if revision else 1
    from servicestory.cli.picking import material_of
    from servicestory.train.sheets import lines as lines_of

    listed = lines_of(material_of(ws, practice)[0])
    core = [str(number) for number, item in enumerate(listed, 1) if item.source != "method"]
    return {str(number): item.text for number, item in enumerate(listed, 1)}, core, None


def _core(
    practice: "Practice",
    checklist: tuple[dict[str, str], list[str], int | None],
    answers: Mapping[str, Any],
    revision: int | None,
) -> tuple[list[str], int | None]:
    """Which items make the practice (general good manners on the list do not), and the list's revision.

    Raises:
        Problem: when an item answered is not on the list of that ``revision`` (None: the one in use).
    """
    listed, core, current = checklist
    beyond = [item for item in answers if item not in listed]
    if listed and beyond:
        what = f"the checklist of {practice.id} has no item {listing(beyond)}; it has {listing([*listed])}"
        if revision in (None, current):
            raise Problem(what, "", f"Look at it: servicestory observe {practice.id} --sheet")
        console.note(f"T{what[1:]}. Kept, for another revision may have it, but not counted.")
    if core and not any(item in core for item in answers):
        console.note(
            f"None of the items that make {practice.id} was answered: kept, but neither done nor not done. "
            f"They are {listing(core)}."
        )
    return core, current


def _tell(ws: "Workspace", practice: "Practice", added: int) -> None:
    """What was recorded, and the practice's fidelity with it."""
    from servicestory.models.monitoring import Observation
    from servicestory.monitor.life import agreement
    from servicestory.monitor.observed import fidelity, in_words, missed_words
    from servicestory.monitor.periods import calendar

    every = [o for o in ws.records("observations", Observation, []) if o.practice == practice.id]
    found = fidelity(every, calendar(ws.organisation().periods.kind, None, today()))
    missed = missed_words(every)
    console.out(
        f"Recorded {plural(added, 'observation')} of {practice.id} {practice.name}. "
        f"Done so far: {in_words(found)}{'; ' + missed if missed else ''}."
    )
    if agreed := agreement(found):
        console.out(f"{agreed[0].upper()}{agreed[1:]}.")


def _import(ws: "Workspace", file: Path, practice: str | None) -> None:
    """Record the rows of a filled sheet that are not recorded yet; all of them or none."""
    from servicestory.models.monitoring import Observation

    rows, columns = figures.rows_of(file, COLUMNS)
    if practice is None and "practice" not in columns.values():
        raise figures.missing_column(
            file, "“practice”; name the practice before --import, or add it", columns
        )
    if "on" not in columns.values():
        raise figures.missing_column(file, "“date” (or “on”)", columns)
    organisation = ws.organisation()
    cache: dict[str, Practice] = {}
    lists: dict[str, tuple[dict[str, str], list[str], int | None]] = {}

    def make(cells: dict[str, str]) -> Observation:
        ref = cells.get("practice") or practice
        if not ref:
            raise Problem("the practice is not named")
        if ref not in cache:
            cache[ref] = _practice(ws, ref)
        seen = _row(cells, cache[ref], organisation)
        if not seen.items:
            return seen
        if seen.practice not in lists:
            lists[seen.practice] = _checklist(ws, cache[ref])
        core, current = _core(cache[ref], lists[seen.practice], seen.items, seen.checklist_revision)
        return seen.model_copy(
            update={"core": core, "checklist_revision": seen.checklist_revision or current}
        )

    made = figures.each(rows, make)
    with ws.lock():
        there = Counter(o.model_dump_json() for o in ws.records("observations", Observation, []))
        fresh = []
        for seen in made:
            key = seen.model_dump_json()
            if there[key]:
                there[key] -= 1
            else:
                fresh.append(seen)
        ws.append("observations", fresh)
    for each in sorted({o.practice for o in fresh}):
        _tell(ws, ws.practice(each), sum(o.practice == each for o in fresh))
    if known := len(made) - len(fresh):
        console.out(f"{plural(known, 'row was', 'rows were')} recorded before and not added again.")


def _row(cells: dict[str, str], practice: "Practice", organisation: Any) -> "Observation":
    from servicestory.collect.privacy import redact
    from servicestory.models.monitoring import Observation
    from servicestory.monitor.answers import read_answer

    if "on" not in cells:
        raise Problem("the date is missing")
    items = {}
    for column, cell in cells.items():
        number = column.casefold().removeprefix("item").strip()
        if column not in COLUMNS and number.isdigit():
            items[str(int(number))] = read_answer(cell)
    whole = read_answer(cells["done"]) if "done" in cells else None
    if whole == "na" and not items:
        items = {"1": whole}
    sampling = cells.get("sampling", "convenience").casefold()
    if sampling not in SAMPLING:
        raise Problem(f"{sampling!r} is no kind of sampling", "", f"Write one of: {', '.join(SAMPLING)}")
    if "note" in cells and organisation.privacy.redact:
        cells = {**cells, "note": redact(cells["note"])[0]}
    rest = {
        k: cells[k]
        for k in ("team", "shift", "observer", "watch", "note", "checklist_revision")
        if k in cells
    }
    return Observation.model_validate(
        {
            "practice": practice.id,
            "on": figures.past_date(cells["on"], today()),
            "done": None if whole in (None, "na") else whole == "yes",
            "items": items,
            "site": figures.known_site(cells.get("site"), organisation),
            "sampling": sampling,
            **rest,
        }
    )
