"""A date after an option is read in one way by every command, and what is none is wrong usage: exit code 2."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.e2e.documents_workspace import build

STORY = "2026-01-20-the-knee"
PAST = {  # what has happened: a day to come is as wrong as no day
    "add": ("add", "--text", "She rang the next morning.", "--date"),
    "edit": ("edit", STORY, "--set", "date="),
    "import": ("import", "rows.csv", "--date"),
    "contrast add": ("contrast", "add", "--text", "A plain visit.", "--date"),
    "contrast import": ("contrast", "import", "rows.csv", "--date"),
    "observe": ("observe", "P-0001", "--done", "--on"),
    "observe --training": ("observe", "P-0001", "--training", "--people", "6", "--on"),
    "measure record": ("measure", "record", "csat", "--value", "4", "--period"),
    "measure rebase": ("measure", "rebase", "csat", "--reason", "x", "--from"),
    "train record": ("train", "record", "P-0001", "--person", "Anna Berg", "--on"),
    "replicate": ("replicate", "P-0001", "--site", "North", "--answer", "adopted", "--on"),
    "recognize": ("recognize", STORY, "--given", "--on"),
    "tell": ("tell", STORY, "--told", "--on"),
    "report": ("report", "--period"),
    "review --close": ("review", "--close", "--period"),
}
ANY = {  # a day to come is fine
    "detect --since": ("detect", "--since"),
    "detect --until": ("detect", "--until"),
    "detect --period": ("detect", "--period"),
    "list --since": ("list", "--since"),
    "list --until": ("list", "--until"),
    "list --period": ("list", "--period"),
    "procedure --from": ("procedure", "SOP-0001", "--effective", "--from"),
    "procedure --review-due": ("procedure", "SOP-0001", "--reviewed", "--review-due"),
    "review --due": ("review", "--action", "Call", "--owner", "Ana", "--due"),
}


@pytest.fixture
def house(workspace: Path, command: Command) -> Path:
    build(workspace)
    (workspace / "rows.csv").write_text("text\nShe rang the next morning.\n", encoding="utf-8")
    assert command("measure", "add", "csat", "--name", "Satisfaction").returncode == 0
    return workspace


def _files(house: Path) -> dict[Path, bytes]:
    """What stands in the workspace, without what is derived and without the draft of a story that was refused."""
    every = (p for p in house.rglob("*") if p.is_file() and not {".servicestory", "drafts"} & {*p.parts})
    return {p: p.read_bytes() for p in every}


def said(house: Path, command: Command, call: tuple[str, ...], day: str) -> str:
    *first, last = call
    kept = _files(house)
    given = [*first, last + day] if last.endswith("=") else [*first, last, day]
    done = command(*given)
    assert done.returncode == 2, (given, done.stdout, done.stderr)
    assert _files(house) == kept, f"{given} changed something"
    return done.stderr


def test_what_is_no_date_is_wrong_usage_in_every_command(house: Path, command: Command) -> None:
    for name, call in {**PAST, **ANY}.items():
        for day in ("soon", "2026-02-30", "3/4/2026"):
            text = said(house, command, call, day)
            assert day in text and "Write it like" in text, (name, text)


def test_what_has_happened_did_not_happen_in_days_to_come(house: Path, command: Command) -> None:
    for name, call in PAST.items():
        day = "2027-Q1" if call[-1] == "--period" and call[0] in ("report", "review") else "2027-01-31"
        text = said(house, command, call, day)
        assert "future" in text or "has not begun" in text, (name, text)


def test_a_date_is_read_the_same_way_by_every_command(house: Path, command: Command) -> None:
    """Day, month and year as people write them, and "yesterday", wherever one day is asked for."""
    command("train", "P-0001")
    for call in (
        PAST["observe"], PAST["train record"], PAST["replicate"], PAST["recognize"], PAST["tell"],
        ANY["list --since"], ANY["review --due"],
    ):  # fmt: skip
        for day in ("4.10.2026", "yesterday"):
            assert command(*call, day).returncode == 0, (call, day)
    for name in ("observations", "trainings", "replications", "recognitions", "actions"):
        lines = (house / "records" / f"{name}.jsonl").read_text(encoding="utf-8")
        assert "2026-10-04" in lines and "4.10." not in lines
