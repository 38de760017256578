"""Puts together what the quarterly review says: plain values, already without names, for page and tables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servicestory.masking import Mask
from servicestory.models.base import first_day, last_day, period_of, periods_to
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Decision, Practice
from servicestory.models.review import Reflection
from servicestory.models.story import Story
from servicestory.report import capture, cards, heat, near
from servicestory.report.cards import Card
from servicestory.report.heat import ByState, Course, HeatMap
from servicestory.report.near import Spot
from servicestory.report.words import chart_words, figure, is_share, verdict
from servicestory.text import listing, one_line, plural

ORDER = ("standard", "pilot", "accepted", "local", "candidate")
DECIDED = ORDER[:-1]
MOST_CHARTS = 16
MOST_CARDS = 200
MOST_PERIODS = 40
MOST_NEXT = 25
RANDOM = "random act"
MEND = ("fix the system", "prevent the failure")
LONGEST_ANSWER = 300  # characters of a shared reflection
_PLACES = re.compile(r"[\d,]+ places? (?:taken in|taken out|put back|moved|confirmed)")
"""What is recorded of decisions about single places."""
_REASONS = 3  # of such decisions, told in one row


@dataclass(frozen=True)
class Told:
    """What was told: in the period reviewed, in the one before it, and ever. Counts of stories."""

    now: int
    before: int
    ever: int
    facts: list[tuple[str, int, int]]  # what, how many, of how many in the period
    per_period: list[tuple[str, int]]
    sites: list[tuple[str, int, int, int]]  # site, now, before, ever


@dataclass(frozen=True)
class Decided:
    """One recorded decision, and where the practice stands now."""

    on: str
    practice: str
    name: str
    what: str
    reason: str
    now: str


@dataclass(frozen=True)
class Agreed:
    """An action or decision of a review and what came of it; ``now`` is how its figure or practice is."""

    id: str
    kind: str
    period: str
    what: str
    owner: str
    due: str
    expected: str
    outcome: str
    result: str
    now: str
    overdue: bool


@dataclass(frozen=True)
class Review:
    """The whole review. Every text in it is free of names of colleagues that are on record."""

    organisation: str
    language: str
    customer: str
    vision: str
    values: list[str]
    period: str
    previous: str
    kind: str
    on: str
    computed_on: str
    unread: int  # stories told since the verdicts were computed: in no practice yet
    told: Told
    standards: list[tuple[str, str, list[tuple[str, str]]]]  # name, statement, practices (id, name)
    cards: list[Card]
    heat: HeatMap
    measures: list[dict[str, Any]]  # as in `monitor --json`, with the words for each
    waiting: list[Card]
    weak: int  # candidates too little is told of for a verdict
    acts: int  # candidates that are a random act so far
    next: list[tuple[str, str, str]]
    mend: list[tuple[str, str]]  # what, and why: heroics to make needless, failures to prevent
    decided: list[Decided]
    before: list[Agreed]  # actions of earlier reviews: still open, or looked at since the period began
    agreed: list[Agreed]  # actions and decisions of this review
    capture: list[tuple[str, str]]
    reflections: list[tuple[str, str]]  # question and answer, newest first
    map: list[Spot]
    course: Course
    withheld: int
    smallest: int
    notes: list[str] = field(default_factory=list)

    @property
    def nothing_else(self) -> str:
        """What is said where nothing stands under what is next."""
        above = ["the decisions to take"] * bool(self.waiting) + ["what is to be mended"] * bool(self.mend)
        return f"Nothing but {listing(above)}, above." if above else "Nothing is due."

    @property
    def by_state(self) -> ByState | None:
        """How the sites differ, where they are more than the map holds; else the map tells it."""
        found = heat.by_state(self.cards)
        return found if self.heat.more_sites and found.rows else None

    @property
    def standing(self) -> list[Card]:
        """The practices that were decided on."""
        return [c for c in self.cards if c.status in DECIDED]

    @property
    def carded(self) -> list[Card]:
        """The practices the page has a card for: those decided on first, as many as it holds."""
        return self.cards[:MOST_CARDS]

    @property
    def anchors(self) -> set[str]:
        """The places on the page a link may lead to."""
        return {c.anchor for c in self.carded}

    @property
    def charted(self) -> list[dict[str, Any]]:
        """The measures that are drawn on the page, as many as it holds."""
        return [m for m in self.measures if m["shown"]][:MOST_CHARTS]

    @property
    def coming(self) -> list[tuple[str, str, str]]:
        """What is next, as much as the page holds."""
        return self.next[:MOST_NEXT]

    @property
    def candidates(self) -> list[Card]:
        """The practices nobody has decided on yet."""
        return [c for c in self.cards if c.status not in DECIDED]


def gather(
    organisation: Organisation,
    stories: Sequence[Story],
    practices: Sequence[Practice],
    watched: Mapping[str, Any],
    period: str,
    previous: str,
    today: date,
    reflections: Sequence[Reflection] = (),
    beside: Mapping[str, cards.Beside] | None = None,
    mask: Mask | None = None,
    unread: int = 0,
) -> Review:
    """Everything the review of ``period`` says.

    Args:
        stories: those told by ``today``.
        watched: what `monitor --json` prints for the same records and day.
        previous: the period before.
        today: the day of the review; consents are read as of it.
        reflections: those that were shared.
        beside: by practice id, what stands beside its verdict.
        mask: takes names out of every text; without it, only those on record are known.
        unread: how many of the stories the last detection did not read.
    """
    kind = organisation.periods.kind
    smallest = organisation.privacy.smallest_group
    mask = mask or Mask(organisation, (name for s in stories for name in s.people))
    by_id = {s.id: s for s in stories}
    shown = [p for p in practices if p.status in ORDER and any(e.story in by_id for e in p.evidence)]
    shown += [p for p in practices if p.status in DECIDED and p not in shown]
    states = {p["id"]: p for p in watched["practices"]}
    made = cards.build(shown, by_id, states, organisation, mask, today, period, beside)
    made.sort(key=lambda c: (ORDER.index(c.status), -c.stories, c.id))
    due = {n["ref"] for n in watched["next"] if n["what"] == "decision due"}
    candidates = [c for c in made if c.status == "candidate"]
    measures = _measures(watched["measures"], mask)
    told = _told(stories, kind, period, previous, today)
    before, agreed = _agreed(watched, states, measures, period, mask)
    coming = [
        (n["what"], _reference(n["ref"], by_id, mask), mask(n["why"]))
        for n in watched["next"]
        if n["what"] not in ("decision due", *MEND)
    ]
    return Review(
        organisation=organisation.organisation,
        language=organisation.language,
        customer=organisation.customer_word,
        vision=mask(organisation.vision or ""),
        values=[mask(v) for v in organisation.values],
        period=period,
        previous=previous,
        kind=kind,
        on=today.isoformat(),
        computed_on=max((c.computed_on for c in made), default=""),
        unread=unread,
        told=told,
        standards=_standards(organisation, made),
        cards=made,
        heat=heat.build(shown, made, stories),
        measures=measures,
        waiting=[c for c in candidates if c.id in due],
        weak=sum(c.id not in due and not c.label.startswith(RANDOM) for c in candidates),
        acts=sum(c.id not in due and c.label.startswith(RANDOM) for c in candidates),
        next=coming,
        mend=[(n["what"], mask(n["why"])) for n in watched["next"] if n["what"] in MEND],
        decided=_decided(practices, states, period, mask, today),
        before=before,
        agreed=agreed,
        capture=capture.facts(organisation, stories, watched["measures"], period, today),
        reflections=[
            (r.question, one_line(mask(one_line(r.answer)), LONGEST_ANSWER))
            for r in sorted(reflections, key=lambda r: (r.on, r.answer), reverse=True)
            if first_day(period) <= first_day(r.on) <= today
        ],
        map=near.build(shown, made, by_id, mask),
        course=heat.course(made, states, [row for row in told.per_period if row[0] <= period]),
        withheld=sum(not cards.quotable(s, today) for s in stories),
        smallest=smallest,
        notes=[mask(n) for n in watched["notes"]],
    )


def _told(stories: Sequence[Story], kind: str, period: str, previous: str, today: date) -> Told:
    when = {s.id: _when(s, kind, today) for s in stories}
    now = [s for s in stories if when[s.id] == period]
    counts: dict[str, int] = {}
    sites: dict[str, list[int]] = {}
    for story in stories:
        told_in = when[story.id]
        if told_in:
            counts[told_in] = counts.get(told_in, 0) + 1
        if story.site:
            row = sites.setdefault(story.site, [0, 0, 0])
            row[0] += told_in == period
            row[1] += told_in == previous
            row[2] += 1
    facts = [
        ("name the colleagues who did it", sum(bool(s.people) for s in now)),
        ("tell how something that went wrong was put right", sum(s.recovery for s in now)),
        ("are about serving a colleague", sum(s.internal for s in now)),
    ]  # fmt: skip
    return Told(
        now=len(now),
        before=counts.get(previous, 0),
        ever=len(stories),
        facts=[(what, count, len(now)) for what, count in facts if count],
        per_period=[
            (one, counts.get(one, 0))  # also those of which nothing is told, else nobody sees them missing
            for one in (periods_to(min(counts), max(period, *counts), kind)[-MOST_PERIODS:] if counts else ())
        ],
        sites=sorted(
            ((name, a, b, c) for name, (a, b, c) in sites.items()), key=lambda r: (-r[1], -r[3], r[0])
        ),
    )


def _when(story: Story, kind: str, today: date) -> str | None:
    found = period_of(story.date, kind)
    return found if found and first_day(found) <= today else None


def _standards(
    organisation: Organisation, made: Sequence[Card]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (
            s.name,
            s.statement or "",
            [(c.id, c.name) for c in made if c.standard == s.name and c.status in DECIDED],
        )
        for s in organisation.standards
    ]


def _measures(series: Sequence[Mapping[str, Any]], mask: Mask) -> list[dict[str, Any]]:
    """The whole organisation first; a single site is drawn where there is no whole, or its figures moved."""
    whole = {m["id"] for m in series if m["site"] is None}
    news = ("concern", "improvement", "cannot be charted")
    out = []
    order = sorted(series, key=lambda m: (m["site"] is not None, m["id"], m["site"] or ""))
    for number, m in enumerate(order, 1):
        share = is_share(dict(m))
        latest = m["latest"]
        reach = ""
        if latest and latest["lower"] is not None:
            reach = f"{figure(latest['lower'], share)} and {figure(latest['upper'], share)}"
        out.append(
            {
                **m,
                "number": number,
                "shown": m["site"] is None or m["id"] not in whole or m["verdict"] in news,
                "name": mask(m["name"] or m["id"]),
                "said": verdict(dict(m)),
                "sentence": chart_words(dict(m)),
                "newest": figure(latest["value"], share) if latest else "–",
                "reach": reach,
                "aim": figure(m["target_value"], share) if m["target_value"] is not None else "",
                "rows": [
                    (p["period"], figure(p["value"], share), p["n"], figure(p["centre"], share),
                     figure(p["lower"], share), figure(p["upper"], share), p["signal"] or "")
                    for p in m["points"]
                ],
                "between": [
                    (p["site"], figure(p["value"], share), p["n"], figure(p["lower"], share),
                     figure(p["upper"], share), p["outside"] or "")
                    for p in m.get("sites", {}).get("places", ())
                ],
                "notes": [mask(n) for n in m["notes"]],
            }
        )  # fmt: skip
    return out


def _decided(
    practices: Sequence[Practice],
    states: Mapping[str, Mapping[str, Any]],
    since: str,
    mask: Mask,
    today: date,
) -> list[Decided]:
    """Decisions recorded since the day the period reviewed began, in their order, and what became of them.

    Those about single places of a practice, a click each, are one row with their counts and last day.
    """
    start = first_day(since)
    rows = []
    for p in practices:
        state = states.get(p.id)
        now = mask(f"{state['state']}: {state['why']}" if state else p.status)
        clicks: list[Decision] = []
        for d in p.decisions:
            if start <= first_day(d.on) and last_day(d.on) <= today:
                if _PLACES.fullmatch(d.action):
                    clicks.append(d)
                else:
                    rows.append(Decided(d.on, p.id, mask(p.name), mask(_what(d)), mask(d.reason), now))
        if clicks:
            on = max(d.on for d in clicks)
            rows.append(Decided(on, p.id, mask(p.name), _counted(clicks), mask(_reasons(clicks)), now))
    return sorted(rows, key=lambda r: (r.on, r.practice))


def _counted(clicks: Sequence[Decision]) -> str:
    """Of decisions about places: "5 places taken in, 2 places taken out"."""
    counts: dict[str, int] = {}
    for number, what in (d.action.split(" ", 1) for d in clicks):
        kind = what.split(" ", 1)[1]
        counts[kind] = counts.get(kind, 0) + int(number.replace(",", ""))
    return ", ".join(f"{plural(n, 'place')} {kind}" for kind, n in counts.items())


def _reasons(clicks: Sequence[Decision]) -> str:
    """Their reasons, each once; of many the first."""
    said = list(dict.fromkeys(d.reason for d in clicks))
    return "; ".join(said[:_REASONS]) + (" …" if len(said) > _REASONS else "")


def _what(decision: Decision) -> str:
    if decision.action == "renamed":
        return f"renamed from “{decision.from_}” to “{decision.to}”"
    if decision.action == "absorbed":
        return f"took in {decision.from_}"
    if decision.action == "merged":
        return f"merged into {decision.to}"
    if decision.to and decision.to != decision.action:
        return f"{decision.action}, now {decision.to}"
    return decision.action


def _agreed(
    watched: Mapping[str, Any],
    states: Mapping[str, Mapping[str, Any]],
    measures: Sequence[Mapping[str, Any]],
    period: str,
    mask: Mask,
) -> tuple[list[Agreed], list[Agreed]]:
    """Actions of earlier reviews that are open or were looked at since, and what this review agreed on."""
    figures = {m["id"]: m for m in reversed(measures)}  # the whole organisation's line comes first
    before, agreed = [], []
    for a in watched.get("actions", ()):
        now = []
        if (m := figures.get(a.get("measure"))) is not None:
            now.append(f"{m['name']} {m['newest']}, {m['said']}")
        if (state := states.get(a.get("practice"))) is not None:
            now.append(f"{state['id']} {state['state']}")
        row = Agreed(
            a["id"], a["kind"], a["period"], mask(a["what"]), mask(a.get("owner", "")), a.get("due", ""),
            mask(a.get("expected_effect", "")), a.get("outcome", ""), mask(a.get("result", "")),
            "; ".join(now), a["overdue"],
        )  # fmt: skip
        if a["period"] == period:
            agreed.append(row)
        elif a["kind"] == "action" and (not row.outcome or first_day(a["checked_on"]) >= first_day(period)):
            before.append(row)
    return before, agreed


def _reference(ref: str, by_id: Mapping[str, Story], mask: Mask) -> str:
    """What something to do concerns; a story whose id holds a name is told by its day and site."""
    if ref not in by_id:
        return mask(ref)
    story = by_id[ref]
    return mask.reference(ref, story.said) or listing([w for w in (story.date, story.site) if w], "at")
