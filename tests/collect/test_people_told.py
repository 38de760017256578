"""Answers to "Who made it happen?": names stay, words that name nobody do not."""

import pytest

from servicestory.collect.people_told import people_told


@pytest.mark.parametrize(
    ("answer", "names", "nobody"),
    [
        ("Mehmet, und ich, I don't know who else", ["Mehmet"], ["ich", "I don't know who else"]),
        ("Anna Berg & me", ["Anna Berg"], ["me"]),
        ("Rosa Lund und Jörg; Ida and Ben", ["Rosa Lund", "Jörg", "Ida", "Ben"], []),
        ("my colleague Ida and the others", ["Ida"], ["the others"]),
        ("it was Mehmet? (I think)", ["Mehmet"], []),
        ("keine Ahnung, vielleicht Petra", ["Petra"], ["keine Ahnung"]),
        ("Petra & her team, nobody else", ["Petra"], ["her team", "nobody else"]),
        ("Weiß ich nicht mehr", [], ["Weiß ich nicht mehr"]),
        ("n/a", [], ["n/a"]),
        ("I think it was Bob; Kev I think", ["Bob", "Kev"], []),
        ("Petra glaube ich, Tom (me), Ute (not sure)", ["Petra", "Tom", "Ute"], []),
        ("I did it myself", [], ["I did it myself"]),
        ("ich war's, I'm not sure who else", [], ["ich war's", "I'm not sure who else"]),
        ("keine Ahnung wer", [], ["keine Ahnung wer"]),
        ("the night team and Olga", ["Olga"], ["the night team"]),
        ("someone from the kitchen, jemand aus der Küche", [], ["someone from the kitchen", "jemand aus der Küche"]),
        ("everyone on shift, Alle Schmidt", ["Alle Schmidt"], ["everyone on shift"]),
        ("? , -", [], []),
        ("moi, Moi", ["Moi"], ["moi"]),
        ("Anna Berg (night shift), Sandy, Will, Andy Noone", ["Anna Berg (night shift)", "Sandy", "Will", "Andy Noone"], []),
        (["Rosa and Ida Trio", "me"], ["Rosa and Ida Trio"], ["me"]),
    ],
)  # fmt: skip
def test_an_answer_gives_names_and_what_names_nobody(
    answer: str | list[str], names: list[str], nobody: list[str]
) -> None:
    assert people_told(answer) == (names, nobody)


def test_the_dot_of_an_initial_is_of_the_name() -> None:
    assert people_told("Anna B. and me.") == (["Anna B."], ["me."])
    assert people_told("it was Anna B.") == (["Anna B."], [])
    assert people_told("Petra.") == (["Petra"], [])


def test_a_plus_sets_people_apart_and_stays_with_a_number() -> None:
    assert people_told("Ida + Kev+Bo")[0] == ["Ida", "Kev", "Bo"]
    assert people_told("Ida +49 30 901820")[0] == ["Ida +49 30 901820"]
