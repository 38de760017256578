"""Between sites: a funnel with exact limits, so that small sites are not called bad or good by chance.

Sources: Spiegelhalter 2005, Statistics in Medicine 24:1185 (funnel plots, winsorised φ, additive τ²); exact
binomial and Poisson tails instead of normal ones, which flag 5 of 5 at a target of one half (chance 3.1 %).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Literal

TAIL = 0.00135  # one-sided chance beyond three sigma
WINSORISED = 0.1  # share of sites drawn in at each end before φ is computed
LEAST_SITES = 5  # fewer give no estimate of how much sites differ


@dataclass(frozen=True)
class Place:
    """One site in the funnel: its figure, its own limits, and whether it lies outside them."""

    site: str
    value: float
    n: float
    lower: float
    upper: float
    outside: Literal["above", "below"] | None


@dataclass(frozen=True)
class Funnel:
    """All sites about the overall figure. ``tau2`` is the variance between sites beyond chance (0: none)."""

    centre: float
    phi: float | None
    tau2: float
    places: list[Place]


def funnel(counts: Mapping[str, tuple[float, float]], share: bool) -> Funnel:
    """Compare sites by (numerator, denominator).

    Args:
        counts: for each site numerator and denominator, denominators above zero.
        share: the figure is a share (binomial), not a rate (Poisson).

    Limits are exact at three sigma. When the sites differ by more than chance all round (winsorised φ above
    1 by Spiegelhalter's test), limits widen by the variance between sites, so that only sites that differ
    from the *others* are named.
    """
    centre = sum(y for y, _ in counts.values()) / sum(n for _, n in counts.values())
    spread = max(0.0, centre * (1 - centre)) if share else centre
    phi, tau2 = _overdispersion(counts, centre, spread)
    places = []
    for site, (y, n) in sorted(counts.items()):
        lower, upper = _exact(centre, n, share)
        if tau2:
            reach = 3 * sqrt(spread / n + tau2)
            lower, upper = min(lower, max(0.0, centre - reach)), max(upper, centre + reach)
            upper = min(1.0, upper) if share else upper
        value = y / n
        slack = 1e-12 * max(1.0, value)
        outside: Literal["above", "below"] | None = None
        if value > upper + slack:
            outside = "above"
        elif value < lower - slack:
            outside = "below"
        places.append(Place(site, value, n, lower, upper, outside))
    return Funnel(centre, phi, tau2, places)


def _exact(centre: float, n: float, share: bool) -> tuple[float, float]:
    """The smallest and the largest figure that chance gives more often than `TAIL` on its side."""
    if centre <= 0 or (share and centre >= 1):
        return centre, centre
    from scipy.special import bdtr, bdtrc, bdtrik, pdtr, pdtrc, pdtrik

    trials = floor(n)

    def below(k: float) -> float:
        return float(bdtr(k, trials, centre) if share else pdtr(k, centre * n))

    def above(k: float) -> float:
        return float(bdtrc(k, trials, centre) if share else pdtrc(k, centre * n))

    def quantile(chance: float) -> int:
        k = float(bdtrik(chance, trials, centre) if share else pdtrik(chance, centre * n))
        return max(0, ceil(k)) if k == k else 0

    low = quantile(TAIL)
    while low > 0 and below(low - 1) > TAIL:
        low -= 1
    while below(low) <= TAIL:
        low += 1
    high = max(quantile(1 - TAIL), low)
    while above(high - 1) <= TAIL and high > low:
        high -= 1
    while above(high) > TAIL:
        high += 1
    return low / n, (min(high, trials) if share else high) / n


def _overdispersion(
    counts: Mapping[str, tuple[float, float]], centre: float, spread: float
) -> tuple[float | None, float]:
    if len(counts) < LEAST_SITES or spread == 0:
        return None, 0.0
    values = [y / n for y, n in counts.values()]
    return between(values, [spread / n for _, n in counts.values()], centre)


def between(
    values: Sequence[float], variances: Sequence[float], centre: float, winsorised: float = WINSORISED
) -> tuple[float, float]:
    """φ, and the variance of places about ``centre`` beyond that of chance (0 when φ shows none).

    Args:
        values: one figure for each place; ``variances`` that of chance for each.
        winsorised: share of the standardised figures drawn in at each end before φ is computed.

    φ is the mean of the squared standardised figures; the variance is DerSimonian and Laird's (1986,
    Controlled Clinical Trials 7:177), as Spiegelhalter 2005 takes it.
    """
    z = sorted((v - centre) / sqrt(s) for v, s in zip(values, variances, strict=True))
    # Among few places one odd one would widen the limits for itself, so at least one is drawn in at each end.
    cut = max(1, floor(winsorised * len(z))) if winsorised else 0
    drawn = [min(max(value, z[cut]), z[-1 - cut]) for value in z]
    places = len(z)
    phi = sum(value * value for value in drawn) / places
    if phi * places <= places - 1:
        return phi, 0.0
    weights = [1 / s for s in variances]
    total = sum(weights)
    excess = places * phi - (places - 1)
    return phi, excess / (total - sum(w * w for w in weights) / total)
