"""Which passages are shown as a practice's clearest."""

import numpy as np

from servicestory.detect.summary import clearest, told_plainly

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


DEEDS = [
    "She let us moor before noon because our berth was free already.",
    "She gave us our berth two hours early.",
    "They let me moor at dawn, though the office opens at eight.",
]
NO_DEEDS = [
    "Lovely marina, friendly people and early mooring, quick and easy.",
    "We paid for the early berth and it was free at ten.",
    "We were able to moor early but when we got to the berth it was less than expected.",
    "Early mooring is available here.",
]


def test_a_deed_is_told_plainly_where_somebody_of_the_house_does_it() -> None:
    assert all(told_plainly(text, "guest") > 0 for text in DEEDS)
    assert all(told_plainly(text, "guest") == 0 for text in NO_DEEDS)
    short, long = (
        DEEDS[1],
        f"The sun shone all week, the wind was fair and {DEEDS[1][0].lower()}{DEEDS[1][1:]}",
    )
    assert told_plainly(short, "guest") > told_plainly(long, "guest") > 0
    line = "rang all new guests the day after they came and asked whether something was lacking"
    assert told_plainly(line, "guest", listed=True) > 0


def test_the_clearest_tell_the_deed_and_no_more_than_three_are_shown_where_few_do() -> None:
    texts = [*NO_DEEDS, *DEEDS]
    vectors, score = np.eye(7), np.array([0.99, 0.98, 0.98, 0.97, 0.9, 0.9, 0.9])

    def plain(i: int) -> float:
        return told_plainly(texts[i], "guest")

    assert set(clearest(range(7), vectors, score, texts)) & {0, 1, 2, 3}
    assert sorted(clearest(range(7), vectors, score, texts, plain=plain)) == [4, 5, 6]
    few = clearest(range(6), vectors, score, texts, plain=plain)
    assert len(few) == 3 and set(few[:2]) == {4, 5}
    # what people put there is shown, however it is told
    assert len(clearest(range(6), vectors, score, texts, settled=True, plain=plain)) == 5
