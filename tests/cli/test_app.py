"""The exit codes, the one sentence of an error, and what a call pays for."""

import errno
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel, field_serializer

from servicestory import storage
from servicestory.cli import app
from servicestory.errors import Problem, Usage, nearest
from tests.conftest import Command


def test_a_problem_is_one_sentence_and_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    def body() -> None:
        raise Problem("the file is broken", "stories/x.yaml:3", "Mend it")

    with pytest.raises(typer.Exit) as stop:
        app.guarded(body)()
    assert stop.value.exit_code == 1
    assert capsys.readouterr().err == "stories/x.yaml:3: the file is broken. Mend it.\n"


def test_a_command_that_cannot_be_imported_is_one_sentence_and_exit_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A broken installation: nothing stands between the import and whoever called."""
    monkeypatch.setitem(app.COMMANDS, "show", app.Command("not_there", "show", "Show."))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert app.run(["show", "P-0001"]) == 3
    said = capsys.readouterr().err
    assert (
        said.startswith("Something went wrong inside servicestory (ModuleNotFoundError: ")
        and said.count("\n") == 1
    )
    assert "Traceback" in next(tmp_path.glob("servicestory-*.log")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Usage("wrong words"), 2),
        (KeyboardInterrupt(), 130),
        (EOFError(), 3),
        (typer.Abort(), 130),
        (BrokenPipeError(), 0),
    ],
)
def test_every_way_to_stop_has_its_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "dup2", lambda *_: None)

    def body() -> None:
        raise error

    with pytest.raises(typer.Exit) as stop:
        app.guarded(body)()
    assert stop.value.exit_code == code


def test_too_little_memory_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def body() -> None:
        bytearray(1 << 62)

    with pytest.raises(typer.Exit) as stop:
        app.guarded(body)()
    assert stop.value.exit_code == 1
    assert "too large for this computer's memory. Split the file" in capsys.readouterr().err


def test_our_own_fault_leaves_a_log_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def body() -> None:
        raise ZeroDivisionError("secret detail")

    with pytest.raises(typer.Exit) as stop:
        app.guarded(body)()
    assert stop.value.exit_code == 3
    said = capsys.readouterr().err
    [log] = tmp_path.glob("servicestory-*.log")
    assert str(log) in said
    assert "Traceback" not in said
    assert "as they were" not in said and "What was saved before is safe" in said
    assert "ZeroDivisionError: secret detail" in log.read_text(encoding="utf-8")


def test_an_unknown_command_names_the_nearest(command: Command) -> None:
    done = command("detct")
    assert done.returncode == 2
    assert "Did you mean 'detect'?" in done.stderr


def test_a_part_of_the_method_leads_to_the_option_that_does_it(command: Command) -> None:
    for word in ("reflect", "reflection"):
        done = command(word)
        assert done.returncode == 2
        assert "servicestory add --reflect" in done.stderr and "replicate" not in done.stderr


@pytest.mark.parametrize(
    "words", [("list", "--nope"), ("show",), ("-C",), ("review", "--accept", "--reject")]
)
def test_wrong_usage_is_exit_2(workspace: Path, command: Command, words: tuple[str, ...]) -> None:
    assert command(*words).returncode == 2


def test_no_workspace_says_how_to_make_one(command: Command, tmp_path: Path) -> None:
    done = command("list")
    assert done.returncode == 1
    assert "servicestory init" in done.stderr
    assert command("-C", str(tmp_path / "nowhere"), "list").returncode == 1


def test_the_workspace_option_may_stand_anywhere_before_the_command(
    command: Command, workspace: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert command("-C", str(workspace), "list", "--json", at=elsewhere).returncode == 0
    assert command(f"--workspace={workspace}", "list", at=elsewhere).returncode == 0


def test_help_before_a_command_is_the_help_of_all(command: Command) -> None:
    assert command("--help", "add").stdout == command("--help").stdout


def test_what_was_not_given_stays_what_the_command_says(command: Command, workspace: Path) -> None:
    command("add", "--text", "She stayed late", "--tag", "late", "--tag", "desk")
    command("add", "--text", "He called the taxi")
    [late, taxi] = sorted((workspace / "stories").glob("*.yaml"), key=lambda p: "taxi" in p.name)
    assert "tags:\n  - late\n  - desk\n" in late.read_text("utf-8")
    assert "tags" not in taxi.read_text("utf-8")
    assert command("list", "--limit", "x").returncode == 2
    assert "this is not a whole number" in command("list", "--limit", "x").stderr


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (["list"], {"pydantic", "ruamel"}),
        (["add", "--text", "He ran after the tram"], {"ruamel", "html", "servicestory.wording"}),
    ],
)
def test_a_short_call_loads_only_what_it_needs(workspace: Path, words: list[str], heavy: set[str]) -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\n"  # what measures coverage loads modules of its own
        "from servicestory.cli.app import run\n"
        f"assert run({words!r}) == 0\n"
        f"loaded = {heavy!r} & (set(sys.modules) - before)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_words_that_swallow_or_contradict_each_other_are_refused(workspace: Path, command: Command) -> None:
    (workspace / "f.csv").write_text("comment,rating\nShe stayed late for us,9\n", encoding="utf-8")
    swallowed = command("import", "f.csv", "--batch", "--dry-run")
    assert swallowed.returncode == 2 and "if --dry-run is meant, write --batch=--dry-run" in swallowed.stderr
    assert not [*(workspace / "stories").glob("*.yaml")]
    both = command("observe", "P-0001", "--done", "--not-done")
    assert both.returncode == 2 and "--done and --not-done say the opposite" in both.stderr
    assert command("import", "f.csv", "--batch=--dry-run", "--dry-run").returncode == 0
    assert command("add", "--", "--done", "--not-done").returncode == 2  # words, and `add` takes none


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999", "x"])
def test_what_is_no_number_is_refused(workspace: Path, command: Command, number: str) -> None:
    done = command("import", "f.csv", f"--min-rating={number}")
    assert done.returncode == 2 and "this is not a number" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("procedure", "SOP-0001", "--review-due", "foo"), "foo"),
        (("procedure", "SOP-0001", "--review-due", "2027-01-01"), "--reviewed or another step."),
        (("review", "--check", "A-1"), "What came of it is not said. Add --outcome with one of: worked"),
        (("train", "record", "P-0001"), "Who learned it is not said. Add --person NAME"),
        (("why", "SOP-0001#-1"), "'SOP-0001#-1' is no step. Steps are counted from 1"),
    ],
)
def test_what_is_missing_or_no_step_is_a_whole_sentence(
    workspace: Path, command: Command, words: tuple[str, ...], said: str
) -> None:
    done = command(*words)
    assert done.returncode == 2 and said in done.stderr


def test_a_link_in_a_circle_is_said_in_words(workspace: Path, command: Command) -> None:
    (workspace / "loop.csv").symlink_to(workspace / "loop.csv")
    done = command("import", "loop.csv")
    assert done.returncode == 1 and "its links lead in a circle" in done.stderr and "Errno" not in done.stderr


def test_todays_date_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICESTORY_TODAY", "2026-01-31")
    assert app.today() == date(2026, 1, 31)
    monkeypatch.setenv("SERVICESTORY_TODAY", "tomorrow")
    with pytest.raises(Usage, match="not a date"):
        app.today()
    monkeypatch.delenv("SERVICESTORY_TODAY")
    assert abs((app.today() - date.today()).days) <= 1


def test_who_decides_is_who_was_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SERVICESTORY_BY", "Mara  Lind")
    assert app.who() == app.named(None) == "Mara Lind"
    assert app.who("Ove") == app.named("Ove") == "Ove" and capsys.readouterr().err == ""


def test_nobody_is_guessed_from_git_or_the_login(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("SERVICESTORY_BY", raising=False)
    monkeypatch.setattr(app, "_open_since", None)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "The clone's maintainers")
    assert app.given_name() is None and app.who() == app.who() == "not named"
    app.say_open()
    assert capsys.readouterr().err == "", "nothing was done"
    app.who(), app.who()
    storage.create(tmp_path / "a.yaml", b"")
    app.say_open()
    app.say_open()
    said = capsys.readouterr().err
    assert said.count("Nobody is named as who did this, so that stays open in what was saved") == 1, "once"
    assert "to be named next time, add --by NAME" in said
    with pytest.raises(Usage, match="SERVICESTORY_BY"):
        app.named(None)


def test_the_nearest_word() -> None:
    assert nearest("recognise", ("recognize", "review")) == "recognize"
    assert nearest("xyz", ("recognize", "review")) is None


def test_a_reader_that_goes_away_is_no_error(workspace: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m servicestory --help | head -n 1; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Usage" in done.stdout


@pytest.mark.parametrize(
    ("words", "code"), [(["add", "--text", "She helped us today"], 0), (["show", "none"], 1), (["nope"], 2)]
)
@pytest.mark.parametrize("closed", ["stdout", "stderr", "stdin stdout stderr"])
def test_closed_streams_change_no_exit_code(
    workspace: Path, words: list[str], code: int, closed: str
) -> None:
    numbers = [("stdin", "stdout", "stderr").index(name) for name in closed.split()]
    done = subprocess.run(
        [sys.executable, "-m", "servicestory", *words],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: [*map(os.close, numbers)] and None,
    )
    assert done.returncode == code, done.stderr
    assert "wrong inside" not in done.stderr
    assert len([*(workspace / "stories").glob("*.yaml")]) == (code == 0)


@pytest.mark.parametrize("name", sorted(app.COMMANDS))
def test_every_command_has_help(command: Command, name: str) -> None:
    done = command(name, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage: servicestory" in done.stdout


@pytest.mark.parametrize(("error", "code"), [(errno.ENOSPC, 1), (errno.EACCES, 1), (errno.EBADF, 3)])
def test_what_the_disk_refuses_anywhere_is_a_sentence(
    error: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def body() -> None:
        raise OSError(error, os.strerror(error), "records/x.jsonl")

    with pytest.raises(typer.Exit) as stopped:
        app.guarded(body)()
    assert stopped.value.exit_code == code
    if code == 1:
        assert capsys.readouterr().err.startswith("records/x.jsonl: ")


def test_ctrl_c_before_a_command_begins_is_said_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_called: str | None) -> object:
        raise SystemExit(130)

    monkeypatch.setattr(app, "_interruption_said", False)
    monkeypatch.setattr(app, "app", stop)
    assert app.run(["list"]) == 130
    assert capsys.readouterr().err == "\nInterrupted; what was saved before is safe.\n"


def test_ctrl_c_while_json_is_written_is_no_fault_of_ours(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pydantic wraps what is raised while it writes into an error of its own."""

    class Writes(BaseModel):
        text: str = "a"

        @field_serializer("text")
        def _stopped(self, _text: str) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr(app, "_interruption_said", False)
    with pytest.raises(typer.Exit) as stopped:
        app.guarded(Writes().model_dump_json)()
    assert stopped.value.exit_code == 130
    assert capsys.readouterr().err == "\nInterrupted; what was saved before is safe.\n"


def test_a_number_of_thousands_of_digits_is_a_sentence(command: Command, workspace: Path) -> None:
    done = command("show", "9" * 5000)
    assert done.returncode == 1 and done.stderr.startswith("A whole number here has thousands of digits.")
    unknown = command("list", "--since", "9" * 5000)
    assert unknown.returncode == 2 and len(unknown.stderr) < 500
    assert len(command("9" * 5000).stderr) < 300


def test_a_fault_says_what_is_kept_and_nothing_that_is_not_so(
    command: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from servicestory.collect import importing

    def broken(*_: object) -> None:
        raise ZeroDivisionError("told wrong")

    (workspace / "a.csv").write_text("date,text\n2026-01-02,She lent me her coat\n", "utf-8")
    monkeypatch.chdir(workspace)
    monkeypatch.setattr(importing, "take", broken)
    assert app.run(["import", "a.csv"]) == 3
    said = capsys.readouterr().err
    assert "(ZeroDivisionError: told wrong)" in said and "Of a.csv nothing is kept." in said
    assert "Import the same file again" not in said


@pytest.mark.skipif(os.name == "nt", reason="a folder somebody is in cannot be taken away there")
def test_a_current_folder_that_is_gone_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for call in (["list"], ["init"]):
        assert app.run(call) == 1
        assert capsys.readouterr().err.startswith("The folder you are in is no longer there. Go into")


def test_a_text_without_its_option_is_kept_and_said_how_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert app.run(["init", "."]) == 0
    assert app.run(["add", "Ilse walked him to the side door and waited with him."]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert 'A text follows --text: servicestory add --text "Ilse walked him to the side do ..."' in said
    assert "add --resume" in said
    assert app.run(["list", "two", "words"]) == 2
    assert "Put a text of several words in quotation marks" in " ".join(capsys.readouterr().err.split())
