"""Everything a terminal sees: text, tables, questions, progress. The only import of rich."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from servicestory.errors import Problem
from servicestory.text import safe_terminal

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[str, int, int], None]
"""Called with (phase in words, done, total) as long work goes on."""

_WIDE = 160  # columns when nobody looks: a pipe or a file


def _console(stream: IO[str]) -> "Console":
    from rich.console import Console

    terminal = stream.isatty()
    width = None if terminal or "COLUMNS" in os.environ else _WIDE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def out(text: str = "") -> None:
    """A line of the result, on standard output."""
    print(safe_terminal(text))


def note(text: str) -> None:
    """A remark for the person, on standard error."""
    print(safe_terminal(text), file=sys.stderr)


def heading(text: str) -> None:
    """A line that opens a part of the result."""
    if sys.stdout.isatty():
        _console(sys.stdout).print(safe_terminal(text), style="bold")
    else:
        out(text)


def json(value: Any) -> None:
    """One JSON object on standard output, keys in the order given."""
    import json as library

    print(
        library.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
        .encode("utf-8", "replace")
        .decode()
    )


def problems(found: Sequence[Problem]) -> None:
    """Every problem as one sentence on standard error."""
    for problem in found:
        note(str(problem))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows under column names on standard output; a column of numbers is set to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        title=safe_terminal(title) or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for number, name in enumerate(columns):
        cells = [row[number] for row in rows]
        figures = bool(cells) and all(isinstance(c, int | float) or c in ("", None) for c in cells)
        grid.add_column(safe_terminal(name), justify="right" if figures else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(safe_terminal("" if cell is None else str(cell))) for cell in row))
    _console(sys.stdout).print(grid)


def interactive() -> bool:
    """Whether somebody is there to answer: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, default: str = "") -> str:
    """One line typed by the person (its ends stripped), or the default when nothing was typed.

    Raises:
        EOFError: standard input ended.
    """
    shown = f"{question} [{default}] " if default else f"{question} "
    print(safe_terminal(shown), end="", file=sys.stderr, flush=True)
    return input().strip() or default


def confirm(question: str, default: bool = False) -> bool:
    """Yes or no."""
    answer = ask(f"{question} ({'Y/n' if default else 'y/N'})").casefold()
    return default if not answer else answer.startswith("y")


def choose(question: str, options: Sequence[tuple[str, str]], default: str = "") -> str:
    """One of the keys of ``options`` (key, what it means); asks again until it is one."""
    keys = {key for key, _ in options}
    for key, meaning in options:
        note(f"  {key}  {meaning}")
    while True:
        answer = ask(question, default)
        if answer in keys:
            return answer
        note(f"Please type one of: {', '.join(key for key, _ in options)}.")


def _silent(_phase: str, _done: int, _total: int) -> None:
    pass


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar with phases and time left on standard error; silent when that is no terminal."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_console(sys.stderr),
        transient=True,
    )
    tasks: dict[str, Any] = {}

    def step(phase: str, done: int, total: int) -> None:
        if phase not in tasks:
            tasks[phase] = bar.add_task(safe_terminal(phase), total=total)
        bar.update(tasks[phase], completed=done, total=total)

    with bar:
        yield step
