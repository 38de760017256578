"""Thanks due, a story for the team meeting, and groups that are never seen. No points, no league tables.

A thank-you is timely (days since), specific (the behaviour and its effect, from the evidence) and sincere
(the teller's own words). It is private unless the people concerned agreed to more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from servicestory.models.base import first_day, last_day
from servicestory.models.monitoring import Recognition
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.monitor.spread import LIVE
from servicestory.text import listing, plural

TIMELY = 90  # days; thanks that come later are better than none, but no longer chased
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Thanks:
    """A thank-you due, with what makes it specific: who did what, with what effect, in whose words."""

    story: str
    title: str
    days: int
    people: tuple[str, ...]
    behaviour: str | None
    effect: str | None
    words: str | None
    practice: str | None
    standard: str | None
    sharing: str

    def to_json(self) -> dict[str, Any]:
        """The entry of ``due`` in `recognize --json`."""
        return {**self.__dict__, "people": list(self.people)}


def links(practices: Iterable[Practice]) -> dict[str, list[Practice]]:
    """For each story the practices it is evidence for, accepted ones first, then by id."""
    out: dict[str, list[Practice]] = {}
    for practice in sorted(practices, key=lambda p: (p.status not in LIVE, p.id)):
        if practice.status in ("rejected", "merged", "retired"):
            continue
        for story in {e.story for e in practice.evidence}:
            out.setdefault(story, []).append(practice)
    return out


def due(
    stories: Iterable[Story],
    practices: Mapping[str, Sequence[Practice]],
    given: Iterable[Recognition],
    today: date,
    within: int = TIMELY,
) -> list[Thanks]:
    """Stories of the last ``within`` days that name somebody nobody has thanked, oldest first.

    Args:
        practices: for each story its practices, as `links` gives them.
    """
    thanked = {r.story for r in given if r.kind == "thanks"}
    found = []
    for story in stories:
        if not story.people or story.date is None or story.id in thanked:
            continue
        if first_day(story.date) > today:
            continue
        days = max(0, (today - last_day(story.date)).days)
        if days <= within:
            found.append(thanks(story, practices.get(story.id, ()), days, today))
    return sorted(found, key=lambda t: (-t.days, t.story))


def thanks(story: Story, practices: Sequence[Practice], days: int, today: date) -> Thanks:
    """What to thank for in one story: the words its evidence points at, else its first line of behaviour."""
    practice = practices[0] if practices else None
    return Thanks(
        story.id,
        story.title or story.id,
        days,
        tuple(story.people),
        _behaviour(story, practice),
        story.outcome,
        story.quote,
        practice.id if practice else None,
        practice.standard if practice else None,
        sharing(story, today),
    )


def _behaviour(story: Story, practice: Practice | None) -> str | None:
    """The evidence of an accepted practice; else what the teller listed; else a candidate's evidence."""
    places = practice.evidence if practice else []
    shown = [text for e in places if e.story == story.id and (text := e.text_in(story)) and text.strip()]
    listed = [line for line in story.behaviours if line.strip()]
    decided = practice is not None and practice.status in LIVE
    return next((" ".join(t.split()) for t in (shown + listed if decided else listed + shown)), None)


def sharing(story: Story, today: date) -> str:
    """How far the consents that still stand reach: ``private``, ``team``, ``company`` or ``external``."""
    uses: set[str] = set()
    for consent in story.consent:
        if consent.withdrawn_on is None or first_day(consent.withdrawn_on) > today:
            uses.update(consent.uses)
    return next((use for use in ("external", "company", "team") if use in uses), "private")


def note(item: Thanks, giver: str) -> str:
    """The draft of a thank-you note, to be said or written in the giver's own words."""
    who = listing([name.strip() for name in item.people])
    when = "today" if item.days == 0 else f"{plural(item.days, 'day')} ago"
    lines = [f"{who}, thank you.", ""]
    lines.append(f"{when.capitalize()} you did something we want to be known for: “{item.title}”.")
    if item.behaviour:
        lines.append(f"What you did: {item.behaviour.rstrip('.')}.")
    if item.effect:
        lines.append(f"What came of it: {item.effect.rstrip('.')}.")
    if item.words:
        lines.append(f"In the teller's words: “{item.words.strip('“”')}”")
    return "\n".join([*lines, "", giver])


def lineup(
    stories: Iterable[Story],
    practices: Mapping[str, Sequence[Practice]],
    given: Sequence[Recognition],
    today: date,
    how_many: int = 2,
) -> list[Thanks]:
    """Stories for this week's team meeting: each tied to a standard, of different standards where possible,
    not told before, newest first, and only where nobody is named or the team may hear it.

    The standard that was told longest ago comes first, so that all get their turn.
    """
    stories = list(stories)
    told = {r.story for r in given if r.kind == "lineup"}
    standard_of = {s.id: _standard(practices.get(s.id, ())) for s in stories}
    last: dict[str, str] = {}
    for r in given:
        standard = standard_of.get(r.story)
        if r.kind == "lineup" and standard:
            last[standard] = max(last.get(standard, ""), r.delivered_on)
    fit = [
        s
        for s in stories
        if s.id not in told
        and standard_of[s.id]
        and s.date is not None
        and first_day(s.date) <= today
        and (not s.people or sharing(s, today) != "private")
    ]
    fit.sort(key=lambda s: s.id)
    fit.sort(key=lambda s: first_day(s.date or "0001"), reverse=True)
    turn = sorted({standard_of[s.id] or "" for s in fit}, key=lambda name: (last.get(name, ""), name))
    chosen: list[Story] = []
    while turn and len(chosen) < how_many:
        for standard in turn:
            pick = next((s for s in fit if standard_of[s.id] == standard and s not in chosen), None)
            if pick and len(chosen) < how_many:
                chosen.append(pick)
        if len(chosen) >= min(how_many, len(fit)):
            break
    return [
        thanks(
            s, [p for p in practices[s.id] if p.standard], (today - first_day(s.date or "0001")).days, today
        )
        for s in chosen
    ]


def _standard(practices: Sequence[Practice]) -> str | None:
    return next((p.standard for p in practices if p.standard), None)


def unseen(
    organisation: Organisation, stories: Iterable[Story], today: date
) -> tuple[list[dict[str, Any]], int]:
    """How often stories of the last year name somebody of each team and role, against its share of staff.

    Groups of fewer people than the smallest group that may be shown are left out, and counted.
    ``chance`` is how likely so few stories are if every colleague were as likely to be named; a group it
    makes unlikely (below 5 %) is ``unseen``: look at what keeps its work out of sight, not at the people.
    """
    names: dict[str, tuple[str | None, str | None]] = {}
    sizes: dict[tuple[str, str], int] = {}
    for person in organisation.staff:
        for name in (person.name, *person.aliases):
            names[name.casefold()] = (person.team, person.role)
        for kind, group in (("team", person.team), ("role", person.role)):
            if group:
                sizes[kind, group] = sizes.get((kind, group), 0) + 1
    counts: dict[tuple[str, str], int] = {}
    total = 0
    for story in stories:
        if story.date is None or not today - YEAR <= first_day(story.date) <= today:
            continue
        groups = set()
        for name in story.people:
            if name.casefold() in names:
                team, role = names[name.casefold()]
                groups |= {("team", team), ("role", role)}
        total += bool(groups)
        for kind, group in groups:
            if group:
                counts[kind, group] = counts.get((kind, group), 0) + 1
    shown = []
    for (kind, group), size in sorted(sizes.items()):
        if size < organisation.privacy.smallest_group:
            continue
        share = size / len(organisation.staff)
        seen = counts.get((kind, group), 0)
        chance = _at_most(seen, total, share)
        expected = round(total * share, 1)
        shown.append(
            {"kind": kind, "group": group, "people": size, "stories": seen, "expected": expected,
             "unseen": chance < 0.05}
        )  # fmt: skip
    return shown, len(sizes) - len(shown)


def _at_most(k: int, n: int, share: float) -> float:
    from math import comb

    return sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1))
