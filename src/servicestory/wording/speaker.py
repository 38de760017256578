"""Who speaks in a story and of whom: whether "I" is somebody of the staff, and whether "she" is whom they served."""

import re
from collections.abc import Collection
from functools import lru_cache

from servicestory.models.story import Story
from servicestory.offices import ANY_OFFICE
from servicestory.wording import lexicon as lex
from servicestory.wording.doable import doable
from servicestory.wording.morphology import is_verb, past_lemma
from servicestory.wording.tokens import LONGEST, Told, sentences

_ANIMALS = re.compile(
    r"\b(?:dog|puppy|hound|greyhound|labrador|spaniel|terrier|collie|kennel|spayed|neutered|cat|kitten|rabbit|hamster|bird|parrot|horse|pony|guinea pig|budgie|tortoise|animal|pet|vet|paw|claw)s?\b",
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
    r"walked|led|drove|guided|seated|met|taught|found|fetched|warned|texted|wrote|made|got|kept|explained to|with|for|to) (?:me|us)\b|\bmy (?:own )?(?:new )?(?!colleagues?\b|desk\b|team\b|shift\b|apprentice\b)\w+",
    re.IGNORECASE,
)
_OUR_KIN = re.compile(rf"\bour (?:\w+ )?(?:{'|'.join(sorted(_KIN))})\b", re.IGNORECASE)
_WHO_IS_SERVED = lex.SERVED - {"member", "members"}
_AT_THE_DESK = re.compile(
    rf"\b(?:{'|'.join(sorted(lex.VAGUE_PEOPLE))}) (?:at|behind|from|in|on) (?:the |our |your )?(?:\w+ )?(?:{'|'.join(sorted(lex.STATIONS))})\b",
    re.IGNORECASE,
)
"""Somebody of the house, though "the lady" alone is whom it serves."""
_BY_TITLE = re.compile(r"\bfor (?:Mrs?|Ms|Miss|Frau|Herr)\.? (?=[A-Z])")
"""Somebody served, whom the teller knows by name."""
_OPEN_WHOSE = re.compile(
    r"\b(?:me|us|my|mine|our|ours|myself|ourselves|him|her|them)\b"
    r"|\b(?:I|we)(?:'d|'ve)? (?:\w+ly )?(?:arrived|asked for|booked|bought|came|chose|got|had|needed|ordered|paid|spent|stayed|used|visited|waited|wanted|was|were|went)\b",
    re.IGNORECASE,
)
"""What is done to the teller, or to somebody not named, and what customers do; then "I" may be either."""
_WE_DID = re.compile(
    r"(?:^|[.!?]\s+)(?:(?:Before|After|When|As soon as|While|If|Because|Since|Whenever|Once)\b[^,.!?]*, )?(?:we|I)(?:'d|'ve)? ",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(r"(?<![a-z] )(?<!, )\b(?:he|she|they)\b", re.IGNORECASE)
"""Somebody else as the doer of a sentence; behind another word it may be whomever it was done for."""
_SOMEBODY = re.compile(rf"\ban? {ANY_OFFICE}\b", re.IGNORECASE)
"""Somebody by trade whom the teller does not know: 'for a baker who starts at four'."""


def told_by(story: Story) -> Told:
    """How a story is told: imported, told here, or told here by somebody of the staff, whose "I" and "we" it is.

    Where nobody recorded who told it, or a colleague was served, it is whoever served if it speaks of somebody served as of another, and nothing
    in it was done to the teller or is the teller's own.
    """
    if story.source is not None and not story.people:
        return "elsewhere"  # a review; whoever imports with the colleagues' names imports the house's own stories
    role = set(_WORD.findall((story.reporter.role or "").casefold())) if story.reporter else set[str]()
    if role & (lex.SERVED | _KIN):
        return "here"
    if role and not story.internal:
        return "staff"
    return _teller(story.narrative, tuple(story.people))


@lru_cache(maxsize=4096)  # every place of a story asks for the whole
def _teller(text: str, people: tuple[str, ...]) -> Told:
    """Whose "I" and "we" it is, as the text alone tells it."""
    told = _AT_THE_DESK.sub(" ", text)
    low = {w.casefold().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(told)}
    if _did_it_all(text, people, low) or _habit(text, low):
        return "staff"
    spoken_of = low & (_WHO_IS_SERVED | (_OWNERS if of_animals(text) else frozenset()))
    return (
        "staff"
        if not _OUR_KIN.search(text)
        and (spoken_of or _BY_TITLE.search(text) or _SOMEBODY.search(text))
        and not _OF_A_CUSTOMER.search(text)
        else "here"
    )


def _did_it_all(text: str, people: Collection[str], low: Collection[str]) -> bool:
    """Whether "I" and "we" are the only ones who do anything: who was served tells what somebody else did."""
    names = {part for name in people for part in name.casefold().split()}
    return bool(
        _WE_DID.search(text)
        and not _OPEN_WHOSE.search(text)
        and not _CUSTOMERS_OWN.search(text)
        and not _ANOTHERS.search(text)
        and not any(word in names or word in lex.HOUSE_NOUNS or lex.by_trade(word) for word in low)
    )


def _habit(text: str, low: Collection[str]) -> bool:
    """Whether "we" and "I" tell what is their custom, and nothing is done to them: so tells only who works there."""
    found = _CUSTOM.search(text)
    done_to_them = _OF_A_CUSTOMER.search(_OF_THE_HOUSE.sub(" ", text))
    return bool(
        found
        and _custom_verb(found["verb"].casefold())
        and not done_to_them
        and not _ANOTHERS.search(text)
        and not any(word in _KIN for word in low)
    )


def _custom_verb(verb: str) -> bool:
    """Whether a word is the present of a deed of work; what customers do by custom is none ("we always book")."""
    return is_verb(verb) and past_lemma(verb) is None and doable(verb) and verb not in _CUSTOMERS_DO


_CUSTOM = re.compile(
    r"(?:^|[.!?]\s+)(?:(?:Before|After|When|Whenever|As soon as|If|Every|Each|At|For|On|In|With)\b[^.!?]*? )?"
    r"(?:we|I) (?:(?:always|never|also|usually|first|then) )*(?P<verb>[a-z-]+) (?:\w+ )*?(?:each|every|all|always|new|them|the|an?)\b",
    re.IGNORECASE,
)
_OF_THE_HOUSE = re.compile(
    r"\b(?:my|our) (?:first |own |best )?(?:name|colleagues?|number|mobile|hands?|desk|van|shift|team|apprentices?|trainees?|workshop|shop|kitchen|stock|tools|list|board)\b",
    re.IGNORECASE,
)
_CUSTOMERS_DO = frozenset(
    """book buy order pay come go visit use eat drink stay return recommend get take have ask need want like love choose
    spend travel shop watch try wait sit play bring hire rent""".split()
)

_CUSTOMERS_OWN = re.compile(
    rf"\b(?:we|I) (?:always|usually|often|never) (?:{'|'.join(sorted(_CUSTOMERS_DO - {'bring', 'ask', 'have', 'take', 'leave', 'get', 'watch'}))})\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)  # every sentence of a long story asks for the whole
def of_animals(text: str) -> bool:
    """Whether a text speaks of animals, so that "the owner" is whom they served."""
    return _ANIMALS.search(text) is not None


@lru_cache(maxsize=512)
def _served_before(text: str, start: int, names: frozenset[str]) -> frozenset[str]:
    owners = _OWNERS if of_animals(text) else frozenset[str]()
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
