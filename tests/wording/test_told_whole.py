"""A clear telling gives the deed with all that was told of it, in the words of whoever is to do it."""

import pytest

from servicestory.models.story import Story
from servicestory.wording.instructions import instructions
from servicestory.wording.reasons_after import told_after
from servicestory.wording.speaker import told_by
from servicestory.wording.standing import standing

STAFF = frozenset(("alma", "jory", "pim"))


def steps(text: str) -> list[str]:
    """The steps a story told here gives, as they stand without it."""
    told = told_by(Story(id="s", narrative=text))
    made = instructions(text, "customer", STAFF, told=told)
    stand = (standing(line, text, start, end, "customer", (), True) for line, start, end in made)
    return [line for line in stand if line]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        # a deed reaches to the next one, whatever its verb; "it" is joined to what names it
        (
            "Alma saved the worn strap in a paper bag and handed it back with the sandals.",
            ["Save the worn strap in a paper bag and hand it back with the sandals"],
        ),
        (
            "They keep a crate of spare helmets in small sizes and let pupils try them.",
            ["Keep a crate of spare helmets in small sizes and let pupils try them"],
        ),
        ("Jory screwed a plank across it.", []),  # across what?
        # clauses inside: whose they are, and in the present
        ("She rang from the depot to say she was ten minutes away.", ["Ring from the depot to say you are ten minutes away"]),
        ("Pim showed us the hole the moths had come through.", ["Show the customer the hole the moths have come through"]),
        ("He noted in simple words which doors we could use.", ["Note in simple words which doors the customer can use"]),
        ("Alma pins a number on every board she takes up.", ["Pin a number on every board you take up"]),
        ("Pim packs the hampers behind a screen so nobody sees who gets what.",
         ["Pack the hampers behind a screen so that nobody sees who gets what"]),
        ("Jory leaves two chairs free for people who may have to go out.",
         ["Leave two chairs free for people who may have to go out"]),
        # of two people "he" is the one only he can be, or nobody
        ("Our fitter always asks if there are pets before he puts anything down.",
         ["Ask if there are pets before you put anything down"]),
        ("Alma steamed my uncle's collar while he waited.", ["Steam the customer's uncle's collar while they wait"]),
        ("Alma listened until he was finished.", []),
        ("She sent us a picture so we knew he had arrived.", ["Send the customer a picture"]),
        # people are asked by what they are asked
        ("Jory asks each client to name the hour they last slept.", ["Ask the customer to name the hour they last slept"]),
        # a relative clause between commas is no end
        ("She showed my nephew, who is nearly deaf, where the signals are by letting him feel the rail.",
         ["Show the customer's child where the signals are by letting them feel the rail"]),
        # what is done to a thing, told without who did it, now as then
        ("Spare laces are always put in the box.", ["Put spare laces in the box"]),
        ("New climbers are shown the low wall first.", ["Show new climbers the low wall first"]),
        ("I was told which marks are normal.", ["Tell the customer which marks are normal"]),
        ("The gloves were taken by another customer.", []),
        # the moment a sentence begins with
        ("When someone forgets their cap, Pim lends them one from the chest and writes the size on the list.",
         ["Lend the customer one from the chest when they forget their cap", "Write the size on the list"]),
        # what a house does by custom is told by those who work there
        ("We hand every rider a cloth for the saddle.", ["Hand every rider a cloth for the saddle"]),
        ("We always book a lane for the weekend.", []),
        # by trade, known by what they do
        ("The glazier covered the shelves with a sheet before he took the pane out.",
         ["Cover the shelves with a sheet before you take the pane out"]),
        ("The heater warmed the hall.", []),
        # what is put has a place; what is seen is no deed
        ("Jory noticed that I went pale and tipped the bench back.", ["Tip the bench back"]),
        ("Alma's call brought up that a tap dripped.", []),
        ("He tried to mend the wheel.", []),
        ("He did not charge for the strap.", []),
    ],
)  # fmt: skip
def test_told_whole(told: str, wanted: list[str]) -> None:
    assert steps(told) == wanted


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("Jory put a slip on it because nobody at the saw can ask the owner.", "Because nobody at the saw can ask the customer"),
        ("Jory put a slip on it so that the sawyer knows where to look.", "So that the sawyer knows where to look"),
        ("Jory put a slip on it because my hands shake.", "Because the customer's hands shake"),
        ("Jory put a slip on it because a pipe had burst.", ""),  # that once
        ("Jory put a slip on it because she is kind.", ""),
    ],
)  # fmt: skip
def test_the_reason_told_right_after_a_deed(told: str, why: str) -> None:
    assert told_after(told, len("Jory put a slip on it"), "customer", STAFF, "here") == why
