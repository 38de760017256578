"""What the commands that record figures and observations share: known sites, days, rows of a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from servicestory import console
from servicestory.errors import Problem, Usage, nearest
from servicestory.models.base import PartialDate
from servicestory.text import listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace

T = TypeVar("T")
LEAST = {"greater_than_equal": "{ge:g} or more", "greater_than": "above {gt:g}"}  # of a figure, in our words
SHOWN = 20  # broken rows shown one by one before the rest are counted


def standing(ws: "Workspace", practice: "Practice", note: Callable[[str], None]) -> "Practice":
    """The practice as it stands now: a merged one leads to what it became, each step told to ``note``."""
    seen = {practice.id}
    while practice.merged_into and practice.merged_into not in seen:
        note(f"{practice.id} was merged into {practice.merged_into}.")
        seen.add(practice.merged_into)
        practice = ws.practice(practice.merged_into)
    return practice


def known_site(site: str | None, organisation: "Organisation") -> str | None:
    """``site`` as the organisation writes it; any name is taken where no sites are listed.

    Raises:
        Problem: when sites are listed and it is none of them.
    """
    site = one_line(site or "")  # it stands in tables and in lists
    if not site or not organisation.sites:
        return site or None
    names = {s.name.casefold(): s.name for s in organisation.sites}
    if site.casefold() in names:
        return names[site.casefold()]
    near = nearest(site, sorted(names.values()))
    step = f"Did you mean {near!r}? " if near else ""
    raise Problem(f"there is no site {site!r}", "", f"{step}Sites are listed in servicestory.yaml")


def past_date(text: str, today: date) -> PartialDate:
    """A partial date (2026, 2026-Q1, 2026-01, 2026-01-31) that has begun, as a row of a file gives it.

    Raises:
        Problem: when it is no date, or lies in the future.
    """
    from servicestory.collect.dates import spoken

    return spoken(text, today, 0)


def rows_of(
    path: Path, wanted: Mapping[str, Sequence[str]], given: Sequence[str] = ()
) -> tuple[list[tuple[str, dict[str, str]]], dict[str, str]]:
    """The filled rows of a table as (``file row 7``, field -> cell), and column name -> field.

    Columns are found by any of their ``wanted`` names, whatever their case; others keep their own name.

    Args:
        given: ``field=column``, where a column has a name of its own.

    Raises:
        Usage: when what is given names no field.
        Problem: when the file is no table, a row is broken, or a given column is not there.
    """
    from servicestory.collect.tables import read_table

    table = read_table(path)
    for note in table.notes:
        console.note(note)
    names = {alias.casefold(): field for field, aliases in wanted.items() for alias in (field, *aliases)}
    said_already = set[str]()
    for said in given:
        name, _, column = said.partition("=")
        meant, called = names.get(name.strip().casefold()), column.strip().casefold()
        if meant is None or not called:
            raise Usage(f"--map {said!r} says no field and column", "", f"Fields are {listing(list(wanted))}")
        if called not in {c.strip().casefold() for c in table.columns}:
            raise missing_column(path, f"“{column.strip()}”", table.columns)
        if meant in said_already:
            raise Usage(f"--map {meant} is given twice", "", f"Choose one column for {meant}")
        said_already.add(meant)
        names = {alias: of for alias, of in names.items() if of != meant} | {called: meant}
    fields = [names.get(c.strip().casefold(), c.strip()) for c in table.columns]
    rows = []
    for row in table.rows:
        where = f"{table.name} row {row.number}"
        if row.broken:
            raise Problem(row.broken, where, "Correct the row; nothing was recorded")
        cells = {f: c.strip() for f, c in zip(fields, row.cells, strict=False) if c.strip()}
        if cells:
            rows.append((where, cells))
    return rows, dict(zip(table.columns, fields, strict=True))


def missing_column(path: Path, what: str, columns: Iterable[str], step: str = "") -> Problem:
    """The sentence for a column that is needed and not there; ``step``: what to do, after its columns."""
    there = listing([f"“{c}”" for c in columns]) or "none"
    return Problem(f"{path.name} has no column {what}", "", f"Its columns are {there}{step}")


def each(rows: Sequence[tuple[str, dict[str, str]]], make: Callable[[dict[str, str]], T]) -> list[T]:
    """What ``make`` makes of every row; when any row is wrong, all of them are told and nothing is made.

    Raises:
        Problem: after the wrong rows were shown.
    """
    made: list[T] = []
    wrong: list[Problem] = []
    for where, cells in rows:
        try:
            made.append(make(cells))
        except Problem as problem:
            # a file named by the problem is kept, but the row is what has to be looked at
            said = f"{problem.what} ({problem.where})" if "/" in problem.where else problem.what
            wrong.append(Problem(said, where, problem.next_step))
        except ValueError as error:
            wrong.append(Problem(plain(error), where))
    if wrong:
        console.problems(wrong[:SHOWN])
        more = f", {len(wrong) - SHOWN} of them not shown" if len(wrong) > SHOWN else ""
        raise Problem(
            f"{plural(len(wrong), 'row')} of {len(rows)} cannot be taken{more}; nothing was recorded",
            "",
            "Correct them and import the file again",
        )
    return made


def plain(error: ValueError) -> str:
    """The sentence of a value error, also of one that a record's own check raised."""
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        if first["type"] in LEAST:
            return f"{field} must be {LEAST[first['type']].format(**first['ctx'])}"
        return f"{field}: {said}" if field else said
    return str(error)
