"""A house's own habits, told by several people in words of their own, become practices."""

import pytest

from servicestory.models.codebook import CodebookEntry
from tests.detect import houses


@pytest.mark.parametrize("name", [*houses.DEV, *houses.TEST])
def test_the_houses_are_as_they_say(name: str) -> None:
    house = houses.load(name)
    assert len(house["stories"]) == 32 and len(house["habits"]) == 5
    for story in house["stories"]:
        narrative = " ".join(story["narrative"].split())
        for deed in story["deeds"]:
            assert " ".join(deed["text"].split()) in narrative
            assert deed["habit"] in house["habits"] or deed["habit"] == "-"


def test_half_of_the_habits_are_found_where_nothing_was_chosen(codebook: list[CodebookEntry]) -> None:
    """Ten of twenty at the time of writing; of the practices proposed, more than half are one habit."""
    every = [houses.measure(name, codebook) for name in houses.TEST]
    assert sum(one.found for one in every) >= 8
    assert sum(one.right for one in every) > sum(one.own for one in every) / 2
