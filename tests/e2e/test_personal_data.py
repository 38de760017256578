"""Numbers and addresses go out of whatever is typed: drafts, corrections, notes, reasons, ids of a source."""

import csv
import re
from pathlib import Path

import pytest

from servicestory.workspace import Workspace
from tests.conftest import Command

NUMBER = "+44 20 7946 0018"
TOLD = "The porter rang her daughter from the desk and stayed until she came"


def page(workspace: Path, old: str, new: str) -> None:
    file = workspace / "servicestory.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def everything(workspace: Path) -> str:
    """All that is kept, but for the organisation's own page."""
    files = (p for folder in ("stories", "drafts", "records") for p in (workspace / folder).glob("**/*.*l*"))
    return "\n".join(p.read_text("utf-8") for p in files)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  redact: yes", False),
        ("  redact: no", True),
        ("  redact: no   # numbers are wanted", True),
        ("  redact: 'false'", True),
    ],
)
@pytest.mark.parametrize("broken", ["", "no_such_field: 1\n"])
def test_what_the_house_says_of_numbers_holds_for_drafts_whatever_else_is_wrong_in_its_page(
    workspace: Path, command: Command, said: str, kept: bool, broken: str
) -> None:
    page(workspace, "  redact: yes", said)
    file = workspace / "servicestory.yaml"
    file.write_text(file.read_text("utf-8") + broken, "utf-8")
    assert command("add", "--text", f"{TOLD}: {NUMBER}", "--date", "31.2.2026").returncode == 2
    (name,) = Workspace(workspace).drafts()
    assert (NUMBER in Workspace(workspace).load_draft(name)) is kept
    assert command("add", "--text", f"{TOLD}: {NUMBER}", "--date", "28.2.2026").returncode == 0
    assert (NUMBER in everything(workspace)) is kept


def test_a_page_that_only_speaks_of_redacting_does_not_keep_numbers(
    workspace: Path, command: Command
) -> None:
    page(workspace, "  redact: yes", "  # redact: no")
    file = workspace / "servicestory.yaml"
    file.write_text(file.read_text("utf-8") + "vision: 'we redact: no'\nno_such_field: 1\n", "utf-8")
    command("add", "--text", f"{TOLD}: {NUMBER}")
    assert "[phone]" in everything(workspace) and NUMBER not in everything(workspace)


def test_a_correction_is_cleaned_as_a_new_story_is(workspace: Path, command: Command) -> None:
    ref = command("add", "--text", TOLD).stdout.strip()
    done = command("edit", ref, "--set", f"outcome=She left {NUMBER}", "--set", "reporter=ann@example.org")
    assert done.returncode == 0 and "Replaced in the story: 1 e-mail and 1 phone." in done.stderr
    assert NUMBER not in everything(workspace) and "ann@" not in everything(workspace)
    page(workspace, "  redact: yes", "  redact: no")
    assert command("edit", ref, "--set", f"outcome=She left {NUMBER}").returncode == 0
    assert NUMBER in everything(workspace)
    refused = command("edit", ref, "--set", "people=,,")
    assert refused.returncode == 2 and "names nothing" in refused.stderr and "--set people=" in refused.stderr


@pytest.mark.parametrize("option", ["--person", "--site", "--team", "--channel", "--tag", "--reporter"])
def test_a_number_in_any_field_of_a_story_is_taken_out(
    workspace: Path, command: Command, option: str
) -> None:
    done = command("add", "--text", TOLD, option, f"Ines {NUMBER}")
    assert done.returncode == 0 and "1 phone" in done.stderr
    assert "Ines [phone]" in everything(workspace) and NUMBER not in everything(workspace)


def test_notes_and_reasons_hold_no_number(workspace: Path, command: Command) -> None:
    ref = command("add", "--text", TOLD).stdout.strip()
    (workspace / "practices" / "P-0001-stay.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Stay until somebody comes\nstatus: candidate\n", "utf-8"
    )
    calls = [
        ("observe", "P-0001", "--done", "--note", f"ring {NUMBER}"),
        ("tell", ref, "--no-action", f"ring {NUMBER}"),
        ("review", "P-0001", "--accept", "--reason", f"ring {NUMBER}"),
        ("review", "--action", f"Ring {NUMBER}", "--owner", "Desk", "--due", "2026-12-01"),
        ("review", "--decision", f"Ring {NUMBER}", "--reason", NUMBER),
    ]
    for words in calls:
        done = command(*words)
        assert done.returncode == 0 and re.search("[12] phone", done.stderr), done.stderr
    sheet = workspace / "seen.csv"
    sheet.write_text(f"on,done,note\n2026-09-01,yes,ring {NUMBER}\n", "utf-8")
    assert command("observe", "P-0001", "--import", str(sheet)).returncode == 0
    kept = everything(workspace) + (workspace / "practices" / "P-0001-stay.yaml").read_text("utf-8")
    assert NUMBER not in kept and kept.count("ing [phone]") == 6


@pytest.mark.parametrize("nobody", [",,", "&", "and", " , & "])
def test_a_person_who_is_nobody_is_refused_and_what_was_told_waits(
    workspace: Path, command: Command, nobody: str
) -> None:
    done = command("add", "--text", TOLD, "--person", nobody, "--site", "Quay")
    assert done.returncode == 2 and "names nobody" in done.stderr
    (draft,) = Workspace(workspace).drafts()
    assert "Quay" in Workspace(workspace).load_draft(draft) and TOLD in everything(workspace)
    assert command("add", "--text", TOLD, "--person", "Ines", "--site", "Quay").returncode == 0
    assert Workspace(workspace).drafts() == []


def test_an_address_that_is_the_id_of_a_row_becomes_a_hash_and_the_row_is_known_again(
    workspace: Path, command: Command
) -> None:
    with (workspace / "forms.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("response", "comment", "date"),
                ("ann.lee@example.org", f"{TOLD}.", "2026-03-01"),
                ("order-447-223-9981", f"{TOLD}, and then some.", "2026-03-01"),
            ]
        )
    call = ("import", "forms.csv", "--map", "record=response", "--map", "text=comment", "--map", "date=date")
    assert command(*call).returncode == 0
    kept = everything(workspace)
    assert "example" not in kept and re.search(r"record: '?[0-9a-f]{12}'?\n", kept)
    assert "record: order-447-223-9981" in kept
    assert "2 " in command(*call).stdout + command(*call).stderr
    assert everything(workspace) == kept, "known again by its hash"
