"""What several stories tell in other words for how a step is done stands under it as examples."""

from collections.abc import Sequence

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Source, Story
from servicestory.wording.material import gather
from servicestory.wording.steps import Step

HOUSE = Organisation(organisation="Hollin Cross", customer_word="guest")
TOLD = (
    "Pim had our room made up early.",
    "Pim telephoned housekeeping and had our room ready early.",
    "Esra had our room made up early, she'd asked the cleaners to do it out of turn.",
    "Esra put us at the top of the cleaning list and our room was made up early.",
)


def steps(
    told: Sequence[str], imported: bool = False, name: str = "Have the guest's room made up early"
) -> tuple[Step, ...]:
    source = Source(system="portal", record="1") if imported else None
    stories = {
        f"s{n}": Story(id=f"s{n}", narrative=text, people=["Pim", "Esra"], source=source)
        for n, text in enumerate(told)
    }
    evidence = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    return gather(Practice(id="P-0001", name=name, evidence=evidence), stories, HOUSE).steps


def examples(told: Sequence[str], imported: bool = False) -> list[tuple[str, int]]:
    return [
        (p.text, p.stories)
        for s in steps(told, imported)
        for p in s.key_points
        if p.text.startswith("For example")
    ]


def test_how_each_teller_did_it_is_an_example_of_the_step() -> None:
    ((text, stories),) = examples(TOLD)
    assert "ask the cleaners to do it out of turn" in text
    assert "put the guest at the top of the cleaning list" in text
    assert stories == 2


def test_what_was_made_or_given_besides_is_no_example_of_the_step() -> None:
    besides = ("Pim had our room made up early and made a flask of tea for us.",) * 2
    assert not any("tea" in text for text, _ in examples([*TOLD, *besides]))


def test_one_story_alone_gives_no_examples_nor_do_stories_from_elsewhere() -> None:
    assert examples([*TOLD[:1] * 3, TOLD[2]]) == []
    assert examples(TOLD, imported=True) == []


def test_what_was_done_on_the_way_to_it_is_a_way_of_the_practices_own_deed() -> None:
    (step,) = steps(TOLD)
    assert step.text.startswith("Have the guest's room made up early")
    assert any(way.startswith("Telephone housekeeping and have") for way in step.ways)


def test_how_somebody_was_taken_there_is_told_in_many_words_and_counted_as_one() -> None:
    told = (
        "Pim put down the crate and walked with me to my table.",
        "Esra came out from behind the counter and walked with us to our room, slowly.",
        "Pim didn't point, he walked with her to her seat.",
        "Esra could have waved her arm, but she walked with me to my table at my pace.",
    )
    (step,) = steps(told, name="Walk with the guest")
    assert {p.text: p.stories for p in step.key_points} == {
        "Leave what you are doing": 2,
        "Do not point out the way": 2,
        "Keep to the guest's pace": 2,
    }
    lamp = steps([text.replace("walked with", "lit a lamp for") for text in told], name="Light a lamp")
    assert lamp and not any("way" in p.text for s in lamp for p in s.key_points)
