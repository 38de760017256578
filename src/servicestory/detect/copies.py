"""Finds what was told more than once in the same words: copies count as copies, never as more evidence."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from math import log

from servicestory.detect.words import STOP, root, tokens

WHOLE_TEXT = 4
"""Fewest words of a text that stands for a copy where another story says just the same."""
LEAST_WORDS = 6
"""Shorter passages ("very prompt service") are the same by chance, not by copying."""
CHANCE = 1e-4
"""Of the same place and day: so few passages may hold all the words of another for it to be no chance."""
LOOKED_AT = 50
"""Passages of one place and day with the same rare word that are compared with another; bounds the time."""


def fingerprint(text: str) -> tuple[str, ...]:
    """What is left of a text when case, marks, numbers, order of writing and small words do not count."""
    kept = [t.lower() for t in tokens(text) if t[0].isalpha()]
    if len(kept) < LEAST_WORDS:
        return ()
    core = [root(w) for w in kept if w not in STOP]
    return tuple(sorted(set(core))) if len(core) >= LEAST_WORDS // 2 else tuple(kept)


def spoken(text: str) -> str:
    """A text as it would be read out: what is alike in this is said in just the same words."""
    return " ".join(text.lower().split()).strip(" .,;:!-")


def group(texts: Sequence[str], told_at: Sequence[Hashable | None] | None = None) -> list[int]:
    """For each text the position of the first text that says the same in (nearly) the same words.

    Two passages are copies when they have the same fingerprint, or, with ten or more telling words each, when
    at least nine tenths of these are shared (found over shared rare words, so time stays linear). Of the same
    place and day they are so, too, when one holds all telling words of the other and at most as many more,
    and these words are so rare together that this is no chance; then it is the one that says most.

    Args:
        told_at: for each text the place and day it is told of; None where that is not known.
    """
    prints = [fingerprint(t) for t in texts]
    first: dict[tuple[str, ...], int] = {}
    owner = [first.setdefault(p, i) if p else i for i, p in enumerate(prints)]
    count: dict[str, int] = {}
    for p in first:
        for w in set(p):
            count[w] = count.get(w, 0) + 1
    seen: dict[tuple[str, ...], list[int]] = {}
    for p, i in sorted(first.items(), key=lambda item: item[1]):
        words = set(p)
        if len(words) < 10:
            continue
        rare = sorted(words, key=lambda w: (count[w], w))
        # copies that differ in one word in ten share two of their four rarest words
        keys = [(rare[a], rare[b]) for a in range(4) for b in range(a + 1, 4)]
        near = {j for k in keys for j in seen.get(k, ())}
        twin = min(
            (j for j in near if len(words & set(prints[j])) >= 0.9 * max(len(words), len(prints[j]))),
            default=None,
        )
        if twin is not None:
            owner[i] = twin
        else:
            for k in keys:
                held = seen.setdefault(k, [])
                if len(held) < 20:
                    held.append(i)
    owner = [owner[o] for o in owner]
    return _of_one_day(texts, owner, told_at, count, len(first)) if told_at else owner


def _of_one_day(
    texts: Sequence[str],
    owner: Sequence[int],
    told_at: Sequence[Hashable | None],
    count: Mapping[str, int],
    passages: int,
) -> list[int]:
    """``owner`` with those that hold each other's words at one place and day as one.

    Args:
        count: in how many of so many ``passages`` each word is.
    """
    found = list(range(len(texts)))
    buckets: dict[Hashable, list[int]] = {}
    for i, at in enumerate(told_at):
        if at is not None and owner[i] == i:
            buckets.setdefault(at, []).append(i)
    for rows in buckets.values():
        if len(rows) < 2:
            continue
        telling = {i: _telling(texts[i]) for i in rows}
        here = Counter(word for words in telling.values() for word in words)
        holding: dict[str, list[int]] = {}
        for i in rows:
            for word in telling[i]:
                holding.setdefault(word, []).append(i)
        for i in rows:
            words = telling[i]
            beside = (max(count.get(word, 0) - 2, 1) for word in words)  # the two that are compared
            rare = sum(log(max(passages, 1) / number) for number in beside)
            if len(words) < LEAST_WORDS // 2 or rare < -log(CHANCE):
                continue
            seldom = min(words, key=lambda word: (here[word], word))
            for j in holding[seldom][:LOOKED_AT]:
                if j != i and words <= telling[j] and len(telling[j]) <= 2 * len(words):
                    # the one that says most stands for all: it may say who
                    ends = sorted((_first(found, i), _first(found, j)), key=lambda k: (-len(telling[k]), k))
                    found[ends[1]] = ends[0]
    return [_first(found, o) for o in owner]


def _telling(text: str) -> frozenset[str]:
    small = (token.lower() for token in tokens(text) if token[0].isalpha())
    return frozenset(root(word) for word in small if word not in STOP)


def _first(found: Sequence[int], i: int) -> int:
    while found[i] != i:
        i = found[i]
    return i
