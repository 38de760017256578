"""Own means, unpaid time and bent rules are found where the story says so, and ordinary kindness is not."""

import pytest

from servicestory.detect.heroics import heroics
from servicestory.detect.mending import heroic_share
from servicestory.models.story import Story


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("She paid for the taxi with her own money.", "own means"),
        ("He bought the ticket out of his own pocket.", "own means"),
        ("He paid the fine himself.", "own means"),
        ("On her day off she drove over.", "unpaid time"),
        ("She stayed two hours after her shift had ended.", "unpaid time"),
        ("He broke the rules for us.", "bent rule"),
        ("It was against hotel policy, but she did it.", "bent rule"),
        ("He is not allowed to do that.", "bent rule"),
    ],
)
def test_heroics_in_the_text(text: str, sort: str) -> None:
    found = heroics([Story(id="s", narrative=text)])
    assert [one.sort for one in found] == [sort]
    assert text[found[0].start : found[0].end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "She walked us to the lift.",
        "We paid at the desk.",
        "He gave us the bill in time.",
        "The rules were explained.",
    ],
)
def test_ordinary_kindness_is_not_heroic(text: str) -> None:
    assert heroics([Story(id="s", narrative=text)]) == []


def test_fields_say_it_outright_and_behaviours_are_read_too() -> None:
    stories = [
        Story(
            id="b", narrative="told", resources_extra="two hours of unpaid evening", rule_bent="no animals"
        ),
        Story(id="a", behaviours=["rang them", "drove home on his day off"]),
        Story(id="c", narrative="told", resources_extra="his own shoes"),
        Story(id="d", narrative="told"),
    ]
    found = heroics(stories)
    assert [(one.story, one.sort, one.field) for one in found] == [
        ("a", "unpaid time", "behaviours[1]"),
        ("b", "bent rule", "rule_bent"),
        ("b", "unpaid time", "resources_extra"),
        ("c", "own means", "resources_extra"),
    ]
    assert heroic_share(["a", "b", "d", "b"], found) == (2, 3)
