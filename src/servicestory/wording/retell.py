"""Retells a story from its steps, without names and without the teller's words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb, simple_past, third_lemma


class Acted(NamedTuple):
    """What somebody did, from its verb on: "dried the dog".

    Attributes:
        anybody: a "he" or "her" in it may be whoever did it, or somebody else.
        by: who of the story's people it is told of; () where it is not said.
    """

    did: str
    anybody: bool
    by: tuple[str, ...]


def past(step: str) -> str:
    """An instruction as something a colleague did: "Walk the guest to the room" -> "walked the guest to the room"."""
    tokens = step.split(" ")
    tokens[0] = simple_past(tokens[0].casefold())
    for k in range(1, len(tokens) - 1):
        low = tokens[k].casefold()
        acts = low in _ACTS or (low in lex.COPYABLE and is_verb(low) and tokens[k + 1] in _OBJECT)
        if tokens[k - 1] == "and" and acts:
            tokens[k] = simple_past(low)
    for k in range(1, len(tokens)):
        if _QUESTION & set(tokens[:k]):
            tokens[k] = _then(tokens[k], tokens[k - 1])
    return re.sub(r"\byour\b", "their", re.sub(r"\byou\b", "they", " ".join(tokens)))


def _then(word: str, before: str) -> str:
    """A present verb inside a question, told as past: "if the guest needs" -> "needed"."""
    if word in _PAST_OF:
        return _PAST_OF[word]
    lemma = third_lemma(word)
    if lemma and before in _SINGULAR:
        return simple_past(lemma)
    return simple_past(word) if before == "they" and is_verb(word) else word


_PAST_OF = {"is": "was", "are": "were", "can": "could", "will": "would", "has": "had", "have": "had", "does": "did",
            "cannot": "could not"}  # fmt: skip
_SINGULAR = frozenset("guest customer patient client visitor passenger member colleague".split())
_QUESTION = frozenset("if whether how what which where when that before".split())
# After "and" these are acts whatever follows; "call", "work" or "name" may be things.
_ACTS = frozenset(
    "bring take give have make keep let tell put carry fetch send explain teach lay ask write find".split()
)
_OBJECT = frozenset("the a an it them some their your".split())


def as_it_was(scene: str) -> str:
    """A scene as it is played, told of a day gone by: "A guest cannot see well." -> "A guest could not see well."."""
    return _NOW.sub(lambda now: _PAST_OF.get(now[0]) or simple_past(third_lemma(now[0]) or now[0]), scene)


_NOW = re.compile(
    r"\b(?:is|are|has|have|can|cannot|does|arrives|asks|comes|finds|forgets|leaves|lies|misses|needs|wants|celebrates|travels)\b"
)


def retold(steps: Sequence[str]) -> str:
    """Two or three plain sentences from the steps of one story."""
    told = [past(step) for step in steps[:4]]
    if not told:
        return ""
    # The one it was done for works here too: "another colleague", so that nobody takes them for one.
    told = [line.replace("the colleague", "the other colleague") for line in told]
    first, rest = told[0].replace("the other colleague", "another colleague", 1), told[1:]
    lines = [f"A colleague {first}."]
    for number, line in enumerate(rest):
        lines.append(f"{'Then they' if number == 0 else 'They also'} {line}.")
    return " ".join(lines)
