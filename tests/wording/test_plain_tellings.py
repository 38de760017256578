"""What people of many trades tell clearly gives its step, whoever tells it and in whatever order of words."""

import pytest

from servicestory.models.story import Story
from servicestory.wording.instructions import instructions
from servicestory.wording.speaker import told_by
from servicestory.wording.standing import standing

STAFF = frozenset(("bea", "otis", "wanda"))


def steps(text: str) -> list[str]:
    """The steps a story told here gives, as they stand without it."""
    told = told_by(Story(id="s", narrative=text))
    made = instructions(text, "customer", STAFF, told=told)
    stand = (standing(line, text, start, end, "customer", (), True) for line, start, end in made)
    return [line for line in stand if line]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        # a call at a set time is whole, with or without what was said
        ("Otis phoned the owner the same evening and told her he'd eaten.", ["Phone the customer the same evening"]),
        (
            "Bea always rings the evening after a filling to ask if it still hurts.",
            ["Ring the customer the evening after a filling to ask if it still hurts"],
        ),
        (
            "He called after four days to ask how I was getting on with it.",
            ["Call the customer after a few days to ask how they are getting on"],
        ),
        ("Otis rang the customer.", []),
        # what "we" did before somebody came, where nobody else does anything
        ("We switched the kiln on before she came.", ["Switch the kiln on before the customer comes"]),
        ("I put a sheet on the seat and a mat under the ladder.", ["Put a sheet on the seat and a mat under the ladder"]),
        ("We swapped the saddle for a softer one as soon as we saw that he was sore.",
         ["Swap the saddle for a softer one as soon as you see that the customer is sore"]),
        ("I handed him a key.", []),  # it may be the customer who tells
        ("I booked a lesson and paid at the till.", []),
        # somebody by trade, known by the end of the word or by where they stand
        ("The stablehand showed us every bridle.", ["Show the customer every bridle"]),
        ("The lady behind the counter wrote down which trains were late.", ["Write down which trains are late"]),
        ("The ferry took us out to the island.", []),
        # what it was for, told in any of its ways; where it cannot be turned round, the deed stands without it
        ("We radioed the quay so the lorry could wait.", ["Radio the quay so that the lorry can wait"]),
        (
            "He showed my husband how to bleed the radiator so we would not need him again.",
            ["Show the customer's partner how to bleed the radiator"],
        ),
        # what holds of each of a kind, and what somebody has to do with a thing
        ("She wrote the picking date on every basket we bought.", ["Write the picking date on every basket the customer buys"]),
        ("Wanda marked the three boxes I had to fill in with a pencil.", ["Mark the boxes the customer has to fill in with a pencil"]),
        # noticed, remembered, said: what follows is the deed
        ("The guide noticed that our son was tired and brought him a stool.", ["Bring the customer's child a stool"]),
        ("Bea said that she had put a spare torch in the box.", ["Put a spare torch in the box"]),
        ("The harbourmaster told us the crossing would be rough.", ["Tell the customer that the crossing will be rough"]),
        # not whom, and not who
        ("She copied the plans and sent them to the whole floor.", ["Copy the plans", "Send the plans to the whole floor"]),
        ("He texts us when he leaves the depot.", ["Text the customer when you leave the depot"]),
        ("We cleaned the hearing aids of everyone who came in.", ["Clean the hearing aids of everyone who comes in"]),
        # what "it" and "them" are, where one thing was named
        ("When the plank was too long for our car he sawed it in half.", ["Saw the plank in half"]),
        ("Otis noticed that my laces were frayed and replaced them.", ["Replace the customer's laces"]),
        ("They aired our tent overnight and set it up by the hedge.", ["Air the customer's tent overnight", "Set the customer's tent up by the hedge"]),
        # when, for whom, and every week
        ("We bring the books to people who cannot climb the stairs.", ["Bring the books to people who cannot climb the stairs"]),
        ("We text customers when their clothes are ready.", ["Text the customer when their clothes are ready"]),
        ("We ring the old customers on Thursday to ask what they need.", ["Ring the customer to ask what they need"]),
        ("He locked the purse in the drawer as soon as my mother came.", ["Lock the purse in the drawer as soon as the customer's relative comes"]),
        ("He opened the gate and waited with us until we left.", ["Open the gate", "Wait with the customer until they leave"]),
        (
            "We call every customer a week after the repair to ask if they can ride without pain.",
            ["Call the customer a week after the repair to ask if they can ride without pain"],
        ),
        ("She called me after two weeks because I had not come.", ["Call the customer after a few weeks"]),
        ("They put the nuts on a table of their own.", ["Put the nuts on a table of their own"]),
        # a verb with its particle, and things as a colleague says them
        ("She sewed on the button without being asked.", ["Sew on the button without being asked"]),
        ("Wanda wrote the dose on the door in big letters.", ["Write the dose on the door in big letters"]),
        ("We showed the skier a map of the ice.", ["Show the customer a map of the ice"]),
    ],
)  # fmt: skip
def test_told_clearly(told: str, wanted: list[str]) -> None:
    assert steps(told) == wanted


def test_a_call_at_a_set_time_keeps_what_was_asked() -> None:
    told = "Otis rings every arrival on the following morning and asks whether they slept well."
    assert steps(told) == ["Ring every arrival on the following morning and ask whether they slept well"]
