"""Whether a first name is somebody where it stands: told by its neighbours."""

import pytest

from servicestory.detect.alone import compound, of_a_place, owns, stands_alone


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
