"""What a text says was not done."""

import pytest

from servicestory.wording.denied import lacks_one, undenied
from servicestory.wording.showing import showing
from servicestory.wording.steps import Cite


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Nobody offered us a stool.", "."),
        (
            "The ferryman never once asked how we had slept, but he tied the boat.",
            "The ferryman , but he tied the boat.",
        ),
        ("They glued the heel and didn’t even bother to greet me.", "They glued the heel and ."),
        ("I was never told about the detour.", "I was ."),
        ("She gave me the parcel without using my name.", "She gave me the parcel ."),
        ("None of the nurses introduced themselves.", "."),
        ("No waiter explained the card.", "."),
        ("Not once did anybody help us with the pram.", "."),
    ],
)
def test_a_deed_that_was_not_done_is_left_out(text: str, left: str) -> None:
    assert undenied(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "She never left us waiting at the ramp.",
        "He didn't hesitate to bring us another rope.",
        "Not once did she make us feel like a burden.",
        "Nothing was too much trouble.",
        "Nobody could have explained the form better.",
        "They couldn't help us enough.",
        "She would not take a coin, and never let us carry a thing.",
        "They not only mended the strap, they polished it.",
        "She brought tea without asking.",
        "He never asked for a thing in return.",
        "We never asked for the blanket.",
        "I didn't explain what I wanted.",
    ],
)
def test_praise_by_a_double_no_stays(text: str) -> None:
    assert undenied(text) == text
    assert not lacks_one(text)


def test_a_line_is_not_shown_by_what_was_not_done() -> None:
    cite = Cite("s-1", "narrative", 0, 1)
    told = {
        "Use the guest's name": ("He used my name.", "He handed it to me without using my name."),
        "Offer the guest a drink": (
            "She offered us a drink.",
            "She mended it, but never offered us a drink.",
        ),
    }
    for line, (done, undone) in told.items():
        assert showing(line, [(cite, done)], "guest") == [cite]
        assert showing(line, [(cite, undone)], "guest") == []


def test_what_was_done_without_it_tells_of_a_deed_left_out() -> None:
    assert lacks_one("He read out each parcel without using the customer's name.")
    assert lacks_one("They drove off without telling us.")
    assert not lacks_one("She brought the chair without being asked.")
    assert not lacks_one("He ordered the cake without telling my wife.")
