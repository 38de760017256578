"""A colleague or a relative tells: "him", "her room" and "Mrs Hale" are the customer, where that is certain."""

import pytest

from servicestory.wording import instructions

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
        ("Ada locked the drawer and walked me to the lift.", ["Walk the guest to the lift"]),
        ("Tilda wrote \"no feathers\" on the handover card.", ["Note on the handover card what the guest needs"]),
        ("He put it into the handover for the night.", ["Note in the handover what the guest needs"]),
        ("He noted his allergy on the handover card.", ["Note the guest's allergy on the handover card"]),
        ("He asked which arm she could use.", ["Ask which arm the guest can use"]),
        ("Ada recorded his exercises on his phone.", ["Record the guest's exercises on their phone"]),
        ("They called us at half past eight to ask if we had slept.", ["Call the guest to ask if they have slept"]),
        ("She knocked again, unasked, to see whether the heater was on.", ["Knock again, unasked, to ask whether the heater is on"]),
        ("Greeted by name and taken to my seat.", ["Greet the guest by name", "Take the guest to their seat"]),
        ("We had a good start, welcomed by the crew.", ["Welcome the guest"]),
        ("The captain kept us informed on this issue.", ["Keep the guest informed"]),
        ("The captain came to ask how I was.", ["Ask how the guest is"]),
        ("We were offered with complimentary drinks.", ["Offer the guest complimentary drinks"]),
        ("They charged for a suite and gave us the smallest room.", []),
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
