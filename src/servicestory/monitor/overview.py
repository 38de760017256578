"""Everything `monitor` knows: records in; charts, states and what to do next out, as the contract has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servicestory.models.base import first_day, last_day
from servicestory.models.monitoring import (
    Detection,
    Measure,
    MeasurePoint,
    Observation,
    Rebase,
    Recognition,
    Replication,
    Training,
)
from servicestory.models.organisation import Organisation
from servicestory.models.practice import LIVE, Practice, heirs
from servicestory.models.procedure import Procedure
from servicestory.models.review import Action, Closing, LeaderCheck
from servicestory.models.story import Story
from servicestory.monitor import actions, due, life, observed, recognition, spread
from servicestory.monitor.funnel import Funnel
from servicestory.monitor.measures import chart_all
from servicestory.monitor.observed import Fidelity
from servicestory.monitor.periods import Calendar, calendar
from servicestory.monitor.series import Series
from servicestory.monitor.spread import Spread, State
from servicestory.text import plural

ADOPTED = ("adopted", "adapted", "already in place")


@dataclass
class Records:
    """What `monitor` reads; every list may be empty."""

    organisation: Organisation
    today: date
    stories: Sequence[Story] = ()
    practices: Sequence[Practice] = ()
    observations: Sequence[Observation] = ()
    measures: Sequence[Measure] = ()
    points: Sequence[MeasurePoint] = ()
    rebases: Sequence[Rebase] = ()
    recognitions: Sequence[Recognition] = ()
    trainings: Sequence[Training] = ()
    procedures: Sequence[Procedure] = ()
    replications: Sequence[Replication] = ()
    detections: Sequence[Detection] = ()
    actions: Sequence[Action] = ()
    closings: Sequence[Closing] = ()
    leaders: Sequence[LeaderCheck] = ()
    # practice -> how many told steps its documents give, where they are written; -1: not a step
    documented: Mapping[str, int] = field(default_factory=dict)
    outdated: Mapping[str, str] = field(default_factory=dict)  # practice -> why its training is out of date
    mend: Sequence[due.Next] = ()  # heroics to make needless, failures to prevent, that no review took up yet


@dataclass
class Watched:
    """One practice as `monitor` sees it."""

    practice: Practice
    spread: Spread
    fidelity: Fidelity
    state: State
    months: int
    trained_on: str | None
    sites_reached: int
    reach: dict[str, Any]
    life: list[dict[str, str]]

    def to_json(self) -> dict[str, Any]:
        """The entry of ``practices`` in `monitor --json`."""
        return {
            "id": self.practice.id, "name": self.practice.name, "status": self.practice.status,
            "spread": self.spread.periods, "fidelity": self.fidelity.to_json(), "state": self.state.state,
            "arrow": self.state.arrow, "why": self.state.why, "life": self.life,
            "months": self.months, "trained_on": self.trained_on, "reach": self.reach,
        }  # fmt: skip


@dataclass
class Overview:
    """The whole picture on one day."""

    calendar: Calendar
    told: spread.Told
    practices: list[Watched] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    funnels: dict[str, Funnel] = field(default_factory=dict)
    next: list[due.Next] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The object `monitor --json` prints."""
        return {
            "schema": 1,
            "on": self.calendar.today.isoformat(),
            "stories": len(self.told.by_id),
            "measures": [{**s.to_json(), **self._funnel(s)} for s in self.series],
            "practices": [w.to_json() for w in self.practices],
            "next": [n.to_json() for n in self.next],
            "actions": [
                {**a.to_yaml(), "kind": a.kind, "overdue": actions.overdue(a, self.calendar.today)}
                for a in self.actions
            ],
            "notes": self.notes,
        }

    def _funnel(self, series: Series) -> dict[str, Any]:
        found = self.funnels.get(series.measure.id) if series.site is None else None
        if found is None:
            return {}
        places = [
            {
                "site": p.site,
                "value": round(p.value, 10),
                "n": p.n,
                "lower": round(p.lower, 10),
                "upper": round(p.upper, 10),
                "outside": p.outside,
            }
            for p in found.places
        ]
        return {"sites": {"centre": round(found.centre, 10), "places": places}}


def overview(records: Records) -> Overview:
    """What the records say today. The same records give the same answer, whatever their order in files."""
    kind, today = records.organisation.periods.kind, records.today
    told = spread.told(records.stories, records.organisation, today)
    when = calendar(kind, min(told.per_period, default=None), today)
    out = Overview(when, told)
    if told.undated:
        out.notes.append(
            f"{plural(told.undated, 'story has', 'stories have')} no date that says in which {kind} it was, "
            "or one in the future; left out of what is counted over time."
        )
    unread = _unread(records)
    read = out.told
    if unread:
        # A story nobody looked through for practices says nothing of what fades.
        read = spread.told((s for s in records.stories if s.id not in unread), records.organisation, today)
        last = max(d.on for d in records.detections)
        out.notes.append(
            f"{plural(len(unread), 'story is', 'stories are')} newer than the last look for practices "
            f"({last}) and left out of how these go; look again with: servicestory detect"
        )
    _watch_practices(records, out, read)
    charted = chart_all(
        records.measures, records.points, records.rebases, {s.name for s in records.organisation.sites}, today
    )
    out.series, out.funnels = charted.series, charted.funnels
    out.notes += charted.notes
    waiting = recognition.waiting(records.stories, records.recognitions, today)
    states = {w.practice.id: w.state for w in out.practices}
    counts = {w.practice.id: w.spread.stories for w in out.practices}
    trained = {w.practice.id: w.trained_on for w in out.practices if w.trained_on}
    names = {w.practice.id: w.practice.name for w in out.practices}
    out.actions = actions.standing(a for a in records.actions if first_day(a.on) <= today)
    out.next = due.in_order(
        [
            *due.actions_due(out.actions, actions.to_close(records.closings, kind, today), today),
            *due.outdated_due(records.outdated, names),
            *(
                n
                for n in due.practices_due(
                    [w.practice for w in out.practices],
                    states,
                    counts,
                    records.procedures,
                    trained,
                    records.documented,
                    records.organisation,
                    today,
                )
                if n.what != "training out of date" or n.ref not in records.outdated
            ),
            *due.wearing_off({w.practice.id: w.fidelity.wears_off for w in out.practices}, names),
            *due.measures_due(out.series, out.funnels),
            *due.answers_due({w.practice.id: w.reach["unanswered"] for w in out.practices}, names),
            *due.sites_due(records.organisation, told, when),
            *due.people_due(waiting, records.stories, today),
            *records.mend,
        ]
    )
    return out


def _unread(records: Records) -> set[str]:
    """Stories told after the last detection, as far as no practice rests on them."""
    if not records.detections:
        return set()
    last = last_day(max(d.on for d in records.detections))
    known = {e.story for p in records.practices for e in p.evidence}
    newer = (s.id for s in records.stories if s.date and last < first_day(s.date) <= records.today)
    return {story for story in newer if story not in known}


def _watch_practices(records: Records, out: Overview, told: spread.Told) -> None:
    today = records.today
    became = heirs(records.practices)
    shown = [p for p in records.practices if p.status in LIVE or (p.status == "candidate" and p.evidence)]
    known = {p.id for p in records.practices}
    observations: dict[str, list[Observation]] = {}
    for observation in records.observations:
        observations.setdefault(became.get(observation.practice, observation.practice), []).append(
            observation
        )
    if lost := sorted(set(observations) - known):
        out.notes.append(f"Observations of {', '.join(lost)} are left out: there is no such practice.")
    held: dict[str, list[Training]] = {}
    for training in records.trainings:
        if first_day(training.on) <= today and training.teach_back != "not yet":
            held.setdefault(became.get(training.practice, training.practice), []).append(training)
    answers: dict[str, dict[str, str]] = {}
    for answer in records.replications:
        answers.setdefault(became.get(answer.practice, answer.practice), {})[answer.site] = answer.response
    leaders: dict[str, list[LeaderCheck]] = {}
    for check in records.leaders:
        if first_day(check.on) <= today:
            leaders.setdefault(became.get(check.practice, check.practice), []).append(check)
    smallest = records.organisation.privacy.smallest_group
    for practice in sorted(shown, key=lambda p: p.id):
        trainings = held.get(practice.id, [])
        taught: dict[str, list[str]] = {}
        for training in trainings:
            if training.site:
                taught.setdefault(training.site, []).append(training.on)
        watched = observations.get(practice.id, [])
        found = spread.spread(practice, told, out.calendar, smallest)
        fidelity = observed.fidelity(
            watched,
            out.calendar,
            smallest,
            trained_on=taught or None,
        )
        months = spread.maintained(practice, found, out.calendar)
        reach = _reach(records.organisation, found, answers.get(practice.id, {}))
        missed = observed.missed_words(watched, smallest)
        out.practices.append(
            Watched(
                practice,
                found,
                fidelity,
                spread.state(practice, found, fidelity, told, out.calendar),
                months,
                max((t.on for t in trainings), default=None),
                len(found.at),
                reach,
                life.sentences(
                    reach, fidelity, months, missed, leaders.get(practice.id, ()), found.people_said
                ),
            )
        )


def _reach(organisation: Organisation, found: Spread, answers: Mapping[str, str]) -> dict[str, Any]:
    """Reach and adoption (RE-AIM): sites of all to which it applies, people seen doing it of those who could.

    ``adopters`` are sites where it was seen or that answered so; a site that rejected it since is none.

    Args:
        answers: what each site that was asked answered last.
    """
    apt = [s for s in organisation.sites if answers.get(s.name) != "not applicable"]
    eligible = [s.eligible for s in apt if s.eligible is not None]
    said_no = {site for site, response in answers.items() if response in ("rejected", "not applicable")}
    adopters = ({site for site, r in answers.items() if r in ADOPTED} | set(found.at)) - said_no
    if apt:
        adopters &= {s.name for s in apt}
    counts: dict[str, int] = {}
    for response in sorted(answers.values()):
        counts[response] = counts.get(response, 0) + 1
    return {
        "sites": len(found.at),
        "adopters": len(adopters),
        "of_sites": len(apt) or None,
        "people": found.people,
        "eligible": sum(eligible) if apt and len(eligible) == len(apt) else None,
        "answers": counts,
        "unanswered": [s.name for s in apt if s.name not in answers and s.name not in found.at]
        if answers
        else [],
    }
