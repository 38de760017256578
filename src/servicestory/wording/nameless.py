"""Takes names out of what documents are made of: a step tells what to do, never whose story it came from."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from servicestory.wording.articles import with_article
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, KeyPoint, Step

Mask = Callable[[str, str], str]
"""(text, id of the story it comes from) -> the text without names."""


def nameless(material: Material, mask: Mask) -> Material:
    """The material without names in its steps, key points and reasons, and with the mask for all other texts.

    How others told a step is left out where it tells a name: it is an example, and others are left.

    Args:
        mask: asked with each story a line rests on, for some names are told by one story only.
    """

    def plain(step: Step) -> Step:
        return _plain(step, mask, material.customer)

    own = {story: tuple(map(plain, steps)) for story, steps in material.own_steps.items()}
    return replace(
        material,
        steps=tuple(map(plain, material.steps)),
        besides=tuple(map(plain, material.besides)),
        own_steps=own,
        limits=mask(material.limits, ""),
        mask=mask,
    )


def _plain(step: Step, mask: Mask, customer: str) -> Step:
    def without(text: str, cites: Iterable[Cite]) -> str:
        for story in dict.fromkeys(cite.story for cite in cites) or ("",):
            text = _masked(text, story, mask, customer)
        return text

    def point(one: KeyPoint) -> KeyPoint:
        cites = one.cites or step.cites
        return replace(one, text=without(one.text, cites), reason=without(one.reason, cites))

    text = without(step.text, step.cites)
    ways = (way for way in step.ways if way != text and without(way, step.cites) == way)
    return replace(
        step,
        text=text,
        key_points=tuple(map(point, step.key_points)),
        ways=tuple(ways),
        why=without(step.why, step.cites),
        told=without(step.told, step.cites),
    )


def _masked(text: str, story: str, mask: Mask, customer: str) -> str:
    """The text without names; who is served is "the guest" in an instruction, not "a guest"."""
    said = mask(text, story) if text else text
    if said == text:
        return text
    return re.sub(rf"\b{re.escape(with_article(customer))}\b", lambda _: f"the {customer}", said)
