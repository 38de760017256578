"""`servicestory practices`: the list, strongest first."""

from typing import Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import workspace
from servicestory.cli.evidence import counts, strongest_first
from servicestory.errors import Problem, Usage, nearest
from servicestory.models.practice import Practice
from servicestory.text import plural

HIDDEN = ("rejected", "merged", "retired")


def practices(
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="STATUS", help="Only practices in this state, e.g. candidate."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Rejected, retired and merged ones too, and those no story shows now."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Detect: list the practices.

    Example: servicestory practices --status candidate
    """
    from typing import get_args

    from servicestory.models.practice import Status

    if status is not None and status not in get_args(Status):
        like = nearest(status, list(get_args(Status)))
        hint = f"Did you mean '{like}'? " if like else ""
        raise Usage(
            f"'{status}' is not a state of a practice", "", f"{hint}There are: {', '.join(get_args(Status))}"
        )
    found: list[Problem] = []
    ws = workspace()
    organisation = ws.organisation()
    stories = {story.id: story for story in ws.stories(found)}
    every = ws.practices(found)
    told = {p.id: counts(p, stories, organisation.periods.kind) for p in every}
    shown = [p for p in every if _wanted(p, status, everything, bool(told[p.id].stories))]
    shown = strongest_first(shown, told)
    if as_json:
        console.json(
            {
                "schema": 1,
                "practices": [
                    {
                        "id": p.id,
                        "name": p.name,
                        "status": p.status,
                        **told[p.id]._asdict(),
                        "verdict": p.verdict.label if p.verdict else None,
                        "owner": p.owner,
                        "standard": p.standard,
                    }
                    for p in shown
                ],
            }
        )
    elif shown:
        rows = [
            (p.id, p.name, p.status, *told[p.id], p.verdict.label if p.verdict else "not yet judged")
            for p in shown
        ]
        _show(rows)
        waiting = sum(p.status == "candidate" for p in shown)
        if waiting:
            console.note(
                f"{plural(waiting, 'candidate waits', 'candidates wait')} for a decision: servicestory review"
            )
    elif every:
        console.out("No practice to list here; see the rest with: servicestory practices --all")
    elif not found:
        console.out("There are no practices yet. Find them in the stories with: servicestory detect")
    if found:
        console.problems(found)
        raise typer.Exit(1)


def _show(rows: list[tuple[Any, ...]]) -> None:
    """A table where it fits, else two lines for each practice."""
    columns = ("id", "practice", "state", "stories", "people", "sites", "periods", "verdict")
    title = plural(len(rows), "practice")
    if console.fits(columns, rows):
        console.table(title, columns, rows)
        return
    found = []
    for ref, name, state, stories, people, sites, periods, verdict in rows:
        seen = (
            f"{plural(stories, 'story', 'stories')}, {plural(people, 'person', 'people')}, "
            f"{plural(sites, 'site')}, {plural(periods, 'period')}"
        )
        found.append((f"{ref}  {name}", [f"    {state}, {verdict}: {seen}"]))
    console.entries(title, found)


def _wanted(practice: Practice, status: str | None, everything: bool, has_stories: bool) -> bool:
    if status is not None:
        return practice.status == status
    return everything or (practice.status not in HIDDEN and (has_stories or practice.status != "candidate"))
