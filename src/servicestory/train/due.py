"""Spaced practice: who is to repeat what, and when, by Leitner's boxes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from servicestory.models.base import last_day
from servicestory.models.monitoring import Training
from servicestory.text import plural

DAYS = (1, 7, 30, 90, 180)
"""Days until the next repetition in each box (S. Leitner, So lernt man lernen, 1972, with longer steps:
Cepeda et al. 2008 found the best gap to be a fifth to a twentieth of the time something is to be kept)."""


@dataclass(frozen=True)
class Due:
    """What one learner is to repeat, of which practice, since when; and why then."""

    learner: str
    practice: str
    document: str | None
    revision: int | None
    last: str
    box: int
    due: date
    why: str

    def to_json(self) -> dict[str, Any]:
        """The entry of ``due`` in `train due --json`."""
        return {**self.__dict__, "due": self.due.isoformat()}


def repetitions(
    records: Iterable[Training], changed: Callable[[str, str | None, int | None], str | None]
) -> list[Due]:
    """The next repetition of every learner and practice, soonest first.

    A teach-back passed when it was due moves one box up; passed earlier than due it moves nothing, as a
    repetition within the same week shows little; "not yet" goes back to the first box and is due at once. A
    major change of what was learned is due from the day it was made, or the day the old revision was learned.

    Args:
        records: those without a learner, and those of people who were forgotten, are passed over.
        changed: (practice, document, revision learned) -> the day of a major change since, or None.
    """
    lines: dict[tuple[str, str], list[Training]] = {}
    for record in records:
        if record.learner and not record.learner.startswith("Person-"):
            lines.setdefault((record.learner, record.practice), []).append(record)
    found = []
    for (learner, practice), line in lines.items():
        ordered = in_order(line)
        box, when, passed = 0, date.min, 0
        for record in ordered:
            day = last_day(record.on)
            if record.teach_back == "not yet":
                box, passed = 0, 0
            elif record.teach_back == "passed":
                if passed and day < when:
                    continue
                box, passed = min(box + 1, len(DAYS) - 1), passed + 1
            elif passed:
                continue  # a sign-off, or another session: nothing was shown anew
            when = day if record.teach_back == "not yet" else day + timedelta(days=DAYS[box])
        learned = last_learned(ordered)
        why = _why(ordered, passed, DAYS[box])
        revised = changed(practice, learned.document, learned.revision)
        if revised:
            when = min(when, max(last_day(revised), last_day(learned.on)))
            why = f"revision {learned.revision} was learned; a major change was made on {revised}"
        last = ordered[-1].on
        found.append(Due(learner, practice, learned.document, learned.revision, last, box, when, why))
    return sorted(found, key=lambda d: (d.due, d.practice, d.learner))


def in_order(line: Iterable[Training]) -> list[Training]:
    """Records, the oldest first; of one day the order of recording counts."""
    return sorted(line, key=lambda r: last_day(r.on))


def last_learned(ordered: Sequence[Training]) -> Training:
    """Of a learner's records `in_order` the one that says which revision was learned last; else the last."""
    return next((r for r in reversed(ordered) if r.revision is not None), ordered[-1])


def _why(line: list[Training], passed: int, days: int) -> str:
    if passed:
        times = "once" if passed == 1 else f"{passed} times running"
        return f"the teach-back was passed {times}; again after {plural(days, 'day')}"
    if any(r.teach_back for r in line):
        return "the teach-back is not passed yet"
    return "no teach-back yet"
