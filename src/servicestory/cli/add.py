"""`servicestory add`: one story, by questions, flags, a form, a file or standard input."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import workspace
from servicestory.cli.days import given_day
from servicestory.cli.draft import Draft, kept, refused, says, staffed
from servicestory.cli.from_file import from_file
from servicestory.cli.piped import plain_text, readable, say_unread
from servicestory.cli.questions import ask
from servicestory.cli.redacted import cleaned
from servicestory.cli.told_before import Again, refuse_double
from servicestory.collect.people_told import people_in, people_told
from servicestory.errors import Problem, Usage, nearest

if TYPE_CHECKING:
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

# Options whose field in a story has another name; the others that tell something have their own.
FIELDS = {
    "text": "narrative",
    "person": "people",
    "behaviour": "behaviours",
    "tag": "tags",
    "why": "why_significant",
}
_MISTYPED = 0.8  # how like an option one must be that there is not, 0 to 1, to be that one mistyped
_TELL_NOTHING = (
    "file",
    "edit",
    "resume",
    "draft",
    "drafts",
    "discard",
    "again",
    "reflect",
    "question",
    "share",
    "help",
)


def add(
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT", help="What happened, as told ('-': standard input)."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A short title; default: the first words.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="2026-08-14, 2026-08, 2026-Q3, yesterday, last friday; default: today."
        ),
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Who did it; again for each.")
    ] = None,
    site: Annotated[str | None, typer.Option(metavar="NAME", help="Where.")] = None,
    team: Annotated[str | None, typer.Option(metavar="NAME", help="Which team.")] = None,
    behaviour: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="One thing somebody did that others could copy; again for each."),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(metavar="TEXT", help="How it ended for the customer.")
    ] = None,
    quote: Annotated[str | None, typer.Option(metavar="TEXT", help="What the customer said.")] = None,
    rating: Annotated[str | None, typer.Option(metavar="9/10", help="The customer's rating.")] = None,
    internal: Annotated[bool, typer.Option("--internal", help="The customer was a colleague.")] = False,
    recovery: Annotated[bool, typer.Option("--recovery", help="A failure was put right.")] = False,
    tag: Annotated[list[str] | None, typer.Option(metavar="WORD", help="A tag; again for each.")] = None,
    channel: Annotated[str | None, typer.Option(metavar="TEXT", help="Such as desk, phone, chat.")] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why it matters.")] = None,
    reporter: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Who tells it, by role, not by name.")
    ] = None,
    consent: Annotated[
        str | None,
        typer.Option(metavar="yes|no", help="Whether its teller agreed that it is retold, without names."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            metavar="FILE",
            readable=False,
            help="A story (or several) as YAML, or a plain text.",
        ),
    ] = None,
    edit: Annotated[
        bool, typer.Option("--edit", help="Write it in your editor ($EDITOR), in a form.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Take up what was interrupted or not accepted.")
    ] = False,
    which: Annotated[
        str | None, typer.Option("--draft", metavar="DRAFT", help="With --resume: which; default: the last.")
    ] = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="List what waits to be finished, with its age; tells nothing.")
    ] = False,
    discard: Annotated[
        list[str] | None,
        typer.Option("--discard", metavar="DRAFT", help="Throw a draft away; again for each."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Keep it though a story in the same words is there already.")
    ] = False,
    reflect: Annotated[
        bool,
        typer.Option("--reflect", help="No story: answer a question about your own work, for yourself."),
    ] = False,
    question: Annotated[
        int | None, typer.Option("--question", metavar="N", help="With --reflect: which of the five.")
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="With --reflect: the review may quote it, without a name.")
    ] = False,
) -> None:
    """Collect: tell a story, in a minute.

    Without options it asks at most five questions, and whether the story may be retold. Prints the id of the
    new story on standard output.
    With --reflect it asks one about your own work, such as what you want to be remembered for.

    Example: servicestory add --text "She walked the guest to the pharmacy" --person "Anna Berg"
    """
    told: dict[str, Any] = {
        "title": title,
        "narrative": text,
        "people": person,
        "site": site,
        "team": team,
        "behaviours": behaviour,
        "outcome": outcome,
        "quote": quote,
        "rating": rating,
        "internal": internal,
        "recovery": recovery,
        "tags": tag,
        "channel": channel,
        "why_significant": why,
        "reporter": reporter,
        "consent": consent,
    }
    flags = {name: readable(value) for name, value in told.items() if value}
    if person and not (people := _each(flags["people"])):
        del flags["people"]
        what = f"--person {' '.join(person)!r} names nobody"
        raise refused(
            Draft(workspace(), flags), Usage(what, "", 'Write it like --person "Anna Berg", or leave it out')
        )
    if person:
        flags["people"] = people
    if reflect or share or question is not None:
        if not reflect:
            raise Usage("--question and --share belong to --reflect", "", "Add --reflect")
        if set(flags) - {"narrative"} or date or file is not None or edit or resume:
            raise Usage("A reflection is no story", "", "With --reflect give --text and --question only")
        from servicestory.cli.reflect import reflect as asked

        answer = flags.get("narrative")
        if answer == "-" or (answer is None and not console.interactive()):
            typed = sys.stdin.buffer.read()
            answer = plain_text(typed) if typed.strip() else None
        asked(workspace(), question, answer, share)
        return
    if drafts or discard:
        if flags or date or file is not None or edit or resume or which is not None:
            raise Usage("--drafts and --discard tell no story", "", "Leave the other options away")
        from servicestory.cli import waiting

        waiting.discard(workspace(), discard or [])
        if drafts:
            waiting.show(workspace())
        return
    if which is not None and not resume:
        raise Usage("--draft says which draft to take up", "", "Add --resume")
    if which is not None and not which.strip():
        step = "Name one (servicestory add --drafts lists them), or leave --draft out for the last"
        raise Usage("--draft names no draft", "", step)
    if sum((file is not None, edit, resume)) > 1 or (file and text):
        one = "Only one of --text, --file, --edit and --resume tells the story"
        raise refused(Draft(workspace(), flags), Usage(one, "", "Leave the others away"))
    into = workspace()
    piped = flags.get("narrative") == "-"
    if file is not None:
        flags |= _given(date)
        from servicestory.cli.doubted import as_listed
        from servicestory.cli.nameless import names_told

        known = names_told(into.root)["people"]
        told_in = from_file(
            file, flags, staffed(into), known, lambda fields: as_listed(into, cleaned(into, fields))
        )
        _keep_all(into, told_in, again)
        say_unread()
        return
    draft = Draft(into)
    if resume:
        draft.take_up(which)
    elif into.drafts() and console.interactive():
        console.note("A story that was begun is still waiting; take it up with: servicestory add --resume")
    piped = piped or not (edit or resume or console.interactive() or says(flags))
    if piped:
        flags["narrative"] = plain_text(sys.stdin.buffer.read())
    draft.fields |= flags | ({"date": date} if date else {})
    try:
        draft.fields |= _given(date)  # here, since a day nobody can read must not lose what was told
        if edit or (resume and draft.broken and console.interactive()):
            if not draft.edited():
                console.note("Nothing was written into the form, so nothing is kept.")
                return
        elif console.interactive() and not says(flags):
            ask(draft)
        story = draft.story()
        if console.interactive():
            from servicestory.cli.doubted import settle

            if settle(draft, story):
                story = draft.story()
        if not again:
            refuse_double(into, story)
        _keep(into, story, asked=console.interactive())
    except Problem as problem:
        if isinstance(problem, Again) and not problem.more:
            draft.drop()  # every word of it is kept already
            raise
        raise refused(draft, problem) from None
    except OSError:  # of what was printed: the story is kept
        draft.drop_refused()
        raise
    except (KeyboardInterrupt, typer.Abort):
        if there := kept(draft):
            console.note(f"\n{there}")
        raise
    except Exception:  # our own fault must not cost a story
        if there := kept(draft):
            console.note(there)
        raise
    draft.drop_refused()
    if not piped:
        say_unread()


def _each(given: list[str]) -> list[str]:
    """What `--person` names, of which one may hold several, set apart as in an answer; "Berg, Anna" is one.

    What names nobody ("me") is among it, so that it is said once with the rest.
    """
    given = [one for one in given if re.search(r"[^\W_]", one)]
    if any("," in one for one in given):
        given = [name for one in given for name in people_in(one)]
    told = [([one], []) if "," in one else people_told(one) for one in given]
    return [part for names, nobody in told for part in (*names, *nobody)]


def _keep_all(into: "Workspace", stories: "list[Story]", again: bool) -> None:
    """Keep the stories of a file; those that are there already are said and left.

    Raises:
        Again: all of them are there.
    """
    there = []
    for story in stories:
        try:
            if not again:
                refuse_double(into, story)
        except Again as problem:
            there.append(problem)
        else:
            _keep(into, story)
    if len(there) == len(stories) == 1:
        raise there[0]
    for known in there:
        console.note(str(known))
    if len(there) == len(stories):
        raise Again("Every story of this file is there already", "", "Add --again to keep them as well")


def _given(date: str | None) -> dict[str, str]:
    """The day that was given, as a field; empty where none was."""
    return {"date": given_day(date, "--date", 1)} if date else {}


def _misread(words: list[str], params: list[Any]) -> str:
    """Where what was told is kept when the call cannot be understood; empty where nothing was.

    Args:
        words: the call as typed; words that follow no option belong to the one before, for quotation marks
            are forgotten easily.
        params: the options of `add`.
    """
    known = {name: param for param in params for name in param.opts}
    telling = [name for name, param in known.items() if param.name not in _TELL_NOTHING]
    param, said = known["--text"], dict[Any, list[list[str]]]()
    for word in words:
        if option := re.fullmatch(r"(--?[a-z][a-z-]*)(?:=(.*))?", word, re.S):
            meant = known.get(option[1]) or known.get(nearest(option[1], telling, _MISTYPED) or "")
            param, word = meant, option[2]
            said.setdefault(param, []).append([])
        if word is not None:
            said.setdefault(param, [[]])[-1].append(word)
    fields: dict[str, Any] = {}
    for param, values in said.items():
        if param is None or param.name in _TELL_NOTHING:
            continue
        texts = [readable(" ".join(one)) for one in values if one]
        if told := texts if param.multiple else param.is_flag or "\n".join(texts):
            fields[FIELDS.get(param.name, param.name)] = told
    if strange := [readable(" ".join(one)) for one in said.get(None, ()) if one]:
        fields.setdefault("narrative", "\n".join(strange))  # told under an option there is not
    if not says(fields) or known["--reflect"] in said:
        return ""
    try:
        return kept(Draft(workspace(), fields))
    except Problem:  # there is no workspace to keep it in
        return ""


vars(add)["misread"] = _misread


def _keep(into: "Workspace", story: "Story", asked: bool = False) -> None:
    """Write the story, print its id, and say what looks odd about it.

    Args:
        asked: its names were asked about already.
    """
    from servicestory.cli.doubted import found as doubted

    doubts = [] if asked else doubted(into, story.people, story.site, story.team)
    made = into.add_story(story)
    try:
        console.out(made.id)
        console.flush()
    except OSError as error:
        error.add_note(f"The story is kept all the same, as {made.id}: do not tell it again.")
        raise
    for doubt in doubts:
        console.note(f"{doubt} It is kept as typed; to change it: servicestory edit {made.id}")
    if unscaled := [mark.value for mark in made.ratings if mark.of is None]:
        console.note(
            f"The rating {unscaled[0]:g} does not say of how much, so it is compared with no other. "
            f"To say it, as in 9/10: servicestory edit {made.id}"
        )
    if sys.stdout.isatty():
        console.note("Kept. Thank you for telling it.")
