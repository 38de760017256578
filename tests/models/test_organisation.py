"""Who is who on the staff list."""

from servicestory.models.organisation import Organisation, Person

HOUSE = Organisation(
    staff=[Person(name="Ada  Obi", aliases=["Ada", "Bea"]), Person(name="Bea", aliases=["B."])]
)


def test_every_name_and_alias_leads_to_the_colleague() -> None:
    assert [HOUSE.person(name) for name in ("Ada", "  ada\n OBI ", "b.")] == ["ada obi", "ada obi", "bea"]
    assert HOUSE.person(" Cem  Ay") == "cem ay"  # who is not on the list stands for nobody else


def test_a_name_of_ones_own_comes_before_an_alias_of_somebody_else() -> None:
    assert HOUSE.person("Bea") == "bea"
    assert HOUSE.staff_names() == ["Ada  Obi", "Ada", "Bea", "Bea", "B."]


def test_initials_are_one_alias_with_and_without_dots() -> None:
    house = Organisation(
        staff=[Person(name="Joan Farrow", aliases=["J.F."]), Person(name="Ed", aliases=["E"])]
    )
    assert {house.person(name) for name in ("J.F.", "J. F.", "JF", "j.f.")} == {"joan farrow"}
    assert house.person("jf") == "jf" and house.person("F.J.") == "f.j." and house.colleague("") is None


def test_the_word_for_a_customer_keeps_its_capital_in_german_only() -> None:
    assert Organisation(customer_word="Gast", language="de-AT").customer == "Gast"
    assert Organisation(customer_word=" Guest ").customer == "guest"
    assert Organisation(customer_word=" ", language="de").customer == "customer"
