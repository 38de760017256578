"""`servicestory lineup`: two stories for this week's team meeting, each tied to a standard."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, who, workspace
from servicestory.cli.naming import NAMES, Naming, only_with_json
from servicestory.errors import Problem

if TYPE_CHECKING:
    from servicestory.monitor.recognition import Thanks


def lineup(
    told: Annotated[
        bool, typer.Option("--told", help="They were told: record it, and do not offer them again.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="NAME", help="With --told: who told them (default: SERVICESTORY_BY, else open)."
        ),
    ] = None,
    names: NAMES = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Recognise: two stories for this week's team meeting.

    Each shows a practice that serves one of your standards, was not told before, and names nobody who did not
    agree. The standard that was told longest ago comes first.

    Example: servicestory lineup --told
    """
    only_with_json(names, as_json)
    from servicestory.models.monitoring import Recognition
    from servicestory.monitor import recognition

    ws = workspace()
    problems: list[Problem] = []
    practices = recognition.links(ws.practices(problems))
    records = ws.records("recognitions", Recognition, problems)
    stories = ws.stories(problems)
    chosen = recognition.lineup(stories, practices, records, today())
    if told and chosen:
        ws.append(
            "recognitions",
            [
                Recognition(
                    story=t.story, kind="lineup", giver=who(by), delivered_on=today().isoformat(),
                    behaviour=t.behaviour, value=t.standard,
                )
                for t in chosen
            ],
        )  # fmt: skip
    about = {item.story for item in chosen}
    # The team hears it: on the screen, too, only who agreed to that is named.
    naming = Naming(ws, [s for s in stories if s.id in about], names or not as_json, "team")
    if as_json:
        console.json({"schema": 1, "lineup": [naming.plain(t.to_json(), t.story) for t in chosen]})
        naming.say_withheld()
    else:
        _show(chosen, ws.organisation(), naming, told)
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _show(chosen: "list[Thanks]", organisation: Any, naming: Naming, told: bool) -> None:
    standards = {s.id: s.name for s in organisation.standards}
    if not chosen:
        console.out(
            "No story fits: it must show a practice that serves a standard, not have been told before, and "
            "name nobody, or have the consent of those it names."
        )
    for item in chosen:
        words = f"“{item.words.strip('“”')}”" if item.words else None
        console.heading(f"{naming.plain(item.title, item.story)} ({item.story})")
        console.out(f"Standard: {standards.get(item.standard or '', item.standard)}")
        for what, text in (
            ("What was done", item.behaviour),
            ("What came of it", item.effect),
            ("In the teller's words", words),
        ):
            if text:
                console.out(f"{what}: {naming.plain(text, item.story)}")
        console.out("Ask: when could we do this tomorrow?\n")
    if chosen:
        console.note("Recorded as told." if told else "When they were told, add --told.")
