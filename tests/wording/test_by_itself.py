"""What an instruction says to somebody who never heard its story."""

from collections.abc import Sequence

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.by_itself import Kind, by_itself
from servicestory.wording.material import Material, gather
from servicestory.wording.steps import Cite, Step

HOUSE = Organisation(organisation="Ferry House", customer_word="visitor")


def alone(
    name: str,
    told: dict[str, str],
    kind: Kind | None = None,
    definition: str | None = None,
    pinned: bool = False,
) -> list[Step]:
    """The steps of instructions (by instruction what was told), one story each, as they stand by themselves."""
    cites = [Cite(f"s{n}", "narrative", 0, len(text)) for n, text in enumerate(told.values())]
    places = [Evidence(story=c.story, start=c.start, end=c.end, pinned=pinned) for c in cites]
    practice = Practice(id="P-0001", name=name, definition=definition, evidence=places)
    steps = [Step(line, cites=(cite,)) for line, cite in zip(told, cites, strict=True)]
    return by_itself(steps, practice, list(zip(cites, told.values(), strict=True)), "visitor", kind)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Walk with the visitor to the engine room", "Walk with the visitor to where they are going"),
        (
            "Walk the visitor all the way up to the bridge, past the galley and down the stairs",
            "Walk the visitor all the way to where they are going",
        ),
        ("Walk beside the visitor", "Walk beside the visitor to where they are going"),
        (
            "Walk the visitor to the chapel when they are lost",
            "Walk the visitor to where they are going when they are lost",
        ),
        ("Walk the visitor to their cabin", "Walk the visitor to their cabin"),  # everybody has one
        ("Walk the visitor to the place", "Walk the visitor to the place"),
        (
            "Take the visitor to the purser and explain the form",
            "Take the visitor to the purser and explain the form",
        ),
    ],
)
def test_where_each_went_to_another_place_it_is_where_they_are_going(line: str, wanted: str) -> None:
    told = {
        line: "He walked there.",
        "Walk the visitor to the sauna": "",
        "Walk the visitor to the lamp store": "",
    }
    assert alone("Go along with visitors", told)[0].text == wanted


def test_the_one_place_all_go_to_and_the_one_of_the_name_stay() -> None:
    line = "Walk the visitor to the sauna"
    assert alone("Go along with visitors", {line: "We walked there."})[0].text == line
    two = {line: "We walked there.", "Walk the visitor to the chapel": "They walked."}
    assert [s.text for s in alone("Walk visitors to the sauna", two)] == [
        line,
        "Walk the visitor to where they are going",
    ]


COMMON = [f"She mended my jacket on the ferry, number {n}." for n in range(9)]
RARE = "Darn the elbow with turquoise yarn from grandmother's basket"


def mended(rare: str, stories: int = 9) -> list[bool]:
    told = {f"Mend the visitor's jacket {n}": text for n, text in enumerate(COMMON[:stories])}
    return [s.bound for s in alone("Mend what is torn", {**told, rare: rare})]


def test_what_no_other_story_says_a_word_of_is_bound_to_its_story() -> None:
    assert mended(RARE) == [False] * 9 + [True]
    assert not mended("Mend the visitor's jacket with yarn")[-1]  # most of it the others tell too
    assert not mended("Mend what is torn on the ferry with turquoise beeswax thread")[-1]  # or the name
    assert not any(mended(RARE, stories=8))  # of nine stories nobody knows what the others would say


def test_how_it_is_set_up_another_sentence_says() -> None:
    assert alone("Mend what is torn", {"Set up the visitor's cabin": "He set up my cabin."})[0].bound
    assert not alone("Mend what is torn", {"Set up the visitor's cabin for two": "So he did."})[0].bound


def chance(texts: Sequence[str], kind: str) -> list[float]:
    """A reader for whom a jacket is of the kind "mend"."""
    assert kind == "mend"
    return [0.9 if "jacket" in text else 0.1 for text in texts]


def test_what_by_itself_is_of_another_kind_is_left_out_unless_people_put_it_there() -> None:
    told = {
        "Mend the visitor's jacket": "She mended it.",  # in the instruction's words
        "Sew the button on": "She sewed my jacket's button on.",  # in the teller's
        "Ask the visitor how they are": "She asked me how I was.",
        "Offer a biscuit when they celebrate a birthday": "She had one for me.",  # its moment says why
    }
    left = [s.text for s in alone("Mend what is torn", told, chance, "mend")]
    assert left == [line for line in told if not line.startswith("Ask")]
    assert len(alone("Mend what is torn", told, chance, "mend", pinned=True)) == 4
    assert len(alone("Mend what is torn", told, chance)) == 4  # of no kind that anybody defined


def documents(*told: str) -> Material:
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(told)}
    places = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    return gather(Practice(id="P-0001", name="Carry the crates", evidence=places), stories, HOUSE)


def test_a_story_shows_a_step_that_is_told_in_the_words_of_others() -> None:
    told = [f"Ole carried the visitor's crates aboard, day {n}." for n in range(10)]
    own = "Ole carried the visitor's crates past turnstiles, kiosks and scaffolding."
    step = next(s for s in documents(*told, own).steps if s.stories > 9)
    assert "s10" in {c.story for c in step.cites}
    assert not any(
        "turnstile" in said for said in (step.text, *step.ways, *(p.text for p in step.key_points))
    )
