"""The one error a user can cause and mend: what is wrong, where, and what to do next."""

import re
from typing import Any


class Problem(Exception):
    """Something the user can put right; shown as one sentence, never as a traceback.

    Args:
        what: what is wrong, a sentence without its full stop.
        where: ``file:line``, a column, a record id; empty when there is no place.
        next_step: what to do about it, an imperative sentence.
    """

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        self.what = what.rstrip(". ")
        self.where = where
        self.next_step = next_step.rstrip(". ")
        super().__init__(str(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.what, self.where, self.next_step)  # from one process to another

    def __str__(self) -> str:
        place, what = f"{self.where}: " if self.where else "", self.what
        if not place and what.startswith(("the ", "there ", "this ", "a ", "an ", "no ", "another ")):
            what = what[0].upper() + what[1:]
        step = f" {_ended(self.next_step)}" if self.next_step else ""
        return f"{place}{_ended(what)}{step}"


def _ended(sentence: str) -> str:
    if sentence.endswith(("?", "!", "…")):
        return sentence
    last = re.split(r"[.?!] ", sentence)[-1]
    asks = last.startswith("Did you mean ") or (last.startswith("Which ") and not last.endswith(" not said"))
    return sentence + ("?" if asks else ".")


class Usage(Problem):
    """A command was called with words that do not fit together (exit code 2)."""


def nearest(word: str, known: list[str] | tuple[str, ...], least: float = 0.6) -> str | None:
    """The known word most like ``word``, or None when nothing is near enough to suggest.

    Args:
        least: how like it must be, from 0 to 1 (the same).
    """
    import difflib

    folded = {k.casefold(): k for k in sorted(known, reverse=True)}
    hits = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=least)
    return folded[hits[0]] if hits else None


# Words people write for a field of a story, of which no letter need be the same. Each line has the field as a
# story, a column or an option calls it.
_ALIKE = tuple(
    frozenset(line.split())
    for line in """
narrative text story what happened what_happened description comment review told
people person persons who name names staff employee employees colleague colleagues by
site where location place hotel restaurant store shop branch clinic
date when day on
outcome result ending
team department unit group
rating ratings score stars mark
behaviour behaviours behavior behaviors
tag tags label labels
record number reference
why_significant why significance
""".strip().splitlines()
)


def meant(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The one of ``known`` that is called otherwise by ``word``, as people call the fields of a story."""
    said = word.strip().casefold().replace(" ", "_").replace("-", "_")
    alike = next((words for words in _ALIKE if said in words), frozenset())
    return next((name for name in known if name in alike), None)
