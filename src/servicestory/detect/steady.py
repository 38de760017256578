"""How surely a practice is found again, had there been other stories or other words to tell them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np

from servicestory.detect import matching
from servicestory.detect.drafts import Draft
from servicestory.detect.features import blocks
from servicestory.detect.reading import THRESHOLD, Passage, Reading, probabilities
from servicestory.detect.weights import Weights
from servicestory.detect.words import number

ROUNDS = 3
SAMPLE = 10
"""Passages looked at for each practice, evenly spaced over its evidence from the clearest to the faintest."""
SHARE = 0.8
"""Of all behaviours, how many are grouped again to see whether the groups stand."""
LOST = 0.1
"""Share of the words that is left out at random."""


def steady(drafts: Sequence[Draft], passages: Sequence[Passage], weights: Weights) -> dict[int, float]:
    """For each draft (by number) that the weights know: the share of its evidence that is found in it again.

    A bootstrap over what can vary here: not which stories there are, for each is read by itself, but the
    words they happen to be told in (input perturbation, Breiman 2001). A tenth of the words of each passage
    is left out at random, three times; the same words are left out in every run.
    """
    asked: list[tuple[int, Passage]] = []
    key_of = {}
    for n, draft in enumerate(drafts):
        key = draft.goal.entry.key if draft.goal and draft.goal.entry else None
        if key in weights.practices and draft.rows:
            key_of[n] = key
            at = np.linspace(0, len(draft.rows) - 1, min(SAMPLE, len(draft.rows))).round().astype(int)
            some = [passages[draft.rows[i]] for i in at.tolist()]
            asked += [(n, _thinned(p, r)) for p in some for r in range(ROUNDS)]
    if not asked:
        return {}
    texts = [p.text for _, p in asked]
    found = probabilities(texts, blocks(number(texts, weights.vocabulary.known), weights.vocabulary), weights)
    classes = found[:, : len(weights.practices)]
    score = classes.sum(axis=1)
    again = matching.learned(
        Reading([p for _, p in asked], score, classes, []), weights, {k: n for n, k in key_of.items() if k}
    )
    hits: dict[int, list[bool]] = {n: [] for n in key_of}
    for (n, p), goals, mass in zip(asked, again, score.tolist(), strict=True):
        hits[n].append((p.listed or mass >= THRESHOLD) and any(goal == n for _, goal in goals))
    return {n: round(sum(those) / len(those), 2) for n, those in hits.items()}


def _thinned(passage: Passage, turn: int) -> Passage:
    words = passage.text.split()
    rng = np.random.default_rng([crc32(passage.text.encode("utf-8", "surrogatepass")), turn])
    kept = [w for w, lost in zip(words, (rng.random(len(words)) < LOST).tolist(), strict=True) if not lost]
    text = " ".join(kept or words)
    # of a story told by hand it is asked only what it tells: that it tells a deed was read in its whole words
    return replace(passage, text=text, listed=passage.listed or passage.by_hand)


def grouped_again(
    groups: Sequence[Sequence[int]],
    reading: Reading,
    again: Callable[[Reading], list[list[int]]],
    seed: int,
) -> list[float]:
    """For each group of rows how much of it is grouped together again on four fifths of all behaviours.

    Mean over :data:`ROUNDS` of the best Jaccard overlap (Hennig 2007).

    Args:
        again: the grouping, from behaviours to rows of each group.
    """
    rng = np.random.default_rng(seed)
    n = len(reading.passages)
    total = np.zeros(len(groups))
    for _ in range(ROUNDS if groups else 0):
        some = np.sort(rng.choice(n, size=max(2, int(n * SHARE)), replace=False))
        those = set(some.tolist())
        found = [set(some[rows].tolist()) for rows in again(reading.take(some))]
        for g, rows in enumerate(groups):
            inside = those & set(rows)
            overlap = [len(inside & h) / len(inside | h) for h in found if inside & h]
            total[g] += max(overlap, default=0.0)
    return [round(float(t / ROUNDS), 2) for t in total]
