"""Lines a trainer struck, and lines told clearly that were missing: each class in a trade of its own."""

import pytest

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.wording.instructions import instructions
from servicestory.wording.plainly import deeds_told
from servicestory.wording.speaker import told_by
from servicestory.wording.standing import standing
from servicestory.wording.steps import Cite, Step
from servicestory.wording.tokens import Told
from servicestory.wording.told_how import with_manners

NAMES = ("ruth", "mehmet", "ilse", "wanda")


def steps(told: str) -> list[str]:
    teller = told_by(Story(id="s", narrative=told))
    read = instructions(told, "customer", NAMES, told=teller)
    return [line for said, a, b in read if (line := standing(said, told, a, b, "customer", (), True))]


@pytest.mark.parametrize(
    "told",
    [
        "Ruth shaved a sliver.",
        "Mehmet cut a slice.",
        "Mehmet chewed for a long time before he answered.",
        "Ruth put a second coat.",
        "Ilse put a strip of felt.",
        "Ruth laid a sheet of card.",
        "Ilse pinned a note on.",
        "Ruth brought the owner in a pillowcase.",
        "Mehmet looked over at them side by side.",
    ],
)
def test_what_is_half_told_gives_no_step(told: str) -> None:
    assert steps(told) == []


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Ruth put a strip of felt under each leg.", ["Put a strip of felt under each leg"]),
        ("Ruth shaved a sliver off the door.", ["Shave a sliver off the door"]),
        ("Ilse placed an order for the missing part.", ["Place an order for the missing part"]),
        (
            "Ruth oiled the gate first and showed it to the client.",
            ["Oil the gate first", "Show the gate to the customer"],
        ),
        ("Ruth hung the gowns on a rail of their own.", ["Hang the gowns on a rail of their own"]),
        ("Mehmet gave the tenant a key of their own.", ["Give the customer a key of their own"]),
        ("Ilse told the parents what the noise meant.", ["Tell the customer what the noise means"]),
        ("Ruth explained what the letter said.", ["Explain what the letter says"]),
        ("Ruth asked the tenant what he feared most.", ["Ask the customer what they fear most"]),
        ("Ruth asked the client what she liked to drink.", ["Ask the customer what they like to drink"]),
    ],
)
def test_what_is_told_whole_stays_whole(told: str, wanted: list[str]) -> None:
    assert steps(told) == wanted


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Mehmet photographed the engine before he pulled a hose.", ["Photograph the engine before you pull a hose"]),
        ("Before she mixed the paint, Ruth shook the tin.", ["Shake the tin before you mix the paint"]),
        ("Before cutting the cloth, Ilse ironed the pattern.", ["Iron the pattern before cutting the cloth"]),
        (
            "Wanda called the client half an hour before we got there, so that she could open the gate.",
            ["Call the customer half an hour before you arrive"],
        ),
        ("Ruth rang the tenant an hour before she came.", ["Ring the customer an hour before they come"]),
        ("Ruth lit the stove two hours before the class began.", ["Light the stove two hours before the class begins"]),
        # whoever left, paid or was served may be another
        ("Mehmet oiled the chain before he paid the bill.", ["Oil the chain"]),
        ("Mehmet oiled the client's chain before he turned a wheel.", ["Oil the customer's chain"]),
    ],
)  # fmt: skip
def test_before_what_it_is_done_is_told_with_the_deed(told: str, wanted: list[str]) -> None:
    assert steps(told) == wanted


def test_what_was_done_before_it_is_no_step_of_its_own_ahead_of_the_deed() -> None:
    told = "Before we loaded the van, Wanda swept the client's drive."
    assert [s for s, _, _ in instructions(told, "client", NAMES, told="staff")] == [
        "Sweep the client's drive before you load the van"
    ]


@pytest.mark.parametrize("told", ["elsewhere", "here", "staff"])
def test_we_beside_whoever_was_rung_are_the_house(told: Told) -> None:
    """In a practice's name too, which is read as if from anywhere."""
    text = "Wanda rang the client when we were half an hour away."
    assert [s for s, _, _ in instructions(text, "client", NAMES, brief=True, told=told)] == [
        "Ring the client when you are half an hour away"
    ]


def test_only_what_somebody_did_at_once_is_a_way_to_do_it() -> None:
    texts = (
        "Ruth rang the garage, and it worked at once.",
        "Wanda rang the garage; everything worked at once.",
    )
    done = ("Ruth rang the garage at once.", "Wanda rang the garage straight away.")
    for told, points in ((texts, []), (done, ["Do it at once"])):
        step = Step(
            "Ring the garage", "definition", tuple(Cite(f"s{n}", "narrative", 0, 9) for n in range(2))
        )
        passages = [(Cite(f"s{n}", "narrative", 0, len(t)), t) for n, t in enumerate(told)]
        (made,) = with_manners([step], passages, Practice(id="P-0001", name="Ring the garage"), "customer")
        assert [p.text for p in made.key_points] == points


def test_a_deed_in_a_tellers_own_words_is_whole_as_well() -> None:
    told = "Ilse put a strip of felt. Ilse put a strip of felt under the lid."
    assert [line for line, _, _ in deeds_told(told, NAMES, "customer")] == [
        "Put a strip of felt under the lid"
    ]
