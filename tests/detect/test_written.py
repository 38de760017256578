"""Which lines count as what people wrote of a practice, and which behaviours are told like them."""

from typing import Any

import numpy as np

from servicestory.detect import decisions, written
from servicestory.detect.matching import Target
from servicestory.detect.terms import Terms
from servicestory.detect.weights import shipped
from servicestory.detect.words import content
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice

WHO: dict[str, Any] = {"on": "2026-10-04", "by": "Mara Lind", "reason": "our word"}


def test_a_cue_of_two_words_is_found_in_whatever_form_they_stand() -> None:
    entry = CodebookEntry(
        key="own", name="Show the worn part", definition="Show it.", cues=["old bearing", "hire bike", "part"]
    )
    texts = ["Handed him the bearing, an old one.", "They lent her one of the hire bikes.", "He took part."]
    said = [content(text) for text in texts]
    assert written.says_a_cue(said, entry.cues).tolist() == [True, True, False]
    assert written.says_a_cue(said, []).tolist() == [False, False, False]


def test_the_codebook_s_words_are_not_people_s_until_somebody_changes_them(
    codebook: list[CodebookEntry],
) -> None:
    entry = codebook[0]
    found = Practice(
        id="P-0001", name=entry.name, behaviour_statement=entry.behaviour_statement, definition=entry.key
    )
    assert written.people_wrote(found, entry) == []
    by_hand = found.model_copy(update={"examples": ["Look up first"], "core": ["Ask"]})
    assert written.people_wrote(by_hand, entry) == ["Look up first"]
    ours = decisions.rename(found, "Look up when the door opens", **WHO)
    assert written.people_wrote(ours, entry) == ["Look up when the door opens"]
    machine_named = Practice(id="P-0002", name="Mend the tube")
    assert written.people_wrote(machine_named, None) == []


def test_a_practice_that_holds_places_is_looked_for_by_what_people_wrote_alone() -> None:
    place = Evidence(story="s", start=0, end=9)
    named = Practice(id="P-0001", name="Mend the tube", evidence=[place])
    goals = [Target(named, None, kept={("s", "narrative", 0, 9)})]
    assert written.lines_of(goals, shipped(), goals[0].kept) == {}
    assert written.lines_of(goals, shipped()) == {0: ["Mend the tube"]}
    goals[0].practice = named.model_copy(update={"behaviour_statement": "We mend it while they wait."})
    assert written.lines_of(goals, shipped(), goals[0].kept) == {0: ["We mend it while they wait."]}


def test_words_in_common_make_a_behaviour_like_a_line_people_wrote(codebook: list[CodebookEntry]) -> None:
    terms = Terms(["He showed me the worn chain.", "He drew a map.", "We left."])
    line, before = "Show the worn part", np.array([0.1, 0.4, 0.2])
    own = CodebookEntry(key="own", name=line, definition="Show it.")
    near = written.by_words(before, terms, Target(None, own), [line])
    assert near[0] >= written.DESCRIBED and near[1:].tolist() == [0.4, 0.2]
    shipped_entry = own.model_copy(update={"key": codebook[0].key, "name": codebook[0].name})
    goal = Target(None, shipped_entry)
    assert written.by_words(before, terms, goal, [line]).tolist() == [0.1, 0.4, 0.2]
    goal.practice = decisions.define({"name": line}, None, "P-0001", **WHO)
    assert written.by_words(before, terms, goal, [line])[0] >= written.DESCRIBED


def test_the_words_a_practice_is_looked_for_by_are_said_once_and_as_written() -> None:
    said = written.looked_for(["Show the worn part", "We show customers which parts have worn"])
    assert said == ["show", "worn", "part"]
