"""Places of a practice's evidence that tell another deed."""

from collections.abc import Sequence
from dataclasses import replace

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.afield import afield, nearest
from servicestory.wording.material import gather
from servicestory.wording.steps import Cite, Step

SOUP = [f"She warmed the soup for us, number {n}." for n in range(5)]
BAGS = "He carried our bags."


def like(texts: Sequence[str], others: Sequence[str]) -> list[float]:
    """What tells of soup is alike."""
    return [sum(("soup" in t) == ("soup" in o) for o in others) / len(others) for t in texts]


def told(*texts: str) -> tuple[dict[str, Story], list[Evidence]]:
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    return stories, [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]


def test_a_place_that_tells_another_deed_is_far_from_the_others() -> None:
    stories, places = told(*SOUP, BAGS)
    assert [e.story for e in afield(places, stories, (), like)] == ["s5"]


def test_what_people_put_there_stays_and_of_few_stories_nobody_can_say() -> None:
    stories, places = told(*SOUP, BAGS)
    places[5] = places[5].model_copy(update={"pinned": True})
    assert afield(places, stories, (), like) == []
    stories, places = told(*SOUP[:3], BAGS)
    assert afield(places, stories, (), like) == []


def test_of_a_practice_of_many_deeds_none_is_far() -> None:
    stories, places = told(*SOUP[:3], BAGS, "He drew a map.", "He drew a map.")
    assert afield(places, stories, (), lambda texts, others: [1 / len(others)] * len(texts)) == []


def test_a_silent_place_must_be_as_near_as_the_least_near_of_those_that_tell_it() -> None:
    stories, places = told(*SOUP, BAGS, "There was soup.")
    cites = [Cite(*e.place) for e in places]
    practice = Practice(id="P-0001", name="Warm the soup", evidence=places)
    step = Step("Warm the soup", cites=tuple(cites[:5]))
    assert nearest(cites, [step], practice, stories, like) == [*cites[:5], cites[6]]
    few = replace(step, cites=step.cites[:3])
    assert nearest(cites, [few], practice, stories, like) == cites
    pinned = practice.model_copy(update={"evidence": [e.model_copy(update={"pinned": True}) for e in places]})
    assert nearest(cites, [step], pinned, stories, like) == cites


def test_no_document_cites_or_counts_it() -> None:
    stories, places = told(*SOUP, BAGS)
    house = Organisation(organisation="Lantern Court", customer_word="guest")
    practice = Practice(id="P-0001", name="Warm the soup", evidence=places)
    made = gather(practice, stories, house, like=like)
    assert made.stories == 5 and made.aside == 1
    assert "s5" not in {c.story for s in made.steps for c in s.cites} | {c.story for c in made.also}


def test_a_long_place_stays_when_a_clause_of_it_tells_the_deed() -> None:
    long = "We had been on the road since four and the children were asleep and the map was wrong, " * 2
    stories, places = told(*SOUP, f"{long} she warmed the soup for us.")

    def near(texts: Sequence[str], others: Sequence[str]) -> list[float]:
        soup = [len(t.split()) < 20 and "soup" in t for t in texts]
        return [sum(one == ("soup" in o) for o in others) / len(others) for one in soup]

    assert afield(places, stories, (), near) == []


def test_of_a_place_in_which_nobody_does_anything_less_is_enough() -> None:
    def near(texts: Sequence[str], others: Sequence[str]) -> list[float]:
        return [0.885 if t in ("Fourteen calls!", BAGS) else 1.0 for t in texts]

    for text, gone in (("Fourteen calls!", True), (BAGS, False)):
        stories, places = told(*SOUP, text)
        assert bool(afield(places, stories, (), near)) is gone


def test_of_many_thousand_stories_each_is_looked_at_once() -> None:
    stories, places = told(*["She warmed the soup."] * 8000)
    cites = [Cite(*e.place) for e in places]
    step = Step("Warm the soup", "stories", tuple(cites[:4000]), (), 0.5)
    practice = Practice(id="P-0001", name="Warm the soup", evidence=places)
    assert (
        nearest(cites, [step], practice, stories, like) == cites
    )  # in a blink; each with each takes a minute
