"""How much of what happens is told at all: per contact, by whom, and who is silent. Silent is not poor."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from servicestory.models.base import first_day, last_day, period_of
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.text import folded, listing, plural

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
    if organisation.staff:
        rows.append(("share who tell", _share_who_tell(organisation, stories, today)))
        rows.append(("share told of", _share_told_of(organisation, stories, today)))
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


def _of_half_year(stories: Sequence[Story], today: date) -> list[Story]:
    return [s for s in stories if s.date and 0 <= (today - first_day(s.date)).days <= HALF_YEAR]


def _share_who_tell(organisation: Organisation, stories: Sequence[Story], today: date) -> str:
    """How many of the people and teams listed have a role that told a story: of tellers no more is kept."""
    told = {s.reporter.role for s in _of_half_year(stories, today) if s.reporter and s.reporter.role}
    roles = {folded(p.role) for p in organisation.staff if p.role}
    heard = roles & set(map(folded, told))
    if not heard:
        return ""
    people = [p for p in organisation.staff if p.role and folded(p.role) in heard]
    teams = {p.team for p in people if p.team}
    listed = {p.team for p in organisation.staff if p.team}
    said = (
        f"{len(heard)} of {plural(len(roles), 'role')} on the staff list told a story in the last half-year: "
        f"these are the roles of {_share(len(people), len(organisation.staff), 'people', organisation)}"
    )
    if listed:
        said += f", in {len(teams)} of {plural(len(listed), 'team')}"
    return f"{said}; tellers are kept by role, never by name, so no more of them tell than that"


def _share_told_of(organisation: Organisation, stories: Sequence[Story], today: date) -> str:
    """How many of the people and teams listed a story is told of; whoever is not is no worse for it."""
    now = _of_half_year(stories, today)
    people = {found.name for s in now for name in s.people if (found := organisation.colleague(name))}
    if not people:
        return ""
    teams = {team.name for team in organisation.teams}
    said = f"{_share(len(people), len(organisation.staff), 'people', organisation)} on the staff list"
    if teams:
        said += f" and {len(teams & _named_teams(organisation, now))} of {plural(len(teams), 'team')}"
    return f"{said} are named in a story of the last half-year"


def _share(some: int, of: int, what: str, organisation: Organisation) -> str:
    """So many of all; neither fewer than the smallest group nor all but fewer are counted out."""
    smallest = organisation.privacy.smallest_group
    if of < smallest:
        return f"some of the {what}"
    if 0 < some < smallest:
        return f"fewer than {smallest} of {of:,} {what}"
    if 0 < of - some < smallest:
        return f"more than {of - smallest:,} of {of:,} {what}"
    return f"{some:,} of {of:,} {what} ({round(100 * some / of)}%)"


def _named_teams(organisation: Organisation, stories: Sequence[Story]) -> set[str]:
    """The teams that stories name, as theirs or as that of somebody in them."""
    seen: set[str] = set()
    for story in stories:
        people = filter(None, map(organisation.colleague, story.people))
        seen.update(filter(None, [story.team, *(person.team for person in people)]))
    return seen


def _teams(organisation: Organisation, stories: Sequence[Story], today: date) -> str:
    """Teams no story of the half-year names, by the story's team or the team of somebody in it."""
    seen = _named_teams(organisation, _of_half_year(stories, today))
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
