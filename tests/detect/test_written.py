"""Which lines count as what people wrote of a practice, and which behaviours are told like them."""

from typing import Any

import numpy as np

from servicestory.detect import alike, decisions, matching, written
from servicestory.detect.goals import Target
from servicestory.detect.pipeline import detect
from servicestory.detect.reading import Passage, Reading
from servicestory.detect.terms import Terms
from servicestory.detect.weights import shipped
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice, is_doubtful
from servicestory.models.story import Story

WHO: dict[str, Any] = {"on": "2026-10-04", "by": "Mara Lind", "reason": "our word"}


def held(texts: list[str], *cues: str) -> list[bool]:
    return [bool(one) for one in written.says_a_cue(written.cue_words(texts, cues), cues)]


def test_a_cue_is_found_in_whatever_form_its_words_stand() -> None:
    texts = ["Handed him the bearing, an old one.", "They lent her one of the hire bikes.", "He took part."]
    assert held(texts, "old bearing", "hire bike") == [True, True, False]
    assert held(texts, "parts") == [False, False, True]
    assert held(texts) == held(texts, "not come out") == [False, False, False]
    sewn = [
        "She was stitching.",
        "Four stitches.",
        "He stitched it.",
        "With two needles.",
        "Dropping it off.",
    ]
    assert held(sewn, "stitch", "needle", "dropped") == [True] * 5


def test_one_word_of_the_starter_codebook_is_no_cue(codebook: list[CodebookEntry]) -> None:
    unlearned = next(e for e in codebook if e.key not in shipped().practices)
    entry = unlearned.model_copy(update={"cues": ["sorted it out", "second visit"]})
    assert written.cues(Target(None, entry), shipped()) == ["second visit"]
    ours = entry.model_copy(update={"name": "Our own"})
    assert written.cues(Target(None, ours), shipped()) == ["sorted it out", "second visit"]


def test_a_cue_that_is_not_looked_for_says_why() -> None:
    def told(n: int, text: str) -> list[Story]:
        return [Story(id=f"{n}-{i}", narrative=text) for i in range(n)]

    stories = [*told(4, "The bags were mended."), *told(3, "She darned it."), *told(9, "We left.")]
    idle = written.idle_cues(["bag", "darned", "not come out", "tell", "carry bags"], stories)
    assert idle == {
        "bag": "it is an everyday word here, said in 4 of 16 stories",
        "not come out": "it has only small words, which are said of everything",
        "tell": "it has only small words, which are said of everything",
    }
    assert "bag" not in written.idle_cues(["bag"], [*stories, *told(4, "He went.")])
    assert written.idle_cues(["bag"], []) == {}


def test_detect_finds_a_practice_by_a_word_a_person_wrote(codebook: list[CodebookEntry]) -> None:
    texts = ["She darned the elbow of my cardigan.", "He carried our bags upstairs."]
    stories = [Story(id=f"s{i}", narrative=text) for i, text in enumerate(texts)]
    ours = decisions.define({"name": "Look after old clothes", "cues": ["darning"]}, None, "P-0001", **WHO)
    found = detect(stories, [ours], codebook)
    assert [b.story for b in found.behaviours if "P-0001" in b.practices] == ["s0"]


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


def test_a_line_people_wrote_is_told_in_other_words_too_and_shared_words_may_tell_another_deed() -> None:
    texts = [
        "Bea gives every visiting boat a slip with the tides when they pay for their berth.",
        "A call came the day after, was everything all right with the bed?",
        "He carried the chairs into the garden.",
    ]
    deed = alike.shipped().directions(texts, shipped().vocabulary.known)

    def found(line: str, read: alike.Directions | None = deed) -> list[bool]:
        own = CodebookEntry(key="own", name=line, definition="Do it.")
        near = written.by_words(np.zeros(3), Terms(texts), Target(None, own), [line], read)
        return [bool(one) for one in near >= written.DESCRIBED]

    pay = "Let the customer try the part on the boat before paying"
    assert found(pay) == [False] * 3 and found(pay, None) == found(pay, np.zeros_like(deed))
    assert found(pay, None)[0]
    call = "Phone next morning and ask how the night was"
    assert found(call) == [False, True, False] and not any(found(call, None))


def test_the_words_a_practice_is_looked_for_by_are_said_once_and_as_written() -> None:
    said = written.looked_for(["Show the worn part", "We show customers which parts have worn"])
    assert said == ["show", "worn", "part"]


def test_a_name_in_an_example_is_nothing_that_is_looked_for() -> None:
    named = Practice(
        id="P-0001", name="Mend the tube", examples=["Rosa Will mended the tube, and will again"]
    )
    goals = [Target(named, None)]
    lines = written.lines_of(goals, shipped(), names=["Rosa Will"])[0]
    assert written.looked_for(lines) == written.looked_for(
        ["Mend the tube", "mended the tube, and will again"]
    )


def test_what_the_words_of_a_title_alone_find_is_doubtful_and_stands_nowhere_else() -> None:
    texts = ["They come to the table.", "Come by for the food on that table.", "He mended the lamp."]
    stories = [Story(id=f"s{i}", narrative=text) for i, text in enumerate(texts)]
    line = "Come to the table with the food"
    ours = decisions.define({"name": line}, None, "P-0001", **WHO)
    other = Practice(id="P-0002", name="Lay it", evidence=[Evidence(story="s0", start=0, end=len(texts[0]))])
    goals = [
        Target(ours, None),
        Target(other, None, kept={other.evidence[0].place}, stood={other.evidence[0].place}),
    ]
    passages = [Passage(i, "narrative", 0, len(text), text, False, False) for i, text in enumerate(texts)]
    weights = shipped()
    reading = Reading(passages, np.ones(3), np.zeros((3, len(weights.practices))), [])
    near = written.by_words(np.zeros(3), Terms(texts), goals[0], [line])
    found = matching.match(reading, weights, goals, np.eye(3), np.zeros(3, bool), stories, {0: near})
    assert found.member == [[1], [0], []]
    assert is_doubtful(found.by_people[1, 0], False)
