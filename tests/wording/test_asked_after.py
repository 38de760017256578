"""What a call was for, where each asked about another thing."""

from dataclasses import replace

from servicestory.wording.asked_after import TEXT, with_question
from servicestory.wording.steps import Cite, Step

CALLED = (
    "Two days later she rang and wanted to know if the clutch was all right.",
    "A week after he phoned to hear whether the heating worked.",
    "They called me again on the Friday.",
)


def steps(
    *told: str, name: str = "Call the customer again", step: str = "Call the customer again"
) -> list[str]:
    passages = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(told)]
    made = Step(step, cites=tuple(c for c, _ in passages))
    return [f"{s.text}: {s.stories}" for s in with_question([made], passages, name)[1:]]


def test_that_each_asked_about_something_is_a_step() -> None:
    assert steps(*CALLED) == [f"{TEXT}: 2"]


def test_how_it_goes_is_asked_after_too_and_in_whatever_order() -> None:
    assert steps("She rang to see how I was managing.", "He phoned to ask was I rowing again.") == [
        f"{TEXT}: 2"
    ]
    assert steps("She rang to ask how many oars I had.", "He phoned to ask how to get there.") == []


def test_one_question_among_many_calls_is_none() -> None:
    assert steps(CALLED[0], *CALLED[2:] * 3) == [] and steps(CALLED[0]) == []


def test_who_asks_for_leave_asks_after_nobody() -> None:
    leave = "She called to ask whether they might replace the wipers."
    assert steps(leave, leave) == []


def test_where_a_line_says_what_is_asked_nothing_is_added() -> None:
    assert steps(*CALLED, name="Call and ask whether all is well") == []
    assert steps(*CALLED, step="Call the customer to ask how they slept") == []
    assert steps(*CALLED, step="Draw the customer a map") == []


def test_a_call_says_what_it_is_for_where_only_the_definition_does() -> None:
    passages = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(CALLED)]
    line = Step("Come back to ask whether all is well", "definition")
    call = Step("Call the customer's workshop", cites=tuple(c for c, _ in passages))
    asked = with_question([line, call], passages, "")
    assert [s.text for s in asked] == [line.text, "Call the customer's workshop to ask whether all is well"]
    assert with_question([replace(line, source="practice"), call], passages, "")[1] == call


def test_what_one_asked_in_a_call_is_no_step_where_others_asked_about_another_thing() -> None:
    places = [
        (Cite("a", "narrative", 0, 60), "Bram called her and asked whether the parcel had arrived."),
        (Cite("b", "narrative", 0, 60), "Runa rang the man in the evening and asked if the lamp was on."),
    ]
    one = Step("Ask whether the parcel has arrived", "stories", (places[0][0],))
    (made,) = with_question([one], places, "Come back to them")
    assert made.text == TEXT and made.stories == 2 and made.ways == (one.text,)
    assert with_question([one], places[:1], "Come back to them") == [one]  # nobody else asked anything
    away = [(places[1][0], "Runa looked whether the lamp was on."), places[0]]
    assert with_question([one], away, "Come back to them") == [one]
