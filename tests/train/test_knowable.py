"""Moments whose words tell another practice are not asked, and no moment is dealt to two quizzes."""

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.train.knowable import LEAST, Telling, dealt

PRACTICES = [Practice(id=f"P-000{n}", name=name) for n, name in enumerate(("Lend a lamp", "Mend a tyre"), 1)]


def told(**texts: list[str]) -> Telling:
    stories = {
        f"{ref}-{n}": Story(id=f"{ref}-{n}", narrative=text)
        for ref, of in texts.items()
        for n, text in enumerate(of)
    }
    shown = {p.id: {key for key in stories if key.startswith(p.id.replace("-", "_"))} for p in PRACTICES}
    return Telling(PRACTICES, shown, stories)  # fmt: skip


def test_a_moment_that_tells_another_practice_cannot_be_known() -> None:
    dark = ["It was dark in the cellar.", "The cellar steps were dark and steep."]
    flat = [f"A nail in the gravel road left bicycle wheel {n} flat." for n in range(8)]
    made = told(P_0001=dark, P_0002=flat)
    riddle = "We came by bicycle on the gravel road, and the wheel was flat from a nail."
    assert made.clear(riddle, "P-0002") > 1
    assert made.clear("It was dark on the cellar steps.", "P-0001") > 1
    many = told(P_0001=[*dark, riddle], P_0002=flat)
    assert many.clear(riddle, "P-0001", "P_0001-2") < 1
    assert told(P_0001=[riddle]).clear(riddle, "P-0001", "P_0001-0") >= LEAST  # nothing else tells anything


def test_words_of_the_story_itself_do_not_count_for_it() -> None:
    made = told(P_0001=["Moths flew round the candle.", "It was dark."], P_0002=["The road was wet."])
    own = made.clear("Moths flew round the candle.", "P-0001", "P_0001-0")
    assert own < made.clear("Moths flew round the candle.", "P-0001")


def test_each_spare_moment_goes_to_one_quiz_of_another_practice() -> None:
    three = [*PRACTICES, Practice(id="P-0003", name="Carry a crate")]
    spare = {"P-0001": ["a1", "a2", "a3"], "P-0002": ["b1"], "P-0003": []}
    given = dealt(three, spare, lambda one, other: {one.id, other.id} != {"P-0001", "P-0002"})
    every = [text for of in given.values() for text in of]
    assert sorted(every) == ["a1", "a2", "a3", "b1"]
    assert given["P-0001"] == [] == given["P-0002"]  # they are done in the same moments
    free = dealt(three, spare, lambda *_: True)
    assert free == {"P-0001": [], "P-0002": ["a1", "a2"], "P-0003": ["b1", "a3"]}
