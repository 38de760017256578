"""Names that a text tells by their place alone, of hurried tellers: in small letters, or all in capitals."""

import re
from collections.abc import Collection, Iterator

from servicestory.detect.cues import (
    BESIDE_ROLE,
    DID,
    PLAIN_ROLE,
    PRAISED,
    ROLE,
    SERVES_US,
    THANKS,
    WORDLIKE,
    words_of,
)
from servicestory.not_names import NOT_NAMES
from servicestory.wording.given import is_given
from servicestory.wording.joined import small_family
from servicestory.wording.lexicon import FIRST_NAMES, FUNCTION

_NAMED = r"(?:named|called|name\s+(?:is|was)|by\s+(?:the\s+)?name(?:\s+of)?)"
_TITLED = r"(?:mr|mrs|ms)\b\.?\s*"
_ENDS = re.compile(
    r"\s*(?:$|[,.!;&)/–—]|-\s|(?:was|is|were|are|who|and|has|had|for|really|very|always|just|so|such|did|took|made|gave|helped|served|called|"
    r"came|brought|told|n)\b)"
)
_NEXT = re.compile(r"(?<=\s)[a-z]+")
_SEVERAL = re.compile(r"\s+(?:are|were)\b")  # "the valet parkers are": no name
# Right after a role, a title or a thanks, where the sentence then goes on or ends: any word that is none.
_MARKED = re.compile(
    rf"(?i:(?P<role>\b{PLAIN_ROLE}\b\s*[,:(\"'-]?\s*(?:{_NAMED}\s+)?)"
    r"|(?P<thanks>\bthan(?:ks|x)\s+to\s+)|(?P<served>\b(?:served|helped|assisted|attended)(?:\s+us)?\s+by\s+)"
    rf"|(?P<title>\b{_TITLED}))(?i:{_TITLED})?(?P<n>[a-zà-öø-ÿ]{{3,14}})\b"
)
# A first name that is no word may stand beside more: thanks, what it is asked for, what only people do.
_FIRST_BEFORE = re.compile(
    rf"(?i:(?P<role>\b{PLAIN_ROLE}\b\s*[,:(\"'-]?\s*(?:(?:who\s+)?(?:(?:is|was)\s+{_NAMED}|is|was)\s+)?)"
    rf"|(?P<thanks>\b{THANKS}[\s,:!-]+(?:(?:to|our|the)\s+)?)|(?P<asked>\bask(?:ed)?\s+for\s+)"
    r"|(?P<above>\b(?:service|hospitality|staffs?|team|crew|guys|every(?:one|body))\b[^.!?]{0,30}"
    r"\b(?:especially|specially|particularly|mainly)\s+)"
    r"|(?P<served>\b(?:served|helped|assisted|attended|looked\s+after|service|hospitality|care|help)\s+(?:(?:us|of|was|done|given|provided|especially|specially)\s+){0,2}"
    rf"(?:by|from)\s+))(?:{_TITLED})?$"
)
_ASKED_FOR = re.compile(r"\s*(?:,?\s*(?:s?he|when|if|by\s+name|at\s+the|who)\b|and\s+(?:s?he|tell)\b)")
_ACTS_BEFORE = re.compile(r"(?:^|[.!?,;:(@#]\s*|\n\s*|\b(?:and|but|because|when|while|then|our|that)\s+)$")
_ACTS = re.compile(
    r"(?i)\s+(?:(?:also|always|really|kindly|even|who|then)\s+){0,2}(?:(?:helped|served|assisted|attended|greeted|welcomed|"
    r"looked\s+after|waited\s+on)\s+(?:us|me|our|my|every|(?:\w+\s+){0,2}well)\b|took\s+(?:\w+\s+){0,2}care\b|checked\s+us\s+in\b|"
    rf"{DID}\s+(?:us|me|him|her|them|my|our)\b|went\s+(?:out\s+of|above|the\s+extra)\b|"
    r"(?:was|is)\s+(?:(?:so|very|really|super|extremely|always)\s+){0,2}(?:helpful|attentive|courteous|polite|friendly|"
    r"hospitable|apologetic|patient|caring|thoughtful|considerate)\b)"
)
_WHYS = {
    "role": ROLE,
    "thanks": "thanked",
    "served": SERVES_US,
    "title": "named with a title",
    "asked": PRAISED,
    "above": PRAISED,
}
SMALL_WHYS = tuple(_WHYS.values())
"""Every reason there is for a name in small letters."""
TITLED = _WHYS["title"]
_BESIDE = BESIDE_ROLE | words_of("mr mrs ms thanks thanx served helped assisted attended", 2)
_SERVING_US = re.compile(
    r"(?i:\b(?:guiding|serving|helping|assisting|attending|welcoming|hosting|treating)\s+(?:us|me)\s+)"
    r"(?P<n>[a-zà-öø-ÿ]{3,14})(?=\s*(?:$|[,.!;)]|for\b))"
)
"""Who is thanked "for guiding us", called by a first name where the sentence ends or goes on."""
_LIST_IN_BRACKETS = re.compile(
    rf"(?i:\b(?:{PLAIN_ROLE}|staffs?|team|crew|guys|boys|girls|hospitality)"
    r"(?:\s+(?:was|were|is|are)\b[^.!?,;()]{0,50})?)\s*"
    r"\((?P<list>\s*[a-zà-öø-ÿ]{3,14}(?:\s*,\s*[a-zà-öø-ÿ]{3,14})*\s*(?:,|&|\band)\s*[a-zà-öø-ÿ]{3,14}\s*)\)"
)
"""Who they are that work there, after them or what they were like: "the boys (zuzka , ilka and torvild)"."""
"""Of a text without any of them no name in small letters is told by its place alone."""
_SERVES = (
    r"\s+(?:(?:also|really|always|kindly)\s+)?(?:helped|served|assisted|attended|greeted|welcomed|looked\s+after)"
    r"\s+(?:us|me|our|my|every)\b"
)
_SMALL = re.compile(
    rf"(?:(?:^|[.!?,:;(]\s*|\band\s+|\n\s*)(?P<served>[^\W\d_A-Z]{{3,14}})(?i:{_SERVES})"
    r"|(?i:\b(?:service|hospitality|support|served|cared?|assisted|helped)\s+"
    r"(?:(?:for|given|provided|done|offered|extended|rendered|especially)\s+){0,2}by\s+)(?P<by>[^\W\d_A-Z]{3,14})\b"
    r"|(?i:\b(?:mr|mrs|ms|dj)\b\.?\s*|(?<!\w)@)(?P<titled>[^\W\d_A-Z]{3,14})\b(?!_|['’]t\b)"
    r"|\b(?P<spoken>[^\W\d_A-Z]{3,14})(?=\s*,\s*s?he\s+(?:is|was|has)\b)"
    r"|(?i:\bthan(?:k\s+you|ks|x)\s+(?:(?:so|very)\s+much\s+)?(?:to\s+)?)(?P<thanked>[^\W\d_A-Z]{3,14})(?=\s*(?:[,.!;]|$|(?:for|you|such)\b)))"
)
# Between a thanks and what it is for stands somebody, whatever the word: "thanks will for the map".
_THANKED_FOR = re.compile(
    r"(?i:\b(?:thanks|thank\s+you|kudos)\s+(?:(?:so|very)\s+much\s+)?(?:to\s+)?)(?P<n>[a-z]{3,14})(?=\s+for\s+(?:[a-z]+ing|the|your|h(?:is|er))\b)"
)
# After a title an everyday word is somebody, too ("Miss pinky."), where the sentence goes on or ends.
_TITLED_WORD = re.compile(
    r"(?:(?i:\b(?:mrs?|ms|mister)\b\.?\s+)|(?<=[^\W\d_A-Z]\s)Miss\s+|(?<=,\s)Miss\s+"
    r"|(?i:\b(?:by|from|with|thanks(?:\s+to)?)\s+miss\s+))(?!(?:office|word|excel|teams)\b)(?P<n>[a-zà-öø-ÿ]{3,14})\b"
)
_GOOD = (
    r"(?:good|great|best|nice|super|superb|excellent|awesome|amazing|lovely|wonderful|fantastic|outstanding|perfect|quick|"
    r"polite|courteous|friendly|kind|helpful|attentive)"
)
# Of a dish or a room much else is said: these are praise of somebody's work only.
_WORK = r"(?:service|hospitality|behaviou?r|attitude)"
_BETWEEN = re.compile(rf"(?i:\b{_GOOD}\s+)(?P<n>[^\W\d_]{{3,14}})(?=(?i:['’]?s?\s+{_WORK}\b))")
_IN_CAPITALS = re.compile(
    r"(?:^|(?<=[.!?])\s*|\n\s*)(?P<n>[A-Z]{3,}(?:(?:\s*[,&]\s*|\s+(?:AND\s+)?)[A-Z]{3,}){0,3}?)\s+(?:WERE|WAS|ARE|IS)\s+"
    rf"(?:[A-Z]+\s+){{0,2}}?(?i:{_GOOD})\s+(?:AT|IN|WITH)\s+(?:[A-Z]+\s+)?(?i:{_WORK})\b"
)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_WHOLE = re.compile(rf"(?<![\w'’]){_WORDS.pattern}\b(?!['’]\w)")
_NAMES = re.compile(r"(?!AND\b)[A-Z]{3,}(?:\s+(?!AND\b)[A-Z]{3,})*")


def marked(text: str, said: Collection[str], barred: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Names of colleagues in small letters, with what makes them one, where only a name can stand.

    Args:
        said: the words of the text, folded.
    """
    seen = set[int]()
    for found in () if _BESIDE.isdisjoint(said) else _MARKED.finditer(text):
        several = found["n"].endswith("s") and _SEVERAL.match(text, found.end())
        if not several and _unknown(found["n"], barred) and _ENDS.match(text, found.end()):
            seen.add(found.start("n"))
            yield next(why for group, why in _WHYS.items() if found[group]), *found.span("n")
    for found in _SERVING_US.finditer(text) if not {"us", "me"}.isdisjoint(said) else ():
        if found.start("n") not in seen and is_given(found["n"]) and _unknown(found["n"], barred):
            seen.add(found.start("n"))
            yield SERVES_US, *found.span("n")
    for found in _LIST_IN_BRACKETS.finditer(text) if "(" in text else ():
        each = [word for word in _WHOLE.finditer(text, *found.span("list")) if word[0] != "and"]
        if all(_unknown(word[0], barred) for word in each):
            for word in each:
                seen.add(word.start())
                yield ROLE, *word.span()
    first = {word for word in said if len(word) > 2 and is_given(word) and _unknown(word, barred)}
    for start, end in _whole(text, first) if first else ():
        why = _first(text, start, end)
        if why and start not in seen:
            yield why, start, end


def _whole(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where these words stand in small letters, in order; no pattern is tried at every other word."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            here = _WHOLE.match(text, at)
            if here and here[0] == word:
                found.append(here.span())
            at = text.find(word, at + 1)
    return sorted(found)


def _first(text: str, start: int, end: int) -> str | None:
    """What makes a first name in small letters at [start, end) a colleague's; None where it may be a dish."""
    found = _FIRST_BEFORE.search(text, max(0, start - 60), start)
    if found:
        group = next(group for group in _WHYS if found.groupdict().get(group))
        goes_on = _ASKED_FOR.match(text, end) is not None if group == "asked" else _goes_on(text, end)
        return _WHYS[group] if goes_on else None
    acts = _ACTS.match(text, end) and _ACTS_BEFORE.search(text, max(0, start - 12), start)
    return SERVES_US if acts else None


def _goes_on(text: str, end: int) -> bool:
    """Whether a sentence may go on like this after somebody: "thanks lucy for", no "thanks soo much"."""
    from servicestory.wording.morphology import past_lemma  # its tables take long to load

    if _ENDS.match(text, end):
        return True
    word = _NEXT.match(text, end + 1)
    return word is not None and (
        word[0] in FUNCTION or past_lemma(word[0]) is not None or small_family(text, word)
    )


def in_small_letters(text: str, barred: Collection[str]) -> Iterator[int]:
    """Where a name in small letters begins that no story tells of: "torvald helped us", "mr holm"."""
    for found in _SMALL.finditer(text):
        group = found.lastgroup or ""
        word = found[group]
        if _unknown(word, barred):
            yield found.start(group)
    for found in _THANKED_FOR.finditer(text):
        if found["n"] in FIRST_NAMES and found["n"] not in barred:
            yield found.start("n")
    for found in _TITLED_WORD.finditer(text):
        word = found["n"]
        if word not in FUNCTION and word not in barred and _ENDS.match(text, found.end()):
            yield found.start("n")


def in_praise(text: str, barred: Collection[str]) -> Iterator[tuple[int, int]]:
    """[start, end) of each name that only praise of somebody's work tells, whatever its letters.

    "good torvild service" has a first name in it; in "AUP TORVILD ZUZKAR WERE EXCELLENT AT SERVICE", of a
    text in capitals, those before one and after it are names as well, unless the dictionary has them.
    """
    for found in _BETWEEN.finditer(text):
        if _unknown(found["n"].casefold(), barred) and is_given(found["n"]):
            yield found.span("n")
    for found in _IN_CAPITALS.finditer(text):
        words = [word for word in _WORDS.findall(found["n"].casefold()) if word != "and"]
        if all(_unknown(low, barred) for low in words) and any(map(is_given, words)):
            for name in _NAMES.finditer(text, *found.span("n")):
                yield name.span()


def _unknown(low: str, barred: Collection[str]) -> bool:
    return not (low in NOT_NAMES or low in barred or WORDLIKE.fullmatch(low) or _everyday(low))


def _everyday(low: str) -> bool:
    from servicestory.wording.morphology import is_common  # its tables take long to load

    return is_common(low)
