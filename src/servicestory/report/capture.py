"""How much of what happens is told at all: per contact, by whom, and who is silent. Silent is not poor."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from servicestory.models.base import first_day, last_day, period_of
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.text import listing, plural

CONTACTS = "interactions"  # id of the measure that counts how many customers were met
HALF_YEAR = 183  # days in which a team that told nothing is called silent


def facts(
    organisation: Organisation,
    stories: Sequence[Story],
    measures: Sequence[Mapping[str, Any]],
    period: str,
    today: date,
) -> list[tuple[str, str]]:
    """What to know before reading any count of stories, as (what, sentence).

    Args:
        measures: as `monitor --json` has them.
    """
    now = [s for s in stories if s.date and period_of(s.date, organisation.periods.kind) == period]
    rows = [
        ("per 1,000 contacts", _per_contact(len(now), measures, period)),
        ("who told", _tellers(now, organisation)),
    ]
    prompted: Counter[str] = Counter(s.prompted for s in now)
    if now:
        words = {
            "spontaneous": "told unasked",
            "campaign": "told in a campaign",
            "import": "from a file of answers",
        }
        kinds = [f"{prompted[kind]:,} {said}" for kind, said in words.items() if prompted[kind]]
        many = ""
        if 2 * prompted["import"] > len(now):
            many = "; a file holds what was exported: more or fewer stories than before say nothing"
        rows.append(
            ("how they came in", f"of {plural(len(now), 'story', 'stories')}, {listing(kinds)}{many}")
        )
    if organisation.sites:
        quiet = sorted({s.name for s in organisation.sites} - {s.site for s in now if s.site})
        rows.append(("silent sites", _quiet(quiet, "site", f"told nothing in {period}", 0)))
    if organisation.teams:
        rows.append(("silent teams", _teams(organisation, stories, today)))
    return [(what, says) for what, says in rows if says]


def contacts(measures: Sequence[Mapping[str, Any]], period: str) -> float | None:
    """How many customers were met in the period, by the measure `CONTACTS`; None when not recorded."""
    counted = [m for m in measures if m["id"] == CONTACTS]
    whole = [m for m in counted if m["site"] is None] or counted
    start, end = first_day(period), last_day(period)
    values = [
        p["value"]
        for m in whole
        for p in m["points"]
        if start <= first_day(p["period"]) and last_day(p["period"]) <= end
    ]
    return sum(values) if values and sum(values) > 0 else None


def _per_contact(stories: int, measures: Sequence[Mapping[str, Any]], period: str) -> str:
    met = contacts(measures, period)
    if met is None:
        return f"not known; record how many customers you meet: servicestory measure add {CONTACTS}"
    return f"{1000 * stories / met:.1f} stories per 1,000 ({stories:,} of {met:,.0f} contacts in {period})"


def _tellers(now: Sequence[Story], organisation: Organisation) -> str:
    if not now:
        return ""
    roles = Counter(s.reporter.role for s in now if s.reporter and s.reporter.role)
    said = f"{sum(roles.values())} of {plural(len(now), 'story says', 'stories say')} who told it, by role"
    smallest = organisation.privacy.smallest_group
    shown = [f"{role} {n}" for role, n in sorted(roles.items(), key=lambda r: (-r[1], r[0])) if n >= smallest]
    if shown and len(shown) < len(roles):
        shown.append(f"others fewer than {smallest} each")
    return said + (f": {', '.join(shown)}" if shown else "")


def _teams(organisation: Organisation, stories: Sequence[Story], today: date) -> str:
    """Teams no story of the half-year names, by the story's team or the team of somebody in it."""
    seen: set[str] = set()
    for story in stories:
        if story.date and 0 <= (today - first_day(story.date)).days <= HALF_YEAR:
            people = filter(None, map(organisation.colleague, story.people))
            seen.update(filter(None, [story.team, *(person.team for person in people)]))
    sizes = Counter(p.team for p in organisation.staff if p.team)
    sizes.update({t.name: t.people - sizes[t.name] for t in organisation.teams if t.people is not None})
    quiet = sorted({t.name for t in organisation.teams} - seen)
    # A team of which nobody is listed may have any size; one known to be small is not pointed at.
    named = [t for t in quiet if not 0 < sizes[t] < organisation.privacy.smallest_group]
    return _quiet(named, "team", "not named in any story of the last half-year", len(quiet) - len(named))


def _quiet(names: Sequence[str], kind: str, what: str, small: int) -> str:
    said = f"{listing(list(names))}: {what}; ask what they see" if names else ""
    if small:
        said += ("; " if said else "") + f"{plural(small, f'small {kind}')} not named"
    return said or f"none: every {kind} was heard"
