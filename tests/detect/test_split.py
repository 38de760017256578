"""A proposal parts what differs."""

import pytest

from servicestory.detect.split import propose


def test_two_things_in_one_are_parted() -> None:
    texts = [
        "She drew us a map by hand",
        "He called the room next morning",
        "Ines drew a map of the village",
        "They called my room the next morning",
        "drew me a little map",
    ]
    assert propose(texts) == [1, 3]


def test_always_some_and_never_all() -> None:
    assert propose(["a b c", "a b c"]) == [1]
    assert propose(["same words here"] * 4) == [3]
    assert propose(["!!", "??", "."]) == [2]
    with pytest.raises(ValueError):
        propose(["only one"])
