"""A colleague or a relative tells: "him", "her room" and "Mrs Hale" are the customer, where that is certain."""

import pytest

from servicestory.models.practice import Evidence
from servicestory.models.story import Story
from servicestory.wording.instructions import instructions
from servicestory.wording.material import steps_of

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


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        (
            "She sat down beside her so that she did not have to look up.",  # who of the two?
            ["Sit down beside the patient"],
        ),
        ("He sat down beside him so that he did not feel alone.", ["Sit down beside the patient"]),
        ("She put the chair behind her so that she could sit down.", ["Put the chair behind the patient"]),
        ("She sat down beside her because she looked afraid.", ["Sit down beside the patient"]),
        ("She moved the chair closer to her.", ["Move the chair closer to the patient"]),
        ("He read the letter to her slowly.", ["Read the letter to the patient slowly"]),
        ("She helped her into her coat.", ["Help the patient into their coat"]),
        ("She held her hand while the doctor spoke.", ["Hold the patient's hand while the doctor speaks"]),
        (
            "She called her daughter so that she knew where she was.",
            ["Call the patient's daughter so that they know where they are"],
        ),
        ("She put a blanket over her and her baby.", ["Put a blanket over the patient and their baby"]),
        ("The porter walked with them to the lift.", ["Walk with the patient to the lift"]),
        ("She brought her tea and her slippers.", []),  # whose?
        ("She held her bag so she could find her keys.", []),
        (
            "She sat beside my mother so that she did not have to look up.",
            ["Sit beside the patient's relative so that they do not have to look up"],
        ),
    ],
)
def test_her_and_him_are_turned_round_rightly_or_the_line_is_left_out(told: str, lines: list[str]) -> None:
    story = Story(id="s", narrative=told, people=["Anna"])
    place = Evidence(story="s", start=0, end=len(told))
    assert [step.text for step in steps_of(place, story, "patient", frozenset({"anna"}))] == lines


def test_what_somebody_gives_me_from_hers_is_not_mine() -> None:
    def told(text: str) -> list[str]:
        return [line for line, _, _ in instructions(text, "guest", ("ada",), told="here")]

    assert told("Ada gave me a pen from her drawer.") == ["Give the guest a pen"]
    assert "their basket" not in " ".join(
        told("Ada let me have a pair of glasses from her basket for the stay.")
    )
