"""The figures people ask a detection for."""

import pytest

from servicestory.cli.counted import new_practices
from servicestory.cli.detect import show_changes
from servicestory.detect.result import Behaviour, Detection, FoundPractice, Lineage, Saturation


def test_what_is_new_is_told_span_by_span() -> None:
    assert new_practices([24]) == ""
    assert new_practices([24, 5, 2]) == "New practices in each 100 stories, oldest first: 24, 5, 2."
    many = new_practices([24, *[1] * 20, *[0] * 24])
    assert many.startswith("New practices in each 500 stories, oldest first: 28, 5, 5, 5, 1, 0, 0, 0, 0.")
    assert "mostly covered" in many


def behaviour(story: str, *practices: str) -> Behaviour:
    return Behaviour(story, None, "narrative", 0, 4, "text", 0.9, practices)


def practice(ref: str, status: str, standing: bool, *evidence: int) -> FoundPractice:
    return FoundPractice(ref, f"Do {ref}", None, standing, status, evidence, evidence, (), 1.0, 1)


def test_what_split_off_another_practice_is_new_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    moved = (
        Lineage("survived", ("P-0001",), ("P-0001",), 1),
        Lineage("split", ("P-0002",), ("P-0002", "P-0015"), 1),
        Lineage("new", (), ("P-0016",), 0),
    )
    told = tuple(behaviour(f"s{n}") for n in range(4))
    practices = tuple(practice(f"P-{n:04d}", "candidate", n < 15, 0) for n in (1, 2, 15, 16))
    show_changes(Detection(4, told, practices, moved, Saturation((4,), 0)))
    assert "1 stand as before, 2 new." in capsys.readouterr().out
