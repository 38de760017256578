"""Drawings: the same bytes every time, the page's colours, and nothing two charts could share."""

import re

from servicestory.report.charts import bar_chart, control_chart

MEASURE = {
    "chart": "p", "verdict": "improvement", "target_value": 0.8,
    "points": [
        {"period": f"2025-{m:02d}", "value": 0.6 + m / 50, "centre": 0.7, "lower": 0.6, "upper": None,
         "signal": "shift" if m > 8 else None}
        for m in range(1, 13)
    ],
}  # fmt: skip


def test_a_chart_is_the_same_every_time_and_brings_no_addresses_or_dates() -> None:
    drawn = control_chart(MEASURE, 1)
    assert drawn == control_chart(MEASURE, 1)
    assert drawn.startswith("<svg viewBox=") and drawn.endswith("</svg>")
    assert not re.search(r"http|metadata|<style|xlink|<\?xml|DOCTYPE", drawn)
    assert "var(--accent)" in drawn and not re.search(r"#0[1-4]0[1-4]0[1-4]", drawn)


def test_two_charts_share_no_ids_and_every_reference_is_met() -> None:
    one, two = control_chart(MEASURE, 1), control_chart(MEASURE, 2)
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (one, two)]
    assert ids[0] and not ids[0] & ids[1]
    for own, text in zip(ids, (one, two), strict=True):
        assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', text)) == own


def test_signals_have_another_shape() -> None:
    calm = {**MEASURE, "points": [{**p, "signal": None} for p in MEASURE["points"]]}  # type: ignore[attr-defined]
    assert "var(--alert)" in control_chart(MEASURE, 1) and "var(--alert)" not in control_chart(calm, 1)
    worse = control_chart({**MEASURE, "verdict": "concern"}, 1)
    assert worse != control_chart(MEASURE, 1)


def test_heights_are_written_out_and_find_room() -> None:
    def labels(values: list[float], chart: str) -> list[str]:
        points = [
            {
                "period": f"2025-{m:02d}",
                "value": v,
                "centre": None,
                "lower": None,
                "upper": None,
                "signal": None,
            }
            for m, v in enumerate(values, 1)
        ]
        drawn = control_chart({**MEASURE, "chart": chart, "target_value": None, "points": points}, 1)
        return re.findall(r"text-anchor: end[^>]*>([^<]*)<", drawn)

    assert labels([0.2, 0.6, 0.4], "p")[-2:] == ["50 %", "60 %"]
    assert labels([0.951, 0.953, 0.955], "p")[-1] == "95.5 %"
    assert labels([1e6, 4e6], "xmr")[-1] == "4,000,000"
    assert labels([0.0001, 0.0003], "xmr")[-1] == "0.00030"
    assert len(set(labels([7.0, 7.0, 7.0], "c"))) > 1


def test_bars_carry_their_numbers_and_text_is_never_read_as_a_formula() -> None:
    drawn = bar_chart([("2026-Q1", 3), ("2026-Q2", 1234), ("$x_1$", 0)], 0)
    assert ">3<" in drawn and ">1,234<" in drawn and ">$x_1$<" in drawn
    assert ">7<" not in bar_chart([(str(2000 + n), 7) for n in range(30)], 0)
