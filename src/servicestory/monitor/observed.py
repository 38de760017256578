"""Is it done when it should be? Fidelity from observations: done ÷ opportunities, with its interval."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servicestory.models.base import first_day
from servicestory.models.monitoring import Observation
from servicestory.monitor import intervals
from servicestory.monitor.periods import Calendar
from servicestory.text import plural

FALL = 0.05  # how unlikely a fall must be before it is called one
AFTER = (("up to 3 months", 92), ("3 to 6 months", 183), ("6 to 12 months", 366), ("over a year", 10**6))
"""Stretches of time after a training, with the day before which each ends."""


@dataclass
class Fidelity:
    """Done ÷ opportunities of one practice. ``fell`` says in words that it fell by more than chance.

    ``sites`` holds only places with at least the smallest group of observations. ``trained`` compares
    trained with untrained sites, when both were observed; ``since_training`` follows the trained ones by the
    time since their last training, ``wears_off`` says in words that less is done later, by more than chance.
    """

    done: int = 0
    opportunities: int = 0
    lower: float | None = None
    upper: float | None = None
    recent_done: int = 0
    recent_of: int = 0
    recent_from: date | None = None  # the first opportunity watched in the recent time
    fell: str = ""
    sites: list[dict[str, Any]] = field(default_factory=list)
    hidden_sites: int = 0
    kappa: float | None = None
    watched_twice: int = 0
    agreed: int = 0
    trained: dict[str, Any] | None = None
    since_training: list[dict[str, Any]] = field(default_factory=list)
    wears_off: str = ""

    def to_json(self) -> dict[str, Any] | None:
        """The entry ``fidelity`` of a practice, None when nothing was observed."""
        if not self.opportunities:
            return None
        return {
            "done": self.done, "opportunities": self.opportunities, "lower": self.lower, "upper": self.upper,
            "sites": self.sites, "kappa": self.kappa, "watched_twice": self.watched_twice,
            "agreed": self.agreed, "trained": self.trained, "since_training": self.since_training,
        }  # fmt: skip


def was_done(observation: Observation) -> bool | None:
    """Whether the practice was done at this opportunity; None when no item applied.

    What the observer said of the whole counts first. Else every item that applied must be ``yes`` (all or
    none); where the record says which items are the core, only those count.
    """
    if observation.done is not None:
        return observation.done
    core = observation.core
    answers = [a for item, a in observation.items.items() if a != "na" and (not core or item in core)]
    return all(a == "yes" for a in answers) if answers else None


def fidelity(
    observations: Sequence[Observation],
    calendar: Calendar,
    smallest_group: int = 5,
    trained_on: Mapping[str, Sequence[str]] | None = None,
) -> Fidelity:
    """Fidelity of one practice from its observations (future ones left out).

    An opportunity that two people watched under one label counts once, by the first record; their
    agreement is Cohen's kappa.

    Args:
        smallest_group: places with fewer observations are not shown apart.
        trained_on: for each trained site the dates (ISO) of its trainings.
    """
    out = Fidelity()
    seen: dict[str, bool] = {}
    pairs: list[tuple[bool, bool]] = []
    now, then = [0, 0], [0, 0]
    places: dict[str, list[int]] = {}
    sides = {True: [0, 0], False: [0, 0]}
    after: dict[str, list[int]] = {name: [0, 0] for name, _ in AFTER}
    days = {site: sorted(map(first_day, on)) for site, on in (trained_on or {}).items()}
    for o in observations:
        day = first_day(o.on)
        done = was_done(o)
        if done is None or day > calendar.today:
            continue
        if o.watch:
            if o.watch in seen:
                pairs.append((seen[o.watch], done))
                continue
            seen[o.watch] = done
        out.done += done
        out.opportunities += 1
        window = now if day >= first_day(calendar.recent[0]) else then
        if window is now or day >= first_day(calendar.before[0]):
            window[0] += done
            window[1] += 1
        if window is now:
            out.recent_from = min(day, out.recent_from or day)
        if o.site:
            place = places.setdefault(o.site, [0, 0])
            place[0] += done
            place[1] += 1
            if days:
                held = [d for d in days.get(o.site, ()) if d <= day]
                side = sides[bool(held)]
                side[0] += done
                side[1] += 1
                if held:
                    stretch = after[_stretch((day - held[-1]).days)]
                    stretch[0] += done
                    stretch[1] += 1
    out.recent_done, out.recent_of = now
    _follow(out, after, smallest_group)
    out.kappa, out.watched_twice = intervals.kappa(pairs)
    out.agreed = sum(a == b for a, b in pairs)
    if out.opportunities:
        found = intervals.exact_share(out.done, out.opportunities)
        out.lower, out.upper = round(found.lower, 10), round(found.upper, 10)
    if intervals.chance_of_fewer(now[0], now[1], then[0], then[1]) < FALL:
        out.fell = (
            f"done in {now[0]} of {now[1]} observed opportunities {calendar.recent_words}, "
            f"{then[0]} of {then[1]} before"
        )
    out.sites = [
        {"site": site, "done": y, "opportunities": n}
        for site, (y, n) in sorted(places.items())
        if n >= smallest_group
    ]
    out.hidden_sites = len(places) - len(out.sites)
    if all(n >= smallest_group for _, n in sides.values()):
        (y1, n1), (y0, n0) = sides[True], sides[False]
        gap = intervals.difference((y1, y0), (n1, n0))
        out.trained = {
            "trained": {"done": y1, "opportunities": n1},
            "untrained": {"done": y0, "opportunities": n0},
            "difference": round(gap.value, 10),
            "lower": round(gap.lower, 10),
            "upper": round(gap.upper, 10),
        }
    return out


def _stretch(days: int) -> str:
    return next(name for name, end in AFTER if days < end)


def _follow(out: Fidelity, after: Mapping[str, Sequence[int]], smallest_group: int) -> None:
    """Write what is left of a training as time goes by; stretches with few observations are not shown."""
    shown = [(name, y, n) for name, (y, n) in after.items() if n >= smallest_group]
    out.since_training = [{"after": name, "done": y, "opportunities": n} for name, y, n in shown]
    if len(shown) < 2:
        return
    (first, y0, n0), (last, y1, n1) = shown[0], shown[-1]
    if intervals.chance_of_fewer(y1, n1, y0, n0) < FALL:
        out.wears_off = (
            f"done in {y0} of {n0} opportunities {first} after a training, {y1} of {n1} {last} after"
        )


def in_words(found: Fidelity) -> str:
    """``41 of 50 (69-91 %)``, or that nothing was observed."""
    if not found.opportunities or found.lower is None or found.upper is None:
        return "not observed"
    return f"{found.done} of {found.opportunities} ({100 * found.lower:.0f}–{100 * found.upper:.0f} %)"


def weak_items(observations: Iterable[Observation]) -> list[tuple[str, int, int]]:
    """Checklist items with how often they were missed of how often they applied, most missed first."""
    counts: dict[str, list[int]] = {}
    for o in observations:
        for item, answer in o.items.items():
            if answer != "na":
                count = counts.setdefault(item, [0, 0])
                count[0] += answer == "no"
                count[1] += 1
    rows = [(item, missed, n) for item, (missed, n) in counts.items() if missed]
    return sorted(rows, key=lambda r: (-r[1] / r[2], r[0]))


def missed_words(observations: Iterable[Observation], least: int = 5) -> str:
    """The item missed most often, in words; empty below ``least`` observations of it."""
    for item, missed, n in weak_items(observations):
        if n >= least:
            return f"item {item} is missed most, {missed} of {plural(n, 'time')}"
    return ""
