"""Why a sentence went where it did."""

from dataclasses import replace

import pytest

from servicestory.detect import decisions
from servicestory.detect.explain import explain, speaking_words, words_of_kind
from servicestory.detect.pipeline import detect
from servicestory.detect.reading import BY_HAND, THRESHOLD, UNCLEAR
from servicestory.detect.weights import shipped
from servicestory.detect.words import STOP
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import DOUBTFUL, Evidence, Practice
from servicestory.models.story import Source, Story
from tests.detect.conftest import story


def test_each_sentence_is_explained_in_order(codebook: list[CodebookEntry]) -> None:
    one = story("a", "The pool was warm. The porter carried our suitcases up.", behaviours=["Hummed a tune"])
    found = detect([one], [], codebook)
    text = "\n".join(explain(found, one))
    assert text.index("pool") < text.index("porter") < text.index("Hummed")
    assert "Left out: it is about the place" in text
    assert "words that spoke for it: " in text
    assert "suitcases" in text.split("words that spoke for it: ")[1].split(".")[0]
    assert "The teller listed it" in text


def test_copies_and_pins_are_said(codebook: list[CodebookEntry]) -> None:
    same = "The technician came at once and repaired our broken kitchen heater for us."
    told = [story("a", same + " It rained on us."), story("b", same + " The sun shone.")]
    pinned = Practice(
        id="P-0001", name="Mend gates", evidence=[Evidence(story="s-a", start=0, end=len(same), pinned=True)]
    )
    found = detect(told, [pinned], codebook)
    text = "\n".join(explain(found, told[0], standing=[pinned]))
    assert "Told 2 times in the same words" in text
    assert "P-0001 Mend gates: it stays there because a person said so." in text
    decided = decisions.pin(pinned, [0], on="2026-10-04", by="Mara Lind", reason="I was there")
    text = "\n".join(explain(found, told[0], standing=[decided]))
    assert "P-0001 Mend gates: put there by Mara Lind on 2026-10-04: I was there" in text
    assert "told in the same words in another story" in "\n".join(explain(found, told[1]))
    twice = story("c", f"{same} It rained. {same}")
    text = "\n".join(explain(detect([twice], [], codebook), twice))
    assert "told in the same words elsewhere in this story" in text


def test_a_story_without_a_sentence_says_so(codebook: list[CodebookEntry]) -> None:
    empty = story("dots", "...!!!")
    assert explain(detect([empty], [], codebook), empty) == ["This story holds no sentence."]


def test_what_is_left_out_says_why(codebook: list[CodebookEntry]) -> None:
    one = story("a", "The staff were lovely. The bed was soft. We were late. Nobody answered the phone.")
    said = explain(detect([one], [], codebook), one)
    assert "praises the manner" in said[said.index("1. “The staff were lovely.”") + 1]
    assert "is about the place" in said[said.index("2. “The bed was soft.”") + 1]


def test_the_second_choice_is_one_the_sentence_did_not_go_to(codebook: list[CodebookEntry]) -> None:
    told = [
        story("a", "The porter carried our suitcases to the room."),
        story("b", "The driver drove us to the station."),
        story("c", "The mechanic repaired the heater within the hour."),
        story("d", "They answered my call within a minute."),
    ]
    found = detect(told, [], codebook)
    seconds = [b for b in found.behaviours if b.runner_up]
    assert seconds
    assert all(b.runner_up not in b.practices for b in seconds)
    for one in seconds:
        said = "\n".join(explain(found, next(s for s in told if s.id == one.story)))
        assert f"Second choice: {one.runner_up} " in said


def test_what_is_told_by_hand_is_read_for_deeds_of_the_house(codebook: list[CodebookEntry]) -> None:
    """In a review whoever did something did it for the customer; a story tells what customers did as well."""
    ours, theirs = (
        "Rosa wound the lever in two turns.",
        "She brought me a jar of her honey.",
    )
    both = "Put him on the earlier ferry, no charge."
    by_hand = [story(f"h{i}", line) for i, line in enumerate((ours, theirs, both))]
    imported = [s.model_copy(update={"source": Source(system="csv", record=s.id)}) for s in by_hand]
    here, there = detect(by_hand, [], codebook), detect(imported, [], codebook)
    assert min(b.score for b in here.behaviours) >= BY_HAND
    assert min(b.score for b in there.behaviours) >= THRESHOLD
    assert {b.text for b in here.behaviours} == {ours, both}
    assert {b.text for b in there.behaviours} == {theirs, both}


def test_small_words_are_not_said_to_speak_for_anything() -> None:
    weights = shipped()
    every = list(range(len(weights.practices)))
    said = speaking_words("While we were waiting she carried our bags up to the room.", every, weights)
    assert said
    assert not {word.lower() for word in said} & STOP


def test_a_reason_is_only_named_where_the_reading_is_sure_of_it(codebook: list[CodebookEntry]) -> None:
    text = "The pool was lovely. Could be, could be not, with them."
    story = Story(id="s", narrative=text, source=Source(system="csv", record="1"))
    told = " ".join(explain(detect([story], [], codebook), story))
    assert "is about the place" in told
    assert UNCLEAR in told


def test_a_place_that_may_belong_elsewhere_is_said_to_be_doubtful(codebook: list[CodebookEntry]) -> None:
    texts = "He came straight away with his ladder.", "They answered my call within a minute."
    told = [story(f"s{i}", text) for i, text in enumerate(texts)]
    found = detect(told, [], codebook)
    doubtful = {
        found.behaviours[i].story
        for p in found.practices
        for i, score in zip(p.evidence, p.scores, strict=True)
        if score < DOUBTFUL
    }
    said = {s.id for s in told if "belongs there is doubtful" in " ".join(explain(found, s))}
    assert said == doubtful
    assert 0 < len(said) < len(told)
    # Scores are kept with two decimals, and so is what is said of them.
    for score, of in ((0.397, 0), (0.394, len(told))):
        practices = tuple(replace(p, scores=(score,) * len(p.scores)) for p in found.practices)
        again = replace(found, practices=practices)
        assert sum("belongs there is doubtful" in " ".join(explain(again, s)) for s in told) == of


def test_the_words_of_an_endless_story_are_weighed_for_its_first_sentences_only(
    codebook: list[CodebookEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicestory.detect.explain.LOOKED_INTO", 1)
    one = story("a", "The porter carried our suitcases up. The porter carried our suitcases down again.")
    lines = explain(detect([one], [], codebook), one)
    assert sum("words that spoke for it" in line for line in lines) == 1
    assert lines[-1].startswith("Which words spoke for a practice was worked out for the first 1 of these 2")


def test_what_fits_no_practice_says_what_spoke_for_the_nearest(codebook: list[CodebookEntry]) -> None:
    told = story("a", "They lend you goggles if you have left yours at home.")
    found = detect([told], [], codebook)
    [one] = found.behaviours
    nearest = next(p for p in found.practices) if found.practices else None
    left = replace(one, practices=(), runner_up=nearest.id if nearest else None)
    said = explain(replace(found, behaviours=(left,)), told)
    assert nearest and f"least unlike {nearest.id} " in said[1]
    assert said[2].startswith(f"    For {nearest.id} spoke: ") and "lend" in said[2]
    assert said[2].endswith("that was not enough.")


def test_no_word_of_a_name_is_shown_among_those_that_spoke(codebook: list[CodebookEntry]) -> None:
    one = story("a", "Suitcases carried our suitcases up.")
    found = detect([one], [], codebook)
    assert "carried" in "\n".join(explain(found, one)[1:])
    assert "carried" not in "\n".join(explain(found, one, names={"carried"})[1:])


def test_the_words_of_a_kind_hold_no_name_and_are_none_where_nothing_was_learned() -> None:
    texts = [
        "Kerstin saw the rain and had umbrellas ready before we asked.",
        "Unasked, he put a stool there.",
    ]
    found = words_of_kind("anticipate", texts, shipped())
    assert found and all(word == word.lower() for word in found)
    assert words_of_kind("no_such_kind", texts, shipped()) == words_of_kind(None, texts, shipped()) == []
