"""Whether a name on record that is typed in small letters stands for somebody: "rahman helped me".

A name that is no word is one in any case. One that is a word as well ("rose", "mark", "will") needs somebody's
place: after thanks, a role or a title, or doing at the head of a clause what somebody has done.
"""

import re

from servicestory.honorifics import ANY_TITLE
from servicestory.not_names import FAMILY_NAMES
from servicestory.offices import ANY_OFFICE

_LEADS = re.compile(
    r"(?i)(?:\b(?:thanks?|thank\s+you|thx|kudos)(?:\s+(?:so|very)\s+much)?(?:\s+(?:again|to))*"
    r"|\b(?:served|helped|assisted|greeted|welcomed|driven|treated|looked\s+after)\s+(?:\w+\s+){0,2}?by"
    rf"|\b(?:named|called)|\b(?-i:{ANY_TITLE})\.?)[\s,:]+$"
)
_ROLE = re.compile(rf"(?i)\b(?:{ANY_OFFICE})\s+$")
_ENDS = re.compile(r"\s*(?:$|[.,;:!?)])")
_OPENS = re.compile(r"(?:^|[.!?;:,]\s+|\n\s*|\b(?:and|but|because|when|then|that)\s+)$", re.IGNORECASE)
_NEXT = re.compile(r"\s+([a-z]+)\b(?!['’])")
# What somebody does, or what is done to somebody: no "price increased".
_ACTS = re.compile(
    r"\s+(?:helped|served|assisted|greeted|welcomed|received|smiled|waited|came|went|ran|said|told|asked|listened)\b"
    r"|\s+[a-z]+\s+(?:me|us|him|her|them|it|my|our|his|their|the|an?|over|back)\b"
)
_BEFORE = 60  # characters looked at


def is_somebody(text: str, start: int, end: int, english: bool = True) -> bool:
    """Whether the word in small letters at [start, end), a single name on record, is that person.

    Args:
        english: whether the house tells in English; of another language only names that are usual ones
            are known to be no words.
    """
    from servicestory.wording.morphology import is_common, past_lemma  # their tables take long to load

    low = text[start:end].casefold()
    if not is_common(low) and (english or low in FAMILY_NAMES):
        return True
    before = text[max(0, start - _BEFORE) : start]
    does = _NEXT.match(text, end)
    done = past_lemma(does[1]) if does else None
    if _LEADS.search(before):
        # "thanks will be given", "the manager will come": what a helping verb is followed by
        helping = low in ("will", "may", "can") and does is not None and done in (None, "be", "have")
        return not helping
    if _ROLE.search(before):  # "our waiter mark was kind", and not "the porter rose from his chair"
        return done is not None or (_ENDS.match(text, end) is not None and past_lemma(low) is None)
    acts = done not in (None, "be", "have", does and does[1]) and _ACTS.match(text, end)  # not "will put"
    return bool(acts) and _OPENS.search(before) is not None
