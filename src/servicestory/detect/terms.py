"""The words of many sentences as people recognise them: base forms, each weighed by how seldom it is said."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from servicestory.detect.features import Floats
from servicestory.detect.words import STOP, bases, tokens, word_set

SHARED = 2
"""Words a sentence must have in common with a line: one alone is said of many things."""

WHO = word_set(
    "customer guest client patient visitor people staff colleague team somebody say tell let make get give"
)
"""Words for whoever serves or is served, and verbs of any deed: they tell no deed from another."""
NO_MARK = WHO | word_set(
    """first last next once again time day week hour minute half way thing one two little whole yourself
    themselves"""
)
"""Words that many tell whatever they tell of: that passages share them backs no name."""


_PARTICLES = word_set("back away down round around along aside apart together forward")
_BEFORE_NOUN = word_set("a an the by in on at of with my your his her its our their this that")
_APART = 3
"""Words from a verb to its particle at most: "handed my coat back"."""
_CLAUSES = re.compile(r"[^\w\s'’-]+")


def telling(text: str) -> set[str]:
    """The base forms of the words of a sentence that tell what is done."""
    return set(bases(text)) - WHO


class Terms:
    """The base forms of the words of n sentences, with their rarity (IDF, Spärck Jones 1972) among them."""

    def __init__(self, texts: Sequence[str], customer: str = "customer") -> None:
        self._of_all = set(bases(customer))
        self._texts = texts
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

        0 where it has fewer than :data:`SHARED` words in common with every line; a verb and the particle
        after it ("hand back") are one word there, where the sentence does not use them so.
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
            count = np.asarray(part.sum(axis=1)).ravel()
            enough = count >= SHARED
            for pair in _pairs(line):
                if words.issuperset(pair) and all(word in self._column for word in pair):
                    both = np.asarray(columns[:, [self._column[w] for w in pair]].sum(axis=1)).ravel() == 2
                    for i in np.flatnonzero(both & (count == SHARED)).tolist():
                        enough[i] = _used_together(self._texts[i], *pair)
            best = np.maximum(best, np.where(enough, part @ self._idf[here] / whole, 0.0))
        return np.round(best, 4)


def _pairs(line: str) -> list[tuple[str, str]]:
    """The base forms of each word of ``line`` with a particle right after it: "handing back"."""
    said = [w.lower() for w in tokens(line)]
    follows = [(a, b) for a, b in pairwise(said) if b in _PARTICLES and a not in STOP]
    return [(bases(a)[0], bases(b)[0]) for a, b in follows if bases(a) and bases(b)]


def _used_together(text: str, verb: str, particle: str) -> bool:
    """Whether a clause of ``text`` says ``particle`` soon after ``verb``: not "by hand, back and front"."""
    for clause in _CLAUSES.split(text):
        said = [w.lower() for w in tokens(clause)]
        starts = [
            i
            for i, word in enumerate(said)
            if bases(word) == [verb] and not (i and said[i - 1] in _BEFORE_NOUN)
        ]
        ends = [i for i, word in enumerate(said) if bases(word) == [particle]]
        if any(0 < end - start <= _APART for start in starts for end in ends):
            return True
    return False
