"""What is asked and read first, as one line of its step."""

from dataclasses import replace

from servicestory.text import listing
from servicestory.wording.material import Material
from servicestory.wording.steps import KeyPoint, Step

_FIRST = "First "


def with_one_first(material: Material) -> Material:
    """The material with what single stories say of a step to do first in one line, with all their places.

    "First ask what the guest is allowed" and "First read the diet list" cannot both be the first.
    """
    return replace(material, steps=tuple(_joined(step) for step in material.steps))


def _joined(step: Step) -> Step:
    firsts = [p for p in step.key_points if _is_first(p)]
    if len(firsts) < 2:
        return step
    said = listing([p.text.removeprefix(_FIRST) for p in firsts])
    cites = tuple(dict.fromkeys(c for p in firsts for c in p.cites))
    one = replace(firsts[0], text=f"{_FIRST}{said}", cites=cites)
    points = (one if p is firsts[0] else p for p in step.key_points if p is firsts[0] or not _is_first(p))
    return replace(step, key_points=tuple(points))


def _is_first(point: KeyPoint) -> bool:
    return point.caution and point.text.startswith(_FIRST) and not point.reason
