"""Small records for the tests of this folder."""

from datetime import date
from typing import Any

from servicestory.models.monitoring import Measure, MeasurePoint, Observation
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.story import Story

TODAY = date(2026, 10, 5)


def story(number: int, day: str | None, site: str | None = "Pier", **rest: Any) -> Story:
    return Story.model_validate(
        {"id": f"s{number}", "date": day, "narrative": f"Story number {number}.", "site": site, **rest}
    )


def practice(number: int, stories: list[Story], **rest: Any) -> Practice:
    return Practice.model_validate(
        {
            "id": f"P-{number:04d}",
            "name": f"Practice {number}",
            "status": "accepted",
            "evidence": [{"story": s.id, "start": 0, "end": 5} for s in stories],
            **rest,
        }
    )


def months(first: str, count: int) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(count)]


def points(values: list[Any], first: str = "2024-01", site: str | None = None) -> list[MeasurePoint]:
    """Monthly points: a number is a value, a pair numerator and denominator."""
    return [
        MeasurePoint(measure="m", period=p, site=site, numerator=v[0], denominator=v[1])
        if isinstance(v, tuple)
        else MeasurePoint(measure="m", period=p, site=site, value=v)
        for p, v in zip(months(first, len(values)), values, strict=True)
    ]


def measure(**rest: Any) -> Measure:
    return Measure.model_validate({"id": "m", **rest})


def seen(done: bool, on: str = "2026-09-01", **rest: Any) -> Observation:
    return Observation.model_validate({"practice": "P-0001", "on": on, "done": done, **rest})


def organisation(**rest: Any) -> Organisation:
    return Organisation.model_validate(rest)
