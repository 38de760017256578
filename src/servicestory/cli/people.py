"""Whom an answer or a file names; words that name nobody are left out, and that is said."""

import re
from collections.abc import Iterable
from typing import Any

from servicestory import console
from servicestory.collect.people_told import people_told
from servicestory.text import listing, one_line

_ONESELF = re.compile(
    r"(?i)(?:(?:just|only|nur)\s+)?(?:me|i|myself|we|us|ich|mich|mir|wir|uns|moi|je|yo|io|mij|ik|eu|jag|jeg)\b"
    r"(?!.*\b(?:know|sure|remember|recall|say|tell|forgot|weiß|weiss|sais)\b).*"
)


def named(answer: str | Iterable[str]) -> list[str]:
    """The names of an answer to "Who made it happen?"; says what in it names nobody ("me", "don't know")."""
    names, nobody = people_told(answer)
    if nobody:
        said = listing([f"“{one_line(one, 40)}”" for one in nobody])
        does = "names nobody and is" if len(nobody) == 1 else "name nobody and are"
        own = "; if it was you, give your own name" if any(map(_ONESELF.fullmatch, nobody)) else ""
        console.note(f"{said} {does} left out of the people{own}.")
    return names


def only_names(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a story, its people as :func:`named` has them; what is no list of texts stays."""
    people = fields.get("people")
    if isinstance(people, str) or (isinstance(people, list) and all(isinstance(one, str) for one in people)):
        return {**fields, "people": named(people)}
    return fields
