"""Which words of a question and its options tell what is meant, and whether they give the answer away."""

import re
from collections.abc import Collection

from servicestory.wording.acts import EMPTY, same_step
from servicestory.wording.manner import core
from servicestory.wording.material import Material
from servicestory.wording.showing import lemmas

_EMPTY = EMPTY | frozenset(
    re.findall(
        r"\w+",
        "give bring make take get let have keep put go come see who what when while how every all some any "
        "more from into that this these those they them there where which than then until not nobody",
    )
)


def alike(a: str, b: str) -> bool:
    """Whether two lines say the same, as far as their words tell."""
    from rapidfuzz import fuzz

    return same_step(a, b) or fuzz.token_set_ratio(core(a).casefold(), core(b).casefold()) >= 75


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


def told_often(material: Material) -> frozenset[str]:
    """What the evidence of a practice speaks of again and again: nothing about it is wrong in its moments."""
    places: dict[str, set[str]] = {}
    for cite in material.cites:
        for stem in stems(material.text_at(cite), material.customer):
            places.setdefault(stem, set()).add(cite.story)
    return frozenset(
        stem for stem, told in places.items() if len(told) > 1 and len(told) * 20 >= material.stories
    )
