"""Stories begun and not finished: listed with their age, and thrown away when asked for."""

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from servicestory import console
from servicestory.cli.app import today
from servicestory.errors import Problem, Usage
from servicestory.text import one_line, plural

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

_SHOWN = 60  # characters of what was told


def show(into: "Workspace") -> None:
    """Print each draft with its age and first words, and what can be done with it.

    Raises:
        Exit: (1) some cannot be read; these are named after the others.
    """
    problems: list[Problem] = []
    first = ""
    for name in into.drafts():
        try:
            words = _words(into, name)
        except Problem as problem:
            problems.append(problem)
            continue
        first = first or name.removesuffix(".yaml")
        console.out(f"{name.removesuffix('.yaml')}  {_said(age(into, name)):>12}  {words}")
    if first:
        console.note(
            f"Finish one: servicestory add --resume --draft {first}, or throw it away: --discard {first}"
        )
    if problems:
        console.problems(problems)
        raise typer.Exit(1)
    if not first:
        console.out("No story waits to be finished.")


def discard(into: "Workspace", given: list[str]) -> None:
    """Throw these drafts away; at a terminal each is shown and asked about.

    Raises:
        Usage: one is not there; then none is thrown away.
    """
    for name in dict.fromkeys([chosen(into, one) for one in given]):
        try:
            shown = f"{name.removesuffix('.yaml')}, “{_words(into, name)}”"
        except Problem:  # a link that leads nowhere goes as any
            shown = f"{name.removesuffix('.yaml')}, which cannot be read"
        if console.interactive() and not console.confirm(f"Throw away {shown}?"):
            continue
        into.drop_draft(name)
        console.out(f"Thrown away: {shown}")


def chosen(into: "Workspace", given: str) -> str:
    """The draft that is meant by its name, its number or its file.

    Raises:
        Usage: there is none.
    """
    plain = given.strip().replace("\\", "/").removeprefix("drafts/").removesuffix(".yaml")
    name = f"draft-{int(plain):03}" if plain.isdecimal() else plain
    if f"{name}.yaml" not in into.drafts():
        raise Usage(f"There is no draft '{given}'", "", "See them with: servicestory add --drafts")
    return f"{name}.yaml"


def age(into: "Workspace", name: str) -> int:
    """Whole days since a draft was last written; 0 where nobody can say."""
    try:
        written = (into.root / "drafts" / name).stat().st_mtime
    except OSError:
        return 0
    return max(0, (today() - datetime.fromtimestamp(written).date()).days)


def _said(days: int) -> str:
    return "today" if not days else f"{plural(days, 'day')} ago"


def _words(into: "Workspace", name: str) -> str:
    """How a draft begins: what happened, else whatever it has."""
    from servicestory.cli.draft import one_record

    text = into.load_draft(name)
    try:
        fields = one_record(text, f"drafts/{name}")
    except Problem:
        return one_line(" ".join(line for line in text.splitlines() if not line.startswith("#")), _SHOWN)
    told = fields.get("narrative") or fields.get("title") or next(iter(fields.values()), "")
    return one_line(str(told), _SHOWN)
