"""`servicestory procedure`: the life of the procedures: submitted, approved, in effect, reviewed, ended."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import filled, named, today, who, workspace
from servicestory.cli.days import given_day
from servicestory.cli.naming import Naming
from servicestory.errors import Problem, Usage

if TYPE_CHECKING:
    from servicestory.cli.formats import Shelf
    from servicestory.incorporate.lifecycle import Wish
    from servicestory.models.procedure import Procedure, Revision
    from servicestory.workspace import Workspace


def procedure(
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROCEDURE]",
            help="SOP-0007, or its practice; without it, all are listed.",
            show_default=False,
        ),
    ] = None,
    submit: Annotated[bool, typer.Option("--submit", help="A draft goes to review.")] = False,
    return_: Annotated[bool, typer.Option("--return", help="It goes back to its author as a draft.")] = False,
    approve: Annotated[
        bool, typer.Option("--approve", help="Approve what is in review; never by who wrote it.")
    ] = False,
    effective: Annotated[bool, typer.Option("--effective", help="What is approved takes effect.")] = False,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="Looked at again, nothing to change: the next review is set.")
    ] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="It ends; nothing takes its place.")] = False,
    supersede_by: Annotated[
        str | None,
        typer.Option("--supersede-by", metavar="PROCEDURE", help="It ends; this one takes its place."),
    ] = None,
    reopen: Annotated[bool, typer.Option("--reopen", help="What had ended is a draft again.")] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who decides (default: SERVICESTORY_BY).")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept in the document.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Who answers for it; printed as typed.")
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="NAME", help="Who is asked to review it.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="With --effective: from which day on (default: today)."),
    ] = None,
    review_due: Annotated[
        str | None, typer.Option("--review-due", metavar="DAY", help="When it is looked at again.")
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="List only those somebody has to do something about.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Incorporate: approve procedures, put them into effect, review them, end them.

    A procedure is a draft, in review, approved, in effect, and in the end superseded or withdrawn. Every step
    is recorded in the document with its day, person and reason. Who wrote a revision does not approve it.

    Example: servicestory procedure SOP-0007 --approve --by "Jon Reed" --reason "tried for a month"

    Example: servicestory procedure SOP-0007 --owner "Mara Lind"

    Example: servicestory procedure --due
    """
    given = {
        "submit": submit, "return": return_, "approve": approve, "effective": effective,
        "reviewed": reviewed, "withdraw": withdraw, "supersede": supersede_by is not None, "reopen": reopen,
    }  # fmt: skip
    filled({"--supersede-by": supersede_by, "--reason": reason, "--owner": owner, "--reviewer": reviewer})
    verbs = [verb for verb, wanted in given.items() if wanted]
    days = {"effective_on": _day(from_, "--from"), "review_due": _day(review_due, "--review-due")}
    if len(verbs) > 1:
        raise Usage(f"--{verbs[0]} and --{verbs[1]} are two steps", "", "Take one at a time")
    verbs = verbs or (["name"] if owner or reviewer else [])
    if not verbs and (by or reason or from_ or review_due):
        raise Usage(
            "What to do is not said", "", "Add --submit, --approve, --effective, --reviewed or another step"
        )
    if from_ and not effective:
        raise Usage("--from belongs to --effective", "", "Leave it out")
    if review_due and not (effective or reviewed):
        raise Usage("--review-due belongs to --effective and --reviewed", "", "Leave it out")
    if due and ref is not None:
        raise Usage("--due lists all that are due", "", "Leave the procedure out")
    if not verbs:
        _list(ref, due, as_json)
        return
    if ref is None:
        option = verbs[0] if verbs != ["name"] else "owner NAME" if owner else "reviewer NAME"
        raise Usage(
            "Which procedure is not said", "", f"Name it: servicestory procedure PROCEDURE --{option}"
        )
    from servicestory.incorporate.lifecycle import Wish

    whose = who(by) if verbs == ["name"] else named(by)  # to name somebody is no step, and changes no word
    wish = Wish(verbs[0], today(), whose, reason, owner, reviewer, **days)  # type: ignore[arg-type]
    _move(ref or "", wish, supersede_by, as_json)


def _day(text: str | None, option: str) -> date | None:
    day = given_day(text, option, None)
    if day and len(day) != len("2026-01-31"):
        raise Usage(f"{text!r} is no single day", option, "Write it like 2026-01-31")
    return date.fromisoformat(day) if day else None


def _move(ref: str, wish: "Wish", successor: str | None, as_json: bool) -> None:
    from dataclasses import replace

    from servicestory.cli import documents
    from servicestory.cli.formats import Shelf, pages, put
    from servicestory.cli.sheets_state import still_open
    from servicestory.incorporate import blocks
    from servicestory.incorporate.lifecycle import altered, moved, takes_over
    from servicestory.incorporate.trace import written_steps
    from servicestory.models.procedure import Procedure

    ws = workspace()
    shelf = Shelf(ws, "procedures")
    organisation = ws.organisation()
    with ws.lock():
        name, old = _found(shelf, ref)
        control, _ = documents.front_matter(old, Procedure, shelf.shown(name))
        _accepted(ws, control, wish)
        after = None
        if successor is not None:
            after = _found(shelf, successor)
            other, _ = documents.front_matter(after[1], Procedure, shelf.shown(after[0]))
            takes_over(control, other, today(), shelf.shown(after[0]))
            wish = replace(wish, successor=other.id)
        managed = blocks.split(old, shelf.shown(name))
        changed = altered(control, managed, shelf.shown(name))
        if changed and wish.verb in ("approve", "effective", "reviewed"):
            raise changed
        steps, wish = len(written_steps(managed.block)), replace(wish, text=blocks.said(managed.block))
        if not (control.owner or wish.owner):  # the practice's owner answers for its procedure too
            wish = replace(wish, owner=_owner(ws, control.practice))
        new = moved(control, wish, organisation, steps, shelf.shown(name))
        writes = [(name, old, _rewritten(shelf, name, old, new), new)]
        if after is not None:
            follows = other.model_copy(update={"supersedes": control.id})
            writes.append((after[0], after[1], _rewritten(shelf, *after, follows), follows))
        if wish.verb == "effective" or new.ended:
            writes += _earlier(shelf, name, new, wish)
        done, failed = [], list[Problem]()
        for file, before, text, written in writes:
            shelf.write(file, text, before)
            named_ = f"{written.id}: {written.decisions[-1].reason}" if wish.verb == "name" else ""
            done.append((shelf.shown(file), named_ or f"{written.id} {_becomes(written)}"))
        # The pages people print show the state too; where one cannot be made, the state is what it is.
        for file, _, text, written in writes:
            try:
                done.extend(put(shelf, pages(shelf, file, text, written, organisation.language, (), False)))
            except Problem as problem:
                failed.append(problem)
    if as_json:
        console.json({"schema": 1, **_entry(new, name), "written": [file for file, _ in done]})
    else:
        for file, what in done:
            console.out(f"{file}: {what}")
        if new.status == "effective" and new.review_due:
            console.out(f"It is looked at again on {new.review_due}.")
    if wish.verb == "approve" and organisation.staff and not organisation.colleague(wish.by):
        console.note(
            f"{wish.by} is not on the staff list in servicestory.yaml, so who approved stays a name."
        )
    left = still_open(managed.block) if wish.verb in ("submit", "approve", "effective") else ""
    if left:
        console.note(f"Still open in {control.id}: {left}. Settle it with the team.")
    if failed:
        console.problems(failed)
        raise typer.Exit(1)


def _owner(ws: "Workspace", practice: str) -> str | None:
    """Who owns a practice, where somebody was named, as documents say it."""
    from servicestory.cli import picking
    from servicestory.cli.judging import House

    found = next((p for p in ws.practices([]) if p.id == practice and p.owner), None)
    return picking.owner(found, House(ws, ws.organisation(), ws.stories([])).mask) if found else None


def _becomes(control: "Procedure") -> str:
    """What a procedure is from now on, or from a later day."""
    from servicestory.incorporate.lifecycle import said
    from servicestory.models.procedure import begins, until

    if begins(control, today()):
        return f"takes effect on {control.effective_on}"
    if control.status == "effective" and (end := until(control)):
        return f"revision {control.revision} stays in effect until {end}"
    return f"is {said(control.status)}"


def _accepted(ws: "Workspace", control: "Procedure", wish: "Wish") -> None:
    """Refuses to bring a procedure into use whose practice nobody accepted.

    Raises:
        Problem: it is a candidate, rejected or retired.
    """
    from servicestory.cli.picking import refuse_undecided

    if wish.verb in ("submit", "approve", "effective"):
        refuse_undecided(ws, ws.practice(control.practice), f"{control.id} is no way to work")


def _earlier(
    shelf: "Shelf", name: str, new: "Procedure", wish: "Wish"
) -> "list[tuple[str, str, str, Procedure]]":
    """The copies of earlier revisions: superseded by the one now in effect (ISO 9001 7.5.3.2), or ended."""
    from servicestory.cli import documents
    from servicestory.incorporate.lifecycle import ended_with, outlived
    from servicestory.models.procedure import Procedure

    writes = []
    for path in sorted((shelf.path / "earlier").glob(name.removesuffix(".md") + "-revision-*.md")):
        file = f"earlier/{path.name}"
        old = shelf.text(file) or ""
        control, _ = documents.front_matter(old, Procedure, shelf.shown(file))
        if control.status == "effective" and (control.revision < new.revision or new.ended):
            end = ended_with if new.ended else outlived
            ended = end(control, new, wish.by, wish.on)
            writes.append((file, old, _rewritten(shelf, file, old, ended), ended))
    return writes


def _rewritten(shelf: "Shelf", name: str, old: str, new: "Procedure") -> str:
    """The document with its new control record; the steps are not made again."""
    from servicestory.cli import documents
    from servicestory.cli.picking import material_of
    from servicestory.incorporate.content import values
    from servicestory.models.procedure import Procedure

    ws = shelf.workspace
    material, organisation = material_of(ws, ws.practice(new.practice))

    def filled(control: Any) -> dict[str, Any]:
        assert isinstance(control, Procedure)
        return values(material, organisation, control)

    return documents.recontrolled(old, new, filled, *documents.template(ws, "procedure"), shelf.shown(name))


def _found(shelf: "Shelf", ref: str) -> tuple[str, str]:
    """(file name, text) of a procedure, by its number or its practice.

    Raises:
        Problem: when there is none.
    """
    import re

    from servicestory.cli.documents import existing

    number = re.fullmatch(r"(?i)SOP-(\d+)", ref.strip())
    practice = f"P-{int(number[1]):04d}" if number else shelf.workspace.practice(ref).id
    wanted = "SOP-" + practice.removeprefix("P-")
    name = existing(shelf.path, wanted, shelf.folder)
    text = shelf.text(name) if name else None
    if name is None or text is None:
        shelf.workspace.practice(practice)  # where there is none of that number, none can be written
        raise Problem(
            f"there is no procedure {wanted} yet",
            shelf.folder,
            f"Write it with: servicestory export {practice}",
        )
    return name, text


def _list(ref: str | None, due: bool, as_json: bool) -> None:
    from servicestory.cli.formats import Shelf
    from servicestory.cli.monitor import procedures
    from servicestory.incorporate.lifecycle import NEXT
    from servicestory.models.procedure import state, waits_for

    ws, problems, day = workspace(), list[Problem](), today()
    if ref is not None:
        _show(Shelf(ws, "procedures"), ref, as_json)
        return
    found = procedures(ws, problems)
    shown = sorted((p for p in found if not due or waits_for(p, day)), key=_urgent)
    if as_json:
        console.json(Naming(ws).plain({"schema": 1, "procedures": [_entry(p, None) for p in shown]}))
    elif shown:
        console.table(
            "What somebody has to do" if due else "",
            ["id", "procedure", "revision", "status", "owner", "review due", "next"],
            [
                (
                    p.id,
                    p.title,
                    str(p.revision),
                    state(p, today()),
                    p.owner or "nobody",
                    p.review_due or "",
                    _next(p),
                )
                for p in shown
            ],
        )
        if first := next((p for p in shown if not p.ended and _next(p)), None):
            console.out(f"Take the next step with: servicestory procedure {first.id} {NEXT[first.status]}")
    elif not problems:  # one that cannot be read may be the one that is due
        console.out("Nothing is due." if due and found else "There is no procedure yet: servicestory export")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _urgent(control: "Procedure") -> tuple[str, str]:
    from servicestory.models.procedure import waits_for

    waits = waits_for(control, today())
    return (waits[1].isoformat() if waits else "9999"), control.id


def _next(control: "Procedure") -> str:
    from servicestory.models.procedure import waits_for

    waits = waits_for(control, today())
    if waits:
        return f"{waits[0]} since {waits[1].isoformat()}"
    return {"draft": "to be submitted", "superseded": f"use {control.superseded_by}"}.get(control.status, "")


def _entry(control: "Procedure", name: str | None) -> dict[str, Any]:
    from servicestory.models.procedure import in_force, waits_for

    waits = waits_for(control, today())
    return {
        **{
            k: v for k, v in control.to_yaml().items() if k not in ("schema", "roles", "made_from", "history")
        },
        "in_force": in_force(control, today()),
        "waits_for": waits[0] if waits else None,
        "since": waits[1].isoformat() if waits else None,
        **({"file": f"procedures/{name}"} if name else {}),
    }


def _show(shelf: "Shelf", ref: str, as_json: bool) -> None:
    from servicestory.cli import documents
    from servicestory.incorporate import blocks
    from servicestory.incorporate.lifecycle import NEXT, altered, changed_since
    from servicestory.models.procedure import Procedure, in_force, state

    name, text = _found(shelf, ref)
    control, _ = documents.front_matter(text, Procedure, shelf.shown(name))
    managed = blocks.split(text, shelf.shown(name))
    if as_json:
        since = {"text_changed": changed_since(control, managed)}
        console.json(Naming(shelf.workspace).plain({"schema": 1, **_entry(control, name), **since}))
        return
    console.heading(f"{control.id} {control.title}")
    force = in_force(control, today())
    for what, value in (
        ("file", shelf.shown(name)),
        ("revision", f"{control.revision} ({state(control, today())})"),
        ("in force", f"revision {force}" if force else "none"),
        ("owner", control.owner or "nobody yet"),
        ("author", control.author or "not named"),
        ("reviewer", control.reviewer or "nobody yet"),
        ("approver", (control.approver if control.approved_on else None) or "nobody yet"),
        ("approved", control.approved_on or "not yet"),
        ("effective", control.effective_on or "not yet"),
        ("review due", control.review_due or "not set"),
        ("takes the place of", control.supersedes),
        ("superseded by", control.superseded_by),
        ("withdrawn on", control.withdrawn_on),
    ):
        if value:
            console.out(f"  {what:<18} {value}")
    for line in control.history:
        console.out(
            f"  {line.on}  revision {line.revision} ({_kind(line)}) by {line.by}: {line.what}. {line.why}"
        )
    for move in control.decisions:
        reason = f": {move.reason}" if move.reason else ""
        step = f"{move.from_} → {move.to}" if move.from_ != move.to else move.to
        console.out(f"  {move.on}  {step} (revision {move.revision}) by {move.by}{reason}")
    if changed := altered(control, managed, shelf.shown(name)):
        console.problems([changed])
    console.out(f"Next: servicestory procedure {control.id} {NEXT[control.status]}")


def _kind(line: "Revision") -> str:
    """What kind of change a revision is, as the document's own history says it."""
    return "first issue" if line.revision == 1 else line.kind
