"""How surely a text by itself, without the sentence it was taken from, tells of a kind of practice."""

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from servicestory.detect import closer


class Kinds:
    """Reads texts with their words in their order (:mod:`servicestory.detect.closer`), each one once."""

    def __init__(self) -> None:
        self._known: dict[str, list[float]] = {}

    def __call__(self, texts: Sequence[str], kind: str) -> list[float]:
        """Of each text the chance that it is of ``kind``, a key of the codebook; 1 of an unlearned one."""
        from servicestory.detect import weights

        reader = closer.shipped()
        if kind not in reader.classes:
            return [1.0 for _ in texts]
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            with threadpool_limits(1):
                read = reader.probabilities(new, weights.shipped().vocabulary.known)
            self._known |= zip(new, np.round(read, 4).tolist(), strict=True)
        at = reader.classes.index(kind)
        return [self._known[text][at] for text in texts]
