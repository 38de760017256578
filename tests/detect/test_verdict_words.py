"""Counts and shares in words: what is asked for is asked exactly, and no share is told as 1e+02%."""

import pytest

from servicestory.detect import verdict_words as words
from servicestory.detect.criteria import Criterion
from servicestory.detect.spread import spread
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.story import Story


def of_ten(known: int, rules: VerdictRules) -> str:
    stories = [Story(id=f"s{n}", narrative="told", people=["Ana"] if n < known else []) for n in range(10)]
    found = spread({"p": [story.id for story in stories]}, stories, Organisation(verdict=rules))["p"]
    assert found.reach["person"].missing <= rules.most_missing or known < 3
    return words.say_who(found, rules)


def test_no_more_is_asked_for_than_the_rule_says() -> None:
    assert "at least 3 of its 10" in of_ten(1, VerdictRules(least_stories=1, most_missing=0.7))
    assert "at least 7 of its 10 stories (0 more" in of_ten(
        7, VerdictRules(least_stories=1, most_missing=0.3)
    )
    assert "at least 8 of its 10" in of_ten(2, VerdictRules())
    assert "in all 10 of its stories (8 more than now)" in of_ten(2, VerdictRules(least_stories=10))


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
