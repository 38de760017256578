"""Which passages are shown as a practice's clearest."""

import numpy as np

from servicestory.detect.summary import clearest

TEXTS = [f"She rang the guest in room {n} the morning after to hear how the night had been" for n in range(7)]


def test_what_tells_of_another_deed_is_not_among_the_first_shown() -> None:
    rng = np.random.default_rng(0)
    deed = np.array(
        [[100, 20, 0], [90, 25, 5], [95, 15, 9], [99, 20, 8], [90, 30, 0], [95, 22, 3], [-20, 99, 80]]
    )
    words = rng.normal(size=(7, 4))
    words[6] = words[:6].mean(axis=0) * 9  # by its words it stands in the middle of all
    score = np.ones(7)
    by_words = clearest(range(7), words, score, TEXTS)
    by_deed = clearest(range(7), words, score, TEXTS, deed=deed.astype(np.int8))
    assert by_words[0] == 6
    assert 6 not in by_deed[:3] and len(by_deed) == 5


def test_where_one_deed_was_not_read_the_words_say_what_is_clear() -> None:
    deed = np.zeros((7, 3), np.int8)
    deed[:6] = [100, 0, 0]
    words = np.eye(7)
    assert clearest(range(7), words, np.ones(7), TEXTS, deed=deed) == clearest(
        range(7), words, np.ones(7), TEXTS
    )


def test_of_three_the_surest_is_first_and_what_is_doubtful_is_no_example() -> None:
    vectors = np.eye(3)
    assert clearest(range(3), vectors, np.array([0.3, 0.5, 0.9]), TEXTS) == [2, 1]
    assert clearest(range(3), vectors, np.array([0.3, 0.5, 0.9]), TEXTS, settled=True) == [2, 1, 0]
    assert clearest(range(3), vectors, np.array([0.1, 0.3, 0.2]), TEXTS) == [1, 2, 0]


def test_what_tells_the_deed_of_its_name_is_first() -> None:
    deed = np.array([[90, 9, 9], [99, 9, 9], [95, 3, 9], [9, 99, 9], [99, 2, 3], [9, 20, 99], [20, 9, 99]])
    name = np.array([[9, 120, 0]], np.int8)
    for one_deed in (True, False):
        shown = [
            clearest(range(7), np.eye(7), np.ones(7), TEXTS, deed=deed.astype(np.int8), name=n, one_deed=one_deed)
            for n in (name, None)
        ]  # fmt: skip
        assert shown[0][0] == 3 != shown[1][0]


def test_a_doubtful_one_is_shown_only_where_there_is_no_other() -> None:
    score = np.array([0.9, 0.8, 0.2, 0.9, 0.8, 0.3, 0.9])
    assert not {2, 5} & set(clearest(range(7), np.eye(7), score, TEXTS))
    assert clearest(range(7), np.eye(7), score / 9, TEXTS)
