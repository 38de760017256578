"""`servicestory detect`: find the practices in the stories, judge them, keep the candidates."""

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import filled, today, workspace
from servicestory.cli.days import given_day
from servicestory.errors import Problem, Usage
from servicestory.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servicestory.cli.judging import House
    from servicestory.detect.embedder import Embedder
    from servicestory.detect.judged import Judged
    from servicestory.detect.mending import Mend
    from servicestory.detect.result import Detection
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

READINGS = "readings.npz"  # what was read in the stories, for the next run
_NEXT = "Next: servicestory review, to decide which to keep; servicestory verdict ID tells why."
_NEXT_OF_NONE = "Next: servicestory add, to tell what somebody did; --behaviour names one deed as it stands."
_NEXT_OF_FEW = """Next:
    servicestory review, to accept what colleagues should copy and take out what is in the wrong place
{take_in}    servicestory add, to tell more: the next detect adds what is told of them again"""
_TAKE_IN = """\
    servicestory review {first} --take-in STORY:NUMBER, to put a behaviour that fits none where it belongs
"""


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
    filled({"--period": period, "--since": since, "--until": until})
    window = _window(period, since, until)
    ws = workspace()
    if explain is not None:
        ws.story_place(explain)  # an unknown id is said before the work begins
    model = None
    if embedder is not None:
        from servicestory.detect.embedder import load

        model = load(embedder)
    from servicestory.cli import repeats
    from servicestory.cli.alike import counted_apart

    problems: list[Problem] = []
    with console.progress() as step:
        ws.organisation()  # what is broken there is said before the work begins
        stories = ws.stories(problems, step)
        standing = ws.practices(problems)
        if not stories:
            console.problems(problems[1:])
            if problems:
                raise problems[0]
            raise Problem("there are no stories yet", "stories", "Tell one with: servicestory add")
        result, house, judged = _find(ws, stories, standing, no_codebook, model, step)
        doubled = no_codebook and any(p.definition for p in standing)
        saved = not (dry_run or doubled or problems)
        if saved:
            _save(ws, result, standing, judged)
            repeats.keep(ws, (story.id for story in stories), result.repeats)
    from servicestory.cli import changed
    from servicestory.cli.judging import to_mend

    with _stays() if saved else nullcontext():
        if explain is not None:
            _explain(result, next(s for s in stories if s.id == explain), house, standing)
        else:
            told = {s.id for s in stories if _within(s, window)}
            shown = _only(result, told) if window else result
            counted = house.judge({p.id: shown.evidence_of(p) for p in shown.practices}) if window else judged
            mend = to_mend(house, _kept(shown, standing, judged))
            if as_json:
                said = _json(shown, house, judged, counted, mend)
                console.json({**said, "changes": changed.to_json(result, standing, house.mask.letters)})
            else:
                few = _show(shown, house, judged, counted, mend, window, unassigned, standing)
                if apart := counted_apart(house.stories, house.organisation):
                    console.note(apart)
                if not (doubled or problems):
                    # a practice that is none any more takes nothing in
                    kept = [p.id for p in shown.practices if p.status not in ("rejected", "merged")]
                    take_in = _TAKE_IN.format(first=min(kept)) if shown.unassigned and kept else ""
                    of_few = _NEXT_OF_FEW.format(take_in=take_in)
                    console.note(of_few if few else _NEXT if kept else _NEXT_OF_NONE)
    if doubled:
        console.note(
            "Nothing was saved: practices here come from the codebook, and would stand twice under other ids."
        )
    if problems:
        console.problems(problems)
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

    house = House(ws, ws.organisation(), stories, step)
    result = found(house, standing, no_codebook, model)
    evidence = {p.id: result.evidence_of(p) for p in result.practices}
    step("Judging", 0, 1)
    judged = house.judge(evidence, contrasts(house, lambda: _kept(result, standing, {}), step))
    step("Judging", 1, 1)
    return result, house, judged


def found(
    house: "House", standing: "Sequence[Practice]", no_codebook: bool = False, model: "Embedder | None" = None
) -> "Detection":
    """What a detection finds in the workspace's stories; nothing is saved but what was read in them."""
    from servicestory.detect import readings
    from servicestory.detect.pipeline import Config
    from servicestory.detect.pipeline import detect as find

    ws, organisation = house.workspace, house.organisation
    config = Config(
        next_number=_next_number(ws, standing),
        customer=organisation.customer_word,
        names=tuple(house.names),
        unsaid=house.told.words,
        language=organisation.language,
        embedder=model,
    )
    known = readings.load(ws.derived(READINGS))
    entries = [] if no_codebook else ws.codebook()
    result = find(house.stories, standing, entries, config, house.step, known)
    if result.readings is not None and result.readings is not known:
        ws.keep_derived(READINGS, readings.dump(result.readings))
    return result


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
    from servicestory.locking import unbroken

    day = today().isoformat()
    with ws.lock():
        saved = _kept(result, standing, judged)
        before = {p.id: p for p in standing}
        if any(before.get(p.id) != p for p in saved):
            with _stays(), unbroken():
                ws.append("detections", [run_record(result, standing, day, _next_number(ws, standing) - 1)])
                ws.save_practices(saved)


@contextmanager
def _stays() -> "Iterator[None]":
    """Ctrl-C from here on comes too late to leave everything as it was: says so."""
    try:
        yield
    except KeyboardInterrupt as stopped:
        if not getattr(stopped, "__notes__", ()):
            stopped.add_note("What was found is saved: servicestory practices")
        raise


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


def _span(window: Window) -> str:
    """The days asked for, as they are said after a count of stories."""
    from datetime import date

    first, last = window
    if last == date.max:
        return f" from {first} on"
    return f" up to {last}" if first == date.min else f" from {first} to {last}"


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
                    pinned=frozenset(place[i] for i in practice.pinned if i in place),
                    followed=(),
                )
            )
    shown = replace(result, stories=len(told), behaviours=tuple(result.behaviours[i] for i in keep))
    return replace(shown, practices=tuple(sorted(practices, key=shown.strength)))


def _json(
    shown: "Detection",
    house: "House",
    judged: "Mapping[str, Judged]",
    counted: "Mapping[str, Judged]",
    mend: "list[Mend]",
) -> dict[str, Any]:
    """The contract's object: counts as far as they are shown, the verdict on all that was told."""
    from servicestory.cli.judging import as_json
    from servicestory.detect.pipeline import to_json

    figures = {}
    for ref, one in counted.items():
        short = one.verdict.figures
        figures[ref] = {"people": short.get("people"), "sites": short["sites"], "periods": short["periods"]}
        figures[ref] |= as_json(judged[ref])
    found = to_json(shown, {i: one.verdict for i, one in judged.items()}, figures, house.mask.letters)
    found["mend"] = [item.to_json() for item in mend]
    return found


def _show(
    result: "Detection",
    house: "House",
    judged: "Mapping[str, Judged]",
    counted: "Mapping[str, Judged]",
    mend: "list[Mend]",
    window: Window | None,
    unassigned: bool,
    standing: "Sequence[Practice]",
) -> bool:
    """Everything found, on the screen; True where no practice is told often enough for a verdict."""
    from servicestory.cli import changed, detected, repeats
    from servicestory.cli import counted as numbers
    from servicestory.cli.judging import show_mend

    seen = [p for p in result.practices if p.evidence and p.status not in ("rejected", "merged")]
    span = _span(window) if window else ""
    console.heading(
        f"{plural(result.stories, 'story', 'stories')}{span}, {plural(len(result.behaviours), 'behaviour')}, "
        f"{plural(len(seen), 'practice')}"
    )
    for note in result.notes:
        console.out(note)
    homes = {result.behaviours[i].story: p.id for p in seen for i in p.evidence}
    repeats.show(result.repeats, homes, unassigned)
    few = window is None and detected.few(seen, house)
    titles = detected.working(seen, standing)
    detected.say_who_once(house)
    if few:
        detected.show_few(seen, result, house, counted, titles)
    else:
        detected.show(seen, result, house, judged, counted, titles)
    detected.show_doubles(result.doubles, seen)
    numbers.show(result, house.mask, unassigned, not window, detected.numbered(house.stories))
    if not window:
        changed.show(result, standing)
        show_mend(mend)
    return few


def _explain(result: "Detection", story: "Story", house: "House", standing: "Sequence[Practice]") -> None:
    from servicestory.detect.explain import explain
    from servicestory.detect.words import tokens

    names = set(tokens(story.said)) - set(tokens(house.mask.letters(story.said, story.id)))
    for line in explain(result, story, house.organisation.language, standing, names):
        console.out(house.mask(line, story.id))
