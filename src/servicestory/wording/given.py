"""First names: 59,000 from the births of the United States since 1930, whose families come from everywhere, and
those that other countries list.

A name is there in small letters and without accents; a word of the dictionary ("rose") only where it is a usual
name as well, and with a question mark where it is a word first ("sunny"). Counts: Social Security Administration,
public domain, and the lists of `faker`, MIT; `tools/given_names.py` makes the list.
"""

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

from servicestory.text import spelled

_CAPITALS = 0.6
"""Of a text's words of three letters or more: from this share on capitals are a habit."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_LIST = "given.txt.gz"


def packed() -> bytes:
    """The list as it is kept: what was read with another is read anew."""
    return (files("servicestory.wording") / _LIST).read_bytes()


@cache
def _names() -> frozenset[str]:
    return frozenset(gzip.decompress(packed()).decode("ascii").split("\n"))


@lru_cache(maxsize=20_000)
def is_given(word: str) -> bool:
    """Whether ``word`` (any case, with or without accents) is a first name."""
    return not spelled(word).isdisjoint(_names())


def may_be_given(word: str) -> bool:
    """Whether it is one, or a word that some people are called by: "Sunny"."""
    ways = spelled(word)
    return not ways.isdisjoint(_names()) or any(f"{way}?" in _names() for way in ways)


@lru_cache(maxsize=20_000)
def stands_for(word: str, capital: bool, rest_named: bool) -> bool:
    """Whether the first word of a longer name says who is meant: "Ada" of "Ada Brisk", no "old" of "Old Len".

    An everyday word does so with its capital, unless nobody is called by it and the rest is a name already.
    """
    from servicestory.wording.morphology import is_common  # its tables take long to load

    if is_given(word) or not is_common(word.casefold()):
        return True
    return capital and (may_be_given(word) or not rest_named)


@lru_cache(maxsize=64)
def shouted(text: str) -> bool:
    """Whether most words of a text have a capital, so that one tells nothing."""
    words = _WORD.findall(text)
    return len(words) >= 5 and sum(map(str.isupper, [word[0] for word in words])) > _CAPITALS * len(words)
