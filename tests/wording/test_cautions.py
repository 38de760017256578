"""What was asked, checked or left out for somebody's safety is carried along, even told once; the rest is no caution."""

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Consent, Source, Story
from servicestory.train.items import items
from servicestory.wording.cautions import cautions, kept_cool
from servicestory.wording.material import Material, gather
from servicestory.wording.steps import Cite, KeyPoint, Step

HOUSE = Organisation(organisation="Quillon Yard", customer_word="client")


def heeded(text: str, imported: bool = False, asked: bool = True) -> list[str]:
    source = Source(system="reviews.csv", record="1") if imported else None
    consent = [Consent(party="guest", uses=["training"], on="2026-04-01")] if asked else []
    story = Story(id="s", narrative=text, people=["Tarek", "Yara"], source=source, consent=consent)
    return [said for said, _ in cautions(story, Cite("s", "narrative", 0, len(text)), story.people, "client")]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Yara asked first what I was allowed to lift.", "First ask what the client is allowed to lift"),
        ("Tarek read the allergy list first, and then cooked.", "First read the allergy list"),
        (
            "He checked with the pharmacist about my pills.",
            "Check with the pharmacist about the client's pills",
        ),
        (
            "She never gives out a tablet without the doctor's word.",
            "Heed: “She never gives out a tablet without the doctor's word”",
        ),
        (
            "Tarek shut the gas off before he touched the stove.",
            "First shut the gas off",
        ),
        (
            "They left the nuts out because of her allergy.",
            "Leave out what the client must not have",
        ),
        (
            "Yara lets a child on the ladder only if the parents have signed.",
            "Heed: “Our colleague lets a child on the ladder only if the parents have signed”",
        ),
    ],
)
def test_what_was_heeded_is_turned_round_or_quoted(told: str, said: str) -> None:
    assert heeded(told) == [said]


@pytest.mark.parametrize(
    "told",
    [
        "I asked whether I was allowed to stay.",  # the customer asked
        "He brought the tea without asking about my diet.",
        "She never once pointed, she came along.",
        "Nobody asked whether I may eat nuts.",
        "Yara asked how we had slept and read us the news.",
        "They washed their hands of it.",
        "She checked us in safely.",
        "He read the safety officer's girl a story.",
        "Yara asked if she could help us with the bags.",
        "He was careful.",
        "She phoned and asked whether the boiler was holding its pressure.",
    ],
)
def test_what_is_no_caution(told: str) -> None:
    assert heeded(told) == []


def test_words_nobody_agreed_to_or_that_may_hold_a_name_are_not_quoted_but_named() -> None:
    told = "They were very careful with her allergy."
    assert heeded(told, asked=False) == ["Heed what is told of allergy"]
    named = "Yara asked Mr Quennell whether his pills were in the bag of Mrs Orr."
    assert heeded(named) == ["Heed what is told of pills"]
    signed = "She hands out the keys only when the form is signed."
    assert heeded(signed, asked=False) == ["Heed what is told of a signature"]
    assert heeded("Yara asked first whether I minded.", asked=False) == ["First ask whether the client minds"]


def test_of_a_review_from_elsewhere_only_what_is_sure() -> None:
    complaint = "They never open the bar unless the rules suit them."
    assert heeded(complaint)
    assert not heeded(complaint, imported=True)
    assert heeded("They were very careful with her allergy.", imported=True, asked=False)
    assert not heeded("They asked where the diet drink was.", imported=True, asked=False)


def packed(*texts: str) -> Material:
    stories = {
        f"s{n}": Story(id=f"s{n}", narrative=text, people=["Tarek", "Yara"]) for n, text in enumerate(texts)
    }
    evidence = [Evidence(story=k, start=0, end=s.narrative.index(".") + 1) for k, s in stories.items()]
    practice = Practice(id="P-0001", name="Pack the client a lunch", evidence=evidence)
    return gather(practice, stories, HOUSE)


PLAIN = (
    "Tarek packed us a lunch with a label on it.",
    "Yara packed me a lunch.",
    "Yara packed him a lunch by the door.",
    "Tarek packed her a lunch.",
)


def test_a_caution_of_one_story_stands_first_with_its_place() -> None:
    found = packed(*PLAIN[1:], "Tarek packed us a lunch. He asked first what we were allowed to eat.")
    (step,) = found.steps
    caution = step.key_points[0]
    assert (caution.text, caution.caution, caution.stories) == (
        "First ask what the client is allowed to eat",
        True,
        1,
    )
    assert found.text_at(caution.cites[0]) == "He asked first what we were allowed to eat"
    assert step.cites[-1] == caution.cites[0]  # places of the step itself come first
    assert step.stories == 4


def test_a_checklist_has_every_caution_and_the_others_besides() -> None:
    heeds = "Tarek packed us a lunch at once. {} Thanks."
    found = packed(
        heeds.format("He asked first what we were allowed to eat."),
        heeds.format("He read the diet list first."),
        heeds.format("He checked with the doctor about salt."),
    )
    points = items(found)[0].points
    assert {p.text for p in found.steps[0].key_points if p.caution} <= set(points)
    assert sum(p.startswith(("First ask", "First read", "Check with")) for p in points) == 3


def test_two_who_heed_the_same_are_one_caution_told_in_two_stories() -> None:
    found = packed(
        "Tarek packed us a lunch. He read the diet list first.",
        "Yara packed me a lunch. She read the diet list first.",
    )
    assert [(p.text, p.stories) for p in found.steps[0].key_points if p.caution] == [
        ("First read the diet list", 2)
    ]


@pytest.mark.parametrize(
    ("text", "point", "asked"),
    [
        ("Pack the client a lunch", "The evening before", True),
        ("Make sandwiches for the client the night before", "", True),
        ("Pack the client a lunch", "", False),
        ("Lay out the lunch menu", "The evening before", False),
        ("Pack the client's tools", "The evening before", False),
    ],
)
def test_food_made_hours_before_asks_how_it_is_kept_cool(text: str, point: str, asked: bool) -> None:
    cites = (Cite("s", "narrative", 0, 9),)
    points = (KeyPoint(point, "", False, cites),) if point else ()
    step = Step(text, cites=cites, key_points=points)
    question = "How is it kept cool until then?"
    assert any(p.text == question and p.caution for p in kept_cool([step])[0].key_points) is asked
    written = Step("Keep it in the fridge", "practice")
    assert not any(p.text == question for s in kept_cool([step, written]) for p in s.key_points)


def test_what_was_heeded_in_one_case_is_no_rule_for_every_case() -> None:
    found = packed("Tarek packed us a lunch. When my daughter said no, he asked the doctor about the pills.")
    assert [p.text for p in found.steps[0].key_points if p.caution] == [
        "Heed what is told of the doctor and pills"
    ]
