"""What has the words of a deed, and is none of the house's."""

import time

import numpy as np
import pytest

from servicestory.detect.matching import GRUDGED, earned
from servicestory.detect.reading import Reading
from servicestory.detect.readings import gather
from servicestory.detect.unshown import OTHERS, in_vain, is_unshown, own_trade_of
from servicestory.models.story import Source, Story
from tests.detect.other_trades import sentences


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("They replaced the lamp but it still did not work.", ""),
        ("They replaced the lamp, still no light.", ""),
        ("He mended the tap.", " However, it was never right again."),
        ("The fan was swapped yet the new one hardly turned.", ""),
        ("They moved us, but that room still had a leak.", ""),
        ("The boiler was reset but broke down again.", ""),
        ("She said sorry but nobody brought the missing bag.", ""),
    ],
)
def test_a_fault_that_stayed_was_put_right_in_vain(text: str, after: str) -> None:
    assert in_vain(text, after)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("The lamp did not work but she replaced it.", ""),
        ("They fixed the tap, but it was no problem anyway.", ""),
        ("He fixed it, but he wouldn't let us pay.", ""),
        ("The lock stuck, but the porter had it open and it was not an issue after.", ""),
        ("They mended it, but they couldn't have been kinder about it.", ""),
        ("She glued it but it did not hold, so she took it home and sewed it.", ""),
        ("The lamp still did not work, so she brought another.", ""),
        ("They replaced it.", " The room was not large."),
        ("They replaced it but it shouldn't happen in the first place.", ""),
    ],
)
def test_what_came_right_is_not_in_vain(text: str, after: str) -> None:
    assert not in_vain(text, after)


@pytest.mark.parametrize(
    "text",
    [
        "The courier was at our door in ten minutes.",
        "Our taxi driver carried the cases to the door.",
        "The soup was delivered by Deliveroo in no time.",
        "The airline rebooked me at once.",
        "Fast track security was fast.",
        "We were quickly through security.",
        "We checked ourselves in at the kiosk.",
        "Self check-in was very quick.",
        "I poured my own coffee.",
        "We simply went and found another table.",
        "I would highly recommend this place to anyone.",
        "We got a table straight away but then waited forty minutes.",
        "Seated promptly, but it took ages to order.",
        "No one at the desk greeted us warmly.",
        "Unfortunately none of the waiters asked how it was.",
        "The crew were kind and struggled to serve everybody quickly.",
        "The police came within minutes.",
        "They tried to find a later train but there were no seats left.",
        "The clerk handed me the form without using my name.",
        "We were lucky, our Airbnb hosts lent us an iron.",
        "I rang my travel agent, who found me a later boat.",
        "The trip was handled by our tour operator.",
        "Luckily another passenger lifted my case onto the rack.",
        "Another garage lent us a van in the end.",
    ],
)
def test_what_others_did_shows_no_deed_of_the_house(text: str) -> None:
    assert is_unshown(text)


@pytest.mark.parametrize(
    "text",
    [
        "The receptionist rang the airline and rebooked me at once.",
        "She called a taxi.",
        "They had the parcel sent by courier the same day.",
        "The hotel taxi brought us to the door.",
        "Security was quick to help us with the lock.",
        "I was wheeled through security by a kind man.",
        "We checked in early and were given a better room.",
        "I paid, and the waiter came after me with my scarf.",
        "He recommended the soup.",
        "The staff recommend dishes you will like.",
        "We got a table straight away but then we chose to sit outside.",
        "Quick service but the music was loud.",
        "I carried the box and Milo held the door.",
        "Nobody could have been more helpful when she told us.",
        "We struggled to find the door and the porter walked along.",
        "She struggled to lift it but carried it up alone.",
        "Kiosk was confusing but I was able to get help quickly.",
        "The clerk brought me the form without being asked.",
        "Another porter carried my case.",
        "The waiter called my travel agent, who found me a later boat.",
        "Every other airline asks for money but here a drink was brought at once.",
        "They moved us to another hotel.",
        "My host carried my case to the door.",
        "The tour operator sent a bus at once.",
        "Another guest fell ill and the steward sat with her.",
        "Another hotel was booked for us within the hour.",
        "An ambulance was called at once.",
        "Nobody but Mara offered us a seat.",
        "No one else brought us water that night.",
        "Nobody brought the key, so she fetched it.",
    ],
)
def test_where_the_house_may_act_nothing_is_doubted(text: str) -> None:
    assert not is_unshown(text)


def test_an_endless_line_of_other_firms_is_read_at_once() -> None:
    story = Story(id="a", narrative="another hotel " * 35_000 + "but")
    begun = time.monotonic()
    own_trade_of([story])(next(named for named, _ in OTHERS if named.search("another hotel")))
    assert time.monotonic() - begun < 1


def test_hardly_a_deed_of_sixteen_trades_is_doubted() -> None:
    """One is: a postman's, where letters are not the house's trade."""
    deeds = [row.text for row in sentences() if row.labels]
    assert [text for text in deeds if is_unshown(text)] == [t for t in deeds if t.startswith("Postman ")][:1]
    mending = [r.text for r in sentences() if set(r.labels) & {"fix_fault", "compensate"}]
    assert len(mending) > 10 and not any(in_vain(text) for text in mending)


def test_a_trade_of_which_many_stories_speak_is_the_house_s_own() -> None:
    line = "Our taxi driver carried the cases to the door."
    told = [Story(id=f"s-{n}", narrative=line if n < 3 else "Nice.") for n in range(20)]
    assert not is_unshown(line, own_trade=own_trade_of(told))
    assert is_unshown(line, own_trade=own_trade_of(told[2:]))
    assert not own_trade_of([])(OTHERS[0][0])


def test_such_a_place_of_a_review_stays_doubtful_and_one_told_here_or_listed_does_not() -> None:
    line = "They replaced the kettle at once, but the new one still did not work."
    told = [
        Story(id="a", narrative=line, source=Source(system="survey")),
        Story(id="b", narrative=line),
        Story(id="c", narrative="Room 4.", behaviours=[line], source=Source(system="survey")),
    ]
    reading, _ = gather(told)
    by_story = {p.story: i for i, p in enumerate(reading.passages) if p.text == line}
    assert [reading.passages[by_story[n]].in_vain for n in sorted(by_story)] == [True, False, False][
        : len(by_story)
    ]
    assert 0 in by_story
    one = Reading([reading.passages[by_story[0]]], np.ones(1), np.ones((1, 1)), [])
    sure = np.array([0.9])
    assert earned(sure, [0], one, recovery=True, free=False).tolist() == [GRUDGED]
    assert earned(sure, [0], one, recovery=False, free=False).tolist() == [0.9]


def test_another_firm_s_deed_stays_doubtful_in_every_practice() -> None:
    line = "The courier brought the parcel to the door within ten minutes."
    reading, _ = gather([Story(id="a", narrative=line, source=Source(system="survey"))])
    assert [p.unshown for p in reading.passages] == [True]
    assert earned(np.array([0.9]), [0], reading, recovery=False, free=False).tolist() == [GRUDGED]
