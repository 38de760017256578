"""Which steps a practice's documents have, which places they cite, and what is kept apart from them."""

from dataclasses import replace

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import Material, gather
from servicestory.wording.showing import showing, telling_of
from servicestory.wording.steps import Cite, Step, merged

HOUSE = Organisation(organisation="Lantern Court", customer_word="guest")


def made(*texts: str, entry: CodebookEntry | None = None, **fields: object) -> Material:
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    given = {"id": "P-0001", "evidence": evidence, "definition": entry.key if entry else None}
    name = {"name": entry.name if entry else "Carry the bags"}
    practice = Practice.model_validate(name | given | fields)
    return gather(practice, stories, HOUSE, {entry.key: entry} if entry else {})


BAGS = CodebookEntry(
    key="bags",
    name="Carry the bags",
    definition="Staff carry bags.",
    behaviour_statement="We open the lid, carry what is heavy and label it.",
    include=["storing a trunk", "labelling it"],
)
GREET = CodebookEntry(
    key="greet", name="Greet every guest", definition="-", behaviour_statement="We greet every guest."
)


def test_a_line_of_the_codebook_cites_only_places_that_show_it() -> None:
    found = made(
        "A load off our minds.", "He carried the chest up.", "They opened the lid for us.", entry=BAGS
    )
    cited = {s.text: [c.story for c in s.cites] for s in found.steps}
    assert cited == {"Open the lid": ["s2"], "Carry what is heavy": ["s1"], "Label what is heavy": []}
    assert [c.story for c in found.also] == ["s0"]  # shows the practice, and is no line's evidence


def test_of_two_lines_of_one_act_a_place_shows_the_nearer() -> None:
    entry = GREET.model_copy(update={"behaviour_statement": "We greet people at the gate and welcome them."})
    found = made("They met us at the gate.", "A warm welcome.", entry=entry)
    assert [[c.story for c in s.cites] for s in found.steps] == [["s0"], ["s1"]]


def test_examples_of_the_codebook_are_key_points_and_no_steps() -> None:
    first, *others = made("He carried the chest up. The trunk went down.", entry=BAGS).steps
    assert [(p.text, p.source) for p in first.key_points] == [("For example: storing a trunk", "definition")]
    assert not any("trunk" in s.text for s in others)


def test_examples_hang_on_the_line_whose_verb_they_begin_with_though_it_says_little() -> None:
    entry = BAGS.model_copy(
        update={
            "behaviour_statement": "We notice a storm, keep near and give hope.",
            "include": ["a hand on the rail", "keeping watch until it is over"],
        }
    )
    found = made("A wave came. There was a rail. She was keeping a long watch.", entry=entry)
    assert {s.text: [p.text for p in s.key_points] for s in found.steps} == {
        "Notice a storm": [],
        "Keep near": ["For example: a hand on the rail; keeping watch until it is over"],
        "Give hope": [],
    }


def test_the_words_of_a_cue_show_a_practice_of_one_line() -> None:
    one = BAGS.model_copy(update={"behaviour_statement": "We see to heavy things.", "cues": ["porter came"]})
    found = made("A porter came within minutes.", "It was fine.", entry=one)
    assert [[c.story for c in s.cites] for s in found.steps] == [["s0"]]


def test_a_line_people_wrote_needs_its_verb_and_half_of_its_words() -> None:
    line = "Put the hour and your initials to it"
    told = [
        "She put the hour and her initials on it.",
        "She put tea with honey by the bed.",
        "It took an hour.",
        "She put the hour on it.",  # half of it
    ]
    places = [(Cite(f"s{n}", "narrative", 0, 9), text) for n, text in enumerate(told)]
    assert [c.story for c in showing(line, places, "guest")] == ["s0"]
    called = [(Cite("s", "narrative", 0, 9), "She called us between nine and ten.")]
    assert showing("Call the guest between nine and eleven", called, "guest")  # one time, and not two things
    wrote = [(Cite("s", "narrative", 0, 9), "She wrote 'no feathers' on the handover card.")]
    assert showing("Write it on the handover card in the guest's own words", wrote, "guest")
    sorry = [(Cite("s", "narrative", 0, 9), "They apologised at once.")]
    assert showing("When you have let somebody down, say sorry", sorry, "guest", kind=True)
    carried = [(Cite("s", "narrative", 0, 9), "He carried it up.")]
    assert showing("Carry the trunk upstairs", carried, "guest") == []
    assert showing("Carry the trunk upstairs", carried, "guest", kind=True)


def test_what_one_story_tells_stands_apart_where_several_tell_others() -> None:
    often = ("She carried our bags.", "He walked us and our bags to the lift.") * 3
    found = made(*often, "He labelled our bags.")
    assert [s.text.split()[0] for s in found.steps] == ["Carry", "Walk"]
    assert [s.text for s in found.besides] == ["Label the guest's bags"]
    few = made("She carried our bags.", "He labelled our bags.")
    assert [s.once for s in few.steps] == [True, True] and not few.besides


def test_of_few_stories_another_thing_of_one_act_is_how_one_did_it() -> None:
    told = made("She folded the tent.", "He folded the tent.", "She folded the sails.", name="Pack up camp")
    assert [s.text for s in told.steps if s.source == "stories"] == ["Fold the tent"]
    assert [s.text for s in told.besides] == ["Fold the sails"]


def test_ways_told_in_different_stories_are_no_sequence() -> None:
    ways = made(
        "She carried our bags.", "He stored our bags.", "He stored our bags.", "She carried our bags."
    )
    assert ways.ways and len(ways.steps) == 2
    both = made("She carried our bags and stored our coats.", "He stored our coats.", name="Coats and bags")
    assert not both.ways and len(both.steps) == 2
    assert not made("She carried our bags.", core=["Carry the bags", "Open the door"]).ways
    # where two of five stand in one story, all five are no sequence
    steps = [
        Step(f"Carry bag {n}", cites=(Cite(story, "narrative", n, n + 1),)) for n, story in enumerate("abcda")
    ]
    assert replace(ways, steps=tuple(steps)).ways
    assert not replace(ways, steps=(steps[0], steps[4], steps[1])).ways


def test_one_act_with_several_things_is_one_step() -> None:
    told = ("She suggested starters.", "He suggested a menu.", "They suggested dishes.")
    found = made(*told, name="Suggest dishes to the guest")
    assert [(s.text, s.stories) for s in found.steps] == [("Suggest a menu, dishes or starters", 3)]
    sweet = made("They offered us a free cake.", "They offered us free tea.", name="Offer something free")
    assert [s.text for s in sweet.steps] == ["Offer the guest free tea or a free cake"]
    cakes = made("They arranged a cake.", "They served us a cake.", name="Cakes for the guest")
    assert [(s.text, s.stories) for s in cakes.steps] == [("Arrange a cake", 2)]


def test_things_given_at_one_moment_or_at_several_are_one_step() -> None:
    def given(*moments: str) -> str:
        things = ("a free coffee", "a new ticket", "another meal")
        steps = [
            Step(f"Give the guest {thing}{moment}", cites=(Cite(f"s{n}", "narrative", 0, 9),))
            for n, (thing, moment) in enumerate(zip(things, moments, strict=True))
        ]
        return merged(steps)[0].text

    late, wrong = " when they arrive late", " when something has gone wrong on your side"
    told = "Give the guest what fits, for example {} or a free coffee"
    assert given(wrong, wrong, wrong) == told.format("a new ticket, another meal") + wrong
    assert given(wrong, late, "") == told.format("another meal, a new ticket")


def test_a_step_is_verb_and_object_in_every_document_and_the_how_its_key_point() -> None:
    found = made(
        "He explained the bill to us line by line.", "She explained the bill.", name="Explain the bill"
    )
    (step,) = found.steps
    assert step.text == "Explain the bill" and [p.text for p in step.key_points] == ["Line by line"]
    assert {c.story for c in step.key_points[0].cites} == {"s0"}  # the other does not say so


def test_how_it_is_done_is_read_where_no_step_can_be() -> None:
    told = ("A greeting with a smile.", "What a smile at the greeting!", "A greeting in person.")
    (step,) = made(*told, entry=GREET).steps
    assert [(p.text, p.stories) for p in step.key_points] == [("Look at the guest and smile", 2)]


def test_a_step_counts_every_place_that_tells_its_act() -> None:
    def told(step: str, *texts: str) -> list[int]:
        places = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(texts)]
        return [int(cite.story[1:]) for cite in telling_of(step, places, "guest")]

    assert told(
        "Suggest dishes, a menu or starters",
        "Great recommendations of the waiter.",
        "A starter was suggested to us.",
        "We would highly recommend this place, with one suggestion: more lamps.",
        "The soup was hot.",
    ) == [0, 1]
    assert told(
        "Customise food according to the guest's taste",
        "They customized the noodles for my son.",
        "The taste of the noodles was fine.",
    ) == [0]
    assert told(
        "Have the guest's room made up early",
        "Our room was ready early.",
        "They had prepared the room early for my aunt.",
        "Our room was large.",
    ) == [0, 1]
    assert told(
        "Upgrade the guest when they celebrate an anniversary",
        "We were upgraded for our anniversary.",
        "We were upgraded.",
    ) == [0]
    assert told("Offer the guest a free drink or a free dessert", "They offered us a free dessert.") == [0]


def test_told_once_rests_on_all_places_and_not_on_those_that_gave_the_step() -> None:
    texts = [
        "He heated the stones for us.",
        "The stones were heated when we came.",
        "Lovely stones, always heated.",
    ]
    (step,) = (s for s in made(*texts, name="Heat the stones").steps if "stones" in s.text)
    assert step.stories == 3 and not step.once


def test_the_end_only_one_of_several_stories_tells_is_no_part_of_the_step() -> None:
    told, more = (
        "She explained the menu at the table.",
        ["A good explanation of the menu.", "Fine explanations of the menu."],
    )
    (step,) = made(told, *more, name="Explain things").steps
    assert step.text == "Explain the menu" and step.ways == ("Explain the menu at the table",)
    (step,) = made(told, told, more[0], name="Explain things").steps
    assert step.text == "Explain the menu at the table"


def test_a_day_goes_with_what_says_which() -> None:
    told = (
        "She phoned us the evening after the operation.",
        "He phoned me two days after the visit to ask how the wound looked.",
        "I phoned her that evening to ask how he was.",
    )
    step = made(*told, name="Phone people").steps[0]
    assert step.text == "Phone the guest" and "Phone the guest the evening after the operation" in step.ways


def test_what_several_are_given_is_described_once() -> None:
    told = [
        "She gave us complimentary tea.",
        "He offered us a complimentary cake.",
        "They gave us complimentary nuts.",
    ]
    (step,) = made(*told, name="Give something complimentary").steps
    assert step.text == "Give the guest something complimentary, for example tea, nuts or a cake"
    assert step.stories == 3


def test_bags_and_luggage_are_one_thing() -> None:
    told = ["She stored our luggage.", "He held our bags.", "They kept our suitcases."]
    (step,) = made(*told, name="Keep what people carry").steps
    assert step.stories == 3


def test_what_another_step_says_is_no_key_point() -> None:
    entry = GREET.model_copy(update={"behaviour_statement": "We look up, smile and greet every guest."})
    told = ["She greeted us with a smile.", "He greeted me with a smile.", "They smiled at once."]
    points = [p.text for s in made(*told, entry=entry).steps for p in s.key_points]
    assert not any("smile" in p for p in points)


def test_where_somebody_is_taken_and_where_bags_are_belong_to_the_step() -> None:
    (walked,) = made("He walked us to our room.", name="Walk every guest").steps
    assert (walked.text, [p.text for p in walked.key_points]) == ("Walk the guest to their room", [])
    (bags,) = made("He brought our bags to our room.").steps
    assert (bags.text, bags.key_points) == ("Bring the guest's bags to their room", ())


def test_whoever_does_a_thing_of_the_kind_shows_the_one_line_that_defines_it() -> None:
    one = BAGS.model_copy(update={"behaviour_statement": "We see to heavy things."})
    told = (
        "She carried our chest up the stairs.",
        "He carried the chest up the stairs for us.",
        "He carried our sacks to the car.",
        "It was fine.",
    )
    line, step = made(*told, entry=one).steps
    assert (line.text, line.stories, step.stories) == ("See to heavy things", 3, 2)
    assert {c.story for c in made(*told, entry=one).also} == {"s3"}


def test_a_line_of_the_definition_that_one_step_shows_in_full_is_told_by_the_step_alone() -> None:
    one = BAGS.model_copy(update={"behaviour_statement": "We see to heavy things."})
    (step,) = made(
        "She carried our chest up the stairs.", "He carried the chest up the stairs for us.", entry=one
    ).steps
    assert step.text.startswith("Carry the guest's chest")


def test_what_one_of_several_stories_did_is_an_example_of_the_line_it_shows_and_no_step() -> None:
    one = BAGS.model_copy(update={"behaviour_statement": "We see to heavy things."})
    (line,) = made(
        "She carried our chest up the stairs.", "He carried our sacks to the car.", entry=one
    ).steps
    (example,) = [p for p in line.key_points if p.example and p.cites]
    assert line.text == "See to heavy things" and example.text.startswith("In the stories: ")
    assert "carry the guest's chest" in example.text and {c.story for c in example.cites} == {"s0", "s1"}


def test_a_plan_by_another_name_and_of_no_day_is_told_as_the_same_thing() -> None:
    told = (
        "Orla writes the schedule in very large print.",
        "Orla prints out tomorrow's programme for us.",
        "Orla wrote a letter to us.",
        "The schedule was long.",
    )
    places = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(told)]
    shown = telling_of("Copy out the next day's plan for the guest", places, "guest")
    assert [cite.story for cite in shown] == ["s0", "s1"]


def test_where_the_practice_says_when_no_place_need_tell_the_moment_nor_the_same_manner() -> None:
    texts = (
        "He sees only outlines. Orla copied out the plan for him in block letters.",
        "She cannot see well. Finn wrote out the plan for her in thick black letters.",
        "Orla writes the schedule in very large print and ties it to the gate.",
    )
    (step,) = made(*texts, name="Copy out the guest's plan", trigger="When a guest cannot see well").steps
    assert [c.story for c in step.cites] == ["s0", "s1", "s2"]


NAMED = {"on": "2026-05-01", "by": "Wim", "action": "renamed", "to": "-", "reason": "clearer"}


def called(advice: str = "") -> list[str]:
    more = f", and told me to {advice}" if advice else ""
    told = (f"Then Joan called me the following Tuesday, asked how the new oars were{more}.",)
    name = "Call after a week and ask how the new oars are"
    found = made(
        "She called me the week after.",
        "He called me on Monday.",
        *told,
        name=name,
        status="accepted",
        decisions=[NAMED],
    )
    return [s.text for s in found.steps]


def test_an_act_that_another_step_joins_to_its_own_is_no_second_step() -> None:
    assert called() == ["Call after a week and ask how the new oars are"]


def test_an_act_told_with_more_than_the_line_that_joins_it_stays_a_step() -> None:
    assert "Ask how the new oars are and tell the guest to oil them first" in called("oil them first")


def test_a_step_of_two_acts_cites_only_places_that_tell_both() -> None:
    found = made(
        "The nurse called me the next day. When I said it hurt, she asked the doctor and called back.",
        "Mia called the day after and asked how I was.",
        "Anna called me the next day and asked how I had slept.",
        "Jon called me the next day to ask whether I understood my pills.",
        name="Call the guest the next day",
    )
    cited = {s.text: s.stories for s in found.steps}
    assert cited == {"Call the guest": 4, "Ask whether all is well now": 3}  # asked in the call, so after it
    assert list(cited) == ["Call the guest", "Ask whether all is well now"]
    assert {s.stories for s in found.besides} <= {1}


def test_what_one_line_of_the_codebook_asks_is_asked_too_where_a_step_stands_for_it() -> None:
    entry = CodebookEntry(
        key="back", name="Come back to ask whether all is well", definition="-",
        behaviour_statement="We return unasked.", cues=["called me"],
    )  # fmt: skip
    told = (
        "The nurse called me the next day to ask if I had any pain.",
        "Mia called me the next day and asked how I was.",
        "Anna called me the next morning to ask how I had slept.",
    )
    texts = [s.text for s in made(*told, entry=entry).steps]
    assert texts == ["Call the guest", "Ask whether all is well now"], texts


def test_five_who_check_one_thing_or_another_before_it_goes_out_do_one_step() -> None:
    found = made(
        "She checked my tyres before I rode off.",
        "They checked my brakes before handing over the bike.",
        "He checked the brakes and the lights before he gave me the bike back.",
        "She checked brakes and tyres before my daughter rode home.",
        name="Keep people safe",
    )
    assert [(s.text, s.stories) for s in found.steps] == [("Check brakes and tyres", 4)]


def test_what_single_stories_did_of_a_line_whose_verb_says_little_is_its_example() -> None:
    teach = CodebookEntry(
        key="teach",
        name="Teach the guest to do it themselves",
        definition="Staff teach guests.",
        behaviour_statement="We show, let people try, and hand over something written.",
    )
    told = ("Bram showed me how to fold the sail.", "Runa showed me how to tie the bow line.")
    found = made(*told, entry=teach, status="accepted")
    shown, written = found.steps
    assert (shown.text, shown.stories) == ("Show and let people try", 2)
    assert [p.text for p in shown.key_points] == [
        "In the stories: show the guest how to fold the sail; show the guest how to tie the bow line"
    ]
    assert written.stories == 0
