"""Delimited text (CSV, TSV and their kin) to rows; finds the delimiter, keeps newlines inside cells."""

import csv
import io
from collections.abc import Iterator, Sequence

from servicestory.collect.heading import known, refuse_story, sentence, titles
from servicestory.collect.tables import Row, Table, unique_names
from servicestory.errors import Problem
from servicestory.text import listing, plural

_CANDIDATES = (",", ";", "\t", "|")
_NONE = "\x1f"  # a separator no export uses: every line is one cell
_SAMPLE = 1 << 18  # characters looked at to find the delimiter
_SWALLOWED = 50  # lines in one cell that betray a quotation mark nobody closed
_TABLES = (".csv", ".tsv", ".tab")  # called so it is meant to be a table
_HEAD = 200  # rows looked at to find the column names
_CALLED = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright stroke", _NONE: ""}


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
    rows = list(_parsed(text, used))
    if not rows:
        raise Problem(f"{name} is empty", "", "Export it again, and look whether it holds rows")
    above = _above(rows[:_HEAD], used)
    number, header = rows[above]
    if delimiter is not None and len(header) == 1 and (better := sniff(text, tabs)) != _NONE:
        shown = {"\t": "a tab"}
        raise Problem(
            f"{shown.get(delimiter, repr(delimiter))} sets no columns of {name} apart; "
            f"{shown.get(better, repr(better))} would",
            "",
            "Leave --delimiter away",
        )
    if spaced := _spaced(header):
        rows = list(_parsed(text, used, spaced))
        number, header = rows[above]
    if above:
        passed = listing([str(n) for n, _ in rows[:above]])
        notes.append(f"{'Row' if above == 1 else 'Rows'} {passed}: taken for a title and passed over.")
    refuse_story(name, number, header)
    columns, renamed = unique_names(header)
    notes += renamed
    if len(columns) == 1 and sentence(columns[0]):
        if not name.lower().removesuffix(".gz").endswith(_TABLES):
            raise Problem(
                f"{name} holds lines of text under no name, not a table",
                "",
                "If it is one story: servicestory add --file FILE. If each line is one, write a first "
                "line with the word text",
            )
        notes.append(
            f"Row {number} was read as the name of the one column, not as a story. If it is one, "
            "write a row with the word text above it."
        )
    found: list[Row] = []
    width, joined = len(columns), []
    for number, cells in rows[above + 1 :]:
        if not spaced and any(cells[width:]) and (whole := _rejoined(cells, width, used)):
            cells = whole
            joined.append(number)
        extra = cells[width:]
        if len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        broken = ""
        if any(extra):
            broken = (
                f"it has {width + len(extra)} cells under {width} column names"
                f" (is a text with a {_CALLED.get(used, repr(used))} in it not in quotation marks?)"
            )
        found.append(Row(number, cells if broken else cells[:width], broken))
    if joined:
        more = f" and {len(joined) - 3} more" if len(joined) > 3 else ""
        notes.append(
            f"In {plural(len(joined), 'row')} ({', '.join(map(str, joined[:3]))}{more}) a text holds a "
            f"{_CALLED.get(used, repr(used))} and has no quotation marks; where a space follows, it was read "
            "as part of the text."
        )
    if text.count('"') % 2 == 1 and found:
        found[-1] = _unclosed(name, found[-1], text)
    kind = (
        f"{len(columns)} columns set apart by {_CALLED.get(used, repr(used))}s" if width > 1 else "one column"
    )
    return Table(name, columns, found, f"text, {kind}, named in row {rows[above][0]}", notes=notes)


def sniff(text: str, tabs: bool = False) -> str:
    """The delimiter under which most rows are as wide as the header; ties go to the wider header.

    Unlike `csv.Sniffer` this reads whole rows, so newlines and commas inside quoted cells do not mislead it.
    Rows that are wider because a text holds the delimiter still speak for it, for no row lacks a column.
    """
    sample, whole = text[:_SAMPLE], len(text) <= _SAMPLE
    best, best_score = _NONE, (0.0, 0)
    for candidate in ("\t",) if tabs and "\t" in sample else _CANDIDATES:
        rows = list(_parsed(sample, candidate))
        if not whole and len(rows) > 2:
            rows.pop()  # cut off in the middle
        if not rows:
            continue
        _, header = rows[above := _above(rows[:_HEAD], candidate)]
        if (width := len(header)) < 2:
            continue
        body = [cells for _, cells in rows[above:]]
        fits = sum(len(cells) == width for cells in body) / len(body)
        near = sum(len(cells) > 1 and not any(cells[width:]) for cells in body) / len(body)
        if _spaced(header):  # a sentence with a comma is no row of names
            apart = known(header) > 0 or fits > 0.9
        else:
            apart = near > 0.5 or known(header) > 1 or all(len(cells) >= width for cells in body)
        if apart and (fits, width) > best_score:
            best, best_score = candidate, (fits, width)
    return best


def _above(rows: Sequence[tuple[int, list[str]]], delimiter: str) -> int:
    """How many rows stand above the column names.

    A column of plain sentences must not lose its name to the commas below it: the row that would be the names
    has to be as wide as the rows after it, and not cut where a sentence is.
    """
    above = titles([cells for _, cells in rows])
    _, header = rows[above]
    width, body = len(header), [cells for _, cells in rows[above + 1 :]]
    fit = sum(len(cells) == width or _rejoined(cells, width, delimiter) is not None for cells in body)
    return above if not _spaced(header) and fit >= 0.8 * len(body) else 0


def _spaced(header: Sequence[str]) -> bool:
    """Whether the names have a space after the delimiter (`date, site, text`), or are a sentence."""
    return any(cell.startswith(" ") for cell in header[1:])


def _rejoined(cells: Sequence[str], width: int, delimiter: str) -> list[str] | None:
    """The cells of a row too wide, a text that was cut at its own commas whole again; None: it is not that.

    People write a space after a comma, programs that set columns apart do not.
    """
    whole: list[str] = []
    for cell in cells:
        if whole and cell.startswith(" "):
            whole[-1] += delimiter + cell
        else:
            whole.append(cell)
    return whole if len(whole) == width < len(cells) else None


def _parsed(text: str, delimiter: str, spaced: bool = False) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells) of every row that is not blank."""
    csv.field_size_limit(2**31 - 1)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced)
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
