"""`servicestory export`: a standard-procedure draft of each practice, kept under document control."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory.cli.app import today, who, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servicestory.cli.documents import Change
    from servicestory.cli.formats import Shelf
    from servicestory.models.organisation import Organisation
    from servicestory.models.procedure import Role, Sources
    from servicestory.wording.material import Material
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
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="markdown, always written; html or docx (Word) beside it (again for each); or all three. "
            "What is there already is brought up to date.",
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="FILE.md",
            help="Put the steps into a procedure of your own, where they fit, instead of writing a new one.",
        ),
    ] = None,
    under: Annotated[
        str | None,
        typer.Option("--under", metavar="HEADING", help="With --into: the section to put them into."),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="With --into: only show what would change; write nothing.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="With --into: take the steps out again, to the byte.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Write the generated part again even where it was changed by hand."),
    ] = False,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="Why a new revision; kept in its history.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who writes it (default: SERVICESTORY_BY, else open)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Incorporate: write standard procedures.

    One file for each practice, with document control and the stories behind every step. What you write
    outside the marked part stays, byte for byte; when the stories change, the procedure gets a new revision.

    --into puts the steps into a procedure you have already: into the section they fit best, between two
    marks of their own, and not another byte of the file changes. --draft shows the difference first.

    Example: servicestory export P-0007 --why "quarterly review" --by "Mara Lind"

    Example: servicestory export P-0007 --into ../handbook/front-desk.md --draft
    """
    from servicestory.cli import documents, picking, signed
    from servicestory.cli.formats import Shelf, wanted
    from servicestory.documents import check_output
    from servicestory.errors import Problem, Usage
    from servicestory.text import plural

    if into is None and (under or draft or remove):
        option = "--under" if under else "--draft" if draft else "--remove"
        raise Usage(f"{option} belongs to --into", "", "Name the file with --into FILE.md")
    if into is not None:
        from servicestory.cli.into import put_into

        if to is not None or format_ not in (None, [], ["markdown"]):
            raise Usage("--into writes into one markdown file", "", "Leave out --to and --format")
        put_into(practices or [], into, under, draft, remove, replace, as_json)
        return
    kinds = wanted(format_ or [])
    ws, problems = workspace(), list[Problem]()
    if to is not None:
        check_output(ws.root, to, folder=True)
    change = documents.Change(today(), who(by), why, replace)
    organisation = ws.organisation()
    source = documents.template(ws, "procedure")
    shelf, house = Shelf(ws, "procedures", to), _house(ws, organisation, source[0])
    rows: list[tuple[str, str]] = []
    unnamed: list[str] = []
    for material in picking.materials(ws, practices or [], "export", "Writing procedures", problems):
        try:
            rows.extend(_procedure(shelf, material, organisation, source, change, kinds, house, unnamed))
        except Problem as problem:
            problems.append(problem)
    written = sum(1 for name, what in rows if name.endswith(".md") and what != "kept as it was")
    signed.say_unnamed(unnamed, change.by)
    documents.say(rows, f"{plural(written, 'procedure')} in {shelf.path}", as_json, problems)


def _procedure(
    shelf: "Shelf",
    material: "Material",
    organisation: "Organisation",
    source: tuple[str, str],
    change: "Change",
    kinds: tuple[str, ...],
    house: dict[str, str],
    unnamed: list[str],
) -> "Iterator[tuple[str, str]]":
    """Writes the procedure of one practice; (file, what became of it) for each, as soon as it is written.

    Everything is made before anything is written, so that a broken template leaves nothing half done.

    Args:
        unnamed: the procedure is added where the name given was not taken into it.
    """
    from servicestory.cli import documents, signed
    from servicestory.cli.formats import pages, put
    from servicestory.incorporate import blocks
    from servicestory.incorporate.authority import changed as own_roles
    from servicestory.incorporate.authority import default_roles
    from servicestory.incorporate.content import number_of, values
    from servicestory.incorporate.lifecycle import altered, first_review
    from servicestory.incorporate.trace import changes
    from servicestory.models.base import NOBODY
    from servicestory.models.procedure import Procedure
    from servicestory.text import slug

    practice = material.practice  # its name in the house's own words
    number = number_of(practice)
    name = documents.existing(shelf.path, number, shelf.folder) or f"{number}-{slug(practice.name)}.md"
    old = shelf.text(name)
    fresh = Procedure(
        id=number,
        practice=practice.id,
        title=practice.name,
        revision=1,
        status="draft",
        owner=practice.owner,
        author=None if change.by == NOBODY else change.by,
        review_due=first_review(change.on, organisation.review_months, practice),
        roles=default_roles(material),
    )
    if old is not None:
        was, _ = documents.front_matter(old, Procedure, shelf.shown(name))
        if not change.replace and (
            changed := altered(was, blocks.split(old, shelf.shown(name)), shelf.shown(name))
        ):
            raise changed
    # what the house says of all procedures stands in its page alone, so that they follow when it changes
    follow: dict[str, Any] = {}
    if organisation.authority and (old is None or not own_roles(material, was)):
        follow = {"roles": []}
    fresh = fresh.model_copy(update=follow)
    made_from = _sources(material, house, follow.get("roles", (was if old is not None else fresh).roles))
    fresh = fresh.model_copy(update={"made_from": made_from})

    def filled(control: Any) -> dict[str, Any]:
        return values(material, organisation, control)

    text, outcome = documents.updated(
        old, fresh, filled, *source, change.of(material.practice), shelf.shown(name), changes, follow
    )
    control, _ = documents.front_matter(text, Procedure, shelf.shown(name))
    made = pages(shelf, name, text, control, organisation.language, kinds, change.replace)
    kept = _kept(shelf, name, old) if outcome == "new revision" and old is not None else []
    if text != old:
        shelf.write(name, text, old)
    unnamed += [control.id] if signed.unnamed(control, outcome, change.by) else []
    yield shelf.shown(name), str(outcome)
    yield from kept
    yield from put(shelf, made)


def _mark(*parts: Any) -> str:
    import json

    from servicestory.incorporate.blocks import fingerprint

    return fingerprint(json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False))[:12]


def _house(ws: "Workspace", organisation: "Organisation", template: str) -> dict[str, str]:
    """The fingerprints of what all procedures are made from, and of each practice as people worded it."""
    from servicestory.cli import picking

    entries = {key: entry.to_yaml() for key, entry in picking.entries(ws).items()}
    return {
        **{practice.id: practice.wording_mark for practice in ws.practices([])},
        "codebook": _mark(entries),
        "house": _mark(organisation.to_yaml()),
        "template": _mark(template),
    }


def _sources(material: "Material", house: dict[str, str], roles: "list[Role]") -> "Sources":
    """The fingerprints of what a procedure is made from."""
    from servicestory.models.procedure import Sources
    from servicestory.train.stale import taught

    practice = material.practice
    return Sources(
        stories=_mark([story.to_yaml() for _, story in sorted(material.told.items())]),
        places=_mark([piece.model_dump(mode="json") for piece in practice.evidence]),
        definition=_mark(house.get(practice.id), house["codebook"]),
        house=house["house"],
        template=house["template"],
        roles=_mark([role.model_dump(mode="json") for role in roles]),
        state=practice.status,
        steps=taught(material),
    )


def _kept(shelf: "Shelf", name: str, old: str) -> list[tuple[str, str]]:
    """Keeps the revision people work by, when the one that follows begins as a draft."""
    from servicestory.cli import documents
    from servicestory.cli.formats import kept
    from servicestory.models.procedure import Procedure

    control, _ = documents.front_matter(old, Procedure, shelf.shown(name))
    return kept(shelf, name, control.revision) if control.status == "effective" else []
