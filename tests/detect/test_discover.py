"""Groups of neighbours."""

import numpy as np

from servicestory.detect.discover import assign, communities, discover, neighbours


def three_heaps(each: int) -> np.ndarray:
    rng = np.random.default_rng(3)
    rows = np.repeat(np.eye(3, 8), each, axis=0) + rng.normal(scale=0.12, size=(3 * each, 8))
    out: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return out


def test_groups_hold_to_their_heap() -> None:
    groups = discover(three_heaps(30), 0, 3)
    assert 3 <= len(groups.middles) <= 5
    heaps = [set(heap.tolist()) for heap in np.split(groups.first, 3)]
    assert not (heaps[0] & heaps[1] | heaps[0] & heaps[2] | heaps[1] & heaps[2])
    assert -1 not in set.union(*heaps)


def test_unlike_behaviours_are_no_group_however_few() -> None:
    for n in (0, 1, 2, 3, 5):
        groups = discover(np.eye(8)[:n], 0, 2)
        assert set(groups.first.tolist()) <= {-1}


def test_neighbours_are_the_nearest_others() -> None:
    index, near = neighbours(three_heaps(4), 3)
    assert all(
        set(row.tolist()) == set(range(i // 4 * 4, i // 4 * 4 + 4)) - {i} for i, row in enumerate(index)
    )
    assert (near[:, :-1] >= near[:, 1:]).all()


def test_communities_are_numbered_by_size() -> None:
    label = communities(three_heaps(20)[:45], 1.0, 0)
    sizes = np.bincount(label)
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)


def test_assign_gives_first_and_second() -> None:
    first, near, second, near2 = assign(np.array([[1.0, 0.0], [0.6, 0.8]]), np.eye(2))
    assert (first.tolist(), second.tolist()) == ([0, 1], [1, 0])
    assert (near >= near2).all()
    assert assign(np.eye(2), np.eye(2)[:1])[2].tolist() == [-1, -1]
