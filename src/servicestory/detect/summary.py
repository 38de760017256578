"""What describes a practice: its clearest passages, the words that hold it together, how stable it is."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from servicestory.detect.discover import Groups, discover
from servicestory.detect.features import Floats
from servicestory.detect.words import STOP, masked, root, tokens

CLEAREST = 5
DIVERSE = 0.6
"""Weight of fitting well against differing from those chosen (maximal marginal relevance, Carbonell 1998)."""
ROUNDS = 5


def clearest(
    rows: Sequence[int], vectors: Floats, score: Floats, texts: Sequence[str], telling: Sequence[str] = ()
) -> list[int]:
    """Three to five of ``rows`` (positions in the arrays) that show a practice best and differ.

    Args:
        telling: the words that set the practice apart; a passage that says two of them shows it plainly.
    """
    pool = list(rows)[:200]
    if len(pool) <= 3:
        return pool
    v = vectors[pool]
    middle = v.mean(axis=0)
    middle /= max(float(np.linalg.norm(middle)), 1e-9)
    length = np.array([len(texts[i].split()) for i in pool])
    # a passage that is read at a glance: neither two words nor half a page
    readable = np.exp(-(((length - 16) / 16.0) ** 2))
    marks = {root(word) for word in telling}
    said = np.array([min(2, len(marks & {root(w.lower()) for w in tokens(texts[i])})) / 2 for i in pool])
    fit = np.round(0.4 * (v @ middle) + 0.3 * score[pool] + 0.3 * readable + 0.4 * said, 6)
    # only the better half may be shown: what differs most from the best is often what belongs least
    best = sorted(np.argsort(-fit, kind="stable")[: max(CLEAREST, len(pool) // 2)].tolist())
    pool, v, fit = [pool[i] for i in best], v[best], fit[best]
    alike = np.round(v @ v.T, 6)
    chosen = [int(fit.argmax())]
    while len(chosen) < min(CLEAREST, len(pool)):
        worth = DIVERSE * fit - (1 - DIVERSE) * alike[:, chosen].max(axis=1)
        worth[chosen] = -9
        chosen.append(int(np.round(worth, 6).argmax()))
    return [pool[i] for i in chosen]


def telling_words(
    members: Sequence[Sequence[int]], texts: Sequence[str], ordinary: set[str]
) -> list[list[str]]:
    """For each practice up to six words its passages use far more often than all others do.

    Log-odds with an informative prior (Monroe, Colaresi & Quinn 2008), spelled as most often written.
    """
    spelled: dict[str, Counter[str]] = {}
    said: list[set[str]] = []
    for text in texts:
        here = set()
        for token in tokens(text):
            word = masked(token, ordinary)
            if word[0].isalpha() and word not in STOP and len(word) > 2:
                s = root(word)
                here.add(s)
                spelled.setdefault(s, Counter())[word] += 1
        said.append(here)
    overall = Counter(w for here in said for w in here)
    n = max(len(said), 1)
    result = []
    for rows in members:
        inside = Counter(w for i in rows for w in said[i])
        m = len(rows)
        worth = []
        for w, k in inside.items():
            prior = overall[w] / n
            if k < min(2, m) or k <= prior * m:
                continue
            a, b = k + 2 * prior, overall[w] - k + 2 * prior
            delta = np.log((a + 0.01) / (m + 2)) - np.log((b + 0.01) / (n - m + 2))
            worth.append((-round(float(delta / np.sqrt(1 / (a + 0.01) + 1 / (b + 0.01))), 6), w))
        top = [w for _, w in sorted(worth)[:6]]
        result.append([min(spelled[w], key=lambda f, w=w: (-spelled[w][f], f)) for w in top])  # type: ignore[misc]
    return result


def stability(groups: Groups, vectors: Floats, seed: int, least: int) -> list[float]:
    """For each discovered group how much of it is found again on random halves of the behaviours.

    Mean over :data:`ROUNDS` of the best Jaccard overlap (Hennig 2007), on at most 2,000 behaviours.
    """
    n, wanted = len(vectors), len(groups.middles)
    if not wanted:
        return []
    rng = np.random.default_rng(seed)
    total = np.zeros(wanted)
    for _ in range(ROUNDS):
        some = np.sort(rng.choice(n, size=min(2000, max(2, n * 2 // 3)), replace=False))
        again = discover(vectors[some], seed, least)
        here, there = groups.first[some], again.first
        for g in range(wanted):
            inside = here == g
            best = 0.0
            for h in np.unique(there[inside]):
                if h >= 0:
                    best = max(best, (inside & (there == h)).sum() / (inside | (there == h)).sum())
            total[g] += best
    return [round(float(t / ROUNDS), 2) for t in total]
