"""The question to the team where no story says what makes or breaks a step."""

import pytest

from servicestory.wording.asking import question


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        ("Ring the guest before noon", "nobody answers"),
        ("Explain the oars to the guest", "understood"),
        ("When a lamp is broken, get it fixed", "Whom do you call"),
        ("Fetch the guest a lamp", "who may say yes"),
        ("Give the guest courage", "somebody could see it"),
        ("Give the guest a cushion", "Where do you get it"),
        ("Notice who is sad", "By what do you notice"),
        ("Look after the ponies", "What is needed for it"),
        ("Look up when they come in", "busy with somebody else"),
        ("Take a picture of the guest's boat", "must not be seen"),
        ("Ask how the boat ran", "only “fine”"),
        ("Ask the guest to sit down", "would rather not"),
        ("Ask the guest what they do all day", "do with the answer"),
        ("Ask whether all is well now", "only “fine”"),
        ("Ask how the guest has slept", "only “fine”"),
        ("Ask the guest how to reach them", "do with the answer"),  # nobody answers "fine" to that
        ("Ask how far the guest can walk", "do with the answer"),
        ("Ask whether the guest would like to be filmed", "do with the answer"),
        ("Ask the doctor", "cannot be reached"),
        ("Ask the nurse and call back", "cannot be reached"),
        ("Mark the guest's birthday", "hear of it in time"),
        ("When you learn of an occasion, mark it", "hear of it in time"),
        ("Mark the oars with a ribbon", "able to read it"),
        ("Hand over what was promised", "the next one know"),
        ("Hand over something written", "they can read it"),
        ("Hand over a spare key", "who may say yes"),
        ("Have the guest's boat washed", "Whom do you tell"),
        ("Bring the family into the workshop", "Who is asked to come"),
        ("Invite the guest's daughter along", "Who is asked to come"),
        ("Bring the family a lantern", "who may say yes"),
        ("Have the guest row a length", "would rather not"),
        ("Have the guest rowed across", "Whom do you tell"),
        ("Have the joiner come at once", "Whom do you tell"),
        ("Come back after an hour", "When do you come back"),
    ],
)
def test_each_kind_of_act_has_a_question_of_its_own(step: str, asked: str) -> None:
    assert asked in question(step)


def test_of_a_kind_of_act_nobody_gets_wrong_in_its_own_way_nothing_is_asked() -> None:
    assert question("Describe the oars to the guest") == question("Put the oars away") == ""
    assert question("Come out to the jetty") == question("Listen to the guest's engine") == ""
    assert question("Listen to the guest") == "How do you show that you have understood?"
