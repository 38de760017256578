"""What describes a practice: its clearest passages, the words that hold it together, how stable it is."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from servicestory.detect.alike import Directions, unit
from servicestory.detect.discover import Groups, discover
from servicestory.detect.features import Floats
from servicestory.detect.words import STOP, number, root
from servicestory.models.practice import is_doubtful
from servicestory.models.story import Story
from servicestory.text import SHOWN
from servicestory.wording.speaker import told_by
from servicestory.wording.tokens import Told

FEWEST, CLEAREST = 3, 5
DIVERSE = 0.8
"""Weight of fitting well against differing from those chosen (maximal marginal relevance, Carbonell 1998):
what differs most in its deed is often another one."""
BY_DEED, BY_KIND = 1.2, 0.4
"""How much nearness to the middle of the deeds counts, of one deed and of a kind that holds many."""
BY_NAME = 1.0
"""How much it counts that a passage tells the deed of the practice's name, below which it is read."""
BY_SCORE = 0.6
"""How much it counts how surely a passage belongs there."""
BY_PLAIN, WHOLLY = 0.6, 0.2
"""How much it counts that an instruction can be read from a passage, which praise, a thing of the house and a
customer's own doing do not give; and that the passage says little else."""
MOST, READ = 40, 14
"""Passages looked at to find the clearest; how many, the plainest, are read for the deed they tell."""
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """A place that shows a practice, as its file keeps it: ``score`` has two decimals.

    ``listed`` where it is a line of ``behaviours``; ``pinned`` where people put or confirmed it there.
    ``told`` says who tells its story, ``people`` who did something in it: the same as its file says.
    """

    story: str
    text: str
    score: float
    pinned: bool
    listed: bool
    told: Told = "elsewhere"
    people: tuple[str, ...] = ()

    @classmethod
    def of(cls, story: Story, text: str, score: float, pinned: bool, listed: bool) -> Self:
        """A place of ``story`` whose words are ``text``."""
        return cls(story.id, text, score, pinned, listed, told_by(story), tuple(story.people))


def clearest(
    places: Sequence[Telling],
    deeds: Callable[[list[int]], Directions],
    name: Directions,
    one_deed: bool,
    customer: str,
) -> list[int]:
    """Up to five of ``places`` that show a practice best and differ, the best first.

    Every command that quotes a practice asks here, and gets the same: no two from one story, nor in the same
    words, and first what people put there. Those beyond three tell a deed plainly (:func:`told_plainly`), or
    people put them there.

    Args:
        places: of one practice, in the order of its file.
        deeds: of places by number, (places, numbers) what deed each tells of.
        name: (1, numbers) what deed the practice's name tells of.
        one_deed: whether the practice is one deed; a kind that holds many has no telling in their middle.
    """
    chosen: list[int] = []
    for settled in (True, False):
        rows = [i for i, one in enumerate(places) if one.pinned == settled]
        for i in _of(rows, places, deeds, name, one_deed, customer, settled):
            told = {places[n].story for n in chosen}, {_same(places[n].text) for n in chosen}
            if places[i].story not in told[0] and _same(places[i].text) not in told[1]:
                chosen.append(i)
        if len(chosen) >= CLEAREST:
            break
    return chosen[:CLEAREST]


def _same(text: str) -> str:
    """A text as it is compared: what somebody tells each month in the same words is shown once."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _of(
    rows: Sequence[int],
    places: Sequence[Telling],
    deeds: Callable[[list[int]], Directions],
    name: Directions,
    one_deed: bool,
    customer: str,
    settled: bool,
) -> list[int]:
    """The clearest of ``rows``, all of them pinned (``settled``) or none."""
    score = np.array([one.score for one in places])
    # what is surest to belong there first: what merely fits in well is often what belongs least
    surest = sorted(rows, key=lambda i: (-score[i], i))[: max(2 * CLEAREST, len(rows) // 2)]
    pool = list({_same(places[i].text): i for i in sorted(surest[:MOST], reverse=True)}.values())[::-1]
    # a doubtful one shows what the practice is not, where another shows what it is
    pool = [i for i in pool if not is_doubtful(float(score[i]), settled)] or pool
    # of a longer one nobody sees the end, where often the deed stands
    whole = [i for i in pool if len(places[i].text) <= SHOWN]
    pool = whole if len(whole) >= FEWEST else pool
    if len(pool) < 2:
        return pool
    length = np.array([len(places[i].text.split()) for i in pool])
    # a passage that is read at a glance: neither two words nor half a page
    readable = np.exp(-(((length - 16) / 16.0) ** 2))
    plain = np.array([told_plainly(places[i], customer) for i in pool])
    said = np.round(plain + BY_SCORE * score[pool] + 0.3 * readable, 6)
    at = sorted(np.argsort(-said, kind="stable")[:READ].tolist())
    pool, plain, said = [pool[i] for i in at], plain[at], said[at]
    v = unit(deeds(pool)).astype(np.float64)
    middle = v.mean(axis=0)
    middle /= max(float(np.linalg.norm(middle)), 1e-9)
    fit = (BY_DEED if one_deed else BY_KIND) * (v @ middle) + BY_NAME * (v @ unit(name)[0])
    fit = np.round(fit + said, 6)
    # only the better half may be shown: what differs most from the best is often what belongs least
    best = sorted(np.argsort(-fit, kind="stable")[: max(CLEAREST, len(pool) // 2)].tolist())
    pool, v, fit, plain = [pool[i] for i in best], v[best], fit[best], plain[best]
    alike = np.round(v @ v.T, 6)
    whose = np.array([places[i].story for i in pool])
    chosen = [int(fit.argmax())]
    while len(chosen) < min(CLEAREST, len(pool)):
        worth = DIVERSE * fit - (1 - DIVERSE) * alike[:, chosen].max(axis=1)
        worth[chosen] = -np.inf
        worth[np.isin(whose, whose[chosen])] = -np.inf
        if not settled and len(chosen) >= FEWEST:
            worth[plain == 0] = -np.inf
        if not np.isfinite(worth).any():
            break
        chosen.append(int(np.round(worth, 6).argmax()))
    return [pool[i] for i in chosen]


def told_plainly(place: Telling, customer: str) -> float:
    """How much it counts for a place that it tells, as a deed of somebody who works here, what was done.

    A review is read for what the staff of any house do. Of what was told here it is known who did it, and
    whether "I" is a colleague.
    """
    from servicestory.detect.retold import whole_deeds
    from servicestory.wording.instructions import instructions

    names = {part.lower() for name in place.people for part in name.split()}
    steps = instructions(place.text, customer, names, place.listed, brief=True, told=place.told)
    if steps:
        said = sum(end - start for start, end in {(start, end) for _, start, end in steps})
        return BY_PLAIN + WHOLLY * min(1.0, said / max(len(place.text), 1))
    here = place.told != "elsewhere" and whole_deeds(place.text, customer, place.people, place.told == "here")
    return BY_PLAIN if here else 0.0


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
