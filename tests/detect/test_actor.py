"""Customers, their kin and animals do much in a story that no colleague could copy."""

import pytest

from servicestory.detect.actor import is_anothers, is_nobodys, only_runs, says_who_they_are
from servicestory.detect.reading import read
from servicestory.detect.weights import shipped
from servicestory.models.story import Source, Story
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


@pytest.mark.parametrize(
    "text",
    [
        "If you ever pass through the valley, sleep there.",
        "On a sunny day, one can sit under the plane tree.",
        "And also, you should try the soup!",
        "Got a good deal on the internet and was delighted.",
        "Anybody can sit there and they get a coupon.",
        "The offer was applied, so the bill came to 30% less.",
        "15% discount for members",
    ],
)
def test_advice_to_readers_and_terms_of_a_place_are_nobody_s_deed(text: str) -> None:
    assert is_nobodys(text)


@pytest.mark.parametrize(
    "text",
    [
        "You can ask the staff for a blanket and they bring it.",
        "If you lose a glove, the porter finds it.",
        "She gave us 10% off.",
        "You can sit there and they bring soup.",
        "People can sit there and the waiter brings them soup.",
        "Our bill was reduced by half.",
        "We were able to go in early at no extra cost.",
        "Honoured the price of the week before.",
        "Thanks for the discount!",
        "You followed up and sent me a voucher.",
        "We sat down, had the soup and the cake, walked about and had a look at the old garden and the pond for a "
        "good while; the bill was high, but the tea came in no time.",
        "",
    ],
)
def test_where_somebody_of_the_house_acts_it_is_theirs(text: str) -> None:
    assert not is_nobodys(text)


def test_no_deed_of_sixteen_trades_is_taken_for_nobody_s() -> None:
    assert [row.text for row in sentences() if row.labels and is_nobodys(row.text)] == []


def test_nobody_s_deed_is_left_out_of_a_review_and_of_no_story_told_here() -> None:
    line = "Got a good offer and some discount on the bill."
    source = Source(system="survey")
    (left,) = read([Story(id="s", narrative=line, source=source)], shipped()).left_out
    assert left.text == line
    told = read(
        [Story(id="s", narrative="If you are cold, the blankets are free.", behaviours=[line])], shipped()
    )
    assert line in [p.text for p in told.passages]


def test_it_is_left_out_with_its_reason_unless_a_teller_listed_it() -> None:
    line = "The cat slept on the old blanket by the stove."
    told = Story(id="s", narrative=f"{line} Ana brought the cat a bowl of water.", behaviours=[line])
    found = read([told], shipped())
    assert [p.text for p in found.passages] == ["Ana brought the cat a bowl of water.", line]
    assert found.left_out[0].reason.startswith("tells of the customer's own doings")


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("I waited in the corridor for the better part of an hour", True),
        ("We were left standing in the rain.", True),
        ("And we had to wait for forty minutes!", True),
        ("We waited only three minutes for our tickets.", False),
        ("I didn’t wait long.", False),
        ("We had to wait, but they lent us umbrellas.", False),
        ("I waited while Ondrej fetched it.", False),
        ("We were waiting when the porter came with a chair.", False),
    ],
)
def test_a_customer_who_waits_is_served_by_nobody_meanwhile(text: str, nobody: bool) -> None:
    assert is_anothers(text) is nobody


@pytest.mark.parametrize(
    ("text", "nothing_else"),
    [
        ("I am a teacher too, so I noticed.", True),
        ("Came straight from two shifts at my own school, I'm a teacher myself.", True),
        ("I am a regular here and she keeps my cup behind the bar.", False),
        ("I am a teacher, saw that the page was torn and mended it.", False),
        ("I was the first to be served a hot drink.", False),
        ("I was a bit lost, so Ada walked along.", False),
    ],
)
def test_what_a_teller_says_of_themselves_is_no_deed(text: str, nothing_else: bool) -> None:
    assert says_who_they_are(text) is nothing_else


@pytest.mark.parametrize(
    "text",
    [
        "The free shuttle to the harbour was great!",
        "The courtesy van to the trade fair was great.",
        "We appreciated the tram to the old town.",
        "There is a ferry to the island, and taxis are always available.",
    ],
)
def test_a_ride_that_is_simply_there_is_nobodys_deed(text: str) -> None:
    assert only_runs(text)
    source = Source(system="reviews", record="1", batch="b", sha256="0" * 64)
    assert read([Story(id="s", narrative=text, source=source)], shipped()).passages == []


@pytest.mark.parametrize(
    "text",
    [
        "The shuttle driver carried our bags.",
        "They provided a free shuttle to the harbour.",
        "The van took us to the station.",
        "She called a taxi and waited with me.",
        "Fast check-in and a free shuttle.",
        "The porter was great.",
    ],
)
def test_who_drove_or_called_the_ride_did_something(text: str) -> None:
    assert not only_runs(text)


def test_a_ride_beside_a_second_kind_of_deed_is_kept() -> None:
    told = "A shuttle to the harbour, an upgrade to a suite and a birthday cake."
    assert only_runs(told)
    source = Source(system="reviews", record="1", batch="b", sha256="0" * 64)
    (kept,) = read([Story(id="s", narrative=told, source=source)], shipped()).passages
    assert kept.text == told


def test_no_deed_of_sixteen_trades_is_a_ride_that_is_there() -> None:
    assert [row.text for row in sentences() if row.labels and only_runs(row.text)] == []
