"""Customers, their kin and animals do much in a story that no colleague could copy."""

import pytest

from servicestory.detect.actor import is_anothers
from servicestory.detect.reading import read
from servicestory.detect.weights import shipped
from servicestory.models.story import Story
from tests.detect.other_trades import sentences


@pytest.mark.parametrize(
    "text",
    [
        "The cat hid under the sofa when he rode it into the living room.",
        "Our two old hens slept in the basket.",
        "My daughter drew them a picture the same evening.",
        "Then his little sister quietly ate the rest.",
        "A customer complained about the noise.",
    ],
)
def test_what_others_do_is_no_deed_of_staff(text: str) -> None:
    assert is_anothers(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dog got a bowl of water and a blanket.",  # done to it
        "My daughter was given a colouring book.",
        "My son dropped his ice cream and they gave him a new one.",
        "My son lost his rabbit and a week later it came by post.",
        "The guest left her keys, so the porter ran after her.",
        "The student nurse held my hand.",  # works here
        "A girl brought us water.",  # whoever serves "us"
        "My wife thanked Petra for the soup she had kept.",
        "She cut the lock for free.",
        "Dogs welcome!",
        "The child",
        "",
    ],
)
def test_where_staff_may_act_nothing_is_left_out(text: str) -> None:
    assert not is_anothers(text)


def test_no_deed_of_sixteen_trades_is_taken_for_another_s() -> None:
    assert [row.text for row in sentences() if row.labels and is_anothers(row.text)] == []
    assert sum(is_anothers(row.text) for row in sentences()) >= 4


def test_it_is_left_out_with_its_reason_unless_a_teller_listed_it() -> None:
    line = "The cat slept on the old blanket by the stove."
    told = Story(id="s", narrative=f"{line} Ana brought the cat a bowl of water.", behaviours=[line])
    found = read([told], shipped())
    assert [p.text for p in found.passages] == ["Ana brought the cat a bowl of water.", line]
    assert found.left_out[0].reason.startswith("tells of the customer's own doings")
