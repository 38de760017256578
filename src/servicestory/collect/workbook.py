"""XLSX (and XLS, ODS) workbooks to rows."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from servicestory.collect.heading import refuse_story, titles
from servicestory.collect.nested import cell
from servicestory.collect.tables import Row, Table, unique_names
from servicestory.errors import Problem, nearest
from servicestory.text import listing

MOST_CELLS = 50_000_000  # from the first to the last: they are held as a full grid, empty ones too
SMALL = 256 << 20  # bytes of a workbook unpacked that are read however well they were packed
PACKED = 200  # times smaller than unpacked: a sheet is 10 to 50 times, a zip bomb a thousand
_CELL = re.compile(rb'<(?:\w+:)?c [^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_CHUNK, _OVERLAP = 1 << 22, 256


def read(name: str, data: bytes, wanted: str | None = None) -> Table:
    """The rows of a sheet: the one named, else the first that is not empty.

    Lines above the column names that hold a single cell (a title, a date of export) are passed over.

    Raises:
        Problem: it is no workbook, has no such sheet, no sheet holds rows, or it would fill the memory.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_endless(name, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, ValueError, OSError):
        is_zip = data[:2] == b"PK"
        raise Problem(
            f"{name} is {'a zip archive or a damaged workbook' if is_zip else 'no workbook we can read'}",
            "",
            "Unpack it, or save it again as XLSX or CSV",
        ) from None
    names = book.sheet_names
    if wanted is not None and wanted not in names:
        near = nearest(wanted, names) or (names[0] if names else "")
        there = listing([f"'{sheet}'" for sheet in names]) or "none"
        raise Problem(
            f"{name} has no sheet '{wanted}'; it has {there}",
            "",
            f"Try --sheet '{near}'" if near else "Save it again with a sheet",
        )
    filled: list[tuple[str, Sequence[Sequence[object]]]] = []
    for sheet in [wanted] if wanted is not None else names:
        try:
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except (CalamineError, ValueError):  # a chart sheet holds no cells
            continue
        if any(value not in ("", None) for row in rows for value in row):
            filled.append((sheet, rows))
    if not filled:
        raise Problem(f"{name} holds no sheet with rows", "", "Save the rows as CSV or XLSX again")
    notes = []
    if len(filled) > 1:
        others = listing([f"'{sheet}'" for sheet, _ in filled[1:]])
        notes.append(f"Read the sheet '{filled[0][0]}'; {others} left aside (choose with --sheet).")
    return _table(name, filled[0][1], notes)


def _refuse_endless(name: str, data: bytes) -> None:
    """Refuses a workbook for which the memory would not do: what reads it ends the whole program then.

    Raises:
        Problem: it is a zip bomb, or a forgotten cell at the end of a sheet makes an endless grid of it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            whole = sum(part.file_size for part in packed.infolist())
            if whole > SMALL and whole > PACKED * len(data):
                raise Problem(
                    f"{name} unpacks to {whole >> 20:,} MB, {whole // len(data):,} times its size, "
                    "as no table does",
                    "",
                    "Save the rows as CSV",
                )
            for part in packed.namelist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
                    with packed.open(part) as sheet:
                        column, row = _last_cell(iter(lambda: sheet.read(_CHUNK), b""))
                    if _number(column) * row > MOST_CELLS:
                        raise Problem(
                            f"A sheet of {name} reaches to the cell {column.decode()}{row}: "
                            "too large a grid to read",
                            "",
                            "Delete the empty rows and columns after its table, or save the table as CSV",
                        )
    except Problem:
        raise
    except Exception:  # no zip (an XLS), locked or damaged in whatever way: what reads it says so
        return


def _last_cell(chunks: Iterator[bytes]) -> tuple[bytes, int]:
    """The last column and the last row in which the XML of a sheet has a cell."""
    column, row, rest = b"A", 1, b""
    for chunk in chunks:
        text = rest + chunk
        for letters, number in _CELL.findall(text):
            column = max(column, letters, key=lambda c: (len(c), c))
            row = max(row, int(number))
        rest = text[-_OVERLAP:]
    return column, row


def _number(column: bytes) -> int:
    """``A`` -> 1, ``AA`` -> 27."""
    number = 0
    for letter in column:
        number = 26 * number + letter - 64
    return number


def _table(name: str, rows: Sequence[Sequence[object]], notes: list[str]) -> Table:
    numbered = [(n, [cell(value) for value in row]) for n, row in enumerate(rows, 1)]
    numbered = [(n, cells) for n, cells in numbered if any(c.strip() for c in cells)]
    for number, _ in numbered[: (above := titles([cells for _, cells in numbered]))]:
        notes.append(f"Row {number} was taken for a title and passed over.")
    del numbered[:above]
    header = numbered[0][1]
    refuse_story(name, numbered[0][0], header)
    width = max(n for n, c in enumerate(header, 1) if c.strip())
    columns, renamed = unique_names(header[:width])
    found = []
    for number, cells in numbered[1:]:
        extra = any(c.strip() for c in cells[width:])
        broken = f"it has more cells than the {width} column names" if extra else ""
        found.append(Row(number, cells if extra else cells[:width], broken))
    return Table(
        name, columns, found, f"workbook, columns named in row {numbered[0][0]}", notes=notes + renamed
    )
