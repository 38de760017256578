"""The quiz of a practice: few questions, each of them sound, about what was agreed."""

from collections.abc import Sequence
from typing import Any

from servicestory.models.training import TrainingDocument
from servicestory.text import one_line
from servicestory.train import particulars
from servicestory.train.deal import Deal, Question
from servicestory.train.opening import MOST_TO_ASK_FOR
from servicestory.train.particulars import Told
from servicestory.train.scenes import Scenes, ask
from servicestory.wording.acts import same_step
from servicestory.wording.material import Material

FEW = 3
"""With fewer questions than these the page says what would give more."""


def questions(
    material: Material, seed: int = 0, told: Told | None = None, scenes: Scenes | None = None
) -> list[Question]:
    """At most `deal.MOST` questions; none where nothing can be asked well.

    What is right is what was agreed for this practice: its core lines, its limits, what its definition says,
    or what several stories tell. Wrong options are near misses: its other steps, another hour, half the way,
    waiting to be asked. A question is left out where the practice's name, its own words or another question
    says its answer. A practice of one act that its name tells gets few questions, or none.

    Args:
        seed: another number puts the options in another order.
        told: what may be quoted of a story, for the reason given with an answer.
        scenes: the moments of all practices, which tell this one from the others of the house.
    """
    deal = Deal(material, seed)
    particulars.particulars(deal, told)
    particulars.conditions(deal)
    particulars.left_out(deal)
    in_order = particulars.order(deal)
    if scenes:  # a moment among other practices is asked before the same moment among any other moments
        ask(deal, scenes)
    particulars.due(deal)
    particulars.not_it(deal)
    if not in_order:  # it shows the practice's own lines, which would answer the next
        particulars.omitted(deal)
    return deal.placed()


def values(
    material: Material,
    asked: Sequence[Question],
    control: TrainingDocument,
    to_ask_for: Sequence[str] = (),
) -> dict[str, Any]:
    """Everything the quiz's template may name.

    Args:
        to_ask_for: stories nobody was asked about yet, whose beginnings could be asked about.
    """
    return {
        "title": one_line(material.practice.name),
        "practice": material.practice,
        "control": control,
        "undecided": material.head,
        "asked": asked,
        "letters": "ABCDEFGH",
        "missing": _missing(material),
        "to_ask_for": to_ask_for[:MOST_TO_ASK_FOR] if len(asked) < FEW else (),
    }


def _missing(material: Material) -> str:
    """Why nothing can be asked, and who can change that."""
    told = [s for s in material.steps if s.source in ("stories", "practice")]
    if not told:
        known = "Its steps are general ones so far" if material.steps else "None of its steps is known yet"
        why = f"{known}; nobody has written down how exactly it is done here."
    elif all(same_step(s.text, one_line(material.practice.name)) for s in told):
        why = "So far its steps say no more than its name, which every answer would repeat."
    else:
        why = "A question that its name answers is left out, and so is one without plausible wrong answers."
    return (
        f"{why} There are questions once it is settled what is done, in which order, how exactly (by when, "
        "how far, in which words) and whom it is not meant for; the job breakdown says where to write it."
    )
