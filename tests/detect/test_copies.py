"""Copies of the same passage."""

import time

from servicestory.detect.copies import LONG as LONG_WORDS
from servicestory.detect.copies import Occasion, fingerprint, group

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


PRAISE = [f"The {role} {verb} our {thing} with a smile" for role in ("porter", "cook", "driver", "florist")
          for verb in ("carried", "fetched", "mended") for thing in ("boxes", "coats", "lamp", "tickets", "chairs")]  # fmt: skip


def test_of_one_place_and_day_one_that_holds_the_words_of_another_is_the_same_praise() -> None:
    told = [
        "The cheerful farewell of the ferryman",
        "The cheerful farewell of ferryman Odo is great",
        "Cheerful farewell of the ferryman Odo .",
    ]
    texts = [*told, *PRAISE]
    other: list[tuple[str, str] | None] = [None] * len(PRAISE)
    assert group(texts, [*[("Quay", "2026-01-02")] * 3, *other])[:3] == [1, 1, 1]  # the one that says most
    assert group(texts)[:3] == [0, 1, 2]
    for elsewhere in (("Pier", "2026-01-02"), ("Quay", "2026-01-03"), None):
        assert group(texts, [("Quay", "2026-01-02"), elsewhere, None, *other])[:3] == [0, 1, 2]


def test_usual_words_of_one_place_and_day_are_said_by_many() -> None:
    """Two guests of a day both say what hundreds say, or a short praise: no copying."""
    usual = [f"Quick friendly service and {what}" for what in ("fine soup", "warm bread", "clean rooms") * 40]
    texts = [
        "Very quick friendly service here today",
        "Quick and friendly service, lovely soup",
        *usual,
        *PRAISE,
    ]
    at = [("Quay", "2026-01-02")] * 2 + [None] * (len(texts) - 2)
    assert group(texts, at)[:2] == [0, 1]
    assert group(["Prompt ferryman", "A prompt ferryman, always", *PRAISE], at[: 2 + len(PRAISE)])[:2] == [
        0,
        1,
    ]


def test_much_more_than_another_says_is_no_copy() -> None:
    short = "The cheerful farewell of the ferryman"
    long = "The cheerful farewell of the ferryman and rowing lessons, blankets, lanterns and hot cider aboard"
    assert group([short, long, *PRAISE], [("Quay", "2026-01-02")] * 2 + [None] * len(PRAISE))[:2] == [0, 1]


def test_many_of_one_day_take_no_time() -> None:
    names = ["".join("bdfklmnprt"[int(digit)] + "o" for digit in f"{i:04}") for i in range(4000)]
    texts = [f"The kind {name} ferryman waved at {name}x party twice" for name in names]
    begun = time.process_time()
    assert group(texts, [("Quay", "2026-01-02")] * len(texts)) == list(range(4000))
    assert time.process_time() - begun < 5


MAP = "Nora drew the guests a map by hand."


def nora(day: int, who: str = "nora", site: str = "quay") -> Occasion:
    return Occasion(frozenset({who}), (f"2026-01-{day:02}", site))


def test_one_person_who_does_it_again_on_another_day_is_no_copy() -> None:
    """House notes say the same deed in the same words each time; who and when are recorded."""
    days = [nora(day) for day in range(1, 13)]
    assert group([MAP] * 12, occasions=days) == list(range(12))
    assert group([LONG.replace("gardener", "caretaker"), LONG], occasions=days[:2]) == [0, 1]
    assert group([MAP] * 3, occasions=[nora(1), nora(1, "odo"), nora(1, site="pier")]) == [0, 1, 2]


def test_the_same_occasion_told_twice_is_a_copy() -> None:
    assert group([MAP, MAP], occasions=[nora(1), nora(1)]) == [0, 0]
    assert group([LONG.replace("gardener", "caretaker"), LONG], occasions=[nora(1), nora(1)]) == [0, 0]


def test_copies_of_which_nothing_is_recorded_are_counted_with_what_is_known() -> None:
    undated = Occasion(frozenset({"nora"}))
    assert group([MAP] * 4, occasions=[Occasion(), undated, nora(1), nora(2)]) == [2, 2, 2, 3]
    assert group([MAP] * 3, occasions=[Occasion(when=("2026-01-01", "")), Occasion(), Occasion()]) == [
        0,
        0,
        0,
    ]
    assert group([MAP] * 2, occasions=[undated, Occasion(frozenset({"odo"}))]) == [0, 1]


def test_a_long_text_that_agrees_word_for_word_is_pasted_whatever_day_it_bears() -> None:
    long = f"{LONG} and {LONG.replace('garden', 'orchard')}"
    assert len(long.split()) >= LONG_WORDS
    assert group([long] * 3, occasions=[nora(1), nora(2), nora(3, "odo")]) == [0, 0, 0]


def test_people_whose_names_differ_by_a_digit_are_different_people() -> None:
    told = [f"P{n} drew the guests a map by hand at table 4" for n in range(1, 9)]
    assert group(told) == list(range(8))
    assert group([told[0], told[0].replace("table 4", "table 5")]) == [0, 0]


def test_of_one_day_who_did_it_parts_two_that_hold_each_others_words() -> None:
    texts = ["The cheerful farewell of the ferryman", "The cheerful farewell of ferryman is great", *PRAISE]
    at = [("Quay", "2026-01-01")] * 2 + [None] * len(PRAISE)
    rest = [Occasion()] * len(PRAISE)
    assert group(texts, at, [nora(1), nora(1, "odo"), *rest])[:2] == [0, 1]
    assert group(texts, at, [nora(1), nora(1), *rest])[:2] == [1, 1]


def test_nothing_gives_nothing() -> None:
    assert group([]) == []
