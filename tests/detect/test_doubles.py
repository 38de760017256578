"""Practices of a house's own that are likely one."""

from time import process_time

import numpy as np
import pytest

from servicestory.cli.detected import show_doubles
from servicestory.detect.alike import read
from servicestory.detect.doubles import called_alike, likely_one, parted
from servicestory.detect.result import FoundPractice
from servicestory.models.practice import Practice


def deeds(*towards: tuple[int, int, int]) -> np.ndarray:
    return np.array(towards, np.int8)


def test_two_that_are_as_near_to_each_other_as_in_themselves_are_likely_one() -> None:
    told = deeds((90, 40, 0), (90, 0, 40), (90, 30, 0), (90, 0, 30), (0, 0, 90), (10, 0, 90))
    rows = {"P-0001": [0, 1], "P-0002": [2, 3], "P-0003": [4, 5]}
    assert likely_one(rows, told) == (("P-0001", "P-0002"),)


def test_of_one_telling_or_of_what_was_not_read_nothing_is_said() -> None:
    told = deeds((90, 0, 0), (90, 0, 0), (0, 0, 0), (0, 0, 0))
    assert likely_one({"P-0001": [0], "P-0002": [1]}, told) == ()
    assert likely_one({"P-0001": [0, 2], "P-0002": [1, 3], "P-0003": []}, told) == ()


def test_two_of_one_name_that_share_their_places_are_likely_one() -> None:
    said = {
        "P-0001": "Walk with the guest to where they need to go",
        "P-0002": "Walk people to where they need to be",
        "P-0003": "Draw the guest a map by hand",
    }
    names = {ref: read([name]) for ref, name in said.items()}
    rows = {"P-0001": [0, 1, 2, 3], "P-0002": [2, 3, 4], "P-0003": [2, 3]}
    found = called_alike(names, rows, ["P-0002"])
    assert found == (("P-0001", "P-0002"),)
    assert called_alike(names, rows, ["P-0001", "P-0002"]) == ()
    assert called_alike(names, rows | {"P-0002": [4, 5, 6], "P-0003": []}, []) == ()


def test_thousands_of_practices_that_share_no_place_are_not_compared() -> None:
    rows = {f"P-{n:05}": [n] for n in range(10_000)}
    begun = process_time()
    assert called_alike(dict.fromkeys(rows, read(["Wave"])), rows, []) == ()
    assert process_time() - begun < 2  # each with each takes a quarter of a minute


def test_what_people_parted_stays_two() -> None:
    split = {"on": "2026-01-02", "by": "Mara", "action": "split", "from": "P-0001", "to": "P-0002"}
    practice = Practice.model_validate(
        {"id": "P-0002", "name": "Fill the flask", "decisions": [split | {"reason": "two things"}]}
    )
    assert parted([practice]) == {("P-0001", "P-0002"), ("P-0002", "P-0001")}


def test_detect_says_how_to_join_the_smaller_to_the_larger(capsys: pytest.CaptureFixture[str]) -> None:
    def found(ref: str, stories: int) -> FoundPractice:
        return FoundPractice(ref, "Fill", None, False, "candidate", (), (), (), None, stories, ())

    show_doubles([("P-0001", "P-0002"), ("P-0001", "P-0009")], [found("P-0001", 3), found("P-0002", 5)])
    said = " ".join(capsys.readouterr().out.split())
    assert "review P-0001 --merge-into P-0002" in said
    assert "P-0009" not in said
