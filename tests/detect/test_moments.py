"""When and how most passages tell that a deed was done, in the name."""

import pytest

from servicestory.detect.moments import with_its_way


@pytest.mark.parametrize(
    ("name", "texts", "longer"),
    [
        (
            "Make the bed",
            ["made it early, at ten", "It was made early.", "an hour early"],
            "Make the bed early",
        ),
        (
            "Phone the guest",
            ["called the evening before", "rang us the night before", "on the eve she rang"],
            "Phone the guest the evening before",
        ),
        (
            "Phone the guest",
            ["called the evening before", "rang the day before we left", "the morning before"],
            "Phone the guest the day before",
        ),
        (
            "Fill the flask",
            ["without being asked", "nobody had asked her", "before I even asked"],
            "Fill the flask unasked",
        ),
        (
            "Mend the strap",
            ["for nothing", "he wouldn't take a penny", "on the house"],
            "Mend the strap without charge",
        ),
    ],
)
def test_what_most_tell_of_it_is_said(name: str, texts: list[str], longer: str) -> None:
    assert with_its_way(name, texts) == longer
    assert with_its_way(longer, texts) == longer
    assert with_its_way(name, [*texts[:2], "she came", "he came"]) == name


def test_what_is_written_is_not_said_to_be_in_writing() -> None:
    texts = ["wrote the price on a slip", "a written offer", "writes every price down"]
    assert with_its_way("Give the guest the price", texts) == "Give the guest the price in writing"
    assert with_its_way("Give the guest a written offer", texts) == "Give the guest a written offer"


def test_when_the_customer_does_something_is_not_when_it_is_done() -> None:
    texts = ["as we had to leave early", "for our early train", "up early for the boat"]
    assert with_its_way("Pack breakfast", texts) == "Pack breakfast"


def test_a_call_says_what_it_was_for_where_most_tell_that_they_asked() -> None:
    said = [
        "Ada phoned and asked how the stove was burning.",
        "Bo gave her a ring, was the door still sticking?",
        "Cy rang, he only wanted to know whether the glue held.",
        "Then Dee rang him at work.",
    ]
    assert with_its_way("Ring the guest", said) == "Ring the guest to ask whether all is well"
    assert with_its_way("Drop in again", said) == "Drop in again to ask whether all is well"
    assert with_its_way("Ring the guest to hear of the stove", said) == "Ring the guest to hear of the stove"
    assert with_its_way("Mend the stove", said) == "Mend the stove"
    assert with_its_way("Ring the guest", said[2:] * 2) == "Ring the guest"
