"""Document control of a standard procedure: who, when, which revision, until when."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from servicestory.models.base import Part, PartialDate, Record, first_day, last_day

Status = Literal["draft", "in review", "approved", "effective", "superseded", "withdrawn"]


class Role(Part):
    """What a role does in a procedure, what it may decide alone, and whom it asks beyond that."""

    role: str
    responsibility: str
    authority_limit: str | None = None
    escalate_to: str | None = None


class Revision(Part):
    """One line of a document's history."""

    revision: int = Field(ge=1)
    on: PartialDate
    by: str
    what: str
    why: str
    kind: Literal["major", "minor"] = "minor"


class Move(Part):
    """One step in a procedure's life: which revision went from which state to which, when, by whom, why."""

    on: PartialDate
    by: str
    revision: int = Field(ge=1)
    from_: Status = Field(alias="from")
    to: Status
    reason: str | None = None
    effective_on: PartialDate | None = None  # the day on which what was put into effect takes effect
    text: str | None = Field(None, pattern=r"^[0-9a-f]{16}$")  # fingerprint of what was submitted or approved


class Sources(Part):
    """What a revision was made from, as fingerprints: they tell why the next one says something else."""

    stories: str
    places: str  # the words found in these stories
    definition: str  # of the practice, and the codebook
    house: str  # servicestory.yaml
    template: str
    roles: str
    state: str | None = None  # of the practice, as people decided it
    steps: str | None = None  # of what it tells people to do, as the training documents have it too


class Procedure(Record):
    """The document-control part of a procedure (its front matter), after ISO 10013 and ISO 9001 7.5."""

    id: str = Field(pattern=r"^SOP-\d{4,}$")
    practice: str
    title: str
    revision: int = Field(1, ge=1)
    status: Status = "draft"
    owner: str | None = None
    author: str | None = None
    reviewer: str | None = None
    approver: str | None = None
    approved_on: PartialDate | None = None
    effective_on: PartialDate | None = None
    review_due: PartialDate | None = None
    supersedes: str | None = None
    superseded_by: str | None = None
    withdrawn_on: PartialDate | None = None
    roles: list[Role] = []
    made_from: Sources | None = None
    history: list[Revision] = []
    decisions: list[Move] = []

    @model_validator(mode="after")
    def _approved_by_another(self) -> "Procedure":
        wrote, approved = ((name or "").strip().casefold() for name in (self.author, self.approver))
        if self.status in ("approved", "effective") and wrote and wrote == approved:
            raise ValueError("nobody approves their own work: the approver is not the author")
        return self

    def to_yaml(self) -> dict[str, Any]:
        """The fields that were given; revision and status also where they are the first ones."""
        given = super().to_yaml()
        given.update({k: getattr(self, k) for k in ("revision", "status") if k in self.model_fields_set})
        order = ["schema", *type(self).model_fields]
        return {key: given[key] for key in sorted(given, key=order.index)}

    @property
    def ended(self) -> bool:
        """Whether nobody is to work by it any longer."""
        return self.status in ("superseded", "withdrawn")


def in_force(procedure: Procedure, on: date) -> int | None:
    """The revision that is in effect on a day; an earlier one stays so until the next one takes effect."""
    if procedure.ended:
        return None
    since = first_day(procedure.effective_on) if procedure.effective_on else None
    if procedure.status == "effective" and (since is None or since <= on):
        return procedure.revision
    return max((r for r, day in takes_effect(procedure).items() if day <= on), default=None)


def takes_effect(procedure: Procedure) -> dict[int, date]:
    """Every revision that was put into effect, and the day it took effect or will; by what was decided.

    What was in effect when the procedure ended is none of them: reopened, it begins anew.
    """
    days: dict[int, date] = {}
    for move in procedure.decisions:
        if move.to in ("withdrawn", "superseded"):
            days.clear()
        elif move.to == "effective" and (move.from_ != "effective" or move.effective_on):
            days[move.revision] = first_day(move.effective_on or move.on)
        elif (move.from_, move.to) == ("effective", "draft") and days:
            # Minor revisions stay in effect without a decision; the last one did when this one began.
            days.setdefault(move.revision - 1, days[max(days)])
    if procedure.status == "effective" and procedure.effective_on:
        days[procedure.revision] = first_day(procedure.effective_on)
    return days


def until(procedure: Procedure) -> date | None:
    """The day from which a later revision takes the place of this one, where that is decided already."""
    found = re.fullmatch(r"revision \d+ from (\S+) on", procedure.superseded_by or "")
    return first_day(found[1]) if found else None


def begins(procedure: Procedure, on: date | None = None) -> date | None:
    """The day on which it takes effect, while that is still to come; else None.

    Args:
        on: as of which day; without it, as of the last decision or revision, so that a document says on any
            later day what is true.
    """
    if procedure.status != "effective" or until(procedure) or not procedure.effective_on:
        return None
    written = [m.on for m in procedure.decisions] + [line.on for line in procedure.history]
    on = on or max(map(first_day, written), default=None)
    since = first_day(procedure.effective_on)
    return since if on and since > on else None


def state(procedure: Procedure, on: date | None = None) -> str:
    """The status in words: what is to take effect on a later day is approved until then, as on paper.

    Args:
        on: see `begins`; "approved, effective from 2026-11-01" is true on any later day.
    """
    if procedure.status != "effective":
        return procedure.status
    if end := until(procedure):
        return f"effective until {end}" if on is None or on < end else "superseded"
    since = begins(procedure, on)
    return f"approved, effective from {since}" if since else "effective"


def heir(procedure: Procedure, procedures: Mapping[str, Procedure]) -> Procedure | None:
    """The procedure people work by in the place of one that ended, over as many steps as it takes.

    Args:
        procedures: all of them, by id.
    """
    seen, now = {procedure.id}, procedure
    while now.ended:
        after = procedures.get(now.superseded_by or "")
        if after is None or after.id in seen:
            return None
        seen.add(after.id)
        now = after
    return now


def current_revision(procedure: Procedure, on: date) -> int | None:
    """The revision people learn and work by: the one in effect; before any took effect, the newest.

    None when the procedure was withdrawn or superseded.
    """
    if procedure.ended:
        return None
    return in_force(procedure, on) or procedure.revision


def waits_for(procedure: Procedure, today: date) -> tuple[str, date] | None:
    """What somebody has to do about a procedure, and since when; None when nothing is due.

    The first that applies: `past review`, `waiting for approval`, `approved, not yet in effect`.
    """
    if procedure.ended:
        return None
    if procedure.review_due and last_day(procedure.review_due) < today:
        return "past review", last_day(procedure.review_due)
    last = next((m for m in reversed(procedure.decisions) if m.to == procedure.status != m.from_), None)
    words = {"in review": "waiting for approval", "approved": "approved, not yet in effect"}
    if procedure.status in words:
        return words[procedure.status], first_day(last.on) if last else today
    return None
