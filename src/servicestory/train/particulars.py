"""Questions about what makes a practice this one: how it is done, when it is due, what is no part of it."""

from collections.abc import Iterable, Mapping, Sequence

from servicestory.models.practice import LIVE
from servicestory.text import one_line
from servicestory.train.deal import LEAST_WRONG, WRONG, Deal, Question, agreed, can_be_asked
from servicestory.wording.definition import Definition, named_moment
from servicestory.wording.manner import MANNERS
from servicestory.wording.material import Material
from servicestory.wording.occasions import for_anybody, occasion_of
from servicestory.wording.steps import KeyPoint, Step

PART_OF = 3  # lines of a practice from which on one that is none of them can be asked for
_POINT = range(2, 12)  # words of a key point that can stand among options


def made_right(deal: Deal, steps: Iterable[Step], others: Iterable[Material]) -> list[Question]:
    """Which key point belongs to a step, among those of other practices' steps; one for each step."""
    elsewhere = {
        point.text: m.practice.id
        for m in others
        if m.practice.status in LIVE
        for step in m.steps
        if agreed(step, m)
        for point in step.key_points
        if _is_its_own(point)
    }
    made = []
    for step in steps:
        for point in step.key_points:
            if not _is_its_own(point) or point.stories < 2 or deal.is_named(point.text):
                continue
            number = next(n for n, s in enumerate(deal.material.steps, 1) if s.text == step.text)
            why = f"{deal.material.practice.id}, step {number}"
            wrong = _each_elsewhere(deal, point.text, elsewhere)
            text = f"“{step.text}”: which key point belongs to it?"
            if one := deal.made(text, point.text, wrong, why, point.cites):
                made.append(one)
                break
    return made


def due(
    deal: Deal, right: str, others: Iterable[Material], kinds: Mapping[str, Definition]
) -> list[Question]:
    """When the practice is due, among the moments of other practices; none where its name says it.

    Args:
        right: its `moment`.
        others: other practices, with the occasions of their steps.
    """
    if not right or deal.is_named(right):
        return []
    moments = {said: m.practice.id for m in others if (said := moment(m))}
    for key, about in kinds.items():
        for line in about.lines if key != deal.material.practice.definition else ():
            if line.startswith("When ") and ", " in line:
                moments.setdefault(line.rpartition(", ")[0], key)
    text = f"When do we do this: “{one_line(deal.material.practice.name)}”?"
    why = f"{deal.material.practice.id}; when it is due"
    one = deal.made(text, right, _each_elsewhere(deal, right, moments), why, ())
    return [one] if one else []


def no_part(deal: Deal, lines: Sequence[Step]) -> list[Question]:
    """Which of some lines is no part of the practice: its own, and one of another practice."""
    own = [step.text for step in lines if can_be_asked(step.text)]
    text = f"Which of these is no part of “{one_line(deal.material.practice.name)}”?"
    if len(own) < PART_OF or not (foreign := deal.foreign(text)):
        return []
    wrong = sorted(own, key=lambda line: deal.rank(text, line))[:WRONG]
    one = deal.made(text, foreign, wrong, f"{deal.material.practice.id}; the others are its steps", ())
    return [one] if one else []


def moment(material: Material) -> str:
    """When a practice is due: by its trigger, the occasion most stories tell, or its name; else nothing."""
    practice = material.practice
    if practice.trigger:
        return one_line(practice.trigger).rstrip(".:;").replace("{customer}", material.customer)
    for step in material.steps if practice.status in LIVE else ():
        occasion = occasion_of(step.text)
        if occasion and agreed(step, material) and step.stories * 2 >= material.stories:
            return f"When {for_anybody(occasion, material.customer)}"
    return named_moment(practice.name, practice.behaviour_statement) or ""


def _each_elsewhere(deal: Deal, right: str, elsewhere: Mapping[str, str]) -> list[str]:
    """Wrong options of as many other practices, those first that were offered least."""
    picked: dict[str, str] = {}
    same = deal.same_deeds(elsewhere)
    for text in sorted(elsewhere, key=lambda t: (deal.offered.get(t, 0), deal.rank(right, t))):
        if text.casefold() != right.casefold() and not deal.is_near(text) and text not in same:
            picked.setdefault(elsewhere[text], text)
    wrong = list(picked.values())[:WRONG]
    for text in wrong if len(wrong) >= LEAST_WRONG else ():
        deal.offered[text] = deal.offered.get(text, 0) + 1
    return wrong


def _is_its_own(point: KeyPoint) -> bool:
    """Whether a key point is of this deed: "Smile" is right beside any."""
    text = point.text
    general = any(text.split()[0] == m.point.split()[0] or m.pattern.search(text) for m in MANNERS)
    return point.source == "stories" and len(text.split()) in _POINT and not general
