"""Reading a table somebody exported: CSV, TSV, XLSX, JSON, JSON Lines or Parquet, plain or gzipped.

The one place of the package that opens a user's own file, and only to read it. Every cell comes out
as text exactly as it stands in the file; what a cell means is decided later, by `mapping` and `importing`.
"""

import errno
import hashlib
import os
import re
import shlex
import zlib
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from servicestory.errors import Problem
from servicestory.text import plural

LARGEST = 4 << 30  # bytes after unpacking; beyond it a .gz is a bomb or belongs cut in pieces
LONGEST_CELL = 10_000_000
"""Characters; no text is so long, and what a file holds of it is a broken export. The patterns that look for
dates and ratings in it would run for minutes."""
NOTES = 5  # columns renamed of which each is told
_SIGNATURES = (  # what people pick by mistake, by its first bytes
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a word processor's document"),
    (b"SQLite format 3", "a database"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
)


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet counts it (the header is row 1), its cells, what is wrong."""

    number: int
    cells: list[str]
    broken: str = ""


@dataclass
class Table:
    """A file's rows under its column names, and what a person should know of how it was read."""

    name: str
    columns: list[str]
    rows: list[Row]
    kind: str
    sha256: str = ""
    notes: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        """The cells of one column, broken rows left out."""
        at = self.columns.index(name)
        return [row.cells[at] for row in self.rows if not row.broken]


def read_table(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None
) -> Table:
    """Read ``path`` whatever it is.

    Args:
        path: the exported file.
        encoding: the name of its encoding, when it is known.
        delimiter: what separates its columns (delimited text only).
        sheet: the sheet of a workbook, or the name of the list in a JSON file.

    Raises:
        Problem: there is no such file, it cannot be read, is empty, broken off, or is no table.
    """
    from servicestory.collect import delimited, nested, workbook

    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    name = path.name
    if data[:2] == b"\x1f\x8b":
        data, name = _unpacked(path, data), name.removesuffix(".gz")
    if not data.strip():
        raise Problem(f"{path.name} is empty", "", "Export it again, and look whether it holds rows")
    suffix = Path(name).suffix.lower()
    book = data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
    if book:
        table = workbook.read(path.name, data, sheet)
    elif data[:4] == b"PAR1" or suffix == ".parquet":
        table = nested.read_parquet(path.name, data)
    else:
        text, note = _decoded(path, data, encoding)
        _refuse_prose(path, suffix, text)
        if suffix in (".json", ".jsonl", ".ndjson") or text.lstrip()[:1] in ("{", "["):
            lines = suffix in (".jsonl", ".ndjson")
            table = nested.read_json(path.name, text, sheet, lines)
        else:
            _refuse_endless(path.name, text)
            table = delimited.read(path.name, text, delimiter, tabs=suffix in (".tsv", ".tab"))
        if note:
            table.notes.insert(0, note)
    for row in table.rows:
        if (longest := max(map(len, row.cells), default=0)) > LONGEST_CELL:
            raise _endless(f"{path.name}, row {row.number}", longest, "cell")
    if sheet is not None and not book and table.kind != "JSON":
        table.notes.append(
            f"{path.name} holds one table and no sheets, so --sheet {sheet} says nothing here."
        )
    if not table.rows:
        raise Problem(
            f"{path.name} has column names but no rows", "", "Export it again, and look whether it holds rows"
        )
    table.sha256 = digest
    # A name in another encoding than UTF-8 could be shown, but in no record be written.
    table.name = os.fsencode(path.name).decode("utf-8", "replace")
    return table


def _bytes(path: Path) -> bytes:
    """The file's bytes."""
    try:
        if path.is_dir():
            raise Problem(f"{path} is a folder", "", "Name the exported file in it")
        if path.exists() and not path.is_file():
            raise Problem(f"{path} is no ordinary file", "", "Save the export as a file first")
        return path.read_bytes()
    except FileNotFoundError:
        near = _neighbour(path)
        hint = f"Did you mean {near}" if near else "Look at the name and the folder"
        raise Problem(f"There is no file {path}", "", hint) from None
    except PermissionError:
        raise Problem(f"{path} may not be read by you", "", "Change its permissions, or copy it") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            reason = "its links lead in a circle"
        raise Problem(
            f"{path} cannot be read: {reason}", "", "Copy it to your own disk and try again"
        ) from None


def _neighbour(path: Path) -> str | None:
    """The file of the same folder whose name is most like the one given."""
    from servicestory.errors import nearest

    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return None
    near = nearest(path.name, names)
    return str(path.parent / near) if near else None


def _unpacked(path: Path, data: bytes) -> bytes:
    """The contents of a .gz, one or many members."""
    parts, size = [], 0
    try:
        while data:
            unpacker = zlib.decompressobj(wbits=31)
            part = unpacker.decompress(data, LARGEST - size + 1)
            size += len(part)
            if size > LARGEST:
                raise Problem(f"{path.name} unpacks to more than 4 GiB", "", "Cut it into smaller files")
            if not unpacker.eof:
                raise zlib.error("it breaks off before its end")
            parts.append(part)
            data = unpacker.unused_data.lstrip(b"\0")
    except zlib.error as error:
        reason = str(error).rsplit(": ", 1)[-1]
        raise Problem(
            f"{path.name} cannot be unpacked ({reason})", "", "Copy or download it again: it is damaged"
        ) from None
    return b"".join(parts)


def _decoded(path: Path, data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text, and a note when it was not plain UTF-8.

    Raises:
        Problem: binary data, or not in the encoding that was named.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise _no_table(path, what)
    if encoding:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except LookupError:
            raise Problem(
                f"{encoding!r} is not the name of an encoding",
                "",
                "Try --encoding utf-8 or --encoding cp1252",
            ) from None
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise Problem(
                f"The file is not in {encoding}", f"{path.name}:{line}", "Leave --encoding away"
            ) from None
        except ValueError:  # codecs such as punycode do not say at which byte they gave up
            raise Problem(f"The file is not in {encoding}", path.name, "Leave --encoding away") from None
        if _is_plain(data) and not _is_plain(text[:4096].encode("utf-8", "surrogatepass")):
            # two letters read as one sign: UTF-16 takes nearly any bytes for text
            raise Problem(f"The file is not in {encoding}", path.name, "Leave --encoding away")
        return text, ""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                raise _no_table(path, "damaged or not text") from None
            return text.removeprefix("\ufeff"), "" if name == "utf-8" else f"Read as {name.upper()}."
    sample = data[:4096]
    if b"\0" in sample:
        for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            if sample[start::2].count(0) > 0.4 * len(sample) / 2 and not sample[1 - start :: 2].count(0):
                return data.decode(name, "replace"), f"Read as {name.upper()} (UTF-16 without its mark)."
        raise _no_table(path, "a binary file")
    return _eight_bit(path, data)


def _is_plain(data: bytes) -> bool:
    """Whether the beginning is letters, digits and signs of English alone."""
    return data[:4096].isascii() and b"\0" not in data[:4096]


def _eight_bit(path: Path, data: bytes) -> tuple[str, str]:
    """UTF-8, mostly UTF-8 (bad bytes stay visible as lone surrogates), or a Windows code page."""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    controls = sum(data[:65536].count(bytes([c])) for c in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if controls > len(data[:65536]) / 50:
        raise _no_table(path, "a binary file")
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(1 for c in text if "\udc80" <= c <= "\udcff")
    good = sum(1 for c in text if c > "\x7f") - bad
    if good > bad:
        return text, f"Read as UTF-8, but {bad} bytes are none; rows that hold them are set aside."
    # A few accented letters among plain ones: Western Windows, where detectors guess wildly.
    if bad <= 0.15 * len(data):
        try:
            return data.decode(
                "cp1252"
            ), "Not UTF-8: read as Windows-1252. If letters look wrong, add --encoding."
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 18]).best()
    if best is None:
        raise _no_table(path, "in an unknown encoding")
    return (
        data.decode(best.encoding, "surrogateescape"),
        f"Not UTF-8: read as {best.encoding}. If letters look wrong, add --encoding.",
    )


def _refuse_prose(path: Path, suffix: str, text: str) -> None:
    """Refuses what is text and no table: every line of it would be a story.

    Raises:
        Problem: it is YAML, a web page or another page with markup.
    """
    if suffix in (".yaml", ".yml"):
        step = f"Take the stories in it with: {shlex.join(['servicestory', 'add', '--file', str(path)])}"
        raise Problem(f"{path.name} is YAML, not a table", "", step)
    if re.match(r"\s*<(?:!doctype|\?xml|html)\b", text[:200], re.IGNORECASE):
        step = "Export it as CSV, XLSX, JSON, JSON Lines or Parquet"
        raise Problem(f"{path.name} is a page with markup, not a table", "", step)


def _refuse_endless(name: str, text: str) -> None:
    """Refuses delimited text with a line that no row fills.

    Raises:
        Problem: at that line.
    """
    at, number = 0, 1
    while len(text) - at > LONGEST_CELL:
        end = text.rfind("\n", at, at + LONGEST_CELL + 1)
        if end < 0:
            stop = text.find("\n", at)
            raise _endless(f"{name}:{number}", (len(text) if stop < 0 else stop) - at, "line")
        number += text.count("\n", at, end + 1)
        at = end + 1


def _endless(where: str, length: int, what: str) -> Problem:
    return Problem(
        f"This {what} has {length:,} characters, and no story is so long",
        where,
        "Export it again, or take it out of the file",
    )


def _no_table(path: Path, what: str) -> Problem:
    return Problem(
        f"{path.name} is {what}, not a table",
        "",
        "Export it as CSV, XLSX, JSON, JSON Lines or Parquet",
    )


def unique_names(names: list[str]) -> tuple[list[str], list[str]]:
    """Column names made fit to point at: on one line, none empty, none twice. Also notes on what changed."""
    notes, seen, result = [], set[str](), []
    free: dict[str, int] = {}  # name -> the first number not given to another of that name
    for number, raw in enumerate(names, 1):
        name = " ".join(raw.replace("\ufeff", "").split())
        if not name:
            name = f"column {number}"
        if name in seen:
            n = next(n for n in count(free.get(name, 2)) if f"{name} ({n})" not in seen)
            free[name], again = n + 1, f"{name} ({n})"
            notes.append(f"Two columns are called '{name}'; the later one is called '{again}' here.")
            name = again
        seen.add(name)
        result.append(name)
    if len(notes) > NOTES:
        notes[NOTES:] = [f"So it is with {plural(len(notes) - NOTES, 'other column')}."]
    return result, notes
