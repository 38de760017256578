"""Learns from places people put into a practice, or took out of it: what is told like them goes their way."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.alike import Directions, alike
from servicestory.detect.features import Floats
from servicestory.detect.terms import Terms

LIKE = 0.43
"""Least likeness with the places a person put into a practice; of the habits of five houses, with two such
places, eight in ten of what was taken in for it were right (docs/decisions/detect-groups.md)."""
TAUGHT = 0.6
"""How sure it is that what is so like them belongs there: less than the eight in ten that were right."""
AGAINST = 0.9
"""Likeness with a place that was taken out from which on a sentence goes with it: told in nearly
the same words. At less, what went was wrong more often than right (docs/decisions/detect-groups.md)."""
MOST = 200
"""Places of one practice that are compared with: of more, every so-manieth."""
UNREAD = 0.8
"""What the deed adds where it was not read, against the other two together."""
BATCH = 20_000


class Lessons:
    """How alike behaviours are: in words, in what the reading takes them for, in the deed they tell of."""

    def __init__(self, terms: Terms, vectors: Floats, deed: Directions) -> None:
        self._terms, self._vectors, self._deed = terms, vectors, deed
        self._read: NDArray[np.bool_] = np.asarray(deed.any(axis=1), np.bool_)

    def like(self, at: Sequence[int], rows: Sequence[int]) -> Floats:
        """(at, rows): the mean of the three cosine similarities, about 0 to 1."""
        one, other = list(at), list(rows)
        words, here = self._terms.vectors, self._vectors
        both = (words[one] @ words[other].T).toarray() + here[one] @ here[other].T
        deed = alike(self._deed[one], self._deed[other])
        # in stories from elsewhere the deed is not read: the other two speak for it
        known = self._read[one][:, None] & self._read[other][None]
        found: Floats = np.round((both + np.where(known, deed, np.minimum(UNREAD * both, 1))) / 3, 4)
        return found

    def near(self, rows: Sequence[int]) -> Floats:
        """(behaviours,): likeness with the places in ``rows``, between the nearest of them and their mean.

        By the nearest alone every further place would take in more of what is not alike.
        """
        some = rows[:: -(-len(rows) // MOST)]
        count = len(self._vectors)
        parts = [self.like(range(at, min(at + BATCH, count)), some) for at in range(0, max(count, 1), BATCH)]
        found: Floats = np.concatenate([(p.max(axis=1) + p.mean(axis=1)) / 2 for p in parts])
        return np.round(found, 4)

    def taken_out(self, those: Sequence[int], out: Sequence[int], sure: Sequence[int]) -> dict[int, int]:
        """Which of ``those`` are told like places that were taken ``out``, more so than like what stays; each
        with the one it is most like.

        Args:
            sure: what a person put in; it stays.
        """
        gone: dict[int, int] = {}
        kept, members, out = set(sure), set(those), out[:MOST]
        left, put = [i for i in those if i not in kept], [i for i in sure if i not in members]
        like = dict(zip(left, self.like(left, out), strict=True))
        far = {i: float(like[i].max(initial=0)) for i in left}
        left = [i for i in left if far[i] >= AGAINST]
        while left:  # what stood by another that goes has to go by itself
            stay = [i for i in those if i not in gone][:MOST] + put
            found = []
            for i in left:
                others = [j for j in stay if j != i]
                beside = float(self.like([i], others).max(initial=0)) if others else 0.0
                if far[i] > beside:
                    found.append(i)
            if not found:
                break
            gone |= {i: out[int(like[i].argmax())] for i in found}
            left = [i for i in left if i not in gone]
        return gone
