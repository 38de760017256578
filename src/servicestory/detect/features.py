"""Sentences as weighted words, pairs and parts of words: TF-IDF (Salton & Buckley 1988) in three blocks."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from servicestory.detect.words import MASKS, Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHORTEST, LONGEST = 2, 5
"""Parts of words: every run of this many letters within a word and its two edges."""


@dataclass(frozen=True)
class Vocabulary:
    """What is counted. ``pairs`` are ``first * (n + 2) + second`` over stem numbers, sorted;
    ``n`` the edge before the first and ``n + 1`` the edge after the last word of a sentence."""

    stems: tuple[str, ...]
    pairs: NDArray[np.int64]
    parts: dict[str, int]
    known: dict[str, int]
    stem_of: NDArray[np.int64]
    """(known words,): the number of the stem of each, or -1; so no stemmer is needed to read."""
    stem_idf: Floats
    pair_idf: Floats
    part_idf: Floats
    vectors: Floats = field(repr=False)
    """(known words, dimensions): words used alike lie near each other; already weighted by rarity."""


@dataclass(frozen=True)
class Blocks:
    """Rows are sentences, each row of each block has length 1 (or 0 when nothing in it is known)."""

    words: Any
    parts: Any
    meaning: Floats

    def take(self, rows: NDArray[np.int64]) -> "Blocks":
        """The same blocks for some of the sentences."""
        return Blocks(self.words[rows], self.parts[rows], self.meaning[rows])


def stem_ids(words: Words, vocabulary: Vocabulary) -> NDArray[np.int64]:
    """For each entry of the word table its stem's number, or -1."""
    known = np.array([vocabulary.known.get(w, -1) for w in words.table], np.int64)
    return np.where(known >= 0, vocabulary.stem_of[known], -1) if len(vocabulary.stem_of) else known


def pair_codes(words: Words, stems: NDArray[np.int64], n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(sentence, code) of every pair of neighbouring known stems, edges of the sentence included."""
    count = len(words)
    lengths = np.diff(words.ptr)
    # one row of stems per sentence with an edge mark before and after it
    flat = np.full(len(words.ids) + 2 * count, -1, np.int64)
    starts = words.ptr[:-1] + 2 * np.arange(count)
    flat[starts] = n
    flat[starts + lengths + 1] = n + 1
    flat[np.arange(len(words.ids)) + 2 * words.rows + 1] = stems[words.ids] if len(words.ids) else 0
    row = np.repeat(np.arange(count), lengths + 2)
    left, right = flat[:-1], flat[1:]
    good = (left >= 0) & (right >= 0) & (row[:-1] == row[1:])
    return row[:-1][good], left[good] * (n + 2) + right[good]


def parts_of(word: str) -> list[str]:
    """The parts of one word, edges marked by a space; masks and marks have none."""
    if word in MASKS or not word[0].isalpha():
        return []
    edged = f" {word} "
    return [edged[i : i + k] for k in range(SHORTEST, LONGEST + 1) for i in range(len(edged) - k + 1)]


def blocks(words: Words, vocabulary: Vocabulary, parts: bool = True) -> Blocks:
    """The three blocks of every sentence; ``parts`` False leaves the parts of words, the largest, empty."""
    n, rows, count = len(vocabulary.stems), words.rows, len(words)
    stems = stem_ids(words, vocabulary)
    of = stems[words.ids] if len(words.ids) else np.zeros(0, np.int64)
    row2, codes = pair_codes(words, stems, n)
    at = np.searchsorted(vocabulary.pairs, codes)
    at[at == len(vocabulary.pairs)] = 0
    hit = vocabulary.pairs[at] == codes if len(vocabulary.pairs) else np.zeros(len(codes), bool)
    row = np.concatenate([rows[of >= 0], row2[hit]])
    column = np.concatenate([of[of >= 0], n + at[hit]])
    counts = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(count, n + len(vocabulary.pairs)))
    idf = np.concatenate([vocabulary.stem_idf, vocabulary.pair_idf])

    bag = sparse.csr_matrix(
        (np.ones(len(words.ids)), (rows, words.ids)), shape=(count, max(len(words.table), 1))
    )
    part_rows, part_cols = [], []
    for i, word in enumerate(words.table if parts else ()):
        for part in parts_of(word):
            j = vocabulary.parts.get(part)
            if j is not None:
                part_rows.append(i)
                part_cols.append(j)
    spelling = sparse.csr_matrix(
        (np.ones(len(part_rows)), (part_rows, part_cols)), shape=(bag.shape[1], len(vocabulary.parts))
    )
    known = np.array([vocabulary.known.get(w, -1) for w in words.table], np.int64)
    pick = sparse.csr_matrix(
        (np.ones((known >= 0).sum()), (np.flatnonzero(known >= 0), known[known >= 0])),
        shape=(bag.shape[1], len(vocabulary.known)),
    )
    meaning = np.asarray((bag @ pick) @ vocabulary.vectors)
    length = np.sqrt(np.einsum("ij,ij->i", meaning, meaning))[:, None]
    return Blocks(
        weighted(counts, idf),
        weighted(bag @ spelling, vocabulary.part_idf),
        meaning / np.maximum(length, 1e-9),
    )


def weighted(counts: Any, idf: Floats) -> Any:
    """Sublinear counts times rarity, each row scaled to length 1."""
    counts.sum_duplicates()
    counts.sort_indices()
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(length, 1e-9)) @ counts)


def rarity(found: Any, documents: int) -> Floats:
    """Smoothed inverse document frequency for columns found in ``found`` documents each."""
    return np.asarray(np.log((1 + documents) / (1 + np.asarray(found, float))) + 1, np.float64)
