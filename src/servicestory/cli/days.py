"""A date after an option: read in one way for every command; where it is none, that is wrong usage (2)."""

from typing import overload

from servicestory.cli.app import today
from servicestory.errors import Problem, Usage


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
