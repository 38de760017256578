"""`servicestory review`: decide on practices, by flags or one by one at the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli import places, redacted
from servicestory.cli.app import filled, today, who, workspace
from servicestory.cli.evidence import say_outdated
from servicestory.errors import Problem, Usage
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace


def _no_decision(ws: "Workspace", practice: str | None) -> Problem:
    """What to do where nobody can be asked: decide on the practice, or on one that waits, if any does."""
    waits = ws.practice(practice).id if practice else None
    if not practice:
        waits = next((p.id for p in ws.practices([]) if p.status == "candidate"), None)
    if waits is None:
        return Problem(
            "no practice awaits a decision", "", "Look for practices in the stories with: servicestory detect"
        )
    return Usage(
        "Nobody is here to answer, and no decision was given",
        "",
        f'Give one, e.g. servicestory review {waits} --accept --reason "seen at every site"',
    )


def review(
    practice: Annotated[
        str | None,
        typer.Argument(metavar="[PRACTICE]", help="Its id or name; without it, every candidate in turn."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Worth copying: train it, put it into procedures.")
    ] = False,
    reject: Annotated[
        bool, typer.Option("--reject", help="Not a practice to copy; never proposed again.")
    ] = False,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", help="Another state: pilot, standard, local, retired, candidate."
        ),
    ] = None,
    merge_into: Annotated[
        str | None, typer.Option("--merge-into", metavar="P", help="The same thing as practice P: join them.")
    ] = None,
    split: Annotated[
        bool, typer.Option("--split", help="Two things in one: part them (see --take and --name).")
    ] = False,
    take: Annotated[
        str | None,
        typer.Option(
            "--take", metavar="PLACES", help="With --split: the places that go, e.g. 2,5-7; else proposed."
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="With --split: the name of the new practice.")
    ] = None,
    drop: Annotated[
        str | None,
        typer.Option(
            "--drop",
            metavar="PLACES",
            help="Places that do not show it, e.g. 3,5 or STORY: taken out for good.",
        ),
    ] = None,
    restore: Annotated[
        str | None,
        typer.Option("--restore", metavar="PLACES", help="Places that were taken out: put back."),
    ] = None,
    confirm: Annotated[
        str | None,
        typer.Option(
            "--confirm", metavar="NUMBERS", help="Places that do show it: kept for good, doubtful no more."
        ),
    ] = None,
    take_in: Annotated[
        list[str] | None,
        typer.Option(
            "--take-in",
            metavar="STORY:NUMBER",
            help="Put a sentence into it: STORY:2, or some of its words (repeatable).",
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="P", help="With --take-in: out of practice P at the same time."),
    ] = None,
    rename: Annotated[
        str | None, typer.Option("--rename", metavar="NAME", help="Give it another name.")
    ] = None,
    define: Annotated[
        Path | None,
        typer.Option(
            "--define",
            metavar="FILE",
            readable=False,
            help="YAML with name, behaviour_statement, core ...: a new practice, or this one's.",
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept with the decision.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who decides (default: SERVICESTORY_BY, else open)."),
    ] = None,
    names: Annotated[
        bool,
        typer.Option(
            "--names",
            help="Confirm names read in stories that name nobody; with a name for PRACTICE, or several "
            "with commas between: --accept, --reject.",
        ),
    ] = False,
    same_as: Annotated[
        str | None,
        typer.Option(
            "--same-as", metavar="NAME", help="With --names: it means this colleague, who is known already."
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="With --names: list every name; with --json too, the names themselves."),
    ] = False,
    close: Annotated[
        bool, typer.Option("--close", help="Close the review: ask about open actions, take new ones.")
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(
            "--period", metavar="PERIOD", help="The period it is about (default: the one `report` takes)."
        ),
    ] = None,
    action: Annotated[
        str | None, typer.Option("--action", metavar="TEXT", help="To be done until the next review.")
    ] = None,
    decision: Annotated[
        str | None, typer.Option("--decision", metavar="TEXT", help="Decided, with nothing to do.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="With --action: who looks after it.")
    ] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="With --action: by when.")] = None,
    effect: Annotated[
        str | None, typer.Option("--effect", metavar="TEXT", help="With --action: what will be different.")
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option("--measure", metavar="ID", help="With --action: the figure that should move."),
    ] = None,
    check: Annotated[
        str | None, typer.Option("--check", metavar="ACTION", help="Say what came of an action.")
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome", metavar="KIND", help="With --check: worked, partly, did not work, dropped."
        ),
    ] = None,
    result: Annotated[
        str | None, typer.Option("--result", metavar="TEXT", help="With --check: what was seen.")
    ] = None,
    actions: Annotated[bool, typer.Option("--actions", help="List actions and decisions.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --actions: one JSON object.")] = False,
) -> None:
    """Detect: decide which practices to keep, one by one.

    Without flags, and at a terminal, it shows each candidate with its evidence and asks.
    At the end of the meeting, --close records who does what by when, and asks what came of it next time.

    Example: servicestory review P-0007 --accept --reason "seen at every site" --by "Mara Lind"

    The numbers of places are those of: servicestory show P-0007 --all. They change when one goes or comes; a
    place can be named by its story as well (STORY, or STORY:2 where it has several).

    Example: servicestory review P-0007 --drop 3,5 --reason "told of another desk" --by "Mara Lind"

    The sentences of a story are numbered by: servicestory detect --explain STORY

    Example: servicestory review P-0007 --take-in 2026-10-04-late-soup:2 --reason "the same deed"

    Example: servicestory review --action "Call at Lindmoor too" --owner "Ana" --due 2026-12-01
    """
    from servicestory.detect import decisions
    from servicestory.detect.own_name import own_name

    if names:
        from servicestory.cli.confirm import names as confirm_names

        ws = workspace()
        why = redacted.text(ws, reason, "the reason")
        confirm_names(ws, practice, accept, reject, rename, why, by, as_json, everything, same_as)
        return
    if same_as is not None:
        raise Usage("--same-as belongs to --names", "", "To put one practice into another: --merge-into")
    if everything:
        raise Usage(
            "--all belongs to --names", "", "Add --names; for places: servicestory show PRACTICE --all"
        )
    meeting = {"--close": close, "--action": action, "--decision": decision, "--check": check,
               "--actions": actions}  # fmt: skip
    belongings = {"--owner": owner, "--due": due, "--effect": effect, "--measure": measure,
                  "--outcome": outcome, "--result": result, "--period": period}  # fmt: skip
    filled({**meeting, **belongings, "--take": take, "--name": name, "--from": source,
            "--merge-into": merge_into, "--status": status, "--drop": drop, "--restore": restore,
            "--confirm": confirm})  # fmt: skip
    if any(meeting.values()):
        if (
            accept
            or reject
            or status
            or merge_into
            or split
            or drop
            or restore
            or confirm
            or take_in
            or rename
            or define
        ):
            raise Usage(
                "A decision on a practice and the end of the meeting are two calls",
                "",
                "Make one after another",
            )
        from servicestory.cli.close import meeting as end

        ws = workspace()
        said = redacted.cleaned(ws, {**meeting, **belongings, "reason": reason}, "what was decided")
        meeting, belongings = {k: said[k] for k in meeting}, {k: said[k] for k in belongings}
        end(ws, practice, meeting, belongings, by, said["reason"], as_json)
        return
    if as_json or any(belongings.values()):
        stray = "--json" if as_json else next(name for name, value in belongings.items() if value)
        raise Usage(f"{stray} belongs to --close, --action, --check or --actions", "", "Add one of them")

    given = [
        accept,
        reject,
        status is not None,
        merge_into is not None,
        split,
        drop is not None,
        restore is not None,
        confirm is not None,
        bool(take_in),
        rename is not None,
        define is not None,
    ]
    if sum(given) > 1:
        raise Usage(
            "Only one decision can be made at a time",
            "",
            "Make one after another"
            if rename is not None
            else "Give one of --accept, --reject, --merge-into ...",
        )
    if (take or name) and not split:
        raise Usage(
            "--take and --name belong to --split",
            "",
            "Add --split, or use --rename NAME; to put a sentence in: --take-in STORY:NUMBER",
        )
    if source and not take_in:
        raise Usage("--from belongs to --take-in", "", "Add --take-in STORY:NUMBER")
    ws = workspace()
    if not any(given):
        if not console.interactive():
            raise _no_decision(ws, practice)
        from servicestory.cli.one_by_one import one_by_one

        one_by_one(ws, practice, by)
        return
    if practice is not None:
        ws.practice(practice)  # an unknown one is said before anything else is asked for
    if practice is None and define is None:
        raise Usage(
            "Which practice is not said", "", "Name it: servicestory review PRACTICE --accept --reason TEXT"
        )
    reason = redacted.text(ws, reason, "the reason") or ""
    trail: dict[str, Any] = {"on": today().isoformat(), "by": who(by), "reason": reason}
    with ws.lock():
        if define is not None:
            changed = [_define(ws, define, practice, trail)]
        else:
            assert practice is not None
            subject = ws.practice(practice)
            if merge_into is not None:
                changed = list(decisions.merge(subject, ws.practice(merge_into), **trail))
            elif split:
                changed = places.split(ws, subject, take, name, trail)
            elif drop is not None:
                changed = places.drop(ws, subject, drop, trail)
            elif take_in:
                changed = places.take_in(ws, subject, take_in, source, trail)
            elif confirm is not None:
                at = places.chosen(ws, subject, confirm, subject.evidence)
                changed = [decisions.pin(subject, at, **trail)]
            elif restore is not None:
                at, typed = places.chosen(ws, subject, restore, subject.out), places.by_numbers(restore)
                changed = [decisions.restore(subject, at, numbers=typed, **trail)]
            elif rename is not None:
                named = own_name(rename, ws.practices(), but=subject)
                changed = [decisions.rename(subject, named, **trail)]
            else:
                to: Any = "accepted" if accept else "rejected" if reject else _status(str(status))
                changed = [decisions.move(subject, to, **trail)]
        if not reason.strip():  # asked for last, when all that was given is known to be right
            raise Usage("A decision needs its reason", "", "Add --reason TEXT")
        ws.save_practices(changed)
    for one in changed:
        console.out(f"{one.id} {one.name}: {one.decisions[-1].action}")
    if take_in or drop is not None or restore is not None or confirm is not None:
        places.say_moved(ws, subject, changed[0])
    say_outdated(p for p in changed if p.evidence)
    if take_in:
        took, put = changed[0], str(changed[0].decisions[-1].to).split()
        undo = ",".join(str(n) for n, e in enumerate(took.evidence, start=1) if e.ref in put)
        console.note(f"To undo it: servicestory review {took.id} --drop {undo} --reason TEXT")
    if split:
        places.say_undo(changed[0], changed[1])
    if define is not None:
        from servicestory.cli.looked_for import say

        say(ws, changed[0])
    if accept:
        _doubts(changed[0])
        if changed[0].working_title:
            console.note(
                "Its name is a working title, from one of its stories, and will head its documents. Give it "
                f"another with: servicestory review {changed[0].id} --rename NAME --reason TEXT"
            )
        console.note(f"Next: servicestory train {changed[0].id}, then servicestory export {changed[0].id}")


def _doubts(practice: "Practice") -> None:
    """Says what an accepted practice rests on, where that is little."""
    from servicestory.monitor.spread import WEAK

    places, verdict = practice.evidence, practice.verdict
    doubtful = sum(place.doubtful for place in places)
    weak = verdict is not None and verdict.label in WEAK
    if weak or 2 * doubtful > len(places):
        said = [verdict.said] if weak and verdict else []
        said += [f"{doubtful} of {plural(len(places), 'place')} doubtful"] if doubtful else []
        console.note(f"So far: {', '.join(said)}. Look at its places: servicestory show {practice.id} --all")


def _status(text: str) -> str:
    from typing import get_args

    from servicestory.models.practice import Status

    known = [s for s in get_args(Status) if s != "merged"]
    if text not in known:
        raise Usage(f"'{text}' is not a state of a practice", "", f"Take one of: {', '.join(known)}")
    return text


def _define(ws: "Workspace", file: Path, ref: str | None, trail: dict[str, Any]) -> "Practice":
    from servicestory import documents, records
    from servicestory.detect import decisions
    from servicestory.detect.own_name import own_name
    from servicestory.models.practice import Practice

    subject = ws.practice(ref) if ref else None
    new_id = places.new_id(ws)
    written: dict[str, Any] = {}

    def complete(fields: dict[str, Any]) -> dict[str, Any]:
        written.update(fields)
        base = {"name": subject.name} if subject else {}
        return {**base, **fields, "id": new_id}

    text = documents.given_text(file)
    found, wrong = records.load(Practice, text, str(file), complete)
    if wrong:
        raise wrong[0]
    if len(found) != 1:
        raise Problem("This file should define one practice", str(file), "Write at least a line name: ...")
    given = {k: v for k, v in written.items() if k != "schema" and v is not None}
    if "name" in given or subject is None:
        given["name"] = own_name(found[0][1].name, ws.practices(), but=subject)
    return decisions.define(given, subject, new_id, **trail)
