"""Dates are read as exports write them; day and month are never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory.collect.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    day_order,
    read_date,
    read_with,
    spoken,
    strptime_format,
)
from servicestory.errors import Problem, Usage
from servicestory.models.base import check_date

TODAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-08", "2022-08"),
        ("2022-08-14", "2022-08-14"),
        ("2022-08-14T23:59:59.123456789Z", "2022-08-14"),
        ("2022/8/4 09:30", "2022-08-04"),
        ("2022-Q3", "2022-Q3"),
        ("Q3 2022", "2022-Q3"),
        ("2022", "2022"),
        ("20220814", "2022-08-14"),
        ("14.08.2022", "2022-08-14"),
        ("3.4.22", "2022-04-03"),
        ("25/12/2022", "2022-12-25"),
        ("12/25/2022 10:15 PM", "2022-12-25"),
        ("5/5/2022", "2022-05-05"),
        ("14 August 2022", "2022-08-14"),
        ("14th Aug 2022", "2022-08-14"),
        ("Sunday, 14 August 2022", "2022-08-14"),
        ("August 14, 2022", "2022-08-14"),
        ("Aug 2022", "2022-08"),
        ("1660435200", "2022-08-14"),
        ("1660435200000", "2022-08-14"),
        ("3/4/2022", None),
        ("2022-13-01", None),
        ("2022-02-30", None),
        ("31/02/2022", None),
        ("0022-01-01", None),
        ("9999", None),
        ("Smarch 3, 2022", None),
        ("soon", None),
        ("", None),
    ],
)
def test_read_date(text: str, iso: str | None) -> None:
    assert read_date(text) == iso
    if iso:
        assert check_date(iso) == iso


def test_the_order_decides_what_could_be_both() -> None:
    assert read_date("3/4/2022", DAY_FIRST) == "2022-04-03"
    assert read_date("3/4/2022", MONTH_FIRST) == "2022-03-04"


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert read_date(day.isoformat()) == day.isoformat()
    assert read_date(day.strftime("%d/%m/%Y"), DAY_FIRST) == day.isoformat()
    assert read_date(day.strftime("%m/%d/%Y"), MONTH_FIRST) == day.isoformat()
    assert read_date(day.strftime("%d.%m.%Y")) == day.isoformat()


def test_one_telling_row_decides_a_column() -> None:
    assert day_order(["3/4/2022", "13/4/2022"], "when") == DAY_FIRST
    assert day_order(["3/4/2022", "4/13/2022"], "when") == MONTH_FIRST
    assert day_order(["2022-03-04", "3.4.2022", ""], "when") is None
    with pytest.raises(Problem, match=r"'3/4/2022' in the column 'when'.*no row tells.*--date-format"):
        day_order(["3/4/2022", "5/5/2022"], "when")
    with pytest.raises(Problem, match="some rows read one way"):
        day_order(["3/4/2022", "13/4/2022", "4/13/2022"], "when")


def test_formats_as_people_write_them() -> None:
    assert strptime_format("DD/MM/YYYY") == "%d/%m/%Y"
    assert strptime_format("%d.%m.%y") == "%d.%m.%y"
    assert read_with("03/04/2022", "%d/%m/%Y") == "2022-04-03"
    assert read_with("04 2022", "%m %Y") == "2022-04"
    assert read_with("2022", "%Y") == "2022"
    assert read_with("April", "%d/%m/%Y") is None
    assert read_with("03/04/0001", "%d/%m/%Y") is None
    assert read_date("0000-Q2") is None
    assert read_date("٢٠٢٤") == "2024" and read_date("٢٠٢٤-Q٣") is None
    with pytest.raises(Usage, match="no year"):
        strptime_format("DD/MM")


def test_dates_people_say() -> None:
    assert spoken("today", TODAY) == "2026-10-05"
    assert spoken(" Yesterday ", TODAY) == "2026-10-04"
    assert spoken("2026-Q3", TODAY) == "2026-Q3"
    for wrong, said in (
        ("3/4/2026", "two ways"),
        ("whenever", "not a date"),
        ("next friday", r"not a date\. Write it like 2022-08-14, 14\.8\.2022, 14 August 2022, yesterday"),
        ("tusday", r"Did you mean tuesday\?"),
        ("friday the 13th", r"not a date"),
        ("yestreday", r"Did you mean yesterday\?"),
        ("2026-11-31", "November 2026 has 30 days"),
        ("31.11.2026", "November 2026 has 30 days"),
        ("2/31/2026", "February 2026 has 28 days"),
        ("2026-13-01", "has no month 13"),
        ("31 February 2026", "February 2026 has 28 days"),
        ("20260231", "February 2026 has 28 days"),
        ("1789-07-14", "too far from today"),
        ("0000-Q1", "too far from today"),
        ("Q3 0001", "too far from today"),
        ("0001", "too far from today"),
        ("10000-Q1", "not a date"),
        ("2026-12", "future"),
        ("2026-12-24", "future"),
        ("2030", "future"),
    ):
        with pytest.raises(Problem, match=said):
            spoken(wrong, TODAY)
    assert spoken("2026-10-06", TODAY) == "2026-10-06", "tomorrow has begun somewhere"
    with pytest.raises(Problem, match="Today is 2026-10-05"):
        spoken("2026-10-06", TODAY, 0)
    assert spoken("24.12.2031", TODAY, None) == "2031-12-24"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4.10.", "2026-10-04"),
        ("4.10", "2026-10-04"),
        ("28.11.", "2025-11-28"),
        ("28/11", "2025-11-28"),
        ("11/28", "2025-11-28"),
        ("3/3", "2026-03-03"),
        ("28 November", "2025-11-28"),
        ("Oct 4th", "2026-10-04"),
        ("29.2.", "2024-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_last_such_day(text: str, day: str) -> None:
    assert spoken(text, TODAY) == day


def test_a_day_without_a_year_that_cannot_be_known_says_what_to_type() -> None:
    for text, said in (("5/11", "two ways"), ("31.11.", "not a date"), ("31/31", "not a date")):
        with pytest.raises(Problem, match=said):
            spoken(text, TODAY)
    with pytest.raises(Problem, match=r"'28\.11\.' has no year\. Write it like 28\.11\.2026"):
        spoken("28.11.", TODAY, None)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14. März 2026", "2026-03-14"), ("Mo., 2. Mai 2026", "2026-05-02"), ("3. Oktober 2026 17:10", "2026-10-03"),
        ("Dez. 2025", "2025-12"), ("5 février 2026", "2026-02-05"), ("1er août 2026", "2026-08-01"),
        ("3 de octubre de 2026", "2026-10-03"), ("septiembre de 2026", "2026-09"), ("12 luglio 2026", "2026-07-12"),
        ("9 mei 2026", "2026-05-09"), ("14. Marsch 2026", None),
    ],
)  # fmt: skip
def test_months_in_other_languages(text: str, iso: str | None) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28. 11.", "2025-11-28"),
        ("28. 11. 2024", "2024-11-28"),
        ("3. 4. 26", "2026-04-03"),
        ("28 / 11 / 2024", "2024-11-28"),
        ("28. November 2024", "2024-11-28"),
    ],
)
def test_a_space_after_the_dot_changes_nothing(text: str, day: str) -> None:
    assert spoken(text, TODAY) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("tuesday", "2026-09-29"),
        ("on Monday", "2026-10-05"),
        ("last Monday", "2026-09-28"),
        ("Last  friday", "2026-10-02"),
        ("3 days ago", "2026-10-02"),
        ("two weeks ago", "2026-09-21"),
        ("a week ago", "2026-09-28"),
        ("the day before yesterday", "2026-10-03"),
        ("this afternoon", "2026-10-05"),
    ],
)
def test_days_people_say_by_their_name(said: str, day: str) -> None:
    assert TODAY.isoformat() == "2026-10-05" and TODAY.weekday() == 0, "a Monday"
    assert spoken(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("thurs", "2026-10-01"),
        ("last Thu", "2026-10-01"),
        ("Sun.", "2026-10-04"),
        ("on wed", "2026-09-30"),
        ("october", "2026-10"),
        ("nov", "2025-11"),
        ("early September", "2026-09"),
        ("mid-aug", "2026-08"),
        ("the end of June 2025", "2025-06"),
        ("in late May", "2026-05"),
        ("Anfang", None),
        ("late", None),
        ("end of", None),
        ("this month", "2026-10"),
        ("last month", "2026-09"),
    ],
)
def test_a_hurried_word_is_as_much_of_a_date_as_it_tells(said: str, told: str | None) -> None:
    if told is None:
        with pytest.raises(Problem, match="not a date"):
            spoken(said, TODAY)
    else:
        assert spoken(said, TODAY) == told


def test_a_month_alone_may_be_to_come() -> None:
    with pytest.raises(Problem, match=r"'nov' has no year\. Write it like 2026-11"):
        spoken("nov", TODAY, None)
    assert spoken("early march 2027", TODAY, None) == "2027-03"
    with pytest.raises(Problem, match="future"):
        spoken("early march 2027", TODAY)
    for said in ("thu", "last month"):
        with pytest.raises(Problem, match="not a date"):
            spoken(said, TODAY, None)


def test_a_day_of_the_week_alone_may_be_to_come() -> None:
    with pytest.raises(Problem, match="not a date"):
        spoken("friday", TODAY, None)
    assert spoken("last friday", TODAY, None) == "2026-10-02"
