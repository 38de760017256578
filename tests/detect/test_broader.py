"""Instructions without what one telling adds."""

import pytest

from servicestory.detect.broader import anywhere, broader


@pytest.mark.parametrize(
    ("step", "shared", "said"),
    [
        ("Keep the baker's blue bowl warm", {"bowl"}, "Keep the bowl warm"),
        ("Show the guest an old rusty bolt", {"bolt"}, "Show the guest a bolt"),
        (
            "Lay a note about geese on the guest's pillow",
            {"note", "pillow"},
            "Lay a note on the guest's pillow",
        ),
        ("Dust every leaf of the fig before the sun comes", {"leaf"}, "Dust every leaf before the sun comes"),
    ],
)
def test_what_nobody_else_says_is_left_out(step: str, shared: set[str], said: str) -> None:
    assert said in list(broader(step, "guest", shared))


@pytest.mark.parametrize(
    "step",
    [
        "Lend the guest a sewing kit",  # one word in two
        "Ask for a longer stay",
        "Hang the float line up",
        "Keep a pot of leek soup warm",  # a measure and what is in it
        "Meet the guest on your free morning",  # a morning of which nobody knows which
        "Wait on the far side",  # a side of which nobody knows which
        "Come by a few days later",
        "Let the guest cut the bread",  # who does what
        "Keep the guest's own bowl warm",
        "Write a line for kitchen and cellar",
    ],
)
def test_what_makes_the_thing_stays(step: str) -> None:
    words = {"soup"}
    assert all(set(step.split()) - set(line.split()) <= {"leek"} for line in broader(step, "guest", words))


def test_an_article_changes_only_where_the_word_after_it_does() -> None:
    for step in ("Ring the guest a quarter of an hour before", "Lay out a one-day plan", "Wait half an hour"):
        assert all(" a hour" not in line and " an one" not in line for line in broader(step, "guest", set()))


def test_people_are_taken_to_where_they_need_to_go_where_each_was_taken_elsewhere() -> None:
    assert list(anywhere("Walk with the guest to the boat shed", "guest", set())) == [
        "Walk with the guest to where they need to go"
    ]
    assert list(anywhere("Take the guest down to the boat shed", "guest", set())) == [
        "Take the guest to where they need to go"
    ]
    assert list(anywhere("Take the guest down to the boat shed", "guest", {"shed"})) == []
    for step in ("Take the guest's coat to the shed", "Walk beside the guest", "Take the boat to the guest"):
        assert list(anywhere(step, "guest", set())) == []
