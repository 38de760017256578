"""The closer reading: words cut into pieces, names masked, the same answer in whatever company."""

import numpy as np
import pytest

from servicestory.detect import closer, encoder
from servicestory.detect.closer import shipped
from servicestory.detect.encoder import LONGEST, pieces
from servicestory.detect.weights import NO_PRACTICE
from servicestory.detect.weights import shipped as weights

KNOWN = {p: i for i, p in enumerate(["[UNK]", "<name>", "<number>", "lend", "##ing", "l", ".", "'"])}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lending", ["lend", "##ing"]),
        ("lend lend.", ["lend", "lend", "."]),
        ("Marek lending 12", ["<name>", "lend", "##ing", "<number>"]),
        ("Lend", ["lend"]),
        ("xyz", ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text, {"lend", "lending", "xyz"}, KNOWN, {}) == [KNOWN[p] for p in expected]


def test_a_giant_sentence_is_read_as_far_as_it_goes() -> None:
    assert len(pieces("lend " * 10_000, {"lend"}, KNOWN, {})) == LONGEST
    shares = shipped().probabilities(["lend " * 10_000], weights().vocabulary.known)
    assert shares.shape == (1, len(weights().classes)) and abs(shares.sum() - 1) < 0.01


def test_it_answers_over_the_classes_of_the_first_reading() -> None:
    assert shipped().classes == weights().classes
    assert weights().closer is shipped()


def test_the_answer_does_not_depend_on_what_else_is_read() -> None:
    texts = [
        "They said they would ring back and never did.",
        "She rang back the same evening to ask whether it worked.",
        "We came late and it rained, but he lent us his own umbrella and waited with us.",
        "",
        "🙂 …",
    ]
    known = weights().vocabulary.known
    together = shipped().probabilities(texts * 7, known)
    alone = np.vstack([shipped().probabilities([text], known) for text in texts])
    assert np.abs(together[: len(texts)] - alone).max() <= 1e-4
    assert np.array_equal(together[: len(texts)], together[-len(texts) :])


def test_sentences_of_several_lengths_go_through_a_layer_together(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[int] = []
    linear = encoder.linear

    def counted(x: encoder.Singles, by: tuple[encoder.Singles, encoder.Singles]) -> encoder.Singles:
        rows.append(len(x))
        return linear(x, by)

    monkeypatch.setattr(encoder, "linear", counted)
    known, texts = weights().vocabulary.known, ["She rang.", "She rang back.", "She rang back at once."]
    shipped().probabilities(texts[:1], known)
    alone, rows[:] = len(rows), []
    shipped().probabilities(texts, known)
    assert len(rows) == alone and set(rows) == {sum(map(len, shipped().encoder.numbered(texts, known)))}


def test_a_batch_holds_each_sentence_once_and_is_bounded() -> None:
    length = np.random.default_rng(1).integers(2, LONGEST + 2, 500)
    batches = encoder._batches(length)
    assert sorted(np.concatenate(batches).tolist()) == list(range(500))
    assert max(int(length[some].sum()) for some in batches) <= encoder.AT_ONCE + LONGEST + 2
    assert encoder._batches(length[:0]) == []


def test_names_and_numbers_do_not_count() -> None:
    known = weights().vocabulary.known
    both = shipped().probabilities(["Zofia gave me room 12 early.", "Kwabena gave me room 7 early."], known)
    assert np.array_equal(both[0], both[1])


def test_the_order_of_the_words_counts() -> None:
    known, n = weights().vocabulary.known, len(weights().classes) - len(NO_PRACTICE)
    done, undone = shipped().probabilities(
        [
            "She rang me back the next day as promised.",
            "She promised to ring me back the next day and never did.",
        ],
        known,
    )
    assert done[:n].sum() > 0.6 > 0.4 > undone[:n].sum()


def test_what_is_written_is_what_is_read() -> None:
    again = closer.load(closer.dump(shipped()))
    text = ["He walked us to the platform."]
    known = weights().vocabulary.known
    assert np.abs(again.probabilities(text, known) - shipped().probabilities(text, known)).max() <= 0.002
