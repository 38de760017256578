"""Places are named by their numbers; what is no number of a place is refused in words."""

import pytest

from servicestory.cli.places import numbers
from servicestory.errors import Usage


def test_numbers_and_spans_count_from_one() -> None:
    assert numbers("2, 5-7", 9) == [1, 4, 5, 6]
    assert numbers("4-4", 9) == [3]


@pytest.mark.parametrize("text", ["7-5", "0", "0-3", "²", "1-²", "two", "", "1,,2", "-3", "3-", "9" * 5000])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Usage, match="are not numbers of places"):
        numbers(text, 9)


def test_a_span_is_written_out_no_further_than_one_place_too_many() -> None:
    assert numbers("1-999999999", 2) == [0, 1, 2]
    assert numbers("8-999999999", 2) == [7]
