"""A step is left out rather than told without what makes it one; each pair was read and judged by a person."""

import pytest

from servicestory.wording.instructions import instructions
from servicestory.wording.whole import half, unsound


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        # what it was done with, where to, for whom: without it there is no step
        ("She walked us to the ferry with the ramp and the Swiss Flag Café beside it.", []),
        ("They sent a boy with Aunt Hulda's lantern.", []),
        ("He printed the menu for Mrs Ottway in letters you can read without glasses.", []),
        ("The host gave us recipes of Hulda's.", []),
        ("She brought blankets to keep us.", []),
        # times, places by name, praise and asides may go
        ("She lent us a lantern on Friday.", ["Lend the guest a lantern"]),
        ("He found us a boat with a view of the lake.", ["Find the guest a boat with a view of the lake"]),
        (
            "The clerk drew me a plan of the harbour, with the steps in red and Hulda's ramp in blue.",
            ["Draw the guest a plan of the harbour"],
        ),
        ("She lent me a cushion from her drawer.", ["Lend the guest a cushion"]),
        # cut off before what says which one, or what it was for
        ("He moved the kettle, where I can reach it.", []),
        ("She took us to the cabin where the oars were.", []),
        ("He took us to our cabin where the towels were warm.", ["Take the guest to their cabin"]),
        ("He shifted the desk about, lamp, drawer and bell, all within reach of my good hand.", []),
        (
            "She moved the armchair so that the lamps were on my left.",
            ["Move the armchair so that the lamps are on the guest's left"],
        ),
        # half a step, and the other half in the same breath
        ("The clerk rang me before the ferry left.", []),
        (
            "The clerk rang me before dinner and read the ferry times with me.",
            ["Ring the guest before dinner and read the ferry times with them"],
        ),
        ("The porter swapped the cushion.", []),
        ("He told us about the leak.", []),
        ("She explained the menu.", ["Explain the menu"]),
        ("The cook brought two bowls.", []),
        ("The cook brought a bowl of broth.", ["Bring a bowl of broth"]),
        (
            "The cook kept some broth warm for us and brought two bowls to the porch.",
            ["Keep some broth warm for the guest and bring bowls to the porch"],
        ),
        (
            "Nessie rings every guest on the second day and asks whether they slept well.",
            ["Ring the guest on the second day and ask whether they slept well"],
        ),
        # who "they" and "him" are
        ("She called the harbour office to ask if they could wait for us.", []),
        ("He asked if there was anything they could carry.", ["Ask if there is anything you can carry"]),
        ("She took him by the arm and brought him up to our deck.", []),
        # praise for how well, of what anybody does
        ("The crew were quick in offering drinks.", []),
        ("The porter was very helpful in finding us a boat.", ["Find the guest a boat"]),
        ("They gave us a great rate and some soap.", []),
        ("The cook made us special cakes.", []),
        # the words of what was noted
        (
            "She put down on the handover card what calms him.",
            ["Note on the handover card what calms the guest"],
        ),
        (
            "He noted on the handover card how the lady takes her tea.",
            ["Note on the handover card what the next shift should know about the guest"],
        ),
        # not what somebody did
        ("The lamp at Port Harbour is carried in at dusk.", []),
        ("The clerk asked to see how was everything going with my boat.", []),
        ("She helped us with qx boats.", []),
    ],
)
def test_whole_or_not_at_all(told: str, wanted: list[str]) -> None:
    assert [line for line, _, _ in instructions(told, "guest", {"nessie"})] == wanted


def test_where_a_step_with_its_purpose_ends() -> None:
    told = "She moved the desk so that the lamps were on my left, and sang."
    [(line, start, end)] = instructions(told, "guest")
    assert line == "Move the desk so that the lamps are on the guest's left"
    assert told[start:end] == "She moved the desk so that the lamps were on my left"


@pytest.mark.parametrize(
    ("line", "is_half"),
    [
        ("Call the guest before dinner", True),
        ("Call the guest to ask if they need a lamp", False),
        ("Call a doctor", False),
        ("Telephone housekeeping", True),
        ("Send the guest a text message", True),
        ("Swap the cushion at once", True),
        ("Open the door", False),
        ("Take the guest's own phone on the last day", True),
    ],
)
def test_half_a_step(line: str, is_half: bool) -> None:
    assert half(line) is is_half


@pytest.mark.parametrize(
    ("line", "left_open"),
    [
        ("Put the mug on the left", True),
        ("Put the mug on the left of the sink", False),
        ("Help the guest with their boat with your manager", True),
        ("Upgrade the guest's cabin to the same deck", True),
        ("Offer the guest half off original price", True),
        ("Walk the guest to the lift", False),
        ("Pay for the boat to take the guest", True),
        ("Pay for the boat to take the guest across", False),
        ("Answer everything the guest needs", True),
        ("Resolve the guest's issue", True),
        ("Resolve the guest's issue with the stove", False),
    ],
)
def test_left_open(line: str, left_open: bool) -> None:
    assert unsound(line) is left_open


@pytest.mark.parametrize(
    "told",
    [
        "If you rent two boats they give you a map.",
        "She explained about boats.",
        "The clerk accompanied me to the room.",
        "They even took our letters for us to post.",
        "He kept us up to date in terms of tides.",
        "They gave us a regular table.",
        "They recommended all the boats.",
    ],
)
def test_no_deed_or_nobody_knows_which(told: str) -> None:
    assert instructions(told, "guest") == []


def test_a_question_that_names_what_it_is_about() -> None:
    told = "The clerk rang the cabin just to check that we were warm. He knocked to check that it was warm."
    made = [line for line, _, _ in instructions(told, "guest")]
    assert made == ["Ring the cabin to check the guest is warm"]


@pytest.mark.parametrize(
    "told",
    [
        "She made sure we had a great time in the boat house.",
        "The clerk made many phone calls to other harbours.",
        "He chose and selected the room.",
        "They remembered us from last summer.",
        "The cook gives a personal touch to your evening.",
        "They asked our preference whether by the lake or the woods.",
        "The crew will assist you with any worries.",
        "Our breath was taken away by the staff.",
        "We were surprised with the harbour.",
        "The kiosk staff offered a wide range of ropes.",
        "They allowed us to enjoy our evening.",
        "She told the harbour guard what happened.",
        "He talked with us through the fence all night.",
    ],
)
def test_nothing_anybody_could_copy(told: str) -> None:
    assert instructions(told, "guest") == []


def test_a_name_may_be_shorter_than_a_step() -> None:
    told = "She pushed the desk over to the other wall so that it stood near the lamp of the porch."
    assert instructions(told, "guest") == []
    assert [line for line, _, _ in instructions(told, "guest", brief=True)] == [
        "Push the desk over to the other wall"
    ]
