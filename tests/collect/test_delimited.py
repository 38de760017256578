"""A table written by hand or exported with lines of its own above it is read as what it is, or said to be none."""

from pathlib import Path

import pytest

from servicestory.collect.tables import Table, read_table
from servicestory.errors import Problem


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def table(text: str) -> Table:
        path = tmp_path / "a.csv"
        path.write_text(text, "utf-8")
        return read_table(path)

    return table


def cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows]


def test_a_text_with_commas_and_no_quotation_marks_is_whole_again_and_that_is_said(read) -> None:  # type: ignore[no-untyped-def]
    table = read("day,told,mark\n2026-01-02,She came, saw, and helped,9\n2026-01-03,He ran,8\n2026,A, b,9\n")
    assert table.columns == ["day", "told", "mark"]
    assert [row[1] for row in cells(table)] == ["She came, saw, and helped", "He ran", "A, b"]
    assert any("2 rows (2, 4)" in note for note in table.notes)
    assert "3 columns set apart by commas, named in row 1" in table.kind


def test_a_row_cut_where_no_space_tells_is_set_aside_and_never_a_story_of_all_columns(read) -> None:  # type: ignore[no-untyped-def]
    table = read("date,text\n2026-01-02,She came,saw\n2026-01-03,He ran,at once,off\n2026-01-04,A,b\n")
    assert table.columns == ["date", "text"]
    assert all("quotation marks" in row.broken for row in table.rows)


@pytest.mark.parametrize(
    "above",
    ["Feedback of January\n", "Feedback of January,,,\n,,,\n", "Feedback, January\nExported 2026-02-01\n\n"],
)
def test_lines_above_the_column_names_are_passed_over_and_said(read, above: str) -> None:  # type: ignore[no-untyped-def]
    table = read(
        f"{above}day,place,told,mark\n2026-01-02,Quay,She came,9\n2026-01-03,Quay,He ran, at once,8\n"
    )
    assert table.columns == ["day", "place", "told", "mark"]
    assert len(table.rows) == 2
    assert "passed over" in table.notes[0]


@pytest.mark.parametrize("title", ["Feedback, Elm, of spring", "All,of,them\nExported,2026,Ann"])
def test_a_title_as_wide_as_the_table_is_passed_over(read, title: str) -> None:  # type: ignore[no-untyped-def]
    rows = "2026-01-02,She came,9\n2026-01-03,He ran,8\n"
    table = read(f"{title}\ndate,text,score\n{rows}")
    assert table.columns == ["date", "text", "score"] and len(table.rows) == 2
    assert "passed over" in table.notes[0]
    # rows of words that happen to be names of columns are rows
    table = read("aspect,mood,mark\nstaff,positive,9\nservice,rating,8\n")
    assert table.columns == ["aspect", "mood", "mark"] and len(table.rows) == 2


@pytest.mark.parametrize("name", ["told", "Tell us, please"])
def test_a_column_of_sentences_loses_neither_its_name_nor_its_commas(read, name: str) -> None:  # type: ignore[no-untyped-def]
    told = ["She came, saw, and helped", "He called, twice, and came, too", "They, both, ran"]
    table = read("\n".join([name, *told]) + "\n")
    assert cells(table) == [[line] for line in told]


def test_a_column_that_is_named_keeps_its_name_though_the_others_are_not(read) -> None:  # type: ignore[no-untyped-def]
    table = read("comment,,\nGreat,x,y\nGood,x,y\n")
    assert table.columns[0] == "comment"
    assert len(table.rows) == 2


def test_spaces_after_every_delimiter_are_no_part_of_the_cells(read) -> None:  # type: ignore[no-untyped-def]
    table = read('date, site, text\n2026-01-02, Mill, "She came, saw"\n2026-01-03, Mill, He ran\n')
    assert cells(table) == [["2026-01-02", "Mill", "She came, saw"], ["2026-01-03", "Mill", "He ran"]]


@pytest.mark.parametrize("day", ["2026-01-02", "2.1.2026", "1/2/26"])
def test_a_first_row_that_is_a_story_is_not_lost_as_names_of_columns(read, day: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Problem, match=r"a\.csv:1: The first row holds the day .* names above it"):
        read(f"{day},Mill,She came\n{day},Mill,He ran\n")


def test_a_first_line_that_may_be_a_story_is_said(read) -> None:  # type: ignore[no-untyped-def]
    table = read("She came with us, all the way\nHe called, twice, and ran\nThey, both, ran\n")
    assert any("write a row with the word text above it" in note for note in table.notes)
