"""How surely practices of the codebook are found again."""

import numpy as np

from servicestory.detect.pipeline import detect
from servicestory.detect.reading import Passage, Reading
from servicestory.detect.steady import grouped_again
from servicestory.models.codebook import CodebookEntry
from tests.detect.conftest import TOLD, story


def test_plain_tellings_are_found_again_more_surely_than_faint_ones(codebook: list[CodebookEntry]) -> None:
    told = [story(f"{i}", TOLD[k]) for i, k in enumerate(("bags", "boxes", "cases"))]
    told.append(story("cab", "Got us a cab."))
    sure = {p.definition: p.stability for p in detect(told, [], codebook).practices}
    assert 0.8 <= (sure["luggage"] or 0) <= 1
    assert 0 <= (sure["transport"] or 0) < 0.8
    assert {p.definition: p.stability for p in detect(told[::-1], [], codebook).practices} == sure


def test_a_group_is_as_stable_as_it_is_found_again() -> None:
    passages = [Passage(i, "narrative", 0, 1, "x", False) for i in range(30)]
    reading = Reading(passages, np.ones(30), np.ones((30, 1)), [])
    firm, loose = [*range(10)], [*range(10, 20)]

    def again(part: Reading) -> list[list[int]]:
        rows = [i for i, p in enumerate(part.passages) if p.story < 10]
        half = [i for i, p in enumerate(part.passages) if 10 <= p.story < 20][::2]
        return [rows, half]

    sure = grouped_again([firm, loose, [25, 26]], reading, again, 0)
    assert sure[0] == 1
    assert 0.4 < sure[1] < 0.7
    assert sure[2] == 0
    assert grouped_again([], reading, again, 0) == []
