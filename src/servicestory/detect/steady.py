"""How surely a practice of the codebook is found again, had its stories been told somewhat differently."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from servicestory.detect import matching
from servicestory.detect.drafts import Draft
from servicestory.detect.features import blocks
from servicestory.detect.reading import THRESHOLD, Passage, Reading, probabilities
from servicestory.detect.weights import Weights
from servicestory.detect.words import number

ROUNDS = 3
SAMPLE = 30
"""Passages looked at for each practice, evenly spaced over its evidence from the clearest to the faintest."""
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
    return Passage(passage.story, passage.field, passage.start, passage.end, text, passage.listed)
