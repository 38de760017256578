"""Evidence beyond what a practice's YAML file can hold and still be read: a table beside it, read as one."""

import contextlib
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from servicestory import documents, storage

if TYPE_CHECKING:
    from servicestory.models.practice import Evidence, Practice

MOST = 1_000
"""Places in the YAML file of one practice: what people pinned, then the clearest."""
COLUMNS = ("story", "field", "start", "end", "score", "copies")


def place(root: Path, practice_id: str) -> Path:
    """The table of a practice; most practices have none."""
    return root / "practices" / "evidence" / f"{practice_id}.csv"


def parted(practice: "Practice") -> "tuple[Practice, list[Evidence]]":
    """The practice as its YAML file holds it, and the evidence that goes into the table."""
    if len(practice.evidence) <= MOST:
        return practice, []
    order = sorted(
        range(len(practice.evidence)),
        key=lambda i: (not practice.evidence[i].pinned, -(practice.evidence[i].score or 0.0), i),
    )
    pinned = sum(e.pinned for e in practice.evidence)
    inside = set(order[: max(MOST, pinned)])
    here = [e for i, e in enumerate(practice.evidence) if i in inside]
    rest = [e for i, e in enumerate(practice.evidence) if i not in inside]
    return practice.model_copy(update={"evidence": here, "evidence_beside": len(rest)}), rest


def whole(root: Path, practice: "Practice") -> "Practice":
    """The practice with all its evidence, in the order of the stories.

    Where the table is gone or damaged ``evidence_beside`` keeps the number of places that are missing; the
    next detection finds them again.
    """
    if not practice.evidence_beside:
        return practice
    from pydantic import TypeAdapter

    from servicestory.models.practice import Evidence

    try:
        text = place(root, practice.id).read_text(encoding="utf-8")
        rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(io.StringIO(text, newline=""))]
        rest = TypeAdapter(list[Evidence]).validate_python(rows)
    except (OSError, ValueError, AttributeError, csv.Error):
        return practice
    found = {e.place: e for e in (*rest, *practice.evidence)}
    return practice.model_copy(update={"evidence": [found[at] for at in sorted(found)], "evidence_beside": 0})


def table(rest: "list[Evidence]") -> bytes:
    """The table's bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (e.story, e.field, e.start, e.end, "" if e.score is None else f"{e.score:g}", e.copies) for e in rest
    )
    return storage.bytes_of(out.getvalue(), "practices/evidence")


def write(root: Path, practice_id: str, rest: "list[Evidence]") -> None:
    """Writes the table, or takes it away when nothing is left for it; before the YAML file that tells of it.

    Raises:
        OSError: when the disk refuses.
        Problem: when its place lies outside the workspace.
    """
    path = storage.inside(root, place(root, practice_id), f"practices/evidence/{practice_id}.csv")
    if not rest:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        return
    data = table(rest)
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        documents.keep(path, data)
