"""Two spellings of one name are told from two names: by their letters, their site, and who is named together."""

import pytest

from servicestory.detect.spellings import meant_of, spellings


def told(*names: str) -> list[tuple[str, str, set[str]]]:
    """A story at the quay for each, the first name told of three times."""
    return [(f"s{i}", "quay", {name}) for i, name in enumerate((names[0], names[0], *names))]


@pytest.mark.parametrize("other", ["Torsvald", "Torvlad", "Torvals", "Thorvald"])
def test_a_letter_more_less_or_other_is_a_spelling_of_the_name_told_of_most(other: str) -> None:
    assert spellings(told("Torvald", other)) == {(other.casefold(), "quay"): "Torvald"}


@pytest.mark.parametrize(("one", "other"), [("Milo", "Mila"), ("Torvald", "Corvald"), ("Torvald", "Tovalt")])
def test_short_names_other_first_letters_and_two_letters_are_other_people(one: str, other: str) -> None:
    assert spellings(told(one, other)) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria", "Marta"),
        ("Sandra", "Sandro"),
        ("Elena", "Elina"),
        ("Daniela", "Daniele"),
        ("Maria Holt", "Marta Holt"),
    ],
)
def test_two_usual_names_are_two_people_however_alike(one: str, other: str) -> None:
    assert spellings(told(one, other)) == {}


def test_of_two_names_one_has_to_be_unusual() -> None:
    assert spellings(told("Sandra", "Sandrra")) == {("sandrra", "quay"): "Sandra"}


def test_stories_without_a_site_may_be_of_any_number_of_houses() -> None:
    assert spellings([(story, "", names) for story, _, names in told("Torvald", "Torvlad")]) == {}


def test_two_letters_of_a_long_name_may_differ() -> None:
    assert spellings(told("Abernathine", "Abernatin")) == {("abernatin", "quay"): "Abernathine"}


def test_no_chain_of_small_steps_joins_two_that_differ() -> None:
    assert spellings(told("Karunal", "Karunel", "Karinel")) == {("karunel", "quay"): "Karunal"}


def test_who_is_named_in_one_story_is_two_people_and_so_is_another_site() -> None:
    both = [*told("Torvald", "Torvalt"), ("t", "quay", {"Torvald", "Torvalt"})]
    assert spellings(both) == {}
    assert spellings([("a", "quay", {"Torvald"}), ("b", "moor", {"Torvalt"})]) == {}


def test_who_is_certain_is_never_a_spelling_of_another_but_may_have_one() -> None:
    assert spellings(told("Torvald", "Torvalt"), {"torvalt"}) == {("torvald", "quay"): "Torvalt"}
    assert spellings(told("Torvald", "Torvalt"), {"torvalt", "torvald"}) == {}


def test_a_slip_in_a_first_name_may_mean_each_who_bears_it() -> None:
    staff = ["Anna Berg", "Anna Holm", "Matti Vane", "Rosalind Wick"]
    assert meant_of("Ana", staff) == ["Anna Berg", "Anna Holm"]
    assert meant_of("Mati", staff) == ["Matti Vane"]
    assert meant_of("Rosalynd", staff) == ["Rosalind Wick"]
    assert meant_of("Anja", staff) == []
    assert meant_of("Bo", staff) == []
