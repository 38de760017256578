"""What a hostile disk or user gives is answered with a sentence that says what, where and what next."""

import subprocess
import sys
from pathlib import Path

import pytest

from servicestory.workspace import Workspace
from tests.conftest import call


@pytest.fixture
def house(tmp_path: Path) -> Path:
    assert call("init", ".", at=tmp_path).returncode == 0
    told = (
        "add",
        "--title",
        "The stove",
        "--text",
        "Our porter Zuzka lit the stove for us.",
        "--date",
        "2026-05-02",
    )
    assert call(*told, at=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.parametrize("words", [("measure", "list"), ("monitor",), ("report",), ("train", "log")])
def test_a_file_in_the_place_of_the_records_is_said_and_not_taken_for_no_records(
    house: Path, words: tuple[str, ...]
) -> None:
    for file in (house / "records").iterdir() if (house / "records").is_dir() else ():
        file.unlink()
    if (house / "records").is_dir():
        (house / "records").rmdir()
    (house / "records").write_bytes(b"")
    done = call(*words, at=house)
    assert done.returncode == 1
    assert "records/" in done.stderr and "a part of its path is a file" in done.stderr


def test_a_link_that_leads_nowhere_is_no_empty_record_file(house: Path) -> None:
    (house / "records").mkdir(exist_ok=True)
    (house / "records" / "measures.jsonl").symlink_to("nowhere.jsonl")
    done = call("measure", "list", at=house)
    assert done.returncode == 1
    assert "records/measures.jsonl" in done.stderr


def test_training_that_no_template_could_make_is_not_said_to_be_there(house: Path) -> None:
    (house / "practices").mkdir(exist_ok=True)
    (house / "practices" / "P-0001-light-the-stove.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Light the stove\nstatus: accepted\ncore: [Light the stove, Shut its door]\n"
        "decisions:\n  - {on: 2026-05-03, by: Ilka, action: accepted, reason: warm guests}\n",
        encoding="utf-8",
    )
    sheets = ("job-breakdown", "checklist", "session-plan", "quiz")
    (house / "templates").mkdir(exist_ok=True)
    for sheet in sheets:
        (house / "templates" / f"{sheet}.md").write_text("{% for x in %}", encoding="utf-8")
    done = call("train", "P-0001", at=house)
    assert done.returncode == 1
    assert "Training documents" not in done.stdout
    assert all(f"templates/{sheet}.md:1: the template is broken" in done.stderr for sheet in sheets)
    (house / "templates" / "quiz.md").unlink()
    done = call("train", "P-0001", at=house)
    assert (done.returncode, "Training documents of 1 practice" in done.stdout) == (1, True)


def test_a_measure_of_endless_name_is_not_defined(house: Path) -> None:
    done = call("measure", "add", "x" * 5000, at=house)
    assert done.returncode == 2
    assert "too long for a measure: 5,000 letters" in done.stderr and len(done.stderr) < 300
    assert call("measure", "add", "x" * 60, at=house).returncode == 0


def test_ctrl_c_while_a_model_is_built_is_an_interruption(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pydantic_core import SchemaError

    def stopped(*_: object, **__: object) -> None:  # how pydantic's core hands it on
        raise SchemaError('Error building "model" validator:\n  KeyboardInterrupt: ')

    monkeypatch.setattr(Workspace, "stories", stopped)
    done = call("practices", at=house)
    assert done.returncode == 130
    assert "Interrupted" in done.stderr and "went wrong" not in done.stderr


FALLS_IN = {
    "a text that Python runs": "exec('raise KeyboardInterrupt')",
    "where nothing can be raised": "[Lost() and None, *(time.sleep(0.01) for _ in range(300))] and 0",
}
STARTED = """
import time
from servicestory import __main__
from servicestory.cli import app
class Lost:
    def __del__(self): raise KeyboardInterrupt
app.run = lambda _: {falls}
__main__.main()
"""


@pytest.mark.parametrize("falls", FALLS_IN.values(), ids=FALLS_IN)
def test_ctrl_c_is_an_interruption_wherever_it_falls(tmp_path: Path, falls: str) -> None:
    (tmp_path / "started.py").write_text(STARTED.format(falls=falls), encoding="utf-8")
    program = [sys.executable, "-m", "started"]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.returncode == 130
    assert done.stderr.strip() == "Interrupted; what was saved before is safe."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('staff: [{name: ""}]', "'staff[1].name' is empty"),
        ('staff: [{name: Zuzka, aliases: [" "]}]', "'staff[1].aliases[1]' is empty"),
        ('sites: [{name: ""}]', "'sites[1].name' is empty"),
        ('standards: [{id: "", name: Warm}]', "'standards[1].id' is empty"),
        ("review_months: 999999999", "'review_months' must be 120 or less"),
    ],
)
def test_an_organisation_of_empty_names_or_endless_months_is_refused(
    house: Path, line: str, said: str
) -> None:
    (house / "servicestory.yaml").write_text(f"schema: 1\n{line}\n", encoding="utf-8")
    done = call("detect", at=house)
    assert done.returncode == 1
    assert f"servicestory.yaml:2: {said}" in done.stderr
