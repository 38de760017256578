"""`servicestory train`: job breakdown, checklist and session plan of each practice."""

from typing import Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, who, workspace


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
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="Why a new revision; kept in its history.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who writes them (default: you).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Train: write job breakdown, checklist and session plan.

    They go to training/, one folder for each practice. What you write outside the marked part stays;
    when the stories change, the documents get a new revision.

    Example: servicestory train P-0007
    """
    from servicestory.cli import documents
    from servicestory.errors import Problem
    from servicestory.models.training import TrainingDocument
    from servicestory.text import plural, slug
    from servicestory.train.sheets import SHEETS, values
    from servicestory.wording.material import gather

    ws, on = workspace(), today()
    change = documents.Change(on, who(by), why, replace)
    organisation = ws.organisation()
    picked = documents.chosen(ws, practices or [], "train")
    problems: list[Problem] = []
    stories = {story.id: story for story in ws.stories(problems)}
    templates = {kind: documents.template(ws, file) for kind, (_, file) in SHEETS.items()}
    entries = documents.entries(ws, problems)
    rows: list[tuple[str, str]] = []
    with ws.lock(), console.progress() as progress:
        for done, practice in enumerate(picked):
            progress("Writing training", done, len(picked))
            material = gather(practice, stories, organisation, entries.get(practice.definition or ""))
            practice = material.practice  # its name in the house's own words
            folder = documents.existing(ws.root / "training", practice.id, "training")
            folder = folder or f"{practice.id}-{slug(practice.name)}"
            for kind, (prefix, file) in SHEETS.items():
                fresh = TrainingDocument(
                    id=f"{prefix}-{practice.id.removeprefix('P-')}",
                    practice=practice.id,
                    document=kind,
                    title=practice.name,
                    owner=practice.owner,
                    dated=on.isoformat(),
                    review_due=documents.review_due(on, organisation.review_months),
                )

                def filled(control: Any, made: Any = material) -> dict[str, Any]:
                    return values(made, organisation, control, on)

                name = f"training/{folder}/{file}.md"
                try:
                    old = ws.document(name)
                    text, outcome = documents.updated(old, fresh, filled, *templates[kind], change, name)
                    if text != old:
                        ws.write_document(name, text, old)
                    rows.append((name, outcome))
                except Problem as problem:
                    problems.append(problem)
            if material.thin:
                console.note(
                    f"{practice.id}: the evidence is thin; the documents say what is missing and whom to ask."
                )
    where = f"Training documents of {plural(len(picked), 'practice')} are in {ws.root / 'training'}"
    documents.say(rows, where, as_json, problems)
