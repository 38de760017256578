"""The one screen of `monitor`: what is old is said to be, not drawn as nothing."""

from servicestory.monitor.overview import Records, overview
from servicestory.monitor.screen import practice_rows
from tests.monitor.build import TODAY, organisation, practice, story


def course(*days: str) -> str:
    told = [story(i, day) for i, day in enumerate(days)]
    rows, _ = practice_rows(overview(Records(organisation(), TODAY, told, [practice(1, told)])), None)
    return rows[0][4]


def test_stories_older_than_the_periods_drawn_are_said_and_not_drawn_as_none() -> None:
    """A file of reviews of years ago, imported today."""
    assert course("2019-02-03", "2019-05-03") == "latest in 2019-Q2"
    assert set(course("2019-02-03", "2026-08-03")) == {"·", "█"}
