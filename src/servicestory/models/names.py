"""What somebody decided about a first name that was read in the texts of stories."""

from typing import Literal

from servicestory.models.base import PartialDate, Record


class NameDecision(Record):
    """One decision about a name as it is written in the stories of one site (None: those without a site).

    A colleague is written into the stories as ``person``; a name that is none is not proposed again.
    """

    on: PartialDate
    by: str
    name: str
    site: str | None = None
    decision: Literal["a colleague", "no colleague"]
    person: str | None = None
    stories: int = 0
    reason: str | None = None
