"""Questions about a practice: a moment, one right thing to do, and others that belong to other moments."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from servicestory.models.practice import ENDED, LIVE, Practice
from servicestory.models.training import TrainingDocument
from servicestory.text import one_line
from servicestory.train import particulars
from servicestory.train.deal import ANYWHERE, OF_WHAT, Deal, Question, agreed, bound, can_be_asked, moment_of
from servicestory.wording.acts import same_step
from servicestory.wording.deeds import Likeness
from servicestory.wording.definition import Definition
from servicestory.wording.material import Material
from servicestory.wording.occasions import without_when
from servicestory.wording.steps import Cite

ENOUGH = 5  # where fewer can be asked about a moment, what stories tell and what counts is to be recognised
TOLD = 3  # of these, what stories tell
IN_ORDER = 3  # core lines from which on their order says what comes next
_OPENER = re.compile(
    r"(?:on|when|after|before|as|at|while|if|in|during|once|whenever|every|upon|until|where)\b", re.I
)
_WENT_WRONG = re.compile(r"\bwrong\b|\bdoes not work\b")


def questions(
    material: Material,
    others: Iterable[Material],
    seed: int = 0,
    shown: "Shown | None" = None,
    kinds: Mapping[str, Definition] | None = None,
    like: Likeness | None = None,
) -> list[Question]:
    """At most `MOST` questions; none where nothing can be asked well.

    What is right is what was agreed for this practice: its core lines, or what several stories tell. Wrong
    options come from practices that are plainly something else: bound to a moment or an act of their own,
    told in other stories, and with no telling word in common with the right answer, the scene or what the
    stories of this practice say; of practices nobody has accepted only what the codebook says of them. A
    question whose words are those of its answer is not asked. Kindnesses that fit any moment are no wrong
    answers, so a house that has written down few moments gets few questions. A step answers one question.

    Args:
        others: the other practices of the house; this one among them is passed over.
        seed: another number deals other options, in another order.
        shown: the evidence of all practices alive; a deed that is evidence of another of them too is not
            asked about. Without it, that of ``others``.
        kinds: the codebook's definitions by key, in the house's words.
        like: tells whether two texts are one deed; what is like a deed of the practice is no wrong answer.
    """
    others = list(others)
    shown = evidence_by_story(m.practice for m in others) if shown is None else shown
    timed = [
        m
        for m in others
        if may_give_options(m.practice) and m.practice.id != material.practice.id and not _akin(m, material)
    ]
    due, material, other = particulars.moment(material), _untimed(material), [_untimed(m) for m in timed]
    rivals = [m for m in other if bound(m)]
    deal = Deal(material, rivals, seed, _told_elsewhere(material, shown), kinds, like)
    name = one_line(material.practice.name)
    fit = [s for s in material.steps if can_be_asked(s.text) and agreed(s, material)]
    lines = [s for s in material.steps if s.source == "practice"]
    trigger = one_line(material.practice.trigger or "").replace("{customer}", material.customer).rstrip(".:;")
    if trigger:
        what = ": what" if _OPENER.match(trigger) else ". What"
        for step in fit[:1]:
            deal.ask(f"{trigger}{what} have we agreed to do?", step, trigger)
    elif moment := moment_of(material):
        scene, cites = moment
        also = [m for m in rivals if any(said == scene for said, _ in m.situations)]
        if _WENT_WRONG.search(scene):  # whoever puts something right elsewhere is right here too
            also += [m for m in rivals if m.began_badly]
        deeds = [s for s in fit if not ANYWHERE.match(s.text)]
        showing = [(len({c.story for c in s.cites if _within(c, cites)}), s) for s in deeds]
        for _, step in sorted((p for p in showing if p[0] > 1), key=lambda p: (-p[0], p[1].text))[:1]:
            deal.ask(f"{scene} What have we agreed to do?", step, scene, also)
    if len(lines) >= IN_ORDER:  # people wrote them, in the order of doing
        for before, after in pairwise(lines):
            if after in fit:
                # Wrong are its other steps, so that it is the order that is asked about.
                rest = [s.text for s in lines if s not in (before, after) and can_be_asked(s.text)]
                text = f"“{before.text}” is done. What is the next step of “{name}”?"
                deal.ask(text, after, before.text, own=rest)
    belongs = f"Which of these belongs to “{name}”?"
    if material.practice.definition is None:  # a kind of deed has room for many; one act has not
        left = [s for s in fit if s.text not in deal.used]
        for step in sorted(left, key=lambda s: (-s.stories, s.text))[:2]:
            for said in (step.text, *step.ways):  # told in other words than the name
                if can_be_asked(said) and not (said == step.text and same_step(said, name)):
                    deal.ask(belongs, step, name, moment=False, told=said)
    elif like:
        lone = (s for s in material.steps if can_be_asked(s.text) and not OF_WHAT.search(s.text))
        for step in [s for s in lone if s.source == "definition"][:2]:
            deal.ask(belongs, step, name, moment=False)
    more = deal.recognised(min(TOLD, ENOUGH - len(deal.asked)), other)
    own = particulars.made_right(deal, fit, rivals) + particulars.due(
        deal, "" if trigger else due, timed, kinds or {}
    )
    own += particulars.no_part(deal, lines or fit) if like else []
    more += own[: max(0, ENOUGH - len(deal.asked) - len(more))]
    more += deal.counted(ENOUGH - len(deal.asked) - len(more), other)
    return deal.placed(deal.asked + more)


def may_give_options(practice: Practice) -> bool:
    """Whether people stand behind it: they decided for it, or it is an entry of the codebook."""
    return practice.status in LIVE or (practice.status not in ENDED and practice.definition is not None)


Shown = Mapping[tuple[str, str], Sequence[tuple[int, int, str]]]
"""(story, field) -> start, end and practice of every place there that is evidence of one."""


def evidence_by_story(practices: Iterable[Practice]) -> Shown:
    """The evidence of practices by where it stands; made once for all that are asked about."""
    found: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for practice in practices:
        for e in practice.evidence:
            found.setdefault((e.story, e.field), []).append((e.start, e.end, practice.id))
    return found


def _told_elsewhere(material: Material, shown: Shown) -> frozenset[str]:
    """The stories in which a place of the practice's steps is evidence of another practice too."""
    return frozenset(
        cite.story
        for step in material.steps
        for cite in step.cites
        if any(
            cite.start < end and start < cite.end and practice != material.practice.id
            for start, end, practice in shown.get((cite.story, cite.field), ())
        )
    )


def _untimed(material: Material) -> Material:
    """The same without the occasions of its steps: one that names the scene gives the answer away."""
    return replace(material, steps=tuple(replace(s, text=without_when(s.text)) for s in material.steps))


def _within(told: Cite, places: Iterable[Cite]) -> bool:
    """Whether something is told inside one of the places, and not just in the same story."""
    return any(
        told.story == p.story and told.field == p.field and p.start <= told.start < p.end for p in places
    )


def _akin(a: Material, b: Material) -> bool:
    """Whether two practices are told in the same stories, so that one's step may be right for the other."""
    shared = a.told.keys() & b.told.keys()
    return len(shared) * 4 > min(len(a.told), len(b.told)) > 0


def values(material: Material, asked: Sequence[Question], control: TrainingDocument) -> dict[str, Any]:
    """Everything the quiz's template may name."""
    return {
        "title": one_line(material.practice.name),
        "practice": material.practice,
        "control": control,
        "undecided": material.head,
        "asked": asked,
        "letters": "ABCDEFGH",
        "missing": _missing(material),
    }


def _missing(material: Material) -> str:
    """Why nothing can be asked, and who can change that."""
    practice = material.practice
    told = [s for s in material.steps if s.source in ("stories", "practice")]
    if not told:
        return "No story gives a step that could be asked about, and its definition no examples."
    if all(same_step(s.text, one_line(practice.name)) for s in told):
        return (
            "So far its steps say no more than its name, which every answer would repeat: write what is "
            f"done, in order, under “core” in {practice.id}, and when it is due under “trigger”."
        )
    return (
        "Wrong answers come from other practices that were accepted and have a moment or an act of "
        "their own, and a question that holds its own answer is left out: accept more practices "
        "(`servicestory review`), and write under “trigger” when they are due."
    )
