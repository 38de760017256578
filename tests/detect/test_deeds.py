"""Which sentences of a story told by hand report what somebody of the service did."""

from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from servicestory.detect import deeds
from servicestory.detect.closer import shipped as closer
from servicestory.detect.reading import read
from servicestory.detect.weights import shipped as weights
from servicestory.models.story import Source, Story

TOLD = Path(__file__).with_name("told.yaml")
"""Sixty stories of ten trades in none of those learned from, written apart by one who saw none of them; d marks
the deeds."""


@pytest.fixture(scope="module")
def told() -> list[tuple[str, str]]:
    with TOLD.open(encoding="utf-8") as file:
        every = YAML(typ="safe").load_all(file)
        return [(kind, text) for story in every for kind, text in story["told"]]


def test_the_file_gives_the_same_reader_again() -> None:
    again = deeds.load(deeds.dump(deeds.shipped()), closer().encoder)
    text, known = ["She lent him her own coat.", "He laughed."], weights().vocabulary.known
    assert np.abs(again.chance(text, known) - deeds.shipped().chance(text, known)).max() <= 0.01


def test_nothing_and_an_empty_text_are_read() -> None:
    known = weights().vocabulary.known
    assert deeds.shipped().chance([], known).shape == (0,)
    assert 0 <= deeds.shipped().chance([""], known)[0] <= 1


def test_deeds_are_told_from_what_customers_did_and_how_it_ended(told: list[tuple[str, str]]) -> None:
    """At the time of writing .51 of what is found are deeds, and .84 of the deeds are found."""
    stories = [Story(id=f"s{n:03d}", narrative=text) for n, (_, text) in enumerate(told)]
    deed = {f"s{n:03d}" for n, (kind, _) in enumerate(told) if kind == "d"}

    def figures(some: list[Story]) -> tuple[float, float]:
        found = read(some, weights())
        here = {some[p.story].id for p in found.passages}
        return len(here & deed) / len(here), len(here & deed) / len(deed)

    precision, recall = figures(stories)
    assert precision >= 0.45 and recall >= 0.75
    imported = [s.model_copy(update={"source": Source(system="csv", record=s.id)}) for s in stories]
    as_reviews, _ = figures(imported)
    assert precision > as_reviews + 0.08
