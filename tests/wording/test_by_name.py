"""The deed a practice is named after, as a step."""

from collections.abc import Sequence

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.by_name import as_named, does_as_named
from servicestory.wording.material import gather
from servicestory.wording.steps import Cite, Step

HOUSE = Organisation(organisation="Lantern Court", customer_word="customer")
TOLD = (
    "A few days later I got a call to hear whether she was running well.",
    "On the Thursday somebody rang, wanting to know if the light had come back.",
)


def steps(status: str, like: bool) -> list[str]:
    def near(texts: Sequence[str], others: Sequence[str]) -> list[float]:
        return [0.8] * len(texts)

    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(TOLD)}
    places = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    practice = Practice(id="P-0001", name="Call the customer again", status=status, evidence=places)
    made = gather(practice, stories, HOUSE, like=near if like else None)
    return [f"{s.text}: {s.stories}" for s in made.steps]


def test_what_people_accepted_under_its_name_is_a_step_though_told_in_other_words() -> None:
    assert "Call the customer again: 2" in steps("accepted", like=True)


def test_a_candidates_name_was_cut_out_of_a_story_and_is_no_step_by_likeness() -> None:
    assert "Call the customer again: 2" not in steps("candidate", like=True)
    assert steps("accepted", like=False) == steps("candidate", like=False)


DECIDED = {"on": "2026-05-01", "by": "Wim", "action": "defined", "reason": "ours"}
FAR = (
    "I rig boats. Wim asked me to sit down as if at my bench and went for a ruler.",
    "Wim went out and sat in the boat with him to see how far off the compass is.",
    "Ana had him show at the mast how far up he holds the lamp.",
)


def by_its_name(name: str, *told: str, **fields: object) -> list[str]:
    stories = {
        f"s{n}": Story(id=f"s{n}", narrative=text, people=["Wim", "Ana"]) for n, text in enumerate(told)
    }
    places = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    given = {"id": "P-0001", "name": name, "status": "accepted", "evidence": places, "decisions": [DECIDED]}
    made = gather(Practice.model_validate(given | fields), stories, HOUSE)
    return [f"{s.text}: {s.stories}" for s in made.steps]


def test_what_people_named_and_accepted_is_the_step_where_one_turn_of_one_story_would_be_all() -> None:
    assert by_its_name("Measure the distance", *FAR) == ["Measure the distance: 3"]


def test_a_name_nobody_gave_or_accepted_is_none() -> None:
    assert "Measure the distance: 3" not in by_its_name("Measure the distance", *FAR, decisions=[])
    assert "Measure the distance: 3" not in by_its_name("Measure the distance", *FAR, status="candidate")


def test_a_step_of_the_named_deed_stands_as_it_is_told() -> None:
    told = by_its_name("Clean the windows", "Ana cleaned our windows.", *FAR[1:])
    assert told and "Clean the windows: 3" not in told


def test_of_the_name_people_accepted_all_places_show_it_though_one_alone_says_its_words() -> None:
    line = "Rinse the oars of whoever waits"
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(FAR)}
    places = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    given = {"id": "P-0001", "name": line, "status": "accepted", "evidence": places, "decisions": [DECIDED]}
    cites = [Cite(*e.place) for e in places]
    known = Step(line, cites=(cites[0],))
    (step,) = as_named([known], Practice.model_validate(given), cites, stories, "customer")
    assert (step.text, step.stories) == (line, 3)
    (alone,) = as_named(
        [known], Practice.model_validate(given | {"decisions": []}), cites, stories, "customer"
    )
    assert alone.stories == 1


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("He phoned him later that week to check how he was doing.", True),
        ("Somebody telephoned to ask was I rowing again.", True),
        ("I got a call from Ana on the third day.", True),
        ("She called me by my name.", False),
        ("She called me a taxi.", False),
        ("Ana called the plumber.", False),
    ],
)
def test_who_was_called_shows_a_call_whenever_it_was(text: str, does: bool) -> None:
    assert does_as_named("Ring the customer in the first days after the sale", text, "customer") is does


@pytest.mark.parametrize(
    ("text", "does"),
    [("She cleaned my oars for nothing.", True), ("Her oars are clean. She left.", False), ("He cleaned the boat.", False)],
)  # fmt: skip
def test_what_it_is_done_to_shows_a_deed_of_that_name(text: str, does: bool) -> None:
    assert does_as_named("Clean the oars of whoever drops in", text, "customer") is does
