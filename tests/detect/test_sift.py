"""What is read as a deed in a review is judged once more; stories told by hand are not."""

import numpy as np
import pytest

from servicestory.detect import closer, reading, sift
from servicestory.detect.weights import shipped
from servicestory.models.story import Source, Story

THINGS = "The complimentary peach crumble tasted dull, and there is a complimentary cider too sour to drink."
DEED = "When the soup came cold Mira took it back and brought a hot one within minutes."


def read(text: str, source: Source | None) -> list[float]:
    found = reading.read([Story(id="s", narrative=text, source=source)], shipped(), possible=0.03)
    return [float(score) for score in found.score]


def test_a_thing_that_comes_for_nothing_is_no_deed_of_a_review(monkeypatch: pytest.MonkeyPatch) -> None:
    after = read(THINGS, Source())
    kept = read(DEED, Source())
    monkeypatch.setattr(sift, "LEAST", 0.0)
    monkeypatch.setattr(sift.Sift, "chance", lambda _self, _texts, score, _ordinary: score)
    before = read(THINGS, Source())
    assert before and (not after or after[0] < before[0] - 0.1), "gone, or its score is lower"
    assert kept and kept[0] >= 0.7 and kept[0] <= read(DEED, Source())[0]


def test_a_file_gives_what_was_written() -> None:
    first = sift.shipped()
    again = sift.load(sift.dump(first), closer.shipped().encoder)
    ordinary, score = shipped().vocabulary.known, np.array([0.8, 0.8])
    chance = first.chance([THINGS, DEED], score, ordinary)
    assert chance.tolist() == again.chance([THINGS, DEED], score, ordinary).tolist()
    assert chance[0] < 0.5 < chance[1]
    assert first.chance([], np.zeros(0), ordinary).shape == (0,)
