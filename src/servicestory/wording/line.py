"""One sentence as a row of words: read by place, with names and fillers known, asides left out."""

from collections.abc import Collection

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_common, may_describe, names_something
from servicestory.wording.tokens import Word

# Said in passing; what is done is the same without it.
_ASIDES = tuple(
    tuple(words.split())
    for words in (
        "off his own bat", "off her own bat", "off their own bat", "of his own accord", "of her own accord",
        "of their own accord", "on his own initiative", "on her own initiative", "on their own initiative",
        "i think", "i believe", "as always", "as usual", "of course", "at least",
    )
)  # fmt: skip
_OPENING = frozenset(words[0] for words in _ASIDES)
_IN_BRACKETS = 6
_CALLED_SO = frozenset(("april", "june"))
"""Months that people are called by; "last June" and "in April" they are months."""
_THAT_MONTH = lex.PREPOSITIONS | frozenset("last next this that every early late mid".split())


def _plain(tokens: list[Word]) -> list[Word]:
    """The tokens without what stands in brackets ("the receptionist (Sanna) rang") and without asides."""
    kept: list[Word] = []
    k = 0
    while k < len(tokens):
        if tokens[k].text == "(":
            close = next(
                (n for n in range(k + 1, min(k + _IN_BRACKETS, len(tokens))) if tokens[n].text == ")"), 0
            )
            if close:
                k = close + 1
                continue
        aside: tuple[str, ...] = ()
        if tokens[k].low in _OPENING:
            aside = next((a for a in _ASIDES if tuple(t.low for t in tokens[k : k + len(a)]) == a), ())
        if aside:
            k += len(aside)
            continue
        kept.append(tokens[k])
        k += 1
    return kept


class Line:
    """The words of one sentence, and which of them are names of people."""

    def __init__(self, tokens: list[Word], names: Collection[str]) -> None:
        self.tokens = _plain(tokens)
        self.names = names

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def is_name(self, i: int) -> bool:
        """Whether the word at ``i`` names a person: one who is listed, or by its capital; no day or month."""
        if not 0 <= i < len(self.tokens):
            return False
        token = self.tokens[i]
        if token.text in lex.CAPITALS:
            return False
        if token.low in self.names or (token.low in lex.FIRST_NAMES and token.text[0].isupper()):
            return True
        if token.low in lex.FUNCTION:
            return False
        if token.low in lex.CALENDAR and (token.low not in _CALLED_SO or self.low(i - 1) in _THAT_MONTH):
            return False
        return (
            len(token.text) > 2
            and token.text[0].isupper()
            and token.text[1:].islower()
            and not is_common(token.low)
        )

    def skip(self, i: int) -> int:
        while (
            self.low(i) in lex.FILLERS
            or self.low(i) in lex.INTENSIFIERS
            or (
                self.low(i).endswith("ly")
                and not names_something(self.low(i))
                and not may_describe(self.low(i))
            )
        ):
            i += 1
        return i
