"""Marks in every usual writing, and the scale they stand on."""

import pytest

from servicestory.collect.ratings import Scale, read_rating, scale_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("9", (9.0, None)),
        ("4,5", (4.5, None)),
        ("9/10", (9.0, 10.0)),
        ("4 out of 5", (4.0, 5.0)),
        ("3 stars", (3.0, None)),
        ("85%", (85.0, 100.0)),
        ("FIVE", (5.0, 5.0)),
        ("★★★★☆", (4.0, 5.0)),
        ("★★★", (3.0, None)),
        ("-2", (-2.0, None)),
        ("Like", None),
        ("", None),
        ("1.2.3", None),
        ("9" * 5000, None),
        ("9/" + "9" * 5000, None),
    ],
)
def test_read_rating(text: str, read: tuple[float, float | None] | None) -> None:
    assert read_rating(text) == read


@pytest.mark.parametrize(
    ("column", "marks", "low", "high"),
    [
        ("score (1-10)", ["3"], 1, 10),
        ("NPS (0 to 10)", ["9"], 0, 10),
        ("rating out of 5", ["3"], None, 5),
        (f"rating (1-{'9' * 400})", ["3", "5"], 1, 5),
        ("Rating", ["1", "4", "5", "Like"], 1, 5),
        ("Rating", ["1"] * 60 + ["5"] * 60 + ["55"], 1, 5),
        ("Rating", ["9", "10", "0"], 0, 10),
        ("Rating", [str(1 + n % 7) for n in range(70)], 1, 7),
        ("Rating", ["6", "7", "3"], 1, 10),
        ("Rating", ["80", "95"], 0, 100),
        ("Rating", ["4/5", "3/5"], None, 5),
        ("Rating", ["Like"], None, None),
        ("Rating", ["1000", "2000"], None, None),
    ],
)
def test_scale_of(column: str, marks: list[str], low: float | None, high: float | None) -> None:
    assert scale_of(column, marks) == Scale(low, high)


def test_a_scale_says_what_it_holds() -> None:
    scale = Scale(1, 10)
    assert scale.holds(1) and scale.holds(10)
    assert not scale.holds(0) and not scale.holds(11)
    assert str(scale) == "1 to 10"
    assert str(Scale(None, 5)) == "0 to 5"
    assert str(Scale(None, None)) == "any number"


def test_one_slip_above_the_top_does_not_change_the_scale() -> None:
    assert scale_of("note", ["10", "9", "11", "3"]) == Scale(1, 10)
    assert scale_of("note", ["5", "4", "5", "55"]) == Scale(1, 5)
    assert scale_of("note", ["80", "9", "95", "100"]) == Scale(0, 100)


def test_a_word_among_numbers_says_nothing_of_their_scale() -> None:
    assert str(scale_of("rating", ["five", "9", "9,5", "8"])) == "1 to 10"
    assert str(scale_of("rating", ["FIVE", "FOUR", "ONE"])) == "1 to 5"
