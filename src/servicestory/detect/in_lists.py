"""Whom a list or an "and" joins to a colleague whom the text names: they did it with them."""

import re
from collections.abc import Collection, Iterator

from servicestory.not_names import NOT_NAMES
from servicestory.wording.given import is_given, may_be_given
from servicestory.wording.joined import joined
from servicestory.wording.lexicon import FUNCTION

_WORDS = re.compile(r"[^\W_]+")


def beside(
    text: str, start: int, end: int, barred: Collection[str], house: Collection[str]
) -> Iterator[tuple[int, int]]:
    """[start, end) of each name joined to the one at [start, end): "Milo, Bo & Cy", "Milo and rosa".

    Hiding what is joined to a name takes any word with a capital; to say that somebody did it takes one that
    is no word of the dictionary, or that people are called by.

    Args:
        barred: words with a capital that are nobody's name here.
        house: words of its name.
    """
    if not _JOINED.match(text, end) and not _JOINS.search(text, max(0, start - 8), start):
        return
    words = list(_WORDS.finditer(text, max(0, start - _REACH), end + _REACH))
    first = next(at for at, word in enumerate(words) if word.start() >= start)
    last = first
    while last < len(words) and words[last].start() < end:
        last += 1
    before, after = joined(text, words, (first, last))
    for at, to in (*before, *after):
        to = at + 1 if words[at][0].islower() else to  # what follows may be no name
        if all(_may_be(word[0], house if word[0].islower() else barred) for word in words[at:to]):
            yield words[at].start(), words[to - 1].end()


_REACH = 2000
"""Characters on either side in which a list is looked for, else a long text is read once for each name."""
_JOINED = re.compile(r"\s*(?:[,&/]|\s(?:and|n)\b)")
_JOINS = re.compile(r"(?:[,&/]|\s(?:and|n))\s*$")


def _may_be(word: str, barred: Collection[str]) -> bool:
    from servicestory.wording.morphology import is_common  # its tables take long to load

    low = word.casefold()
    if low in NOT_NAMES or low in FUNCTION or low in barred or word.isupper():
        return False
    return may_be_given(word) if is_common(low) else (word[0].isupper() or is_given(low))
