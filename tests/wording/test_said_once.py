"""Key points that say no more than their step, its moment or another step."""

from servicestory.wording.said_once import said_once
from servicestory.wording.steps import CAUTION, Cite, KeyPoint, Step

AT = (Cite("a", "narrative", 0, 5), Cite("b", "narrative", 0, 5))


def kept(step: str, *points: KeyPoint, due: str = "") -> list[str]:
    made = said_once([Step(step, "practice", AT, points)], due, "guest")
    return [point.text for point in made[0].key_points]


def told(text: str, **fields: str) -> KeyPoint:
    return KeyPoint(text, "", False, AT, **fields)


def test_a_key_point_its_step_says_already_is_none() -> None:
    assert kept("Draw the way by hand, with only what the guest will see", told("By hand")) == []
    assert kept("Go through the slip line by line, in plain words", told("Line by line")) == []
    film = "Film each exercise on the guest's own phone, from the front"
    assert kept(film, told("With the guest's own phone")) == []
    assert kept("Draw the way", told("By hand")) == ["By hand"]
    assert kept("Hand the guest the drawn way", told("By hand")) == ["By hand"]
    assert kept("Call before the money is due", told("Some days before payday")) == [
        "Some days before payday"
    ]


def test_what_was_heeded_stays_and_so_does_a_told_reason() -> None:
    heeded = told("Read the diet list first", kind=CAUTION)
    assert kept("Read the diet list first", heeded) == [heeded.text]
    reason = KeyPoint("By hand", "So that it can be read without a phone", True, AT)
    made = said_once([Step("Draw the way by hand", "practice", AT, (reason,))], "", "guest")
    assert (made[0].key_points, made[0].why) == ((), reason.reason)


def test_the_moment_and_the_other_steps_are_not_said_again() -> None:
    assert kept("Bring the bags", told("With a smile"), due="When they smile") == []
