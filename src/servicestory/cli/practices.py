"""`servicestory practices`: the list, strongest first."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import workspace
from servicestory.cli.detected import people_of_all, say_who_once
from servicestory.cli.evidence import Counts, counts, say_outdated, strongest_first
from servicestory.errors import Problem, Usage, nearest
from servicestory.models.practice import ENDED, MOSTLY_DOUBTFUL, Practice
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.cli.judging import House


def practices(
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="STATUS", help="Only practices in this state, e.g. candidate."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Rejected, retired and merged ones too, and those no story shows now."),
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="ORDER",
            help="stage (the default), or impact: how often told × how much higher rated × at how many sites "
            "it is not seen yet.",
        ),
    ] = "stage",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Detect: list the practices.

    Verdict, evidence level and counts are those of the last `servicestory detect`.

    Example: servicestory practices --by impact
    """
    from typing import get_args

    from servicestory.models.practice import Status

    if status is not None and status not in get_args(Status):
        like = nearest(status, list(get_args(Status)))
        hint = f"Did you mean '{like}'? " if like else ""
        raise Usage(
            f"'{status}' is not a state of a practice", "", f"{hint}There are: {', '.join(get_args(Status))}"
        )
    if by not in ("stage", "impact"):
        raise Usage(f"'{by}' is no order", "", "Take stage or impact")
    from servicestory.cli.judging import House, show_mend, to_mend

    found: list[Problem] = []
    ws = workspace()
    organisation = ws.organisation()
    house = House(ws, organisation, ws.stories(found))
    stories = {story.id: story for story in house.stories}
    every = ws.practices(found)
    told = {p.id: counts(p, stories, organisation) for p in every}
    shown = [p for p in every if _wanted(p, status, everything, bool(told[p.id].stories))]
    shown = strongest_first(shown, told)
    if by == "impact":
        shown.sort(key=_by_impact, reverse=True)
    mend = to_mend(house, shown)
    if as_json:
        console.json(
            {
                "schema": 1,
                "order": by,
                "practices": [_entry(p, told[p.id], house) for p in shown],
                "mend": [item.to_json() for item in mend],
            }
        )
    elif shown:
        if by == "impact":
            _show_impact(shown, house)
        else:
            _show([_row(p, told[p.id], house) for p in shown])
            say_who_once(house)
        show_mend(mend)
        say_outdated(shown)
        _tell_waiting([p for p in shown if p.status == "candidate"])
    elif every and not found:
        console.out("No practice to list here; see the rest with: servicestory practices --all")
    elif not found:
        console.out("There are no practices yet. Find them in the stories with: servicestory detect")
    if found:
        console.problems(found)
        raise typer.Exit(1)


def _tell_waiting(candidates: list[Practice]) -> None:
    """What waits for a decision and of what too little is told, as the review has it."""
    from servicestory.monitor.spread import too_weak

    random = sum(p.verdict is not None and p.verdict.label == "random act" for p in candidates)
    weak = sum(map(too_weak, candidates)) - random
    if ready := len(candidates) - weak - random:
        waits = plural(ready, "candidate waits", "candidates wait")
        console.note(f"{waits} for a decision: servicestory review")
    if weak:
        step = f"what {'it' if weak == 1 else 'each of them'} lacks: servicestory monitor --all"
        console.note(f"Of {plural(weak, 'candidate')} too little is told for a verdict; {step}")
    if random:
        console.note(
            f"{plural(random, 'candidate is', 'candidates are')} a random act so far: thank whoever did it."
        )


def _by_impact(practice: Practice) -> tuple[bool, float, bool, float]:
    """To sort by, highest first: of those whose gain chance explains, the mostly doubtful come last."""
    moves, gain, reach = impact_of(practice).order
    return moves, gain, not (practice.verdict and practice.verdict.detail == MOSTLY_DOUBTFUL), reach


def _entry(practice: Practice, told: Counts, house: "House") -> dict[str, Any]:
    """One practice of the JSON; counts of people are left out where the house names too few."""
    from servicestory.cli.judging import impact_json

    figures = figures_of(practice)
    return {
        "id": practice.id,
        "name": house.mask(practice.name),
        "status": practice.status,
        **told._asdict(),
        "people": figures.get("people") if figures else told.people,
        "people_suggested": figures.get("people_suggested", None if "few_read" in figures else 0),
        "fewer_people_than": figures.get("fewer_people_than"),
        "verdict": practice.verdict.label if practice.verdict else None,
        "detail": practice.verdict.detail if practice.verdict else None,
        "outdated": practice.outdated,
        "because": house.mask(practice.verdict.because) if practice.verdict else None,
        "decided_by": practice.verdict.criteria.get("decided_by") if practice.verdict else None,
        "evidence_level": practice.evidence_level,
        "impact": impact_json(figures),
        "contrast": figures.get("contrast"),
        "heroic_stories": figures.get("heroic", 0),
        "recovery_stories": figures.get("put_right", 0),
        "owner": house.person(practice.owner),
        "standard": practice.standard,
    }


def figures_of(practice: Practice) -> dict[str, Any]:
    """The figures kept with its verdict; {} before the first detection."""
    return practice.verdict.figures if practice.verdict else {}


def impact_of(practice: Practice) -> Any:
    """Its impact, put together again from the figures that are kept."""
    from servicestory.detect.concentration import exact_interval
    from servicestory.detect.priority import Impact

    f = figures_of(practice)
    often, sites = (f.get("stories", 0), f.get("of", 0)), f.get("of_sites", 0)
    return Impact(
        often,
        *exact_interval(*often),
        f.get("rating"),
        f.get("rating_low"),
        f.get("rating_high"),
        (f.get("rated", 0), f.get("others_rated", 0)),
        sites - f.get("sites", 0),
        sites,
        praise_only=bool(f.get("praise_only")),
    )


def _row(practice: Practice, told: Counts, house: "House") -> tuple[Any, ...]:
    figures = figures_of(practice)
    people = practice.verdict.people_said if practice.verdict else ""
    if not figures and told.people != 0:
        people = "a few people" if told.people is None else plural(told.people, "person", "people")
    people = people_of_all(people, house)
    verdict = practice.verdict.said if practice.verdict else "not yet judged"
    level = practice.level_in_short
    name = house.mask(practice.name)
    if practice.working_title and practice.status == "candidate":
        name += " (working title)"  # as in `detect`
    return practice.id, name, practice.status, told.stories, people, told.sites, told.periods, verdict, level


def _show(rows: list[tuple[Any, ...]]) -> None:
    """A table where it fits, else two lines for each practice."""
    columns = (
        "id", "practice", "state", "stories", "people", "sites", "periods", "verdict", "level of evidence",
    )  # fmt: skip
    title = plural(len(rows), "practice")
    table = [(*row[:-1], row[-1].removeprefix("level of evidence: ")) for row in rows]
    if console.fits(columns, table):
        console.table(title, columns, table)
        return
    found = []
    for ref, name, state, stories, people, sites, periods, verdict, level in rows:
        seen = [plural(stories, "story", "stories")]
        seen += [people] if people else []
        seen += [plural(sites, "site")] if sites else []
        seen += [plural(periods, "period")] if periods else []
        evidence = f"; {level}" if level else ""
        found.append((f"{ref}  {name}", [f"    {state}, {verdict}: {', '.join(seen)}{evidence}"]))
    console.entries(title, found)


def _show_impact(shown: list[Practice], house: "House") -> None:
    """Two lines for each: the three factors, each with the figures behind it."""
    from servicestory.detect.spread_words import points
    from servicestory.detect.verdict_words import fine_percent

    found = []
    for practice in shown:
        f = figures_of(practice)
        if not f:
            found.append((f"{practice.id}  {house.mask(practice.name)}", ["    not yet judged: run detect"]))
            continue
        share = fine_percent(f["stories"] / f["of"]) if f["of"] else "none"
        often = f"told in {f['stories']} of {plural(f['of'], 'story', 'stories')} ({share})"
        if impact_of(practice).alike:
            rated = ""  # of all practices the same; said once, below
        elif "rating" in f:
            beyond = "" if f["rating_low"] > 0 or f["rating_high"] < 0 else ", which chance explains"
            rated = (
                f"rated {points(f['rating'])} points of 100 beside the others "
                f"({points(f['rating_low'])} to {points(f['rating_high'])}; "
                f"{f['rated']} and {f['others_rated']} rated{beyond})"
                f"{'; praise only, so beside all stories it may be more' if f.get('praise_only') else ''}"
            )
        else:
            rated = "too few ratings to say what it moves"
        of = f.get("of_sites")
        room = _room(f["sites"], of) if of else "its stories do not say where"
        verdict = practice.verdict.said if practice.verdict else ""
        state = f"({practice.status}, {verdict}; {practice.level_in_short})"
        head = f"{practice.id}  {house.mask(practice.name)}  {state}"
        found.append((head, [f"    {'; '.join(filter(None, (often, rated, room)))}"]))
    console.entries(f"{plural(len(shown), 'practice')} by impact: how often × how much × how widely", found)
    for alike in sorted({impact_of(practice).all_alike for practice in shown} - {""}):
        console.out(f"Nothing can be said of what they move: {alike}.")
    if not all(impact_of(practice).moves for practice in shown):
        console.out(
            "First those whose stories are rated higher by more than chance; then how often × how widely "
            "decides, what is mostly doubtful last."
        )


def _room(seen: int, of: int) -> str:
    """At how many sites it has not been seen."""
    if of == 1:
        return f"{'' if seen else 'not '}seen at the only site"
    if seen == of:
        return "seen at every site"
    return f"not seen at {of - seen} of {plural(of, 'site')}"


def _wanted(practice: Practice, status: str | None, everything: bool, has_stories: bool) -> bool:
    if status is not None:
        return practice.status == status
    return everything or (practice.status not in ENDED and (has_stories or practice.status != "candidate"))
