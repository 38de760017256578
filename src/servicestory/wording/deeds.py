"""Which places tell a step in words of their own, as far as a reader that learned to tell deeds apart can say."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from servicestory.wording.acts import act, things
from servicestory.wording.occasions import without_when
from servicestory.wording.showing import EVERYBODYS, acts_in, among, stems, strong, telling_words, verbs
from servicestory.wording.steps import MOST_WAYS, Cite, Step, apart, points_of

Likeness = Callable[[Sequence[str], Sequence[str]], Sequence[float]]
"""(texts, others) -> of each text its mean likeness with the others: 1 surely one deed, about 0 another."""

SAME_ACT, SAME_WORDS, SAME_KIND, SAME_DEED = 0.66, 0.7, 0.7, 0.73
"""Least likeness of a place that does the step's act; that shares half of its telling words; that is surely of the
kind the step defines; that has none of these. How they were chosen: docs/decisions/wording.md."""
SAME_LINE = 0.76
"""Least likeness of a place told here that shares a telling word with a line people wrote, and does not say half of it."""
LESS_SURE = 0.05
"""How much liker a place in an imported story must be to share words with a step; and to one a single story tells."""
ONE_STEP = 0.7
"""Least likeness of two steps about the same things that are one."""
MOST = 40
"""Places of one step that others are compared with."""
_CUT = re.compile(r"[,;:()–—]|\b(?:and|but|so that|then|which)\b")
_FEWEST = 3  # words of a clause


@dataclass(frozen=True)
class Deeds:
    """The reader, and what is known of the places it compares."""

    like: Likeness
    by_hand: Collection[str]  # stories told here: in others, what is near a deed is often its neighbour
    of_its_kind: Collection[Cite] = ()  # places where somebody surely does what a definition of one line says


def parts(text: str) -> list[str]:
    """A place as a whole, its clauses, and every two that follow each other: it may tell of several deeds."""
    cuts = [0, *(found.start() for found in _CUT.finditer(text)), len(text)]
    single = [text[a:b] for a, b in pairwise(cuts)]
    pairs = [a + b for a, b in pairwise(single)]
    bare = (part.strip(" ,;:()–—\n") for part in [text, *single, *pairs])
    return list(dict.fromkeys(part for part in bare if len(part.split()) >= _FEWEST)) or [text]


def told_too(
    steps: Sequence[Step], passages: Sequence[tuple[Cite, str]], deeds: Deeds, word: str
) -> list[Step]:
    """The steps with the places that tell the same deed in words :mod:`servicestory.wording.showing` does not know.

    Of the steps, a clause tells the one it is most like, and of the lines people wrote as well. Likeness is half with the step, half with the places
    that tell it in its own words; a step only one story tells so is told elsewhere only in half of its words.

    Args:
        passages: every place of evidence of the practice, with its text.
    """
    level = {
        (k, n): _level(step, place, deeds, word)
        for k, step in enumerate(steps)
        for n, place in enumerate(passages)
        if not any(place[0].touches(cite) for cite in step.cites)
    }
    may = sorted({n for (_, n), least in level.items() if least <= 1})
    cut = [(n, part) for n in may for part in parts(passages[n][1])]
    if not cut:
        return list(steps)
    clauses = [part for _, part in cut]
    likeness = []
    for step in steps:
        near = deeds.like(clauses, [without_when(step.text)])
        if known := _words_of(step, passages):
            near = [(a + b) / 2 for a, b in zip(near, deeds.like(clauses, known), strict=True)]
        likeness.append(near)
    most = [max(of) for of in zip(*likeness, strict=True)]
    written = [near for near, step in zip(likeness, steps, strict=True) if step.source == "practice"]
    line = [max(of) for of in zip(*written, strict=True)]
    made = []
    for k, step in enumerate(steps):
        more = {
            n
            for (n, _), value, top in zip(
                cut, likeness[k], line if step.source == "practice" else most, strict=True
            )
            if value == top and value >= level.get((k, n), 2)
        }
        made.append(replace(step, cites=apart((*step.cites, *(passages[n][0] for n in more)))))
    return made


def _words_of(step: Step, passages: Sequence[tuple[Cite, str]]) -> list[str]:
    """The words of the places of a step, as far as they are evidence."""
    found = (
        text[max(0, cite.start - place.start) : max(0, cite.end - place.start)]
        for cite in step.cites[:: -(-len(step.cites) // MOST) or 1]
        for place, text in passages
        if place.touches(cite)
    )
    return [text for text in found if text]


def _level(step: Step, passage: tuple[Cite, str], deeds: Deeds, word: str) -> float:
    """How like a step a place must be to tell it; more than 1 where it cannot."""
    place, text = passage
    bare = without_when(step.text)
    own = verbs(bare)
    telling = telling_words(bare, word) - (EVERYBODYS if strong(own) else frozenset())
    shared = among(telling, stems(text, word))
    several, told_here = step.stories > 1, place.story in deeds.by_hand
    does = several and step.source != "definition" and strong(own & acts_in(text, word))
    if does and (shared or told_here or not telling):
        return SAME_ACT
    if step.source == "definition" and place in deeds.of_its_kind:
        return SAME_KIND
    if len(shared) * 2 >= len(telling) and len(shared) > (not told_here or not several):
        return SAME_WORDS + LESS_SURE * ((not told_here) + (not several))
    if several and told_here:
        return SAME_DEED
    return SAME_LINE if step.source == "practice" and told_here and shared else 2.0


def one_deed(steps: Iterable[Step], deeds: Deeds) -> list[Step]:
    """Steps about the same things that tell of one deed as one, in the words of the one most stories tell."""
    kept: list[Step] = []
    for step in sorted(steps, key=lambda s: (-s.stories, len(s.text.split()), s.text)):
        same = next((k for k in kept if _same(k.text, step.text, deeds)), None)
        if same is None:
            kept.append(step)
            continue
        ways = dict.fromkeys(w for w in (*same.ways, step.text, *step.ways) if w != same.text)
        kept[kept.index(same)] = replace(
            same,
            cites=tuple(sorted({*same.cites, *step.cites})),
            # how one of them did it is no way for all
            key_points=points_of(
                (*same.key_points, *(p for p in step.key_points if p.told or p.stories > 1))
            ),
            ways=tuple(ways)[:MOST_WAYS],
            why=same.why or step.why,
        )
    return kept


def _same(a: str, b: str, deeds: Deeds) -> bool:
    shared = things(a) & things(b)
    if not shared or (len(shared) < 2 and act(a)[0] != act(b)[0]):
        return False
    return deeds.like([without_when(a)], [without_when(b)])[0] >= ONE_STEP
