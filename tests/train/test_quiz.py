"""Questions with one right answer, and wrong ones that are good practice elsewhere."""

from dataclasses import replace

from servicestory.detect.alike import Nearness
from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import UNNAMED, Evidence, Practice
from servicestory.models.story import Story
from servicestory.models.training import TrainingDocument
from servicestory.train.deal import LEAST_WRONG, WRONG, Deal, Question
from servicestory.train.quiz import evidence_by_story, questions, values
from servicestory.train.telling import gives_away
from servicestory.wording.definition import Definition
from servicestory.wording.material import Material, gather
from servicestory.wording.steps import Cite, KeyPoint

HOUSE = Organisation(customer_word="guest")
CONTROL = TrainingDocument(id="QZ-0009", practice="P-0009", document="quiz", title="-")


def practice(number: int, name: str, core: list[str], **more: object) -> Material:
    """A practice people decided for, whose core lines they wrote."""
    made = Practice.model_validate(
        {"id": f"P-{number:04d}", "name": name, "core": core, "status": "accepted", **more}
    )
    return gather(made, {}, HOUSE)


CALL = practice(
    1,
    "Call the morning after",
    ["Call the guest between nine and eleven", "Ask how the first night was", "Note the wish on the handover card"],
    trigger="On the morning after a guest has arrived",
)  # fmt: skip
OTHERS = [
    practice(2, "Draw a map", ["Draw the walk to the weir in little pictures"]),
    practice(3, "Warm the soup", ["Keep a pot of leek soup on the stove"]),
    practice(4, "Carry bags", ["Carry the heavier suitcase upstairs"]),
    practice(5, "Film the exercises", ["Film each movement with the tablet"]),
]


def right(question: Question) -> str:
    return question.options[question.right]


def test_a_moment_asks_for_the_first_step_and_each_step_for_the_next() -> None:
    asked = questions(CALL, [CALL, *OTHERS])
    assert [q.text for q in asked[:3]] == [
        "On the morning after a guest has arrived: what have we agreed to do?",
        "“Call the guest between nine and eleven” is done. What is the next step of “Call the morning after”?",
        "“Ask how the first night was” is done. What is the next step of “Call the morning after”?",
    ]
    assert [right(q) for q in asked[:3]] == list(CALL.practice.core)


def test_one_answer_is_right_and_the_others_belong_to_other_practices() -> None:
    own = {s.text for s in CALL.steps}
    elsewhere = {s.text for m in OTHERS for s in m.steps}
    for question in questions(CALL, OTHERS):
        wrong = [o for o in question.options if o != right(question)]
        assert LEAST_WRONG <= len(wrong) <= WRONG and len(set(question.options)) == len(question.options)
        assert right(question) in own and set(wrong) <= elsewhere and not own & set(wrong)


def test_the_same_house_gives_the_same_quiz_and_another_seed_another_order() -> None:
    once, again = questions(CALL, OTHERS), questions(CALL, OTHERS[::-1])
    assert once == again
    assert any(questions(CALL, OTHERS, seed) != once for seed in range(1, 5))


def test_nothing_is_asked_where_nothing_can_be_asked_well() -> None:
    assert questions(CALL, []) == [] and questions(CALL, OTHERS[:1]) == []
    assert questions(practice(9, "Be kind", []), OTHERS) == []
    # A line with a list in it, or of one word, is no option.
    assert questions(practice(9, "Help", ["Help", "See what helps: towels; pillows"]), OTHERS) == []


def test_what_shares_its_words_with_the_scene_or_is_right_everywhere_is_no_wrong_answer() -> None:
    near = practice(6, "Breakfast", ["Serve breakfast the next morning before nine"])
    anywhere = practice(7, "Answer", ["Answer all questions about the house"])
    asked = questions(CALL, [*OTHERS, near, anywhere])
    said = {o for q in asked if not q.text.startswith("Which") for o in q.options}
    assert said and not said & {s.text for m in (near, anywhere) for s in m.steps}


def test_practices_told_in_the_same_stories_are_no_rivals() -> None:
    text = "She carried the heavier suitcase upstairs. She called the next morning to ask how the night was."
    told = {
        f"s{n}": Story(id=f"s{n}", narrative=text, date="2026-01-01", customer={"kind": "external"})
        for n in range(4)
    }

    def of(number: int, name: str, start: int, end: int) -> Material:
        evidence = [Evidence(story=key, start=start, end=end) for key in told]
        return gather(Practice(id=f"P-{number:04d}", name=name, evidence=evidence), told, HOUSE)

    cut = text.index(". ") + 1
    bags, call = of(1, "Carry the suitcase", 0, cut), of(2, "Call the next morning", cut + 1, len(text))
    assert bags.steps and call.steps
    for question in questions(bags, [call, *OTHERS]):
        assert not {s.text for s in call.steps} & set(question.options)


def test_a_colleague_is_served_among_colleagues() -> None:
    slip = practice(
        8, "Read the slip", ["Read the slip with the colleague"], trigger="When payday is near and a figure is odd"
    )  # fmt: skip
    rivals = [
        practice(10, "Soup", ["Keep a pot of leek soup for the guest"]),
        practice(11, "Map", ["Draw the guest a winter map"]),
    ]
    (asked, *_) = questions(slip, rivals)
    assert "guest" not in " ".join(asked.options) and right(asked) == "Read the slip with the colleague"


def test_a_situation_from_the_stories_asks_for_what_was_done_in_it() -> None:
    text = (
        "I stood there with two heavy bags. He smiled, greeted me and carried the heavier suitcase upstairs."
    )
    told = {f"s{n}": Story(id=f"s{n}", narrative=text, date="2026-01-01") for n in range(4)}
    evidence = [Evidence(story=key, start=0, end=len(text)) for key in told]
    material = gather(Practice(id="P-0001", name="Carry the suitcase", evidence=evidence), told, HOUSE)
    rivals = [m for m in OTHERS if m.practice.id != "P-0004"]
    (asked, *_) = questions(material, rivals)
    assert asked.text == "A guest stands there with more luggage than hands. What have we agreed to do?"
    assert right(asked) == "Carry the heavier suitcase upstairs" and asked.cites[0].story == "s0"
    # Where another practice is told in the same situation, its steps are no wrong answers.
    same = gather(
        Practice(id="P-0009", name="Store bags", core=["Store what is heavy in the cellar"]), {}, HOUSE
    )
    scene = ((asked.text.removesuffix(" What have we agreed to do?"), ()),)
    rivals = [*rivals, replace(same, situations=scene)]
    assert all("cellar" not in o for q in questions(material, rivals)[:1] for o in q.options)


def test_a_kindness_that_fits_any_moment_is_no_wrong_answer() -> None:
    # A kind of deed of the codebook, with no moment of its own: a trainee could choose it and be right.
    extra = practice(6, "Add an extra", ["Put a plum cake next to the bed"], definition="free_extra")
    names = [*(m.practice.name for m in OTHERS), "Add an extra"]
    for question in questions(CALL, [*OTHERS[:2], extra]):
        assert "plum cake" not in " ".join(question.options) and not set(names[3:]) & set(question.options)
    # Bound to a moment, it is plainly wrong in another.
    bound = practice(
        6, "Add an extra", ["Put a plum cake next to the bed"], definition="free_extra",
        trigger="When a guest has a birthday",
    )  # fmt: skip
    assert any("plum cake" in o for q in questions(CALL, [*OTHERS[:2], bound]) for o in q.options)


def test_who_puts_things_right_elsewhere_is_not_wrong_where_something_went_wrong() -> None:
    text = "The invoice had a mistake. She went through the invoice with me line by line."
    told = {f"s{n}": Story(id=f"s{n}", narrative=text, date="2026-01-01") for n in range(3)}
    evidence = [Evidence(story=key, start=0, end=len(text)) for key in told]
    material = gather(Practice(id="P-0001", name="Go through the invoice", evidence=evidence), told, HOUSE)
    said = "She brought an omelette and an honest apology."
    bad = {"b1": Story(id="b1", narrative=said, date="2026-01-01", recovery=True)}
    sorry = gather(
        Practice(id="P-0009", name="Warm the omelette", core=["Bring an omelette and an honest word"],
                 evidence=[Evidence(story="b1", start=0, end=len(said))]), bad, HOUSE,
    )  # fmt: skip
    (asked, *_) = questions(material, [*OTHERS[:2], sorry])
    assert asked.text.startswith("Something went wrong on our side")
    assert "omelette" not in " ".join(asked.options)


def test_what_one_of_several_stories_tells_is_not_the_key() -> None:
    texts = [
        "He filmed the knee bends with the tablet.",
        "He filmed the steps with the tablet.",
        "He carried the heavy suitcase upstairs.",
    ]
    told = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    evidence = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in told.items()]
    material = gather(Practice(id="P-0009", name="Film the exercises", evidence=evidence), told, HOUSE)
    assert any("suitcase" in s.text for s in material.steps)
    for question in questions(material, OTHERS[:3]):
        assert "suitcase" not in question.text + right(question)


def test_no_letter_is_right_more_often_than_the_others() -> None:
    for seed in range(5):
        asked = questions(CALL, [CALL, *OTHERS], seed)
        places = [q.right for q in asked]
        assert len(asked) > 2 and len(set(places)) == min(WRONG + 1, len(asked))


def test_where_no_moment_is_known_what_stories_tell_is_to_be_recognised() -> None:
    texts = ["She recorded our knee bends on our tablet.", "He recorded us on the stairs with our phone."]
    told = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    evidence = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in told.items()]
    material = gather(Practice(id="P-0009", name="Film the exercises", evidence=evidence), told, HOUSE)
    names = {m.practice.name for m in OTHERS}
    asked = questions(material, [m for m in OTHERS if m.practice.id != "P-0005"])
    asked = [q for q in asked if "Which of our practices is that?" in q.text]
    assert {right(q) for q in asked} == {"Film the exercises"}
    assert {q.text.partition(".")[0] for q in asked} == {
        "A colleague recorded the guest's knee bends on their tablet",
        "A colleague recorded the guest on the stairs with their phone",
    }
    assert all(set(q.options) - {right(q)} <= names for q in asked)
    assert all({c.story for c in q.cites} <= {"s0", "s1"} and q.cites for q in asked)


def test_a_deed_that_two_practices_rest_on_is_not_asked_about() -> None:
    texts = ["She recorded our knee bends on our tablet.", "He recorded us on the stairs with our phone."]
    told = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}

    def of(number: int, name: str, *ids: str) -> Material:
        evidence = [Evidence(story=k, start=0, end=len(told[k].narrative)) for k in ids]
        return gather(Practice(id=f"P-{number:04d}", name=name, evidence=evidence), told, HOUSE)

    film, other = of(9, "Film the exercises", *told), of(8, "Stand by on the stairs", "s1")
    rest = [m for m in OTHERS if m.practice.id != "P-0005"]
    assert any("stairs" in q.text for q in questions(film, rest))
    asked = questions(film, [*rest, other])
    assert asked and not any("stairs" in q.text for q in asked)
    every = evidence_by_story([film.practice, other.practice])
    assert questions(film, rest, shown=every) == asked  # whoever deals options


def test_what_comes_next_is_asked_among_the_practices_own_steps() -> None:
    lines = [
        "Read the list at noon",
        "Fill the lamps with oil",
        "Light the lamps along the path",
        "Close the lid of the box",
    ]
    asked = [q for q in questions(practice(8, "Light the path", lines), OTHERS) if "next step" in q.text]
    assert asked
    for question in asked:
        assert set(question.options) <= set(lines)  # only the order tells which is right
        assert lines[lines.index(right(question)) - 1] in question.text
        assert lines[lines.index(right(question)) - 1] not in question.options


def defined(number: int, name: str, counts: tuple[str, ...], not_it: tuple[str, ...] = ()) -> Material:
    """A practice of the codebook, of which no story tells."""
    bare = Material(
        Practice(id=f"P-{number:04d}", name=name, definition=f"d{number}"), "guest", (), (), (), ()
    )
    return replace(bare, definition=Definition((name,), counts, not_it))


ROW = defined(
    11, "Row people across", ("a crossing after dark", "oars shown beforehand"), ("a boat for hire",)
)
BAKE = defined(12, "Bake to order", ("a loaf without salt", "a late oven"))
MEND = defined(13, "Mend what is torn", ("a sail patched", "a seam checked"))
SING = defined(14, "Sing on request", ("a lullaby", "a song for the road"))


def test_where_no_story_gives_a_step_it_is_asked_what_counts_and_what_does_not() -> None:
    asked = questions(ROW, [ROW, BAKE, MEND, SING])
    assert [right(q) for q in asked] == ["a crossing after dark", "oars shown beforehand", "a boat for hire"]
    assert "not what we mean" in asked[-1].text and "is an example of" in asked[0].text
    elsewhere = {c for m in (BAKE, MEND, SING) for c in m.definition.counts}
    assert all(set(q.options) - {right(q)} <= elsewhere for q in asked[:2])
    assert set(asked[2].options) == {*ROW.definition.counts, "a boat for hire"}


def test_an_example_that_shares_a_word_with_the_practice_is_no_wrong_one() -> None:
    near = defined(15, "Wait with people", ("a crossing watched together", "an hour at the pier"))
    options = {o for q in questions(ROW, [near, BAKE, MEND, SING]) for o in q.options}
    assert "a crossing watched together" not in options and "an hour at the pier" in options


def test_a_practice_nobody_could_name_is_no_answer() -> None:
    told = {"s": Story(id="s", narrative="She fetched us a lantern.")}
    evidence = [Evidence(story="s", start=0, end=25)]
    row = gather(Practice(id="P-0001", name="Lend what gives light", evidence=evidence), told, HOUSE)
    unnamed = practice(8, f"{UNNAMED}: oar and tide", ["Coil the rope on the left side"])
    options = {o for q in questions(row, [*OTHERS, unnamed]) if "Which of our" in q.text for o in q.options}
    assert options and unnamed.practice.name not in options


def test_what_nobody_has_accepted_gives_no_options_but_the_codebook_does() -> None:
    found = [replace(m, practice=m.practice.model_copy(update={"status": "candidate"})) for m in OTHERS]
    assert questions(CALL, found[:1] + OTHERS[1:]) != []
    shown = {o for q in questions(CALL, found[:1] + OTHERS[1:]) for o in q.options}
    assert not any("weir" in o or o == "Draw a map" for o in shown)
    assert [q for q in questions(CALL, found) if "next step" not in q.text] == []
    # An entry of the codebook is people's words, though nobody has decided on its practice yet.
    assert BAKE.practice.status == "candidate" and questions(ROW, [BAKE, MEND, SING])


def test_a_question_in_the_words_of_its_answer_is_not_asked() -> None:
    texts = ["She drew us a map.", "He drew us a map on paper."]
    told = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    evidence = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in told.items()]
    rivals = OTHERS[1:]
    made = gather(Practice(id="P-0009", name="Draw the guest a map", evidence=evidence), told, HOUSE)
    assert made.own and not [q for q in questions(made, rivals) if "map" in q.text and "map" in right(q)]
    slip = practice(8, "Payday", ["Read the slip with the guest"], trigger="When a slip is odd")
    assert not any("what have we agreed" in q.text for q in questions(slip, rivals))


def test_a_verb_gives_its_answer_away_in_any_form_and_a_word_all_options_have_does_not() -> None:
    wrong = ["Warm the soup", "Carry the bags"]
    assert gives_away("A colleague wrote a list.", "Write it out", wrong, "guest")
    assert not gives_away("A colleague jotted a list.", "Write it out", wrong, "guest")
    assert not gives_away("The soup is done. What next?", "Taste the soup", wrong, "guest")


def test_wrong_options_come_from_the_same_moment_first() -> None:
    late = practice(
        3, "Late", ["Light the lamps along the path"], trigger="When it grows dark"
    )  # during the visit, like what is asked for
    far = [practice(20 + n, f"Far {n}", [f"{verb} in advance"]) for n, verb in enumerate(
        ["Prepare the plum dumplings", "Order the winter coal", "Iron the linen curtains"]
    )]  # fmt: skip
    bags = practice(1, "Bags", ["Carry the suitcase upstairs"], trigger="When somebody comes with luggage")
    for seed in range(4):
        (asked, *_) = questions(bags, [*far, late], seed)
        assert "Light the lamps along the path" in asked.options


NEAR = Nearness()
KINDS = {
    "children": Definition(("Give children something made for them",)),
    "fix": Definition(("When something is broken, get it fixed straight away",)),
    "lost": Definition(("Find, keep or return something left behind",)),
    "advice": Definition(("Tell people how to get to the lake",)),
    "hours": Definition(("Fit your hours to the guest where you can",)),
}


def told_in_stories(name: str, *texts: str, **more: object) -> Material:
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    made = Practice.model_validate(
        {"id": "P-0009", "name": name, "status": "accepted", "evidence": evidence, **more}
    )
    return gather(made, stories, HOUSE, {}, NEAR)


FILM = told_in_stories(
    "Record the guest's exercises",
    "She recorded my exercises on the tablet.",
    "He recorded our exercises with the tablet.",
    "He shot a little video of my stretches with my phone.",
    "She took a film of our stretches with our phone.",
)


def test_where_few_practices_were_accepted_kinds_of_deed_are_wrong_answers() -> None:
    (one,) = questions(FILM, [FILM], kinds=KINDS, like=NEAR)
    assert one.text == "Which of these belongs to “Record the guest's exercises”?"
    assert right(one) == "Shoot a little video of the guest's stretches with their phone"
    assert set(one.options) - {right(one)} <= {line for about in KINDS.values() for line in about.lines}
    assert questions(FILM, [FILM]) == []


def test_what_is_like_a_deed_of_the_practice_is_no_wrong_answer() -> None:
    other = "Make a film of what people practise"
    kinds = {**KINDS, "film": Definition((other,))}
    assert Deal(FILM, [], 0, kinds=kinds, like=NEAR).same == {other}
    for seed in range(8):
        assert all(other not in q.options for q in questions(FILM, [FILM], seed, kinds=kinds, like=NEAR))


def test_a_small_word_in_common_hides_no_answer_that_is_given_away() -> None:
    text = "A colleague mended the lamp. Which of our practices is that?"
    assert gives_away(text, "Mend at once", ["Find the seat that suits", "Warm the soup"], "guest")


def test_a_definition_is_recognised_among_other_kinds_of_deed() -> None:
    entry = CodebookEntry(
        key="loads", name="Take care of bags", definition="-", behaviour_statement="We carry what is heavy."
    )
    made = Practice(id="P-0001", name=entry.name, definition="loads", status="accepted")
    asked = questions(gather(made, {}, HOUSE, {"loads": entry}), [], kinds=KINDS, like=NEAR)
    assert [(q.text, right(q)) for q in asked] == [
        ("Which of these belongs to “Take care of bags”?", "Carry what is heavy")
    ]


def test_what_is_no_part_of_a_practice_is_asked_once() -> None:
    asked = questions(CALL, [CALL, *OTHERS], like=NEAR)
    (one,) = [q for q in asked if "no part of" in q.text]
    assert right(one) in {s.text for m in OTHERS for s in m.steps}
    assert set(one.options) - {right(one)} <= set(CALL.practice.core)


def test_the_moment_is_asked_for_where_the_name_does_not_say_it() -> None:
    soup = told_in_stories(
        "Warm the soup",
        "The kitchen was closed when we came. She warmed the soup for us.",
        "We found the kitchen closed, and he warmed the soup for us.",
    )
    others = [
        practice(n, m.practice.name, list(m.practice.core), trigger=t)
        for n, (m, t) in enumerate(
            zip(OTHERS, ("When the bus is late", "When a child is ill", "On the last day"), strict=False), 20
        )
    ]
    asked = {q.text: right(q) for q in questions(soup, others, kinds=KINDS, like=NEAR)}
    assert asked.get("When do we do this: “Warm the soup”?") == "When a guest finds the kitchen closed"
    told = practice(30, "Ring when the bus is late", ["Ring the hotel"], trigger="When the bus is late")
    assert not any("When do we" in q.text for q in questions(told, others, kinds=KINDS, like=NEAR))


def test_a_key_point_of_its_own_is_asked_for_and_a_general_one_is_not() -> None:
    def with_point(m: Material, text: str) -> Material:
        point = KeyPoint(text, "", True, (Cite("a", "narrative", 0, 5), Cite("b", "narrative", 0, 5)))
        return replace(m, steps=tuple(replace(s, key_points=(point,)) for s in m.steps))

    others = [
        with_point(m, t)
        for m, t in zip(
            OTHERS, ("By hand", "On the back burner", "Up the stairs", "In daylight"), strict=True
        )
    ]
    asked = questions(
        with_point(practice(9, "Pack breakfast", ["Pack the guest a breakfast"]), "With a room number on it"),
        others,
        like=NEAR,
    )
    (one,) = [q for q in asked if "which key point" in q.text]
    assert (one.text, right(one)) == (
        "“Pack the guest a breakfast”: which key point belongs to it?",
        "With a room number on it",
    )
    general = with_point(practice(9, "Pack breakfast", ["Pack the guest a breakfast"]), "Do it at once")
    assert not any("which key point" in q.text for q in questions(general, others, like=NEAR))


def test_where_every_answer_would_repeat_the_name_that_is_said() -> None:
    made = values(
        told_in_stories("Draw the guest a map", "She drew us a map.", "He drew me a map."), [], CONTROL
    )
    assert "no more than its name" in made["missing"] and "“core” in P-0009" in made["missing"]
