"""A story: one account of an exceptional service encounter, as told, plus what is known of it."""

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from servicestory.models.base import Part, PartialDate, Record, first_day
from servicestory.text import spelled


class Customer(Part):
    """Who was served; everyone has customers, so a colleague counts as an internal one."""

    kind: Literal["external", "internal"] = "external"
    segment: str | None = None


class Reporter(Part):
    """Who told the story, by role, never by name."""

    role: str | None = None


class Rating(Part):
    """A figure that came with the story, with the top of its scale."""

    type: str = "rating"
    value: float
    of: float | None = Field(None, gt=0)


class Consent(Part):
    """What a party allowed the story to be used for, until withdrawn."""

    party: str
    uses: list[Literal["team", "company", "training", "external"]]
    on: PartialDate | None = None
    withdrawn_on: PartialDate | None = None

    def stands(self, day: datetime.date | None) -> bool:
        """Whether it has been given by a day and is not taken back by then.

        Of a month or year it counts from the first day on, and so does taking it back: nobody is told too
        long. Without a day, one that is to be taken back on whatever day stands no more.
        """
        given = self.on is None or day is None or first_day(self.on) <= day
        return given and (
            self.withdrawn_on is None or (day is not None and first_day(self.withdrawn_on) > day)
        )


class Verification(Part):
    """Whether somebody confirmed that it happened."""

    state: Literal["unverified", "confirmed", "doubtful"] = "unverified"
    by: str | None = None
    on: PartialDate | None = None


class Source(Part):
    """Where an imported story came from; ``record`` is the source's own id."""

    system: str | None = None
    record: str | None = None
    batch: str | None = None
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class Disposition(Part):
    """What came of the story, and when the teller was told."""

    decision: Literal["practice", "training", "procedure", "no action"]
    reason: str | None = None
    told_on: PartialDate | None = None


SHAPES = {
    "people": "people: [Anna Berg, Tom Ito]",
    "consent": "consent: [{party: Anna Berg, uses: [team, training], on: 2026-08-14}]",
    "ratings": "ratings: [{value: 9, of: 10}]",
    "customer": "customer: {kind: internal}",
    "reporter": "reporter: {role: guest}",
    "verification": "verification: {state: confirmed, by: Anna Berg, on: 2026-08-14}",
}
"""How the fields of a story that are lists or have parts of their own are written, on one line."""


LONGEST = 500_000
"""Characters of a text: a thick novel. What is longer is an archive of stories and takes minutes."""
CUT_UP = "Cut it into the stories it tells, or import a table with one story in each row"


def too_long(text: str) -> str | None:
    """What is wrong with a text longer than :data:`LONGEST`, without a full stop; None if it is not."""
    if len(text) <= LONGEST:
        return None
    return f"this text has {len(text):,} characters, and a story has at most {LONGEST:,}"


def _short_enough(text: str) -> str:
    # a constraint of the field would ask first whether the text is whole, which is told better later
    if what := too_long(text):
        raise PydanticCustomError("too_long", "{what}", {"what": what, "next_step": CUT_UP})
    return text


Told = Annotated[str, AfterValidator(_short_enough)]
"""What somebody told."""


class Story(Record):
    """One story. Only an id and either a narrative or behaviours are ever required."""

    id: str = Field(pattern=r"^[^\s/\\]+$", max_length=200)
    date: PartialDate | None = None
    title: str | None = None
    narrative: Told = ""
    situation: str | None = None
    behaviours: list[Told] = Field(default_factory=list)
    outcome: str | None = None
    quote: str | None = None
    why_significant: str | None = None
    people: list[str] = Field(default_factory=list)
    team: str | None = None
    site: str | None = None
    shift: str | None = None
    channel: str | None = None
    journey_stage: str | None = None
    customer: Customer | None = None
    reporter: Reporter | None = None
    recovery: bool = False
    prompted: Literal["spontaneous", "campaign", "import"] = "spontaneous"
    language: str | None = None
    ratings: list[Rating] = Field(default_factory=list)
    icare: list[Literal["ideal", "culture", "attentiveness", "responsiveness", "empowerment"]] = Field(
        default_factory=list
    )
    resources_extra: str | None = None
    rule_bent: str | None = None
    tags: list[str] = Field(default_factory=list)
    consent: list[Consent] = Field(default_factory=list)
    verification: Verification | None = None
    source: Source | None = None
    disposition: Disposition | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Story":
        if not self.narrative.strip() and not any(line.strip() for line in self.behaviours):
            raise ValueError("a story needs a narrative or at least one behaviour")
        return self

    @property
    def said(self) -> str:
        """Everything that may hold a name: title, text and people."""
        return "\n".join([self.title or "", self.narrative, *self.behaviours, *self.people])

    def text_of(self, field: str) -> str | None:
        """The narrative, or the line of ``behaviours[i]`` (from 0); None when it is not there."""
        if field == "narrative":
            return self.narrative
        number = re.fullmatch(r"behaviours\[(\d+)\]", field)
        return self.behaviours[int(number[1])] if number and int(number[1]) < len(self.behaviours) else None

    @property
    def teller_asked(self) -> bool:
        """Whether anybody was asked but those it tells of: their answer is not that of whoever told it.

        Unless whoever told it is one of them, and tells of their own deed.
        """
        return any(
            self.told_by(c.party) or not any(may_be(c.party, name) for name in self.people)
            for c in self.consent
        )

    def told_by(self, party: str) -> bool:
        """Whether a party that was asked is called as whoever told the story is."""
        role = self.reporter.role if self.reporter else None
        return bool(role) and not spelled(party).isdisjoint(spelled(role or ""))

    def refused(self, *uses: str, on: datetime.date | None = None) -> bool:
        """Whether anybody was asked and agreed to none of the uses, or took that back.

        Args:
            on: the day it counts for, see :meth:`Consent.stands`.
        """
        return any(not (set(c.uses).intersection(uses) and c.stands(on)) for c in self.consent)

    def all_agreed_to(self, *uses: str, on: datetime.date | None = None) -> bool:
        """Whether the story may be retold in its teller's words: they were asked, and nobody asked refused.

        Whoever a story is about says yes for their name; the words are not theirs to give.

        Args:
            on: the day it counts for, see :meth:`Consent.stands`.
        """
        return self.teller_asked and not self.refused(*uses, on=on)

    @property
    def withheld(self) -> bool:
        """Whether somebody was asked and did not agree to its use in training, or took that back.

        Nothing of such a story is told in a document; where nobody was asked, it may be retold without names.
        """
        return self.refused("training")

    @property
    def internal(self) -> bool:
        """Whether a colleague was served."""
        return self.customer is not None and self.customer.kind == "internal"

    @property
    def unhappy(self) -> bool:
        """Whether a customer wrote it and rated what happened in the lower half of the scale."""
        shares = [rating.value / rating.of for rating in self.ratings if rating.of]
        return self.source is not None and bool(shares) and sum(shares) / len(shares) <= 0.5

    @property
    def record(self) -> str | None:
        """The source's own id when the story was imported."""
        return self.source.record if self.source else None


def may_be(party: str, name: str) -> bool:
    """Whether a party that was asked is somebody a story names, in full or by a part of the name."""
    words, whole = party.split(), [spelled(word) for word in name.split()]
    return bool(words) and all(any(not spelled(word).isdisjoint(one) for one in whole) for word in words)
