"""Where templates run: away from the program's insides, and never without end.

A workspace's own templates may come from anybody. One that repeats itself for ever would hold the command, fill
the memory, or write a page that no command can read again.
"""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

LARGEST = 20_000_000
"""Characters of a document; a report of thousands of practices has a tenth of it."""
MOST_TURNS = 1_000_000
"""Numbers that the calls of ``range`` in one filling may give together."""
_GREATEST_POWER = 100


class Sandbox(SandboxedEnvironment):
    """Jinja's own sandbox, in which nothing is multiplied beyond what a document holds."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The product or power; jinja2 asks for each while a template is filled.

        Raises:
            SecurityError: it would be too large.
        """
        if operator == "**" and right > _GREATEST_POWER:
            raise SecurityError(f"a power of {right} is too large")
        for text, times in ((left, right), (right, left)):
            if hasattr(text, "__len__") and isinstance(times, int) and len(text) * times > LARGEST:
                raise _too_large()
        return super().call_binop(context, operator, left, right)


def filled(template: Template, values: Mapping[str, Any]) -> str:
    """What a template of a `Sandbox` gives with ``values``.

    Raises:
        SecurityError: it is longer than `LARGEST`, or counts further than `MOST_TURNS`.
        TemplateError: it is broken otherwise; with whatever its expressions raise.
    """
    made, length = list[str](), 0
    parts = template.generate({**values, "range": _counted()})
    for part in parts:
        length += len(part)
        if length > LARGEST:
            parts.throw(_too_large())  # type: ignore[attr-defined]  # a generator: there it has its line
        made.append(part)
    return "".join(made)


def _counted() -> Callable[..., range]:
    left = MOST_TURNS

    def counted(*numbers: int) -> range:
        nonlocal left
        found = range(*numbers)
        left -= len(found)
        if left < 0:
            raise SecurityError(f"its loops count further than {MOST_TURNS:,}")
        return found

    return counted


def _too_large() -> SecurityError:
    return SecurityError(f"it makes more than {LARGEST:,} characters")
