"""Who speaks in a story and of whom: whether "I" is somebody of the staff, and whether "she" is whom they served."""

import re
from collections.abc import Collection
from functools import lru_cache

from servicestory.models.story import Story
from servicestory.offices import ANY_OFFICE
from servicestory.wording import lexicon as lex
from servicestory.wording.tokens import LONGEST, Told, sentences

_ANIMALS = re.compile(
    r"\b(?:dog|puppy|cat|kitten|rabbit|hamster|bird|parrot|horse|pony|guinea pig|budgie|tortoise|animal|pet|vet|paw|claw)s?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLES = frozenset("mr mrs ms miss frau herr".split())
_OWNERS = frozenset(("owner", "owners"))
_KIN = frozenset(w for w, what in lex.FAMILY.items() if what not in ("colleague", "group", "dog", "cat"))
_BACK = 2  # sentences in which somebody is looked for whom a pronoun may mean

# What only somebody who is served says: done to them, or theirs.
_OF_A_CUSTOMER = re.compile(
    r"\b(?:gave|brought|sent|showed|told|asked|called|phoned|rang|helped|offered|lent|let|took|served|greeted|handed|"
    r"made|got|kept|explained to|with|for|to) (?:me|us)\b|\bmy (?:own )?(?:new )?(?!colleagues?\b|desk\b|team\b|shift\b|apprentice\b)\w+",
    re.IGNORECASE,
)
_WHO_IS_SERVED = lex.SERVED - {"member", "members"}
_SOMEBODY = re.compile(rf"\ban? {ANY_OFFICE}\b", re.IGNORECASE)
"""Somebody by trade whom the teller does not know: 'for a baker who starts at four'."""


def told_by(story: Story) -> Told:
    """How a story is told: imported, told here, or told here by somebody of the staff, whose "I" and "we" it is.

    Where nobody recorded who told it, or a colleague was served, it is whoever served if it speaks of somebody served as of another, and nothing
    in it was done to the teller or is the teller's own.
    """
    if story.source is not None:
        return "elsewhere"
    role = set(_WORD.findall((story.reporter.role or "").casefold())) if story.reporter else set[str]()
    if role & (lex.SERVED | _KIN):
        return "here"
    if role and not story.internal:
        return "staff"
    low = {w.casefold().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(story.narrative)}
    spoken_of = low & (_WHO_IS_SERVED | (_OWNERS if _of_animals(story.narrative) else frozenset()))
    return (
        "staff"
        if (spoken_of or _SOMEBODY.search(story.narrative)) and not _OF_A_CUSTOMER.search(story.narrative)
        else "here"
    )


@lru_cache(maxsize=64)  # every sentence of a long story asks for the whole
def _of_animals(text: str) -> bool:
    """Whether a text speaks of animals, so that "the owner" is whom they served."""
    return _ANIMALS.search(text) is not None


@lru_cache(maxsize=512)
def _served_before(text: str, start: int, names: frozenset[str]) -> frozenset[str]:
    owners = _OWNERS if _of_animals(text) else frozenset[str]()
    said = text[max(0, start - LONGEST) : start]
    for first, end in reversed(sentences(said)[-_BACK:]):
        before = ""
        staff = served = False
        for found in _WORD.finditer(said, first, end):
            low = found[0].casefold().removesuffix("'s").removesuffix("’s")
            staff = staff or low in names or (low in lex.WORKERS and low not in owners)
            served = served or low in _WHO_IS_SERVED | owners or (before in _TITLES and low not in names)
            served = served or (before in ("my", "our") and low in _KIN)
            before = low
        if staff or served:
            return owners if staff else owners | {"she", "he"}
    return owners


def served_before(text: str, start: int, names: Collection[str]) -> frozenset[str]:
    """The words that are whom they served in the sentence at ``start``: "she", where the one before names only her.

    Args:
        names: lower-case names of people who work here.
    """
    return _served_before(text, start, frozenset(names))
