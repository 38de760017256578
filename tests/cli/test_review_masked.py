"""What `review` shows of stories while it is decided on a practice: no name of anybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servicestory import console
from servicestory.cli import one_by_one
from servicestory.workspace import Workspace
from tests.conftest import Command

PAGE = "schema: 1\norganisation: Corner Laundry\ncustomer_word: client\nstaff:\n- {name: Ines Calder}\n"
TOLD = {
    "coat": "Ines pressed the coat twice. She rang mrs kowalski at 8.",
    "shirts": "Tom carried the shirts out to the car of Mrs Kowalski, and Ines Calder held the door.",
    "dress": "Mr Petrov got the dress a day early because Tom stayed late.",
}
NAMES = ("ines", "calder", "tom", "kowalski", "petrov")


@pytest.fixture
def laundry(tmp_path: Path) -> Path:
    """A workspace with three stories and one candidate, in whose places people are named."""
    evidence = "".join(f"- {{story: {ref}, start: 0, end: {len(text)}}}\n" for ref, text in TOLD.items())
    files = {
        "servicestory.yaml": PAGE,
        **{
            f"stories/{ref}.yaml": f"schema: 1\nid: {ref}\nnarrative: {text}\npeople: [Tom Abara]\n"
            for ref, text in TOLD.items()
        },
        "practices/P-0001-mind.yaml": "schema: 1\nid: P-0001\nname: Mind the clothes\nstatus: candidate\n"
        f"evidence:\n{evidence}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def names_in(shown: str) -> list[str]:
    return [name for name in NAMES if name in shown.casefold()]


@pytest.mark.parametrize(
    "decision",
    [
        ("--confirm", "1,2,3"),
        ("--drop", "2"),
        ("--drop", "dress"),
        ("--take-in", "coat:2"),
        ("--take-in", "coat:9"),
        ("--take-in", "the"),
    ],
)
def test_sentences_shown_with_a_decision_name_nobody(
    laundry: Path, command: Command, decision: tuple[str, str]
) -> None:
    done = command("review", "P-0001", *decision, "--reason", "as seen")
    assert "“" in done.stdout + done.stderr, "sentences are shown"
    assert names_in(done.stdout + done.stderr) == []


def test_the_review_at_the_terminal_names_nobody(
    laundry: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers: Iterator[str] = iter(["e", "t", "q"])
    typed: Iterator[str] = iter(["2", "told of another"])
    monkeypatch.setattr(console, "choose", lambda *_: next(answers))
    monkeypatch.setattr(console, "ask", lambda *_: next(typed))
    one_by_one.one_by_one(Workspace(laundry), None, "Mara")
    shown = capsys.readouterr().out
    assert shown.count("carried the shirts out") == 3 and "out: “" in shown
    assert names_in(shown) == []
