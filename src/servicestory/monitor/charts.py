"""Control charts: centre line and three-sigma limits of XmR, p, p′, u, u′, c, g and t charts.

Every function takes the points in order of time and returns a `Chart`: lists of one length. Lower limits are
never below what the figure can be (0), upper limits of shares never above 1.

Sources: Montgomery, Introduction to Statistical Quality Control (XmR, p, u, c, t); NHS England, Making Data
Count (2.66, screening of moving ranges); Laney 2002, Quality Engineering 14:531 (p′, u′); Benneyan 2001,
Health Care Management Science 4:305 (g).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from statistics import fmean, median

TWO_SIDED = 2.66  # 3 / d2 for moving ranges of two points, rounded as the NHS publishes it
SCREEN = 3.267  # D4: a moving range this many times the mean one is itself out of control
D2 = 1.128  # expected range of two standard normal values
T_POWER = 3.6  # Nelson 1994: makes times between events nearly normal


@dataclass(frozen=True)
class Chart:
    """Plotted values with the centre and limits that apply to each, all of one length.

    ``z`` is each point's distance from the centre in sigmas (on the scale on which the chart is symmetrical),
    ``sides`` +1, 0 or -1 for the side of the line runs are counted about. ``sigma_z`` is Laney's factor.
    """

    values: list[float]
    centre: list[float]
    lower: list[float]
    upper: list[float]
    z: list[float]
    sides: list[int]
    sigma_z: float | None = None


def mean_moving_range(values: Sequence[float]) -> float:
    """The mean of |x(i) - x(i-1)|, after ranges of 3.267 times the mean or more are dropped, once.

    When what is left does not vary at all, nothing is dropped: limits of no width would flag every point.
    """
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    if not ranges:
        return 0.0
    mean = fmean(ranges)
    kept = [r for r in ranges if r < SCREEN * mean]
    screened = fmean(kept) if kept else 0.0
    return screened if screened > 0 else mean


def xmr(values: Sequence[float]) -> Chart:
    """Individuals chart: mean ± 2.66 × mean moving range (two sigma at two thirds of that)."""
    centre = fmean(values)
    reach = TWO_SIDED * mean_moving_range(values)
    return _chart(list(values), [centre] * len(values), [reach / 3] * len(values), -inf, inf)


def p(numerators: Sequence[float], denominators: Sequence[float]) -> Chart:
    """Shares: centre Σy/Σn, sigma √(c(1−c)/n) for each point's own n."""
    return _ratio(numerators, denominators, share=True, prime=False)


def p_prime(numerators: Sequence[float], denominators: Sequence[float]) -> Chart:
    """Laney's p′: the limits of p times σz, the variation from point to point beyond chance."""
    return _ratio(numerators, denominators, share=True, prime=True)


def u(numerators: Sequence[float], denominators: Sequence[float]) -> Chart:
    """Rates: centre Σy/Σn, sigma √(c/n) for each point's own n."""
    return _ratio(numerators, denominators, share=False, prime=False)


def u_prime(numerators: Sequence[float], denominators: Sequence[float]) -> Chart:
    """Laney's u′: the limits of u times σz."""
    return _ratio(numerators, denominators, share=False, prime=True)


def c(counts: Sequence[float]) -> Chart:
    """Counts with the same opportunity in every period: centre c, sigma √c."""
    centre = fmean(counts)
    return _chart(list(counts), [centre] * len(counts), [sqrt(centre)] * len(counts), 0, inf)


def g(gaps: Sequence[float]) -> Chart:
    """Cases between rare events: centre c, sigma √(c(c+1)).

    Runs are counted about the median: the distribution is skew, and more than half of all points lie
    below the mean by nature.
    """
    centre = fmean(gaps)
    sigma = sqrt(centre * (centre + 1))
    chart = _chart(list(gaps), [centre] * len(gaps), [sigma] * len(gaps), 0, inf)
    middle = median(gaps)
    return Chart(
        chart.values, chart.centre, chart.lower, chart.upper, chart.z, [_sign(x - middle) for x in gaps]
    )


def t(times: Sequence[float]) -> Chart:
    """Time between rare events: an individuals chart of x^(1/3.6), its lines brought back to x."""
    inner = xmr([x ** (1 / T_POWER) for x in times])

    def back(lines: list[float]) -> list[float]:
        return [max(0.0, y) ** T_POWER for y in lines]

    return Chart(list(times), back(inner.centre), back(inner.lower), back(inner.upper), inner.z, inner.sides)


def _ratio(numerators: Sequence[float], denominators: Sequence[float], share: bool, prime: bool) -> Chart:
    centre = sum(numerators) / sum(denominators)
    spread = max(0.0, centre * (1 - centre)) if share else centre
    sigmas = [sqrt(spread / n) for n in denominators]
    values = [y / n for y, n in zip(numerators, denominators, strict=True)]
    factor = None
    if prime:
        factor = sigma_z(values, centre, sigmas)
        sigmas = [s * factor for s in sigmas]
    chart = _chart(values, [centre] * len(values), sigmas, 0, 1 if share else inf)
    return Chart(chart.values, chart.centre, chart.lower, chart.upper, chart.z, chart.sides, factor)


def sigma_z(values: Sequence[float], centre: float, sigmas: Sequence[float]) -> float:
    """Laney's σz: mean moving range of the standardised points ÷ 1.128; near 1 when only chance acts."""
    if not all(sigmas):
        return 1.0
    z = [(v - centre) / s for v, s in zip(values, sigmas, strict=True)]
    ranges = [abs(b - a) for a, b in itertools.pairwise(z)]
    return fmean(ranges) / D2 if ranges else 1.0


def _chart(values: list[float], centre: list[float], sigmas: list[float], least: float, most: float) -> Chart:
    rows = list(zip(values, centre, sigmas, strict=True))
    return Chart(
        values,
        centre,
        [max(least, m - 3 * s) for _, m, s in rows],
        [min(most, m + 3 * s) for _, m, s in rows],
        [(v - m) / s if s else 0.0 for v, m, s in rows],
        [_sign(v - m, 1e-12 * (abs(m) + s)) for v, m, s in rows],
    )


def _sign(difference: float, nearly_nothing: float = 0.0) -> int:
    """+1, 0 or -1; a difference that is rounding error counts as none."""
    return (difference > nearly_nothing) - (difference < -nearly_nothing)
