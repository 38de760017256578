"""Funnel limits: exact at small n, wider where all sites differ."""

from math import log, sqrt

import pytest
from scipy import stats

from servicestory.monitor.funnel import TAIL, _exact, between, funnel


def test_five_of_five_at_one_half_is_inside() -> None:
    # Exact chance 1/32 = 3.1 %; the arcsine form calls it an outlier.
    lower, upper = _exact(0.5, 5, share=True)
    assert (lower, upper) == (0.0, 1.0)
    assert stats.binom.sf(4, 5, 0.5) == pytest.approx(1 / 32)


@pytest.mark.parametrize("centre", [0.02, 0.5, 0.9])
@pytest.mark.parametrize("n", [1, 7, 40, 250, 3000])
def test_share_limits_hold_exactly_what_chance_gives(centre: float, n: int) -> None:
    lower, upper = (round(x * n) for x in _exact(centre, n, share=True))
    assert stats.binom.cdf(lower, n, centre) > TAIL
    assert lower == 0 or stats.binom.cdf(lower - 1, n, centre) <= TAIL
    assert stats.binom.sf(upper - 1, n, centre) > TAIL
    assert upper == n or stats.binom.sf(upper, n, centre) <= TAIL


@pytest.mark.parametrize("n", [10, 1000])
def test_rate_limits_hold_exactly_what_chance_gives(n: int) -> None:
    lower, upper = (round(x * n) for x in _exact(0.05, n, share=False))
    assert stats.poisson.cdf(lower, 0.05 * n) > TAIL
    assert lower == 0 or stats.poisson.cdf(lower - 1, 0.05 * n) <= TAIL
    assert stats.poisson.sf(upper - 1, 0.05 * n) > TAIL >= stats.poisson.sf(upper, 0.05 * n)


def test_one_site_that_differs_is_named_and_small_ones_are_not() -> None:
    counts = {f"site {i}": (450 + 5 * (i % 3), 500.0) for i in range(8)} | {
        "small": (2, 4.0),
        "far": (350, 500.0),
    }
    found = funnel(counts, share=True)
    assert {p.site: p.outside for p in found.places if p.outside} == {"far": "below"}
    assert found.places[-1].n == 4 or found.places[0].site == "far"


def test_sites_that_all_differ_widen_the_funnel() -> None:
    # Spiegelhalter 2005: tau2 = (I phi - (I - 1)) / (sum w - sum w^2 / sum w), phi from z winsorised at 10 %.
    counts = {f"s{i}": (y, 1000.0) for i, y in enumerate([700, 750, 800, 850, 900, 720, 780, 820, 880, 800])}
    found = funnel(counts, share=True)
    centre = 0.8
    z = sorted((y / n - centre) / sqrt(0.16 / n) for y, n in counts.values())
    z[0], z[-1] = z[1], z[-2]
    phi = sum(v * v for v in z) / 10
    w = 1000 / 0.16
    assert found.centre == pytest.approx(centre) and found.phi == pytest.approx(phi, abs=1e-9)
    assert found.tau2 == pytest.approx((10 * phi - 9) / (10 * w - 10 * w * w / (10 * w)), abs=1e-12)
    assert all(p.outside is None for p in found.places)


def test_all_or_nothing_everywhere_has_no_width() -> None:
    assert all(p.outside is None for p in funnel({"a": (5, 5), "b": (9, 9)}, share=True).places)
    assert all(p.outside is None for p in funnel({"a": (0, 5), "b": (0, 9)}, share=False).places)


def test_one_odd_site_among_few_does_not_hide_behind_itself() -> None:
    counts = {f"s{i}": (450.0 + i, 500.0) for i in range(6)} | {"odd": (300.0, 500.0)}
    found = funnel(counts, share=True)
    assert {p.site: p.outside for p in found.places if p.outside} == {"odd": "below"}


# Thirteen trials of the BCG vaccine (Colditz et al. 1994, JAMA 271:698): cases of and not of the vaccinated, then of
# the others. What they give is printed in the documentation of metafor (Viechtbauer 2010, Journal of Statistical
# Software 36(3)): pooled log relative risk -0.4303, Q 152.2330, DerSimonian and Laird's variance 0.3088.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def test_the_variance_between_places_is_that_of_a_published_example() -> None:
    values = [log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
    variances = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]
    centre = sum(y / v for y, v in zip(values, variances, strict=True)) / sum(1 / v for v in variances)
    phi, tau2 = between(values, variances, centre, winsorised=0)
    assert round(centre, 4) == -0.4303
    assert round(13 * phi, 4) == 152.2330
    assert round(tau2, 4) == 0.3088


def test_places_that_differ_no_more_than_chance_have_no_variance_between_them() -> None:
    assert between([0.1, -0.1, 0.05], [1, 1, 1], 0, winsorised=0)[1] == 0
