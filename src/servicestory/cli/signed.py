"""Who wrote a document: a name given later is taken into a draft nobody signed, else it is said why not."""

from collections.abc import Sequence
from typing import Any

from servicestory import console
from servicestory.models.base import NOBODY
from servicestory.models.procedure import Procedure


def by_name(control: Any, by: str) -> Any:
    """The control record with who wrote its newest revision, where nobody was named and it is a draft still.

    What is agreed or in use keeps its history as it was when people agreed to it.
    """
    line = control.history[-1] if control.history else None
    author = getattr(control, "author", None)
    if by == NOBODY or author or control.status != "draft" or line is None or line.by != NOBODY:
        return control
    history = [*control.history[:-1], line.model_copy(update={"by": by})]
    return control.model_copy(
        update={"history": history, **({"author": by} if isinstance(control, Procedure) else {})}
    )


def say_unnamed(files: Sequence[str], by: str) -> None:
    """That a name given for documents was not taken into some, which nobody signed and people agreed on.

    Args:
        files: those that stay without a name.
    """
    if files:
        stay = f"{files[0]} stays" if len(files) == 1 else f"{files[0]} and {len(files) - 1} more stay"
        console.note(
            f"{stay} without a name, since {'it is' if len(files) == 1 else 'they are'} no draft any more; "
            f"{by} is named as who writes the next revision."
        )


def unnamed(control: Any, outcome: str, by: str) -> bool:
    """Whether a name given for a document was not taken into it, and it has none."""
    left = outcome in ("unchanged", "front matter", "kept") and by != NOBODY
    agreed = control.status not in ("draft", "withdrawn", "superseded")
    return left and agreed and bool(control.history) and control.history[-1].by == NOBODY
