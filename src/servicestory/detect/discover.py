"""Finds practices nobody has written down: behaviours told alike become groups of neighbours."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from graspologic_native import leiden
from scipy import sparse

from servicestory.detect.features import Blocks, Floats, Ints

NEIGHBOURS = 12
RESOLUTION = 1.6
LARGEST_FIT = 6000
"""Behaviours the groups are found on; all others are then assigned to the nearest group."""
CLOSE = 0.5
"""Least similarity (0 to 1) of a behaviour with the middle of its group."""
ALIKE = 0.35
"""Least mean similarity of two members: less is no group, however few there are."""
ALSO = 0.92
"""A behaviour also belongs to a second group when it lies nearly (this share) as close to it."""
SHARE = (0.62, 0.25, 0.13)
"""How much the learned reading, the meaning of the words and the words themselves count; adds up to 1."""
WIDTH = 128
BATCH = 20_000
"""Behaviours compared with all groups at a time: bounds the memory."""


@dataclass(frozen=True)
class Groups:
    """``first[i]`` is the group of row i or -1, ``second[i]`` another or -1, ``near[i]`` the similarity."""

    first: Ints
    second: Ints
    near: Floats
    middles: Floats


def space(blocks: Blocks, reading: Floats) -> Floats:
    """One vector of length 1 per behaviour, similar for behaviours that a reader would put together.

    Args:
        blocks: the features of n behaviours.
        reading: (n, practice classes) probabilities; their square roots make the inner product the
            Bhattacharyya coefficient, so behaviours are alike when the learned model would confuse them.

    Returns:
        (n, dimensions), parts weighted by :data:`SHARE`.
    """
    a, b, c = SHARE
    root = np.sqrt(reading / np.maximum(reading.sum(axis=1, keepdims=True), 1e-9))
    return np.hstack([np.sqrt(a) * root, np.sqrt(b) * blocks.meaning, np.sqrt(c) * _hashed(blocks.words)])


def near(reading: Floats, meaning: Floats) -> Floats:
    """:func:`space` with vectors of length 1 from elsewhere in the place of the words and their meaning."""
    read = SHARE[0]
    root = np.sqrt(reading / np.maximum(reading.sum(axis=1, keepdims=True), 1e-9))
    return np.hstack([np.sqrt(read) * root, np.sqrt(1 - read) * meaning])


def _hashed(words: Any) -> Floats:
    """Words on WIDTH columns by a fixed random sign projection (Achlioptas 2003), rows of length 1."""
    rng = np.random.default_rng(20)
    signs = sparse.csr_matrix(
        rng.choice([-1.0, 0.0, 1.0], size=(words.shape[1], WIDTH), p=[1 / 6, 2 / 3, 1 / 6])
    )
    flat: Floats = (words @ signs).toarray()
    scaled: Floats = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return scaled


def neighbours(vectors: Floats, k: int) -> tuple[Ints, Floats]:
    """The k nearest other rows of each row and their similarity, both (n, k); ties go to the lower number."""
    n = len(vectors)
    k = min(k, n - 1)
    index, similarity = np.zeros((n, k), np.int64), np.zeros((n, k))
    for start in range(0, n, 1024):
        s = np.round(vectors[start : start + 1024] @ vectors.T, 6)
        s[np.arange(len(s)), start + np.arange(len(s))] = -2
        top = np.argsort(-s, axis=1, kind="stable")[:, :k]
        index[start : start + 1024], similarity[start : start + 1024] = (
            top,
            np.take_along_axis(s, top, axis=1),
        )
    return index, similarity


def communities(vectors: Floats, resolution: float, seed: int, k: int = NEIGHBOURS) -> Ints:
    """Leiden communities (Traag, Waltman & van Eck 2019) of the nearest-neighbour graph, numbered by size."""
    n = len(vectors)
    if n < 3:
        return np.zeros(n, np.int64)
    index, similarity = neighbours(vectors, k)
    weight: dict[tuple[int, int], float] = {}
    for i in range(n):
        for j, s in zip(index[i].tolist(), similarity[i].tolist(), strict=True):
            if s > 0:
                edge = (i, j) if i < j else (j, i)
                weight[edge] = weight.get(edge, 0.0) + s
    # names of equal length keep the library's own ordering equal to ours
    edges = [(f"{i:07d}", f"{j:07d}", w) for (i, j), w in sorted(weight.items())]
    if not edges:
        return np.arange(n)
    _, found = leiden(edges, None, resolution, 0.001, 3, True, seed, 1)
    label = np.array([found.get(f"{i:07d}", -1) for i in range(n)], np.int64)
    label[label < 0] = label.max(initial=-1) + 1 + np.arange((label < 0).sum())
    return _by_size(label)


def _by_size(label: Ints) -> Ints:
    values, first, counts = np.unique(label, return_index=True, return_counts=True)
    order = sorted(range(len(values)), key=lambda i: (-counts[i], first[i]))
    renumber = {int(values[i]): rank for rank, i in enumerate(order)}
    return np.array([renumber[int(v)] for v in label], np.int64)


def discover(vectors: Floats, seed: int, least: int, resolution: float = RESOLUTION) -> Groups:
    """Group behaviours; those near no group stay alone.

    Args:
        vectors: (n, d) from :func:`space`, already without copies.
        seed: of the community search.
        least: smallest group that is kept.
    """
    n = len(vectors)
    nothing = np.full(n, -1, np.int64)
    if n < max(2, least):
        return Groups(nothing, nothing.copy(), np.zeros(n), np.zeros((0, vectors.shape[1])))
    step = max(1, -(-n // LARGEST_FIT))
    fit = vectors[::step]
    label = communities(fit, resolution, seed)
    centres = middles(fit, label, least)
    for _ in range(3):
        if not len(centres):
            break
        first, near, _, _ = assign(fit, centres)
        centres = middles(fit, np.where(near >= CLOSE, first, -1), least)
    if not len(centres):
        return Groups(nothing, nothing.copy(), np.zeros(n), centres)
    first, near, second, near2 = assign(vectors, centres)
    second = np.where((near2 >= ALSO * near) & (near2 >= CLOSE), second, -1)
    return Groups(np.where(near >= CLOSE, first, -1), np.where(near >= CLOSE, second, -1), near, centres)


def middles(vectors: Floats, label: Ints, least: int, alike: float = ALIKE) -> Floats:
    """The mean direction of every group of at least ``least`` rows that are ``alike``, in order."""
    kept = []
    for g in range(int(label.max(initial=-1)) + 1):
        inside = vectors[label == g]
        if len(inside) >= least and _alike(inside) >= alike:
            kept.append(inside.mean(axis=0))
    if not kept:
        return np.zeros((0, vectors.shape[1]))
    m = np.stack(kept)
    unit: Floats = m / np.maximum(np.linalg.norm(m, axis=1, keepdims=True), 1e-9)
    return unit


def _alike(vectors: Floats) -> float:
    """Mean similarity of two different rows, from the length of their mean."""
    m = len(vectors)
    mean = vectors.mean(axis=0)
    return 1.0 if m == 1 else round((m * float(mean @ mean) - 1) / (m - 1), 6)


def assign(vectors: Floats, middles: Floats) -> tuple[Ints, Floats, Ints, Floats]:
    """Nearest and second nearest middle of every row, with similarities rounded to 6 places."""
    parts = [_assign(vectors[at : at + BATCH], middles) for at in range(0, max(len(vectors), 1), BATCH)]
    first, near, second, near2 = (np.concatenate(part) for part in zip(*parts, strict=True))
    return first, near, second, near2


def _assign(vectors: Floats, middles: Floats) -> tuple[Ints, Floats, Ints, Floats]:
    s = np.round(vectors @ middles.T, 6)
    first = s.argmax(axis=1)
    near = s[np.arange(len(s)), first]
    if middles.shape[0] < 2:
        return first, near, np.full(len(s), -1, np.int64), np.full(len(s), -1.0)
    s[np.arange(len(s)), first] = -2
    second = s.argmax(axis=1)
    return first, near, second, s[np.arange(len(s)), second]
