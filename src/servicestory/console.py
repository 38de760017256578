"""Everything a terminal sees: text, tables, questions, progress. The only import of rich."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from servicestory.errors import Problem
from servicestory.text import safe_terminal, shortened

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[str, int, int], None]
"""Called with (phase in words, done, total) as long work goes on."""

_READABLE = 18  # columns that a cell of several words needs at least
_WIDE = 160  # columns when nobody looks: a pipe or a file
_LONG = 500  # rows of a table that rich would take seconds for


def _console(stream: IO[str]) -> "Console":
    from rich.console import Console

    terminal = stream.isatty()
    width = None if terminal or "COLUMNS" in os.environ else _WIDE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def out(text: str = "") -> None:
    """A line of the result, on standard output."""
    print(_wrapped(safe_terminal(text), sys.stdout))


def flush() -> None:
    """What was printed leaves now; an error is that of standard output."""
    sys.stdout.flush()


def note(text: str, whole: bool = False) -> None:
    """A remark for the person, on standard error; values far too long to be read are cut.

    Args:
        whole: nothing is cut, for it may stand nowhere else.
    """
    said = safe_terminal(text)
    print(_wrapped(said if whole else shortened(said), sys.stderr), file=sys.stderr)


def _wrapped(text: str, stream: IO[str]) -> str:
    """The text with lines that end between words at a terminal; in a pipe or a file to the letter."""
    if not stream.isatty():
        return text
    import shutil

    room = shutil.get_terminal_size().columns
    if room < 20 or all(len(line) <= room for line in text.split("\n")):
        return text
    import textwrap

    lines = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line, room, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        ) or [line]
    return "\n".join(lines)


def heading(text: str) -> None:
    """A line that opens a part of the result."""
    if sys.stdout.isatty():
        _console(sys.stdout).print(safe_terminal(text), style="bold")
    else:
        out(text)


def json(value: Any, lines: bool = False) -> None:
    """One JSON object on standard output, keys in the order given.

    Args:
        lines: each item of a list on one line; a tenth of the time where there are thousands of them.
    """
    import json as library

    def plain(part: Any) -> str:
        return library.dumps(part, ensure_ascii=False, allow_nan=False)

    def field(part: Any) -> str:
        if not isinstance(part, list) or not part:
            return plain(part)
        return "[\n  " + ",\n  ".join(map(plain, part)) + "\n ]"

    if lines:
        text = "{\n " + ",\n ".join(f"{plain(key)}: {field(part)}" for key, part in value.items()) + "\n}"
    else:
        text = library.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    print(text.encode("utf-8", "replace").decode())


def problems(found: Sequence[Problem]) -> None:
    """Every problem as one sentence on standard error."""
    for problem in found:
        note(str(problem))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows under column names on standard output; a column of numbers is set to the right.

    Ids, dates and figures stay whole as long as that leaves the other columns room to be read.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        title=safe_terminal(title) or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    shown = _console(sys.stdout)
    if len(rows) >= _LONG and not title and _laid_out(columns, rows, shown.width):
        return
    cells = [["" if row[n] is None else str(row[n]) for row in rows] for n in range(len(columns))]
    wide = [max(map(len, [name, *inside])) for name, inside in zip(columns, cells, strict=True)]
    words = [not any(" " in cell for cell in inside) for inside in cells]
    prose = sum(min(wide[n], _READABLE) for n, word in enumerate(words) if not word)
    whole = sum(wide[n] for n, word in enumerate(words) if word) + prose + 3 * len(columns) <= shown.width
    for number, name in enumerate(columns):
        grid.add_column(
            safe_terminal(name),
            justify="right" if _figures(rows, number) else "left",
            overflow="fold",
            no_wrap=whole and words[number],
        )
    for row in rows:
        grid.add_row(*(Text(safe_terminal("" if cell is None else str(cell))) for cell in row))
    shown.print(grid)


def _figures(rows: Sequence[Sequence[object]], number: int) -> bool:
    """Whether a column holds numbers only."""
    return bool(rows) and all(isinstance(r[number], int | float) or r[number] in ("", None) for r in rows)


def _laid_out(columns: Sequence[str], rows: Sequence[Sequence[object]], width: int) -> bool:
    """Print a long table as rich would, in a fiftieth of the time; False where a cell needs several lines."""
    from rich.cells import cell_len

    shown = [[safe_terminal("" if c is None else str(c)) for c in row] for row in (columns, *rows)]
    wide = [max(cell_len(row[n]) for row in shown) for n in range(len(columns))]
    if sum(wide) + 3 * len(wide) > width or any(
        "\n" in cell or "\t" in cell for row in shown for cell in row
    ):
        return False
    right = [_figures(rows, n) for n in range(len(columns))]
    lines = []
    for row in shown:
        gaps = [" " * (room - cell_len(cell)) for room, cell in zip(wide, row, strict=True)]
        cells = [gap + cell if r else cell + gap for gap, cell, r in zip(gaps, row, right, strict=True)]
        lines.append(f" {'   '.join(cells)} ")
    empty = " " * len(lines[0])
    lines.insert(1, f" {'─' * (sum(wide) + 3 * len(wide) - 3)} ")
    print("\n".join([empty, *lines, empty]))
    return True


def fits(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bool:
    """Whether a table of these rows needs no cell to be broken over lines; a picture is two columns wide."""
    from rich.cells import cell_len

    wide = [
        max(cell_len(str(r[n] if r[n] is not None else "")) for r in [columns, *rows])
        for n in range(len(columns))
    ]
    return sum(wide) + 3 * len(wide) <= width()


class Interrupted(KeyboardInterrupt):
    """Ctrl-C (or Ctrl-D) at a question; ``typed`` is what stood on the line, as far as the terminal tells."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


def entries(title: str, found: Sequence[tuple[str, Sequence[str]]]) -> None:
    """For what no table fits: a line for each entry, below it indented lines (empty ones left out)."""
    heading(title)
    for head, lines in found:
        out(head)
        for line in filter(None, lines):
            out(f"    {line}")


def width() -> int:
    """How many characters fit beside each other on standard output."""
    return _console(sys.stdout).width


def interactive() -> bool:
    """Whether somebody is there to answer: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, default: str = "") -> str:
    """One line typed by the person (its ends stripped), or the default when nothing was typed.

    Text pasted in several paragraphs is one answer.

    Raises:
        Interrupted: Ctrl-C, or standard input ended.
    """
    shown = safe_terminal(f"{question} [{default}] " if default else f"{question} ")
    editor = _line_editor()
    try:
        if editor:
            return input(shown).strip() or default
        print(shown, end="", file=sys.stderr, flush=True)
        return input().strip() or default
    except KeyboardInterrupt:
        raise Interrupted(editor.get_line_buffer().strip() if editor else "") from None
    except EOFError:
        raise Interrupted("") from None


def _line_editor() -> Any:
    """The terminal's line editor, or None where there is none.

    Without it a terminal hands over 4,095 bytes of a line and drops the rest, ends a pasted story at its
    first blank line, and forgets what was typed when Ctrl-C is pressed.
    """
    if not (interactive() and sys.stdout.isatty()):
        return None
    try:
        import readline
    except ImportError:  # Windows edits lines by itself
        return None
    readline.parse_and_bind("set enable-bracketed-paste on")
    return readline


def confirm(question: str, default: bool | None = False) -> bool:
    """Yes or no; asks again until it is one of them. Enter means the default; None: there is none."""
    while True:
        shown = {True: "Y/n", False: "y/N", None: "y/n"}[default]
        answer = ask(f"{question} ({shown})").casefold()
        if not answer and default is not None:
            return default
        if answer in ("y", "yes", "n", "no"):
            return answer.startswith("y")
        note("Please type y for yes or n for no.")


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
