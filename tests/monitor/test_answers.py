"""What people type for figures and answers, without a guess."""

import pytest

from servicestory.monitor.answers import read_answer, read_figure, read_items


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91", 91), ("-3.5", -3.5), ("91%", 0.91), ("91 %", 0.91), ("1,234.5", 1234.5), ("1,234,567", 1234567),
        ("0,91", 0.91), ("12,5", 12.5), ("1 234", 1234), ("1 234,5", 1234.5), (".5", 0.5), ("−2", -2),
        ("1e3", 1000), ("0,125", 0.125),
    ],
)  # fmt: skip
def test_figures(text: str, value: float) -> None:
    assert read_figure(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "n/a", "nan", "inf", "1e999", "1.2.3", "twelve", "1,23,4", "12,34,5.6"])
def test_what_is_no_figure(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a number|too large"):
        read_figure(text)


def test_a_figure_with_two_meanings_is_refused() -> None:
    with pytest.raises(ValueError, match="two numbers"):
        read_figure("1,234")


def test_items_by_number_or_in_order() -> None:
    assert read_items("2=no 1=Yes, 3=n/a") == {"1": "yes", "2": "no", "3": "na"}
    assert read_items("yes,no,na") == {"1": "yes", "2": "no", "3": "na"}
    assert read_items("01:y") == {"1": "yes"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no item"), ("1=yes 1=no", "twice"), ("1=perhaps", "none of yes"), ("1=yes no", "which item"),
        ("0=yes", "from 1"),
    ],
)  # fmt: skip
def test_items_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_items(text)


def test_answers() -> None:
    assert [read_answer(t) for t in (" X ", "Nein", "N/A")] == ["yes", "no", "na"]
