"""Places are named by their numbers or their story; what is neither is refused in words."""

from pathlib import Path

import pytest

from servicestory.cli.places import by_numbers, chosen, numbers
from servicestory.errors import Usage
from servicestory.models.practice import Evidence, Practice
from servicestory.workspace import Workspace


def test_numbers_and_spans_count_from_one() -> None:
    assert numbers("2, 5-7", 9) == [1, 4, 5, 6]
    assert numbers("4-4", 9) == [3]


@pytest.mark.parametrize("text", ["7-5", "0", "0-3", "²", "1-²", "two", "", "1,,2", "-3", "3-", "9" * 5000])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Usage, match="are not numbers of places"):
        numbers(text, 9)


def test_a_span_is_written_out_no_further_than_one_place_too_many() -> None:
    assert numbers("1-999999999", 2) == [0, 1, 2]
    assert numbers("8-999999999", 2) == [7]


NUMBERED = ("2026-08-01-12", "2026-08-02-13", "undated-14")  # as their source numbers them
PLACES = [Evidence(story=story, start=0, end=7) for story in NUMBERED]
PRACTICE = Practice(id="P-0001", name="Carry the bags", evidence=PLACES)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "servicestory.yaml").write_text("organisation: Quay\n", "utf-8")
    (tmp_path / "stories").mkdir()
    for story in NUMBERED:
        text = f"schema: 1\nid: {story}\nnarrative: He ran after the bus.\n"
        (tmp_path / "stories" / f"{story}.yaml").write_text(text, "utf-8")
    return Workspace(tmp_path)


@pytest.mark.parametrize(
    ("typed", "at", "kept"),
    [
        ("1, 3", [0, 2], "1,3"),
        ("2-3", [1, 2], "2-3"),
        ("2026-08-02-13", [1], ""),
        ("2026-08-01-12,2026-08-02-13", [0, 1], ""),
        ("undated-14, 2026-08-01-12:1", [2, 0], ""),
    ],
)
def test_a_story_that_its_source_numbers_is_a_story(
    ws: Workspace, typed: str, at: list[int], kept: str
) -> None:
    assert chosen(ws, PRACTICE, typed, PLACES) == at
    assert by_numbers(typed) == kept


def test_what_is_neither_says_how_places_are_named(ws: Workspace) -> None:
    for typed in ("3-1", "1--2", "the bus"):
        with pytest.raises(Usage, match="Write them like 2,5-7"):
            chosen(ws, PRACTICE, typed, PLACES)
