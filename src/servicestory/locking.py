"""One command at a time writes many files of a workspace: a lock that dies with its process."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from servicestory.errors import Problem
from servicestory.storage import NEXT_WRITE, plainly

PATIENCE = 10.0  # seconds to wait for another command


@contextlib.contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keeps other commands from writing in the workspace meanwhile; may be taken again inside itself.

    The system gives the lock back when the process ends, however it ends.

    Raises:
        Problem: when another command holds it for longer than ``patience`` seconds.
    """
    from filelock import FileLock, Timeout

    folder = root / ".servicestory"
    holder = folder / "lock-holder"
    with plainly("this workspace cannot be written", str(root), NEXT_WRITE):
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / "lock", is_singleton=True)
        outermost = not lock.is_locked
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            raise Problem(
                f"another servicestory command is writing in this workspace{_named(holder)}",
                str(root),
                "Wait until it is done, or stop it, then do it again",
            ) from None
    try:
        if outermost:
            with contextlib.suppress(OSError):
                holder.write_text(f"process {os.getpid()}", "utf-8")
        yield
    finally:
        if outermost:
            with contextlib.suppress(OSError):
                holder.unlink(missing_ok=True)
        lock.release()


@contextlib.contextmanager
def unbroken() -> Iterator[None]:
    """Ctrl-C waits for the end of what is done inside: of files that belong together all are written."""
    pressed: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    except ValueError:  # only the main thread is interrupted
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if pressed and callable(before):  # where Ctrl-C is ignored nobody wants it
        before(signal.SIGINT, None)


def _named(holder: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return f" ({holder.read_text('utf-8')[:60]})"
    return ""
