"""XLSX (and XLS, ODS) workbooks to rows."""

import io
from collections.abc import Sequence

from servicestory.collect.heading import refuse_story, titles
from servicestory.collect.nested import cell
from servicestory.collect.tables import Row, Table, unique_names
from servicestory.errors import Problem, nearest
from servicestory.text import listing


def read(name: str, data: bytes, wanted: str | None = None) -> Table:
    """The rows of a sheet: the one named, else the first that is not empty.

    Lines above the column names that hold a single cell (a title, a date of export) are passed over.

    Raises:
        Problem: it is no workbook, has no such sheet, or no sheet holds rows.
    """
    from python_calamine import CalamineError, CalamineWorkbook

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
