"""Which row of a table holds the names of its columns: the rows above it, and a first row that is a story."""

import re
from collections.abc import Sequence
from statistics import median

from servicestory.collect.mapping import field_named
from servicestory.errors import Problem

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\d{1,2}\1\d{2,4}")
_ABOVE = 20  # rows among which the names are looked for
_TITLES = 3  # rows above the names that are as wide as these
_TOLD = 5  # words of a name that may be a sentence


def titles(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the column names: a title, the day of export, a filter that was set.

    Below them stands a wider row that names several columns we know; or they name none, and hold a single
    cell, or less than half of what the rows usually hold. A title may have as many commas as the rows have:
    then half of the names are ones we know, two more than above it, and no row below it has any.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    named = next((n for n, row in enumerate(rows[:_ABOVE]) if known(row) > 1), 0)
    if named and filled[named] > max(filled[:named]):
        return named
    if 0 < named <= _TITLES and filled[named] == max(filled[:named]):
        near = [known(row) for row in rows[:_ABOVE]]
        above, below = sum(near[:named]), sum(near[named + 1 :])
        if near[named] * 2 >= filled[named] and near[named] > above + 1 and not below:
            return named
    widest, usual = max(filled), median(filled)
    for number, count in enumerate(filled[:-1]):
        if known(rows[number]) or not (count == 1 < widest or count < usual / 2):
            return number
    return 0


def known(header: Sequence[str]) -> int:
    """How many cells are names of columns that a story takes something from."""
    return sum(field_named(cell) for cell in header)


def sentence(name: str) -> bool:
    """Whether the name of a column could as well be a story: several words, and no question."""
    return len(name.split()) >= _TOLD and not name.rstrip().endswith(("?", ":"))


def refuse_story(name: str, number: int, header: Sequence[str]) -> None:
    """Refuses a row of column names that is a story itself: it would be lost.

    Raises:
        Problem: a cell is a day; names the row.
    """
    if day := next((cell.strip() for cell in header if _DAY.fullmatch(cell.strip())), None):
        raise Problem(
            f"The first row holds the day {day}, so it is a story and not the names of the columns",
            f"{name}:{number}",
            "Write a row with their names above it, such as date, site, text",
        )
