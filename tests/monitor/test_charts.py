"""Centre lines and limits against worked examples from the literature."""

import itertools
from collections.abc import Callable
from fractions import Fraction
from math import sqrt

import pytest

from servicestory.monitor import charts

# Montgomery, Introduction to Statistical Quality Control, 7th ed., Table 7.1 (orange juice cans, n = 50);
# the same figures are in NIST/SEMATECH e-Handbook 6.3.3.2.
CANS = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]
# Montgomery, Table 7.4 (purchase orders, variable sample size).
ORDERS = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]
ORDERED = [
    100,
    80,
    80,
    100,
    110,
    110,
    100,
    100,
    90,
    90,
    110,
    120,
    120,
    120,
    110,
    80,
    80,
    80,
    90,
    100,
    100,
    100,
    100,
    90,
    90,
]
# Montgomery, Table 7.7 (nonconformities in samples of 100 circuit boards).
BOARDS = [
    21,
    24,
    16,
    12,
    15,
    5,
    28,
    20,
    31,
    25,
    20,
    24,
    16,
    19,
    10,
    17,
    13,
    22,
    18,
    39,
    30,
    24,
    16,
    19,
    17,
    15,
]
# Montgomery, Table 7.10 (errors in 20 weekly samples of 50 shipments).
SHIPMENTS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]
# Montgomery, Table 6.6 (cost of processing a mortgage loan application).
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
# Montgomery, 3rd ed., viscosity of aircraft primer paint.
PAINT = [
    33.75,
    33.05,
    34.00,
    33.81,
    33.46,
    34.02,
    33.68,
    33.27,
    33.49,
    33.20,
    33.62,
    33.00,
    33.54,
    33.12,
    33.84,
]
# Montgomery, Table 7.14 (hours between failures of a valve).
VALVES = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]
# NIST/SEMATECH e-Handbook 6.3.3.1 (defects on wafers).
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]


def test_p_chart_of_montgomery_7_1() -> None:
    chart = charts.p(CANS, [50] * 30)
    assert chart.centre[0] == pytest.approx(347 / 1500, abs=1e-12)
    assert round(chart.centre[0], 4) == 0.2313  # as printed
    assert round(chart.upper[0], 4) == 0.4102
    assert round(chart.lower[0], 4) == 0.0524
    # Samples 15 and 23 are the two the book finds above the limit.
    assert [i + 1 for i, v in enumerate(chart.values) if v > chart.upper[i]] == [15, 23]


def test_p_chart_limits_equal_exact_arithmetic() -> None:
    centre = Fraction(sum(ORDERS), sum(ORDERED))
    assert centre == Fraction(234, 2450)  # printed: 234/2450 = 0.096
    chart = charts.p(ORDERS, ORDERED)
    for n, upper, lower in zip(ORDERED, chart.upper, chart.lower, strict=True):
        variance = centre * (1 - centre) / n
        assert (Fraction(upper) - centre) ** 2 == pytest.approx(9 * variance, abs=1e-9)
        assert lower == pytest.approx(max(0.0, 2 * float(centre) - upper), abs=1e-9)
    assert round(chart.upper[0], 3) == 0.184  # Table 7.5: n = 100, UCL 0.184
    assert round(chart.upper[1], 3) == 0.194  # n = 80, UCL 0.194
    # The book: "one point, that from sample 11, is outside the upper limit".
    assert [i + 1 for i, v in enumerate(chart.values) if v > chart.upper[i]] == [11]


def test_c_chart_of_montgomery_7_3() -> None:
    chart = charts.c(BOARDS)
    assert sum(BOARDS) == 516
    assert round(chart.centre[0], 2) == 19.85
    assert round(chart.upper[0], 2) == 33.21  # printed 33.22 with a rounded centre
    assert round(chart.lower[0], 2) == 6.48
    assert [i + 1 for i, z in enumerate(chart.z) if abs(z) > 3] == [6, 20]


def test_c_chart_of_the_nist_handbook() -> None:
    chart = charts.c(WAFERS)
    assert (chart.centre[0], chart.upper[0], chart.lower[0]) == pytest.approx((16, 28, 4), abs=1e-9)


def test_u_chart_of_montgomery_7_4() -> None:
    chart = charts.u(SHIPMENTS, [50] * 20)
    assert chart.centre[0] == pytest.approx(0.0740, abs=1e-9)
    assert round(chart.upper[0], 4) == 0.1894
    assert chart.lower[0] == 0  # printed as -0.0414 and set to 0
    assert chart.centre[0] - 3 * sqrt(0.074 / 50) == pytest.approx(-0.0414, abs=5e-5)


@pytest.mark.parametrize(
    ("values", "centre", "range_", "upper", "lower"),
    [(LOANS, 300.5, 7.79, 321.22, 279.78), (PAINT, 33.52, 0.48, 34.80, 32.24)],
)
def test_individuals_charts_of_montgomery(
    values: list[float], centre: float, range_: float, upper: float, lower: float
) -> None:
    chart = charts.xmr(values)
    assert round(chart.centre[0], 2) == centre
    assert round(charts.mean_moving_range(values), 2) == range_
    assert (round(chart.upper[0], 2), round(chart.lower[0], 2)) == (upper, lower)
    exact = [Fraction(str(v)) for v in values]
    moving = sum(abs(b - a) for a, b in itertools.pairwise(exact)) / (len(exact) - 1)
    mean = sum(exact) / len(exact)
    assert chart.upper[0] == pytest.approx(float(mean + Fraction("2.66") * moving), abs=1e-9)


def test_two_sigma_lies_at_two_thirds() -> None:
    chart = charts.xmr(LOANS)
    point = chart.centre[0] + (chart.upper[0] - chart.centre[0]) * 2 / 3
    assert (point - chart.centre[0]) / ((chart.upper[0] - chart.centre[0]) / 3) == pytest.approx(2)
    assert max(chart.z) == pytest.approx((314 - 300.5) / (2.66 * charts.mean_moving_range(LOANS) / 3))


def test_moving_ranges_out_of_control_are_dropped_once() -> None:
    # NHS Making Data Count: a range of 3.267 times the mean or more is left out, then limits are computed again.
    values = [10, 11, 10, 11, 10, 11, 10, 11, 10, 40, 10, 11]
    ranges = [1] * 8 + [30, 30, 1]
    assert sum(ranges) / 11 * 3.267 < 30
    assert charts.mean_moving_range(values) == 1
    chart = charts.xmr(values)
    mean = sum(values) / 12
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((mean - 2.66, mean + 2.66), abs=1e-9)


def test_screening_never_leaves_limits_without_width() -> None:
    values = [5.0] * 6 + [9.0] * 6
    assert charts.mean_moving_range(values) == pytest.approx(4 / 11)


def test_all_equal_has_no_width_and_no_distance() -> None:
    chart = charts.xmr([4.1] * 12)
    assert chart.upper == chart.lower == [pytest.approx(4.1)] * 12
    assert chart.z == [0.0] * 12 and chart.sides == [0] * 12


def test_t_chart_of_montgomery_7_14() -> None:
    # The book transforms with the power 0.2777; its printed values of the transformed times.
    printed = {0: 4.80986, 1: 6.70903, 3: 3.81367, 6: 1.46958, 19: 3.55203}
    for at, value in printed.items():
        assert VALVES[at] ** 0.2777 == pytest.approx(value, abs=5e-6)
    chart = charts.t(VALVES)
    y = [x ** (1 / 3.6) for x in VALVES]
    mean = sum(y) / 20
    moving = sum(abs(b - a) for a, b in itertools.pairwise(y)) / 19
    assert chart.upper[0] ** (1 / 3.6) == pytest.approx(mean + 2.66 * moving, abs=1e-9)
    assert chart.centre[0] ** (1 / 3.6) == pytest.approx(mean, abs=1e-9)
    assert chart.lower[0] == 0  # the book: lower limit negative, so none
    assert round(mean, 2) == 5.39 and all(abs(z) < 3 for z in chart.z)  # in control, as the book concludes


def test_g_chart_after_benneyan() -> None:
    # Benneyan 2001, eq. for the case of the smallest value 0: centre x, limits x ± 3 √(x (x + 1)).
    chart = charts.g([3, 5, 0, 8, 4, 4])
    assert chart.centre[0] == 4
    assert chart.upper[0] == pytest.approx(4 + 3 * sqrt(20), abs=1e-12)
    assert chart.lower[0] == 0
    assert chart.sides == [-1, 1, -1, 1, 0, 0]  # about the median, 4


# Mohammed et al. 2013, BMJ Quality & Safety 22:362: attendances of twenty weeks, and those seen within four hours.
SEEN = [
    266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320,
    267923, 271478, 255353, 256820, 261835, 259144, 255910, 260863, 264465, 260989,
]  # fmt: skip
CAME = [
    280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529,
    279618, 283932, 266629, 268091, 276803, 271578, 266005, 273520, 278574, 273772,
]  # fmt: skip
# Limits of Laney's charts of these figures, computed in R and published with PowerBI-SPC (Australian Department of
# Health, test/fixtures/golden/pp/basic.qicharts2.json), six digits.
SEEN_UPPER = [
    0.96567, 0.965753, 0.965421, 0.965326, 0.965627, 0.965775, 0.965593, 0.965345, 0.965579, 0.965623,
    0.965689, 0.965591, 0.965996, 0.965961, 0.965753, 0.965877, 0.966012, 0.96583, 0.965713, 0.965824,
]  # fmt: skip
SEEN_LOWER = [
    0.94013, 0.940046, 0.940378, 0.940473, 0.940173, 0.940025, 0.940207, 0.940454, 0.94022, 0.940177,
    0.940111, 0.940208, 0.939803, 0.939839, 0.940046, 0.939923, 0.939788, 0.939969, 0.940087, 0.939975,
]  # fmt: skip
# Operations between complications, from the heart-surgery data of qicharts2 (Anhøj), published with its g-chart
# limits by PowerBI-SPC (test/fixtures/golden/g/basic.json).
BETWEEN = [
    23, 39, 15, 34, 1, 49, 98, 29, 27, 13, 45, 7, 10, 27, 24, 14, 20, 38, 44, 11, 10, 3, 113, 183, 3, 47, 18, 18,
    33, 15, 2, 38, 27, 27, 1, 52, 23, 7, 26, 82, 5, 49, 5, 17, 24, 44, 26, 2, 27, 46, 55, 97, 22, 22, 20, 4, 60,
    51, 7, 21, 66, 36, 25, 72, 15, 5, 3,
]  # fmt: skip


@pytest.mark.parametrize("chart", [charts.p_prime, charts.u_prime])
def test_laney_limits_of_published_figures(chart: Callable[..., charts.Chart]) -> None:
    found = chart(SEEN, CAME)
    assert found.centre[0] == pytest.approx(0.9529, abs=5e-5)
    # The published p-prime and u-prime limits are the same, because sigma_z takes out what sets them apart.
    assert found.upper == pytest.approx(SEEN_UPPER, abs=5.1e-7)
    assert found.lower == pytest.approx(SEEN_LOWER, abs=5.1e-7)
    # Sixteen of twenty weeks lie outside a p chart of the same figures; none outside Laney's.
    plain = charts.p(SEEN, CAME)
    assert sum(abs(z) > 3 for z in plain.z) == 16
    assert all(abs(z) <= 3 for z in found.z)


def test_g_chart_of_published_figures() -> None:
    found = charts.g(BETWEEN)
    assert round(found.upper[0], 4) == 128.1749
    assert found.lower[0] == 0
    assert sorted(BETWEEN)[33] == 24  # the published middle line, about which runs are counted
    assert [at for at, side in enumerate(found.sides) if not side] == [
        at for at, v in enumerate(BETWEEN) if v == 24
    ]
    assert [v for v in BETWEEN if v > found.upper[0]] == [183]


def test_laney_prime_by_hand() -> None:
    # Laney 2002: z = (p - centre) / sigma; sigma_z = mean |z(i) - z(i-1)| / 1.128; limits centre ± 3 sigma sigma_z.
    y, n = [820, 850, 790, 870], [1000, 1000, 1000, 1000]
    centre = 3330 / 4000
    sigma = sqrt(centre * (1 - centre) / 1000)
    z = [(v / 1000 - centre) / sigma for v in y]
    factor = (abs(z[1] - z[0]) + abs(z[2] - z[1]) + abs(z[3] - z[2])) / 3 / 1.128
    chart = charts.p_prime(y, n)
    assert chart.sigma_z == pytest.approx(factor, abs=1e-12) and factor > 3
    assert chart.upper[0] == pytest.approx(centre + 3 * sigma * factor, abs=1e-12)
    plain = charts.p(y, n)
    assert chart.centre == plain.centre
    # Where points vary by chance, p and p-prime agree (Laney 2002): with sigma_z = 1 they are the same chart.
    assert (plain.upper[0] - centre) * factor == pytest.approx(chart.upper[0] - centre)


def test_u_prime_widens_u_by_sigma_z() -> None:
    y, n = [12, 40, 9, 51, 14], [100, 110, 95, 105, 100]
    plain, prime = charts.u(y, n), charts.u_prime(y, n)
    assert prime.sigma_z is not None and prime.sigma_z > 1
    for a, b, m in zip(plain.upper, prime.upper, plain.centre, strict=True):
        assert (a - m) * prime.sigma_z == pytest.approx(b - m, abs=1e-12)


def test_share_limits_stay_between_nothing_and_all() -> None:
    chart = charts.p([9, 10, 10, 9], [10, 10, 10, 10])
    assert chart.upper == [1.0] * 4
    everyone = charts.p_prime([10, 10, 10], [10, 10, 10])
    assert everyone.sigma_z == 1.0 and everyone.upper == everyone.lower == [1.0] * 3
