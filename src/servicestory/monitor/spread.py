"""Spread and life of a practice: seen by how many, where, since when, and whether that is fading.

A practice is judged against how many stories were told at all in the same time, so that a quiet quarter
is not taken for a fading practice. People are counted, never named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servicestory.doers import People, doers, people_of
from servicestory.models.base import first_day, last_day
from servicestory.models.organisation import Organisation
from servicestory.models.practice import LIVE, Practice
from servicestory.models.story import Story
from servicestory.monitor.observed import Fidelity
from servicestory.monitor.periods import HALF_YEAR, Calendar, period
from servicestory.strata import at_least_in_all
from servicestory.text import listing, plural

CHANCE = 0.05  # how unlikely a fall or rise must be before it is called one
ENOUGH = 3  # sightings in half a year before a young practice is said to take hold
ARROWS = {
    "candidate": "?",
    "too early": "·",
    "taking hold": "↗",
    "rising": "↑",
    "holding": "→",
    "fading": "↓",
    "silent": "✕",
}
WEAK = ("random act", "not enough evidence")


@dataclass(frozen=True)
class Seen:
    """What is needed of one story: its period, where and by whom; its texts only where it names several."""

    period: str | None
    site: str | None
    people: People
    story: Story | None


@dataclass
class Told:
    """All stories, boiled down once: by id, how many in each period, at each site, and of how many people."""

    by_id: dict[str, Seen] = field(default_factory=dict)
    per_period: dict[str, int] = field(default_factory=dict)
    per_site: dict[str, dict[str, int]] = field(default_factory=dict)
    undated: int = 0
    people: int = 0


def told(stories: Iterable[Story], organisation: Organisation, today: date) -> Told:
    """Boil the stories down; a story dated in the future, or too vaguely for a period, has no period.

    A colleague who goes by an alias of the staff list is one person.
    """
    out, kind = Told(), organisation.periods.kind
    for story in stories:
        when = period(story.date, kind) if story.date else None
        if when is not None and first_day(when) > today:
            when = None
        people, _ = people_of(story, organisation)
        out.by_id[story.id] = Seen(when, story.site, people, story if len(people) > 1 else None)
        if when is None:
            out.undated += 1
            continue
        out.per_period[when] = out.per_period.get(when, 0) + 1
        if story.site:
            there = out.per_site.setdefault(story.site, {})
            there[when] = there.get(when, 0) + 1
    out.people = len({name for seen in out.by_id.values() for name in seen.people})
    return out


@dataclass(frozen=True)
class Spread:
    """A practice's evidence over time. ``periods`` run from its first sighting to today's period."""

    periods: list[dict[str, Any]]
    counts: Mapping[str, int]
    at: Mapping[str, Mapping[str, int]]
    stories: int
    people: int | None
    people_said: str


def spread(practice: Practice, stories: Told, calendar: Calendar, smallest: int = 5) -> Spread:
    """Stories, people and sites of a practice in each period from the first on, empty periods included.

    How many people it was in all is the figure of its verdict, which counts those read in texts as well; of
    a practice not judged yet those on record, None for fewer than ``smallest`` in it or in all stories.
    How many it was in a period is None for fewer than ``smallest``, and where some were only read in texts.
    """
    seen = {e.story: stories.by_id[e.story] for e in practice.evidence if e.story in stories.by_id}
    texts: dict[str, list[str]] = {}
    for e in practice.evidence:
        if e.story in seen and (of := seen[e.story].story):
            texts.setdefault(e.story, []).append(e.text_in(of) or "")
    counts: dict[str, int] = {}
    people: dict[str, set[str]] = {}
    sites: dict[str, set[str]] = {}
    at: dict[str, dict[str, int]] = {}
    everyone: set[str] = set()
    for ref, story in seen.items():
        did = doers(story.people, texts.get(ref, ()))
        everyone.update(did)
        if story.period is None:
            continue
        counts[story.period] = counts.get(story.period, 0) + 1
        people.setdefault(story.period, set()).update(did)
        if story.site:
            sites.setdefault(story.period, set()).add(story.site)
            there = at.setdefault(story.site, {})
            there[story.period] = there.get(story.period, 0) + 1
    figures = practice.verdict.figures if practice.verdict else {}
    read = bool(figures.get("people_suggested") or figures.get("few_read"))
    line = [p for p in calendar.all if counts and p >= min(counts)]
    rows = [
        {
            "period": p,
            "stories": counts.get(p, 0),
            "people": None if read or 0 < len(people.get(p, ())) < smallest else len(people.get(p, ())),
            "sites": len(sites.get(p, ())),
        }
        for p in line
    ]
    on_record = None if 0 < len(everyone) < smallest or stories.people < smallest else len(everyone)
    few = f"fewer than {smallest} people" if everyone and stories.people >= smallest else ""
    said = plural(on_record, "person", "people") if on_record else few
    if practice.verdict and figures:
        on_record, said = figures.get("people"), practice.verdict.people_said
    return Spread(rows, counts, at, len(seen), on_record, said)


@dataclass(frozen=True)
class State:
    """Where a practice stands in one word, the arrow for it, and why in a sentence."""

    state: str
    arrow: str
    why: str


def state(practice: Practice, found: Spread, fidelity: Fidelity, stories: Told, calendar: Calendar) -> State:
    """Candidate, too early, taking hold, rising, holding, fading or silent.

    Fading and rising compare the last half-year with the one before it by the rule of the verdict's growth
    (:func:`compared`); fading also when fidelity fell by more than chance. A practice of less than six
    months takes hold when it was seen or done at least
    `ENOUGH` times in the last half-year, and not in less than half of the opportunities watched.
    """
    recent = sum(found.counts.get(p, 0) for p in calendar.recent)
    told_recent = sum(stories.per_period.get(p, 0) for p in calendar.recent)
    window = calendar.recent_words

    def is_(name: str, why: str) -> State:
        return State(name, ARROWS[name], why)

    if practice.status == "candidate":
        waits = practice.verdict.missing if practice.verdict and too_weak(practice) else "to decide"
        return is_("candidate", f"{waits}: {plural(found.stories, 'story', 'stories')}")
    if not recent and not fidelity.recent_done:
        if not told_recent:
            last = max((p for p, n in stories.per_period.items() if n), default="")
            if decided := _just_decided(practice, calendar):
                nothing = f"no story of any kind was told {f'after {last}' if last else 'yet'}"
                return is_("too early", f"decided on {decided}, and {nothing}")
            return is_("silent", f"no story of any kind was told {f'after {last}' if last else window}")
        if not found.stories and not fidelity.done:
            told = plural(sum(stories.per_period.values()), "story is", "stories are")
            return is_("silent", f"never seen yet, though {told} told")
        last = max((p for p, n in found.counts.items() if n), default="")
        though = f"though {plural(told_recent, 'story was', 'stories were')} told"
        return is_("silent", f"not seen {window}, {though}{f'; last seen in {last}' if last else ''}")
    if fidelity.fell:
        return is_("fading", fidelity.fell)
    halves = compared(found, stories, calendar)
    if halves.fewer < CHANCE:
        return is_("fading", f"seen {halves.in_words(window)}")
    if new := newly_reached(found, stories, calendar):
        where = listing(new) if len(new) <= 3 else f"{len(new)} sites"
        return is_("rising", f"reached {where} {window}, where nobody told of it before")
    if halves.before and halves.more < CHANCE:
        return is_("rising", f"told of more often: seen {halves.in_words(window)}")
    months = maintained(practice, found, calendar)
    if months < 6:
        age = _age(practice, months, calendar)
        return is_(*_young(age, months, recent, fidelity, _begun(found, fidelity, calendar)))
    return is_("holding", f"seen {halves.in_words(window)}" if recent else f"observed {window}")


@dataclass(frozen=True)
class Compared:
    """The last half-year beside the one before, at the sites told of in both: stories of it, and stories.

    ``more`` and ``fewer`` are the chances of so many, and of so few, in the last half-year if nothing
    changed. ``left_out`` sites are told of in one of the two only.
    """

    recent: int
    told_recent: int
    before: int
    told_before: int
    left_out: int
    more: float
    fewer: float

    def in_words(self, window: str) -> str:
        """``in 3 of 40 stories since 2026-Q2, 9 of 38 in the half-year before``, and what is left out."""
        if not (self.told_recent and self.told_before):
            return f"{window}; no site is told of in that time and in the half-year before, to compare"
        said = f"in {self.recent} of {self.told_recent} stories {window}, {self.before} of {self.told_before}"
        said += " in the half-year before"
        if self.left_out:
            said += f", at the sites told of in both ({plural(self.left_out, 'other')} left out)"
        return said


def compared(found: Spread, stories: Told, calendar: Calendar) -> Compared:
    """Each site with itself (:func:`servicestory.strata.at_least_in_all`), as the verdict's growth does it.

    Where later stories come from other sites than earlier ones, all that those sites do seems to rise. So
    sites told of in one half-year only are left out; stories without a site are compared with each other.
    """

    def of(counts: Mapping[str, int]) -> tuple[int, int]:
        recent, before = (sum(counts.get(p, 0) for p in span) for span in (calendar.recent, calendar.before))
        return recent, before

    told = {site: of(counts) for site, counts in stories.per_site.items()}
    seen = {site: of(found.at.get(site, {})) for site in told}
    pairs = [(seen[site], told[site]) for site in sorted(told) if all(told[site])]
    pairs.append((_less(of(found.counts), seen.values()), _less(of(stories.per_period), told.values())))
    marked = [(s, t) for s, t in pairs if any(s)]
    return Compared(
        recent=sum(s[0] for s, _ in pairs),
        told_recent=sum(t[0] for _, t in pairs),
        before=sum(s[1] for s, _ in pairs),
        told_before=sum(t[1] for _, t in pairs),
        left_out=sum(any(n) and not all(n) for n in told.values()),
        more=at_least_in_all((s[0], sum(t), sum(s), t[0]) for s, t in marked),
        fewer=at_least_in_all((s[1], sum(t), sum(s), t[1]) for s, t in marked),
    )


def _less(whole: tuple[int, int], parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """What is left of both half-years without these: the stories of no site."""
    parts = list(parts)
    return whole[0] - sum(n for n, _ in parts), whole[1] - sum(n for _, n in parts)


def _begun(found: Spread, fidelity: Fidelity, calendar: Calendar) -> str:
    """``since 2026-Q3``: the first period of the recent time in which it was told of or watched at all."""
    seen = {p for p in calendar.recent if found.counts.get(p)}
    if fidelity.recent_from:
        seen.add(period(fidelity.recent_from.isoformat(), calendar.kind) or calendar.recent[0])
    return f"since {min(seen, default=calendar.recent[0])}"


def too_weak(practice: Practice) -> bool:
    """More has to be known before a decision; what is wide can be decided on though nobody is named.

    What it is says :attr:`servicestory.models.practice.Verdict.missing`.
    """
    label = practice.verdict.label if practice.verdict else None
    return label in WEAK and practice.evidence_level in (None, "emerging")


def _age(practice: Practice, months: int, calendar: Calendar) -> str:
    """How long a young practice has been kept up; a decision may be younger than the time looked at."""
    decided = [d.on for d in practice.decisions if d.to in LIVE]
    if decided and first_day(decided[0]) > calendar.today:
        return f"decided on after this time, on {decided[0]}"
    return f"{plural(months, 'month')} so far" if months else "begun less than a month ago"


def _just_decided(practice: Practice, calendar: Calendar) -> str:
    """The day it was first decided to be copied, within the last half-year; else empty."""
    decided = next((d.on for d in practice.decisions if d.to in LIVE), "")
    return decided if decided and (period(decided, calendar.kind) or "") >= calendar.recent[0] else ""


def _young(age: str, months: int, recent: int, fidelity: Fidelity, window: str) -> tuple[str, str]:
    """State and reason of a practice that is not six months old."""
    done, of = fidelity.recent_done, fidelity.recent_of
    if 2 * done < of:
        return "too early", f"{age}; done in {done} of {of} watched opportunities {window}, less than half"
    seen = [f"in {plural(recent, 'story', 'stories')}"] if recent else []
    if of:
        seen.append(f"in {done} of {of} watched opportunities")
    where = f"{' and '.join(seen)} {window}"
    if not months:
        return "too early", f"{age}; {where}"
    if max(recent, done) < ENOUGH:
        return "too early", f"{age}; {where}: too little to say that it takes hold"
    return "taking hold", f"{age}; {where}; six months make it last"


def newly_reached(found: Spread, stories: Told, calendar: Calendar) -> list[str]:
    """Sites where a practice is new: seen in the last half-year, never before though stories were told there.

    A site counts only when chance would hardly put all its sightings into the recent time (below 5 %, split
    among the sites in question); with many sites, a first sighting somewhere is nothing to report.
    """
    start = calendar.recent[0]
    new = [site for site, periods in found.at.items() if min(periods) >= start]
    if len(new) == len(found.at):
        return []
    reached = []
    for site in sorted(new):
        told_there = stories.per_site[site]
        recent = sum(n for p, n in told_there.items() if p >= start)
        earlier = sum(n for p, n in told_there.items() if p < start)
        sightings = sum(found.at[site].values())
        if at_least_in_all([(sightings, recent + earlier, sightings, recent)]) < CHANCE / len(new):
            reached.append(site)
    return reached


def maintained(practice: Practice, found: Spread, calendar: Calendar) -> int:
    """Months a practice has been kept up (RE-AIM): since it was accepted, as far as it was seen without a
    half-year's pause; from its first sighting when no acceptance is recorded.
    """
    seen = sorted(found.counts)
    if not seen:
        return 0
    accepted = [d.on for d in practice.decisions if d.to in LIVE]
    line = [p for p in calendar.all if p >= seen[0]]
    start, pause = None, 0
    for p in line:
        if found.counts.get(p):
            start, pause = start or p, 0
        elif last_day(p) <= calendar.today:  # the period under way may still see it
            pause += 1
            if pause >= HALF_YEAR[calendar.kind]:
                start = None
    if start is None:
        return 0
    since = max(first_day(start), first_day(accepted[0]) if accepted else first_day(start))
    return max(0, (calendar.today.year - since.year) * 12 + calendar.today.month - since.month)
