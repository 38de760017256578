"""Dates as exports write them, to the partial ISO dates of a story; never guesses day against month."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from servicestory.errors import Problem, Usage, nearest

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
_TIME = r"(?:[T ,]+\d{1,2}[:.h]\d{2}.*)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?" + _TIME)
_COMPACT = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)")
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])|Q([1-4])[-/ ]?(\d{4})", re.I)
_YEAR = re.compile(r"\d{4}")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME)
_DAY_MONTH = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[- ]([a-z]+)\.?,?[- ](\d{4})" + _TIME, re.I)
_MONTH_DAY = re.compile(r"(?:[a-z]+,? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME, re.I)
_MONTH_YEAR = re.compile(r"([a-z]+)\.?[- ](\d{4})", re.I)
_EPOCH = re.compile(r"(\d{10}|\d{13})(?:\.\d+)?")
_TOKENS = (("YYYY", "%Y"), ("YY", "%y"), ("MM", "%m"), ("DD", "%d"), ("HH", "%H"), ("mm", "%M"), ("SS", "%S"))

DAY_FIRST, MONTH_FIRST = "day first", "month first"


def read_date(text: str, order: str | None = None) -> str | None:
    """``text`` as a partial ISO date (2022, 2022-Q3, 2022-08, 2022-08-14), or None when it is no date.

    Args:
        order: how 03/04/2022 is meant, `DAY_FIRST` or `MONTH_FIRST`; None: such a date is no date unless
            one number is above 12 or the parts are set apart by dots (written day first everywhere).
    """
    text = text.strip()
    if m := _ISO.fullmatch(text):
        return _iso(m[1], m[2], m[3])
    if m := _NUMERIC.fullmatch(text):
        year = m[4] if len(m[4]) == 4 else f"20{m[4]}"
        first, second = int(m[1]), int(m[3])
        if order is None:
            order = DAY_FIRST if m[2] == "." or first > 12 else MONTH_FIRST if second > 12 else None
        if order is None:
            return _iso(year, first, second) if first == second else None
        return _iso(year, second, first) if order == DAY_FIRST else _iso(year, first, second)
    if m := _QUARTER.fullmatch(text):
        return f"{m[1] or m[4]}-Q{m[2] or m[3]}"
    if _YEAR.fullmatch(text):
        return text if 1900 <= int(text) <= 2200 else None
    if m := _COMPACT.fullmatch(text):
        return _iso(*m.groups())
    if m := _DAY_MONTH.fullmatch(text):
        return _iso(m[3], _MONTHS.get(m[2].lower()), m[1])
    if m := _MONTH_DAY.fullmatch(text):
        return _iso(m[3], _MONTHS.get(m[1].lower()), m[2])
    if m := _MONTH_YEAR.fullmatch(text):
        return _iso(m[2], _MONTHS.get(m[1].lower()), None)
    if m := _EPOCH.fullmatch(text):
        seconds = int(m[1]) / (1000 if len(m[1]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return None


def _iso(year: str, month: str | int | None, day: str | int | None) -> str | None:
    if month is None or not 1900 <= int(year) <= 2200:
        return None
    try:
        whole = date(int(year), int(month), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day is not None else whole[:7]


def day_order(values: Iterable[str], column: str) -> str | None:
    """Whether a column's 03/04/2022 means day or month first; None when no value needs to know.

    Raises:
        Problem: some value could be either, and no other value of the column tells.
    """
    day = month = 0
    unclear = ""
    for value in values:
        m = _NUMERIC.fullmatch(value.strip())
        if not m or m[2] == ".":
            continue
        first, second = int(m[1]), int(m[3])
        if first > 12 >= second:
            day += 1
        elif second > 12 >= first:
            month += 1
        elif first != second:
            unclear = unclear or value.strip()
    if day and not month:
        return DAY_FIRST
    if month and not day:
        return MONTH_FIRST
    if unclear:
        why = "some rows read one way and some the other" if day else "no row tells"
        raise Problem(
            f"'{unclear}' in the column '{column}' could be day/month or month/day, and {why}",
            "",
            "Add --date-format DD/MM/YYYY or --date-format MM/DD/YYYY",
        )
    return None


def strptime_format(given: str) -> str:
    """What a person writes (`DD/MM/YYYY`, or `%d/%m/%Y` already) as a strptime format.

    Raises:
        Usage: it names no year.
    """
    made = given
    if "%" not in given:
        for token, code in _TOKENS:
            made = made.replace(token, code)
    if not re.search(r"%[YyGDcxs]", made):
        raise Usage(f"--date-format '{given}' has no year", "", "Write it like DD/MM/YYYY")
    return made


def read_with(text: str, pattern: str) -> str | None:
    """``text`` by a strptime format, as precise as the format is, or None."""
    try:
        found = datetime.strptime(text.strip(), pattern)
    except ValueError:
        return None
    iso = found.date().isoformat()
    if re.search(r"%[djDcxsuwU]", pattern):
        return iso
    return iso[:7] if re.search(r"%[mbB]", pattern) else iso[:4]


_WORDS = ("today", "yesterday", "now", "this morning", "tonight", "last night")
HOW = "Write it like 2022-08-14, 14.8.2022, 14 August 2022, yesterday, or only 2022-08, 2022-Q3 or 2022"


def _no_such_day(text: str) -> str:
    """Why a date written whole is no day of the calendar; nothing where that is not what is wrong."""
    from servicestory.models.base import check_date

    if m := _ISO.fullmatch(text.strip()):
        year, month, day = m[1], m[2], m[3]
    elif m := _NUMERIC.fullmatch(text.strip()):
        day, month, year = m[1], m[3], m[4]
        if m[2] != "." and int(day) <= 12:
            day, month = month, day
    else:
        return ""
    if day is None or len(year) != 4:
        return ""
    try:
        check_date(f"{year}-{month:0>2}-{day:0>2}")
    except ValueError as error:
        return str(error)
    return ""


def spoken(text: str, today: date) -> str:
    """A date a person types: ISO or partial, `today`, `yesterday`, 14.8.2022, 14 August 2022.

    Raises:
        Problem: it is no date, could be read two ways, or lies in the future.
    """
    word = text.strip().casefold()
    if word in _WORDS:
        back = 1 if word in ("yesterday", "last night") else 0
        return (today - timedelta(days=back)).isoformat()
    found = read_date(text)
    if found is None:
        if why := _no_such_day(text):
            raise Problem(why, "", HOW)
        reason = "could be read two ways" if read_date(text, DAY_FIRST) else "is not a date"
        near = nearest(word, _WORDS) if word.isalpha() else None  # "last friday" is not last night
        raise Problem(f"'{text}' {reason}", "", (f"Did you mean {near}? " if near else "") + HOW)
    if found[:4] > f"{today.year + 1}" or (len(found) == 10 and found > (today + timedelta(1)).isoformat()):
        raise Problem(f"'{text}' lies in the future", "", "Give the day it happened")
    return found
