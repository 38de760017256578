"""The words of many sentences as people recognise them: base forms, each weighed by how seldom it is said."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from servicestory.detect.features import Floats
from servicestory.detect.words import bases, word_set

SHARED = 2
"""Words a sentence must have in common with a line: one alone is said of many things."""

WHO = word_set(
    "customer guest client patient visitor people staff colleague team somebody say tell let make get give"
)
"""Words for whoever serves or is served, and verbs of any deed: they tell no deed from another."""


def telling(text: str) -> set[str]:
    """The base forms of the words of a sentence that tell what is done."""
    return set(bases(text)) - WHO


class Terms:
    """The base forms of the words of n sentences, with their rarity (IDF, Spärck Jones 1972) among them."""

    def __init__(self, texts: Sequence[str], customer: str = "customer") -> None:
        self._of_all = set(bases(customer))
        said = [sorted(self._words(text)) for text in texts]
        self._column: dict[str, int] = {}
        for words in said:
            for word in words:
                self._column.setdefault(word, len(self._column))
        at = np.cumsum([0, *map(len, said)])
        columns = np.array([self._column[word] for words in said for word in words], np.int64)
        shape = (len(texts), max(len(self._column), 1))
        self._has: Any = sparse.csr_matrix((np.ones(len(columns)), columns, at), shape=shape)
        found = np.asarray(self._has.sum(axis=0)).ravel()
        self._idf: Floats = np.log((1 + len(texts)) / (1 + found)) + 1
        self._unheard = float(np.log(1 + len(texts)) + 1)

    def _words(self, text: str) -> set[str]:
        return telling(text) - self._of_all

    @cached_property
    def vectors(self) -> Any:
        """(n, words): TF-IDF, rows of length 1, or 0 where a sentence has no words of content."""
        table = (self._has @ sparse.diags(self._idf)).tocsr()
        length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
        return (sparse.diags(1 / np.maximum(length, 1e-9)) @ table).tocsr()

    def covered(self, lines: Sequence[str]) -> Floats:
        """(n,): the largest share (0 to 1) of one of ``lines`` that a sentence says, words weighed by rarity.

        0 where it has fewer than :data:`SHARED` words in common with every line.
        """
        best: Floats = np.zeros(self._has.shape[0])
        columns = self._has.tocsc()
        for line in lines:
            words = self._words(line)
            here = sorted(self._column[w] for w in words if w in self._column)
            whole = float(self._idf[here].sum()) + self._unheard * (len(words) - len(here))
            if len(here) < SHARED:
                continue
            part = columns[:, here]
            enough = np.asarray(part.sum(axis=1)).ravel() >= SHARED
            best = np.maximum(best, np.where(enough, part @ self._idf[here] / whole, 0.0))
        return np.round(best, 4)
