"""What only a few stories tell is no part of a step that cites many; what people named keeps its name."""

from collections.abc import Sequence
from dataclasses import replace

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.gaps import when
from servicestory.wording.material import Material, gather
from servicestory.wording.shared import as_told, true_of_most
from servicestory.wording.steps import Cite, Step

HOUSE = Organisation(organisation="Fennick Arcade", customer_word="visitor")
WALKS = (
    "Odile walked with me to my seat.",
    "Bram took my son all the way up to our room.",
    "Odile walked with us to our table.",
    "Bram accompanied her to the lift.",
    "Runa walked with him the whole way.",
)


def made(texts: Sequence[str], name: str, renamed: bool = False, **fields: object) -> Material:
    stories = {
        f"s{n}": Story(id=f"s{n}", narrative=text, people=["Odile", "Bram", "Runa"])
        for n, text in enumerate(texts)
    }
    decision = {"on": "2026-05-01", "by": "Wim", "action": "renamed", "to": name, "reason": "clearer"}
    given = {
        "id": "P-0001",
        "name": name,
        "evidence": [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()],
        "decisions": [decision] if renamed else [],
    }
    return gather(Practice.model_validate(given | fields), stories, HOUSE)


def test_where_each_story_goes_somewhere_else_the_step_goes_where_they_are_going() -> None:
    found = made(WALKS, "Walk with the visitor to their seat")
    (step,) = found.steps
    assert step.text == "Walk with the visitor to where they are going"
    assert step.stories == len(WALKS)
    assert any("up to their room" in way for way in step.ways)


def test_a_key_point_is_counted_in_all_stories_and_left_out_where_one_of_many_tells_it() -> None:
    (step,) = made(WALKS, "Walk with the visitor to their seat").steps
    assert {p.text: p.stories for p in step.key_points} == {"The whole way": 2}


def test_what_half_of_the_stories_tell_stays() -> None:
    told = [
        "Odile walked with me to my seat.",
        "Bram walked with us to our seats.",
        "Runa walked with him to his seat.",
        "Bram walked with her to the lift.",
    ]
    (step,) = made(told, "Walk with the visitor to their seat").steps
    assert step.text == "Walk with the visitor to their seat"


def test_the_moment_of_one_of_many_is_no_part_of_the_step_but_of_a_way() -> None:
    told = ["I had lost my way. Odile walked with me.", *["Bram walked with me."] * 3]
    cites = tuple(Cite(f"s{n}", "narrative", 0, len(text)) for n, text in enumerate(told))
    passages = list(zip(cites, told, strict=True))
    step = Step("Walk with the visitor when they are lost", "stories", cites)
    practice = Practice(id="P-0001", name="Walk with the visitor")
    (found,) = true_of_most([step], passages, dict(passages), practice, "visitor")
    assert (found.text, found.ways) == ("Walk with the visitor", (step.text,))
    (kept,) = true_of_most(
        [step], passages, dict.fromkeys(cites, "We could not find it."), practice, "visitor"
    )
    assert kept.text == step.text


def test_what_kind_and_where_from_of_one_of_many_are_cut_off() -> None:
    told = [
        "Bram brought us a wooden chair from the shed.",
        "Runa brought me a chair.",
        "Odile brought her two chairs.",
        "Bram brought him a chair with arms.",
    ]
    cites = tuple(Cite(f"s{n}", "narrative", 0, len(text)) for n, text in enumerate(told))
    passages = list(zip(cites, told, strict=True))
    practice = Practice(id="P-0001", name="Bring the visitor a chair")
    step = Step("Bring the visitor a wooden chair from the shed", "stories", cites)
    (found,) = true_of_most([step], passages, {}, practice, "visitor")
    assert (found.text, found.ways) == ("Bring the visitor a chair", (step.text,))
    (line,) = true_of_most([replace(step, source="practice")], passages, {}, practice, "visitor")
    assert line.text == step.text  # what people wrote keeps its words


def test_a_name_that_says_when_gets_no_other_moment() -> None:
    told = ["Our boat left at five. Bram packed us a breakfast."] * 3
    (step,) = made(told, "Pack a breakfast for whoever leaves early", renamed=True).steps
    assert step.text == "Pack a breakfast for whoever leaves early"
    assert any(way.endswith("when they leave early in the morning") for way in step.ways)


def test_the_practices_own_deed_takes_the_name_people_gave() -> None:
    name = "Go along with every visitor as far as the door they look for"
    (step,) = made(WALKS, name, renamed=True).steps
    assert step.text == name
    assert made(WALKS, name).steps[0].text != name


def test_a_name_that_says_less_than_the_step_leaves_it_as_it_is() -> None:
    told = [
        "Bram lent us a pair of gloves.",
        "Runa lent me a pair of gloves.",
        "Odile lent her a pair of gloves.",
    ]
    (step,) = made(told, "Lend gloves", renamed=True).steps
    assert step.text == "Lend the visitor a pair of gloves"


def test_what_is_packed_the_evening_before_is_packed_for_the_next_morning() -> None:
    told = [
        "Our boat left at five. Bram packed us a breakfast the evening before.",
        "The ferry left at six. Runa packed us a breakfast the evening before.",
        "We had to leave at four. On Friday night Odile packed us a breakfast.",
    ]
    (step,) = made(told, "Pack the visitor a breakfast").steps
    assert step.text == "Pack the visitor a breakfast when they leave early the next morning"
    cool, point = step.key_points
    assert cool.text == "How is it kept cool until then?"
    assert (point.text, point.reason) == ("The evening before", "What is ready costs the visitor no waiting")
    assert point.stories == len(told)


def test_a_moment_cut_off_a_step_is_still_told_to_whoever_decides_on_it() -> None:
    cites = tuple(Cite(f"s{n}", "narrative", 0, 9) for n in range(4))
    way = "Walk with the visitor to their seat when they are lost"
    step = Step("Walk with the visitor", "stories", cites, ways=(way,))
    own = {"s0": (Step(way, "stories", cites[:1]),)}
    practice = Practice(id="P-0001", name="Walk with the visitor")
    found = Material(practice, "visitor", (step,), (), (), cites, own_steps=own)
    assert "when a visitor is lost (1 story)" in when(found)
    text = "I stood in the wrong corridor and Runa walked with me."
    stories = {c.story: Story(id=c.story, narrative=text) for c in cites[1:3]}
    around = tuple(replace(c, end=len(text)) for c in cites)
    step = replace(step, cites=around)
    found = replace(found, steps=(step,), cites=around, told=stories)
    assert when(found) == "When a visitor is lost (3 of 4 stories)."  # from a third on, however it was told


def test_letters_of_every_size_are_large_ones() -> None:
    told = [
        "Bram copied out the plan for me in block letters.",
        "Runa copied out the plan for us in letters as tall as a thumb.",
        "Odile copied out the plan for her in thick black letters.",
    ]
    (step,) = made(told, "Copy out the visitor's plan").steps
    assert {p.text: p.stories for p in step.key_points} == {"In large letters": 3}


def test_what_is_cut_leaves_no_day_without_its_event_and_no_question_of_one_story() -> None:
    told = [
        "Mia called me the day after my operation and asked how I was.",
        "The nurse called me the next day to ask if I had any pain.",
        "A nurse phoned me to ask whether I understood my tablets.",
        "Anna rang me the next morning to ask how I had slept.",
    ]
    (step, asked) = made(told, "Ring the visitor in the first days").steps
    assert (step.text, asked.text) == ("Call the visitor", "Ask whether all is well now")


def test_a_question_whether_all_is_well_stays_in_whatever_words_it_was_asked() -> None:
    told = [
        "Lena called us the next morning to ask if all was well.",
        "Tom called us the next morning to ask if all was well.",
        "They called us to see if everything was in order.",
    ]
    (step, *_) = made(told, "Look after the visitor").steps
    assert "if all is well" in step.text


def test_of_two_stories_a_step_says_what_both_tell() -> None:
    walks = ["Odile went with me to the lift and up.", "Bram walked beside my mother to the gate and back."]
    (step,) = made(walks, "Walk with the visitor").steps
    assert step.text.endswith("to where they are going")


def test_what_each_lends_another_of_is_one_step_with_examples() -> None:
    told = ["Odile lent me an umbrella from the office.", "Bram lent me a phone charger."]
    (step,) = made(told, "Lend the visitor what is missing").steps
    assert step.text == "Lend the visitor what fits, for example an umbrella or a phone charger"
    assert step.stories == 2 and "Lend the visitor an umbrella from the office" in step.ways


def test_what_each_did_to_another_thing_names_a_few_of_them() -> None:
    told = [
        "Odile phoned the station to ask whether my hat was there.",
        "Bram phoned the taxi office about my bag.",
        "Runa phoned the museum until my scarf was found.",
    ]
    (step,) = made(told, "Phone around for what the visitor lost").steps
    assert step.text == "Phone the station, the taxi office or the museum" and step.stories == len(told)


def test_a_call_made_to_ask_is_no_more_than_the_call_where_each_made_it_elsewhere() -> None:
    told = [
        "Odile called me from home and asked whether the pain was gone.",
        "Bram called me in the evening and asked if I was better.",
        "Runa called me the next day and asked if I had slept.",
    ]
    steps = made(told, "Come back to the visitor").steps
    assert [s.text for s in steps] == ["Call the visitor", "Ask whether all is well now"]


def test_a_thing_keeps_its_name_where_what_kind_it_is_goes() -> None:
    told = ["She lent me the blue city bike.", "He lent me the shop bike.", "We were lent a bike."]
    assert as_told("Lend the visitor the blue city bike", told[1], "visitor") == "Lend the visitor the bike"
    line = "Note in the handover what the visitor likes"
    assert as_told(line, "She noted at once what the lady likes.", "visitor") != "Note in the what the likes"


def test_of_several_things_a_story_is_told_with_its_own() -> None:
    line = "Lend the visitor what fits, for example a shop bike, an umbrella or a lamp"
    assert as_told(line, "She lent me her umbrella.", "visitor") == "Lend the visitor an umbrella"
    assert as_told(line, "She lent me a ladder.", "visitor") == "Lend the visitor what they need"
    assert as_told("Phone the station or the museum", "He rang the museum.", "visitor") == "Phone the museum"
    assert as_told("Phone the station or the museum", "He rang the bank.", "visitor") is None


def test_the_time_that_one_of_two_stories_tells_is_no_part_of_the_step() -> None:
    told = [
        "Odile called me the next day and asked whether the pain was gone.",
        "Bram called me from home and asked whether the pain was bad.",
    ]
    found = made(told, "Come back to the visitor").steps
    assert not any("next day" in s.text or any("next day" in p.text for p in s.key_points) for s in found)
    assert any("the next day" in way for way in found[0].ways)
