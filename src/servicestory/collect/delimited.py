"""Delimited text (CSV, TSV and their kin) to rows; finds the delimiter, keeps newlines inside cells."""

import csv
import io
from collections.abc import Iterator

from servicestory.collect.tables import Row, Table, unique_names
from servicestory.errors import Problem

_CANDIDATES = (",", ";", "\t", "|")
_NONE = "\x1f"  # a separator no export uses: every line is one cell
_SAMPLE = 1 << 18  # characters looked at to find the delimiter
_SWALLOWED = 50  # lines in one cell that betray a quotation mark nobody closed


def read(name: str, text: str, delimiter: str | None, tabs: bool = False) -> Table:
    """The rows of delimited ``text`` under the names of its first row.

    Rows with more cells than the header come back marked as broken; missing cells at the end are empty.

    Raises:
        Problem: the delimiter is none, or a quotation mark is opened and never closed.
    """
    notes: list[str] = []
    if text.startswith("sep=") and len(first := text.split("\n", 1)[0].rstrip("\r")) == 5:
        delimiter, text = delimiter or first[4], text.split("\n", 1)[-1]
    if delimiter is not None:
        delimiter = {"\\t": "\t", "tab": "\t", "comma": ",", "semicolon": ";"}.get(
            delimiter.lower(), delimiter
        )
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise Problem(
                f"{delimiter!r} cannot separate columns",
                "",
                "Give --delimiter one character, or the word tab",
            )
    used = delimiter or sniff(text, tabs)
    rows = _parsed(text, used)
    header = next(rows, None)
    if header is None:
        raise Problem(f"{name} is empty", "", "Export it again, and look whether it holds rows")
    if delimiter is not None and len(header[1]) == 1 and (better := sniff(text, tabs)) != _NONE:
        shown = {"\t": "a tab"}
        raise Problem(
            f"{shown.get(delimiter, repr(delimiter))} sets no columns of {name} apart; "
            f"{shown.get(better, repr(better))} would",
            "",
            "Leave --delimiter away",
        )
    columns, renamed = unique_names(header[1])
    notes += renamed
    open_quote = text.count('"') % 2 == 1
    found: list[Row] = []
    width = len(columns)
    for number, cells in rows:
        extra = cells[width:]
        if len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        broken = ""
        if any(extra):
            broken = f"it has {width + len(extra)} cells under {width} column names"
        found.append(Row(number, cells if broken else cells[:width], broken))
    if open_quote and found:
        found[-1] = _unclosed(name, found[-1], text)
    return Table(name, columns, found, "delimited text", notes=notes)


def sniff(text: str, tabs: bool = False) -> str:
    """The delimiter under which most rows are as wide as the header; ties go to the wider header.

    Unlike `csv.Sniffer` this reads whole rows, so newlines and commas inside quoted cells do not mislead it.
    """
    sample, whole = text[:_SAMPLE], len(text) <= _SAMPLE
    best, best_score = _NONE, (0.0, 0)
    for candidate in ("\t",) if tabs and "\t" in sample else _CANDIDATES:
        rows = [cells for _, cells in _parsed(sample, candidate)]
        if not whole and len(rows) > 2:
            rows.pop()  # cut off in the middle
        if not rows or len(rows[0]) < 2:
            continue
        width = len(rows[0])
        fits = sum(len(cells) == width for cells in rows) / len(rows)
        near = sum(len(cells) > 1 and not any(cells[width:]) for cells in rows) / len(rows)
        if near > 0.5 and (fits, width) > best_score:
            best, best_score = candidate, (fits, width)
    return best


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells) of every row that is not blank."""
    csv.field_size_limit(2**31 - 1)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, cells in enumerate(lines, 1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _unclosed(name: str, last: Row, text: str) -> Row:
    """The last row, broken when an unclosed quotation mark runs to the end of the file in it.

    Raises:
        Problem: the mark swallowed so many lines that the file must be mended first.
    """
    cell = max(last.cells, key=len, default="")
    if not text.rstrip("\r\n").endswith(cell.rstrip("\r\n")) or '"' + cell[:20] not in text:
        return last
    swallowed = cell.count("\n")
    if swallowed > _SWALLOWED:
        line = text.count("\n") + 1 - swallowed
        raise Problem(
            f"A quotation mark opened here is never closed: the {swallowed} lines after it would be one cell",
            f"{name}:{line}",
            "Close it, or export the file again",
        )
    return Row(last.number, last.cells, "the file breaks off inside it (a quotation mark is never closed)")
