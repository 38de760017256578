"""What every record shares: strict fields, a schema number, partial dates kept as they were given."""

import calendar
import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

SCHEMA = 1
NOBODY = "not named"
"""Who did it, where nobody said."""
SHORT = 80
"""Characters: longer texts are hardly ever the same in two records."""
OWN = frozenset({"id", "record", "sha256"})
"""Fields that are different in every record."""


def _says_something(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("string_too_short", "is empty")
    return text


Said = Annotated[str, AfterValidator(_says_something)]
"""A text that is more than white space: a name that cannot be seen cannot be asked for."""


class Part(BaseModel):
    """A mapping inside a record: unknown keys are refused."""

    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, validate_default=False, allow_inf_nan=False, defer_build=True
    )


class Record(Part):
    """A record of its own: carries the number of the schema it was written for."""

    schema_: int = Field(SCHEMA, alias="schema", ge=1, le=SCHEMA)

    def to_yaml(self) -> dict[str, Any]:
        """The fields that were given, in the order of the model, ready to be written."""
        given = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return {"schema": self.schema_, **given}


def share(records: Iterable[Record]) -> None:
    """Equal short texts, and equal sets of the fields that were given, are held once by all these records.

    Of stories that say no more than where, when and what it saves a quarter of their memory.
    """
    texts: dict[str, str] = {}
    given: dict[frozenset[str], set[str]] = {}
    for record in records:
        _share(record, texts, given)


def _share(part: Part, texts: dict[str, str], given: dict[frozenset[str], set[str]]) -> None:
    names = part.__pydantic_fields_set__
    values = part.__dict__
    for name in names:
        value = values[name]
        if type(value) is str:
            if len(value) <= SHORT and name not in OWN:
                values[name] = texts.setdefault(value, value)
        elif type(value) is list:
            value[:] = [texts.setdefault(v, v) if type(v) is str and len(v) <= SHORT else v for v in value]
            for part_of_it in value:
                if isinstance(part_of_it, Part):
                    _share(part_of_it, texts, given)
        elif isinstance(value, Part):
            _share(value, texts, given)
    # not one of the fields: pydantic's own note of which were given, which nothing here changes
    object.__setattr__(part, "__pydantic_fields_set__", given.setdefault(frozenset(names), names))


_PARTIAL = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?", re.ASCII)
YEARS = range(1900, 2201)
"""The years a date can be meant in; one typed as 0206 is none of them."""


@lru_cache(maxsize=4096)  # thousands of stories share a few hundred dates
def check_date(text: str) -> str:
    """A date as precise as it is known: ``2022``, ``2022-Q3``, ``2022-08`` or ``2022-08-14``.

    Raises:
        ValueError: when it is none of these, or no day of the calendar.
    """
    found = _PARTIAL.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a date; write 2022-08-14, 2022-08, 2022-Q3 or 2022")
    year, _, month, day = found.groups()
    if month and not 1 <= int(month) <= 12:
        raise ValueError(f"{text!r} has no month {month}")
    if int(year) < 1:
        raise ValueError(f"{text!r} is not a year")
    if day and not 1 <= int(day) <= (days := calendar.monthrange(int(year), int(month))[1]):
        named = f"{calendar.month_name[int(month)]} {year}"
        raise ValueError(f"{text!r} is not a day of the calendar: {named} has {days} days")
    return text


PartialDate = Annotated[str, AfterValidator(check_date)]


@cache
def first_day(partial: str) -> date:
    """The first day a partial date can mean."""
    year, quarter, month, day = _PARTIAL.fullmatch(partial).groups()  # type: ignore[union-attr]
    if quarter:
        return date(int(year), 3 * int(quarter) - 2, 1)
    return date(int(year), int(month or 1), int(day or 1))


@cache
def last_day(partial: str) -> date:
    """The last day a partial date can mean."""
    year, quarter, month, day = _PARTIAL.fullmatch(partial).groups()  # type: ignore[union-attr]
    if day:
        return date(int(year), int(month), int(day))
    last = 3 * int(quarter) if quarter else int(month or 12)
    return date(int(year), last, calendar.monthrange(int(year), last)[1])


def day_said(partial: str) -> str:
    """A date as it is said: "3 October 2024", "October 2024", "the 4th quarter of 2024" or "2024"."""
    first = first_day(partial)
    if "Q" in partial:
        return f"the {('1st', '2nd', '3rd', '4th')[(first.month - 1) // 3]} quarter of {first.year}"
    month = calendar.month_name[first.month]
    return {4: f"{first.year}", 7: f"{month} {first.year}"}.get(
        len(partial), f"{first.day} {month} {first.year}"
    )


def period_of(partial: str | None, kind: str = "quarter") -> str | None:
    """The reporting period (``month``, ``quarter`` or ``year``) a partial date lies in.

    None when there is no date, or it is too coarse to say (a year has no quarter).
    """
    if partial is None:
        return None
    start, end = first_day(partial), last_day(partial)
    if kind == "year":
        return f"{start.year:04d}"
    if kind == "quarter":
        first, last = (start.month + 2) // 3, (end.month + 2) // 3
        return f"{start.year:04d}-Q{first}" if first == last else None
    return f"{start.year:04d}-{start.month:02d}" if start.month == end.month else None


_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_before(period: str, kind: str) -> str:
    """The reporting period before this one."""
    day = first_day(period)
    months = day.year * 12 + day.month - 1 - _MONTHS[kind]
    found = period_of(f"{months // 12:04d}-{months % 12 + 1:02d}", kind)
    assert found is not None
    return found


def periods_to(first: str, last: str, kind: str) -> list[str]:
    """Every period from ``first`` to ``last``, oldest first; ``last`` alone where ``first`` is later."""
    found = [last]
    while first < found[-1]:
        found.append(period_before(found[-1], kind))
    return found[::-1]
