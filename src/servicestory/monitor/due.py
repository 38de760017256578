"""What to do next, in order of need: each with what it concerns and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from servicestory.models.base import first_day, last_day
from servicestory.models.organisation import Organisation
from servicestory.models.practice import LIVE, Practice
from servicestory.models.procedure import Procedure, heir, waits_for
from servicestory.models.review import Action
from servicestory.models.story import Story
from servicestory.monitor.actions import open_actions, overdue
from servicestory.monitor.funnel import Funnel
from servicestory.monitor.periods import Calendar
from servicestory.monitor.series import Series
from servicestory.monitor.spread import State, Told, too_weak
from servicestory.text import listing, plural

ANSWER_WITHIN = 30  # days in which a teller should hear what came of the story
ORDER = (
    "action overdue", "close the review", "review due", "decision due", "procedure past review",
    "procedure waits", "training out of date", "training wears off", "fading practice",
    "silent practice", "measure worse", "figures to correct", "fix the system", "prevent the failure",
    "answer the tellers", "thank-yous due", "silent site", "site differs", "answer missing",
    "never trained", "procedure missing",
)  # fmt: skip
"""Kinds of things to do in order of need: what was promised, what is out of date, what fades, who waits."""


@dataclass(frozen=True)
class Next:
    """One thing to do: what, the practice, procedure, site, measure or story it concerns, and why."""

    what: str
    ref: str
    why: str

    def to_json(self) -> dict[str, str]:
        """The entry of ``next`` in `monitor --json`."""
        return dict(self.__dict__)


def in_order(found: Iterable[Next]) -> list[Next]:
    """Things to do by `ORDER`; within a kind as they came, a kind it does not know last."""
    place = {what: number for number, what in enumerate(ORDER)}
    return sorted(found, key=lambda n: place.get(n.what, len(place)))


def outdated_due(outdated: Mapping[str, str], names: Mapping[str, str]) -> list[Next]:
    """Practices whose training was built on an older revision, each with what is out of date and why."""
    return [
        Next("training out of date", practice, f"{names[practice]}: {why}")
        for practice, why in sorted(outdated.items())
        if practice in names
    ]


def actions_due(actions: Iterable[Action], to_close: str | None, today: date) -> list[Next]:
    """Actions past their day, and the review that is not closed yet."""
    late = [
        Next(
            "action overdue",
            a.id,
            f"{a.what}: {_since(last_day(a.due or '9999'), today)}; say what came of it",
        )
        for a in open_actions(actions)
        if overdue(a, today)
    ]
    waiting = [Next("close the review", to_close, f"{to_close} is over")] if to_close else []
    return late + waiting


def wearing_off(words: Mapping[str, str], names: Mapping[str, str]) -> list[Next]:
    """Practices that are done less the longer ago the training was."""
    return [Next("training wears off", p, f"{names[p]}: {why}") for p, why in sorted(words.items()) if why]


_READY = {
    None: "nothing is written for it yet",
    -1: "its documents do not give a step yet",
    0: "its documents give general steps only, none that is told here",
    1: "its documents give one step so far; the others are still to be found",
}


def practices_due(
    practices: Sequence[Practice],
    states: Mapping[str, State],
    counts: Mapping[str, int],
    procedures: Sequence[Procedure],
    trained: Mapping[str, str],
    documented: Mapping[str, int],
    organisation: Organisation,
    today: date,
) -> list[Next]:
    """Reviews due, candidates to decide, practices not trained, procedures missing or overdue, fading ones.

    Args:
        counts: stories behind each practice, to put the strongest candidates first.
        trained: the latest training of each practice (ISO date).
        documented: practice -> how many told steps its training documents give, see `cli.built.documented`.
    """
    live = [p for p in practices if p.status in LIVE]
    names = {p.id: p.name for p in practices}
    current = [p for p in procedures if p.status not in ("superseded", "withdrawn")]
    covered = {p.practice for p in current}
    by_id = {p.id: p for p in procedures}
    reviews, untrained, missing, fading = [], [], [], []
    for p in live:
        if review := _review_due(p, organisation.review_months, today):
            reviews.append((review, Next("review due", p.id, f"{p.name}: {_since(review, today)}")))
        if p.id not in trained:
            ready = _READY.get(documented.get(p.id), "its documents are ready")
            untrained.append(Next("never trained", p.id, f"{p.name}: no training is recorded; {ready}"))
        if p.id not in covered and p.status != "local" and (why := _no_procedure(p, by_id)):
            missing.append(Next("procedure missing", p.id, f"{p.name}: {why}"))
        if states[p.id].state in ("fading", "silent"):
            fading.append(Next(f"{states[p.id].state} practice", p.id, f"{p.name}: {states[p.id].why}"))
    overdue, stale = [], []
    for d in current:
        if waits := waits_for(d, today):
            what, since = waits
            label = "procedure past review" if what == "past review" else "procedure waits"
            why = _since(since, today) if what == "past review" else f"{what}, since {since.isoformat()}"
            overdue.append((since, Next(label, d.id, f"{d.title}: {why}")))
        revised = max((h.on for h in d.history if h.kind == "major"), default=None)
        last = trained.get(d.practice)
        if revised and last and first_day(last) < first_day(revised):
            why = f"{names.get(d.practice, d.title)}: trained {last}, the procedure changed {revised}"
            stale.append(Next("training out of date", d.practice, why))
    waiting = [p for p in practices if p.status == "candidate" and not too_weak(p)]
    waiting.sort(key=lambda p: (-counts.get(p.id, 0), p.id))
    return [
        *(item for _, item in sorted(reviews, key=lambda r: (r[0], r[1].ref))),
        *(
            Next(
                "decision due",
                p.id,
                f"{p.name}: {plural(counts.get(p.id, 0), 'story', 'stories')}{_verdict(p)}",
            )
            for p in waiting
        ),
        *untrained,
        *stale,
        *missing,
        *(item for _, item in sorted(overdue, key=lambda r: (r[0], r[1].ref))),
        *fading,
    ]


def _no_procedure(practice: Practice, by_id: Mapping[str, Procedure]) -> str:
    """Why nobody can work by a procedure of this practice; empty when another one took its place."""
    ended = next((d for d in by_id.values() if d.practice == practice.id), None)
    if ended is None:
        return "no procedure is written"
    if heir(ended, by_id):
        return ""
    if ended.status == "withdrawn":
        return f"{ended.id} was withdrawn on {ended.withdrawn_on}, and none took its place"
    return f"{ended.id} was superseded by {ended.superseded_by}, which is no longer in use"


def _review_due(practice: Practice, months: int, today: date) -> date | None:
    """The day since when a review is due: the recorded one, else so many months after the last decision."""
    if practice.review_due:
        due = last_day(practice.review_due)
    elif practice.decisions:
        last = first_day(practice.decisions[-1].on)
        number = last.year * 12 + last.month - 1 + months
        due = date(number // 12, number % 12 + 1, min(last.day, 28))
    else:
        return None
    return due if due <= today else None


def _since(due: date, today: date) -> str:
    days = (today - due).days
    return f"due since {due.isoformat()}" + (f", {plural(days, 'day')} ago" if days else "")


def _verdict(practice: Practice) -> str:
    return f", {practice.verdict.said}" if practice.verdict else ""


def measures_due(series: Iterable[Series], funnels: Mapping[str, Funnel]) -> list[Next]:
    """Figures that moved the wrong way by more than chance, and sites outside the funnel."""
    found = []
    series = list(series)
    whole = {s.measure.id for s in series if s.site is None}
    for s in series:
        name = s.measure.name or s.measure.id
        if s.verdict == "concern" and s.is_news and (s.site is None or s.measure.id not in whole):
            where = f" at {s.site}" if s.site else ""
            found.append(Next("measure worse", s.measure.id, f"{name}{where}: {s.rule} {s.when}"))
        if s.verdict == "cannot be charted":
            found.append(Next("figures to correct", s.measure.id, f"{name}: {s.notes[-1]}"))
    for measure, funnel in sorted(funnels.items()):
        for place in funnel.places:
            if place.outside:
                why = (
                    f"{place.value:.3g} against {funnel.centre:.3g} overall, more than chance gives its size"
                )
                found.append(
                    Next("site differs", measure, f"{place.site}: {why}; find out what is different")
                )
    return found


def answers_due(unanswered: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> list[Next]:
    """Practices that were offered to the sites, and which sites neither answered nor were seen doing it."""
    return [
        Next(
            "answer missing",
            practice,
            f"{names[practice]}: no answer from {listing(list(sites))} yet",
        )
        for practice, sites in sorted(unanswered.items())
        if sites
    ]


def sites_due(organisation: Organisation, told: Told, calendar: Calendar) -> list[Next]:
    """Sites that told nothing in the last half-year while others did. Silent is not poor: ask."""
    if not any(told.per_period.get(p) for p in calendar.recent):
        return []
    found = []
    for site in sorted({s.name for s in organisation.sites}):
        last = max(told.per_site.get(site, ()), default="")
        if last < calendar.recent[0]:
            since = f"the last story is from {last}" if last else "no story yet"
            found.append(Next("silent site", site, f"{since}; ask what they see"))
    return found


def people_due(waiting: Sequence[tuple[int, Story]], stories: Iterable[Story], today: date) -> list[Next]:
    """Thank-yous due, and tellers who have not heard what came of their story.

    Args:
        waiting: as `recognition.waiting` gives it, oldest first.
    """
    found = []
    if waiting:
        days, oldest = waiting[0]
        found.append(
            Next(
                "thank-yous due",
                oldest.id,
                f"{plural(len(waiting), 'story names', 'stories name')} colleagues nobody has thanked; "
                f"the oldest is {plural(days, 'day')} old",
            )
        )
    limit = today - timedelta(days=ANSWER_WITHIN)
    silent = [
        s
        for s in stories
        if s.prompted != "import"
        and s.date is not None
        and last_day(s.date) < limit
        and (s.disposition is None or s.disposition.told_on is None)
    ]
    if silent:
        first = min(silent, key=lambda s: (first_day(s.date or "9999"), s.id))
        found.append(
            Next(
                "answer the tellers",
                first.id,
                f"{plural(len(silent), 'story', 'stories')} older than {ANSWER_WITHIN} days: "
                "nobody told the teller what came of it; what to say: servicestory tell",
            )
        )
    return found
