"""Who did it and what had gone wrong, as the evidence of a practice says in plain words: roles and kinds of failure."""

import re
from collections.abc import Iterable, Mapping

from servicestory.models.story import Story
from servicestory.offices import OFFICES, one_of
from servicestory.wording.roles import KIND
from servicestory.wording.steps import Cite
from servicestory.wording.tokens import STOP

LEAST = 2  # stories that must say so: one may speak of somebody in passing

# Whoever is asked, told or called is not the one who did it.
_ROLE = re.compile(
    rf"\b(?P<role>(?:{KIND} )?{one_of(set(OFFICES) - {'guy', 'owner', 'cook', 'host', 'guide'})})s?\b",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r"\b(?:ask(?:ed|ing)?|t(?:old|ell)|call(?:ed)?|to|for|with|my|thank(?:s|ed)?|thank you|is|was) (?:the |our |an? |his |her )?$",
    re.IGNORECASE,
)


def doers(passages: Iterable[tuple[Cite, str]], most: int = 3) -> list[tuple[str, int]]:
    """The roles in which people did it, with the number of stories, most told first: ("nurse", 3)."""
    told: dict[str, set[str]] = {}
    for cite, text in passages:
        for found in _ROLE.finditer(text):
            if not _DONE_TO.search(text[: found.start()]):
                told.setdefault(found["role"].casefold(), set()).add(cite.story)
    ranked = sorted(told, key=lambda role: (-len(told[role]), role))
    return [(role, len(told[role])) for role in ranked if len(told[role]) >= LEAST][:most]


# What went wrong, by its kind, as it is told; the first kind that fits a sentence counts.
_FAILURES = tuple(
    (re.compile(rf"\b(?:{told})\b", re.IGNORECASE), said)
    for told, said in (
        (r"wrong (?:order|dish|item|room|size|drink|food|bill|table|one)|mix(?:ed)?[- ]?up|instead of (?:what|the one) (?:i|we) (?:had )?ordered|not what (?:i|we) (?:had )?ordered",
         "the wrong thing was given or delivered"),
        (r"missing|forg[oe]t(?:ten)?|not (?:in|with) the (?:order|bag|package)|left out", "something was missing or forgotten"),
        (r"overcharged|(?:the|our|my) bill (?:was|had)|charged (?:twice|extra|for)|double[- ]booked|booking (?:error|was)|no record of",
         "the bill or the booking was wrong"),
        (r"(?:broken?|leak\w*|dripp\w*|blocked|clogged|jammed|stuck|burst|faulty|out of order)|(?:did(?: not|n't)|not|wasn't|isn't|stopped) work(?:ing)?|no (?:hot water|heating|power)",
         "something did not work"),
        (r"cold food|food (?:was|came|arrived) (?:\w+ )?cold|(?:under|over)cooked|undone|raw|burnt|stale|spoil\w*|too (?:spicy|salty)|bland|spill\w*|leaked",
         "the food was not as it should be"),
        (r"dirty|not (?:been )?clean(?:ed)?|hair in|cockroach\w*|insects?|flies", "something was not clean"),
        (r"(?:delay\w*|late delivery|long wait|waited (?:for )?(?:too )?(?:long|\d+)|took (?:too|so|very|a) long|(?:an|one|two|\d+) hours? late)", "it came late"),
        (r"noise|noisy|kept (?:us|me|him|her) awake", "there was noise"),
    )
)  # fmt: skip
# That something had gone wrong, whatever it was; a thing that somebody left behind, or a wait, need be no failure.
_AMISS = re.compile(
    r"\b(?:apolog\w+|(?:said|saying|so|very|truly) sorry|complain\w*|faults?|faulty|mistakes?|mistaken\w*|errors?"
    r"|(?:went|gone|going|goes|got it|gets it|the|was|were|is) wrong|fail(?:ed|s|ing|ures?)|br[oe]ken?(?: down)?"
    r"|repair\w*|mend(?:ed|ing|s)?|fix(?:ed|es|ing)?|refund\w*|compensat\w+|damaged?|torn|cracked|ruined|spoil[ts]"
    r"|(?<!no )(?<!any )(?<!without )(?:problems?|issues?)|resolv(?:ed|es|ing)|replac(?:ed|es|ing)|put (?:it|that|this|things?|everything) right)\b",
    re.IGNORECASE,
)
_AROUND = 200  # characters before a place in which what went wrong is looked for


def failures(places: Iterable[Cite], told: Mapping[str, Story]) -> list[tuple[str, int]]:
    """What had gone wrong before the practice helped, by kind, with the number of stories, most told first.

    Read are the sentences of a place and what stands before it: what is told afterwards is another matter. Of a
    story somebody marked as a recovery one is enough.
    """
    found: dict[str, set[str]] = {}
    for cite in places:
        if any(cite.story in stories for stories in found.values()):
            continue  # one story counts once
        story = told.get(cite.story)
        near = _near(story, cite.field, cite.start, cite.end) if story else ""
        said = next((said for pattern, said in _FAILURES if pattern.search(near)), None)
        if said:
            found.setdefault(said, set()).add(cite.story)
    ranked = sorted(found, key=lambda said: (-len(found[said]), said))
    sure = (
        said for said in ranked if len(found[said]) >= LEAST or any(told[s].recovery for s in found[said])
    )
    return [(said, len(found[said])) for said in sure]


def tells_of_failure(story: Story, field: str, start: int, end: int) -> bool:
    """Whether a story says, at a place of it or just before, that something had gone wrong; marked as such it does."""
    if story.recovery:
        return True
    near = _near(story, field, start, end)
    kinds = (pattern for pattern, said in _FAILURES if said not in _OF_THE_CUSTOMER)
    return bool(_AMISS.search(near)) or any(pattern.search(near) for pattern in kinds)


_OF_THE_CUSTOMER = ("something was missing or forgotten", "it came late")
"""Kinds of which the words alone do not say that the house was at fault."""


def _near(story: Story, field: str, start: int, end: int) -> str:
    """A place with up to two sentences that stand before it."""
    text = story.text_of(field) or ""
    return ". ".join(STOP.split(text[max(0, start - _AROUND) : end])[-3:])
