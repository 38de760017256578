"""The record files of a folder as they are now, read again only where they changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from servicestory import storage
from servicestory.errors import Problem
from servicestory.index import Index, Row

Progress = Callable[[str, int, int], None]
# text, file name -> summaries, records as JSON lines, problems
Reader = Callable[[str, str], tuple[list[list[Any]], str, list[Problem]]]
CODEBOOK = "practices/codebook.yaml"  # stands among the practices and is none
_WORDS = {"stories": "Reading stories", "practices": "Reading practices"}


def index_of(root: Path) -> Index:
    """The index of a workspace."""
    return Index(root / ".servicestory" / "index.sqlite")


def rows(
    root: Path,
    folder: str,
    problems: list[Problem],
    progress: Progress | None = None,
    *,
    records: bool = True,
) -> list[Row]:
    """Every record file below ``folder``, in the order of their names, as it is on disk now.

    Args:
        folder: ``stories`` or ``practices``.
        problems: what is wrong with the folder or its files is added here.
        records: False leaves the records themselves out where the index has the file (for summaries).
    """
    files = [f for f in storage.record_files(root / folder, folder, problems) if f[0] != CODEBOOK]
    made: list[Row] = []
    fresh: list[Row] = []
    with index_of(root) as index:
        known = index.rows(folder, records=records) if files else {}
        stale = sum(1 for name, _, stamp in files if name not in known or known[name].stamp != stamp)
        done = 0
        for name, path, stamp in files:
            row = known.pop(name, None)
            if row is None or row.stamp != stamp:
                if progress and done % 50 == 0:
                    progress(_WORDS[folder], done, stale)
                done += 1
                try:
                    row, settled = read(folder, name, path)
                except Problem as problem:
                    problems.append(problem)
                    continue
                if settled:
                    fresh.append(row)
            problems.extend(row.problems)
            made.append(row)
        if progress and stale:
            progress(_WORDS[folder], stale, stale)
        if fresh or known:
            index.update(fresh, known)
    return made


def read(folder: str, name: str, path: Path) -> tuple[Row, bool]:
    """One file read afresh, and whether its stamp can be relied on.

    Raises:
        Problem: when nothing of it can be read.
    """
    content = storage.read(path, name)
    try:
        found = _reader(folder)(storage.text_of(content.data, name), name)
    except Problem as problem:
        found = [], "", [problem]
    return Row(name, content.stamp, content.sha, *found), content.settled


def _reader(folder: str) -> Reader:
    return _read_practices if folder == "practices" else _read_stories


def _read_stories(text: str, name: str) -> tuple[list[list[Any]], str, list[Problem]]:
    from servicestory import records
    from servicestory.models.story import Story
    from servicestory.text import one_line

    found, problems = records.load(Story, text, name)
    summaries: list[list[Any]] = []
    for line, s in found:
        title = s.title or one_line(s.narrative[:400] or next(iter(s.behaviours)), 80)
        summaries.append([s.id, s.record, s.date, title, s.site, s.team, line])
    return summaries, _as_lines([s for _, s in found]), problems


def _read_practices(text: str, name: str) -> tuple[list[list[Any]], str, list[Problem]]:
    from servicestory import records
    from servicestory.models.practice import Practice

    found, problems = records.load(Practice, text, name)
    summaries: list[list[Any]] = [[p.id, None, None, p.name, p.status, p.owner, line] for line, p in found]
    return summaries, _as_lines([p for _, p in found]), problems


def _as_lines(found: list[Any]) -> str:
    return "\n".join(r.model_dump_json(by_alias=True, exclude_defaults=True) for r in found)


def without_doubles(found: list[Row], problems: list[Problem]) -> list[tuple[Row, int]]:
    """Every record once, as (file, place in the file); of an id used twice the first by path counts."""
    places: dict[str, str] = {}
    kept: list[tuple[Row, int]] = []
    for row in found:
        for number, summary in enumerate(row.summaries):
            place = f"{row.path}:{summary[6]}"
            first = places.setdefault(summary[0], place)
            if first is place:
                kept.append((row, number))
            else:
                problems.append(
                    Problem(
                        f"the id {summary[0]!r} is used already at {first}; this record is left out",
                        place,
                        "Give one of the two another id",
                    )
                )
    return kept
