"""What a customer paid for is nothing given away; a small fee is none, and what was free is free."""

import numpy as np
import pytest

from servicestory.detect.goals import targets
from servicestory.detect.matching import GRUDGED, earned
from servicestory.detect.paid import is_paid
from servicestory.detect.readings import gather
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Source, Story

SOLD = "The clerk offered us a better cabin for £240 each and moved us up at once."


@pytest.mark.parametrize(
    "text",
    [
        SOLD,
        "We paid an extra 180 euros to be moved to the front row.",
        "She upgraded us to the top deck for $1,250.00, which we took.",
        "I had paid for the upgrade weeks before.",
        "He found us a bigger car at an additional cost.",
        "They had charged us an extra $150.",
    ],
)
def test_what_was_paid_for_is_told_by_a_large_sum_or_by_the_word(text: str) -> None:
    assert is_paid(text)


@pytest.mark.parametrize(
    "text",
    [
        "She gave us a better cabin for just £15.",
        "For a small fee they moved us up to the larger boat.",
        "We paid 300 euros a night and were upgraded to the tower room.",
        "He put us in a bigger car than the one we had paid for.",
        "The upgrade, worth $400, was free of charge.",
        "They upgraded us at no extra cost.",
        "He paid the difference himself so that we got the better seats.",
        "She paid extra attention to my mother.",
        "An upgrade to the big boat made our day.",
        "Nadine paid the difference of 200 francs.",
        "The manager paid for extra cakes from his own pocket.",
        "I paid and she gave me two more.",
    ],
)
def test_a_small_fee_the_stay_itself_and_what_was_free_are_no_purchase(text: str) -> None:
    assert not is_paid(text)


def test_such_a_place_of_a_review_stays_doubtful_where_something_is_given_free() -> None:
    reading, _ = gather([Story(id="a", narrative=SOLD, source=Source(system="survey"))])
    assert [p.paid for p in reading.passages] == [True]
    sure = np.array([0.9])
    assert earned(sure, [0], reading, recovery=False, free=True).tolist() == [GRUDGED]
    assert earned(sure, [0], reading, recovery=False, free=False).tolist() == [0.9]
    by_hand, _ = gather([Story(id="a", narrative=SOLD)])
    assert not any(p.paid for p in by_hand.passages)


def test_what_gives_something_free_says_so_itself(codebook: list[CodebookEntry]) -> None:
    free = {t.label for t in targets([], codebook) if t.free}
    assert free == {"~upgrade", "~free_extra"}
    own = [
        Practice(id="P-0001", name="Give the rider a helmet free of charge"),
        Practice(id="P-0002", name="Find the rider a free horse"),
    ]
    assert [t.label for t in targets(own, []) if t.free] == ["P-0001"]
