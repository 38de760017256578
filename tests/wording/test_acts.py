"""When two instructions are one act, and which wording is true of all who tell it."""

import pytest

from servicestory.wording.acts import act, acts_of, joins, most_like, same_step, things


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Shoot a little video of the guest's steps", "Record the guest's exercises on their phone", True),
        ("Make the guest a map", "Draw the way on the back of a menu", True),
        ("Escort the guest to their seat", "Take the guest to their table", True),
        ("Walk with the guest through both halls", "Walk the guest to the gate", True),
        ("Explain the form line by line", "Go through the form with the guest", True),
        ("Read the form with the guest", "Take the guest through the form", True),
        ("Read the form with care", "Explain the form", False),
        ("Explain the form", "Explain the menu", False),
        ("Set soup aside for the guest", "Keep some soup hot for the guest", True),
        ("Surprise the guest with an upgrade", "Upgrade the guest", True),
        ("Answer all the guest's questions", "Answer every question", True),
        ("Bring the guest a towel", "Bring the guest an umbrella", False),
        ("Take a snap of each boat", "Photograph the boat before it goes out", True),
        ("Take a photo of the boat", "Take the boat out", False),
        ("Record the fridge's temperature", "Film the guest's steps", False),
    ],
)
def test_the_same_act_told_differently(a: str, b: str, same: bool) -> None:
    assert same_step(a, b) is same
    assert same_step(b, a) is same


def test_the_practices_own_act_needs_nothing_in_common() -> None:
    assert same_step("Explain the form", "Explain the menu", own="explain")
    assert not same_step("Bring a towel", "Bring an umbrella", own="bring")  # it may be many things


def test_the_wording_is_what_all_tell() -> None:
    assert (
        most_like({"Carry the guest's bags up": 3, "Carry the guest's bags": 1}) == "Carry the guest's bags"
    )
    lines = {
        "Film the guest's steps": 1,
        "Film the guest's steps slowly": 1,
        "Record the guest's knee steps": 1,
    }
    assert most_like(lines) == "Film the guest's steps"


def test_what_an_instruction_is_about() -> None:
    assert things("Offer the guest a warm blanket") == {"warm", "blanke"}
    assert act("Check-in the guest early")[0] == "checkin"


def test_a_line_that_joins_two_acts_says_both() -> None:
    line = "Ring after a week and ask how the boat runs"
    assert acts_of(line) == ["Ring after a week", "ask how the boat runs"]
    assert joins(line, "Ask how the boat runs") and joins(line, "Call the guest")
    assert not joins(line, "Ask how the boat runs in a storm")
    assert not joins("Untie the bow and the stern", "Untie the stern")


def test_one_look_at_several_things_is_one_check() -> None:
    brakes = "Check the customer's brakes before handing over the bike"
    both = "Check brakes and tyres before the customer's child rides home"
    assert same_step(brakes, both) and same_step(both, "Check the customer's tyres")
    assert not same_step(brakes, "Check the customer's tyres before they ride off")
    assert not same_step("Clean the customer's brakes", both)
