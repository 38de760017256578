"""Reasons and what was not done instead, as tellers say it."""

import pytest

from servicestory.wording.reasons import in_general, instead, purpose, purpose_within, spared


@pytest.mark.parametrize(
    ("done", "after", "why"),
    [
        ("She had a room cleaned for me", " so that I could change and lie down.", "So that the guest can change and lie down"),
        ("He moved the lamp", ", so we could read.", "So that the guest can read"),
        ("He did their room first", ", so that they could lie down at ten, and went.", "So that the guest can lie down"),
        ("They walked past the tools", ", so they could choose one for me.", None),  # who served could
        ("I wanted a lamp for the cellar", ", so they had ideas for us.", None),
        ("He filmed it", ", so that at home I could see the steps.", "So that the guest can see the steps"),
        ("She wrote it down", " so that I would not forget.", None),  # what was spared is no purpose to copy
        ("He set it by the bell", " so we could not miss it.", "So that the guest cannot miss it"),
        ("He set it by the bell", " so that we couldn't sleep.", None),
        ("She wrote it down", " so Nessie could see.", None),
        ("She wrote it down", ". So I could sleep.", None),  # another sentence
        ("She wrote it down", " so I laughed.", None),
    ],
)  # fmt: skip
def test_the_reason_a_teller_gives(done: str, after: str, why: str | None) -> None:
    assert purpose(done + after, len(done), "guest", {"nessie"}) == why


@pytest.mark.parametrize(
    ("after", "point"),
    [
        (" instead of describing the way.", "Do not just describe the way"),
        (" rather than giving me the leaflet.", "Do not just give the guest the leaflet"),
        (" instead of waiting in the lobby.", None),  # that was the guest
        (" instead of the stairs.", None),
    ],
)
def test_what_was_not_done_instead(after: str, point: str | None) -> None:
    done = "She walked me to the desk"
    assert instead(done + after, len(done), "guest") == point


def test_a_reason_is_read_in_any_place_of_evidence() -> None:
    text = "He turned the whole list round, so that they could lie down at ten, and said nothing."
    assert purpose_within(text, "guest") == "So that the guest can lie down"
    assert purpose_within("So many came, so loud, so we laughed.", "guest") is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("In nine days I was never once asked again.", "So that the guest is never asked again"),
        ("We were not disturbed again.", "So that the guest is never disturbed again"),
        ("It was the first time that I did not have to say it twice.", "So that the guest does not have to say it twice"),
        ("She drew it because I cannot hear with my right ear.", "Because the guest cannot hear with their right ear"),
        ("He came because she had seen our number.", None),  # how it came about is no reason to do it
        ("I did not have to.", None),
        ("We were never happy again.", None),
    ],
)  # fmt: skip
def test_what_it_spared_the_customer_is_a_reason(told: str, why: str | None) -> None:
    assert spared(told, "guest") == why


def test_a_reason_told_after_another_deed_is_of_that_deed() -> None:
    told = "She showed me the worn joint, wiggled it so that I could see the play."
    assert purpose(told, told.index(", wiggled"), "customer") is None
    assert purpose(told, told.index(" so that"), "customer") == "So that the customer can see the play"
    assert purpose_within(told, "customer", step="Show the customer the worn joint") is None
    own = "She turned the bed round so that I could reach the lamp."
    assert purpose_within(own, "customer", step="Turn the bed round") is not None


def test_who_need_not_come_again_did_come() -> None:
    told = "So we didn't have to come again."
    assert spared(told, "customer") == "So that the customer does not have to come again"
    assert spared("We did not have to queue.", "customer") is None  # one word says too little


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (", because people get lost at the fork.", "Because people get lost at the fork"),
        (" so nobody has to ask twice", "So that nobody has to ask twice"),
        (" because most people hold it upside down", ""),  # what is "it"?
        (" because the lady sees badly", ""),  # of one
        (" because tablets ran out", ""),  # of one day
        (" and the signs are small", ""),
    ],
)
def test_a_reason_that_holds_of_everybody(after: str, reason: str) -> None:
    assert in_general(after) == reason


def test_what_was_so_with_the_customer_is_why() -> None:
    assert spared("He carried it up because my back was bad.", "tenant") == "Because the tenant's back is bad"
    # that once, and of one of them
    assert spared("She brought it out because I had the baby with me.", "tenant") is None
    assert spared("They waited because our train was late and they knew it.", "tenant") is None
    assert spared("She sent it because I had left him there.", "tenant") is None  # whom?


def test_so_that_she_can_is_the_customers_where_only_she_is_named() -> None:
    told = "I rang the old lady before I went up, so that she could open."
    assert purpose(told, told.index(" before"), "tenant") == "So that the tenant can open"
    other = "I rang the nurse before I went up, so that she could open."
    assert purpose(other, other.index(" before"), "tenant") is None


def test_what_nobody_has_to_suffer_is_a_reason_wherever_it_stands_in_the_sentence() -> None:
    assert in_general(" while you are still there, so nobody argues later") == "So that nobody argues later"
    assert in_general(" so that nobody came for nothing") == "So that nobody comes for nothing"
    assert in_general(" and hung it up so nobody trips") == ""  # why it was hung up
    assert in_general(" so nobody was lost") == ""
