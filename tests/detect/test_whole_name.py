"""What may be a name."""

import pytest

from servicestory.detect.whole_name import may_be


@pytest.mark.parametrize(
    "step",
    [
        "Knot a slip of paper with under the cap",  # something quoted was left out
        "Write a card for each hour and the tablet glued",  # to what
        "Have the client read",  # what
        "Take the client down and open",
        "Wave the client up the ramp a quarter of an hour",  # before what
        "Let the client know the figure months",
        "Spot the client with the new hip",  # is no deed
        "Ring the client and asks",
        "",
        "Ring every the client",
        "Lend the client's a lock",
        "Hang the sheet in letters as tall",  # as what
        "Put the client's label",  # where
        "Take the client's son",  # where to
        "Come by a day later to see",  # what
        "Drop in again to make sure",
        "Copy out the plan in letters",  # which
        "Request every morning",  # of whom, and what
        "Wave every evening",
        "Start out with a tray of plums",  # only says that it began
    ],
)
def test_half_a_deed_is_no_name(step: str) -> None:
    assert not may_be(step, ())


def test_a_thing_without_the_word_that_joins_it_is_no_name_nor_is_what_is_only_about_a_deed() -> None:
    for step in (
        "Engage the client long conversations",
        "Upgrade the client sunny cabins",
        "Approve changing the client's berth",
    ):
        assert not may_be(step, (), "client"), step
    for step in (
        "Bring the client extra blankets",
        "Engage the client in long conversations",
        "Help the client pack boxes",
        "Drive the client two streets",
        "Take the client home",
        "Stop charging the client twice",
        "Provide parking spaces",
    ):
        assert may_be(step, (), "client"), step


def test_what_is_no_half_deed_may_be_a_name() -> None:
    for step in (
        "Walk beside the client to the gate and back",
        "Sit with the client for half an hour",
        "Put the label on the lid",
        "Copy out the plan in big letters",
        "Ring the client every morning",
        "Brush the mats every morning",
        "Sweep the yard as usual",
    ):
        assert may_be(step, ())


@pytest.mark.parametrize(
    "step",
    [
        "Ring the client's daughter the night",  # which night
        "Lay out the blankets before",
        "Pull out the low ones for the client",
        "Give a full one",
        "Pack the ten for the client",
        "Give the second the client's lesson",
        "Bring your own from home",
        "Write to the client's",
        "Ring the client to say",
        "Pour into a jar for the client",
        "Ask over the radio",
        "Note in the book by the entrance",
        "Take a picture",  # of what
        "Stay with the client right and back",
        "Show the client",  # what
        "Warn the client",
        "Give the client to the client's wife",
        "Hang the client over the chair",  # a coat was hung
        "Ask the client's not to",
        "Meet on the gravel",  # whom
        "Take a picture with its head",  # whose
        "Put the frame and the slippers on the side",  # which
        "Lead the client round the shed to its mother",
        "Wrap each leg's bolts and tie it round",
        "Load the crate on the trailer and off",
        "Leave them at the kiosk",
    ],
)
def test_what_only_the_passage_explains_is_no_name(step: str) -> None:
    assert not may_be(step, (), "client")


def test_what_needs_no_passage_may_be_a_name() -> None:
    for step in (
        "Ring the client the night before",
        "Ring the client in the night",
        "Go through the plan one page at a time",
        "Ask for the client's old frame too",
        "Note on the card what the client likes",
        "Take a picture of the client's garden",
        "Draw the client a map of their own",
        "Show the client round the yard",
        "Ring the client",
        "Ring the client to ask how the dog is",
        "Give the client a lift",
        "Pour the client's tea",
        "Hang the client's coat over the chair",
        "Ring round everyone on the list",
        "Write every dose into its square",
        "Lay blankets down the stairs so that it is quieter",
        "Lay the little ones' towels over the pipe",
        "Bring the chair and put it by the window",
    ):
        assert may_be(step, (), "client"), step


def test_no_further_sentence_stands_in_a_name() -> None:
    assert not may_be("Take the dog out the porter came out to see", set())
    assert may_be("Take the dog out to the closed yard", set())


def test_a_name_is_no_others() -> None:
    assert not may_be("Sweep the yard", {"sweep the yard"})
