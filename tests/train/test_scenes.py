"""Moments in a quiz: from stories that may be told, among moments of other practices, and nothing tells which is right."""

from dataclasses import replace
from datetime import date

import pytest

from servicestory.models.organisation import Organisation, Person
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Consent, Story
from servicestory.train.deal import LEAST_WRONG, Question
from servicestory.train.quiz import questions
from servicestory.train.scenes import LEAST_WORDS, LONGEST, Scenes, gathered
from servicestory.train.session import BEGINS, role_plays
from servicestory.train.session import questions as to_think_about
from servicestory.wording.material import gather

HOUSE = Organisation(
    customer_word="grower",
    staff=[Person(name="Ottilie Brand", aliases=["Ottilie"]), Person(name="Kaspar Wend")],
)
ON = date(2026, 10, 5)
YES = [Consent(party="grower", uses=["training"], on="2026-05-01")]
DEEDS = {
    "P-0001": "Lend a frost fleece for the night",
    "P-0002": "Dig up one root and look at it together",
    "P-0003": "Carry the sacks to the car",
    "P-0004": "Write the watering days on the label",
}
TOLD = [  # practice, what was the matter, what was done
    ("P-0001", "They had said two degrees and it was to be minus five by midnight.", "Ottilie gave me two fleeces off the bench."),
    ("P-0001", "My tomatoes were out since noon and the radio spoke of clear skies.", "He lent us covers until Monday."),
    ("P-0002", "The leaves went yellow from below, and I had fed them every week.", "Kaspar lifted one out of the pot."),
    ("P-0002", "Nothing I planted along that hedge has lived longer than one summer.", "She took a spade and showed me what was under it."),
    ("P-0003", "I am eighty and had bought forty litres of compost without thinking.", "Kaspar took both to the boot."),
    ("P-0003", "My back went on Thursday and the van stood at the far gate.", "Ottilie wheeled all of it over."),
    ("P-0004", "I drown everything I own, my daughter says it is out of love.", "Kaspar put Tuesday and Friday on each stick."),
    ("P-0004", "He travels three weeks in four and nobody else has a key.", "She put the days on it in ink."),
]  # fmt: skip


def house(consent: list[Consent] = YES, **more: str) -> tuple[list[Practice], dict[str, Story]]:
    """Four practices people decided for, each told by two stories; ``more``: triggers by practice."""
    stories, evidence = {}, {ref: list[Evidence]() for ref in DEEDS}
    for n, (ref, began, did) in enumerate(TOLD):
        text = f"{began} {did} It helped."
        stories[f"s{n}"] = Story(
            id=f"s{n}", narrative=text, people=["Ottilie Brand"], consent=consent, date="2026-05-01"
        )
        evidence[ref].append(Evidence(story=f"s{n}", start=text.index(did), end=text.index(did) + len(did)))
    made = [
        Practice.model_validate(
            {"id": ref, "name": name, "status": "accepted", "evidence": evidence[ref], "trigger": more.get(ref.replace("-", "_"))}
        )
        for ref, name in DEEDS.items()
    ]  # fmt: skip
    return made, stories


def scenes(practices: list[Practice], stories: dict[str, Story]) -> Scenes:
    return gathered(practices, stories, HOUSE, lambda text, _: text, ON, lambda a, b: a == b)


def asked(practices: list[Practice], stories: dict[str, Story], ref: str = "P-0002") -> list[Question]:
    mine = next(p for p in practices if p.id == ref)
    found = questions(gather(mine, stories, HOUSE), scenes=scenes(practices, stories))
    return [q for q in found if q.scene]


def right(question: Question) -> str:
    return question.options[question.right]


@pytest.mark.parametrize("ref", DEEDS)
def test_each_practice_with_stories_that_may_be_told_has_three_questions_or_more(ref: str) -> None:
    found = asked(*house(), ref)
    assert len(found) >= 3
    own = [q for q in found if right(q) == DEEDS[ref]]
    # its title answers only those that are its own
    assert own and len(own) < len(found)
    assert all(DEEDS[ref] in q.options for q in found)


def test_a_moment_ends_before_the_deed_and_names_nobody() -> None:
    practices, stories = house()
    for question in asked(practices, stories):
        (cite,) = question.cites
        ref, began, did = TOLD[int(cite.story[1:])]
        assert question.scene == f"“{began}”" and right(question) == DEEDS[ref]
        assert did.split()[-1] in question.why and "Kaspar" not in question.why


def test_a_moment_is_neither_told_of_the_telling_nor_after_the_deed() -> None:
    def moments(before: str) -> list[str]:
        practices, stories = house()
        mine = next(p for p in practices if p.id == "P-0002")
        place, far = mine.evidence[0], len(before)
        stories["s2"] = stories["s2"].model_copy(update={"narrative": before + stories["s2"].narrative})
        mine.evidence[0] = place.model_copy(update={"start": place.start + far, "end": place.end + far})
        return [scene.text for scene in scenes(practices, stories).by_practice["P-0002"]]

    told, other = (f"“{began}”" for _, began, _ in TOLD[2:4])
    assert sorted(moments("You asked for stories, so here is one. ")) == sorted([told, other])
    assert moments("He put the right feed before me, and I asked how he knew. ") == [other]


def test_without_consent_no_story_is_told_and_the_page_names_whom_to_ask() -> None:
    practices, stories = house(consent=[])
    made = scenes(practices, stories)
    assert not asked(practices, stories)
    assert made.to_ask_for["P-0002"] == ["s2", "s3"]
    no = [Consent(party="grower", uses=["team"], on="2026-05-01")]
    assert not scenes(*house(consent=no)).to_ask_for["P-0002"]  # who was asked is not asked again


def test_withdrawn_consent_ends_the_question() -> None:
    left = [Consent(party="grower", uses=["training"], on="2026-05-01", withdrawn_on="2026-06-01")]
    assert not asked(*house(consent=left))


def test_what_people_wrote_of_when_it_is_due_is_a_moment_without_any_story() -> None:
    due = "When a grower brings back a plant that has lost its leaves."
    own = asked(*house([], P_0002=due, P_0003="When somebody has more to take home than two hands hold"))
    assert {q.scene for q in own} == {
        "When a grower brings back a plant that has lost its leaves.",
        "When somebody has more to take home than two hands hold.",
    }


def test_a_moment_in_which_two_practices_were_done_has_neither_as_a_wrong_answer() -> None:
    practices, stories = house()
    text = stories["s2"].narrative
    both = Evidence(story="s2", start=text.index("It helped"), end=len(text))
    practices[3] = practices[3].model_copy(update={"evidence": [*practices[3].evidence, both]})
    for question in asked(practices, stories):
        if question.cites[0].story == "s2":
            assert DEEDS["P-0004"] not in question.options


def test_practices_done_together_or_alike_are_no_wrong_answers_for_each_other() -> None:
    practices, stories = house()
    together = [e.model_copy() for e in practices[1].evidence]
    practices[2] = practices[2].model_copy(update={"evidence": [*practices[2].evidence, *together]})
    made = scenes(practices, stories)
    assert not made.apart(practices[1], practices[2]) and made.apart(practices[0], practices[1])
    practices[0] = practices[0].model_copy(update={"name": DEEDS["P-0002"]})
    assert not scenes(practices, stories).apart(practices[0], practices[1])


def test_a_moment_that_says_its_answer_is_not_asked() -> None:
    practices, stories = house()
    practices[1] = practices[1].model_copy(update={"name": "Look at yellow leaves from below"})
    assert not any("yellow" in q.scene for q in asked(practices, stories))


def test_with_two_other_practices_too_few_are_wrong_and_none_is_asked_with_one() -> None:
    practices, stories = house()
    assert all(len(q.options) == LEAST_WRONG + 1 for q in asked(practices[:3], stories))
    assert not asked(practices[1:3], stories)


def test_what_a_candidate_tells_is_cut_off_and_no_option() -> None:
    practices, stories = house()
    began = TOLD[3][1]
    seen = Evidence(story="s3", start=0, end=len(began))
    candidate = Practice(id="P-0009", name="Ask what was planted before", status="candidate", evidence=[seen])
    found = asked([*practices, candidate], stories)
    assert not any("hedge" in q.scene for q in found)
    assert not any(candidate.name in q.options for q in found)


def test_a_long_beginning_is_told_by_its_end_and_begins_with_nobody_unknown() -> None:
    practices, stories = house()
    before = "A neighbour of mine came along as well, as he does on every market day of the year. " * 4
    text = f"{before}He waved. {stories['s2'].narrative}"
    at = text.index("Kaspar lifted")
    stories["s2"] = stories["s2"].model_copy(update={"narrative": text})
    there = Evidence(story="s2", start=at, end=at + 33)
    practices[1] = practices[1].model_copy(update={"evidence": [there, practices[1].evidence[1]]})
    (scene,) = [s for s in scenes(practices, stories).by_practice["P-0002"] if s.cites[0].story == "s2"]
    assert len(scene.text) <= LONGEST + 2 and not scene.text.startswith("“He")
    assert scene.text.endswith("every week.”")


def test_a_beginning_of_a_few_words_could_be_any() -> None:
    practices, stories = house()
    text = "Pot, small. Kaspar lifted one out."
    stories["s2"] = stories["s2"].model_copy(update={"narrative": text})
    there = Evidence(story="s2", start=12, end=len(text))
    practices[1] = practices[1].model_copy(update={"evidence": [there]})
    assert len(text[:12].split()) < LEAST_WORDS
    assert not asked(practices, stories)


def test_a_moment_that_may_be_told_is_played_and_nothing_of_the_deed_is_told() -> None:
    practices, stories = house()
    practices[1] = practices[1].model_copy(update={"core": ["Dig up one root", "Look at it together"]})
    mine = gather(practices[1], stories, HOUSE)
    told = [s.text for s in scenes(practices, stories).by_practice["P-0002"]]
    plays = role_plays(mine, moments=told)
    assert sorted(p.situation for p in plays) == sorted(
        f"{BEGINS} “{began}”" for ref, began, _ in TOLD if ref == "P-0002"
    )
    assert not any("pot" in p.situation or "spade" in p.situation for p in plays)
    assert not any("leaves" in asked for asked in to_think_about(mine, plays))
    due = practices[1].model_copy(update={"trigger": "When a plant is brought back"})
    first, second = role_plays(gather(due, stories, HOUSE), moments=told)
    assert first.situation == "A plant is brought back." and second.situation.startswith(BEGINS)


def test_a_beginning_that_calls_for_nothing_is_asked_about_last() -> None:
    practices, stories = house()
    scene = scenes(practices, stories).by_practice["P-0002"][1]
    said = {
        "“The shop is large and the gravel paths between the beds are swept each morning by twins.”": True,
        "“The hedge was planted in spring and by August half of it had turned brown, nobody knew why.”": False,
    }
    assert {text: replace(scene, text=text).thin for text in said} == said


def test_what_the_line_itself_says_is_not_asked() -> None:
    from servicestory.train.deal import Deal

    practices, stories = house()
    deal = Deal(gather(practices[0], stories, HOUSE))
    asks = "“Go through the bill line by line, in plain words”: how?"
    assert not deal.put(asks, "Line by line", ["In broad lines", "All in one go"], "So we agreed.")
    assert deal.put("“Go through the bill …”: how?", "Line by line", ["In broad lines", "All in one go"], "")


def test_no_moment_is_asked_in_two_quizzes_while_others_are_left() -> None:
    practices, stories = house()
    for n in range(6):
        ref, _, did = TOLD[n]
        text = f"The ferry of the {n + 3}rd was late again and nobody had told us. {did} It helped."
        stories[f"x{n}"] = Story(id=f"x{n}", narrative=text, people=["Ottilie Brand"], consent=YES)
        at = text.index(did)
        practice = next(p for p in practices if p.id == ref)
        practice.evidence.append(Evidence(story=f"x{n}", start=at, end=at + len(did)))
        more = text.replace("ferry", "mule cart").replace("late", "lame")
        stories[f"y{n}"] = Story(id=f"y{n}", narrative=more, people=["Ottilie Brand"], consent=YES)
        at = more.index(did)
        practice.evidence.append(Evidence(story=f"y{n}", start=at, end=at + len(did)))
    asked_of = [q.scene for ref in DEEDS for q in asked(practices, stories, ref) if ref != "P-0004"]
    assert asked_of and len(set(asked_of)) == len(asked_of)
