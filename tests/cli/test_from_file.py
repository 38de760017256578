"""Stories of one file: those that say no date are counted, and --date is theirs."""

from pathlib import Path

from tests.conftest import Command

TWO = "narrative: Ida brought us water\n---\nnarrative: Ida walked us home\ndate: 2025-04\n"


def test_stories_without_a_date_are_counted_and_said_to_be_dated_today(
    command: Command, workspace: Path
) -> None:
    (workspace / "two.yaml").write_text(TWO, "utf-8")
    done = command("add", "--file", "two.yaml")
    assert "1 story says no date and is dated today" in done.stderr and "--date 2026-08" in done.stderr
    (workspace / "note.txt").write_text("Ben carried the bags to the bus.\n", "utf-8")
    assert "1 story says no date" in command("add", "--file", "note.txt").stderr
    (workspace / "dated.yaml").write_text("narrative: Ida waved\ndate: 2025-04\n", "utf-8")
    assert "says no date" not in command("add", "--file", "dated.yaml").stderr


def test_the_date_that_is_given_is_for_those_of_several_that_say_none(
    command: Command, workspace: Path
) -> None:
    (workspace / "two.yaml").write_text(TWO, "utf-8")
    done = command("add", "--file", "two.yaml", "--date", "2024-11")
    first, second = done.stdout.split()
    assert first.startswith("2024-11-") and second.startswith("2025-04-")
    assert "says no date" not in done.stderr
