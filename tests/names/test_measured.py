"""The names of our own fixture are taken out as docs/verdict.md says, and few other words with them."""

import pytest

from tests.names.measured import measure, stories


@pytest.mark.parametrize("half", ["dev", "test", "fresh"])
def test_names_go_and_words_stay(half: str) -> None:
    names = stories(half)[1]
    assert sum(map(bool, names)) >= 55 and sum(not places for places in names) >= 35
    figures = measure(half)
    assert figures.recall >= 0.9, figures.lines
    assert figures.precision >= 0.9, figures.lines
