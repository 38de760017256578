"""Finds what was told more than once in the same words: copies count as copies, never as more evidence."""

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from servicestory.detect.words import STOP, root, tokens

WHOLE_TEXT = 4
"""Fewest words of a text that stands for a copy where another story says just the same."""
LEAST_WORDS = 6
"""Shorter passages ("very prompt service") are the same by chance, not by copying."""
CHANCE = 1e-4
"""Of the same place and day: so few passages may hold all the words of another for it to be no chance."""
LONG = 30
"""Words nobody says twice: from so many on the same ones are pasted, whatever day and person they bear."""
LOOKED_AT = 50
"""Passages of one place and day with the same rare word that are compared with another; bounds the time."""

_NUMBERED = re.compile(r"\b[^\W\d_]+\d+\b")  # "P7": who or what it is, where a number alone is a detail


@dataclass(frozen=True)
class Occasion:
    """Who did it, when and where, as recorded of a story: what parts two tellings in like words.

    ``who`` are the people recorded of it, folded; ``when`` is its date and site, None where it has no date.
    """

    who: frozenset[str] = frozenset()
    when: Hashable | None = None

    def may_be(self, other: "Occasion") -> bool:
        """Whether nothing recorded parts the two; one that names nobody may be a copy of any."""
        if not self.who or not other.who:
            return True
        return self.who == other.who and (self.when == other.when or None in (self.when, other.when))

    @property
    def recorded(self) -> int:
        """How much of it is: 2 who and when, 1 who, 0 neither."""
        return bool(self.who) * (1 + (self.when is not None))


def first_of(said: Sequence[Hashable | None], occasions: Sequence[Occasion]) -> list[int]:
    """For each position the first that says the same and may be of the same occasion.

    Those of which most is recorded come first: one that names nobody is counted with one that does.

    Args:
        said: what is told; None is like nothing else.
    """
    found = list(range(len(said)))
    seen: dict[Hashable, int] = {}
    for i in _most_recorded_first(found, occasions):
        if said[i] is None:
            continue
        known = occasions[i].recorded
        key = (said[i], occasions[i].who, occasions[i].when)[: known + 1]
        found[i] = seen.get(key, i)
        for parts in range(1, known + 2):
            seen.setdefault(key[:parts], found[i])
    return found


def _most_recorded_first(rows: Sequence[int], occasions: Sequence[Occasion]) -> list[int]:
    return sorted(rows, key=lambda i: (-occasions[i].recorded, i))


def fingerprint(text: str) -> tuple[str, ...]:
    """What is left of a text when case, marks, numbers, order of writing and small words do not count.

    A number that is part of a word counts: "P1" and "P7" are two.
    """
    kept = [t.lower() for t in tokens(text) if t[0].isalpha()]
    if len(kept) < LEAST_WORDS:
        return ()
    numbered = [word.lower() for word in _NUMBERED.findall(text)]
    core = [*(root(w) for w in kept if w not in STOP), *numbered]
    return tuple(sorted(set(core))) if len(core) >= LEAST_WORDS // 2 else tuple(kept)


def spoken(text: str) -> str:
    """A text as it would be read out: what is alike in this is said in just the same words."""
    return " ".join(text.lower().split()).strip(" .,;:!-")


def group(
    texts: Sequence[str],
    told_at: Sequence[Hashable | None] | None = None,
    occasions: Sequence[Occasion] | None = None,
) -> list[int]:
    """For each text the position of the first text that says the same in (nearly) the same words.

    Two passages are copies when they have the same fingerprint, or, with ten or more telling words each, when
    at least nine tenths of these are shared (found over shared rare words, so time stays linear). Of the same
    place and day they are so, too, when one holds all telling words of the other and at most as many more,
    and these words are so rare together that this is no chance; then it is the one that says most.

    Where people are recorded of both and who, day or site differ, they are two occasions, and no copies:
    whoever notes down the same deed each time does it in the same words. Only :data:`LONG` texts that agree
    word for word are pasted all the same.

    Args:
        told_at: for each text the place and day it is told of; None where that is not known.
        occasions: for each text what is recorded of its story; without it nothing is.
    """
    occasions = list(occasions or [Occasion()] * len(texts))
    prints = [fingerprint(t) for t in texts]
    owner = _pasted(texts, first_of([p or None for p in prints], occasions))
    count = Counter(word for p in set(prints) for word in set(p))
    seen: dict[tuple[str, ...], list[int]] = {}
    for i in _most_recorded_first([i for i, f in enumerate(owner) if f == i], occasions):
        words = set(prints[i])
        if len(words) < 10:
            continue
        rare = sorted(words, key=lambda w: (count[w], w))
        # copies that differ in one word in ten share two of their four rarest words
        keys = [(rare[a], rare[b]) for a in range(4) for b in range(a + 1, 4)]
        near = {j for k in keys for j in seen.get(k, ()) if occasions[i].may_be(occasions[j])}
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
    if told_at is None:
        return owner
    return _of_one_day(texts, owner, told_at, occasions, count, len(set(prints) - {()}))


def _pasted(texts: Sequence[str], owner: Sequence[int]) -> list[int]:
    """``owner`` with long texts that agree word for word as one, whatever is recorded of them."""
    first: dict[str, int] = {}
    found = list(owner)
    for i, f in enumerate(owner):
        words = texts[i].lower().split() if f == i else []
        if len(words) >= LONG:
            found[i] = first.setdefault(" ".join(words), i)
    return [found[f] for f in owner]


def _of_one_day(
    texts: Sequence[str],
    owner: Sequence[int],
    told_at: Sequence[Hashable | None],
    occasions: Sequence[Occasion],
    count: Mapping[str, int],
    passages: int,
) -> list[int]:
    """``owner`` with those that hold each other's words at one place and day as one.

    Args:
        occasions: of the same day, so that only who did it can part them.
        count: in how many of so many ``passages`` each word is.
    """
    found = list(range(len(texts)))
    by = list(occasions)
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
                    most, least = sorted(
                        (_first(found, i), _first(found, j)), key=lambda k: (-len(telling[k]), k)
                    )
                    if by[most].may_be(by[least]):
                        by[most] = max(by[most], by[least], key=lambda o: o.recorded)
                        found[least] = most
    return [_first(found, o) for o in owner]


def _telling(text: str) -> frozenset[str]:
    small = (token.lower() for token in tokens(text) if token[0].isalpha())
    return frozenset(root(word) for word in small if word not in STOP)


def _first(found: Sequence[int], i: int) -> int:
    while found[i] != i:
        i = found[i]
    return i
