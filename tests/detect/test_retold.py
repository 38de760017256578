"""Whole deeds as instructions: who is meant by the pronouns, what one did besides, and where a deed ends."""

import pytest

from servicestory.detect.retold import whole_deeds

STAFF = ["Ada Brisk", "Omar Diaz"]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        # who is meant
        ("Ada sat with her while she made the call.", "Sit with the client while they make the call"),
        ("Omar let me try it on the lamp in front of him.", ""),  # "it" is nothing told of
        ("Omar let me try the mask in front of him.", "Let the client try the mask in front of you"),
        ("Ada told me in August already what I would owe.", "Tell the client what they will owe"),
        ("Ada walked with the widow until she could see it.", ""),
        ("Omar served Mrs Penn's cocoa in the old cup.", "Serve the client's cocoa in the old cup"),
        ("Ada brought her own lamp for him.", "Bring your own lamp for the client"),
        ("Ada filmed my walk with my own phone.", "Film the client's walk with their own phone"),
        ("She filmed the walk with my own phone.", "Film the walk with the client's own phone"),
        ("I lent the lady my own umbrella.", "Lend the client your own umbrella"),
        ("Ada had me bring my cup and filled it.", "Have the client bring their cup and fill it"),
        ("Ada led the young woman into the back room.", "Lead the client into the back room"),
        ("Ada carried the lamp out, laid a rug under it and shut the door.", "Carry the lamp out"),
        ("Omar handed the lady a slip.", "Hand the client a slip"),
        ("Ada handed the guest the key.", "Hand the client the key"),
        # who did it
        ("AB rang him before he left.", "Ring the client before they leave"),
        ("in june omar wrote him a list of dates", "Write the client a list of dates"),
        ("Omar, who was new, cut the bread for us.", "Cut the bread for the client"),
        ("It was Ada who carried the crate to my car.", "Carry the crate to the client's car"),
        ("I got a card from Ada.", "Give the client a card"),
        ("Ada was there. I found a bench by the window.", ""),
        (
            "Omar works out the bill and lets the client know the figure before it falls due.",
            "Work out the bill and let the client know the figure before it falls due",
        ),
        # things and others do something in it
        (
            "Omar phoned those who had waited the longest.",
            "Phone those who have waited the longest",
        ),
        ("Ada wrote to the guests what the tide would do.", "Write to the guests what the tide will do"),
        ("Ada moved the crate that stood in my way.", "Move the crate that stands in the client's way"),
        ("Ada called the woman who had lost her ring.", "Call the client who has lost their ring"),
        ("Ada showed her how the lock worked.", "Show the client how the lock works"),
        ("Ada gave him the key that his wife had left.", "Give the client the key"),
        ("Ada let grandma try each chair.", "Let the client try each chair"),
        ("Ada filled a jug and let her pour the tea.", "Fill a jug and let the client pour the tea"),
        ("Ada rang the clinic to ask how the dog was.", "Ring the clinic to ask how the dog is"),
        ("Omar got the surgery on the line for her.", "Get the surgery on the line for the client"),
        ("Omar got the job.", ""),
        (
            "Ada took the towels down and brought them back warm.",
            "Take the towels down and bring them back warm",
        ),
        ("Ada has the towels, she brought them back warm.", ""),
        # told passively
        ("A chair was brought by Omar for the old lady.", "Bring a chair for the client"),
        ("For each of us the way was set down in capitals by Ada.", "Set the way down in capitals"),
        ("My bags had been carried up by the porter.", "Carry the client's bags up"),
        ("He was gently woken by Ada with tea.", "Wake the client with tea"),
        ("I was led along the quay by Ada.", "Lead the client along the quay"),
        ("A chair was brought by a stranger.", ""),
        ("It was mended by Omar.", ""),
        ("The tea, which was made by Omar, was cold.", ""),
        # how far it goes
        ("Ada shut the door and took his coat.", "Shut the door and take the client's coat"),
        (
            "Ada takes his coat and hangs it over the stove.",
            "Take the client's coat and hang it over the stove",
        ),
        (
            "Omar sent me a text the minute the pass had come.",
            "Send the client a text the minute the pass has come",
        ),
        ("Then Omar rings up.", "Ring up the client"),
        ("Ada made a folder with tabs for fuel, tools and tyres.", "Make a folder with tabs"),
        ("Omar took her to Penzance.", ""),
        ("Ada wrote the client a note for the Dr", "Write the client a note"),
        ("Ada mailed it to her.", ""),
    ],
)
def test_how_a_deed_is_told(text: str, step: str) -> None:
    found = [line for line, _ in whole_deeds(text, "client", STAFF) if len(line.split()) > 2]
    assert found[0] == step if step else step not in found and not any("it" in f.split() for f in found)


def test_whose_it_may_be_either_way_speaks_against_a_deed() -> None:
    (_, sure), *_ = whole_deeds("Ada took my coat to the stove.", "client", STAFF)
    (_, open_), *_ = whole_deeds("Ada took her coat to the stove.", "client", STAFF)
    assert sure < open_


def test_it_in_a_later_deed_may_be_of_the_first() -> None:
    said = whole_deeds("Ada carried the lamp out, laid a rug under it and shut the door.", "client", STAFF)
    assert not any("rug under it" in line and not line.startswith("Carry") for line, _ in said)


def test_whoever_tells_of_a_family_of_their_own_is_served() -> None:
    text = "I laid a blanket on the bench, and my husband sat with me."
    assert whole_deeds(text, "client", []) == []
    assert whole_deeds(text.replace("my husband", "the old man"), "client", [])


def test_what_one_of_the_tellers_family_did_names_nothing() -> None:
    told = "On Friday a van came up behind my daughter and she drove out across the field."
    assert whole_deeds(told, "pupil", ["Petra"]) == []
    for who in ("Petra", "The teacher"):
        told = f"{who} met my daughter and she drove out to the field."
        assert "Drive out to the field" in [deed for deed, _ in whole_deeds(told, "pupil", ["Petra"])]
