"""Actions of the reviews: the last line of an id counts, ids are never used twice, a decision is never open."""

from datetime import date

import pytest

from servicestory.models.review import Action, Closing
from servicestory.monitor.actions import next_id, open_actions, overdue, standing, to_close

TODAY = date(2026, 10, 5)


def action(number: int, **rest: object) -> Action:
    return Action.model_validate(
        {"id": f"A-{number:04d}", "period": "2026-Q3", "on": "2026-10-01", "by": "A", "what": "Do it",
         "owner": "Desk", "due": "2026-12-01", **rest}
    )  # fmt: skip


def test_the_last_line_of_an_action_counts() -> None:
    lines = [action(2), action(1), action(2, outcome="worked", checked_on="2026-10-02", result="seen")]
    assert [(a.id, a.outcome) for a in standing(lines)] == [("A-0001", None), ("A-0002", "worked")]
    assert next_id(lines) == "A-0003" and next_id([]) == "A-0001"
    assert next_id(lines, unread=1) == "A-0004"  # the line nobody can read may be A-0003


def test_open_actions_are_those_due_first_and_never_decisions() -> None:
    lines = [action(1), action(2, due="2026-11"), action(3, kind="decision", owner=None, due=None)]
    assert [a.id for a in open_actions(lines)] == ["A-0002", "A-0001"]


def test_an_action_is_overdue_only_after_its_last_day() -> None:
    assert overdue(action(1, due="2026-10-04"), TODAY)
    assert not overdue(action(1, due="2026-10-05"), TODAY)
    assert not overdue(action(1, due="2026-10"), TODAY)
    assert not overdue(
        action(1, due="2026-09", outcome="dropped", checked_on="2026-10-01", result="no room"), TODAY
    )


def test_the_last_period_over_waits_to_be_closed_once_reviews_are_closed_at_all() -> None:
    first = Closing(period="2026-Q2", on="2026-07-01", by="A")
    assert to_close([], "quarter", TODAY) is None
    assert to_close([first], "quarter", TODAY) == "2026-Q3"
    assert to_close([first], "quarter", date(2026, 9, 29)) is None
    assert to_close([first], "quarter", date(2026, 9, 30)) == "2026-Q3"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"owner": None}, "needs an owner and a day"),
        ({"outcome": "worked"}, "needs the day somebody looked"),
        ({"what": ""}, "is empty"),
        ({"what": " "}, "is empty"),
        ({"id": "B-1"}, "match pattern"),
    ],
)
def test_half_an_action_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        action(1, **fields)
