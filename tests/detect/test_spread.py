"""What is counted, whom it is compared with, and that nothing hangs on the order of the stories."""

import random
from dataclasses import asdict
from typing import Any

import pytest

from servicestory.detect.spread import spread
from servicestory.detect.verdict import verdict
from servicestory.models.organisation import Organisation, Person, Site, Team
from servicestory.models.practice import Evidence
from servicestory.models.story import Story
from tests.detect.simulator import simulate


def told(number: int, **given: Any) -> Story:
    return Story(id=f"s{number:03d}", narrative="told", **given)


def test_counts_of_a_small_house() -> None:
    stories = [
        told(1, people=["Ana"], team="Desk", site="Quay", date="2024-01-05", prompted="campaign"),
        told(2, people=["ana ", "Ben"], team="Desk", site="Hill", date="2024-05"),
        told(3, date="2024", reporter={"role": "guest"}),
        told(4, people=["Cem"], team="desk", site="Quay", date="2024-Q3"),
    ]
    house = Organisation(
        sites=[Site(name="quay"), Site(name="Far")], teams=[Team(name="Bar"), Team(name="Desk")]
    )
    found = spread({"p": ["s001", "s002", "s003", "s002", "gone"]}, stories, house)["p"]
    assert (found.stories, found.people, found.sites, found.periods) == (3, 2, 2, 2)
    assert found.teams == 2  # the desk at the quay and the desk on the hill are not the same colleagues
    assert found.unknown == 1
    assert found.prompted == {"spontaneous": 2, "campaign": 1, "import": 0}
    assert found.reporters == 1
    assert (found.silent_sites, found.silent_teams) == (1, 1)
    assert found.reach["person"].missing == pytest.approx(1 / 3)
    assert found.reach["period"].known == 2  # a year alone lies in no quarter
    assert [(p.period, p.told, p.stories, p.people, p.sites) for p in found.series] == [
        ("2024-Q1", 1, 1, 1, 1),
        ("2024-Q2", 1, 1, 2, 1),
        ("2024-Q3", 1, 0, 0, 0),
    ]
    assert found.told_since == 1


def test_aliases_on_the_staff_list_are_one_person() -> None:
    house = Organisation(staff=[Person(name="Ana Lund", aliases=["Ana", "Annie"])])
    stories = [told(1, people=["Annie"]), told(2, people=["ana lund"]), told(3, people=["Ana"])]
    assert spread({"p": ["s001", "s002", "s003"]}, stories, house)["p"].people == 1


def test_the_star_is_compared_with_the_other_stories_and_left_out() -> None:
    star = [told(i, people=["Ana"], site="Quay") for i in range(12)]
    pair = [told(20, people=["Ana", "Dee"], site="Quay"), told(21, people=["Cem"], site="Quay")]
    others = [told(100 + i, people=[f"p{i % 10}"], site="Quay") for i in range(40)]
    found = spread({"p": [s.id for s in star + pair]}, star + pair + others, Organisation())["p"].reach[
        "person"
    ]
    assert (found.top, found.known, found.elsewhere_top, found.elsewhere) == (13, 14, 0, 40)
    assert found.without_top == (1, 1)  # Dee was only seen together with the star
    assert found.top_p is not None
    assert found.top_p < 1e-6
    assert found.p is not None
    assert found.p < 0.01
    assert found.likeness is not None
    assert found.likeness > 0.9


def test_without_other_stories_nothing_is_compared() -> None:
    stories = [told(i, people=[f"p{i}"], site="Quay") for i in range(12)]
    found = spread({"p": [s.id for s in stories]}, stories, Organisation())["p"].reach["person"]
    assert not found.comparable
    assert (found.expected, found.top_p, found.p, found.likeness) == (None, None, None, None)
    assert found.effective is not None


def test_names_found_in_texts_count_per_site_and_only_where_nobody_is_recorded() -> None:
    stories = [told(1, site="Quay"), told(2, site="Hill"), told(3, site="Hill", people=["Ben"])]
    found = spread(
        {"p": ["s001", "s002", "s003"]},
        stories,
        Organisation(),
        suggested={"s001": ["Ana"], "s002": ["ana"], "s003": ["Cem"]},
    )["p"]
    assert found.people == 3  # an Ana at each site, and Ben
    assert found.people_from_text == 2


def test_a_fading_practice_has_a_small_chance_of_silence() -> None:
    old = [told(i, date="2023-Q1", people=["A"]) for i in range(10)]
    between = [told(20 + i, date="2023-Q2") for i in range(10)]
    late = [told(50 + i, date="2024-Q1") for i in range(60)]
    found = spread({"p": [s.id for s in old]}, old + between + late, Organisation())["p"]
    assert found.told_since == 70
    assert found.fading_p is not None
    assert found.fading_p < 1e-6


def test_empty_practices_and_empty_houses_are_counted_as_nothing() -> None:
    found = spread({"p": []}, [told(1)], Organisation())["p"]
    assert (found.stories, found.people, found.growth) == (0, 0, None)
    assert spread({"p": ["gone"]}, [], Organisation())["p"].unknown == 1
    assert spread({}, [told(1)], Organisation()) == {}


@pytest.mark.parametrize("kind", ["systemic", "spreading"])
def test_the_order_of_stories_and_practices_changes_nothing(kind: str) -> None:
    house = simulate(kind, 60, 3, staff=90)
    shuffled = list(house.stories)
    random.Random(1).shuffle(shuffled)
    once = spread({"a": house.evidence, "b": house.evidence[:20]}, house.stories, house.organisation)
    again = spread({"b": house.evidence[:20][::-1], "a": house.evidence[::-1]}, shuffled, house.organisation)
    assert {ref: asdict(one) for ref, one in once.items()} == {ref: asdict(one) for ref, one in again.items()}


def test_no_name_is_in_the_spread() -> None:
    house = simulate("one star", 40, 1, staff=30)
    assert "kim" not in str(spread({"p": house.evidence}, house.stories, house.organisation)["p"]).casefold()


def test_growth_compares_the_halves_of_the_other_stories() -> None:
    house = simulate("spreading", 200, 2, staff=60)
    growth = spread({"p": house.evidence}, house.stories, house.organisation)["p"].growth
    assert growth is not None
    assert growth.kind == "person"
    assert growth.late.seen["person"] > 1.5 * growth.early.seen["person"]
    assert growth.p_more is not None
    assert growth.p_more < 0.01
    assert abs(growth.early.told - growth.early.stories - 200) < 60
    alone = simulate("systemic", 60, 2, others=0, staff=30)
    steady = spread({"p": alone.evidence}, alone.stories, alone.organisation)["p"].growth
    assert steady is not None
    assert steady.p_more is None


def test_by_site_where_nobody_is_named() -> None:
    house = simulate("spreading", 200, 2, staff=60)
    unnamed = [s.model_copy(update={"people": [], "team": None}) for s in house.stories]
    growth = spread({"p": house.evidence}, unnamed, house.organisation)["p"].growth
    assert growth is not None
    assert growth.kind == "site"
    bare = [s.model_copy(update={"people": [], "team": None, "site": None}) for s in house.stories]
    assert spread({"p": house.evidence}, bare, house.organisation)["p"].growth is None


def in_company(
    who: str, other: str, number: int, told_of: str = "{who} rang. {other} was there too."
) -> Story:
    text = told_of.format(who=who, other=other)
    return Story(id=f"s{number:03d}", narrative=text, people=[who, other], site="Quay", date="2024-Q1")


def places(stories: list[Story]) -> list[Evidence]:
    """The first sentence of each."""
    return [Evidence(story=s.id, start=0, end=s.narrative.find(".") + 1) for s in stories]


def test_a_deed_is_theirs_whom_its_sentence_names() -> None:
    mine = [in_company("Ana", f"P{i}", i) for i in range(10)]
    mine += [in_company("Ben", "Ana", 10 + i) for i in range(4)]
    mine += [in_company("Cem", "Dee", 20, "Somebody rang. Lovely, {who} and {other}.")]
    others = [in_company(f"Q{i % 9}", f"R{i % 9}", 100 + i) for i in range(40)]
    evidence = {"p": [s.id for s in mine]}
    found = spread(evidence, mine + others, Organisation(), places={"p": places(mine)})["p"]
    person = found.reach["person"]
    assert (person.known, person.seen, person.top) == (15, 4, 10)  # Ana, Ben, and Cem and Dee for one story
    assert found.shared == 1
    assert person.without_top == (5, 3)  # Ana was there in Ben's four, and did not do it
    assert [point.people for point in found.series] == [4]
    all_named = spread(evidence, mine + others, Organisation())["p"]
    assert (all_named.reach["person"].top, all_named.people, all_named.shared) == (14, 14, 15)


def test_in_other_stories_a_person_counts_by_the_sentences_that_could_be_theirs() -> None:
    """Of each other story a third is Ana's and a third Ben's; the third that names nobody is counted for both."""
    mine = [in_company("Ana", "Ben", i) for i in range(8)]
    both = "{who} rang. {other} came. It was good."
    others = [in_company("Ana", "Ben", 100 + i, both) for i in range(30)]
    found = spread({"p": [s.id for s in mine]}, mine + others, Organisation(), places={"p": places(mine)})[
        "p"
    ]
    person = found.reach["person"]
    assert (person.top, person.elsewhere_top, person.elsewhere) == (8, 20, 30)


@pytest.mark.parametrize("others", [0.0, 2.0])
def test_company_makes_nobody_a_star_and_hides_none(others: float) -> None:
    """Every story names three, its first sentence says who did it; counting all three called busy ones stars."""
    for kind, label, wrong in (
        ("systemic", "systemic", "star-dependent"),
        ("one star", "star-dependent", "systemic"),
    ):
        labels = []
        for i in range(20):
            house = simulate(kind, 60, 50_000 + i, others=others, company=2)
            shows = {"p": house.places}
            found = spread({"p": house.evidence}, house.stories, house.organisation, places=shows)["p"]
            labels.append(str(verdict(found, house.organisation.verdict, house.organisation).label))
        assert labels.count(label) >= 16 and labels.count(wrong) <= 1
