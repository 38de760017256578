"""Scores from raw answers: recommendation (NPS), satisfaction (CSAT), effort (CES), with n and interval.

Sources: Reichheld 2003, Harvard Business Review 81(12), for the net score, whose standard error is that of a
difference of two shares of one multinomial sample; the two best answers ("top two boxes") for satisfaction;
Dixon, Freeman & Toman 2010, Harvard Business Review 88(7), for effort.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, stdev
from typing import Literal

from servicestory.monitor import intervals

Kind = Literal["nps", "csat", "ces"]


@dataclass(frozen=True)
class Score:
    """A score with how many answered, its interval and, when it is a share, its numerator.

    ``value``: NPS -100 to 100, CSAT a share 0 to 1, CES the mean answer. ``lower`` and ``upper`` (95 %)
    are None when n is too small to say. ``response`` is answered ÷ asked with its interval, if known.
    """

    kind: Kind
    value: float
    n: int
    lower: float | None
    upper: float | None
    standard_error: float | None = None
    numerator: int | None = None
    response: intervals.Interval | None = None


def score(kind: Kind, answers: Sequence[float], scale: int = 5, asked: int | None = None) -> Score:
    """The score of raw answers.

    Args:
        kind: ``nps`` (answers 0 to 10), ``csat`` or ``ces`` (answers 1 to ``scale``, the best at the top).
        answers: one number for each answer.
        scale: the best answer of a satisfaction or effort question.
        asked: how many were asked, for the response rate.

    Raises:
        ValueError: no answers, an answer off its scale, or fewer asked than answered.
    """
    if not answers:
        raise ValueError("there are no answers")
    low, high = (0, 10) if kind == "nps" else (1, scale)
    for answer in answers:
        if not low <= answer <= high:
            raise ValueError(f"the answer {answer:g} is not on the scale from {low} to {high}")
    response = None
    if asked is not None:
        if asked < len(answers):
            raise ValueError(f"{len(answers)} answered, but only {asked} were asked")
        response = intervals.wilson(len(answers), asked)
    if kind == "nps":
        return _net(answers, response)
    if kind == "csat":
        happy = sum(a >= scale - 1 for a in answers)
        found = intervals.wilson(happy, len(answers))
        return Score("csat", found.value, len(answers), found.lower, found.upper, None, happy, response)
    if len(answers) < 2:
        return Score("ces", answers[0], 1, None, None, response=response)
    found = intervals.mean(answers)
    error = stdev(answers) / sqrt(len(answers))
    return Score("ces", found.value, len(answers), found.lower, found.upper, error or None, response=response)


def _net(answers: Sequence[float], response: intervals.Interval | None) -> Score:
    n = len(answers)
    promoters, detractors = sum(a >= 9 for a in answers) / n, sum(a <= 6 for a in answers) / n
    net = promoters - detractors
    error = sqrt(max(0.0, promoters + detractors - net * net) / n)
    reach = NormalDist().inv_cdf(0.975) * error
    lower, upper = 100 * max(-1.0, net - reach), 100 * min(1.0, net + reach)
    # With one answer, or all of one kind, the estimated error is nothing, which is not certainty.
    known = error > 0
    return Score(
        "nps",
        100 * net,
        n,
        lower if known else None,
        upper if known else None,
        100 * error if known else None,
        response=response,
    )
