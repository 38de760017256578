"""What a list says once: key points that the moment, the step itself or another step says already go."""

import re
from collections.abc import Iterable
from dataclasses import replace

from servicestory.wording.showing import among, stems
from servicestory.wording.steps import KeyPoint, Step

_SMALL = frozenset("a an and at by for from in into of on the their to up with".split())


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

    made = []
    for number, step in enumerate(listed, 1):
        again = [p for p in step.key_points if not p.caution and _says(step.text, p.text)]
        kept = tuple(p for p in step.key_points if p not in again and new(p, number))
        told = next((p.reason for p in again if p.told and p.reason), "")
        made.append(replace(step, key_points=kept, why=step.why or told))
    return made


def _says(step: str, point: str) -> bool:
    """Whether a step says a key point itself: in the same words, or two or more of them in another order."""
    own = _words(point)
    said = {w for w in _words(step) if w not in _SMALL}
    telling = [w for w in own if w not in _SMALL]
    together = f" {' '.join(own)} " in f" {' '.join(_words(step))} "
    return together or (len(telling) > 1 and said.issuperset(telling))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.casefold())
