"""Ratings as exports write them ("9", "4,5/5", "FIVE", "★★★★☆"), and the scale they stand on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, isfinite

_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_NUMBER = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*(?:stars?|points?|%|(?:/|out of|of)\s*(\d+))?", re.I)
_NAMED = (
    re.compile(r"(\d+)\s*(?:-|–|to|\.\.)\s*(\d+)"),
    re.compile(r"(?:/|out of|of)\s*(\d+)"),
)
_USUAL = (5.0, 7.0, 10.0, 100.0)


@dataclass(frozen=True)
class Scale:
    """The lowest and highest mark; ``low`` is None where only the top is known."""

    low: float | None
    high: float | None

    def holds(self, value: float) -> bool:
        """Whether a mark is on the scale."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        low = "0" if self.low is None else f"{self.low:g}"
        return f"{low} to {self.high:g}" if self.high is not None else "any number"


def read_rating(text: str) -> tuple[float, float | None] | None:
    """(mark, top of the scale when the text says it), or None when it is no mark, or larger than any."""
    text = text.strip()
    if text.lower() in _WORDS:
        return _WORDS[text.lower()], 5.0
    if text and set(text) <= set("★☆⭐✩") and len(text) <= 10:
        return float(sum(c in "★⭐" for c in text)), 5.0 if "☆" in text or "✩" in text else None
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    mark = float(found[1].replace(",", "."))
    top = 100.0 if text.endswith("%") else float(found[2]) if found[2] else None
    return (mark, top) if isfinite(mark) and isfinite(top or 0) else None


def scale_of(column: str, values: Iterable[str]) -> Scale:
    """The scale a column's name tells (`score (1-10)`, `rating out of 5`), else the one its marks fit.

    From marks alone: the smallest of 5, 7, 10 and 100 that holds 98 in 100 of them; 7 only when 6 or 7
    are common, since a few marks of 6 on a scale of 10 are likelier.
    """
    named = _NAMED[0].search(column)
    if named and float(named[1]) < float(named[2]) < inf:
        return Scale(float(named[1]), float(named[2]))
    if (top := _NAMED[1].search(column)) and float(top[1]) < inf:
        return Scale(None, float(top[1]))
    marks = []
    for value in values:
        read = read_rating(value)
        # a word is a mark of five where all are; among numbers it says nothing of their scale
        if read and read[1] is not None and value.strip().lower() not in _WORDS:
            return Scale(None, read[1])
        if read:
            marks.append(read[0])
    if not marks:
        return Scale(None, None)
    # One 11 among marks of 10 is a slip; it must not make 10 out of 10 a tenth of 100.
    if len(marks) >= 4 and sum(mark > 10 for mark in marks) <= max(1, 0.02 * len(marks)):
        marks = [mark for mark in marks if mark <= 10]
    for high in _USUAL:
        inside = sum(mark <= high for mark in marks)
        if inside < 0.98 * len(marks):
            continue
        if high == 7.0 and (len(marks) < 20 or sum(mark >= 6 for mark in marks) < 0.1 * len(marks)):
            continue
        low = 0.0 if any(mark == 0 for mark in marks) or high == 100 else 1.0
        return Scale(low, high)
    return Scale(None, None)
