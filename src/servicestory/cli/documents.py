"""Writes a generated document: new, unchanged, or as a new revision; never over anybody's words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from servicestory import console, yaml_edit, yaml_read, yaml_write
from servicestory.cli import signed
from servicestory.errors import Problem, nearest
from servicestory.incorporate import blocks
from servicestory.incorporate.lifecycle import first_review as first_review
from servicestory.incorporate.trace import why_again
from servicestory.models.base import NOBODY
from servicestory.models.procedure import Move, Procedure, Revision
from servicestory.models.training import TrainingDocument
from servicestory.wording.render import render

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

Control = Procedure | TrainingDocument
Compare = Callable[[str, str], tuple[Literal["major", "minor"], str]]
Outcome = Literal["new", "unchanged", "new revision", "front matter", "name added", "kept", "put back"]

NOTES = """
## Notes

Whatever you write above the first marker or below this line is yours: it stays, byte for byte, when the
document is written again. What stands between the markers is written by servicestory.
"""
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<front>.*?)^---[ \t]*\r?$", re.S | re.M)
# What a new revision leaves behind: approval and effect belong to the revision that was approved.
_APPROVALS = ("approver", "approved_on", "effective_on", "in_use_on", "in_use_by")


@dataclass(frozen=True)
class Change:
    """Why a document is written now: who, when and for what reason; and whether hand edits may be lost."""

    on: date
    by: str
    why: str | None
    replace: bool = False
    first: str = "The practice was chosen to be copied"  # why a document is begun, where nobody says it

    def of(self, practice: "Practice") -> "Change":
        """The same, with the truth about a practice that nobody chose."""
        return replace(self, first=practice.undecided.rstrip(".")) if practice.undecided else self


_AS_IT_IS = "report.html"  # comes along, and is no template of the workspace's own


def template(workspace: "Workspace", name: str, kind: str = "md") -> tuple[str, str]:
    """The text of a template and its name for messages: the workspace's own before the one that comes along.

    Raises:
        Problem: when the workspace's own template cannot be read, is empty, or no file.
    """
    file = f"{name}.{kind}"
    if wrong := _in_the_way(workspace):
        raise wrong
    own = workspace.root / "templates" / file
    packaged = resources.files("servicestory") / "templates" / file
    if not (own.exists() or own.is_symlink()):
        return packaged.read_text(encoding="utf-8"), file
    away = "or take it away, and the one that comes along is used"
    if not own.is_file():
        what = "a folder" if own.is_dir() else "no file"
        raise Problem(f"this is {what}, where a template belongs", f"templates/{file}", f"Move it, {away}")
    try:
        text = own.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Problem("this template cannot be read", f"templates/{file}", "Save it as UTF-8 text") from None
    if not text.strip():
        raise Problem("this template is empty", f"templates/{file}", f"Write it, {away}")
    return text, f"templates/{file}"


def _in_the_way(workspace: "Workspace") -> Problem | None:
    """What is wrong where a file is called as the folder of templates: none of them could be there."""
    if not (workspace.root / "templates").is_file():
        return None
    step = "Move it into a folder of this name, or take it away, and those that come along are used"
    return Problem("this is a file, where the folder of your templates belongs", "templates", step)


def strays(workspace: "Workspace") -> list[Problem]:
    """What lies in templates/ under a name no template has: nothing is made by it."""
    known = [p.name for p in (resources.files("servicestory") / "templates").iterdir() if p.name != _AS_IT_IS]
    folder = workspace.root / "templates"
    if wrong := _in_the_way(workspace):
        return [wrong]
    there = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
    found = []
    for name in there:
        if name not in known and not name.startswith("."):
            near = nearest(name, known)
            step = f"Did you mean {near}" if near else f"Templates are {', '.join(sorted(known))}"
            found.append(Problem("no template has this name, so it is not used", f"templates/{name}", step))
    return found


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
    compare: Compare | None = None,
    follow: dict[str, Any] | None = None,
) -> tuple[str, Outcome]:
    """The whole text of a document, and what became of it.

    Args:
        old: the document as it is on disk; None: it is new.
        fresh: the front matter a new document starts with.
        values: gives the template's values for a front matter; only `control` and `standing` follow it.
        text: the template.
        name: the document's name for messages.
        compare: tells from the old and the new block whether a revision is major, and what it changes. A
            minor one leaves the status and the approval as they are; without it every one is minor, and
            a document in use becomes a draft.
        follow: what a document that exists takes over at its head, because nobody has said otherwise there.

    Raises:
        Problem: broken markers or front matter; or the generated part was changed by hand and would be lost.
    """
    if old is None:
        control = fresh.model_copy(update={"history": [_line(1, change, "First draft", "minor")]})
        block, content = _block(control, values, text, template_name)
        front = yaml_write.document(control.to_yaml())
        return f"---\n{front}---\n\n{blocks.wrapped(block, control.id, content)}\n{NOTES}", "new"

    managed = blocks.split(old, name)
    control, piece = front_matter(old, type(fresh), name)
    if control.status in ("withdrawn", "superseded"):
        return old, "kept"
    was = control
    control = control.model_copy(update=follow or {})
    if fresh.owner and not control.owner:  # named in the practice since
        control = control.model_copy(update={"owner": fresh.owner})
    before = managed.before if control == was else with_front(managed.before, piece, was, control, name)
    block, content = _block(control, values, text, template_name)
    if content == managed.content and managed.edited and change.replace and _agreed(control, block):
        _say_taken_back(managed.block, block, name)
        return rewrapped(replace(managed, sha=blocks.fingerprint(managed.block)), before, block, content), (
            "put back"
        )
    if content == managed.content and not (managed.edited and change.replace):
        if (named := signed.by_name(control, change.by)) != control:
            before = with_front(managed.before, piece, was, named, name)
            block, _ = _block(named, values, text, template_name)
        block = blocks.with_control(managed.block, block) or (managed.block if managed.edited else block)
        if block == managed.block and before == managed.before:
            return old, "kept" if managed.edited else "unchanged"
        return rewrapped(managed, before, block, content), (
            "front matter" if named == control else "name added"
        )
    kind, what = compare(managed.block, block) if compare else (None, "")
    new = _revised(control, fresh, change, kind, what, managed.edited)
    block, content = _block(new, values, text, template_name)
    if managed.edited and not change.replace:
        raise Problem(
            "the part between the markers was changed by hand, and writing it again would lose that.\n"
            + blocks.difference(managed.block, block, name)
            + "\nNothing was written",
            name,
            "Move your words below the end marker, or call it again with --replace",
        )
    if managed.edited:
        _say_taken_back(managed.block, block, name)
    managed = replace(managed, sha=blocks.fingerprint(managed.block))
    return rewrapped(managed, with_front(managed.before, piece, was, new, name), block, content), (
        "new revision"
    )


def _say_taken_back(edited: str, block: str, name: str) -> None:
    """Say in full what somebody had written between the markers: from now on it stands nowhere else.

    The table of revision and status is left out; nobody writes it by hand.
    """
    here = blocks.with_control(edited, block) or edited
    said = blocks.difference(here, block, name, len(here) + len(block))
    console.note(
        f"{name}: the part between the markers had been changed by hand and is written again. "
        f"What stood there (-), and what stands there now (+):\n{said}\n"
        "What is still wanted of it belongs below the end marker.",
        whole=True,
    )


def _agreed(control: Control, block: str) -> bool:
    """Whether the block is word for word what was submitted or approved, so that it is no new revision.

    A minor revision of what is agreed is not submitted again; its text is the one that was written then.
    """
    if not isinstance(control, Procedure):
        return False
    agreed = [m.text for m in control.decisions if m.text and m.revision == control.revision]
    return blocks.said(block) in agreed or (not agreed and control.status != "draft")


def rewrapped(managed: blocks.Managed, before: str, block: str, content: str) -> str:
    """The whole document; a block that was changed by hand goes on being known as such."""
    sha = managed.sha if managed.edited else None
    return before + blocks.wrapped(block, managed.id, content, managed.newline, sha) + managed.after


def _revised(
    control: Any,
    fresh: Control,
    change: Change,
    kind: Literal["major", "minor"] | None,
    what: str,
    by_hand: bool,
) -> Any:
    """The control record of the next revision; what changes what people do is a draft again."""
    made_from = fresh.made_from if isinstance(fresh, Procedure) else None
    again = why_again(control.made_from if isinstance(control, Procedure) else None, made_from, by_hand)
    what = what or "Steps and evidence brought up to date"
    line = _line(control.revision + 1, change, what, kind or "minor", again)
    made: dict[str, Any] = {
        "revision": line.revision, "title": fresh.title, "history": [*control.history, line],
        **({"dated": change.on.isoformat()} if hasattr(control, "dated") else {}),
        **({"made_from": made_from} if made_from else {}),
    }  # fmt: skip
    begins_again = kind != "minor" and control.status in ("approved", "effective", "in review", "in use")
    made |= _author(control, change.by, begins_again or control.status in ("draft", "in review"))
    if begins_again:
        made |= {key: None for key in _APPROVALS if hasattr(control, key)} | {"status": "draft"}
        if isinstance(control, Procedure):
            reason = "A new revision changes what people do"
            move = Move(
                on=line.on,
                by=line.by,
                revision=line.revision,
                from_=control.status,
                to="draft",
                reason=reason,
            )
            made["decisions"] = [*control.decisions, move]
    return control.model_copy(update=made)


def _author(control: Any, by: str, open_: bool) -> dict[str, str]:
    """Who wrote this revision as its author.

    What was approved keeps its author (``open_`` is False): a minor revision does not ask for another
    approval, and who approved may well write it. Where nobody is named, the author stays.
    """
    takes = isinstance(control, Procedure) and by != NOBODY and (open_ or control.author is None)
    return {"author": by} if takes else {}


def recontrolled(
    old: str,
    new: Procedure,
    values: Callable[[Control], dict[str, Any]],
    text: str,
    template_name: str,
    name: str,
) -> str:
    """The document with another control record: front matter and control parts change, nothing else.

    Raises:
        Problem: when the control parts cannot be told from the rest of the block.
    """
    managed = blocks.split(old, name)
    control, piece = front_matter(old, Procedure, name)
    fresh, content = _block(new, values, text, template_name)
    block = blocks.with_control(managed.block, fresh)
    if block is None:
        if managed.edited or content != managed.content:
            raise Problem(
                "its stories, its template or its text changed since it was written, so its table of "
                "revision and status cannot be brought up to date alone",
                name,
                f"Write it again first: servicestory export {new.practice}",
            )
        block = fresh
    return rewrapped(managed, with_front(managed.before, piece, control, new, name), block, managed.content)


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


def with_front(before: str, piece: yaml_read.Piece, old: Control, new: Control, name: str) -> str:
    """What stands before the block, with the control record ``new`` in the place of ``old``."""

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
                ("withdrawn_on", None), ("withdrawn_by", None), ("decisions", []), ("in_use_on", None),
                ("in_use_by", None),
            )
            if key in type(control).model_fields
        }
    )  # fmt: skip
    named = values(control)
    plain = render(text, {**named, "control": neutral, "standing": ""}, template_name)
    block = render(text, named, template_name)
    return block, blocks.fingerprint(blocks.without_control(plain))


def _line(
    revision: int, change: Change, what: str, kind: Literal["major", "minor"], usual: str = ""
) -> Revision:
    return Revision(
        revision=revision,
        on=change.on.isoformat(),
        by=change.by,
        what=what,
        why=change.why or usual or change.first,
        kind=kind,
    )


def say(rows: list[tuple[str, str]], where: str, as_json: bool, problems: list[Problem]) -> None:
    """Show what became of each file (name, outcome), a sentence about all of them, then what went wrong.

    Raises:
        typer.Exit: 1, when something did.
    """
    if as_json:
        console.json({"schema": 1, "written": [{"file": name, "outcome": outcome} for name, outcome in rows]})
    else:
        if rows:
            shown = [
                (file, {"front matter": "its head is up to date"}.get(what, what)) for file, what in rows
            ]
            console.table("", ["file", "what became of it"], shown)
        if where:
            console.out(where)
    if problems:
        console.problems(list({str(problem): problem for problem in problems}.values()))
        raise typer.Exit(1)
