"""The JSON of detect: what scripts look up in a story is found there, and names nobody."""

import re

from hypothesis import given
from hypothesis import strategies as st

from servicestory.detect.result import Behaviour
from servicestory.detect.shape import _evidence, _place, _unmasked


def crossed(text: str, *names: str) -> str:
    return re.sub("|".join(map(re.escape, names)), lambda m: re.sub(r"\w", "x", m.group()), text)


def test_where_a_name_has_to_go_the_longest_part_without_it_is_given() -> None:
    told = "Mira's colleague, Ben, brought us a warm blanket."
    story = f"It was cold. {told} We slept."
    b = Behaviour("s", None, "narrative", 13, 13 + len(told), told, 0.9)
    place = _place(b, lambda text, _: crossed(text, "Mira", "Ben"))
    assert place["text"] == "brought us a warm blanket."
    assert story[place["start"] : place["end"]] == place["text"]
    masked = "xxxx's colleague, xxx, brought us a warm blanket."
    assert place["whole"] == {"start": 13, "end": 13 + len(told), "text": masked}


def test_without_names_a_place_is_given_whole() -> None:
    b = Behaviour("s", None, "narrative", 0, 14, "She rang back.", 0.9)
    assert _place(b, lambda text, _: text) == {
        "story": "s",
        "record": None,
        "start": 0,
        "end": 14,
        "text": "She rang back.",
    }


def test_of_nothing_but_a_name_only_the_letters_crossed_out_stand() -> None:
    assert _place(Behaviour("s", None, "narrative", 0, 4, "Mira", 0.9), lambda *_: "Xxxx")["text"] == "Xxxx"


@given(st.lists(st.sampled_from(["Mira", "rang", "  ", ", ", "’s", "\n", "back", "—", "Mira-Lou", "é", "."])))
def test_what_is_left_stands_in_the_story_and_holds_no_name(parts: list[str]) -> None:
    text = " ".join(parts)
    masked = crossed(text, "Mira")
    start, end = _unmasked(text, masked)
    assert 0 <= start <= end <= len(text)
    if (start, end) != (0, len(text)):
        assert text[start:end] == masked[start:end] and re.search(r"\w", text[start:end])
        assert "Mira" not in text[start:end]


def test_a_place_of_a_practice_says_whether_it_is_doubtful() -> None:
    def doubtful(score: float, pinned: bool = False) -> bool:
        b = Behaviour("s", None, "narrative", 0, 14, "She rang back.", score, pinned=pinned)
        return bool(_evidence(b, lambda text, _: text)["doubtful"])

    assert [doubtful(0.2), doubtful(0.39), doubtful(0.4), doubtful(0.2, pinned=True)] == [
        True,
        True,
        False,
        False,
    ]
