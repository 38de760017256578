"""Copies of the same passage."""

from servicestory.detect.copies import fingerprint, group

LONG = "the gardener fetched a ladder hammer nails and two boards to mend our broken garden fence before breakfast"


def test_the_same_words_in_other_case_and_marks_are_copies() -> None:
    a = "The porter carried both our cases up the stairs."
    assert group([a, "Other words altogether, nothing alike here at all", a.upper() + "!!"]) == [0, 1, 0]


def test_short_praise_said_by_many_is_no_copy() -> None:
    assert group(["Very prompt service", "very prompt service!"]) == [0, 1]
    assert fingerprint("Very prompt service") == ()


def test_one_word_changed_in_a_long_passage_is_still_a_copy() -> None:
    assert group([LONG, LONG.replace("gardener", "caretaker")]) == [0, 0]


def test_half_the_words_changed_is_no_copy() -> None:
    other = (
        "the gardener fetched a kettle cups saucers and warm scones to cheer our tired guests before supper"
    )
    assert group([LONG, other]) == [0, 1]


def test_nothing_gives_nothing() -> None:
    assert group([]) == []
