"""What people wrote about a practice, and which behaviours are told like it."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.codebook import starter_names
from servicestory.detect.features import Blocks, Floats, blocks
from servicestory.detect.terms import WHO, Terms
from servicestory.detect.weights import Weights
from servicestory.detect.words import bases, content, number, tokens
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.wording.definition import in_house

if TYPE_CHECKING:
    from servicestory.detect.matching import Target
    from servicestory.detect.reading import Place

DESCRIBED = 0.5
"""Least similarity with a sentence of a description people wrote (no weights were learned for it)."""
CUED = 0.7
"""The likeness of a behaviour that holds a cue people wrote: they said that it tells the practice."""
COVERED = 0.3
"""Share of a line people wrote, its words weighed by rarity, that a behaviour says to be like it."""


def described(entry: CodebookEntry | None, practice: Practice | None) -> list[str]:
    """The sentences people wrote about a practice; a codebook's own where there is an ``entry``."""
    written: list[str] = []
    if practice:
        written += [practice.name, *_lines(practice), *practice.core]
    if entry:
        written += [
            entry.name,
            entry.definition,
            entry.behaviour_statement or "",
            *entry.include,
            *entry.examples,
            *entry.cues,
        ]
    return [w for w in dict.fromkeys(written) if w.strip()]


def people_wrote(practice: Practice, entry: CodebookEntry | None) -> list[str]:
    """What people wrote about a practice that was found or comes from the codebook; empty where nobody did.

    Its name counts once somebody renamed or defined it, its statement where it is not the codebook's. Its
    steps do not: "ask what is missing" is a part of many deeds.
    """
    named = any(d.action in ("renamed", "defined") for d in practice.decisions)
    lines = [practice.name] if named and not (entry and _same(practice.name, entry.name)) else []
    lines += [w for w in _lines(practice) if not (entry and _same(w, entry.behaviour_statement or ""))]
    return [w for w in dict.fromkeys(lines) if w.strip()]


def _lines(practice: Practice) -> list[str]:
    return [practice.behaviour_statement or "", *practice.examples, *practice.cues]


def _same(a: str, b: str) -> bool:
    return in_house(a, "guest") == in_house(b, "guest")


def looked_for(lines: Sequence[str]) -> list[str]:
    """The words of ``lines`` that count, as they are written, each once whatever its form."""
    seen: dict[str, str] = {}
    for line in lines:
        for word in tokens(line):
            for base in bases(word):
                seen.setdefault(base, word.lower())
    return [word for base, word in seen.items() if base not in WHO]


def cues(goal: "Target", weights: Weights) -> list[str]:
    """The turns of phrase people gave for it; of the codebook's, where no weights were learned for it."""
    own = goal.practice.cues if goal.practice else []
    entry = goal.entry if goal.entry and goal.entry.key not in weights.practices else None
    return [*own, *(entry.cues if entry else ())]


def lines_of(
    goals: Sequence["Target"], weights: Weights, places: Iterable["Place"] = ()
) -> dict[int, list[str]]:
    """By number of the target, the lines by which it is looked for.

    Those of a practice without learned weights; of one with weights, or one of the house's own that holds
    some of ``places`` already, only what people wrote themselves: the rest is spoken for.
    """
    found, there = {}, set(places)
    for n, goal in enumerate(goals):
        by_places = goal.entry is None and not there.isdisjoint(goal.kept)
        if by_places or (goal.entry and goal.entry.key in weights.practices):
            lines = people_wrote(goal.practice, goal.entry) if goal.practice else []
        else:
            lines = described(goal.entry, goal.practice)
        if lines:
            found[n] = lines
    return found


def as_blocks(lines: dict[int, list[str]], weights: Weights) -> dict[int, Blocks]:
    """The features of the lines of :func:`lines_of`."""
    return {
        n: blocks(number(those, weights.vocabulary.known), weights.vocabulary) for n, those in lines.items()
    }


def by_description(here: Blocks, there: Blocks) -> Floats:
    """Similarity (0 to 1) of each behaviour (row) of ``here`` with the most similar sentence of ``there``."""
    best: Floats = np.round(likeness(here, there).max(axis=1, initial=0), 4)
    return best


def likeness(a: Blocks, b: Blocks) -> Floats:
    """(rows of a, rows of b): mean of the cosine similarities in the three blocks."""
    words = (a.words @ b.words.T).toarray()
    parts = (a.parts @ b.parts.T).toarray()
    return np.asarray((words + parts + a.meaning @ b.meaning.T) / 3)


def by_words(near: Floats, terms: Terms, goal: "Target", lines: Sequence[str]) -> Floats:
    """``near`` raised to :data:`DESCRIBED` or more where a behaviour says enough of the words of a line.

    The starter codebook's lines are left out: they are of all trades, and "show what we changed" is said of
    many deeds. What a house wrote is about things of its own.
    """
    if goal.entry and starter_names().get(goal.entry.key) == goal.entry.name:
        lines = people_wrote(goal.practice, goal.entry) if goal.practice else []
    share = terms.covered(lines)
    said = np.round(DESCRIBED + (CUED - DESCRIBED) * share, 4)
    said[share < COVERED] = 0
    return np.maximum(near, said)


def says_a_cue(said: Sequence[Collection[str]], given: Sequence[str]) -> NDArray[np.bool_]:
    """Which texts, given by the roots of their words, hold every word of a cue of two words or more."""
    cues = [set(content(cue)) for cue in given]
    cues = [cue for cue in cues if len(cue) > 1 and min(map(len, cue)) > 2]
    if not cues:
        return np.zeros(len(said), bool)
    every = {word for words in said for word in words if len(word) > 2}
    # the root of "bikes" is "bik": a word's forms differ by a letter or two at its end
    forms = {
        word: {other for other in every if word.startswith(other) or other.startswith(word)}
        for word in set().union(*cues)
    }
    some = [[forms[word] for word in cue] for cue in cues]
    return np.array([any(all(not one.isdisjoint(w) for one in cue) for cue in some) for w in said], bool)
