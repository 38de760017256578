"""What the terminal shows is plain, safe and can be piped."""

import io
import json
import sys
from collections.abc import Iterator

import pytest

from servicestory import console
from servicestory.errors import Problem
from tests.conftest import press_ctrl_c


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    typed: Iterator[str] = iter(lines)

    def answer() -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)


def test_output_and_notes_go_to_their_streams(capsys: pytest.CaptureFixture[str]) -> None:
    console.out("result \x1b[31m")
    console.heading("part")
    console.note("remark")
    console.problems([Problem("broken", "a.yaml:1")])
    seen = capsys.readouterr()
    assert seen.out == "result \npart\n"
    assert seen.err == "remark\na.yaml:1: broken.\n"


def test_json_is_one_object_that_says_what_it_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    console.json({"name": "Zoë", "n": 1.5})
    assert json.loads(capsys.readouterr().out) == {"name": "Zoë", "n": 1.5}
    with pytest.raises(ValueError):
        console.json({"n": float("nan")})


def test_a_table_shows_every_cell_and_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    console.table("2 things", ("name", "n"), [("[bold]x[/bold]", 10), ("y", None)])
    shown = capsys.readouterr().out
    assert "[bold]x[/bold]" in shown
    assert "2 things" in shown
    assert "None" not in shown


def test_a_long_table_looks_like_a_short_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[tuple[object, ...]] = [("a", 1, "日本語 x"), ("bbbbbb", 22, ""), ("é😀", None, "\x1b[31mred")]
    console.table("", ("id", "n", "title"), rows)
    short = capsys.readouterr().out
    monkeypatch.setattr(console, "_LONG", 3)
    console.table("", ("id", "n", "title"), rows)
    assert capsys.readouterr().out == short
    for hard in ("two\nlines", "word " * 60):  # rich breaks these
        monkeypatch.setattr(console, "_LONG", 4)
        console.table("", ("id", "title"), [("a", hard)] * 3)
        broken = capsys.readouterr().out
        monkeypatch.setattr(console, "_LONG", 3)
        console.table("", ("id", "title"), [("a", hard)] * 3)
        assert capsys.readouterr().out == broken


def test_yes_or_no_is_never_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "maybe", "", "No", "perhaps", "")
    assert console.confirm("Done?", default=None) is False
    assert console.confirm("Sure?") is False


def test_long_lines_end_between_words_at_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    line = "  one two three four five six seven eight nine-and-a-long-identifier-of-a-story"
    console.out(line)
    assert capsys.readouterr().out == line + "\n"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    console.out(line)
    assert capsys.readouterr().out == (
        "  one two three four five six\n  seven eight\n  nine-and-a-long-identifier-of-a-story\n"
    )


def test_ids_stay_whole_while_there_is_room(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("2026-07-22-before-the-night-shift", "words " * 20)]
    monkeypatch.setenv("COLUMNS", "80")
    console.table("", ("id", "why"), rows)
    assert rows[0][0] in capsys.readouterr().out
    assert not console.fits(("id", "why"), rows)
    assert console.fits(("id",), [("short",)])
    console.entries("Two", [("head", ["below", ""])])
    assert capsys.readouterr().out == "Two\nhead\n    below\n"


def test_a_table_with_pictures_fits_by_what_they_take_on_the_screen() -> None:
    room = console.width() - 3
    assert console.fits(("title",), [("x" * room,)])
    assert not console.fits(("title",), [("🙂" * (room // 2 + 1),)])


def test_an_empty_table_has_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    console.table("", ("name", "n"), [])
    assert "name" in capsys.readouterr().out


def test_questions(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers(monkeypatch, "  yes please ", "", "Y", "", "no", "x", "b")
    assert console.ask("What?") == "yes please"
    assert console.ask("What?", "default") == "default"
    assert console.confirm("Sure?") is True
    assert console.confirm("Sure?", default=True) is True
    assert console.confirm("Sure?", default=True) is False
    assert console.choose("Which?", [("a", "first"), ("b", "second")]) == "b"
    assert "Please type one of: a, b." in capsys.readouterr().err
    with pytest.raises(console.Interrupted):
        console.ask("More?")


def test_nobody_answers_when_standard_input_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert console.interactive() is False


def test_progress_is_silent_in_a_pipe_and_a_bar_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with console.progress() as step:
        step("Reading", 1, 2)
    assert capsys.readouterr().err == ""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with console.progress() as step:
        step("Reading", 1, 2)
        step("Reading", 2, 2)
    assert "Reading" in terminal.getvalue()


def test_at_a_terminal_no_line_is_cut_and_what_is_half_typed_is_told() -> None:
    pexpect = pytest.importorskip("pexpect")
    script = (
        "from servicestory import console\n"
        "print(len(console.ask('long')))\n"
        "print(repr(console.ask('pasted')))\n"
        "try:\n console.ask('stopped')\n"
        "except console.Interrupted as stop: print(repr(stop.typed))\n"
    )
    talk = pexpect.spawn(sys.executable, ["-c", script], encoding="utf-8", timeout=30)
    talk.expect("long")
    for _ in range(12):
        talk.send("x" * 500)
    talk.sendline("")
    talk.expect("6000\r\n")
    talk.expect("pasted")
    talk.send("\x1b[200~one\n\ntwo ü\x1b[201~\r")
    talk.expect(r"'one\\n\\ntwo ü'")
    talk.expect("stopped")
    talk.send("half typed")
    talk.expect("half typed")
    press_ctrl_c(talk, "'half typed'")
    talk.expect(pexpect.EOF)
