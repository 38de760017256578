"""The whole picture: the JSON of the contract, measures at sites, what to do next in order of need."""

import json
from itertools import pairwise

import pytest

from servicestory.models.monitoring import Detection, MeasurePoint, Rebase, Recognition, Replication, Training
from servicestory.models.procedure import Procedure
from servicestory.models.review import Action, Closing, LeaderCheck
from servicestory.monitor import screen
from servicestory.monitor.measures import chart_all
from servicestory.monitor.overview import Records, overview
from tests.monitor.build import TODAY, measure, months, organisation, points, practice, seen, story

ORG = organisation(
    sites=[
        {"name": "Pier", "eligible": 10},
        {"name": "Quay", "eligible": 12},
        {"name": "Mill", "eligible": 3},
    ]
)
STORIES = [
    story(i, day, ("Pier", "Quay")[i % 2], people=["Ada", "Ben"][: i % 3])
    for i, day in enumerate(
        d for d in ("2025-11-02", "2026-02-03", "2026-05-04", "2026-08-05") for _ in range(8)
    )
]


def test_json_has_the_shape_of_the_contract() -> None:
    records = Records(
        ORG, TODAY, STORIES, [practice(7, STORIES[2::3])], [seen(True, practice="P-0007")] * 3, [measure()],
        points([(9, 10)] * 6),
    )  # fmt: skip
    found = json.loads(json.dumps(overview(records).to_json()))
    assert found["schema"] == 1
    m = found["measures"][0]
    assert {"id", "site", "chart", "trial", "points", "verdict", "target"} <= set(m)
    assert set(m["points"][0]) == {"period", "value", "n", "centre", "lower", "upper", "signal"}
    p = found["practices"][0]
    assert {"id", "status", "spread", "fidelity", "state"} <= set(p)
    assert set(p["spread"][0]) == {"period", "stories", "people", "sites"}
    assert {"done", "opportunities", "lower", "upper"} <= set(p["fidelity"])
    assert all(set(n) == {"what", "ref", "why"} for n in found["next"])
    assert p["reach"] == {
        "sites": 2, "adopters": 2, "of_sites": 3, "people": None, "eligible": 25, "answers": {}, "unanswered": [],
    }  # fmt: skip


def test_the_same_records_in_any_order_give_the_same_answer() -> None:
    practices = [practice(1, STORIES[:9]), practice(2, STORIES[9:], status="candidate")]
    rows = [*points([(9, 10)] * 6, site="Pier"), *points([(8, 10)] * 6, site="Quay")]
    one = overview(Records(ORG, TODAY, STORIES, practices, [], [measure()], rows))
    other = overview(Records(ORG, TODAY, STORIES[::-1], practices[::-1], [], [measure()], rows[::-1]))
    assert one.to_json() == other.to_json()


def test_rejected_merged_and_storyless_candidates_are_not_shown() -> None:
    kept = practice(1, STORIES[:3])
    gone = [
        practice(2, STORIES, status="rejected"),
        practice(3, STORIES, status="merged", merged_into="P-0001"),
        practice(4, [], status="candidate"),
        practice(5, STORIES, status="retired"),
    ]
    found = overview(
        Records(
            ORG, TODAY, STORIES, [kept, *gone], [seen(True, practice="P-0003"), seen(True, practice="P-9")]
        )
    )
    assert [w.practice.id for w in found.practices] == ["P-0001"]
    assert found.practices[0].fidelity.done == 1  # what was seen of the merged one counts for its heir
    assert any("P-9" in note for note in found.notes)


def test_sites_are_pooled_and_compared() -> None:
    rows = []
    for site, y in (("Pier", 90), ("Quay", 91), ("Mill", 89), ("Fort", 90), ("Dock", 60)):
        rows += points([(y, 100)] * 12, "2025-10", site)
    found = chart_all([measure()], rows, [], {"Pier", "Quay", "Mill", "Fort", "Dok"}, TODAY)
    assert [s.site for s in found.series] == [None, "Dock", "Fort", "Mill", "Pier", "Quay"]
    whole = found.series[0]
    assert (
        whole.pooled and whole.points[0]["value"] == pytest.approx(420 / 500) and whole.points[0]["n"] == 500
    )
    assert any("'Dock'" in n and "'Dok'" in n for n in found.notes)
    places = {p.site: p for p in found.funnels["m"].places}
    assert places["Dock"].n == 1200 and places["Dock"].value == pytest.approx(0.6)


def test_values_are_never_pooled_and_one_site_is_no_funnel() -> None:
    found = chart_all(
        [measure()], [*points([1.0] * 3, site="Pier"), *points([2.0] * 3, site="Quay")], [], set(), TODAY
    )
    assert [s.site for s in found.series] == ["Pier", "Quay"] and not found.funnels
    one = chart_all([measure()], points([(1, 2)] * 3, site="Pier"), [], set(), TODAY)
    assert [s.site for s in one.series] == ["Pier"] and not one.funnels


def test_a_funnel_looks_back_one_year() -> None:
    rows = [*points([(1, 100)] * 24, "2024-10", "Pier"), *points([(1, 100)] * 24, "2024-10", "Quay")]
    found = chart_all([measure()], rows, [], set(), TODAY)
    assert {p.n for p in found.funnels["m"].places} == {1200}


def test_points_without_a_measure_name_the_nearest() -> None:
    rows = [MeasurePoint(measure="mm", period="2026-01", value=1)]
    found = chart_all(
        [measure()],
        rows,
        [Rebase(measure="q", from_period="2026", on="2026", by="A", reason="r")],
        set(),
        TODAY,
    )
    assert found.notes == ["1 point of 'mm' left out: there is no such measure; did you mean 'm'?"]
    assert found.series[0].points == []


def test_what_is_next_comes_in_order_of_need() -> None:
    stories = [*STORIES, story(99, "2026-09-20", "Pier", people=["Cy"])]
    decided = [{"on": "2025-06-01", "by": "A", "action": "accept", "to": "accepted", "reason": "r"}]
    practices = [
        practice(1, STORIES[::2], review_due="2026-09-01"),
        practice(2, STORIES[:5], status="candidate", verdict={"label": "spreading"}),
        practice(3, STORIES[:9], status="candidate"),
        practice(4, STORIES[:9], status="candidate", verdict={"label": "random act"}),
        practice(5, STORIES[:8], decisions=decided),
        practice(6, STORIES[::2], review_due="2027-01-01"),
    ]
    procedures = [
        Procedure(id="SOP-0006", practice="P-0006", title="Six", review_due="2026-08",
                  history=[{"revision": 2, "on": "2026-07-01", "by": "A", "what": "w", "why": "y", "kind": "major"}]),
        Procedure(id="SOP-0001", practice="P-0001", title="One", status="withdrawn"),
    ]  # fmt: skip
    trainings = [
        Training(practice="P-0006", on="2026-03-01", site="Pier"),
        Training(practice="P-0006", on="2027-03-01"),
    ]
    rows = points([10.0, 11.0, 10.0, 9.0, 10.0, 11.0, 10.0, 9.0, 10.0, 11.0, 10.0, 9.0, 3.0], "2025-09")
    rows += [MeasurePoint(measure="bad", period=p, numerator=3, denominator=2) for p in months("2026-01", 3)]
    found = overview(
        Records(
            ORG, TODAY, stories, practices, [], [measure(), measure(id="bad", chart="p")], rows, [], [], trainings, procedures
        )
    )  # fmt: skip
    got = [(n.what, n.ref) for n in found.next]
    assert got == [
        ("review due", "P-0005"), ("review due", "P-0001"), ("decision due", "P-0003"), ("decision due", "P-0002"),
        ("procedure past review", "SOP-0006"), ("training out of date", "P-0006"),
        ("silent practice", "P-0005"), ("measure worse", "m"),
        ("figures to correct", "bad"), ("answer the tellers", "s0"), ("thank-yous due", "s25"), ("silent site", "Mill"),
        ("never trained", "P-0001"), ("never trained", "P-0005"),
        ("procedure missing", "P-0001"), ("procedure missing", "P-0005"),
    ]  # fmt: skip
    assert found.practices[-1].trained_on == "2026-03-01"


def test_thanks_given_and_stories_answered_are_not_due() -> None:
    done = story(
        1, "2026-09-01", people=["Ada"], disposition={"decision": "practice", "told_on": "2026-09-10"}
    )
    thanked = [Recognition(story="s1", giver="B", delivered_on="2026-09-02")]
    assert overview(Records(organisation(), TODAY, [done], recognitions=thanked)).next == []
    told = [Recognition(story="s1", giver="B", delivered_on="2026-09-02", kind="lineup")]
    assert [n.what for n in overview(Records(organisation(), TODAY, [done], recognitions=told)).next] == [
        "thank-yous due"
    ]


def test_a_site_far_from_the_others_is_named() -> None:
    rows = []
    for i, y in enumerate((90, 91, 89, 90, 92, 88, 90, 91, 89, 60)):
        rows += points([(y, 100)] * 12, "2025-10", f"site {i}")
    found = overview(Records(organisation(), TODAY, measures=[measure(name="Happy")], points=rows))
    assert [(n.what, n.ref) for n in found.next] == [("site differs", "m")] and "site 9" in found.next[0].why


def test_nothing_at_all() -> None:
    found = overview(Records(organisation(), TODAY))
    assert found.to_json()["practices"] == [] and found.next == []


def test_the_screen_shows_what_needs_a_look_first() -> None:
    practices = [
        practice(1, STORIES[::2]),
        practice(2, STORIES[:5], status="candidate"),
        practice(3, STORIES[:8]),
    ]
    rows = [*points([(9, 10)] * 6, site="Pier"), *points([(8, 10), (9, 10), (7, 10)], site="Quay")]
    found = overview(
        Records(
            ORG,
            TODAY,
            STORIES,
            practices,
            [],
            [measure(target=0.8), measure(id="w")],
            rows + points([120.5] * 3),
        )
    )
    shown, more = screen.practice_rows(found, 2)
    assert [r[1] for r in shown] == ["P-0003", "P-0001"] and more == 1
    assert shown[0][:1] == ["✕"] and "·" in shown[0][4]
    lines, _ = screen.measure_rows(found, None)
    assert [r[0] for r in lines] == ["m", "w"]
    w = next(r for r in lines if r[0] == "w")
    assert w[1:4] == ["", "", "–"]
    things, left = screen.next_rows(found, 4, of_a_kind=1)
    assert len(things) == 4 and left == len(found.next) - 4
    assert len({r[1] for r in things}) == 4
    assert screen.next_rows(found, None)[1] == 0


def test_bars() -> None:
    assert screen.bars([0, 1, 8]) == "·▁█" and screen.bars([]) == ""
    assert screen.bars([90, 91, 92], 90) == "▁▅█" and screen.bars([5, 5], 5) == "▄▄"
    rising = screen.bars(list(range(1, 9)))
    assert all(a < b for a, b in pairwise(rising))


def test_figures_as_people_write_them() -> None:
    assert [screen.figure(v, s) for v, s in ((None, True), (0.913, True), (1234.5, False), (3.0, False), (4.567, False), (90, True))] == [
        "–", "91 %", "1,234", "3", "4.57", "90"
    ]  # fmt: skip


def test_the_latest_figure_is_never_bare() -> None:
    rows = [
        *points([(8, 10), (9, 10)]),
        MeasurePoint(measure="m", period="2024-03", numerator=9, denominator=10, asked=40),
    ]
    found = overview(Records(organisation(), TODAY, measures=[measure()], points=rows))
    assert screen.measure_rows(found, None)[0][0][2] == "90 % (60 % to 98 %), from 10, 25 % answered"


def test_answers_of_the_sites_and_valid_denominators() -> None:
    def answer(site: str, response: str, practice: str = "P-0001") -> Replication:
        return Replication.model_validate(
            {
                "practice": practice,
                "site": site,
                "response": response,
                "on": "2026-09-01",
                "by": "A",
                "reason": "r",
            }
        )

    only_pier = [s for s in STORIES if s.site == "Pier"]
    practices = [practice(1, only_pier), practice(2, [], status="merged", merged_into="P-0001")]
    given = [
        answer("Mill", "rejected"),
        answer("Pier", "adopted"),
        answer("Mill", "not applicable", "P-0002"),
    ]
    found = overview(Records(ORG, TODAY, STORIES, practices, replications=given))
    assert found.practices[0].reach == {
        "sites": 1, "adopters": 1, "of_sites": 2, "people": None, "eligible": 22,
        "answers": {"adopted": 1, "not applicable": 1}, "unanswered": ["Quay"],
    }  # fmt: skip
    assert ("answer missing", "P-0001") in [(n.what, n.ref) for n in found.next]
    with pytest.raises(ValueError, match="says why"):
        Replication(practice="P-0001", site="Mill", response="rejected", on="2026", by="A")


def test_actions_past_their_day_come_first_and_the_review_asks_to_be_closed() -> None:
    late = action(1, due="2026-09-01")
    done = action(2, due="2026-09-01", checked_on="2026-09-20", outcome="worked", result="seen at both sites")
    coming = action(3, due="2026-12-01")
    closed = Closing(period="2026-Q2", on="2026-07-06", by="A")
    found = overview(Records(ORG, TODAY, actions=[late, action(2), done, coming], closings=[closed]))
    assert [(n.what, n.ref) for n in found.next] == [
        ("action overdue", "A-0001"),
        ("close the review", "2026-Q3"),
    ]
    assert found.next[0].why == "Do thing 1: due since 2026-09-01, 34 days ago; say what came of it"
    told = {a["id"]: a for a in found.to_json()["actions"]}
    assert (
        told["A-0002"]["outcome"] == "worked" and told["A-0001"]["overdue"] and not told["A-0003"]["overdue"]
    )
    # Where no review was ever closed, nobody is reminded; nor once the last one is.
    assert overview(Records(ORG, TODAY)).next == []
    both = [closed, Closing(period="2026-Q3", on="2026-10-05", by="A")]
    assert overview(Records(ORG, TODAY, closings=both)).next == []


def action(number: int, **rest: object) -> Action:
    return Action.model_validate(
        {"id": f"A-{number:04d}", "period": "2026-Q2", "on": "2026-07-06", "by": "A", "what": f"Do thing {number}",
         "owner": "Desk", "due": "2026-12-01", **rest}
    )  # fmt: skip


def test_the_life_of_a_practice_in_sentences() -> None:
    watched = [seen(i < 9, "2026-07-01", site="Pier") for i in range(10)]
    watched += [seen(i < 3, "2026-07-01", site="Quay") for i in range(10)]
    watched += [
        seen(True, "2026-07-01", site="Mill", watch="w1"),
        seen(False, "2026-07-01", site="Mill", watch="w1"),
    ]
    watched += [
        seen(True, "2026-07-01", site="Mill", watch="w2"),
        seen(True, "2026-07-01", site="Mill", watch="w2"),
    ]
    trained = [Training(practice="P-0001", on="2026-05-01", site="Pier")]
    yes = Replication.model_validate(
        {"practice": "P-0001", "site": "Quay", "response": "adapted", "on": "2026-06-01", "by": "A"}
    )
    checks = [
        LeaderCheck(practice="P-0001", on="2026-09-01", modelled=True, resourced=False, recognised=True),
        LeaderCheck(practice="P-0001", on="2027-09-01", modelled=True, resourced=True, recognised=True),
    ]
    only_pier = [s for s in STORIES if s.site == "Pier"]
    found = overview(
        Records(ORG, TODAY, STORIES, [practice(1, only_pier)], watched, trainings=trained, replications=[yes],
                leaders=checks)
    )  # fmt: skip
    life = {row["what"]: row["says"] for row in found.to_json()["practices"][0]["life"]}
    assert life == {
        "told of or taken up": "at 2 of 3 sites",
        "kept up": "12 months",
        "done when watched": "14 of 22 (41–83 %)",
        "at each site": "Pier 9 of 10, Quay 3 of 10, 1 site watched too little to show",
        "since training": "up to 3 months 9 of 10",
        "trained and not trained": "trained 9 of 10 (55–100 %), not trained 5 of 12 (15–72 %): +48 points (+8 to +72)",
        "answers of the sites": "adapted 1, none yet from Mill",
        "two observers": "2 opportunities watched by two, who agreed in 1",
        "leaders": "of 1 check: modelled 1, resourced 0, recognised 1",
    }


def test_stories_newer_than_the_last_detection_say_nothing_of_what_fades() -> None:
    early = [s for s in STORIES if (s.date or "") < "2026-04"]
    p = practice(1, early)
    # Sixteen stories were told since; nobody has looked through them.
    looked = [Detection(on="2026-04-01", stories=16, behaviours=9, practices=1, highest_id=1)]
    blind = overview(Records(ORG, TODAY, STORIES, [p]))
    assert (
        blind.practices[0].state.state == "silent" and "16 stories were told" in blind.practices[0].state.why
    )
    honest = overview(Records(ORG, TODAY, STORIES, [p], detections=looked))
    assert "no story of any kind" in honest.practices[0].state.why
    assert honest.notes == [
        "16 stories are newer than the last look for practices (2026-04-01) and left out of how these go; "
        "look again with: servicestory detect"
    ]
    again = [*looked, Detection(on="2026-10-01", stories=32, behaviours=9, practices=1, highest_id=1)]
    assert overview(Records(ORG, TODAY, STORIES, [p], detections=again)).notes == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (None, "nothing is written for it yet"),
        (-1, "do not give a step yet"),
        (0, "general steps only"),
        (1, "one step so far"),
        (2, "documents are ready"),
    ],
)
def test_documents_that_are_nearly_empty_are_not_called_ready(told: int | None, said: str) -> None:
    one = practice(1, STORIES[::2], review_due="2027-09-01")
    documented = {} if told is None else {one.id: told}
    found = overview(Records(ORG, TODAY, STORIES, [one], [], [], [], [], [], [], [], documented=documented))
    (never,) = [n for n in found.next if n.what == "never trained"]
    assert said in never.why
