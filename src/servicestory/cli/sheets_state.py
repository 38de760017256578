"""`train --in-use` and `--withdraw`: what becomes of training documents once somebody looked through them."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from servicestory import console
from servicestory.cli import documents, picking
from servicestory.cli.app import today, workspace
from servicestory.errors import Problem, Usage
from servicestory.incorporate import blocks
from servicestory.models.practice import ENDED
from servicestory.models.training import TrainingDocument
from servicestory.text import listing, plural

if TYPE_CHECKING:
    from servicestory.cli.built import Built
    from servicestory.cli.formats import Shelf
    from servicestory.models.practice import Practice
    from servicestory.train.stale import Stale
    from servicestory.workspace import Workspace

Wanted = Literal["in use", "withdrawn"]


def move(refs: list[str], to: Wanted, by: str, as_json: bool) -> None:
    """Brings every training document of the practices named into a state; all of a practice or none.

    Raises:
        Usage: no practice is named.
    """
    from servicestory.cli import built

    option = "--in-use" if to == "in use" else "--withdraw"
    if not refs:
        raise Usage("Which practice is not said", "", f"Name it: servicestory train PRACTICE {option}")
    ws = workspace()
    rows, problems, left = list[tuple[str, str]](), list[Problem](), dict[str, str]()
    with ws.lock():
        known = built.built(ws, problems)
        stale = _out_of_date(ws, known) if to == "in use" else []
        for ref in dict.fromkeys(refs):
            practice = ws.practice(ref)
            mine = [(name, sheet) for name, sheet in known.written if sheet.practice == practice.id]
            try:
                if to == "in use":
                    _fit(ws, practice, [s for s in stale if s.practice == practice.id])
                if not mine:
                    step = f"Write them with: servicestory train {practice.id}"
                    raise Problem(f"there are no training documents of {practice.id}", "training", step)
                if to == "in use" and practice.id not in known.taught:
                    what = f"the training documents of {practice.id} do not give a single step yet"
                    step = "What is missing, and whom to ask, stands in the job breakdown"
                    raise Problem(what, mine[0][0], step)
                rows += _written(ws, [name for name, _ in mine], to, by)
                sheet = next((name for name, sheet in mine if sheet.document == "job breakdown"), "")
                left[practice.id] = still_open((ws.document(sheet) if sheet else None) or "")
            except Problem as problem:
                problems.append(problem)
    done = sum(1 for name, what in rows if name.endswith(".md") and what == to and "/earlier/" not in name)
    said = "" if problems else f"All of them are {to} already; nothing was changed."
    if done:
        said = f"{plural(done, 'training document is', 'training documents are')} now {to}."
    documents.say(rows, said, as_json, problems)
    if to == "in use" and not as_json:
        say_open_points(left)


def still_open(text: str) -> str:
    """What a document leaves to its trainer or owner: questions, blanks, missing reasons; else empty."""
    asked = len(re.findall(r"(?:\| |^- )▢ ", text, re.MULTILINE))
    blanks = len(re.findall(r"(?:\\?_){8,}", text))  # an editor may have put a backslash before each
    without = re.search(r"^(?:Where no reason stands|No reason is known yet):", text, re.MULTILINE)
    said = [f"{plural(asked, 'question')} marked ▢"] if asked else []
    said += [f"{plural(blanks, 'blank')} to fill in"] if blanks else []
    return listing([*said, *(["steps without a reason"] if without else [])])


def say_open_points(left: Mapping[str, str]) -> None:
    """What the job breakdowns leave open, in one sentence.

    Args:
        left: by practice, see `still_open`.
    """
    some = [f"{practice}: {what}" for practice, what in left.items() if what]
    if some:
        more = f"; and in {len(some) - 8} more" if len(some) > 8 else ""
        console.note(
            f"Still open in the job breakdown of {'; '.join(some[:8])}{more}. Settle it with the team, "
            "or leave it to the trainer, who asks."
        )


def _out_of_date(ws: "Workspace", known: "Built") -> "list[Stale]":
    """What is out of date, also of what was withdrawn, since it is to be used again."""
    from servicestory.cli import built

    drafts = [(name, sheet.model_copy(update={"status": "draft"})) for name, sheet in known.written]
    found = built.stale(ws, today(), [], replace(known, written=drafts))
    return [one for one in found if one.what != "training"]


def _fit(ws: "Workspace", practice: "Practice", stale: "Iterable[Stale]") -> None:
    """Refuses to put in use what nobody accepted, what ended, and what was made from something older.

    Raises:
        Problem: with what to do first.
    """
    if practice.status in ENDED:
        from servicestory.train.stale import ended

        why, step = ended(practice)
        if practice.status != "merged":
            step += f"; or take it up again: servicestory review {practice.id} --accept --reason TEXT"
        what = f"{why}, so nobody is to learn it"
        raise Problem(what, ws.practice_place(practice.id), f"Take its documents back: {step}")
    picking.refuse_undecided(ws, practice, "nobody is to learn it yet")
    for one in stale:
        step = f"Write it again and look it through first: {one.next}"
        raise Problem(f"the {one.what} is out of date: {one.why}", one.where, step)


def taken_up(old: str, name: str) -> str:
    """The document, which is a draft again where it was withdrawn, so that it can be written anew."""
    control, _ = documents.front_matter(old, TrainingDocument, name)
    if control.status != "withdrawn":
        return old
    gone = dict.fromkeys(("in_use_on", "in_use_by", "withdrawn_on", "withdrawn_by"))
    return _moved(old, name, {"status": "draft", **gone})[0]


def _moved(old: str, name: str, update: dict[str, Any]) -> tuple[str, TrainingDocument]:
    """(as it is to be, its control record): the front matter and the cell of the page's table."""
    control, piece = documents.front_matter(old, TrainingDocument, name)
    to = update["status"]
    if control.status == to:
        return old, control
    new = control.model_copy(update=update)
    managed = blocks.split(old, name)
    row = f"| {control.practice} | {control.revision} | "
    block = managed.block.replace(f"\n{row}{control.status} |", f"\n{row}{to} |")
    before = documents.with_front(managed.before, piece, control, new, name)
    return documents.rewrapped(managed, before, block, managed.content), new


def kept_in_use(shelf: "Shelf", name: str, old: str | None, outcome: str) -> list[tuple[str, str]]:
    """Keeps what people learn from, before a new revision of it is written, which is a draft."""
    from servicestory.cli.formats import kept

    if old is None or outcome != "new revision":
        return []
    control, _ = documents.front_matter(old, TrainingDocument, shelf.shown(name))
    return kept(shelf, name, control.revision) if control.status == "in use" else []


def _earlier(ws: "Workspace", name: str) -> list[str]:
    """The copies of earlier revisions of a training document, kept while they were in use."""
    folder, _, file = name.rpartition("/")
    found = (ws.root / folder / "earlier").glob(file.removesuffix(".md") + "-revision-*.md")
    return [f"{folder}/earlier/{path.name}" for path in sorted(found)]


def _loaded(ws: "Workspace", name: str, control: TrainingDocument) -> list[tuple[str, str]]:
    """The files of a withdrawn quiz for learning systems: they stay, and go on being asked where loaded."""
    files = [f"{name.rpartition('/')[0]}/{file}" for file in control.exported]
    stays = "stays, and is not to be used: delete it, also where it was loaded"
    return [(file, stays) for file in files if ws.document(file) is not None]


def _written(ws: "Workspace", names: list[str], to: Wanted, by: str) -> list[tuple[str, str]]:
    """What became of each file and of the pages beside it; nothing is written before all could be read."""
    from servicestory.cli.formats import Shelf, pages, put

    day = today().isoformat()
    update: dict[str, Any] = {"status": to, "withdrawn_on": day, "withdrawn_by": by}
    if to == "in use":
        update |= {"in_use_on": day, "in_use_by": by, "withdrawn_on": None, "withdrawn_by": None}
    gone: dict[str, Any] = {"status": "withdrawn", "withdrawn_on": day, "withdrawn_by": by}
    language, rows, made = ws.organisation().language, list[tuple[str, str]](), []
    left, before = list[tuple[str, str]](), [copy for name in names for copy in _earlier(ws, name)]
    for name in [*names, *before]:
        old = ws.document(name) or ""
        new, control = _moved(old, name, gone if name in before else update)
        left += _loaded(ws, name, control) if to == "withdrawn" and name not in before else []
        shelf, _, file = name.rpartition("/")
        beside = pages(Shelf(ws, shelf), file, new, control, language, (), False)
        made.append((name, old, new, beside))
    for name, old, new, beside in made:
        if new != old:
            ws.write_document(name, new, old)
        if name not in before or new != old:
            moved = "withdrawn" if name in before else to
            rows.append((name, moved if new != old else "unchanged"))
        rows.extend(put(Shelf(ws, name.rpartition("/")[0]), beside))
    return rows + left


def say_drafts(practices: "Iterable[Practice]", drafts: "Container[str]") -> None:
    """After writing: that drafts are for looking through, and how to put them in use."""
    first = next((p.id for p in practices if p.id in drafts and not p.undecided), None)
    if first:
        console.note(
            "What is a draft, look through; then put it in use: "
            f"servicestory train {first} --in-use --by NAME"
        )
