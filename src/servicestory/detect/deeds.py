"""Whether a sentence of a story told by hand reports what somebody of the service did.

Reviews praise; who tells a story tells the whole of it: what the customer had lost, what she said, how the
dog behaved, how it ended. "She carried the box out herself" has all the words of a good deed. So in stories
told by hand every sentence that might be one is read for this alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import closer, encoder
from servicestory.detect.encoder import Encoder, Singles, Tables, linear, pooled

FILE = "deeds.npz"


@dataclass(frozen=True)
class Deeds:
    """An encoder with a last layer of one number; learned in tools/learn_deeds.py."""

    encoder: Encoder
    head: tuple[Singles, Singles]
    """(twice the width, 1), (1,)"""

    def chance(self, texts: Sequence[str], ordinary: Collection[str]) -> NDArray[np.float64]:
        """The probability that each text reports a deed of the service, (texts,), rounded to 4 places.

        Args:
            ordinary: words that are no names even when written with a capital.
        """
        out = np.zeros((len(texts), 1))
        self.encoder.each(texts, ordinary, out, self._last)
        return np.asarray(np.round(out[:, 0], 4), np.float64)

    def _last(self, x: Singles) -> NDArray[np.float64]:
        z = linear(pooled(x), self.head).astype(np.float64)
        return np.asarray(1 / (1 + np.exp(-np.clip(z, -50, 50))), np.float64)


@cache
def shipped() -> Deeds:
    """The reader that comes with the package."""
    return load((resources.files("servicestory.detect") / FILE).read_bytes(), closer.shipped().encoder)


def load(data: bytes, begun: Encoder) -> Deeds:
    """A reader from the bytes of an .npz file; its pieces of words are those of ``begun``."""
    given = Tables(data)
    return Deeds(replace(begun, layers=given.layers()), given.pair("head"))


def dump(deeds: Deeds) -> bytes:
    """The bytes of such a file."""
    return encoder.dump({}, {}, {"head": deeds.head}, deeds.encoder.layers)
