"""Whether what is read as a deed in a review is one: read for the mistakes the readers make most.

"They said they would look into it", "the rice comes with a free sweet", "do ask them what to order" have the
words of a good deed. What both readings take for one is therefore judged once more, by how the closer one
saw it: which of its deeds are none was learned from the sentences that are hardest to read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import closer, encoder
from servicestory.detect.encoder import Encoder, Singles, Tables, pooled

FILE = "sift.npz"
LEAST = 0.2
"""A sentence read as a deed stays one from this chance on: below it, of the sentences kept out four are none
for each that is one (docs/model-card.md). What is faint above it is a doubtful place."""
_SUREST = 1e-3
"""No score is taken to be surer than this."""


@dataclass(frozen=True)
class Sift:
    """A last layer of one number over what an encoder sees, and the weight of the score so far."""

    encoder: Encoder
    head: Singles
    """(twice the width,)"""
    bias: float
    trust: float

    def chance(
        self, texts: Sequence[str], score: NDArray[np.float64], ordinary: Collection[str]
    ) -> NDArray[np.float64]:
        """The probability that each text read as a deed is one, (texts,), rounded to 4 places.

        Args:
            score: how likely each is a deed by the readings before.
            ordinary: words that are no names even when written with a capital.
        """
        seen = np.zeros(len(texts))
        self.encoder.each(texts, ordinary, seen, lambda x: pooled(x) @ self.head)
        z = seen + self.bias + self.trust * odds(score)
        return np.asarray(np.round(1 / (1 + np.exp(-np.clip(z, -50, 50))), 4), np.float64)


def odds(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of the odds of a score."""
    sure = np.clip(score, _SUREST, 1 - _SUREST)
    return np.asarray(np.log(sure / (1 - sure)), np.float64)


@cache
def shipped() -> Sift:
    """What comes with the package."""
    return load((resources.files("servicestory.detect") / FILE).read_bytes(), closer.shipped().encoder)


def load(data: bytes, begun: Encoder) -> Sift:
    """A sift from the bytes of an .npz file; the sentences are seen by ``begun``."""
    given = Tables(data)
    return Sift(begun, given.table("head"), *given.table("bias_trust").tolist())


def dump(sift: Sift) -> bytes:
    """The bytes of such a file."""
    rest = np.array([sift.bias, sift.trust], np.float32)
    return encoder.dump({}, {"head": sift.head, "bias_trust": rest}, {}, ())
