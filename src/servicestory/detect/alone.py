"""Whether a first name stands where only somebody can: "but Peter was", and not "near Charles River"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from servicestory.detect.around import OPENS, PLACE_AFTER, TASTED_BEFORE, THING_BEFORE
from servicestory.detect.cues import PLAIN_ROLE
from servicestory.models.story import Story
from servicestory.wording.given import is_given, shouted
from servicestory.wording.joined import GOES_ON_AFTER
from servicestory.wording.lexicon import FUNCTION

_ROLE = re.compile(rf"(?i){PLAIN_ROLE}|dj|mrs?|ms|miss|dr")
# What is said fondly before a first name: "old Petra fetched the keys".
_FOND = re.compile(r"(?i)(?<![\w'’-])(?P<whose>(?:our|my)\s+)?(?:good\s+old|old|young|little|poor|dear)\s+$")
_LAST = re.compile(r"([^\W\d_]+)[ \t]+$")
_NEXT = re.compile(r"[ \t]+([^\W\d_]+?)(?:n['’]t)?\b")
_MARK_BEFORE = re.compile(r"(?:[,;:(\[/&\"'“‘–—-]|\band|\bor)\s*$", re.IGNORECASE)
_LISTED_BEFORE = re.compile(
    r"([^\W\d_]+)(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*&\s*|/)$", re.IGNORECASE
)
# Whoever is spoken of follows these; a place or a thing follows "to", "from", "of" and their like as well.
_BEFORE = frozenset(
    """
    and or but with by for like that because when if as who whom while where so then than also both
    only even though although since until how why what whether without esp especially specially
    particularly mainly mostly however again including namely thank thanks thanking thx thanx hi hey
    hello dear meet meeting mention mentioning ask asking tell telling said says call hug bless
    appreciate miss chef nurse sister
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
_FROM = re.compile(
    r"\b(?:service|help|care|smiles?|greetings?|welcome|support|hospitality|advice|tips?|attention|assistance|"
    r"kindness|note|card|call|hug|treatment|recommendations?|suggestions?|especially|message|visit|patience|explanation)"
    r"\s+(?:we\s+(?:got|had)\s+|I\s+(?:got|had)\s+|received\s+)?(?:from|of)\s+$|\b(?:because|thanks)\s+(?:of|to)\s+$|\b(?:walked|came)\s+in\s+$"
    r"|(?:^|[.!?:,;]\s*|\n\s*)(?:from|to)\s+$|\b(?:talk(?:ed|ing)?|sp(?:oke|eak|eaking)|chat(?:ted|ting)?|listen(?:ed|ing)?|grateful|thankful|credit|kudos|"
    r"props|compliments|shout[\s-]?out)\s+(?:to|with|about)\s+$",
    re.IGNORECASE,
)
_GONE_TO = frozenset(
    """
    visited explored toured reached left saw watched tried ordered drank ate loved enjoyed booked
    chose had did used preferred heard played recommended passed crossed
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
_PLACE_BEFORE = re.compile(
    r"(?i)(?<!-)\b(?:the|an?|in|at|into|to|near|from|of|on|around|by\s+the|behind|opposite|outside|our|their|its|via|visit\w*)\s+$"
)
# Nobody but a place is what one leaves or packs for; what is packed for somebody stands between.
_BOUND_FOR = re.compile(
    r"(?i)\b(?:pack(?:s|ed|ing)?(?:\s+up)?|le(?:ave|aves|aving|ft)|bound|head(?:s|ed|ing)?|depart(?:s|ed|ing)?|sail(?:s|ed|ing)?|"
    r"embark(?:s|ed|ing)?|steer(?:s|ed|ing)?|set(?:s|ting)?\s+(?:off|out|sail)|off)\s+(?:back\s+|early\s+)?for\s+$"
)
_GOES_ON = re.compile(r"[^\W_][,;]?\s+$")
_IT_WAS = re.compile(r"\b(?:it|that|this)(?:\s+(?:was|is)|['’]s)\s+$", re.IGNORECASE)
_WHO = re.compile(r"\s*,?\s*(?:who|that)\b", re.IGNORECASE)
_AFTER = frozenset(
    """
    and or who whom whose at in from for with as is was are were has had have also always then both
    really very so again you it he she they we i such one here there his her their your did does do
    can could should will would even on behind our the my a an that because but when while if too
    made came took went never ever just still truly not deserves rocks rock by about to good great
    thanks thank best
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
_LETTERS = re.compile(r"[^\W\d_]+")
PIECE, WORTH = 5_000, 20_000
"""Texts whose words are counted at a time; from so many texts on by all processors."""
_SEVERAL = 2
_WORD = 0.3
"""Of as many times as a first name stands as somebody, small letters from which on it is a word as well."""
_OWNER = re.compile(r"['’]s?\b|['’]\s")
_OWNS = re.compile(r"['’]s?\s+([a-z]+)")


def stands_alone(text: str, start: int, end: int, loud: bool = False) -> bool:
    """Whether the word at [start, end) stands as somebody does, by its neighbours.

    Args:
        loud: from :func:`given.shouted`: the capitals of the text tell nothing.
    """
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    if PLACE_AFTER.match(after) or TASTED_BEFORE.search(before):
        return False
    return leads_to_somebody(before, loud, after) and leaves_off(after, loud)


def leads_to_somebody(before: str, loud: bool, after: str = "") -> bool:
    """Whether somebody may follow what stands before, and goes on with ``after``."""
    if not before.strip() or OPENS.search(before) or _FROM.search(before):
        return True
    fond = _FOND.search(before)  # but no "Old Jordan" within a sentence
    if fond and (fond[0].islower() or OPENS.search(before[: fond.start()])):
        return fond["whose"] is not None or leads_to_somebody(before[: fond.start()], loud, after)
    if _IT_WAS.search(before):
        return _WHO.match(after) is not None
    listed = _LISTED_BEFORE.search(before)
    if listed:  # what it is joined to says what it is: "Cambridge, Allston", "Rosa and Milo"
        word = listed[1]
        return loud or not word[0].isupper() or is_given(word) or word.casefold() in FUNCTION
    if _MARK_BEFORE.search(before):
        return True
    if THING_BEFORE.search(before) or _BOUND_FOR.search(before):
        return False
    last = _LAST.search(before)
    if last is None:
        return False
    word = last[1]
    opens = OPENS.search(before[: last.start()]) is not None
    if _ROLE.fullmatch(word):
        return True
    if word[0].isupper() and not opens and not loud:  # "Anil Nair": as the first of them stands
        return is_given(word) and leads_to_somebody(before[: last.start()], loud, after)
    return _leads(word.casefold())


def of_a_place(text: str, start: int, end: int) -> bool:
    """Whether the words beside it say that the word at [start, end) is of a place or a thing."""
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    if PLACE_AFTER.match(after) or TASTED_BEFORE.search(before) or compound(before, False):
        return True
    bound = _PLACE_BEFORE.search(before) or _BOUND_FOR.search(before)
    return bound is not None and not _FROM.search(before)


def compound(before: str, loud: bool) -> bool:
    """Whether the word before has a capital and is nobody's, so that both name a thing: "Eggs Benedict"."""
    last = _LAST.search(before)
    if last is None or loud or not last[1][0].isupper() or _ROLE.fullmatch(last[1]) or is_given(last[1]):
        return False
    low = last[1].casefold()
    return low not in FUNCTION and low not in _BEFORE and _GOES_ON.search(before[: last.start()]) is not None


def _leads(word: str) -> bool:
    from servicestory.wording.morphology import past_lemma  # its tables take long to load

    if word in _BEFORE or (word.endswith("ly") and len(word) > 4):
        return True
    return word not in _GONE_TO and past_lemma(word) not in (None, "be", "have", "do")


def owns(after: str) -> bool:
    """Whether a name owns what follows: "Peter's help", and not "Joe's Crab Shack" or "near Marshall's"."""
    owned = _OWNS.match(after)
    return owned is not None and owned[1] not in FUNCTION and owned[1] not in _AFTER


def leaves_off(after: str, loud: bool) -> bool:
    """Whether what stands behind may follow on somebody: no "paper", as in "asked for Fowler paper"."""
    from servicestory.wording.morphology import is_common, past_lemma, third_lemma

    if _OWNER.match(after):
        return owns(after)
    following = _NEXT.match(after)
    if following is None:
        return True
    word = following[1]
    low = word.casefold()
    if word[0].isupper() and not loud and low not in FUNCTION:
        # a family name, then as after a first name alone
        named = len(word) == 1 or is_given(word) or not (is_common(low) or word.isupper())
        return named and leaves_off(after[following.end() :], loud)
    if low in _AFTER or low.endswith("ly") or past_lemma(low) or third_lemma(low):
        return True
    # "Anil patil and", "Sabir kusal was": a family name in small letters
    return not is_common(low) and GOES_ON_AFTER.match(after, following.end()) is not None


class Use(NamedTuple):
    """How the stories use words (all folded).

    ``placed`` are first names that are places or words as often, ``worded`` words that several stories write
    small, ``told`` in how many stories each word is.
    """

    placed: frozenset[str]
    worded: frozenset[str]
    told: Mapping[str, int]


def use_of_words(stories: Iterable[Story]) -> Use:
    """How first names are used, and what else is written small."""
    from servicestory.processes import each

    texts = [story.narrative for story in stories]
    pieces = [texts[at : at + PIECE] for at in range(0, len(texts), PIECE)]
    alone, beside, small, told = (Counter[str]() for _ in range(4))
    for counted in each(_counted, pieces, len(texts) >= WORTH):
        for total, here in zip((alone, beside, small, told), counted, strict=True):
            total.update(here)
    worded = frozenset(word for word, count in small.items() if count >= _SEVERAL and len(word) > 2)
    placed = {word for word, count in beside.items() if count >= alone[word]}
    placed |= {word for word in alone.keys() & worded if small[word] >= _WORD * alone[word]}
    return Use(frozenset(placed), worded, told)


def _counted(texts: Sequence[str]) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """How often first names are somebody's and a place's; how many texts have a word small, and at all."""
    alone: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    small: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for text in texts:
        words = set(_LETTERS.findall(text))
        # counted without a step of our own for each word: this is done with every word of every story
        small.update(filter(str.islower, words))
        told.update(set(map(str.casefold, words)))
        given = {word for word in words if word[0].isupper() and is_given(word)}
        if not given or shouted(text):
            continue
        for start, end in _places(text, given):
            if stands_alone(text, start, end):
                alone[text[start:end].casefold()] += 1
            elif of_a_place(text, start, end):
                beside[text[start:end].casefold()] += 1
    return alone, beside, small, told


def _places(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where these words stand as whole words."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            here = _LETTERS.match(text, at)
            if here and here[0] == word and not (at and _LETTERS.match(text, at - 1)):
                yield here.span()
            at = text.find(word, at + 1)
