"""Why it matters, as those who were served say it: what they would not have done, and what kept them from it."""

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import gather
from servicestory.wording.otherwise import because_it_can, otherwise
from servicestory.wording.reasons import purpose_within, spared
from servicestory.wording.reasons_told import with_reasons


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("I should never have rung down myself.", "Otherwise the guest would never have rung down themselves"),
        ("I had a fever and would not have called myself.", "Otherwise the guest would not have called themselves"),
        ("We wouldn't have asked.", "Otherwise the guest would not have asked"),
        ("I would have left quietly that day.", "Otherwise the guest would have left quietly"),
        ("I had been too shy to complain, so he came.", "Because the guest may be too shy to complain"),
        ("I would have liked it.", ""),
        ("I would not have dared.", ""),
        ("She would never have rung.", ""),
        ("I would never have told him that.", ""),
        ("It was too late to call.", ""),
    ],
)  # fmt: skip
def test_what_they_would_not_have_done_is_why(told: str, why: str) -> None:
    assert otherwise(told, "guest") == why


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (
            ", because a loose cable can kill you on the hill.",
            "Because a loose cable can kill you on the hill",
        ),
        (", because a loose cable could kill him.", ""),
        (", because Ada can do it.", ""),
        (" and left, because a cable can break.", ""),
    ],
)
def test_a_danger_is_why_it_is_looked_at(after: str, why: str) -> None:
    assert because_it_can(after) == why


def test_what_was_so_only_that_once_is_no_reason_for_everybody() -> None:
    assert spared("He checked it because I had a long way home.", "rider") is None
    assert spared("He carried it up because my back was bad.", "tenant") == "Because the tenant's back is bad"


def test_what_is_shown_is_shown_so_that_it_is_understood() -> None:
    told = "He showed me the pads, so that I understood what I paid for."
    assert purpose_within(told, "rider") == "So that the rider understands what they pay for"


def test_the_reason_stands_at_the_step_it_is_of() -> None:
    texts = (
        "Ada called me the next morning to ask what was missing. I should never have rung down myself.",
        "Ada called us the next morning to ask what was missing.",
    )
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text, people=["Ada"]) for n, text in enumerate(texts)}
    evidence = [
        Evidence(story=key, start=0, end=story.narrative.index(".") + 1) for key, story in stories.items()
    ]
    practice = Practice(
        id="P-0001",
        name="Call the morning after arrival",
        core=["Call the guest in the morning", "See to what is missing"],
        evidence=evidence,
    )
    made = with_reasons(gather(practice, stories, Organisation(organisation="X", customer_word="guest")))
    assert [step.why for step in made.steps] == [
        "Otherwise the guest would never have rung down themselves",
        "",
    ]
    quoted = {
        k: s.model_copy(update={"narrative": texts[1], "quote": "I would not have called myself."})
        for k, s in stories.items()
    }
    made = with_reasons(gather(practice, quoted, Organisation(organisation="X", customer_word="guest")))
    assert made.steps[0].why == "Otherwise the guest would not have called themselves"
