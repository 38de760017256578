"""Reporting periods as a line of time: which there are up to today, which are over, which are recent."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from servicestory.models.base import last_day, period_before, period_of, periods_to

HALF_YEAR = {"month": 6, "quarter": 2, "year": 1}
"""Periods that make half a year, the time a practice must last to be maintained (RE-AIM); a year at least."""

LONGEST = 20  # years shown at most


@dataclass(frozen=True)
class Calendar:
    """The periods from the first that matters to the one today lies in, oldest first.

    ``recent`` are the last half-year of periods that are over, plus the one under way; ``before`` the
    half-year before that.
    """

    kind: str
    today: date
    all: list[str]
    recent: list[str]
    before: list[str]

    @property
    def recent_words(self) -> str:
        """The recent window in words."""
        return f"since {self.recent[0]}"


def calendar(kind: str, first: str | None, today: date) -> Calendar:
    """The calendar from period ``first`` (None: today's) to today's.

    Windows reach back before ``first`` when there are too few periods.
    """
    # A year typed as 0206 must not make two thousand years of empty periods.
    oldest = period_of(f"{max(1, today.year - LONGEST):04d}-01-01", kind)
    first = max(first, oldest) if first and oldest else first
    now = period_of(today.isoformat(), kind)
    assert now is not None  # a full date lies in a period of every kind
    span = HALF_YEAR[kind]
    back = [now]
    while len(back) < 2 * span + 1:
        back.append(period_before(back[-1], kind))
    over = last_day(now) <= today
    recent = back[: span + (0 if over else 1)]
    before = back[len(recent) : len(recent) + span]
    return Calendar(kind, today, periods_to(first or now, now, kind), recent[::-1], before[::-1])


@cache
def period(partial: str, kind: str) -> str | None:
    """`period_of`, remembered: thousands of stories share a few hundred dates."""
    return period_of(partial, kind)
