"""A colleague or a relative tells: "him", "her room" and "Mrs Hale" are the customer, where that is certain."""

import pytest

from servicestory.wording.instructions import instructions

NAMES = ("ada", "bruno", "tilda")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("She lent him an umbrella.", ["Lend the guest an umbrella"]),
        ("Bruno drew Mrs Hale a map.", ["Draw the guest a map"]),
        ("He carried her case upstairs.", ["Carry the guest's case upstairs"]),
        ("Ada made up his bed early.", ["Make up the guest's bed early"]),
        ("Bruno brought every one of us tea.", ["Bring the guest tea"]),
        ("Ada had kept some soup warm for us.", ["Keep some soup warm for the guest"]),
        ("Ada had packed us a breakfast.", ["Pack the guest a breakfast"]),
        ("It was Tilda from the counter, asking how we had slept.", ["Ask how the guest has slept"]),
        ("Bruno, the night porter, walked me to the lift.", ["Walk the guest to the lift"]),
        ("Ada locked the drawer and walked me to the lift.", ["Lock the drawer and walk the guest to the lift"]),
        ("Tilda wrote \"no feathers\" on the handover card.", ["Note on the handover card what the next shift should know about the guest"]),
        ("He put it into the handover for the night.", ["Note in the handover what the next shift should know about the guest"]),
        ("He noted his allergy on the handover card.", ["Note the guest's allergy on the handover card"]),
        ("He asked which arm she could use.", ["Ask which arm the guest can use"]),
        ("Ada recorded his exercises on his phone.", ["Record the guest's exercises on their phone"]),
        ("They called us at half past eight to ask if we had slept.", ["Call the guest to ask if they have slept"]),
        ("She knocked again, unasked, to see whether the heater was on.", ["Knock again, unasked, to check whether the heater is on"]),
        ("Greeted by name and taken to the sauna.", ["Greet the guest by name", "Take the guest to the sauna"]),
        ("A fine first morning, welcomed by the gardener.", ["Welcome the guest"]),
        ("The ferryman's clerk kept us informed about that repair.", ["Keep the guest informed"]),
        ("A nurse came over to ask how I felt.", ["Ask how the guest feels"]),
        ("My aunt and I: we were offered with fresh figs.", ["Offer the guest fresh figs"]),
        ("She gave me the smallest slice.", []),
    ],
)  # fmt: skip
def test_the_customer_as_others_tell(told: str, wanted: list[str]) -> None:
    assert [line for line, _, _ in instructions(told, "guest", NAMES)] == wanted


@pytest.mark.parametrize(
    "told",
    [
        "Bruno put on his coat.",  # his own
        "Ada left them on the shelf.",  # things
        "She asked me to follow him.",  # a colleague
        "Ada asked if he could help.",
        "My mother fell and the girl gave her a look.",
        "Bruno had a good day.",
        "Ada had left early.",
    ],
)
def test_nothing_where_it_may_be_somebody_else(told: str) -> None:
    made = [line for line, _, _ in instructions(told, "guest", NAMES)]
    assert not any("the guest's coat" in m or "Leave the guest" in m or "Help" in m for m in made)
    assert all("follow the guest" not in m for m in made)
