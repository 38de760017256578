"""Whom a story's consents name, and who can be told what came of it."""

import pytest

from servicestory import consent
from servicestory.models.organisation import Person
from servicestory.models.story import Consent, Story

STAFF = [Person(name="Gülsen Kaya", aliases=["Gül"]), Person(name="Anna Holm")]


def story(**more: object) -> Story:
    return Story.model_validate(
        {"id": "s", "narrative": "The tray went up again.", "people": ["Gülsen Kaya", "Anna Berg"], **more}
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Gulsen", ["Gülsen Kaya"]),
        ("guelsen kaya", ["Gülsen Kaya"]),
        ("Gül", ["Gülsen Kaya"]),
        ("Anna", ["Anna Berg"]),
        ("porter", ["porter"]),
        ("Guest", ["guest"]),
        ("Peter", []),
    ],
)
def test_the_party_of_a_story_that_is_meant(given: str, meant: list[str]) -> None:
    one = story(reporter={"role": "porter"}, consent=[{"party": "guest", "uses": []}])
    assert consent.parties(one, given, STAFF) == meant


def test_several_who_may_be_meant_are_all_given() -> None:
    both = story(people=["Anna Berg", "Anna Holm"])
    assert consent.parties(both, "Anna", STAFF) == ["Anna Berg", "Anna Holm"]


def test_the_words_are_not_given_away_by_whom_the_story_is_about() -> None:
    yes = [Consent(party="Gulsen", uses=["training"]), Consent(party="Anna Berg", uses=["training"])]
    assert not story(consent=yes).all_agreed_to("training")
    assert not story(consent=yes).withheld
    assert story(consent=[*yes, Consent(party="porter", uses=["training"])]).all_agreed_to("training")
    no = [*yes, Consent(party="porter", uses=["team"])]
    assert story(consent=no).withheld and story(consent=no).refused("training")
    assert not story(consent=no).refused("training", "team")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, ""),
        ({"people": []}, ""),
        ({"people": ["Person-0123abcd"], "prompted": "import"}, "whom it concerns was removed"),
        ({"people": ["Person-0123abcd"]}, ""),
        (
            {"people": ["Person-0123abcd"], "reporter": {"role": "Person-0123abcd"}},
            "whom it concerns was removed",
        ),
        ({"people": [], "prompted": "import"}, "it was imported, and names nobody"),
    ],
)
def test_why_nobody_can_be_told_what_came_of_it(more: dict[str, object], why: str) -> None:
    said = consent.nobody_to_tell(story(**more))
    assert said.startswith(why) and bool(said) == bool(why)
