"""Signals, not noise: which points of a chart more than chance would make.

Source: NHS England, Making Data Count (rules for control charts); Anhøj & Olesen 2014, PLoS ONE 9:e113825
(run charts).
"""

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import comb, log2
from typing import NamedTuple

from servicestory.monitor.charts import Chart

SHIFT = 7  # points in a row on one side
TREND = 6  # successive rises or falls, that is seven points
LEAST_USEFUL = 10  # the published table of run-chart limits starts here


class Signal(NamedTuple):
    """The rule a point fired, and whether the figure is high (+1) or low (-1) by it."""

    rule: str
    sense: int


def control_signals(chart: Chart) -> list[Signal | None]:
    """For each point the strongest rule it is part of, or None.

    Strongest first: ``beyond limits`` (more than three sigma), ``shift`` (seven in a row on one side),
    ``trend`` (six successive rises or falls), ``two of three`` (beyond two sigma on the same side).
    """
    n = len(chart.values)
    found: list[Signal | None] = [None] * n
    for at in _two_of_three(chart.z):
        found[at] = Signal("two of three", 1 if chart.z[at] > 0 else -1)
    for start, end, sense in _trends(chart.values):
        found[start:end] = [Signal("trend", sense)] * (end - start)
    for start, end, sense in _same(chart.sides):
        if sense and end - start >= SHIFT:
            found[start:end] = [Signal("shift", sense)] * (end - start)
    for at, z in enumerate(chart.z):
        if abs(z) > 3 + 1e-9:
            found[at] = Signal("beyond limits", 1 if z > 0 else -1)
    return found


def _two_of_three(z: Sequence[float]) -> set[int]:
    hits: set[int] = set()
    for side in (1, -1):
        far = [side * value > 2 + 1e-9 for value in z]
        for start in range(len(z) - 2):
            window = [i for i in range(start, start + 3) if far[i]]
            if len(window) >= 2:
                hits.update(window)
    return hits


def _trends(values: Sequence[float]) -> list[tuple[int, int, int]]:
    steps = [(b > a) - (b < a) for a, b in pairwise(values)]
    return [(s, e + 1, sense) for s, e, sense in _same(steps) if sense and e - s >= TREND]


def _same(items: Sequence[int]) -> list[tuple[int, int, int]]:
    """Stretches of equal items as (start, end, item)."""
    out, at = [], 0
    for item, members in groupby(items):
        length = sum(1 for _ in members)
        out.append((at, at + length, item))
        at += length
    return out


def run_limits(useful: int) -> tuple[int, int]:
    """Longest run and fewest crossings that chance makes among ``useful`` points off the median.

    round(log2 n) + 3, and the 5 % quantile of the binomial distribution with n - 1 trials of one half,
    in whole numbers.
    """
    trials = useful - 1
    total, fewest = 1, 0
    while 20 * total < 2**trials:
        fewest += 1
        total += comb(trials, fewest)
    return round(log2(useful)) + 3, fewest


def run_signals(values: Sequence[float], middle: float) -> list[Signal | None]:
    """Run-chart rules about the median: an unusually long ``run``, unusually few ``crossings``.

    Points on the median are not counted and do not break a run. The points of every too long run are marked;
    too few crossings are a matter of the whole line and marked on its last point.
    """
    found: list[Signal | None] = [None] * len(values)
    useful = [(at, 1 if v > middle else -1) for at, v in enumerate(values) if v != middle]
    if len(useful) < LEAST_USEFUL:
        return found
    longest, fewest = run_limits(len(useful))
    stretches = _same([side for _, side in useful])
    if len(stretches) - 1 < fewest:
        at, side = useful[-1]
        found[at] = Signal("crossings", side)
    for start, end, side in stretches:
        if end - start > longest:
            for at, _ in useful[start:end]:
                found[at] = Signal("run", side)
    return found
