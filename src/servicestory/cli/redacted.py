"""What is typed, without anybody's e-mail address or number, unless the house keeps such data."""

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli.piped import readable
from servicestory.errors import Problem
from servicestory.text import listing

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

# `redact:` as a line of its group, or in a group on one line; it is read so only where the page has mistakes.
_LINE = re.compile(r"(?m)^(?:[ \t]+|privacy:[ \t]*\{(?:[^#\n}]*,)?[ \t]*)redact:[ \t]*[\"']?(\w+)")
_NO = frozenset(("no", "false", "off"))


def cleaned(into: "Workspace", fields: dict[str, Any], of: str = "the story") -> dict[str, Any]:
    """The fields of a story or another record without personal data, and that said.

    Args:
        of: what they are of, for the remark.
    """
    clean, found = _clean(into, fields)
    _say(found, of)
    return clean


def quietly(into: "Workspace", fields: dict[str, Any]) -> dict[str, Any]:
    """The same without a word, for what is said later."""
    return _clean(into, fields)[0]


def text(into: "Workspace", typed: str | None, of: str) -> str | None:
    """One text without personal data, and that said; ``of`` is what it is, for the remark."""
    if not typed:
        return typed
    said: str = cleaned(into, {"text": typed}, of)["text"]
    return said


def _clean(into: "Workspace", fields: dict[str, Any]) -> tuple[dict[str, Any], Counter[str]]:
    from servicestory.collect.privacy import redact_fields

    fields = readable(fields)
    clean, found = redact_fields(fields)
    return (clean, found) if found and _redacts(into) else (fields, Counter())


def _say(found: Counter[str], of: str) -> None:
    if found:
        counted = listing([f"{count} {kind}" for kind, count in sorted(found.items())])
        console.note(f"Replaced in {of}: {counted}. To keep such data: 'redact: no' in servicestory.yaml")


def _redacts(into: "Workspace") -> bool:
    """Whether the house wants it; a mistake elsewhere in the page does not change what it says of this."""
    try:
        return into.organisation().privacy.redact
    except Problem:
        pass
    from servicestory.cli.page import plain

    said = _LINE.findall(plain(into.root))  # in doubt nobody's number is kept
    return not said or said[-1].casefold() not in _NO
