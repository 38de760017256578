"""Rows of a table to stories: every row is taken, skipped, set aside or already there, and counted."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from servicestory.collect.add import names_in_sight
from servicestory.collect.dates import day_order, from_serial, read_date, read_with
from servicestory.collect.mapping import Mapping as Columns
from servicestory.collect.mapping import words_of
from servicestory.collect.people_told import people_in, people_told
from servicestory.collect.presets import Preset, part_of
from servicestory.collect.privacy import redact, redact_fields
from servicestory.collect.ratings import Scale, read_rating, scale_of
from servicestory.collect.tables import Row, Table
from servicestory.errors import Problem
from servicestory.masking import NEW, Mask, Told
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story, too_long
from servicestory.text import composed, one_line, slug

_NOTHING = frozenset({"", "-", "--", ".", "n/a", "na", "nan", "none", "null", "nil"})
_NO_TEXT = re.compile(  # what tools write where a customer wrote nothing
    r"\W*(?:there (?:is|are) )?no (?:written )?(?:comments?|review|text|feedback|answer)"
    r"(?: (?:is|are|was|were|available|provided|given|left|entered|written|for this (?:review|rating)))*\W*",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINES = re.compile(r"\s*[\n;|]\s*(?:[-*•]\s*)?")
_OF_HASH = 12  # letters of a hash that stand for a source's id
_STEP = 500  # rows between two reports of progress


@dataclass(frozen=True)
class Settings:
    """How rows are taken, besides their columns.

    ``least`` is the lowest rating that makes a story; ``pattern`` a strptime format; ``on`` and ``site``
    stand in for a column; ``known`` are the hashes of the stories that are there, ``ids`` their ids,
    ``numbered`` these by what :func:`numbered` gives; names of the staff of ``organisation``, of other
    stories (``people``), and those ``named`` finds in a text of a site, are no part of a new id.
    """

    system: str
    batch: str
    today: date
    least: float | None = None
    pattern: str | None = None
    on: str | None = None
    site: str | None = None
    language: str | None = None
    redacted: bool = True
    known: frozenset[str] = frozenset()
    numbered: Mapping[tuple[str | None, ...], str] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    named: Callable[[str, str | None], Told | None] = lambda _text, _site: None
    organisation: Organisation = field(default_factory=Organisation)


@dataclass
class Taken:
    """What became of a table's rows; ``rows`` is always the sum of the others."""

    rows: int = 0
    stories: list[Story] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    aside: list[tuple[Row, str]] = field(default_factory=list)
    no_date: int = 0  # rows among those set aside
    best: float | None = None  # rating among those skipped for theirs
    already: int = 0
    nobody: Counter[str] = field(default_factory=Counter)  # what stood for people and names none
    found_again: set[str] = field(default_factory=set)  # hashes of those that are there already
    reworded: list[tuple[str, str]] = field(default_factory=list)  # story -> the one of its number before
    redactions: Counter[str] = field(default_factory=Counter)


class _Aside(Exception):
    """This row cannot be taken, and why."""


class _NoDate(_Aside):
    """The cell of the date column is no date."""


class _Skip(Exception):
    """This row is no story, and why."""


class _TooLow(_Skip):
    """Its rating is below the least one asked for."""

    def __init__(self, value: float, least: float) -> None:
        super().__init__(f"its rating is below {least:g}")
        self.value = value


def take(
    table: Table,
    columns: Columns,
    settings: Settings,
    preset: Preset | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Taken:
    """The stories in a table's rows.

    Raises:
        Problem: dates that could be day/month or month/day, or no date at all in the date column.
    """
    rules = _rules(table, columns, settings, preset)
    mask = Mask(settings.organisation, settings.people)
    taken, used, seen = Taken(rows=len(table.rows)), set(settings.ids), set[str]()
    for done, row in enumerate(table.rows):
        if progress and done % _STEP == 0:
            progress("Reading rows", done, len(table.rows))
        try:
            fields, found = _fields(row, rules)
        except _Skip as why:
            taken.skipped[str(why)] += 1
            if isinstance(why, _TooLow):
                taken.best = why.value if taken.best is None else max(why.value, taken.best)
            continue
        except _Aside as why:
            taken.aside.append((row, str(why)))
            taken.no_date += isinstance(why, _NoDate)
            continue
        digest = fields["source"]["sha256"]
        if digest in settings.known:
            taken.already += 1
            taken.found_again.add(digest)
            continue
        if digest in seen:
            taken.skipped["the same story stands in the file twice"] += 1
            continue
        seen.add(digest)
        fields["people"], nobody = people_told(fields["people"])
        taken.nobody.update(nobody)
        fields["id"] = _free_id(fields, digest, used, mask, settings)
        used.add(fields["id"])
        taken.stories.append(Story(**fields))
        if earlier := settings.numbered.get(numbered(taken.stories[-1])):
            taken.reworded.append((fields["id"], earlier))
        taken.redactions += found
    if progress:
        progress("Reading rows", len(table.rows), len(table.rows))
    return taken


def numbered(story: Story) -> tuple[str | None, ...]:
    """Number, date and site: what a story goes by in its source, whatever its words. Empty without number."""
    record = story.source.record if story.source else None
    return (record, story.date, story.site) if record else ()


@dataclass(frozen=True)
class _Rules:
    """Where each field stands in a row, and how it is read."""

    at: Mapping[str, tuple[int, ...]]
    names: Mapping[int, str]
    settings: Settings
    preset: Preset | None
    scales: Mapping[int, Scale]
    day: Callable[[str], str | None]
    skips: Sequence[tuple[int, frozenset[str], str]]


def _rules(table: Table, columns: Columns, settings: Settings, preset: Preset | None) -> _Rules:
    where = {name: n for n, name in enumerate(table.columns)}
    at = {name: tuple(where[c] for c in found) for name, found in columns.columns.items()}
    marks = preset.marks if preset else {}
    scales = {}
    for n in at.get("rating", ()):
        name = table.columns[n]
        cells = table.column(name)
        worded = preset is not None and any(c.strip().casefold() in marks for c in cells)
        scales[n] = Scale(None, preset.top) if worded and preset else scale_of(name, cells)
    skips = [(where[c], *rule) for c, rule in preset.skip.items() if c in where] if preset else []
    day = _day_reader(table, columns.first("date"), settings)
    return _Rules(at, dict(enumerate(table.columns)), settings, preset, scales, day, skips)


def _day_reader(table: Table, column: str | None, settings: Settings) -> Callable[[str], str | None]:
    """A reader of the date column's cells, each different cell read once.

    Raises:
        Problem: day and month cannot be told apart, or no cell is a date.
    """
    if column is None:
        return lambda _cell: None
    cells = [c.strip() for c in table.column(column) if c.strip().casefold() not in _NOTHING]
    order = None if settings.pattern else day_order(cells, column)
    last = (settings.today + timedelta(days=1)).isoformat()  # the sender's clock may be ahead of ours
    known: dict[str, str | None] = {}
    counted: list[str] = []  # cells that are day numbers of a spreadsheet

    def read(cell: str) -> str | None:
        if cell not in known:
            found = read_with(cell, settings.pattern) if settings.pattern else read_date(cell, order)
            if found is None and not settings.pattern and (found := from_serial(cell)):
                counted.append(cell)
            known[cell] = found
        return known[cell]

    found = [read(cell) for cell in dict.fromkeys(cells)]
    if counted:
        as_day = f"{counted[0]} is {known[counted[0]]}"
        table.notes.append(f"The column '{column}' holds day numbers of a spreadsheet: {as_day}.")
    if cells and not any(found):
        raise Problem(
            f"No cell of the column '{column}' is a date (the first is '{one_line(cells[0], 40)}')",
            "",
            "Add --date-format, for example --date-format DD/MM/YYYY, or leave the date out with --map date=",
        )

    def checked(cell: str) -> str | None:
        found = read(cell.strip())
        if found is None:
            raise _NoDate(f"'{one_line(cell, 40)}' in the column '{column}' is not a date")
        if found[:10] > last[: len(found)] and "Q" not in found:
            raise _Aside(f"the date {found} in the column '{column}' lies in the future")
        return found

    return checked


def _fields(row: Row, rules: _Rules) -> tuple[dict[str, Any], Counter[str]]:
    """The fields of a story from one row (all but its id), and what was redacted in them."""
    if row.broken:
        raise _Aside(row.broken)
    cells = row.cells
    for at, values, why in rules.skips:
        if cells[at].strip().casefold() in values:
            raise _Skip(why)
    texts = [cells[n] for n in rules.at.get("text", ()) if _told(cells[n])]
    text = "\n\n".join(texts)
    behaviours = _several(row, rules, "behaviour")
    if not texts and not behaviours:
        raise _Skip("there is no text")
    if long := next(filter(None, map(too_long, (text, *behaviours))), None):
        raise _Aside(long)
    if not any(letter.isalpha() for told in (*texts, *behaviours) for letter in told):
        raise _Skip("its text holds no words")
    ratings = _ratings(row, rules)
    _enough(ratings, rules)
    settings = rules.settings
    when = _one(row, rules, "date")
    day = rules.day(when) if when else settings.on
    site = _one(row, rules, "site") or settings.site
    record = _one(row, rules, "record")
    fields: dict[str, Any] = {
        "date": day,
        "title": _one(row, rules, "title"),
        "narrative": text,
        "behaviours": behaviours,
        "outcome": _one(row, rules, "outcome"),
        "people": _several(row, rules, "person"),
        "team": _one(row, rules, "team"),
        "site": site,
        "channel": _one(row, rules, "channel"),
        "ratings": ratings,
        "tags": _several(row, rules, "tag"),
        "prompted": "import",
        "language": settings.language,
    }
    if _SURROGATE.search(all_text(fields)):
        raise _Aside("it holds bytes that are no text in this encoding")
    fields = names_in_sight(composed(fields))
    found: Counter[str] = Counter()
    whole = content_hash(text or "\n".join(behaviours), day, site, record)
    if settings.redacted:
        fields, found = redact_fields(fields)
        if record and redact(record)[1]["e-mail"]:  # it would be part of the story's id
            record = content_hash(record, None, None, None)[:_OF_HASH]
            found["e-mail"] += 1
    fields["source"] = {
        "system": settings.system,
        "record": record,
        "batch": settings.batch,
        "sha256": whole,
    }
    return fields, found


def _told(cell: str) -> bool:
    """Whether a customer wrote something."""
    return cell.strip().casefold() not in _NOTHING and not _NO_TEXT.fullmatch(cell)


def all_text(fields: Mapping[str, Any]) -> str:
    """Every text of the fields in one string, to look for what no file can hold."""
    return "".join(
        value if isinstance(value, str) else "".join(v for v in value if isinstance(v, str))
        for value in fields.values()
        if isinstance(value, str | list)
    )


def _one(row: Row, rules: _Rules, name: str) -> str | None:
    """A field with one column; None where nothing is written."""
    for at in rules.at.get(name, ()):
        cell = row.cells[at] if name == "record" else row.cells[at].strip()
        if cell.strip().casefold() not in _NOTHING:
            return part_of(rules.preset, name, cell)
    return None


def _several(row: Row, rules: _Rules, name: str) -> list[str]:
    """A field that takes several values: columns, and within a cell lines or parts set apart by ; or |."""
    values: list[str] = []
    for at in rules.at.get(name, ()):
        parts = _LINES.split(row.cells[at].strip().lstrip("-*• "))
        if name == "tag":
            parts = [tag for part in parts for tag in part.split(",")]
        if name == "person":
            parts = [one for part in parts for one in people_in(part)]
        values += [part.strip() for part in parts if part.strip().casefold() not in _NOTHING]
    return list(dict.fromkeys(values))


def _ratings(row: Row, rules: _Rules) -> list[dict[str, Any]]:
    """The row's ratings, the first column first (its absence is a None)."""
    marks = rules.preset.marks if rules.preset else {}
    ratings = []
    for number, at in enumerate(rules.at.get("rating", ())):
        cell, name = row.cells[at].strip(), rules.names[at]
        if cell.casefold() in _NOTHING:
            if number == 0 and rules.settings.least is not None:
                raise _Skip("it has no rating")
            continue
        scale = rules.scales[at]
        value: float | None = marks.get(cell.casefold())
        top = scale.high
        if value is None:
            read = read_rating(cell)
            if read is None:
                raise _Aside(f"'{one_line(cell, 40)}' in the column '{name}' is no rating")
            value, top = read[0], read[1] or scale.high
            if not (Scale(None, read[1]) if read[1] else scale).holds(value):
                raise _Aside(
                    f"the rating {one_line(cell, 40)} in the column '{name}' is off its scale ({scale})"
                )
        ratings.append({"type": words_of(name) or "rating", "value": value, "of": top})
    return ratings


def _enough(ratings: Sequence[Mapping[str, Any]], rules: _Rules) -> None:
    least = rules.settings.least
    if least is not None and ratings and ratings[0]["value"] < least:
        raise _TooLow(ratings[0]["value"], least)


def content_hash(text: str, day: str | None, site: str | None, record: str | None) -> str:
    """SHA-256 of what makes two stories the same: text, date, place and source id; spacing and case aside."""
    parts = (text, day or "", site or "", record or "")
    plain = "\x1f".join(" ".join(unicodedata.normalize("NFC", part).casefold().split()) for part in parts)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _free_id(fields: Mapping[str, Any], digest: str, used: set[str], mask: Mask, settings: Settings) -> str:
    """`2022-08-boston-17`; a second one of that name gets the first letters of its hash as well."""
    if record := fields["source"]["record"]:
        about = slug(one_line(record, 200))
    else:
        told = one_line(fields["title"] or fields["narrative"] or fields["behaviours"][0], 200)
        people, text = fields.get("people") or (), fields["narrative"]
        names = settings.named(text if told in text else f"{told}\n{text}", fields["site"])
        own = Mask(None, people, names) if people or names else None
        about = mask.slug(own(told, NEW) if own else told)
        if own and not own.reference(about):  # "by govind food": a name in small letters
            about = own.slug(about.replace("-", " "))
    name = f"{fields['date'] or 'undated'}-{about}"
    if name not in used:
        return name
    length = next(n for n in range(6, 65) if f"{name}-{digest[:n]}" not in used)
    return f"{name}-{digest[:length]}"


def aside_csv(table: Table, aside: Sequence[tuple[Row, str]], hidden: frozenset[str]) -> str:
    """The rows that were set aside, with their number and reason, as CSV a spreadsheet opens safely.

    Args:
        hidden: columns that identify customers; their cells are left out.
    """
    import csv
    import io

    shown = [n for n, column in enumerate(table.columns) if column not in hidden]
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow(["row", "reason", *(harmless(table.columns[n]) for n in shown)])
    for row, why in aside:
        cells = [row.cells[n] if n < len(row.cells) else "" for n in shown]
        extra = row.cells[len(table.columns) :]
        out.writerow([row.number, harmless(why), *(harmless(cell) for cell in [*cells, *extra])])
    return written.getvalue().encode("utf-8", "replace").decode("utf-8")


def harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula (OWASP, CSV injection)."""
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?", cell):
        return f"'{cell}"
    return cell
