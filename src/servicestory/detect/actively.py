"""Passives told actively: "a chair was brought by Omar for her" is "Omar brought a chair for her"."""

from collections.abc import Iterator, Sequence

from servicestory.detect.cut_out import BREAKS, ENDS, POSSESSIVE, SUBJECTS
from servicestory.wording.lexicon import DETERMINERS, PREPOSITIONS, WORKERS

_BE = frozenset(("was", "were", "is", "are", "got", "been"))
_HAD = frozenset(("had", "has", "have"))
_AS_OBJECT = {"i": "me", "we": "us", "he": "him", "she": "her", "they": "them"}
_OPENS_IT = DETERMINERS | SUBJECTS | POSSESSIVE | {"her"}
_REACH = 12  # words between what was done and who did it
_NOT_IN = (ENDS | BREAKS | {","}) - {"and"}


def actively(words: Sequence[str], known: Sequence[bool]) -> Iterator[tuple[list[str], list[bool]]]:
    """Each passive whose doer works here, with the doer first: the words, and which of them name one.

    Args:
        words: of a passage.
        known: by word, whether it names one who works here.
    """
    from servicestory.wording.morphology import participle_lemma, simple_past

    low = [word.lower() for word in words]
    for at, word in enumerate(low):
        if word not in _BE or at + 1 >= len(low):
            continue
        done = at + 1 + (low[at + 1].endswith("ly") and at + 2 < len(low))
        lemma = participle_lemma(low[done])
        by, who = _by_whom(low, known, done + 1) if lemma else (0, 0)
        thing = _thing(words, at - (word == "been" and low[at - 1] in _HAD)) if by else []
        if not lemma or not thing:
            continue
        end = next((n for n in range(who + 1, len(low)) if low[n] in _NOT_IN), len(low))
        told = [words[who], simple_past(lemma), *thing, *words[done + 1 : by], *words[who + 1 : end], "."]
        yield told, [True] + [False] * (len(told) - 1)


def _by_whom(low: Sequence[str], known: Sequence[bool], begin: int) -> tuple[int, int]:
    """Where "by" stands, and after it one who works here; zeros where the sentence goes on in another way."""
    for at in range(begin, min(begin + _REACH, len(low) - 1)):
        if low[at] in _NOT_IN or low[at] in _BE:
            break
        if low[at] == "by":
            who = at + 1 + (low[at + 1] in DETERMINERS and at + 2 < len(low))
            return (at, who) if known[who] or low[who] in WORKERS else (0, 0)
    return 0, 0


def _thing(words: Sequence[str], end: int) -> list[str]:
    """What it was done to (it ends before ``end``) as the object of a sentence; empty where that is open."""
    begin = end
    while begin and words[begin - 1].lower() not in _NOT_IN | {"and"}:
        begin -= 1
    opens = [n for n in range(begin, end) if words[n].lower() in _OPENS_IT]
    if words[begin : begin + 1] and words[begin].lower() in PREPOSITIONS:
        # "for each of them the way to the hostel was …": what stands behind the part before
        opens = [n for n in opens if words[n - 1].lower() not in PREPOSITIONS and n > begin + 1]
    if not opens or (opens[0] > begin and words[begin].lower() not in PREPOSITIONS):
        return []
    thing = list(words[opens[0] : end])
    first = thing[0].lower()
    if first in _AS_OBJECT:
        return [_AS_OBJECT[first]] if len(thing) == 1 else []
    return [first, *thing[1:]]
