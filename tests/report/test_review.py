"""What the review says: counts with their n, consent, small groups, what lies near what, what was decided."""

from servicestory.models.monitoring import Measure, MeasurePoint
from servicestory.models.practice import Practice, Verdict
from servicestory.models.review import Action
from servicestory.report.cards import Beside, quotable
from tests.report.build import TODAY, measured, organisation, practice, review, story

STORIES = [
    story("a", "2026-08-05", recovery=True),
    story("b", "2026-08-06", "Quay", people=[]),
    story("c", "2026-04-06", customer={"kind": "internal"}),
    story("d", "2026-10-02"),
    story("e", None, None),
    story("future", "2027-01-01"),
]


def test_what_was_told_counts_the_period_the_one_before_and_all() -> None:
    told = review(STORIES, []).told
    assert (told.now, told.before, told.ever) == (2, 1, 6)
    assert told.facts == [
        ("name the colleagues who did it", 1, 2),
        ("tell how something that went wrong was put right", 1, 2),
    ]
    assert told.per_period == [("2026-Q2", 1), ("2026-Q3", 2), ("2026-Q4", 1)]
    assert told.sites == [("Pier", 1, 1, 4), ("Quay", 1, 0, 1)]


def test_a_quarter_without_a_story_is_shown_and_the_sites_of_the_period_come_first() -> None:
    """The bars of 2025 and 2026 would else stand side by side as if nothing were missing."""
    old = [story(f"old{i}", "2025-08-05", "Quay") for i in range(3)]
    made = review([*old, story("new", "2026-08-05", "Pier")], [])
    assert made.told.per_period == [
        ("2025-Q3", 3), ("2025-Q4", 0), ("2026-Q1", 0), ("2026-Q2", 0), ("2026-Q3", 1),
    ]  # fmt: skip
    assert made.told.sites == [("Pier", 1, 0, 1), ("Quay", 0, 0, 3)]
    seen = review([*old, story("new")], [practice(1, old)]).course
    assert seen.periods[1] == "2025-Q4" and seen.rows[0][1][1][0].told == 0


def test_consent_decides_what_is_quoted_and_never_what_is_counted() -> None:
    withdrawn = {"party": "guest", "uses": ["company"], "withdrawn_on": "2026-09-01"}
    stories = [
        story("no-answer-needed"),
        story("withdrawn", consent=[withdrawn]),
        story("later", consent=[{**withdrawn, "withdrawn_on": "2026-12-01"}]),
        story("team-only", consent=[{"party": "guest", "uses": ["team"]}]),
        story("one-of-two", consent=[{"party": "guest", "uses": ["external"]}, withdrawn]),
    ]
    assert [quotable(s, TODAY) for s in stories] == [True, False, True, False, False]
    made = review(stories, [practice(1, stories)])
    card = made.cards[0]
    assert (card.stories, card.withheld, card.more) == (5, 3, 0)
    assert sorted(q.story for q in card.quotes) == ["later", "no-answer-needed"]
    assert made.withheld == 3


def test_quotes_say_when_and_where_without_names() -> None:
    card = review([story("what-ada-did")], [practice(1, [story("what-ada-did")])]).cards[0]
    (quote,) = card.quotes
    assert (quote.story, quote.date, quote.site) == ("", "2026-08-05", "Pier")
    assert quote.text == "so a colleague carried hot water up."


def test_one_quote_of_each_story_the_surest_and_what_a_person_confirmed_first() -> None:
    told = story("a")
    p = practice(1, [told]).model_dump(by_alias=True)
    p["evidence"] += [{"story": "a", "start": 56, "end": 87, "score": 0.2, "pinned": True}]
    card = review([told], [Practice.model_validate(p)]).cards[0]
    assert [q.text for q in card.quotes] == ["Then she asked about the night."]


def test_people_are_counted_in_the_words_of_the_verdict() -> None:
    told = [story(f"s{i}", people=[]) for i in range(4)]
    numbers = {"stories": 4, "of": 9, "people": 6, "people_suggested": 6}
    said = Verdict(
        label="team habit", detail="of one site", criteria={"decided_by": "one site"}, figures=numbers
    )
    held = Verdict(label="systemic", figures={"stories": 4, "of": 9})
    shown = [practice(n, told).model_copy(update={"verdict": v}) for n, v in ((1, said), (2, held))]
    cards = [(card.label, card.people) for card in review(told, shown).cards]
    assert cards == [
        ("team habit (of one site)", "6 people (all only read in texts, not confirmed)"),
        ("systemic", ""),
    ]
    assert said.people_said == cards[0][1]


def test_practices_told_of_in_the_same_stories_are_near() -> None:
    stories = [story(f"s{i}") for i in range(4)]
    made = review(stories, [practice(1, stories), practice(2, stories[:2]), practice(3, stories[3:])])
    near = {c.id: [(n[0], n[2]) for n in c.near] for c in made.cards}
    assert near == {"P-0001": [("P-0002", 2)], "P-0002": [("P-0001", 2)], "P-0003": []}


def test_order_states_and_what_waits_for_a_decision() -> None:
    stories = [story(f"s{i}") for i in range(3)]
    weak = {"label": "not enough evidence"}
    strong = {"label": "systemic", "because": "Seen with Ada Brisk.", "computed_on": "2026-10-01"}
    kept = {
        "on": "2026-08-01", "by": "Mo", "action": "accepted", "from": "candidate", "to": "accepted",
        "reason": "Adi showed it",
    }  # fmt: skip
    old = {**kept, "on": "2026-03-01"}
    made = review(
        stories,
        [
            practice(1, stories[:1], verdict=weak),
            practice(2, stories, verdict=strong),
            practice(3, stories, status="accepted", decisions=[old, kept], standard="warm"),
            practice(4, stories, status="rejected"),
            practice(5, [story("gone")], status="standard"),
            practice(6, [story("gone")]),
        ],
    )
    assert [c.id for c in made.cards] == ["P-0005", "P-0003", "P-0002", "P-0001"]
    assert [c.id for c in made.waiting] == ["P-0002"] and made.weak == 1
    assert made.waiting[0].because == "Seen with a colleague."
    assert made.computed_on == "2026-10-01"
    assert [(d.on, d.what, d.reason) for d in made.decided] == [
        ("2026-08-01", "accepted", "A colleague showed it")
    ]
    assert made.standards == [
        ("Warm hands", "Hot water within five minutes.", [("P-0003", "Carry hot water 3")])
    ]
    assert "decision due" not in {what for what, _, _ in made.next} and made.next


def test_the_course_of_a_practice_ends_with_the_period_reviewed() -> None:
    card = review(STORIES, [practice(1, STORIES[:4])]).cards[0]
    assert [(period, n) for period, n, _ in card.periods] == [("2026-Q2", 1), ("2026-Q3", 2)]
    assert card.line.startswith("2026-Q2: 1 of ") and card.highest == (0, 0)  # too little told for a share
    assert card.told, "so its counts are said without bars"


def test_a_bar_is_a_share_of_what_was_told_so_that_a_larger_export_is_no_growth() -> None:
    told = [story(f"a{i}", day=f"2026-0{5 if i < 10 else 8}-03") for i in range(50)]
    card = review(told, [practice(1, told[:2] + told[10:18])]).cards[0]
    assert card.periods == [("2026-Q2", 2, 10), ("2026-Q3", 8, 40)]
    assert card.highest == (2, 10) and card.bar(2, 10) == card.bar(8, 40) == 1.0 and card.bar(1, 7) == 0.0
    assert card.line == "2026-Q2: 2 of 10, 2026-Q3: 8 of 40"


def test_what_was_told_before_the_periods_shown_is_counted() -> None:
    days = [f"{year}-{month:02d}-03" for year in (2023, 2024, 2025) for month in (2, 5, 8, 11)]
    old = [story(f"o{i}", day=day) for i, day in enumerate(days)]
    card = review([*STORIES, *old], [practice(1, old)]).cards[0]
    assert len(card.periods) == 12 and card.earlier == len(old) - sum(n for _, n, _ in card.periods) == 3
    assert card.line.endswith("; before these 3")


def test_the_map_counts_stories_and_shades_their_share() -> None:
    stories = [story(f"s{i}") for i in range(10)] + [story("q", site="Quay"), story("n", site=None)]
    heat = review(stories, [practice(1, stories[:1]), practice(2, [*stories[:4], stories[10]])]).heat
    assert heat.sites == ["Pier", "Quay"] and heat.nowhere == 1
    cells = {card.id: [(c.stories, c.told, c.shade) for c in row] for card, row in heat.rows}
    assert cells == {"P-0002": [(4, 10, 4), (1, 1, 4)], "P-0001": [(1, 10, 2), (0, 1, 0)]}


def test_of_more_sites_than_the_map_holds_it_is_told_how_they_differ() -> None:
    """Nobody reads a hundred columns; a dozen of them would leave the others out. Few stories: not compared."""
    places = (("seen more often", "Pier 4 of 5"), ("no story of any kind", "0"))
    many = [story(f"s{i}", site=f"Site {i:02d}") for i in range(13)]
    beside = {"P-0001": Beside(by_state=places), "P-0002": Beside()}
    made = review(many, [practice(1, many), practice(2, many[:2])], beside=beside)
    assert made.by_state is not None and made.by_state.columns == ["seen more often"]
    assert [(card.id, cells) for card, cells in made.by_state.rows] == [("P-0001", ["Pier 4 of 5"])]
    assert made.by_state.few == 1
    assert review(many[:12], [practice(1, many[:12])], beside=beside).by_state is None


def test_measures_come_in_words_with_n_interval_and_target() -> None:
    made = review([story("a")], [], measures=measured()[0], points=measured()[1])
    (m,) = made.charted
    assert m["newest"] == "90 %" and m["aim"] == "80 %" and m["reach"].count(" % and ") == 1
    assert "better, by more than chance" in m["said"]
    assert m["sentence"].startswith("14 points from 2025-01 to 2026-02. The latest is 90 % (n 110), limits")
    assert m["rows"][0][:3] == ("2025-01", "55 %", 110)


def test_nothing_told_yet_is_a_review_too() -> None:
    made = review([], [], organisation(vision=None, standards=[], sites=[]))
    assert not made.heat.shown and made.told.per_period == [] and made.next == []


def action(number: int, **rest: object) -> Action:
    return Action.model_validate(
        {"id": f"A-{number:04d}", "period": "2026-Q2", "on": "2026-07-06", "by": "A", "what": f"Ask Ada Brisk {number}",
         "owner": "Will Stone", "due": "2026-09-01", **rest}
    )  # fmt: skip


def test_actions_of_last_time_and_what_this_review_agreed_on() -> None:
    measures, points = measured()
    told = [story(f"s{i}") for i in range(4)]
    done = {"outcome": "worked", "checked_on": "2026-09-20", "result": "Will Stone saw it at both sites"}
    made = review(
        told, [practice(1, told, status="accepted")], measures=measures, points=points,
        actions=[
            action(1), action(2, measure="warmth", practice="P-0001", **done),
            action(3, period="2026-Q1", **{**done, "checked_on": "2026-06-20"}),
            action(4, period="2026-Q3", due="2026-12-01"), action(5, period="2026-Q3", kind="decision"),
        ],
    )  # fmt: skip
    assert [(a.id, a.overdue, a.outcome) for a in made.before] == [
        ("A-0001", True, ""),
        ("A-0002", False, "worked"),
    ]
    assert [a.id for a in made.agreed] == ["A-0004", "A-0005"]
    assert made.before[0].what == "Ask a colleague 1" and made.before[0].owner == "A colleague"
    assert made.before[1].result == "A colleague saw it at both sites"
    assert made.before[1].now.startswith("Guests who were warm 90 %, better, by more than chance")
    assert made.before[1].now.endswith("; P-0001 taking hold")


def test_the_course_of_a_practice_counts_stories_and_sites_of_each_period() -> None:
    told = [story("a", "2026-05-01"), story("b", "2026-08-01"), story("c", "2026-08-02", "Quay"), story("d")]
    made = review(told, [practice(1, told[:3])])
    assert made.course.periods == ["2026-Q2", "2026-Q3"]
    ((_, cells),) = made.course.rows
    assert [(cell.stories, sites, cell.told) for cell, sites in cells] == [(1, 1, 1), (2, 2, 3)]
    assert made.course.shown == made.course


def test_quotes_are_found_by_their_site() -> None:
    told = [story("a"), story("b", site="Quay"), story("c", site="Quay"), story("d", site=None)]
    card = review(told, [practice(1, told)]).cards[0]
    assert [(site, place, len(q)) for site, place, q in card.by_site] == [
        ("Quay", "p-0001-at-1", 2), ("Pier", "p-0001-at-2", 1), ("", "p-0001-at-3", 1),
    ]  # fmt: skip
    assert card.sites_quoted == {"Quay": "p-0001-at-1", "Pier": "p-0001-at-2"}


def test_sites_are_compared_under_their_measure_and_only_the_odd_one_is_named() -> None:
    points = [
        MeasurePoint(measure="warmth", period=f"2026-0{month}", site=f"House {n}", numerator=60 if n == 7 else 90, denominator=100)
        for n in range(9) for month in range(1, 7)
    ]  # fmt: skip
    made = review([story("a")], [], measures=[Measure(id="warmth", name="Warm")], points=points)
    whole = next(m for m in made.measures if m["site"] is None)
    odd = [row for row in whole["between"] if row[5]]
    assert [(row[0], row[1], row[2], row[5]) for row in odd] == [("House 7", "60 %", 600, "below")]
    assert len(whole["between"]) == 9


def test_a_new_name_is_told_with_the_old_one() -> None:
    renamed = {
        "on": "2026-08-01", "by": "Mo", "action": "renamed", "from": "Run with water", "to": "Carry hot water 1",
        "reason": "Adi said so",
    }  # fmt: skip
    stories = [story("s1")]
    made = review(stories, [practice(1, stories, status="accepted", decisions=[renamed])])
    assert [(d.name, d.what) for d in made.decided] == [
        ("Carry hot water 1", "renamed from “Run with water” to “Carry hot water 1”")
    ]


def test_a_merge_is_told_from_both_sides() -> None:
    on = {"on": "2026-08-01", "by": "Mo", "from": "P-0002", "to": "P-0001", "reason": "one deed"}
    took, gone = ({**on, "action": action} for action in ("absorbed", "merged"))
    stories = [story("s1")]
    into = practice(1, stories, status="accepted", decisions=[took])
    other = practice(2, stories, status="merged", merged_into="P-0001", decisions=[gone])
    made = review(stories, [into, other])
    assert {d.what for d in made.decided} == {"took in P-0002", "merged into P-0001"}


def test_what_was_decided_about_single_places_is_one_row() -> None:
    clicks = [
        {"on": f"2026-08-0{day}", "by": "Mo", "action": action, "reason": why}
        for day, action, why in [
            (1, "1 place taken in", "shows it"), (2, "accepted", "all do it"), (3, "2 places taken in", "shows it"),
            (4, "1,200 places taken out", "does not"),
        ]
    ]  # fmt: skip
    stories = [story("s1")]
    made = review(stories, [practice(1, stories, status="accepted", decisions=clicks)])
    assert [(d.on, d.what, d.reason) for d in made.decided] == [
        ("2026-08-02", "accepted", "all do it"),
        ("2026-08-04", "3 places taken in, 1,200 places taken out", "shows it; does not"),
    ]


def test_quotes_say_which_are_doubtful_and_those_of_the_period_come_first() -> None:
    stories = [story(f"s{i:02d}", day="2025-02-03") for i in range(60)] + [story("new", day="2026-07-09")]
    made = practice(1, stories)
    low = made.evidence[-1].model_copy(update={"score": 0.2})
    one = review(stories, [made.model_copy(update={"evidence": [*made.evidence[:-1], low]})]).cards[0]
    assert (one.new, one.stories) == (1, 61)
    assert (one.quotes[0].story, one.quotes[0].doubtful) == ("new", True)
    assert not any(quote.doubtful for quote in one.quotes[1:]) and one.more > 0


def test_a_random_act_is_not_called_too_little_told_and_what_is_due_above_is_said() -> None:
    stories = [story(f"s{i}") for i in range(3)]
    made = review(
        stories,
        [
            practice(1, stories[:1], verdict={"label": "random act"}),
            practice(2, stories, verdict={"label": "systemic"}),
        ],
    )
    assert (made.weak, made.acts) == (0, 1)
    assert made.nothing_else == "Nothing but the decisions to take, above."
    assert review(stories, []).nothing_else == "Nothing is due."
