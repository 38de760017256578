"""A written line cites a place only where its hour, its haste and the practice itself are told there."""

import pytest

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import Material, gather
from servicestory.wording.showing import showing
from servicestory.wording.steps import Cite

HOUSE = Organisation(organisation="Ostler Lodge", customer_word="guest")


def made(*texts: str, entry: CodebookEntry | None = None, **fields: object) -> Material:
    stories = {
        f"s{n}": Story(id=f"s{n}", narrative=text, people=["Sverre", "Ida"]) for n, text in enumerate(texts)
    }
    evidence = [Evidence(story=k, start=0, end=s.narrative.index(".") + 1) for k, s in stories.items()]
    given = {"id": "P-0001", "evidence": evidence, "definition": entry.key if entry else None}
    name = {"name": entry.name if entry else "Ring on the second day and ask whether all is well"}
    practice = Practice.model_validate(name | given | fields)
    return gather(practice, stories, HOUSE, {entry.key: entry} if entry else {})


def cited(found: Material) -> dict[str, list[str]]:
    return {s.text: [c.story for c in s.cites] for s in found.steps}


RING = ("Ring the guest between four and six", "Ask what is missing", "See to it the same morning")


def test_another_hour_than_the_lines_is_no_place_of_it() -> None:
    found = made(
        "Sverre rang me at five to ask if all was well.",
        "Ida rang us at half past six to ask if all was well.",
        "Sverre rang me at 4:30 to ask if all was well.",
        "Ida rang us to ask if all was well.",
        core=[RING[0]],
    )
    assert cited(found)[RING[0]] == ["s0", "s2", "s3"]


@pytest.mark.parametrize(
    "told",
    [
        "Ida rang to hear if we had everything we needed.",
        "Ida rang and asked whether something was lacking.",
        "Ida rang to ask about anything we lacked.",
        "Ida's call (“how did you sleep, do you need anything?”) came early.",
    ],
)
def test_what_is_asked_in_other_words_is_asked(told: str) -> None:
    assert cited(made(told, core=[*RING]))[RING[1]] == ["s0"]


def test_to_see_to_it_is_not_to_see() -> None:
    found = made(
        "Ida rang me at five. The lamp and the tap were both sorted before lunch.",
        "Then Sverre saw my face and found me a chair in the morning.",
        core=[*RING],
    )
    assert cited(found)[RING[2]] == ["s0"]
    assert found.text_at(found.steps[2].cites[0]).endswith("sorted before lunch")


def test_whatever_was_done_before_lunch_was_seen_to_the_same_morning() -> None:
    fan = "Ida rang me at five to ask if all was well. I said that it was. She waited. I told her of the heat. She put up a fan before lunch."
    found = made(
        fan,
        "Sverre rang me at five to ask if all was well. We ate before lunch.",
        "Ida carried a trunk before lunch.",
        core=[*RING],
    )
    assert cited(found)[RING[2]] == ["s0"]
    assert found.text_at(found.steps[2].cites[0]) == "She put up a fan before lunch"


def test_a_line_is_not_cited_from_a_story_of_another_deed() -> None:
    core = [RING[0], "Note the room for the porter in the morning"]
    found = made("Ida rang me at five.", "Sverre noted the shoe size in the morning.", core=core)
    assert cited(found)[core[1]] == []
    own = made("Ida rang me at five. She noted the room for the porter in the morning.", core=core)
    assert cited(own)[core[1]] == ["s0"]


MEND = CodebookEntry(
    key="mend",
    name="Put a fault right",
    definition="-",
    behaviour_statement="When something is broken, we get it fixed straight away.",
)


def test_of_a_hasty_line_the_places_that_tell_haste_are_cited() -> None:
    slow, fast = "Sverre mended the pump.", "Ida mended the gate within the hour."
    line = "When something is broken, get it fixed straight away"
    assert cited(made(slow, entry=MEND))[line] == ["s0"]
    assert cited(made(slow, fast, entry=MEND))[line] == ["s1"]


def test_the_night_taken_off_the_bill_gives_something_back() -> None:
    place = Cite("s", "narrative", 0, 9)
    line = "Give something back without being pushed"
    assert showing(line, [(place, "He took the night off the bill.")], "guest", kind=True)
    assert not showing(line, [(place, "He gave us the paper and came back.")], "guest", kind=True)


def test_own_words_are_the_manner_of_noting() -> None:
    place = Cite("s", "narrative", 0, 9)
    line = "Write it on the handover card in the guest's own words"
    assert showing(line, [(place, "She notes on the card what each of us said.")], "guest")
    assert showing(line, [(place, "She had it put down in the handover for the night.")], "guest")
    assert not showing(line, [(place, "She left a note for the cook.")], "guest")


SORRY = CodebookEntry(
    key="sorry",
    name="Make up for it",
    definition="-",
    behaviour_statement="We say sorry and give something back.",
    include=["a refund", "an honest apology", "a voucher"],
)


def test_an_example_stands_with_the_line_it_is_of() -> None:
    found = made("Ida said sorry. There was an apology in it, no refund and no voucher.", entry=SORRY)
    told = {s.text: [p.text for p in s.key_points] for s in found.steps}
    assert told == {
        "Say sorry": ["For example: an honest apology"],
        "Give something back": ["For example: a refund; a voucher"],
    }


TOLD_OF_TASTE = (
    "Sverre suggested a menu.",
    "Ida suggested a good menu for four.",
    "Sverre recommended the fish and the beer.",
    "Ida asked how we like our eggs and made them so.",
    "The cook comes out and asks your preference himself.",
    "They gladly cut the cheese the way you prefer it.",
    "Ida had the porridge made to our liking.",
    "I would like to thank Ida, who made our evening.",
)


def _taste(statement: str) -> dict[str, list[str]]:
    entry = CodebookEntry(
        key="taste",
        name="Cook and recommend to the guest's taste",
        behaviour_statement=statement,
        definition="Staff make a dish to taste, or recommend dishes.",
        cues=["recommended the fish", "suggested a menu"],
    )
    return cited(made(*TOLD_OF_TASTE, entry=entry))


def test_a_line_does_not_cite_who_did_only_what_another_step_says() -> None:
    found = _taste("We ask how people like it and make it so.")
    assert found["Ask how people like it and make it so"] == ["s3", "s4", "s5", "s6"]
    assert found["Suggest a menu"] == ["s0", "s1"]


def test_a_line_of_any_object_is_told_by_each() -> None:
    found = _taste("We ask how people like it and make it so, and recommend what suits.")
    # neither a menu suggested nor how one guest likes the eggs is a step beside the line it is a way of
    assert found == {
        "Ask how people like it and make it so": ["s3", "s4", "s5", "s6"],
        "Recommend what suits": ["s0", "s1", "s2"],
    }
