"""What is said of an import: how many stories have no date, and how to give them one."""

import json
from pathlib import Path

from tests.conftest import Command

ROWS = "Text,Date\nAnna walked the lady home.,2026-03-01\nBen brought an umbrella to the gate.,\n"


def test_stories_without_a_date_in_a_column_of_dates_are_counted(command: Command, workspace: Path) -> None:
    (workspace / "e.csv").write_text(ROWS, "utf-8")
    said = " ".join(command("import", "e.csv", "--dry-run").stdout.split())
    assert "1 story has no date, for nothing stands in the column 'Date' of it." in said
    assert '--map "date=Date" --date 2026-08' in said
    found = json.loads(command("import", "e.csv", "--dry-run", "--json").stdout)["files"][0]
    assert found["undated"] == 1


def test_the_date_that_is_given_is_for_rows_without_one_where_the_column_is_named(
    command: Command, workspace: Path
) -> None:
    (workspace / "e.csv").write_text(ROWS, "utf-8")
    done = command("import", "e.csv", "--map", "date=Date", "--date", "2026-02")
    assert done.returncode == 0 and "no date" not in done.stdout
    kept = "".join(path.read_text("utf-8") for path in (workspace / "stories").glob("e-*.yaml"))
    assert "date: 2026-03-01" in kept and "date: 2026-02\n" in kept


def test_one_date_for_all_is_still_one_for_all(command: Command, workspace: Path) -> None:
    (workspace / "e.csv").write_text(ROWS, "utf-8")
    command("import", "e.csv", "--date", "2026-02")
    kept = next((workspace / "stories").glob("e-*.yaml")).read_text("utf-8")
    assert kept.count("date: 2026-02\n") == 2 and "2026-03" not in kept
