"""A practice that puts failures right has the whole of a recovery as its steps; any other keeps its own."""

import pytest

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Decision, Evidence, Practice
from servicestory.models.story import Story
from servicestory.train import items
from servicestory.wording.material import Material, gather
from servicestory.wording.recovery import BACK, REPORT, RIGHT, SORRY, fits_only, with_recovery

HOUSE = Organisation(customer_word="tenant")
MEND = CodebookEntry(
    key="mend",
    name="Mend what is broken",
    definition="-",
    behaviour_statement="When something is broken, we get it fixed straight away.",
    include=["a tap mended"],
    incident="failure put right",
)
SORRY_FOR = CodebookEntry(
    key="sorry",
    name="Say sorry for a mistake",
    definition="-",
    behaviour_statement="When we were wrong, we say sorry and give the rent back.",
    include=["a month without rent", "an apology on paper"],
    incident="failure put right",
)


def made(entry: CodebookEntry, *texts: str, recovery: bool = True, **fields: object) -> Material:
    stories = {f"s{n}": Story(id=f"s{n}", narrative=t, recovery=recovery) for n, t in enumerate(texts)}
    evidence = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    given = {"id": "P-0001", "name": entry.name, "behaviour_statement": entry.behaviour_statement}
    practice = Practice.model_validate({**given, "definition": entry.key, "evidence": evidence, **fields})
    return with_recovery(gather(practice, stories, HOUSE, {entry.key: entry}), entry)


def test_its_own_step_stands_at_its_place_and_nothing_is_said_twice() -> None:
    found = made(
        MEND, "The lock was broken, and she replaced it.", "He came back later to see whether it held."
    )
    assert [s.text for s in found.steps] == [SORRY.text, "Get it fixed straight away", BACK.text, REPORT.text]
    own = found.steps[1]
    assert (
        own.source == "definition" and own.key_points[0].text == RIGHT.instead
    )  # what the line says besides
    assert [c.story for c in own.cites] == ["s0"] and [c.story for c in found.steps[2].cites] == ["s1"]
    assert not found.steps[0].cites and not found.steps[3].cites  # no story tells it, and none is named


def test_its_name_is_the_line_it_says_however_many_words_stand_between() -> None:
    own = CodebookEntry(
        key="own",
        name="Put our own small mistakes right",
        definition="-",
        behaviour_statement="Put our own small mistakes right.",
        incident="failure put right",
    )
    assert [s.text for s in made(own, "She put it right.").steps][1:] == [own.name, BACK.text, REPORT.text]


@pytest.mark.parametrize(
    ("told", "cited"),
    [
        ("He owned up to it.", [0]),
        ("The wrong flat was let, which he told us straight away.", []),  # and nobody said sorry
        ("I was sorry to leave, and I admitted it.", []),  # that was the tenant
        ("She popped in to make sure that it stayed warm.", [2]),
        ("They came in to hand over the keys.", []),
        ("He came by again the next day to look at it.", [2]),
        ("A week on she looked in again, unasked.", [2]),
        ("The drip came again the next day.", []),
        ("He reported the leak.", [3]),
        ("She told the office what had gone wrong.", [3]),
        ("She told us what had gone wrong.", []),  # whoever had the trouble reports nothing by it
    ],
)
def test_a_line_cites_the_places_that_tell_it(told: str, cited: list[int]) -> None:
    found = made(MEND, "The tap was broken, and he got it working.", told)
    lines = [s for s in found.steps if s.source != "stories"]
    assert [n for n, s in enumerate(lines) if "s1" in {c.story for c in s.cites}] == cited


def test_the_lines_make_a_checklist_with_a_pause_for_each_of_its_moments() -> None:
    found = made(MEND, "The lock was broken, and she replaced it for me.")
    listed = items.items(found)
    assert found.makes_a_list
    now, later = items.parts(found, listed)
    assert [i.text for i in now.items] == [SORRY.text, "Get it fixed straight away"]
    assert now.pause == "Before you turn to the next tenant" and later.first == 3
    assert later.pause == "Before you hand over your shift" and later.items[0].text == BACK.text


def test_what_is_given_back_follows_the_mending_and_has_the_examples() -> None:
    found = made(SORRY_FOR, "She apologised and took the month off the bill.")
    texts = [s.text for s in found.steps]
    given = "Give the rent back, where something is to be given"
    assert texts == ["Say sorry", RIGHT.text, given, BACK.text, REPORT.text]
    assert [fits_only(s) for s in found.steps] == [False, False, True, False, False]
    assert [p.text for p in found.steps[2].key_points] == [
        "For example something off the bill",  # what a story tells comes first
        "For example: a month without rent",
    ]
    assert [c.story for c in found.steps[2].cites] == ["s0"]
    examples = [p.text for s in found.steps for p in s.key_points if p.example]
    assert examples == ["For example: a month without rent"]  # the apology is a step of its own
    assert any("month" in p.text for p in found.steps[2].key_points)


def test_where_people_wrote_the_core_or_the_practice_is_another_it_stays_as_it_is() -> None:
    text = "The lock was broken, and she replaced it."
    agreed = made(MEND, text, core=["Ring the locksmith", "Wait for him"])
    assert not any(s.source == "recovery" for s in agreed.steps)
    lost = MEND.model_copy(
        update={
            "key": "lost",
            "name": "Return lost things",
            "behaviour_statement": "When something is left behind, we keep it and send it on.",
        }
    )
    assert not any(s.source == "recovery" for s in made(lost, text).steps)
    unprompted = MEND.model_copy(update={"incident": "unprompted"})
    assert not any(s.source == "recovery" for s in made(unprompted, text).steps)
    renamed = [
        Decision.model_validate({"action": "renamed", "by": "Mara", "on": "2026-01-01", "reason": "-"})
    ]
    shed = made(MEND, text, name="Oil the hinges", behaviour_statement=None, decisions=renamed)
    assert not any(s.source == "recovery" for s in shed.steps)
    anew = made(MEND, text, name="Put it right on the spot", behaviour_statement=None, decisions=renamed)
    assert any(s.source == "recovery" for s in anew.steps)  # in people's words it is one still


@pytest.mark.parametrize(
    ("name", "stories", "whole"),
    [("Repair the boiler", 3, True), ("Repair the boiler", 1, False), ("Carry the coal up", 3, False)],
)
def test_a_practice_of_its_own_is_one_when_it_speaks_of_a_failure_and_several_stories_begin_with_one(
    name: str, stories: int, whole: bool
) -> None:
    told = {
        f"s{n}": Story(id=f"s{n}", narrative="She repaired the boiler.", recovery=True)
        for n in range(stories)
    }
    evidence = [Evidence(story=k, start=0, end=24) for k in told]
    practice = Practice(id="P-0001", name=name, evidence=evidence)
    found = with_recovery(gather(practice, told, HOUSE))
    assert any(s.source == "recovery" for s in found.steps) is whole


def test_who_looked_in_again_went_back_though_it_is_told_after_the_place() -> None:
    text = "The tap was broken, and he got it working. Fine. He dropped in again a week later to look at it."
    story = Story(id="s", narrative=text, recovery=True)
    practice = Practice(
        id="P-0001", name=MEND.name, definition=MEND.key, evidence=[Evidence(story="s", start=0, end=42)]
    )
    found = with_recovery(gather(practice, {"s": story}, HOUSE, {MEND.key: MEND}), MEND)
    (back,) = (step for step in found.steps if step.text == BACK.text)
    assert [text[c.start : c.end] for c in back.cites] == ["He dropped in again a week later to look at it"]
