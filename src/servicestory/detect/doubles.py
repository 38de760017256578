"""Pairs of practices that are likely one: told in two fashions, found as two."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.alike import Directions, alike, unit
from servicestory.models.practice import Practice

NEAR, AS_WITHIN = 0.54, 0.9
"""Least mean likeness of the deeds of one practice with those of the other; the same, as a share of how like
the deeds within each are."""
ONE_NAME = 0.65
"""How like two names are from which on they say one deed."""


def likely_one(rows: Mapping[str, Sequence[int]], deed: Directions) -> tuple[tuple[str, str], ...]:
    """Pairs of ids, the likeliest first.

    Args:
        rows: the behaviours of each practice, by its id.
        deed: (behaviours, numbers) what each tells of.
    """
    told = {ref: unit(deed[list(have)]) for ref, have in rows.items()}
    told = {ref: long[long.any(axis=1)] for ref, long in told.items()}
    ids = sorted(ref for ref, long in told.items() if len(long) > 1)
    if len(ids) < 2:
        return ()
    sums = np.stack([told[ref].sum(axis=0, dtype=np.float64) for ref in ids])
    size = np.array([len(told[ref]) for ref in ids], np.float64)
    between = (sums @ sums.T) / np.outer(size, size)
    # of a group's sum with itself each row's likeness with itself is 1
    within = (np.einsum("ij,ij->i", sums, sums) - size) / (size * (size - 1))
    share = _share(between, within)
    pairs = [
        (-round(float(share[a, b]), 4), ids[a], ids[b])
        for a in range(len(ids))
        for b in range(a + 1, len(ids))
        if round(float(between[a, b]), 4) >= NEAR and round(float(share[a, b]), 4) >= AS_WITHIN
    ]
    return tuple((one, other) for _, one, other in sorted(pairs))


def called_alike(
    names: Mapping[str, Directions], rows: Mapping[str, Sequence[int]], codebook: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Pairs of ids of which half of one stands in the other, and whose names say nearly the same deed.

    "Walk with the guest to where they need to go" beside "Walk people to where they need to be" is one too
    many.

    Args:
        names: (1, numbers) what deed each name tells, by id.
        rows: the behaviours of each practice, by its id.
        codebook: ids of practices of the codebook: that two of these stay two was decided with it.
    """
    stands: dict[int, list[str]] = {}
    held = {ref: set(rows[ref]) for ref in sorted(rows)}
    for ref, these in held.items():
        for row in these:
            stands.setdefault(row, []).append(ref)
    # only those that meet somewhere are compared: of thousands of practices most never do
    common = Counter(pair for refs in stands.values() for pair in combinations(refs, 2))
    pairs = []
    for (one, other), n in common.items():
        least = min(len(held[one]), len(held[other]))
        if {one, other} <= set(codebook) or 2 * n < least:
            continue
        like = round(float(alike(names[one], names[other])[0, 0]), 4)
        if like >= ONE_NAME:
            pairs.append((-like, one, other))
    return tuple((one, other) for _, one, other in sorted(pairs))


def _share(between: NDArray[np.float64], within: NDArray[np.float64]) -> NDArray[np.float64]:
    """How near two are, against how near each is in itself."""
    mean = (within[:, None] + within[None, :]) / 2
    return np.asarray(between / np.maximum(mean, 1e-9), np.float64)


def parted(practices: Sequence[Practice]) -> set[tuple[str, str]]:
    """The pairs that people parted from one another: they are not proposed to be one."""
    of = [(d.from_, d.to) for p in practices for d in p.decisions if d.action == "split"]
    return {(a, b) for one, other in of if one and other for a, b in ((one, other), (other, one))}
