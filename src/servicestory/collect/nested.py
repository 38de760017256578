"""JSON, JSON Lines and Parquet to rows: nested keys become dotted columns (`review.rating`)."""

import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from servicestory.collect.tables import NOTES, Row, Table
from servicestory.errors import Problem, nearest
from servicestory.text import listing, plural

_DEPTH = 4  # how deep the list of records may lie in a JSON document


class _Figure(str):
    """A number exactly as it stands in the file; alone in a list it is no story."""


class _Once:
    """Makes objects in which every key stands once: where one stands again it gets a number, as columns do.

    JSON forbids no key to stand twice, and readers keep the last without a word.
    """

    def __init__(self) -> None:
        self.renamed: dict[str, str] = {}

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        made, told, last = {}, set[tuple[str, str]](), dict[str, int]()
        for key, value in pairs:
            if (key, repr(value)) in told:
                continue  # it says the same again
            told.add((key, repr(value)))
            name = key
            while name in made:
                last[key] = last.get(key, 1) + 1
                name = f"{key} ({last[key]})"
            made[name] = value
            if name != key:
                self.renamed[name] = key
        return made

    def read(self, text: str) -> Any:
        """What the text of a JSON document holds, every figure as it stands there."""
        return json.loads(text, parse_int=_Figure, parse_float=_Figure, object_pairs_hook=self)

    def told(self, table: Table) -> Table:
        """The table with a note on what was renamed."""
        for name, key in list(self.renamed.items())[:NOTES]:
            table.notes.append(f"'{key}' stands twice in a record; the later one is called '{name}' here.")
        if (more := len(self.renamed) - NOTES) > 0:
            table.notes.append(f"So it is with {plural(more, 'other field')}.")
        return table


def read_json(name: str, text: str, wanted: str | None = None, lines: bool = False) -> Table:
    """The one list of objects in a JSON document, or one object a line.

    Args:
        wanted: the dotted name of the list, when the document holds several.
        lines: the file's name says that each line is an object.

    Raises:
        Problem: broken JSON (with its line), or none or several lists of objects.
    """
    once = _Once()
    if lines and text.lstrip()[:1] == "{":
        return once.told(_from_objects(name, _lines(text, once), "JSON Lines"))
    try:
        value = once.read(text)
    except json.JSONDecodeError as error:
        if "\n" in text.strip() and text.lstrip()[:1] == "{":
            return once.told(_from_objects(name, _lines(text, once), "JSON Lines"))
        raise Problem(
            f"this is not valid JSON ({error.msg})", f"{name}:{error.lineno}", "Export the file again"
        ) from None
    except RecursionError:
        raise Problem(f"{name} is nested too deeply", "", "Export it as a list of records") from None
    found = dict(_lists(value))
    if isinstance(value, dict) and not found and wanted is None:
        return once.told(_from_objects(name, iter([(1, value, "")]), "JSON"))
    if wanted is not None:
        if wanted not in found:
            near = nearest(wanted, list(found)) or listing(sorted(found), "or") or "another file"
            raise Problem(f"{name} has no list called '{wanted}'", "", f"Try --sheet {near}")
        key = wanted
    elif len(found) == 1:
        key = next(iter(found))
    elif found:
        names = sorted(found)
        raise Problem(
            f"{name} holds several lists: {listing(names)}", "", f"Choose one, for example --sheet {names[0]}"
        )
    else:
        raise Problem(f"{name} holds no list of records", "", "Export it as a list of objects")
    records = (
        (n, item, "" if type(item) in (dict, str) else "it is neither a record nor a text")
        for n, item in enumerate(found[key], 1)
    )
    return once.told(_from_objects(name, records, "JSON"))


def read_parquet(name: str, data: bytes) -> Table:
    """The rows of a Parquet file.

    Raises:
        Problem: it is damaged.
    """
    import pyarrow
    from pyarrow import parquet

    try:
        # Without threads: one that still runs when a short command ends makes the interpreter abort.
        source = parquet.ParquetFile(io.BytesIO(data), pre_buffer=False)
        records = source.read(use_threads=False).to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = str(error).split(".")[0]
        raise Problem(f"{name} is no whole Parquet file ({reason})", "", "Copy or export it again") from None
    return _from_objects(name, ((n, item, "") for n, item in enumerate(records, 1)), "Parquet")


def _lists(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """(dotted name, list) of every list of objects; lists of words count only when they are the document."""
    if isinstance(value, list):
        kinds = {type(item) for item in value}
        if dict in kinds or (not path and str in kinds):
            yield path or "records", value
    elif isinstance(value, dict) and depth < _DEPTH:
        for key, inner in value.items():
            yield from _lists(inner, f"{path}.{key}" if path else str(key), depth + 1)


def _lines(text: str, once: _Once) -> Iterator[tuple[int, Any, str]]:
    """(line number, object, what is wrong) of every line that is not blank."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip("\ufeff \t\r")  # files put together keep the mark that each began with
        if not line:
            continue
        try:
            value = once.read(line)
        except (json.JSONDecodeError, RecursionError):
            yield number, {}, "the line is not valid JSON"
            continue
        yield number, value, "" if isinstance(value, dict) else "the line is no JSON object"


def _from_objects(name: str, records: Iterator[tuple[int, Any, str]], kind: str) -> Table:
    """A table whose columns are the dotted keys in order of first appearance."""
    columns: dict[str, int] = {}
    flat: list[tuple[int, dict[str, str], str]] = []
    for number, item, broken in records:
        cells: dict[str, str] = {}
        _flatten(item if isinstance(item, dict) else {"text": item}, "", cells)
        for key in cells:
            columns.setdefault(key, len(columns))
        flat.append((number, cells, broken))
    if not columns:
        raise Problem(f"{name} holds no records", "", "Export it as a list of objects")
    rows = [Row(n, [cells.get(column, "") for column in columns], broken) for n, cells, broken in flat]
    return Table(name, list(columns), rows, kind)


def _flatten(value: Any, path: str, into: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(inner, f"{path}.{key}" if path else str(key), into)
    else:
        into[path] = cell(value)


def cell(value: Any) -> str:
    """A value as the text of a cell: nothing is empty, dates are ISO, a list of words is joined by '; '."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        if all(not isinstance(item, dict | list) for item in value):
            return "; ".join(cell(item) for item in value)
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
