"""The figures people ask a detection for."""

import pytest

from servicestory.cli import changed
from servicestory.cli.counted import new_practices, show
from servicestory.detect.result import Behaviour, Detection, FoundPractice, Lineage, Saturation
from servicestory.models.practice import Practice


def test_what_is_new_is_told_span_by_span() -> None:
    assert new_practices([24]) == ""
    assert new_practices([24, 5, 2]) == "New practices in each 100 stories, oldest first: 24, 5, 2."
    many = new_practices([24, *[1] * 20, *[0] * 24])
    assert many.startswith("New practices in each 500 stories, oldest first: 28, 5, 5, 5, 1, 0, 0, 0, 0.")
    assert "mostly covered" in many


def behaviour(story: str, *practices: str) -> Behaviour:
    return Behaviour(story, None, "narrative", 0, 4, "text", 0.9, practices)


def practice(ref: str, status: str, standing: bool, *evidence: int) -> FoundPractice:
    sure = (0.9,) * len(evidence)
    return FoundPractice(ref, f"Do {ref}", None, standing, status, evidence, evidence, (), 1.0, 1, sure)


def test_what_split_off_another_practice_is_new_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    moved = (
        Lineage("survived", ("P-0001",), ("P-0001",), 1),
        Lineage("split", ("P-0002",), ("P-0002", "P-0015"), 1),
        Lineage("new", (), ("P-0016",), 0),
    )
    told = tuple(behaviour(f"s{n}") for n in range(4))
    practices = tuple(practice(f"P-{n:04d}", "candidate", n < 15, 0) for n in (1, 2, 15, 16))
    changed.show(Detection(4, told, practices, moved, Saturation((4,), ())), [])
    assert "1 stand as before, 2 new." in capsys.readouterr().out


def test_of_many_practices_with_other_places_those_with_the_most_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = tuple(behaviour(f"s{n}") for n in range(16))
    found = [practice(f"P-{n:04d}", "accepted", True, *range(n)) for n in range(1, 16)]
    before = [Practice(id=p.id, name=p.name, status="accepted") for p in found]
    moved = tuple(Lineage("survived", (p.id,), (p.id,), 0) for p in found)
    changed.show(Detection(16, told, tuple(found), moved, Saturation((1,), ())), before)
    said = capsys.readouterr().out
    assert "Since last time: 0 stand as before, 15 with other places, 0 new." in said
    assert "More places: P-0006 6 more," in said and "P-0015 15 more, and 5 other practices" in said
    assert "Fewer" not in said


def shown(capsys: pytest.CaptureFixture[str], every: bool = False) -> str:
    silent = ("quiet-1", "quiet-2", "quiet-3", "quiet-4")
    told = (behaviour("s1", "P-0001"), behaviour("s2", "P-0002"), behaviour("s3", "P-0001", "P-0002"))
    practices = (practice("P-0001", "rejected", True, 0, 2), practice("P-0002", "accepted", True, 1, 2))
    show(Detection(8, told, practices, (), Saturation((2,), silent)), lambda text, _: text, every, True)
    return capsys.readouterr().out


def test_behaviours_of_rejected_practices_are_not_lost_without_a_word(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "1 behaviour lies in rejected practices" in shown(capsys)


def test_stories_without_a_behaviour_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    first = shown(capsys)
    assert "In 4 stories I found nothing somebody did that could be copied: 50% of all." in first
    assert "quiet-1" not in first and "quiet-4" in first and "detect --unassigned" in first
    assert "quiet-1" in shown(capsys, every=True)


def test_stories_in_another_language_are_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    foreign = Detection(3, (), (), (), Saturation((0,), (), ("s-1", "s-2", "s-3")))
    show(foreign, lambda text, _: text, False, True)
    said = capsys.readouterr().out
    assert "3 stories were not read" in said and "'behaviours:'" in said
    assert "nothing somebody did" not in said and "Every story" not in said
