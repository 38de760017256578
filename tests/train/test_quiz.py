"""Few questions, each of them sound: near misses beside the right answer, and nothing that gives it away."""

from dataclasses import replace
from datetime import date

import pytest

from servicestory.models.organisation import Organisation, Person
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Consent, Story
from servicestory.models.training import TrainingDocument
from servicestory.train.deal import LEAST_WRONG, MOST, WRONG, Deal, Question
from servicestory.train.details import bare, detail, whole
from servicestory.train.quiz import questions, values
from servicestory.train.quizfiles import read
from servicestory.train.telling import gives_away
from servicestory.train.voices import may_be_told
from servicestory.wording.definition import Definition
from servicestory.wording.material import Material, gather
from servicestory.wording.steps import Cite, KeyPoint, Step

HOUSE = Organisation(customer_word="guest")
CONTROL = TrainingDocument(id="QZ-0009", practice="P-0009", document="quiz", title="-")
ON = date(2026, 10, 5)


def practice(number: int, name: str, core: list[str], **more: object) -> Material:
    """A practice people decided for, whose core lines they wrote."""
    made = Practice.model_validate(
        {"id": f"P-{number:04d}", "name": name, "core": core, "status": "accepted", **more}
    )
    return gather(made, {}, HOUSE)


def told_in_stories(name: str, *texts: str, **more: object) -> Material:
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    made = Practice.model_validate(
        {"id": "P-0009", "name": name, "status": "accepted", "evidence": evidence, **more}
    )
    return gather(made, stories, HOUSE)


LANTERNS = practice(
    1,
    "Light the harbour path",
    [
        "Read the tide table by four",
        "Fill each lamp with oil",
        "Trim the wicks",
        "Hang the lamps along the quay the same evening",
    ],
    trigger="When fog is forecast",
    not_for=["Nights on which the harbour is closed"],
)
BOARD = practice(
    2,
    "Look after borrowed boats",
    ["Write the mooring into the book in the skipper's own words", "Put the hour to it", "Read the book before you go on watch"],
    trigger="As soon as a skipper has told you what is broken",
)  # fmt: skip
ASK = practice(3, "Sail checks", ["Ask what is missing", "Sew the torn sail by hand"])


def right(question: Question) -> str:
    return question.options[question.right]


def wrong(question: Question) -> list[str]:
    return [o for o in question.options if o != right(question)]


def asked(material: Material) -> dict[str, str]:
    return {q.text: right(q) for q in questions(material)}


def test_the_order_is_asked_once_and_among_the_practices_own_steps() -> None:
    found = [q for q in questions(LANTERNS) if "next step" in q.text]
    (one,) = found
    assert (one.text, right(one)) == (
        "“Read the tide table” is done. What is the next step of “Light the harbour path”?",
        "Fill each lamp with oil",
    )
    assert set(wrong(one)) == {"Trim the wicks", "Hang the lamps along the quay"}
    assert one.why == (
        "The order we agreed on: Read the tide table by four; fill each lamp with oil; trim the wicks; "
        "hang the lamps along the quay the same evening."
    )


def test_a_line_with_a_moment_of_its_own_comes_after_no_other() -> None:
    lines = [
        "Fill the lamp",
        "Trim the wick short",
        "Close the lid well",
        "Read the book before you go on watch",
    ]
    made = practice(4, "Lamps", lines)
    assert not any(right(q).startswith("Read the book") for q in questions(made) if "next step" in q.text)


def test_what_was_agreed_in_detail_is_asked_among_near_misses_of_its_kind() -> None:
    found = {q.text: q for q in questions(LANTERNS)}
    when = found["“Read the tide table …”: at what time, as we agreed?"]
    assert right(when) == "By four"
    assert all(o.startswith("By ") for o in wrong(when)) and len(wrong(when)) == WRONG
    by = found["“Hang the lamps along the quay …”: by when, as we agreed?"]
    assert right(by) == "The same evening" and "The next evening" in wrong(by)
    assert by.why == "So we agreed: “Hang the lamps along the quay the same evening”."


@pytest.mark.parametrize(
    ("line", "gap", "said", "near"),
    [
        ("Call the guest between nine and eleven", "Call the guest …", "between nine and eleven", "between twelve and two"),
        ("Call the guest between 9 and 11", "Call the guest …", "between 9 and 11", "between 12 and 2"),
        ("Ring the owner before ten", "Ring the owner …", "before ten", "before eight"),
        ("Give back up to 40 euros without asking", "Give back … without asking", "up to 40 euros", "up to 80 euros"),
        ("Give back up to €40", "Give back …", "up to €40", "up to €20"),
        ("Go with the guest all the way", "Go with the guest …", "all the way", "to the next corner"),
        ("Go through the bill line by line", "Go through the bill …", "line by line", "in broad lines"),
        ("Tell the learner in private", "Tell the learner …", "in private", "later, in a message"),
    ],
)  # fmt: skip
def test_a_detail_has_near_misses_of_its_own_kind(line: str, gap: str, said: str, near: str) -> None:
    found = detail(line, "guest")
    assert found and (found.gap, found.said) == (gap, said)
    assert near in found.near and said not in found.near and len(set(found.near)) >= WRONG
    assert bare(line, "guest") == (gap.replace(" …", "") if len(gap.split()) > 3 else line)


def test_other_hours_never_overlap_with_those_agreed() -> None:
    for first in range(1, 13):
        agreed = {first, first % 12 + 1, (first + 1) % 12 + 1}
        found = detail(f"Call the guest between {first} and {(first + 1) % 12 + 1}", "guest")
        assert found and len(set(found.near)) == WRONG
        for near in found.near:
            begin, end = (int(w) for w in near.split() if w.isdigit())
            inside = {(begin - 1 + n) % 12 + 1 for n in range((end - begin) % 12 + 1)}
            assert not inside & agreed - {first, (first + 1) % 12 + 1}, near


def test_how_an_act_is_done_anyway_is_no_near_miss() -> None:
    called, met = detail("Call the guest personally", "guest"), detail("Thank the guest personally", "guest")
    assert called and met and "by telephone" in met.near and "by telephone" not in called.near
    assert len(called.near) >= WRONG


def test_half_a_day_leaves_no_other_hours() -> None:
    found = detail("Answer the door between nine and five", "guest")
    assert found and found.near == ()


def test_what_is_no_detail_is_not_cut_off() -> None:
    for line in ("Check the boats one by one", "Carry the suitcase", "At once"):
        found = detail(line, "guest")
        assert found is None or found.said == "one by one"
    assert whole("Do it at once", "guest") and not whole("Greet the guest at once", "guest")
    assert bare("See it at once", "guest") == "See it at once"  # two words say nothing


def test_what_the_name_says_already_is_not_asked() -> None:
    named = practice(5, "Hang the lamps the same evening", list(LANTERNS.practice.core))
    assert not any("by when" in text for text in asked(named))
    due = practice(
        6, "Light the path when fog is forecast", ["Fill each lamp"], trigger="When fog is forecast"
    )
    assert not any("When do we do this" in text for text in asked(due))
    # In other words, but the same kind of act: who reads the name knows the answer.
    sorry = practice(
        7,
        "Apologise well",
        ["When a boat is late, say sorry", "Bring the skipper tea", "Note the hour of it"],
    )
    assert not any("a boat is late" in text for text in asked(sorry))


def test_what_each_place_may_decide_is_not_asked() -> None:
    free = practice(
        8, "Light the path", list(LANTERNS.practice.core), adaptable=["The evening may be another"]
    )
    assert "“Hang the lamps along the quay …”: by when, as we agreed?" in asked(LANTERNS)
    assert not any("by when" in text for text in asked(free))


def test_what_happens_now_and_then_is_a_question_of_judgement() -> None:
    lines = [
        "When nobody answers the horn, row over and look",
        "Blow the horn twice",
        "Tie the ferry up",
        "Count the oars",
    ]
    found = {q.text: q for q in questions(practice(9, "Ferry watch", lines))}
    one = found["When nobody answers the horn: what have we agreed to do?"]
    assert right(one) == "Row over and look"
    assert set(wrong(one)) == {"Blow the horn", "Tie the ferry up", "Count the oars"}


def test_for_whom_it_is_not_meant_is_asked_once() -> None:
    found = [q for q in questions(LANTERNS) if "for this case" in q.text]
    (one,) = found
    assert one.text.startswith("“Nights on which the harbour is closed”")
    assert right(one) == "Leave it out altogether" and len(wrong(one)) == WRONG
    assert "nights on which the harbour is closed" in one.why
    assert not any("for this case" in text for text in asked(BOARD))


def test_when_it_is_due_is_asked_only_where_people_wrote_it() -> None:
    found = {q.text: q for q in questions(BOARD)}
    one = found["When do we do this: “Look after borrowed boats”?"]
    assert right(one) == "As soon as a skipper has told you what is broken"
    told = told_in_stories(
        "Warm the soup",
        "The kitchen was closed when we came. She warmed the soup for us.",
        "We found the kitchen closed, and he warmed the soup for us.",
    )
    assert told.steps and not any("When do we" in text for text in asked(told))


def test_what_stories_tell_of_when_is_not_agreed_and_not_asked() -> None:
    point = KeyPoint(
        "The evening before", "", True, (Cite("a", "narrative", 0, 5), Cite("b", "narrative", 0, 5))
    )
    made = told_in_stories("Soup", "She packed me a lunch.", "He packed us a lunch.")
    loose = replace(made, steps=tuple(replace(s, key_points=(point,)) for s in made.steps))
    assert loose.steps and asked(loose) == {}
    due = replace(loose, practice=loose.practice.model_copy(update={"trigger": "When a bus leaves at dawn"}))
    assert any(q.endswith("when, as our stories tell it?") for q in asked(due))


def test_how_a_step_is_done_is_asked_where_several_stories_tell_it() -> None:
    made = told_in_stories("Soup", "She packed me a lunch.", "He packed us a lunch.")
    two = (Cite("a", "narrative", 0, 5), Cite("b", "narrative", 0, 5))

    def with_point(cites: tuple[Cite, ...]) -> Material:
        point = KeyPoint("With the guest's name on it", "So that nobody takes it", True, cites)
        return replace(made, steps=tuple(replace(s, key_points=(point,)) for s in made.steps))

    (one,) = questions(with_point(two))
    assert one.text == "“Pack the guest a lunch”: how is it marked, as our stories tell it?"
    assert right(one) == "With the guest's name on it" and "With your own name on it" in wrong(one)
    assert one.why == (
        "So 2 stories tell it: “Pack the guest a lunch: with the guest's name on it”. Why: so that nobody takes it."
    )
    assert questions(with_point(two[:1])) == []


def test_a_near_miss_that_a_story_tells_is_not_wrong() -> None:
    core = ["Go with the guest all the way"]
    told = told_in_stories("Ferry help", "She went with us to the next corner.", core=core)
    (one,) = questions(told)
    assert right(one) == "All the way" and "To the next corner" not in one.options
    (one,) = questions(practice(9, "Ferry help", core))
    assert "To the next corner" in one.options


def defined(name: str, counts: tuple[str, ...], not_it: tuple[str, ...]) -> Material:
    """A practice of the codebook, of which no story tells."""
    made = Practice(id="P-0011", name=name, definition="d", behaviour_statement="We row whoever asks.")
    bare_one = Material(made, "guest", (), (), (), ())
    return replace(bare_one, definition=Definition((name,), counts, not_it))


def test_what_is_not_meant_is_asked_once_and_examples_nobody_told_are_not() -> None:
    row = defined(
        "Take people over", ("a crossing after dark", "a crossing in fog"), ("a crossing for hire", "a map")
    )
    (one,) = questions(row)
    assert one.text == "Which of these is not what we mean by “Take people over”?"
    assert right(one) == "a crossing for hire" and set(wrong(one)) == set(row.definition.counts)
    assert one.why.endswith("is left out by its definition. What we mean: we row whoever asks.")
    assert questions(defined("Take people over", ("a crossing", "oars shown"), ())) == []
    # What tells a reader of stories what to leave uncounted is nothing anybody has to know at work.
    reader = defined("Take people over", ("a crossing", "oars shown"), ("a boat that simply lies there",))
    assert questions(reader) == []


def test_what_somebody_left_out_is_asked_of_what_they_did() -> None:
    lines = [
        "Write the mooring down",
        "Put the hour to it",
        "Hang the key up",
        "Sign the book before you go home",
    ]
    (one,) = [q for q in questions(practice(4, "Borrowed boats", lines[:3])) if "left out" in q.text]
    assert one.text == (
        "A colleague wrote the mooring down and hung the key up. "
        "Which agreed step of “Borrowed boats” was left out?"
    )
    assert right(one) == "Put the hour to it" and one.why == "So we agreed: “Put the hour to it”."
    assert len(wrong(one)) == WRONG and not set(wrong(one)) & set(lines)
    # Good things that it has, or leaves to each place, are none of the wrong ones.
    thanks = practice(
        4, "Boats", [*lines[:2], "Thank the skipper for it"], adaptable=["Who signs in writing"]
    )
    (one,) = [q for q in questions(thanks) if "left out" in q.text]
    assert not any(o.startswith("Thank") or "in writing" in o for o in wrong(one))
    # To tell somebody in charge is right besides where a line is to tell somebody.
    tells = practice(4, "Borrowed boats", [*lines[:2], "Tell the harbour master the same day"])
    (one,) = [q for q in questions(tells) if "left out" in q.text]
    assert not any(o.startswith("Tell ") for o in one.options)
    found = asked(practice(4, "Borrowed boats", lines))  # one is enough: the lines of each answer the other
    assert sum("left out" in text or "next step" in text for text in found) == 1


def test_nothing_is_asked_where_nothing_can_be_asked_well() -> None:
    assert questions(practice(9, "Be kind", [])) == []
    assert questions(practice(9, "Draw the guest a map", ["Draw the guest a map"])) == []


def test_the_same_house_gives_the_same_quiz_and_another_seed_another_order() -> None:
    once = questions(LANTERNS)
    assert once == questions(LANTERNS)
    assert any(questions(LANTERNS, seed) != once for seed in range(1, 5))


def test_every_quiz_is_sound() -> None:
    for made in (LANTERNS, BOARD, ASK):
        found = questions(made)
        assert len(found) <= MOST and len({q.text for q in found}) == len(found)
        for number, one in enumerate(found):
            assert LEAST_WRONG <= len(wrong(one)) <= WRONG and len(set(one.options)) == len(one.options)
            assert not gives_away(f"{one.text} {made.practice.name}", right(one), wrong(one), "guest")
            assert one.why and "“core”" not in one.why and "P-000" not in one.why
            others = [q for n, q in enumerate(found) if n != number]
            assert not any(right(one) in text for q in others for text in (q.text, *q.options))
    assert len(questions(LANTERNS)) > 3


def test_a_question_that_another_one_answers_is_not_asked() -> None:
    deal = Deal(LANTERNS)
    assert deal.put("Who trims the wicks?", "Whoever hangs them", ["The cook", "Nobody at all"], "-")
    assert not deal.put("“Whoever hangs them”: what else?", "They sweep", ["They sing", "They leave"], "-")
    assert not deal.put("Who sweeps the quay?", "The cook", ["The mate", "The smith"], "-")
    assert deal.put("Who sweeps the quay?", "The mate", ["The smith", "The bosun"], "-")


def test_a_word_within_a_word_is_no_answer() -> None:
    deal = Deal(LANTERNS)
    assert deal.put("Who sweeps?", "Once", ["Twice a day", "Never at all"], "-")
    assert deal.put("Who is at oncel?", "The smith", ["The mate", "The bosun"], "-")
    assert not deal.put("And at once?", "The cook", ["The sexton", "The pilot"], "-")


def test_the_longest_answer_is_not_the_right_one() -> None:
    deal = Deal(LANTERNS)
    long = "They go and ask whoever was on watch before them in the night"
    assert not deal.put("What now?", long, ["They leave", "They sing"], "-")
    assert deal.put("What now?", long, ["They leave it to the next watch on board", "They sing"], "-")


def test_no_letter_is_right_more_often_than_the_others() -> None:
    for seed in range(5):
        places = [q.right for q in questions(LANTERNS, seed)]
        assert len(places) > 2 and len(set(places)) >= min(WRONG, len(places))


def test_a_question_in_the_words_of_its_answer_is_not_asked() -> None:
    options = ["Warm the soup", "Carry the bags"]
    assert gives_away("A colleague wrote a list.", "Write it out", options, "guest")
    assert not gives_away("A colleague jotted a list.", "Write it out", options, "guest")
    assert not gives_away("The soup is done. What next?", "Taste the soup", options, "guest")
    assert gives_away(
        "A colleague mended the lamp.", "Mend at once", ["Find the seat", "Warm the soup"], "guest"
    )


def test_the_reason_of_an_answer_quotes_a_story_only_with_consent() -> None:
    house = Organisation(customer_word="guest", staff=[Person(name="Ilka Rein")])
    text = "It was late. Ilka Rein went with us the whole way. We slept."
    consent = [Consent(party="guest", uses=["training"])]

    def made(agreed: list[Consent]) -> tuple[Material, str]:
        story = Story(id="s", narrative=text, consent=agreed)
        given = {"id": "P-0001", "name": "Ferry help", "core": ["Go with the guest the whole way"], "status": "accepted",
                 "evidence": [Evidence(story="s", start=13, end=50)]}  # fmt: skip
        found = gather(Practice.model_validate(given), {"s": story}, house)
        (one,) = questions(found, told=lambda cites: may_be_told(found, cites, house, ON))
        return found, one.why

    _, why = made(consent)
    assert why == (
        "So we agreed: “Go with the guest the whole way”. A story: “A colleague went with us the whole way.”"
    )
    assert made([])[1] == "So we agreed: “Go with the guest the whole way”."


def test_the_reason_comes_back_from_the_page() -> None:
    (one, *_) = questions(LANTERNS)
    options = "\n".join(f"- [ ] {'ABCD'[n]}. {o}" for n, o in enumerate(one.options))
    page = f"### 1. {one.text}\n\n{options}\n\n## Answers\n\n1. **{'ABCD'[one.right]}** {one.why} [s#0-9]\n"
    assert read(page, "quiz.md")[0].why == one.why


def test_where_every_answer_would_repeat_the_name_that_is_said() -> None:
    made = values(
        told_in_stories("Draw the guest a map", "She drew us a map.", "He drew me a map."), [], CONTROL
    )
    assert "no more than its name" in made["missing"] and "says where to write it" in made["missing"]


def test_an_odd_one_out_that_is_plain_is_not_asked() -> None:
    counts = ("a crossing after dark", "a crossing in fog")
    assert questions(defined("Take people over", counts, ("a sack of gold",))) == []
    assert questions(defined("Take people over", counts, ("a crossing without water",))) == []


def test_what_has_no_other_limit_is_not_asked_by_when() -> None:
    for said in ("at once", "straight away", "within minutes", "without being asked"):
        found = detail(f"Fill each lamp of the quay {said}", "guest")
        assert found and found.near == () and asked(practice(9, "Quay", [f"Fill each lamp {said}"])) == {}


def test_a_limit_is_not_kept_by_a_wrong_answer_too() -> None:
    for said, near in (
        ("the same day", ("the next day", "within three days", "within the week")),
        ("within two hours", ("within four hours", "within ten hours", "within 20 hours")),
        ("by noon", ("by the evening", "by the next morning", "by the end of the week")),
        ("within the hour", ("within three hours", "within the day", "within the week")),
    ):
        found = detail(f"Hang the lamps along the quay {said}", "guest")
        assert found and found.near == near


def test_where_the_customer_sees_it_is_not_asked() -> None:
    # "where they have to ask for it" is plainly worse; the words still count as a detail, so that none asks for them
    assert not questions(practice(8, "Day plans", ["Write it large", "Put the plan where the guest sees it"]))


def test_a_date_is_no_wrong_label() -> None:
    found = detail("Put the lunch out with the guest's name on it", "guest")
    assert found and not any("date" in said for said in found.near)


def test_what_only_a_definition_says_is_not_called_agreed() -> None:
    step = Step("Call the skipper between nine and eleven", "definition", ())
    call = Step("When nobody answers, row over and look", "definition", ())
    more = [Step(text, "definition", ()) for text in ("Tie the ferry up", "Count the oars")]
    found = asked(replace(defined("Ferry watch", (), ()), steps=(step, call, *more)))
    assert "“Call the skipper …”: at what time, as it is defined?" in found
    assert found["When nobody answers: what is to be done, as it is defined?"] == "Row over and look"
    assert not any("agreed" in text for text in found)


def test_why_there_is_no_quiz_is_true() -> None:
    named = defined("Take people over", ("a crossing", "oars shown first"), ())
    general = replace(named, steps=(Step("Stay close", "definition", ()),))
    shown = [values(made, [], CONTROL)["missing"] for made in (named, general)]
    assert shown[0].startswith("None of its steps is known yet; ")
    assert shown[1].startswith("Its steps are general ones so far; nobody has written down how exactly")
    assert all("no examples" not in said and "says where to write it" in said for said in shown)


def test_lines_of_another_language_are_not_told_as_done() -> None:
    tea = practice(7, "Tee bringen", ["Tee kochen", "Tee anbieten", "Nach dem Weg fragen"])
    assert not any("left out" in q.text for q in questions(tea))
