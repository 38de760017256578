"""Work done by several processes."""

import os
import time
from concurrent.futures import ProcessPoolExecutor

import pytest

from servicestory import processes


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)
    monkeypatch.setattr(processes, "_pool", None)


def who(_: int) -> int:
    return os.getpid()


def test_answers_come_in_the_order_of_the_pieces() -> None:
    assert list(processes.each(abs, [-3, 1, -2], worth=True)) == [3, 1, 2]
    assert list(processes.each(abs, [], worth=True)) == []


def test_little_work_is_done_here() -> None:
    assert set(processes.each(who, [1, 2, 3], worth=False)) == {os.getpid()}


def test_the_processes_are_kept_for_the_next_work() -> None:
    first = set(processes.each(who, range(20), worth=True))
    pool = processes._pool
    assert os.getpid() not in first
    assert set(processes.each(who, range(20), worth=True)) <= set(pool._processes or ())  # type: ignore[union-attr]
    assert processes._pool is pool


def test_work_broken_off_ends_them_and_the_next_begins_anew() -> None:
    going = processes.each(abs, range(50), worth=True)
    next(going)
    pool = processes._pool
    going.close()  # type: ignore[attr-defined]
    assert processes._pool is None
    with pytest.raises(RuntimeError, match=r"shutdown|not usable"):
        pool.submit(abs, 1)  # type: ignore[union-attr]
    assert list(processes.each(abs, [-1], worth=True)) == [1]


def _slow(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def test_work_broken_off_is_not_waited_for() -> None:
    going = processes.each(_slow, [0, 60, 60, 60], worth=True)
    next(going)
    start = time.monotonic()
    going.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 30


def test_an_error_in_the_work_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(processes.each(int, ["1", "x"], worth=True))
    assert processes._pool is None


def _die(_: int) -> int:
    if os.getpid() != _HERE:
        os._exit(1)
    return 7


_HERE = int(os.environ.setdefault("SERVICESTORY_TEST_HERE", str(os.getpid())))


def test_where_processes_die_this_one_does_what_is_left() -> None:
    assert list(processes.each(_die, range(3), worth=True)) == [7, 7, 7]
    assert processes._pool is None


def test_where_none_are_to_be_had_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> ProcessPoolExecutor:
        raise OSError("no processes here")

    monkeypatch.setattr(processes, "ProcessPoolExecutor", none)
    assert set(processes.each(who, range(3), worth=True)) == {os.getpid()}
