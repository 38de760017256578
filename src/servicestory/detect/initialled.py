"""Names of which the first is an initial: "R. Tull printed a sheet", "we rang R. Tull"."""

import re
from collections.abc import Iterator

from servicestory.detect.around import OPENS, PLACE_AFTER, THING_BEFORE
from servicestory.honorifics import TITLE_BEFORE
from servicestory.not_names import NOT_NAMES
from servicestory.wording.lexicon import FUNCTION, PREPOSITIONS

INITIAL = r"(?<![\w.&/-])(?!P\. ?S\.)(?<!\bP\. )"
"""Where initials may begin; a postscript ("P.S. Rosa came") is none."""
_INITIALLED = re.compile(rf"{INITIAL}[A-Z]\. ?(?:[A-Z]\. ?)?([A-ZÀ-ÖØ-Þ][\w'’-]*[a-zß-öø-ÿ])")
_LAST_WORD = re.compile(r"([a-z]+)\s+$")
_TO_SOMEBODY = frozenset(("to", "with", "by", "for", "from"))
_MARK = re.compile(r"(?:[,;:(–—-]|&)\s*[\"“‘]?$")


def initialled(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each initial with the family name after it.

    A letter with a stop may end a sentence as well ("vitamin D. Ines came"): so what stands before it must be
    the beginning of a sentence, a mark, a title, a small word or a deed, and no thing.
    """
    for found in _INITIALLED.finditer(text):
        before = text[max(0, found.start() - 60) : found.start()]
        low = found[1].casefold()
        if low in NOT_NAMES or low in FUNCTION or PLACE_AFTER.match(text[found.end() : found.end() + 60]):
            continue
        if leads_to(before, found[1]):
            yield found.span()


def leads_to(before: str, family: str) -> bool:
    """Whether somebody's name may follow; a word ("you and I. Lunch") may begin a sentence as well."""
    if OPENS.search(before) or TITLE_BEFORE.search(before) or _MARK.search(before):
        return True
    word = _LAST_WORD.search(before)
    if THING_BEFORE.search(before) or not word:
        return False
    from servicestory.wording.morphology import is_common, past_lemma  # its tables take long to load

    said = word[1]
    if said == "on":
        return False  # "on W. Broadway"
    small = said in (_TO_SOMEBODY if is_common(family.casefold()) else FUNCTION | PREPOSITIONS)
    return small or past_lemma(said) not in (None, "be", "have")
