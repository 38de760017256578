"""The card to take along stands where whom it serves can go on doing it themselves, and only there."""

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.train.card import teaches
from servicestory.wording.material import gather

HOUSE = Organisation(organisation="Lantern Court", customer_word="guest")


def card(text: str, name: str, **more: object) -> list[str]:
    story = Story(id="s", narrative=text)
    practice = Practice.model_validate(
        {"id": "P-0001", "name": name, "evidence": [Evidence(story="s", start=0, end=len(text))], **more}
    )
    return teaches(gather(practice, {"s": story}, HOUSE))


EXERCISES = ["Your exercises, one line for each, and how often", "What to watch for"]


@pytest.mark.parametrize(
    ("text", "name", "lines"),
    [
        ("She explained the way to the beach.", "Explain the way", ["The way to the beach"]),
        (
            "She filmed my exercises on my phone.",
            "Film the guest's exercises",
            [*EXERCISES, "Where the film of them is"],
        ),
        ("He practised the exercises with me.", "Practise the exercises", EXERCISES),
        ("He explained everything.", "Explain everything", []),
        ("She carried our bags up.", "Carry the bags", []),
        ("He went through the menu with us.", "Go through the menu with the guest", []),
    ],
)
def test_a_card_fits_where_they_can_do_it_themselves(text: str, name: str, lines: list[str]) -> None:
    found = card(text, name)
    assert found[: len(lines)] == lines and bool(found) is bool(lines)


def test_a_paper_that_comes_again_and_what_the_codebook_calls_teaching_have_a_card() -> None:
    core = ["Go through the payslip line by line, in plain words"]
    assert card("He called me.", "Call before payday", core=core) == [
        "The payslip, and what is different in it"
    ]
    taught = card("She showed us everything.", "Teach the guest to do it", definition="teach")
    assert taught == ["What was shown, one line for each step", "What to watch for"]
