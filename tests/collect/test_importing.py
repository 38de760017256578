"""Every row is taken, skipped, set aside or already there; texts stay to the letter; nothing comes twice."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory.collect.importing import Settings, Taken, aside_csv, content_hash, harmless, take
from servicestory.collect.mapping import Mapping
from servicestory.collect.tables import Row, Table
from servicestory.errors import Problem

SETTINGS = Settings("reviews", "march", date(2026, 10, 5))
COLUMNS = {"text": ("told",), "date": ("day",), "site": ("place",), "rating": ("score",), "record": ("id",)}


def table(*rows: tuple[str, ...], names: tuple[str, ...] = ("id", "day", "place", "score", "told")) -> Table:
    return Table(
        "t.csv", list(names), [Row(n, list(cells)) for n, cells in enumerate(rows, 2)], "delimited text"
    )


def taken(made: Table, settings: Settings = SETTINGS, **columns: tuple[str, ...]) -> Taken:
    found = take(made, Mapping({**COLUMNS, **columns}, {}), settings)
    assert found.rows == len(found.stories) + found.skipped.total() + len(found.aside) + found.already
    return found


def test_a_row_becomes_a_story_with_its_source() -> None:
    (story,) = taken(table(("r/7 ", "2026-03-01", "Quay", "9/10", " She stayed\r\nlate. "))).stories
    assert story.id == "2026-03-01-r-7"
    assert story.narrative == " She stayed\r\nlate. "
    assert story.record == "r/7 "
    assert (story.site, story.date, story.title, story.prompted) == ("Quay", "2026-03-01", None, "import")
    assert [(m.type, m.value, m.of) for m in story.ratings] == [("score", 9, 10)]
    assert story.source is not None
    assert (story.source.system, story.source.batch) == ("reviews", "march")


def test_a_cell_too_long_for_a_story_is_set_aside() -> None:
    found = taken(
        table(
            ("1", "2026-03-01", "Quay", "9/10", "She ran. " * 60_000),
            ("2", "2026-03-01", "Quay", "9/10", "She ran. " * 50_000),
        )
    )
    assert [story.record for story in found.stories] == ["2"]
    assert [why for _, why in found.aside] == [
        "this text has 540,000 characters, and a story has at most 500,000"
    ]


def test_rows_are_told_apart_by_what_is_wrong_with_them() -> None:
    made = table(
        ("1", "2026-03-01", "Quay", "5", "She stayed"),
        ("2", "2026-03-01", "Quay", "2", "He left"),
        ("3", "2026-03-01", "Quay", "", "She stayed on"),
        ("4", "2026-03-01", "Quay", "5", "  "),
        ("5", "2026-03-01", "Quay", "5", "N/A"),
        ("6", "2026-03-01", "Quay", "5", "There is no comment provided."),
        ("7", "2026-03-01", "Quay", "Like", "He ran"),
        ("8", "2026-03-01", "Quay", "7", "He ran on"),
        ("9", "someday", "Quay", "5", "She called"),
        ("10", "2031-03-01", "Quay", "5", "She will call"),
        ("11", "2026-03-01", "Quay", "5", "half a \udce9 letter"),
        ("1", "2026-03-01", "Quay", "5", "she  stayed "),
        ("12", "", "", "5", "He brought it"),
        names=("id", "day", "place", "score (1-5)", "told"),
    )
    made.rows.append(Row(15, ["x"], "it has 9 cells under 5 column names"))
    found = taken(made, replace(SETTINGS, least=4), rating=("score (1-5)",))
    assert [story.record for story in found.stories] == ["1", "12"]
    assert found.stories[1].id == "undated-12"
    assert found.skipped == {
        "its rating is below 4": 1,
        "it has no rating": 1,
        "there is no text": 3,
        "the same story stands in the file twice": 1,
    }
    reasons = {row.number: why for row, why in found.aside}
    assert sorted(reasons) == [8, 9, 10, 11, 12, 15]
    assert "'Like' in the column 'score (1-5)' is no rating" in reasons[8]
    assert "off its scale (1 to 5)" in reasons[9]
    assert "'someday' in the column 'day' is not a date" in reasons[10]
    assert "future" in reasons[11]
    assert "bytes that are no text" in reasons[12]
    assert reasons[15] == "it has 9 cells under 5 column names"


def test_a_text_without_a_word_is_no_story() -> None:
    found = taken(table(("1", "2026-03-01", "Quay", "5", "\N{THUMBS UP SIGN}"), ("2", "", "", "5", "10")))
    assert found.skipped == {"its text holds no words": 2}


def test_without_a_least_rating_a_missing_one_is_no_hindrance() -> None:
    assert taken(table(("1", "2026-03-01", "Quay", "", "She stayed"))).stories[0].ratings == []


def test_importing_again_adds_nothing_and_overlaps_add_the_rest() -> None:
    first = taken(
        table(("1", "2026-03-01", "Quay", "5", "She stayed"), ("2", "2026-03-02", "Quay", "5", "He ran"))
    )
    known = frozenset(s.source.sha256 or "" for s in first.stories if s.source)
    ids = frozenset(s.id for s in first.stories)
    later = table(("2", "2026-03-02", "Quay", "5", "He  ran"), ("3", "2026-03-03", "Quay", "5", "She called"))
    again = taken(later, replace(SETTINGS, known=known, ids=ids))
    assert again.already == 1
    assert [story.record for story in again.stories] == ["3"]


def test_ids_stay_apart_and_do_not_depend_on_chance() -> None:
    made = table(*(("7", "2026-03-01", "Quay", "5", f"Story {n}") for n in range(4)))
    ids = [story.id for story in taken(made).stories]
    assert ids[0] == "2026-03-01-7"
    assert len(set(ids)) == 4
    assert ids == [story.id for story in taken(made).stories]


def test_without_a_record_the_id_comes_of_the_words() -> None:
    made = table(
        ("2026-03-01", "She walked the guest to the pharmacy and back again that night"),
        names=("day", "told"),
    )
    found = take(made, Mapping({"text": ("told",), "date": ("day",)}, {}), SETTINGS)
    assert found.stories[0].id == "2026-03-01-she-walked-the-guest-to-the-pharmacy-and-back-again-that"
    assert found.stories[0].record is None


def test_several_columns_are_joined_and_lists_are_cut() -> None:
    made = table(
        ("She stayed", "", "Anna; Tom", "rain, tram|late", "- ran out\n- came back"),
        ("He ran", "Twice", "", "", ""),
        names=("good", "more", "who", "tags", "did"),
    )
    columns = {"text": ("good", "more"), "person": ("who",), "tag": ("tags",), "behaviour": ("did",)}
    one, two = take(made, Mapping(columns, {}), SETTINGS).stories
    assert (one.narrative, two.narrative) == ("She stayed", "He ran\n\nTwice")
    assert one.people == ["Anna", "Tom"]
    assert one.tags == ["rain", "tram", "late"]
    assert one.behaviours == ["ran out", "came back"]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Anna Berg, Tom Ito", ["Anna Berg", "Tom Ito"]),
        ("Tom Ito and Anna Berg", ["Tom Ito", "Anna Berg"]),
        ("Anna, Tom & Li", ["Anna", "Tom", "Li"]),
        ("Anna, Tom, Li", ["Anna", "Tom", "Li"]),
        ("Berg, Anna", ["Berg, Anna"]),
        ("Thomas, Anna", ["Thomas, Anna"]),
        ("Rosa, Ben", ["Rosa", "Ben"]),
        ("Amanda Sand", ["Amanda Sand"]),
    ],
)
def test_several_people_of_one_cell_are_several(cell: str, people: list[str]) -> None:
    made = table(("1", "2026-03-01", cell, "5", "She stayed"))
    assert taken(made, person=("place",), site=()).stories[0].people == people


def test_behaviours_alone_are_a_story() -> None:
    made = table(("Ran out to the bus",), names=("did",))
    (story,) = take(made, Mapping({"behaviour": ("did",)}, {}), SETTINGS).stories
    assert (story.narrative, story.behaviours) == ("", ["Ran out to the bus"])


def test_personal_data_is_replaced_unless_kept_and_the_hash_is_the_same() -> None:
    made = table(("1", "2026-03-01", "Quay", "5", "Write to ann@example.com"))
    clean, kept = taken(made), taken(made, replace(SETTINGS, redacted=False))
    assert clean.stories[0].narrative == "Write to [e-mail]"
    assert clean.redactions == {"e-mail": 1}
    assert kept.stories[0].narrative == "Write to ann@example.com"
    assert clean.stories[0].source == kept.stories[0].source


def test_one_date_and_site_for_all() -> None:
    made = table(("1", "She stayed", ""), names=("id", "told", "place"))
    columns = Mapping({"text": ("told",), "record": ("id",), "site": ("place",)}, {})
    (story,) = take(made, columns, replace(SETTINGS, on="2026-03", site="Pier")).stories
    assert (story.date, story.site, story.id) == ("2026-03", "Pier", "2026-03-1")


def test_dates_that_could_be_two_things_are_refused_and_a_format_settles_it() -> None:
    made = table(("1", "3/4/2026", "Quay", "5", "She stayed"))
    with pytest.raises(Problem, match="--date-format"):
        taken(made)
    (story,) = taken(made, replace(SETTINGS, pattern="%d/%m/%Y")).stories
    assert story.date == "2026-04-03"


def test_a_column_without_any_date_is_refused() -> None:
    with pytest.raises(Problem, match="No cell of the column 'day' is a date"):
        taken(table(("1", "soon", "Quay", "5", "She stayed")))


def test_progress_is_told_to_the_end() -> None:
    seen: list[tuple[str, int, int]] = []
    made = table(*((str(n), "2026-03-01", "Quay", "5", f"Story {n}") for n in range(1200)))
    take(made, Mapping(COLUMNS, {}), SETTINGS, None, lambda *step: seen.append(step))
    assert [done for _, done, _ in seen] == [0, 500, 1000, 1200]


def test_rows_set_aside_open_safely_and_hide_customers() -> None:
    made = table(("=HYPERLINK(1)", "someday", "Jo", "-5", "@SUM"))
    text = aside_csv(
        made, [(made.rows[0], "not a date"), (Row(3, ["a"] * 7, "long"), "long")], frozenset({"place"})
    )
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["row", "reason", "id", "day", "score", "told"]
    assert rows[1] == ["2", "not a date", "'=HYPERLINK(1)", "someday", "-5", "'@SUM"]
    assert rows[2] == ["3", "long", *["a"] * 6]


@given(st.text())
def test_no_cell_begins_a_formula(cell: str) -> None:
    made = harmless(cell)
    assert made == cell or made == f"'{cell}"
    assert made[:1] not in ("=", "@", "\t", "\r")


@given(st.text(), st.text())
def test_the_hash_ignores_spacing_and_case_only(text: str, other: str) -> None:
    same = "  ".join(text.split())
    assert content_hash(text, None, None, "1") == content_hash(f" {same}\n", None, None, "1")
    assert content_hash(text, "2026", None, None) != content_hash(text, None, "2026", None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "", "x"]),
            st.sampled_from(["2026-03-01", "2026-03", "", "never", "2026-99-01"]),
            st.sampled_from(["Quay", ""]),
            st.sampled_from(["5", "1", "", "Like", "11", "-3"]),
            st.text(max_size=12),
        ),
        max_size=12,
    )
)
def test_no_row_is_ever_lost(rows: list[tuple[str, ...]]) -> None:
    anchor = ("anchor", "2026-01-01", "Quay", "5", "A story that is always there")
    found = taken(table(anchor, *rows), replace(SETTINGS, least=3))
    assert len({story.id for story in found.stories}) == len(found.stories)
    texts = {row[4] for row in [anchor, *rows]}
    assert all(story.narrative in texts for story in found.stories)


def test_day_numbers_of_a_spreadsheet_and_seconds_since_1970_are_told_apart() -> None:
    days = ("46113", "46113.5208", "2026-04-01", "1775001600", "1775001600000")
    made = table(*((str(n), day, "Quay", "5", f"They waved at boat {n}") for n, day in enumerate(days)))
    found = taken(made)
    assert [story.date for story in found.stories] == ["2026-04-01"] * 5 and not found.aside
    assert ["46113 is 2026-04-01" in note for note in made.notes] == [True]
    strange = taken(table(("1", "2026-04-01", "Quay", "5", "Well done"), ("2", "99999", "Quay", "5", "Good")))
    assert len(strange.stories) == 1 and "'99999'" in strange.aside[0][1]
