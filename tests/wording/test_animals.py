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
        # the word only stands beside the name, and is what somebody does or is like
        ("Anna is a rescue swimmer.", {}),
        ("Grace was the duck farmer's wife.", {}),
        ("Ben, the horse dentist, came at six.", {}),
        ("Tom was a real pet about it.", {}),
        ("The dog Anna carried in was heavy.", {}),
        ("We flew to the Canary Islands.", {}),
        ("Rex the collie cross bites.", {"rex": "dog"}),
        ("A pony called Anna came.", {"anna": "animal"}),
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
        ("Our cat Mimi was afraid. Petra stroked her belly.", "Stroke the cat's belly"),
        # the name beside its kind says nothing more
        ("Sol carried my spaniel Biscuit to the car.", "Carry the client's spaniel to the car"),
        ("Sol carried Rex, our old collie, to the car.", "Carry the client's old collie to the car"),
        ("Sol carried a tabby called Oscar to the car.", "Carry a tabby to the car"),
        ("Petra listened to my cat Mimi's heart on the floor.", "Listen to the client's cat's heart on the floor"),
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
        # what stands there is no animal, or people are given what animals are not
        "A hungry guest came. Petra made a hot dog. Sol brought him a chair.",
        "A guest flew to the Canary Islands. Sol brought him a chair.",
        "The patient came from the CAT scan. Sol brought him a chair.",
        "Dane was lame. Sol brought him a chair.",
        "The guest had a dog. Sol brought him a chair.",
        "The guest spoke of a cat she once had. Sol brought her a chair.",
    ],
)
def test_a_person_with_an_animal_stays_a_person(text: str) -> None:
    made = [one for one, _, _ in instructions(text, "client", NAMES, told="here")]
    assert "Bring the client a chair" in made


def test_what_is_the_doers_own_stays_theirs() -> None:
    text = "My terrier would not come in. She shook her head and sat down beside him on the step."
    made = [one for one, _, _ in instructions(text, "client", NAMES, told="here")]
    assert not any("dog's head" in one for one in made)


def test_what_is_an_animals_is_its_where_it_was_just_named() -> None:
    text = "Petra took a picture of the pony with her head over the door."
    assert instructions(text, "owner", NAMES, told="here")[0][0] == (
        "Take a picture of the pony with its head over the door"
    )
