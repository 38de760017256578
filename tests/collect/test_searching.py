"""Words find stories whatever their accents and capitals, the best first."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory.collect.searching import find, folded
from servicestory.models.story import Story

STORIES = [
    Story(
        id="a", narrative="The café manager fetched an umbrella from her own locker. " + "And so on. " * 40
    ),
    Story(id="b", title="Umbrella", narrative="He lent his umbrella."),
    Story(id="c", behaviours=["Called every café in town"], people=["Zoë"], site="Quay"),
]


def found(*words: str) -> list[str]:
    return [hit.story.id for hit in find(STORIES, words)]


def test_all_words_must_occur_and_short_and_titled_stories_come_first() -> None:
    assert found("umbrella") == ["b", "a"]
    assert found("UMBREL", "Cafe") == ["a"]
    assert found("zoe") == ["c"]
    assert found("own locker") == ["a"]
    assert found("locker own") == []
    assert found("ocker") == []
    assert found(" ") == []


def test_the_snippet_shows_the_place() -> None:
    story = Story(
        id="x", narrative="Nothing of note happened. " * 20 + "Then she found the violin. " + "End. " * 30
    )
    (hit,) = find([story], ["violin"])
    assert hit.snippet.startswith("…")
    assert "found the violin" in hit.snippet
    assert find(STORIES, ["zoe"])[0].snippet == "Called every café in town"


@given(st.text())
def test_folding_twice_changes_nothing_more_and_joins_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(text) + folded("Weiß") == folded(text + "Weiß")


@pytest.mark.parametrize("typed", ["weiss", "Weiß", "WEISS", "WEIẞ"])
def test_sharp_s_and_accents_are_found_however_they_are_typed(typed: str) -> None:
    for written in ("Frau Weiß", "Frau Weiss", "FRAU WEISS"):
        assert find([Story(id="x", narrative=f"Der Koffer von {written} fehlte.")], [typed])
    told = [Story(id="x", narrative="In der Großen Straße half Mu\u0308ller, dann Søren.")]
    for word in ("strasse", "straße", "grossen", "muller", "Müller", "soren", "Søren"):
        assert find(told, [word]), word


def test_a_snippet_is_of_whole_words_and_shows_the_place_behind_letters_that_fold_to_two() -> None:
    words = "Straße Gruß Füße Maß Spaß Weiß Fuß groß heiß süß " * 6
    (hit,) = find([Story(id="x", narrative=f"{words}Geige {words}")], ["geige"])
    assert "Geige" in hit.snippet and hit.snippet.endswith("…")
    assert set(hit.snippet.strip("…").split()) <= {*words.split(), "Geige"}
    lines = "\n".join(["carrying"] * 40)
    (hit,) = find([Story(id="x", narrative=f"{lines}\nviolin\n{lines}")], ["violin"])
    assert set(hit.snippet.strip("…").split()) == {"carrying", "violin"}


def test_marks_and_pictures_are_found_and_marks_beside_words_do_not_count() -> None:
    stories = [Story(id="a", narrative="So kind!!! Tea & cake 😀"), Story(id="b", narrative="Tea, cake!")]

    def ids(*words: str) -> list[str]:
        return [hit.story.id for hit in find(stories, words)]

    assert ids("!!!") == ids("😀") == ids("&") == ["a"]
    assert sorted(ids("tea", "&", "cake")) == ["a", "b"] and ids("tea", "😀") == ["a"]
    assert ids("\u0301") == ids("€") == ids("", "  ") == ids('" "') == []


def test_of_very_many_words_most_are_never_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"word{number}" for number in range(3000)]
    stories = [Story(id=f"s{n}", narrative=f"word0 word1 {n}") for n in range(30)]
    made, compiled = re.compile, list[str]()

    def counted(*given: Any) -> Any:
        compiled.append(given[0])
        return made(*given)

    monkeypatch.setattr(re, "compile", counted)
    assert find(stories, words) == []
    assert len(compiled) < 10
    whole = Story(id="whole", narrative=" ".join(words))
    assert [hit.story.id for hit in find([*stories, whole], [*words[:50], "WORD0"])] == ["whole"]


def test_other_forms_of_a_word_are_found_and_what_is_quoted_only_as_it_is() -> None:
    told = [
        Story(id="a", narrative="She kept refilling the flask, and carried it."),
        Story(id="b", narrative="He asked for one refill."),
        Story(id="c", narrative="Der Geruch des Kuchens zog durch die Häuser."),
        Story(id="d", narrative="A carrot and a refined oil."),
    ]

    def ids(*words: str, language: str = "en") -> list[str]:
        return sorted(hit.story.id for hit in find(told, words, language))

    assert ids("refilled") == ["a", "b"]
    assert ids("refills") == ["a", "b"]
    assert ids("carries") == ["a"]
    assert ids('"refill"') == ["b"]
    assert ids("Kuchen", language="de") == ids("Kuchens", language="de") == ["c"]
    assert ids("Haus", language="de") == ["c"]
    assert ids("refilled flask") == []
