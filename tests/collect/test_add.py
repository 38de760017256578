"""What a person tells in a hurry becomes a whole story, or one sentence about what is amiss."""

from datetime import date
from pathlib import Path

import pytest

from servicestory.cli.page import customer_word
from servicestory.collect.add import QUESTIONS, complete, form, names, rating
from servicestory.errors import Problem
from servicestory.models.story import Story

TODAY = date(2026, 10, 5)


def test_the_least_that_is_needed() -> None:
    whole = complete(
        {"narrative": "She walked the guest to the pharmacy, in the rain, and waited with him there"}, TODAY
    )
    assert whole["date"] == "2026-10-05"
    assert whole["title"].startswith("She walked the guest to the pharmacy")
    assert len(whole["title"]) <= 60
    assert Story(**whole).id == "2026-10-05-she-walked-the-guest-to-the-pharmacy-in-the-rain-and"


def test_plain_answers_find_their_fields() -> None:
    whole = complete(
        {
            "behaviours": "Ran out\nCame back",
            "people": "Anna Berg, Tom & Li and Bo",
            "rating": "9/10",
            "internal": True,
            "recovery": False,
            "reporter": "porter",
            "date": "yesterday",
            "title": "Keys",
        },
        TODAY,
    )
    story = Story(**whole)
    assert story.behaviours == ["Ran out", "Came back"]
    assert story.people == ["Anna Berg", "Tom", "Li", "Bo"]
    assert (story.ratings[0].value, story.ratings[0].of) == (9, 10)
    assert story.customer is not None and story.customer.kind == "internal"
    assert story.reporter is not None and story.reporter.role == "porter"
    assert story.id == "2026-10-04-keys"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Nothing is told yet"),
        ({"title": "x", "narrative": "  "}, "Nothing is told yet"),
        ({"narrative": "x", "date": "someday"}, "not a date"),
        ({"narrative": "x", "date": "2027-01-01"}, "future"),
        ({"narrative": "x", "rating": "11/10"}, r"off its scale \(0 to 10\)"),
        ({"narrative": "x", "rating": "-1"}, "off its scale"),
        ({"narrative": "x", "rating": "great"}, "no figure"),
        (
            {"narrative": "She ran. " * 60_000},
            r"540,000 characters.*at most 500,000\. Cut it into the stories",
        ),
        ({"narrative": "x", "behaviours": "Ran " * 130_000}, r"520,000 characters"),
    ],
)
def test_what_is_amiss_is_said(told: dict[str, str], said: str) -> None:
    with pytest.raises(Problem, match=said):
        complete(told, TODAY)


def test_ratings_and_names() -> None:
    assert rating("9") == {"value": 9.0}
    assert rating("4.5 out of 5") == {"value": 4.5, "of": 5.0}
    assert names("Andy, Brandon and Sandy") == ["Andy", "Brandon", "Sandy"]
    assert names(" ") == []


def test_the_form_holds_what_is_known() -> None:
    made = form({"narrative": "One\nTwo", "behaviours": ["Ran"], "site": "Quay"}, TODAY, {"site": "Quay"})
    assert "  One\n  Two\n" in made
    assert "  - Ran\n" in made
    assert "site: Quay\n" in made
    assert "date: 2026-10-05" in made


def test_names_hold_nothing_that_nobody_sees() -> None:
    told = {
        "narrative": "Ran.\x07",
        "people": ["An\x1b[1mna", "Tom \n Ito"],
        "site": "Har\x00bour",
        "tags": "a\x7f, b",
    }
    whole = complete(told, TODAY)
    assert (whole["people"], whole["site"], whole["tags"]) == (["Anna", "Tom Ito"], "Harbour", ["a", "b"])
    assert whole["narrative"] == "Ran.\x07", "the text stays as it was told"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("customer_word: client", "client"),
        ("customer_word: Guest", "guest"),
        ("customer_word: 'guest of the house'   # as we say", "guest of the house"),
        ("customer_word:", "customer"),
        ("vision: none\nstaff: [", "customer"),
    ],
)
def test_the_form_asks_in_the_words_of_the_house(tmp_path: Path, line: str, word: str) -> None:
    (tmp_path / "servicestory.yaml").write_text(f"schema: 1\n{line}\n", "utf-8")
    said = customer_word(tmp_path)
    assert said == word
    assert f"# how it ended for the {word}\n" in form({}, TODAY, {}, said)
    assert [q.format(customer=said) for n, q in QUESTIONS if n == "outcome"] == [
        f"How did it end for the {word}? (Enter to skip)"
    ]
