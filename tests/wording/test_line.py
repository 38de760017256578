"""The words of one sentence, and which of them are people."""

import pytest

from servicestory.wording.instructions import instructions
from servicestory.wording.line import Line
from servicestory.wording.tokens import words


def _names(text: str, *listed: str) -> list[str]:
    line = Line(words(text, 0, len(text)), listed)
    return [line.tokens[i].text for i in range(len(line.tokens)) if line.is_name(i)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Friday gave us a wet start.", []),
        ("On Sunday Petra mended it by Easter.", ["Petra"]),
        ("In April the porter fetched June from the gate.", ["June"]),
        ("Last June was hot.", []),
    ],
)
def test_a_day_or_month_is_no_person(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_who_is_listed_may_be_called_like_one() -> None:
    assert _names("Friday carried it in.", "friday") == ["Friday"]


def test_no_day_is_told_to_have_done_something() -> None:
    assert instructions("Saturday gave us a second ride.", "guest", (), told="here") == []
    assert instructions("June gave us a second ride.", "guest", (), told="here")
