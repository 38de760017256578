"""Sentences and clauses, with their places."""

from hypothesis import given
from hypothesis import strategies as st

from servicestory.detect.sentences import LONGEST, SHORTEST_CLAUSE, clauses, split


def told(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text)]


def test_full_stops_marks_and_line_breaks_end_sentences() -> None:
    assert told("He waved. She sang! Did it rain?\nNot at all") == [
        "He waved.",
        "She sang!",
        "Did it rain?",
        "Not at all",
    ]


def test_abbreviations_numbers_and_initials_do_not() -> None:
    text = "Mr. Oke paid 3.50 at 5 p.m. and wrote to J. Brand. Fine."
    assert told(text) == ["Mr. Oke paid 3.50 at 5 p.m. and wrote to J. Brand.", "Fine."]


def test_sentences_run_together_without_a_space_are_cut() -> None:
    assert told("The lamp was mended.The cook waved..I laughed") == [
        "The lamp was mended.",
        "The cook waved..",
        "I laughed",
    ]


def test_dots_as_a_pause_and_wrapped_lines_go_on() -> None:
    assert told("Quiet.. and warm inside") == ["Quiet.. and warm inside"]
    assert told("they carried\nour boxes") == ["they carried\nour boxes"]


def test_nothing_said_gives_nothing() -> None:
    assert told("") == told(" \n\t ") == told("... !!! ***") == []


def test_one_giant_line_is_cut_into_readable_pieces() -> None:
    text = "we waited and they brought tea, " * 3000
    pieces = split(text)
    assert len(pieces) > 100
    assert all(b - a <= LONGEST for a, b in pieces)


@given(st.text(max_size=900))
def test_places_are_in_order_inside_the_text_and_not_blank(text: str) -> None:
    last = 0
    for start, end in split(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


def test_clauses_are_cut_at_joints_and_keep_five_words() -> None:
    sentence = "The porter carried our cases upstairs, and the cook who had gone home came back, smiling"
    parts = clauses(sentence)
    assert parts[0] == "The porter carried our cases upstairs,"
    assert len(parts) >= 2
    assert " ".join(parts).split() == sentence.split()
    assert all(len(p.split()) >= SHORTEST_CLAUSE for p in parts)


def test_a_short_sentence_is_one_clause() -> None:
    assert clauses("She waved, and left") == ["She waved, and left"]
