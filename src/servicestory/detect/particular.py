"""Finds the particular ways of a house in the stories it told itself: groups with words of their own.

What the learned reading knows is what customers of many trades praise; that somebody writes on *the handover
card* or keeps *soup* warm is peculiar to one house, and its words say so. Only stories told by hand are
looked at: in these a sentence about staff nearly always is a behaviour, in reviews what is left over is
mostly praise.
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import matching
from servicestory.detect.features import Floats, blocks
from servicestory.detect.reading import Reading
from servicestory.detect.weights import Weights
from servicestory.detect.words import MASKS, STOP, masked, number, root, tokens, word_set
from servicestory.models.story import Story

_Alike = Callable[[Sequence[int] | NDArray[np.int64], Sequence[int] | NDArray[np.int64]], Floats]
LARGEST_FIT = 3000
"""Behaviours the groups are formed on (average linkage takes their square in memory)."""
LINK = 0.18
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
MEANING, READING = 0.3, 0.1
"""How much the meaning of the words and the learned reading count against the words themselves."""
_ANYWHERE = word_set(
    """half past quarter hour minute second day week month year morning noon afternoon evening night today
    yesterday tomorrow early late later time one two three four five six seven eight nine ten eleven twelve
    first last next way thing help wait want need ask tell say make take bring put give let keep find"""
)
"""Words of any trade that tell when, how many or merely that something was done: they mark no group."""


def practices(
    reading: Reading,
    weights: Weights,
    goals: Sequence[matching.Target],
    member: matching.Members,
    stories: Sequence[Story],
    staff: Collection[str],
    share: float = 1.0,
) -> list[list[int]]:
    """New practices (rows) in stories told by hand; what a standing one shows already goes to that one.

    Adds to ``member`` in the second case. Where ``reading`` is but a ``share`` of all, no more than that
    share is asked for of everything that is counted.
    """
    passages = reading.passages
    by_hand = [i for i, p in enumerate(passages) if stories[p.story].source is None]
    tellers = len({passages[i].story for i in by_hand})
    if tellers < FEWEST and share == 1:
        return []
    least = round((4 if tellers >= 2 * FEWEST * share else 3) * share)
    texts = [passages[i].text for i in by_hand]
    found = groups(
        texts,
        [passages[i].story for i in by_hand],
        blocks(number(texts, weights.vocabulary.known), weights.vocabulary).meaning,
        reading.classes[by_hand],
        staff,
        weights.vocabulary.known,
        least,
    )
    places = [matching.place_of(p, stories) for p in passages]
    of_goal = {
        n: {i for i, place in enumerate(places) if place in g.kept}
        for n, g in enumerate(goals)
        # one that absorbed another holds, definition or not, what a person put there
        if g.practice and (g.practice.absorbed or not g.practice.definition)
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
    texts: Sequence[str],
    story: Sequence[int],
    meaning: Floats,
    classes: Floats,
    names: Collection[str],
    ordinary: Collection[str],
    least: int,
) -> list[list[int]]:
    """Groups of behaviours that are told with the same peculiar words, each from ``least`` stories or more.

    TF-IDF over word roots (Spärck Jones 1972), average linkage (Sokal and Michener 1958) on cosine
    similarity; a group counts when words mark it that are seldom used outside. What the words mean and what
    the reading takes them for helps where the same deed is told in other words ("led me", "went with her").

    Args:
        texts: the behaviours, n of them.
        story: (n,) the story each is from.
        meaning: (n, dimensions) the mean of the word vectors of each.
        classes: (n, practice classes) the learned reading of each.
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
    sense = _centred(meaning)
    root_of = np.sqrt(classes / np.maximum(classes.sum(axis=1, keepdims=True), 1e-9))
    usual = float((root_of[fit].mean(axis=0) ** 2).sum())

    def alike(a: Sequence[int] | NDArray[np.int64], b: Sequence[int] | NDArray[np.int64]) -> Floats:
        """(rows of a, rows of b): how alike they are in words, meaning and reading, 0 to 1."""
        same = np.maximum(sense[a] @ sense[b].T, 0)
        kind = np.maximum((root_of[a] @ root_of[b].T - usual) / max(1 - usual, 1e-9), 0)
        said = (vectors[a] @ vectors[b].T).toarray()
        likeness: Floats = np.round((said + MEANING * same + READING * kind) / (1 + MEANING + READING), 9)
        return likeness

    label = _linked(alike(fit, fit))
    found = [fit[label == g] for g in sorted(set(label.tolist()))]
    has = vectors.copy()
    has.data = np.ones_like(has.data)
    everywhere = np.asarray(has[fit].sum(axis=0)).ravel()
    marked = [rows for rows in found if _marked(has[rows].toarray(), everywhere)]
    if not marked:
        return []
    full = _joined(alike, marked, len(texts))
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
        said = root(base)
        if len(base) > 2 and not {base, said} & _ANYWHERE and base not in STOP | ENGLISH_STOP_WORDS:
            kept.append(said)
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


def _marked(said: NDArray[np.float64], everywhere: NDArray[np.float64]) -> bool:
    """Whether a group has words of its own: which words (columns) each row says, and how many rows anywhere.

    More than one row must say two of them together. Else "opened the price list" is one thing with "opened
    the surgery" and "rang the people on the list".
    """
    inside, size = said.sum(axis=0), len(said)
    shared = inside / size
    own = inside / np.maximum(everywhere, 1)
    signature = (shared >= SHARED) & (own >= OWN)
    worth = np.sort((shared * own)[signature])[::-1]
    together = (said[:, signature].sum(axis=1) >= SIGNATURE).sum()
    return (
        bool(together > 1) and len(worth) >= SIGNATURE and float(worth[:2].sum()) * (1 - 1 / size) >= WEIGHT
    )


def _joined(alike: _Alike, marked: Sequence[NDArray[np.int64]], count: int) -> list[list[int]]:
    """Each group with the rows of none that are like its middle; a row joins the most alike group only."""
    full = [set(rows.tolist()) for rows in marked]
    taken = set().union(*full)
    free = np.array([i for i in range(count) if i not in taken], np.int64)
    if not len(free):
        return [sorted(rows) for rows in full]
    # the likeness with the middle of a group: middles of loose groups are short, so it is scaled up
    near = np.stack(
        [alike(free, r).mean(axis=1) / max(float(alike(r, r).mean()), 1e-9) ** 0.5 for r in marked]
    )
    near = np.round(near, 6)
    for at in np.flatnonzero(near.max(axis=0) >= JOIN).tolist():
        full[int(near[:, at].argmax())].add(int(free[at]))
    return [sorted(rows) for rows in full]


def _centred(vectors: Floats) -> Floats:
    """Rows of length 1 after what all have in common was taken away."""
    from_middle = vectors - vectors.mean(axis=0, keepdims=True)
    length = np.linalg.norm(from_middle, axis=1, keepdims=True)
    scaled: Floats = from_middle / np.maximum(length, 1e-9)
    return scaled
