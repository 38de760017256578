"""Why it was done and what was not done instead, as tellers say it: "so that I could lie down", "instead of pointing"."""

import re
from collections.abc import Collection

from servicestory.wording import lexicon as lex
from servicestory.wording.cleaning import (
    trimmed,
    without_figures,
    without_names,
    without_praise,
    without_times,
)
from servicestory.wording.line import Line
from servicestory.wording.morphology import ing_lemma
from servicestory.wording.sound import broken, known
from servicestory.wording.tokens import Word, words
from servicestory.wording.turning import turned

_REACH = 160
_SO = re.compile(r"\bso(?: that)?,? (?:at home |later )?(?=(?:i|we|they)\b)", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|without just) (?=\w+ing\b)", re.IGNORECASE)
_END = re.compile(r"[.!?;:\n(]|, (?:and|but|which|who)\b")
_COULD = frozenset("could can would will did do had have knew know".split())
# Who cannot do that is sure to find it; of other things somebody could not do, few are what was meant.
_CANNOT = re.compile(r"(?:could|can|would|will)(?: not|n't|not) ((?:miss|overlook) (?:it|them))")
_BEFORE = 45  # how far after the deed its reason may begin
_MOST_WORDS = 14


def purpose(text: str, end: int, customer: str, names: Collection[str] = ()) -> str | None:
    """Why it was done, when the words after ``end`` say so ("So that the guest can lie down"); else None.

    Only what the customer could do or was spared counts, told as "I", "we" or "they".
    """
    rest = _after(text, end, _SO, names)
    if rest is None or rest[0].low not in ("i", "we", "they") or len(rest) < 3 or rest[1].low not in _COULD:
        return None
    if found := _CANNOT.fullmatch(" ".join(w.low for w in rest[1:])):
        return f"So that the {customer} cannot {found[1]}"
    if any(w.low in lex.NEGATIVE for w in rest):
        return None
    if rest[0].low == "they":
        rest[0] = Word("we", "we", rest[0].start, rest[0].end)
    said = turned("ensure", rest, customer, False)
    return (
        f"So that {' '.join(said)}".replace(" ,", ",")
        if said and not broken([w.low for w in rest[2:]])
        else None
    )


def purpose_within(text: str, customer: str, names: Collection[str] = ()) -> str | None:
    """The first reason a place of evidence gives for what it tells, as `purpose` reads it; else None."""
    found = (purpose(text, so.start(), customer, names) for so in _SO.finditer(text))
    return next((why for why in found if why), None)


def instead(text: str, end: int, customer: str, names: Collection[str] = ()) -> str | None:
    """What was not done instead, as a key point ("Do not just describe the way"); else None."""
    rest = _after(text, end, _INSTEAD, names)
    if rest is None or len(rest) < 2:
        return None
    lemma = ing_lemma(rest[0].low)
    if lemma not in (lex.COPYABLE | {"point"}) - {"wait", "sit", "stand", "stay"} or broken(
        [w.low for w in rest[1:]]
    ):
        return None
    said = turned(str(lemma), rest[1:], customer, False)
    return f"Do not just {lemma} {' '.join(said)}".replace(" ,", ",") if said else None


def _after(text: str, end: int, pattern: re.Pattern[str], names: Collection[str]) -> list[Word] | None:
    """The cleaned words after what ``pattern`` finds close behind ``end``, to the end of the clause; else None."""
    stop = _END.search(text, end)
    last = min(stop.start() if stop else len(text), end + _REACH)
    found = pattern.search(text, end, last)
    if found is None or found.start() > end + _BEFORE:
        return None
    tokens = Line(words(text, found.end(), last), names).tokens
    cut = next(
        (k for k, w in enumerate(tokens) if w.low in ("instead", "because", "before", "until")), len(tokens)
    )
    rest = without_figures(without_times(tokens[:cut]))
    rest = rest and without_names(rest)
    if (
        not rest
        or len(rest) > _MOST_WORDS
        or any(w.low in names for w in rest)
        or not all(known(w) for w in rest)
    ):
        return None
    return trimmed(without_praise(rest), "") or None
