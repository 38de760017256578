"""Addresses and numbers leave the text; everything else stays to the letter."""

import pytest

from servicestory.collect.privacy import personal, redact, redact_fields

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
    ("ring 0044 20 7946 0018 first", "ring [phone] first", "phone"),
    ("ring 00442079460018 first", "ring [phone] first", "phone"),
    ("+1-555-010-2000 x89", "[phone]", "phone"),
    ("on +44 20 7946 0018 ext. 12, after six", "on [phone], after six", "phone"),
    ("she left 020 7946\n0018 with us", "she left [phone] with us", "phone"),
    ("she left (202)\n  555-0147 with us", "she left [phone] with us", "phone"),
    ("card 4111 1111\n1111 1111 was", "card [card] was", "card"),
    ("order 12 for +44 20 7946 0018", "order 12 for [phone]", "phone"),
    ("＋44 20 7946 0018", "[phone]", "phone"),
    ("06 12 34 56 78", "[phone]", "phone"),
    ("ring Bill 020 7946 0018", "ring Bill [phone]", "phone"),
    ("in case 020 7946 0018 is busy", "in case [phone] is busy", "phone"),
    ("to ann.lee＠example.co.uk, please", "to [e-mail], please", "e-mail"),
    ("to ann.lee (at) example.co.uk, please", "to [e-mail], please", "e-mail"),
    ("to ann.lee (at) example (dot) co (dot) uk, please", "to [e-mail], please", "e-mail"),
    ("ring 0632 / 2345678 first", "ring [phone] first", "phone"),
    ("ring +49 (0) 30 / 901 820-11 first", "ring [phone] first", "phone"),
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
    "order 0012345678, order no. 447-223-9981, ticket #0123456789 and parcel 00123456789012",
    "invoice 020 7946 0018 was paid twice, bill 020 7946 0019 not, case 020 7946 0017 is open",
    "rooms 1204\n1205\n1206, then 305",
    "born on 01/02/1999, came on 01.02.2026 at 10 12",
    "it cost 1 250 000 or 100 200 3000, 0.99 each, +5 10 15 20 25 per cent",
    "ISBN 978-0-306-40615-7, seats 12 13 14 15 16 17",
    "meet us (at) the bar. Thanks",
    "between 01 / 02 / 2024 and 03 / 04 / 2024",
    "blood pressure 120 / 80, then 130 / 85",
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


def test_a_number_in_any_field_is_taken_out_and_ids_dates_and_ratings_stay() -> None:
    number, mail = "+44 20 7946 0018", "ann@example.org"
    fields = {
        "id": "2026-03-01-447-223-9981",
        "date": "2026-03-01",
        "people": [f"Anna {number}"],
        "site": number,
        "team": mail,
        "channel": f"phone {number}",
        "tags": [mail, "night"],
        "reporter": {"role": f"porter, {mail}"},
        "ratings": [{"value": 9, "of": 10}],
        "recovery": True,
        "outcome": None,
    }
    clean, found = redact_fields(fields)
    assert found == {"phone": 3, "e-mail": 3}
    assert (clean["people"], clean["site"], clean["tags"]) == (
        ["Anna [phone]"],
        "[phone]",
        ["[e-mail]", "night"],
    )
    assert clean["reporter"] == {"role": "porter, [e-mail]"}
    assert {name: clean[name] for name in ("id", "date", "ratings", "recovery", "outcome")} == {
        name: fields[name] for name in ("id", "date", "ratings", "recovery", "outcome")
    }


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ring ０１７１ ２３４５６７８", "Ring [phone]"),
        ("Ring ٠١٧١ ٢٣٤ ٥٦٧٨", "Ring [phone]"),
        ("Ring 0 1 7 1 2 3 4 5 6 7 8 today", "Ring [phone] today"),
        ("card 4111\u00a01111\u00a01111\u00a01111", "card [card]"),
        ("card 4111.1111.1111.1111", "card [card]"),
        ("to de89370400440532013000", "to [bank account]"),
        ("Well.\nOn Mon, 3 Aug 2026 at 10:12, Ilka Rohn <i@r.de> wrote:\n> Hi", "Well.\n[mail header]\n> Hi"),
        ("Am 3. Aug. 2026 um 10:12 schrieb Ilka Rohn:\nDanke", "[mail header]\nDanke"),
        ("From: Ilka Rohn <i@r.de>\nHello", "[mail header]\nHello"),
        ("On 3 August 2026 she wrote:\nThank you", "On 3 August 2026 she wrote:\nThank you"),
        (
            "Der Koffer – 12 Kilo – stand da. 1 2 3 4 5 6 7 8!",
            "Der Koffer – 12 Kilo – stand da. 1 2 3 4 5 6 7 8!",
        ),
    ],
)
def test_digits_of_any_script_and_quoted_mail_go(text: str, left: str) -> None:
    assert redact(text)[0] == left
