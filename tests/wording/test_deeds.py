"""Places that tell a step in words of their own: by the trained reader, and never by it alone where it errs."""

from dataclasses import replace

import pytest

from servicestory.detect.alike import Nearness
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Source, Story
from servicestory.wording.deeds import Deeds, one_deed, parts, told_too
from servicestory.wording.material import Material, gather
from servicestory.wording.steps import Cite, KeyPoint, Step

HOUSE = Organisation(organisation="Lantern Court", customer_word="guest")
NEAR = Nearness()


def place(number: int, text: str) -> tuple[Cite, str]:
    return Cite(f"s{number}", "narrative", 0, len(text)), text


def cited(steps: list[Step]) -> list[list[str]]:
    return [[cite.story for cite in step.cites] for step in steps]


def told(name: str, *texts: str, imported: bool = False) -> Material:
    stories = {
        f"s{n}": Story(id=f"s{n}", narrative=text, source=Source(system="reviews") if imported else None)
        for n, text in enumerate(texts)
    }
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    return gather(Practice(id="P-0001", name=name, evidence=evidence), stories, HOUSE, {}, NEAR)


STEP = "Ring the guest the day after the repair to ask whether all is well"
RANG = (
    "She rang me the day after the repair to ask whether all was well.",
    "He rang us the day after the repair to ask whether all was well.",
    "A call on the following day, was everything still working?",
    "Next morning he came back for his ladder.",
)


def test_a_place_is_read_as_a_whole_and_clause_by_clause() -> None:
    assert parts("He knocked, waited at the door and took off his boots") == [
        "He knocked, waited at the door and took off his boots",
        "waited at the door",
        "and took off his boots",
        "He knocked, waited at the door",
        "waited at the door and took off his boots",
    ]
    assert parts("Hm.") == ["Hm."]


def rung(by_hand: str, *known: int) -> list[str]:
    """The stories that tell the step, where ``known`` of them do so in words."""
    places = [place(n, text) for n, text in enumerate(RANG)]
    step = Step(STEP, cites=tuple(places[n][0] for n in known))
    return cited(told_too([step], places, Deeds(NEAR, set(by_hand.split())), "guest"))[0]


def test_a_deed_told_in_other_words_counts_for_its_step() -> None:
    assert rung("s0 s1 s2 s3", 0, 1) == ["s0", "s1", "s2"]


def test_in_an_imported_story_likeness_alone_is_not_enough() -> None:
    assert rung("s0 s1", 0, 1) == ["s0", "s1"]


def test_what_one_story_tells_is_not_told_by_whatever_is_near_it() -> None:
    assert rung("s0 s1 s2 s3", 0) == ["s0", "s1"]  # the second in the same words


def test_a_clause_shows_the_step_it_is_most_like() -> None:
    texts = (
        "She rang us the evening before and asked which lamp had failed.",
        "He rang me the evening before to ask which lamp it was.",
        "He carried the ladder up for us.",
        "They carried our ladder to the roof.",
        "The evening before there was a call, which lamp was it?",
    )
    places = [place(n, text) for n, text in enumerate(texts)]
    ring = Step(
        "Ring the guest the evening before to ask which lamp failed", cites=(places[0][0], places[1][0])
    )
    carry = Step("Carry the ladder up for the guest", cites=(places[2][0], places[3][0]))
    deeds = Deeds(NEAR, {f"s{n}" for n in range(5)})
    assert cited(told_too([ring, carry], places, deeds, "guest")) == [["s0", "s1", "s4"], ["s2", "s3"]]


def test_two_wordings_of_one_deed_are_one_step_with_the_places_of_both() -> None:
    a, b, c = (Cite(s, "narrative", 0, 9) for s in "abc")
    lent = Step("Lend the guest a pair of rubber boots when it rains", cites=(a, b))
    laid = Step("Lay a pair of rubber boots out for the guest when it rains", cites=(c,))
    bell = Step("Ring the bell twice", cites=(c,))
    first, other = one_deed([laid, bell, lent], Deeds(NEAR, ()))
    assert (first.text, first.stories, first.ways) == (lent.text, 3, (laid.text,))
    assert other == bell
    # How one of them did it is no way for all.
    own = KeyPoint("Under the porch", "What lies within reach is used", False, (c,))
    first, *_ = one_deed([replace(laid, key_points=(own,)), lent], Deeds(NEAR, ()))
    assert first.key_points == ()


def test_what_only_sounds_near_stays_a_step_of_its_own() -> None:
    a, b = Cite("a", "narrative", 0, 9), Cite("b", "narrative", 0, 9)
    steps = [
        Step("Store the guest's luggage", cites=(a,)),
        Step("Help the guest on with the luggage", cites=(b,)),
    ]
    assert len(one_deed(steps, Deeds(NEAR, ()))) == 2


@pytest.mark.parametrize("imported", [False, True])
def test_documents_count_places_told_in_other_words(imported: bool) -> None:
    made = told("Ring the guest the day after the repair", *RANG, imported=imported)
    assert [s.stories for s in made.steps] == [2 if imported else 3]
    assert [c.story for c in made.also] == (["s2", "s3"] if imported else ["s3"])


def test_the_deed_a_practice_is_named_after_is_a_step_where_several_tell_it() -> None:
    made = told(
        "Warm the bread",
        "She kept the last loaf of bread for us.",
        "He saved bread for us, and warmed it up although the oven had long been off.",
        "had put bread aside for us and heated it up.",
    )
    assert ("Warm the bread", 2) in [(s.text, s.stories) for s in made.steps]
    lukewarm = told(
        "Warm the bread", "She kept bread for us.", "He had bread on a warm plate.", "It was warm bread."
    )
    assert "Warm the bread" not in [s.text for s in lukewarm.steps]
    once = told("Warm the bread", "She kept bread for us.", "He saved bread for us, and warmed it up.")
    assert "Warm the bread" not in [s.text for s in once.steps]
