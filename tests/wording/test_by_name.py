"""The deed a practice is named after, as a step."""

from collections.abc import Sequence

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import gather

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
