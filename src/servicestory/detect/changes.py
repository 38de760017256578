"""Which places practices that stood gained or lost in a detection, and where the lost ones are now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from servicestory.detect.result import Detection
from servicestory.models.practice import Evidence, Practice

HIDDEN = ("rejected", "merged")


@dataclass(frozen=True)
class Lost:
    """A place that shows the practice no longer, and the practices that it shows now.

    ``followed``: it is told nearly as one that a person took out. Where it shows none and did not follow,
    either it fits none, or its story tells it no more.
    """

    place: Evidence
    now: tuple[str, ...]
    followed: bool


@dataclass(frozen=True)
class Change:
    """What a detection changed in the evidence of one practice."""

    practice: str
    gained: int
    lost: tuple[Lost, ...]


def changes(detection: Detection, standing: Iterable[Practice]) -> list[Change]:
    """The practices that stood and hold other places now, by id; without those nobody is to see.

    A text that was corrected moves a place: in one story as many new places stand for as many lost ones.
    """
    before = {p.id: p for p in standing if p.status not in HIDDEN}
    shown = {b.place: b.practices for b in detection.behaviours}
    hidden = {p.id for p in detection.practices if p.status in HIDDEN}
    found = []
    for practice in sorted(detection.practices, key=lambda p: p.id):
        if practice.id not in before:
            continue
        had = {e.place: e for e in before[practice.id].evidence}
        has = {detection.behaviours[i].place for i in practice.evidence}
        followed = {detection.behaviours[i].place for i, _ in practice.followed}
        moved = Counter(place[0] for place in has - had.keys())
        gained = sum(moved.values())
        lost = []
        for place in sorted(had.keys() - has):
            if moved[place[0]] and place not in shown:
                moved[place[0]] -= 1
                gained -= 1
                continue
            now = tuple(ref for ref in shown.get(place, ()) if ref not in hidden)
            lost.append(Lost(had[place], now, place in followed))
        if gained or lost:
            found.append(Change(practice.id, gained, tuple(lost)))
    return found
