"""Which column of a table holds which field of a story: as told, by preset, or guessed and shown."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import cache
from itertools import islice

from servicestory.collect.add import names
from servicestory.collect.dates import DAY_FIRST, read_date
from servicestory.collect.presets import Preset
from servicestory.collect.privacy import personal
from servicestory.collect.ratings import read_rating
from servicestory.collect.tables import Table
from servicestory.errors import Problem, Usage, meant, nearest
from servicestory.models.organisation import Organisation
from servicestory.text import folded, listing, one_line

FIELDS = (
    "text",
    "title",
    "date",
    "site",
    "team",
    "person",
    "channel",
    "rating",
    "record",
    "behaviour",
    "outcome",
    "tag",
)
MANY = frozenset({"text", "person", "behaviour", "tag", "rating"})  # fields that may name several columns
_LOOKED_AT = 2000  # rows a guess is made from
_NEARLY_ALL = 0.9
_KNOWN = 0.5  # share of cells that servicestory.yaml lists, from which on they say what a column is

# Words of column names, the most telling first; a name is cut into words before it is looked up.
_WORDS = {
    line.partition(":")[0].strip(): [word.strip() for word in line.partition(":")[2].split(",")]
    for line in """
text: text, review, story, narrative, comment, comments, feedback, verbatim, what happened, praise, \
  compliment, positive, liked, remark, review text, comment text, story text, feedback text, your story, \
  body, message, description, open ended response, what went well
title: title, header, headline, heading, review title, story title, subject, summary
date: date, date of visit, visit date, visited, date published, published date, published, review date, \
  stayed, stay date, travel date, date of stay, collection date, response date, date of experience, \
  timestamp, when, submitted, submitted at, submit date, created at, created, updated at, recorded date, \
  end date, day
site: site, location, hotel, restaurant, branch, store, shop, property, clinic, hospital, ward, venue, \
  outlet, place, site name, location name, hotel name, restaurant name, branch name, store name, facility, \
  airport, service
team: team, department, dept, unit, crew, team name
person: person, people, staff, staff member, staff involved, staff mentioned, employee, personnel, \
  colleague, coworker, worker, agent, representative, rep, server, waiter, waitress, host, clerk, nurse, \
  advisor, adviser, associate, assistant, handled by, served by, helped by, who, who did it, \
  who made it happen, assignee, team member
channel: channel, source channel, touchpoint
rating: rating, score, stars, overall, overall rating, overall score, star rating, nps, csat, satisfaction, \
  recommend, likelihood to recommend, review rating, grade
record: record, record id, review id, response id, id, feedback id, story id, case id, ticket id, \
  respondent id, uuid, reference, ref, number, no
behaviour: behaviour, behaviours, behavior, behaviors, what they did
outcome: outcome, result, how it ended
tag: tag, tags, labels, topics, categories
""".strip().splitlines()
}


_DATED = re.compile(r"\b(?:date|timestamp)\b")
_LIKE_A_DAY = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")  # 31.11.2026 is none, and was meant as one


@dataclass(frozen=True)
class Mapping:
    """Field -> columns, and for each field how it came about ("as you said", "preset yelp", "guessed")."""

    columns: Map[str, tuple[str, ...]]
    origin: Map[str, str]

    def first(self, name: str) -> str | None:
        """The one column of a field, or None."""
        return next(iter(self.columns.get(name, ())), None)


@cache
def words_of(column: str) -> str:
    """A column name as plain words: `e_responseDate (UTC)` -> `e response date`."""
    name = re.sub(r"\([^)]*\)", " ", column)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^\w]+|_", " ", name.casefold()).split())


def field_named(column: str) -> bool:
    """Whether a column's name is one a field is known by."""
    return any(_called(name, column) for name in FIELDS)


def _called(name: str, column: str) -> str | None:
    """The word for the field ``name`` that a column goes by, or None.

    Who and where may be one or many, and with the word name: `Staff member`, `Staff names`.
    """
    word = words_of(column)
    forms = [word]
    if name in ("site", "team", "person"):
        bare = re.sub(r" names?$", "", word)
        forms += [bare, bare.removesuffix("s"), word.removesuffix("s")]
    return next((form for form in forms if form in _WORDS[name]), None)


def called_date(columns: Sequence[str]) -> str | None:
    """The first column whose name leaves no doubt that it is a date."""
    return next((c for c in columns if words_of(c) in _WORDS["date"] and _DATED.search(words_of(c))), None)


def worded_rating(columns: Map[str, Sequence[str]]) -> tuple[str, str] | None:
    """The first column that is called a rating and holds no mark but words, with the first of them."""
    for column, cells in columns.items():
        told = [cell.strip() for cell in cells if cell.strip()]
        if told and _called("rating", column) and not any(read_rating(cell) for cell in set(told)):
            return column, told[0]
    return None


def parse(given: Sequence[str]) -> dict[str, list[str]]:
    """`field=column` words as field -> columns; `site=` (no column) leaves a field out.

    Raises:
        Usage: no equals sign, an unknown field, a column twice, or a second one for a field that takes one.
    """
    found: dict[str, list[str]] = {}
    for word in given:
        name, equals, column = word.partition("=")
        name = name.strip().casefold()
        if not equals:
            raise Usage(f"--map {word!r} has no equals sign", "", 'Write --map "text=name of the column"')
        if name not in FIELDS:
            near = meant(name, FIELDS) or nearest(name, FIELDS)
            hint = f"Did you mean '{near}'" if near else f"Fields are {listing(list(FIELDS))}"
            raise Usage(f"--map has no field '{name}'", "", hint)
        columns = found.setdefault(name, [])
        if column.strip():
            if columns and name not in MANY:
                raise Usage(f"--map {name} is given twice", "", f"Choose one column for {name}")
            if column in columns:
                raise Usage(f"--map {name}={column} is given twice", "", "Leave one away")
            columns.append(column)
    return found


def resolve(
    table: Table,
    given: Map[str, Sequence[str]],
    preset: Preset | None,
    command: str = "",
    dated: bool = False,
    house: Organisation | None = None,
) -> Mapping:
    """The mapping of a table: what was given, else the preset's, else what columns' names and cells tell.

    Args:
        given: field -> columns as typed; an empty list leaves the field out.
        house: whose sites, teams and staff tell their columns, whatever these are called.
        command: the call as typed, repeated in advice (`servicestory import reviews.csv`).
        dated: a date is given for every story, or for those without one where a column is named; none is
            looked for.

    Raises:
        Problem: a column is not there, identifies customers, or the text could be in several columns.
    """
    columns: dict[str, tuple[str, ...]] = {}
    origin: dict[str, str] = {}
    for name, wanted in given.items():
        columns[name] = tuple(_column(table, name, column) for column in wanted)
        origin[name] = "as you said"
    if preset:
        for name, choices in preset.fields.items():
            there = next((c for c in choices if c in table.columns and any(table.column(c))), None)
            if name not in columns and there and not (name == "date" and dated):
                columns[name], origin[name] = (there,), f"preset {preset.name}"
    taken = {column for found in columns.values() for column in found}
    closed = preset.personal | preset.staff_words if preset else frozenset[str]()
    free = [c for c in table.columns if c not in taken | closed and not personal(c)]
    place = {column: n for n, column in enumerate(table.columns)}
    profiles = {column: _profile(table, place[column]) for column in free}
    # With a preset the other columns are the survey's own questions: only the text is looked for among them.
    for name in ("text", "rating") if preset else FIELDS:
        if name in columns or (name == "date" and dated) or (name == "text" and columns.get("behaviour")):
            continue
        left = [c for c in free if c not in taken]
        best = _guess(name, left, profiles) or _listed(name, left, table, house)
        if len(best) > 1 and name == "text":
            raise _ambiguous(table, best, command)
        if len(best) == 1:
            columns[name], origin[name] = (best[0],), "guessed"
            taken.add(best[0])
    if not columns.get("text") and not columns.get("behaviour"):
        if all(row.broken for row in table.rows):
            first = table.rows[0]
            raise Problem(
                f"No row of {table.name} can be read; of the first it must be said: {first.broken}",
                f"{table.name}:{first.number}",
                "Mend it, or export the file again",
            )
        likeliest = max(free or table.columns, key=lambda c: profiles[c].length if c in profiles else 0)
        raise Problem(
            f"No column of {table.name} looks like the text of a story. The columns are {_names(table)}",
            "",
            f"Say which one it is, for example: {command or 'servicestory import FILE'} "
            f'--map "text={one_line(likeliest, 60)}"',
        )
    return Mapping({n: c for n, c in columns.items() if c}, {n: o for n, o in origin.items() if columns[n]})


def _column(table: Table, name: str, wanted: str) -> str:
    """The column meant by ``wanted``: to the letter, else folded.

    Raises:
        Problem: there is none, or it identifies customers.
    """
    folded = {" ".join(c.split()).casefold(): c for c in reversed(table.columns)}
    found = wanted if wanted in table.columns else folded.get(" ".join(wanted.split()).casefold())
    if found is None:
        near = nearest(wanted, table.columns)
        hint = f'Did you mean --map "{name}={near}"' if near else f'Write --map "{name}=one of them"'
        if len(table.columns) == 1 and any(mark in table.columns[0] for mark in ",;\t|"):
            hint = "Its columns seem not to be told apart: leave --delimiter away, or give another"
        raise Problem(f"{table.name} has no column '{wanted}'; it has {_names(table)}", "", hint)
    if personal(found):
        raise Problem(
            f"The column '{found}' of {table.name} identifies customers, so it is not imported",
            "",
            "Leave it out, or rename it in the file if it names your own staff",
        )
    return found


def _names(table: Table) -> str:
    shown = [f"'{one_line(column, 40)}'" for column in table.columns[:40]]
    if len(table.columns) > 40:
        shown.append(f"{len(table.columns) - 40} more")
    return listing(shown)


@dataclass(frozen=True)
class _Profile:
    """What a column's cells look like: shares between 0 and 1 of the cells that are not empty."""

    filled: int
    length: float  # mean number of characters
    prose: float  # several words
    dates: float
    days: float  # what is a date or looks like one, and cannot be a plain number
    marks: float
    distinct: float


def _first_cells(table: Table, column: int) -> Iterator[str]:
    """The cells of a column that a guess is made from."""
    return islice((row.cells[column].strip() for row in table.rows if not row.broken), _LOOKED_AT)


def _profile(table: Table, column: int) -> _Profile:
    cells = [cell for cell in _first_cells(table, column) if cell]
    if not cells:
        return _Profile(0, 0, 0, 0, 0, 0, 0)
    n = len(cells)
    some = cells[:200]
    dated = {cell for cell in some if read_date(cell, DAY_FIRST) is not None or _us(cell)}
    days = [c for c in some if not c.isdecimal() and (c in dated or _LIKE_A_DAY.fullmatch(c))]
    return _Profile(
        n,
        sum(map(len, cells)) / n,
        sum(cell.count(" ") >= 3 for cell in cells) / n,
        sum(cell in dated for cell in some) / len(some),
        len(days) / len(some),
        sum(read_rating(cell) is not None for cell in some) / len(some),
        len(set(cells)) / n,
    )


def _us(cell: str) -> bool:
    return read_date(cell, "month first") is not None


def _fits(name: str, profile: _Profile) -> bool:
    """Whether a column's cells can be what its name says."""
    if not profile.filled:
        return False
    if name == "text":
        return profile.prose >= 0.3 or profile.length >= 25
    if name == "date":
        return profile.dates >= 0.5
    if name == "rating":
        return profile.marks >= 0.8 or (profile.marks > 0 and profile.length <= 8)
    if name == "record":
        return profile.distinct == 1 and profile.length <= 80
    if name == "title":
        return profile.length <= 200
    if name in ("site", "team", "person", "channel"):
        return profile.length <= 80 and profile.marks < 0.5
    return True


def _guess(name: str, free: list[str], profiles: Map[str, _Profile]) -> list[str]:
    """The columns that a field could be in: one is a guess, several are a question, none is none."""
    words = _WORDS[name]
    named = [c for c in free if _called(name, c) and _fits(name, profiles[c])]
    if name == "date" and not named:
        # The name leaves no doubt: rows where it holds no date are set aside rather than all dates lost.
        named = [c for c in free if words_of(c) in words and _DATED.search(words_of(c)) and profiles[c].dates]
    if name == "date" and not named:
        # Whatever it is called, in whatever language: the only column in which nearly every cell is a day.
        days = [c for c in free if profiles[c].days >= _NEARLY_ALL and profiles[c].dates >= 0.5]
        return days if len(days) == 1 else []
    if name == "text":
        if named:
            return named
        # Short stories, but the name leaves no doubt.
        if sure := [c for c in free if words_of(c) in words[:3] and profiles[c].filled]:
            return sure
        prose = [c for c in free if profiles[c].prose >= 0.6 and profiles[c].distinct >= 0.5]
        return [c for c in prose if profiles[c].length >= 30 and not words_of(c).startswith("negative")]
    if name == "rating" and not named:
        named = [c for c in free if re.search(r"\(\d+ ?[-–] ?\d+\)", c) and _fits(name, profiles[c])]
    return sorted(named, key=lambda c: words.index(_called(name, c) or words[0]))[:1]


def _listed(name: str, free: list[str], table: Table, house: Organisation | None) -> list[str]:
    """The only column in which most cells are sites, teams or colleagues that `servicestory.yaml` lists."""
    if house is None or name not in ("site", "team", "person"):
        return []
    places = {folded(place.name) for place in (house.sites if name == "site" else house.teams)}
    if not (house.staff if name == "person" else places):
        return []

    @cache
    def known(cell: str) -> bool:
        if name == "person":
            return any(house.colleague(one) for one in (cell, *names(cell)))
        return folded(cell) in places

    def share(column: str) -> float:
        told = [cell for cell in _first_cells(table, place[column]) if cell][:200]
        return sum(map(known, told)) / len(told) if told else 0

    place = {column: n for n, column in enumerate(table.columns)}
    found = [column for column in free if share(column) >= _KNOWN]
    return found if len(found) == 1 else []


def _ambiguous(table: Table, best: list[str], command: str) -> Problem:
    shown = listing([f"'{one_line(c, 60)}'" for c in best], "or")
    column = best[0].replace('"', '\\"')
    call = command or "servicestory import FILE"
    return Problem(
        f"The stories of {table.name} could be in {shown}",
        "",
        f'Say which, for example: {call} --map "text={column}" (give --map text= again to join several)',
    )
