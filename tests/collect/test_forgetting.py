"""Names leave a text without moving anything else in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory.collect.forgetting import Forgetting
from servicestory.errors import Problem


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zoë Li ran", "Xxx Xx ran"),
        ("zoe-li_ran, ZOE\nLI", "xxx-xx_ran, XXX\nXX"),
        ("Zoë Lind and Chloezoe Li", "Zoë Lind and Chloezoe Li"),
        ("2026-08-01-zoe-lis-keys, zoe-list", "2026-08-01-xxx-xxs-keys, zoe-list"),
        ("Zoë Lis is somebody else", "Zoë Lis is somebody else"),
        ("Li, Zoë; LI,ZOE; Oli, Zoë", "Xx, Xxx; XX,XXX; Oli, Zoë"),
        ("Li, Zoëlle and Li. Zoë", "Li, Zoëlle and Li. Zoë"),
    ],
)
def test_text(text: str, left: str) -> None:
    assert Forgetting(["Zoë Li"], "P").text(text) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Pat O'Neil", "Pat O’Neil, 2026-08-01-pat-oneil-ran", "Xxx X’Xxxx, 2026-08-01-xxx-xxxxx-ran"),
        ("Jan Weiß", "Jan Weiss, JAN WEISS, jan-weisss-keys", "Xxx Xxxxx, XXX XXXXX, xxx-xxxxxs-keys"),
        ("Лев Ким", "Лев Ким, untitled", "Xxx Xxx, untitled"),
    ],
)
def test_a_name_is_found_as_ids_have_it(name: str, text: str, left: str) -> None:
    assert Forgetting([name], "P").text(text) == left


def test_one_word_is_found_with_the_s_of_an_owner_in_an_id_only() -> None:
    text = Forgetting(["Edward", "Tim"], "P").text
    assert text("2026-08-01-edwards-keys") == "2026-08-01-xxxxxxs-keys"
    assert text("Mr Edwards, edwards, 2026-08-01-tims-keys") == "Mr Edwards, edwards, 2026-08-01-tims-keys"


@pytest.mark.parametrize("name", ["J.F.", "JF", "J. F."])
def test_initials_are_found_with_and_without_dots_and_blanks(name: str) -> None:
    forgetting = Forgetting([name], "P")
    text = "J.F., JF, J. F. and J-F at 2026-08-01-j-f-ran; JFK, J.F.K., F.J."
    assert forgetting.text(text) == "X.X., XX, X. X. and X-X at 2026-08-01-x-x-ran; JFK, J.F.K., F.J."
    assert [forgetting.value(v) for v in ("J.F.", "JF", "J. F.")] == ["P", "P", "P"]


def test_values_that_are_the_name_become_the_pseudonym() -> None:
    forgetting = Forgetting(["Zoë Li", "Zed"], "Person-1")
    value = {"people": ["Zoë Li", "Bo"], "by": "zed", "n": 3, "told": "Zed ran"}
    assert forgetting.value(value) == {
        "people": ["Person-1", "Bo"],
        "by": "Person-1",
        "n": 3,
        "told": "Xxx ran",
    }
    assert forgetting.places == 3


def test_a_name_as_lists_have_it_is_the_name() -> None:
    forgetting = Forgetting(["Ana María Berg"], "P")
    assert forgetting.value(["Berg, Ana  Maria", "Berg, Ana"]) == ["P", "Berg, Ana"]
    assert Forgetting(["J. Berg"], "P").text("Berg, J. ran") == "Xxxx, X. ran"


def test_one_letter_is_no_name() -> None:
    with pytest.raises(Problem, match="too short"):
        Forgetting(["Z"], "P")


@given(st.text(), st.sampled_from(["Anna Berg", "Li", "O'Neil"]))
def test_the_length_stays(text: str, name: str) -> None:
    told = f"{text} {name} {text}"
    left = Forgetting([name], "P").text(told)
    assert len(left) == len(told)
    assert f" {name} " not in left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("In May May came late in May.", "In May Xxx came late in May."),
        ("May ran on 3 May, and May 2026 was wet.", "Xxx ran on 3 May, and May 2026 was wet."),
        ("May we come? He may; the 4th of May, mid-May.", "Xxx we come? He may; the 4th of May, mid-May."),
        ("I thank May. 2 came.", "I thank Xxx. 2 came."),
    ],
)
def test_a_month_is_no_person(text: str, left: str) -> None:
    assert Forgetting(["May"], "Person-1", ["May"]).text(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("rose wrote the name on the cup. prices rose.", "xxxx wrote the name on the cup. prices rose."),
        ("thanks rose! Rose is kind", "thanks xxxx! Xxxx is kind"),
        ("the sun rose and we will come", "the sun rose and we will come"),
        ("will helped me", "xxxx helped me"),
        ("nobody helped me, Nobody", "nobody helped me, Xxxxxx"),
    ],
)
def test_a_name_that_is_a_word_goes_in_small_letters_where_somebody_stands(text: str, left: str) -> None:
    names = ["Rose", "Will", "Nobody"]
    assert Forgetting(names, "Person-1", names).text(text) == left
    assert Forgetting(names, "Person-1", names).value({"tags": ["rose"]}) == {"tags": ["rose"]}
