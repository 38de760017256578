"""Observations, measures and their points: what `observe` and `measure` record."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from servicestory.models.base import PartialDate, Record

Answer = Literal["yes", "no", "na"]
Figure = Annotated[float, Field(allow_inf_nan=False)]


class Observation(Record):
    """One opportunity watched against a practice's checklist. ``items`` maps item number to the answer."""

    practice: str
    on: PartialDate
    done: bool | None = None
    items: dict[str, Answer] = {}
    core: list[str] = []  # the items that make the practice; the others may differ from place to place
    checklist_revision: int | None = None
    site: str | None = None
    team: str | None = None
    shift: str | None = None
    observer: str | None = None
    sampling: Literal["planned", "random", "convenience"] = "convenience"
    watch: str | None = None  # one label for one opportunity that two people watched
    note: str | None = None

    @model_validator(mode="after")
    def _something_seen(self) -> "Observation":
        if self.done is None and not self.items:
            raise ValueError("an observation needs done: yes or no, or answers to the checklist items")
        return self


class Measure(Record):
    """A figure watched over time; an outcome, a process or a balancing one."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    name: str | None = None
    type: Literal["outcome", "process", "balancing"] = "outcome"
    definition: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    unit: str | None = None
    direction: Literal["up", "down"] = "up"
    target: Figure | None = None
    chart: Literal["auto", "xmr", "p", "pp", "u", "up", "c", "g", "t", "run"] = "auto"
    practices: list[str] = []


class MeasurePoint(Record):
    """One value of a measure in one period at one site (no site: the whole organisation)."""

    measure: str
    period: PartialDate
    site: str | None = None
    value: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None
    n: Annotated[Figure, Field(ge=0)] | None = None
    asked: Annotated[Figure, Field(ge=0)] | None = None  # how many could have answered
    standard_error: Annotated[Figure, Field(ge=0)] | None = None
    recorded_on: PartialDate | None = None

    @model_validator(mode="after")
    def _a_figure(self) -> "MeasurePoint":
        if self.value is None and (self.numerator is None or self.denominator is None):
            raise ValueError("a point needs a value, or a numerator and a denominator")
        if self.denominator is not None and self.denominator <= 0:
            raise ValueError("the denominator must be above zero")
        if self.numerator is not None and self.numerator < 0:
            raise ValueError("the numerator is a count and cannot be below zero")
        return self


class Rebase(Record):
    """A recorded decision to compute a measure's limits afresh from a period on."""

    measure: str
    site: str | None = None
    from_period: PartialDate
    on: PartialDate
    by: str
    reason: str


class Recognition(Record):
    """A thank-you that was given, or a story told at a team meeting, with its behaviour and effect.

    One with ``taken_back_on`` says that the record before it that says the same was a mistake.
    """

    story: str
    kind: Literal["thanks", "lineup"] = "thanks"
    recipient: str | None = None
    giver: str
    delivered_on: PartialDate
    behaviour: str | None = None
    effect: str | None = None
    value: str | None = None
    taken_back_on: PartialDate | None = None


class Detection(Record):
    """One run of `detect`: what it counted and what became of the practices.

    ``gained`` says how many places a practice that stood got, ``lost`` which it has no longer (as evidence is
    named, see :attr:`Evidence.ref`), of very many the first.
    """

    on: PartialDate
    stories: int
    behaviours: int
    practices: int
    highest_id: int = Field(ge=0)
    survived: list[str] = []
    new: list[str] = []
    split: list[str] = []
    merged: list[str] = []
    gone: list[str] = []
    gained: dict[str, int] = {}
    lost: dict[str, list[str]] = {}


class Training(Record):
    """One training of a practice: a session for several, or what one colleague learned.

    ``learner`` is a pseudonym, never a name. ``revision`` is that of ``document``, or of the procedure
    where no document is named.
    """

    practice: str
    on: PartialDate
    site: str | None = None
    people: Annotated[int, Field(ge=0)] | None = None
    trainer: str | None = None
    document: str | None = None
    revision: int | None = None
    note: str | None = None
    learner: str | None = Field(None, pattern=r"^(?:L|Person)-[0-9a-z]{8}$")
    teach_back: Literal["passed", "not yet"] | None = None
    score: Annotated[Figure, Field(ge=0)] | None = None
    score_of: Annotated[Figure, Field(gt=0)] | None = None
    signed_off_by: str | None = None

    @model_validator(mode="after")
    def _about_one_or_many(self) -> "Training":
        if self.learner is None and (self.teach_back or self.signed_off_by or self.score is not None):
            raise ValueError("a teach-back, a score and a sign-off need the learner they are about")
        if self.signed_off_by and self.teach_back == "not yet":
            raise ValueError("nobody signs off what was not passed yet")
        if self.score is not None and (self.score_of is None or self.score > self.score_of):
            raise ValueError("a score says of how many: 8 of 10")
        return self


Response = Literal["adopted", "adapted", "on hold", "rejected", "already in place", "not applicable"]


class Replication(Record):
    """What a site answered when a practice was offered to it (after Ford's Best Practice Replication)."""

    practice: str
    site: str
    response: Response
    on: PartialDate
    by: str
    reason: str | None = None

    @model_validator(mode="after")
    def _says_why(self) -> "Replication":
        if self.response in ("rejected", "on hold", "not applicable") and not self.reason:
            raise ValueError(f"a site that answers {self.response!r} says why")
        return self
