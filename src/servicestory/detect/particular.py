"""Finds the particular ways of a house in the stories it told itself: groups with words of their own.

What the learned reading knows is what customers of many trades praise; that somebody writes on *the handover
card* or keeps *soup* warm is peculiar to one house, and its words say so. Only stories told by hand are
looked at: in these a sentence about staff nearly always is a behaviour, in reviews what is left over is
mostly praise.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import matching
from servicestory.detect.reading import Reading
from servicestory.detect.weights import Weights
from servicestory.detect.words import MASKS, STOP, masked, root, tokens
from servicestory.models.story import Story

LARGEST_FIT = 3000
"""Behaviours the groups are formed on (average linkage takes their square in memory)."""
LINK = 0.13
"""Least mean similarity at which two groups are joined."""
JOIN = 0.22
"""Least similarity with the middle of a group at which one more behaviour joins it."""
SHARED, OWN = 0.4, 0.4
"""A signature word stands in this share of a group or more, and this share of its places is there or more."""
FEWEST = 20
"""Fewest stories told by hand: in fewer, words that a few share by chance look like words of their own."""
COMMON = 8
"""A word in more passages than this, and in more than 15 %, says nothing in particular."""
SAME = 0.9
"""A group that is to this share (Jaccard) a practice of the codebook is that practice, and no other."""
SIGNATURE = 2
"""Fewest signature words of a group."""
WEIGHT = 0.88
"""Least sum of shared x own over the two best signature words; a group of n counts for (n - 1) / n of it,
since few sentences share a rare word by chance more easily."""


def practices(
    reading: Reading,
    weights: Weights,
    goals: Sequence[matching.Target],
    member: matching.Members,
    stories: Sequence[Story],
    staff: Collection[str],
) -> list[list[int]]:
    """New practices (rows) in stories told by hand; what a standing one shows already goes to that one.

    Adds to ``member`` in the second case.
    """
    passages = reading.passages
    by_hand = [i for i, p in enumerate(passages) if stories[p.story].source is None]
    tellers = len({passages[i].story for i in by_hand})
    if tellers < FEWEST:
        return []
    least = 4 if tellers >= 2 * FEWEST else 3
    found = groups(
        [passages[i].text for i in by_hand],
        [passages[i].story for i in by_hand],
        staff,
        weights.vocabulary.known,
        least,
    )
    places = [matching.place_of(p, stories) for p in passages]
    of_goal = {
        n: {i for i, place in enumerate(places) if place in g.kept}
        for n, g in enumerate(goals)
        if g.practice and not g.practice.definition
    }
    known: dict[int, set[int]] = {}
    for i, numbers in enumerate(member):
        for n in numbers:
            known.setdefault(n, set()).add(i)
    fresh = []
    for group in found:
        rows = {by_hand[k] for k in group}
        if any(
            len(rows & those) >= SAME * len(rows | those) for n, those in known.items() if n not in of_goal
        ):
            continue
        shared, owner = max(((len(rows & of_goal[n]), -n) for n in of_goal), default=(0, 0))
        if 2 * shared < min(len(rows), len(of_goal.get(-owner, ())) or len(rows)):
            fresh.append(sorted(rows))
            continue
        for i in sorted(rows):
            if -owner not in member[i] and places[i] not in goals[-owner].barred:
                member[i].append(-owner)
    return fresh


def groups(
    texts: Sequence[str], story: Sequence[int], names: Collection[str], ordinary: Collection[str], least: int
) -> list[list[int]]:
    """Groups of behaviours that are told with the same peculiar words, each from ``least`` stories or more.

    TF-IDF over word roots (Spärck Jones 1972), average linkage (Sokal and Michener 1958) on cosine
    similarity; a group counts when words mark it that are seldom used outside.

    Args:
        texts: the behaviours, n of them.
        story: (n,) the story each is from.
        names: names of staff; they never mark a group.
        ordinary: words that are no names even when written with a capital.
        least: fewest different stories of a group.

    Returns:
        Row numbers of each group, ascending; groups in order of their first row.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    hidden = {part.lower() for name in names for part in name.split()}
    said = [_roots(text, hidden, ordinary) for text in texts]
    most = max(COMMON, round(0.15 * len(texts)))
    spread: dict[str, int] = {}
    for words in said:
        for word in set(words):
            spread[word] = spread.get(word, 0) + 1
    vocabulary = sorted(w for w, n in spread.items() if 2 <= n <= most)
    if len(texts) < least or not vocabulary:
        return []
    vectors = TfidfVectorizer(
        analyzer=_as_they_are, vocabulary=vocabulary, sublinear_tf=True, dtype=np.float64
    ).fit_transform(said)
    fit = np.arange(0, len(texts), max(1, -(-len(texts) // LARGEST_FIT)))
    label = _linked(np.round((vectors[fit] @ vectors[fit].T).toarray(), 9))
    found = [fit[label == g] for g in sorted(set(label.tolist()))]
    has = vectors.copy()
    has.data = np.ones_like(has.data)
    everywhere = np.asarray(has[fit].sum(axis=0)).ravel()
    marked = [
        rows for rows in found if _marked(np.asarray(has[rows].sum(axis=0)).ravel(), len(rows), everywhere)
    ]
    if not marked:
        return []
    full = _joined(vectors, marked)
    told = [rows for rows in full if len({story[i] for i in rows}) >= least]
    return sorted(told)


def _as_they_are(words: list[str]) -> list[str]:
    return words


def _roots(text: str, hidden: Collection[str], ordinary: Collection[str]) -> list[str]:
    """Base forms of the words with content: "hung" and "hanging" are one word, names and numbers none."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    from servicestory.wording.morphology import past_lemma

    kept = []
    for token in tokens(text):
        word = masked(token, ordinary)
        if word in MASKS or word in STOP or word in ENGLISH_STOP_WORDS or word in hidden:
            continue
        base = past_lemma(word) or word
        if len(base) > 2 and base not in STOP and base not in ENGLISH_STOP_WORDS:
            kept.append(root(base))
    return kept


def _linked(similar: NDArray[np.float64]) -> NDArray[np.int64]:
    """The group of every row; rows are joined while groups are on average :data:`LINK` alike or more."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(similar) < 2:
        return np.zeros(len(similar), np.int64)
    far = np.clip(1 - similar, 0, 1)
    np.fill_diagonal(far, 0)
    tree = linkage(squareform(far, checks=False), "average")
    return np.asarray(fcluster(tree, 1 - LINK, "distance"), np.int64)


def _marked(inside: NDArray[np.float64], size: int, everywhere: NDArray[np.float64]) -> bool:
    """Whether a group of ``size`` rows has words of its own, from counts inside it and everywhere."""
    shared = inside / size
    own = inside / np.maximum(everywhere, 1)
    worth = np.sort((shared * own)[(shared >= SHARED) & (own >= OWN)])[::-1]
    return len(worth) >= SIGNATURE and float(worth[:2].sum()) * (1 - 1 / size) >= WEIGHT


def _joined(vectors: Any, marked: Sequence[NDArray[np.int64]]) -> list[list[int]]:
    """Each group with the rows of no group that are near its middle; a row joins the nearest one only."""
    middles = np.stack([np.asarray(vectors[rows].mean(axis=0)).ravel() for rows in marked])
    middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
    near = np.round(vectors @ middles.T, 6)
    full = [set(rows.tolist()) for rows in marked]
    taken = set().union(*full)
    for i in np.flatnonzero(near.max(axis=1) >= JOIN).tolist():
        if i not in taken:
            full[int(near[i].argmax())].add(i)
    return [sorted(rows) for rows in full]
