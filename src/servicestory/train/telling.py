"""Which words of a question and its options tell what is meant, and whether they give the answer away."""

import re
from collections.abc import Collection

from servicestory.wording.acts import EMPTY
from servicestory.wording.showing import lemmas

_EMPTY = EMPTY | frozenset(
    re.findall(
        r"\w+",
        "give bring make take get let have keep put go come see who what when while how every all some any "
        "before after "
        "more from into that this these those they them there where which than then until not nobody",
    )
)


def stems(text: str, word: str) -> frozenset[str]:
    """The beginnings of the words that say what an act is about."""
    plain = _EMPTY | {word, f"{word}s", f"{word}'s", "colleague", "colleagues", "colleague's"}
    return frozenset(w[:5] for w in re.findall(r"[a-z'-]+", text.casefold()) if len(w) > 2 and w not in plain)


def gives_away(text: str, right: str, wrong: Collection[str], word: str) -> bool:
    """Whether the right option has more of the question's telling words than every wrong one.

    A verb counts in whatever form it stands: "drew a map" gives "Draw a map" away.
    """
    asked = telling(text, word)
    most = max((len(telling(option, word) & asked) for option in wrong), default=0)
    return len(telling(right, word) & asked) > most


def telling(text: str, word: str) -> frozenset[str]:
    """The beginnings of the telling words, of each verb also that of its base form."""
    lows = re.findall(r"[a-z'-]+", text.casefold())
    return stems(" ".join([*lows, *(base for w in lows for base in lemmas(w))]), word)
