"""Document control of a standard procedure: who, when, which revision, until when."""

from typing import Literal

from pydantic import Field

from servicestory.models.base import Part, PartialDate, Record


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


class Procedure(Record):
    """The document-control part of a procedure (its front matter), after ISO 10013 and ISO 9001 7.5."""

    id: str = Field(pattern=r"^SOP-\d{4,}$")
    practice: str
    title: str
    revision: int = Field(1, ge=1)
    status: Literal["draft", "in review", "approved", "effective", "superseded", "withdrawn"] = "draft"
    owner: str | None = None
    author: str | None = None
    reviewer: str | None = None
    approver: str | None = None
    approved_on: PartialDate | None = None
    effective_on: PartialDate | None = None
    review_due: PartialDate | None = None
    supersedes: str | None = None
    superseded_by: str | None = None
    roles: list[Role] = []
    history: list[Revision] = []
