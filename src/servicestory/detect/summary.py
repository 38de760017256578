"""What describes a practice: its clearest passages, the words that hold it together, how stable it is."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from scipy import sparse

from servicestory.detect.alike import Directions, unit
from servicestory.detect.discover import Groups, discover
from servicestory.detect.features import Floats
from servicestory.detect.words import STOP, number, root, tokens
from servicestory.models.practice import is_doubtful

FEWEST, CLEAREST = 3, 5
DIVERSE, DIVERSE_IN_DEED = 0.6, 0.8
"""Weight of fitting well against differing from those chosen (maximal marginal relevance, Carbonell 1998);
where it is the deed that differs, what differs most is often another one."""
BY_DEED = 1.2
"""How much nearness to the middle of the deeds counts; that to the middle of the words counts 0.4."""
BY_NAME = 1.0
"""How much it counts that a passage tells the deed of the practice's name, below which it is read."""
BY_SCORE = 0.6
"""How much it counts how surely a passage belongs there."""
BY_PLAIN, WHOLLY = 0.5, 0.2
"""How much it counts that an instruction can be read from a passage, which praise, a thing of the house and a
customer's own doing do not give; and that the passage says little else."""
MOST = 200
"""Passages looked at to find the clearest."""
ROUNDS = 5


def clearest(
    rows: Sequence[int],
    vectors: Floats,
    score: Floats,
    texts: Sequence[str],
    telling: Sequence[str] = (),
    deed: Directions | None = None,
    settled: bool = False,
    name: Directions | None = None,
    one_deed: bool = True,
    plain: Callable[[int], float] | None = None,
) -> list[int]:
    """Up to five of ``rows`` (positions in the arrays) that show a practice best and differ, the best first.

    Those beyond three tell a deed plainly, where ``plain`` says which do.

    Args:
        telling: the words that set the practice apart; a passage that says two of them shows it plainly.
        deed: what deed each passage tells of; where that is known of all rows, those in their middle show it.
        settled: people put all of them there, so none is doubtful, whatever its score.
        name: (1, numbers) what deed the practice's name tells of.
        one_deed: whether the practice is one deed; a kind that holds many has no telling in their middle.
        plain: how plainly one of ``rows`` tells a deed (:func:`told_plainly`).
    """
    # what is surest to belong there first: what merely fits in well is often what belongs least
    surest = sorted(rows, key=lambda i: (-score[i], i))[: max(2 * CLEAREST, len(rows) // 2)]
    pool = list({texts[i].lower(): i for i in sorted(surest[:MOST], reverse=True)}.values())[::-1]
    # a doubtful one shows what the practice is not, where another shows what it is
    pool = [i for i in pool if not is_doubtful(float(score[i]), settled)] or pool
    if len(pool) <= 3:
        return sorted(pool, key=lambda i: (-score[i], i))
    v, told, named = vectors[pool], False, 0.0 * score[pool]
    if deed is not None and len(deed) > 0 and bool(deed[list(rows)].any(axis=1).all()):
        read = unit(deed[pool]).astype(np.float64)
        v, told = (read, True) if one_deed else (v, False)
        named = read @ unit(name)[0] if name is not None else named
    middle = v.mean(axis=0)
    middle /= max(float(np.linalg.norm(middle)), 1e-9)
    length = np.array([len(texts[i].split()) for i in pool])
    # a passage that is read at a glance: neither two words nor half a page
    readable = np.exp(-(((length - 16) / 16.0) ** 2))
    marks = {root(word) for word in telling}
    said = np.array([min(2, len(marks & {root(w.lower()) for w in tokens(texts[i])})) / 2 for i in pool])
    fit = (BY_DEED if told else 0.4) * (v @ middle) + BY_NAME * named
    deeds = np.array([plain(i) if plain else 0.0 for i in pool])
    fit = np.round(fit + deeds + BY_SCORE * score[pool] + 0.3 * readable + 0.4 * said, 6)
    # only the better half may be shown: what differs most from the best is often what belongs least
    best = sorted(np.argsort(-fit, kind="stable")[: max(CLEAREST, len(pool) // 2)].tolist())
    pool, v, fit, deeds = [pool[i] for i in best], v[best], fit[best], deeds[best]
    alike = np.round(v @ v.T, 6)
    chosen, diverse = [int(fit.argmax())], DIVERSE_IN_DEED if told else DIVERSE
    while len(chosen) < min(CLEAREST, len(pool)):
        worth = diverse * fit - (1 - diverse) * alike[:, chosen].max(axis=1)
        worth[chosen] = -np.inf
        if plain is not None and not settled and len(chosen) >= FEWEST:
            worth[deeds == 0] = -np.inf
        if not np.isfinite(worth).any():
            break
        chosen.append(int(np.round(worth, 6).argmax()))
    return [pool[i] for i in chosen]


def told_plainly(text: str, customer: str, listed: bool = False) -> float:
    """How much it counts for ``text`` that it tells, as a deed of somebody who works here, what was done.

    Args:
        listed: a line of ``behaviours``, where nobody needs to be named.
    """
    from servicestory.wording.instructions import instructions

    steps = instructions(text, customer, listed=listed, brief=True)
    if not steps:
        return 0.0
    said = sum(end - start for start, end in {(start, end) for _, start, end in steps})
    return BY_PLAIN + WHOLLY * min(1.0, said / max(len(text), 1))


def telling_words(
    members: Sequence[Sequence[int]],
    texts: Sequence[str],
    ordinary: set[str],
    small: Collection[str] = STOP,
) -> list[list[str]]:
    """For each practice up to six words its passages use far more often than all others do.

    Log-odds with an informative prior (Monroe, Colaresi & Quinn 2008), spelled as most often written; none
    is one of the ``small`` words, which carry no meaning of their own.
    """
    said = number(texts, ordinary)
    forms: dict[str, list[int]] = {}  # root -> the words of the table that are written forms of it
    for at, word in enumerate(said.table):
        if word[0].isalpha() and word not in small and len(word) > 2:
            forms.setdefault(root(word), []).append(at)
    roots = list(forms)
    of = np.full(len(said.table), -1, np.int64)
    for place, ats in enumerate(forms.values()):
        of[ats] = place
    counted = np.bincount(said.ids, minlength=len(said.table)) if len(said.ids) else of
    column = of[said.ids] if len(said.ids) else np.zeros(0, np.int64)
    good = column >= 0
    has = sparse.csr_matrix(
        (np.ones(good.sum(), np.int32), (said.rows[good], column[good])), shape=(len(texts), len(roots))
    )
    has.data[:] = 1  # a word counts once in a passage, however often it is said there
    overall = np.asarray(has.sum(axis=0)).ravel()
    n = max(len(texts), 1)
    result = []
    for rows in members:
        m = len(rows)
        inside = np.asarray(has[list(rows)].sum(axis=0)).ravel()
        share = overall / n
        some = np.flatnonzero((inside >= max(1, min(2, m))) & (inside > share * m))
        k, prior = inside[some], share[some]
        a, b = k + 2 * prior, overall[some] - k + 2 * prior
        delta = np.log((a + 0.01) / (m + 2)) - np.log((b + 0.01) / (n - m + 2))
        worth = np.round(delta / np.sqrt(1 / (a + 0.01) + 1 / (b + 0.01)), 6)
        top = sorted(zip((-worth).tolist(), (roots[i] for i in some.tolist()), strict=True))[:6]
        best = [min(forms[w], key=lambda f: (-counted[f], said.table[f])) for _, w in top]
        result.append([said.table[f] for f in best])
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
