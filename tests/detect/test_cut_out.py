"""Deeds cut out of passages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servicestory.detect.cut_out import cut_out

STAFF = ["ada", "bo"]


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Ada had him try the stairs with both sticks.", "Have the guest try the stairs with both sticks"),
        ("Bo let her choose a lamp from the shelf.", "Let the guest choose a lamp from the shelf"),
        ("Ada folded the map and slid it under our door.", "Fold the map"),
        ("Bo took the kettle and filled the flask for us.", "Fill the flask for the guest"),
        ("Ada smiled, then hung our coats over the stove.", "Hang the guest's coats over the stove"),
        ("Bo went down with us, lamp in hand.", "Go down with the guest"),
        ("Ada lay down on the deck beside the dog.", "Lie down on the deck beside the dog"),
        ("Bo strolled over with her to 12.", "Stroll over with the guest"),
        ("Ada watered the plants near Lisbon Street.", "Water the plants"),
    ],
)
def test_each_deed_of_somebody_named_is_cut_out(text: str, deed: str) -> None:
    assert deed in cut_out(text, "guest", STAFF)[0]


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("Ada found nothing, then cracked tiles.", "Crack tiles"),
        ("Bo waved before we pulled the rope.", "Pull the rope"),
        ("Ada had the key when she locked the shed.", "Have the key"),
        ("Bo drove us to Lisbon at dawn.", "Drive the guest"),
        ("Ada put a Turkish rug on the chair.", "Put a"),
        ("Bo left them at the kiosk.", "Leave the guest at the kiosk"),
    ],
)
def test_what_another_did_or_is_half_of_it_is_not(text: str, no: str) -> None:
    assert no not in cut_out(text, "guest", STAFF)[0]


_WORDS = st.sampled_from(
    ["Ada", "she", "had", "him", "quickly", "then", "and", ",", "ran", "took", "lay", "the", "her", "."]
)


@given(st.lists(_WORDS, max_size=9).map(" ".join))
@example("She quickly ran")
@example("Ada had just taken")
def test_any_words_are_read_to_their_end(text: str) -> None:
    named, others = cut_out(text, "guest", STAFF)
    assert all(line.split()[1:] for line in named + others)
