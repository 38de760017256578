"""Fidelity: done of opportunities, with interval, agreement and small groups left out."""

import pytest

from servicestory.models.monitoring import Observation
from servicestory.monitor.life import agreement
from servicestory.monitor.observed import fidelity, in_words, missed_words, was_done, weak_items
from servicestory.monitor.periods import calendar
from tests.monitor.build import TODAY, seen

WHEN = calendar("quarter", None, TODAY)


def items(**answers: str) -> Observation:
    return Observation.model_validate(
        {"practice": "P-0001", "on": "2026-09-01", "items": {k[1:]: v for k, v in answers.items()}}
    )


def test_an_opportunity_is_done_when_every_item_that_applied_was() -> None:
    assert was_done(items(i1="yes", i2="na")) is True
    assert was_done(items(i1="yes", i2="no")) is False
    assert was_done(items(i1="na")) is None
    assert was_done(items(i1="yes", i2="no").model_copy(update={"core": ["1"]})) is True
    assert was_done(items(i1="na", i2="no").model_copy(update={"core": ["1"]})) is None
    assert was_done(seen(False, items={"1": "yes"})) is False


def test_figures_of_the_contract() -> None:
    found = fidelity([seen(i < 41) for i in range(50)], WHEN)
    assert (found.done, found.opportunities) == (41, 50)
    assert found.lower == pytest.approx(0.6856306, abs=1e-6) and found.upper == pytest.approx(
        0.9142379, abs=1e-6
    )
    assert in_words(found) == "41 of 50 (69–91 %)"
    assert in_words(fidelity([], WHEN)) == "not observed" and fidelity([], WHEN).to_json() is None


def test_future_and_inapplicable_observations_do_not_count() -> None:
    found = fidelity([seen(True), seen(True, "2027-01-01"), items(i1="na")], WHEN)
    assert (found.done, found.opportunities) == (1, 1)


def test_two_observers_count_once_and_give_their_agreement() -> None:
    watched = []
    for number, (first, second) in enumerate([(True, True)] * 4 + [(True, False)] * 2 + [(False, False)] * 4):
        watched += [seen(first, watch=f"w{number}"), seen(second, watch=f"w{number}")]
    found = fidelity(watched, WHEN)
    assert (found.opportunities, found.watched_twice) == (10, 10)
    # agreed 0.8; by chance 0.6*0.4 + 0.4*0.6 = 0.48; kappa 0.32/0.52
    assert found.kappa == pytest.approx(0.32 / 0.52)


def test_places_with_few_observations_are_not_shown() -> None:
    watched = [seen(True, site="Pier")] * 5 + [seen(False, site="Quay")] * 4
    found = fidelity(watched, WHEN)
    assert found.sites == [{"site": "Pier", "done": 5, "opportunities": 5}] and found.hidden_sites == 1


def test_a_fall_beyond_chance_is_said() -> None:
    before = [seen(i < 18, "2025-11-10") for i in range(20)]
    after = [seen(i < 9, "2026-08-10") for i in range(20)]
    assert (
        "done in 9 of 20 observed opportunities since 2026-Q2, 18 of 20 before"
        in fidelity(before + after, WHEN).fell
    )
    assert fidelity([*before, seen(False)], WHEN).fell == ""
    assert fidelity(after, WHEN).fell == ""


def test_trained_and_untrained_places_side_by_side() -> None:
    watched = [seen(i < 9, site="Pier") for i in range(10)] + [seen(i < 3, site="Quay") for i in range(10)]
    watched += [seen(False, "2025-12-01", site="Pier")]
    found = fidelity(watched, WHEN, trained_on={"Pier": ["2026-06-01"]})
    assert found.trained is not None
    assert found.trained["trained"] == {"done": 9, "opportunities": 10}
    assert found.trained["untrained"] == {"done": 3, "opportunities": 11}
    assert found.trained["lower"] > 0
    assert fidelity(watched[:10], WHEN, trained_on={"Pier": ["2026-06-01"]}).trained is None


def test_a_training_that_wears_off_is_said() -> None:
    days = {"2026-01-20": 18, "2026-04-20": 15, "2026-08-20": 6}
    watched = [seen(i < done, day, site="Pier") for day, done in days.items() for i in range(20)]
    found = fidelity(watched, WHEN, trained_on={"Pier": ["2026-01-05"]})
    assert found.since_training == [
        {"after": "up to 3 months", "done": 18, "opportunities": 20},
        {"after": "3 to 6 months", "done": 15, "opportunities": 20},
        {"after": "6 to 12 months", "done": 6, "opportunities": 20},
    ]
    assert found.wears_off == (
        "done in 18 of 20 opportunities up to 3 months after a training, 6 of 20 6 to 12 months after"
    )
    # A second training begins the count afresh, and stretches with hardly any observation are not shown.
    again = fidelity(watched, WHEN, trained_on={"Pier": ["2026-01-05", "2026-08-01"]})
    assert [r["opportunities"] for r in again.since_training] == [40, 20] and again.wears_off == ""
    few = fidelity(watched[:21], WHEN, trained_on={"Pier": ["2026-01-05"]})
    assert [r["after"] for r in few.since_training] == ["up to 3 months"] and few.wears_off == ""


def test_agreement_is_told_as_counts_and_as_kappa_once_there_is_enough() -> None:
    # Cohen 1960, worked by hand: 20 watched twice, both yes 9, both no 6, 5 apart: observed .75, by chance .5.
    verdicts = [(True, True)] * 9 + [(False, False)] * 6 + [(True, False)] * 1 + [(False, True)] * 4
    watched = [seen(v, watch=f"w{i}") for i, pair in enumerate(verdicts) for v in pair]
    found = fidelity(watched, WHEN)
    chance = 0.5 * 0.65 + 0.5 * 0.35
    assert found.kappa == pytest.approx((0.75 - chance) / (1 - chance))
    assert agreement(found) == (
        "20 opportunities watched by two, who agreed in 15: κ 0.50, moderate agreement beyond chance"
    )
    assert agreement(fidelity(watched[:4], WHEN)) == "2 opportunities watched by two, who agreed in 2"
    assert agreement(fidelity([seen(True)], WHEN)) == ""


def test_the_item_missed_most() -> None:
    watched = [items(i1="yes", i2="no")] * 4 + [items(i1="no", i2="yes")] + [items(i1="na", i2="yes")]
    assert weak_items(watched)[0] == ("2", 4, 6)
    assert missed_words(watched) == "item 2 is missed most, 4 of 6 times"
    assert missed_words(watched[:2]) == ""
