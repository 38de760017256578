"""What story after story tells that it was done with ("with our name on it"): a detail that many keep is a key point."""

import re
from collections.abc import Collection, Iterable

from servicestory.offices import OFFICES
from servicestory.text import listing
from servicestory.wording import lexicon as lex
from servicestory.wording.articles import with_article
from servicestory.wording.manner import MANNERS
from servicestory.wording.placed import whole_name
from servicestory.wording.showing import among, stems
from servicestory.wording.steps import Cite, KeyPoint

LEAST = 3  # stories that tell it; one may have had something with it by chance
LEAST_OR = 2  # stories that tell another thing of the same kind instead of it
_OURS, _UNCLEAR = frozenset(["my", "our"]), frozenset(["his", "her", "their"])
_ON_IT = re.compile(r" on(?: (?:it|them|each)\b|(?=[.,;]|$))")
# Small letters only: what is written large may be a name.
_WITH = re.compile(r"\b[Ww]ith (?P<whose>my|our|his|her|their|an?|the) (?P<what>[a-z'-]+(?: [a-z'-]+)*)")
_SOMEBODY = (
    frozenset(OFFICES) | frozenset(lex.FAMILY) | frozenset("colleague trainee team staff help".split())
)


def detail(
    passages: Iterable[tuple[Cite, str]], known: str, customer: str, names: Collection[str] = ()
) -> KeyPoint | None:
    """The thing most stories tell it was done with, and what some had instead; None where fewer than `LEAST` do.

    Args:
        passages: the places of a practice's evidence with their words.
        known: what the practice and its steps say already.
        names: names of people, small letters.
    """
    told: dict[str, dict[str, Cite]] = {}  # the thing -> story -> place
    ours: set[str] = set()
    unclear: set[str] = set()  # "his name" may be the colleague's, where nobody tells of "our name"
    on_it: dict[str, set[str]] = {}
    for cite, text in passages:
        for found in _WITH.finditer(text):
            what = whole_name(found["what"])
            if not what or _is_no_detail(what, found[0], known, customer, names):
                continue
            told.setdefault(what, {}).setdefault(cite.story, cite)
            if found["whose"] in _OURS:
                ours.add(what)
            elif found["whose"] in _UNCLEAR:
                unclear.add(what)
            if _ON_IT.match(text, found.start("what") + len(what)):
                on_it.setdefault(what, set()).add(cite.story)
    sure = [what for what in told if what in ours or what not in unclear]
    ranked = sorted(sure, key=lambda what: (-len(told[what]), what))
    if not ranked or len(told[ranked[0]]) < LEAST:
        return None
    first = ranked[0]
    same = [w for w in ranked[1:] if len(told[w]) >= LEAST_OR and (w in ours) == (first in ours)]
    things = [first, *same[:1]]
    said = (
        f"the {customer}'s {listing(things, 'or')}"
        if first in ours
        else listing([with_article(what) for what in things], "or")
    )
    cites = tuple(sorted({c for w in things for c in told[w].values()}))
    stories = {c.story for c in cites}
    if len(set().union(*(on_it.get(w, set()) for w in things))) * 2 > len(stories):
        said += " on it"
    return KeyPoint(f"With {said}", "", False, cites)


def _is_no_detail(what: str, said: str, known: str, customer: str, names: Collection[str]) -> bool:
    words = set(what.split())
    return bool(
        words & (_SOMEBODY | set(names) | {customer})
        or any(manner.pattern.search(said) for manner in MANNERS)
        or among(stems(what, customer), stems(known, customer))
    )
