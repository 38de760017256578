"""Own money, unpaid time, a broken rule: kind, but to be mended by the house, not to be spread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from servicestory.detect.sentences import split
from servicestory.models.story import Story
from servicestory.text import folded

Sort = Literal["own means", "unpaid time", "bent rule"]
_WORDS: dict[Sort, re.Pattern[str]] = {
    "own means": re.compile(
        r"(?i)\b(?:(?:out\s+of|from|with)\s+(?:his|her|their|my)\s+own\s+(?:pocket|money|purse|wallet)"
        r"|(?:his|her|their)\s+own\s+(?:money|credit\s+card|cash)"
        r"|paid\s+(?:\w+\s+){0,4}(?:himself|herself|themselves))\b"
    ),
    "unpaid time": re.compile(
        r"(?i)\b(?:(?:on|in|during|gave\s+up)\s+(?:his|her|their|my)\s+"
        r"(?:own\s+time|day\s+off|free\s+(?:time|day|evening)|lunch\s+break|holiday|break)|after\s+(?:his|her|their|my)\s+shift\s+(?:had\s+)?(?:ended|was\s+over|finished)"
        r"|(?:long\s+)?after\s+(?:his|her|their|my)\s+shift\b|unpaid\s+overtime|without\s+being\s+paid)"
    ),
    "bent rule": re.compile(
        r"(?i)\b(?:(?:against|broke|bent|breaking|bending|ignored|ignoring)\s+(?:\w+\s+){0,2}(?:rules?|policy|policies|"
        r"regulations?|procedures?)|(?:is|was|are)\s+not\s+(?:really\s+|actually\s+)?allowed\s+to)\b"
    ),
}
# Parts of words without which no pattern can match: most texts hold none, and are not searched.
_NEEDS: dict[Sort, tuple[str, ...]] = {
    "own means": (" own ", "paid"),
    "unpaid time": ("own time", "day off", "free ", "break", "holiday", "shift", "unpaid", "being paid"),
    "bent rule": ("rule", "polic", "regulation", "procedure", "allowed"),
}
# Who did it, as far as the sentence says: the teller, somebody of the teller's, or somebody told about.
_SUBJECT = re.compile(
    r"(?i)(?<![\w'’])(?:(?P<teller>(?:i|we)\b)|he\b|she\b|they\b|who\b"
    r"|(?:^|(?<=[,;:] )|(?<=\bwhen )|(?<=\bthat )|(?<=\bbut )|(?<=\bso ))(?P<family>(?:my|our)\s+(?:\w+\s+)?"
    r"(?:husband|wife|sons?|daughters?|mother|father|mum|mom|dad|parents|kids?|friends?|brother|sister|partner|"
    r"girlfriend|boyfriend|cousin|uncle|aunt|grand\w+|niece|nephew|family)\b(?!['’])))"
)
_CUSTOMER = re.compile(r"(?i)\b(?:customer|guest|client|patient|visitor|passenger|resident|diner|member)s?\b")
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
                    if field != "narrative" or not _of_a_customer(story, text, m)
                ]
        if story.rule_bent:
            found.append(Heroic(story.id, "bent rule", "rule_bent", 0, len(story.rule_bent)))
        if story.resources_extra:
            extra = story.resources_extra
            kind: Sort = "unpaid time" if _TIME.search(extra) else "own means"
            found.append(Heroic(story.id, kind, "resources_extra", 0, len(extra)))
    return found


def _of_a_customer(story: Story, text: str, sign: re.Match[str]) -> bool:
    """Whether the words are of who tells it or of their family, not of staff.

    A story that was imported, or whose reporter is a customer, is told by a customer; any other by a
    colleague, whose "I" is staff.
    """
    role = story.reporter.role if story.reporter else None
    by_staff = story.source is None and not (role and _CUSTOMER.search(role))
    words = set(sign.group().casefold().split())
    if "my" in words:
        return not by_staff
    start, end = next((s, e) for s, e in split(text) if e > sign.start())
    before = list(_SUBJECT.finditer(text[start : sign.start()]))
    subject = before[-1] if before else _SUBJECT.search(text[sign.end() : end].strip(" ,"))
    if not subject:
        return False
    return bool(subject["family"] or (subject["teller"] and not words & _WHOSE and not by_staff))
