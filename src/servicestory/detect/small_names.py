"""Names that a text tells by their place alone, of hurried tellers: in small letters, or all in capitals."""

import re
from collections.abc import Collection, Iterator

from servicestory.detect.cues import WORDLIKE
from servicestory.not_names import NOT_NAMES
from servicestory.wording.given import is_given

_SERVES = (
    r"\s+(?:(?:also|really|always|kindly)\s+)?(?:helped|served|assisted|attended|greeted|welcomed|looked\s+after)"
    r"\s+(?:us|me|our|my|every)\b"
)
_SMALL = re.compile(
    rf"(?:(?:^|[.!?,:;]\s*|\band\s+|\n\s*)(?P<served>[^\W\d_A-Z]{{3,14}})(?i:{_SERVES})"
    r"|(?i:\b(?:service|hospitality|support|served|cared?|assisted|helped)\s+"
    r"(?:(?:for|given|provided|done|offered|extended|rendered|especially)\s+){0,2}by\s+)(?P<by>[^\W\d_A-Z]{3,14})\b"
    r"|(?i:\b(?:mr|mrs|ms|dj)\b\.?\s*|(?<!\w)@)(?P<titled>[^\W\d_A-Z]{3,14})\b(?!_)"
    r"|\b(?P<spoken>[^\W\d_A-Z]{3,14})(?=\s*,\s*s?he\s+(?:is|was|has)\b)"
    r"|(?i:\bthan(?:k\s+you|ks|x)\s+(?:(?:so|very)\s+much\s+)?(?:to\s+)?)(?P<thanked>[^\W\d_A-Z]{3,14})(?=\s*(?:[,.!;]|$|for\b|you\b)))"
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
_NAMES = re.compile(r"(?!AND\b)[A-Z]{3,}(?:\s+(?!AND\b)[A-Z]{3,})*")


def in_small_letters(text: str, barred: Collection[str]) -> Iterator[int]:
    """Where a name in small letters begins that no story tells of: "torvald helped us", "mr holm"."""
    for found in _SMALL.finditer(text):
        group = found.lastgroup or ""
        word = found[group]
        if _unknown(word, barred):
            yield found.start(group)


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
