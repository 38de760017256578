"""The grouping bench takes any table, and says what it cannot take."""

from pathlib import Path

import pytest

from tests.bench import bench_detect_grouping


def test_a_table_that_cannot_be_grouped_is_said_and_the_next_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    things = ["kettle", "ladder", "bicycle"]
    rows = [f"How do I mend the {things[n % 3]} number {n},{things[n % 3]}" for n in range(30)]
    tables = {
        "other.csv": ["words,kind", "a kettle,kitchen"],
        "few.csv": ["text,category", "a kettle,kitchen", ",nothing"],
        "same.csv": ["text,category", *["The kettle boils over,kettle"] * 40],
        "small.csv": ["text,category", *rows],
    }
    for name, lines in tables.items():
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("none.csv", *tables)]
    monkeypatch.setattr("sys.argv", ["bench", *files])
    bench_detect_grouping.main()
    said = capsys.readouterr().out
    assert "none.csv cannot be read: No such file" in said
    assert "other.csv cannot be grouped: row 1 names no column category and no column text." in said
    assert "few.csv cannot be grouped: it has 1 different text, and it takes more than" in said
    assert "same.csv cannot be grouped: it has 1 different text" in said
    assert "| small | ours |" in said
