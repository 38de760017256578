"""Reasons that places of evidence tell, at the step they are told of."""

from dataclasses import replace

import pytest

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.wording.manner import tails
from servicestory.wording.material import Material
from servicestory.wording.reasons_told import with_reasons
from servicestory.wording.steps import Cite, KeyPoint, Step

_SECOND = "One look says little; the second finds what has changed"
_WAITS = "A need that waits becomes a complaint"


def reasons(text: str, *steps: tuple[str, str], people: tuple[str, ...] = ()) -> list[str]:
    """The reasons of steps, each cited at the words of ``text`` given with it."""
    story = Story(id="s", narrative=text, people=list(people))
    made = []
    for step, words in steps:
        at = text.index(words)
        made.append(Step(step, "stories", (Cite("s", "narrative", at, at + len(words)),)))
    material = Material(Practice(id="P-0001", name="Do it"), "guest", tuple(made), (), (), (), {"s": story})
    return [step.why for step in with_reasons(material).steps]


def test_a_step_that_says_what_it_is_for_needs_no_reason_besides() -> None:
    told = "She wrote it down, so I was never asked again."
    story = Story(id="s", narrative=told)
    cite = Cite("s", "narrative", 0, len(told))
    for text, said in (("Write it down", True), ("Write it down so that nobody asks twice", False)):
        practice = Practice(id="P-0001", name="Hand over")
        made = Material(practice, "guest", (Step(text, "stories", (cite,)),), (), (), (cite,), {"s": story})
        assert bool(with_reasons(made).steps[0].why) is said


def test_a_reason_belongs_to_the_deed_told_nearest_before_it() -> None:
    text = "Ilka packed the lamp in paper and hung it by the gate so we could not miss it."
    steps = (("Pack the lamp", "packed the lamp in paper"), ("Hang it by the gate", "hung it by the gate"))
    assert reasons(text, *steps) == ["", "So that the guest cannot miss it"]


def test_what_it_was_for_may_be_for_others_of_the_house() -> None:
    text = "He left a list by the door, so the night porter would know which gate to open."
    assert reasons(text, ("Leave a list", "left a list by the door")) == [
        "So that the night porter will know which gate to open"
    ]
    unclear = "He left a list by the door, so the night porter would find it."
    assert reasons(unclear, ("Leave a list", "left a list by the door")) == [""]
    thing = "He left a list by the door, so the door could stay open."
    assert reasons(thing, ("Leave a list", "left a list by the door")) == [""]  # of things it is no purpose
    named = "He left a list by the door, so the xaver crew could open the gate."
    assert reasons(named, ("Leave a list", "left a list by the door"), people=("Xaver",)) == [""]


def test_what_came_of_it_is_read_there_and_in_the_next_sentence_unless_somebody_does_another_thing() -> None:
    step = ("Write the wish down", "wrote the wish down")
    assert reasons("She wrote the wish down. We were never once asked again.", step) == [
        "So that the guest is never asked again"
    ]
    assert reasons("She wrote the wish down. Then she rang ahead, and we were never asked again.", step) == [
        ""
    ]
    assert reasons("She wrote the wish down. It rained. We were never asked again.", step) == [""]


def test_one_reason_stands_once() -> None:
    text = "She swept the stair so that we could pass. He lit the stair so that we could pass."
    steps = (("Sweep the stair", "swept the stair"), ("Light the stair", "lit the stair"))
    assert reasons(text, *steps) == ["So that the guest can pass", ""]


def test_what_came_of_it_is_of_the_deed_told_last_and_what_it_cost_is_no_reason() -> None:
    queue = " I did not have to queue twice."
    paid = " I did not have to pay for it."
    why = ["So that the guest does not have to queue twice"]
    assert reasons("She kept my ticket." + queue, ("Keep the guest's ticket", "kept my ticket")) == why
    other = "She kept my ticket and called the ferry."
    assert reasons(other + queue, ("Keep the guest's ticket", "kept my ticket")) == [""]
    assert reasons("She kept my ticket." + paid, ("Keep the guest's ticket", "kept my ticket")) == [""]


def test_a_reason_of_the_trade_stands_only_where_it_is_one_of_the_act() -> None:
    def reason(step: str) -> str:
        ((point, why),) = tails(f"{step} the evening before")[1]
        told = Step(step, "stories", (), (KeyPoint(point, why.replace("{c}", "guest"), False, ()),))
        made = Material(Practice(id="P-0001", name=step), "guest", (told,), (), (), ())
        return with_reasons(made).steps[0].key_points[0].reason

    assert reason("Ask the guest what they like") == "There is still time to put right what is wrong"
    assert reason("Pack the guest a lunch") == (
        "What is ready the evening before is there, however early it is needed"
    )


@pytest.mark.parametrize(
    ("step", "point", "reason", "stands"),
    [
        ("Copy out the menu", "Do it again at regular times, not once", _SECOND, False),
        ("Check the stove", "Do it again at regular times, not once", _SECOND, True),
        ("Have the boat painted", "At once", _WAITS, False),
        ("Bring the guest a blanket", "At once", _WAITS, True),
    ],
)
def test_a_second_look_and_a_need_that_waits_are_reasons_of_some_acts_only(
    step: str, point: str, reason: str, stands: bool
) -> None:
    told = Step(step, "stories", (), (KeyPoint(point, reason, False, ()),))
    made = Material(Practice(id="P-0001", name=step), "guest", (told,), (), (), ())
    assert with_reasons(made).steps[0].key_points == (KeyPoint(point, reason if stands else "", False, ()),)
    heard = replace(told, key_points=(KeyPoint(point, reason, True, ()),))  # a story says so
    assert with_reasons(replace(made, steps=(heard,))).steps == (heard,)
