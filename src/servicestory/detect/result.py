"""What a detection finds: behaviours, practices, what was left out and why, and how practices moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from servicestory.models.practice import Evidence, is_doubtful

if TYPE_CHECKING:
    from servicestory.detect.readings import Readings


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing somebody of the service did: ``start`` and ``end`` are offsets into ``field`` of the story.

    ``score`` is the probability (0 to 1) that the passage reports a copyable behaviour; ``practices`` are
    ids, the most fitting first, none when it is unassigned; ``runner_up`` is the best of the others.
    ``copies`` counts the stories that say the same in the same words, this one included. ``pinned`` when a
    person put it into one of them; as evidence of a practice, when into that one.
    """

    story: str
    record: str | None
    field: str
    start: int
    end: int
    text: str
    score: float
    practices: tuple[str, ...] = ()
    runner_up: str | None = None
    copies: int = 1
    pinned: bool = False

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Where it stands: story, field, start, end."""
        return self.story, self.field, self.start, self.end

    def as_evidence(self) -> Evidence:
        """The record that a practice keeps of it."""
        return Evidence(
            story=self.story,
            start=self.start,
            end=self.end,
            field=self.field,
            score=self.score,
            copies=self.copies,
            pinned=self.pinned,
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that is no behaviour, with the reason in plain words."""

    story: str
    field: str
    start: int
    end: int
    text: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class FoundPractice:
    """A practice with its evidence, as indices into the behaviours of the detection, best first.

    ``clearest`` are three to five of them that show it best and differ from each other, ``scores`` say of
    each how likely (0 to 1) it belongs here. ``stability`` is the share of the evidence (0 to 1) that stays
    together when the detection is repeated on changed data. ``pinned`` are those of the evidence that a
    person put or confirmed here; ``followed`` are behaviours that are not: each is told nearly as one that a
    person took out, the second of the pair.
    """

    id: str
    name: str
    definition: str | None
    standing: bool
    status: str
    evidence: tuple[int, ...]
    clearest: tuple[int, ...]
    words: tuple[str, ...]
    stability: float | None
    stories: int
    scores: tuple[float, ...]
    statement: str | None = None
    pinned: frozenset[int] = frozenset()
    followed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of a practice: ``old`` and ``new`` are ids, ``shared`` counts the passages in common."""

    kind: Literal["survived", "split", "merged", "new", "gone"]
    old: tuple[str, ...]
    new: tuple[str, ...]
    shared: int


@dataclass(frozen=True, slots=True)
class Saturation:
    """How much is still being learned: new practices in each hundred stories, in order of date.

    ``silent`` are the ids of the stories without a behaviour, the latest last; ``unread`` are those of which
    nobody knows, because their text is in a language that is not read and no line of it is listed.
    """

    new_per_hundred: tuple[int, ...]
    silent: tuple[str, ...]
    unread: tuple[str, ...] = ()

    @property
    def without_behaviour(self) -> int:
        """How many stories are silent."""
        return len(self.silent)


@dataclass(frozen=True)
class Detection:
    """All of it. Practices come strongest first (:meth:`strength`); ``readings`` help the next run.

    ``repeats`` are the stories that tell nothing but what another does in (nearly) the same words, and which:
    they are counted with it, never as more evidence. ``doubles`` are the pairs of practices (ids) that are
    likely one.
    """

    stories: int
    behaviours: tuple[Behaviour, ...]
    practices: tuple[FoundPractice, ...]
    lineage: tuple[Lineage, ...]
    saturation: Saturation
    notes: tuple[str, ...] = ()
    next_number: int = 1
    readings: "Readings | None" = field(default=None, repr=False, compare=False)
    repeats: Mapping[str, str] = field(default_factory=dict)
    doubles: tuple[tuple[str, str], ...] = ()

    @property
    def unassigned(self) -> tuple[Behaviour, ...]:
        """Behaviours that belong to no practice yet."""
        return tuple(b for b in self.behaviours if not b.practices)

    def evidence_of(self, practice: FoundPractice) -> list[Behaviour]:
        """The behaviours of a practice, best first; their score is how likely they belong to it."""
        surely = zip(practice.evidence, practice.scores, strict=True)
        there = practice.pinned
        return [replace(self.behaviours[i], score=score, pinned=i in there) for i, score in surely]

    def strength(self, practice: FoundPractice) -> tuple[int, int, str]:
        """To sort by, strongest first: how many stories surely show it, how many at all, then the id."""
        firm = {b.story for b in self.evidence_of(practice) if not is_doubtful(b.score, b.pinned)}
        return -len(firm), -practice.stories, practice.id
