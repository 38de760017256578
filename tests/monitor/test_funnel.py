"""Funnel limits: exact at small n, wider where all sites differ."""

from math import sqrt

import pytest
from scipy import stats

from servicestory.monitor.funnel import TAIL, _exact, funnel


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
