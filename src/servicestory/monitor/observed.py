"""Is it done when it should be? Fidelity from observations: done ÷ opportunities, with its interval."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from servicestory.models.base import first_day
from servicestory.models.monitoring import Observation
from servicestory.monitor import intervals
from servicestory.monitor.periods import Calendar
from servicestory.text import plural

FALL = 0.05  # how unlikely a fall must be before it is called one


@dataclass
class Fidelity:
    """Done ÷ opportunities of one practice. ``fell`` says in words that it fell by more than chance.

    ``sites`` holds only places with at least the smallest group of observations. ``trained`` compares
    trained with untrained sites, when both were observed.
    """

    done: int = 0
    opportunities: int = 0
    lower: float | None = None
    upper: float | None = None
    recent_done: int = 0
    fell: str = ""
    sites: list[dict[str, Any]] = field(default_factory=list)
    hidden_sites: int = 0
    kappa: float | None = None
    watched_twice: int = 0
    trained: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any] | None:
        """The entry ``fidelity`` of a practice, None when nothing was observed."""
        if not self.opportunities:
            return None
        return {
            "done": self.done, "opportunities": self.opportunities, "lower": self.lower, "upper": self.upper,
            "sites": self.sites, "kappa": self.kappa, "watched_twice": self.watched_twice,
            "trained": self.trained,
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
    trained_since: Mapping[str, str] | None = None,
) -> Fidelity:
    """Fidelity of one practice from its observations (future ones left out).

    An opportunity that two people watched under one label counts once, by the first record; their
    agreement is Cohen's kappa.

    Args:
        smallest_group: places with fewer observations are not shown apart.
        trained_since: for each trained site the date (ISO) of its training.
    """
    out = Fidelity()
    seen: dict[str, bool] = {}
    pairs: list[tuple[bool, bool]] = []
    now, then = [0, 0], [0, 0]
    places: dict[str, list[int]] = {}
    sides = {True: [0, 0], False: [0, 0]}
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
        if o.site:
            place = places.setdefault(o.site, [0, 0])
            place[0] += done
            place[1] += 1
            if trained_since is not None:
                side = sides[o.site in trained_since and day >= first_day(trained_since[o.site])]
                side[0] += done
                side[1] += 1
    out.recent_done = now[0]
    out.kappa, out.watched_twice = intervals.kappa(pairs)
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
