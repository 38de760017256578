"""Counts and shares in words: what is asked for is asked exactly, and no share is told as 1e+02%."""

import pytest

from servicestory.detect import verdict_words as words
from servicestory.detect.criteria import Criterion, Number
from servicestory.detect.walk import _differ


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 1.0, "at most 100%"),
        (0.0, 0.1234, "at most 12%"),
        (0.0, 0.0123, "at most 1.2%"),
        (0.5, 1.0, "between 50% and 100%"),
        (0.012, 0.034, "between 1.2% and 3.4%"),
    ],
)
def test_a_share_is_told_in_whole_per_cents_but_for_small_ones(low: float, high: float, said: str) -> None:
    assert words.between(low, high) == said


@pytest.mark.parametrize(("known", "says"), [(1, "1 of its stories says"), (2, "2 of its stories say")])
def test_one_story_says_and_two_say(known: int, says: str) -> None:
    assert says in words.answer(Criterion("no star", "?", None, {"known": known}))


def test_an_upper_limit_is_never_told_below_what_it_is_elsewhere() -> None:
    high = 0.0545
    assert words.at_most(high) == words.between(0.0, high) == "at most 5.5%"
    assert words.at_most(0.004) == "fewer than 1 in 100"
    assert words.at_most(0.2) == "at most 20%"


def answered(key: str, met: bool | None, **numbers: Number) -> str:
    return words.answer(Criterion(key, "?", met, numbers))


@pytest.mark.parametrize(
    ("known", "of", "said"),
    [(0, 2, "neither of 2 does"), (0, 9, "none of 9 does"), (1, 9, "1 of 9 does"), (2, 9, "2 of 9 do")],
)
def test_so_few_that_say_who_are_told_as_people_say_it(known: int, of: int, said: str) -> None:
    open_ = 1 - known / of
    told = answered("most say who", False, known=known, of=of, missing=open_, most_missing=0.5)
    assert told.startswith(f"No: {said}, so {round(100 * open_)}% leave it open; ")


@pytest.mark.parametrize(
    ("sites", "of", "said"),
    [
        (0, 0, "at no site do two of its stories say who did it"),
        (0, 1, "at the only site where two of its stories or more say who did it, they name the same person"),
        (
            1,
            1,
            "at the only site where two of its stories or more say who did it, they name different people",
        ),
        (
            0,
            2,
            "at neither of the 2 sites where two of its stories or more say who did it, they name different people",
        ),
        (
            1,
            2,
            "at 1 of the 2 sites where two of its stories or more say who did it, they name different people",
        ),
        (2, 2, "at both sites where two of its stories or more say who did it, they name different people"),
        (
            0,
            3,
            "at none of the 3 sites where two of its stories or more say who did it, they name different people",
        ),
    ],
)
def test_at_how_many_sites_different_people_are_named(sites: int, of: int, said: str) -> None:
    assert words.differ(sites, of) == said


def test_in_short_at_how_many_sites_different_people_are_named() -> None:
    said = [_differ(sites, of) for sites, of in ((2, 2), (3, 7), (0, 1), (1, 1))]
    assert said == [
        "both sites where two stories say who did it name different people",
        "3 of the 7 sites where two stories say who did it name different people",
        "the only site where two stories say who did it names the same person",
        "the only site where two stories say who did it names different people",
    ]


def test_none_and_one_are_no_numbers_in_the_answers() -> None:
    assert answered("recurs", None, periods=0, periods_told=3, told_since_last_seen=0).endswith(
        ": none of its stories says when."
    )
    one = {"stories": 1, "of": 1, "share": 1.0, "low": 0.03, "high": 1.0, "level": 0.5, "chance": None}
    alone = answered("one person", None, **one, other_stories=0, of_other_stories=0)
    assert "and in no other story, for none is told; 50% is asked for" in alone
    beside = answered("one person", None, **one, other_stories=0, of_other_stories=1)
    assert "and in none of 1 other story; 50%" in beside
    assert [words.say_so(n, "them") for n in (0, 1, 2)] == [
        "None of them says who did it", "Only 1 of them says who did it", "Only 2 of them say who did it",
    ]  # fmt: skip
