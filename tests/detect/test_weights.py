"""The shipped weights: what they hold, that they load as they were written, and that they read sense."""

from importlib import resources

import numpy as np
import pytest

from servicestory.detect import weights
from servicestory.detect.features import Vocabulary, blocks
from servicestory.detect.reading import probabilities
from servicestory.detect.words import MASKS, number


def reading(*sentences: str) -> list[str]:
    """The likeliest class of each sentence, read as stories are: with both readings."""
    w = weights.shipped()
    features = blocks(number(list(sentences), w.vocabulary.known), w.vocabulary)
    p = probabilities(list(sentences), features, w)
    assert np.allclose(p.sum(axis=1), 1, atol=1e-4)
    return [w.classes[i] for i in p.argmax(axis=1)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They moved us up to a bigger suite for free", "upgrade"),
        ("The porter carried our suitcases to the room", "luggage"),
        ("She kept us informed about the delay every few minutes", "keep_informed"),
        ("They brought a birthday cake for my son", "celebrate"),
        ("The staff were so friendly and lovely", "GENERIC"),
        ("The room was large and the bed comfortable", "FACILITY"),
    ],
)
def test_plain_sentences_are_read_as_a_person_would(sentence: str, expected: str) -> None:
    assert reading(sentence) == [expected]


def test_the_file_is_small_and_holds_no_objects() -> None:
    data = (resources.files("servicestory.detect") / weights.FILE).read_bytes()
    assert len(data) < 5_000_000
    assert weights.load(data).classes == weights.shipped().classes


def test_no_sentence_can_be_put_together_from_it() -> None:
    v = weights.shipped().vocabulary
    assert all(" " not in s for s in v.stems)
    assert all(" " not in w for w in v.known)
    assert all(2 <= len(p) <= 5 for p in v.parts)
    assert all(w == w.lower() for w in v.known)


def test_practices_come_before_the_reasons_for_none() -> None:
    w = weights.shipped()
    assert w.classes[len(w.practices) :] == weights.NO_PRACTICE
    assert set(w.vocabulary.known) >= MASKS


def test_what_is_written_is_read_again() -> None:
    rng = np.random.default_rng(1)
    raw = rng.normal(size=(3, 2))
    rarity = np.array([1.0, 0.5, 0.25])
    vocabulary = Vocabulary(
        ("walk", "door"),
        np.array([1, 6]),
        {"wa": 0, "do": 1},
        {"walked": 0, "door": 1, "the": 2},
        np.array([0, 1, -1]),
        np.array([1.0, 2.0]),
        np.array([1.0, 1.5]),
        np.array([1.0, 1.25]),
        raw * rarity[:, None],
    )
    classes = ("escort", *weights.NO_PRACTICE)
    table = rng.normal(size=(4, 5)).astype(np.float32)
    before = weights.Weights(
        classes, vocabulary, table, table[:2], rng.normal(size=(2, 5)), np.zeros(5), (1.0, 1.0, 1.0)
    )
    after = weights.load(weights.dump(before, rarity, raw))
    assert after.classes == classes
    assert after.vocabulary.stems == vocabulary.stems
    assert after.vocabulary.pairs.tolist() == [1, 6]
    assert np.abs(after.words - table).max() <= np.abs(table).max() / 127
    assert np.allclose(after.vocabulary.vectors, vocabulary.vectors, atol=0.02)
