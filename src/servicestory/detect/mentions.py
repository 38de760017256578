"""Names of colleagues as each text by itself suggests them, of many stories: read once, kept between runs.

Kept are places and reasons, never a name: what stands there is looked up in the story.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from servicestory import processes
from servicestory.detect import shelf
from servicestory.detect.people import WHYS, Suggestion, listed, suggested_in, suggestion
from servicestory.detect.shelf import Shelf, Table
from servicestory.models.organisation import Person
from servicestory.models.story import Story

CHUNK = 1000
"""Texts read at a time, as for readings."""
WORTH = 20_000
"""Texts from which on a second process saves more time than it takes to start."""

Mentions = Shelf
"""What is suggested in each text: table ``places`` (rows, 3): start, end, number in :data:`people.WHYS`."""
NOTHING: Mentions = shelf.empty(places=3)

_Forms = dict[str, str | None]
_Chunk = tuple[list[tuple[str, str | None]], _Forms]


def dump(mentions: Mentions, staff: Sequence[Person]) -> bytes:
    """The bytes of an .npz file, to be kept."""
    return shelf.dump(mentions, _edition(staff))


def load(data: bytes | None, staff: Sequence[Person]) -> Mentions | None:
    """What :func:`dump` made; None when that is nothing, damaged, or of another edition or staff list."""
    return shelf.load(data, _edition(staff), NOTHING) if data else None


def _edition(staff: Sequence[Person]) -> str:
    forms = "\0".join(f"{form}\1{name or ''}" for form, name in sorted(listed(staff).items()))
    return shelf.edition(sha256(forms.encode("utf-8", "surrogatepass")).hexdigest())


def gather(
    stories: Sequence[Story],
    staff: Sequence[Person],
    known: Mentions | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[list[Suggestion]], Mentions]:
    """For each story what :func:`people.suggested_people` finds in it, and what to keep for the next run.

    Args:
        known: what an earlier run kept; it is returned where nothing is to be added to it.
        progress: called with the texts read and the texts to read.
    """
    forms = listed(staff)
    told = progress or (lambda _done, _of: None)

    def find(todo: NDArray[np.int64]) -> dict[str, Table]:
        if not len(todo):
            return {}
        found = []
        told(0, len(todo))
        for chunk in _read_all([stories[i] for i in todo.tolist()], forms):
            found.append(chunk)
            told(min(len(found) * CHUNK, len(todo)), len(todo))
        counts, places = zip(*found, strict=True)
        return {"counts": np.concatenate(counts), "places": np.concatenate(places)}

    key = np.array([shelf.fingerprint(f"{s.site or ''}\0{s.narrative}") for s in stories], shelf.FORM)
    here, kept = shelf.filled(known or NOTHING, key, find)
    rows, ptr = here.tables["places"].tolist(), here.ptr.tolist()
    return [
        [suggestion(s.narrative, a, b, WHYS[why], forms) for a, b, why in rows[ptr[i] : ptr[i + 1]]]
        for i, s in enumerate(stories)
    ], kept


def _read_all(stories: Sequence[Story], forms: _Forms) -> Iterator[tuple[Table, Table]]:
    """The texts read, a chunk after the other."""
    chunks: list[_Chunk] = [
        ([(s.narrative, s.site) for s in stories[at : at + CHUNK]], forms)
        for at in range(0, len(stories), CHUNK)
    ]
    return processes.each(_read, chunks, len(stories) >= WORTH)


def _read(chunk: _Chunk) -> tuple[Table, Table]:
    texts, forms = chunk
    found = [suggested_in(text, site, forms) for text, site in texts]
    places = [(one.start, one.end, WHYS.index(one.why)) for here in found for one in here]
    return np.array([len(here) for here in found], np.int32), np.array(places, np.int32).reshape(-1, 3)
