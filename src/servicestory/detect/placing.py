"""Where behaviours go: to practices that are known, into ways of the house, into groups of what is left."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import discover, drafts, matching, particular
from servicestory.detect.features import Floats
from servicestory.detect.reading import Place, Reading
from servicestory.detect.steady import SHARE, grouped_again
from servicestory.detect.summary import stability
from servicestory.detect.terms import telling
from servicestory.detect.weights import Weights
from servicestory.detect.words import root
from servicestory.models.story import Story

OWN, OFTEN = 4, 8
"""Stories from which on a new practice of the house's own comes before the codebook's, and from which on a
group is told often."""
LEAST_AGAIN = 0.05
"""Stability from which on a new group is proposed: one that no sample of the behaviours shows again is held
together by chance."""
SETTLED = 4
"""Most rounds in which decided practices take in what is like what they have taken in; two are the rule."""
OWN_AGAIN = 0.35
"""The same for a house's own group of one deed: of three below it in nine houses none was one."""


class Placed(NamedTuple):
    """Where behaviours go: targets of each, the best it did not go to, what people put there; and groups.

    Groups of the house's own and others that are new, as row numbers, each with its stability.
    """

    member: matching.Members
    runner_up: list[int | None]
    by_people: matching.ByPeople
    own: list[list[int]]
    again: list[float]
    fresh: list[list[int]]
    sure: list[float]


def settled(
    once: Callable[[], Placed], goals: Sequence[matching.Target], at: Sequence[Place], read: Collection[str]
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
        if turn == 1 or not _moved(speaking, goals, found.member, at):
            break
    return found


def own_ways(
    reading: Reading, weights: Weights, told: Sequence[Story], names: Collection[str], seed: int
) -> list[tuple[list[int], float]]:
    """The groups of one deed each in the house's own stories (rows), and how stable each is."""
    own = particular.ways(reading, weights, told, names)
    return list(zip(own, _own_again(own, reading, weights, told, names, seed), strict=True))


def placed(
    matched: tuple[matching.Members, list[int | None], matching.ByPeople],
    ways: Sequence[tuple[list[int], float]],
    at: Sequence[Place],
    reading: Reading,
    weights: Weights,
    goals: Sequence[matching.Target],
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
    member, runner_up, by_people = matched
    new = [ways[n] for n in particular.new([rows for rows, _ in ways], goals, member, at)]
    firm = [(rows, figure) for rows, figure in new if figure >= OWN_AGAIN]
    own, again = _not_taken_out([rows for rows, _ in firm], [f for _, f in firm], goals, reading, told)
    # what the codebook is torn about is left unassigned, not made into a practice of left-overs
    placed = {i for rows in own for i in rows}
    large = {i for rows in own if len({reading.passages[i].story for i in rows}) >= OWN for i in rows}
    matching.own_first(member, large, reading, weights, goals, told)
    loose = unsure | matching.without_doubtful(member, reading, weights, goals)
    rest = [i for i, m in enumerate(member) if not (m or loose[i] or i in placed)]
    fresh, sure = _not_taken_out(*_discover(reading, vectors, rest, told, names, seed), goals, reading, told)
    return Placed(member, runner_up, by_people, own, again, fresh, sure)


def _moved(
    speaking: Sequence[matching.Target],
    goals: Sequence[matching.Target],
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
    goals: Sequence[matching.Target],
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


def _is_one_thing(rows: Sequence[int], reading: Reading, names: Collection[str]) -> bool:
    """Whether a group is told often, or held together by more than one word."""
    if len({reading.passages[i].story for i in rows}) >= OFTEN:
        return True
    hidden = {root(part.lower()) for name in names for part in name.split()}
    said = [telling(reading.passages[i].text) - hidden for i in rows]
    return drafts.is_one_thing(rows, reading, said)


def _discover(
    reading: Reading,
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
    good = [g for g in good if _is_one_thing(made[g], reading, names)]
    return [made[g] for g in good], [sure[g] for g in good]
