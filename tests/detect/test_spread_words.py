"""The figures beside a verdict in words: none of so few stories that they tell nothing."""

import re

from servicestory.detect.judged import judge, short
from servicestory.detect.spread_words import beside, points
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
    assert "people" not in few["Do a few do most of it?"] and "sites" in few["Do a few do most of it?"]
    assert "people" not in few.get("Where does it differ most?", "")
    assert "over the 9 people seen as evenly" in many["Do a few do most of it?"]


def spread_over(*stories_of: int) -> dict[str, str]:
    """What stands beside a practice seen with people in so many stories each, of 200 of other people."""
    told = [
        Story(id=f"s{n}-{i}", narrative="told", site=f"Site {n % 5}", people=[f"Ana {n}"])
        for n, number in enumerate(stories_of)
        for i in range(number)
    ]
    others = [
        Story(id=f"o{n}", narrative="told", site=f"Site {n % 5}", people=[f"Bo {n % 90}"]) for n in range(200)
    ]
    return dict(beside(judge({"P-0001": [s.id for s in told]}, [*told, *others], HOUSE)["P-0001"], HOUSE))


def test_it_is_never_as_if_over_more_people_than_were_seen() -> None:
    """Twenty people with a story and four with two are told of as a hundred and more equally busy ones are."""
    said = spread_over(*[1] * 20, *[2] * 4)["Do a few do most of it?"]
    assert said.startswith("It is spread over the 24 people seen as evenly as chance would have it")
    numbers = [float(n) for n in re.findall(r"[\d.]+(?= equally busy| and |\))", said.split(". ")[0])]
    assert all(n <= 24 for n in numbers)
    uneven = spread_over(12, 6, *[1] * 8)["Do a few do most of it?"]
    assert re.match(
        r"Taken together, its people differ more than chance would have it, as if [\d.]+ equally busy ones did it "
        r"\(between [\d.]+ and (all 10 seen|[\d.]+), allowing for chance\)",
        uneven,
    )


def test_people_with_a_story_each_do_not_differ() -> None:
    """A share of the variation between them would be that of having a story at all."""
    said = spread_over(*[1] * 14)["Where does it differ most?"]
    assert said == "Between people and sites it differs no more than by chance."
    assert re.match(
        r"Which person it is explains \d+% ", spread_over(9, 5, 1, 1, 1)["Where does it differ most?"]
    )


def test_a_difference_of_ratings_reads_the_same_as_worked_out_and_as_kept() -> None:
    for one in (0.21496, 0.215, -0.21496, 0.0849, 0.14468):
        assert points(one) == points(short(one))
    assert points(0.21496) == "+22"
