"""Which period a review is about, for page, closing and screen alike, and how things stood then."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from servicestory import console
from servicestory.errors import Usage
from servicestory.models.base import YEARS, check_date, first_day, last_day, period_before, period_of

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.monitor.overview import Records
    from servicestory.workspace import Workspace

LIKE = {"month": "2026-09", "quarter": "2026-Q3", "year": "2026"}


def current(kind: str, today: date) -> str:
    """The period under way."""
    found = period_of(today.isoformat(), kind)
    assert found is not None  # a full date lies in a period of every kind
    return found


def reviewed(given: str | None, kind: str, today: date, dates: Iterable[str | None]) -> str:
    """The period named; else the last one over, and where it has no story, the one under way or the latest.

    What is not the last one over is said, since nobody asked for it.

    Args:
        dates: those of the stories.

    Raises:
        Usage: ``given`` is no period of the workspace's kind, or has not begun.
    """
    if given is not None:
        return _named(given, kind, today)
    now = current(kind, today)
    over = now if last_day(now) <= today else period_before(now, kind)
    told = {period_of(day, kind) for day in dates if day}
    if not told:
        return now  # nothing is older, so nothing is over
    recent = next((p for p in (over, now) if p in told), None)
    found = recent or max((p for p in told if p and p < over), default=over)
    if found != over:
        why = "which is under way" if found == now else "the latest with stories"
        console.note(f"Of {over} no story is told, so this is about {found}, {why}. Another: --period {over}")
    return found


def as_it_stood(ws: "Workspace", records: "Records", period: str) -> "Records":
    """A period long over is shown as things stood at its end, as far as the records tell; the last one over,
    which a review is about, with all that is known today."""
    kind = records.organisation.periods.kind
    if last_day(period) < last_day(period_before(current(kind, records.today), kind)):
        return _judged_then(ws, _until(records, last_day(period)))
    return records


def _until(records: "Records", day: "date") -> "Records":
    """The records as they were on ``day``; what has no date stays."""
    return replace(
        records,
        today=day,
        practices=[_decided_by(p, day) for p in records.practices],
        stories=[s for s in records.stories if not s.date or first_day(s.date) <= day],
        observations=[o for o in records.observations if first_day(o.on) <= day],
        points=[p for p in records.points if first_day(p.period) <= day],
        rebases=[r for r in records.rebases if first_day(r.on) <= day],
        recognitions=[r for r in records.recognitions if first_day(r.delivered_on) <= day],
        trainings=[t for t in records.trainings if first_day(t.on) <= day],
        replications=[r for r in records.replications if first_day(r.on) <= day],
        detections=[d for d in records.detections if first_day(d.on) <= day],
        actions=[a for a in records.actions if first_day(a.checked_on or a.on) <= day],
        closings=[c for c in records.closings if first_day(c.on) <= day],
        leaders=[c for c in records.leaders if first_day(c.on) <= day],
    )


def _judged_then(ws: "Workspace", records: "Records") -> "Records":
    """The records of a period long over, with the verdicts that the stories told until then would have got.

    The verdicts on file count the people, sites and stories of all that was told since.
    """
    from servicestory.cli.judging import House, kept_contrasts, next_to_mend

    told = {story.id for story in records.stories}
    house = House(ws, records.organisation, records.stories)
    places = {p.id: [e for e in p.evidence if e.story in told] for p in records.practices}
    judged = house.judge(
        {ref: there for ref, there in places.items() if there}, kept_contrasts(records.practices)
    )
    then = []
    for p in records.practices:
        one = judged.get(p.id)
        verdict = one.verdict.model_copy(update={"computed_on": records.today.isoformat()}) if one else None
        then.append(p.model_copy(update={"verdict": verdict, "evidence_level": one.level if one else None}))
    return replace(records, practices=then, mend=next_to_mend(ws, records.stories, then))


def _decided_by(practice: "Practice", day: date) -> "Practice":
    """The practice in the state it had on ``day``; a merged one stays so, since its places went along."""
    from servicestory.models.practice import Status

    later = [d for d in practice.decisions if d.action in get_args(Status) and first_day(d.on) > day]
    if practice.status == "merged" or not later:
        return practice
    decisions = [d for d in practice.decisions if d not in later]
    return practice.model_copy(update={"status": later[0].from_, "decisions": decisions})


def _named(given: str, kind: str, today: date) -> str:
    try:
        exact = period_of(check_date(given), kind) == given
    except ValueError:
        exact = False
    if not exact:
        raise Usage(f"{given!r} is no {kind}", "", f"Write it like {LIKE[kind]}")
    if first_day(given).year not in YEARS:
        raise Usage(f"{given} is too far from today to be meant", "", f"Write it like {LIKE[kind]}")
    if first_day(given) > today:
        raise Usage(f"{given} has not begun yet", "", f"Today is {today.isoformat()}")
    return given
