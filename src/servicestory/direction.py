"""Texts written from right to left: where they begin, and pages that show them so (Unicode Annex 9)."""

import re
import unicodedata
from collections.abc import Iterator

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin, with their presentation forms.
_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_ANY = re.compile(f"[{_LETTER}]")
_RUN = re.compile(f"[{_LETTER}]+(?:[^\\w{_LETTER}]+[{_LETTER}]+)*")
_BLOCK = re.compile(
    r"<(p|li|h[1-6]|td|th|dd|dt|caption|summary|figcaption|title)(?=[\s>])(?![^>]*\sdir=)", re.IGNORECASE
)


def from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (rules P2 and P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """``text`` in pieces, each with whether its letters run from right to left."""
    at = 0
    for found in _RUN.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def directed(html: str) -> str:
    """A page of which each block is shown in the direction its text begins in.

    A page without such letters stays as it is, to the byte.
    """
    return _BLOCK.sub(r'<\1 dir="auto"', html) if _ANY.search(html) else html
