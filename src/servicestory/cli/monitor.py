"""`servicestory monitor`: one screen on what spreads, what lasts, what the figures say, and what is next."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from servicestory import console
from servicestory.cli.app import today, workspace
from servicestory.cli.naming import Naming
from servicestory.errors import Problem
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.models.procedure import Procedure
    from servicestory.monitor.overview import Overview, Records
    from servicestory.workspace import Workspace

PRACTICES, MEASURES, NEXT = 6, 4, 6  # rows that fit one screen


def monitor(
    practice: Annotated[
        str | None, typer.Argument(metavar="[PRACTICE]", help="The whole life of one: its id or name.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every practice, measure and thing to do, however many.")
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="As the review of that period has it, such as 2026-Q3 (default: today): a period long "
            "over as things stood at its end, the last one over with what is known today.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Monitor: is it spreading, is it lasting, what is next.

    With a PRACTICE, everything that is known of it: who took it up, whether it is done, whether training
    holds, what the sites answered, and its stories over time.

    Example: servicestory monitor

    Example: servicestory monitor P-0003

    Example: servicestory monitor --period 2026-Q2
    """
    from servicestory.cli.period import as_it_stood, current, reviewed
    from servicestory.monitor.overview import overview

    problems: list[Problem] = []
    ws = workspace()
    records = load(ws, problems)
    kind = records.organisation.periods.kind
    about = current(kind, records.today)
    if period is not None:
        about = reviewed(period, kind, records.today, ())
        records = as_it_stood(ws, records, about)
    subject = ws.practice(practice).id if practice else None
    found = overview(records)
    if subject:
        _show_one(found, subject, about, Naming(ws) if as_json else None)
    elif as_json:
        console.json(Naming(ws).plain({"schema": 1, "period": about, **found.to_json()}), lines=True)
    else:
        _show(found, records, everything)
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def load(ws: "Workspace", problems: list[Problem]) -> "Records":
    """Everything the overview reads; what is wrong with files is added to ``problems``."""
    import gc

    from servicestory.cli.built import documented, outdated
    from servicestory.cli.judging import next_to_mend
    from servicestory.models import monitoring as m
    from servicestory.models import review as r
    from servicestory.monitor.overview import Records
    from servicestory.monitor.recognition import standing

    # Thousands of stories stay until the end; looking through them for litter takes half a second.
    gc.set_threshold(100_000)
    with console.progress() as progress:
        stories = ws.stories(problems, progress)
    practices, written = ws.practices(problems), procedures(ws, problems)
    trainings = ws.records("trainings", m.Training, problems)
    return Records(
        organisation=ws.organisation(),
        today=today(),
        stories=stories,
        practices=practices,
        observations=ws.records("observations", m.Observation, problems),
        measures=ws.records("measures", m.Measure, problems),
        points=ws.records("measure-points", m.MeasurePoint, problems),
        rebases=ws.records("rebases", m.Rebase, problems),
        recognitions=standing(ws.records("recognitions", m.Recognition, problems)),
        trainings=trainings,
        outdated=outdated(ws, practices, written, trainings, today()),
        replications=ws.records("replications", m.Replication, problems),
        procedures=written,
        detections=ws.records("detections", m.Detection, problems),
        actions=ws.records("actions", r.Action, problems),
        closings=ws.records("closings", r.Closing, problems),
        leaders=ws.records("leader-checks", r.LeaderCheck, problems),
        mend=next_to_mend(ws, stories, practices),
        documented=documented(ws),
    )


HEAD = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$", re.S | re.M)
"""The block between --- lines at the head of a document of ours."""


def procedures(ws: "Workspace", problems: list[Problem]) -> "list[Procedure]":
    """The document control of every procedure, from the block between --- lines at its head."""
    from servicestory import records
    from servicestory.models.procedure import Procedure

    found: list[Procedure] = []
    for path in sorted((ws.root / "procedures").rglob("*.md")):
        name = path.relative_to(ws.root).as_posix()
        if path.parent.name == "earlier":  # revisions that were in force before the one that is under way
            continue
        try:
            text = (ws.document(name) or "").replace("\r\n", "\n")
        except Problem as problem:
            problems.append(problem)
            continue
        head = HEAD.match(text)
        if head:  # a file of the user's own, without document control, is none of our business
            loaded, wrong = records.load(Procedure, "\n" + head[1], name)
            found += [procedure for _, procedure in loaded]
            problems += wrong
        elif path.name.startswith("SOP-") and (lost := headless(text, name)):
            problems.append(lost)
    return found


def headless(text: str, name: str) -> Problem | None:
    """What is wrong with a document of ours that has no control record any more; None of any other file."""
    from servicestory.incorporate.blocks import marked

    if text.strip() and not marked(text):
        return None
    what = "this document is empty" if not text.strip() else "this document has lost its front matter"
    return Problem(what, f"{name}:1", "Put back what was there, or delete the file and have it written again")


def _show_one(found: "Overview", ref: str, about: str, naming: Naming | None) -> None:
    """The life of one practice, on one screen."""
    from servicestory.monitor import screen

    watched = next((w for w in found.practices if w.practice.id == ref), None)
    if watched is None:
        raise Problem(
            f"{ref} is not watched: it was rejected, retired or merged, or has no story yet",
            "",
            f"See: servicestory show {ref}",
        )
    if naming:
        whole = {"schema": 1, "period": about, "on": found.calendar.today.isoformat(), **watched.to_json()}
        console.json(naming.plain(whole))
        return
    console.heading(f"{watched.state.arrow} {ref} {watched.practice.name}")
    on = found.calendar.today.isoformat()
    console.out(f"{watched.state.state.capitalize()}, as of {on}: {watched.state.why}.")
    there = screen.line_of(found)
    line = [p for p in watched.spread.periods if p["period"] in there]
    if any(p["stories"] for p in line):
        course = screen.bars([p["stories"] for p in line])
        span = " to ".join(dict.fromkeys((line[0]["period"], line[-1]["period"])))
        since = f" (no story of any kind since {last})" if (last := screen.last_told(found)) else ""
        console.out(f"Stories per {found.calendar.kind}, {span}{since}:  {course}\n")
    elif line:
        console.out(f"Stories: {screen.course(watched.spread.counts, there)}\n")
    for row in watched.life:
        console.out(f"{row['what'].capitalize()}: {row['says']}.")
    due = [n for n in found.next if n.ref == ref]
    if due:
        console.out()
        console.entries("What to do next", [(n.what, [n.why]) for n in due])


def _show(found: "Overview", records: "Records", everything: bool) -> None:
    from servicestory.monitor import screen

    when = found.calendar
    console.heading(
        f"{records.organisation.organisation} on {when.today.isoformat()}: "
        f"{plural(len(found.told.by_id), 'story', 'stories')}, "
        f"{plural(len(found.practices), 'practice')}, "
        f"{plural(len({s.measure.id for s in found.series}), 'measure')}"
    )
    if not found.told.by_id and not found.series:
        console.out("There is nothing to watch yet. Tell a first story with: servicestory add")
    elif not found.practices:
        console.out("There is no practice to watch yet. Find them in the stories with: servicestory detect")
    rows, more = screen.practice_rows(found, None if everything else PRACTICES)
    if rows:
        shown, last = len(screen.line_of(found)), screen.last_told(found)
        lately = f"stories per {when.kind}, the last {shown}" if shown > 1 else f"stories of this {when.kind}"
        if last:
            lately = f"stories per {when.kind} up to {last}, the last that has any"
        title = f"Practices ({lately}; sites it is told of or taken up at; done of opportunities watched)"
        heads = ("", "id", "practice", "state", "stories", "sites", "done", "why")
        if console.fits(heads, rows):
            console.table(title, heads, rows)
        else:
            console.entries(
                title,
                [
                    (f"{arrow} {ref} {name}  {line}", [f"{state}: {why}", _where(sites, done)])
                    for arrow, ref, name, state, line, sites, done, why in rows
                ],
            )
        _more(more, "practice")
    rows, more = screen.measure_rows(found, None if everything else MEASURES)
    if rows:
        columns = ("measure", "course", "latest", "usual range", "verdict", "target")
        console.out()
        if console.fits(columns, rows):
            console.table("Measures", columns, rows)
        else:
            console.entries(
                "Measures",
                [
                    (
                        f"{name}  {course}",
                        [f"latest {latest}; usual range {usual}", f"{verdict}; target {target}"],
                    )
                    for name, course, latest, usual, verdict, target in rows
                ],
            )
        _more(more, "measure")
    rows, more = screen.next_rows(found, None if everything else NEXT)
    if rows:
        console.out()
        asked = ("", "what", "which", "why")
        if console.fits(asked, rows):
            console.table("What to do next", asked, rows)
        else:
            steps = [(f"{number}  {what}: {ref}", [why]) for number, what, ref, why in rows]
            console.entries("What to do next", steps)
        _more(more, "thing", "to do")
    elif found.practices:
        console.out("Nothing is due.")
    for series in found.series:
        if everything or series.site is None:
            for note in series.notes:
                where = f" at {series.site}" if series.site else ""
                console.note(f"{series.measure.id}{where}: {note}")
    for note in found.notes:
        console.note(note)


def _where(sites: str, done: str) -> str:
    """Where stories or the sites themselves say it is done; and apart from that, what watching showed."""
    at, _, of = sites.partition("/")
    if at in ("0", "–"):  # no story of it says where
        words = f"not known of any of {plural(int(of), 'site')}" if of else "its stories do not say where"
        return words + (f"; when watched, done {done}" if done != "–" else "")
    words = f"{at} of {plural(int(of), 'site')}" if of else plural(int(at), "site")
    return f"told of or taken up at {words}" + (f"; when watched, done {done}" if done != "–" else "")


def _more(count: int, word: str, rest: str = "") -> None:
    if count:
        console.out(
            f"… and {plural(count, f'more {word}')} {rest}".rstrip()
            + "; see all with: servicestory monitor --all"
        )
