"""Whether two behaviours tell of the same deed, in whatever words, names and company."""

import numpy as np
import pytest

from servicestory.detect import alike, shelf
from servicestory.detect.alike import shipped
from servicestory.detect.closer import shipped as closer
from servicestory.detect.weights import shipped as weights

RANG = [
    "She rang me the day after the repair to hear whether the boiler was still running.",
    "Next morning the telephone went, and it was the fitter: is it warm at your place now?",
    "A call on the following day, was everything still working?",
]
SHOES = [
    "He put paper shoes on before he stepped onto our carpet.",
    "At the door the man pulled covers over his boots so the floor stayed clean.",
    "They slipped something over their soles first, because of my new rug.",
]
OTHER = ["He drew a plan of the pipes on the back of the bill.", "She lent us two electric heaters."]


def directions(texts: list[str]) -> alike.Directions:
    return shipped().directions(texts, weights().vocabulary.known)


def test_tellings_of_one_deed_are_nearer_to_each_other_than_to_anything_else() -> None:
    near = alike.alike(*[directions([*RANG, *SHOES, *OTHER])] * 2)
    for group in (range(3), range(3, 6)):
        inside = [near[i, j] for i in group for j in group if i < j]
        outside = [near[i, j] for i in group for j in range(len(near)) if j not in group]
        assert min(inside) > max(outside)


def test_the_company_and_the_name_change_nothing() -> None:
    together = directions(RANG * 30 + SHOES)
    alone = np.vstack([directions([text]) for text in (RANG * 30 + SHOES)])
    assert np.abs(together.astype(int) - alone.astype(int)).max() <= 1
    one, other = directions(["Zofia put paper shoes on first.", "Kwabena put paper shoes on first."])
    assert (one == other).all()


def test_plain_sentences_are_not_the_same_deed_for_being_plain() -> None:
    plain = ["He mended the strap.", "She rang the bell.", "They lent us a coat.", "He read the form aloud."]
    near = alike.alike(directions(plain), directions(plain))
    assert near[np.triu_indices(4, 1)].mean() < 0.5


def test_what_was_not_read_is_like_nothing() -> None:
    unread = np.zeros((2, shipped().towards.shape[1]), np.int8)
    assert not alike.alike(unread, directions(RANG)).any()
    assert directions([]).shape == (0, shipped().towards.shape[1])


def test_the_file_gives_the_same_reader_again() -> None:
    again = alike.load(alike.dump(shipped()), closer().encoder)
    text, known = RANG, weights().vocabulary.known
    difference = again.directions(text, known).astype(int) - shipped().directions(text, known).astype(int)
    assert np.abs(difference).max() <= 2


def test_nearness_is_the_mean_likeness_and_a_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    near = alike.Nearness()
    first = near([*RANG, *SHOES], RANG)
    whole = alike.alike(directions([*RANG, *SHOES]), directions(RANG)).mean(axis=1)
    assert np.abs(np.array(first) - whole).max() < 0.01
    assert min(first[:3]) > max(first[3:])
    monkeypatch.setattr(alike, "shipped", lambda: None)  # nothing is left to read
    assert near(RANG, [SHOES[0]]) == near(RANG, [SHOES[0]])


def test_what_was_read_ahead_is_as_like_as_what_is_read_when_asked_for() -> None:
    ahead, asked = alike.Nearness(), alike.Nearness()
    ahead.read([])
    ahead.read([*RANG, *SHOES])
    assert ahead(RANG, SHOES) == pytest.approx(asked(RANG, SHOES), abs=0.01)


def test_what_a_call_read_a_later_one_need_not(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"{text} ({n})" for n in range(120) for text in (RANG[0], SHOES[0])]  # some print ends in a zero
    first = alike.Nearness()
    near = first(many, RANG[:1])
    kept = first.keep()
    assert shipped().towards.shape[1] == 4 * alike.WIDE
    later = alike.Nearness()
    later.recall(kept)
    monkeypatch.setattr(alike, "shipped", lambda: pytest.fail("it was read again"))
    assert later(many, RANG[:1]) == near and later.keep() is None


@pytest.mark.parametrize("kept", [None, b"", b"PK no archive", shelf.dump(shelf.empty(deed=3), "")])
def test_what_was_not_kept_well_is_read(kept: bytes | None) -> None:
    near = alike.Nearness()
    near.recall(kept)
    assert near(RANG[:1], RANG[:1]) == [1.0] and near.keep()


def _shelf(keys: list[bytes], ptr: list[int], rows: int) -> bytes:
    tables = {"deed": np.ones((rows, alike.WIDE), np.int32)}
    return shelf.dump(shelf.Shelf(np.array(keys, shelf.FORM), np.array(ptr), tables), shelf.edition())


@pytest.mark.parametrize(
    "kept",
    [
        _shelf([b"a", b"a"], [0, 1, 2], 2),  # one text twice
        _shelf([b"b", b"a"], [0, 1, 2], 2),  # out of order
        _shelf([b"a", b"b"], [0, 5, 1], 1),  # fewer rows than it says
        _shelf([b"a", b"b"], [0, 0, 1], 1),  # a text without its direction
        _shelf([b"a"], [0, 2], 2),  # with two
    ],
)
def test_what_was_kept_and_does_not_fit_itself_is_read_again(kept: bytes) -> None:
    near, fresh = alike.Nearness(), alike.Nearness()
    near.recall(kept)
    assert near([*RANG, *SHOES], RANG) == fresh([*RANG, *SHOES], RANG)


def test_texts_nobody_asks_for_are_kept_until_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    first = alike.Nearness()
    first.read(RANG)
    for most, left in ((2, 4), (1, 2)):
        monkeypatch.setattr(alike, "FORGOTTEN_AT", most)
        later = alike.Nearness()
        later.recall(first.keep())
        later.read([RANG[0], SHOES[0]])
        again = alike.Nearness()
        again.recall(later.keep())
        assert len(again._row) == left
