"""Whether what is marked was told later, each site compared with itself."""

from itertools import combinations
from time import process_time

import numpy as np
import pytest

from servicestory.detect import later
from servicestory.detect.later import chance_of_later, middle, parts

STEADY = [10, 10, 10, 10]


def counted(sites: list[tuple[list[int], list[int]]]) -> float:
    """The same chance by drawing every possible set of each site."""
    sums = [0]
    for told, marked in sites:
        stories = [part for part, n in enumerate(told) for _ in range(n)]
        here = [sum(drawn) for drawn in combinations(stories, sum(marked))]
        sums = [a + b for a in sums for b in here]
    reached = sum(part * n for _, marked in sites for part, n in enumerate(marked))
    return sum(one >= reached for one in sums) / len(sums)


@pytest.mark.parametrize(
    "sites",
    [
        [([3, 2, 4, 2], [0, 1, 1, 1])],
        [([3, 2, 4, 2], [0, 0, 1, 2]), ([0, 5, 1, 0], [0, 1, 1, 0])],
        [([2, 0, 3, 0], [1, 0, 1, 0]), ([1, 1, 1, 1], [0, 0, 0, 1]), ([0, 0, 4, 3], [0, 0, 0, 2])],
    ],
)
def test_the_chance_is_that_of_all_ways_to_draw(sites: list[tuple[list[int], list[int]]]) -> None:
    assert chance_of_later(sites) == pytest.approx(counted(sites))


def test_a_steady_rise_is_seen_that_two_halves_do_not_show() -> None:
    rise = [(STEADY, [0, 2, 3, 5])]
    halves = [([20, 0, 20, 0], [2, 0, 8, 0])]
    assert chance_of_later(rise) < 0.01 < chance_of_later(halves) < 0.05


def test_a_site_told_of_only_lately_shows_no_rise() -> None:
    lately = ([0, 0, 0, 20], [0, 0, 0, 9])
    assert chance_of_later([lately]) == 1.0
    assert chance_of_later([lately, (STEADY, [1, 1, 1, 1])]) > 0.4
    assert chance_of_later([]) == 1.0


def test_chance_finds_as_many_false_rises_as_its_level_says() -> None:
    rng = np.random.default_rng(4711)
    found = []
    for _ in range(600):
        told = rng.integers(0, 12, size=(6, 4))
        marked = [rng.multivariate_hypergeometric(site, min(3, int(site.sum()))) for site in told]
        found.append(chance_of_later(zip(told.tolist(), [m.tolist() for m in marked], strict=True)))
    assert 0.02 < np.mean(np.array(found) <= 0.05) < 0.08


def test_many_stories_take_no_time_and_have_about_the_exact_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice told of 250,000 times in one place; drawn one by one it would take hours."""
    start = process_time()
    assert chance_of_later([([250_000] * 4, [62_500] * 4)]) == pytest.approx(0.5, abs=0.01)
    assert process_time() - start < 5
    told, marked = [4000, 3000, 2000, 5000], [800, 640, 450, 1150]
    later._sums.cache_clear()
    about = chance_of_later([(told, marked)])
    monkeypatch.setattr(later, "WIDE", float("inf"))
    later._sums.cache_clear()
    exact = chance_of_later([(told, marked)])
    later._sums.cache_clear()
    assert about != exact
    assert about == pytest.approx(exact, rel=0.1)


def test_the_parts_hold_about_as_many_stories_each() -> None:
    told = np.array([1, 9, 5, 5, 10, 3, 7])
    cut = middle(told)
    assert cut == 4
    assert parts(told, cut).tolist() == [0, 0, 1, 1, 2, 3, 3]
    assert parts(np.array([5, 5]), 1).tolist() == [0, 2]
