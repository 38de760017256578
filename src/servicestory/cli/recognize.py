"""`servicestory recognize`: thanks due, the note for one story, and two stories for the team meeting."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import filled, given_name, today, who, workspace
from servicestory.cli.days import day_after
from servicestory.cli.naming import NAMES, Naming, only_with_json
from servicestory.errors import Problem, Usage
from servicestory.text import listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.models.monitoring import Recognition
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story
    from servicestory.monitor.recognition import Thanks
    from servicestory.workspace import Workspace

SHARING = {"private": "private", "team": "may be told to the team", "company": "may be told in the company",
           "external": "may be told to anybody"}  # fmt: skip


def recognize(
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="Show the thank-you note for this story.")
    ] = None,
    given: Annotated[
        bool, typer.Option("--given", help="The thank-you for STORY was given: record it.")
    ] = False,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="The thank-you for STORY was recorded by mistake.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NAME", help="With --given, --take-back: who was thanked."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who thanks (default: SERVICESTORY_BY, else open)."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="With --given: when (default: today).")
    ] = None,
    days: Annotated[
        int, typer.Option("--days", metavar="N", help="How far back thanks are still due.", min=1)
    ] = 90,
    unseen: Annotated[
        bool, typer.Option("--unseen", help="Teams, roles, sites and shifts that stories hardly ever name.")
    ] = False,
    names: NAMES = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Recognise: thank-you notes due, by story.

    Thanks are private, in the teller's words. Nobody is counted or ranked.

    Example: servicestory recognize 2026-09-14-the-late-ferry --given --by "Mara Lind"
    """
    if ((given or take_back) and not story) or (story and unseen) or (given and take_back):
        raise Usage(
            "These options do not go together", "", "See the examples with: servicestory recognize --help"
        )
    only_with_json(names, as_json)
    filled({"--to": to, "--on": on})
    from servicestory.models.monitoring import Observation, Recognition
    from servicestory.monitor import recognition

    ws = workspace()
    problems: list[Problem] = []
    if story and given:
        _give(ws, story, to, by, on)
        return
    if story and take_back:
        _take_back(ws, story, to, on)
        return
    practices = recognition.links(ws.practices(problems))
    if story:
        one = ws.story(story)
        item = recognition.thanks(one, practices.get(one.id, ()), _days(one.date), today())
        if as_json:
            naming = Naming(ws, [one], names)
            console.json({"schema": 1, **naming.plain(item.to_json(), one.id)})
            naming.say_withheld()
        else:
            item, alone = _without_giver(item, given_name(by), ws)
            if alone:
                console.out(f"{item.people[0]} did it, and nobody thanks themselves: {alone}.")
            else:
                _show_note(item, bool(one.people), given_name(by) or "", *_did(ws, one, item))
        return
    stories = ws.stories(problems)
    records = recognition.standing(ws.records("recognitions", Recognition, problems))
    if unseen:
        watched = ws.records("observations", Observation, problems)
        _show_unseen(ws.organisation(), stories, watched, as_json)
    else:
        due = recognition.due(stories, practices, records, today(), days)
        if as_json:
            from servicestory.cli.judging import House

            about = {item.story for item in due}
            house = House(ws, ws.organisation(), stories)
            naming = Naming(ws, [s for s in stories if s.id in about], names, house=house)
            console.json({"schema": 1, "due": [naming.plain(item.to_json(), item.story) for item in due]})
            naming.say_withheld()
        else:
            shown = [_without_giver(item, given_name(by), ws) for item in due]
            _show_due([item for item, alone in shown if not alone], days)
            _say_undated(recognition.undated(stories, records))
            if own := sum(bool(alone) for _, alone in shown):
                more = plural(own, "more story", "more stories")
                console.note(f"{more} of what you did yourself: somebody else could thank you.")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _days(partial: str | None) -> int | None:
    from servicestory.models.base import last_day

    return None if partial is None else max(0, (today() - last_day(partial)).days)


def _give(ws: Any, story_id: str, to: str | None, by: str | None, on: str | None) -> None:
    from servicestory.models.monitoring import Recognition
    from servicestory.monitor import recognition

    story, giver = ws.story(story_id), who(by)
    practices = recognition.links(ws.practices([])).get(story.id, ())
    item = recognition.thanks(story, practices, _days(story.date), today())
    people = ws.organisation()
    if to and people.person(to) not in map(people.person, story.people):
        to = _meant(to, story)
    thanked = [to] if to else story.people
    if len(thanked) == 1 and people.person(thanked[0]) == people.person(giver):
        step = "Let somebody else thank, and name them: --by NAME"
        raise Problem(f"{giver} did it, and nobody thanks themselves", "", step)
    made = Recognition(
        story=story.id,
        recipient=to,
        giver=giver,
        delivered_on=day_after(story, on, "the thank-you cannot have been given") or today().isoformat(),
        behaviour=item.behaviour,
        effect=item.effect,
        value=item.standard,
    )
    with ws.lock():
        known = recognition.standing(ws.records("recognitions", Recognition, []))
        if any(_says(r, made, story, people) for r in known):
            console.out(f"The thank-you for {story.id} was recorded before; nothing was added.")
            return
        ws.append("recognitions", [made])
    console.out(f"Recorded: the thank-you for {story.id} was given.")
    also = f' --to "{to}"' if to else ""
    console.note(f"If that was a mistake: servicestory recognize {story.id} --take-back{also}")


def _meant(to: str, story: "Story") -> str:
    """Who of a story is meant by a name that none of its people has; in a terminal it may be somebody else.

    Raises:
        Problem: nobody is, or nobody is there to say so.
    """
    from servicestory.detect.spellings import meant_of

    told = f"says that it was {listing(story.people)}" if story.people else "does not say yet who did it"
    what = f"{story.id} has no {to}: it {told}"
    like = meant_of(to, story.people)
    step = f"Did you mean {listing(like, 'or')}? " if like else ""
    if console.interactive():
        if len(like) == 1 and console.confirm(f"{what}. {step.strip()}", True):
            return like[0]
        if console.confirm(f"{'' if len(like) == 1 else f'{what}. '}Record the thanks to {to} all the same?"):
            return to
    everybody, too = ", ".join([*story.people, to]), " as well" if story.people else ""
    step += f'If {to} did it{too}: servicestory edit {story.id} --set people="{everybody}"'
    raise Problem(what, "", step)


def _take_back(ws: "Workspace", story_id: str, to: str | None, on: str | None) -> None:
    """Record that the last thanks for a story, to one of its people or on a day, were a mistake.

    Raises:
        Problem: there are none.
    """
    from servicestory.cli.days import given_day
    from servicestory.models.monitoring import Recognition
    from servicestory.monitor import recognition

    story, people, day = ws.story(story_id), ws.organisation(), given_day(on, "--on")
    with ws.lock():
        given = [
            one
            for one in recognition.standing(ws.records("recognitions", Recognition, []))
            if one.story == story.id
            and one.kind == "thanks"
            and (day is None or one.delivered_on == day)
            and (to is None or (one.recipient and people.person(one.recipient) == people.person(to)))
        ]
        if not given:
            which = f"{f' to {to}' if to else ''}{f' on {day}' if day else ''}"
            what = f"no thank-you{which} is recorded for {story.id}, so there is none to take back"
            raise Problem(
                what, "records/recognitions.jsonl", f"See the note: servicestory recognize {story.id}"
            )
        last = given[-1]
        ws.append("recognitions", [last.model_copy(update={"taken_back_on": today().isoformat()})])
    whom = last.recipient or listing(story.people)
    console.out(
        f"Taken back: the thank-you for {story.id}{f' to {whom}' if whom else ''} on {last.delivered_on}."
    )
    if len(given) > 1:
        console.note(f"{plural(len(given) - 1, 'thank-you')} recorded before it stays.")


def _says(known: "Recognition", new: "Recognition", story: "Story", house: "Organisation") -> bool:
    """Whether a record says already that this giver thanked these people for the story that day.

    Without a recipient all people of the story were thanked; a giver left open may be anybody.
    """
    if (known.story, known.kind, known.delivered_on) != (new.story, new.kind, new.delivered_on):
        return False
    from servicestory.models.base import NOBODY

    givers = {house.person(one.giver) for one in (known, new) if one.giver != NOBODY}
    before, now = (
        {house.person(name) for name in ([one.recipient] if one.recipient else story.people)}
        for one in (known, new)
    )
    return len(givers) < 2 and now <= before


def _without_giver(item: "Thanks", giver: str | None, ws: "Workspace") -> tuple["Thanks", str]:
    """The thanks to all but whoever gives them; and who else could, where it is nobody but them."""
    if not giver:
        return item, ""
    organisation = ws.organisation()
    own = organisation.person(giver)
    others = tuple(name for name in item.people if organisation.person(name) != own)
    if others or not item.people:
        return replace(item, people=others), ""
    me = organisation.colleague(giver)
    beside = [p.name for p in organisation.staff if organisation.person(p.name) != own]
    near = [p.name for p in organisation.staff if p.name in beside and me and p.site and p.site == me.site]
    named = listing((near or beside)[:2], "or") or "a colleague"
    return item, f"ask somebody else to, for example {named}, with --by NAME"


def _did(ws: "Workspace", story: "Story", item: "Thanks") -> tuple[list[str], list[tuple[str, ...]]]:
    """What the story tells they did, said to them, and who of them did each; none where it gives no line."""
    from servicestory.cli.tell import Words
    from servicestory.monitor.told import partly
    from servicestory.train.closing import MOST, done

    if item.practice is None:
        return [], []
    words = Words(ws)
    steps = words.deeds(story.id, item.practice)[:MOST]
    places = [cite for step in steps for cite in step.cites if cite.story == story.id]
    if item.quoted and partly(story, places, len(steps)):
        return [], []  # a line of a practice leaves out what else they did: the sentence says all of it
    said = done([step.text for step in steps], words.organisation.customer)
    return said, words.doers(story, steps)


def _show_note(item: "Thanks", gone: bool, giver: str, did: list[str], by: list[tuple[str, ...]]) -> None:
    """The note; where it would thank nobody, or for nothing in particular, what is missing instead."""
    from servicestory.monitor.recognition import note

    if not item.people:
        if gone:
            console.out(
                f"There is nobody to thank: who did it was removed from this workspace ({item.story})."
            )
            return
        console.out(f"There is nobody to thank yet: {item.story} says in no `people` who did it.")
        console.note(f"Write it in with: servicestory edit {item.story}")
    elif not (did or item.behaviour or item.quoted):
        whom = listing(list(item.people))
        console.out(f"No sentence of {item.story} was found to say what {whom} did, so there is no note yet.")
        console.note(f"Write what it was as a line of `behaviours` with: servicestory edit {item.story}")
    else:
        console.out(note(item, giver, did, by))
        console.note(
            f"({SHARING[item.sharing]}; when it was given: servicestory recognize {item.story} --given)"
        )


def _show_due(due: "list[Thanks]", days: int) -> None:
    """Whom to thank, by name: whoever gives the thanks has to know."""
    if not due:
        console.out(f"No thank-you is due for stories of the last {plural(days, 'day')}.")
        return
    rows = [
        (
            t.story,
            listing(list(t.people)),
            t.days if t.date and len(t.date) == len("2026-01-31") else t.date,
            one_line(t.behaviour or (t.title if t.title != t.story else t.story_text) or t.title, 70),
            one_line(t.effect or "", 50),
            t.sharing,
        )
        for t in due
    ]
    columns = ("story", "whom", "days", "for what they did", "effect", "sharing")
    if console.fits(columns, rows):
        console.table("Thanks due, oldest first", columns, rows)
    else:
        console.entries(
            "Thanks due, oldest first",
            [
                (
                    f"{ref} ({plural(ago, 'day') if isinstance(ago, int) else ago}, {sharing})",
                    [f"{whom}: {done}", f"What came of it: {effect}" if effect else ""],
                )
                for ref, whom, ago, done, effect, sharing in rows
            ],
        )
    console.note(f"See a note with: servicestory recognize {due[0].story}")


def _say_undated(ids: list[str]) -> None:
    """Stories without a date are never due; who did them is to be thanked all the same."""
    if ids:
        have = "story names somebody and has" if len(ids) == 1 else "stories name somebody and have"
        console.note(
            f"{len(ids)} more {have} no date, so nobody can say if thanks are due, for example {ids[0]}. "
            f"See the note with: servicestory recognize {ids[0]}"
        )


def _show_unseen(organisation: Any, stories: Any, watched: Any, as_json: bool) -> None:
    from servicestory.monitor.recognition import unseen

    groups, hidden = unseen(organisation, stories, today(), watched)
    if as_json:
        console.json({"schema": 1, "groups": groups, "hidden": hidden})
        return
    if groups:
        rows = [
            (
                g["kind"],
                g["group"],
                f"{g['size']} of {g['of']} {'watched' if g['kind'] == 'shift' else 'people'}",
                g["stories"],
                g["expected"],
                "hardly ever" if g["unseen"] else "",
            )
            for g in groups
        ]
        columns = ("", "group", "exposure", "stories", "expected by it", "named")
        console.table("Whose work the stories of the last year name", columns, rows)
        console.note(
            "Expected is what chance would give by the number of people, for shifts by the opportunities "
            "watched. Hardly ever named: ask what keeps the work out of sight."
        )
    else:
        console.out(
            "No team, role, site or shift is large enough to be held against another. List staff, `people` "
            "of teams or `eligible` of sites in servicestory.yaml, or record the shift with: servicestory "
            "observe"
        )
    if hidden:
        console.note(
            f"{plural(hidden, 'group')} of fewer than {organisation.privacy.smallest_group} people not shown."
        )
