"""Small records for the tests of the review."""

from datetime import date
from typing import Any

from servicestory.models.monitoring import Measure, MeasurePoint
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.review import Action
from servicestory.models.story import Story
from servicestory.monitor.overview import Records, overview
from servicestory.report.cards import Beside
from servicestory.report.review import Review, gather

TODAY = date(2026, 10, 5)
TEXT = "The kettle was cold, so Ada Brisk carried hot water up. Then she asked about the night."


def organisation(**fields: Any) -> Organisation:
    given = {
        "organisation": "Pier House",
        "vision": "Nobody leaves cold.",
        "sites": [{"name": "Pier"}, {"name": "Quay"}],
        "standards": [{"id": "warm", "name": "Warm hands", "statement": "Hot water within five minutes."}],
        "staff": [{"name": "Ada Brisk", "aliases": ["Adi"], "site": "Pier"}, {"name": "Will Stone"}],
        **fields,
    }
    return Organisation.model_validate(given)


def story(name: str, day: str | None = "2026-08-05", site: str | None = "Pier", **fields: Any) -> Story:
    return Story.model_validate(
        {"id": name, "date": day, "site": site, "narrative": TEXT, "people": ["Ada Brisk"], **fields}
    )


def practice(number: int, stories: list[Story], **fields: Any) -> Practice:
    evidence = [{"story": s.id, "start": 21, "end": 55, "score": 0.5} for s in stories]
    return Practice.model_validate(
        {"id": f"P-{number:04d}", "name": f"Carry hot water {number}", "evidence": evidence, **fields}
    )


def review(
    stories: list[Story],
    practices: list[Practice],
    of: Organisation | None = None,
    measures: list[Measure] | None = None,
    points: list[MeasurePoint] | None = None,
    actions: list[Action] | None = None,
    beside: dict[str, Beside] | None = None,
) -> Review:
    """The review of 2026-Q3 on `TODAY`."""
    who = of or organisation()
    watched = overview(
        Records(
            who,
            TODAY,
            stories,
            practices,
            measures=measures or [],
            points=points or [],
            actions=actions or [],
        )
    ).to_json()
    return gather(who, stories, practices, watched, "2026-Q3", "2026-Q2", TODAY, beside=beside)


def measured() -> tuple[list[Measure], list[MeasurePoint]]:
    """A share over 14 months that rises by more than chance."""
    points = [
        MeasurePoint(measure="warmth", period=f"{2025 + i // 12}-{i % 12 + 1:02d}", numerator=60 + 3 * i, denominator=110)
        for i in range(14)
    ]  # fmt: skip
    return [Measure(id="warmth", name="Guests who were warm", target=0.8)], points
