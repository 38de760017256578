"""What people decide about practices at a review: each decision gives changed records, dated and reasoned."""

from collections.abc import Iterable, Sequence
from typing import Any

from servicestory.detect.own_name import own_name
from servicestory.errors import Problem
from servicestory.models.practice import ENDED, Decision, Evidence, Practice, Status
from servicestory.text import plural

# A practice's life (PRODUCT words); from any state a person may put it back to candidate.
MOVES: dict[str, tuple[str, ...]] = {
    "candidate": ("accepted", "pilot", "standard", "local", "rejected"),
    "accepted": ("pilot", "standard", "local", "rejected", "retired"),
    "pilot": ("accepted", "standard", "local", "rejected", "retired"),
    "standard": ("pilot", "local", "retired"),
    "local": ("accepted", "pilot", "standard", "retired"),
    "retired": ("accepted", "pilot", "standard"),
    "rejected": ("accepted", "pilot"),
    "merged": (),
}


def _copy(practice: Practice, **changes: Any) -> Practice:
    """A validated copy of ``practice`` with some fields changed."""
    return Practice.model_validate({**practice.model_dump(by_alias=True), **changes})


def _decided(practice: Practice, decision: Decision, **changes: Any) -> Practice:
    decisions = [*practice.decisions, decision]
    return _copy(practice, decisions=[d.model_dump(by_alias=True) for d in decisions], **changes)


def next_number(practices: Iterable[Practice], highest_before: int = 0) -> int:
    """The number of the next practice: above every id there is, was absorbed, or was ever given."""
    ids = [i for p in practices for i in (p.id, *p.absorbed)]
    return max([highest_before, *(int(i.removeprefix("P-")) for i in ids)]) + 1


def move(practice: Practice, to: Status, *, on: str, by: str, reason: str) -> Practice:
    """``practice`` in the status ``to``.

    Raises:
        Problem: when its life has no such move, or it is there already.
    """
    if practice.status == to:
        raise Problem(f"{practice.id} is already {to}", "", "Nothing was changed")
    if (to != "candidate" and to not in MOVES[practice.status]) or practice.status == "merged":
        ways = ", ".join(MOVES[practice.status]) or "nowhere: it is part of " + str(practice.merged_into)
        raise Problem(
            f"{practice.id} is {practice.status} and cannot become {to}",
            "",
            f"From there it can go to: {ways}",
        )
    decision = Decision.model_validate(
        {"on": on, "by": by, "action": to, "from": practice.status, "to": to, "reason": reason}
    )
    return _decided(practice, decision, status=to)


def rename(practice: Practice, name: str, *, on: str, by: str, reason: str) -> Practice:
    """``practice`` under another name (see `own_name`); its id, file and history stay."""
    name = own_name(name, ())
    if name == practice.name:
        raise Problem(f"{practice.id} has this name already", "", "Nothing was changed")
    decision = Decision.model_validate(
        {"on": on, "by": by, "action": "renamed", "from": practice.name, "to": name, "reason": reason}
    )
    return _decided(practice, decision, name=name)


def _outdated(practice: Practice) -> dict[str, Any] | None:
    """Its verdict marked as of before this decision: what it rests on is no longer the same."""
    verdict = practice.verdict
    return None if verdict is None else verdict.model_copy(update={"outdated": True}).model_dump()


def merge(practice: Practice, into: Practice, *, on: str, by: str, reason: str) -> tuple[Practice, Practice]:
    """``practice`` becomes part of ``into``: (the merged one, the one that goes on).

    The one that goes on takes over the evidence and remembers the absorbed id, so that later detections
    forward to it. What it takes over is pinned: a person said that it belongs there. What was parted or moved
    out of it into ``practice`` comes back as it was.

    Raises:
        Problem: when they are the same, either was merged before, one was turned down, or the other one does
            not go on.
    """
    if practice.id == into.id:
        raise Problem(f"{practice.id} cannot be merged into itself", "", "Name another practice")
    for one in (practice, into):
        if one.status == "merged":
            raise Problem(
                f"{one.id} was merged into {one.merged_into} before", "", f"Name {one.merged_into} instead"
            )
    if into.status in ENDED:
        raise Problem(
            f"{into.id} is {into.status}, and what is merged into it would go with it",
            "",
            f"Name another practice, or take it up again first: servicestory review {into.id} --accept",
        )
    if practice.status == "rejected":
        raise Problem(
            f"{practice.id} was rejected, and its places would count in {into.id} all the same",
            "",
            f"If they should: servicestory review {practice.id} --status candidate, then merge it",
        )
    went = {e.place for e in practice.evidence if (put := practice.put_by(e.ref)) and put.from_ == into.id}
    back = [e for e in into.not_evidence if e.place in went]
    have = {e.place for e in into.evidence} | {e.place for e in into.not_evidence}
    brought = [e.model_copy(update={"pinned": True}) for e in practice.evidence if e.place not in have]
    evidence = sorted((*into.evidence, *back, *brought), key=lambda e: e.place)  # as detection has them
    gone = {"on": on, "by": by, "action": "merged", "from": practice.status, "to": into.id, "reason": reason}
    took = {"on": on, "by": by, "action": "absorbed", "from": practice.id, "to": into.id, "reason": reason}
    return (
        _decided(practice, Decision.model_validate(gone), status="merged", merged_into=into.id, evidence=[]),
        _decided(
            into,
            Decision.model_validate(took),
            absorbed=sorted({*into.absorbed, practice.id, *practice.absorbed}),
            evidence=[e.model_dump() for e in evidence],
            not_evidence=[e.model_dump() for e in into.not_evidence if e.place not in went],
            verdict=_outdated(into),
        ),
    )


def split(
    practice: Practice, take: Sequence[int], name: str, new_id: str, *, on: str, by: str, reason: str
) -> tuple[Practice, Practice]:
    """Part of the evidence becomes a practice of its own: (what stays, the new one).

    Args:
        take: positions in ``practice.evidence``, counted from 0.
        name: see `own_name`.

    Raises:
        Problem: when nothing or everything is taken, or a position does not exist.
    """
    chosen = _chosen(practice, take)
    if not chosen or len(chosen) >= len(practice.evidence):
        raise Problem(
            f"A split of {practice.id} must take some of its {len(practice.evidence)} places, "
            "not none or all",
            "",
            f"See their numbers with: servicestory show {practice.id} --all",
        )
    taken = [practice.evidence[i] for i in chosen]
    left = [e for i, e in enumerate(practice.evidence) if i not in set(chosen)]
    parted = {"on": on, "by": by, "action": "split", "from": practice.id, "to": new_id, "reason": reason}
    decision = Decision.model_validate(parted)
    new = Practice(
        id=new_id,
        name=name,
        standard=practice.standard,
        decisions=[decision],
        evidence=[e.model_copy(update={"pinned": True}) for e in taken],
    )
    stays = _decided(
        practice,
        decision,
        evidence=[e.model_dump() for e in left],
        not_evidence=[e.model_dump() for e in (*practice.not_evidence, *taken)],
        verdict=_outdated(practice),
    )
    return stays, new


def _numbered(practice: Practice, what: str, numbers: str, on: str, by: str, reason: str) -> str | None:
    """The ``numbers`` a decision named places by, to be kept with it; None where it named them otherwise.

    Raises:
        Problem: the last decision was just the same; meanwhile these are the numbers of other places.
    """
    last = practice.decisions[-1] if practice.decisions else None
    before = (last.action.endswith(what), last.from_, last.on, last.by, last.reason) if last else None
    if numbers and before == (True, numbers, on, by, reason):
        raise Problem(
            f"this was decided of {practice.id} just before, and {numbers} numbers other places now",
            "",
            f"If you mean those, name them by their stories, as in: servicestory show {practice.id} --all",
        )
    return numbers or None


def drop(
    practice: Practice, take: Sequence[int], *, on: str, by: str, reason: str, numbers: str = ""
) -> Practice:
    """``practice`` without places that do not show it; no later detection puts them back.

    Args:
        take: positions in ``practice.evidence``, counted from 0.
        numbers: them as a person typed them, counted from 1; empty where they were named otherwise.

    Raises:
        Problem: none or all would be taken, a position does not exist, or the same was said just before.
    """
    typed = _numbered(practice, "taken out", numbers, on, by, reason)
    chosen = _chosen(practice, take)
    if not chosen:
        raise Problem(
            f"no place of {practice.id} is named to be taken out",
            "",
            f"See their numbers with: servicestory show {practice.id} --all",
        )
    if len(chosen) >= len(practice.evidence) and not any(d.action == "defined" for d in practice.decisions):
        raise Problem(
            f"nothing would be left of {practice.id}",
            "",
            f"If none of it is a practice: servicestory review {practice.id} --reject",
        )
    taken = [practice.evidence[i] for i in chosen]
    left = [e for i, e in enumerate(practice.evidence) if i not in set(chosen)]
    action = f"{plural(len(taken), 'place')} taken out"
    said = {"on": on, "by": by, "action": action, "from": typed, "reason": reason}
    return _decided(
        practice,
        Decision.model_validate(said),
        evidence=[e.model_dump() for e in left],
        not_evidence=[e.model_dump() for e in (*practice.not_evidence, *taken)],
        verdict=_outdated(practice),
    )


def restore(
    practice: Practice, take: Sequence[int], *, on: str, by: str, reason: str, numbers: str = ""
) -> Practice:
    """``practice`` with places that were taken out, as they were before.

    What had gone with such a place comes back with it. What went with another that stays out is pinned: a
    person says that it belongs there all the same.

    Args:
        take: positions in ``practice.out``, counted from 0.
        numbers: see :func:`drop`.

    Raises:
        Problem: a position does not exist, or the same was said just before.
    """
    typed = _numbered(practice, "put back", numbers, on, by, reason)
    gone = practice.out
    chosen = sorted(set(take))
    if not chosen or chosen[-1] >= len(gone):
        many = f"{plural(len(gone), 'place was', 'places were')} taken out of {practice.id}"
        raise Problem(
            many if gone else f"nothing was taken out of {practice.id}",
            "",
            f"See their numbers with: servicestory show {practice.id} --all",
        )
    taken = len(practice.not_evidence)
    back = [gone[i] for i in chosen if i < taken]
    kept = [gone[i].model_copy(update={"pinned": True}) for i in chosen if i >= taken]
    refs = {e.ref for e in back}
    back += [e for e in practice.followed if e.like in refs and e.ref not in {k.ref for k in kept}]
    have = {e.place for e in practice.evidence}
    new = [Evidence(**e.model_dump(exclude={"like"})) for e in (*back, *kept) if e.place not in have]
    stays = {e.ref for e in gone} - {e.ref for e in (*back, *kept)}
    said = {
        "on": on,
        "by": by,
        "action": f"{plural(len(chosen), 'place')} put back",
        "from": typed,
        "to": " ".join(e.ref for e in kept) or None,
        "reason": reason,
    }
    evidence = sorted((*practice.evidence, *new), key=lambda e: e.place)  # as detection has them
    return _decided(
        practice,
        Decision.model_validate(said),
        evidence=[e.model_dump() for e in evidence],
        not_evidence=[e.model_dump() for e in practice.not_evidence if e.ref in stays],
        followed=[e.model_dump() for e in practice.followed if e.ref in stays],
        verdict=_outdated(practice),
    )


def take_in(
    practice: Practice, those: Sequence[Evidence], source: Practice | None, *, on: str, by: str, reason: str
) -> list[Practice]:
    """``practice`` with places a person puts there, pinned; then ``source`` without them.

    A place named twice is one place, and what a person has put there before stays as it is.

    Raises:
        Problem: a practice has ended, ``source`` does not hold a place, or all of them were put there before.
    """
    if practice.status in ENDED:
        raise Problem(
            f"{practice.id} is {practice.status} and takes nothing in",
            "",
            "Name another practice"
            if practice.status == "merged"
            else f"Take it up again first: servicestory review {practice.id} --accept",
        )
    had = {e.place: e for e in practice.evidence}
    elsewhere = {e.place for e in source.evidence} if source and source.id != practice.id else set()
    before = {place for place, e in had.items() if practice.put_there(e)} - elsewhere
    new = {e.place: e for e in those if e.place not in before}
    if not new:
        many = len({e.place for e in those})
        raise Problem(
            f"{plural(many, 'place was', 'places were')} put into {practice.id} before",
            "",
            "Nothing was changed",
        )
    refs = {place: e.ref for place, e in new.items()}
    said = {
        "on": on,
        "by": by,
        "action": f"{plural(len(refs), 'place')} taken in",
        "from": source.id if source else None,
        "to": " ".join(refs.values()),
        "reason": reason,
    }
    put = [had.get(place, e).model_copy(update={"pinned": True}) for place, e in new.items()]
    stays = [e for place, e in had.items() if place not in refs]
    evidence = sorted((*stays, *put), key=lambda e: e.place)  # as detection has them
    taken = _decided(
        practice,
        Decision.model_validate(said),
        evidence=[e.model_dump() for e in evidence],
        not_evidence=[e.model_dump() for e in practice.not_evidence if e.place not in refs],
        followed=[e.model_dump() for e in practice.followed if e.place not in refs],
        verdict=_outdated(practice),
    )
    if source is None or source.id == practice.id:
        return [taken]
    there = [i for i, e in enumerate(source.evidence) if e.place in refs]
    if len(there) < len(refs):
        raise Problem(
            f"{source.id} does not show that place",
            "",
            f"See its places with: servicestory show {source.id} --all; or leave out --from",
        )
    gone = {"on": on, "by": by, "action": f"{plural(len(refs), 'place')} moved", "to": practice.id}
    out = [*source.not_evidence, *(source.evidence[i] for i in there)]
    return [
        taken,
        _decided(
            source,
            Decision.model_validate({**gone, "reason": reason}),
            evidence=[e.model_dump() for e in source.evidence if e.place not in refs],
            not_evidence=[e.model_dump() for e in out],
            verdict=_outdated(source),
        ),
    ]


def give_back(
    source: Practice, those: Sequence[Evidence], *, on: str, by: str, reason: str
) -> Practice | None:
    """``source`` with what was moved out of it, now that it is taken out where it went; None for nothing."""
    back = {e.place for e in those}
    at = [i for i, e in enumerate(source.not_evidence) if e.place in back]
    return restore(source, at, on=on, by=by, reason=reason) if at and source.status != "merged" else None


def pin(practice: Practice, take: Sequence[int], *, on: str, by: str, reason: str) -> Practice:
    """``practice`` with places a person confirmed: no later detection moves or doubts them.

    Args:
        take: positions in ``practice.evidence``, counted from 0.

    Raises:
        Problem: a position does not exist, or all of them were confirmed before.
    """
    chosen = {i for i in _chosen(practice, take) if not practice.put_there(practice.evidence[i])}
    if not chosen:
        raise Problem(
            f"{plural(len(set(take)), 'place was', 'places were')} confirmed in {practice.id} before",
            "",
            "Nothing was changed",
        )
    those = [e.ref for i, e in enumerate(practice.evidence) if i in chosen]
    action = f"{plural(len(those), 'place')} confirmed"
    said = {"on": on, "by": by, "action": action, "to": " ".join(those), "reason": reason}
    evidence = [
        e.model_copy(update={"pinned": True}) if i in chosen else e for i, e in enumerate(practice.evidence)
    ]
    return _decided(practice, Decision.model_validate(said), evidence=[e.model_dump() for e in evidence])


def _chosen(practice: Practice, take: Sequence[int]) -> list[int]:
    """The positions, each once, in order.

    Raises:
        Problem: one does not exist.
    """
    chosen = sorted(set(take))
    if chosen and not 0 <= chosen[0] <= chosen[-1] < len(practice.evidence):
        raise Problem(
            f"{practice.id} has {plural(len(practice.evidence), 'place')}, numbered from 1",
            "",
            f"See them with: servicestory show {practice.id} --all",
        )
    return chosen


def define(
    fields: dict[str, Any], practice: Practice | None, new_id: str, *, on: str, by: str, reason: str
) -> Practice:
    """A practice as a person writes it: a new one, or the definition of ``practice`` corrected.

    Args:
        fields: what the person wrote, already checked as fields of a practice; id, evidence and decisions
            are not theirs to give.

    Raises:
        Problem: when one of those is given.
    """
    for kept in ("id", "decisions", "evidence", "absorbed", "merged_into", "status", "verdict"):
        if kept in fields:
            raise Problem(f"A definition does not give '{kept}'", "", "Take that line out")
    decision = Decision.model_validate({"on": on, "by": by, "action": "defined", "reason": reason})
    if practice is not None:
        return _decided(practice, decision, **fields)
    return Practice.model_validate(
        {**fields, "id": new_id, "decisions": [decision.model_dump(by_alias=True)]}
    )
