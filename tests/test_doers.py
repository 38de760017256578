"""A deed is theirs whom its sentence names; where it names nobody, all whom the story names share it."""

import pytest

from servicestory.doers import doers, named, people_of, shared
from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Story

PEOPLE = {"ana lund": ["Ana Lund", "Annie"], "ben ito": ["Ben Ito"], "will": ["Will"]}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ana rang us in the morning.", {"ana lund"}),
        ("Annie rang, and Mr Ito brought the bags.", {"ana lund", "ben ito"}),
        ("Mr. Ito brought the bags.", {"ben ito"}),
        ("ben ito brought the bags", {"ben ito"}),
        ("We will come back.", set()),
        ("Will will come back.", {"will"}),
        ("Banana bread for everybody.", set()),
        ("", set()),
    ],
)
def test_who_is_named(text: str, who: set[str]) -> None:
    assert named(PEOPLE, text) == who


def test_of_two_with_one_first_name_the_full_name_tells_and_else_both_are_meant() -> None:
    two = {"ana lund": ["Ana Lund"], "ana berg": ["Ana Berg"], "kim 3": ["Kim 3"], "kim 31": ["Kim 31"]}
    assert named(two, "Ana Berg carried it.") == {"ana berg"}
    assert named(two, "Ana carried it.") == {"ana lund", "ana berg"}
    assert named(two, "Kim 31 carried it.") == {"kim 31"}
    das = {"soumen das": ["Soumen Das"], "ravi das": ["Ravi Das"]}
    assert named(das, "Soumen Das carried it.") == {"soumen das"} == named(das, "Soumen carried it, Das!")
    assert named(das, "Mr Das carried it.") == das.keys()


def test_whose_the_deed_is() -> None:
    assert doers(PEOPLE, ["Ana rang.", "She was kind."]) == {"ana lund"}
    assert doers(PEOPLE, ["Ana rang.", "Ben came."]) == {"ana lund", "ben ito"}
    assert doers(PEOPLE, ["They rang."]) == PEOPLE.keys() == doers(PEOPLE, [])
    assert shared(PEOPLE, ["They rang."]) and not shared(PEOPLE, ["They rang.", "Ana did."])
    alone = {"ana lund": ["Ana Lund"]}
    assert doers(alone, ["Somebody rang."]) == {"ana lund"} and not shared(alone, ["Somebody rang."])
    assert doers({}, ["Ana rang."]) == frozenset()


def test_the_people_of_a_story() -> None:
    house = Organisation(staff=[Person(name="Ana Lund", aliases=["Annie"]), Person(name="Cem Ay")])
    told = Story(id="s", narrative="told", site="Quay", people=["annie", " ", "Dee"])
    assert people_of(told, house, ["Zoe"]) == (
        {"ana lund": ["annie", "Ana Lund", "Annie"], "dee": ["Dee"]},
        False,
    )
    read, from_text = people_of(told.model_copy(update={"people": []}), house, ["Zoe", "Cem Ay"])
    assert (list(read), from_text) == (["cem ay", "zoe @ quay"], True)
    assert people_of(told.model_copy(update={"people": []}), house) == ({}, False)
