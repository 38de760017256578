"""The life of a procedure: which state may follow which, who may bring it there, and what is recorded."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from servicestory.errors import Problem
from servicestory.incorporate import blocks
from servicestory.incorporate.blocks import Managed
from servicestory.models.base import NOBODY, first_day, last_day
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.procedure import Move, Procedure, Status, begins, in_force, takes_effect, until
from servicestory.text import folded, one_line

Verb = Literal[
    "submit", "return", "approve", "effective", "reviewed", "withdraw", "supersede", "reopen", "name"
]
"""``name`` says who owns or reviews it, and leads nowhere else."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do with a procedure. ``days`` overrule the dates that would be worked out."""

    verb: Verb
    on: date
    by: str
    reason: str | None = None
    owner: str | None = None
    reviewer: str | None = None
    effective_on: date | None = None
    review_due: date | None = None
    successor: str | None = None
    text: str | None = None  # `blocks.said` of what is submitted or approved


@dataclass(frozen=True)
class _Rule:
    """From which states a verb leads where (None: the state stays), and what to say when it does not."""

    before: tuple[Status, ...]
    after: Status | None
    only: str
    needs_reason: bool = False


_LIVE: tuple[Status, ...] = ("draft", "in review", "approved", "effective")
RULES: dict[Verb, _Rule] = {
    "submit": _Rule(("draft",), "in review", "only a draft is submitted"),
    "return": _Rule(("in review", "approved"), "draft", "only what is in review or approved goes back", True),
    "approve": _Rule(("in review",), "approved", "only what is in review is approved"),
    "effective": _Rule(("approved",), "effective", "only what is approved takes effect"),
    "reviewed": _Rule(
        ("approved", "effective"), None, "only what is approved or in effect is due for review"
    ),
    "withdraw": _Rule(_LIVE, "withdrawn", "it has ended already", True),
    "supersede": _Rule(_LIVE, "superseded", "it has ended already", True),
    "reopen": _Rule(("withdrawn", "superseded"), "draft", "only what was withdrawn or superseded", True),
    "name": _Rule(_LIVE, None, "it has ended, and nobody is named for it any longer"),
}
# What to do next with a procedure in each state: the option that leads on.
NEXT: dict[Status, str] = {
    "draft": "--submit",
    "in review": "--approve (or --return)",
    "approved": "--effective",
    "effective": "--reviewed",
    "superseded": "--reopen",
    "withdrawn": "--reopen",
}


def moved(control: Procedure, wish: Wish, organisation: Organisation, steps: int, name: str) -> Procedure:
    """The control record after the move, with its decision recorded (ISO 9001:2015 7.5.2 and 7.5.3).

    Args:
        organisation: tells two spellings of one person, and after how many months a review is due.
        steps: how many steps the document has; nothing without steps is submitted.
        name: the document, for messages.

    Raises:
        Problem: when the state does not allow it, the author would approve, or something needed is missing.
    """
    rule, who = RULES[wish.verb], wish.by
    dated = begins(control, wish.on) if wish.verb == "effective" else None  # decided, and still to come
    if dated:
        rule = replace(rule, before=("effective",))
        if wish.effective_on is None:
            step = f"Another day: servicestory procedure {control.id} --effective --from DAY"
            raise Problem(f"{control.id} is approved and takes effect on {dated}", name, step)
    if control.status not in rule.before:
        last = next((m for m in reversed(control.decisions) if m.to == control.status != m.from_), None)
        day = (control.effective_on if control.status == "effective" else None) or (last.on if last else None)
        since = f" since {day}" + (f" (by {last.by})" if last else "") if day else ""
        raise Problem(
            f"{control.id} is {said(control.status)}{since}; {rule.only}",
            name,
            f"The next step would be: servicestory procedure {control.id} {NEXT[control.status]}",
        )
    if rule.needs_reason and not wish.reason:
        raise Problem(f"to {wish.verb} a procedure, a reason is recorded", name, "Add --reason TEXT")
    changes = _CHANGES[wish.verb](control, wish, organisation, steps, name)
    move = Move.model_validate(
        {
            "on": wish.on.isoformat(),
            "by": who,
            "revision": control.revision,
            "from": control.status,
            "to": rule.after or control.status,
            "reason": (_named(wish) if wish.verb == "name" else wish.reason)
            or (f"It was to take effect on {dated}" if dated else None)
            or ("Looked at again; nothing to change" if rule.after is None else None),
            "effective_on": changes.get("effective_on"),
            "text": wish.text if wish.verb in ("submit", "approve") else None,
        }
    )
    given = {k: v for k, v in (("owner", wish.owner), ("reviewer", wish.reviewer)) if v}
    return control.model_copy(
        update={**given, **changes, "status": move.to, "decisions": [*control.decisions, move]}
    )


def _named(wish: Wish) -> str:
    """Who was named for what: "Owner: Mara Lind; Reviewer: Wim Kruger", with the reason."""
    given = (("Owner", wish.owner), ("Reviewer", wish.reviewer))
    named = "; ".join(f"{role}: {one_line(name)}" for role, name in given if name)
    return f"{named}. {wish.reason}" if wish.reason else named


def takes_over(old: Procedure, new: Procedure, on: date, place: str) -> None:
    """Refuses a successor nobody works by yet: the old procedure would end, and nothing would be in force.

    Raises:
        Problem: the successor has ended, or has not taken effect.
    """
    if new.ended:
        raise Problem(f"{new.id} is {new.status} itself", place, "Name one that is in use")
    if new.id != old.id and in_force(new, on) is None:
        waits = new.status == "effective"
        state = f"takes effect on {new.effective_on} only" if waits else f"is {said(new.status)}"
        step = (
            f"Wait until then; {old.id} stays in force"
            if waits
            else f"First bring it into effect: servicestory procedure {new.id} {NEXT[new.status]}"
        )
        raise Problem(f"{new.id} {state}, so nothing would be in force in the place of {old.id}", place, step)


def outlived(control: Procedure, by: Procedure, who: str, on: date) -> Procedure:
    """The record of an earlier revision's copy once a later revision is put into effect.

    It stays effective until the day of the later one, and says which day that is.
    """
    day, earlier = first_day(by.effective_on or on.isoformat()), until(control)
    ended = earlier is not None and earlier <= on  # by the revision before this one, whose day has come
    after: Status = "superseded" if ended or day <= on else "effective"
    move = Move.model_validate(
        {
            "on": on.isoformat(), "by": who, "revision": control.revision, "from": control.status,
            "to": after, "reason": f"Revision {by.revision} takes effect on {by.effective_on}",
        }
    )  # fmt: skip
    return control.model_copy(
        update={
            "status": after,
            "superseded_by": control.superseded_by
            if ended
            else f"revision {by.revision} from {by.effective_on} on",
            "decisions": [*control.decisions, move],
        }
    )


def ended_with(control: Procedure, whole: Procedure, who: str, on: date) -> Procedure:
    """The record of an earlier revision's copy once the procedure has ended: ``whole`` is its record."""
    move = Move.model_validate(
        {"on": on.isoformat(), "by": who, "revision": control.revision, "from": control.status,
         "to": whole.status, "reason": whole.decisions[-1].reason}
    )  # fmt: skip
    ended = {"superseded_by": whole.superseded_by, "withdrawn_on": whole.withdrawn_on, "status": whole.status}
    return control.model_copy(update={**ended, "decisions": [*control.decisions, move]})


def changed_since(control: Procedure, managed: Managed) -> str | None:
    """That the text between the markers is no longer the one that was submitted or approved, and since when.

    "changed since it was approved (on 2026-10-05)"; None where nothing was, or it is the same.
    """
    if control.status not in ("in review", "approved", "effective"):
        return None
    kinds = ("in review",) if control.status == "in review" else ("in review", "approved")
    last = next((m for m in reversed(control.decisions) if m.to in kinds and m.to != m.from_), None)
    if last and last.text and last.revision == control.revision:
        changed = blocks.said(managed.block) != last.text
    else:  # a minor revision written since, from which on the marker tells
        changed = managed.edited
    if not changed:
        return None
    done = "submitted" if last and last.to == "in review" else "approved"
    return f"changed since it was {done}" + (f" (on {last.on})" if last else "")


def altered(control: Procedure, managed: Managed, name: str) -> Problem | None:
    """The same as a problem, with its place and what to do next."""
    how = changed_since(control, managed)
    if how is None:
        return None
    meant = (
        f"write it under core: in {control.practice} and export that: it becomes a new revision"
        if control.status == "effective"
        else f"send it back and submit it again: servicestory procedure {control.id} --return --reason TEXT"
    )
    return Problem(
        f"the text of {control.id} between the markers was {how}",
        name,
        f"Put it back: servicestory export {control.practice} --replace; or, if the change is meant, {meant}",
    )


def said(status: str) -> str:
    """A state as it stands in a sentence: "a draft", "in review", "in effect" …"""
    return {"draft": "a draft", "effective": "in effect"}.get(status, status)


def standing(control: Procedure) -> str:
    """Whether one may work by this revision, in a sentence that is true on any day."""
    if control.status == "superseded":
        by = control.superseded_by or "another"
        how_long = "from that day on" if until(control) else "any longer"
        return f"Superseded by {by}: do not work by it {how_long}."
    if control.status == "withdrawn":
        return "Withdrawn: do not work by it any longer."
    if end := until(control):
        after = (control.superseded_by or "").partition(" from ")[0]
        return f"In effect until {end}: from that day on work by {after}."
    if since := begins(control):
        before = in_force(control, since - timedelta(days=1))
        stays = f" Revision {before} stays in force until then." if before else ""
        return f"Approved, and in effect from {control.effective_on} on.{stays}"
    if control.status == "effective":
        return f"In effect from {control.effective_on} on." if control.effective_on else "In effect."
    days = takes_effect(control)
    if days:
        last, day = max(days.items())
        first = in_force(control, day - timedelta(days=1))
        written = [m.on for m in control.decisions] + [line.on for line in control.history]
        if day > max(map(first_day, written), default=day):
            now = f"revision {first} is in force until {day}, and " if first else ""
            return f"Not in effect yet: {now}revision {last} from {day} on, until this one takes effect."
        return f"Not in effect yet: revision {last} stays in force until this one takes effect."
    return "Not in effect yet."


def same_person(one: str, other: str, organisation: Organisation) -> bool:
    """Whether two names mean the same person: as written, or by the names and aliases of the staff list."""
    return organisation.person(one) == organisation.person(other)


def maybe_same(one: str, other: str, organisation: Organisation) -> bool:
    """Whether two names may mean one person: they share a name or initials (Mara Lind: Mara, M. Lind, ML).

    Two colleagues of the staff list are two people, whatever their names have in common.
    """
    if organisation.colleague(one) and organisation.colleague(other):
        return same_person(one, other, organisation)
    (words, initials), (others, theirs) = _parts(one, organisation), _parts(other, organisation)
    return bool(words & others or words & theirs or initials & others)


def _parts(name: str, organisation: Organisation) -> tuple[set[str], set[str]]:
    """The words of all names somebody goes by, and their initials; "M." alone tells nobody."""
    words, initials = set[str](), set[str]()
    for known in {folded(name), *map(folded, organisation.goes_by(organisation.person(name)))}:
        parts = re.findall(r"[^\W_]+", known)
        words |= {part for part in parts if len(part) > 1}
        initials |= {"".join(part[0] for part in parts)} if len(parts) > 1 else set()
        if parts and all(len(part) == 1 for part in parts):
            words.add("".join(parts))  # "M. L."
    return words, initials


def authors(control: Procedure) -> list[str]:
    """Who wrote what waits for approval: the author, and whoever wrote a revision since the last approval.

    What was written by nobody named counts as written by whoever submitted it, and answers for it.
    """
    approved = max((m.revision for m in control.decisions if m.to == "approved"), default=0)
    submitted = next((m for m in reversed(control.decisions) if m.to == "in review" != m.from_), None)
    wrote = [
        submitted.by if line.by == NOBODY and submitted and line.revision <= submitted.revision else line.by
        for line in control.history
        if line.revision > approved
    ]
    return [name for name in dict.fromkeys([control.author, *wrote]) if name]


def review_due(on: date, months: int) -> str:
    """The day a document made or looked at on ``on`` is to be looked at again (ISO date)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def first_review(on: date, months: int, practice: Practice) -> str:
    """The day a document first made on ``on`` is to be looked at; with its practice, if due before."""
    usual = review_due(on, months)
    wished = last_day(practice.review_due) if practice.review_due else None
    return min(usual, wished.isoformat()) if wished and wished > on else usual


Changes = dict[str, Any]


def _submit(control: Procedure, wish: Wish, _o: Organisation, steps: int, name: str) -> Changes:
    if not steps:
        raise Problem(f"{control.id} has no step yet, so there is nothing to review", name,
                      "Collect more stories, or write the steps under core: in the practice")  # fmt: skip
    if not (control.owner or wish.owner):
        raise Problem(f"nobody owns {control.id}, and an owner answers for it", name, "Add --owner NAME")
    return {} if control.author else {"author": wish.by}


def _approve(control: Procedure, wish: Wish, organisation: Organisation, _s: int, name: str) -> Changes:
    for author in authors(control):
        if author == NOBODY:
            raise Problem(
                f"nobody is named as who wrote this revision of {control.id}, so it may be its approver",
                name,
                "Send it back with --return, and submit it again: whoever submits it answers for it",
            )
        if same_person(author, wish.by, organisation):
            also = "" if author.casefold() == wish.by.casefold() else f", who is {wish.by},"
            raise Problem(
                f"{author}{also} wrote this revision of {control.id}, and nobody approves their own work",
                name,
                "Ask somebody else to approve it: --approve --by NAME",
            )
        if maybe_same(author, wish.by, organisation):
            raise Problem(
                f"{wish.by} may be {author}, who wrote this revision of {control.id}, and nobody approves "
                "their own work",
                name,
                "Ask somebody else to approve it; or, if they are two people, write both under staff: in "
                "servicestory.yaml with their whole names",
            )
    return {"approver": wish.by, "approved_on": wish.on.isoformat()}


def _effective(control: Procedure, wish: Wish, organisation: Organisation, _s: int, name: str) -> Changes:
    day = wish.effective_on or wish.on
    if control.approved_on and day < first_day(control.approved_on):
        raise Problem(
            f"{control.id} was approved on {control.approved_on} and cannot take effect before that",
            name,
            "Give a later day with --from",
        )
    return {"effective_on": day.isoformat(), "review_due": _due(wish, day, organisation)}


def _reviewed(_c: Procedure, wish: Wish, organisation: Organisation, _s: int, _n: str) -> Changes:
    return {"reviewer": wish.reviewer or wish.by, "review_due": _due(wish, wish.on, organisation)}


def _supersede(control: Procedure, wish: Wish, _o: Organisation, _s: int, name: str) -> Changes:
    if wish.successor == control.id:
        raise Problem("a procedure cannot supersede itself", name, "Name the one that takes its place")
    return {"superseded_by": wish.successor}


def _due(wish: Wish, day: date, organisation: Organisation) -> str:
    return wish.review_due.isoformat() if wish.review_due else review_due(day, organisation.review_months)


_CHANGES: dict[Verb, Callable[[Procedure, Wish, Organisation, int, str], Changes]] = {
    "submit": _submit,
    "return": lambda *_: {"approver": None, "approved_on": None},
    "approve": _approve,
    "effective": _effective,
    "reviewed": _reviewed,
    "withdraw": lambda _c, wish, *_: {"withdrawn_on": wish.on.isoformat()},
    "name": lambda *_: {},
    "supersede": _supersede,
    "reopen": lambda *_: {
        "withdrawn_on": None, "superseded_by": None, "approver": None, "approved_on": None,
        "effective_on": None,
    },
}  # fmt: skip
