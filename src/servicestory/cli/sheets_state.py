"""`train --in-use` and `--withdraw`: what becomes of training documents once somebody looked through them."""

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Literal

from servicestory import console
from servicestory.cli import documents
from servicestory.cli.app import today, workspace
from servicestory.errors import Problem, Usage
from servicestory.incorporate import blocks
from servicestory.models.training import TrainingDocument
from servicestory.text import plural

if TYPE_CHECKING:
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
        raise Usage("Which practice is not said", "", f"Name it: servicestory train P-0007 {option}")
    ws = workspace()
    rows, problems = list[tuple[str, str]](), list[Problem]()
    with ws.lock():
        known = built.built(ws, problems)
        stale = built.stale(ws, today(), [], known) if to == "in use" else []
        for ref in dict.fromkeys(refs):
            practice = ws.practice(ref)
            mine = [(name, sheet) for name, sheet in known.written if sheet.practice == practice.id]
            try:
                if to == "in use":
                    _fit(
                        ws, practice, [s for s in stale if s.practice == practice.id and s.what != "training"]
                    )
                if not mine:
                    step = f"Write them with: servicestory train {practice.id}"
                    raise Problem(f"there are no training documents of {practice.id}", "training", step)
                texts = [(name, _moved(ws, name, to, by)) for name, _ in mine]
                rows += _written(ws, texts, to)
            except Problem as problem:
                problems.append(problem)
    done = sum(1 for name, outcome in rows if name.endswith(".md") and outcome == to)
    documents.say(rows, f"{plural(done, 'training document')} now {to}.", as_json, problems)


def _fit(ws: "Workspace", practice: "Practice", stale: "Iterable[Stale]") -> None:
    """Refuses to put in use what nobody accepted, and what was made from something older.

    Raises:
        Problem: with what to do first.
    """
    documents.refuse_undecided(ws, practice, "nobody is to learn it yet")
    for one in stale:
        step = f"Write it again and look it through first: {one.next}"
        raise Problem(f"the {one.what} is out of date: {one.why}", one.where, step)


def _moved(ws: "Workspace", name: str, to: Wanted, by: str) -> tuple[str, str, TrainingDocument]:
    """(as it is, as it is to be, its control record): the front matter and the cell of the page's table."""
    old = ws.document(name) or ""
    control, piece = documents.front_matter(old, TrainingDocument, name)
    day = today().isoformat()
    since = {"in_use_on": day, "in_use_by": by} if to == "in use" else {"withdrawn_on": day}
    if control.status == to:
        return old, old, control
    fresh = {"withdrawn_on": None, **since} if to == "in use" else since
    new = control.model_copy(update={"status": to, **fresh})
    managed = blocks.split(old, name)
    row = f"| {control.practice} | {control.revision} | "
    block = managed.block.replace(f"\n{row}{control.status} |", f"\n{row}{to} |")
    before = documents.with_front(managed.before, piece, control, new, name)
    return old, documents.rewrapped(managed, before, block, managed.content), new


def _written(
    ws: "Workspace", texts: "list[tuple[str, tuple[str, str, TrainingDocument]]]", to: str
) -> list[tuple[str, str]]:
    """What became of each file and of the pages beside it."""
    from servicestory.cli.formats import Shelf, pages, put

    language, rows, made = ws.organisation().language, list[tuple[str, str]](), []
    for name, (_, new, control) in texts:
        shelf, _, file = name.rpartition("/")
        made.append(pages(Shelf(ws, shelf), file, new, control, language, (), False))
    for (name, (old, new, _)), beside in zip(texts, made, strict=True):
        if new != old:
            ws.write_document(name, new, old)
        rows.append((name, to if new != old else "unchanged"))
        rows.extend(put(Shelf(ws, name.rpartition("/")[0]), beside))
    return rows


def say_drafts(practices: "Iterable[Practice]", drafts: "Container[str]") -> None:
    """After writing: that drafts are for looking through, and how to put them in use."""
    first = next((p.id for p in practices if p.id in drafts and not p.undecided), None)
    if first:
        console.note(
            f"What is a draft, look through; then put it in use: servicestory train {first} --in-use"
        )
