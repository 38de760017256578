"""The prevalence ratio against a worked case, and what it may say."""

import math
import subprocess
import sys
from dataclasses import replace

import pytest
from scipy.stats import nchypergeom_fisher
from scipy.stats.contingency import odds_ratio

from servicestory.detect import spread_words
from servicestory.detect.chance import expected_at_the_ends
from servicestory.detect.contrast import Contrast, contrast, side_by_side


def test_ratio_and_interval_of_a_worked_case() -> None:
    found = contrast(300, 1000, 100, 1000)
    assert found is not None
    # ln(300.5/100.5) = 1.0952; variance 1/300 - 1/1000 + 1/100 - 1/1000 = 0.011333
    assert found.ratio == pytest.approx(2.990, abs=0.001)
    assert found.ratio_low == pytest.approx(2.427, abs=0.002)
    assert found.ratio_high == pytest.approx(3.684, abs=0.005)
    assert found.says == "told of what delights"
    assert found.story_interval[0] < 0.3 < found.story_interval[1]


def test_small_counts_are_judged_exactly() -> None:
    """None of 500 where 40 of 4,000 would let expect 5: chance of it below one in a hundred."""
    none, few = contrast(40, 4000, 0, 500), contrast(24, 4000, 0, 500)
    assert none is not None and few is not None
    # about (1 - 500/4500)^40 = 0.9 % of draws hold none, and (1 - 500/4500)^24 = 5.9 %
    assert (none.says, few.says) == ("told of what delights", "cannot tell yet")
    assert none.ratio_low > 1 > few.ratio_low
    assert none.ratio_high is None
    worked = contrast(30, 100, 10, 100)
    assert worked is not None
    # conditional odds ratio 1.685 to 9.407, as the ratio expected of 40 in all
    assert (worked.ratio_low, worked.ratio_high) == pytest.approx((1.523, 6.555), abs=0.002)


@pytest.mark.parametrize(
    ("seen", "stories", "seen_ordinary", "ordinary"),
    [(30, 100, 10, 100), (3, 50, 4, 900), (400, 4000, 1, 500), (12, 45_000, 3, 300), (19, 20, 2, 60), (1, 9, 1, 9),
     (0, 100, 3, 50), (7, 7, 3, 9), (15, 30_000, 0, 40), (20, 20, 20, 25)],
)  # fmt: skip
def test_the_exact_interval_is_that_of_the_conditional_odds_ratio(
    seen: int, stories: int, seen_ordinary: int, ordinary: int
) -> None:
    odds = odds_ratio([[seen, stories - seen], [seen_ordinary, ordinary - seen_ordinary]], kind="conditional")
    ends = odds.confidence_interval(0.95)
    shown, both = seen + seen_ordinary, stories + ordinary
    found = expected_at_the_ends(seen, both, shown, stories, 0.05)
    for end, mine in zip((ends.low, ends.high), found, strict=True):
        if 0 < end < math.inf:
            asked = nchypergeom_fisher.mean(both, shown, stories, end)
            assert mine == pytest.approx(asked, rel=1e-6)
        else:
            assert mine == (max(0, shown - ordinary) if not end else min(shown, stories))


def test_no_statistics_package_is_loaded_for_it() -> None:
    code = "import sys; from servicestory.detect.contrast import contrast; contrast(9, 90, 1, 40); "
    code += "sys.exit('scipy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_single_ordinary_encounter_is_not_what_everybody_does() -> None:
    for stories, ordinary in ((4000, 500), (40000, 50)):
        found = contrast(1, stories, 1, ordinary)
        assert found is not None
        assert found.says == "cannot tell yet"
    never = contrast(0, 100, 3, 50)
    assert never is not None
    assert never.says == "done in ordinary encounters too"


def test_what_everybody_does_anyway_and_what_cannot_be_told() -> None:
    anyway, few = contrast(200, 400, 190, 400), contrast(3, 10, 1, 5)
    assert anyway is not None
    assert few is not None
    assert anyway.says == "done in ordinary encounters too"
    assert few.says == "cannot tell yet"


def test_never_seen_in_ordinary_encounters_has_no_upper_limit() -> None:
    found = contrast(20, 40, 0, 60)
    assert found is not None
    assert found.ratio_high is None
    assert found.ratio_low > 1
    assert found.ordinary_interval == pytest.approx((0.0, 0.0596), abs=1e-4)


def test_an_empty_set_cannot_be_compared() -> None:
    assert contrast(3, 10, 0, 0) is None
    assert contrast(0, 0, 1, 3) is None
    both = contrast(10, 10, 10, 10)
    assert both is not None
    assert both.ratio == 1.0


def test_everybody_does_only_what_ordinary_encounters_show_often() -> None:
    often, seldom = contrast(400, 1000, 410, 1000), contrast(60, 3000, 62, 3000)
    assert often and seldom
    assert often.says == seldom.says == "done in ordinary encounters too"
    assert "everybody does it" in spread_words.contrast(often)
    assert "no more often told in praise than elsewhere" in spread_words.contrast(seldom)
    assert "everybody" not in spread_words.contrast(seldom)
    left = contrast(60, 3000, 62, 3000, 1200)
    assert left and "(1,200 more are stories too and were left out)" in spread_words.contrast(left)


def made(*counts: int) -> Contrast:
    found = contrast(*counts)
    assert found is not None
    return found


def test_of_few_stories_nothing_is_said_however_much_their_description_finds() -> None:
    """A random act whose description finds nine: these are not known to be the same deed."""
    alone = made(9, 186, 0, 120)
    assert alone.says == "told of what delights"
    found = side_by_side({"few": alone, "enough": alone}, {"few": 7, "enough": 8})
    assert found["few"].says == "cannot tell yet"
    assert found["enough"].says == "told of what delights"
    said = spread_words.contrast(found["few"])
    assert "9 of 186 stories" in said and "not that of its stories (7, by all that is known of it)" in said
    assert "nothing is said of what delights (from 8 stories on)" in said and "great ones" not in said


def test_one_of_forty_that_looks_as_if_it_delights_by_chance_is_not_said_to() -> None:
    likely, others = made(8, 186, 0, 120), [made(5, 186, 4, 120) for _ in range(40)]
    assert likely.says == "told of what delights" and likely.chance == pytest.approx(0.0351, abs=0.001)
    every = {"likely": likely, "sure": made(60, 186, 2, 120), **{str(i): one for i, one in enumerate(others)}}
    found = side_by_side(every, dict.fromkeys(every, 20))
    assert found["sure"].says == "told of what delights"
    assert found["likely"].says == "cannot tell yet" and found["likely"].chance > 0.05
    assert "among so many practices one may differ as much by chance" in spread_words.contrast(
        found["likely"]
    )
    few = side_by_side(every, {**dict.fromkeys(every, 1), "likely": 20})
    assert few["likely"].says == "told of what delights"  # those of few stories are not asked


def test_two_counts_that_are_the_same_are_not_said_to_differ() -> None:
    found = made(12, 30, 0, 64)
    assert "is not that of its stories (9," in spread_words.contrast(replace(found, own=9))
    assert "is not that of its stories" not in spread_words.contrast(replace(found, own=12))
