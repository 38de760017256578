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


def test_no_further_sentence_stands_in_a_name() -> None:
    assert not may_be("Take the dog out the porter came out to see", set())
    assert may_be("Take the dog out to the closed yard", set())


def test_a_name_is_no_others() -> None:
    assert not may_be("Sweep the yard", {"sweep the yard"})
