"""`servicestory consent`: who agreed that a story is retold, who did not, and who is still to be asked."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import filled, today, workspace
from servicestory.cli.days import given_day
from servicestory.cli.titles import nameless
from servicestory.collect.add import RETOLD
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import folded, listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.models.organisation import Person
    from servicestory.models.practice import Practice
    from servicestory.models.story import Consent, Story
    from servicestory.workspace import Workspace

USES = (*RETOLD, "external")
SHOWN = 3
"""Stories to ask for, of each practice: as many as one asks for in a day."""


def consent(
    stories: Annotated[
        list[str] | None, typer.Argument(metavar="[STORY]...", help="The stories somebody was asked about.")
    ] = None,
    agreed: Annotated[bool, typer.Option("--agreed", help="It may be retold, without names.")] = False,
    refused: Annotated[bool, typer.Option("--refused", help="It may not; nobody asks again.")] = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="What was agreed is taken back.")] = False,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="The last --withdrawn was a mistake: all is as before.")
    ] = False,
    uses: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="USES",
            help="With --agreed: for what (team, company, training, external; default: all but external).",
        ),
    ] = None,
    party: Annotated[
        str | None,
        typer.Option(
            "--party",
            metavar="WHO",
            help="Who was asked (default: whoever told the story; with --withdrawn: all who agreed).",
        ),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When (default: today).")] = None,
    practice: Annotated[
        str | None, typer.Option("--practice", metavar="P", help="Only stories that show this practice.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List every story nobody was asked about.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Collect: who agreed that a story may be retold.

    Without a story it says who is still to be asked, first where training documents wait for it: they tell
    a story in its teller's words only when the teller agreed. With stories it writes the answer into each.

    Example: servicestory consent 2026-10-03-umbrella 2026-10-04-late-soup --agreed

    Example: servicestory consent --practice P-0007
    """
    from servicestory.consent import in_words

    party = one_line(party) if party else party  # what nobody sees would make two of one
    filled({"--for": uses, "--party": party, "--on": on, "--practice": practice})
    answers = {"--agreed": agreed, "--refused": refused, "--withdrawn": withdrawn, "--take-back": take_back}
    given = [name for name, said in answers.items() if said]
    if len(given) > 1:
        raise Usage(f"{listing(given)} cannot both be true", "", "Give one of them")
    ws = workspace()
    if not stories:
        for name, value in (("--for", uses), ("--party", party), ("--on", on)):
            given += [name] if value else []
        if given:
            answer_of = given[0] if given[0] in answers else "--agreed"
            step = f"Name the stories: servicestory consent STORY {answer_of}"
            raise Usage(f"{given[0]} needs a story", "", step)
        _list(ws, practice, every, as_json)
        return
    if practice or every or as_json:
        raise Usage("--practice, --all and --json are for the list", "", "Leave the stories away")
    if uses and not agreed:
        raise Usage("--for says what was agreed to", "", "Add --agreed")
    ids = list(dict.fromkeys(stories))
    if not given:
        for story in ws.some_stories(ids):
            console.out(f"{story.id}: {in_words(story)}")
        return
    answer: list[Any] = _uses(uses) if agreed else []
    day = given_day(on, "--on")
    if take_back and day:
        raise Usage("--on says when somebody answered", "", "Leave it away with --take-back")
    staff = ws.organisation().staff
    with ws.lock():
        new = {}
        for story in ws.some_stories(ids):
            whom = _party(story, party, staff) if party else None
            if take_back:
                new[story.id] = _restored(story, whom)
            else:
                new[story.id] = (
                    _taken_back(story, day, whom) if withdrawn else _with(story, answer, day, whom, staff)
                )
        fields = {
            ref: {"consent": [c.model_dump(exclude_none=True) for c in those]} for ref, those in new.items()
        }
        changed = ws.edit_stories(fields)
        for story in changed:
            console.out(f"{story.id}: {in_words(story)}")
    if agreed:
        for story in changed:
            _say_back(story)
    console.note(
        "Documents follow when they are made again: servicestory train."
        if agreed or take_back
        else "What was made before may still tell it: make it again, and destroy the copies you gave away."
    )


def _uses(given: str | None) -> list[str]:
    """What was agreed to, as it stands in a story.

    Raises:
        Usage: one of them is none.
    """
    if given is None:
        return list(RETOLD)
    said = [word for word in given.casefold().replace(",", " ").split() if word]
    for word in said:
        if word not in USES:
            near = nearest(word, USES)
            step = f"Did you mean {near}?" if near else f"There are {listing(list(USES))}"
            raise Usage(f"'{one_line(word, 40)}' is nothing to agree to", "--for", step)
    return [use for use in USES if use in said]


def _party(story: "Story", given: str, staff: "list[Person]") -> str:
    """Who of a story was asked, as it names them; somebody it does not name stays as typed, and that is said.

    Raises:
        Problem: it may be several, or a slip.
    """
    from servicestory.consent import parties
    from servicestory.detect.spellings import meant_of
    from servicestory.wording.given import is_given

    found = parties(story, given, staff)
    if len(found) == 1:
        return found[0]
    if found or (like := meant_of(given, story.people)):
        named = listing(story.people)
        step = f"Did you mean {listing(found or like, 'or')}? Give the name as the story has it, with --party"
        raise Problem(f"{story.id} has no {given}: it names {named}", "", step)
    known = any(folded(given) == folded(n) for person in staff for n in (person.name, *person.aliases))
    if story.people and (known or is_given(given.split()[0])):
        console.note(
            f"{story.id} names {listing(story.people)}; {given} counts as whoever told it, or another who "
            "was asked."
        )
    return given


def _with(
    story: "Story", uses: list[Any], day: str | None, party: str | None, staff: "list[Person]"
) -> "list[Consent]":
    """The story's consents with the answer: in the place of an older one of the same party."""
    from servicestory.consent import parties
    from servicestory.models.story import Consent

    who = party or (story.reporter.role if story.reporter else None) or "teller"
    others = [
        one
        for one in story.consent
        if folded(one.party) != folded(who) and parties(story, one.party, staff) != [who]
    ]
    return [*others, Consent(party=who, uses=uses, on=day or today().isoformat())]


def _restored(story: "Story", party: str | None) -> "list[Consent]":
    """The story's consents as they were before somebody's last withdrawal.

    Raises:
        Problem: nothing was taken back.
    """
    meant = [c for c in story.consent if c.withdrawn_on and party in (None, c.party)]
    if not meant:
        agreed = [c.party for c in story.consent if c.uses and party in (None, c.party)]
        if agreed:
            what = f"what {listing(agreed)} agreed to stands: --take-back undoes a --withdrawn"
            raise Problem(
                f"{what}, and there is none",
                story.id,
                f"To take it back: servicestory consent {story.id} --withdrawn",
            )
        who = f"{party} took nothing back" if party else "nothing was taken back"
        raise Problem(who, story.id, f"Look with: servicestory consent {story.id}")
    last = max(c.withdrawn_on or "" for c in meant)
    return [
        one.model_copy(update={"withdrawn_on": None}) if one in meant and one.withdrawn_on == last else one
        for one in story.consent
    ]


def _say_back(story: "Story") -> None:
    """Who took back what they agreed to, where somebody else agrees: it counts for nobody else."""
    if back := [c.party for c in story.consent if c.withdrawn_on]:
        console.note(
            f"What {listing(back)} took back stays so, and {story.id} is not retold. Where that was a "
            f"mistake: servicestory consent {story.id} --take-back"
        )


def _taken_back(story: "Story", day: str | None, party: str | None) -> "list[Consent]":
    """The story's consents with what was agreed taken back; what was already keeps its day, or gets ``day``.

    Raises:
        Problem: nothing was agreed that could be taken back, or not until after that day.
    """
    from servicestory.models.base import first_day, last_day

    meant = [c for c in story.consent if c.uses and (party is None or folded(c.party) == folded(party))]
    if not meant:
        who = f"{party} agreed to" if party else "was agreed to"
        did = listing([c.party for c in story.consent if c.uses])
        step = f"{f'Who agreed: {did}. ' if did else ''}To keep a no, use --refused"
        raise Problem(f"nothing {who} that could be taken back", story.id, step)
    still = [c for c in meant if not c.withdrawn_on]
    since = day or today().isoformat()
    changed = still or (meant if day else [])
    for one in changed:
        if one.on and last_day(since) < first_day(one.on):
            step = f"Look at the day, or at that of the consent: servicestory consent {story.id}"
            raise Problem(
                f"{one.party} agreed on {one.on}, and took it back on {since}, before", story.id, step
            )
    return [
        one.model_copy(update={"withdrawn_on": since}) if one in changed else one for one in story.consent
    ]


def _list(ws: "Workspace", wanted: str | None, every: bool, as_json: bool) -> None:
    """How many agreed, and who is to be asked."""
    from servicestory.consent import teller_asked

    problems: list[Problem] = []
    stories = {story.id: story for story in ws.stories(problems)}
    live = [ws.practice(wanted)] if wanted else _live(ws, problems)
    if wanted:
        shown = {place.story for place in live[0].evidence}
        stories = {one: story for one, story in stories.items() if one in shown}
    can = {s.id for s in stories.values() if s.all_agreed_to("training", on=today())}
    cannot = [s.id for s in stories.values() if s.refused("training", on=today())]
    brought = [s.id for s in stories.values() if not s.consent and s.source]
    staff = ws.organisation().staff
    ask = sorted(s.id for s in stories.values() if not s.source and not teller_asked(s, staff))
    told_of = sum(bool(stories[one].consent) for one in ask)
    if as_json:
        counts = {"agreed": len(can), "not_agreed": len(cannot), "imported": len(brought)}
        console.json(
            {"schema": 1, **counts, "to_ask": nameless(ws, [{"id": one} for one in ask])}, lines=True
        )
    elif not stories:
        console.out("There are no stories yet. Tell one with: servicestory add")
    else:
        kept = f", of {len(brought):,} imported ones nobody can be asked" if brought else ""
        console.out(
            f"Of {plural(len(stories), 'story', 'stories')} training may retell {len(can):,} and may not "
            f"retell {len(cannot):,}; of {len(ask) - told_of:,} nobody was asked{kept}."
        )
        if told_of:
            console.out(f"Of {told_of:,} only somebody it tells of was asked, and not yet whoever told it.")
        _who_to_ask(ws, [stories[one] for one in ask], live, can, bool(every or wanted))
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _live(ws: "Workspace", problems: list[Problem]) -> "list[Practice]":
    from servicestory.models.practice import LIVE

    return [p for p in ws.practices(problems) if p.status in LIVE]


def _who_to_ask(
    ws: "Workspace", ask: "list[Story]", live: "list[Practice]", can: set[str], every: bool
) -> None:
    """The stories nobody was asked about, by the practice that waits for them; then all others."""
    left = {story.id: story for story in ask}
    waiting = sorted(live, key=lambda p: (len(can & {e.story for e in p.evidence}), p.id))
    for practice in waiting:
        mine = sorted({e.story for e in practice.evidence if not e.doubtful} & left.keys())
        if not mine:
            continue
        told = len(can & {e.story for e in practice.evidence})
        console.heading(
            f"{practice.id} {one_line(practice.name)}: {told:,} may be retold, "
            f"{plural(len(mine), 'story', 'stories')} to ask for"
        )
        _rows(ws, [left.pop(one) for one in (mine if every else mine[:SHOWN])])
        if not every and len(mine) > SHOWN:
            console.out(f"  … all: servicestory consent --practice {practice.id}")
    if every and left:
        if live:
            console.heading(f"Other stories: {len(left):,}")
        _rows(ws, list(left.values()))
    elif left and not live:
        console.note("List them: servicestory consent --all")
    if ask:
        console.note("When somebody was asked: servicestory consent STORY --agreed (or --refused)")


def _rows(ws: "Workspace", stories: "list[Story]") -> None:
    """Who told each story, and where, so that it is known whom to ask."""
    titles = nameless(ws, [{"id": s.id, "title": s.title or ""} for s in stories])
    for story, row in zip(stories, titles, strict=True):
        teller = (story.reporter.role if story.reporter else None) or "nobody on record"
        where = f", {story.site}" if story.site else ""
        console.out(f"  {story.id}")
        console.out(
            f"      {one_line(row['title'], 60)} (told by: {one_line(teller, 40)}{one_line(where, 40)})"
        )
