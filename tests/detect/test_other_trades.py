"""The shipped reading finds deeds in trades it never learned from, and is not taken in by words alone."""

from collections import Counter
from dataclasses import replace

import pytest

from servicestory.detect.reading import THRESHOLD
from servicestory.detect.weights import shipped
from tests.detect.other_trades import figures, sentences


def test_the_labelled_stories_are_of_sixteen_trades_and_all_practices() -> None:
    rows = sentences()
    assert len({row.trade for row in rows}) == 16
    labels = Counter(label for row in rows for label in row.labels)
    assert set(shipped().practices) <= set(labels) and min(labels.values()) >= 8
    assert sum(not row.labels for row in rows) > len(rows) / 2


def test_deeds_of_other_trades_are_found_and_told_apart() -> None:
    """A guard against a worse reading; docs/benchmarks.md has the figures."""
    found = figures(sentences(), shipped(), THRESHOLD)
    assert found.f1 >= 0.83 and found.precision >= 0.75 and found.recall >= 0.85
    assert found.first >= 0.62


def test_the_closer_reading_is_better_than_the_first_alone() -> None:
    rows, weights = sentences(), shipped()
    both, alone = (figures(rows, w, THRESHOLD) for w in (weights, replace(weights, closer=None)))
    assert both.f1 > alone.f1 + 0.02 and both.first > alone.first


@pytest.mark.parametrize("trade", sorted({row.trade for row in sentences()}))
def test_no_trade_is_left_behind(trade: str) -> None:
    assert figures([r for r in sentences() if r.trade == trade], shipped(), THRESHOLD).f1 >= 0.6
