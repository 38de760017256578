"""Own means, unpaid time and bent rules are found where the story says so, and ordinary kindness is not."""

import pytest

from servicestory.detect.heroics import heroics
from servicestory.detect.mending import heroic_share
from servicestory.models.story import Reporter, Source, Story


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("She paid for the taxi with her own money.", "own means"),
        ("He bought the ticket out of his own pocket.", "own means"),
        ("He paid the fine himself.", "own means"),
        ("On her day off she drove over.", "unpaid time"),
        ("She stayed two hours after her shift had ended.", "unpaid time"),
        ("He stayed past the end of his shift to find it.", "unpaid time"),
        ("She went to fetch it off the clock.", "unpaid time"),
        ("She drove us to the clinic in her own car.", "own means"),
        ("He broke the rules for us.", "bent rule"),
        ("It was against hotel policy, but she did it.", "bent rule"),
        ("He is not allowed to do that.", "bent rule"),
        ("It is not allowed to swap rooms, but she did it for us.", "bent rule"),
        ("They went against the policy for us.", "bent rule"),
        ("The driver paid for our sandwiches.", "own means"),
        ("He asked if I was cold and fetched a coat with his own money.", "own means"),
        ("If you ask me, she should be thanked: she came on her day off.", "unpaid time"),
        ("My card did not work, and the clerk there, smiling, paid for my ticket.", "own means"),
        ("The porter came at once. He even paid for the cab.", "own means"),
    ],
)
def test_heroics_in_the_text(text: str, sort: str) -> None:
    found = heroics([Story(id="s", narrative=text)])
    assert [one.sort for one in found] == [sort]
    assert text[found[0].start : found[0].end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "She walked us to the lift.",
        "My sister brought him in her own car.",
        "We paid at the desk.",
        "He gave us the bill in time.",
        "The rules were explained.",
        "You are not allowed to park in the yard.",
        "She told us that suites are not allowed to order at night.",
        "There is a garden, but guests are not allowed to use it.",
        "The clerk said that it is against their policy to lend umbrellas.",
        "The manager paid for our taxi with the company card.",
        "The reception paid for our taxi.",
        "They paid for the tram.",
        "She stood in the queue and paid for her soup.",
        "My brother was with us. He paid for the drinks.",
        "Passengers who paid for the lounge were let in.",
        "If the managers used their own money for once, they would see it.",
        "The crew should not have to buy pens with their own money.",
        "I wish the owner came here on his day off.",
        "The form was confusing in their breakdown of the fares.",
    ],
)
def test_ordinary_kindness_is_not_heroic(text: str) -> None:
    assert heroics([Story(id="s", narrative=text)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "On my day off I like to come here for soup.",
        "I bought the second cake with my own money.",
        "My husband brought me here on his day off.",
        "On his day off, my husband fetched the parcel.",
        "We are not allowed to bring the dog, which is a pity.",
    ],
)
def test_what_a_customer_does_is_no_sign(text: str) -> None:
    assert heroics([Story(id="s", narrative=text, source=Source(system="survey"))]) == []
    assert heroics([Story(id="s", narrative=text, reporter=Reporter(role="guest"))]) == []


def test_what_staff_do_is_a_sign_whoever_tells_it() -> None:
    told = [
        ("When we arrived she drove out to us on her day off.", "unpaid time", Source(system="survey")),
        ("She took my husband home after her shift had ended.", "unpaid time", Source(system="survey")),
        ("Our porter paid our guests' taxi with his own money.", "own means", Source(system="survey")),
        ("I came in on my day off to finish the order.", "unpaid time", None),
    ]
    for text, sort, source in told:
        assert [one.sort for one in heroics([Story(id="s", narrative=text, source=source)])] == [sort], text


def test_fields_say_it_outright_and_behaviours_are_read_too() -> None:
    stories = [
        Story(
            id="b", narrative="told", resources_extra="two hours of unpaid evening", rule_bent="no animals"
        ),
        Story(id="a", behaviours=["rang them", "drove home on his day off"]),
        Story(id="c", narrative="told", resources_extra="his own shoes"),
        Story(id="d", narrative="told"),
    ]
    found = heroics(stories)
    assert [(one.story, one.sort, one.field) for one in found] == [
        ("a", "unpaid time", "behaviours[1]"),
        ("b", "bent rule", "rule_bent"),
        ("b", "unpaid time", "resources_extra"),
        ("c", "own means", "resources_extra"),
    ]
    assert heroic_share(["a", "b", "d", "b"], found) == (2, 3)
