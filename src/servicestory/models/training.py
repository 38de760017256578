"""The control part of a training document: which practice it teaches, whose it is, which revision."""

from typing import Literal

from pydantic import Field

from servicestory.models.base import Part, PartialDate, Record
from servicestory.models.procedure import Revision

Sheet = Literal["job breakdown", "checklist", "session plan", "quiz"]


class Basis(Part):
    """What a training document was made from; a later revision of either makes it out of date."""

    practice: str | None = Field(None, pattern=r"^[0-9a-f]{12}$")  # `Practice.wording_mark`
    procedure: int | None = Field(None, ge=1)  # revision of the procedure, when there was one
    status: Literal["candidate", "retired", "rejected"] | None = None  # only where nobody was to copy it
    steps: str | None = None  # fingerprint of what it tells people to do (`stale.taught`); "none": not a step
    told: int | None = Field(None, ge=0)  # steps that stories or people give, see `monitor`


class TrainingDocument(Record):
    """The front matter of a job breakdown, a checklist, a session plan or a quiz."""

    id: str = Field(pattern=r"^(?:JB|CL|SP|QZ)-\d{4,}$")
    practice: str
    document: Sheet
    title: str
    revision: int = Field(1, ge=1)
    status: Literal["draft", "in use", "withdrawn"] = "draft"
    in_use_on: PartialDate | None = None
    in_use_by: str | None = None
    withdrawn_on: PartialDate | None = None
    withdrawn_by: str | None = None
    owner: str | None = None
    dated: PartialDate | None = None
    review_due: PartialDate | None = None
    made_from: Basis | None = None
    exported: dict[str, str] = {}  # quiz only: file beside it -> fingerprint as written
    history: list[Revision] = []
