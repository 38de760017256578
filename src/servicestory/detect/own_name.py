"""The name people give a practice: what it has to say, and that it is no other's."""

import re
from collections.abc import Iterable

from servicestory.errors import Problem
from servicestory.models.practice import Practice
from servicestory.text import one_line

LONGEST_NAME = 200  # characters of a practice's name, which heads documents and stands in tables
AN_ID = re.compile(r"(?i)p-?\d+")  # by which a practice is asked for, like its name


def own_name(name: str, practices: Iterable[Practice], but: Practice | None = None) -> str:
    """A name on one line, when it says something and none of the ``practices`` has it, but for one.

    Raises:
        Problem: it is empty, says nothing or too much, or another practice has it or an id like it: asked for
            by name, only one of them would answer.
    """
    name = one_line(name)
    step = "Give a short sentence that begins with a verb"
    if not name:
        raise Problem("The new name is empty", "", step)
    if not any(letter.isalpha() for letter in name):
        raise Problem(f"The new name “{one_line(name, 40)}” has no letter in it", "", step)
    if len(name) > LONGEST_NAME:
        long = f"The new name has {len(name):,} characters, and {LONGEST_NAME} are the most"
        raise Problem(long, "", f"{step}; the rest has room in behaviour_statement")
    if AN_ID.fullmatch(name):
        raise Problem(f"The new name “{name}” reads like the id of a practice", "", step)
    for other in practices:
        same = " ".join(other.name.split()).casefold() == name.casefold()
        if same and other.status != "merged" and (but is None or other.id != but.id):
            raise Problem(
                f"{other.id} has the name “{other.name}” already",
                "",
                f"Give another name, or put into {other.id} what belongs there",
            )
    return name
