"""The control part of a training document: which practice it teaches, whose it is, which revision."""

from typing import Literal

from pydantic import Field

from servicestory.models.base import PartialDate, Record
from servicestory.models.procedure import Revision

Sheet = Literal["job breakdown", "checklist", "session plan"]


class TrainingDocument(Record):
    """The front matter of a job breakdown, a checklist or a session plan."""

    id: str = Field(pattern=r"^(?:JB|CL|SP)-\d{4,}$")
    practice: str
    document: Sheet
    title: str
    revision: int = Field(1, ge=1)
    status: Literal["draft", "in use", "withdrawn"] = "draft"
    owner: str | None = None
    dated: PartialDate | None = None
    review_due: PartialDate | None = None
    history: list[Revision] = []
