"""Who is who on the staff list."""

from servicestory.models.organisation import Organisation, Person, plain_name

HOUSE = Organisation(
    staff=[Person(name="Ada  Obi", aliases=["Ada", "Bea"]), Person(name="Bea", aliases=["B."])]
)


def test_a_name_is_compared_in_small_letters_with_single_spaces() -> None:
    assert plain_name("  Ada\n OBI ") == "ada obi"


def test_every_name_and_alias_leads_to_the_colleague() -> None:
    known = HOUSE.known_as()
    assert (known["ada"], known["ada obi"], known["b."]) == ("ada obi", "ada obi", "bea")


def test_a_name_of_ones_own_comes_before_an_alias_of_somebody_else() -> None:
    assert HOUSE.known_as()["bea"] == "bea"
    assert HOUSE.staff_names() == ["Ada  Obi", "Ada", "Bea", "Bea", "B."]
