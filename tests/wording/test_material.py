"""Steps, key points, situations and effects gathered from a practice's evidence."""

import re
from dataclasses import replace
from typing import Any

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Customer, Story
from servicestory.wording.acts import same_step
from servicestory.wording.gaps import gaps, heroics, moment, no_owner, when, withheld
from servicestory.wording.manner import SITUATIONS, core, feeling, tail
from servicestory.wording.material import Material, gather
from servicestory.wording.retell import as_it_was, past, retold
from servicestory.wording.steps import Cite, Step, broken_down

HOUSE = Organisation(organisation="Lantern Court", customer_word="guest")


def told(
    *texts: str, name: str = "Carry the bags", behaviours: tuple[str, ...] = (), **fields: object
) -> Material:
    stories = {
        f"s{n}": Story.model_validate({"id": f"s{n}", "narrative": text, "site": "Quay", "team": "Porters"})
        for n, text in enumerate(texts)
    }
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    if behaviours:
        stories["b"] = Story(id="b", behaviours=list(behaviours))
        evidence += [
            Evidence(story="b", start=0, end=len(line), field=f"behaviours[{n}]")
            for n, line in enumerate(behaviours)
        ]
    practice = Practice.model_validate({"id": "P-0001", "name": name, "evidence": evidence, **fields})
    return gather(practice, stories, HOUSE)


def test_equal_acts_are_one_step_with_the_places_of_all() -> None:
    made = told(
        "She carried our bags.", "The porter carried our bags up.", "He carried my bags straight away."
    )
    assert [s.text for s in made.steps] == ["Carry the guest's bags"]
    assert [p.text for p in made.steps[0].key_points] == ["Straight away"]
    assert {c.story for c in made.steps[0].cites} == {"s0", "s1", "s2"}
    assert made.steps[0].stories == 3


def test_steps_stand_before_during_after() -> None:
    made = told(
        "She called us the next morning to ask if all was well.",
        "The porter greeted us at the door.",
        "He read the bag list in advance.",
        name="Bags, door and morning call",
    )
    assert [s.phase for s in made.steps] == sorted(s.phase for s in made.steps)
    assert [s.text.split()[0] for s in made.steps] == ["Read", "Greet", "Call"]


def test_a_lone_step_that_shares_nothing_with_the_practice_is_left_out() -> None:
    texts = [f"The porter carried our bags to the door number {w}." for w in ("a", "b", "c", "d")]
    made = told(*texts, "She brought us a towel.")
    assert all("towel" not in s.text for s in made.steps)


def test_the_definition_comes_first_and_takes_the_evidence() -> None:
    made = told("She carried our bags.", core=["carry the {customer}'s bags.", "Open the door"])
    assert [(s.text, s.source, s.stories) for s in made.steps] == [
        ("Carry the guest's bags", "practice", 1),
        ("Open the door", "practice", 0),
    ]


def test_a_colleague_as_customer_is_called_colleague() -> None:
    story = Story(id="s", narrative="She explained the payslip to me.", customer=Customer(kind="internal"))
    practice = Practice(id="P-0001", name="Explain", evidence=[Evidence(story="s", start=0, end=31)])
    assert [s.text for s in gather(practice, {"s": story}, HOUSE).steps] == [
        "Explain the payslip to the colleague"
    ]


def test_key_points_have_reasons_and_those_told_come_from_the_story() -> None:
    made = told("She explained the bill to us clearly. It made us feel so welcome.", name="Explain the bill")
    point = made.steps[0].key_points[0]
    assert (point.text, point.told, point.reason) == ("Clearly", True, "It made the guest feel welcome")
    assert broken_down(made.steps[0], "guest")[0] == "Explain the bill to the guest"


def test_evidence_that_is_gone_is_no_evidence() -> None:
    practice = Practice(
        id="P-0001",
        name="Carry",
        evidence=[Evidence(story="x", start=0, end=5), Evidence(story="s", start=0, end=900)],
    )
    made = gather(practice, {"s": Story(id="s", narrative="Short.")}, HOUSE)
    assert (made.steps, made.cites, made.thin) == ((), (), True)


def test_gaps_name_whom_to_ask_and_no_person() -> None:
    made = told("The staff were lovely.")
    found = gaps(made, HOUSE)
    assert any("Ask whoever told these stories" in line for line in found)  # one story names no team
    assert "Who owns it" in no_owner(made)
    full = told("She carried our bags and walked us to our room.", owner="Mara", trigger="a guest has bags")
    assert gaps(full, HOUSE) == []
    assert no_owner(full) == ""
    assert when(full) == "When a guest has bags."


def test_own_money_and_bent_rules_are_for_the_system_to_mend() -> None:
    story = Story(
        id="s", narrative="She carried our bags.", resources_extra="paid the taxi", rule_bent="late key"
    )
    practice = Practice(id="P-0001", name="Carry", evidence=[Evidence(story="s", start=0, end=21)])
    line = heroics(gather(practice, {"s": story}, HOUSE))
    assert line.startswith("1 story took somebody's own time or money and 1 story needed a rule to be bent.")


def test_the_most_told_situation_is_the_moment() -> None:
    made = told(
        "Our flight was delayed. She carried our bags.",
        "The train was cancelled. He carried our bags.",
        name="Carry bags",
    )
    assert (
        when(made)
        == "The guest's plans are upset by a delay, a cancellation or a missed connection (2 of 2 stories)."
    )


def test_tail_and_core() -> None:
    assert tail("Ring every arrival on the following morning") == (
        "Ring every arrival", "On the following morning",
        "By then the {c} knows what is missing, and there is still time to put it right",
    )  # fmt: skip
    assert tail("Carry the bags") is None
    asked = tail("Call the guest the morning after arrival to ask if all is well")
    assert asked and asked[:2] == ("Call the guest to ask if all is well", "The morning after arrival")
    assert tail("Prepare the food on the guest's suggestion") is None  # nothing lies there
    assert tail("Push the bed over so that the bell is on the guest's left side") is None
    assert tail("Put the lamp on the guest's left side") is not None
    assert core("Call the guest the next morning to ask if all is well") == "Call the guest"
    assert same_step(
        "Call the guest the next day to ask how they are", "Ring the guest to ask if all is well"
    )
    assert not same_step("Bring the guest a towel", "Bring the guest a kettle")


def test_documents_say_when_they_leave_doubtful_stories_out() -> None:
    text = "Our flight was late. She carried our bags up the stairs."
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n in range(3)}

    def made(*scores: float) -> Material:
        evidence = [
            Evidence(story=f"s{n}", start=0, end=len(text), score=score) for n, score in enumerate(scores)
        ]
        return gather(Practice(id="P-0001", name="Carry the bags", evidence=evidence), stories, HOUSE)

    fewer = made(0.9, 0.9, 0.1)
    assert (fewer.stories, fewer.doubtful) == (2, 1)
    assert when(fewer).endswith("(2 of 2 stories, doubtful ones left out).")
    for every in (made(0.9, 0.9, 0.9), made(0.9, 0.1, 0.1)):  # too few are sure: all are taken
        assert (every.stories, every.doubtful) == (3, 0)
        assert when(every).endswith("(3 of 3 stories).")


def test_feelings_are_read_only_when_said() -> None:
    assert feeling("It made us feel very welcome.") == "welcome"
    assert feeling("She put me at ease.") == "at ease"
    assert feeling("I never felt safe.") is None
    assert feeling("I felt like ordering soup.") is None
    assert feeling("We were made very welcome and sat down.") == "welcome"
    assert feeling("My aunt was made to feel at home.") == "at home"
    for described in (
        "She gave us a very good welcome drink.",
        "We felt welcome drinks were a nice touch.",
        "The porter made us welcome tea.",
        "A special place; the room felt comfortable.",
    ):
        assert feeling(described) is None, described


def test_retelling_is_in_the_past_and_nameless() -> None:
    assert (
        past("Walk the guest to your desk and give them a map")
        == "walked the guest to their desk and gave them a map"
    )
    assert retold(["Walk the guest to the room", "Bring tea", "Call the next morning"]) == (
        "A colleague walked the guest to the room. Then they brought tea. They also called the next morning."
    )
    assert retold([]) == ""
    both = "Keep the soup warm for the guest and bring bowls so that they can eat"
    assert past(both) == "kept the soup warm for the guest and brought bowls so that they could eat"


def test_a_place_says_where_it_is() -> None:
    assert str(Cite("s", "narrative", 1, 5)) == "s#1-5"
    assert str(Cite("s", "behaviours[2]", 1, 5)) == "s#behaviours[2]:1-5"


def test_nothing_depends_on_the_order_of_the_evidence() -> None:
    texts = [
        "She carried our bags.",
        "He carried our bags up the stairs.",
        "They walked us to the room with our bags.",
    ]
    stories = {f"s{n}": Story(id=f"s{n}", narrative=t) for n, t in enumerate(texts)}
    evidence = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    one = gather(Practice(id="P-0001", name="Carry bags", evidence=evidence), stories, HOUSE)
    two = gather(
        Practice(id="P-0001", name="Carry bags", evidence=evidence[::-1]),
        dict(reversed(stories.items())),
        HOUSE,
    )
    assert one.steps == two.steps


def test_where_and_when_somebody_is_greeted_are_key_points_of_one_step() -> None:
    made = told(
        "The porter greeted us at the gate.",
        "She greeted us with a wave.",
        "He greeted us.",
        name="Greet the guest",
    )
    assert [s.text for s in made.steps] == ["Greet the guest"]
    assert {p.text for p in made.steps[0].key_points} == {"At the gate", "With a wave"}


def test_many_things_given_are_one_step_with_examples() -> None:
    made = told(
        "They offered us a glass of cider.",
        "They offered me an orange.",
        "She offered us some warm socks.",
        "He offered us a chair.",
        name="Offer a chair, socks, cider and an orange",
    )
    assert len(made.steps) == 1
    assert made.steps[0].text.startswith("Offer the guest what fits, for example ")
    assert made.steps[0].stories == 4


def test_taken_or_escorted_to_a_seat_is_one_step() -> None:
    assert same_step("Take the guest to their seat", "Escort the guest to their seat")
    assert not same_step("Take photos for the guest", "Escort the guest to their seat")


def test_what_one_of_many_did_besides_is_left_out() -> None:
    often = ("She carried our bags.", "He walked us to the lift.", "They stored our bags.") * 5
    made = told(*often, "He drove our bags to the station.", name="Carry the bags")
    assert {s.text.split()[0] for s in made.steps} == {"Carry", "Walk", "Store"}
    assert any(s.text.startswith("Drive") for s in told("He drove our bags to the station.").steps)


def test_three_core_lines_are_the_steps_and_take_the_evidence_of_their_own_verb() -> None:
    told = {
        "s1": Story(id="s1", narrative="She wrote it on the handover card for the night."),
        "s2": Story(id="s2", narrative="He read the card before his shift and knew."),
        "s3": Story(id="s3", narrative="Somebody lost the card."),
    }
    practice = Practice(
        id="P-0001",
        name="Note on the card",
        core=["Write it on the handover card", "Read the card before you go on shift", "Initial it"],
        evidence=[Evidence(story=i, start=0, end=len(s.narrative)) for i, s in sorted(told.items())],
    )
    made = gather(practice, told, Organisation())
    assert [s.text for s in made.steps if s.source == "practice"] == practice.core
    assert not [s for s in made.steps if s.source == "stories"]
    assert [sorted({c.story for c in s.cites}) for s in made.steps[:3]] == [["s1"], ["s2"], []]


def test_where_most_stories_serve_colleagues_everything_is_said_of_a_colleague() -> None:
    inside = Customer(kind="internal")
    stories = {n: Story(id=n, narrative="She rang me before payday.", customer=inside) for n in "abc"}
    evidence = [Evidence(story=n, start=0, end=26) for n in stories]
    core = ["Ask what the {customer} needs"]
    practice = Practice(id="P-0001", name="Call before payday", core=core, evidence=evidence)
    made = gather(practice, stories, HOUSE)
    assert made.customer == "colleague" and made.steps[0].text == "Ask what the colleague needs"
    assert when(made) == "Before payday."
    stories |= {n: Story(id=n, narrative="She rang me before payday.") for n in "ab"}
    assert gather(practice, stories, HOUSE).customer == "guest"


def test_what_was_noted_besides_is_no_way_of_greeting() -> None:
    made = told("She greeted us at the door, noted our wishes and rang the kitchen.", name="Greet and note")
    greeting = [s for s in made.steps if s.text.startswith("Greet")]
    assert greeting and not any("shift" in p.text for s in greeting for p in s.key_points)


def test_a_line_that_asks_for_unpaid_time_is_no_step_and_the_owner_is_told() -> None:
    made = told("She carried our bags.", core=["Carry the bags up", "Stay past your shift", "Shut the door"])
    assert [s.text for s in made.steps if s.source == "practice"] == ["Carry the bags up", "Shut the door"]
    assert any("“Stay past your shift” asks for unpaid time" in line for line in gaps(made, HOUSE))
    assert not any("unpaid" in line for line in gaps(told("She carried our bags."), HOUSE))


def test_documents_say_at_their_head_how_far_a_practice_goes_and_why() -> None:
    def decided(to: str, label: str | None = None) -> Material:
        way = {"on": "2026-03-02", "by": "Mara", "action": to, "from": "candidate", "to": to}
        verdict = {"label": label} if label else None
        reason = "two desks try it first."
        return told(
            "She carried our bags.", status=to, decisions=[{**way, "reason": reason}], verdict=verdict
        )

    assert decided("pilot").head == (
        "On trial since 2026-03-02: only for those who try it, and not yet for everybody. "
        "Why so decided: two desks try it first."
    )
    assert decided("local").head.startswith("Local: only at Quay. Why so decided: two desks")
    assert decided("accepted").head == ""
    assert "depends on one person" in decided("standard", "star-dependent").head
    assert told("She carried our bags.").head.startswith("Nobody has accepted")


def test_the_reason_of_a_trial_names_nobody() -> None:
    house = Organisation.model_validate({"customer_word": "guest", "staff": [{"name": "Oda Berg"}]})
    way = {"on": "2026-03-02", "by": "Mara", "action": "pilot", "to": "pilot", "reason": "so far Oda does it"}
    practice = Practice.model_validate(
        {"id": "P-0001", "name": "Carry", "status": "pilot", "decisions": [way]}
    )
    assert "Oda" not in gather(practice, {}, house).head


def test_a_practice_of_every_occasion_is_not_done_on_birthdays_alone() -> None:
    text = "It was my birthday. She brought us a cake."
    own = told(
        *[text] * 3, name="Mark occasions", behaviour_statement="When we learn of an occasion we mark it."
    )
    assert moment(own) == "When you learn of an occasion."
    assert moment(told(*[text] * 3, name="Bring a cake")) not in (None, "When you learn of an occasion.")


def test_a_moment_nobody_names_is_open_and_asked_for() -> None:
    story = Story(id="a", narrative="She lent me a lamp.")
    evidence = [Evidence(story="a", start=0, end=len(story.narrative))]
    for name, said in (
        (
            "Lend a lamp",
            "Not agreed yet, and most stories name no moment. The owner says when.",
        ),
        ("Lend a lamp at night", "At night."),
    ):
        made = gather(Practice(id="P-0001", name=name, evidence=evidence), {"a": story}, HOUSE)
        assert when(made).startswith(said)


def test_a_story_told_again_has_no_moment_of_the_practices_name() -> None:
    told = {"s": Story(id="s", narrative="They upgraded us to a suite.")}
    evidence = [Evidence(story="s", start=0, end=28)]
    practice = Practice(id="P-0001", name="Upgrade guests when something better is free", evidence=evidence)
    made = gather(practice, told, HOUSE)
    assert made.steps[0].text.endswith(" when there is room")
    assert made.own == {"s": ("Upgrade the guest to a suite",)}


def test_a_moment_is_said_as_one_and_of_whom_it_speaks() -> None:
    def due(name: str, **fields: object) -> str | None:
        return moment(
            Material(
                Practice.model_validate({"id": "P-0001", "name": name, **fields}), "guest", (), (), (), ()
            )
        )

    assert due("Look", trigger="Somebody needs the boat early.") == "When somebody needs the boat early."
    assert due("Look", trigger="A loss of oars") == "A loss of oars."
    assert due("Let the guest row before they pay") == "Before the guests pay."
    assert due("Oil the oars before they dry") == "Before they dry."


def test_what_one_of_several_steps_says_of_when_is_not_the_moment_of_all() -> None:
    texts = ["I had left my spectacles at home. He lent me a pair of reading glasses."] * 3
    lends = told(*texts, name="Bring what is lacking")
    assert moment(lends) == "When a guest cannot read without glasses."
    more = replace(
        lends, situations=(), steps=(*lends.steps, Step("Find the thing that is lacking", "definition"))
    )
    assert moment(more) is None


def test_bags_that_are_kept_are_another_moment_than_bags_that_are_carried() -> None:
    def moment_of(text: str) -> str | None:
        told = {key: Story(id=key, narrative=text) for key in ("a", "b")}
        evidence = [Evidence(story=key, start=0, end=len(text)) for key in told]
        return moment(gather(Practice(id="P-0001", name="See to bags", evidence=evidence), told, HOUSE))

    assert (
        moment_of("They stored our bags until the evening.") == "When a guest has bags to leave for a while."
    )
    assert moment_of("They carried our bags up.") == "When a guest has luggage to carry."
    assert moment_of("There were bags of lavender for sale.") is None


def test_a_reason_beside_the_deed_is_the_reason_of_the_only_step() -> None:
    texts = [
        "She carried our bags.",
        "The bags were upstairs before us, so that we could lie down at ten.",
    ]
    made = told(*texts)
    (step,) = made.steps
    reasons = [step.why, *(p.reason for p in step.key_points if p.told)]
    assert "So that the guest can lie down" in reasons


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("She knelt beside me and asked how I was.", "Speak to the guest at eye level"),
        ("She knelt on the mat to look at our pony's hoof.", ""),
        ("He listened to me and asked what had happened.", "Let the guest finish before you answer"),
        ("He listened to the pump's bearings and asked me how old it was.", ""),
        ("She remembered me and asked after my boat.", "Look up or recall what you know of the guest first"),
        ("She remembered that nobody had told me the times and wrote the times on a card.", ""),
    ],
)
def test_what_is_done_to_a_thing_is_no_way_to_speak_with_anybody(text: str, point: str) -> None:
    said = repr(told(text, text).steps)
    points = ("at eye level", "finish before you answer", "recall what you know")
    assert point in said if point else not any(p in said for p in points)


def test_an_operation_of_an_animal_is_none_of_the_guests() -> None:
    unwell = "A guest is unwell or finds it hard to move about."
    person = "I came home after my operation. She carried our bags."
    animal = "Our old spaniel came home after his operation. She carried our bags."
    assert unwell in dict(told(person, person).situations)
    assert unwell not in dict(told(animal, animal).situations)


def test_a_moment_is_looked_for_in_the_whole_story_before_the_deed() -> None:
    long = "The queue was long and the coffee was good and nobody said a word about it. " * 3
    early = f"We landed at seven in the morning. {long}She carried our bags."
    made = told(early, early)
    assert "A guest arrives early, or before the room is ready." in dict(made.situations)
    deed = "She carried our bags."
    story = Story(id="s", narrative=f"{deed} We came back at seven in the morning.")
    evidence = [Evidence(story="s", start=0, end=len(deed))]
    after = gather(Practice(id="P-0001", name="Carry the bags", evidence=evidence), {"s": story}, HOUSE)
    assert "A guest arrives early, or before the room is ready." not in dict(after.situations)


def test_a_told_moment_counts_the_stories_that_tell_it() -> None:
    early, plain = "Our boat left at five. She packed us a breakfast.", "She packed us a breakfast."
    made = told(early, plain, early, name="Pack the guest a breakfast")
    assert len({c.story for c in made.steps[0].cites}) == 3
    assert when(made) == "When a guest leaves early in the morning (2 of 3 stories)."


def test_a_scene_that_is_played_is_told_of_a_day_gone_by() -> None:
    said = [as_it_was(s.said.replace("{c}", "guest")) for s in SITUATIONS]
    assert "A guest was unwell or found it hard to move about." in said
    assert "It was noisy, or a guest had slept badly." in said
    assert not any(
        re.search(r"\b(?:is|are|has|cannot|does|needs|comes|asks|arrives)\b", line) for line in said
    )


def test_nothing_of_a_story_whose_teller_refused_is_told() -> None:
    texts = (
        "The room was cold. She carried our bags.",
        "The train was delayed. He carried my bags and dried the dog.",
    )
    answers: list[dict[str, Any]] = [
        {"uses": []},
        {"uses": ["team"]},
        {"uses": ["training"], "withdrawn_on": "2026-01-05"},
    ]
    for answer in answers:
        stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
        consent = [{"party": "guest", **answer}]
        stories["s1"] = Story.model_validate({"id": "s1", "narrative": texts[1], "consent": consent})
        evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
        practice = Practice(id="P-0001", name="Carry the bags", evidence=evidence)
        made = gather(practice, stories, HOUSE)
        assert (made.withheld, made.stories, set(made.told)) == (1, 1, {"s0"})
        assert "s1" not in {c.story for step in (*made.steps, *made.besides) for c in step.cites}
        assert "dog" not in repr((made.steps, made.besides)) and "delay" not in repr(made.situations)
        said = withheld(made)
        assert said.startswith("1 more story shows it.") and "nothing of it stands here" in said
        agreed = [{"party": "guest", "uses": ["training"]}]
        stories["s1"] = Story.model_validate({"id": "s1", "narrative": texts[1], "consent": agreed})
        assert (gather(practice, stories, HOUSE).withheld, withheld(told(*texts))) == (0, "")
