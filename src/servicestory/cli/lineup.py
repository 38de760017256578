"""`servicestory lineup`: two stories for this week's team meeting, each tied to a standard."""

from typing import TYPE_CHECKING, Annotated

import typer

from servicestory import console
from servicestory.cli.app import today, who, workspace
from servicestory.cli.naming import NAMES, Naming, only_with_json
from servicestory.errors import Problem
from servicestory.text import listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.models.organisation import Standard
    from servicestory.models.story import Story
    from servicestory.monitor.recognition import Thanks
    from servicestory.workspace import Workspace


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
    from servicestory.cli.judging import House
    from servicestory.models.monitoring import Recognition
    from servicestory.models.practice import LIVE
    from servicestory.monitor import recognition

    ws = workspace()
    problems: list[Problem] = []
    practices = recognition.links(ws.practices(problems))
    records = recognition.standing(ws.records("recognitions", Recognition, problems))
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
    house = House(ws, ws.organisation(), stories)
    # The team hears it: on the screen, too, only who agreed to that is named.
    naming = Naming(ws, [s for s in stories if s.id in about], names or not as_json, "team", house)
    if as_json:
        console.json({"schema": 1, "lineup": [naming.plain(t.to_json(), t.story) for t in chosen]})
        naming.say_withheld()
    else:
        _show(ws, chosen, {s.id: s for s in stories}, naming, told)
        failing = recognition.unfit(stories, practices, records, today())
        if chosen:
            _say_waiting(failing)
        else:
            known = {p.id: p.status not in LIVE for found in practices.values() for p in found}
            first = min(known, key=lambda ref: (known[ref], ref), default=None)  # one decided on, if any is
            place = ws.practice_place(first) if first else None
            _say_unfit(len(stories), failing, place, ws.organisation().standards)
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _show(
    ws: "Workspace",
    chosen: "list[Thanks]",
    stories: "dict[str, Story]",
    naming: Naming,
    told: bool,
) -> None:
    standards = {s.id: s.name for s in ws.organisation().standards}
    called = {p.id: p.name for p in ws.practices([])} if chosen else {}
    for item in chosen:
        words = f"“{item.words.strip('“”')}”" if item.words else None
        console.heading(naming.called(stories[item.story]))
        console.out(f"Standard: {standards.get(item.standard or '', item.standard)}")
        if item.practice:
            console.out(f"Practice: {item.practice} {one_line(called[item.practice])}")
        for what, text in (
            ("What was done", " … ".join(item.quoted)),
            ("What came of it", item.effect),
            ("In the customer's words", words),
        ):
            if text:
                console.out(f"{what}: {naming.plain(text, item.story)}")
        console.out("Ask: when could we do this tomorrow?\n")
    if chosen:
        console.note("Recorded as told." if told else "When they were told, add --told.")


def _say_waiting(failing: dict[str, list[str]]) -> None:
    """How many more could be told if those they name were asked, and where the answer is written."""
    others = {story for why, failed in failing.items() if why != "asked" for story in failed}
    if waiting := [story for story in failing["asked"] if story not in others]:
        count = plural(len(waiting), "more story", "more stories")
        name = "it names" if len(waiting) == 1 else "they name"
        console.note(
            f"{count} could be told, but {name} people whom nobody has asked. Ask them, and keep who agreed "
            + _how_to_agree()
        )


def _how_to_agree() -> str:
    return 'with: servicestory consent STORY --agreed --party "Anna Berg"'


def _say_unfit(
    stories: int, failing: dict[str, list[str]], practised: str | None, standards: "list[Standard]"
) -> None:
    """Why no story fits, condition by condition, and what to do about the one that most stories fail."""
    if not stories:
        console.out("No story fits: there is none yet.")
        console.note("Tell one with: servicestory add")
        return
    said = {
        "standard": ("shows no practice that serves a standard", "show no practice that serves a standard"),
        "told": ("was told before", "were told before"),
        "asked": ("names people whom nobody has asked", "name people whom nobody has asked"),
        "consent": (
            "may not be told to the team, for somebody who was asked did not agree",
            "may not be told to the team, for somebody who was asked did not agree",
        ),
        "date": ("has no date, or one ahead", "have no date, or one ahead"),
        "happy": ("is rated low by its customer", "are rated low by their customers"),
    }
    counts = [f"{len(failed):,} {said[why][len(failed) != 1]}" for why, failed in failing.items() if failed]
    console.out(f"No story fits: of {plural(stories, 'story', 'stories')} {listing(counts)}.")
    most = max(failing, key=lambda why: len(failing[why]))
    console.note(
        {
            "standard": _how_to_serve(practised, standards),
            "told": "Tell a new story with: servicestory add",
            "asked": f"Ask them, and keep who agreed {_how_to_agree()}",
            "consent": f"Where somebody agrees after all, keep it {_how_to_agree()}",
            "happy": "Tell a new story with: servicestory add",
            "date": "Write the day into a story (`date:`) with: servicestory edit STORY",
        }[most]
    )


def _how_to_serve(practice: str | None, standards: "list[Standard]") -> str:
    """What to write, and where, so that a practice serves a standard.

    Args:
        practice: the place of one that stories show.
    """
    if practice is None:
        return "Look for practices with: servicestory detect"
    serve = f"{practice}: say which standard this practice serves, in a line like this: standard: "
    if standards:
        return serve + " or ".join(standard.id for standard in standards[:3])
    return (
        "No standard is written down yet. Write what you promise into servicestory.yaml, like this:\n"
        "  standards:\n"
        "    - {id: arrival, name: Nobody waits on arrival}\n"
        f"Then, in {serve}arrival"
    )
