"""Reads a sentence a second time, its words in their order, and says what kind of practice it tells of.

The linear reading sees which words occur, not in which order: "they said they would ring back and never did"
holds all the words of a good deed. What it finds possible is therefore read once more, by this.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import encoder
from servicestory.detect.encoder import Encoder, Singles, Tables, linear, pooled

FILE = "closer.npz"


@dataclass(frozen=True)
class Closer:
    """An encoder with a last layer over ``classes``."""

    classes: tuple[str, ...]
    encoder: Encoder
    head: tuple[Singles, Singles]

    def probabilities(self, texts: Sequence[str], ordinary: Collection[str]) -> NDArray[np.float64]:
        """Probability of each class per sentence, (sentences, classes), rounded to 4 places."""
        out = np.zeros((len(texts), len(self.classes)))
        self.encoder.each(texts, ordinary, out, self._shares)
        return np.asarray(np.round(out, 4), np.float64)

    def _shares(self, x: Singles) -> NDArray[np.float64]:
        """(sentences, length, width) -> (sentences, classes)."""
        z = linear(pooled(x), self.head).astype(np.float64)
        z = np.exp(z - z.max(axis=1, keepdims=True))
        shares: NDArray[np.float64] = z / z.sum(axis=1, keepdims=True)
        return shares


@cache
def shipped() -> Closer:
    """The reader that comes with the package."""
    return load((resources.files("servicestory.detect") / FILE).read_bytes())


def load(data: bytes) -> Closer:
    """A reader from the bytes of an .npz file."""
    given = Tables(data)
    reader = Encoder(
        {piece: i for i, piece in enumerate(given.lists["pieces"])},
        given.table("embedding"),
        given.pair("widen"),
        given.table("places"),
        given.pair("norm"),
        given.layers(),
        int(given.lists["heads"]),
    )
    return Closer(tuple(given.lists["classes"]), reader, given.pair("head"))


def dump(closer: Closer) -> bytes:
    """The bytes of such a file."""
    e = closer.encoder
    return encoder.dump(
        {"classes": list(closer.classes), "pieces": list(e.known), "heads": e.heads},
        {"embedding": e.embedding, "places": e.places},
        {"widen": e.widen, "norm": e.norm, "head": closer.head},
        e.layers,
    )
