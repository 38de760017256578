"""Fills a document template: every value becomes inert markdown, a broken template becomes one sentence."""

import contextlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from servicestory.errors import Problem
from servicestory.text import safe_markdown

if TYPE_CHECKING:
    from jinja2 import Template


class Made(str):
    """Markdown this package composed itself, from parts already made safe."""

    __slots__ = ()


def _safe(value: Any) -> str:
    return value if isinstance(value, Made) else safe_markdown("" if value is None else str(value))


def cited(cites: Any, most: int = 6) -> Made:
    """``[story#start-end]`` for each place; beyond ``most`` their number is told."""
    shown = [f"[{safe_markdown(str(cite))}]" for cite in list(cites)[:most]]
    more = len(cites) - most
    return Made(" ".join(shown) + (f" and {more} more" if more > 0 else ""))


def render(template: str, values: Mapping[str, Any], where: str) -> str:
    """The document a Jinja template gives with ``values``; ends with exactly one line break.

    Args:
        template: the template's text; runs in a sandbox, an unknown name in it is an error.
        where: the template's file name for messages.

    Raises:
        Problem: when the template is broken, uses a name there is not, or has no end; with its line.
    """
    from servicestory.wording.sandbox import filled

    with mended(where):
        text = filled(_compiled(template), values)
    return text.strip("\n") + "\n"


@contextlib.contextmanager
def mended(where: str) -> Iterator[None]:
    """Turns what a broken template raises into a `Problem` with the template's line."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        yield
    except TemplateSyntaxError as error:
        raise Problem(f"the template is broken: {error.message}", f"{where}:{error.lineno}", _MEND) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        raise Problem(f"the template cannot be filled: {error}", f"{where}:{_line(error)}", _MEND) from None
    except MemoryError as error:  # by a text that doubles itself, for one
        what = "the template makes more than fits into this computer's memory"
        raise Problem(what, f"{where}:{_line(error)}", _MEND) from None


@lru_cache(maxsize=16)
def _compiled(template: str) -> "Template":
    """A template ready to be filled; compiling one takes longer than filling it many times."""
    from jinja2 import StrictUndefined

    from servicestory.wording.sandbox import Sandbox

    environment = Sandbox(
        undefined=StrictUndefined,
        finalize=_safe,
        autoescape=False,  # `finalize` makes every value inert for markdown, which HTML escapes alone would not do
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cited"] = cited
    return environment.from_string(template)


_MEND = "Mend it, or delete the file to use the one that comes with servicestory"


def _line(error: BaseException) -> int:
    """The template line an error came from (1 when it cannot be told)."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
