"""What was read in each story, as arrays: read in several processes when there is much, kept between runs."""

import contextlib
import io
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from hashlib import blake2b, sha256
from importlib import resources
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess

import numpy as np
import scipy
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from servicestory.detect.reading import Passage, Place, Reading, read
from servicestory.detect.weights import Weights, shipped
from servicestory.models.story import Source, Story

CHUNK = 500
"""Stories read at a time: what a process is given, how often progress is told, how soon Ctrl-C is heard."""
WORTH = 3000
"""Stories from which on a second process saves more time than it takes to start."""
SCORES, CLASSES = 10_000, 1_000_000
"""What scores and probabilities are kept as multiples of (the reading rounds them to 4 and 6 places)."""
LISTED = 1 << 20
"""Added to a field's number when the teller or another person said that the passage is a behaviour."""


@dataclass(frozen=True)
class Readings:
    """The behaviours found in each of n different stories: story i has the rows ``ptr[i]:ptr[i + 1]``.

    ``key`` (n,) are fingerprints of the stories' texts, sorted; ``places`` (rows, 3) field (0 for the
    narrative, else the number of the line of behaviours), start and end; ``score`` (rows,) and ``classes``
    (rows, practice classes) are whole numbers, see :data:`SCORES`.
    """

    key: NDArray[np.bytes_]
    ptr: NDArray[np.int64]
    places: NDArray[np.int32]
    score: NDArray[np.int32]
    classes: NDArray[np.int32]

    def take(self, rows: NDArray[np.int64]) -> "Readings":
        """The same for some of the stories, in the order given."""
        counts = np.diff(self.ptr)[rows]
        at = _ranges(self.ptr[:-1][rows], counts)
        ptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return Readings(self.key[rows], ptr, self.places[at], self.score[at], self.classes[at])

    def plus(self, other: "Readings") -> "Readings":
        """Both together, sorted again; no story may be in both."""
        ptr = np.concatenate([self.ptr, self.ptr[-1] + other.ptr[1:]])
        pairs = ((self.places, other.places), (self.score, other.score), (self.classes, other.classes))
        both = Readings(np.concatenate([self.key, other.key]), ptr, *(np.concatenate(p) for p in pairs))
        return both.take(np.argsort(both.key, kind="stable"))


def nothing(practices: int) -> Readings:
    """No stories."""
    rows = np.zeros((0, practices), np.int32)
    return Readings(
        np.zeros(0, "S16"), np.zeros(1, np.int64), np.zeros((0, 3), np.int32), np.zeros(0, np.int32), rows
    )


def edition() -> str:
    """Differs wherever a story might be read differently: by the weights, the code or the libraries."""
    found = sha256(f"{np.__version__} {scipy.__version__}".encode())
    for file in sorted(resources.files("servicestory.detect").iterdir(), key=lambda f: f.name):
        if file.name.endswith((".py", ".npz")):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def dump(readings: Readings) -> bytes:
    """The bytes of an .npz file, to be kept."""
    out = io.BytesIO()
    np.savez(
        out,
        edition=np.frombuffer(edition().encode(), np.uint8),
        key=readings.key,
        ptr=readings.ptr,
        places=readings.places,
        score=readings.score,
        classes=readings.classes,
    )
    return out.getvalue()


def load(data: bytes | None) -> Readings | None:
    """What :func:`dump` made; None when there is nothing, it is damaged, or of another edition."""
    if not data:
        return None
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as z:
            if bytes(z["edition"]) != edition().encode():
                return None
            found = Readings(z["key"], z["ptr"], z["places"], z["score"], z["classes"])
    except Exception:  # a damaged archive raises whatever its damaged part leads to
        return None
    rows, stories = len(found.places), len(found.key)
    fits = (
        found.key.dtype == np.dtype("S16")
        and found.ptr.shape == (stories + 1,)
        and found.ptr[-1] == rows == len(found.score) == len(found.classes)
        and found.classes.shape[1:] == (len(shipped().practices),)
    )
    return found if fits else None


def gather(
    stories: Sequence[Story],
    weights: Weights,
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
    key = np.array([_key(s, own.get(s.id, [])) for s in stories], "S16")
    wanted, first = np.unique(key, return_index=True)
    known = known or nothing(len(weights.practices))
    here = np.isin(known.key, wanted)
    kept = known if here.all() else known.take(np.flatnonzero(here))
    todo = np.sort(first[~np.isin(wanted, known.key)])
    chunks = []
    for at in range(0, len(todo), CHUNK):
        some = [stories[i] for i in todo[at : at + CHUNK].tolist()]
        marks = frozenset(place for s in some for place in own.get(s.id, []))
        chunks.append(([(s.id, s.narrative, s.behaviours, s.source is None) for s in some], marks))
    found = []
    told, of = progress or (lambda _done, _of: None), max(len(todo), 1)
    told(0, of)
    for chunk in _read_all(chunks, weights, len(todo)):
        found.append(chunk)
        told(min(len(found) * CHUNK, of - 1), of)
    told(of, of)
    if found:
        counts, places, score, classes = (np.concatenate(parts) for parts in zip(*found, strict=True))
        ptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        kept = kept.plus(Readings(key[todo], ptr, places, score, classes))
    return _as_reading(stories, kept.take(np.searchsorted(kept.key, key))), kept


def _key(story: Story, marks: Sequence[Place]) -> bytes:
    """The fingerprint of all that the reading of one story depends on."""
    whose = "\2" if story.source is None else ""
    said = "\0".join((whose, story.narrative, *story.behaviours, *(f"\1{p[1]}:{p[2]}-{p[3]}" for p in marks)))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _as_reading(stories: Sequence[Story], found: Readings) -> Reading:
    passages = []
    owner = np.repeat(np.arange(len(stories)), np.diff(found.ptr))
    for i, (number, start, end) in zip(owner.tolist(), found.places.tolist(), strict=True):
        name = f"behaviours[{number % LISTED - 1}]" if number % LISTED else "narrative"
        text = (stories[i].text_of(name) or "")[start:end]
        passages.append(Passage(i, name, start, end, text, number >= LISTED))
    return Reading(passages, found.score / SCORES, found.classes / CLASSES, [])


_Chunk = tuple[list[tuple[str, str, list[str], bool]], frozenset[Place]]
_Found = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


def _read_all(chunks: Sequence[_Chunk], weights: Weights, stories: int) -> Iterator[_Found]:
    """The chunks read, in their order: by as many processes as there are processors, or by this one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    done = 0
    if cores > 1 and stories >= WORTH:
        # where no processes are to be had, this one reads what is left
        with contextlib.suppress(OSError, BrokenProcessPool):
            pool = ProcessPoolExecutor(min(cores, 8), get_context("spawn"), _start)
            try:
                for result in pool.map(_read, chunks):
                    yield result
                    done += 1
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    for chunk in chunks[done:]:
        yield _read(chunk, weights)


def _start() -> None:
    """A reading process leaves Ctrl-C to the one that started it, ends with it, and uses one processor."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=[parent_process()], daemon=True).start()
    threadpool_limits(1)


def _end_with(parent: BaseProcess | None) -> None:
    """Processes that wait for work would never notice that the one to give it was stopped."""
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(chunk: _Chunk, weights: Weights | None = None) -> _Found:
    told, marks = chunk
    # copies of one empty story: to construct each would ask pydantic for the defaults of every field again
    by_hand, imported = (Story.model_construct(id="", narrative="", source=s) for s in (None, Source()))
    stories = [
        (by_hand if own else imported).model_copy(update={"id": i, "narrative": text, "behaviours": lines})
        for i, text, lines, own in told
    ]
    found = read(stories, weights or shipped(), marks)
    counts = np.bincount([p.story for p in found.passages], minlength=len(stories)).astype(np.int64)
    places = [(_number(p), p.start, p.end) for p in found.passages]
    return (
        counts,
        np.array(places, np.int32).reshape(-1, 3),
        np.rint(found.score * SCORES).astype(np.int32),
        np.rint(found.classes * CLASSES).astype(np.int32),
    )


def _number(passage: Passage) -> int:
    line = 0 if passage.field == "narrative" else int(passage.field[len("behaviours[") : -1]) + 1
    return line + LISTED * passage.listed


def _ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers ``starts[i] … starts[i] + counts[i] - 1`` of every i, one after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    found: NDArray[np.int64] = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return found
