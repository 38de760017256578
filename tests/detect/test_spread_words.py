"""The figures beside a verdict in words: none of so few stories that they tell nothing."""

from servicestory.detect.judged import judge
from servicestory.detect.spread_words import beside
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.story import Story

HOUSE = Organisation(organisation="House", verdict=VerdictRules(least_stories=8))


def answers(known: int) -> dict[str, str]:
    """What stands beside the verdict of a practice of ten stories, of which so many say who did it."""
    seen = [
        Story(id=f"s{n}", narrative="told", site=f"Site {n % 3}", people=[f"Ana {n}"] if n < known else [])
        for n in range(10)
    ]
    others = [
        Story(id=f"o{n}", narrative="told", site=f"Site {n % 3}", people=[f"Bo {n % 9}"]) for n in range(40)
    ]
    found = judge({"P-0001": [story.id for story in seen]}, [*seen, *others], HOUSE)["P-0001"]
    return dict(beside(found, HOUSE))


def test_two_stories_that_say_who_are_not_said_to_be_concentrated() -> None:
    few, many = answers(2), answers(9)
    assert "people" not in few["How concentrated is it?"] and "sites" in few["How concentrated is it?"]
    assert "people" not in few.get("Where does it differ most?", "")
    assert "equally busy people" in many["How concentrated is it?"]


def test_without_an_upper_limit_only_the_lower_is_said() -> None:
    said = answers(9)["How concentrated is it?"]
    assert "as if over at least" in said.casefold() and "no upper limit" not in said
