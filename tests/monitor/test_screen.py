"""The one screen of `monitor`: what is old is said to be, not drawn as nothing."""

from servicestory.monitor.overview import Records, overview
from servicestory.monitor.screen import last_told, line_of, practice_rows
from tests.monitor.build import TODAY, organisation, practice, story


def course(*days: str) -> str:
    told = [story(i, day) for i, day in enumerate(days)]
    rows, _ = practice_rows(overview(Records(organisation(), TODAY, told, [practice(1, told)])), None)
    return rows[0][4]


def test_what_is_drawn_ends_with_the_last_period_that_was_told_of() -> None:
    """A file of reviews of years ago, imported today: what came after it is empty for every practice."""
    assert course("2019-02-03", "2019-05-03") == "██"
    assert course("2019-02-03", "2019-08-03") == "█·█"
    told = [story(i, day) for i, day in enumerate(("2019-02-03", "2019-05-03"))]
    found = overview(Records(organisation(), TODAY, told, [practice(1, told)]))
    assert line_of(found) == ["2019-Q1", "2019-Q2"] and last_told(found) == "2019-Q2"
    now = overview(Records(organisation(), TODAY, [*told, story(2, TODAY.isoformat())], [practice(1, told)]))
    assert len(line_of(now)) == 12 and last_told(now) == ""
    nothing = overview(Records(organisation(), TODAY, [], []))
    assert len(line_of(nothing)) == 1 and last_told(nothing) == ""


def test_stories_older_than_the_periods_drawn_are_said_and_not_drawn_as_none() -> None:
    told = [story(i, day) for i, day in enumerate(("2019-02-03", "2019-05-03"))]
    lately = [*told, story(2, "2026-08-03")]
    rows, _ = practice_rows(overview(Records(organisation(), TODAY, lately, [practice(1, told)])), None)
    assert rows[0][4] == "latest in 2019-Q2"
    assert set(course("2019-02-03", "2026-08-03")) == {"·", "█"}
