"""Actions and decisions of the reviews: as they stand now, which are open, what waits to be closed."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from servicestory.models.base import first_day, last_day, period_before, period_of
from servicestory.models.review import Action, Closing


def standing(records: Iterable[Action]) -> list[Action]:
    """Each action and decision as its last line says, by id."""
    latest = {record.id: record for record in records}
    return sorted(latest.values(), key=lambda a: _number(a.id))


def open_actions(actions: Iterable[Action]) -> list[Action]:
    """The actions nobody has looked at yet, those due first in front; decisions are never open."""
    waiting = [a for a in actions if a.kind == "action" and a.outcome is None]
    return sorted(waiting, key=lambda a: (last_day(a.due or "9999"), _number(a.id)))


def overdue(action: Action, today: date) -> bool:
    """Whether its day is past and nobody said what came of it."""
    return action.outcome is None and action.due is not None and last_day(action.due) < today


def next_id(records: Iterable[Action], unread: int = 0) -> str:
    """An id no action ever had; each of the ``unread`` lines may hold one that cannot be seen."""
    return f"A-{max((_number(a.id) for a in records), default=0) + unread + 1:04d}"


def _number(action: str) -> int:
    return int(re.sub(r"\D", "", action))


def to_close(closings: Sequence[Closing], kind: str, today: date) -> str | None:
    """The last period over, when its review is not closed though earlier ones were; None: nothing waits."""
    now = period_of(today.isoformat(), kind)
    assert now is not None  # a full date lies in a period of every kind
    over = now if last_day(now) <= today else period_before(now, kind)
    closed = {c.period for c in closings if first_day(c.on) <= today}
    return over if closed and over not in closed else None
