"""`servicestory detect`: find the practices in the stories, judge them, keep the candidates."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, workspace
from servicestory.cli.days import given_day
from servicestory.errors import Problem, Usage
from servicestory.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servicestory.cli.judging import House
    from servicestory.detect.embedder import Embedder
    from servicestory.detect.judged import Judged
    from servicestory.detect.result import Detection
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

READINGS = "readings.npz"  # what was read in the stories, for the next run
SHOWN = 20  # practices on the screen; the rest are in `servicestory practices`
_NEXT = "Next: servicestory review, to decide which to keep; servicestory verdict ID tells why."


def detect(
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="2026-Q4", help="Show only what stories of this period tell."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Show only stories from this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Show only stories up to this day.")
    ] = None,
    no_codebook: Annotated[
        bool,
        typer.Option("--no-codebook", help="Do not look for the practices of practices/codebook.yaml first."),
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="STORY", help="Say why each sentence of this story went where it did."
        ),
    ] = None,
    unassigned: Annotated[
        bool,
        typer.Option(
            "--unassigned",
            help="List every behaviour without a practice, and every story without a behaviour.",
        ),
    ] = False,
    embedder: Annotated[
        str | None,
        typer.Option(
            "--embedder",
            metavar="MODEL",
            help="Compare behaviours by this sentence-transformers or model2vec model (name or folder).",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only: save nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Detect: find the practices in the stories.

    Reads every story, finds what somebody did that colleagues could copy, puts what is alike together, and
    judges each practice: random act, one star's habit, or how this house works? New ones become candidates in
    practices/; those that stand keep their id, name, state and everything you wrote. Run it after new stories
    came in; with --period it shows one quarter, judged against all that was ever told.

    Example: servicestory detect --period 2026-Q3
    """
    window = _window(period, since, until)
    ws = workspace()
    if explain is not None:
        ws.story_place(explain)  # an unknown id is said before the work begins
    model = None
    if embedder is not None:
        from servicestory.detect.embedder import load

        model = load(embedder)
    found: list[Problem] = []
    with console.progress() as step:
        ws.organisation()  # what is broken there is said before the work begins
        stories = ws.stories(found, step)
        standing = ws.practices(found)
        if not stories:
            console.problems(found[1:])
            if found:
                raise found[0]
            raise Problem("there are no stories yet", "stories", "Tell one with: servicestory add")
        result, house, judged = _find(ws, stories, standing, no_codebook, model, step)
        doubled = no_codebook and any(p.definition for p in standing)
        if not (dry_run or doubled or found):
            _save(ws, result, standing, judged)
    if explain is not None:
        _explain(result, next(s for s in stories if s.id == explain), house)
    else:
        told = {s.id for s in stories if _within(s, window)}
        shown = _only(result, told) if window else result
        counted = house.judge({p.id: shown.evidence_of(p) for p in shown.practices}) if window else judged
        if as_json:
            console.json(_json(shown, house, judged, counted))
        else:
            _show(shown, house, judged, counted, window, unassigned)
            if not (doubled or found):
                console.note(_NEXT)
    if doubled:
        console.note(
            "Nothing was saved: practices here come from the codebook, and would stand twice under other ids."
        )
    if found:
        console.problems(found)
        console.note("Nothing was saved: put this right first, so that no practice loses its evidence.")
        raise typer.Exit(1)


def _find(
    ws: "Workspace",
    stories: "Sequence[Story]",
    standing: "Sequence[Practice]",
    no_codebook: bool,
    model: "Embedder | None",
    step: console.Progress,
) -> tuple["Detection", "House", "dict[str, Judged]"]:
    from servicestory.cli.judging import House, contrasts
    from servicestory.detect import readings
    from servicestory.detect.pipeline import Config
    from servicestory.detect.pipeline import detect as find

    organisation = ws.organisation()
    house = House(ws, organisation, stories, step)
    config = Config(
        next_number=_next_number(ws, standing),
        customer=organisation.customer_word,
        names=tuple(house.names),
        unsaid=house.told.words,
        language=organisation.language,
        embedder=model,
    )
    known = readings.load(ws.derived(READINGS))
    result = find(stories, standing, [] if no_codebook else ws.codebook(), config, step, known)
    if result.readings is not None and result.readings is not known:
        ws.keep_derived(READINGS, readings.dump(result.readings))
    evidence = {p.id: result.evidence_of(p) for p in result.practices}
    step("Judging", 0, 1)
    judged = house.judge(evidence, contrasts(house, lambda: _kept(result, standing, {}), step))
    step("Judging", 1, 1)
    return result, house, judged


def _kept(
    result: "Detection", standing: "Sequence[Practice]", judged: "Mapping[str, Judged]"
) -> "list[Practice]":
    """The practices as they stand after this detection."""
    from servicestory.detect.keep import kept

    verdicts = {i: one.verdict for i, one in judged.items()}
    levels = {i: one.level for i, one in judged.items()}
    return kept(result, standing, verdicts, today().isoformat(), levels)


def _next_number(ws: "Workspace", standing: "Sequence[Practice]") -> int:
    from servicestory.detect.decisions import next_number
    from servicestory.models.monitoring import Detection as Run

    return next_number(standing, max((r.highest_id for r in ws.records("detections", Run)), default=0))


def _save(
    ws: "Workspace", result: "Detection", standing: "Sequence[Practice]", judged: "Mapping[str, Judged]"
) -> None:
    from servicestory.detect.keep import run_record

    day = today().isoformat()
    with ws.lock():
        saved = _kept(result, standing, judged)
        before = {p.id: p for p in standing}
        if any(before.get(p.id) != p for p in saved):
            ws.append("detections", [run_record(result, standing, day, _next_number(ws, standing) - 1)])
            ws.save_practices(saved)


Window = tuple[Any, Any]


def _window(period: str | None, since: str | None, until: str | None) -> Window | None:
    """First and last day asked for; None when everything is."""
    from datetime import date

    from servicestory.models.base import first_day, last_day

    if period and (since or until):
        raise Usage("--period and --since or --until cannot go together", "", "Give one or the other")
    first = given_day(period or since, "--period" if period else "--since", None)
    last = given_day(period or until, "--period" if period else "--until", None)
    start, end = first_day(first) if first else date.min, last_day(last) if last else date.max
    if start > end:
        raise Usage("--since lies after --until", "", "Turn them round")
    return (start, end) if period or since or until else None


def _within(story: "Story", window: Window | None) -> bool:
    from servicestory.models.base import first_day, last_day

    if window is None:
        return True
    return (
        bool(story.date)
        and window[0] <= first_day(str(story.date))
        and last_day(str(story.date)) <= window[1]
    )


def _only(result: "Detection", told: set[str]) -> "Detection":
    """The detection as seen in some of the stories; practices they do not show are left out."""
    from dataclasses import replace

    keep = [i for i, b in enumerate(result.behaviours) if b.story in told]
    place = {old: new for new, old in enumerate(keep)}
    practices = []
    for practice in result.practices:
        surely = {place[i]: s for i, s in zip(practice.evidence, practice.scores, strict=True) if i in place}
        evidence = tuple(surely)
        if evidence:
            clearest = tuple(place[i] for i in practice.clearest if i in place)
            number = len({result.behaviours[keep[i]].story for i in evidence})
            practices.append(
                replace(
                    practice,
                    evidence=evidence,
                    scores=tuple(surely.values()),
                    clearest=clearest or evidence[:3],
                    stories=number,
                )
            )
    return replace(
        result,
        stories=len(told),
        behaviours=tuple(result.behaviours[i] for i in keep),
        practices=tuple(sorted(practices, key=lambda p: (-p.stories, p.id))),
    )


def _json(
    shown: "Detection", house: "House", judged: "Mapping[str, Judged]", counted: "Mapping[str, Judged]"
) -> dict[str, Any]:
    """The contract's object: counts as far as they are shown, the verdict on all that was told."""
    from servicestory.cli.judging import as_json, to_mend
    from servicestory.detect.pipeline import to_json

    figures = {}
    for ref, one in counted.items():
        short = one.verdict.figures
        figures[ref] = {"people": short.get("people"), "sites": short["sites"], "periods": short["periods"]}
        figures[ref] |= as_json(judged[ref])
    found = to_json(shown, {i: one.verdict for i, one in judged.items()}, figures, house.mask.letters)
    found["mend"] = [item.to_json() for item in to_mend(house, _kept(shown, (), judged))]
    return found


def _show(
    result: "Detection",
    house: "House",
    judged: "Mapping[str, Judged]",
    counted: "Mapping[str, Judged]",
    window: Window | None,
    unassigned: bool,
) -> None:
    from servicestory.cli import counted as numbers
    from servicestory.cli.judging import show_mend, to_mend
    from servicestory.models.practice import is_doubtful

    seen = [p for p in result.practices if p.evidence and p.status not in ("rejected", "merged")]
    span = f" from {window[0]} to {window[1]}" if window else ""
    console.heading(
        f"{plural(result.stories, 'story', 'stories')}{span}, {plural(len(result.behaviours), 'behaviour')}, "
        f"{plural(len(seen), 'practice')}"
    )
    for note in result.notes:
        console.out(note)
    for practice in seen[:SHOWN]:
        one, counts = judged[practice.id], counted[practice.id].verdict
        where = [plural(practice.stories, "story", "stories")]
        where += [counts.people_said] if counts.people_said else []
        where += [plural(counts.figures["sites"], "site")] if counts.figures["sites"] else []
        doubtful = sum(is_doubtful(b.score, b.pinned) for b in result.evidence_of(practice))
        where += [f"{doubtful} of {plural(len(practice.scores), 'place')} doubtful"] if doubtful else []
        console.out("")
        state = "" if practice.status == "candidate" else f", {practice.status}"
        console.heading(f"{practice.id} {practice.name}")
        console.out(f"    {one.verdict.said} ({', '.join(where)}{state}); evidence: {one.level}")
        for index in practice.clearest[:2]:
            shown = result.behaviours[index]
            console.out(f"    “{one_line(house.mask(one_line(shown.text), shown.story), 150)}”")
    console.out("")
    if len(seen) > SHOWN:
        console.out(f"… and {len(seen) - SHOWN} more: servicestory practices")
    numbers.show(result, house.mask, unassigned, whole=not window)
    if not window:
        show_changes(result)
        show_mend(to_mend(house, _kept(result, (), judged)))


def show_changes(result: "Detection") -> None:
    """What became of the practices that stood before."""
    by_kind: dict[str, int] = {}
    for change in result.lineage:
        by_kind[change.kind] = by_kind.get(change.kind, 0) + 1
        if change.kind in ("split", "merged", "gone"):
            to = f" → {', '.join(change.new)}" if change.new else ""
            console.out(f"{change.kind.capitalize()}: {', '.join(change.old)}{to}")
    if by_kind.get("survived"):
        # what split off another is new as well: it has an id that nobody has seen before
        new = sum(not practice.standing for practice in result.practices)
        console.out(f"Since last time: {by_kind['survived']} stand as before, {new} new.")


def _explain(result: "Detection", story: "Story", house: "House") -> None:
    from servicestory.detect.explain import explain

    for line in explain(result, story, house.organisation.language):
        console.out(house.mask(line, story.id))
