"""What a review closes with, and what leaders and colleagues say of their own part."""

from typing import Literal

from pydantic import Field, model_validator

from servicestory.models.base import PartialDate, Record, Said

Outcome = Literal["worked", "partly", "did not work", "dropped"]


class Action(Record):
    """A decision of a review, or something to do until the next. A later line of the same id replaces it.

    ``result`` and ``outcome`` are filled in when somebody looks whether it worked (``checked_on``).
    """

    id: str = Field(pattern=r"^A-\d{4,}$")
    kind: Literal["action", "decision"] = "action"
    period: PartialDate  # the period the review was about
    on: PartialDate  # the day it was decided
    by: str
    what: Said
    owner: str | None = None
    due: PartialDate | None = None
    expected_effect: str | None = None
    practice: str | None = None
    measure: str | None = None
    checked_on: PartialDate | None = None
    outcome: Outcome | None = None
    result: str | None = None

    @model_validator(mode="after")
    def _whose_and_when(self) -> "Action":
        if self.kind == "action" and not (self.owner and self.due):
            raise ValueError("an action needs an owner and a day by which it is done")
        if self.outcome and not (self.checked_on and self.result):
            raise ValueError("whether it worked needs the day somebody looked, and what was seen")
        return self


class Closing(Record):
    """The review of a period was held and closed."""

    period: PartialDate
    on: PartialDate
    by: str
    note: str | None = None


class LeaderCheck(Record):
    """Whether the leaders of a place do their part for a practice: a practice lives as long as they do."""

    practice: str
    on: PartialDate
    site: str | None = None
    modelled: bool
    resourced: bool
    recognised: bool
    note: str | None = None


class Reflection(Record):
    """What a colleague answered to a question about their own work. Nobody's name is part of it."""

    on: PartialDate
    question: str
    answer: Said
