"""Which places of one story are read and marked."""

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.marks import MOST_OF_ONE, few_of_each
from servicestory.wording.material import gather

HOUSE = Organisation(organisation="Lantern Court", customer_word="guest")
DEED = "She carried our bags up. "


def test_a_story_that_tells_its_deed_over_and_over_has_one_mark() -> None:
    told = {"long": Story(id="long", narrative=DEED * 40), "short": Story(id="short", narrative=DEED)}
    places = [
        Evidence(story=story.id, start=at, end=at + len(DEED) - 1)
        for story in told.values()
        for at in range(0, len(story.narrative), len(DEED))
    ]
    made = gather(Practice(id="P-0001", name="Carry bags", evidence=places), told, HOUSE)
    assert [cite.story for cite in made.steps[0].cites] == ["long", "short"]
    assert made.stories == 2


def test_the_surest_places_of_a_story_are_read_and_what_people_put_there() -> None:
    places = [Evidence(story="s", start=n, end=n + 1, score=n / 100) for n in range(50)]
    places[0] = places[0].model_copy(update={"pinned": True})
    kept = few_of_each(places)
    assert len(kept) == MOST_OF_ONE
    assert [e.start for e in kept] == [0, *range(50 - MOST_OF_ONE + 1, 50)]
