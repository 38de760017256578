"""One command at a time writes; the lock dies with its process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from servicestory.errors import Problem
from servicestory.locking import locked, unbroken

HOLD = """
import sys, time
from pathlib import Path
from servicestory.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_is_waited_for_then_said_and_dies_with_its_process(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with pytest.raises(Problem) as raised, locked(tmp_path, patience=0.2):
            pass
        assert f"another servicestory command is writing in this workspace (process {holder.pid})" in str(
            raised.value
        )
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        if holder.stdout:
            holder.stdout.close()
    with locked(tmp_path, patience=5):
        pass


def test_a_lock_may_be_taken_inside_itself(tmp_path: Path) -> None:
    with locked(tmp_path):
        with locked(tmp_path, patience=0.1):
            assert (tmp_path / ".servicestory" / "lock-holder").exists()
        assert (tmp_path / ".servicestory" / "lock-holder").exists()
    assert not (tmp_path / ".servicestory" / "lock-holder").exists()


def test_where_no_lock_can_be_had_is_said(tmp_path: Path) -> None:
    (tmp_path / ".servicestory").write_text("a file")
    with (
        pytest.raises(Problem, match=r"this workspace cannot be written: a file of this name is in the way"),
        locked(tmp_path),
    ):
        pass


def test_ctrl_c_waits_for_the_end_of_what_belongs_together() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), unbroken():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("both written")
    assert done == ["both written"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_in_what_belongs_together_is_not_hidden_by_ctrl_c() -> None:
    with pytest.raises(ValueError, match="disk full"), unbroken():
        os.kill(os.getpid(), signal.SIGINT)
        raise ValueError("disk full")
