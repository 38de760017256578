"""What is typed is taken as it was meant, and looking at something writes nothing."""

import contextlib
import json
import os
from pathlib import Path

import pytest

from tests.conftest import Command

BAD = os.fsdecode("gut f\xfcr uns".encode("latin-1"))


@pytest.fixture
def practice(workspace: Path) -> Path:
    page = workspace / "servicestory.yaml"
    page.write_text(page.read_text("utf-8") + "\nstaff:\n  - name: Ilka Rohn\n", "utf-8")
    path = workspace / "practices" / "P-0001-warm.yaml"
    path.write_text("schema: 1\nid: P-0001\nname: Warm the bottle\n", "utf-8")
    return path


def test_a_reason_in_another_encoding_is_read(command: Command, practice: Path) -> None:
    assert command("review", "P-0001", "--accept", "--by", "Mara", "--reason", BAD).returncode == 0
    assert "reason: gut für uns" in practice.read_text("utf-8")


def test_a_field_in_another_encoding_is_read(command: Command, workspace: Path) -> None:
    ref = command("add", "--text", "She warmed the bottle at the bar").stdout.strip()
    assert command("edit", ref, "--set", f"outcome={BAD}").returncode == 0
    assert "outcome: gut für uns" in (workspace / "stories" / f"{ref}.yaml").read_text("utf-8")


def test_to_ask_who_has_not_learned_makes_no_key(command: Command, workspace: Path, practice: Path) -> None:
    said = json.loads(command("train", "missing", "P-0001", "--json").stdout)
    assert said["missing"] == [{"learner": None, "state": "no training is recorded"}]
    assert not (workspace / "private").exists()


def test_the_review_is_printed_and_never_called_what_it_is_not(command: Command, workspace: Path) -> None:
    command("add", "--text", "She warmed the bottle at the bar")
    printed = command("report", "--to", "-")
    assert printed.stdout.startswith("<!doctype html>")
    assert "</html>" in printed.stdout
    assert not (workspace / "-").exists()
    refused = command("report", "--to", "review.pdf")
    assert refused.returncode == 2
    assert "Call it review.html" in refused.stderr
    assert not (workspace / "review.pdf").exists()


def test_our_own_fault_costs_no_story(
    command: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("servicestory.cli.add.refuse_double", broken)
    with contextlib.suppress(AssertionError):  # the fixture allows no fault
        command("add", "--text", "She warmed the bottle at the bar")
    (draft,) = (workspace / "drafts").iterdir()
    assert "warmed the bottle" in draft.read_text("utf-8")
