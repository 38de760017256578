"""Finds the particular ways of a house in its stories: groups of tellings of the same deed.

What the learned reading knows is what customers of many trades praise; that somebody writes on *the handover
card* or keeps *soup* warm is peculiar to one house. Whether two behaviours tell of one deed was learned from
habits of many trades (:mod:`servicestory.detect.alike`); the words themselves help. Looked at are stories
told by hand, in which a sentence about staff nearly always is a behaviour, and imported ones where they are
few: of many reviews what is left over is mostly praise.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from servicestory.detect import mass, matching
from servicestory.detect.alike import Directions, alike
from servicestory.detect.features import Floats, blocks
from servicestory.detect.goals import Target
from servicestory.detect.reading import Place, Reading
from servicestory.detect.weights import Weights
from servicestory.detect.words import MASKS, STOP, masked, number, root, tokens
from servicestory.models.practice import LIVE
from servicestory.models.story import Story

_Near = Callable[[Sequence[int] | NDArray[np.int64], Sequence[int] | NDArray[np.int64]], Floats]
LARGEST_FIT = 3000
"""Behaviours the groups are formed on (average linkage takes their square in memory)."""
WORDS, MEANING, KIND = 0.45, 0.2, 0.1
"""How much the words themselves, what they mean, and the kind they are read as, count against the deed."""
LINK = 0.62
"""Least mean nearness at which two groups are joined."""
JOIN = 0.63
"""Least nearness with the middle of a group at which one more behaviour joins it."""
FEWEST = 8
"""Fewest stories looked at."""
SMALL, ONE_KIND = 4, 0.2
"""Stories up to which a group has to be read as one kind besides, and the least mean probability of that
kind: few tellings meet by chance. Of 22 groups of three in eight houses 13 were no habit."""
MEET = 45
"""Behaviours up to which few tellings do not meet by chance, so that their kind is not asked for."""
MANY = 40
"""Stories looked at from which on a group needs four of them, not three."""
COMMON = 8
"""A word in more passages than this, and in more than 15 %, says nothing in particular."""
SURE, HALF = 0.6, 0.5
"""A group of imported stories is known to the codebook when this share of it (the second) is read as one of
its practices, each for sure: with this share of its reading (the first) or more."""
SAME = 0.9
"""A group that is to this share (Jaccard) a practice of the codebook is that practice, and no other."""
AGAIN = 0.5
"""A group that is to this share (Jaccard) what people rejected is that again, and not proposed; so is a
group of which nearly all (:data:`SAME`) stood in one of the house's own."""


def ways(
    reading: Reading, weights: Weights, stories: Sequence[Story], staff: Collection[str], share: float = 1.0
) -> list[list[int]]:
    """The groups of one deed each (rows) in the stories of which it was read, whatever is known already.

    Where ``reading`` is but a ``share`` of all, no more than that share is asked for of everything that is
    counted.
    """
    passages = reading.passages
    read = np.flatnonzero(reading.deed.any(axis=1)).tolist()
    if len({passages[i].story for i in read}) < FEWEST and share == 1:
        return []
    texts = [passages[i].text for i in read]
    found = groups(
        texts,
        [passages[i].story for i in read],
        reading.deed[read],
        blocks(number(texts, weights.vocabulary.known), weights.vocabulary, parts=False).meaning,
        reading.classes[read],
        staff,
        weights.vocabulary.known,
        least(reading, share),
    )
    every = [[read[k] for k in group] for group in found]
    return [rows for rows in every if not _is_known(rows, reading, stories)]


def least(reading: Reading, share: float = 1.0) -> int:
    """The stories a group needs where ``reading`` is a ``share`` of all."""
    tellers = {reading.passages[i].story for i in np.flatnonzero(reading.deed.any(axis=1)).tolist()}
    return round((4 if len(tellers) >= MANY * share else 3) * share)


def _is_known(rows: Sequence[int], reading: Reading, stories: Sequence[Story]) -> bool:
    """Whether a group of mostly imported stories is, for sure, what the codebook knows already."""
    imported = sum(stories[reading.passages[i].story].source is not None for i in rows)
    if 2 * imported <= len(rows):
        return False
    share = reading.classes[rows] / np.maximum(reading.classes[rows].sum(axis=1, keepdims=True), 1e-9)
    sure = share.argmax(axis=1)[share.max(axis=1) >= SURE]
    return bool(np.bincount(sure, minlength=1).max() >= HALF * len(rows))


def new(
    found: Sequence[Sequence[int]],
    goals: Sequence[Target],
    member: matching.Members,
    places: Sequence[Place],
    followed: Collection[tuple[int, int]] = (),
) -> list[int]:
    """Which of the groups ``found`` (by number) are new; what a standing practice shows goes to that one.

    Adds to ``member`` in the second case.

    Args:
        places: of each behaviour.
        followed: (behaviour, target) that left with what a person took out of it.
    """
    of_goal = {
        n: {i for i, place in enumerate(places) if place in g.kept}
        for n, g in enumerate(goals)
        if g.practice  # people decided about it: what it shows is not proposed to them once more
    }
    known: dict[int, set[int]] = {}
    for i, numbers in enumerate(member):
        for n in numbers:
            known.setdefault(n, set()).add(i)
    going_on = {n: held for n, held in of_goal.items() if not goals[n].rejected}
    loose = matching.taken_out(goals)
    fresh = []
    for at, group in enumerate(found):
        rows = set(group)
        if any(
            len(rows & those) >= SAME * len(rows | those) for n, those in known.items() if n not in of_goal
        ):
            continue
        shared, owner = max(((len(rows & held), -n) for n, held in going_on.items()), default=(0, 0))
        half = len(rows)
        if shared and (whose := goals[-owner].practice) and (whose.absorbed or not whose.definition):
            half = min(half, len(of_goal[-owner]))  # one of the house's own goes on however it has grown
        if not shared or 2 * shared < half:
            turned_down = rejected_again(rows, goals, of_goal)
            if turned_down is None:
                fresh.append(at)
            else:
                add(member, sorted(rows), turned_down)
            continue
        elsewhere = set().union(*(held for n, held in going_on.items() if n != -owner))
        goal = goals[-owner]
        joining = [
            i
            for i in sorted(rows - elsewhere)
            if places[i] not in goal.barred
            and (i, -owner) not in followed
            and (places[i] not in loose or places[i] in goal.stood)
        ]
        add(member, joining, -owner)
    return fresh


def rejected_again(
    rows: Collection[int], goals: Sequence[Target], of_goal: dict[int, set[int]]
) -> int | None:
    """The rejected practice that a group (rows) is once more, by number; None where it is something else.

    Args:
        of_goal: the rows of each standing practice.
    """
    shares = []
    for n, held in of_goal.items():
        if goals[n].rejected and held:
            both = len(held.intersection(rows))
            # a part of one of the house's own, cut by itself, is what people looked at as well; a kind of the
            # codebook holds many deeds, and whoever turned it down said nothing of each
            seen = goals[n].entry is None and both >= SAME * len(rows)
            shares.append((1.0 if seen else both / len(held.union(rows)), -n))
    share, n = max(shares, default=(0.0, 0))
    return -n if share >= AGAIN else None


def add(member: matching.Members, rows: Sequence[int], n: int) -> None:
    """Put behaviours (rows) into a practice (by number); changes ``member``."""
    for i in rows:
        if n not in member[i]:
            member[i].append(n)


def decided(goals: Sequence[Target]) -> set[Place]:
    """Places that are no part of a new group: people pinned them somewhere, or accepted what they show."""
    pinned = set().union(*(g.forced for g in goals if not g.rejected))
    # what one of them only took in as like its own may be a way of its own as well
    live = (g.stood for g in goals if g.practice and g.practice.status in LIVE)
    return pinned.union(*live)


def groups(
    texts: Sequence[str],
    story: Sequence[int],
    deed: Directions,
    meaning: Floats,
    classes: Floats,
    names: Collection[str],
    ordinary: Collection[str],
    least: int,
) -> list[list[int]]:
    """Groups of behaviours that tell of the same deed, each from ``least`` stories or more.

    Average linkage (Sokal and Michener 1958), of whose groups those are kept that last longest
    (:mod:`servicestory.detect.mass`), on a sum of cosines: of what deed is told, of TF-IDF over word
    roots (Spärck Jones 1972), of what the words mean, of the roots of probabilities (Bhattacharyya 1943).

    Args:
        texts: the behaviours, n of them.
        story: (n,) the story each is from.
        deed: (n, numbers) what each tells of.
        meaning: (n, dimensions) the mean of the word vectors of each.
        classes: (n, practice classes) the learned reading of each.
        names: names of staff; they never mark a group.
        ordinary: words that are no names even when written with a capital.
        least: fewest different stories of a group.

    Returns:
        Row numbers of each group, ascending; groups in order of their first row.
    """
    hidden = {part.lower() for name in names for part in name.split()}
    said = [_roots(text, hidden, ordinary) for text in texts]
    # who only came along or was there told of no deed, however alike that sounds
    rows = [i for i, roots in enumerate(said) if roots]
    if len(rows) < max(2, least):
        return []
    words = _weighted(said)
    sense = _centred(meaning)
    kind = np.sqrt(classes / np.maximum(classes.sum(axis=1, keepdims=True), 1e-9))

    def near(a: Sequence[int] | NDArray[np.int64], b: Sequence[int] | NDArray[np.int64]) -> Floats:
        """(rows of a, rows of b): how near they are, about 0 for deeds that have nothing in common."""
        said = (words[a] @ words[b].T).toarray()
        also = WORDS * said + MEANING * (sense[a] @ sense[b].T) + KIND * (kind[a] @ kind[b].T)
        nearness: Floats = np.round(alike(deed[a], deed[b]) + also, 5)
        return nearness

    fit = np.array(rows[:: max(1, -(-len(rows) // LARGEST_FIT))], np.int64)
    found = [fit[group] for group in _linked(near(fit, fit), [story[i] for i in fit.tolist()], least)]
    full = _joined(near, found, rows) if found else []
    told = sorted(group for group in full if len({story[i] for i in group}) >= least)
    if len(rows) <= MEET:
        return told
    one_kind = [classes[group].mean(axis=0).max() >= ONE_KIND for group in told]
    return [r for r, one in zip(told, one_kind, strict=True) if one or len({story[i] for i in r}) > SMALL]


def _weighted(said: Sequence[list[str]]) -> Any:
    """(texts, words): TF-IDF over the roots of words that more than one text and not too many have."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    most = max(COMMON, round(0.15 * len(said)))
    spread: dict[str, int] = {}
    for words in said:
        for word in set(words):
            spread[word] = spread.get(word, 0) + 1
    vocabulary = sorted(w for w, n in spread.items() if 2 <= n <= most)
    if not vocabulary:
        return sparse.csr_matrix((len(said), 1))
    return TfidfVectorizer(
        analyzer=_as_they_are, vocabulary=vocabulary, sublinear_tf=True, dtype=np.float64
    ).fit_transform(said)


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
        if len(base) > 2 and base not in STOP and base not in ENGLISH_STOP_WORDS:
            kept.append(said)
    return kept


def _linked(near: Floats, story: Sequence[int], least: int) -> list[list[int]]:
    """The groups of rows that are joined on average :data:`LINK` near or more, and last longest."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    most = 1 + WORDS + MEANING + KIND
    far = np.clip(most - near, 0, 2 * most)
    np.fill_diagonal(far, 0)
    joins = linkage(squareform(far, checks=False), "average")
    return mass.groups(joins, np.round(most - joins[:, 2], 5), LINK, story, least)


def _joined(near: _Near, found: Sequence[NDArray[np.int64]], rows: Sequence[int]) -> list[list[int]]:
    """Each group with the rows of none that are like its middle; a row joins the most alike group only."""
    full = [set(rows.tolist()) for rows in found]
    taken = set().union(*full)
    free = np.array([i for i in rows if i not in taken], np.int64)
    if not len(free):
        return [sorted(rows) for rows in full]
    # the nearness to the middle of a group: middles of loose groups are short, so it is scaled up
    at_middle = np.stack(
        [near(free, r).mean(axis=1) / max(float(near(r, r).mean()), 1e-9) ** 0.5 for r in found]
    )
    at_middle = np.round(at_middle, 5)
    for at in np.flatnonzero(at_middle.max(axis=0) >= JOIN).tolist():
        full[int(at_middle[:, at].argmax())].add(int(free[at]))
    return [sorted(rows) for rows in full]


def _centred(vectors: Floats) -> Floats:
    """Rows of length 1 after what all have in common was taken away."""
    from_middle = vectors - vectors.mean(axis=0, keepdims=True)
    length = np.linalg.norm(from_middle, axis=1, keepdims=True)
    scaled: Floats = from_middle / np.maximum(length, 1e-9)
    return scaled
