"""`servicestory replicate`: what each site answers to a practice, and which have not answered."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli import figures
from servicestory.cli.app import today, who, workspace
from servicestory.cli.days import given_day
from servicestory.cli.naming import Naming
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import listing

if TYPE_CHECKING:
    from servicestory.models.monitoring import Replication
    from servicestory.models.practice import Practice
    from servicestory.train.sites import Site
    from servicestory.workspace import Workspace

COLUMNS = {
    "practice": ("practice id", "practice_id"),
    "site": ("location", "place", "house"),
    "answer": ("response",),
    "why": ("reason", "because", "note"),
    "on": ("date", "day", "when"),
    "by": ("answered by",),
}

NAMED = 4  # sites of one answer named in the overview


def replicate(
    practice: Annotated[
        str | None, typer.Argument(metavar="[PRACTICE]", help="The practice offered: its id or name.")
    ] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="SITE", help="Which site answers.")] = None,
    answer: Annotated[
        str | None,
        typer.Option(
            "--answer",
            metavar="ANSWER",
            help="adopted, adapted, on hold, rejected, already (in place) or not applicable.",
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option("--why", metavar="TEXT", help="Why; needed for on hold, rejected and not applicable."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When (default: today).")] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="NAME", help="Who answers for the site (default: SERVICESTORY_BY, else open)."
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", readable=False,
            help="A list of answers: CSV, XLSX and others, with the columns site and answer.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:  # fmt: skip
    """Incorporate: record each site's answer to a practice.

    A practice is offered to every site, and every site says what it does with it. A later answer replaces an
    earlier one; both stay in the records. Without --answer it shows who answered what, and who did not.

    Example: servicestory replicate P-0007 --site Quay --answer "on hold" --why "no desk until May"
    """
    ws = workspace()
    if file is not None:
        if site or answer or why or on or by:
            raise Usage("--import takes its answers from the file", "", "Leave out the other options")
        _import(ws, file, practice)
        return
    if answer is None:
        if site or why or on or by:
            raise Usage("What the site answers is not said", "", "Add --answer, such as --answer adopted")
        _show(ws, practice, as_json)
        return
    if practice is None:
        raise Usage(
            "Which practice is answered to", "", "Name it: servicestory replicate PRACTICE --site SITE ..."
        )
    offered = _standing(ws, practice)
    cells = {"site": site, "answer": answer, "why": why, "on": given_day(on, "--on"), "by": by}
    made = _answer(ws, offered, {k: v for k, v in cells.items() if v is not None})
    if not _kept(ws, [made]):
        console.out(f"{made.site} answered “{made.response}” to {made.practice} before; nothing was added.")
        return
    console.out(f"Recorded: {made.site} answers “{made.response}” to {offered.id} {offered.name}.")
    if made.response == "adapted" and not made.reason:
        console.note("What was adapted is not said: give the same answer again with --why TEXT.")
    if missing := [s.site for s in of_practice(ws, offered) if s.answer is None]:
        console.note(f"No answer yet from {listing(missing)}.")


def of_practice(ws: "Workspace", practice: "Practice") -> "list[Site]":
    """The answers of all sites to one practice."""
    return _answers(ws, [practice])[practice.id]


def _answers(ws: "Workspace", practices: "list[Practice]") -> "dict[str, list[Site]]":
    from servicestory.models.monitoring import Replication
    from servicestory.models.practice import heirs
    from servicestory.train.sites import answers

    records = ws.records("replications", Replication, [])
    site_of = {row["id"]: row["site"] for row in ws.summaries([])}
    became = heirs(ws.practices([]))
    organisation = ws.organisation()
    return {p.id: answers(p, records, organisation, site_of, became) for p in practices}


def _standing(ws: "Workspace", ref: str) -> "Practice":
    """The practice as it stands now.

    Raises:
        Problem: it was never accepted, or is given up: there is nothing to answer to.
    """
    from servicestory.models.practice import LIVE

    found = figures.standing(ws, ws.practice(ref), console.note)
    if found.status not in LIVE:
        step = f'Accept it first: servicestory review {found.id} --accept --reason "..."'
        raise Problem(f"{found.id} is {found.status}, so it is not offered to any site", "", step)
    return found


def _answer(ws: "Workspace", practice: "Practice", cells: dict[str, str]) -> "Replication":
    from servicestory.models.monitoring import Replication
    from servicestory.train.sites import ANSWERS

    where = figures.known_site(cells.get("site"), ws.organisation())
    if where is None:
        raise Problem("the site that answers is not named", "", "Add --site")
    said = " ".join(cells.get("answer", "").casefold().replace("-", " ").replace("_", " ").split())
    if said not in ANSWERS:
        near = nearest(said, list(ANSWERS))
        hint = f"Did you mean {near}? " if near else ""
        choice = "adopted, adapted, on hold, rejected, already, not applicable"
        raise Problem(f"{cells.get('answer', '')!r} is no answer", "", f"{hint}Choose one of: {choice}")
    given = {
        "practice": practice.id,
        "site": where,
        "response": ANSWERS[said],
        "on": figures.past_date(cells["on"], today()) if "on" in cells else today().isoformat(),
        "by": who(cells.get("by")),
        "reason": cells.get("why"),
    }
    try:
        return Replication.model_validate(given)
    except ValueError as error:
        raise Problem(figures.plain(error), "", "Add --why TEXT") from None


def _kept(ws: "Workspace", made: "list[Replication]") -> int:
    """Adds the answers that differ from the site's last one, and says how many those were."""
    from servicestory.models.monitoring import Replication

    with ws.lock():
        last = {(r.practice, r.site): r for r in ws.records("replications", Replication, [])}
        fresh = []
        for one in made:
            known = last.get((one.practice, one.site))
            if known is None or (known.response, known.reason) != (one.response, one.reason):
                last[one.practice, one.site] = one
                fresh.append(one)
        ws.append("replications", fresh)
    return len(fresh)


def _import(ws: "Workspace", file: Path, practice: str | None) -> None:
    """Record the answers of a list that are not recorded yet; all of them or none."""
    rows, columns = figures.rows_of(file, COLUMNS)
    for field in ("site", "answer"):
        if field not in columns.values():
            raise figures.missing_column(file, f"“{field}”", columns)
    if practice is None and "practice" not in columns.values():
        raise figures.missing_column(
            file, "“practice”; name the practice before --import, or add it", columns
        )

    def make(cells: dict[str, str]) -> "Replication":
        ref = cells.get("practice") or practice
        if not ref:
            raise Problem("the practice is not named")
        return _answer(ws, _standing(ws, ref), cells)

    made = figures.each(rows, make)
    added = _kept(ws, made)
    console.out(f"Recorded {added} of {len(made)} answers; the others were recorded before.")


def _show(ws: "Workspace", ref: str | None, as_json: bool) -> None:
    from servicestory.models.practice import LIVE
    from servicestory.train.sites import open_sites

    practices = [_standing(ws, ref)] if ref else [p for p in ws.practices() if p.status in LIVE]
    found = _answers(ws, practices)
    if as_json:
        shown = [_json(p, found[p.id]) for p in practices]
        console.json(Naming(ws).plain({"schema": 1, "practices": shown}))
        return
    if not practices:
        console.out("No practice is accepted yet, so none was offered to the sites.")
        return
    if not any(found.values()):
        console.out("No site has answered, and none is listed: write them under sites: in servicestory.yaml.")
        return
    if ref is not None:
        one = practices[0]
        columns = ("site", "answer", "since", "why", "stories")
        told = [(s.site, s.answer or "no answer yet", s.on or "", s.why or "", s.seen) for s in found[one.id]]
        console.table(f"{one.id} {one.name}: what the sites answered", columns, told)
        return
    rows: list[tuple[str, str, str, str]] = []
    for p in practices:
        said = _counted(found[p.id]) or "no site has answered yet"
        rows.append((p.id, p.name, said, listing(open_sites(found[p.id])) or "none"))
    heads = ("id", "practice", "answers", "no answer yet")
    if console.fits(heads, rows):
        console.table("What the sites answered", heads, rows)
    else:
        entries = [
            (f"{number} {name}", [said, f"No answer yet: {none}"]) for number, name, said, none in rows
        ]
        console.entries("What the sites answered", entries)


def _json(practice: "Practice", found: "list[Site]") -> dict[str, Any]:
    from servicestory.train.sites import open_sites

    return {
        "id": practice.id,
        "name": practice.name,
        "sites": [s.to_json() for s in found],
        "unanswered": open_sites(found),
    }


def in_words(found: "list[Site]") -> str:
    """The answers in one sentence, with the sites that have not answered."""
    from servicestory.train.sites import open_sites

    missing = listing(open_sites(found))
    return _counted(found) + (f"; no answer yet from {missing}." if missing else ".")


def _counted(found: "list[Site]") -> str:
    """Which sites gave which answer; of many only how many."""
    sites: dict[str, list[str]] = {}
    for one in found:
        if one.answer:
            sites.setdefault(one.answer, []).append(one.site)
    each = (
        f"{answer}: {listing(who) if len(who) <= NAMED else len(who)}"
        for answer, who in sorted(sites.items())
    )
    return "; ".join(each)
