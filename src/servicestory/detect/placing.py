"""Where behaviours go: to practices that are known, into ways of the house, into groups of what is left."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import alike, discover, drafts, matching, particular
from servicestory.detect.actor import says_who_they_are
from servicestory.detect.features import Floats
from servicestory.detect.goals import Target
from servicestory.detect.reading import Place, Reading
from servicestory.detect.steady import SHARE, grouped_again
from servicestory.detect.summary import stability
from servicestory.detect.terms import telling
from servicestory.detect.weights import Weights
from servicestory.detect.words import root
from servicestory.models.practice import ENDED, is_doubtful
from servicestory.models.story import Story

OWN, OFTEN = 4, 8
"""Stories from which on a new practice of the house's own comes before the codebook's, and from which on a
group is told often."""
LEAST_AGAIN = 0.05
"""Stability from which on a new group is proposed: one that no sample of the behaviours shows again is held
together by chance."""
TOGETHER = 0.35
"""How like the deeds of what is left over must be to make a group of no one kind."""
ENOUGH = 60
"""Places of a group by which it is told whether its deeds are alike."""
SETTLED = 4
"""Most rounds in which decided practices take in what is like what they have taken in; two are the rule."""
BESIDE = 0.8
"""Share of its reading from which on a deed stays in a codebook practice beside one of the house's own."""
OWN_AGAIN = 0.28
"""The same for a house's own group of one deed: of three in four houses the one below it was none, two above
it were."""
PLAIN = 0.55
"""What a place of a review must come to that alone makes a codebook practice: in four files of reviews five
of eight below it told of something else. In a story told by hand a first telling is what is waited for."""


class Placed(NamedTuple):
    """Where behaviours go: to practices that are known; groups of the house's own, and others that are new.

    Groups as row numbers, each with its stability.
    """

    matched: matching.Matched
    own: list[list[int]]
    again: list[float]
    fresh: list[list[int]]
    sure: list[float]


def settled(
    once: Callable[[], Placed], goals: Sequence[Target], at: Sequence[Place], read: Collection[str]
) -> Placed:
    """Where every behaviour goes, such that another run over the same stories would put it there again.

    Args:
        once: puts behaviours where they go by what the targets hold.
        at: the place of each behaviour.
        read: keys of codebook entries that are read for themselves: what they hold speaks for nothing.
    """
    speaking = [g for g in goals if g.practice or (g.entry and g.entry.key not in read)]
    for turn in range(SETTLED, 0, -1):
        found = once()
        # what stands now speaks for its practice in the next run: it may as well speak in this one
        if turn == 1 or not _moved(speaking, goals, found.matched.member, at):
            break
    return found


def own_ways(
    reading: Reading, weights: Weights, told: Sequence[Story], names: Collection[str], seed: int
) -> list[tuple[list[int], float]]:
    """The groups of one deed each in the house's own stories (rows), and how stable each is."""
    own = particular.ways(reading, weights, told, names)
    return list(zip(own, _own_again(own, reading, weights, told, names, seed), strict=True))


def placed(
    matched: matching.Matched,
    ways: Sequence[tuple[list[int], float]],
    at: Sequence[Place],
    reading: Reading,
    weights: Weights,
    goals: Sequence[Target],
    vectors: Floats,
    unsure: NDArray[np.bool_],
    told: Sequence[Story],
    names: Collection[str],
    seed: int,
) -> Placed:
    """Known practices first, then the house's own ways, then what is left.

    Args:
        matched: what :func:`matching.match` says; its members are changed.
        ways: of :func:`own_ways`.
        at: the place of each behaviour.
        unsure: behaviours that the reading is torn about.
        names: of staff.
    """
    member = matched.member
    forced = set().union(*(g.forced for g in goals))
    # a group is no other without them, but nobody shows anything by who the teller is
    idle = {
        i
        for i, p in enumerate(reading.passages)
        if not p.listed and at[i] not in forced and says_who_they_are(p.text)
    }
    for i in idle:
        member[i] = []
    ways = [([i for i in rows if i not in idle], figure) for rows, figure in ways] if idle else ways
    new = [ways[n] for n in particular.new([rows for rows, _ in ways], goals, member, at, matched.followed)]
    new = _undecided(new, goals, at, reading)
    firm = [(rows, figure) for rows, figure in new if figure >= OWN_AGAIN]
    own, again = _not_taken_out([rows for rows, _ in firm], [f for _, f in firm], goals, reading, told)
    # what the codebook is torn about is left unassigned, not made into a practice of left-overs
    placed = {i for rows in own for i in rows}
    large = {i for rows in own if len({reading.passages[i].story for i in rows}) >= OWN for i in rows}
    _leave_to(member, placed, goals, at)
    own_first(member, large, reading, weights, goals, told)
    loose = unsure | without_doubtful(member, reading, weights, goals)
    loose |= _turned_down(matched, goals, at, reading, weights)
    loose[sorted(idle)] = True
    # what people rejected may be found again among what is left: it is looked for, so as not to propose it
    gone = {n for n, g in enumerate(goals) if g.rejected and g.entry is None}
    rest = [i for i, m in enumerate(member) if gone.issuperset(m) and not loose[i] and i not in placed]
    found = _discover(reading, weights, vectors, rest, told, names, seed)
    fresh, sure = _not_rejected(*found, goals, member, at)
    return Placed(matched, own, again, fresh, sure)


def _leave_to(
    member: matching.Members, own: Collection[int], goals: Sequence[Target], at: Sequence[Place]
) -> None:
    """What new groups of one deed hold no other practice takes in for being like it; changes ``member``.

    What stood there, or was put there, stays.
    """
    for i in own:
        member[i] = [
            n
            for n in member[i]
            if goals[n].entry or not goals[n].practice or at[i] in goals[n].stood or at[i] in goals[n].forced
        ]


def _ended(goal: Target) -> bool:
    return goal.practice is not None and goal.practice.status in ENDED


def own_first(
    member: matching.Members,
    owned: Collection[int],
    reading: Reading,
    weights: Weights,
    goals: Sequence[Target],
    stories: Sequence[Story],
) -> None:
    """What is in a house's own practice leaves codebook practices it is not surely of; changes ``member``.

    Its own words say more exactly what was done than the nearest kind of deed that all trades know.

    Args:
        owned: behaviours of new practices of the house's own that several stories tell; those of standing
            ones are in ``member``.
    """
    column = {key: j for j, key in enumerate(weights.practices)}
    for i, numbers in enumerate(member):
        place = matching.place_of(reading.passages[i], stories)
        held = {n for n in numbers if _is_held(goals[n], place)}
        # what was rejected or retired takes nothing out of a practice that goes on
        if i not in owned and not held and all(goals[n].entry or _ended(goals[n]) for n in numbers):
            continue
        share = reading.classes[i] / max(float(reading.classes[i].sum()), 1e-9)
        member[i] = [
            n
            for n in numbers
            if n in held
            or (entry := goals[n].entry) is None
            or entry.key not in column
            or share[column[entry.key]] >= BESIDE
            or (goals[n].barred and place in goals[n].stood)  # people looked through it and left this
        ]


def _is_held(goal: Target, place: Place) -> bool:
    """Whether people put a place there: by itself, or with a practice they merged into this one."""
    return place in goal.forced or bool(goal.practice and goal.practice.absorbed and place in goal.kept)


def without_doubtful(
    member: matching.Members, reading: Reading, weights: Weights, goals: Sequence[Target]
) -> NDArray[np.bool_]:
    """Takes behaviours out of new codebook practices of which every place is doubtful; changes ``member``.

    Returns:
        (behaviours,): which fit nothing any more. A practice is proposed when one place shows it
        plainly; a single place of a review beside none, or beside doubtful ones, must be plainer.
    """
    rows_of: dict[int, list[int]] = {}
    for i, numbers in enumerate(member):
        for n in numbers:
            if goals[n].practice is None:
                rows_of.setdefault(n, []).append(i)
    left = np.zeros(len(member), bool)
    for n, rows in rows_of.items():
        entry = goals[n].entry
        likely = matching.belonging({entry.key} if entry else set(), rows, reading, weights)
        sure = matching.earned(likely, rows, reading, goals[n].recovery, goals[n].free).tolist()
        firm = [(i, score) for i, score in zip(rows, sure, strict=True) if not is_doubtful(score, False)]
        faint = len(firm) == 1 and not reading.passages[firm[0][0]].by_hand and firm[0][1] < PLAIN
        if faint or not firm:
            for i in rows:
                member[i].remove(n)
                left[i] = not member[i]
    return left


def _undecided(
    groups: Sequence[tuple[list[int], float]],
    goals: Sequence[Target],
    at: Sequence[Place],
    reading: Reading,
) -> list[tuple[list[int], float]]:
    """The groups without places people decided about, where enough stories are left to make one."""
    decided, least = particular.decided(goals), particular.least(reading)
    left = [([i for i in rows if at[i] not in decided], figure) for rows, figure in groups]
    return [(rows, f) for rows, f in left if len({reading.passages[i].story for i in rows}) >= least]


def _turned_down(
    matched: matching.Matched,
    goals: Sequence[Target],
    at: Sequence[Place],
    reading: Reading,
    weights: Weights,
) -> NDArray[np.bool_]:
    """What makes no group of what is left: people took it out, or rejected what it is read as."""
    column = {key: j for j, key in enumerate(weights.practices)}
    kinds = [column[g.entry.key] for g in goals if g.rejected and g.entry and g.entry.key in column]
    first = np.isin(reading.classes.argmax(axis=1), kinds) & reading.classes.any(axis=1)
    out, gone = matching.taken_out(goals), {i for i, _ in matched.followed}
    return np.array(
        [f or p in out or i in gone for i, (f, p) in enumerate(zip(first, at, strict=True))], bool
    )


def _not_rejected(
    groups: Sequence[list[int]],
    sure: Sequence[float],
    goals: Sequence[Target],
    member: matching.Members,
    at: Sequence[Place],
) -> tuple[list[list[int]], list[float]]:
    """The groups that are not what people rejected once more; that goes to the rejected practice."""
    held = {n: {i for i, p in enumerate(at) if p in g.kept} for n, g in enumerate(goals) if g.rejected}
    kept = []
    for rows, figure in zip(groups, sure, strict=True):
        n = particular.rejected_again(rows, goals, held)
        if n is None:
            kept.append((rows, figure))
            continue
        particular.add(member, rows, n)
    return [rows for rows, _ in kept], [figure for _, figure in kept]


def _moved(
    speaking: Sequence[Target],
    goals: Sequence[Target],
    member: matching.Members,
    at: Sequence[Place],
) -> bool:
    """Whether one of those ``speaking`` holds other places than it did; its ``kept`` are these then."""
    now: dict[str, set[Place]] = {g.label: set() for g in speaking}
    for i, numbers in enumerate(member):
        for n in numbers:
            if goals[n].label in now:
                now[goals[n].label].add(at[i])
    moved, read = False, set(at)
    for goal in speaking:
        holds = now[goal.label] | (goal.kept - read)
        moved |= holds != goal.kept
        goal.kept = holds
    return moved


def _own_again(
    own: Sequence[list[int]],
    reading: Reading,
    weights: Weights,
    told: Sequence[Story],
    names: Collection[str],
    seed: int,
) -> list[float]:
    """The stability of the groups of :func:`own_ways`."""

    def again(part: Reading) -> list[list[int]]:
        return particular.ways(part, weights, told, names, SHARE)

    return grouped_again(own, reading, again, seed)


def _not_taken_out(
    groups: list[list[int]],
    sure: list[float],
    goals: Sequence[Target],
    reading: Reading,
    told: Sequence[Story],
) -> tuple[list[list[int]], list[float]]:
    """The groups without those that a person took out of a practice together: they come back as no other."""
    barred = [g.barred for g in goals if g.barred]
    if not barred:
        return groups, sure
    kept = []
    for rows, figure in zip(groups, sure, strict=True):
        places = {matching.place_of(reading.passages[i], told) for i in rows}
        if all(len(places & out) * 2 < len(places) for out in barred):
            kept.append((rows, figure))
    return [rows for rows, _ in kept], [figure for _, figure in kept]


def _is_one_thing(rows: Sequence[int], reading: Reading, weights: Weights, names: Collection[str]) -> bool:
    """Whether a group is told often, or of one kind, or held together by more than one word.

    "None of the kinds that are known" is no kind: only that its deeds are alike makes such a group one thing.
    """
    if drafts.of_no_kind(rows, reading, weights.practices):
        return _together(rows, reading) >= TOGETHER
    if drafts.kind_of_most(rows, reading) >= 0 or len({reading.passages[i].story for i in rows}) >= OFTEN:
        return True
    hidden = {root(part.lower()) for name in names for part in name.split()}
    return drafts.is_one_thing([telling(reading.passages[i].text) - hidden for i in rows])


def _together(rows: Sequence[int], reading: Reading) -> float:
    """How like the deeds of a group are to each other: the mean of all pairs of its first places."""
    some = list(rows)[:ENOUGH]
    deed = alike.all_read(reading.deed[some], [reading.passages[i].text for i in some])
    near = alike.alike(deed, deed)
    return round(float(near[np.triu_indices(len(deed), 1)].mean()), 4)


def _discover(
    reading: Reading,
    weights: Weights,
    vectors: Floats,
    rest: Sequence[int],
    stories: Sequence[Story],
    names: Collection[str],
    seed: int,
) -> tuple[list[list[int]], list[float]]:
    """New groups of behaviours (rows), each told in enough different stories, and how stable each is."""
    least = 2 if len(stories) < 100 else 3
    those = vectors[list(rest)]
    groups = discover.discover(those, seed, least)
    sure = stability(groups, those, seed, least)
    made: dict[int, list[int]] = {}
    for at, i in enumerate(rest):
        for g in (int(groups.first[at]), int(groups.second[at])):
            if g >= 0:
                made.setdefault(g, []).append(i)
    told = {g: len({reading.passages[i].story for i in rows}) for g, rows in made.items()}
    good = [g for g in sorted(made) if told[g] >= least and sure[g] >= LEAST_AGAIN]
    good = [g for g in good if _is_one_thing(made[g], reading, weights, names)]
    return [made[g] for g in good], [sure[g] for g in good]
