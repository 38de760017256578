"""`servicestory check`: what is broken, with its place; what is incomplete; and the loose ends."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, workspace
from servicestory.errors import Problem, nearest
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.cli.loose import LooseEnd
    from servicestory.models.base import Record
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Collect: see what is incomplete or broken, and where.

    Reads every file. Ends with code 1 when something is broken; what is merely incomplete is no fault. Then
    the loose ends: stories nothing came of, procedures without an owner, claims without evidence, and
    training built on an older revision.

    Example: servicestory check
    """
    into = workspace()
    problems: list[Problem] = []
    try:
        into.organisation(problems)
    except Problem as problem:
        problems = problems or [problem]  # each of its mistakes, where it could be read at all
    with console.progress() as progress:
        stories = into.stories(problems, progress)
    from servicestory.cli.documents import strays
    from servicestory.cli.left_over import left_over
    from servicestory.cli.merged import astray

    practices = into.practices(problems)
    into.codebook(problems)
    for kind, model in kinds().items():
        into.records(kind, model, problems)
    problems += _outside(into)
    problems += _set_aside(into)
    problems += _stopped(into)
    problems += _broken_evidence(into, stories, practices)
    problems += [*_unknown_decisions(into, practices), *astray(into, practices)]
    problems += strays(into)
    problems += _ahead(into, stories)
    gaps = _incomplete(stories)
    from servicestory.cli.waiting import age

    drafts = into.drafts()
    loose = [
        *_loose(into, stories, practices, problems),
        *_named(into, stories),
        *_doubles(into, stories),
        *_idle_cues(into, stories, practices),
        *left_over(into, stories),
    ]
    problems = list({str(problem): problem for problem in problems}.values())
    if as_json:
        console.json(
            {
                "schema": 1,
                "stories": len(stories),
                "practices": len(practices),
                "broken": [{"what": p.what, "where": p.where, "next": p.next_step} for p in problems],
                "incomplete": [
                    {"what": what, "stories": count, "first": first} for what, count, first in gaps
                ],
                "loose_ends": [end.to_json() for end in loose],
                "drafts": drafts,
            }
        )
    else:
        console.out(f"{plural(len(stories), 'story', 'stories')}, {plural(len(practices), 'practice')} read.")
        for what, count, first in gaps:
            console.out(f"  {plural(count, 'story', 'stories')} {what}, for example {first}")
            if what == _NOBODY and (waiting := _waiting(into, stories)):
                told = plural(waiting, "name")
                console.out(
                    f"    {told} that their texts tell count, unconfirmed: servicestory review --names"
                )
        if drafts:
            oldest = plural(max(age(into, name) for name in drafts), "day")
            old = f", the oldest {oldest} old" if oldest != "0 days" else ""
            console.out(f"  {plural(len(drafts), 'draft')} to finish{old}: servicestory add --drafts")
        _show(loose)
        console.problems(problems)
        broken = f"{plural(len(problems), 'problem')} to put right."
        console.out(broken if problems else "Nothing is broken.")
    if problems:
        raise typer.Exit(1)


def _waiting(into: "Workspace", stories: "list[Story]") -> int:
    """How many names the texts tell that nobody confirmed or refused."""
    from servicestory.cli.judging import House
    from servicestory.detect.suggesting import questions

    try:
        house = House(into, into.organisation(), stories)
    except Problem:
        return 0  # told of already
    return len(questions(house.suggested, house.stories, house.organisation))


_NOBODY = "with nobody on record who did it"
SHOWN = 8  # loose ends of one kind shown one by one before the rest are counted


def _loose(
    into: "Workspace", stories: list["Story"], practices: list["Practice"], problems: list[Problem]
) -> "list[LooseEnd]":
    """Every loose end of the workspace; what is wrong with documents is added to ``problems``."""
    from contextlib import suppress

    from servicestory.cli import built, documents, repeats
    from servicestory.cli.loose import LooseEnd, loose_ends
    from servicestory.incorporate import blocks
    from servicestory.incorporate.lifecycle import altered
    from servicestory.incorporate.trace import written_steps
    from servicestory.models.procedure import Procedure

    known = built.built(into, problems)
    steps, changed = {}, list[LooseEnd]()
    problems += _unwritable(into, [name for name, _ in known.written])
    for path in sorted((into.root / "procedures").rglob("SOP-*.md")):
        name = path.relative_to(into.root).as_posix()
        try:
            text = into.document(name) or ""
            if not blocks.marked(text) and not _controlled(text, name):  # a file of somebody's own
                continue
            managed = blocks.split(text, name)
            if path.parent.name != "earlier":  # a revision kept as it was
                steps[name] = written_steps(managed.block)
        except Problem as problem:
            problems.append(problem)
            continue
        with suppress(Problem):  # a broken record is told of already
            control, _ = documents.front_matter(text, Procedure, name)
            if found := altered(control, managed, name):
                what = found.what[0].upper() + found.what[1:] + f", in {name}"
                end = LooseEnd("text changed", control.id, name, what, found.next_step or "")
                changed.append(end)
    return [
        *changed,
        *loose_ends(
            stories, practices, known, steps, built.stale(into, today(), [], known), repeats.load(into)
        ),
    ]


def _controlled(text: str, name: str) -> bool:
    """Whether a text has the control record of a procedure at its head."""
    from servicestory.cli.documents import front_matter
    from servicestory.models.procedure import Procedure

    try:
        front_matter(text, Procedure, name)
    except Problem:
        return False
    return True


def _unwritable(into: "Workspace", sheets: list[str]) -> list[Problem]:
    """What `train` and `export` would refuse: markers that are gone, several documents of one practice.

    Args:
        sheets: the training documents that can be read.
    """
    from servicestory.cli.documents import existing
    from servicestory.incorporate.blocks import split

    found = []
    for name in sheets:
        try:
            split(into.document(name) or "", name)
        except Problem as problem:
            found.append(problem)
    for folder, form in (("procedures", r"SOP-\d{4,}"), ("training", r"P-\d{4,}")):
        names = [path.name for path in (into.root / folder).glob("*-*")]
        for prefix in sorted({begins[0] for name in names if (begins := re.match(form, name))}):
            try:
                existing(into.root / folder, prefix, folder)
            except Problem as problem:
                found.append(problem)
    return found


def _idle_cues(into: "Workspace", stories: list["Story"], practices: list["Practice"]) -> "list[LooseEnd]":
    """Cues people wrote for a practice that goes on which `detect` does not look for."""
    from servicestory.cli.loose import LooseEnd
    from servicestory.models.practice import LIVE

    cued = [p for p in practices if p.cues and p.status in ("candidate", *LIVE)]
    if not cued:
        return []
    from servicestory.detect.written import idle_cues  # numpy and scipy come with it

    idle = idle_cues((cue for p in cued for cue in p.cues), stories)
    return [
        LooseEnd(
            "cue not looked for",
            p.id,
            into.practice_place(p.id),
            f"The cue “{cue}” of {p.id} is not looked for: {idle[cue]}",
            f"Next: write a turn of phrase of two telling words instead, in {into.practice_place(p.id)}",
        )
        for p in cued
        for cue in p.cues
        if cue in idle
    ]


def _named(into: "Workspace", stories: list["Story"]) -> "list[LooseEnd]":
    """Ids and file names with somebody's name in them: they stand in every list and link."""
    from servicestory.cli.loose import LooseEnd
    from servicestory.cli.nameless import named_ids
    from servicestory.masking import Mask

    try:
        organisation = into.organisation()
    except Problem:
        return []  # told of already
    mask = Mask(organisation, (name for story in stories for name in story.people))
    again = "then run: servicestory detect"
    found = []
    for ref in named_ids(stories, mask, organisation):
        place = into.story_place(ref)
        step = f"Next: give the story another in {place}, {again}"
        found.append(LooseEnd("name in an id", ref, place, f"The id {ref} holds the name of somebody", step))
    known = {story.id for story in stories}  # looked at above
    for path in sorted((into.root / "stories").glob("*.y*ml")):
        if path.stem not in known and not mask.reference(path.stem):
            name = path.relative_to(into.root).as_posix()
            what = f"The file name {name} holds the name of somebody"
            found.append(LooseEnd("name in an id", path.stem, name, what, "Next: give the file another name"))
    return found


def _doubles(into: "Workspace", stories: list["Story"]) -> "list[LooseEnd]":
    """Likely double spellings of people, sites and teams, and teams told of at another's site."""
    from servicestory.cli.alike import doubles, of_another_site

    try:
        house = into.organisation()
        return [*doubles(into, stories, house), *of_another_site(into, stories, house)]
    except Problem:
        return []  # told of already


def _show(loose: "list[LooseEnd]") -> None:
    kinds = dict.fromkeys(end.kind for end in loose)
    if loose:
        console.out("Loose ends:")
    for kind in kinds:
        ends = [end for end in loose if end.kind == kind]
        for end in ends[:SHOWN]:
            console.out(f"  {end}")
        if len(ends) > SHOWN:
            console.out(f"  … and {len(ends) - SHOWN} more ({kind}); see all with: servicestory check --json")


def kinds() -> dict[str, "type[Record]"]:
    """Every kind of append-only record and the model of its lines."""
    from servicestory.models import encounter, intake, monitoring, names, review

    return {
        "observations": monitoring.Observation,
        "measures": monitoring.Measure,
        "measure-points": monitoring.MeasurePoint,
        "rebases": monitoring.Rebase,
        "recognitions": monitoring.Recognition,
        "actions": review.Action,
        "closings": review.Closing,
        "leader-checks": review.LeaderCheck,
        "reflections": review.Reflection,
        "private-reflections": review.Reflection,
        "detections": monitoring.Detection,
        "encounters": encounter.Encounter,
        "names": names.NameDecision,
        "replications": monitoring.Replication,
        "trainings": monitoring.Training,
        "imports": intake.ImportBatch,
        "forgotten": intake.Forgotten,
        "forgetting": intake.Begun,
    }


def _outside(into: "Workspace") -> list[Problem]:
    """Folders of the workspace that are links to somewhere else: what is to be kept there is refused."""
    from servicestory.documents import KEPT
    from servicestory.storage import inside

    found = []
    for folder in KEPT:
        try:
            inside(into.root, into.root / folder, folder)
        except Problem as problem:
            found.append(problem)
    return found


def _set_aside(into: "Workspace") -> list[Problem]:
    """Lines of records that were none, kept beside the file they stood in."""
    return [
        Problem(
            "what stands here was the last line of its file and no whole record",
            f"records/{path.name}",
            f"Mend it and write it into {path.stem} again, or record it again; then delete this file",
        )
        for path in sorted((into.root / "records").glob("*.jsonl.cut-off"))
    ]


def _stopped(into: "Workspace") -> list[Problem]:
    """A person's removal that was stopped in the middle."""
    from servicestory.cli import forget_begun

    try:
        begun = forget_begun.load(into)
    except Problem:
        return []  # told of already
    if begun is None:
        return []
    return [forget_begun.unfinished(begun, len(forget_begun.left(into, begun)))]


def _broken_evidence(into: "Workspace", stories: list["Story"], practices: list["Practice"]) -> list[Problem]:
    """Evidence that points at a story, or at words in it, that are no longer there."""
    told = {story.id: story for story in stories}
    found = []
    for practice in practices:
        gone: dict[str, str] = {}
        if practice.evidence_beside:
            found.append(
                Problem(
                    f"{practice.evidence_beside:,} places of {practice.id} are missing: their table is gone "
                    "or damaged",
                    f"practices/evidence/{practice.id}.csv",
                    "Find them again with: servicestory detect",
                )
            )
        for piece in practice.evidence:
            story = told.get(piece.story)
            if story is None:
                gone.setdefault(piece.story, "which is not there")
            elif piece.end > len(_field(story, piece.field)):
                gone.setdefault(piece.story, "whose text is shorter than it was")
            elif piece.start >= piece.end:
                gone.setdefault(piece.story, "where its words end before they begin")
        for story_id, why in sorted(gone.items()):
            what = f"{practice.id} rests on the story '{story_id}', {why}"
            step = "Bring the story back, or run: servicestory detect"
            found.append(Problem(what, into.practice_place(practice.id), step))
    return found


def _ahead(into: "Workspace", stories: list["Story"]) -> list[Problem]:
    """Stories of a day that is yet to come: nothing of it can have happened."""
    from datetime import timedelta

    from servicestory.models.base import first_day

    last = today() + timedelta(days=1)  # it is tomorrow already somewhere
    return [
        Problem(f"the day {story.date} lies in the future", into.story_place(story.id), "Put the date right")
        for story in stories
        if story.date and first_day(story.date) > last
    ]


def _unknown_decisions(into: "Workspace", practices: list["Practice"]) -> list[Problem]:
    """Decisions written into a file by hand whose action no command knows: it has no effect."""
    from servicestory.models.practice import ACTIONS

    found = []
    for practice in practices:
        for decision in practice.decisions:
            if decision.known:
                continue
            near = nearest(decision.action, list(ACTIONS))
            step = f"Did you mean '{near}'" if near else f"A decision is one of: {', '.join(ACTIONS)}"
            what = f"no decision is called '{decision.action}' (of {decision.on}), so it has no effect"
            found.append(Problem(what, into.practice_place(practice.id), step))
    return found


def _field(story: "Story", field: str) -> str:
    """The text a piece of evidence points into; empty when there is no such line."""
    if field == "narrative":
        return story.narrative
    number = field.removeprefix("behaviours[").removesuffix("]")
    lines = story.behaviours
    return lines[int(number)] if number.isdecimal() and int(number) < len(lines) else ""


def _incomplete(stories: list["Story"]) -> list[tuple[str, int, str]]:
    """(what is missing, in how many stories, the first of them), the commonest first."""
    lacking: dict[str, list[str]] = {}
    wanted: dict[str, Any] = {
        "without a date": lambda s: not s.date,
        "without a site": lambda s: not s.site,
        _NOBODY: lambda s: not s.people,
        "that nobody confirmed though a rule was bent": lambda s: s.rule_bent and not s.verification,
    }
    for story in stories:
        for what, holds in wanted.items():
            if holds(story):
                lacking.setdefault(what, []).append(story.id)
    return sorted(
        ((what, len(ids), ids[0]) for what, ids in lacking.items()), key=lambda gap: (-gap[1], gap[0])
    )
