"""What was built on an older revision: trainings people had, checklists, quizzes and the other sheets."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from servicestory.models.monitoring import Training
from servicestory.models.practice import ENDED, LIVE, Practice
from servicestory.models.procedure import Procedure, current_revision
from servicestory.models.training import Basis, TrainingDocument
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.wording.material import Material


@dataclass(frozen=True)
class Stale:
    """One thing out of date: what it is, its id, where it stands, why, and what to do."""

    what: str
    ref: str
    practice: str
    where: str
    why: str
    next: str
    major: bool = True

    def to_json(self) -> dict[str, str | bool]:
        """The entry of ``stale`` in `check --json`."""
        return dict(self.__dict__)


def by_practice(procedures: Iterable[Procedure]) -> dict[str, Procedure]:
    """The procedure that stands for each practice; ended ones do not count."""
    return {p.practice: p for p in procedures if not p.ended}


NO_STEP = "none"


def taught(material: "Material") -> str:
    """A fingerprint of what the documents of a practice tell people to do, and where; "none": not a step.

    Sheets and a procedure with the same one say the same, whichever was written first.
    """
    if not material.steps:
        return NO_STEP
    practice = material.practice
    steps = [(step.text, [point.text for point in step.key_points]) for step in material.steps]
    said = [practice.wording_mark, material.head, steps]
    return hashlib.sha256(json.dumps(said).encode("utf-8")).hexdigest()[:12]


def basis(
    practice: Practice, procedure: Procedure | None, steps: str | None = None, told: int | None = None
) -> Basis:
    """What a training document made now is made from.

    Args:
        steps: see `taught`.
        told: see `Material.told_steps`.
    """
    return Basis(
        practice=practice.wording_mark,
        procedure=procedure.revision if procedure else None,
        status=practice.status if practice.undecided else None,
        steps=steps,
        told=told,
    )


def documents(
    written: Iterable[tuple[str, TrainingDocument]],
    practices: Mapping[str, Practice],
    procedures: Mapping[str, Procedure],
    on: date,
) -> list[Stale]:
    """Training documents of a practice nobody is to copy any longer, or made from what it was before.

    What it was before: another wording, one nobody had accepted or that had ended, an older revision of its
    procedure.

    Args:
        written: (file, front matter); a document without ``made_from`` is older than this check, and passed.
        procedures: by practice.
    """
    found = []
    for where, document in written:
        practice = practices.get(document.practice)
        if practice is None or document.status == "withdrawn":
            continue
        if practice.status in ENDED:
            why, step = ended(practice)
            found.append(Stale(document.document, document.id, practice.id, where, why, step))
            continue
        made = document.made_from
        if made is None:
            continue
        reasons, major = [], False
        if made.practice and made.practice != practice.wording_mark:
            reasons.append("the practice was worded anew since")
            major = True
        if decided := _decided_since(made.status, practice):
            reasons.append(f"the practice was {decided} since")
        since = made.procedure or 1  # made before there was one: as good as its first revision
        procedure = procedures.get(practice.id)
        if procedure and _says_the_same(made, procedure, on):
            procedure = None  # written after it, and from the same
        if procedure and (latest := current_revision(procedure, on) or 0) > since:
            major = major or _major(procedure, since, latest)
            reasons.append(f"made from revision {since} of {procedure.id}, which is at {latest}")
        if reasons:
            step = f"servicestory train {practice.id}"
            what = document.document
            found.append(Stale(what, document.id, practice.id, where, "; ".join(reasons), step, major))
    return sorted(found, key=lambda s: (s.practice, s.ref))


def _says_the_same(made: Basis, procedure: Procedure, on: date) -> bool:
    """Whether a sheet tells people to do what the revision of the procedure that counts tells them."""
    its = procedure.made_from.steps if procedure.made_from else None
    return bool(its) and its == made.steps and procedure.revision == current_revision(procedure, on)


def _decided_since(made: str | None, practice: Practice) -> str:
    """What was decided on a practice since a document of it was made that says otherwise; empty: nothing.

    Args:
        made: ``status`` of what the document was made from. Documents of a candidate did not keep it once, so
            of a practice that was never anything else its absence says nothing.
    """
    now = practice.status if practice.undecided else None
    if made == now:
        return ""
    if now is None:
        return "accepted" if made == "candidate" else "taken up again"
    if made is None and not any(decision.to == now for decision in practice.decisions):
        return ""
    return "put back to the candidates"


def ended(practice: Practice) -> tuple[str, str]:
    """Why the documents of a practice nobody is to copy any longer are out of date, and what to do."""
    step = f"servicestory train {practice.id} --withdraw"
    if practice.status != "merged":
        return f"the practice is {practice.status}", step
    heir = practice.merged_into
    if not heir:
        return "the practice was merged into another", step
    return f"the practice was merged into {heir}", f"{step}, then: servicestory train {heir}"


def trainings(
    records: Iterable[Training],
    practices: Mapping[str, Practice],
    procedures: Mapping[str, Procedure],
    sheets: Mapping[str, TrainingDocument],
    on: date,
) -> list[Stale]:
    """Per practice, how many learned a revision that is no longer the last, and what that asks for.

    Args:
        sheets: training documents by id, for those who learned from one before there was a procedure.
    """
    last: dict[tuple[str, str], Training] = {}
    for record in records:
        if record.revision is not None:
            who = record.learner or f"session at {record.site or 'no site'}"
            known = last.get((record.practice, who))
            if known is None or known.on <= record.on:
                last[record.practice, who] = record
    groups: dict[tuple[str, str, int], list[Training]] = {}
    for (practice, _), record in last.items():
        if (practice in practices and practices[practice].status in LIVE
                and not (record.learner or "").startswith("Person-")):  # fmt: skip
            learned = record.document or ("SOP-" + practice.removeprefix("P-"))
            groups.setdefault((practice, learned, record.revision or 0), []).append(record)
    found = []
    for (practice, learned, revision), those in sorted(groups.items()):
        source = current(learned, practice, procedures, sheets, on)
        if source is None or source[0] <= revision:
            continue
        now, control = source
        major = _major(control, revision, now)
        people = sum(1 for r in those if r.learner)
        held = len(those) - people
        who = " and ".join(
            part
            for part in (
                plural(people, "colleague") if people else "",
                plural(held, "training session") if held else "",
            )
            if part
        )
        kind = "with a major change" if major else "minor changes only"
        step = "Train them again; who it is: servicestory train due" if major else "Tell them what changed"
        why = f"{who} on revision {revision} of {learned}, which is at {now} ({kind})"
        found.append(Stale("training", practice, practice, "records/trainings.jsonl", why, step, major))
    return found


def current(
    learned: str,
    practice: str,
    procedures: Mapping[str, Procedure],
    sheets: Mapping[str, TrainingDocument],
    on: date,
) -> tuple[int, Procedure | TrainingDocument] | None:
    """The revision now of the document that was learned, with its control; None when it is gone."""
    procedure = procedures.get(practice)
    if procedure and procedure.id == learned:
        return current_revision(procedure, on) or 0, procedure
    sheet = sheets.get(learned)
    return (sheet.revision, sheet) if sheet else None


def _major(control: Procedure | TrainingDocument, after: int, to: int) -> bool:
    """Whether one of the revisions after ``after`` up to ``to`` is a major one."""
    return changed_on(control, after, to) is not None


def changed_on(control: Procedure | TrainingDocument, after: int, to: int) -> str | None:
    """The day of the first major revision after ``after``, or None when there was none."""
    return next((h.on for h in control.history if h.kind == "major" and after < h.revision <= to), None)
