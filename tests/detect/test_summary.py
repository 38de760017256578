"""Which passages are shown as a practice's clearest."""

from dataclasses import replace

import numpy as np

from servicestory.detect.alike import Directions
from servicestory.detect.summary import Telling, clearest, told_plainly
from servicestory.models.story import Story

WHO = ["Ana", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gus"]
TEXTS = [f"{who} rang the guest the morning after to hear how the night had been" for who in WHO]
NAME = np.array([[100, 20, 0]], np.int8)


def shown(
    texts: list[str],
    deed: list[list[int]] | None = None,
    score: tuple[float, ...] = (),
    pinned: tuple[int, ...] = (),
    name: Directions = NAME,
    one_deed: bool = True,
) -> list[int]:
    known = np.array(deed or [[100, 20, n] for n in range(len(texts))], np.int8)
    places = [
        Telling(f"s{n}", text, score[n] if score else 0.9, n in pinned, False) for n, text in enumerate(texts)
    ]
    return clearest(places, lambda some: known[some], name, one_deed, "guest")


def test_what_tells_of_another_deed_is_not_among_the_first_shown() -> None:
    deed = [[100, 20, 0], [90, 25, 5], [95, 15, 9], [99, 20, 8], [90, 30, 0], [95, 22, 3], [-20, 99, 80]]
    found = shown(TEXTS, deed)
    assert 6 not in found[:3] and len(found) == 5


def test_the_surest_is_first_where_all_tell_the_same_and_what_is_doubtful_is_no_example() -> None:
    same = [[100, 20, 0]] * 3
    assert shown(TEXTS[:3], same, (0.3, 0.5, 0.9)) == [2, 1]
    assert shown(TEXTS[:3], same, (0.3, 0.5, 0.9), (0, 1, 2)) == [2, 1, 0]
    assert shown(TEXTS[:3], same, (0.1, 0.3, 0.2)) == [1, 2, 0]


def test_what_people_put_there_is_shown_first() -> None:
    assert shown(TEXTS, score=(0.9, 0.9, 0.5, 0.9, 0.9, 0.9, 0.9), pinned=(2,))[0] == 2


def test_no_two_are_from_one_story_or_in_the_same_words() -> None:
    told = [Telling(f"s{n % 3}", text, 0.9, False, False) for n, text in enumerate(TEXTS)]
    known = np.array([[100, 20, n] for n in range(7)], np.int8)
    found = clearest(told, lambda some: known[some], NAME, True, "guest")
    assert len({told[i].story for i in found}) == len(found) == 3
    assert len(shown([TEXTS[0], TEXTS[0].upper() + "!", TEXTS[1]])) == 2


def test_what_tells_the_deed_of_its_name_is_first() -> None:
    deed = [[90, 9, 9], [99, 9, 9], [95, 3, 9], [9, 99, 9], [99, 2, 3], [9, 20, 99], [20, 9, 99]]
    for one_deed in (True, False):
        first, other = (
            shown(TEXTS, deed, name=np.array([name], np.int8), one_deed=one_deed)[0]
            for name in ([9, 120, 0], [120, 9, 0])
        )
        assert first == 3 != other


def test_a_doubtful_one_is_shown_only_where_there_is_no_other() -> None:
    score = (0.9, 0.8, 0.2, 0.9, 0.8, 0.3, 0.9)
    assert not {2, 5} & set(shown(TEXTS, score=score))
    assert shown(TEXTS, score=tuple(one / 9 for one in score))


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


def review(text: str, listed: bool = False) -> Telling:
    return Telling("s1", text, 0.9, False, listed)


def test_a_deed_is_told_plainly_where_somebody_of_the_house_does_it() -> None:
    assert all(told_plainly(review(text), "guest") > 0 for text in DEEDS)
    assert all(told_plainly(review(text), "guest") == 0 for text in NO_DEEDS)
    short, long = (
        DEEDS[1],
        f"The sun shone all week, the wind was fair and {DEEDS[1][0].lower()}{DEEDS[1][1:]}",
    )
    assert told_plainly(review(short), "guest") > told_plainly(review(long), "guest") > 0
    line = "rang all new guests the day after they came and asked whether something was lacking"
    assert told_plainly(review(line, listed=True), "guest") > 0


def test_the_clearest_tell_the_deed_and_no_more_than_three_are_shown_where_few_do() -> None:
    texts, score = [*NO_DEEDS, *DEEDS], (0.99, 0.98, 0.98, 0.97, 0.9, 0.9, 0.9)
    assert sorted(shown(texts, score=score)) == [4, 5, 6]
    few = shown(texts[:6], score=score)
    assert len(few) == 3 and set(few[:2]) == {4, 5}
    # what people put there is shown, however it is told
    assert len(shown(texts[:6], score=score, pinned=(0, 1, 2, 3, 4, 5))) == 5


def test_what_was_told_here_is_read_with_the_names_of_those_who_did_it() -> None:
    told = "Bettina dug the cracked one out of the tub, wiped it and let me turn it in my own hands."
    place = Telling.of(
        Story(id="2026-05-04-tub", date="2026-05-04", title="Tub", narrative=told, people=["Bettina Krol"]),
        told,
        0.9,
        False,
        False,
    )
    assert told_plainly(review(told), "guest") == 0 < told_plainly(place, "guest")
    # "I" is whoever works here only where one of them tells
    mine = Telling("s1", "I dug the cracked one out of the tub", 0.9, False, False, "here", ("Bettina Krol",))
    assert told_plainly(mine, "guest") == 0 < told_plainly(replace(mine, told="staff"), "guest")


def test_what_is_too_long_to_be_shown_whole_is_no_example_where_others_are() -> None:
    long = [f"{text} {'and then it rained and rained ' * 6}" for text in TEXTS[:4]]
    assert {4, 5, 6} == set(shown([*long, *TEXTS[4:]]))
    assert len(shown([*long, TEXTS[4]])) == 5
