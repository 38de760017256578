"""Every kind of file people export is read to the same rows; a damaged one is one plain sentence."""

import gzip
import json
import zipfile
from pathlib import Path
from time import process_time

import openpyxl
import pytest

from servicestory.collect import workbook
from servicestory.collect.tables import Table, read_table, unique_names
from servicestory.errors import Problem

HEADER = ["id", "when", "told"]
ROWS = [
    ["7", "2026-03-01", "Café staff, all of them,\nstayed late; we caught the tram"],
    ["8", "2026-03-02", 'She said "take mine" and gave us her umbrella'],
]


def delimited(delimiter: str, newline: str = "\n") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    return newline.join(delimiter.join(map(cell, row)) for row in [HEADER, *ROWS]) + newline


def cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_delimited_text_of_any_kind(tmp_path: Path, delimiter: str, encoding: str, packed: bool) -> None:
    data = delimited(delimiter, "\r\n" if encoding == "cp1252" else "\n").encode(encoding)
    path = tmp_path / ("a.csv.gz" if packed else "a.csv")
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    table = read_table(path)
    assert table.columns == HEADER
    assert cells(table) == ROWS
    assert [row.number for row in table.rows] == [2, 3]
    said = " ".join(table.notes)
    assert ("1252" in said) == (encoding == "cp1252")
    assert ("UTF-16" in said) == (encoding == "utf-16")


def test_newlines_inside_a_cell_stay_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,told\n1,"one\r\ntwo\n three  "\n')
    assert read_table(path).rows[0].cells[1] == "one\r\ntwo\n three  "


def test_a_column_of_plain_sentences_keeps_its_commas(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("told\nShe came, saw, and helped\nHe called, twice\n", "utf-8")
    table = read_table(path)
    assert table.columns == ["told"]
    assert cells(table) == [["She came, saw, and helped"], ["He called, twice"]]


def test_excel_may_name_its_separator(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\nid;told\r\n1;a, b, c\r\n", "utf-8")
    table = read_table(path)
    assert (table.columns, cells(table)) == (["id", "told"], [["1", "a, b, c"]])


def test_rows_too_long_are_broken_and_short_ones_filled(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,told,site\n1,a,b\n2,a\n3,a,b,c\n4,a,b,\n\n5,x,y\n", "utf-8")
    rows = read_table(path).rows
    assert [bool(row.broken) for row in rows] == [False, False, True, False, False]
    assert rows[1].cells == ["2", "a", ""]
    assert "4 cells under 3" in rows[2].broken
    assert rows[2].cells == ["3", "a", "b", "c"]
    assert rows[4].number == 7


def test_a_file_that_breaks_off_in_a_cell_sets_that_row_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,told\n1,whole\n2,"half of it\nand then', "utf-8")
    rows = read_table(path).rows
    assert [bool(row.broken) for row in rows] == [False, True]
    assert "never closed" in rows[1].broken


def test_a_quotation_mark_that_swallows_the_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,told\n1,fine\n2,"open\n' + "3,lost\n" * 80, "utf-8")
    with pytest.raises(Problem, match=r"a\.csv:3: .*never closed"):
        read_table(path)


def test_bytes_that_are_no_text_in_a_utf8_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,told\n1,Café crème\n2,naïve façade\n3,b".encode() + b"\xe9\n")
    table = read_table(path)
    assert table.rows[0].cells[1] == "Café crème"
    assert "1 bytes are none" in table.notes[0]
    assert table.rows[2].cells[1] == "b\udce9"


def test_cyrillic_windows_text_is_recognised(tmp_path: Path) -> None:
    told = "Она проводила гостя до аптеки и подождала вместе с ним, пока не приехало такси"
    path = tmp_path / "a.csv"
    path.write_bytes(("номер;рассказ\n" + f"1;{told}\n" * 5).encode("cp1251"))
    table = read_table(path)
    assert table.rows[0].cells[1] == told
    assert "Not UTF-8" in table.notes[0]


def test_the_encoding_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,told\n1,Łódź\n".encode("cp1250"))
    assert read_table(path, encoding="cp1250").rows[0].cells[1] == "Łódź"
    with pytest.raises(Problem, match="not the name of an encoding"):
        read_table(path, encoding="klingon")
    with pytest.raises(Problem, match=r"a\.csv:2: The file is not in utf-8"):
        read_table(path, encoding="utf-8")


@pytest.mark.parametrize("encoding", ["punycode", "undefined"])
def test_an_encoding_that_does_not_say_where_it_failed_is_refused_in_words(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,text\n2026-01-02,She held the lift for a guest\n", "utf-8")
    with pytest.raises(Problem, match=f"not in {encoding}"):
        read_table(path, encoding=encoding)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(tmp_path: Path, order: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,told\n1,plain words\n".encode(order))
    assert cells(read_table(path)) == [["1", "plain words"]]


def test_xlsx_with_dates_numbers_and_a_title_line(tmp_path: Path) -> None:
    from datetime import date, datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Answers"
    sheet.append(["Survey of March"])
    sheet.append(["id", "when", "score", "told"])
    sheet.append([7, date(2026, 3, 1), 4.5, "She stayed"])
    sheet.append([8, datetime(2026, 3, 2, 9, 30), 5, "He ran"])
    book.create_sheet("Notes").append(["nothing here"])
    book.create_sheet("Blank")
    path = tmp_path / "a.xlsx"
    book.save(path)
    table = read_table(path)
    assert table.columns == ["id", "when", "score", "told"]
    assert cells(table) == [
        ["7", "2026-03-01", "4.5", "She stayed"],
        ["8", "2026-03-02 09:30:00", "5", "He ran"],
    ]
    assert table.rows[0].number == 3
    assert "'Answers'" in table.notes[0]
    assert "'Notes'" in table.notes[0]
    with pytest.raises(Problem, match="--sheet 'Notes'"):
        read_table(path, sheet="notes")
    with pytest.raises(Problem, match="no rows"):
        read_table(path, sheet="Notes")


def test_a_workbook_without_rows_and_a_zip_that_is_none(tmp_path: Path) -> None:
    import zipfile

    import openpyxl

    blank = tmp_path / "blank.xlsx"
    openpyxl.Workbook().save(blank)
    with pytest.raises(Problem, match="no sheet with rows"):
        read_table(blank)
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "id,told\n1,x\n")
    with pytest.raises(Problem, match="zip archive"):
        read_table(packed)


def test_json_finds_the_one_list_and_makes_dotted_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    told = {
        "id": 7,
        "by": {"name": None, "score": 4.0},
        "tags": ["rain", "tram"],
        "ok": True,
        "more": [{"a": 1}],
    }
    path.write_text(json.dumps({"meta": {"page": 1}, "data": {"reviews": [told, {"id": 8, "extra": "x"}]}}))
    table = read_table(path)
    assert table.columns == ["id", "by.name", "by.score", "tags", "ok", "more", "extra"]
    assert table.rows[0].cells == ["7", "", "4.0", "rain; tram", "true", '[{"a": "1"}]', ""]
    assert table.rows[1].cells == ["8", "", "", "", "", "", "x"]


def test_json_with_several_lists_asks_which(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"open": [{"t": "a"}], "closed": [{"t": "b"}]}))
    with pytest.raises(Problem, match="--sheet closed"):
        read_table(path)
    assert cells(read_table(path, sheet="open")) == [["a"]]
    with pytest.raises(Problem, match=r"no list called 'opened'.*--sheet open"):
        read_table(path, sheet="opened")
    path.write_text(json.dumps({"data": {"reviews": [{"t": "a"}, 5, "b"]}, "pages": [1, 2]}))
    assert [(row.cells[0], bool(row.broken)) for row in read_table(path).rows][:2] == [
        ("a", False),
        ("", True),
    ]
    path.write_text(json.dumps({"pages": [1, 2]}))
    with pytest.raises(Problem, match="no list called 'data'"):
        read_table(path, sheet="data")


def test_json_of_texts_and_of_one_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('["She stayed", "He ran"]')
    assert (read_table(path).columns, len(read_table(path).rows)) == (["text"], 2)
    path.write_text('["She stayed", 7, null, {"text": "He ran"}]')
    assert [bool(row.broken) for row in read_table(path).rows] == [False, True, True, False]
    path.write_text('{"text": "She stayed", "score": 5}')
    assert cells(read_table(path)) == [["She stayed", "5"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a": 1},\n {"a": }]', r"a\.json:2: this is not valid JSON"),
        ("[]", "no list of records"),
        ("[1, 2.5]", "no list of records"),
        ("[[1, 2], [3, 4]]", "no list of records"),
        ("[1, 2", "not valid JSON"),
        ('"just a word"', "no list of records"),
        ("[" * 100_000, "nested too deeply|not valid JSON"),
    ],
)
def test_json_that_is_no_table(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(Problem, match=said):
        read_table(path)


def test_json_lines_keep_the_good_and_mark_the_bad(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1, "told": "a"}\n\n{"id": 2, "to\n[3]\n{"id": 4}\n', mtime=0))
    rows = read_table(path).rows
    assert [row.number for row in rows] == [1, 3, 4, 5]
    assert [bool(row.broken) for row in rows] == [False, True, True, False]


def test_one_line_of_json_lines_is_a_record_not_the_list_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text('{"id": 1, "told": "a", "fields": [{"id": 9}]}\n', "utf-8")
    assert read_table(path).columns == ["id", "told", "fields"]


def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    rows = [{"id": 1, "who": {"site": "Quay"}, "told": "a"}, {"id": 2, "who": {"site": None}, "told": "b"}]
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    table = read_table(path)
    assert table.columns == ["id", "who.site", "told"]
    assert cells(table) == [["1", "Quay", "a"], ["2", "", "b"]]
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Problem, match="no whole Parquet file"):
        read_table(path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b" \n\n", "is empty"),
        ("a.csv.gz", gzip.compress(b"", mtime=0), "is empty"),
        ("a.csv", b"id,told\n", "no rows"),
        ("a.csv.gz", gzip.compress(b"id,told\n1,abc\n" * 900, mtime=0)[:40], "cannot be unpacked"),
        ("a.csv.gz", b"\x1f\x8bnonsense", "cannot be unpacked"),
        ("a.csv", b"%PDF-1.7 ...", "a PDF document"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        ("a.csv", bytes(range(256)) * 20, "a binary file"),
        ("a.csv", b"\x01\x02\x03\x04\xff\xfa" * 200, "a binary file"),
        ("a.csv", b"\xff\xfea", "not text"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 100, "no workbook"),
        ("a.csv", b"\0\0\0\0PAR", "a binary file"),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Problem, match=said) as problem:
        read_table(path)
    assert problem.value.next_step


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("id,told\n1,x\n")
    with pytest.raises(Problem, match=r"Did you mean .*reviews\.csv"):
        read_table(tmp_path / "reveiws.csv")
    with pytest.raises(Problem, match="is a folder"):
        read_table(tmp_path)
    with pytest.raises(Problem, match="Look at the name"):
        read_table(tmp_path / "nowhere" / "a.csv")


def test_a_delimiter_may_be_named_but_must_be_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("id^told\n1^x\n")
    assert read_table(path, delimiter="^").columns == ["id", "told"]
    with pytest.raises(Problem, match="cannot separate columns"):
        read_table(path, delimiter="::")


def test_column_names_are_made_fit_to_point_at() -> None:
    names, notes = unique_names(["How was\nit?", "", "score", "score", "\ufeffid"])
    assert names == ["How was it?", "column 2", "score", "score (2)", "id"]
    assert len(notes) == 1


def test_json_lines_put_together_keep_every_line(tmp_path: Path) -> None:
    path = tmp_path / "both.jsonl"
    path.write_text('\ufeff{"text": "a"}\n\ufeff{"text": "b"}\n\ufeff\n', encoding="utf-8")
    table = read_table(path)
    assert [(row.cells, row.broken) for row in table.rows] == [(["a"], ""), (["b"], "")]


def test_thousands_of_columns_of_one_name_are_told_apart_and_said_in_short() -> None:
    columns, notes = unique_names(["a"] * 20_000)
    assert len(set(columns)) == 20_000 and columns[-1] == "a (20000)"
    assert len(notes) == 6 and notes[-1] == "So it is with 19,994 other columns."
    assert unique_names(["a", "a (2)", "a", "a"])[0] == ["a", "a (2)", "a (3)", "a (4)"]


def with_row(tmp_path: Path, name: str, row: bytes) -> Path:
    """A sound workbook, ``row`` put at the end of the XML of its sheet."""
    book = openpyxl.Workbook()
    book.active.append(["text", "date"])
    book.active.append(["She walked us to the car.", "2026-05-01"])
    book.save(tmp_path / "sound.xlsx")
    with zipfile.ZipFile(tmp_path / "sound.xlsx") as sound, zipfile.ZipFile(tmp_path / name, "w", 8) as made:
        for part in sound.namelist():
            end = b"</sheetData>"
            made.writestr(part, sound.read(part).replace(end, row + end))
    return tmp_path / name


def test_a_forgotten_cell_at_the_end_of_a_sheet_is_said(tmp_path: Path) -> None:
    cell = b'<row r="%d"><c r="%s%d" t="inlineStr"><is><t>x</t></is></c></row>'
    far = with_row(tmp_path, "far.xlsx", cell % (1048576, b"XFD", 1048576))
    with pytest.raises(Problem, match=r"reaches to the cell XFD1048576.*Delete the empty rows"):
        read_table(far)
    assert len(read_table(with_row(tmp_path, "near.xlsx", cell % (9, b"B", 9))).rows) == 2


def test_a_workbook_that_is_a_zip_bomb_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SMALL", 1 << 20)
    endless = b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"a" * (4 << 20) + b"</t></is></c></row>"
    with pytest.raises(Problem, match="times its size, as no table does"):
        read_table(with_row(tmp_path, "bomb.xlsx", endless))


def test_a_key_that_stands_twice_in_json_is_kept_twice_and_told(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('[{"text": "She waved.", "text": "He sang.", "id": 1, "id": 1}, {"text": "Ada rang."}]')
    table = read_table(file)
    assert table.columns == ["text", "text (2)", "id"]
    assert cells(table) == [["She waved.", "He sang.", "1"], ["Ada rang.", "", ""]]
    assert table.notes == ["'text' stands twice in a record; the later one is called 'text (2)' here."]
    file = tmp_path / "b.jsonl"
    file.write_text('{"a": {"b": "x", "b": "y"}}\n{"a": {"b": "z"}}\n')
    assert read_table(file).columns == ["a.b", "a.b (2)"]
    file = tmp_path / "c.json"
    file.write_text('{"rows": [{"text": "One."}], "rows": [{"text": "Two."}]}')
    with pytest.raises(Problem, match="several lists"):
        read_table(file)


def test_a_key_that_stands_thousands_of_times_is_read_at_once_and_told_in_a_few_lines(tmp_path: Path) -> None:
    file, many = tmp_path / "a.json", 20_000
    file.write_text("[{" + ", ".join(f'"text": "She waved {n} times."' for n in range(many)) + "}]")
    begun = process_time()
    table = read_table(file)
    assert process_time() - begun < 5  # with a look at every one before, it takes half a minute
    assert table.columns[-1] == f"text ({many})"
    assert len(table.notes) == 6
    assert table.notes[-1] == f"So it is with {many - 6:,} other fields."


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("a.csv", "text,date\nShe waved.,2026-09-01\n{},2026-09-02\n", "a.csv.gz:3"),
        ("a.csv", "text,date\n{}", "a.csv.gz:2"),
        ("a.jsonl", '{{"text": "She waved."}}\n{{"text": "{}"}}\n', "a.jsonl.gz, row 2"),
        ("a.json", '[{{"text": "{}"}}]', "a.json.gz, row 1"),
    ],
)
def test_a_cell_without_end_is_refused_before_it_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, where: str
) -> None:
    monkeypatch.setattr("servicestory.collect.tables.LONGEST_CELL", 1000)
    file = tmp_path / f"{name}.gz"
    file.write_bytes(gzip.compress(text.format("a" * 1200).encode()))
    with pytest.raises(Problem, match="no story is so long") as refused:
        read_table(file)
    assert refused.value.where == where and "1,2" in refused.value.what
    file.write_bytes(gzip.compress(text.format("a" * 900).encode()))
    assert read_table(file).rows


def test_plain_text_named_as_utf16_is_not_read_as_signs_of_another_script(tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("text,date\nShe carried the case up.,2026-09-01\n", "utf-8")
    with pytest.raises(Problem, match="not in utf-16"):
        read_table(file, encoding="utf-16")
    file.write_text("text,date\nShe carried the case up.,2026-09-01\n", "utf-16")
    assert read_table(file, encoding="utf-16").columns == ["text", "date"]
    assert read_table(file, encoding="UTF16").columns == ["text", "date"]
