"""Whether a first name is somebody where it stands: told by its neighbours."""

import os
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from servicestory import processes
from servicestory.detect import alone
from servicestory.detect.alone import compound, of_a_place, owns, stands_alone, use_of_words
from servicestory.models.story import Story


def place(text: str) -> tuple[str, int, int]:
    """The text without its brackets, and where the bracketed word stands."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    "text",
    [
        "Everybody was kind, but [Peter] was simply the best.",
        "[Josie] is a star!",
        "The moment we walked in [Dylan] with his trolley was there.",
        "We met [Corwin] in the lift.",
        "Lovely people all round. [Geraldine]",
        "Great service from [Lamar] and Tindra.",
        "It was [Frank] who carried the bags.",
        "[Desmond]'s help was worth gold.",
        "Because of [Lorcan] we caught our flight.",
        "The team (Ottilie, [Fergus] and Ines) sang.",
        "[Conrad] Mbeki, who waited on us, laughed.",
    ],
)
def test_somebody(text: str) -> None:
    assert stands_alone(*place(text))


@pytest.mark.parametrize(
    "text",
    [
        "Views of the [Charles] River are lovely.",
        "We walked to [Jackson] Square.",
        "We stay at the [Whitney] when this is full.",
        "There is a [Marshall]'s nearby.",
        "The Eggs [Benedict] were good.",
        "We had [Alfredo] pasta.",
        "It was [June] in all its beauty.",
        "We visited [Florence] on the way.",
    ],
)
def test_a_place_or_a_thing(text: str) -> None:
    assert not stands_alone(*place(text))


def test_what_the_words_beside_it_say_of_a_place() -> None:
    assert of_a_place(*place("ten minutes from [Logan] by bus"))
    assert not of_a_place(*place("service from [Logan] was quick"))
    assert not of_a_place(*place("and so [Logan] came"))


def test_two_capitals_name_a_thing_unless_the_first_is_a_role_or_opens() -> None:
    assert compound("the Eggs ", loud=False)
    assert not compound("our Captain ", loud=False)
    assert not compound("kind. Thankew ", loud=False)


def test_what_a_name_owns() -> None:
    assert owns("'s help was")
    assert not owns("'s Crab Shack")
    assert not owns("'s across the street")


def test_words_are_counted_alike_in_pieces_and_by_all_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "We met Peter in the lift. Peter was kind, and will come back.",
        "The walk to Charlotte Street is short; Will was simply the best.",
        "Straße after STRASSE: thank you, Peter! It will rain.",
    ]
    told = [Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)]
    whole = use_of_words(told)
    assert whole.told["peter"] == 2 and whole.told["strasse"] == 1 and whole.worded == {"the", "was", "will"}
    monkeypatch.setattr(alone, "PIECE", 1)
    assert use_of_words(told) == whole
    monkeypatch.setattr(alone, "WORTH", 3)
    begun: list[str] = []
    monkeypatch.setattr(processes, "_pool", None)
    monkeypatch.setattr(processes, "ProcessPoolExecutor", _counting(begun))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    assert use_of_words(told) == whole and begun == ["a pool"]


def _counting(begun: list[str]) -> type[ProcessPoolExecutor]:
    """Processes that say they were begun."""

    class Counting(ProcessPoolExecutor):
        def __init__(self, *how: Any) -> None:
            begun.append("a pool")
            super().__init__(*how)

    return Counting
