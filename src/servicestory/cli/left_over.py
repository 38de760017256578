"""What commands that were stopped dead left behind: unfinished files, imports without their record."""

import time
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from servicestory.cli.loose import LooseEnd
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_AT_WORK = 60  # seconds: a younger unfinished file may be of a command that still runs


def left_over(into: "Workspace", stories: Iterable["Story"]) -> list[LooseEnd]:
    """All of it, each with what to do about it; nothing of it is read by any command."""
    return [*_files(into), *(_half(batch, count) for batch, count in unrecorded(into, stories).items())]


def unrecorded(into: "Workspace", stories: Iterable["Story"]) -> dict[str, int]:
    """Batch -> its stories, of every import that never came to write down what became of its rows."""
    from servicestory.models.intake import ImportBatch

    told = Counter(story.source.batch for story in stories if story.source and story.source.batch)
    if not told:
        return {}
    known = {one.batch for one in into.records("imports", ImportBatch, [])}
    return {batch: told[batch] for batch in sorted(told) if batch not in known}


def _files(into: "Workspace") -> list[LooseEnd]:
    from servicestory.documents import KEPT
    from servicestory.storage import TEMPORARY

    places = [path for folder in KEPT for path in (into.root / folder).rglob(f"{TEMPORARY}*")]
    places += [path for path in into.root.glob(f"{TEMPORARY}*") if path.is_file()]
    found = []
    for path in sorted(places):
        name = path.relative_to(into.root).as_posix()
        try:
            old = time.time() - path.stat().st_mtime > _AT_WORK
        except OSError:
            continue  # finished just now
        if old:
            what = f"{name} was left by a command that was stopped before it was done"
            found.append(LooseEnd("unfinished file", name, name, what, "Next: delete it; nothing reads it"))
    return found


def _half(batch: str, count: int) -> LooseEnd:
    kept = plural(count, "story is", "stories are")
    what = f"Of the import {batch} {kept} kept, and no record says it was done"
    step = "Next: import the same file again, which takes nothing twice and completes it"
    return LooseEnd("import not finished", batch, "records/imports.jsonl", what, step)
