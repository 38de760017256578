"""A step is a verb and an object; what is not is named to its owner."""

import pytest

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.wording.gaps import gaps, where_to_write
from servicestory.wording.lint import is_step, unnamed
from servicestory.wording.material import gather
from servicestory.wording.steps import Step


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("Walk the guest to the room", True),
        ("When it rains, offer an umbrella", True),
        ("Do not point: walk along", True),
        ("Never leave before the tea is hot", True),
        ("Politeness", False),
        ("Smile", False),
        ("Friendly tone at all times", False),
        ("", False),
    ],
)
def test_a_step_is_a_verb_and_an_object(line: str, step: bool) -> None:
    assert is_step(line) is step


def test_a_core_line_that_is_no_step_is_named() -> None:
    practice = Practice(
        id="P-0001", name="Carry bags", core=["Carry the bags up", "Friendly tone at all times"]
    )
    entry = CodebookEntry(key="bags", name="Carry bags", definition="Staff carry bags.")
    made = gather(practice, {}, Organisation(organisation="Lantern Court"), {entry.key: entry})
    said = [
        line for line in gaps(made, Organisation(organisation="Lantern Court")) if "is no step yet" in line
    ]
    assert len(said) == 1 and "Friendly tone at all times" in said[0] and "P-0001" not in said[0]
    assert "“core:” the steps" in where_to_write(made, Organisation(organisation="Lantern Court"))


@pytest.mark.parametrize(
    ("line", "open_"),
    [
        ("Hang it where the guest looks first", True),
        ("Play it back together", True),
        ("See to it the same morning", True),
        ("Initial it", True),
        ("Then wrap it, and tie a bow", True),
        ("See to it that the door is locked", False),
        ("Print tomorrow's plan or write it by hand", False),
        ("When a cup breaks, replace it", False),
        ("Ask what is missing", False),
        ("Do the lamp this way", False),
        ("Keep this list by the telephone", False),
        ("Do this before the guest is there", True),
    ],
)
def test_a_line_alone_says_what_it_is_about(line: str, open_: bool) -> None:
    assert unnamed([Step(line, "practice")]) == ([line] if open_ else [])
    assert unnamed([Step(line, "stories")]) == []
