"""Deeds of a house's own in its tellers' words: what people accepted gives steps, whatever the title; no false ones."""

import pytest

from servicestory.detect.alike import Nearness
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import Material, gather
from servicestory.wording.plainly import deeds_told

HOUSE = Organisation(organisation="Elm Lane Stables", customer_word="owner")
NEAR = Nearness()
STAFF = {"rosa", "bram"}
FROST = (
    "Frost was forecast. Rosa covered the three horses whose owners were away.",
    "He broke the ice on the trough in the far paddock as soon as it was light.",
    "Mrs Hale was abroad, so Bram wrapped bandages round her pony's legs.",
    "Bram forked deep straw into every stall, and the radio said minus nine.",
)


def told(name: str, *texts: str, **fields: object) -> Material:
    people = ["Rosa", "Bram"]
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text, people=people) for n, text in enumerate(texts)}
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    practice = Practice.model_validate({"id": "P-0001", "name": name, "evidence": evidence, **fields})
    return gather(practice, stories, HOUSE, {}, NEAR)


def steps(made: Material) -> set[str]:
    return {step.text for step in made.steps}


def test_what_people_accepted_gives_the_deeds_told_as_ways_whatever_the_title() -> None:
    for name in ("Keep the horses warm", "Winter round", "Break the ice on the trough"):
        made = told(name, *FROST, status="accepted")
        assert steps(made) == {
            "Cover the horses whose owners are away",
            "Break the ice on the trough in the far paddock",
            "Wrap bandages round the owner's pony's legs",
            "Fork deep straw into every stall",
        }
        assert made.ways
        assert all(made.told_once(step) for step in made.steps)


def test_what_nobody_decided_on_gives_nothing_of_it_but_what_was_put_in_by_hand() -> None:
    made = told("Winter round", *FROST)
    assert not made.steps
    place = {"story": "s3", "start": 0, "end": len(FROST[3])}
    others = [{"story": f"s{n}", "start": 0, "end": len(t)} for n, t in enumerate(FROST[:3])]
    made = told("Winter round", *FROST, evidence=[*others, {**place, "pinned": True}])
    assert steps(made) == {"Fork deep straw into every stall"}


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was with Comet, so Rosa covered her with a second rug.",  # who is "her"?
        "The farrier hammered new shoes onto the grey mare.",  # nobody of the house
        "Rosa whistled and went along the yard at closing time.",  # no deed to copy
        "Bram handed them one of each.",
        "Rosa swept out the box in 11 together with the stable boy.",  # one place of this yard
        "Rosa gave the man both bridles to try.",
        "Rosa never mucked out the stalls on the north side.",
        "Rosa let the man ride on and he paid for the longest halter.",
    ],
)
def test_what_leaves_it_open_who_is_meant_or_what_was_done_gives_nothing(text: str) -> None:
    assert deeds_told(text, STAFF, "owner") == []


def test_of_a_place_that_tells_two_deeds_the_one_like_the_others_is_given() -> None:
    text = "Rosa locked the tack room at noon and filled the net with fresh hay for the grey."
    hay = ("Bram filled the manger with fresh hay.", "Rosa stuffed a second net with hay at dusk.")
    made = told("Feed", text, *hay, status="accepted")
    assert not any("tack room" in step for step in steps(made))
    assert "s0" in {cite.story for step in made.steps for cite in step.cites}


def test_a_line_people_wrote_is_told_by_places_that_tell_one_of_its_acts_or_the_deed_in_other_words() -> None:
    core = ["Break the ice and top up every trough", "Send the owner a picture"]
    texts = (
        "Bram broke the ice with a spade at six.",
        "Rosa put on a second rug. She sent us a picture of our mare lying in the straw. We slept well.",
        "Rosa rang the vet about the roan.",
    )
    rug = {"story": "s1", "start": 0, "end": 25}
    whole = [{"story": f"s{n}", "start": 0, "end": len(texts[n])} for n in (0, 2)]
    made = told("Winter round", *texts, status="accepted", core=core, evidence=[rug, *whole])
    ice, picture = made.steps[:2]
    assert [c.story for c in ice.cites] == ["s0"]
    assert [made.text_at(c) for c in picture.cites] == [
        "She sent us a picture of our mare lying in the straw"
    ]
    out = [{"story": "s1", "start": 26, "end": 80}]  # what somebody took out tells nothing
    made = told(
        "Winter round", *texts, status="accepted", core=core, evidence=[rug, *whole], not_evidence=out
    )
    assert made.steps[1].cites == ()


def test_a_line_people_wrote_is_told_in_other_words_only_where_the_deed_is_surely_the_same() -> None:
    core = ["Fill the jugs with something cold for the riders"]
    texts = (
        "Rosa made the jugs up with iced tea before they set off.",
        "Rosa washed the jugs in the evening.",
    )
    made = told("Winter round", *texts, status="accepted", core=core)
    assert [c.story for c in made.steps[0].cites] == ["s0"]
