"""Whether a word with a capital that nobody knows as a name is one, by what stands beside it.

No list of first names has everybody's. What only people are or do tells them: "Torvild is a kind person",
"Zuzkar & Ondrel have been the best", "Torvild was great. He …".
"""

import re
from collections.abc import Collection, Iterator

from servicestory.detect.around import (
    GUEST_BEFORE,
    GUEST_SIGNS,
    OPENS,
    PLACE_AFTER,
    RELATED_BEFORE,
    TASTED_BEFORE,
    THING_BEFORE,
    family_after,
    signed,
)
from servicestory.detect.cues import DOES, FIRM_BEFORE, PLAIN_ROLE, THANKS, WORKPLACE
from servicestory.not_names import NOT_NAMES, RELATED
from servicestory.offices import HEADS
from servicestory.wording.given import is_given, shouted
from servicestory.wording.lexicon import FIRST_NAMES

OFFICE = rf"(?:{PLAIN_ROLE}|boy|girl|lady|man|gentleman|employee)"
ROLES = rf"(?:{OFFICE}|{HEADS}|actor|actress|staff|person|personnel|dj|singer|madam|sir|bro)"
_HONOURS = r"bhai|bhaiya|bhaiyya|ji|garu|didi|saab|sahib|sahab|anna|akka|sir|san|kun"
_ROLE_BEFORE = re.compile(
    rf"(?i)\b{ROLES}\b\s*(?P<mark>[,:(\"'@-]{{0,2}})\s*[“‘]?(?-i:\s[B-HJ-Z]\.?\s+)?\s*$"
)
_ANYBODY = re.compile(r"(?i)(?:boy|girl|lady|man|gentleman|person|guy|executive)\b")
GIVEN = re.compile(
    rf"(?i)(?:\bth?an+[kx]\w*\s+(?:to\s+)?|\b{THANKS}\s*[,:!@-]?\s*(?:{ROLES}\s+)?"
    r"|\b(?:served|helped|assisted|attended|looked\s+after|greeted|welcomed|hosted|service|hospitality|care|done|made|"
    r"delivered|prepared|cooked|suggested|recommended|guided|treated)\s+(?:(?:us|me|to)\s+)?(?:(?:very\s+|so\s+)?well\s+)?(?:of\s+us\s+)?by\s+"
    r"|\b(?:especially|particularly|ask(?:ed)?\s+for|shout[\s-]*out|appreciate[ds]?|thank(?:ed|ing)?|commend(?:ed)?|praise[ds]?|love)\s+)$"
)
IN_OFFICE = re.compile(
    rf"(?i)\s*(?:[,(-]\s*(?:\w+\s+)?(?!man\b)|[,(-]?\s*\b(?:our|the|my|their|a|an)\s+(?:[\w&/'’-]+\s+){{0,3}}){OFFICE}\b"
    rf"|\s*,?\s+{WORKPLACE}\b|\s*(?:&|\band\b)\s*(?:(?:his|her)\s+)?(?:(?:whole|entire)\s+)?(?:team|crew)\b"
)
# "the staff, above all …": whoever is named next is one of them.
_PEOPLE = (
    r"service|staffs?|team|crew|hosts?|employees|every(?:one|body)|guys|people|colleagues|ladies|waiters|servers|"
    r"nurses|drivers"
)
_ONE_OF = re.compile(
    rf"(?i)\b(?:{_PEOPLE})\s+(?:such\s+as|like)\s+$|\b(?:{_PEOPLE})\b(?:[^.!?]{{0,40}}[\s,(](?:esp(?:ecially)?\.?|specially|particularly|in\s+particular|mainly|above\s+all|"
    r"namely)\s*,?\s*(?:by\s+|from\s+)?|\s*\(\s*)$|(?:^|[.!?]\s*)e?specially\s+$|\bspeci(?:al|ally|fically)\s+mention(?:\s+(?:of|to))?\s+$"
    r"|\bshout(?:[\s-]?out)?\s+(?:to|for)\s+$|\b(?:service|hospitality|help|kindness)\s+from\s+$"
)
_SOME_OF = re.compile(rf"(?i)\b(?:{_PEOPLE})\s+(?:are|were|is|was|have\s+been)\s+[^.!?,]{{3,24}},\s*$")
_LISTED = r"(?:\s*(?:,|&|\band\b)\s*(?:and\s+)?(?!and\b)[^\W\d_]{3,14}\b)"
_LISTS = re.compile(rf"{_LISTED}+")
_SERVICE = r"\s+(?:service|hospitality|help|kindness|smile|attention|care|patience)\b"
_SERVICE_OF = re.compile(rf"['’]s{_SERVICE}")
_ESPECIALLY = re.compile(r"(?i)\be?spe?ciall?y\s+$")
_SERVICE_NEXT = re.compile(r"\s+(?:service|hospitality|behaviou?r)\b")
SERVICE_IS = re.compile(r"\s+(?:service|hospitality)\s+(?:is|was)\b")
"""What may be said of a house as well as of somebody."""
HONOURED = re.compile(rf"(?i)\s+(?:{_HONOURS})\b")
# Whoever these words stand beside is somebody, whatever the word: no dish, place or firm does or hears it.
_SPEAKS = re.compile(
    r"(?i)(?:[,!?.][\"”'’]?\s+(?:said|says|asked|replied)"
    r"|\b(?:talk(?:ed|ing)?|spoke|spoken|speak(?:ing)?|chat(?:ted|ting)?)\s+(?:to|with))\s+$"
)
_ACTS = re.compile(
    r"\s+(?:also\s+|then\s+|\w+ly\s+)?(?:said|told|asked|smiled|noticed|listened|apologi[sz]ed|insisted|knew|waved|remembered|waited|"
    r"(?:left|gave|brought|lent|handed|showed|carried|drilled|wrote|drew|called|rang|phoned)\s+(?:us|me|him|her|them|my|our|a|an|the|only|some|every|so|such)|"
    r"(?:came|went|ran)\s+(?:over|back|out|himself|herself|up|above|beyond|the\s+extra)\b|took\s+(?:the\s+|h(?:is|er)\s+)?time\b)"
)
_GOOD = r"(?:nice|good|great|lovely|kind|amazing|awesome|wonderful|excellent|fantastic|superb|decent|best)"
_MUCH = r"an?|such|our|the|really|truly|real|absolute|total|very|so|too|super|extremely|always"
_VERY = rf"(?:(?:{_MUCH}|{_GOOD})\s+)*"
_BE = r"(?:is|was|are|were|ha(?:s|ve)\s+been)"
# "Tapan steward was kind", "Umakant is a gem", "Torvild & Zuzkar were very friendly"
_IS_SOMEBODY = re.compile(
    rf"\s+{OFFICE}\s+(?:was|is|who|has|had|helped|served|made|took)\b|{_LISTED}*\s+{_BE}\s+{_VERY}"
    r"(?:(?:gem|star|angel|sweetheart|legend|hero|blessing|darling|rock\s?star|gentleman|person|guy|lady|man|woman|pro|"
    r"host|hostess|human|soul|singer|people|persons|guys|hosts)\b|(?:friendly|polite|courteous|helpful|attentive|humble|hospitable|"
    r"apologetic|caring|considerate)\b|good\s+(?:in|at|with)\s+(?:(?:his|her|their)\s+)?(?:service|serving|work|job|hospitality)\b)"
    rf"|{_LISTED}+\s+have\s+been\s+(?:the\s+)?{_GOOD}\b|\s+(?:is|has\s+been|was)\s+(?:my|our)\s+(?:\w+\s+)?{OFFICE}\b"
)
_FINITE = re.compile(
    rf"{_LISTED}{{0,2}}\s+(?:(?:always|also|still|never|\w+ly)\s+)?(?:is|was|has|had|did|does|made|makes|took|takes|gave|gives|knows|knew|helped|served|sings?|plays?|cooks?|works?)\b"
)
# The first that is told of somebody after a name: a pronoun is the name's, but for another person in between.
_SOMEBODY = re.compile(
    rf"(?i)\b(?:(?P<pronoun>s?he|him|her|his|h(?:im|er)self)|{RELATED}|{OFFICE}s?|{_PEOPLE}|friends?|wife|husband)\b"
)
_AS_HE = re.compile(r"\s+(?:\w+\s+)?(?:as|because|since|who|when|coz|for)\s+(?:s?he|h(?:is|er))\b")
_FAR = 110  # characters in which the next sentence begins
_SHOUTED = re.compile(r"(?=.*[AEIOUY])[^\W\d_]{4,}")  # no letters of a firm: "KFC", "BBQ"
_AT = re.compile(r"(?i)(?<!walked )(?<!came )\b(?:in|at|into|near|visit\w*)\s+$")
_CLAUSE = re.compile(r"(?i)(?:[.!?,;:]\s*|\n\s*|\b(?:and|but|because|while|when|that)\s+)$")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2,}\b")


def role_before(before: str) -> re.Match[str] | None:
    """The role right before a name; not what a name itself begins with: "Lady Gaga", "Tropical Boy"."""
    role = None if FIRM_BEFORE.search(before) else _ROLE_BEFORE.search(before)
    if role and role[0][0].isupper() and _ANYBODY.match(role[0]) and not OPENS.search(before[: role.start()]):
        return None
    return role


def unheard(text: str, word: re.Match[str], doubtful: bool) -> bool:
    """Whether a word with a capital that no story tells of is a name here, by what stands beside it.

    Args:
        doubtful: it may as well be a word, or its capital tells nothing.
    """
    before, after = text[max(0, word.start() - 60) : word.start()], text[word.end() : word.end() + _FAR]
    if RELATED_BEFORE.search(before):
        return True
    shouting = word[0].isupper() and _SHOUTED.fullmatch(word[0])
    role = role_before(before)
    return not everyday(word[0].casefold()) and bool(
        guest(text, word)
        or (role and not role["mark"] and not PLACE_AFTER.match(after))
        or HONOURED.match(after)
        or _SPEAKS.search(before)
        or (not doubtful and family_after(after))
        or (OPENS.search(before) and _ACTS.match(after))
        or (not doubtful and _told_of(before, after))
        or (shouting and (GIVEN.search(before) or DOES.match(after)))
    )


def _told_of(before: str, after: str) -> bool:
    """Whether something is said of somebody, or about them."""
    if _AT.search(before):
        return False
    if IN_OFFICE.match(after) or _ONE_OF.search(before) or _SERVICE_OF.match(after):
        return True
    if _ESPECIALLY.search(before) and _SERVICE_NEXT.match(after):
        return True
    if PLACE_AFTER.match(after) and not SERVICE_IS.match(after):
        return False
    if THING_BEFORE.search(before) or TASTED_BEFORE.search(before):
        return False
    if _AS_HE.match(after) or (_SOME_OF.search(before) and _LISTS.match(after)):
        return True
    if before.strip() and not _CLAUSE.search(before):
        return False
    if _IS_SOMEBODY.match(after):
        return True
    told = _SOMEBODY.search(after) if _FINITE.match(after) else None
    return told is not None and told["pronoun"] is not None


def heard(text: str, worded: Collection[str], barred: Collection[str]) -> Iterator[str]:
    """The words of a text that only :func:`unheard` takes for names: what other stories may tell again.

    Args:
        worded, barred: words (folded) that are written small elsewhere, or are of a site's name.
    """
    for word in _CAPITAL.finditer(text):
        low = word[0].casefold()
        if low in NOT_NAMES or low in barred or low in worded or everyday(low):
            continue
        if low in FIRST_NAMES or is_given(low):
            continue
        if shouted(text):  # few texts have such a word, and all of a text has to be looked at
            return
        if unheard(text, word, False):
            yield word[0]


def everyday(low: str) -> bool:
    """Whether a word (folded) is one of the dictionary."""
    from servicestory.wording.morphology import is_common  # its tables take long to load

    return is_common(low)


def guest(text: str, word: re.Match[str]) -> bool:
    """Whether this is a guest's name, if it is one: "my wife Ilka", or what a text is signed with."""
    before = text[max(0, word.start() - 60) : word.start()]
    signs = GUEST_SIGNS.search(before) is not None or signed(text, *word.span())
    return (signs and not text[word.end() :].strip(" .!\n")) or GUEST_BEFORE.search(before) is not None


_CODE = re.compile(r"[A-Z]{2,4}s?")
_CODE_BESIDE = re.compile(r"[A-Z\d][-/]|[-/][A-Z\d]|\d")


def is_code(text: str, word: re.Match[str]) -> bool:
    """Whether capitals stand for a thing: "LHR", "IFEs", the "EDI" of "EDI-LCY"."""
    if not _CODE.fullmatch(word[0]):
        return False
    beside = text[max(0, word.start() - 2) : word.start()] + " " + text[word.end() : word.end() + 2]
    return not is_given(word[0]) or _CODE_BESIDE.search(beside) is not None
