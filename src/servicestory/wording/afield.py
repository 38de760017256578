"""Places of a practice's evidence that likely tell another deed: no document cites them, or is made of them.

Detection puts a sentence to the practice it is most like; a few of them are like it in words alone. Where the places
of a practice are much alike, one that is far less like the others than they are to each other tells something else.
"""

from collections.abc import Collection, Mapping, Sequence
from statistics import median

from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.clauses import clauses
from servicestory.wording.deeds import Likeness, parts
from servicestory.wording.steps import Cite, Step, words_at
from servicestory.wording.tokens import sentences

FEWEST = 5  # stories without which nobody can say what the others are like
MOST = 400  # places; among more a few strangers are not seen, and each would have to be read
ONE_DEED = 0.5
"""Least likeness of the middle place with the others for a practice to be one deed: of several each is far from some."""
LONG = 25  # words from which on a place may tell of several things
FAR = 0.15
"""How much less like the others than the middle one a place must be to tell another deed. Of those this far off in the
example nine of eleven tell another deed; at .12 one in three is the practice's own."""
FAR_AND_MUTE = 0.12
"""The same of a place in which nobody is told to do anything: of what, the sentence before it may have said."""


def afield(
    evidence: Sequence[Evidence], told: Mapping[str, Story], people: Collection[str], like: Likeness
) -> list[Evidence]:
    """The places that tell another deed than the others; none that people put there or confirmed.

    Args:
        told: the stories by id.
        people: lower-case names of those who work here.
        like: tells how like texts are in the deed they tell.
    """
    texts = [
        (e, text)
        for e in evidence
        if not e.doubtful and e.story in told and (text := e.text_in(told[e.story])) is not None
    ]
    if len({e.story for e, _ in texts}) < FEWEST or len(texts) > MOST:
        return []
    said = [text for _, text in texts]
    with_others = _mutual(said, like)
    middle = median(with_others)
    if middle < ONE_DEED:
        return []
    return [
        e
        for (e, text), near in zip(texts, with_others, strict=True)
        if near < middle - FAR_AND_MUTE
        and not e.pinned
        and (near < middle - FAR or _mute(text, e, people))
        and not _partly(text, said, middle - FAR, like)
    ]


def _mute(text: str, place: Evidence, people: Collection[str]) -> bool:
    listed = place.field != "narrative"
    return not any(clauses(text, start, end, people, listed) for start, end in sentences(text))


def _mutual(said: Sequence[str], like: Likeness) -> list[float]:
    """Of each text its mean likeness with the others; each is like itself."""
    n = len(said)
    return [(n * near - 1) / (n - 1) for near in like(said, said)]


def _partly(text: str, said: Sequence[str], least: float, like: Likeness) -> bool:
    """Whether a clause of a long place tells it: what tells of several things is not like any of them as a whole."""
    return len(text.split()) > LONG and max(like(parts(text), said)) >= least


def nearest(
    cites: Sequence[Cite],
    steps: Sequence[Step],
    practice: Practice,
    told: Mapping[str, Story],
    like: Likeness,
) -> list[Cite]:
    """The places, without those of stories that tell no step and are less like the telling places than any of these.

    Where nothing in its words says that a place shows the practice, it must at least be as near as the least near
    of those that do. What people put there stays.

    Args:
        cites: every place of the practice.
        steps: the steps its stories tell, with the places that show them.
        told: the stories by id.
        like: tells how like texts are in the deed they tell.
    """
    shown: dict[str, set[Cite]] = {}
    for cite in {cite for step in steps for cite in step.cites}:
        shown.setdefault(cite.story, set()).add(cite)
    by_hand = {Cite(*e.place) for e in practice.evidence if e.pinned}
    telling = [c for c in cites if any(c.touches(one) for one in shown.get(c.story, ()))]
    silent = [c for c in cites if c.story not in shown and c not in by_hand]
    if not silent or len({c.story for c in telling}) < FEWEST or len(telling) > MOST:
        return list(cites)
    known = [words_at(c, told) for c in telling]
    least = min(_mutual(known, like))
    near = like([words_at(c, told) for c in silent], known)
    gone = {c for c, value in zip(silent, near, strict=True) if value < least}
    return [c for c in cites if c not in gone]
