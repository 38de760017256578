"""Which places of one story are read and marked: few of them, and one for each step."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.steps import Cite, Step

MOST_OF_ONE = 12
"""Places of one story that are read: one that tells the deed a thousand times over tells it no better."""


def tellable(practice: Practice, stories: Mapping[str, Story]) -> tuple[list[Evidence], int]:
    """The places documents may be made of, and how many stories are withheld, see `Story.withheld`.

    Whoever refused would find their words in a step, an example or a scene: so nothing is read in their story.
    """
    gone = {e.story for e in practice.evidence if e.story in stories and stories[e.story].withheld}
    return few_of_each([e for e in practice.evidence if e.story not in gone]), len(gone)


def few_of_each(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The places in their order, of each story at most `MOST_OF_ONE`: what people put there, then the surest."""
    ranked = sorted(evidence, key=lambda e: (not e.pinned, -(e.score or 0), e.place))
    of: Counter[str] = Counter()
    kept = set()
    for one in ranked:
        of[one.story] += 1
        if of[one.story] <= MOST_OF_ONE:
            kept.add(one.place)
    return [e for e in evidence if e.place in kept]


def one_of_each(step: Step, read: Container[Cite]) -> Step:
    """The step with one place of each story, the one its words were read in before others: one telling is one mark.

    What was heeded is told elsewhere in the story, and keeps its own place, after those of the step itself.
    """
    heeded = [c for p in step.key_points if p.caution for c in p.cites]
    first: dict[str, Cite] = {}
    for cite in sorted(step.cites, key=lambda c: (c in heeded, c not in read, c)):
        first.setdefault(cite.story, cite)
    kept = {*first.values(), *heeded}
    return replace(step, cites=tuple(c for c in step.cites if c in kept))
