"""Spread over periods and the state of a practice, judged against how many stories were told at all."""

import pytest
from scipy import stats

from servicestory.models.monitoring import Observation
from servicestory.models.story import Story
from servicestory.monitor import observed, spread
from servicestory.monitor.periods import calendar, previous
from tests.monitor.build import TODAY, organisation, practice, seen, story

QUARTERS = ["2025-02-10", "2025-05-10", "2025-08-10", "2025-11-10", "2026-02-10", "2026-05-10", "2026-08-10"]


def corpus(per_quarter: list[int], site: str = "Pier") -> list[Story]:
    out: list[Story] = []
    for day, count in zip(QUARTERS, per_quarter, strict=True):
        out += [story(len(out) + i, day, site, people=[f"p{i}"]) for i in range(count)]
    return out


def judged(
    stories: list[Story], evidence: list[Story], observations: list[Observation] | None = None, **rest: object
) -> spread.State:
    told = spread.told(stories, organisation(), TODAY)
    when = calendar("quarter", min(told.per_period, default=None), TODAY)
    p = practice(1, evidence, **rest)
    found = spread.spread(p, told, when)
    return spread.state(p, found, observed.fidelity(observations or [], when), told, when)


def test_periods_run_without_gaps_to_today() -> None:
    when = calendar("quarter", "2025-Q1", TODAY)
    assert when.all == [
        "2025-Q1",
        "2025-Q2",
        "2025-Q3",
        "2025-Q4",
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
    ]
    assert (when.recent, when.before) == (["2026-Q2", "2026-Q3", "2026-Q4"], ["2025-Q4", "2026-Q1"])
    assert calendar("month", None, TODAY).recent[0] == "2026-04"
    assert calendar("year", "2024", TODAY).recent == ["2025", "2026"]
    from datetime import date

    assert calendar("quarter", None, date(2026, 9, 30)).recent == ["2026-Q2", "2026-Q3"]
    assert (previous("2026-Q1", "quarter"), previous("2026-01", "month"), previous("2026", "year")) == (
        "2025-Q4",
        "2025-12",
        "2025",
    )


def test_spread_counts_stories_people_and_sites_in_each_period() -> None:
    stories = [
        story(1, "2026-02-01", "Pier", people=["a", "b"]),
        story(2, "2026-03-01", "Quay", people=["b"]),
        story(3, "2026-07-01", "Pier", people=["c"]),
        story(4, "2026", "Pier"),
        story(5, "2030-01-01", "Pier"),
        story(6, None, "Pier"),
    ]
    told = spread.told(stories, organisation(), TODAY)
    assert told.undated == 3 and told.per_site == {
        "Pier": {"2026-Q1": 1, "2026-Q3": 1},
        "Quay": {"2026-Q1": 1},
    }
    found = spread.spread(practice(1, stories), told, calendar("quarter", "2025-Q4", TODAY), smallest=1)
    assert found.periods == [
        {"period": "2026-Q1", "stories": 2, "people": 2, "sites": 2},
        {"period": "2026-Q2", "stories": 0, "people": 0, "sites": 0},
        {"period": "2026-Q3", "stories": 1, "people": 1, "sites": 1},
        {"period": "2026-Q4", "stories": 0, "people": 0, "sites": 0},
    ]
    assert (found.stories, found.people) == (6, 3)


def test_so_few_people_that_they_might_be_told_by_it_are_not_counted_out() -> None:
    stories = [
        story(1, "2026-02-01", "Pier", people=["a", "b"]),
        story(2, "2026-07-01", "Quay", people=["a", "b", "c"]),
        story(3, "2026-07-01", "Quay", people=["d"]),
    ]
    when = calendar("quarter", "2025-Q4", TODAY)

    def people(smallest: int) -> tuple[list[int | None], int | None]:
        found = spread.spread(
            practice(1, stories), spread.told(stories, organisation(), TODAY), when, smallest
        )
        return [row["people"] for row in found.periods], found.people

    assert people(3) == ([None, 0, 4, 0], 4)
    assert people(4) == ([None, 0, 4, 0], 4)
    assert people(5) == ([None, 0, None, 0], None), "all stories together name fewer"


def test_two_places_in_one_story_are_one_story() -> None:
    one = story(1, "2026-02-01")
    found = spread.spread(
        practice(1, [one, one]), spread.told([one], organisation(), TODAY), calendar("quarter", None, TODAY)
    )
    assert found.counts == {"2026-Q1": 1}


def test_candidate() -> None:
    found = judged(some := corpus([3] * 7), some[:4], status="candidate")
    assert (found.state, found.arrow) == ("candidate", "?") and "4 stories" in found.why


def test_holding() -> None:
    stories = corpus([10] * 7)
    assert judged(stories, [s for i, s in enumerate(stories) if i % 5 == 0]).state == "holding"


def test_an_alias_is_no_further_person() -> None:
    house = organisation(staff=[{"name": "Ana Lund", "aliases": ["Ana", "Annie"]}])
    stories = [story(n, "2026-08-01", people=[name]) for n, name in enumerate(("Ana", "annie", "Ben", " "))]
    told = spread.told(stories, house, TODAY)
    assert told.people == 2
    when = calendar("quarter", "2026-Q3", TODAY)
    found = spread.spread(practice(1, stories), told, when, smallest=2)
    assert found.people == 2 and [row["people"] for row in found.periods if row["stories"]] == [2]
    assert spread.spread(practice(1, stories), told, when, smallest=3).people is None


def test_fading_against_how_many_were_told() -> None:
    stories = corpus([20] * 7)
    early = [s for s in stories if (s.date or "") < "2026-04"]
    found = judged(stories, [*early[-30:], stories[-1]])
    assert found.state == "fading" and "1 of 40" in found.why
    # The same single sighting is no fading when hardly anything was told at all.
    quiet = corpus([20, 20, 20, 20, 20, 1, 0])
    assert (
        judged(quiet, [*[s for s in quiet if (s.date or "") < "2026-04"][-30:], quiet[-1]]).state == "holding"
    )


def test_silent_and_silence_all_round() -> None:
    stories = corpus([5] * 7)
    found = judged(stories, stories[:10])
    assert found.state == "silent" and "though 10 stories were told" in found.why
    old = corpus([5, 5, 5, 0, 0, 0, 0])
    assert "no story of any kind" in judged(old, old).why


def test_observations_break_the_silence() -> None:
    stories = corpus([5] * 7)
    assert judged(stories, stories[:20], [seen(True)]).state != "silent"


def test_rising_to_a_new_site_only_beyond_chance() -> None:
    pier = corpus([4] * 7)
    quay = [story(100 + i, day, "Quay") for i, day in enumerate(QUARTERS[:5] * 4)]
    quay += [story(200 + i, "2026-08-20", "Quay") for i in range(5)]
    stories = [*pier, *quay]
    new = [s for s in quay if s.date == "2026-08-20"]
    found = judged(stories, [*pier[::4], *new[:3]])  # by chance (5/25) ** 3
    assert found.state == "rising" and "reached Quay since 2026-Q2, where nobody told of it" in found.why
    assert judged(stories, [*pier[::4], *new[:1]]).state == "holding"  # by chance 5/25
    # Where no story was told before, nobody knows whether it is new.
    fresh = [*pier, *new]
    assert judged(fresh, [*pier[::4], *new[:3]]).state == "holding"


def test_rising_by_number() -> None:
    many = corpus([20] * 7)
    more = judged(many, [s for i, s in enumerate(many) if (s.date or "") > "2026-04" or i % 20 == 0])
    assert more.state == "rising" and "40 of 40" in more.why


def test_taking_hold_until_six_months() -> None:
    stories = corpus([0, 0, 0, 0, 0, 0, 6])
    found = judged(stories, stories)
    assert found.state == "taking hold" and found.why.startswith(
        "3 months so far; in 6 stories since 2026-Q3"
    )
    decided = [{"on": "2026-08-01", "by": "A", "action": "accept", "to": "accepted", "reason": "r"}]
    steady = corpus([10] * 7)
    assert judged(steady, steady[::5], decisions=decided).why.startswith("2 months so far")


def test_a_young_practice_takes_hold_only_with_something_to_show() -> None:
    few = corpus([0, 0, 0, 0, 0, 6, 2])
    once = judged(few, [few[-1]])
    assert (once.state, once.arrow) == ("too early", "·")
    assert "in 1 story since 2026-Q3: too little to say" in once.why  # nothing of it is older
    watched = judged(few, [few[-1]], [seen(True, "2026-05-02")])
    assert "in 1 story and in 1 of 1 watched opportunities since 2026-Q2" in watched.why
    today = [{"on": "2026-10-02", "by": "A", "action": "accept", "to": "accepted", "reason": "r"}]
    fresh = judged(few, few, decisions=today)
    assert fresh.state == "too early" and fresh.why.startswith("begun less than a month ago; in 8 stories")
    # Three watched and done are enough; one done of seven is not, however often it is told.
    assert judged(few, [few[-1]], [seen(True)] * 3).state == "taking hold"
    hardly = judged(few, few[-2:], [seen(i < 1) for i in range(7)])
    assert hardly.state == "too early"
    assert "done in 1 of 7 watched opportunities since 2026-Q3, less than half" in hardly.why


def test_fidelity_that_fell_is_fading() -> None:
    stories = corpus([10] * 7)
    watched = [seen(i < 18, "2025-12-10") for i in range(20)] + [seen(i < 6, "2026-08-10") for i in range(20)]
    assert "done in 6 of 20" in judged(stories, stories[::5], watched).why


def test_maintained_ends_with_a_long_pause() -> None:
    stories = corpus([5, 5, 0, 0, 0, 5, 5])
    told = spread.told(stories, organisation(), TODAY)
    when = calendar("quarter", "2025-Q1", TODAY)
    p = practice(1, stories)
    assert spread.maintained(p, spread.spread(p, told, when), when) == 6
    early = practice(1, stories[:10])
    assert spread.maintained(early, spread.spread(early, told, when), when) == 0
    assert spread.maintained(practice(2, []), spread.spread(practice(2, []), told, when), when) == 0


@pytest.mark.parametrize(("recent", "before", "a", "b"), [(1, 9, 40, 40), (5, 0, 10, 30), (0, 4, 7, 9)])
def test_the_conditional_test_is_binomial(recent: int, before: int, a: int, b: int) -> None:
    n, share = recent + before, a / (a + b)
    assert spread.chance_of_fewer(recent, before, a, b) == pytest.approx(
        stats.binom.cdf(recent, n, share), abs=1e-12
    )
    assert spread.chance_of_more(recent, before, a, b) == pytest.approx(
        stats.binom.sf(recent - 1, n, share), abs=1e-12
    )
    assert spread.chance_of_fewer(recent, before, 0, b) == 1.0


def test_a_mistyped_year_does_not_stretch_the_calendar() -> None:
    assert calendar("quarter", "0206-Q3", TODAY).all[0] == "2006-Q1"
    stories = [story(1, "0206-07-01"), story(2, "2026-07-01")]
    told = spread.told(stories, organisation(), TODAY)
    when = calendar("quarter", min(told.per_period), TODAY)
    assert spread.spread(practice(1, stories), told, when).periods[0]["period"] == "2006-Q1"
