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


def test_what_stands_for_people_and_names_nobody_is_left_out_and_said(
    command: Command, workspace: Path
) -> None:
    rows = "Text,Staff\nShe carried the bags up.,me\nHe brought an umbrella.,unknown\nThey drew a map.,Kev & Ida\n"
    (workspace / "e.csv").write_text(rows, "utf-8")
    done = command("import", "e.csv", "--map", "person=Staff", "--json")
    assert json.loads(done.stdout)["files"][0]["people_left_out"] == 2
    kept = "".join(path.read_text("utf-8") for path in (workspace / "stories").glob("e-*.yaml"))
    assert kept.count("people:\n") == 1 and "- Kev\n" in kept and "unknown" not in kept
    said = " ".join(command("import", "e.csv", "--map", "person=Staff", "--dry-run").stdout.split())
    assert "“me”" not in said  # all are there already

    (workspace / "f.csv").write_text(rows.replace("She", "Then she"), "utf-8")
    said = " ".join(command("import", "f.csv", "--map", "person=Staff", "--dry-run").stdout.split())
    assert "Left out of the people, since no name is in it: “me” (1)." in said
