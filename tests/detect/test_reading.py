"""Why a sentence is no behaviour is said where the reading is sure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import reading
from servicestory.detect.reading import REASONS, UNCLEAR, read
from servicestory.detect.weights import shipped
from servicestory.models.story import Source, Story

COMPLAINT = REASONS["NEGATIVE"]


def reasons(*texts: str, imported: bool = False) -> list[str]:
    source = Source(system="csv", record="1") if imported else None
    stories = [Story(id=f"s{i}", narrative=text, source=source) for i, text in enumerate(texts)]
    return [one.reason for one in read(stories, shipped()).left_out]


def test_a_kindness_told_by_what_was_not_done_is_called_no_complaint() -> None:
    kind = ("She wouldn't take his money.", "Nobody charged me a penny.", "They wouldn't let me pay for it.")
    assert reasons(*kind) == [UNCLEAR] * 3
    assert reasons(*kind, imported=True) == [COMPLAINT] * 3


def test_what_is_surely_a_complaint_is_called_one() -> None:
    told = (
        "The receptionist ignored us and would not refund the deposit.",
        "They didn't tell us the room was not ready.",
    )
    assert reasons(*told) == [COMPLAINT] * 2


def test_a_sentence_told_a_hundred_times_is_read_once_and_found_each_time() -> None:
    looked: list[str] = []

    def lengths(texts: Sequence[str]) -> NDArray[np.int64]:
        looked.extend(texts)
        return np.array([[len(text)] for text in texts])

    assert reading._once(["ab", "a", "ab", "ab"], lengths).tolist() == [[2], [1], [2], [2]]
    assert looked == ["ab", "a"]
