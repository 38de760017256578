"""What is left of an instruction without what one telling adds: whose it was, of what make, where to.

A name is made of one of the passages, and says a habit of all: "walk the guest to the annexe" is what one
did, walking people to where they need to go is what all do. Each way of saying it so is one more.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from servicestory.detect.words import bases, word_set
from servicestory.wording.lexicon import DETERMINERS, PREPOSITIONS, TIMES_OF_DAY

WHERE = "to where they need to go"
_WHITHER = r"\b(?:to|into|as far as|over|through|along|up|down|upstairs|downstairs|out|round)\b"
_TAKES = re.compile(rf"(?i)^(take|bring|lead|accompany|escort|guide|walk)\b(?=.*?{_WHITHER})")
_GOES = re.compile(r"(?i)^(go|walk|come)\b")
_SMALL = (
    DETERMINERS
    | PREPOSITIONS
    | word_set(
        """and or not so as that which who it them you they than too very half few several couple later own
    yourself themselves"""
    )
)
_BEFORE_THINGS = word_set("a an the your their")
_NO_HEAD = TIMES_OF_DAY | word_set("side end part way thing one kind sort set pair lot bit time hand turn")
"""What says nothing without the word before it: "the far side"."""
_OF_IT = word_set("of about from with in for at on")
"""What may begin a part that only says more about the thing before it: "a book about sheep"."""
_ENDS = PREPOSITIONS - {"of"} | word_set("and so until till while before after when once next")
_LETS = word_set("let have make help ask")
_VOWELS = tuple("aeio")  # "a unit", "a used one": most words with a u have "a"


def broader(step: str, customer: str, shared: Collection[str]) -> Iterator[str]:
    """The instruction without the words that no other passage has, where what is left is whole.

    Args:
        step: an instruction.
        customer: the organisation's word for who is served, singular.
        shared: the words (:func:`~servicestory.detect.words.bases`) that some of the other passages have.
    """
    words = step.split()
    bare = _bare(words, customer, shared)
    if bare != words:
        yield " ".join(bare)
    for short in (_without_of(words, shared), _without_of(bare, shared)):
        if short:
            yield " ".join(short)


def _bare(words: Sequence[str], customer: str, shared: Collection[str]) -> list[str]:
    """The words without who else owns a thing and without what it was like, where nobody else says so."""
    first = 4 if words[0].lower() in _LETS else 1  # whoever is let, and what they do, stay
    kept, bare = list(words[:first]), False
    for word, ahead in pairwise([*words[first:], ""]):
        opens = kept[-1].lower() in _BEFORE_THINGS or kept[-1].lower().endswith("'s")
        alone = not _has(word.lower().removesuffix("'s"), shared)
        if opens and alone and _says_which(word.lower(), ahead.lower(), customer):
            bare = True
            continue
        if bare and kept[-1].lower() in ("a", "an") and word.isalpha():  # as told it is right: "an hour"
            kept[-1] = "an" if word.lower().startswith(_VOWELS) else "a"
        kept.append(word)
        bare = False
    return kept


def _says_which(word: str, ahead: str, customer: str) -> bool:
    """Whether a word only says whose or of what make the thing is that the word after it names."""
    from servicestory.wording.morphology import may_describe, names_something, past_lemma

    if not ahead.isalpha() or ahead in _SMALL | _NO_HEAD or ahead.endswith("ly"):
        return False
    if not (names_something(ahead) or may_describe(ahead)):
        return False
    if word.endswith(("'s", "s'")):
        return word.removesuffix("'s") != customer
    # "walking frame" and "float line" are one word in two, a "longer deadline" is the deed
    plain = may_describe(word) and not word.endswith(("ing", "er")) and past_lemma(ahead) is None
    return plain and word not in _SMALL and word != customer


def _without_of(words: Sequence[str], shared: Collection[str]) -> list[str]:
    """The words without the first part that only says more about a thing: "a book about sheep next to it"."""
    from servicestory.wording.morphology import is_verb

    # after "have the guest stay on" comes what they do
    for begin in range(5 if words[0].lower() in _LETS else 3, len(words) - 1):
        opens = words[begin].lower()
        # "a slip of paper" is one thing, "every shelf of the cabinet" says which
        which = opens != "of" or words[begin + 1].lower() in DETERMINERS
        if opens not in _OF_IT or not which or words[begin - 1].lower() in PREPOSITIONS:
            continue
        end = next((n for n in range(begin + 1, len(words)) if words[n].lower() in _ENDS), len(words))
        said = words[begin + 1 : end]
        if end + 1 < len(words) and words[end] == "and" and not is_verb(words[end + 1].lower()):
            continue  # "for kitchen and evening shift" is one part
        if end < len(words) and said and not any(_has(word.lower(), shared) for word in said):
            return [*words[:begin], *words[end:]]
    return []


def anywhere(step: str, customer: str, shared: Collection[str]) -> Iterator[str]:
    """Going along with somebody, to wherever it was, where the other passages do not say the same place.

    Args:
        step, customer: as for `broader`.
        shared: the words that most of the other passages have.
    """
    served = re.escape(customer)
    if found := _GOES.match(step):
        along = re.search(rf"\b(?:with|beside|alongside) the {served}\b", step)
        far = along and re.search(_WHITHER, step[found.end() :])
        if along and far and not _said_where(step[found.end() :], customer, shared):
            yield f"{found[1]} {along[0]} {WHERE}"
    found = _TAKES.match(step)
    whom = found and re.match(rf" the {served}\b(?!')", step[found.end() :])
    if found and whom and not _said_where(step[found.end() + whom.end() :], customer, shared):
        yield f"{found[1]}{whom[0]} {WHERE}"


def _said_where(rest: str, customer: str, shared: Collection[str]) -> bool:
    return any(word in shared for word in bases(rest) if word != customer)


def _has(word: str, shared: Collection[str]) -> bool:
    return any(base in shared for base in bases(word))
