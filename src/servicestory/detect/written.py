"""What people wrote about a practice, and which behaviours are told like it."""

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import alike
from servicestory.detect.alike import Directions
from servicestory.detect.codebook import starter_names
from servicestory.detect.features import Blocks, Floats, blocks
from servicestory.detect.terms import WHO, Terms
from servicestory.detect.weights import Weights
from servicestory.detect.words import bases, bases_at, number, tokens
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.wording.definition import in_house

if TYPE_CHECKING:
    from servicestory.detect.goals import Target
    from servicestory.detect.reading import Place

DESCRIBED = 0.5
"""Least similarity with a sentence of a description people wrote (no weights were learned for it)."""
WORDS_ALONE = 0.35
"""How sure a place is that was found by the words of a line alone, where the deed was not read: everyday
words ("come", "table") stand in many deeds. It is doubtful, and stands in no other practice besides."""
CUED = 0.7
"""The likeness of a behaviour that holds a cue people wrote: they said that it tells the practice."""
EVERYDAY = 0.2
"""Share of the stories above which a cue of one word is an everyday word there, and not looked for."""
FEW = 3
"""Stories that may say such a word however few there are."""
BETWEEN = 5
"""Words that may stand between those of a cue of several: "handed him the bearing, the old one"."""
SAMPLE = 5000
"""Stories counted for that."""
COVERED = 0.3
"""Share of a line people wrote, its words weighed by rarity, that a behaviour says to be like it."""
TOLD, TOLD_OF = 0.8, 0.78
"""What that share and the likeness of the deeds told must come to: two words in common may stand in quite
another deed. And what the likeness and half of the share must come to where a behaviour says fewer of the
words (docs/decisions/detect-groups.md)."""


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
    lines = [practice.name] if practice.worded and not (entry and _same(practice.name, entry.name)) else []
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
    """The turns of phrase people gave for it; of the codebook's, where no weights were learned for it.

    Those of the starter codebook are of all trades, so that one word of them tells nothing ("sorted it out").
    """
    own = goal.practice.cues if goal.practice else []
    entry = goal.entry if goal.entry and goal.entry.key not in weights.practices else None
    theirs = entry.cues if entry else []
    if entry and _is_starter(entry):
        theirs = [cue for cue in theirs if len(_words(cue)) > 1]
    return [*own, *theirs]


def _is_starter(entry: CodebookEntry) -> bool:
    return starter_names().get(entry.key) == entry.name


def lines_of(
    goals: Sequence["Target"],
    weights: Weights,
    places: Iterable["Place"] = (),
    names: Iterable[str] = (),
) -> dict[int, list[str]]:
    """By number of the target, the lines by which it is looked for.

    Those of a practice without learned weights; of one with weights, or one of the house's own that holds
    some of ``places`` already, only what people wrote themselves: the rest is spoken for. The words of
    ``names`` go, with a capital: whoever an example names is not what is done.
    """
    found, there = {}, set(places)
    people = {word.casefold() for name in names for word in name.split()}
    for n, goal in enumerate(goals):
        by_places = goal.entry is None and not there.isdisjoint(goal.kept)
        if by_places or (goal.entry and goal.entry.key in weights.practices):
            lines = people_wrote(goal.practice, goal.entry) if goal.practice else []
        else:
            lines = described(goal.entry, goal.practice)
        if lines:
            found[n] = [_nameless(line, people) for line in lines] if people else lines
    return found


def _nameless(line: str, people: Collection[str]) -> str:
    return _CAPITAL.sub(lambda word: "" if word[0].casefold() in people else word[0], line)


_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z]\w+")


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


def by_words(
    near: Floats, terms: Terms, goal: "Target", lines: Sequence[str], deed: Directions | None = None
) -> Floats:
    """``near`` raised to :data:`DESCRIBED` or more where a behaviour says, or tells, what a line says.

    Enough of its words, or the same deed, in whatever words; to just that where the words alone decide. The
    starter codebook's lines are left out: they are of all trades, and "show what we changed" is said of many
    deeds. What a house wrote is about things of its own.

    Args:
        deed: (n, numbers) what deed each behaviour tells of; where that was not read the words decide alone.
    """
    if goal.entry and _is_starter(goal.entry):
        lines = people_wrote(goal.practice, goal.entry) if goal.practice else []
    if not lines:
        return near
    share = terms.covered(lines)
    found = share >= COVERED
    said = np.full(len(share), DESCRIBED)
    if deed is not None and len(deed):
        of_lines = alike.read(lines)
        told = np.asarray(alike.alike(deed, of_lines).max(axis=1), np.float64)
        read = deed.any(axis=1)
        found = np.where(read, (found & (told + share >= TOLD)) | (told + share / 2 >= TOLD_OF), found)
        share = np.maximum(share, np.clip(told, 0, 1))
        said = np.where(read, np.round(DESCRIBED + (CUED - DESCRIBED) * share, 4), said)
    return np.maximum(near, np.where(found, said, 0.0))


Said = list[tuple[int, str]]
"""The cue words of a text, each with where it stands, counted in words."""


def cue_words(texts: Iterable[str], cues: Sequence[str]) -> list[Said]:
    """Where each text says which of the words of ``cues``, in whatever form."""
    wanted = set().union(*map(_words, cues))
    return [[(n, word) for n, word in _forms(text) if word in wanted] if wanted else [] for text in texts]


def says_a_cue(said: Sequence[Said], cues: Sequence[str]) -> NDArray[np.bool_]:
    """Which texts, given by their :func:`cue_words`, hold every word of one of ``cues`` near each other.

    "Took it on board" is not said by "The staff were on board early and took our jackets".
    """
    wanted = [(_words(cue), len(tokens(cue)) + BETWEEN) for cue in cues]
    return np.array([any(_together(text, words, width) for words, width in wanted) for text in said], bool)


def _together(said: Said, words: AbstractSet[str], width: int) -> bool:
    """Whether some stretch of ``width`` words holds all of ``words``, of which there must be one."""
    if not words or not words <= {word for _, word in said}:
        return False
    return any(words <= {word for n, word in said if start <= n < start + width} for start, _ in said)


def idle_cues(given: Iterable[str], stories: Sequence[Story]) -> dict[str, str]:
    """Each of the cues ``given`` that is not looked for, with the reason in words.

    Of a cue of two words or more a text must hold all, which is seldom by chance; one word that many stories
    say tells no practice. Of very many stories :data:`SAMPLE` are counted, spread evenly over them.
    """
    small = _words(" ".join(WHO))
    idle: dict[str, str] = {}
    single: dict[str, str] = {}
    for cue in dict.fromkeys(given):
        words = _words(cue)
        if not words or (len(words) == 1 and words <= small):
            idle[cue] = "it has only small words, which are said of everything"
        elif len(words) == 1:
            single[cue] = next(iter(words))
    if single:
        some = stories[:: max(1, len(stories) // SAMPLE)]
        said = cue_words((" ".join((s.narrative, *s.behaviours)) for s in some), list(single))
        for cue, word in single.items():
            count = sum(any(word == one for _, one in text) for text in said)
            if count > max(FEW, EVERYDAY * len(some)):
                idle[cue] = f"it is an everyday word here, said in {count:,} of {len(some):,} stories"
    return idle


def _words(cue: str) -> set[str]:
    return {word for _, word in _forms(cue)}


def _forms(text: str) -> Said:
    """The words of ``text`` that carry meaning, so that forms of one word are equal: needle and needles."""
    found = []
    for n, word in bases_at(text):
        stem = word.removesuffix("e")
        found.append((n, stem[:-1] if stem[-2:-1] == stem[-1:] else stem))
    return found
