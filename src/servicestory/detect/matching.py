"""Puts behaviours into practices that are known already: codebook entries and practices that stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.features import Floats
from servicestory.detect.goals import Target
from servicestory.detect.reading import Passage, Place, Reading
from servicestory.detect.taught import LIKE, TAUGHT, Lessons
from servicestory.detect.weights import Weights
from servicestory.detect.written import DESCRIBED, WORDS_ALONE
from servicestory.models.story import Story

ALSO = 0.85
"""A behaviour belongs to a further practice when that is at least so probable, against the most probable."""
FLOOR = 0.25
"""Least probability of the best practice of a behaviour: below it, the reading is torn between too many."""
FLOOR_BY_HAND = 0.2
"""The same in stories told by hand, as a share of all practices: whether it is a deed was read apart."""
SURE = 0.9
"""The probability that a listed line tells a behaviour, in place of its own."""
OWN_RIGHT, OWN_STEEP = 0.76, 6
"""In practices of eight houses' own 77 of 100 places that are surely a deed are right, of the others a third:
how likely a place belongs to one is the first times its probability to the power of the second."""
MOST = 3
"""Practices a behaviour goes to; one that others of the codebook were merged into counts once."""
STANDS = 0.62
"""Least similarity with the middle of a standing practice's evidence."""
SURELY = 0.7
"""Of the places so probable nine in ten are right, of those below it two in three: what a rejected practice
goes on taking, and what a person took out of one practice may go to another by itself."""


EARNED = 0.29
"""What the odds of a place are multiplied by where its customer rated what happened low: of such places in
reviews of restaurants, cafés and an airline 56 of 64 above .7 told of the deed, of 48 between .4 and .7
sixteen."""
GRUDGED = 0.25
"""The most that a fault put right is there: of 25 such places about seven were put right well, however surely
they tell of it ("replaced it after an argument"). The same of what another firm or the customer did, and of
what was put right in vain (:mod:`servicestory.detect.unshown`)."""


def learned(reading: Reading, weights: Weights, entries: Mapping[str, int]) -> list[list[tuple[float, int]]]:
    """For each behaviour the (probability, target) pairs of the entries the weights know, best first.

    Args:
        entries: key of a codebook entry -> number of its target.
    """
    column = [(j, entries[key]) for j, key in enumerate(weights.practices) if key in entries]
    total = np.maximum(reading.classes.sum(axis=1, keepdims=True), 1e-9)
    share = np.round(reading.classes / total, 4)
    top = share.max(axis=1, initial=0)
    sure = ~torn(reading)
    taken: list[list[tuple[float, int]]] = [[] for _ in reading.passages]
    for j, target in column:
        for i in np.flatnonzero((share[:, j] >= ALSO * top) & sure).tolist():
            taken[i].append((float(share[i, j]), target))
    return [sorted(t, key=lambda pair: (-pair[0], pair[1])) for t in taken]


def torn(reading: Reading) -> NDArray[np.bool_]:
    """Behaviours whose reading is torn between many practices, or hardly a behaviour at all."""
    total = np.maximum(reading.classes.sum(axis=1, keepdims=True), 1e-9)
    # what a teller listed is a behaviour for sure, however the sentence sounds; of what was told by hand it
    # has been read apart whether it is one: here it is asked only which
    listed = np.array([p.listed or p.by_hand for p in reading.passages], bool)[:, None]
    strength = np.where(listed, reading.classes / total * SURE, reading.classes)
    least = np.array([FLOOR_BY_HAND if p.by_hand else FLOOR for p in reading.passages])
    unsure: NDArray[np.bool_] = np.round(strength.max(axis=1, initial=0), 4) < least
    return unsure


def belonging(keys: Collection[str], rows: Sequence[int], reading: Reading, weights: Weights) -> Floats:
    """How likely (0 to 1) each of ``rows`` belongs to a practice, in their order.

    Where no weights were learned for it that is not known; then it hangs on how likely it tells of a deed at
    all, which in stories told by hand is what goes wrong most.

    Args:
        keys: the codebook entries it stands for: its own, and those of practices merged into it.
    """
    deeds: Floats = reading.score[list(rows)]
    columns = [j for j, key in enumerate(weights.practices) if key in keys]
    if not columns:
        told = [reading.passages[i].by_hand and not reading.passages[i].listed for i in rows]
        return np.where(told, np.round(OWN_RIGHT * deeds**OWN_STEEP, 4), deeds)
    classes = reading.classes[list(rows)]
    share = classes[:, columns].sum(axis=1) / np.maximum(classes.sum(axis=1), 1e-9)
    listed = np.array([reading.passages[i].listed for i in rows], bool)
    sure: Floats = np.round(share * np.where(listed, SURE, deeds), 4)
    return sure


def earned(sure: Floats, rows: Sequence[int], reading: Reading, recovery: bool, free: bool) -> Floats:
    """How sure ``rows`` are when it counts that a story rated low seldom tells of a deed to copy.

    There a deed is done badly, meant as a reproach or told of somebody else more often than it is praised, so
    only what is told plainly stays sure. What was put right in vain, what others did, and what was paid for
    where it is to be free, stays doubtful.

    Args:
        recovery: whether they put right what went wrong.
        free: whether they give something free.
    """
    unhappy = np.array([reading.passages[i].unhappy for i in rows], bool)
    less = EARNED * sure / (1 - (1 - EARNED) * sure)
    told = np.where(unhappy, np.round(np.minimum(less, GRUDGED if recovery else 1), 4), sure)
    passages = [reading.passages[i] for i in rows]
    not_so = np.array([p.unshown or (recovery and p.in_vain) or (free and p.paid) for p in passages], bool)
    found: Floats = np.where(not_so, np.minimum(told, GRUDGED), told)
    return found


def by_evidence(vectors: Floats, rows: Sequence[int]) -> Floats:
    """Similarity of each behaviour with the middle of the behaviours in ``rows``."""
    if not rows:
        return np.zeros(len(vectors))
    near: Floats = np.round(vectors @ _middle(vectors[list(rows)]), 6)
    return near


def fit(vectors: Floats, rows: Sequence[int]) -> Floats:
    """Similarity of the behaviours in ``rows`` with their own middle, in the order of ``rows``."""
    here = vectors[list(rows)]
    near: Floats = np.round(here @ _middle(here), 6)
    return near


def _middle(vectors: Floats) -> Floats:
    mean: Floats = vectors.mean(axis=0)
    unit: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def place_of(passage: Passage, stories: Sequence[Story]) -> Place:
    """Where a passage stands: story, field, start, end."""
    return stories[passage.story].id, passage.field, passage.start, passage.end


Members = list[list[int]]
ByPeople = dict[tuple[int, int], float]
"""(behaviour, target) -> how sure it is (0 to 1) that it belongs there, by what people wrote or put there."""
Followed = dict[tuple[int, int], int]
"""(behaviour, target) -> what a person took out of the target that it is told like, as a row: it went too."""


@dataclass(frozen=True)
class Matched:
    """Targets of each behaviour, the most fitting first; the best of those shown that it did not go to.

    ``by_people`` of those that it goes to by what people wrote or where they put places, ``followed`` those
    that it left with what a person took out.
    """

    member: Members
    runner_up: list[int | None]
    by_people: ByPeople
    followed: Followed


def match(
    reading: Reading,
    weights: Weights,
    goals: Sequence[Target],
    vectors: Floats,
    unsure: NDArray[np.bool_],
    stories: Sequence[Story],
    like: Mapping[int, Floats],
    lessons: Lessons | None = None,
) -> Matched:
    """Where each behaviour goes among the practices that are known.

    Args:
        like: for targets people wrote about, the similarity of each behaviour with that (:mod:`written`).
        lessons: how alike behaviours are, to learn from the places people put somewhere or took out.
    """
    places = [place_of(p, stories) for p in reading.passages]
    entries = {g.entry.key: n for n, g in enumerate(goals) if g.entry and g.entry.key in weights.practices}
    scored = learned(reading, weights, entries)
    freed = _no_sink(scored, entries, goals, reading, weights)
    by_people: ByPeople = {}
    claimed = {place for g in goals if not g.rejected for place in g.kept}
    # what a person put into one of the house's own practices goes into no other by words
    put = {place: g.label for g in goals if g.entry is None and g.by_hand for place in g.forced}
    row_of = {place: i for i, place in enumerate(places)}
    for n, goal in enumerate(goals):
        known = goal.entry is not None and goal.entry.key in weights.practices
        rows = sorted(row_of[place] for place in goal.kept if place in row_of)
        if n in like:
            for i in np.flatnonzero(like[n] >= (SURELY if goal.rejected else DESCRIBED)).tolist():
                words_alone = like[n][i] == DESCRIBED
                elsewhere = (scored[i] or places[i] in claimed) and places[i] not in goal.kept
                if put.get(places[i], goal.label) == goal.label and not (words_alone and elsewhere):
                    scored[i].append((float(like[n][i]), n))
                    by_people[i, n] = WORDS_ALONE if words_alone else float(like[n][i])
        if rows and goal.by_hand:
            for i in rows:
                scored[i].append((0.9, n))
        elif rows and (not known or (goal.practice and goal.practice.absorbed)):
            if not goal.rejected:
                near = by_evidence(vectors, rows)
                for i in np.flatnonzero((near >= STANDS) & ~unsure & ~freed).tolist():
                    # a place that stands in another practice stays there: a second run must change nothing
                    if not scored[i] and places[i] not in claimed:
                        scored[i].append((float(near[i]) / 2, n))
            for i in rows:
                scored[i].append((0.9, n))
        for i in rows:
            if places[i] in goal.forced:
                scored[i].append((2.0, n))
    followed: Followed = {}
    if lessons is not None:
        by_people |= _learn(scored, lessons, goals, places, followed)
    loose = taken_out(goals)
    member: Members = []
    others: list[list[int]] = []
    for place, options, next_best in zip(places, scored, _ranked(reading, weights, entries), strict=True):
        best: dict[int, float] = {}
        for score, n in options:
            # what a person just took out of one practice is not put into another on a guess
            guess = place in loose and score < SURELY and place not in goals[n].stood
            if place not in goals[n].barred and not guess:
                best[n] = max(best.get(n, 0.0), score)
        order = sorted(best, key=lambda n: (-best[n], goals[n].label))
        labels = list(dict.fromkeys(goals[n].label for n in order))[:MOST]
        taken = [n for n in order if goals[n].label in labels]
        member.append(taken)
        rest = [n for n in (*order, *next_best) if n not in taken and place not in goals[n].barred]
        others.append(rest)
    shown = {n for numbers in member for n in numbers}
    return Matched(
        member, [next((n for n in rest if n in shown), None) for rest in others], by_people, followed
    )


def taken_out(goals: Sequence[Target]) -> set[Place]:
    """What a person took out of a practice and put into no other."""
    return set().union(*(g.barred for g in goals)) - set().union(*(g.forced for g in goals))


def _no_sink(
    scored: list[list[tuple[float, int]]],
    entries: Mapping[str, int],
    goals: Sequence[Target],
    reading: Reading,
    weights: Weights,
) -> NDArray[np.bool_]:
    """Takes out of rejected codebook practices what is not surely of their kind; changes ``scored``.

    Whoever rejects a kind of deed does not want it proposed. What is only nearest to that kind they did not
    speak of: it may be like what people put somewhere, or what they describe, else it stands unassigned.

    Returns:
        (behaviours,): which were taken out.
    """
    every, freed = range(len(scored)), np.zeros(len(scored), np.bool_)
    for key, n in entries.items():
        if goals[n].rejected:
            sure = belonging({key}, every, reading, weights)
            for i in np.flatnonzero(sure < SURELY).tolist():
                left = [option for option in scored[i] if option[1] != n]
                freed[i] |= len(left) < len(scored[i])
                scored[i] = left
    return freed


def _learn(
    scored: list[list[tuple[float, int]]],
    lessons: Lessons,
    goals: Sequence[Target],
    places: Sequence[Place],
    followed: Followed,
) -> ByPeople:
    """What is told like places a person put into a practice joins it, like those taken out leaves it.

    Changes ``scored`` and ``followed``. What other practices hold stays theirs, and so does what a person
    left where the practice was split off.
    """
    number = {place: i for i, place in enumerate(places)}
    holding: dict[Place, list[int]] = {}  # place -> the goals that hold it
    for m, goal in enumerate(goals):
        for place in goal.kept | goal.stood:
            holding.setdefault(place, []).append(m)
    best, owner = np.full(len(places), LIKE), np.full(len(places), -1)
    once = {goal.label: n for n, goal in reversed(list(enumerate(goals)))}  # one may be two targets
    for n in once.values():
        rows = sorted(number[place] for place in goals[n].forced if place in number)
        if rows and not goals[n].rejected:
            near, keeping = lessons.near(rows), _keeping(n, goals)
            for i in np.flatnonzero(near >= best).tolist():
                held = keeping.intersection(holding.get(places[i], ()))
                held |= {m for _, m in scored[i] if m in keeping and goals[m].entry is not None}
                if places[i] in goals[n].kept or not held:
                    best[i], owner[i] = near[i], n
    joined: ByPeople = {(i, int(owner[i])): TAUGHT for i in np.flatnonzero(owner >= 0).tolist()}
    for i, n in joined:
        scored[i].append((TAUGHT, n))
    for n, goal in enumerate(goals):
        parted = {place for g in goals if goal.label in g.parted_from for place in g.forced}
        out = sorted(number[place] for place in goal.barred - parted if place in number)
        if not out:
            continue
        here = [i for i, options in enumerate(scored) if any(m == n for _, m in options)]
        if those := sorted(set(here).difference(out)):
            sure = sorted(number[place] for place in goal.forced if place in number)
            for i, cause in lessons.taken_out(those, out, sure).items():
                scored[i] = [option for option in scored[i] if option[1] != n]
                followed[i, n] = cause
    return joined


def _keeping(n: int, goals: Sequence[Target]) -> set[int]:
    """The goals from which goal ``n`` takes nothing they hold, nor what is read as one, for a mere likeness.

    Where nobody decided about the other, a practice of the house's own may take what is read as that kind of
    deed: its words say more exactly what was done. A kind of the codebook takes nothing read as another.
    """
    goal = goals[n]
    return {
        m
        for m, other in enumerate(goals)
        if other.label != goal.label
        and (not other.rejected or other.label in goal.parted_from)
        and (other.practice or goal.entry is not None)
    }


def _ranked(reading: Reading, weights: Weights, entries: Mapping[str, int]) -> list[list[int]]:
    """For each behaviour the targets of its five likeliest practices, the likeliest first."""
    order = np.argsort(-reading.classes, axis=1, kind="stable")[:, :5]
    target = np.array([entries.get(key, -1) for key in weights.practices], np.int64)
    return [[n for n in row if n >= 0] for row in target[order].tolist()]
