"""Retells a story from its steps, without names and without the teller's words."""

import re
from collections.abc import Sequence

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb, simple_past


def past(step: str) -> str:
    """An instruction as something a colleague did: "Walk the guest to the room" -> "walked the guest to the room"."""
    tokens = step.split(" ")
    tokens[0] = simple_past(tokens[0].casefold())
    for k in range(1, len(tokens) - 1):
        low = tokens[k].casefold()
        if tokens[k - 1] == "and" and low in lex.COPYABLE and is_verb(low) and tokens[k + 1] in _OBJECT:
            tokens[k] = simple_past(low)
    return re.sub(r"\byour\b", "their", re.sub(r"\byou\b", "they", " ".join(tokens)))


_OBJECT = frozenset("the a an it them some their your".split())


def retold(steps: Sequence[str]) -> str:
    """Two or three plain sentences from the steps of one story."""
    told = [past(step) for step in steps[:4]]
    if not told:
        return ""
    first, rest = told[0], told[1:]
    lines = [f"A colleague {first}."]
    for number, line in enumerate(rest):
        lines.append(f"{'Then they' if number == 0 else 'They also'} {line}.")
    return " ".join(lines)
