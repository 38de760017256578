"""What was told and not accepted waits: it is listed with its age, taken up by name, or thrown away."""

import os
from pathlib import Path

from tests.conftest import Command


def refused(command: Command, text: str) -> None:
    assert command("add", "--text", text, "--date", "31.13.2026").returncode == 2


def test_a_draft_is_listed_taken_up_by_name_and_thrown_away(command: Command, workspace: Path) -> None:
    refused(command, "She held the ferry for us")
    refused(command, "He warmed the bottle at the bar")
    refused(command, "They lent us a pump")
    long_ago = 1_000_000_000
    os.utime(workspace / "drafts" / "draft-001.yaml", (long_ago, long_ago))
    listed = command("add", "--drafts").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["draft-001", "draft-002", "draft-003"]
    assert "She held the ferry" in listed[0]
    assert "3 drafts to finish, the oldest" in command("check").stdout
    kept = command("add", "--resume", "--draft", "draft-002", "--date", "2026-01-30").stdout.strip()
    assert "warmed the bottle" in (workspace / "stories" / f"{kept}.yaml").read_text("utf-8")
    assert command("add", "--discard", "1", "--discard", "nine").returncode == 2  # none of them then
    thrown = command("add", "--discard", "1", "--discard", "draft-001.yaml")  # one draft, said twice
    assert thrown.returncode == 0 and thrown.stdout == "Thrown away: draft-001, “She held the ferry for us”\n"
    assert [path.name for path in (workspace / "drafts").iterdir()] == ["draft-003.yaml"]


def test_a_refusal_says_which_draft_to_take_up(command: Command, workspace: Path) -> None:
    refused(command, "She held the ferry for us")
    refused(command, "They lent us a pump")
    again = command("add", "--text", "She held the ferry for us", "--date", "31.13.2026")
    assert "--date: '31.13.2026' has no month 13" in again.stderr
    assert (
        "drafts/draft-001.yaml; finish it with: servicestory add --resume --draft draft-001" in again.stderr
    )


def test_short_slips_in_a_name_and_a_site_are_asked_about(command: Command, workspace: Path) -> None:
    page = workspace / "servicestory.yaml"
    lists = "\nstaff:\n  - name: Jonas Weil\nsites:\n  - name: Café Nord\n"
    page.write_text(page.read_text("utf-8") + lists, "utf-8")
    done = command(
        "add", "--text", "The kettle came down to the pontoon", "--person", "Jnas", "--site", "caffe"
    )
    assert done.returncode == 0
    assert "Did you mean Jonas Weil?" in done.stderr
    assert "Did you mean Café Nord?" in done.stderr
    other = command("add", "--text", "The kettle went up again", "--person", "Joan", "--site", "Bridge")
    assert "Did you mean" not in other.stderr
