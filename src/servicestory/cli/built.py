"""What is written for the practices, read once: procedures and training documents with their revisions."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from servicestory.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from servicestory.models.monitoring import Training
    from servicestory.models.practice import Practice
    from servicestory.models.procedure import Procedure
    from servicestory.models.training import TrainingDocument
    from servicestory.train.stale import Stale
    from servicestory.workspace import Workspace


@dataclass(frozen=True)
class Built:
    """Procedures by practice, and training documents with their files."""

    procedures: "dict[str, Procedure]"
    written: "list[tuple[str, TrainingDocument]]"
    # Superseded or withdrawn, where none stands for the practice any longer.
    ended: "dict[str, Procedure]" = field(default_factory=dict)

    @property
    def taught(self) -> frozenset[str]:
        """The practices whose training documents give a step."""
        return frozenset(d.practice for _, d in self.written if not stepless(d))

    @property
    def sheets(self) -> "dict[str, TrainingDocument]":
        """Training documents by their id."""
        return {document.id: document for _, document in self.written}

    def withdrawn(self, practice: str) -> bool:
        """Whether nobody is to learn it any longer: its procedure ended, or without one all its sheets."""
        if practice in self.procedures:
            return False
        sheets = [sheet for _, sheet in self.written if sheet.practice == practice]
        return practice in self.ended or (bool(sheets) and all(s.status == "withdrawn" for s in sheets))

    def learned(self, practice: str, on: date, today: date) -> tuple[str | None, int | None, int | None]:
        """What somebody learned who learned this practice on a day: document, its revision then, the latest.

        The procedure, else the job breakdown; a revision is None when none was written by then.
        """
        from servicestory.models.base import first_day
        from servicestory.models.procedure import current_revision

        control: Procedure | TrainingDocument | None = self.procedures.get(practice)
        control = control or self.sheets.get("JB-" + practice.removeprefix("P-"))
        if control is None:
            return None, None, None
        sheet = control.id.startswith("JB-")
        latest = control.revision if sheet else current_revision(control, today)  # type: ignore[arg-type]
        written = [line.revision for line in control.history if first_day(line.on) <= on]
        then = min(max(written), latest or 0) if written else None
        return control.id, then or (None if control.history else latest), latest

    def major_change(self, practice: str, document: str | None, revision: int | None, on: date) -> str | None:
        """The day of a major change since ``revision`` of the document was learned, or None."""
        from servicestory.train.stale import changed_on, current

        if revision is None:
            return None
        learned = document or "SOP-" + practice.removeprefix("P-")
        now = current(learned, practice, self.procedures, self.sheets, on)
        return changed_on(now[1], revision, now[0]) if now else None


def stepless(document: "TrainingDocument | Procedure") -> bool:
    """Whether a document was made when there was not a single step to tell."""
    from servicestory.train.stale import NO_STEP

    return document.made_from is not None and document.made_from.steps == NO_STEP


def built(ws: "Workspace", problems: list[Problem]) -> Built:
    """Reads the front matter of every document; what is wrong with one is added to ``problems``."""
    from servicestory import records
    from servicestory.cli.monitor import HEAD, headless, procedures
    from servicestory.models.training import TrainingDocument
    from servicestory.train.stale import by_practice

    written: list[tuple[str, TrainingDocument]] = []
    for path in _sheets(ws):
        name = path.relative_to(ws.root).as_posix()
        try:
            text = (ws.document(name) or "").replace("\r\n", "\n")
        except Problem as problem:
            problems.append(problem)
            continue
        head = HEAD.match(text)
        if head and re.search(r"^document:", head[1], re.M):  # a file of somebody's own is not ours to judge
            found, wrong = records.load(TrainingDocument, "\n" + head[1], name)
            written += [(name, document) for _, document in found]
            problems += wrong
        elif not head and path.parent.name.startswith("P-") and (lost := headless(text, name)):
            problems.append(lost)
    every = procedures(ws, problems)
    standing = by_practice(every)
    ended = {p.practice: p for p in every if p.practice not in standing}
    return Built(standing, written, ended)


def _sheets(ws: "Workspace") -> "list[Path]":
    """Every markdown file of the trainings but revisions kept as they were."""
    found = sorted((ws.root / "training").rglob("*.md"))
    return [path for path in found if path.parent.name != "earlier"]


def documented(ws: "Workspace") -> dict[str, int]:
    """practice -> how many steps stories or people give its training documents, for those that have some.

    -1: not a step of any kind. A document from before this was noted counts as a full one.
    """
    found = {_folders(path): 2 for path in (ws.root / "training").glob("P-*")}
    for path in _sheets(ws):
        with suppress(OSError, ValueError):
            front = path.read_text(encoding="utf-8")[:4000].partition("\n---")[0] + "\n"
            told = re.search(r"^  told: (\d+)\r?$", front, re.M)
            if re.search(r"^  steps: \"?none\"?\r?$", front, re.M):
                found[_folders(path.parent)] = -1
            elif told:
                found[_folders(path.parent)] = min(int(told[1]), found.get(_folders(path.parent), 2))
    return found


def _folders(path: "Path") -> str:
    """The practice a folder of documents is of: it is named after its id."""
    return "-".join(path.name.split("-")[:2])


def stale(ws: "Workspace", on: date, problems: list[Problem], known: Built | None = None) -> "list[Stale]":
    """Everything built on an older revision: documents first, then what people learned."""
    from servicestory.models.monitoring import Training
    from servicestory.train import stale as found

    known = known or built(ws, problems)
    practices = {p.id: p for p in ws.practices(problems)}
    every = ws.records("trainings", Training, problems)
    records = [r for r in every if not known.withdrawn(r.practice)]
    return [
        *found.documents(known.written, practices, known.procedures, on),
        *found.trainings(records, practices, known.procedures, known.sheets, on),
    ]


_HEAD = re.compile(
    r"(?s)\A---\r?\n(?=.*?^id: (?P<id>\S+)\r?$)(?=.*?^practice: (?P<practice>\S+)\r?$)"
    r"(?=.*?^document: (?P<document>[a-z ]+?)\r?$)"
    r".*?^made_from:\r?\n  practice: \"?(?P<mark>[0-9a-f]{12})\"?\r?\n"
    r"(?:  procedure: (?P<procedure>\d+)\r?\n)?(?:  status: (?P<status>\w+)\r?\n)?"
    r"(?:  steps: \"?(?P<steps>\w+))?",
    re.M,
)


def outdated(
    ws: "Workspace",
    practices: "Iterable[Practice]",
    procedures: "Iterable[Procedure]",
    trainings: "Iterable[Training]",
    on: date,
) -> dict[str, str]:
    """practice -> why its training is out of date by a major change, in words; for `monitor`.

    The heads of the documents are only looked through for what they were made from: to check hundreds of
    them in full would take longer than all the rest of `monitor`.
    """
    from servicestory.models.training import TrainingDocument
    from servicestory.text import listing
    from servicestory.train import stale as found

    written = []
    for path in _sheets(ws):
        with suppress(OSError, ValueError):
            front = path.read_text(encoding="utf-8")[:4000].partition("\n---")[0] + "\n"
            if (head := _HEAD.match(front)) and "\nstatus: withdrawn\n" not in front:
                made = {key: head[key] for key in ("procedure", "status", "steps")} | {
                    "practice": head["mark"]
                }
                fields = {**head.groupdict(), "title": path.name, "made_from": made}
                control = TrainingDocument.model_validate(
                    {k: fields[k] for k in ("id", "practice", "document", "title", "made_from")}
                )
                written.append((path.name, control))
    known, standing = {p.id: p for p in practices}, found.by_practice(procedures)
    why: dict[str, list[str]] = {}
    for one in found.trainings(trainings, known, standing, {}, on):
        if one.major:
            why.setdefault(one.practice, []).append(one.why)
    sheets: dict[tuple[str, str], list[str]] = {}
    for one in found.documents(written, known, standing, on):
        if one.major:
            sheets.setdefault((one.practice, one.why), []).append(one.what)
    for (practice, reason), kinds in sheets.items():
        why.setdefault(practice, []).append(f"{listing(kinds)}: {reason}")
    return {practice: "; ".join(reasons) for practice, reasons in sorted(why.items())}
