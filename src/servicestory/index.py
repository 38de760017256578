"""What was read from record files, kept in SQLite so that unchanged files need not be read again.

Derived from the files and never trusted over them: it can be deleted at any time, and when it is damaged,
locked or cannot be written, everything works without it, only slower.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servicestory import __version__
from servicestory.errors import Problem
from servicestory.storage import Stamp

FORMAT = 1
PATIENCE = 2.0  # seconds to wait for another command that writes the index
_COLUMNS = "path, size, mtime_ns, ctime_ns, inode, sha, summaries, records, problems"


@dataclass(slots=True)
class Row:
    """One file as it was read.

    Attributes:
        path: the file's name from the workspace's root.
        sha: fingerprint of its bytes.
        summaries: per record a list: id, source's id, date, title, site, team, line; a story's people too.
        records: the records as JSON, one per line, in the order of ``summaries``.
        problems: what was wrong in the file.
        models: the records themselves where the file was read just now; not kept.
    """

    path: str
    stamp: Stamp
    sha: str
    summaries: list[list[Any]]
    records: str
    problems: list[Problem]
    models: Sequence[Any] = ()


def _version() -> str:
    """Changes whenever another version of the program might read the same file differently."""
    here = Path(__file__).parent
    sources = (
        "models/base.py",
        "models/story.py",
        "models/practice.py",
        "records.py",
        "yaml_read.py",
        "catalogue.py",
    )
    stamps = []
    for name in sources:
        with contextlib.suppress(OSError):
            found = (here / name).stat()
            stamps.append(f"{found.st_size}.{found.st_mtime_ns}")
    return "/".join([str(FORMAT), __version__, *stamps])


class Index:
    """The index of one workspace; every method does nothing, quietly, when there is no working index."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._open: sqlite3.Connection | None = None

    def __enter__(self) -> "Index":
        try:
            self._open = self._connect()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        return self

    def __exit__(self, *_: object) -> None:
        if self._open:
            with contextlib.suppress(sqlite3.Error):
                self._open.close()
            self._open = None

    def _connect(self) -> sqlite3.Connection:
        self.file.parent.mkdir(exist_ok=True)
        base = sqlite3.connect(self.file, timeout=PATIENCE, isolation_level=None)
        try:
            version = _version()
            try:
                found = base.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
            except sqlite3.OperationalError as error:
                if "no such table" not in str(error):
                    raise
                found = None
            if found != (version,):
                base.execute("BEGIN IMMEDIATE")
                base.execute("DROP TABLE IF EXISTS meta")
                base.execute("DROP TABLE IF EXISTS files")
                base.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
                base.execute(
                    "CREATE TABLE files (path TEXT PRIMARY KEY, size INT, mtime_ns INT, ctime_ns INT,"
                    " inode INT, sha TEXT, summaries TEXT, records TEXT, problems TEXT)"
                )
                base.execute("INSERT INTO meta VALUES ('version', ?)", (version,))
                base.execute("COMMIT")
        except BaseException:
            base.close()
            raise
        return base

    def _give_up(self, error: Exception) -> None:
        """Works on without the index; a damaged one is removed so that the next run makes a new one."""
        self.__exit__()
        busy = isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error)
        if isinstance(error, sqlite3.DatabaseError) and not busy:
            for name in (self.file.name, self.file.name + "-journal"):
                with contextlib.suppress(OSError):
                    self.file.with_name(name).unlink(missing_ok=True)

    def rows(self, folder: str, *, records: bool = True) -> dict[str, Row]:
        """What is known of every file below ``folder``; ``records`` False leaves the records out."""
        what = _COLUMNS if records else _COLUMNS.replace("records", "''")
        return _made(self._rows(f"SELECT {what} FROM files WHERE path GLOB ?", f"{folder}/*"))

    def row(self, path: str) -> Row | None:
        """What is known of one file."""
        return _made(self._rows(f"SELECT {_COLUMNS} FROM files WHERE path = ?", path)).get(path)

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if not self._open:
            return []
        try:
            return self._open.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def update(self, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """Keeps what was read, and forgets files that are no longer there."""
        if not self._open:
            return
        try:
            self._open.execute("BEGIN IMMEDIATE")
            self._open.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in gone])
            self._open.executemany(
                f"INSERT OR REPLACE INTO files ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(_columns, rows),
            )
            self._open.execute("COMMIT")
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            self._give_up(error)


def _columns(row: Row) -> tuple[Any, ...]:
    said = [[p.what, p.where, p.next_step] for p in row.problems]
    return (
        row.path, *row.stamp, row.sha,
        json.dumps(row.summaries, ensure_ascii=False), row.records, json.dumps(said, ensure_ascii=False),
    )  # fmt: skip


_TEXTS = {str, type(None)}


def _practice(summary: list[Any]) -> bool:
    """Whether a summary is what a reader of the files makes: texts, some of them missing, and the line."""
    return len(summary) == 7 and _texts(summary)


def _story(summary: list[Any]) -> bool:
    people = summary[7] if len(summary) == 8 else None
    return type(people) is list and {*map(type, people)} <= {str} and _texts(summary)


def _texts(summary: list[Any]) -> bool:
    return (
        {*map(type, summary[:6])} <= _TEXTS
        and None not in (summary[0], summary[3])
        and type(summary[6]) is int
    )


def _made(found: list[tuple[Any, ...]]) -> dict[str, Row]:
    """The rows as they were put in; those that hold anything else are left out."""
    made: dict[str, Row] = {}
    try:  # one call for all is much faster than one for each
        summaries = json.loads(f"[{','.join(row[6] for row in found)}]")
        problems = [json.loads(row[8]) if row[8] != "[]" else [] for row in found]
        for row, listed, said in zip(found, summaries, problems, strict=True):
            whole = _practice if row[0].startswith("practices/") else _story
            if type(listed) is list and all(type(s) is list and whole(s) for s in listed):
                wrong = [Problem(*p) for p in said]
                made[row[0]] = Row(row[0], row[1:5], row[5], listed, row[7], wrong)
    except (TypeError, ValueError, AttributeError):
        return {}
    return made
