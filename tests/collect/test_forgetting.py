"""Names leave a text without moving anything else in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory.collect.forgetting import Forgetting
from servicestory.errors import Problem


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zoë Li ran", "Xxx Xx ran"),
        ("zoe-li_ran, ZOE\nLI", "xxx-xx_ran, XXX\nXX"),
        ("Zoë Lind and Chloezoe Li", "Zoë Lind and Chloezoe Li"),
    ],
)
def test_text(text: str, left: str) -> None:
    assert Forgetting(["Zoë Li"], "P").text(text) == left


def test_values_that_are_the_name_become_the_pseudonym() -> None:
    forgetting = Forgetting(["Zoë Li", "Zed"], "Person-1")
    value = {"people": ["Zoë Li", "Bo"], "by": "zed", "n": 3, "told": "Zed ran"}
    assert forgetting.value(value) == {
        "people": ["Person-1", "Bo"],
        "by": "Person-1",
        "n": 3,
        "told": "Xxx ran",
    }
    assert forgetting.places == 3


def test_one_letter_is_no_name() -> None:
    with pytest.raises(Problem, match="too short"):
        Forgetting(["Z"], "P")


@given(st.text(), st.sampled_from(["Anna Berg", "Li", "O'Neil"]))
def test_the_length_stays(text: str, name: str) -> None:
    told = f"{text} {name} {text}"
    left = Forgetting([name], "P").text(told)
    assert len(left) == len(told)
    assert f" {name} " not in left
