"""`servicestory export`: a standard-procedure draft of each practice, kept under document control."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import today, who, workspace

if TYPE_CHECKING:
    from servicestory.workspace import Workspace


def export(
    practices: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PRACTICE]...",
            help="Ids or names; without any, all that are accepted, on trial or standard.",
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="DIR", help="Another folder than procedures/; it may be outside the workspace."
        ),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="markdown, or html beside it.")
    ] = "markdown",
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Write the generated part again even where it was changed by hand."),
    ] = False,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="Why a new revision; kept in its history.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who writes it (default: you).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Incorporate: write standard procedures.

    One file for each practice, with document control and the stories behind every step. What you write
    outside the marked part stays, byte for byte; when the stories change, the procedure gets a new revision.

    Example: servicestory export P-0007 --why "quarterly review" --by "Mara Lind"
    """
    from servicestory.cli import documents
    from servicestory.errors import Problem, Usage
    from servicestory.incorporate.content import default_roles, number_of, values
    from servicestory.incorporate.page import page
    from servicestory.models.procedure import Procedure
    from servicestory.text import plural, slug
    from servicestory.wording.material import gather

    if format_ not in ("markdown", "html"):
        raise Usage(f"There is no format {format_!r}", "", "Use markdown or html")
    ws, on = workspace(), today()
    change = documents.Change(on, who(by), why, replace)
    organisation = ws.organisation()
    picked = documents.chosen(ws, practices or [], "export")
    problems: list[Problem] = []
    stories = {story.id: story for story in ws.stories(problems)}
    text_of = documents.template(ws, "procedure")
    folder = to if to is not None else ws.root / "procedures"
    shown = str(to) if to is not None else "procedures"
    entries = documents.entries(ws, problems)
    rows: list[tuple[str, str]] = []
    with ws.lock(), console.progress() as progress:
        for done, practice in enumerate(picked):
            progress("Writing procedures", done, len(picked))
            material = gather(practice, stories, organisation, entries.get(practice.definition or ""))
            practice = material.practice  # its name in the house's own words
            number = number_of(practice)
            fresh = Procedure(
                id=number,
                practice=practice.id,
                title=practice.name,
                owner=practice.owner,
                author=change.by,
                review_due=documents.review_due(on, organisation.review_months),
                roles=default_roles(material.customer),
            )

            def filled(control: Any, made: Any = material) -> dict[str, Any]:
                return values(made, organisation, control)

            try:
                name = documents.existing(folder, number, shown) or f"{number}-{slug(practice.name)}.md"
                name = name.removesuffix(".html").removesuffix(".md") + ".md"
                old = _read(ws, to, name)
                text, outcome = documents.updated(old, fresh, filled, *text_of, change, f"{shown}/{name}")
                if text != old:
                    _write(ws, to, name, text, old)
                rows.append((f"{shown}/{name}", outcome))
                if format_ == "html":
                    control, _ = documents.front_matter(text, Procedure, f"{shown}/{name}")
                    beside = name.removesuffix(".md") + ".html"
                    made = page(
                        text,
                        f"{control.id}, revision {control.revision}",
                        control.title,
                        organisation.language,
                    )
                    _write(ws, to, beside, made, _read(ws, to, beside))
                    rows.append((f"{shown}/{beside}", outcome))
            except Problem as problem:
                problems.append(problem)
            if material.thin:
                console.note(
                    f"{practice.id}: thin evidence; the procedure says what is missing and whom to ask."
                )
    documents.say(rows, f"Procedures of {plural(len(picked), 'practice')} are in {folder}", as_json, problems)


def _read(ws: "Workspace", to: Path | None, name: str) -> str | None:
    if to is None:
        return ws.document(f"procedures/{name}")
    path = to / name
    if not path.exists():
        return None
    from servicestory.errors import Problem

    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Problem("this file cannot be read", str(path), "Move it away, or save it as UTF-8") from None


def _write(ws: "Workspace", to: Path | None, name: str, text: str, old: str | None) -> None:
    if to is None:
        ws.write_document(f"procedures/{name}", text, old)
        return
    from servicestory.workspace import write_file

    write_file(to / name, text, old, str(to / name))
