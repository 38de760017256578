"""What is told like the places people put into a practice, or took out of it, goes their way."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from servicestory.detect import decisions
from servicestory.detect.changes import changes
from servicestory.detect.explain import explain
from servicestory.detect.keep import kept
from servicestory.detect.pipeline import detect
from servicestory.detect.result import Detection
from servicestory.detect.taught import LIKE, Lessons
from servicestory.detect.terms import Terms
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story

WHO: dict[str, Any] = {"on": "2026-10-04", "by": "Mara Lind", "reason": "it is the same deed"}
TEXTS = [
    "Nia put the worn chain and the old pads into a bag and showed me where they were worn.",
    "Bea showed the man the worn pads from his bike and let him keep them.",
    "Oskar drew the way to the lighthouse on a map for us.",
    "Tariq kept the worn chain of my bike and showed me how long it had got.",
    "Jonas waited an hour at the quay with our bikes.",
]


def stories(texts: Sequence[str]) -> list[Story]:
    return [Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)]


def own(**more: Any) -> Practice:
    """A practice somebody made and put nothing into yet."""
    return decisions.define({"name": "Be open about parts", **more}, None, "P-0001", **WHO)


def whole(number: int) -> Evidence:
    return Evidence(story=f"s{number}", start=0, end=len(TEXTS[number]))


def told_in(found: Detection, ref: str = "P-0001") -> set[str]:
    return {b.story for p in found.practices if p.id == ref for b in found.evidence_of(p)}


def test_likeness_lies_between_the_nearest_place_and_the_mean_of_all() -> None:
    lessons = Lessons(Terms(TEXTS), np.eye(len(TEXTS)), np.zeros((len(TEXTS), 96), np.int8))
    assert lessons.near([0])[0] == 1 and lessons.near([0, 1])[0] < 1
    one, two = lessons.near([0]), lessons.near([0, 2])
    assert one[3] > one[4] and two[3] < one[3]


def test_a_place_put_in_by_hand_brings_what_is_told_like_it(codebook: list[CodebookEntry]) -> None:
    before = own()
    assert told_in(detect(stories(TEXTS), [before], codebook)) == set()
    [taught] = decisions.take_in(before, [whole(0)], None, **WHO)
    found = detect(stories(TEXTS), [taught], codebook)
    assert told_in(found) == {"s0", "s1", "s3"}
    assert detect(reversed(stories(TEXTS)), [taught], list(reversed(codebook))) == found
    [pinned] = [b for b in found.behaviours if b.pinned]
    assert pinned.story == "s0" and pinned.practices[0] == "P-0001"


def test_what_was_learned_is_learned_again_and_no_more(codebook: list[CodebookEntry]) -> None:
    [taught] = decisions.take_in(own(), [whole(0)], None, **WHO)
    first = detect(stories(TEXTS), [taught], codebook)
    again = detect(stories(TEXTS), kept(first, [taught], {}, "2026-10-05"), codebook)
    assert told_in(again) == told_in(first)


BENCH = "Their dog slept under the long bench in the yard."


def without_the_bench(
    codebook: list[CodebookEntry], also: str
) -> tuple[list[Story], Practice, Detection, Detection]:
    """Three stories of pets, the practice they show without the second of them, and two runs of it."""
    texts = ["The waitress brought a bowl of water for our dog.", BENCH, also]
    told = [Story(id=f"s{n}", behaviours=[text]) for n, text in enumerate(texts)]
    found = detect(told, [], codebook)
    pets = next(p for p in kept(found, [], {}, "2026-10-04") if p.definition == "pets")
    assert {e.story for e in pets.evidence} == {"s0", "s1", "s2"}
    at = next(i for i, e in enumerate(pets.evidence) if e.story == "s1")
    without = decisions.drop(pets, [at], **WHO)
    first = detect(told, [without], codebook)
    saved = next(p for p in kept(first, [without], {}, "2026-10-05") if p.id == pets.id)
    return told, saved, first, detect(told, [saved], codebook)


def test_what_is_told_in_the_words_of_a_place_taken_out_goes_with_it(codebook: list[CodebookEntry]) -> None:
    told, pets, first, second = without_the_bench(
        codebook, "Their old dog slept under the long bench in the yard."
    )
    assert told_in(first, pets.id) == told_in(second, pets.id) == {"s0"}
    [gone] = pets.followed
    assert gone.story == "s2" and gone.like == pets.not_evidence[0].ref
    assert next(p for p in kept(second, [pets], {}, "2026-10-06") if p.id == pets.id) == pets
    [change] = changes(first, [pets.model_copy(update={"evidence": [*pets.evidence, gone]})])
    assert [(x.place.story, x.followed) for x in change.lost] == [("s2", True)]
    out = explain(first, told[1], standing=[pets])
    assert (
        f"    A person took it out of {pets.id}; it goes to another by itself only where that is sure." in out
    )
    gone_too = f"    Told nearly as a place that a person took out of {pets.id}, so it left too."
    assert gone_too in explain(first, told[2], standing=[pets])

    back = decisions.restore(pets, [1], **WHO)
    assert back.followed == [] and [e.story for e in back.evidence if e.pinned] == ["s2"]
    assert back.put_there(back.evidence[1])
    assert told_in(detect(told, [back], codebook), pets.id) == {"s0", "s2"}
    both = decisions.restore(pets, [0], **WHO)
    assert (both.not_evidence, both.followed) == ([], [])
    assert told_in(detect(told, [both], codebook), pets.id) == {"s0", "s1", "s2"}


def test_what_people_left_stays_though_it_is_told_like_what_they_took_out(
    codebook: list[CodebookEntry],
) -> None:
    _, pets, first, second = without_the_bench(codebook, "Our cat slept under the long bench in the hall.")
    assert told_in(first, pets.id) == told_in(second, pets.id) == {"s0", "s2"}
    assert pets.followed == []


def test_places_alike_stand_by_each_other_when_one_of_them_is_taken_out() -> None:
    texts = ["Ines rang the room to ask how we slept."] * 3
    lessons = Lessons(Terms(texts), np.ones((3, 1)), np.zeros((3, 96), np.int8))
    assert lessons.taken_out([1, 2], [0], []) == {}
    assert lessons.taken_out([1], [0], []) == {1: 0}
    assert lessons.taken_out([1], [0], [1]) == {}


def test_what_stands_in_another_of_the_house_s_own_stays_there(codebook: list[CodebookEntry]) -> None:
    [taught] = decisions.take_in(own(), [whole(0)], None, **WHO)
    other = Practice(id="P-0002", name="Let people keep parts", status="accepted", evidence=[whole(1)])
    found = detect(stories(TEXTS), [taught, other], codebook)
    assert told_in(found) == {"s0", "s3"} and told_in(found, "P-0002") == {"s1"}


def test_a_pinned_place_stays_though_another_story_says_the_same(codebook: list[CodebookEntry]) -> None:
    told = stories([TEXTS[0], TEXTS[0], TEXTS[2]])
    later = Evidence(story="s1", start=0, end=len(TEXTS[0]))
    [taught] = decisions.take_in(own(), [later], None, **WHO)
    assert "s1" in told_in(detect(told, [taught], codebook))


@pytest.mark.parametrize("how", ["renamed", "described", "by an example", "by a cue"])
def test_what_people_write_brings_what_is_told_so(how: str, codebook: list[CodebookEntry]) -> None:
    if how == "renamed":
        put = Practice(id="P-0001", name="x", status="accepted", evidence=[whole(4)])
        one = decisions.rename(put, "Show the customer the worn pads and chain", **WHO)
    elif how == "described":
        one = own(behaviour_statement="We show the customer the worn part: chain, pads.")
    elif how == "by an example":
        one = own(examples=["He kept the worn pads and showed them to me."])
    else:
        one = own(cues=["show worn"])
    found = told_in(detect(stories(TEXTS), [one], codebook))
    assert found - {"s4"} == {"s0", "s1", "s3"}, LIKE


def test_what_was_left_in_a_split_stays_however_like_the_rest_it_is(codebook: list[CodebookEntry]) -> None:
    lever = [
        "He explained to us why the old lever would pull too hard.",
        "She explained to me why a modern lever would pull too hard.",
        "He explained the bill to me line by line.",
    ]
    found = detect(stories(lever), [], codebook)
    one = next(p for p in kept(found, [], {}, "2026-10-04") if p.definition == "explain")
    assert [e.story for e in one.evidence] == ["s0", "s1", "s2"]
    stays, new = decisions.split(one, [0], "Show how it closes", "P-0009", **WHO)
    again = detect(stories(lever), [stays, new], codebook)
    assert told_in(again, one.id) == {"s1", "s2"} and told_in(again, "P-0009") == {"s0"}


CALLS = [
    "Nia rang the next morning and asked whether all was well.",
    "Oskar called the next day and asked whether all was well with the room.",
    "Tariq rang the next evening and asked whether the pump was well.",
]


@pytest.mark.parametrize("standing", [True, False], ids=["it stands there", "it is read as that"])
def test_one_place_put_in_draws_nothing_out_of_what_others_hold(
    standing: bool, codebook: list[CodebookEntry]
) -> None:
    told = stories(CALLS)
    there = [Evidence(story=f"s{n}", start=0, end=len(CALLS[n])) for n in range(3)]
    calls = Practice(
        id="P-0002",
        name="Ask again",
        definition="check_back",
        status="standard",
        evidence=there[1:] if standing else [],
        not_evidence=there[:1],
    )
    assert told_in(detect(told, [calls], codebook), "P-0002") == {"s1", "s2"}
    for definition in ("teach", None):
        other = Practice(id="P-0001", name="Teach", definition=definition, status="accepted")
        [taught] = decisions.take_in(other, there[:1], None, **WHO)
        found = detect(told, [taught, calls], codebook)
        assert told_in(found) == {"s0"} and told_in(found, "P-0002") == {"s1", "s2"}
        again = detect(told, kept(found, [taught, calls], {}, "2026-10-05"), codebook)
        assert told_in(again) == {"s0"} and told_in(again, "P-0002") == {"s1", "s2"}
