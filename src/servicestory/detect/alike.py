"""Whether two behaviours tell of the same deed, in whatever words: a learned direction for each.

"Rang the day after to hear how she had slept" and "a call next morning, was all well?" share no word. The
kinds of practice that :mod:`servicestory.detect.closer` knows say that both are calls; but a house has habits
of its own, which are of no kind that all trades know, and two of one kind that are not one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from servicestory.detect import closer, encoder, shelf
from servicestory.detect.encoder import Encoder, Singles, Tables

FILE = "alike.npz"
WIDE = 24
"""Whole numbers of four bytes a direction is kept as: four of its numbers in one."""
FORGOTTEN_AT = 20_000
"""Texts kept for later calls though nothing asks for them any longer: three megabytes."""
Directions = NDArray[np.int8]
"""(behaviours, numbers): a direction each; one that was not read has zeros, and is like nothing."""


@dataclass(frozen=True)
class Alike:
    """An encoder whose mean over a sentence points where tellings of the same deed point.

    Learned by contrast (Reimers & Gurevych 2019, Sentence-BERT; Khosla et al. 2020) in tools/learn_alike.py.
    """

    encoder: Encoder
    towards: Singles
    """(width, numbers of a direction)"""

    def directions(self, texts: Sequence[str], ordinary: Collection[str]) -> Directions:
        """What deed each text tells of, (texts, numbers).

        Args:
            ordinary: words that are no names even when written with a capital.
        """
        out = np.zeros((len(texts), self.towards.shape[1]), np.int8)
        self.encoder.each(texts, ordinary, out, self._last)
        return out

    def _last(self, x: Singles) -> Directions:
        to = x.mean(axis=1) @ self.towards
        # whole numbers: a quarter of the memory, and the same on every processor but at an edge
        to *= np.float32(127) / np.maximum(np.abs(to).max(axis=1, keepdims=True), np.float32(1e-9))
        return np.asarray(np.rint(to), np.int8)


def alike(a: Directions, b: Directions) -> NDArray[np.float64]:
    """(rows of a, rows of b): the cosine of their directions; 1 for surely the same deed, about 0 for not."""
    return np.asarray(np.round((unit(a) @ unit(b).T).astype(np.float64), 5), np.float64)


def unit(to: Directions) -> Singles:
    """The same with length 1; one that was not read stays zero."""
    long = to.astype(np.float32)
    length = np.sqrt(np.einsum("ij,ij->i", long, long))[:, None]
    unit: Singles = long / np.maximum(length, np.float32(1))
    return unit


def read(texts: Sequence[str]) -> Directions:
    """What deed each text tells of, (texts, numbers), by the reader that comes with the package."""
    from servicestory.detect import weights

    return shipped().directions(texts, weights.shipped().vocabulary.known)


def all_read(deed: Directions, texts: Sequence[str]) -> Directions:
    """The directions of some texts, with those that were not read yet."""
    to = deed.copy()
    unread = np.flatnonzero(~to.any(axis=1))
    if len(unread):
        to[unread] = read([texts[i] for i in unread.tolist()])
    return to


class Nearness:
    """How like texts are in the deed they tell of; the direction of a text is worked out once."""

    def __init__(self) -> None:
        self._row: dict[bytes, int] = {}
        self._known: Directions = np.zeros((0, 4 * WIDE), np.int8)
        self._asked: set[bytes] = set()
        self._old = 0

    def recall(self, kept: bytes | None) -> None:
        """Take what :meth:`keep` gave in an earlier call, whatever became of it since.

        Once a text was read it is too late, and nothing is taken.
        """
        known = shelf.load(kept, shelf.edition(), shelf.empty(deed=WIDE)) if kept and not self._row else None
        if known is not None and len(known.tables["deed"]) == len(known.key):
            self._row = {key: n for n, key in enumerate(known.key.tolist())}
            self._known = np.ascontiguousarray(known.tables["deed"]).view(np.int8)
            self._old = len(self._row)

    def __call__(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        """Of each text its mean likeness with ``others``, of which there is one or more."""
        mean = alike(self.directions(texts), self.directions(others)).mean(axis=1)
        near: list[float] = np.round(mean, 4).tolist()
        return near

    def read(self, texts: Sequence[str]) -> None:
        """Read texts that will be asked for: many at once take half as long as a few at a time."""
        if texts:
            self.directions(texts)

    def keep(self) -> bytes | None:
        """What a later call need not read again, under fingerprints; None when there is nothing new.

        What was not asked for this time is kept too, until it is more than :data:`FORGOTTEN_AT` texts.
        """
        if len(self._row) == self._old:
            return None
        idle = len(self._row) - len(self._asked) > FORGOTTEN_AT
        keys = sorted(self._asked if idle else self._row)
        deed = self._known[[self._row[key] for key in keys]]
        table = np.ascontiguousarray(deed).view(np.int32)
        ptr = shelf.pointers(np.ones(len(keys), np.int64))
        return shelf.dump(shelf.Shelf(np.array(keys, shelf.FORM), ptr, {"deed": table}), shelf.edition())

    def directions(self, texts: Sequence[str]) -> Directions:
        """(texts, numbers): what deed each text tells of."""
        # an array of bytes drops the zeros at the end of each, and so would not find them again
        keys = {text: shelf.fingerprint(text).rstrip(b"\0") for text in texts}
        self._asked.update(keys.values())
        if new := [text for text, key in keys.items() if key not in self._row]:
            with threadpool_limits(1):  # of so few texts at a time more threads only wait for each other
                found = read(new)
            self._row |= {keys[text]: n for n, text in enumerate(new, len(self._row))}
            self._known = np.concatenate([self._known, found])
        return self._known[[self._row[keys[text]] for text in texts]]


@cache
def shipped() -> Alike:
    """The reader that comes with the package."""
    return load((resources.files("servicestory.detect") / FILE).read_bytes(), closer.shipped().encoder)


def load(data: bytes, begun: Encoder) -> Alike:
    """A reader from the bytes of an .npz file; its vectors of word pieces are those of ``begun``."""
    given = Tables(data)
    return Alike(encoder.begun_as(begun, given), given.table("towards"))


def dump(alike: Alike) -> bytes:
    """The bytes of such a file."""
    e = alike.encoder
    tables, pairs = {"towards": alike.towards, "places": e.places}, {"widen": e.widen, "norm": e.norm}
    return encoder.dump({"heads": e.heads}, tables, pairs, e.layers)
