"""A date after an option: read in one way for every command; where it is none, that is wrong usage (2)."""

from typing import TYPE_CHECKING, overload

from servicestory.cli.app import today
from servicestory.errors import Problem, Usage

if TYPE_CHECKING:
    from servicestory.models.story import Story


@overload
def given_day(text: str, option: str, ahead: int | None = 0) -> str: ...
@overload
def given_day(text: str | None, option: str, ahead: int | None = 0) -> str | None: ...
def given_day(text: str | None, option: str, ahead: int | None = 0) -> str | None:
    """What was typed as a partial date (2026, 2026-Q3, 2026-08, 2026-08-14); None where nothing was.

    Args:
        ahead: how many days from today it may begin at the latest; None: on any day to come.

    Raises:
        Usage: it is no date, could be read two ways, or lies in the future.
    """
    if text is None:
        return None
    from servicestory.collect.dates import spoken

    try:
        return spoken(text, today(), ahead)
    except Problem as problem:
        raise Usage(problem.what, option, problem.next_step) from None


def day_after(story: "Story", given: str | None, cannot: str) -> str | None:
    """The day given with ``--on``, when it does not lie before the story; None where none was given.

    Args:
        cannot: what cannot have been on such a day.

    Raises:
        Problem: it lies before the story.
        Usage: it is no day, or lies in the future.
    """
    from servicestory.models.base import day_said, first_day, last_day

    day = given_day(given, "--on")
    if day and story.date and last_day(day) < first_day(story.date):
        step = f"Look at the day, or at the date of the story: servicestory edit {story.id}"
        raise Problem(f"{cannot} on {day}: {story.id} is of {day_said(story.date)}", "", step)
    return day
