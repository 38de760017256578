"""What the commands show of evidence: the surest first, and which of it may belong elsewhere."""

from servicestory.cli.evidence import clearest, counts, doubt
from servicestory.detect.keep import kept
from servicestory.detect.pipeline import Config, detect
from servicestory.models.organisation import Organisation, Person, Privacy
from servicestory.models.practice import DOUBTFUL, Evidence, Practice
from servicestory.models.story import Story
from tests.detect import houses

TEXT = "She lent us boots. He mended the gate. They waved."


def practice(*pieces: Evidence) -> Practice:
    return Practice(id="P-0001", name="Lend what is missing", status="candidate", evidence=list(pieces))


def piece(start: int, end: int, score: float, *, pinned: bool = False) -> Evidence:
    return Evidence(story="s", start=start, end=end, field="narrative", score=score, pinned=pinned)


def test_what_may_belong_elsewhere_is_said() -> None:
    held = practice(piece(0, 18, 0.9), piece(19, 38, DOUBTFUL - 0.1), piece(39, 50, 0.1, pinned=True))
    assert [doubt(held, number) for number in (1, 2, 3)] == ["", " (doubtful)", ""]


def test_the_surest_comes_first() -> None:
    held = practice(piece(19, 38, 0.3), piece(0, 18, 0.9))
    [shown] = clearest(held, {"s": Story(id="s", narrative=TEXT)}, "guest")
    assert shown == (2, "s", "She lent us boots.")


def test_what_is_shown_first_tells_the_deed_of_the_name() -> None:
    told = {
        "a": "At the last place we were handed a sheet with funny little figures on it.",
        "b": "She drew us a map of the village on the back of the bill.",
        "c": "He sketched the way to the lake for us by hand.",
    }
    stories = {ref: Story(id=ref, narrative=text) for ref, text in told.items()}
    places = [Evidence(story=ref, start=0, end=len(text), score=0.7) for ref, text in told.items()]
    held = Practice(id="P-0001", name="Draw the guest a map", status="candidate", evidence=places)
    surest = held.model_copy(update={"evidence": [places[0].model_copy(update={"score": 0.9}), *places[1:]]})
    assert clearest(surest, stories, "guest")[0][1] in ("b", "c")
    put = surest.model_copy(update={"evidence": [*places[:2], places[2].model_copy(update={"pinned": True})]})
    assert clearest(put, stories, "guest")[0][1] == "c"  # what people put there stays first


def test_an_alias_is_the_same_person() -> None:
    house = Organisation(staff=[Person(name="Ada Obi", aliases=["Ada"])])
    stories = {
        "s": Story(id="s", narrative=TEXT, people=["Ada"], site="Mill"),
        "t": Story(id="t", narrative=TEXT, people=["ada obi"], site="Mill"),
    }
    held = practice(piece(0, 18, 0.9), Evidence(story="t", start=0, end=18))
    every = Privacy(smallest_group=1)
    assert counts(held, stories, house.model_copy(update={"privacy": every}))[:3] == (2, 1, 1)
    assert counts(held, stories, Organisation(privacy=every))[:3] == (2, 2, 1)
    few = counts(held, stories, house)
    assert few[:3] == (2, None, 1) and str(few) == "2 stories, a few people, 1 site"


def test_what_was_told_each_month_in_the_same_words_is_shown_once() -> None:
    same, other = "Nora drew a map by hand.", "Nora sketched the way to the pier for them."
    texts = {**{f"a{i}": same for i in range(6)}, "a7": same.upper() + "!", "b": other}
    stories = {ref: Story(id=ref, narrative=text) for ref, text in texts.items()}
    evidence = [Evidence(story=ref, start=0, end=len(text), score=0.9) for ref, text in texts.items()]
    practice = Practice(id="P-0001", name="Draw a map by hand", evidence=evidence)
    shown = [text for _, _, text in clearest(practice, stories, "guest")]
    assert len(shown) == 2 and other in shown


def test_what_is_shown_of_a_practice_is_what_detect_shows() -> None:
    house = houses.load("ferry")
    stories = {story.id: story for story in houses.stories(house)}
    found = detect(list(stories.values()), [], [], Config(1, house["customer_word"]))
    saved = {practice.id: practice for practice in kept(found, [], {}, "2026-10-04")}
    assert len(found.practices) > 2
    for one in found.practices:
        shown = [quote[1] for quote in clearest(saved[one.id], stories, house["customer_word"])]
        assert shown == [found.behaviours[i].story for i in one.clearest]
