"""How much is told at all: contacts, tellers, silent sites and teams; small teams are never pointed at."""

from typing import Any

from servicestory.models.monitoring import Measure, MeasurePoint
from servicestory.models.story import Story
from tests.report.build import organisation, review, story


def said(*stories: Story, **rest: Any) -> dict[str, str]:
    return dict(review(list(stories), [], **rest).capture)


def test_stories_per_contact_from_the_measure_of_contacts() -> None:
    met = [
        MeasurePoint(measure="interactions", period=f"2026-0{month}", site=site, value=value)
        for month, site, value in ((6, "Pier", 9), (7, "Pier", 100), (8, "Pier", 150), (9, "Quay", 150))
    ]
    told = said(story("a"), story("b"), measures=[Measure(id="interactions")], points=met)
    assert told["per 1,000 contacts"] == "5.0 stories per 1,000 (2 of 400 contacts in 2026-Q3)"
    assert said(story("a"))["per 1,000 contacts"].startswith("not known; record how many")


def test_who_told_it_by_role_small_roles_together() -> None:
    stories = [story(f"s{i}", reporter={"role": "guest"}) for i in range(5)]
    stories += [story("n", reporter={"role": "night porter"}), story("x")]
    assert (
        said(*stories)["who told"]
        == "6 of 7 stories say who told it, by role: guest 5, others fewer than 5 each"
    )


def test_silent_sites_and_teams_are_asked_and_small_teams_not_named() -> None:
    staff = [{"name": f"Cook {i}x", "team": "Kitchen"} for i in range(6)]
    staff += [{"name": "Ada Brisk", "team": "Desk"}, {"name": "Wilma Stone", "team": "Boiler room"}]
    house = organisation(
        staff=staff, teams=[{"name": n} for n in ("Kitchen", "Desk", "Boiler room", "Garden")]
    )
    told = dict(review([story("a")], [], house).capture)
    assert told["silent sites"] == "Quay: told nothing in 2026-Q3; ask what they see"
    assert told["silent teams"] == (
        "Garden and Kitchen: not named in any story of the last half-year; ask what they see; 1 small team not named"
    )
    heard = dict(
        review([story("a", team="Kitchen"), story("b", team="Garden", site="Quay")], [], house).capture
    )
    assert (
        heard["silent sites"] == "none: every site was heard"
        and heard["silent teams"] == "1 small team not named"
    )


def test_what_share_of_people_and_teams_tell_and_are_told_of() -> None:
    """Tellers are kept by role: more than have such a role do not tell. Fewer than five are not counted out."""
    staff = [{"name": f"Cook {i}x", "team": "Kitchen", "role": "cook"} for i in range(6)]
    staff += [{"name": f"Porter {i}x", "team": "Desk", "role": "porter"} for i in range(14)]
    house = organisation(staff=staff, teams=[{"name": "Kitchen"}, {"name": "Desk"}])
    told = [story(f"s{i}", reporter={"role": "Cook"}, people=[f"Porter {i}x"]) for i in range(7)]
    told += [story("g", reporter={"role": "guest"})]
    found = dict(review(told, [], house).capture)
    assert found["share who tell"].startswith(
        "1 of 2 roles on the staff list told a story in the last half-year: these are the roles of "
        "6 of 20 people (30%), in 1 of 2 teams;"
    )
    assert found["share told of"] == (
        "7 of 20 people (35%) on the staff list and 1 of 2 teams are named in a story of the last half-year"
    )
    few = dict(review(told[:3], [], house).capture)
    assert few["share told of"].startswith("fewer than 5 of 20 people on")
    most = [story(f"m{i}", people=[one["name"]]) for i, one in enumerate(staff[:18])]
    assert dict(review(most, [], house).capture)["share told of"].startswith("more than 15 of 20 people on")
    nobody = dict(review([story("x")], [], house).capture)
    assert "share who tell" not in nobody and "share told of" not in nobody
