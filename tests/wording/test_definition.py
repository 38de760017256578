"""What the codebook gives the documents where the stories give too little; and the house's own word in it."""

import pytest

from servicestory.detect.codebook import starter
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.records import load
from servicestory.wording.definition import definition, in_house, worded


def entry(**fields: object) -> CodebookEntry:
    base = {"key": "lend", "name": "Lend what the customer needs", "definition": "Staff lend an item."}
    return CodebookEntry.model_validate({**base, **fields})


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("We find what is missing and bring it.", "Find what is missing and bring it"),
        ("When we learn of an occasion we mark it.", "When you learn of an occasion, mark it"),
        ("When a table stands empty, we offer it to the guest.", "When a table stands empty, offer it to the client"),
        ("We fit our hours to the customer.", "Fit your hours to the client"),
        ("Somebody comes at night.", "Lend an item"),  # no instruction in it: the definition's words instead
        (None, "Lend an item"),
    ],
)  # fmt: skip
def test_a_statement_becomes_an_instruction(said: str | None, line: str) -> None:
    assert definition(entry(behaviour_statement=said), "client").lines == (line,)


def test_inclusions_are_deeds_or_examples() -> None:
    made = definition(
        entry(
            include=["standing up to meet somebody", "a charger lent", "shopping carried", "extra towels"],
            exclude=["routine serving of a customer"],
        ),
        "patient",
    )
    assert made.lines[1:] == ("Stand up to meet somebody",)
    assert made.counts == (
        "standing up to meet somebody",
        "a charger lent",
        "shopping carried",
        "extra towels",
    )
    assert made.counts_not == ("routine serving of a patient",)
    assert definition(None, "patient").lines == ()


def test_every_entry_of_the_starter_codebook_gives_at_least_one_line() -> None:
    entries, problems = load(CodebookEntry, starter(), "codebook.yaml")
    assert not problems
    for _, one in entries:
        lines = definition(one, "resident").lines
        assert lines, one.key
        text = " ".join(lines).casefold()
        assert "customer" not in text and " we " not in f" {text} " and " our " not in f" {text} "


def test_only_the_codebooks_own_words_are_put_in_the_houses() -> None:
    assert in_house("Customers and the guest's bags", "patient") == "Patients and the patient's bags"
    given = Practice(id="P-0001", name="Lend what the guest needs")
    assert worded(given, entry(), "patient").name == "Lend what the patient needs"
    own = Practice(id="P-0001", name="Umbrellas for every customer")
    assert worded(own, entry(), "patient").name == "Umbrellas for every customer"
    assert worded(own, None, "patient") is own


def test_what_asks_for_unpaid_time_is_no_line_to_do() -> None:
    made = definition(
        entry(
            behaviour_statement="We wait at the gate after the shift.",
            include=["staying on past the shift", "standing up to meet somebody"],
        ),
        "guest",
    )
    assert made.lines == ("Lend an item", "Stand up to meet somebody")
    for _, own in load(CodebookEntry, starter(), "codebook.yaml")[0]:
        assert not any("your shift" in line for line in definition(own, "guest").lines)
