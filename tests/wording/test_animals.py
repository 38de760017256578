"""The animal is not its owner: neither in an instruction, nor where names are taken out."""

import pytest

from servicestory.wording.animals import named_animals, no_names
from servicestory.wording.instructions import instructions

NAMES = frozenset({"petra", "sol"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("My spaniel Biscuit hates the dryer.", {"biscuit": "dog"}),
        ("The cat, Mimi, came in on a Monday.", {"mimi": "cat"}),
        ("Mrs Vane's old poodle called Toffee lay down.", {"toffee": "dog"}),
        ("Ludo the beagle bites.", {"ludo": "dog"}),
        ("Rex wagged his tail.", {"rex": "animal"}),
        ("Minka, tabby, 14 years, ate nothing.", {"minka": "cat"}),
        ("Bruno is a rescue and afraid of stairs.", {"bruno": "animal"}),
        ("Our dog walker Anna came at six.", {}),
        ("She held the dog, Anna fetched the lead.", {}),
        ("Marco served the duck himself.", {}),
        ("Thank you Rosa, dog friendly and clean.", {}),
    ],
)
def test_a_name_is_an_animals_where_the_text_says_so(text: str, named: dict[str, str]) -> None:
    assert named_animals(text) == named


def test_the_words_of_a_breed_are_no_names() -> None:
    assert no_names("There was a Great Dane in the hall, and our cat Mimi.") == {"great", "dane", "mimi"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Our cat Mimi was afraid. Petra listened to Mimi's heart on the floor.",
         "Listen to the cat's heart on the floor"),
        ("My spaniel hates the dryer. Petra wrapped him in a warm towel.",
         "Wrap the client's dog in a warm towel"),
        ("The pony had a stone in his hoof. Sol lifted his leg.", "Lift the animal's leg"),
        ("The owner rang six times about the pup. Sol took a picture of him and mailed it to her.",
         "Take a picture of the client's dog and mail it to them"),
    ],
)  # fmt: skip
def test_what_is_done_to_the_animal_is_not_done_to_the_client(text: str, line: str) -> None:
    assert line in [one for one, _, _ in instructions(text, "client", NAMES, told="here")]


@pytest.mark.parametrize(
    "text",
    [
        # somebody else was spoken of since, or may be meant
        "A gentleman with a dog could not find his car. Sol brought him a chair.",
        "An old lady came in. Her cat had run off. Petra brought her a chair.",
        "He waited outside with the dog. Sol brought him a chair.",
        "A guest came, with dog. Sol brought him a chair.",
    ],
)
def test_a_person_with_an_animal_stays_a_person(text: str) -> None:
    made = [one for one, _, _ in instructions(text, "client", NAMES, told="here")]
    assert "Bring the client a chair" in made


def test_what_is_the_doers_own_stays_theirs() -> None:
    text = "My terrier would not come in. She shook her head and sat down beside him on the step."
    made = [one for one, _, _ in instructions(text, "client", NAMES, told="here")]
    assert not any("dog's head" in one for one in made)
