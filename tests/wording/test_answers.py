"""What the places of a step tell of its open question."""

from dataclasses import replace
from typing import Any

import pytest

from servicestory.models.practice import Practice
from servicestory.models.story import Consent, Story
from servicestory.wording.answers import answers, open_questions
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, KeyPoint, Step

AGREED: dict[str, Any] = {"consent": [Consent(party="guest", uses=["training"])]}


def made(step: str, *texts: str, end: int | None = None, **fields: Any) -> Material:
    stories = {
        f"s{n}": Story.model_validate({"id": f"s{n}", "narrative": text, "people": ["Xaver"], **fields})
        for n, text in enumerate(texts)
    }
    cites = tuple(Cite(key, "narrative", 0, end or len(s.narrative)) for key, s in stories.items())
    return Material(
        Practice(id="P-0001", name=step), "guest", (Step(step, "stories", cites),), (), (), cites, stories
    )


@pytest.mark.parametrize(
    ("step", "told", "answer"),
    [
        ("Lend the guest an umbrella", "He lent us one out of the tall stand; from the rack by the door.", ("from the rack",)),
        ("Lend the guest an umbrella", "She took it from a drawer and gave it to me for the whole week.", ("from a drawer", "for the whole week")),
        ("Lend the guest an umbrella", "He took it from my brother for a laugh.", ()),
        ("Lend the guest an umbrella", "He took it from the rack and not from the cellar.", ("from the rack",)),
        ("Repair the lamp", "She had it mended within the hour.", ("within the hour",)),
        ("Repair the lamp", "It was done before lunch; he rang the electrician.", ("before lunch", "rang the electrician")),
        ("Apologise to the guest", "He said sorry without any excuses and never blamed the kitchen.", ("without any excuses", "never blamed the")),
        ("Send the plumber up", "She sent the plumber.", ()),  # the step says it
        ("Note the wish on the card", "She put it down for Xaver and for the morning shift.", ("for the morning shift",)),
        ("Note the wish on the card", "She put it down for the Xaver team.", ()),  # a name
    ],
)  # fmt: skip
def test_a_place_time_or_word_that_is_told_stands_beside_the_question(
    step: str, told: str, answer: tuple[str, ...]
) -> None:
    ((_, found),) = open_questions(made(step, told, **AGREED))
    assert found == tuple(f"“{one}”" for one in answer)


@pytest.mark.parametrize(
    ("step", "told", "again"),
    [
        ("Lend the guest an umbrella", "He took it out of the tall old stand for me; from a dusty drawer.", ("a drawer",)),
        ("Repair the lamp", "She had it mended within the hour; she rang the electrician.", ("within the hour", "the electrician")),
        ("Apologise to the guest", "He said sorry without any excuses and never blamed the kitchen.", ("no excuses", "nobody is blamed")),
        ("Pack the guest a lunch", "She packed a lunch. She asked first what we eat.", ()),
    ],
)  # fmt: skip
def test_what_nobody_agreed_to_is_said_again_and_not_quoted(
    step: str, told: str, again: tuple[str, ...]
) -> None:
    kept = Consent(party="guest", uses=["training"], withdrawn_on="2026-01-01")
    for consent in ([], [Consent(party="guest", uses=["company"])], [kept]):
        ((_, found),) = open_questions(made(step, told, consent=consent))
        assert found == again


def test_up_to_what_amount_is_asked_though_stories_give_examples() -> None:
    given = made("Give something back, where something is to be given", "She did.")
    point = KeyPoint("For example a voucher", "", False, given.steps[0].cites, "example")
    step = replace(given.steps[0], key_points=(point,))
    assert open_questions(replace(given, steps=(step,)))[0][0] == "Who may say yes, and up to what amount?"


def test_who_reads_it_is_not_asked_where_a_step_says_so() -> None:
    one = made("Note the wish on the card", "She did.")
    assert open_questions(one)[0][0] == "Where is it kept, and who reads it when?"
    read = replace(one, steps=(*one.steps, Step("Read the card before you begin", "practice")))
    assert open_questions(read)[0][0] == "Where is it kept?"


def test_what_a_caution_says_is_no_answer_besides() -> None:
    one = made("Pack the guest a lunch", "She packed a lunch. She asked first what we eat.", **AGREED)
    assert open_questions(one)[0][1] == ("“asked first what we eat”",)
    heeded = KeyPoint("First ask what the guest is allowed", "", False, one.steps[0].cites, "caution")
    assert open_questions(replace(one, steps=(replace(one.steps[0], key_points=(heeded,)),))) == [("", ())]


def test_what_follows_a_mere_fine_is_told_with_consent_only() -> None:
    text = "He asked how we slept. I said it was fine.\nHe stayed where he was. Then I told him."
    for consent, told in ((AGREED, ("“he stayed where he was”",)), ({}, ())):
        ((question, found),) = open_questions(made("Ask how the night was", text, end=21, **consent))
        assert "only “fine”" in question and found == told


def test_a_step_with_a_key_point_is_asked_of_only_what_is_told() -> None:
    point = KeyPoint("Do it at once", "", False, ())
    for told, asked in (
        ("He had it made up and telephoned housekeeping.", True),
        ("He had it made up.", False),
    ):
        one = made("Have the room made up", told)
        known = replace(one, steps=(replace(one.steps[0], key_points=(point,)),))
        assert bool(open_questions(known)[0][0]) is asked
    said = replace(point, text="Telephone housekeeping")
    again = made("Have the room made up", "He had it made up and telephoned housekeeping.")
    assert open_questions(replace(again, steps=(replace(again.steps[0], key_points=(said,)),))) == [("", ())]
    example = replace(point, kind="example", source="definition")
    open_yet = replace(one, steps=(replace(one.steps[0], key_points=(example,)),))
    assert open_questions(open_yet)[0][0]  # what counts is no answer


def test_what_was_asked_or_looked_up_first_stands_beside_what_must_be_in_it() -> None:
    text = (
        "He packed us a lunch and reads the allergy card first. She asked me beforehand what I like and when."
    )
    one = made(
        "Pack the guest a lunch",
        text,
        "She packed a lunch. Then it rained. He asked first what we eat.",
        end=19,
        **AGREED,
    )
    ((question, found),) = open_questions(one)
    assert "what must be in it" in question
    # The third story asks two sentences on: that is another moment.
    assert found == ("“reads the allergy card first”", "“asked me beforehand what I like”")
    plain = made(
        "Pack the guest a lunch",
        "He packed a lunch. She asked first what we eat and drink.",
        end=17,
        **AGREED,
    )
    assert open_questions(plain)[0][1] == ("“asked first what we eat”",)
    assert open_questions(made("Ring the guest", "She asked first what we eat.", **AGREED))[0][1] == ()


def test_answers_are_few_and_each_is_told_once() -> None:
    texts = [f"She took it from a {thing}." for thing in ("drawer", "drawer", "shelf", "box", "tin")]
    one = made("Lend the guest a pen", *texts)
    assert answers("Where is it kept?", one.steps[0], one) == ("a drawer", "a shelf", "a box")


def test_a_sheet_asks_two_things_that_no_story_answers_and_all_it_knows_something_of() -> None:
    given = made("Repair the lamp", "She had it mended within the hour.", **AGREED)
    lines = ("Read the card", "Draw the way", "Listen", "Thank the guest")
    steps = (*(Step(line, "practice") for line in lines), *given.steps)
    asked = open_questions(replace(given, steps=steps))
    assert [bool(question) for question, _ in asked] == [True, True, False, False, True]
    assert asked[-1][1] == ("“within the hour”",)
