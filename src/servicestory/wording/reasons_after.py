"""The reason told right after a deed, turned round: ", because I can't climb stairs", "so that the presser knows"."""

import re
from collections.abc import Collection
from itertools import pairwise

from servicestory.wording import lexicon as lex
from servicestory.wording.clauses import plainly
from servicestory.wording.inner import NOW, OPENERS, STAYS
from servicestory.wording.morphology import is_verb, may_describe, past_lemma, third_lemma
from servicestory.wording.sense import Open, Sense
from servicestory.wording.sound import known
from servicestory.wording.tokens import Told, Word, words
from servicestory.wording.turn_whole import turn

_WHY = re.compile(r"[\s,]*\b(?P<why>because|so that|so)\b ", re.IGNORECASE)
_END = re.compile(r"[.!?;:,()\n\"“”]|\b(?:and|but|because|so)\b")
_MOST = 14  # words of a reason
_ONE_DAY = frozenset("today tomorrow yesterday tonight once again morning".split())
_OPENS_IT = frozenset(
    "my our i we people nobody everybody everyone the their each every no most many".split()
)


def told_after(text: str, end: int, customer: str, names: Collection[str], told: Told) -> str:
    """The reason that follows a deed at once; empty where there is none, or only its story knows what it means.

    What happened that once is no reason to do it again: "because" gives one only where it is told of now, or of what
    somebody could not do.

    Args:
        end: where the deed ends in the text.
    """
    found = _WHY.match(text, end)
    if not found or told == "elsewhere":
        return ""
    stop = _END.search(text, found.end())
    clause = plainly(words(text, found.end(), stop.start() if stop else len(text)))
    lows = [w.low for w in clause]
    if (
        not 3 <= len(clause) <= _MOST
        or lows[0] not in _OPENS_IT
        or not all(known(w) or "'" in w.low for w in clause)
    ):
        return ""
    if set(lows) & _ONE_DAY or any(w in names for w in lows):
        return ""
    if found["why"].casefold() == "so" and lows[0] == "the":
        return ""  # what came of it: "so the door could stay open"
    purpose = found["why"].casefold().startswith("so")
    if not purpose and _is_past(lows):
        return ""
    if not _has_verb(lows):
        return ""
    first = Word("so", "so", found.start(), found.end())
    sense = Sense(customer, told, "", True, frozenset())
    try:
        said = turn([first, Word("that", "that", found.start(), found.end()), *clause], sense)
    except Open:
        return ""
    line = " ".join(said[2:])
    if sense.refers:
        return ""
    return f"{'So that' if purpose else 'Because'} {line}"


def _has_verb(lows: list[str]) -> bool:
    """Whether the clause has a verb of its own; "no salt where no salt belongs" has none before its "where"."""
    end = next((k for k, low in enumerate(lows) if k and low in OPENERS), len(lows))
    return any(
        (low in NOW or low in STAYS or is_verb(low) or past_lemma(low) or third_lemma(low))
        and before not in lex.DETERMINERS | {"no"}
        for before, low in pairwise(lows[:end])
    )


def _is_past(lows: list[str]) -> bool:
    """Whether a clause tells of what happened once; "couldn't" is told of what somebody cannot do."""
    if "couldn't" in lows or ("could" in lows and "not" in lows):
        return False
    return any(
        low in ("was", "were", "had", "did", "would")
        or (past_lemma(low) and not is_verb(low) and not may_describe(low) and low not in lex.DETERMINERS)
        for low in lows
    )
