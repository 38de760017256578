"""What was read in each story, as arrays: read in several processes when there is much, kept between runs."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from servicestory import processes
from servicestory.detect import alike, paid, shelf, unshown
from servicestory.detect.reading import (
    POSSIBLE_OF_FEW,
    POSSIBLE_OF_MANY,
    Passage,
    Place,
    Reading,
    read,
)
from servicestory.detect.shelf import Shelf, Table
from servicestory.detect.weights import shipped
from servicestory.models.story import Source, Story

CHUNK = 1000
"""Stories read at a time: what a process is given, how often progress is told, how soon Ctrl-C is heard."""
WORTH = 3000
"""Stories from which on a second process saves more time than it takes to start."""
FEW = 20_000
"""Stories up to which three times as many sentences are read closely as of more, as there is time: one
behaviour in nine is found only so. Of more, what is lost in one story many others tell."""
FEW_IMPORTED = 500
"""Imported stories up to which it is read which deed each behaviour of theirs tells: a small house that
collects by survey has habits of its own too. In more of them what is told is what customers of many houses
praise, and the codebook knows it."""
SCORES, CLASSES = 10_000, 1_000_000
"""What scores and probabilities are kept as multiples of (the reading rounds them to 4 and 6 places)."""
_NEXT = 200
"""Characters of the next sentence that are looked at."""
LISTED = 1 << 20
"""Added to a field's number when the teller or another person said that the passage is a behaviour."""

Readings = Shelf
"""The behaviours found in each story. Tables: ``places`` (rows, 3) field (0 for the narrative, else the
number of the line of behaviours), start and end; ``score`` (rows,) and ``classes`` (rows, practice classes),
both whole numbers, see :data:`SCORES`; ``deed`` (rows, :data:`alike.WIDE`), four
numbers of a direction in one."""


def nothing() -> Readings:
    """No stories."""
    return shelf.empty(places=3, score=0, classes=len(shipped().practices), deed=alike.WIDE)


def dump(readings: Readings) -> bytes:
    """The bytes of an .npz file, to be kept."""
    return shelf.dump(readings, shelf.edition())


def load(data: bytes | None) -> Readings | None:
    """What :func:`dump` made; None when there is nothing, it is damaged, or of another edition."""
    return shelf.load(data, shelf.edition(), nothing()) if data else None


def possible_of(stories: int) -> float:
    """From which chance on a sentence of one of so many stories is read closely."""
    return POSSIBLE_OF_MANY if stories > FEW else POSSIBLE_OF_FEW


def gather(
    stories: Sequence[Story],
    marked: frozenset[Place] = frozenset(),
    known: Readings | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Reading, Readings]:
    """Every behaviour of ``stories``, in their order, and what to keep for the next run.

    Args:
        marked: places that are behaviours whatever the model thinks.
        known: what an earlier run kept; a story whose text is found there is not read again. What is to be
            kept then is this very object where it would not differ.
        progress: called with the stories read and the stories to read.
    """
    own: dict[str, list[Place]] = {}
    for place in sorted(marked):
        own.setdefault(place[0], []).append(place)
    told = progress or (lambda _done, _of: None)
    possible = possible_of(len(stories))
    deeds = sum(s.source is not None for s in stories) <= FEW_IMPORTED

    def find(todo: NDArray[np.int64]) -> dict[str, Table]:
        found, of = [], max(len(todo), 1)
        told(0, of)
        for chunk in _read_all([stories[i] for i in todo.tolist()], own, possible, deeds):
            found.append(chunk)
            told(min(len(found) * CHUNK, of - 1), of)
        told(of, of)
        names = ("counts", "places", "score", "classes", "deed")
        tables = zip(*found, strict=True)
        return {n: np.concatenate(t) for n, t in zip(names, tables, strict=True)} if found else {}

    key = np.array([_key(s, own.get(s.id, []), possible, deeds) for s in stories], shelf.FORM)
    here, kept = shelf.filled(known or nothing(), key, find)
    return _as_reading(stories, here), kept


def _key(story: Story, marks: Sequence[Place], possible: float, deeds: bool) -> bytes:
    """The fingerprint of all that the reading of one story depends on."""
    whose = "\2" if story.source is None else "\4" if deeds else ""
    whose += {POSSIBLE_OF_FEW: "\5", POSSIBLE_OF_MANY: "\3"}[possible]
    marked = (f"\1{p[1]}:{p[2]}-{p[3]}" for p in marks)
    return shelf.fingerprint("\0".join((whose, story.narrative, *story.behaviours, *marked)))


def _as_reading(stories: Sequence[Story], found: Readings) -> Reading:
    passages = []
    owner = np.repeat(np.arange(len(stories)), np.diff(found.ptr))
    unhappy, own_trade = [story.unhappy for story in stories], unshown.own_trade_of(stories)
    for i, (number, start, end) in zip(owner.tolist(), found.tables["places"].tolist(), strict=True):
        name = f"behaviours[{number % LISTED - 1}]" if number % LISTED else "narrative"
        whole = stories[i].text_of(name) or ""
        text, listed, told_here = whole[start:end], number >= LISTED, stories[i].source is None
        vain = other = bought = False
        if not listed and not told_here:  # who tells it here, or lists it, says that it is a deed
            after = whole[end : end + _NEXT]
            vain, other = unshown.in_vain(text, after), unshown.is_unshown(text, after, own_trade)
            bought = paid.is_paid(text)
        passages.append(
            Passage(i, name, start, end, text, listed, told_here, unhappy[i], vain, other, bought)
        )
    score, classes = found.tables["score"] / SCORES, found.tables["classes"] / CLASSES
    return Reading(passages, score, classes, [], np.ascontiguousarray(found.tables["deed"]).view(np.int8))


_Chunk = tuple[list[tuple[str, str, list[str], bool]], frozenset[Place], float, bool]
_Found = tuple[Table, Table, Table, Table, Table]


def _read_all(
    stories: Sequence[Story], own: dict[str, list[Place]], possible: float, deeds: bool
) -> Iterator[_Found]:
    """The stories read, a chunk after the other."""
    chunks = []
    for at in range(0, len(stories), CHUNK):
        some = stories[at : at + CHUNK]
        marks = frozenset(place for s in some for place in own.get(s.id, []))
        told = [(s.id, s.narrative, s.behaviours, s.source is None) for s in some]
        chunks.append((told, marks, possible, deeds))
    return processes.each(_read, chunks, len(stories) >= WORTH)


def _read(chunk: _Chunk) -> _Found:
    told, marks, possible, deeds = chunk
    # copies of one empty story: to construct each would ask pydantic for the defaults of every field again
    by_hand, imported = (Story.model_construct(id="", narrative="", source=s) for s in (None, Source()))
    stories = [
        (by_hand if own else imported).model_copy(update={"id": i, "narrative": text, "behaviours": lines})
        for i, text, lines, own in told
    ]
    with threadpool_limits(1):  # in a process of its own nobody else has said so
        found = read(stories, shipped(), marks, possible=possible, which=deeds)
    counts = np.bincount([p.story for p in found.passages], minlength=len(stories)).astype(np.int32)
    places = [(_number(p), p.start, p.end) for p in found.passages]
    return (
        counts,
        np.array(places, np.int32).reshape(-1, 3),
        np.rint(found.score * SCORES).astype(np.int32),
        np.rint(found.classes * CLASSES).astype(np.int32),
        np.ascontiguousarray(found.deed).view(np.int32),
    )


def _number(passage: Passage) -> int:
    line = 0 if passage.field == "narrative" else int(passage.field[len("behaviours[") : -1]) + 1
    return line + LISTED * passage.listed
