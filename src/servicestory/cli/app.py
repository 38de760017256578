"""The command line: its table of commands, the global options and the only exit codes."""

import functools
import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from servicestory import __version__
from servicestory.cli.words import PlainCommand, PlainGroup
from servicestory.errors import Problem, Usage, nearest
from servicestory.text import shortened

if TYPE_CHECKING:
    from servicestory.workspace import Workspace


class Command(NamedTuple):
    """Where a command lives; its module is imported only when the command is called."""

    module: str
    function: str
    help: str


COMMANDS: dict[str, Command] = {
    "init": Command("init", "init", "Start: make a workspace for your organisation."),
    "add": Command("add", "add", "Collect: tell a story, in a minute."),
    "import": Command(
        "import_", "import_", "Collect: take stories from a file of reviews or survey answers."
    ),
    "list": Command("list", "list_", "Collect: list the stories."),
    "show": Command("show", "show", "Collect: show a story or a practice."),
    "search": Command("search", "search", "Collect: find stories by their words."),
    "edit": Command("edit", "edit", "Collect: correct a story."),
    "consent": Command("consent", "consent", "Collect: who agreed that a story may be retold."),
    "check": Command("check", "check", "Collect: see what is incomplete or broken, and where."),
    "detect": Command("detect", "detect", "Detect: find the practices in the stories."),
    "practices": Command("practices", "practices", "Detect: list the practices."),
    "verdict": Command("verdict", "verdict", "Detect: explain a practice's verdict in words."),
    "contrast": Command("contrast", "app", "Detect: compare the stories with ordinary encounters."),
    "review": Command("review", "review", "Detect: decide which practices to keep, one by one."),
    "train": Command("train", "train", "Train: write job breakdown, checklist, session plan and quiz."),
    "train record": Command("training", "record", "Train: keep who learned which revision."),
    "train log": Command("training_log", "log", "Train: list who learned which revision."),
    "train due": Command("training_log", "due", "Train: who is to repeat what, and when."),
    "train missing": Command("not_learned", "missing", "Train: who of a team has not learned a practice."),
    "export": Command("export", "export", "Incorporate: write standard procedures."),
    "procedure": Command(
        "procedure",
        "procedure",
        "Incorporate: approve procedures, put them into effect, review them, end them.",
    ),
    "replicate": Command("replicate", "replicate", "Incorporate: record each site's answer to a practice."),
    "why": Command("why", "why", "Incorporate: trace a step or a practice to its stories."),
    "observe": Command("observe", "observe", "Monitor: record what was seen against a checklist."),
    "measure": Command("measure", "app", "Monitor: define measures and record their figures."),
    "monitor": Command("monitor", "monitor", "Monitor: is it spreading, is it lasting, what is next."),
    "recognize": Command("recognize", "recognize", "Recognise: thank-you notes due, by story."),
    "lineup": Command("lineup", "lineup", "Recognise: two stories for this week's team meeting."),
    "tell": Command("tell", "tell", "Recognise: tell people what came of their story."),
    "report": Command("report", "report", "Report: the quarterly review as one page."),
    "forget": Command("forget", "forget", "Govern: remove a person everywhere, with a certificate."),
}

_given: Path | None = None
_interruption_said = False
_open_since: int | None = None  # how much was written when a record was to name somebody and nobody was
NAME_YOURSELF = "Add --by NAME, or set SERVICESTORY_BY to your name once"
_INTERRUPTED = "\nInterrupted; what was saved before is safe."


def workspace() -> "Workspace":
    """The workspace of this call: the one named with -C, or the nearest above the current folder.

    Raises:
        Problem: when there is none.
    """
    from servicestory.workspace import Workspace

    return Workspace.find(_given)


def today() -> date:
    """Today's date; SERVICESTORY_TODAY=YYYY-MM-DD stands in for it where results must repeat.

    Raises:
        Usage: when that variable is no date.
    """
    given = os.environ.get("SERVICESTORY_TODAY")
    if not given:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Usage(
            f"SERVICESTORY_TODAY is {given!r}, which is not a date", "", "Write it like 2026-01-31"
        ) from None


def given_name(by: str | None = None) -> str | None:
    """The person somebody named: ``by``, else SERVICESTORY_BY; None where nobody did.

    Nothing else is asked: the login and the name git knows belong to whoever set up the computer or the
    clone, and would stand in documents as that of an author.
    """
    return " ".join((by or os.environ.get("SERVICESTORY_BY") or "").split()) or None


def who(by: str | None = None) -> str:
    """`given_name` for a record; where nobody is named that stays open, see `say_open`."""
    global _open_since
    from servicestory import storage
    from servicestory.models.base import NOBODY

    if (name := given_name(by)) is None and _open_since is None:
        _open_since = len(storage.written)
    return name or NOBODY


def say_open() -> None:
    """Says once that records name nobody, where some were written: a call may be stopped before all are."""
    global _open_since
    from servicestory import console, storage

    if _open_since is not None and len(storage.written) > _open_since:
        how = NAME_YOURSELF[0].lower() + NAME_YOURSELF[1:]
        stays = "so that stays open in what was saved"
        console.note(f"Nobody is named as who did this, {stays}; to be named next time, {how}.")
    _open_since = None


def say_set_aside() -> None:
    """Says of every file of records whose last line was none what became of that line."""
    from servicestory import console, storage

    for path, half in storage.set_aside:
        name = f"{path.parent.name}/{path.name}"
        step = "record it again" if half else f"mend it there and write it into {path.name} again"
        was = "was cut off while it was being written" if half else "was no whole record"
        console.note(
            f"The last line of {name} {was}; it is kept in {name}.cut-off: {step}, then delete that file."
        )
    storage.set_aside.clear()


def named(by: str | None) -> str:
    """`given_name` for a step that somebody has to answer for.

    Raises:
        Usage: nobody is named.
    """
    if (name := given_name(by)) is None:
        raise Usage("Who decides is not said", "", NAME_YOURSELF)
    return name


def filled(options: Mapping[str, object]) -> None:
    """Refuse options that were given with nothing in them: what is decided must not read as not given.

    Raises:
        Usage: the first that is empty.
    """
    for option, value in options.items():
        if value == "":
            raise Usage(f"{option} is given and empty", "", "Say what it is, or leave it out")


# What the method has a word for and the program an option of a command.
_PART_OF_ONE = dict.fromkeys(
    ("reflect", "reflection", "reflections"),
    "A question to think about is asked by: servicestory add --reflect. ",
)


def run(arguments: list[str]) -> int:
    """Run one call and return its exit code.

    0 done, 1 the user can fix it, 2 wrong usage, 3 our fault, 130 interrupted.
    """
    _opened()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    called, arguments = _called(arguments)
    if called and called not in COMMANDS:
        like = nearest(called, list(COMMANDS))
        hint = f"Did you mean '{like}'? " if like else ""
        hint = _PART_OF_ONE.get(called, hint)
        said = shortened(f"There is no command '{called}'. {hint}See: servicestory --help")
        print(said, file=sys.stderr)
        return 2
    try:
        app(called)(arguments, prog_name="servicestory")
    except SystemExit as stop:
        if stop.code == 130 and not _interruption_said:
            print(_INTERRUPTED, file=sys.stderr)
        code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
        return _flushed(code)
    except Exception:  # a module that cannot be imported: no command is there to guard yet
        print(_our_fault(), file=sys.stderr)
        return _flushed(3)
    return _flushed(0)


def _opened() -> None:
    """Puts nowhere in the place of a closed stream; else the next file opened would take its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - to the end


def _flushed(code: int) -> int:
    """``code``, after what was printed has left; a reader that went away is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return code or _unprinted(error)
    return code


def _called(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The command's name, the first word that is no global option, and the arguments.

    A name of two words (`train due`) becomes one argument, as the application knows it.
    """
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word in ("-h", "--help"):
            return None, arguments
        if word in ("-C", "--workspace"):
            at += 1
        elif not word.startswith("-"):
            both = " ".join(arguments[at : at + 2])
            if both in COMMANDS and " " in both:
                return both, [*arguments[:at], both, *arguments[at + 2 :]]
            return word, arguments
        at += 1
    return None, arguments


def app(called: str | None = None) -> typer.Typer:
    """The Typer application with the called command alone, or (None) all by their one line of help.

    Importing every command would make each call pay for all of them.
    """
    cli = typer.Typer(
        name="servicestory",
        cls=PlainGroup,
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        help="Copying success: hear a wonderful service story, and a quarter later every customer gets that "
        "experience. Collect stories, detect the practices in them, train people, put them into "
        "procedures, and watch whether they spread and last.",
        epilog="Begin with: servicestory init, then servicestory add. "
        "Every command has its own --help with an example.",
    )
    cli.callback()(_global_options)
    for name in COMMANDS if called is None else [called]:
        command = COMMANDS[name]
        if called:
            target = getattr(import_module(f"servicestory.cli.{command.module}"), command.function)
            if isinstance(target, typer.Typer):
                for info in target.registered_commands:
                    info.callback = guarded(info.callback) if info.callback else None
                    info.cls = PlainCommand
                cli.add_typer(target, name=name, help=command.help, rich_help_panel=None)
            else:
                cli.command(name, cls=PlainCommand, short_help=command.help)(guarded(target))
        else:
            cli.command(name, help=command.help)(_not_called)
    return cli


def _not_called() -> None:
    raise AssertionError("only the called command runs")


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"servicestory {__version__}")
        raise typer.Exit


def _global_options(
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-C",
            "--workspace",
            metavar="DIR",
            readable=False,
            help="The workspace folder (default: the nearest parent that has a servicestory.yaml).",
        ),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    global _given, _open_since
    _given, _open_since = workspace, None


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """``command`` with its failures turned into one sentence and an exit code."""

    @functools.wraps(command)
    def body(*args: Any, **kwargs: Any) -> Any:
        from servicestory import console

        try:
            return command(*args, **kwargs)
        except Problem as problem:
            console.note(str(problem))
            raise typer.Exit(2 if isinstance(problem, Usage) else 1) from None
        except (KeyboardInterrupt, typer.Abort) as stopped:
            raise _interrupted(stopped) from None
        except MemoryError:
            console.note("This is too large for this computer's memory. Split the file, and give its parts.")
            raise typer.Exit(1) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except (typer.Exit, typer.BadParameter, SystemExit):
            raise
        except OSError as error:
            from servicestory import storage

            if isinstance(error, FileNotFoundError) and error.filename is None:  # of the current folder
                step = "Go into the workspace again: cd, and its folder"
                console.note(str(Problem("the folder you are in is no longer there", "", step)))
                raise typer.Exit(1) from None
            if _in_printing(error):
                raise typer.Exit(_unprinted(error)) from None
            if error.errno not in storage.YOURS:
                console.note(_our_fault())
                raise typer.Exit(3) from None
            refused = Problem(storage.said(error), str(error.filename or ""), storage.NEXT_WRITE)
            console.note(str(refused))
            raise typer.Exit(1) from None
        except Exception as error:
            if _is_interruption(error):
                raise _interrupted(error) from None
            if "integer string conversion" in str(error):  # Python reads whole numbers up to a length
                console.note("A whole number here has thousands of digits. Look at what was typed or read.")
                raise typer.Exit(1) from None
            console.note(_our_fault())
            raise typer.Exit(3) from None
        finally:
            say_set_aside()
            if _open_since is not None:
                say_open()

    return body


def _in_printing(error: OSError) -> bool:
    """Whether it was standard output that refused: nothing else is written by way of the console."""
    import traceback

    from servicestory import console

    frames = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    return error.filename is None and console.__file__ in frames


def _unprinted(error: OSError) -> int:
    """Says that what was printed is not where it was to go, and what was saved before; the exit code."""
    from servicestory import console, storage

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    saved = "What was to be saved before that is saved." if storage.written else "Nothing was changed."
    kept = " ".join(getattr(error, "__notes__", ())) or saved
    console.note(f"What was to be printed could not be written: {storage.said(error)}. {kept}")
    return 1


def _interrupted(error: BaseException) -> typer.Exit:
    """Says that the call was stopped, once; what to end it with."""
    from servicestory import console

    global _interruption_said
    _interruption_said = True
    console.note(" ".join([_INTERRUPTED, *getattr(error, "__notes__", ())]))
    return typer.Exit(130)


def _is_interruption(error: Exception) -> bool:
    """Whether it is a Ctrl-C that pydantic has wrapped, writing JSON or building a model just then."""
    wrapped = type(error).__name__ in ("PydanticSerializationError", "SchemaError")
    return wrapped and "KeyboardInterrupt" in str(error)


def _our_fault() -> str:
    """Write the trace of the current exception to a log and say where it is."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="servicestory-", suffix=".log", delete=False, encoding="utf-8", errors="replace"
    ) as log:
        log.write(f"servicestory {__version__}, Python {sys.version}\n{traceback.format_exc()}")
    error = sys.exception()
    said = traceback.format_exception_only(error)[0].strip().splitlines()[0]
    kept = " ".join(["What was saved before is safe.", *getattr(error, "__notes__", ())])
    return f"Something went wrong inside servicestory ({said}). {kept} Please send us the log: {log.name}"
