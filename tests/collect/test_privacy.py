"""Addresses and numbers leave the text; everything else stays to the letter."""

import pytest

from servicestory.collect.privacy import personal, redact

# Numbers reserved for examples: RFC 2606 domains, Ofcom and NANP drama numbers, the test card and IBAN.
FOUND = [
    ("write to ann.lee+desk@example.co.uk, please", "write to [e-mail], please", "e-mail"),
    ("call 020 7946 0018 now", "call [phone] now", "phone"),
    ("call +44 20 7946 0018.", "call [phone].", "phone"),
    ("call (202) 555-0147 or", "call [phone] or", "phone"),
    ("202-555-0147", "[phone]", "phone"),
    ("card 4111 1111 1111 1111 was", "card [card] was", "card"),
    ("4111111111111111", "[card]", "card"),
    ("to GB82 WEST 1234 5698 7654 32 today", "to [bank account] today", "bank account"),
    ("DE89370400440532013000", "[bank account]", "bank account"),
]
KEPT = [
    "We stayed from 2026-03-01 to 2026-03-09 in room 1204",
    "booked on 12.03.2026 for 14 people at 19:30, order 4111 1111 1111 1112",
    "It cost 1,250,000 in 2025, then 1.300.000",
    "flight BA 2490 at gate 12-14, 1999-2004, 24/7",
    "mention @harbour on the wall, 3 @ 5 each",
    "GB82 WEST 1234 5698 7654 33",
    "0000 0000 0000 0000",
    "the numbers 7 8 9 10 11 12 13 were called",
]


@pytest.mark.parametrize(("text", "clean", "kind"), FOUND)
def test_what_is_found_is_replaced(text: str, clean: str, kind: str) -> None:
    assert redact(text) == (clean, {kind: 1})


@pytest.mark.parametrize("text", KEPT)
def test_what_is_none_stays_to_the_letter(text: str) -> None:
    assert redact(text) == (text, {})


@pytest.mark.parametrize(
    "column",
    ["Email", "E-mail Address", "RecipientEmail", "IP Address", "customer_name", "reviewer.displayName", "Phone",
     "First Name", "guest name", "username", "LocationLatitude", "Reviewer", "author"],
)  # fmt: skip
def test_columns_that_identify_customers(column: str) -> None:
    assert personal(column)


@pytest.mark.parametrize(
    "column",
    [
        "staff name",
        "review",
        "Name of hotel",
        "team",
        "id",
        "employee",
        "agent_id",
        "customer comment",
        "tag",
    ],
)
def test_columns_that_do_not(column: str) -> None:
    assert not personal(column)


def test_a_pasted_picture_ends_and_stays() -> None:
    for blob in ("a1" * 100_000, "a.b-" * 50_000 + "7777777", "+1 " * 60_000, "0" + " 12" * 60_000):
        assert redact(blob) == (blob, {})
