"""Groups that last longest in a tree of joinings."""

import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from servicestory.detect import mass


def near(heaps: list[int], within: list[float], between: float) -> np.ndarray:
    """How near rows are that lie in heaps."""
    of = np.repeat(np.arange(len(heaps)), heaps)
    table = np.where(of[:, None] == of[None], np.array(within)[of][:, None], between)
    np.fill_diagonal(table, 1)
    return table


def groups(
    table: np.ndarray, floor: float, least: int = 3, story: list[int] | None = None
) -> list[list[int]]:
    joins = linkage(squareform(1 - table, checks=False), "average")
    return mass.groups(joins, 1 - joins[:, 2], floor, story or list(range(len(table))), least)


def test_two_heaps_that_would_meet_above_the_floor_stay_two() -> None:
    assert groups(near([3, 4], [0.9, 0.8], 0.5), 0.4) == [[0, 1, 2], [3, 4, 5, 6]]


def test_a_heap_that_is_one_all_along_is_not_cut() -> None:
    assert groups(near([3, 4], [0.7, 0.7], 0.65), 0.4) == [[0, 1, 2, 3, 4, 5, 6]]


def test_nothing_is_joined_below_the_floor_and_too_few_are_no_group() -> None:
    assert groups(near([3, 2, 4], [0.9, 0.9, 0.3], 0.1), 0.4) == [[0, 1, 2]]


def test_a_group_needs_several_stories_and_not_several_rows() -> None:
    assert groups(near([3, 4], [0.9, 0.8], 0.5), 0.6, story=[1, 1, 2, 3, 4, 5, 5]) == [[3, 4, 5, 6]]


def test_a_row_that_comes_late_belongs_to_the_group_it_came_to() -> None:
    table = near([3, 1], [0.9, 1.0], 0.5)
    assert groups(table, 0.4) == [[0, 1, 2, 3]]


def test_two_heaps_that_last_hardly_longer_apart_than_together_are_one() -> None:
    assert groups(near([3, 4], [0.63, 0.63], 0.51), 0.4) == [[0, 1, 2, 3, 4, 5, 6]]
    assert groups(near([3, 4], [0.66, 0.66], 0.51), 0.4) == [[0, 1, 2], [3, 4, 5, 6]]
