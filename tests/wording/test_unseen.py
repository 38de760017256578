"""What a definition says and no story shows is asked for and stands in no sheet as a step."""

import pytest

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.gaps import gaps
from servicestory.wording.material import Material, gather
from servicestory.wording.unseen import without_unseen

HOUSE = Organisation(customer_word="guest")
CALM = CodebookEntry(
    key="calm",
    name="Calm people who are afraid",
    definition="-",
    behaviour_statement="We notice fear, stay close and give confidence.",
    include=["holding a hand"],
)


def made(text: str, status: str = "candidate", entry: CodebookEntry = CALM) -> Material:
    story = Story(id="s", narrative=text)
    place = Evidence(story="s", start=0, end=len(text))
    practice = Practice(id="P-0001", name=entry.name, definition=entry.key, evidence=[place], status=status)
    return without_unseen(gather(practice, {"s": story}, HOUSE, {entry.key: entry}), entry)


def test_lines_of_a_definition_no_story_shows_are_no_steps_and_are_asked_for() -> None:
    found = made("It was a good evening for all of us.")
    assert found.steps == () and found.unseen == ("Notice fear", "Stay close", "Give confidence")
    (asked,) = [gap for gap in gaps(found, HOUSE) if "Stay close" in gap]
    assert "no step yet" in asked


@pytest.mark.parametrize("status", ["accepted", "standard", "pilot", "local"])
def test_where_people_accepted_the_practice_its_definition_stays(status: str) -> None:
    found = made("It was a good evening for all of us.", status)
    assert len(found.steps) == 3 and found.unseen == ()


def test_where_a_story_shows_one_of_the_lines_they_stay_together() -> None:
    found = made("The nurse stayed close to me the whole night.")
    assert [s.text for s in found.steps if s.source == "definition"] == [
        "Notice fear",
        "Stay close",
        "Give confidence",
    ]
    assert found.unseen == ()


def test_what_is_put_right_is_done_the_same_way_everywhere() -> None:
    mend = CodebookEntry(
        key="mend",
        name="Put a fault right",
        definition="-",
        behaviour_statement="When something is broken, we get it fixed.",
        incident="failure put right",
    )
    assert made("The lamp had broken. It was a good evening for all of us.", entry=mend).steps
    assert not made("It was a good evening for all of us.", entry=mend).steps, "nothing had gone wrong"
