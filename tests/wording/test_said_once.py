"""Key points that say no more than their step, its moment or another step."""

from servicestory.wording.said_once import examples_once, read_twice, said_by_a_line, said_once
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
    assert kept("Draw the way by hand", told("Do it by hand, and keep it short")) == []
    assert kept("Get it mended straight away", told("Do it at once")) == []
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


def test_an_example_another_point_says_is_no_example() -> None:
    heeded = told("First read the diet list", kind=CAUTION)
    both = told("For example: read the diet list first; ring the night nurse")
    (bag,) = examples_once([Step("Put a bag by the door", "stories", AT, (heeded, both))])
    assert [p.text for p in bag.key_points] == [heeded.text, "For example: ring the night nurse"]
    same = told("For example: ring the cleaners")
    first, second = examples_once(
        [Step("Get the room ready", "stories", AT, (same,)), Step("Clean the hall", "stories", AT, (same,))]
    )
    assert first.key_points and not second.key_points


def test_one_deed_read_twice_in_the_same_places_is_one_step() -> None:
    ready = Step(
        "Get the room ready early",
        cites=(Cite("a", "narrative", 0, 40), *AT[1:], Cite("c", "narrative", 0, 9)),
    )
    cleaned = Step("Have a room cleaned", cites=(Cite("a", "narrative", 5, 30), Cite("b", "narrative", 3, 9)))
    (one,) = read_twice([ready, cleaned])
    assert (one.text, one.ways) == (ready.text, (cleaned.text,))
    elsewhere = Step("Have a room cleaned", cites=(Cite("a", "narrative", 50, 70), *AT[1:]))
    assert read_twice([ready, elsewhere]) == [ready, elsewhere]
    other = Step("Bring the tea", cites=cleaned.cites)
    assert read_twice([ready, other]) == [ready, other]
    agreed = Step("Have a room cleaned", "practice", cleaned.cites)
    assert read_twice([ready, agreed]) == [ready, agreed]


def test_a_step_a_line_of_the_definition_says_word_for_word_is_its_evidence() -> None:
    line, far = Step("Show and let people try", "definition", AT[:1]), Step("Hand over a card", "definition")
    told, other = Step("Let the guest try it", "stories", AT[1:]), Step("Let the guest in", "stories", AT)
    made = said_by_a_line([line, far, told, other], "guest")
    assert [s.text for s in made] == [line.text, far.text, other.text]
    assert made[0].cites == AT and made[0].ways == (told.text,)
