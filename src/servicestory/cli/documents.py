"""Writes a generated document: new, unchanged, or as a new revision; never over anybody's words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from servicestory import console, yaml_edit, yaml_read, yaml_write
from servicestory.errors import Problem
from servicestory.incorporate import blocks
from servicestory.models.procedure import Procedure, Revision
from servicestory.models.training import TrainingDocument
from servicestory.wording.render import render

if TYPE_CHECKING:
    from servicestory.models.codebook import CodebookEntry
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

Control = Procedure | TrainingDocument
Outcome = Literal["new", "unchanged", "new revision", "front matter", "kept"]

_NOTES = """
## Notes

Whatever you write above the first marker or below this line is yours: it stays, byte for byte, when the
document is written again. What stands between the markers is written by servicestory.
"""
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<front>.*?)^---[ \t]*\r?$", re.S | re.M)
# What a new revision leaves behind: approval and effect belong to the revision that was approved.
_APPROVALS = ("approved_on", "effective_on")


@dataclass(frozen=True)
class Change:
    """Why a document is written now: who, when and for what reason; and whether hand edits may be lost."""

    on: date
    by: str
    why: str | None
    replace: bool = False


def template(workspace: "Workspace", name: str) -> tuple[str, str]:
    """The text of a template and its name for messages: the workspace's own before the one that comes along.

    Raises:
        Problem: when the workspace's own template cannot be read.
    """
    own = workspace.root / "templates" / f"{name}.md"
    if own.is_file():
        try:
            return own.read_text(encoding="utf-8"), f"templates/{name}.md"
        except (OSError, UnicodeDecodeError):
            raise Problem(
                "this template cannot be read", f"templates/{name}.md", "Save it as UTF-8 text"
            ) from None
    packaged = resources.files("servicestory") / "templates" / f"{name}.md"
    return packaged.read_text(encoding="utf-8"), f"{name}.md"


def _is_of(path: Path, prefix: str) -> bool:
    named = re.match(re.escape(prefix) + r"(?:[.-]|$)", path.name)
    return bool(named) and (path.suffix == ".md" or path.is_dir())


def existing(folder: Path, prefix: str, where: str) -> str | None:
    """The name of the file or folder of this id in ``folder``, whatever title it was made with.

    Raises:
        Problem: when there are several.
    """
    if not folder.is_dir():
        return None
    found = sorted(p.name for p in folder.iterdir() if _is_of(p, prefix))
    if len(found) > 1:
        raise Problem(
            f"there are several documents of {prefix}: {', '.join(found)}",
            where,
            "Keep one and move the others away",
        )
    return found[0] if found else None


def updated(
    old: str | None,
    fresh: Control,
    values: Callable[[Control], dict[str, Any]],
    text: str,
    template_name: str,
    change: Change,
    name: str,
) -> tuple[str, Outcome]:
    """The whole text of a document, and what became of it.

    Args:
        old: the document as it is on disk; None: it is new.
        fresh: the front matter a new document starts with.
        values: gives the template's values for a front matter.
        text: the template.
        name: the document's name for messages.

    Raises:
        Problem: broken markers or front matter; or the generated part was changed by hand and would be lost.
    """
    if old is None:
        control = fresh.model_copy(update={"history": [_line(1, change, "First draft", "minor")]})
        block, content = _block(control, values, text, template_name)
        front = yaml_write.document(control.to_yaml())
        return f"---\n{front}---\n\n{blocks.wrapped(block, control.id, content)}\n{_NOTES}", "new"

    managed = blocks.split(old, name)
    control, piece = front_matter(old, type(fresh), name)
    if control.status in ("withdrawn", "superseded"):
        return old, "kept"
    block, content = _block(control, values, text, template_name)
    revised = content != managed.content
    if revised:
        left = {key: None for key in _APPROVALS if hasattr(control, key)}
        status = (
            "draft" if control.status in ("approved", "effective", "in review", "in use") else control.status
        )
        line = _line(control.revision + 1, change, "Steps and evidence brought up to date", "minor")
        dated = {"dated": change.on.isoformat()} if hasattr(control, "dated") else {}
        new = control.model_copy(
            update={
                **left, **dated, "revision": control.revision + 1, "status": status,
                "title": fresh.title, "history": [*control.history, line],
            }
        )  # fmt: skip
        block, content = _block(new, values, text, template_name)
    else:
        new = control
    if block == managed.block:
        return old, "unchanged"
    if managed.edited and not change.replace:
        if not revised:
            return old, "kept"
        raise Problem(
            "the part between the markers was changed by hand, and writing it again would lose that.\n"
            + blocks.difference(managed.block, block, name)
            + "\nNothing was written",
            name,
            "Move your words below the end marker, or call it again with --replace",
        )
    before = managed.before
    if new is not control:
        before = _with_front(before, piece, control, new, name)
    written = before + blocks.wrapped(block, managed.id, content, managed.newline) + managed.after
    return written, "new revision" if revised else "front matter"


def front_matter(text: str, model: type[Any], name: str) -> tuple[Any, yaml_read.Piece]:
    """The record in a document's front matter, and the piece of text it stands in.

    Raises:
        Problem: when there is none, or it is not what the record needs; with its line.
    """
    found = _FRONT.match(text)
    if not found:
        raise Problem(
            "this document has lost its front matter", f"{name}:1", "Put back the lines between --- and ---"
        )
    piece = yaml_read.Piece(found["front"], found.start("front"), 1)
    return _record(model, found["front"], name), piece


def _record(model: type[Any], front: str, name: str) -> Any:
    from servicestory.records import load

    records, problems = load(model, "\n" + front, name)  # the line of the opening --- is counted
    if problems:
        raise problems[0]
    if len(records) != 1:
        raise Problem("the front matter must be one record", f"{name}:1", "Keep one between --- and ---")
    return records[0][1]


def _with_front(before: str, piece: yaml_read.Piece, old: Control, new: Control, name: str) -> str:
    def gives_wanted(candidate: str) -> bool:
        try:
            return bool(_record(type(new), candidate, name) == new)
        except Problem:
            return False

    edited = yaml_edit.edit(piece, old.to_yaml(), new.to_yaml(), gives_wanted, name)
    return before[: piece.start] + edited + before[piece.start + len(piece.text) :]


def _block(
    control: Control, values: Callable[[Control], dict[str, Any]], text: str, template_name: str
) -> tuple[str, str]:
    """The generated part, and the fingerprint of what it says without revision, status, names and dates."""
    neutral = control.model_copy(
        update={
            key: default
            for key, default in (
                ("revision", 1), ("status", "draft"), ("history", []), ("owner", None), ("author", None),
                ("reviewer", None), ("approver", None), ("approved_on", None), ("effective_on", None),
                ("review_due", None), ("dated", None), ("supersedes", None), ("superseded_by", None),
            )
            if key in type(control).model_fields
        }
    )  # fmt: skip
    plain = render(text, values(neutral), template_name)
    return render(text, values(control), template_name), blocks.fingerprint(plain)


def _line(revision: int, change: Change, what: str, kind: Literal["major", "minor"]) -> Revision:
    usual = (
        "The stories or the definition changed" if revision > 1 else "The practice was chosen to be copied"
    )
    return Revision(
        revision=revision,
        on=change.on.isoformat(),
        by=change.by,
        what=what,
        why=change.why or usual,
        kind=kind,
    )


def entries(workspace: "Workspace", problems: list[Problem] | None = None) -> dict[str, "CodebookEntry"]:
    """The codebook's entries by key."""
    return {entry.key: entry for entry in workspace.codebook(problems if problems is not None else [])}


def chosen(workspace: "Workspace", refs: list[str], what: str) -> list["Practice"]:
    """The practices named, or all that were decided on (accepted, pilot, standard, local).

    Raises:
        Problem: when none was decided on yet, or one named is unknown.
    """
    if refs:
        picked = {p.id: p for p in (workspace.practice(ref) for ref in refs)}
        return [picked[key] for key in sorted(picked)]
    decided = [p for p in workspace.practices() if p.status in ("accepted", "pilot", "standard", "local")]
    if not decided:
        raise Problem(
            f"no practice is accepted yet, so there is nothing to {what}",
            "practices",
            f"Accept one with: servicestory review, or name a candidate: servicestory {what} P-0001",
        )
    return decided


def review_due(on: date, months: int) -> str:
    """The day a document made on ``on`` is to be looked at again."""
    import calendar

    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def say(rows: list[tuple[str, str]], where: str, as_json: bool, problems: list[Problem]) -> None:
    """Show what became of each file (name, outcome), then what went wrong.

    Raises:
        typer.Exit: 1, when something did.
    """
    if as_json:
        console.json({"schema": 1, "written": [{"file": name, "outcome": outcome} for name, outcome in rows]})
    else:
        console.table("", ["file", "what became of it"], rows)
        console.out(where)
    if problems:
        console.problems(problems)
        raise typer.Exit(1)
