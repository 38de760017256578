"""Which period a review is about, for the page and for the closing alike."""

from collections.abc import Iterable
from datetime import date

from servicestory import console
from servicestory.errors import Usage
from servicestory.models.base import check_date, first_day, last_day, period_of
from servicestory.monitor.periods import previous

LIKE = {"month": "2026-09", "quarter": "2026-Q3", "year": "2026"}


def current(kind: str, today: date) -> str:
    """The period under way."""
    found = period_of(today.isoformat(), kind)
    assert found is not None  # a full date lies in a period of every kind
    return found


def reviewed(given: str | None, kind: str, today: date, dates: Iterable[str | None]) -> str:
    """The period named; else the last one over, and where it has no story, the one under way or the latest.

    What is not the last one over is said, since nobody asked for it.

    Args:
        dates: those of the stories.

    Raises:
        Usage: ``given`` is no period of the workspace's kind, or has not begun.
    """
    if given is not None:
        return _named(given, kind, today)
    now = current(kind, today)
    over = now if last_day(now) <= today else previous(now, kind)
    told = {period_of(day, kind) for day in dates if day}
    if not told:
        return now  # nothing is older, so nothing is over
    recent = next((p for p in (over, now) if p in told), None)
    found = recent or max((p for p in told if p and p < over), default=over)
    if found != over:
        why = "which is under way" if found == now else "the latest with stories"
        console.note(f"Of {over} no story is told, so this is about {found}, {why}. Another: --period {over}")
    return found


def _named(given: str, kind: str, today: date) -> str:
    try:
        exact = period_of(check_date(given), kind) == given
    except ValueError:
        exact = False
    if not exact:
        raise Usage(f"{given!r} is no {kind}", "", f"Write it like {LIKE[kind]}")
    if first_day(given) > today:
        raise Usage(f"{given} has not begun yet", "", f"Today is {today.isoformat()}")
    return given
