"""Reads stories sentence by sentence: which passages report something staff did, and what kind of thing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import alike, closest, deeds, sentences
from servicestory.detect.actor import is_anothers, is_nobodys, only_runs
from servicestory.detect.alike import Directions
from servicestory.detect.features import Blocks, Floats, blocks
from servicestory.detect.result import LeftOut
from servicestory.detect.weights import Weights
from servicestory.detect.words import content, number
from servicestory.models.story import Story

Place = tuple[str, str, int, int]
"""Story, field, start, end."""
BATCH = 20_000
"""Sentences read at a time: bounds the memory, not the result."""
POSSIBLE = 0.1
"""A sentence is read more closely when a linear model gives it this chance to be a behaviour."""
POSSIBLE_OF_MANY = 0.2
"""The same where there are many stories: a third less to read closely, for one behaviour in fifteen
(docs/model-card.md). What is lost in one story so many others tell."""
POSSIBLE_OF_FEW = 0.03
"""The same of few stories, and of those told by hand: of every 18 deeds found there one is below 0.1."""
CLOSER = 0.9
"""How much the closer reading counts against the linear one."""
LIKELY = 0.1
"""What two readings together give this chance is read a third time, of few stories and of those told here."""
CLOSEST = 0.5
"""How much the third reading counts against the two before it."""
THRESHOLD = 0.4
"""A sentence is a behaviour from this probability on; chosen by cross-validation (docs/model-card.md)."""
BY_HAND = 0.3
"""The same in stories told by hand: these are told because somebody did something, reviews are not."""
LEAST = 0.005
"""What has less than this chance in a story told by hand is not read for deeds."""
SECOND = 0.05
"""From this chance of a second kind of deed on, a sentence about a ride that is simply there is kept."""
SUREST = 1e-3
"""Neither reading is taken to be surer than this: that a sentence reports a deed, or that it does not."""
LEAST_DEED, MOST_DEED = 0.1, 0.9999
"""The same of the reading for deeds: it must not overrule alone what the others are sure of."""

REASONS = {
    "GENERIC": "praises the manner or the result, but says nothing anybody did",
    "FACILITY": "is about the place, the product or the price, not about what staff did",
    "NEGATIVE": "is a complaint",
    "NONE": "tells of the customer's own doings, plans or background",
}
UNCLEAR = "does not clearly say what anybody of the service did"
TOLD_WHY = 0.6
"""Probability from which on a reason is said: above it 92 in 100 agree with the labels, below it half do."""
COMPLAINT_BY_HAND = 0.8
"""The same for a complaint in a story told by hand: told there, what somebody did not do is mostly a kindness
("she wouldn't take his money")."""
_FREE = re.compile(
    r"(?:n't|\bnot|\bnever|\bnobody|\bno one|\brefused)\b[^.;:!?]*?\b"
    r"(?:charg\w+|let \w+ pay|"
    r"(?:take|took|taken|accept\w*|want\w*) [^.;:!?]*?\b(?:money|penny|cent|coin|tip|fee)s?\b)",
    re.IGNORECASE,
)
"""Somebody took no money: in a story told by hand no complaint, however it reads."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a narrative, or a line of ``behaviours``, by its place; ``story`` counts from 0.

    ``listed`` when the teller or another person said that it is a behaviour, ``by_hand`` when its story was
    told here, not imported, ``unhappy`` when it is a customer's who rated what happened low. Of imported
    ones, ``in_vain`` when what was put right stayed wrong, ``unshown`` when the deed is none of the house's
    (:mod:`servicestory.detect.unshown`), ``paid`` when it was paid for (:mod:`servicestory.detect.paid`).
    """

    story: int
    field: str
    start: int
    end: int
    text: str
    listed: bool
    by_hand: bool = True
    unhappy: bool = False
    in_vain: bool = False
    unshown: bool = False
    paid: bool = False


@dataclass(frozen=True)
class Reading:
    """The passages that are behaviours, with (n, practice classes) probabilities, and the other sentences.

    ``deed`` (n, numbers) is the deed each tells of (:mod:`servicestory.detect.alike`), known of stories told
    by hand, and of few imported ones; no rows where nobody asks.
    """

    passages: list[Passage]
    score: Floats
    classes: Floats
    left_out: list[LeftOut]
    deed: Directions = field(default_factory=lambda: np.zeros((0, 0), np.int8))

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> "Reading":
        """The same of some of the passages, by number."""
        at = np.asarray(rows, np.int64)
        some = [self.passages[i] for i in at.tolist()]
        deed = self.deed[at] if len(self.deed) else self.deed
        return Reading(some, self.score[at], self.classes[at], self.left_out, deed)


def passages(stories: Sequence[Story], marked: frozenset[Place] = frozenset()) -> list[Passage]:
    """Every sentence of every narrative and every line of behaviours, and what people marked, in order."""
    found: list[Passage] = []
    pointed: dict[str, list[Place]] = {}
    for place in sorted(marked):
        pointed.setdefault(place[0], []).append(place)
    for i, story in enumerate(stories):
        at, whose = len(found), (story.source is None, story.unhappy)
        for start, end in sentences.split(story.narrative):
            found.append(Passage(i, "narrative", start, end, story.narrative[start:end], False, *whose))
        for j, line in enumerate(story.behaviours):
            text = line.strip()
            if text:
                start = line.index(text)
                found.append(Passage(i, f"behaviours[{j}]", start, start + len(text), text, True, *whose))
        if story.id in pointed:
            there = {(p.field, p.start, p.end) for p in found[at:]}
            for _, name, start, end in pointed[story.id]:
                text = _field(story, name)[start:end]
                if (name, start, end) not in there and text.strip():
                    found.append(Passage(i, name, start, end, text, True, *whose))
    return found


def _field(story: Story, name: str) -> str:
    """The text of ``narrative`` or ``behaviours[i]``; empty when the story no longer has it."""
    if name == "narrative":
        return story.narrative
    inside = name.removeprefix("behaviours[").removesuffix("]")
    return story.behaviours[int(inside)] if inside.isdigit() and int(inside) < len(story.behaviours) else ""


def probabilities(
    texts: Sequence[str],
    features: Blocks,
    weights: Weights,
    possible: float | Floats = POSSIBLE,
    wanted: NDArray[np.bool_] | None = None,
) -> Floats:
    """Probability of each class per sentence; rows add up to 1.

    What the linear model finds ``possible`` (of all, or of each), and what is ``wanted``, is read once more
    with its words in their order; that counts :data:`CLOSER`. What both find likely is read a third time,
    where few stories or one told by hand leave the time for it.
    """
    found = weights.probabilities(features)
    if weights.closer is None:
        return found
    n = len(weights.practices)
    near = found[:, :n].sum(axis=1) >= possible
    rows = np.flatnonzero(near if wanted is None else near | wanted)
    if len(rows):
        reader = weights.closer
        closer = _once(
            [texts[i] for i in rows.tolist()],
            lambda some: reader.probabilities(some, weights.vocabulary.known),
        )
        found[rows] = np.round((1 - CLOSER) * found[rows] + CLOSER * closer, 6)
    _third(
        texts, found, rows[np.broadcast_to(possible, len(found))[rows] <= POSSIBLE_OF_FEW], weights, wanted
    )
    return found


def _third(
    texts: Sequence[str],
    found: Floats,
    rows: NDArray[np.int64],
    weights: Weights,
    wanted: NDArray[np.bool_] | None,
) -> None:
    """Has the largest reader read what two readings say may well be a behaviour; changes ``found``."""
    chance = found[rows, : len(weights.practices)].sum(axis=1)
    rows = rows[(chance >= LIKELY) | (False if wanted is None else wanted[rows])]
    if len(rows):
        third = _once(
            [texts[i] for i in rows.tolist()],
            lambda some: closest.shipped().probabilities(some, weights.vocabulary.known),
        )
        found[rows] = np.round((1 - CLOSEST) * found[rows] + CLOSEST * third, 6)


def _once(texts: Sequence[str], find: Callable[[Sequence[str]], NDArray[Any]]) -> NDArray[Any]:
    """What ``find`` makes of every text, (texts, ...), each different text looked at once."""
    number: dict[str, int] = {}
    at = [number.setdefault(text, len(number)) for text in texts]
    return find(list(number))[at]


def _told_by_hand(probability: Floats, rows: Sequence[int], texts: Sequence[str], weights: Weights) -> None:
    """Has the reader of deeds say of ``rows`` as well whether they report one; changes ``probability``.

    The odds of the two are multiplied, as of two who judge independently (Bordley 1982); among practices, and
    among reasons for none, the shares stay.
    """
    if not rows:
        return
    n, at = len(weights.practices), list(rows)
    before = probability[at, :n].sum(axis=1)
    chance = _once(
        [texts[i] for i in at], lambda some: deeds.shipped().chance(some, weights.vocabulary.known)
    )
    chance = np.clip(chance, LEAST_DEED, MOST_DEED)
    now = 1 / (1 + np.exp(-_odds(np.clip(before, SUREST, 1 - SUREST)) - _odds(chance)))
    probability[at, :n] *= (now / np.maximum(before, 1e-9))[:, None]
    probability[at, n:] *= ((1 - now) / np.maximum(1 - before, 1e-9))[:, None]
    probability[at] = np.round(probability[at], 6)


def _odds(probability: Floats) -> Floats:
    """The logarithm of the odds."""
    log: Floats = np.log(probability / (1 - probability))
    return log


def _one_kind(probability: Floats) -> bool:
    """Whether a sentence speaks of one kind of deed: "free shuttle", not "free shuttle and snacks"."""
    return bool(np.sort(probability)[-2] < SECOND)


def read(
    stories: Sequence[Story],
    weights: Weights,
    marked: frozenset[Place] = frozenset(),
    progress: Callable[[int, int], None] | None = None,
    possible: float = POSSIBLE,
    which: bool = False,
) -> Reading:
    """Read all stories; ``marked`` places are behaviours whatever the model thinks.

    ``which`` deed is told is always read of stories told by hand, else where it is wanted.
    """
    every = passages(stories, marked)
    practices = len(weights.practices)
    reasons = [*(REASONS[c] for c in weights.classes[practices:]), UNCLEAR]
    kept: list[Passage] = []
    left: list[LeftOut] = []
    scores, classes = [np.zeros(0)], [np.zeros((0, practices))]
    for at in range(0, len(every), BATCH):
        batch = every[at : at + BATCH]
        features = blocks(number([p.text for p in batch], weights.vocabulary.known), weights.vocabulary)
        wanted = np.array(
            [p.listed or (stories[p.story].id, p.field, p.start, p.end) in marked for p in batch], bool
        )
        texts, own = [p.text for p in batch], np.array([p.by_hand for p in batch], bool)
        near = np.where(own, min(possible, POSSIBLE_OF_FEW), possible)
        probability = probabilities(texts, features, weights, near, wanted)
        some = np.flatnonzero(own & ~wanted & (probability[:, :practices].sum(axis=1) >= LEAST))
        _told_by_hand(probability, some.tolist(), texts, weights)
        score = np.round(probability[:, :practices].sum(axis=1), 4)
        keep = score >= [BY_HAND if p.by_hand else THRESHOLD for p in batch]
        why = probability[:, practices:].argmax(axis=1)
        complaint = (why == reasons.index(REASONS["NEGATIVE"])) & [p.by_hand for p in batch]
        sure = np.where(complaint, COMPLAINT_BY_HAND, TOLD_WHY)
        sure[complaint & [bool(_FREE.search(p.text.replace("’", "'"))) for p in batch]] = np.inf
        why[probability[:, practices:].max(axis=1) < sure] = len(reasons) - 1  # UNCLEAR
        for i, p in enumerate(batch):
            if wanted[i]:
                keep[i] = True
            elif keep[i] and not content(p.text):  # small words alone tell of nothing
                keep[i], why[i] = False, len(reasons) - 1
            elif keep[i] and is_anothers(p.text):
                keep[i], why[i] = False, reasons.index(REASONS["NONE"])
            elif (
                keep[i]
                and not p.by_hand
                and (is_nobodys(p.text) or (only_runs(p.text) and _one_kind(probability[i, :practices])))
            ):
                keep[i], why[i] = False, reasons.index(REASONS["FACILITY"])
            if keep[i]:
                kept.append(p)
            else:
                reason = reasons[why[i]]
                left.append(
                    LeftOut(stories[p.story].id, p.field, p.start, p.end, p.text, float(score[i]), reason)
                )
        scores.append(score[keep])
        classes.append(probability[keep, :practices])
        if progress:
            progress(min(at + BATCH, len(every)), len(every))
    deed = np.zeros((len(kept), alike.shipped().towards.shape[1]), np.int8)
    asked = [i for i, p in enumerate(kept) if p.by_hand or which]
    if asked:
        deed[asked] = _once(
            [kept[i].text for i in asked],
            lambda some: alike.shipped().directions(some, weights.vocabulary.known),
        )
    return Reading(kept, np.concatenate(scores), np.vstack(classes), left, deed)
