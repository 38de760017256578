"""What was told and not accepted waits: it is listed with its age, taken up by name, or thrown away."""

import os
import sys
from pathlib import Path

import pytest

from servicestory.workspace import Workspace
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
    nothing = command("add", "--resume", "--draft", "")
    assert nothing.returncode == 2 and "--draft names no draft" in nothing.stderr
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


def test_a_draft_that_cannot_be_read_hides_no_other(command: Command, workspace: Path) -> None:
    refused(command, "She held the ferry for us")
    drafts = workspace / "drafts"
    (drafts / "draft-002.yaml").mkdir()
    (drafts / "draft-003.yaml").symlink_to("nowhere.yaml")
    (drafts / "draft-004.yaml").write_bytes(b"\xff\x00{[: \x01 no yaml")
    (drafts / "draft-005.yaml").write_text("- a list\n- of things\n", "utf-8")
    refused(command, "They lent us a pump")
    done = command("add", "--drafts")
    assert done.returncode == 1
    assert "She held the ferry" in done.stdout and "They lent us a pump" in done.stdout
    assert "draft-004 " in done.stdout and "- a list - of things" in done.stdout
    assert "drafts/draft-002.yaml: this is a folder" in done.stderr
    assert "drafts/draft-003.yaml: this file cannot be read: it is not there" in done.stderr
    assert "servicestory add --resume --draft draft-001" in done.stderr
    taken = command("add", "--resume", "--draft", "draft-003")
    assert taken.returncode == 1 and "Throw it away: servicestory add --discard draft-003" in taken.stderr
    gone = command("add", "--discard", "3")
    assert gone.returncode == 0 and "draft-003, which cannot be read" in gone.stdout
    assert not (drafts / "draft-003.yaml").is_symlink()


def test_a_consent_nobody_can_read_is_put_right_when_the_draft_is_taken_up(
    command: Command, workspace: Path
) -> None:
    import pexpect

    told = ("add", "--text", "They lent us a pump", "--title", "Pump", "--consent", "maybe")
    assert "neither yes nor no" in command(*told).stderr
    talk = pexpect.spawn(
        sys.executable, ["-m", "servicestory", "add", "--resume"], cwd=workspace, encoding="utf-8", timeout=60
    )
    talk.expect("press Enter")
    for _ in range(12):  # Enter to every question: what was said stays, and the consent is left open
        talk.sendline("")
        if talk.expect([pexpect.EOF, r"[>\]?:] ", pexpect.TIMEOUT], timeout=5) == 0:
            break
    talk.close()
    assert talk.exitstatus == 0, talk.before
    (kept,) = (workspace / "stories").glob("*.yaml")
    assert "consent" not in kept.read_text("utf-8")


@pytest.mark.parametrize(("said", "uses"), [("ja", 3), ("Oui", 3), ("nein", 0), ("não", 0)])
def test_yes_and_no_are_understood_in_other_languages(
    command: Command, workspace: Path, said: str, uses: int
) -> None:
    kept = command("add", "--text", "They lent us a pump", "--consent", said).stdout.strip()
    assert len(Workspace(workspace).story(kept).consent[0].uses) == uses


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
