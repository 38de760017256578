"""Who is who on the staff list."""

import pytest

from servicestory.models.organisation import Organisation, Person
from servicestory.records import load

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


def _wrong(text: str) -> list[str]:
    return [str(problem) for problem in load(Organisation, f"schema: 1\n{text}", "page.yaml")[1]]


def test_a_site_or_team_is_listed_once_whatever_its_capitals() -> None:
    assert _wrong("sites:\n  - name: Spa\n  - name: Quay\n  - name: ' spa'\n") == [
        "page.yaml:5: the site ' spa' is listed already, as 'Spa': capitals and blanks make no other name. Keep one "
        "of the two entries, or give this one another name."
    ]
    teams = "teams:\n  - {name: Night, site: Spa}\n  - {name: Night, site: Quay}\n  - name: Night\n"
    assert _wrong(teams) == []
    (said,) = _wrong(f"{teams}  - name: night\n    site: spa\n")
    assert said.startswith("page.yaml:6: the team 'night' at spa is listed already, as 'Night'")
    assert "listed already. Keep" in _wrong("sites: [{name: Spa}, {name: Spa}]\n")[0]


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("- {role: porter, limit: '---'}", 3, "'---' says nothing under 'limit' of 'authority'"),
        ("- role: porter\n  limit: 5 euros\n  ask: '?'", 5, "'?' says nothing under 'ask'"),
        ("- role: porter\n  limit: 5 euros\n  ask: ''", 5, "'authority[1].ask' is empty"),
        (
            "- role: porter\n  limit: 5 euros\n  ask: Porter",
            5,
            "the role 'porter' asks itself beyond its limit",
        ),
        (
            "- {role: porter, limit: 5 euros}\n- role: Porter\n  limit: 9 euros",
            4,
            "the role 'Porter' has its limit already, in entry 1",
        ),
        (
            "- {role: porter, limit: 5 euros}\n- role: lead\n  limit: 9 euros\n  ask: porter",
            6,
            "the role 'lead' asks 'porter', whose limit comes before its own",
        ),
    ],
)
def test_authority_nobody_could_act_on_is_refused_with_its_line(lines: str, line: int, said: str) -> None:
    (problem,) = _wrong(f"authority:\n{lines}\n")
    assert problem.startswith(f"page.yaml:{line}: {said}")


def test_authority_that_leads_upwards_is_taken() -> None:
    lines = "- {role: porter, limit: 5 euros, ask: lead}\n- {role: lead, limit: none}\n- {role: head, limit: '50 €'}"
    assert _wrong(f"authority:\n{lines}\n") == []
