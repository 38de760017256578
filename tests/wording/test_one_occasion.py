"""At most one occasion, no wider than told; who got it; no result, no gun, no odd word order; each judged by a person."""

import pytest

from servicestory.wording.instructions import instructions
from servicestory.wording.occasions import (
    at_its_moment,
    for_anybody,
    occasion_of,
    own_moment,
    when_told,
    without_when,
)
from servicestory.wording.retell import past
from servicestory.wording.standing import standing
from servicestory.wording.steps import Cite, Step, broken_down, in_full, merged


def lines(told: str, known: tuple[str, ...] = ()) -> list[str]:
    made = (standing(line, told, a, b, "guest", known) for line, a, b in instructions(told, "guest"))
    return [line for line in made if line is not None]


def step(text: str, *stories: str) -> Step:
    return Step(text, cites=tuple(Cite(s, "narrative", 0, 9) for s in stories))


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        # one of two occasions is told
        ("They held our bags until the rooms were ready.", ["Hold the guest's bags when their room is not ready yet"]),
        ("We had checked out at ten. They held our bags.", ["Hold the guest's bags when they have checked out"]),
        ("They held our bags.", ["Hold the guest's bags"]),
        ("The boiler was out. Rurik sent the plumber up.", ["Send the plumber up when something is wrong with the heating"]),
        ("The socket sparked. She sent the electrician up.", ["Send the electrician up when something is wrong with the power"]),
        ("They stored our bags until check-in.", ["Store the guest's bags until check-in"]),
        ("We had checked out. They kept our bags after check out.", ["Keep the guest's bags after check-out"]),
        # what is given says it
        ("Our little girl was tired. They gave us a cot for my baby.", ["Give the guest a cot for their baby"]),
    ],
)  # fmt: skip
def test_an_occasion_is_no_wider_than_told(told: str, wanted: list[str]) -> None:
    assert lines(told) == wanted


@pytest.mark.parametrize(
    ("told", "line", "lost"),
    [
        ("I asked at the desk where the pool was. He walked me over.", "Walk the guest to the pool", True),
        ("I asked the way to the pool. He took me there.", "Take the guest to the pool", True),
        # who is asked something is not lost, nor is who is shown how
        (
            "He asked me if I knew where the gas comes in. He walked me over.",
            "Walk the guest to the meter",
            False,
        ),
        ("I asked for the manager. She showed me the bill.", "Show the guest the bill", False),
        (
            "I could not find the tap. He showed me how to shut it.",
            "Show the guest how to shut the tap",
            False,
        ),
        ("I could not find the tap. He took a photo of it.", "Take a photo of the tap", False),
    ],
)
def test_lost_is_who_asks_for_a_place_and_is_taken_there(told: str, line: str, lost: bool) -> None:
    when = " when they are lost" if lost else ""
    assert when_told(line, told, told.index("e ", 20), len(told), "guest") == f"{line}{when}"


def test_two_stories_with_two_occasions_of_one_kind_name_both_or_none() -> None:
    bags = [
        step("Hold the guest's bags when their room is not ready yet", "a"),
        step("Hold the guest's bags", "b", "c"),
    ]
    assert [s.text for s in merged(bags, "", "guest")] == ["Hold the guest's bags"]

    wrong = "something is wrong with the"
    sent = [step(f"Send the plumber up when {wrong} {what}", what) for what in ("water", "heating")]
    (made,) = merged(sent, "", "guest")
    assert made.text == f"Send the plumber up when {wrong} heating or the water"
    assert without_when(made.text) == "Send the plumber up"
    assert for_anybody(occasion_of(made.text), "guest") == f"{wrong} heating or the water"
    assert [s.text for s in merged([made, sent[0]], "", "guest")] == [made.text]


def test_a_step_that_says_when_gets_no_second_occasion() -> None:
    name = "Upgrade guests when something better is free"
    (line,) = lines("She gave us a free upgrade upon checking in.")
    assert line == "Give the guest a free upgrade at check-in"
    assert own_moment(name, line, "guest") == line
    cot = "Offer a cot for the guest's child"
    assert own_moment("Look after children as guests", cot, "guest") == cot
    assert own_moment(name, "Give the guest a food upgrade", "guest") == "Give the guest a food upgrade"
    assert (
        own_moment(name, "Give the guest a free upgrade", "guest")
        == "Give the guest a free upgrade when there is room"
    )


def test_the_evening_before_goes_on_without_a_when() -> None:
    told = "Our boat left at five. Dalia packed us a breakfast the evening before."
    (line,) = lines(told)
    assert line == "Pack the guest a breakfast the evening before they leave early in the morning"
    assert without_when(line) == "Pack the guest a breakfast the evening before"
    assert occasion_of(line) == "they leave early in the morning"
    assert at_its_moment(without_when(line), occasion_of(line)) == line
    assert past(line).endswith("the evening before they left early in the morning")
    assert broken_down(step(line, "a"), "guest")[0] == (
        "Pack the guest a breakfast when they leave early the next morning"
    )
    named = in_full(step(line, "a"), "Pack the guest a breakfast in a paper bag the evening before")
    assert named.text.endswith("the evening before they leave early in the morning")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        # who got it
        (
            "The steward asked whether my son was bored. She brought him a box of crayons.",
            ["Ask whether the guest's child is bored", "Bring the guest's child a box of crayons"],
        ),
        ("My brother was tired. Marek brought him a chair.", ["Bring the guest a chair"]),
        # whom or what is saved
        ("We came after midnight. Tilda saved us soup.", ["Save some soup for the guest when they arrive late"]),
        ("She saved us some cake.", ["Save some cake for the guest"]),
        ("It saved us time.", []),
        # guns
        ("Imke shot the exercises with my own phone.", ["Film the exercises with the guest's own phone"]),
        # at what, on what
        ("He filmed me at my knee exercises on my tablet.", ["Film the guest's knee exercises on their tablet"]),
        # a result, and what everybody gets
        ("She helped us get into a room quickly.", []),
        ("He helped us move through the gate quickly.", []),
        ("They assisted us in obtaining medical help.", []),
        ("She helped me get into the car.", ["Help the guest get into the car"]),
        ("They let us keep the same room.", []),
        ("They offered us a late check in.", []),
        ("They gave us a lovely suite.", []),
        # which one, an earlier sentence tells
        ("Imke filmed each movement on my phone.", []),
        (
            "She took the list of the day's arrivals and rang round to ask everybody if they had settled in ok.",
            ["Ring round to ask every new guest if they have settled in all right"],
        ),
        # a dish of one evening
        (
            "There were nuts in the cake although we had said so. He brought a bun and a plain apology.",
            ["Offer the guest a plain apology when something has gone wrong on your side"],
        ),
        # order
        ("They allowed us to check in three hours early to our room.", ["Allow the guest to check in early"]),
        ("We were upgraded to first class on our return.", ["Upgrade the guest to first class"]),
        ("We were upgraded to first class at the airport.", ["Upgrade the guest to first class"]),
        ("Priya got in touch to know how the first night had treated me.", []),
        ("Priya called, wanting to know how the first night had treated me.", ["Ask how the guest's first night has been"]),
        ("They offered to provide a mask.", ["Offer the guest a mask"]),
        ("He took us to terminal 5.", []),
        ("They brought a fan in.", ["Bring the guest a fan"]),
        ("They explained us in detail.", []),
        ("They explained the menu in detail.", ["Explain the menu in detail"]),
        ("They upgraded our room without us.", []),
        ("They cleaned our room every day and bed linens.", ["Clean the guest's room every day"]),
        ("They cleaned our room the entire stay every day.", ["Clean the guest's room every day"]),
        ("They fixed a glitch in our reservation.", []),
        ("They removed two nights off our bill.", []),
        ("The manager offered to compensate.", []),
        ("They gave us whatever we wanted.", []),
        ("They upgraded us from attic to tower room.", ["Upgrade the guest to a better room"]),
        ("We were greeted with a smile and great service.", ["Greet the guest with a smile"]),
        ("They adjusted our room to a personal preference.", []),
        ("We were given a warm welcome.", []),
        ("They answered my call at nine.", []),
        ("They kept us updated on hold up.", []),
        ("She brought me the kettle.", ["Bring the guest a kettle"]),
        (
            "Our small boy had lost us at the pier. Tomasz took him by the hand and brought him to our table.",
            ["Bring the guest's child to their table when they are lost"],
        ),
        ("They resolved our issue in a professional way.", []),
        ("They comped a bunch of fees.", []),
        ("They comped our resort fees.", ["Waive the guest's resort fees"]),
        ("They sent us to another room on another floor.", []),
        ("They offered to switch us.", []),
        ("We were offered a queen bedroom.", []),
        ("They upgraded us to stay together in a suite.", []),
        ("She will find us a room tomorrow.", []),
        ("She brought a fan up.", ["Bring the guest a fan"]),
        ("They brought us a tiny chair.", []),
        ("He assisted me check my bags.", ["Help the guest check their bags"]),
        ("They let us have early check in.", ["Let the guest have early check-in"]),
        ("The steward offered the champagne welcome drink.", []),
        ("They accommodated us by cleaning the rooms on our schedule.", ["Clean the rooms on the guest's schedule"]),
        ("They accommodated us arriving early.", []),
        ("They offered early check in.", ["Offer the guest early check-in"]),
        ("They booked us dinner.", ["Book dinner for the guest"]),
        ("He helped us with our tickets.", []),
        ("They waived two nights of resort fees.", []),
        ("They sent engineer to look at the lamp.", []),
        ("They gave us a drink selection.", []),
        ("They found the time to chat.", []),
        ("They have introduced a free snack.", []),
        (
            "They gave my friend a scarf to make her feel special on her birthday.",
            ["Give the guest's friend a scarf on their birthday"],
        ),
    ],
)  # fmt: skip
def test_an_instruction_says_what_is_done_for_whom(told: str, wanted: list[str]) -> None:
    assert lines(told) == wanted
