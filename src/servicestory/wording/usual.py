"""Usual words that nobody is called by, so that a text of such words alone need not be read for names.

To look a word up in the dictionary takes half a second to load; this list takes some milliseconds. It knows
fewer words: what is not in it may still be an everyday one. `tools/usual_words.py` makes it.
"""

import gzip
from functools import cache
from importlib.resources import files


@cache
def _words() -> frozenset[str]:
    packed = (files("servicestory.wording") / "usual.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split("\n"))


def is_usual(word: str) -> bool:
    """Whether ``word`` (lower case) is one of them."""
    return word in _words()
