"""What tests share: the installed command, a throw-away workspace, the evaluation data where it is."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings

from servicestory.cli import app

if TYPE_CHECKING:
    import pexpect

# The same examples every time, and no clock: a busy machine must not fail anybody's change.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

REPOSITORY = Path(__file__).parent.parent


def run(
    *arguments: str, at: Path, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One call of the command in folder ``at``, as a script would make it; never a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "servicestory", *arguments],
        cwd=at,
        input=stdin,
        text=True,
        encoding="utf-8",
        capture_output=True,
        timeout=300,
        env={
            **os.environ,
            "SERVICESTORY_TODAY": "2026-10-05",
            "SERVICESTORY_BY": "Tester",
            "COLUMNS": "140",
            **(env or {}),
        },
        check=False,
    )


def press_ctrl_c(talk: "pexpect.spawn[str]", until: str) -> None:
    """Press Ctrl-C as a person does: once more where the first is not heard, until ``until`` is said.

    Between the printing of a question and the waiting for its answer Python misses the key; a person is never
    that fast, a test on a busy machine is.
    """
    import pexpect

    for _ in range(12):
        talk.sendintr()
        if talk.expect([until, pexpect.TIMEOUT], timeout=5) == 0:
            return
    raise AssertionError(f"{until!r} was never said; the last on the screen: {talk.before!r}")


def call(
    *arguments: str, at: Path, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The same call inside this process: no start-up to pay, which most tests do not ask about."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    typed = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    given = {"SERVICESTORY_TODAY": "2026-10-05", "SERVICESTORY_BY": "Tester", "COLUMNS": "140", **(env or {})}
    with (
        mock.patch.dict(os.environ, given),
        mock.patch.object(sys, "stdin", typed),
        contextlib.chdir(at),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = app.run(list(arguments))
    shown = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return subprocess.CompletedProcess(list(arguments), code, *shown)


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """``command("list", "--json")`` in a folder of its own; asserts that no traceback is ever shown.

    Runs in this process, or in one of its own where the environment asks for more than our own variables.
    """

    def checked(
        *arguments: str, at: Path | None = None, stdin: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        apart = env is not None and not all(name.startswith("SERVICESTORY_") for name in env)
        done = (run if apart else call)(*arguments, at=at or tmp_path, stdin=stdin, env=env)
        assert "Traceback" not in done.stderr + done.stdout
        assert done.returncode != 3, done.stderr
        return done

    return checked


@pytest.fixture
def workspace(tmp_path: Path, command: Command) -> Path:
    """An empty workspace, made by ``servicestory init``."""
    done = command("init", ".", "--name", "Test House")
    assert done.returncode == 0, done.stderr
    return tmp_path


def shared() -> Path:
    """The folder of evaluation data; the test is skipped where it is absent."""
    folder = Path(os.environ.get("SERVICESTORY_DATA", REPOSITORY.parent / "shared"))
    if not (folder / "gold" / "score.py").is_file():
        pytest.skip(f"the evaluation data is not at {folder} (set SERVICESTORY_DATA)")
    return folder
