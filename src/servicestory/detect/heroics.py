"""Own money, unpaid time, a broken rule: kind, but to be mended by the house, not to be spread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from servicestory.detect.sentences import split
from servicestory.models.story import Story
from servicestory.text import folded
from servicestory.wording.lexicon import STAFF_NOUNS

Sort = Literal["own means", "unpaid time", "bent rule"]
SORTS: tuple[Sort, ...] = get_args(Sort)
_WORDS: dict[Sort, re.Pattern[str]] = {
    "own means": re.compile(
        r"(?i)\b(?:(?:out\s+of|from|with)\s+(?:his|her|their|my)\s+own\s+(?:pocket|money|purse|wallet)"
        r"|(?:his|her|their)\s+own\s+(?:money|credit\s+card|cash|car)"
        r"|paid\s+(?:\w+\s+){0,4}(?:himself|herself|themselves)"
        r"|paid\s+for\s+(?:me|us|(?:my|our|the|his|her|their|a|an)\s+\w+)(?![^.;!?]*\bown\b))\b"
    ),
    "unpaid time": re.compile(
        r"(?i)\b(?:(?:on|in|during|gave\s+up)\s+(?:his|her|their|my)\s+"
        r"(?:own\s+time|day\s+off|free\s+(?:time|day|evening)|lunch\s+break|holiday|break)\b|after\s+(?:his|her|their|my)\s+shift\s+(?:had\s+)?(?:ended|was\s+over|finished)"
        r"|(?:(?:long\s+)?after|past|beyond)\s+(?:the\s+end\s+of\s+)?(?:his|her|their|my)\s+shift\b|off\s+the\s+clock"
        r"|unpaid\s+overtime|without\s+being\s+paid)"
    ),
    "bent rule": re.compile(
        r"(?i)\b(?:(?:against|broke|bent|breaking|bending|ignored|ignoring)\s+(?:\w+\s+){0,2}(?:rules?|policy|policies|"
        r"regulations?|procedures?)|(?:is|was|are)\s+not\s+(?:really\s+|actually\s+)?allowed\s+to)\b"
    ),
}
# Parts of words without which no pattern can match: most texts hold none, and are not searched.
_NEEDS: dict[Sort, tuple[str, ...]] = {
    "own means": (" own ", "paid"),
    "unpaid time": (
        "own time",
        "day off",
        "free ",
        "break",
        "holiday",
        "shift",
        "unpaid",
        "being paid",
        "the clock",
    ),
    "bent rule": ("rule", "polic", "regulation", "procedure", "allowed"),
}
_HOUSES = frozenset({"desk", "front-desk", "frontdesk", "kitchen", "reception"})
"""Places that stand for the house: what these pay is the house's money."""
# Who did it, as far as the sentence says: the teller, somebody of the teller's, another customer, or staff.
_OPENS = r"(?:^|(?<=[,;:.!?] )|(?<=\bwhen )|(?<=\bthat )|(?<=\bbut )|(?<=\bso ))"
_CUSTOMERS = r"(?:customer|guest|client|patient|visitor|passenger|resident|diner|member)s?\b"
_SUBJECT = re.compile(
    rf"(?i)(?<![\w'’])(?:(?P<served>{_OPENS}(?:(?:the|a|other|some|many|most)\s+)*{_CUSTOMERS}|{_CUSTOMERS}\s+who\b)"
    r"|(?P<teller>(?:i|we)\b)|(?P<one>(?:he|she)\b)|(?P<some>(?:they|who)\b)"
    rf"|{_OPENS}(?P<family>(?:my|our)\s+(?:\w+\s+)?"
    r"(?:husband|wife|sons?|daughters?|mother|father|mum|mom|dad|parents|kids?|friends?|brother|sister|partner|"
    r"girlfriend|boyfriend|cousin|uncle|aunt|grand\w+|niece|nephew|family)\b(?!['’]))"
    rf"|(?P<staff>(?:{'|'.join(sorted(STAFF_NOUNS - _HOUSES))})\b(?!['’])))"
)
_CUSTOMER = re.compile(rf"(?i)\b{_CUSTOMERS}")
_PLAINLY = re.compile(r"(?i)paid\s+for\b|\ballowed\b")
"""A sign only where it is plain that one of the staff did it: most people pay for what is theirs."""
_HOUSE_PAYS = re.compile(r"(?i)\b(?:company|corporate|business|petty\s+cash|expenses?|on\s+the\s+house)\b")
_IT = re.compile(r"(?i)\b(?:it|this|that|which)\s*$")
_NOT_DONE = re.compile(
    r"(?i)\b(?:if|unless|wish|wished|should|shouldn['’]t|ought)\b(?:(?!\b(?:and|but|so|then)\b)[^,;:.!?])*$"
)
"""What comes after it is supposed or asked for: "if they had to pay with their own money"."""
_YET = re.compile(
    r"(?i)\b(?:but|yet|though|although|still|anyway|despite|nevertheless|nonetheless|however|went|goes)\b"
)
"""The rule was not kept: without it the sentence only says what the rule is."""
_WHOSE = frozenset({"his", "her", "their", "himself", "herself", "themselves"})
_TIME = re.compile(r"(?i)\b(?:time|hours?|shift|overtime|off|break|evenings?|nights?|weekends?)\b")


@dataclass(frozen=True)
class Heroic:
    """One sign of heroics in a story: which sort, in which field, at which offsets."""

    story: str
    sort: Sort
    field: str
    start: int
    end: int


def heroics(stories: Sequence[Story]) -> list[Heroic]:
    """Stories in which somebody paid, stayed unpaid or broke a rule, by id; signs to be read, not findings.

    The fields ``resources_extra`` and ``rule_bent`` say it outright; the narrative and the behaviours are
    searched for the usual words. What a customer's narrative says of the customer or the family ("on my day
    off I often come here") is no sign. English only.
    """
    found: list[Heroic] = []
    for story in sorted(stories, key=lambda one: one.id):
        lines = [("narrative", story.narrative)]
        lines += [(f"behaviours[{i}]", line) for i, line in enumerate(story.behaviours)]
        for field, text in lines:
            small = folded(text)
            for sort, pattern in _WORDS.items():
                if not any(part in small for part in _NEEDS[sort]):
                    continue
                found += [
                    Heroic(story.id, sort, field, m.start(), m.end())
                    for m in pattern.finditer(text)
                    if field != "narrative" or _is_sign(story, text, m)
                ]
        if story.rule_bent:
            found.append(Heroic(story.id, "bent rule", "rule_bent", 0, len(story.rule_bent)))
        if story.resources_extra:
            extra = story.resources_extra
            kind: Sort = "unpaid time" if _TIME.search(extra) else "own means"
            found.append(Heroic(story.id, kind, "resources_extra", 0, len(extra)))
    return found


def _is_sign(story: Story, text: str, sign: re.Match[str]) -> bool:
    """Whether the words are of staff, not of who tells it, their family or another customer.

    A story that was imported, or whose reporter is a customer, is told by a customer; any other by a
    colleague, whose "I" is staff. What rule there is, is no sign where nobody went against it.
    """
    role = story.reporter.role if story.reporter else None
    by_staff = story.source is None and not (role and _CUSTOMER.search(role))
    said = sign.group().casefold()
    start, end = next((s, e) for s, e in split(text) if e > sign.start())
    if said.startswith("against") and not _YET.search(text[start:end]):
        return False
    if _NOT_DONE.search(text[start : sign.start()]):
        return False
    before = list(_SUBJECT.finditer(text[start : sign.start()]))
    if _PLAINLY.search(said):
        who = _plainly_who(before, text[:start])
        if before and before[-1].lastgroup == "one" and re.search(r"\b(?:his|her)\b", said):
            return False  # "she paid for her drink"
        if "allowed" in said and _IT.search(text[start : sign.start()]):
            return bool(_YET.search(text[sign.end() : end]))
        if "allowed" in said and before and text[start + before[-1].end() : sign.start()].strip():
            return False  # "she told me that suites are not allowed to"
        staff = who == "staff" or (who == "teller" and by_staff)
        return staff and not _HOUSE_PAYS.search(text[start:end])
    words = set(said.split())
    if "my" in words:
        return by_staff
    subject = before[-1] if before else _SUBJECT.search(text[sign.end() : end].strip(" ,"))
    whose = subject.lastgroup if subject else None
    return whose not in ("family", "served") and (whose != "teller" or bool(words & _WHOSE) or by_staff)


def _plainly_who(before: Sequence[re.Match[str]], earlier: str) -> str | None:
    """Who the subject of the sentence is; "he" is whoever was named last, there or in the sentence before."""
    if not before:
        return None
    who = before[-1].lastgroup
    if who not in ("one", "some"):
        return who
    start = split(earlier)[-1][0] if earlier.strip() else 0
    named = [m.lastgroup for m in (*_SUBJECT.finditer(earlier[start:]), *before)]
    last = next((one for one in reversed(named) if one in ("family", "served", "staff")), None)
    return last or ("staff" if who == "one" else None)
