"""Whether what is to be forgotten is a name: one a record gives, or a word of the language."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from servicestory.not_names import NOT_NAMES
from servicestory.text import plural

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

# Every field of a file that names one person, in YAML and in JSON; lists of people are read as stories.
_NAMING = re.compile(
    r"(?m)(?:^|[{,-])[ \t]*\"?(?:approver|author|by|giver|observer|owner|party|recipient|reviewer"
    r"|signed_off_by|trainer)\"?[ \t]*:[ \t]*\"?([^\n\",}]+)"
)


def no_name(into: "Workspace", names: Iterable[str], files: Iterable[bytes]) -> str:
    """Why these are words rather than a name, in a sentence; empty where a record gives one of them.

    A part of a recorded name is one as well. What no record gives is a word where the language has it, or
    where it stands in small letters here.

    Args:
        files: what is in the files that hold the names.
    """
    wanted = [" ".join(name.casefold().split()) for name in names]
    texts = [data.decode("utf-8", "replace") for data in files]
    for known in _recorded(into, texts):
        words = f" {' '.join(known.casefold().split())} "
        if any(f" {name} " in words for name in wanted):
            return ""
    first = wanted[0]
    small = re.compile(rf"(?<![\w-]){re.escape(first)}(?![\w-])")
    count = sum(len(small.findall(text)) for text in texts)
    if count:
        where = f"stands in small letters in {plural(count, 'place')}"
        return f"'{first}' {where}, and no record names such a person"
    if all(word in NOT_NAMES for word in first.split()):
        return f"'{first}' is an everyday word, and no record names such a person"
    return ""


def _recorded(into: "Workspace", texts: Iterable[str]) -> Iterator[str]:
    """Every name that a field for names gives: in the organisation, in stories, in ``texts`` of files."""
    yield from into.organisation().staff_names()
    for story in into.stories([]):
        yield from story.people
    for text in texts:
        yield from _NAMING.findall(text)
