"""Spread over periods and the state of a practice, judged against how many stories were told at all."""

import numpy as np
from scipy import stats

from servicestory.models.base import period_before
from servicestory.models.monitoring import Observation
from servicestory.models.story import Story
from servicestory.monitor import observed, spread
from servicestory.monitor.periods import calendar
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
    assert (
        period_before("2026-Q1", "quarter"),
        period_before("2026-01", "month"),
        period_before("2026", "year"),
    ) == (
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


def test_whoever_the_sentence_names_did_it() -> None:
    together = story(1, "2026-08-01", people=["Ana Lund", "Ben Ito"])
    together = together.model_copy(update={"narrative": "Ana carried the bags. Ben smiled."})
    told = spread.told([together], organisation(), TODAY)
    when = calendar("quarter", "2026-Q3", TODAY)
    p = practice(1, [together])
    for end, people in ((21, 1), (33, 2)):
        here = p.model_copy(update={"evidence": [p.evidence[0].model_copy(update={"start": 0, "end": end})]})
        assert spread.spread(here, told, when, smallest=1).people == people


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
    assert found.why.endswith("; last seen in 2025-Q2"), found.why
    never = judged(stories, [])
    assert never.state == "silent" and never.why.startswith("never seen yet, though 35 stories are told")
    old = corpus([5, 5, 5, 0, 0, 0, 0])
    assert judged(old, old).why == "no story of any kind was told after 2025-Q3"


def test_what_was_just_decided_is_not_silent_because_nothing_was_told_yet() -> None:
    """Accepted from an old export: nobody could have told of it since."""
    old = corpus([5, 5, 5, 0, 0, 0, 0])

    def on(day: str) -> spread.State:
        accepted = {"on": day, "by": "B", "action": "accepted", "to": "accepted", "reason": "seen"}
        return judged(old, old, decisions=[accepted])

    found = on("2026-10-01")
    assert found.state == "too early"
    assert found.why == "decided on 2026-10-01, and no story of any kind was told after 2025-Q3"
    assert on("2025-10-01").state == "silent"


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
    later = [{**today[0], "on": "2027-01-02"}]  # the time looked at is over, the decision is not of it
    assert judged(few, few, decisions=later).why.startswith("decided on after this time, on 2027-01-02; in 8")
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


def two_sites(pier: list[int], quay: list[int]) -> list[Story]:
    """So many stories at each of two sites, quarter by quarter."""
    return [
        story(1000 * (site == "Quay") + 100 * number + i, day, site)
        for site, counts in (("Pier", pier), ("Quay", quay))
        for number, (day, count) in enumerate(zip(QUARTERS, counts, strict=True))
        for i in range(count)
    ]


def some(stories: list[Story], site: str, one_in: int) -> list[Story]:
    """Every so manieth story of the site shows it, in the early quarters as in the late ones."""
    return [s for i, s in enumerate(s for s in stories if s.site == site) if i % one_in == 0]


def test_more_stories_of_the_site_that_does_it_are_no_rise() -> None:
    """Half of the Quay's stories show it, then as now; only that the Quay is told of more."""
    stories = two_sites([30] * 5 + [5, 5], [4] * 5 + [40, 40])
    shows = [*some(stories, "Quay", 2), *some(stories, "Pier", 30)]
    found = judged(stories, shows)
    raw = [sum((s.date or "") >= day for s in shows) for day in ("2026-04", "2025-10")]
    table = np.array([[raw[0], 90 - raw[0]], [raw[1] - raw[0], 68 - raw[1] + raw[0]]])
    assert stats.fisher_exact(table).pvalue < 1e-4
    assert found.state == "holding", found.why
    back = two_sites([5] * 5 + [30, 30], [40] * 5 + [4, 4])
    assert judged(back, [*some(back, "Quay", 2), *some(back, "Pier", 30)]).state == "holding"


def test_what_rises_within_its_sites_is_seen_though_the_mix_hides_it() -> None:
    """At both sites twice as often as before, while far more is told of the site that hardly does it."""
    stories = two_sites([20] * 5 + [100, 100], [60] * 5 + [20, 20])
    late = [s for s in stories if (s.date or "") > "2026-04"]
    early = [s for s in stories if (s.date or "") < "2026-04"]
    shows = [
        *some(early, "Quay", 3),
        *some(late, "Quay", 1),
        *some(early, "Pier", 20),
        *some(late, "Pier", 8),
    ]
    found = judged(stories, shows)
    assert found.state == "rising" and "told of more often" in found.why


def test_a_site_told_of_in_one_half_year_only_is_left_out_and_said_to_be() -> None:
    stories = two_sites([10] * 7, [0] * 5 + [20, 20])
    found = judged(stories, [*some(stories, "Pier", 5), *some(stories, "Quay", 1)])
    assert found.state == "holding"
    assert found.why == (
        "seen in 4 of 20 stories since 2026-Q2, 4 of 20 in the half-year before, at the sites told of in both "
        "(1 other left out)"
    )
    new = two_sites([10] * 5 + [0, 0], [0] * 5 + [20, 20])
    assert "no site is told of in that time and in the half-year before" in (
        judged(new, [*some(new, "Pier", 5), *some(new, "Quay", 5)]).why
    )


def test_stories_of_no_site_are_compared_with_each_other() -> None:
    stories = [s.model_copy(update={"site": None}) for s in corpus([20] * 7)]
    more = judged(stories, [s for i, s in enumerate(stories) if (s.date or "") > "2026-04" or i % 20 == 0])
    assert more.state == "rising" and "40 of 40 stories since 2026-Q2, 2 of 40 in the half-year" in more.why


def test_a_mistyped_year_does_not_stretch_the_calendar() -> None:
    assert calendar("quarter", "0206-Q3", TODAY).all[0] == "2006-Q1"
    stories = [story(1, "0206-07-01"), story(2, "2026-07-01")]
    told = spread.told(stories, organisation(), TODAY)
    when = calendar("quarter", min(told.per_period), TODAY)
    assert spread.spread(practice(1, stories), told, when).periods[0]["period"] == "2006-Q1"
