"""`servicestory train log` and `train due`: who learned which revision, and who is to repeat what."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, workspace
from servicestory.cli.learners import Learners
from servicestory.cli.naming import Naming
from servicestory.errors import Problem, Usage
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.models.monitoring import Training
    from servicestory.workspace import Workspace


def log(
    practice: Annotated[
        str | None, typer.Argument(metavar="[PRACTICE]", help="Only of this practice: its id or name.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Show names on the screen; needs the key in private/.")
    ] = False,
    xapi: Annotated[
        Path | None,
        typer.Option(
            "--xapi", metavar="FILE", help="Write them as xAPI statements, for a learning record store."
        ),
    ] = None,
    home: Annotated[
        str | None,
        typer.Option("--home", metavar="URL", help="With --xapi: the address learners' accounts belong to."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Train: list who learned which revision.

    Learners are shown by their pseudonyms. xAPI statements bear pseudonyms too; nothing is sent anywhere.

    Example: servicestory train log P-0007 --xapi statements.json --home https://training.example.org
    """
    from servicestory.models.monitoring import Training

    if home is not None and xapi is None:
        raise Usage("--home belongs to --xapi", "", "Add --xapi FILE")
    ws = workspace()
    problems: list[Problem] = []
    every = ws.records("trainings", Training, problems)
    if practice is not None:
        only = ws.practice(practice).id
        every = [r for r in every if r.practice == only]
    records = [r for r in every if r.learner]
    records.sort(key=lambda r: (r.on, r.practice, r.learner or ""))
    if xapi is not None:
        _statements(ws, records, xapi, home)
    shown = _names(ws, names, as_json)
    if as_json:
        console.json(Naming(ws).plain({"schema": 1, "trainings": [_row(r) for r in records]}))
    elif records:
        columns = ("date", "learner", "practice", "learned", "teach-back", "score", "signed off")
        table = []
        for r in records:
            score = f"{r.score:g}/{r.score_of:g}" if r.score is not None else ""
            signed = (r.signed_off_by if names else "yes") if r.signed_off_by else ""
            learned = f"{r.document} rev. {r.revision}" if r.document else ""
            who = shown.get(r.learner or "", r.learner or "")
            table.append((r.on, who, r.practice, learned, r.teach_back or "", score, signed))
        console.table("What colleagues learned", columns, table)
    elif not problems:
        step = "Record it with: servicestory train record PRACTICE --person NAME"
        if every:
            people = sum(r.people or 0 for r in every)
            held = f"{plural(len(every), 'training session')} with {people} people"
            console.out(f"{held} in all; who learned what is not recorded yet. {step}")
        else:
            console.out(f"Nothing is recorded yet. {step}")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _names(ws: "Workspace", asked: bool, as_json: bool) -> dict[str, str]:
    """pseudonym -> name, for the screen; JSON keeps the pseudonyms, since no learner agreed to more.

    Raises:
        Usage: names were asked for in JSON.
    """
    if asked and as_json:
        raise Usage(
            "JSON keeps the pseudonyms of learners", "", "Leave out --json to see names on the screen"
        )
    return Learners(ws, ws.organisation()).names() if asked else {}


def _row(record: "Training") -> dict[str, Any]:
    """One record, without who taught and who vouches."""
    row = {k: v for k, v in record.to_yaml().items() if k not in ("schema", "trainer", "signed_off_by")}
    return {**row, "signed_off": record.signed_off_by is not None}


def _statements(ws: "Workspace", records: "list[Training]", to: Path, home: str | None) -> None:
    import json
    import re

    from servicestory import documents
    from servicestory.text import slug
    from servicestory.train.xapi import statements

    organisation = ws.organisation()
    # .invalid is reserved (RFC 2606): no such address can ever be reached.
    base = home or f"https://{slug(organisation.organisation)}.invalid"
    if not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", base):
        raise Usage(f"{base!r} is no web address", "", "Write it like https://training.example.org")
    titles = {p.id: p.name for p in ws.practices([])}
    learners = Learners(ws, organisation)
    made = statements(records, titles, base, organisation.language, learners.pseudonym)
    documents.check_output(ws.root, to)
    old = to.read_bytes() if to.exists() else None
    if old is not None and b'"platform": "servicestory"' not in old and old.strip() != b"[]":
        raise Problem("this file holds something else", str(to), "Choose another name")
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    documents.write(to, text, old, str(to))
    console.note(f"{plural(len(made), 'statement')} in {to}; whoever has the file has no names.")


def due(
    within: Annotated[
        int, typer.Option("--within", metavar="DAYS", help="Also what is due in so many days.", min=0)
    ] = 0,
    names: Annotated[
        bool, typer.Option("--names", help="Show names on the screen; needs the key in private/.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Train: who is to repeat what, and when.

    After a teach-back that was passed: a week, a month, three months, half a year. After one that was not,
    or a major change of the procedure: now.

    Example: servicestory train due --within 14 --names
    """
    from datetime import timedelta

    from servicestory.cli.built import built
    from servicestory.models.monitoring import Training
    from servicestory.models.practice import LIVE
    from servicestory.text import listing
    from servicestory.train.due import repetitions

    ws = workspace()
    problems: list[Problem] = []
    practices = {p.id: p for p in ws.practices(problems)}
    known = built(ws, problems)
    live = {key for key, p in practices.items() if p.status in LIVE and not known.withdrawn(key)}
    records = [r for r in ws.records("trainings", Training, problems) if r.practice in live]
    withdrawn = sorted(key for key, p in practices.items() if p.status in LIVE and known.withdrawn(key))
    every = repetitions(records, lambda p, d, r: known.major_change(p, d, r, today()))
    until = today() + timedelta(days=within)
    found = [d for d in every if d.due <= until]
    shown = _names(ws, names, as_json)
    if as_json:
        console.json(
            {
                "schema": 1,
                "due": [d.to_json() for d in found],
                "later": len(every) - len(found),
            }
        )
    elif found:
        columns = ("due", "learner", "practice", "why")
        rows = [
            (
                d.due.isoformat(),
                shown.get(d.learner, d.learner),
                f"{d.practice} {practices[d.practice].name}",
                d.why,
            )
            for d in found
        ]
        if console.fits(columns, rows):
            console.table("To be repeated", columns, rows)
        else:
            console.entries(
                "To be repeated", [(f"{when}  {who}", [what, why]) for when, who, what, why in rows]
            )
        console.note("When it was done: servicestory train record PRACTICE --person NAME --teach-back passed")
    elif every:
        soonest = every[0].due.isoformat()
        console.out(f"Nothing is due today. The next is due on {soonest}; see it with: --within DAYS")
    elif withdrawn:
        console.out(f"Nothing is due: what is taught of {listing(withdrawn)} was withdrawn.")
    else:
        console.out(
            "Nothing is due: who learned what is not recorded yet. Record it with: servicestory train record"
        )
    if problems:
        console.problems(problems)
        raise typer.Exit(1)
