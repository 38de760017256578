"""Thanks due, a story for the team meeting, and groups that are never seen. No points, no league tables.

A thank-you is timely (days since), specific (the behaviour and its effect, from the evidence) and sincere
(the teller's own words, quoted where they cannot be said to whoever is thanked). It is private unless the
people concerned agreed to more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log
from typing import Any

from servicestory.consent import known
from servicestory.models.base import day_said, first_day, last_day
from servicestory.models.monitoring import Observation, Recognition
from servicestory.models.organisation import Organisation
from servicestory.models.practice import ENDED, LIVE, Evidence, Practice
from servicestory.models.story import Story
from servicestory.monitor import told
from servicestory.text import folded, listing, one_line, plural, unlisted

TIMELY = 90  # days; thanks that come later are better than none, but no longer chased
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Thanks:
    """A thank-you due, with what makes it specific: who did what, with what effect, in whose words.

    ``days`` have passed since at the least; None where the story has no date.
    """

    story: str
    title: str
    date: str | None
    days: int | None
    people: tuple[str, ...]
    behaviour: str | None
    effect: str | None
    words: str | None
    practice: str | None
    standard: str | None
    sharing: str
    quoted: tuple[str, ...] = ()  # the behaviour as it may be read alone; without one the nearest sentences
    story_text: str = ""
    by: tuple[str, ...] = ()  # who of the people is told to have done it; none where it is not said
    teller: str | None = None  # who of the people told it themselves

    def to_json(self) -> dict[str, Any]:
        """The entry of ``due`` in `recognize --json`."""
        given = {k: v for k, v in self.__dict__.items() if k not in ("story_text", "quoted", "by", "teller")}
        return {**given, "people": list(self.people)}


def links(practices: Iterable[Practice]) -> dict[str, list[Practice]]:
    """For each story the practices it is evidence for, accepted ones first, then by id."""
    out: dict[str, list[Practice]] = {}
    for practice in sorted(practices, key=lambda p: (p.status not in LIVE, p.id)):
        if practice.status in ENDED:
            continue
        for story in {e.story for e in practice.evidence}:
            out.setdefault(story, []).append(practice)
    return out


def standing(given: Iterable[Recognition]) -> list[Recognition]:
    """The records that nobody took back, in their order."""
    left: list[Recognition] = []
    for one in given:
        if one.taken_back_on is None:
            left.append(one)
        elif (meant := one.model_copy(update={"taken_back_on": None})) in left:
            left.remove(meant)
    return left


def due(
    stories: Iterable[Story],
    practices: Mapping[str, Sequence[Practice]],
    given: Iterable[Recognition],
    today: date,
    within: int = TIMELY,
) -> list[Thanks]:
    """What to thank for in the stories that wait for it, oldest first; see `waiting`.

    Args:
        practices: for each story its practices, as `links` gives them.
    """
    waits = waiting(stories, given, today, within)
    return [thanks(story, practices.get(story.id, ()), days, today) for days, story in waits]


def waiting(
    stories: Iterable[Story], given: Iterable[Recognition], today: date, within: int = TIMELY
) -> list[tuple[int, Story]]:
    """(days, story) of the last ``within`` days that name somebody nobody has thanked, oldest first.

    A story is given with those of its people who still wait.
    """
    thanked = _recipients(given)
    found = []
    for story in stories:
        left = _left(story, thanked)
        if not left or story.date is None or first_day(story.date) > today:
            continue
        days = max(0, (today - last_day(story.date)).days)
        if days <= within:
            found.append((days, story.model_copy(update={"people": left})))
    return sorted(found, key=lambda w: (-w[0], w[1].id))


def undated(stories: Iterable[Story], given: Iterable[Recognition]) -> list[str]:
    """The stories that name somebody nobody has thanked, and no date by which thanks would be due."""
    thanked = _recipients(given)
    return [s.id for s in stories if s.date is None and _left(s, thanked)]


def _recipients(given: Iterable[Recognition]) -> dict[str, set[str | None]]:
    """Story -> who was thanked for it, folded; None where all of its people were."""
    found: dict[str, set[str | None]] = {}
    for one in given:
        if one.kind == "thanks":
            found.setdefault(one.story, set()).add(folded(one.recipient) if one.recipient else None)
    return found


def _left(story: Story, thanked: Mapping[str, set[str | None]]) -> list[str]:
    """Those of a story's people whom nobody has thanked; nobody where somebody by another name was.

    Nor anybody of a customer's complaint: to be thanked for it would be a mockery.
    """
    if story.unhappy:
        return []
    names = thanked.get(story.id, set())
    there = known(story.people)  # whoever was removed reads no letter
    left = [name for name in there if folded(name) not in names]
    return left if not names or (None not in names and len(left) < len(there)) else []


def thanks(story: Story, practices: Sequence[Practice], days: int | None, today: date) -> Thanks:
    """What to thank for in one story: its evidence that tells who did it, or a listed line."""
    practice = practices[0] if practices else None
    behaviour = _behaviour(story, practice)
    evidence = [e for p in practices for e in p.evidence]
    quoted = _quoted(story, behaviour, evidence)
    return Thanks(
        story.id,
        story.title or story.id,
        story.date,
        days,
        tuple(known(story.people)),
        behaviour,
        story.outcome,
        story.quote,
        practice.id if practice else None,
        practice.standard if practice else None,
        sharing(story, today),
        quoted,
        story.narrative.strip(),
        told.by_whom(story, behaviour) if behaviour else (),
        told.teller(story),
    )


def _quoted(story: Story, behaviour: str | None, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """At most two sentences that tell what those thanked did; without one, the nearest that name them."""
    own = told.deeds(story, evidence)
    if behaviour:
        own = own if behaviour in own else (behaviour,)
    chosen = own or told.nearest(story, evidence)
    if len(chosen) > 1 and chosen[0] in (both := told.in_context(story, chosen[1])):
        return (both,)
    return tuple(told.in_context(story, said) for said in chosen[:1]) + chosen[1:]


def _behaviour(story: Story, practice: Practice | None) -> str | None:
    """The evidence of an accepted practice; else what the teller listed; else a candidate's evidence."""
    shown = told.deed(story, [e for e in practice.evidence if e.story == story.id] if practice else [])
    lines = [unlisted(" ".join(line.split())) for line in story.behaviours if line.strip()]
    listed = max(lines, key=lambda line: len(line.split()), default=None)
    decided = practice is not None and practice.status in LIVE
    return (shown or listed) if decided else (listed or shown)


def sharing(story: Story, today: date) -> str:
    """How far the consents that still stand reach: ``private``, ``team``, ``company`` or ``external``."""
    uses: set[str] = set()
    for consent in story.consent:
        if consent.stands(today):
            uses.update(consent.uses)
    return next((use for use in ("external", "company", "team") if use in uses), "private")


def note(item: Thanks, giver: str, did: Sequence[str] = (), by: Sequence[Collection[str]] = ()) -> str:
    """The draft of a thank-you note, to be said or written in the giver's own words.

    Args:
        did: what they did as it is said to them after "you", where that could be read; else the teller's
            sentence is quoted, since it speaks about them and not to them.
        by: for each of these which of the people did it; nobody where it is not said.
    """
    who = listing([name.strip() for name in item.people])
    when = _when(item)
    lines = [f"{who}, thank you.", ""]
    # A title made of the story's first words would say the same sentence twice, and cut short.
    first = one_line(item.story_text, 30).rstrip("…")
    untitled = item.title == item.story or (first and item.title.startswith(first))
    called = "" if untitled else f": “{item.title}”"
    lines.append(f"{when + ' you' if when else 'You'} did something we want to be known for{called}.")
    if did:
        lines += _thanked(item.people, did, by)
    elif item.behaviour:
        said = " … ".join(item.quoted).strip("“”").rstrip(".")
        said = f"“{said}{'' if said.endswith(('!', '?', '…')) else '.'}”"
        if 0 < len(item.by) < len(item.people):
            lines.append(f"{listing(list(item.by))}, this was told of you: {said}")
            lines += _had_a_part(item.people, item.by)
        elif item.people == (item.teller,):
            lines.append(f"{_as_told(item)}: {said}")
        else:
            lines.append(f"What was told of you: {said}")
    elif item.quoted:
        # Nobody has said yet in so many words what was done: the story itself has to say it.
        lines.append(f"{_as_told(item)}: “{one_line(' … '.join(item.quoted), 400)}”")
    if item.effect:
        lines.append(f"What came of it: {item.effect.rstrip('.')}.")
    if item.words:
        lines.append(f"In the customer's words: “{item.words.strip('“”')}”")
    return "\n".join([*lines, "", giver]).rstrip()


def _as_told(item: Thanks) -> str:
    """Who tells what is quoted: an "I" in it is one of those thanked, or somebody who watched."""
    if item.teller in item.people:
        return f"As {'you' if len(item.people) == 1 else item.teller} told it"
    return "As it was told"


def _when(item: Thanks) -> str:
    """When it was, as far as that is known: no day is said of a story that tells the month or nothing."""
    if item.date is None or item.days is None:
        return ""
    if first_day(item.date) != last_day(item.date):
        return f"In {day_said(item.date)}"
    return "Today" if item.days == 0 else f"{plural(item.days, 'day')} ago"


def _thanked(people: Sequence[str], did: Sequence[str], by: Sequence[Collection[str]]) -> list[str]:
    """What they did, each deed said to whoever did it, and to all where it is not said who of them it was."""
    if len(people) == 1:
        return [f"You {listing(list(did))}."]
    whose: dict[tuple[str, ...], list[str]] = {}
    for n, deed in enumerate(did):
        who = tuple(name for name in people if n < len(by) and name in by[n])
        whose.setdefault(who, []).append(deed)
    lines = []
    for who, deeds in whose.items():
        begin = f"{listing(list(who))}, you" if who else "Between you, you"
        begin = "You" if len(who) == len(people) else begin
        lines.append(f"{begin} {listing(deeds)}.")
    named = {name for who in whose for name in who}
    return lines + (_had_a_part(people, named) if () not in whose else [])


def _had_a_part(people: Sequence[str], named: Collection[str]) -> list[str]:
    """Thanks to those the story is about as well, of whom no sentence tells what they did."""
    others = [name for name in people if name not in named]
    return [f"{listing(others)}, you had a part in it."] if others else []


def lineup(
    stories: Iterable[Story],
    practices: Mapping[str, Sequence[Practice]],
    given: Sequence[Recognition],
    today: date,
    how_many: int = 2,
) -> list[Thanks]:
    """Stories for this week's team meeting: each tied to a standard, of different standards where possible,
    not told before, newest first, and only where nobody is named or somebody was asked, and nobody refused.

    The standard that was told longest ago comes first, so that all get their turn.
    """
    stories = list(stories)
    standard_of = {s.id: _standard(practices.get(s.id, ())) for s in stories}
    last: dict[str, str] = {}
    for r in given:
        standard = standard_of.get(r.story)
        if r.kind == "lineup" and standard:
            last[standard] = max(last.get(standard, ""), r.delivered_on)
    failing = unfit(stories, practices, given, today)
    fit = [s for s in stories if not any(s.id in failed for failed in failing.values())]
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


def unfit(
    stories: Iterable[Story],
    practices: Mapping[str, Sequence[Practice]],
    given: Iterable[Recognition],
    today: date,
) -> dict[str, list[str]]:
    """Condition of the team meeting -> the stories that fail it; one story may fail several.

    The conditions are ``standard`` (it shows a practice that serves one), ``told`` (not told before),
    ``asked`` (nobody is named, or somebody was asked whether the team may hear it), ``consent`` (everybody
    who was asked agreed), ``date`` (it has one, not ahead) and ``happy`` (it is no complaint).
    """
    stories, told = list(stories), {r.story for r in given if r.kind == "lineup"}
    return {
        "standard": [s.id for s in stories if not _standard(practices.get(s.id, ()))],
        "told": [s.id for s in stories if s.id in told],
        "asked": [s.id for s in stories if known(s.people) and not s.consent],
        "consent": [s.id for s in stories if s.refused("team", "company", "external", on=today)],
        "date": [s.id for s in stories if s.date is None or first_day(s.date) > today],
        "happy": [s.id for s in stories if s.unhappy],
    }


def _standard(practices: Sequence[Practice]) -> str | None:
    return next((p.standard for p in practices if p.standard), None)


def unseen(
    organisation: Organisation,
    stories: Iterable[Story],
    today: date,
    observations: Iterable[Observation] = (),
) -> tuple[list[dict[str, Any]], int]:
    """How often stories of the last year name somebody of each team, role, site and shift, against exposure.

    Exposure is headcount for teams, roles and sites (``people`` of a team and ``eligible`` of a site count
    before the staff list), and opportunities watched for shifts. Groups of fewer people, or opportunities,
    than the smallest group that may be shown are left out with their stories, so that nothing of them can be
    worked out from the rest, and counted; a kind with one group left tells nothing. A group whose stories are
    so few that chance would hardly make it (below 5 %) is ``unseen``: what keeps its work out of sight?
    """
    named = [
        s for s in stories if s.people and s.date is not None and today - YEAR <= first_day(s.date) <= today
    ]
    shown: list[dict[str, Any]] = []
    hidden = 0
    for kind, every in _exposure(organisation, observations, today).items():
        sizes = {group: size for group, size in every.items() if size >= organisation.privacy.smallest_group}
        whole = sum(sizes.values())
        hidden += len(every) - len(sizes)
        if len(sizes) < 2:
            continue
        told: Counter[str] = Counter()
        total = 0
        for story in named:
            people = list(filter(None, map(organisation.colleague, story.people)))
            groups = {
                "team": {p.team for p in people} or {story.team},
                "role": {p.role for p in people},
                "site": {story.site},
                "shift": {story.shift},
            }[kind]
            seen = [g for g in groups if g is not None and g in sizes]
            total += bool(seen)
            told.update(seen)
        for group, size in sorted(sizes.items()):
            share = size / whole
            shown.append(
                {
                    "kind": kind, "group": group, "size": size, "of": whole, "stories": told[group],
                    "expected": round(total * share, 1), "unseen": _at_most(told[group], total, share) < 0.05,
                }
            )  # fmt: skip
    return shown, hidden


def _exposure(
    organisation: Organisation, observations: Iterable[Observation], today: date
) -> dict[str, dict[str, int]]:
    """For each kind how much each group could have been seen: people; for shifts opportunities in a year."""
    staff = organisation.staff
    teams = Counter(p.team for p in staff if p.team)
    for team in organisation.teams:
        if team.people is not None:
            teams[team.name] = team.people
    roles = Counter(p.role for p in staff if p.role)
    sites = {s.name: s.eligible for s in organisation.sites if s.eligible}
    shifts = Counter(o.shift for o in observations if o.shift and today - YEAR <= first_day(o.on) <= today)
    return {"team": dict(teams), "role": dict(roles), "site": sites, "shift": dict(shifts)}


def _at_most(k: int, n: int, share: float) -> float:
    """How likely ``k`` or fewer of ``n`` stories are for a group of this share."""
    if share >= 1:
        return float(k >= n)
    logs = (
        lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(share) + (n - i) * log(1 - share)
        for i in range(k + 1)
    )
    return min(1.0, sum(map(exp, logs)))
