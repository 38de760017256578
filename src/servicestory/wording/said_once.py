"""What a list says once: key points that the moment, the step itself or another step says already go."""

import re
from collections.abc import Iterable
from dataclasses import replace

from servicestory.wording.acts import act, things
from servicestory.wording.manner import told_as
from servicestory.wording.showing import among, stems
from servicestory.wording.steps import MOST_WAYS, Cite, KeyPoint, Step, points_of

_SMALL = frozenset("a an and at by for from in into of on the their to up with".split())
_MORE = 1
"""Telling words a step may have beside those of another that tells the same places; more is a deed of its own."""


def said_once(steps: Iterable[Step], due: str, word: str) -> list[Step]:
    """The steps without the key points that are said already ("With a smile"; "By hand" of "Draw it by hand").

    The reason a story tells for such a point stays, as the step's.

    Args:
        due: the moment the practice is due, in words; may be empty.
        word: the house's word for a customer.
    """
    listed = list(steps)
    lines = [stems(due, word), *(stems(step.text, word) for step in listed)]

    def new(point: KeyPoint, number: int) -> bool:
        own = stems(point.text, word)
        others = (line for n, line in enumerate(lines) if n != number)
        return point.source != "stories" or not own or not any(among(own, line) == own for line in others)

    made: list[Step] = []
    for number, step in enumerate(listed, 1):
        again = [p for p in step.key_points if not p.caution and _says(step.text, p.text, word)]
        kept = tuple(p for p in step.key_points if p not in again and new(p, number))
        told = next((p.reason for p in again if p.told and p.reason), "")
        made.append(replace(step, key_points=kept, why=step.why or told))
    return made


def examples_once(steps: Iterable[Step]) -> list[Step]:
    """The steps without examples that another of their points, or the same list at a step before, says already."""
    made: list[Step] = []
    for step in steps:
        made.append(_with_new_examples(step, {p.text for before in made for p in before.key_points}))
    return made


def _with_new_examples(step: Step, before: set[str]) -> Step:
    kept = []
    for point in step.key_points:
        lead, found, listed = point.text.partition("For example: ")
        if lead or not found or point.caution:
            kept.append(point)
            continue
        others = [set(_words(p.text)) for p in step.key_points if p is not point]
        fresh = [one for one in listed.split("; ") if set(_words(one)) not in others]
        if fresh and point.text not in before:
            kept.append(replace(point, text=found + "; ".join(fresh)))
    return replace(step, key_points=tuple(kept))


def read_twice(steps: Iterable[Step]) -> list[Step]:
    """The steps without those that were read in the words of another, told by more stories, about the same thing.

    "Have a room cleaned" and "Get the room ready early", told in the same places, are one deed in two wordings:
    the second is how some told the first.
    """
    made = list(steps)
    for step in sorted((s for s in made if s.source == "stories"), key=lambda s: (s.stories, s.text)):
        own = [c for c in step.cites if c not in {h for p in step.key_points if p.caution for h in p.cites}]
        others = (s for s in made if s is not step and s.source == "stories" and s.stories > step.stories)
        whole = next((s for s in others if _tells(s, step, own)), None)
        if whole is None or not own:
            continue
        made[made.index(whole)] = _with(whole, step)
        made.remove(step)
    return made


def said_by_a_line(steps: Iterable[Step], word: str) -> list[Step]:
    """The steps without those of stories whose every word a line of the definition says; they are its evidence.

    "Let the guest try it themselves" is how one told "Show and let people try".

    Args:
        word: the house's word for a customer.
    """
    made = list(steps)
    nobody = _SMALL | _ANYBODY | {word.casefold()}
    for step in [s for s in made if s.source == "stories"]:
        own = set(_words(step.text)) - nobody
        lines = (s for s in made if s.source == "definition" and own <= set(_words(s.text)))
        line = next(lines, None) if len(own) > 1 else None
        if line is None:
            continue
        made[made.index(line)] = _with(line, step)
        made.remove(step)
    return made


def _with(whole: Step, step: Step) -> Step:
    """A step with the places, points and words of another that tells the same."""
    return replace(
        whole,
        cites=tuple(sorted({*whole.cites, *step.cites})),
        key_points=points_of((*whole.key_points, *step.key_points)),
        ways=tuple(dict.fromkeys([*whole.ways, step.text]))[:MOST_WAYS],
        why=whole.why or step.why,
    )


_ANYBODY = frozenset("it them themselves they people".split())


def _tells(whole: Step, step: Step, own: Iterable[Cite]) -> bool:
    """Whether a step tells what another says, in the places of the other, but for a word."""
    more = things(step.text) - things(whole.text)
    one_thing = act(whole.text)[1] & act(step.text)[1]
    return bool(one_thing) and len(more) <= _MORE and all(any(c.touches(o) for o in whole.cites) for c in own)


def _says(step: str, point: str, word: str) -> bool:
    """Whether a step says a key point itself: in the same words, two or more of them in another order, or as
    stories say it ("straight away" of "Do it at once")."""
    own = _words(point)
    said = {w for w in _words(step) if w not in _SMALL}
    telling = [w for w in own if w not in _SMALL]
    together = f" {' '.join(own)} " in f" {' '.join(_words(step))} "
    told = told_as(point, word)
    alike = told is not None and told.search(step) is not None
    return together or alike or (len(telling) > 1 and said.issuperset(telling))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.casefold())
