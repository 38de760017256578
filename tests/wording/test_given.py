"""First names, and texts in which a capital tells nothing of them."""

import pytest

from servicestory.wording.given import is_given, may_be_given, shouted


@pytest.mark.parametrize(
    "name", ["Peter", "frank", "Séan", "LATOYA", "Priyanka", "Jesus", "Oluwaseun", "Jörg", "Jürgen"]
)
def test_first_names_in_any_case_and_with_accents(name: str) -> None:
    assert is_given(name)


@pytest.mark.parametrize("name", ["Gülsen", "Søren", "Guelsen", "Detlef", "Özlem", "Günther"])
def test_first_names_of_other_countries_than_the_united_states(name: str) -> None:
    assert is_given(name)


@pytest.mark.parametrize(
    "word", ["Employees", "Breakfast", "Texas", "India", "Monday", "the", "Sunny", "Lage", "Bett"]
)
def test_words_and_places_are_none(word: str) -> None:
    assert not is_given(word)


def test_a_word_that_some_people_are_called_by() -> None:
    assert may_be_given("Sunny")
    assert may_be_given("Peter")
    assert not may_be_given("Employees")


def test_a_text_with_a_capital_on_most_words() -> None:
    assert shouted("Very Clean Rooms And Very Kind Staff Made Our Stay")
    assert shouted("THE BEST STAFF AND THE BEST BEDS")
    assert not shouted("The Caesar Salad and the Beef Wellington were superb.")
