"""The third reading: asked only of what may well be a behaviour, in few stories or one told by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from servicestory.detect import closer, closest
from servicestory.detect.features import blocks
from servicestory.detect.reading import POSSIBLE, POSSIBLE_OF_FEW, THRESHOLD, probabilities
from servicestory.detect.weights import shipped
from servicestory.detect.words import number
from tests.detect.other_trades import figures, sentences

TEXTS = ["She rang the next day to ask whether the boiler still ran.", "It was a grey and windy Monday."]


def _read(possible: float, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the third reading was asked."""
    asked: list[str] = []
    probable = closer.Closer.probabilities

    def counted(self: closer.Closer, texts: Sequence[str], ordinary: Sequence[str]) -> object:
        if self is closest.shipped():
            asked.extend(texts)
        return probable(self, texts, ordinary)

    monkeypatch.setattr(closer.Closer, "probabilities", counted)
    known = shipped().vocabulary
    probabilities(TEXTS, blocks(number(TEXTS, known.known), known), shipped(), possible)
    return asked


def test_only_what_two_readings_find_likely_is_read_a_third_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(POSSIBLE_OF_FEW, monkeypatch) == TEXTS[:1]


def test_of_many_stories_nothing_is_read_a_third_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(POSSIBLE, monkeypatch) == []


def test_it_answers_over_the_same_classes_and_is_written_as_it_was_read() -> None:
    reader = closest.shipped()
    assert reader.classes == shipped().classes
    again = closest.load(closest.dump(reader), closer.shipped())
    known = shipped().vocabulary.known
    assert np.array_equal(again.probabilities(TEXTS, known), reader.probabilities(TEXTS, known))


def test_kinds_of_other_trades_are_told_better_with_it() -> None:
    rows = sentences()
    three = figures(rows, shipped(), THRESHOLD, possible=POSSIBLE_OF_FEW)
    two = figures(rows, shipped(), THRESHOLD)
    assert three.f1 >= two.f1 and three.first > two.first
