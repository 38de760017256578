"""Sentences and their words: each with its place, and none so long that reading it does not end."""

from time import process_time

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import gather
from servicestory.wording.tokens import LONGEST, sentence_around, sentences, words


def test_a_text_without_stops_is_cut_before_commas_and_joining_words() -> None:
    told = "the clerk fetched a ladder, and the cook held it while we waited " * 400
    found = sentences(told)
    assert max(end - start for start, end in found) <= LONGEST
    assert "".join(told[start:end] for start, end in found) == told  # nothing is left out
    begun = {told[start:].lstrip(" ,").split()[0] for start, _ in found[1:]}
    assert begun <= {"and", "while"}


def test_a_text_of_one_word_and_one_without_spaces_are_cut_too() -> None:
    for told in ("lamp " * 2000, "x" * 10_000):
        found = sentences(told)
        assert max(end - start for start, end in found) <= LONGEST
        assert "".join(told[start:end] for start, end in found) == told


def test_an_everyday_sentence_is_left_whole() -> None:
    told = "Ilka lit the stove, brought wood and stayed until it drew. Then she went home!"
    assert [told[start:end] for start, end in sentences(told)] == [
        "Ilka lit the stove, brought wood and stayed until it drew",
        " Then she went home",
    ]


def test_words_keep_their_places_behind_a_line_and_quotations_end_with_theirs() -> None:
    told = 'A " in one line\nshe said "never mind" and lit the lamp'
    start = told.index("she")
    found = words(told, start, len(told))
    assert [w.text for w in found] == ["she", "said", "and", "lit", "the", "lamp"]
    assert all(told[w.start : w.end] == w.text for w in found)


def test_the_sentence_around_a_place_has_an_end() -> None:
    told = "a " * 9000 + "lit the lamp" + " b" * 9000
    at = told.index("lit")
    assert len(sentence_around(told, at, at + 3)) == 2 * LONGEST + 3
    assert sentence_around("No. He lit it at once. Yes", 7, 10) == " He lit it at once"


def test_a_story_that_is_one_endless_sentence_is_read_to_its_end() -> None:
    """Every place of it once read all of it again, clause by clause: half as much took minutes."""
    told = "the clerk fetched a ladder for us and Ilka brought the guest a warm coat and " * 650
    practice = Practice(
        id="P-0001",
        name="Bring a coat",
        evidence=[
            Evidence(story="a", start=at, end=at + 390, score=0.9) for at in range(0, len(told) - 390, 390)
        ],
    )
    begun = process_time()
    made = gather(practice, {"a": Story(id="a", date="2026-05-02", narrative=told)}, Organisation())
    assert made.steps
    assert process_time() - begun < 20
