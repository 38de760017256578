"""Behaviours in practices that are known: how likely each belongs there."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from servicestory.detect import decisions, matching, placing
from servicestory.detect.explain import explain
from servicestory.detect.goals import Target
from servicestory.detect.keep import kept
from servicestory.detect.pipeline import detect
from servicestory.detect.reading import Passage, Reading
from servicestory.detect.weights import shipped
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story


def test_how_likely_a_place_belongs_is_its_share_of_what_was_read(codebook: list[CodebookEntry]) -> None:
    """Not how likely it tells of any deed: a deed may be plain, and its kind not."""
    weights = shipped()
    kinds = len(weights.practices)
    classes = np.zeros((3, kinds))
    classes[0, 2], classes[1, 2], classes[1, 5], classes[2, 2] = 0.9, 0.3, 0.6, 0.2
    passages = [Passage(i, "narrative", 0, 9, "x", listed=i == 2) for i in range(3)]
    reading = Reading(passages, classes.sum(axis=1), classes, [])
    entry = next(e for e in codebook if e.key == weights.practices[2])
    assert matching.belonging({entry.key}, [0, 1, 2], reading, weights).tolist() == pytest.approx(
        [0.9, 0.3, matching.SURE]
    )
    both = {entry.key, weights.practices[5]}  # merged: what belongs to either belongs to it
    assert matching.belonging(both, [1], reading, weights).tolist() == pytest.approx([0.9])
    # one of the house's own: what is not surely a deed is seldom this one; of imported stories that is not known
    of_own = matching.belonging(set(), [1, 2], reading, weights)
    assert of_own[0] == pytest.approx(0.4, abs=0.01) and of_own[1] == pytest.approx(0.2)
    imported = replace(reading, passages=[replace(p, by_hand=False) for p in passages])
    assert matching.belonging(set(), [1], imported, weights).tolist() == pytest.approx([0.9])


def test_a_codebook_practice_that_no_place_shows_plainly_is_not_proposed(
    codebook: list[CodebookEntry],
) -> None:
    weights = shipped()
    classes = np.zeros((3, len(weights.practices)))
    classes[0, 2], classes[0, 5] = 0.2, 0.5  # torn: a fifth of it is of kind 2
    classes[1, 2], classes[2, 5] = 0.3, 0.9
    passages = [Passage(i, "narrative", 0, 9, "x", listed=False) for i in range(3)]
    reading = Reading(passages, classes.sum(axis=1), classes, [])
    two, five = (next(e for e in codebook if e.key == weights.practices[n]) for n in (2, 5))
    goals = [Target(None, two), Target(None, five)]
    member = [[1, 0], [0], [1]]
    assert placing.without_doubtful(member, reading, weights, goals).tolist() == [False, True, False]
    assert member == [[1], [], [1]]
    stands = [Target(Practice(id="P-0001", name=two.name, definition=two.key), two), goals[1]]
    member = [[1, 0], [0], [1]]
    assert not placing.without_doubtful(member, reading, weights, stands).any()
    assert member == [[1, 0], [0], [1]]  # what stands keeps them


def test_what_complaints_alone_show_is_not_proposed(codebook: list[CodebookEntry]) -> None:
    """A deed of an unhappy customer's story has to be told more plainly; beside doubtful ones one place has too."""
    weights = shipped()
    two = next(e for e in codebook if e.key == weights.practices[2])

    def proposed(*places: tuple[float, bool]) -> bool:
        classes = np.zeros((len(places), len(weights.practices)))
        classes[:, 2] = [likely for likely, _ in places]
        passages = [
            Passage(i, "narrative", 0, 9, "x", False, False, unhappy) for i, (_, unhappy) in enumerate(places)
        ]
        reading = Reading(passages, classes.sum(axis=1), classes, [])
        member = [[0] for _ in places]
        placing.without_doubtful(member, reading, weights, [Target(None, two)])
        return member != [[] for _ in places]

    assert proposed((0.65, False)) and not proposed((0.65, True)) and proposed((0.95, True))
    assert proposed((0.5, False), (0.5, False)) and not proposed((0.5, False), (0.6, True))


def test_what_was_rejected_takes_nothing_out_of_a_practice_that_goes_on(
    codebook: list[CodebookEntry],
) -> None:
    weights = shipped()
    classes = np.zeros((1, len(weights.practices)))
    classes[0, 2], classes[0, 5] = 0.5, 0.4
    reading = Reading([Passage(0, "narrative", 0, 9, "x", listed=False)], classes.sum(axis=1), classes, [])
    two = next(e for e in codebook if e.key == weights.practices[2])
    told = [Story(id="s", narrative="x waved at")]
    for status, left in (("rejected", [0, 1]), ("accepted", [1])):
        own = Practice.model_validate({"id": "P-0009", "name": "Wave", "status": status})
        member = [[0, 1]]
        placing.own_first(member, set(), reading, weights, [Target(None, two), Target(own, None)], told)
        assert member == [left]


def test_a_place_is_doubtful_as_its_score_will_be_kept(codebook: list[CodebookEntry]) -> None:
    """With two decimals: what `show` will not call doubtful is not left out as doubtful."""
    weights = shipped()
    two = next(e for e in codebook if e.key == weights.practices[2])
    for share, left in ((0.397, False), (0.394, True)):
        classes = np.zeros((1, len(weights.practices)))
        classes[0, 2] = share
        reading = Reading(
            [Passage(0, "narrative", 0, 9, "x", listed=False)], classes.sum(axis=1), classes, []
        )
        member = [[0]]
        found = placing.without_doubtful(member, reading, weights, [Target(None, two)])
        assert (found.tolist(), member) == ([left], [[]] if left else [[0]])


@pytest.mark.parametrize(
    ("by_hand", "places", "stays"), [(False, 1, False), (False, 2, True), (True, 1, True)]
)
def test_one_faint_place_of_a_review_makes_no_practice_one_of_a_story_told_here_does(
    codebook: list[CodebookEntry], by_hand: bool, places: int, stays: bool
) -> None:
    weights = shipped()
    two = next(e for e in codebook if e.key == weights.practices[2])
    classes = np.zeros((places, len(weights.practices)))
    classes[:, 2] = 0.5  # more likely than not, and no more
    passages = [Passage(i, "narrative", 0, 9, "x", listed=False, by_hand=by_hand) for i in range(places)]
    member = [[0] for _ in passages]
    reading = Reading(passages, classes.sum(axis=1), classes, [])
    placing.without_doubtful(member, reading, weights, [Target(None, two)])
    assert member == [[0] if stays else [] for _ in passages]


def test_a_place_put_into_a_practice_of_one_s_own_goes_into_no_other_by_words(
    codebook: list[CodebookEntry],
) -> None:
    text = "She darned the elbow of my cardigan."
    who: dict[str, Any] = {"on": "2026-10-04", "by": "Mara", "reason": "our word"}
    ours = decisions.define({"name": "Look after old clothes"}, None, "P-0001", **who)
    put = decisions.take_in(ours, [Evidence(story="s-a", start=0, end=len(text))], None, **who)[0]
    other = decisions.define({"name": "Darn elbows", "examples": [text]}, None, "P-0002", **who)
    told = [Story(id="s-a", narrative=text)]
    assert detect(told, [other], codebook).behaviours[0].practices[:1] == ("P-0002",)
    found = detect(told, [put, other], codebook)
    assert "P-0001" in found.behaviours[0].practices and "P-0002" not in found.behaviours[0].practices
    after = {p.id: p for p in kept(found, [put, other], {}, "2026-10-05")}
    assert [p.id for p in after.values() if any(e.pinned for e in p.evidence)] == ["P-0001"]
    said = explain(found, told[0], standing=[put, other])
    assert [line for line in said if "put there by" in line or "a person said so" in line] == [
        "    P-0001 Look after old clothes: put there by Mara on 2026-10-04: our word"
    ]
