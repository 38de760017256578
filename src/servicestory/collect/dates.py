"""Dates as exports write them, to the partial ISO dates of a story; never guesses day against month."""

import calendar
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from servicestory.errors import Problem, Usage, nearest
from servicestory.models.base import YEARS
from servicestory.text import unaccented

# English, German, French, Spanish, Italian, Dutch and Portuguese, without accents; no word is two months.
_MONTHS = {
    name: number
    for number, names in enumerate(
        """
jan january januar janner janvier janv enero ene gennaio gen januari janeiro
feb february februar fevrier fevr febrero febbraio februari fevereiro fev
mar march marz maerz mrz mars marzo maart mrt marco
apr april avril avr abril abr aprile
may mai mayo maggio mag mei maio
jun june juni juin junio giugno giu junho
jul july juli juillet juil julio luglio lug julho
aug august aout agosto ago augustus
sep sept september septembre septiembre settembre set setembro
oct october oktober okt octobre octubre ottobre ott outubro out
nov november novembre noviembre novembro
dec december dezember dez decembre diciembre dic dicembre dezembro
""".strip().splitlines(),
        1,
    )
    for name in names.split()
}
_NAME = r"[^\W\d_]+"
_TIME = r"(?:[T ,]+\d{1,2}[:.h]\d{2}.*)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?" + _TIME)
_COMPACT = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)")
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])|Q([1-4])[-/ ]?(\d{4})", re.I)
_YEAR = re.compile(r"\d{4}")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME)
_DAY_MONTH = re.compile(
    rf"(?:{_NAME}\.?,? )?(\d{{1,2}})(?:st|nd|rd|th|er|\.)?[- ](?:de )?({_NAME})\.?,?[- ](?:de )?(\d{{4}})"
    + _TIME,
    re.I,
)
_MONTH_DAY = re.compile(rf"(?:{_NAME},? )?({_NAME})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}", re.I)
_MONTH_YEAR = re.compile(rf"({_NAME})\.?[- ](?:de )?(\d{{4}})", re.I)
_EPOCH = re.compile(r"(\d{10}|\d{13})(?:\.\d+)?")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
# Day 1 is 1900-01-01, and there is a 29 February 1900 that never was (ECMA-376, part 1, 18.17.4.1).
_SERIAL_ZERO, _SERIALS = date(1899, 12, 30), range(20_090, 73_051)
_TOKENS = (("YYYY", "%Y"), ("YY", "%y"), ("MM", "%m"), ("DD", "%d"), ("HH", "%H"), ("mm", "%M"), ("SS", "%S"))

DAY_FIRST, MONTH_FIRST = "day first", "month first"


@lru_cache(1 << 14)  # a column holds few different days, and is looked at several times
def read_date(text: str, order: str | None = None) -> str | None:
    """``text`` as a partial ISO date (2022, 2022-Q3, 2022-08, 2022-08-14), or None when it is no date.

    Args:
        order: how 03/04/2022 is meant, `DAY_FIRST` or `MONTH_FIRST`; None: such a date is no date unless
            one number is above 12 or the parts are set apart by dots (written day first everywhere).
    """
    text = _tight(text)
    if parts := _parts(text, order):
        return _iso(*parts)
    if m := _QUARTER.fullmatch(text):
        year, quarter = int(m[1] or m[4]), int(m[2] or m[3])
        return f"{year}-Q{quarter}" if year in YEARS else None
    if _YEAR.fullmatch(text):
        return str(int(text)) if int(text) in YEARS else None
    if m := _EPOCH.fullmatch(text):
        seconds = int(m[1]) / (1000 if len(m[1]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return None


def from_serial(text: str) -> str | None:
    """The day of a spreadsheet's day number, 46113 as 2026-04-01, from 1955 to 2099; of any other None.

    A number tells a day only in a column of days: elsewhere five figures are a postcode or an order. Seconds
    since 1970 have ten figures, see :func:`read_date`.
    """
    if (m := _SERIAL.fullmatch(text.strip())) is None or int(m[1]) not in _SERIALS:
        return None
    return (_SERIAL_ZERO + timedelta(days=int(m[1]))).isoformat()


def _tight(text: str) -> str:
    """``28. 11. 2022`` as ``28.11.2022``: many write a space after the dot."""
    return re.sub(r"(?<=\d) ?([./]) ?(?=\d)", r"\1", text.strip())


def _parts(text: str, order: str | None) -> tuple[str, int, int | None] | None:
    """Year, month and day (None: not told) as ``text`` has them, be there such a day or not."""
    if m := _ISO.fullmatch(text):
        return m[1], int(m[2]), int(m[3]) if m[3] else None
    if m := _NUMERIC.fullmatch(text):
        year = m[4] if len(m[4]) == 4 else f"20{m[4]}"
        first, second = int(m[1]), int(m[3])
        if order is None:
            order = DAY_FIRST if m[2] == "." or first > 12 else MONTH_FIRST if second > 12 else None
        if order is None and first != second:
            return None
        return (year, first, second) if order == MONTH_FIRST else (year, second, first)
    if m := _COMPACT.fullmatch(text):
        return m[1], int(m[2]), int(m[3])
    for pattern, year_at, month_at, day_at in ((_DAY_MONTH, 3, 2, 1), (_MONTH_DAY, 3, 1, 2)):
        if (m := pattern.fullmatch(text)) and (month := _month(m[month_at])):
            return m[year_at], month, int(m[day_at])
    if (m := _MONTH_YEAR.fullmatch(text)) and (month := _month(m[1])):
        return m[2], month, None
    return None


def _month(name: str) -> int | None:
    """The number of a month by its name, with or without accents."""
    return _MONTHS.get(unaccented(name.casefold()))


def _iso(year: str, month: int, day: int | None) -> str | None:
    if int(year) not in YEARS:
        return None
    try:
        whole = date(int(year), month, day or 1).isoformat()
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
        m = _NUMERIC.fullmatch(_tight(value))
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
    if found.year not in YEARS:
        return None
    iso = found.date().isoformat()
    if re.search(r"%[djDcxsuwU]", pattern):
        return iso
    return iso[:7] if re.search(r"%[mbB]", pattern) else iso[:4]


_NO_YEAR = re.compile(r"(\d{1,2})([./])(\d{1,2})\.?")
_NO_YEAR_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|\.)? ({_NAME})\.?|({_NAME})\.? (\d{{1,2}})(?:st|nd|rd|th)?", re.I
)


def _this_year(text: str, today: date, ahead: int | None) -> str | None:
    """``28.11.``, ``28/11`` or ``28 November`` as the last such day; None when it is no day without a year.

    Raises:
        Problem: day and month cannot be told apart, or the year cannot be known since it may be to come.
    """
    if m := _NO_YEAR.fullmatch(text):
        first, second = int(m[1]), int(m[3])
        day, month = (second, first) if m[2] == "/" and second > 12 else (first, second)
        if m[2] == "/" and first != second and max(first, second) <= 12:
            raise Problem(f"'{text}' could be read two ways", "", HOW)
    elif (m := _NO_YEAR_NAMED.fullmatch(text)) and (named := _month(m[2] or m[3])):
        day, month = int(m[1] or m[4]), named
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000, month)[1]):
        return None
    if ahead is None:
        raise Problem(f"'{text}' has no year", "", f"Write it like {day}.{month}.{today.year}")
    last = today + timedelta(ahead)
    for year in range(last.year, last.year - 9, -1):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= last:
            return date(year, month, day).isoformat()
    return None


_WORDS = {"today": 0, "now": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0,
          "yesterday": 1, "last night": 1, "the day before yesterday": 2}  # fmt: skip
_WEEKDAYS = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"]
_DAYS = tuple(f"{day}day" for day in _WEEKDAYS)
_SPANS = {"day": 1, "week": 7}
_COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_AGO = re.compile(rf"(\d{{1,3}}|an?|{'|'.join(_COUNTS[1:])}) (day|week)s? ago")
_WEEKDAY = re.compile(rf"(?:on )?((?:this past|last) )?({'|'.join(_WEEKDAYS)})day")


def _back(word: str, today: date) -> int | None:
    """How many days ago ``today``, ``last tuesday``, ``3 days ago`` was; None when it is no such word.

    A day of the week is the latest such day, today among them unless it is the last one.
    """
    word = _whole_days(" ".join(word.replace(",", " ").split()))
    if word in _WORDS:
        return _WORDS[word]
    if m := _AGO.fullmatch(word):
        said = m[1] if m[1] not in ("a", "an") else "one"
        return (int(said) if said.isdecimal() else _COUNTS.index(said)) * _SPANS[m[2]]
    if m := _WEEKDAY.fullmatch(word):
        back = (today.weekday() - _WEEKDAYS.index(m[2])) % 7
        return back or (7 if m[1] else 0)
    return None


_SHORT_DAY = re.compile(r"\b(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?$")


def _whole_days(word: str) -> str:
    """``last thurs`` as ``last thursday``."""
    return _SHORT_DAY.sub(lambda m: next(day for day in _DAYS if day.startswith(m[1])), word)


_ABOUT = re.compile(
    r"(?:in )?(?:(?:early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[ -])?"
    rf"(?:in )?({_NAME})\.?(?: (?:of )?(\d{{4}}))?",
    re.I,
)
_MONTHS_BACK = {"this month": 0, "last month": 1}


def _about(text: str, today: date, ahead: int | None) -> str | None:
    """``november``, ``mid nov`` or ``late March 2026`` as that month, the last such where no year is told.

    Raises:
        Problem: the year cannot be known since it may be to come.
    """
    text = " ".join(text.split())
    back = _MONTHS_BACK.get(text.casefold())
    if back is not None and ahead is not None:
        return (today.replace(day=1) - timedelta(days=back)).isoformat()[:7]
    if not (m := _ABOUT.fullmatch(text)) or not (month := _month(m[1])):
        return None
    if m[2]:
        return _iso(m[2], month, None)
    if ahead is None:
        raise Problem(f"'{text}' has no year", "", f"Write it like {today.year}-{month:02}")
    return f"{today.year - (month > today.month)}-{month:02}"


HOW = (
    "Write it like 2022-08-14, 14.8.2022, 14 August 2022, yesterday, last friday, "
    "or only 2022-08, 2022-Q3 or 2022"
)


def spoken(text: str, today: date, ahead: int | None = 1) -> str:
    """A date a person types: ISO or partial, `yesterday`, `last tuesday`, 14.8.2022, 14 August 2022.

    A day or month without a year is the last such one, as is a day of the week, where none to come can be
    meant. What says only about when ("mid November") is the month.

    Args:
        ahead: how many days from today it may begin at the latest (it is tomorrow already somewhere); None:
            on any day to come.

    Raises:
        Problem: it is no date, could be read two ways, or lies in the future.
    """
    from servicestory.models.base import check_date, first_day

    word = text.strip().casefold()
    back = _back(word, today)
    may_come = _whole_days(word.removeprefix("on ")) in _DAYS  # "friday" alone
    if back is not None and (ahead is not None or not may_come):
        return (today - timedelta(days=back)).isoformat()
    found = read_date(text) or _this_year(_tight(text), today, ahead) or _about(text, today, ahead)
    if found is None:
        if parts := _parts(_tight(text), None):
            year, month, day = parts
            try:
                check_date(f"{year}-{month:02}" + (f"-{day:02}" if day is not None else ""))
            except ValueError as error:
                said = str(error).partition("; write")[0].partition("' ")[2]
                raise Problem(f"'{text}' {said}", "", HOW) from None
            raise Problem(f"'{text}' is too far from today to be meant", "", HOW)
        if _QUARTER.fullmatch(text.strip()) or _YEAR.fullmatch(text.strip()):
            raise Problem(f"'{text}' is too far from today to be meant", "", HOW)
        reason = "could be read two ways" if read_date(text, DAY_FIRST) else "is not a date"
        near = nearest(word, (*_WORDS, *_DAYS)) if word.isalpha() and not may_come else None
        raise Problem(f"'{text}' {reason}", "", (f"Did you mean {near}? " if near else "") + HOW)
    if ahead is not None and first_day(found) > today + timedelta(ahead):
        raise Problem(f"'{text}' lies in the future", "", f"Today is {today.isoformat()}")
    return found
