"""Whether what is to be forgotten is a name: one a record gives, or a word of the language."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from servicestory.not_names import NOT_NAMES
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

# The fields of records that name somebody.
_NAMING = frozenset(
    ("by", "giver", "learner", "name", "observer", "owner", "people", "person", "recipient", "signed_off_by")
)


def no_name(into: "Workspace", names: Iterable[str], files: "Iterable[bytes]") -> str:
    """Why these are words rather than a name, in a sentence; empty where a record gives one of them.

    A part of a recorded name is one as well. What no record gives is a word where the language has it, or
    where it stands in small letters here.

    Args:
        files: what is in the files that hold the names.
    """
    wanted = [" ".join(name.casefold().split()) for name in names]
    for known in _recorded(into):
        words = f" {' '.join(known.casefold().split())} "
        if any(f" {name} " in words for name in wanted):
            return ""
    first = wanted[0]
    small = re.compile(rf"(?<![\w-]){re.escape(first)}(?![\w-])")
    count = sum(len(small.findall(data.decode("utf-8", "replace"))) for data in files)
    if count:
        where = f"stands in small letters in {plural(count, 'place')}"
        return f"'{first}' {where}, and no record names such a person"
    if all(word in NOT_NAMES for word in first.split()):
        return f"'{first}' is an everyday word, and no record names such a person"
    return ""


def _recorded(into: "Workspace") -> Iterator[str]:
    """Every name that a field for names gives."""
    yield from into.organisation().staff_names()
    for story in into.stories([]):
        yield from story.people
    for practice in into.practices([]):
        yield practice.owner or ""
        yield from (decision.by for decision in practice.decisions)
    for path in sorted((into.root / "records").glob("*.jsonl")):
        for line in path.read_text("utf-8", "replace").splitlines():
            try:
                yield from _named(json.loads(line))
            except ValueError:
                continue


def _named(record: Any) -> Iterator[str]:
    if isinstance(record, dict):
        for key, value in record.items():
            if key in _NAMING:
                yield from (
                    one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)
                )
