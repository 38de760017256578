"""A practice: a recurring behaviour colleagues can copy, with its evidence and its decisions."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from servicestory.models.base import Part, PartialDate, Record, Said
from servicestory.models.story import Story
from servicestory.text import plural

Status = Literal["candidate", "accepted", "pilot", "standard", "local", "retired", "rejected", "merged"]
LIVE: tuple[Status, ...] = ("accepted", "pilot", "standard", "local")
"""States of a practice that is to be copied: somebody accepted it."""
ENDED: tuple[Status, ...] = ("retired", "rejected", "merged")
"""States of a practice that nobody is to copy any longer."""

ALL_READ = "all only read in texts, not confirmed"
"""Said of the people of a practice; where it is so of every story it is said once instead."""

UNNAMED = "Do as these stories tell"
"""How the name of a practice begins that is found in stories, and whose deed nobody could word yet."""

DOUBTFUL = 0.4
"""A place that is no likelier to belong to its practice is doubtful."""


MOSTLY_DOUBTFUL = "most of its places are doubtful"
"""Whose verdict has this detail is to be looked at before anything else is asked of it."""


class Evidence(Part):
    """A place in a story that shows the practice: character offsets into the named field.

    ``field`` is ``narrative`` or ``behaviours[i]`` (counted from 0). ``pinned`` evidence was confirmed by
    a person and stays whatever a later detection finds.
    """

    story: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    field: str = "narrative"
    score: float | None = None
    copies: int = Field(1, ge=1)
    pinned: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether it may well belong elsewhere, and nobody has confirmed it."""
        return is_doubtful(self.score, self.pinned)

    @property
    def shows(self) -> int:
        """How much of its story surely shows it: its characters, fewer where that is less sure."""
        sure = 1.0 if self.pinned or self.score is None else self.score
        return round((self.end - self.start) * sure)

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Where it stands: story, field, start, end; sorts in this order."""
        return self.story, self.field, self.start, self.end

    @property
    def ref(self) -> str:
        """How a decision names it: story, field, first and last character."""
        return f"{self.story}:{self.field}:{self.start}-{self.end}"

    def text_in(self, story: Story) -> str | None:
        """The words it points at, or None when the story no longer has that place."""
        whole = story.text_of(self.field)
        if whole is None or not self.start < self.end <= len(whole):
            return None
        return whole[self.start : self.end]


class Followed(Evidence):
    """A place that detection left out because it is told nearly as ``like``, which a person took out."""

    like: str  # as :attr:`Evidence.ref` has it


def is_doubtful(score: float | None, pinned: bool) -> bool:
    """:attr:`Evidence.doubtful` of a place that is not kept yet; scores are kept with two decimals."""
    return score is not None and round(score, 2) < DOUBTFUL and not pinned


def level_said(level: str, label: str | None) -> str:
    """The level of evidence, in words that do not contradict a verdict for which there is not enough."""
    if level == "promising" and label == "not enough evidence":
        return "promising, so widely is it told; too little is known of who does it to say whose habit it is"
    return level


def level_in_short(level: str, label: str | None) -> str:
    """:func:`level_said` in a list."""
    said = level_said(level, label)
    return f"level of evidence: {level}" if said == level else f"{level} all the same"


_FIGURE = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")


def _figures(value: Any) -> Any:
    """Figures and yes/no inside a free group of fields: files hold texts only, and empty is not given."""
    if isinstance(value, dict):
        return {k: _figures(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_figures(v) for v in value if v is not None]
    if isinstance(value, str) and (value in ("true", "false") or _FIGURE.fullmatch(value)):
        return json.loads(value)
    return value


class Verdict(Part):
    """Random act, one star's habit, or how this house works: with the criterion that decided."""

    label: Literal[
        "random act", "star-dependent", "team habit", "spreading", "systemic", "not enough evidence"
    ]
    detail: str | None = None  # whose habit it is, or what is missing: in brackets behind the label
    because: str = ""
    would_change: str = ""
    criteria: Annotated[dict[str, Any], BeforeValidator(_figures)] = {}
    figures: Annotated[dict[str, Any], BeforeValidator(_figures)] = {}
    computed_on: PartialDate | None = None
    outdated: bool = False  # people changed evidence or who did it since; the next detection clears it

    @property
    def said(self) -> str:
        """The label as it is shown, with whose habit it is or what is missing, and if it hangs on doubt."""
        said = f"{self.label} ({self.detail})" if self.detail else self.label
        n = self.figures.get("doubtful")
        if not self.figures.get("without_doubtful") or self.label in ("random act", "not enough evidence"):
            return said
        return f"{said}, if its {'doubtful place holds' if n == 1 else f'{n} doubtful places hold'}"

    @property
    def missing(self) -> str:
        """In a few words what is missing where there is not enough evidence, as ``would_change`` has it."""
        if self.label == "random act":
            return "told of a single time"
        if self.detail == MOSTLY_DOUBTFUL:
            return "its doubtful places are to be looked at"
        decided = self.criteria.get("decided_by")
        # kept with the practice are the figures of what decided alone
        who = self.criteria.get("who is known") or self.criteria
        if decided == "most say who" or (
            decided == "who is known" and who.get("known", 0) < who.get("least", 0)
        ):
            return "who did it has to be recorded"
        if decided == "who is known":
            return "stories about others are needed"
        return "stories of a later period are needed" if decided == "recurs" else "more stories are needed"

    @property
    def people_said(self) -> str:
        """How many different people it was seen with: on record, or read in the texts of stories without.

        Where a story names several and does not say which of them did it, all are counted: so many at most.
        No number of few people is told. Empty where no story says who, and where all stories together name
        too few people to say even that.
        """
        people, read = self.figures.get("people"), self.figures.get("people_suggested")
        if few := self.figures.get("fewer_people_than"):
            said, read = f"fewer than {few} people", self.figures.get("few_read")
        elif people:
            said = plural(people, "person", "people")
            said = f"up to {said}" if self.figures.get("shared") else said
        else:
            return ""
        if not read:
            return said
        if people == 1:
            return f"{said} (only read in a text, not confirmed)"
        if read in ("all", people):
            return f"{said} ({ALL_READ})"
        return f"{said} ({read} only read in texts, not confirmed)"

    @property
    def seen_said(self) -> str:
        """Its figures in one line: stories, people, sites (else teams) and periods."""
        f = self.figures
        if not f:
            return ""
        parts = [f"{f['stories']:,} of {plural(f['of'], 'story', 'stories')}", self.people_said]
        if f.get("sites"):
            parts.append(f"{f['sites']} of {plural(f['of_sites'], 'site')}")
        elif f.get("teams"):
            parts.append(plural(f["teams"], "team"))
        parts.append(plural(f["periods"], "period") if f.get("periods") else "")
        return ", ".join(filter(None, parts))


ACTIONS = (*get_args(Status), "renamed", "absorbed", "split", "defined")
"""What a decision on a practice as a whole is called."""
_OF_PLACES = re.compile(r"[\d,]+ places? (?:taken in|taken out|put back|moved|confirmed)")


class Decision(Part):
    """One recorded decision: when, who, what it changed and why.

    Of places put in or confirmed by hand ``to`` names each (:attr:`Evidence.ref`, parted by blanks), and
    ``from_`` the practice they were taken from; of places taken out or put back ``from_`` has the numbers
    they were named by.
    """

    on: PartialDate
    by: str
    action: str
    from_: str | None = Field(None, alias="from")
    to: str | None = None
    reason: str

    @property
    def known(self) -> bool:
        """Whether its action is one that a command writes and reads."""
        return self.action in ACTIONS or bool(_OF_PLACES.fullmatch(self.action))


class Practice(Record):
    """One practice. Its id never changes and is never given to another."""

    id: str = Field(pattern=r"^P-\d{4,}$")
    name: Said
    behaviour_statement: str | None = None
    definition: str | None = None  # key of the codebook entry it comes from
    trigger: str | None = None
    core: list[str] = []
    adaptable: list[str] = []
    not_for: list[str] = []
    examples: list[str] = []  # sentences in which somebody would tell it
    cues: list[str] = []  # words or turns of phrase that tell it
    status: Status = "candidate"
    standard: str | None = None
    owner: str | None = None
    review_due: PartialDate | None = None
    verdict: Verdict | None = None
    evidence_level: Literal["emerging", "promising", "leading", "best"] | None = None
    stability: float | None = None
    words: list[str] = []
    absorbed: list[str] = []
    merged_into: str | None = None
    decisions: list[Decision] = []
    evidence: list[Evidence] = []
    evidence_beside: int = Field(0, ge=0)  # further places, in practices/evidence/<id>.csv
    not_evidence: list[Evidence] = []  # taken out by a person; never proposed here again
    followed: list[Followed] = []  # left out by detection, like one of those
    counter_evidence: list[Evidence] = []

    @property
    def out(self) -> list[Evidence]:
        """All that can be put back, as it is numbered: what people took out, then what went with it."""
        return [*self.not_evidence, *self.followed]

    @property
    def sure_stories(self) -> set[str]:
        """The stories of which a place here is not doubtful."""
        return {e.story for e in self.evidence if not e.doubtful}

    @property
    def doubtful_stories(self) -> set[str]:
        """The stories of which every place here is doubtful: what `show` marks, and documents count."""
        return {e.story for e in self.evidence} - self.sure_stories

    def surest(self) -> list[Evidence]:
        """The places to learn from: without the doubtful ones, where two stories or more are left."""
        clear = [e for e in self.evidence if not e.doubtful]
        return clear if len({e.story for e in clear}) > 1 else self.evidence

    def put_by(self, ref: str) -> Decision | None:
        """The last decision by which a person put the place ``ref`` here or confirmed it; None when none did.

        Whatever a merge or a split brought along was put here by it.
        """
        named = [d for d in self.decisions if ref in (d.to or "").split()]
        came = {("absorbed", self.id), ("split", self.id)}
        brought = [d for d in self.decisions if (d.action, d.to) in came]
        return next(reversed(named or brought), None)

    def put_there(self, evidence: Evidence) -> bool:
        """Whether a person put this place here or confirmed it, and a decision says so."""
        return evidence.pinned and self.put_by(evidence.ref) is not None

    @property
    def level_in_short(self) -> str:
        """The level of evidence in a list, after the verdict; empty before there is one."""
        if self.evidence_level is None:
            return ""
        return level_in_short(self.evidence_level, self.verdict.label if self.verdict else None)

    @property
    def outdated(self) -> bool:
        """Whether verdict and figures are of evidence that a person changed since the last detection."""
        return self.verdict is not None and self.verdict.outdated

    def of_before(self) -> "Practice":
        """The same with its verdict marked as of before: what it rests on is known otherwise now."""
        verdict = self.verdict and self.verdict.model_copy(update={"outdated": True})
        return self.model_copy(update={"verdict": verdict})

    @property
    def named(self) -> bool:
        """Whether somebody gave it its name; else that is the codebook's or was cut out of a story."""
        return self.worded or any(d.action == "split" and d.to == self.id for d in self.decisions)

    @property
    def worded(self) -> bool:
        """Whether somebody renamed or defined it, so that its name and statement are what people call it."""
        return any(d.action in ("renamed", "defined") for d in self.decisions)

    @property
    def working_title(self) -> bool:
        """Whether its name is but the one that detection took from its stories."""
        return self.definition is None and not self.named

    @property
    def unnamed(self) -> bool:
        """Whether its name says no deed yet."""
        return self.name.startswith(UNNAMED)

    @property
    def undecided(self) -> str:
        """What stands at the head of its documents while it is not one to copy; empty once it is."""
        return {
            "candidate": "Nobody has accepted this practice yet; this is a draft to decide by.",
            "rejected": "This practice was rejected: do not work by this document.",
            "retired": "This practice was retired: do not work by this document any longer.",
        }.get(self.status, "")

    @property
    def wording_mark(self) -> str:
        """Twelve hexadecimal digits that change when people change what the practice asks of colleagues.

        Evidence and decisions do not count: more of the same stories make no training out of date.
        """
        asked = [self.name, self.behaviour_statement, self.trigger, self.core, self.adaptable, self.not_for]
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()[:12]


def heirs(practices: Iterable[Practice]) -> dict[str, str]:
    """Id of each merged practice -> id of what it is part of now; of a circle, the last before it closes."""
    into = {p.id: p.merged_into for p in practices if p.merged_into}
    found = {}
    for start in into:
        at, seen = start, {start}
        while (to := into.get(at)) and to not in seen:
            seen.add(to)
            at = to
        found[start] = at
    return found
