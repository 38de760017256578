"""`servicestory train missing`: who of a team or site has not learned a practice."""

from typing import TYPE_CHECKING, Annotated

import typer

from servicestory import console
from servicestory.cli.app import today, workspace
from servicestory.cli.learners import Learners, need_key
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import folded, listing, plural

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation, Person


def missing(
    practice: Annotated[str, typer.Argument(metavar="PRACTICE", help="The practice: its id or name.")],
    team: Annotated[str | None, typer.Option("--team", metavar="TEAM", help="Only of this team.")] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="SITE", help="Only of this site.")] = None,
    revision: Annotated[
        int | None,
        typer.Option(
            "--revision", metavar="N", min=1, help="Learned counts from this revision on (default: the last "
            "major change).",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object on standard output, with pseudonyms.")
    ] = False,
) -> None:  # fmt: skip
    """Train: who of a team has not learned a practice.

    It goes through the staff list of servicestory.yaml: who was never trained, who learned it before a
    major change, who did not pass the last teach-back. It names them on the screen, for whoever has the
    key in private/.

    Example: servicestory train missing P-0003 --team "Front desk" --revision 2
    """
    from servicestory import pseudonyms
    from servicestory.cli import figures
    from servicestory.cli.built import built
    from servicestory.models.monitoring import Training
    from servicestory.train.missing import missing as not_learned

    ws = workspace()
    problems: list[Problem] = []
    organisation = ws.organisation()
    found = figures.standing(ws, ws.practice(practice), console.note)
    people = _people(organisation, team, site)
    need_key(ws)
    records = [r for r in ws.records("trainings", Training, problems) if r.practice == found.id]
    known = built(ws, problems)
    document, _, latest = known.learned(found.id, today(), today())
    if revision is not None and latest is not None and revision > latest:
        raise Problem(
            f"{document} has no revision {revision} yet; it is at {latest}", "", "Look at the number"
        )
    learners = Learners(ws, organisation)
    key = pseudonyms.key(ws.root)  # none where nobody was recorded yet, and looking makes none
    ids = {p.name: learners.pseudonym(p.name) if key else p.name for p in people}
    left = not_learned(
        ids,
        records,
        lambda r: known.major_change(r.practice, r.document, r.revision, today()),
        revision,
        document,
    )
    which = f"revision {revision} of {found.id} {found.name}" if revision else f"{found.id} {found.name}"
    if as_json:
        rows = [{"learner": ids[m.who] if key else None, "state": m.state} for m in left]
        console.json({"schema": 1, "practice": found.id, "of": len(people), "missing": rows})
    elif left:
        columns = ("who", "team", "site", "what is missing")
        of = {p.name: p for p in people}
        rows_ = [(m.who, of[m.who].team or "", of[m.who].site or "", m.state) for m in left]
        console.table(f"Who has not learned {which}: {len(left)} of {len(people)}", columns, rows_)
        console.note(f"When it was done: servicestory train record {found.id} --person NAME")
    else:
        console.out(f"{_all(len(people))} learned {which}.")
    unnamed = [r for r in records if not r.learner]
    if left and unnamed and not as_json:
        held = f"{plural(len(unnamed), 'session')} with {sum(r.people or 0 for r in unnamed)} people"
        console.note(f"{held} took place of which nobody wrote down who was there; they may be among these.")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _all(count: int) -> str:
    return "The one person asked about has" if count == 1 else f"All {plural(count, 'colleague')} have"


def _people(organisation: "Organisation", team: str | None, site: str | None) -> "list[Person]":
    """Those of the staff list who belong to a team or site; all where none is named.

    Raises:
        Problem: the list is empty, or has nobody of it.
    """
    step = "Add them under staff: in servicestory.yaml, each with a team and a site"
    people = list(organisation.staff)
    if not people:
        raise Problem("there is no staff list, so nobody can be looked for", "servicestory.yaml", step)
    asked = ""
    for kind, given in (("team", team), ("site", site)):
        if given is None:
            continue
        asked = f"{asked} and of the {kind} {given!r}" if asked else f"of the {kind} {given!r}"
        there = sorted({said for p in people if (said := getattr(p, kind))})
        people = [p for p in people if folded(getattr(p, kind) or "") == folded(given)]
        if not people:
            near = nearest(given, there)
            hint = f"Did you mean {near}?" if near else f"Known of these: {listing(there)}" if there else step
            raise Usage(f"Nobody on the staff list is {asked}", "", hint)
    return people
