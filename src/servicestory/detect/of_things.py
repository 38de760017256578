"""Clauses of things and of others within a deed, in the present: "those who had been on the list longest"."""

from collections.abc import Sequence

from servicestory.wording.lexicon import DETERMINERS, PREPOSITIONS

_RELATIVE = ("who", "that", "which")
_ONES = ("those", "one", "ones", "whoever")
_WIDEST = 4  # words of a thing that does something: "the last ferry of"
_WILL = ("will", "can", "may")
_DETERMINED = ("those", "these", "the", "an", "a")


def relative(words: Sequence[str], at: int, said: Sequence[str]) -> list[str]:
    """ "who had been" after those who had, in the present; empty where none begins at ``at`` for certain.

    Args:
        words: of the passage, in small letters.
        said: the words of the instruction so far.
    """
    from servicestory.wording.morphology import names_something, of_several, past_lemma, to_present

    if words[at] not in _RELATIVE or not said or at + 2 >= len(words):
        return []
    before = said[-1]
    thing = before in _ONES or (len(said) > 1 and said[-2] in DETERMINERS and names_something(before))
    if not thing or before in PREPOSITIONS or past_lemma(before) not in (None, before):
        return []
    now = to_present(words[at + 1], not (before == "those" or of_several(before)))
    # "the soup that had been kept" was kept that one time
    before_it = words[at] != "who" and now in ("has", "have")
    return [words[at], now] if now and words[at + 2].isalpha() and not before_it else []


def asked(words: Sequence[str], at: int, known: Sequence[bool]) -> tuple[list[str], int]:
    """ "what the wind would do" in the present, from the word that asks on, and how many words it takes.

    Nothing and 0 where no thing does something there: what people do is turned by who they are.
    """
    from servicestory.wording.morphology import is_verb, names_something, of_several, to_present

    n = at + 1
    if n >= len(words) or words[n] not in _DETERMINED:
        return [], 0
    thing: list[str] = []
    for n in range(at + 2, min(at + 2 + _WIDEST, len(words) - 1)):
        word = words[n]
        now = to_present(word, not (words[at + 1] in ("those", "these") or (thing and of_several(thing[-1]))))
        if thing and now and names_something(thing[-1]):
            if now in _WILL and not is_verb(words[n + 1]):
                return [], 0
            return [words[at], words[at + 1], *thing, now], n + 1 - at
        if not word.isalpha() or known[n] or word in PREPOSITIONS:
            return [], 0
        thing.append(word)
    return [], 0


def asks_to_its_end(words: list[str]) -> bool:
    """Whether a line ends with what a thing is or does: "ask how the dog is"."""
    return words[-1:] in (["is"], ["are"]) and any(word in ("how", "what", "where") for word in words[1:-2])
