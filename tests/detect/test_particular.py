"""The particular ways of a house: several tellings of the same deed."""

import numpy as np
import pytest

from servicestory.detect import alike, particular, placing, readings
from servicestory.detect.decisions import merge
from servicestory.detect.features import blocks
from servicestory.detect.goals import Target
from servicestory.detect.keep import kept
from servicestory.detect.pipeline import Config, detect
from servicestory.detect.reading import Passage, Reading
from servicestory.detect.weights import shipped
from servicestory.detect.words import number
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Source, Story

SOUP = [
    "Jun kept a pot of barley soup warm on the stove for us.",
    "She had saved two bowls of soup and warmed them up.",
    "The cook put soup aside and kept it warm until we came.",
    "Callum warmed the soup that was left on the stove.",
    "There was warm soup waiting because Rosa had kept a pot.",
]
OTHERS = [
    "He carried our cases up to the second floor.",
    "She printed the boarding passes for my father.",
    "The nurse drew the curtain before she began.",
    "Somebody phoned the garage and found the part.",
    "They brought a ladder and freed the kitten.",
    "The driver stopped while I fetched my coat.",
    "She translated the letter from the office.",
    "He mended the strap of my bag with wire.",
    "The clerk refunded the second ticket at once.",
    "She opened the library for us on Sunday.",
    "He sewed a button on my jacket.",
    "The gardener cut a rose for my mother.",
    "They lent my son a helmet.",
    "She rebooked the whole journey by telephone.",
    "He read the small print aloud to Grandfather.",
]
STAFF = ["Jun Park", "Callum Reed", "Rosa Quin"]
ORDINARY = {"she", "the", "there", "he", "they", "somebody"}


def found(texts: list[str], least: int = 3) -> list[list[int]]:
    return grouped(texts, list(range(len(texts))), least)


def grouped(texts: list[str], story: list[int], least: int) -> list[list[int]]:
    weights = shipped()
    read = blocks(number(texts, weights.vocabulary.known), weights.vocabulary)
    classes = weights.probabilities(read)[:, : len(weights.practices)]
    deed = alike.shipped().directions(texts, weights.vocabulary.known)
    return particular.groups(texts, story, deed, read.meaning, classes, STAFF, ORDINARY, least)


def test_what_is_told_with_words_of_its_own_is_one_group() -> None:
    groups = found([*OTHERS, *SOUP])
    assert len(groups) == 1
    assert set(groups[0]) <= set(range(len(OTHERS), len(OTHERS) + 5))
    assert len(groups[0]) >= 4


def test_names_of_staff_make_no_group() -> None:
    assert found([f"Jun {text}" for text in ("did this", "was there", "came along", "went out")]) == []


def test_few_texts_empty_texts_and_copies_are_no_group_of_their_own() -> None:
    assert found([]) == []
    assert found(["one line"]) == []
    assert found(["!!", "??", ".."]) == []
    same_story = grouped(SOUP, [0] * 5, 3)
    assert same_story == []


def stories(source: Source | None) -> list[Story]:
    told = [*SOUP, *OTHERS]
    return [Story(id=f"s{i:02d}", behaviours=[text], source=source) for i, text in enumerate(told)]


def test_imported_stories_are_looked_at_where_they_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    imported, count = stories(Source(system="csv", record="1")), len(stories(None))
    few, kept_of_few = readings.gather(imported)
    assert few.deed.any(axis=1).all() and len(particular.ways(few, shipped(), stories(None), STAFF)) == 1
    monkeypatch.setattr(readings, "FEW_IMPORTED", count - 1)
    many, _ = readings.gather(imported, known=kept_of_few)  # what was read of few is not what is read of many
    assert not many.deed.any() and particular.ways(many, shipped(), stories(None), STAFF) == []
    assert readings.gather(stories(None))[0].deed.any(axis=1).all()


def test_a_group_of_imported_stories_that_the_codebook_knows_is_none() -> None:
    weights = shipped()
    sure = np.zeros((4, len(weights.practices)))
    sure[:, 3] = [0.7, 0.7, 0.1, 0.0]
    sure[:, 5] = [0.1, 0.1, 0.8, 0.4]
    sure[:, 6] = [0.0, 0.0, 0.1, 0.4]
    passages = [Passage(i, "narrative", 0, 1, "x", False, False) for i in range(4)]
    reading = Reading(passages, sure.sum(axis=1), sure, [])
    imported = [
        Story(id=f"s{i}", behaviours=["x"], source=Source(system="csv", record="1")) for i in range(4)
    ]
    told = [Story(id=f"s{i}", behaviours=["x"]) for i in range(4)]
    assert particular._is_known([0, 1, 2, 3], reading, imported)
    assert not particular._is_known([0, 2, 3], reading, imported)
    assert not particular._is_known([0, 1, 2, 3], reading, told)
    assert not particular._is_known([0, 1, 2, 3], reading, [*imported[:2], *told[2:]])


def test_a_second_run_keeps_the_group_and_a_new_story_joins_it() -> None:
    config = Config(customer="guest", names=tuple(STAFF))
    first = detect(stories(None), [], [], config)
    standing = kept(first, [], {}, "2026-10-05")
    again = detect(stories(None), standing, [], Config(first.next_number, "guest", tuple(STAFF)))
    assert kept(again, standing, {}, "2026-10-06") == standing
    more = Story(id="s99", behaviours=["Rosa kept the soup warm on the stove for the late boat."])
    later = detect([*stories(None), more], standing, [], Config(first.next_number, "guest", tuple(STAFF)))
    [soup] = [p for p in later.practices if "soup" in p.name.lower()]
    assert soup.id in {p.id for p in standing}
    assert "s99" in {b.story for b in later.evidence_of(soup)}


def test_what_a_person_merged_into_a_practice_of_the_codebook_is_not_proposed_again(
    codebook: list[CodebookEntry],
) -> None:
    config = Config(customer="guest", names=tuple(STAFF))
    first = detect(stories(None), [], codebook, config)
    standing = {p.id: p for p in kept(first, [], {}, "2026-10-05")}
    [soup] = [p.id for p in first.practices if "soup" in p.name.lower()]
    [heir] = [p.id for p in first.practices if p.definition == "luggage"]
    told = {"on": "2026-10-05", "by": "Mara", "reason": "the same thing"}
    for one in merge(standing[soup], standing[heir], **told):
        standing[one.id] = one
    config = Config(first.next_number, "guest", tuple(STAFF))
    again = detect(stories(None), standing.values(), codebook, config)
    assert [p.id for p in again.practices if not p.standing] == []
    [goes_on] = [p for p in again.practices if p.id == heir]
    places = {e.story for e in standing[heir].evidence}
    assert places <= {b.story for b in again.evidence_of(goes_on)}


CHANCE = [
    "Noor opened the price list and went through what is covered before she began.",
    "Pri came in from a football match and opened the surgery for him.",
    "Bea stayed late with the engineer and had it ready for the morning list.",
    "When Summers was off sick Bea took her recalls and rang eleven people on the list by herself.",
]


def test_a_group_is_proposed_only_where_its_words_are_told_together() -> None:
    told = [Story(id=f"s{i:02d}", behaviours=[text]) for i, text in enumerate([*SOUP, *OTHERS, *CHANCE])]
    found = detect(told, [], [], Config(customer="guest", names=(*STAFF, "Noor", "Pri", "Bea", "Summers")))
    [soup] = [p for p in found.practices if "soup" in p.name.lower()]
    assert (soup.stability or 0) > 0.8
    assert [p.name for p in found.practices if "list" in p.name] == []


def test_a_group_that_no_sample_shows_again_is_not_proposed(
    monkeypatch: pytest.MonkeyPatch, codebook: list[CodebookEntry]
) -> None:
    config = Config(customer="guest", names=tuple(STAFF))
    names = [p.name for p in detect(stories(None), [], codebook, config).practices if not p.definition]
    monkeypatch.setattr(placing, "_own_again", lambda own, *_: [0.0] * len(own))
    later = [p.name for p in detect(stories(None), [], codebook, config).practices if not p.definition]
    assert [n for n in names if "soup" in n.lower()] and not [n for n in later if "soup" in n.lower()]


def test_a_part_of_what_people_rejected_is_not_proposed_by_itself(codebook: list[CodebookEntry]) -> None:
    gone = Target(Practice(id="P-0001", name="Serve", status="rejected"), None)
    held = {0: set(range(20))}
    assert particular.rejected_again([1, 2, 3], [gone], held) == 0
    assert particular.rejected_again([1, 2, 3, 30, 31], [gone], held) is None
    stands = Target(Practice(id="P-0001", name="Serve"), None)
    assert particular.rejected_again([1, 2, 3], [stands], held) is None
    # whoever turned down a kind of many deeds said nothing of each
    kind = Target(Practice(id="P-0001", name="Serve", status="rejected"), codebook[0])
    assert particular.rejected_again([1, 2, 3], [kind], held) is None
