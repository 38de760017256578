"""`servicestory train`: job breakdown, checklist, session plan and quiz of each practice."""

from typing import Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import named, today, who, workspace


def train(
    practices: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PRACTICE]...",
            help="Ids or names; without any, all that are accepted, on trial or standard.",
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Write the generated part again even where it was changed by hand."),
    ] = False,
    in_use: Annotated[
        bool, typer.Option("--in-use", help="Write nothing: somebody looked them through, and they are used.")
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Write nothing: they are not to be used any longer.")
    ] = False,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="Why a new revision; kept in its history.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="NAME",
            help="Who writes them (default: SERVICESTORY_BY, else open; --in-use and --withdraw ask for it).",
        ),
    ] = None,
    quiz: Annotated[
        list[str] | None,
        typer.Option(
            "--quiz",
            metavar="FORMAT",
            help="The quiz for a learning system too: gift (Moodle), aiken or anki; or paper: "
            "the questions without their answers.",
        ),
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="markdown, always written; html or docx (Word) beside it (again for each); or all three. "
            "What is there already is brought up to date.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Train: write job breakdown, checklist, session plan and quiz.

    They go to training/, one folder for each practice. What you write outside the marked part stays;
    when the stories change, the documents get a new revision, which is a draft until somebody looks it
    through (--in-use). What was withdrawn is written again where you name its practice. Who learned what:
    see `train record`, `train log` and `train due`.

    Example: servicestory train P-0007 --quiz gift --quiz anki

    Example: servicestory train P-0007 --in-use --by "Mara Lind"
    """
    from servicestory.cli import documents, picking, sheets_state, signed
    from servicestory.cli import quiz as quizzes
    from servicestory.cli.built import built
    from servicestory.cli.formats import Shelf, pages, put, wanted
    from servicestory.cli.judging import House
    from servicestory.errors import Problem, Usage, nearest
    from servicestory.models.practice import ENDED
    from servicestory.models.training import TrainingDocument
    from servicestory.text import plural, slug
    from servicestory.train import quiz as questions
    from servicestory.train.sheets import SHEETS, values
    from servicestory.train.stale import basis, taught

    if in_use or withdraw:
        if in_use and withdraw:
            raise Usage("--in-use and --withdraw are opposites", "", "Take one of them")
        if replace or why or quiz or format_:
            raise Usage("--in-use and --withdraw write no document", "", "Make two calls of it")
        sheets_state.move(practices or [], "in use" if in_use else "withdrawn", named(by), as_json)
        return
    formats, kinds = quizzes.known(quiz or []), wanted(format_ or [])
    ws, on = workspace(), today()
    change = documents.Change(on, who(by), why, replace)
    organisation = ws.organisation()
    try:
        picked = picking.chosen(ws, practices or [], "train")
    except Problem as problem:
        meant = nearest((practices or [""])[0], ["record", "log", "due", "missing"])
        if meant is None:
            raise
        raise Problem(problem.what, problem.where, f"Did you mean: servicestory train {meant}?") from None
    problems: list[Problem] = []
    stories = {story.id: story for story in ws.stories(problems)}
    sheets = {**SHEETS, "quiz": ("QZ", "quiz")}
    templates = {kind: documents.template(ws, file) for kind, (_, file) in sheets.items()}
    mask = House(ws, organisation, list(stories.values())).mask
    pool = quizzes.Pool(ws.practices([]), stories, organisation, picking.entries(ws, problems), mask, on)
    procedures = built(ws, []).procedures
    rows, thin, drafts = list[tuple[str, str]](), list[str](), set[str]()
    left, unnamed = dict[str, str](), list[str]()
    with picking.recalled(ws), ws.lock(), console.progress() as progress:
        picking.read_ahead(picked, stories)
        for done, practice in enumerate(picked):
            progress("Writing training", done, len(picked))
            material = pool.material(practice)
            made_from = basis(practice, procedures.get(practice.id), taught(material), material.told_steps)
            practice = material.practice  # its name in the house's own words
            controlled = procedures.get(practice.id)
            owner = picking.owner(practice, mask) or (controlled.owner if controlled else None)
            folder = documents.existing(ws.root / "training", practice.id, "training")
            folder = folder or f"{practice.id}-{slug(practice.name)}"
            for kind, (prefix, file) in sheets.items():
                fresh = TrainingDocument(
                    id=f"{prefix}-{practice.id.removeprefix('P-')}",
                    practice=practice.id,
                    document=kind,
                    made_from=made_from,
                    title=practice.name,
                    owner=owner,
                    dated=on.isoformat(),
                    review_due=documents.first_review(on, organisation.review_months, practice),
                )

                def filled(control: Any, made: Any = material, kind: str = kind) -> dict[str, Any]:
                    if kind == "quiz":
                        unasked = pool.scenes().to_ask_for.get(made.practice.id, ())
                        return questions.values(made, pool.questions(made), control, unasked)
                    moments = pool.moments(made.practice.id)
                    return values(made, organisation, control, on, pool.elsewhere(made.practice), moments)

                name = f"training/{folder}/{file}.md"
                try:
                    old = ws.document(name)
                    given = old
                    if old and practices and practice.status not in ENDED:
                        given = sheets_state.taken_up(old, name)
                    text, outcome = documents.updated(
                        given, fresh, filled, *templates[kind], change.of(practice), name
                    )
                    marked, control = quizzes.up_to_date(text, name, made_from)
                    if marked != old and outcome in ("unchanged", "kept"):
                        outcome = "front matter"
                    shelf = Shelf(ws, f"training/{folder}")
                    made = pages(shelf, f"{file}.md", marked, control, organisation.language, kinds, replace)
                    rows.extend(sheets_state.kept_in_use(shelf, f"{file}.md", old, outcome))
                    if marked != old:
                        ws.write_document(name, marked, old)
                    rows.append((name, outcome))
                    drafts |= {practice.id} if control.status == "draft" else set()
                    unnamed += [control.id] if signed.unnamed(control, outcome, change.by) else []
                    if kind == "job breakdown":
                        left[practice.id] = sheets_state.still_open(marked)
                    rows.extend(put(shelf, made))
                    if kind == "quiz":
                        rows += quizzes.exported(
                            ws, marked, name, practice, control, formats, replace, len(picked) == 1
                        )
                except Problem as problem:
                    problems.append(problem)
            if material.thin:
                thin.append(practice.id)
    picking.say_thin(thin)
    signed.say_unnamed(unnamed, change.by)
    if not as_json:
        sheets_state.say_open_points(left)
        sheets_state.say_drafts(picked, drafts)
    made_for = plural(len({name.split("/")[1] for name, _ in rows}), "practice")
    where = f"Training documents of {made_for} are in {ws.root / 'training'}" if rows else ""
    documents.say(rows, where, as_json, problems)
