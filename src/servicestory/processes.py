"""The same work on many pieces, by all processors, answers in the order of the pieces."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
MOST = 8
"""Processes at most: each holds what it reads with."""


def each(work: Callable[[A], B], pieces: Sequence[A], worth: bool) -> Iterator[B]:
    """``work`` done on every piece, in order: by as many processes as there are processors, or by this one.

    Args:
        work: a function of a module, with pieces and answers that can be sent to another process.
        worth: whether there is so much to do that starting processes saves time.
    """
    done = 0
    if worth and (cores := _cores()) > 1:
        # where no processes are to be had, this one does what is left
        with contextlib.suppress(OSError, BrokenProcessPool), _kept(cores) as pool:
            for result in pool.map(work, pieces):
                yield result
                done += 1
    for piece in pieces[done:]:
        yield work(piece)


def _cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _kept(cores: int) -> Iterator[ProcessPoolExecutor]:
    """Working processes, kept for the next work, as each takes a second to start; broken off, they end."""
    global _pool
    pool = _pool = _pool or ProcessPoolExecutor(min(cores, MOST), get_context("spawn"), _start)
    try:
        yield pool
    except BaseException:
        # nobody waits for what they are at: it is half a minute's reading on a slow computer
        for process in active_children():
            process.terminate()
        stop()
        raise


def stop() -> None:
    """End the working processes that are kept: what they have used is known then."""
    global _pool
    if _pool is not None:
        pool, _pool = _pool, None
        pool.shutdown(wait=True, cancel_futures=True)


_pool: ProcessPoolExecutor | None = None


def large_texts_apart() -> None:
    """Memory of a megabyte or more goes back to the system when it is let go, from here on (Linux).

    Else the C library, having seen a few, keeps it among the small pieces, and what is read file after file
    leaves holes: a third of all memory with a million stories.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 1 << 20)


_MMAP_THRESHOLD = -3  # its number in malloc.h


def _start() -> None:
    """A working process leaves Ctrl-C to the one that started it, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=[parent_process()], daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    """Processes that wait for work would never notice that the one to give it was stopped."""
    if parent is not None:
        parent.join()
        os._exit(1)
