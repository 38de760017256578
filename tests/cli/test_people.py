"""Words that name nobody are left out of a story's people, and it is said."""

import pytest

from servicestory.cli.people import named, only_names


def test_what_names_nobody_is_left_out_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert named("Mehmet, und ich, I don't know who else") == ["Mehmet"]
    said = " ".join(capsys.readouterr().err.split())
    assert "“ich” and “I don't know who else” name nobody and are left out" in said
    assert "give your own name" in said
    assert named("don't know, I do not know") == []
    assert "give your own name" not in capsys.readouterr().err
    assert named("Mehmet and Ida") == ["Mehmet", "Ida"]
    assert capsys.readouterr().err == ""


def test_the_people_of_a_file_are_read_alike_and_what_is_no_list_stays_to_be_refused() -> None:
    assert only_names({"people": ["me", "Ida"], "site": "Quay"}) == {"people": ["Ida"], "site": "Quay"}
    assert only_names({"people": 7}) == {"people": 7}
    assert only_names({"site": "Quay"}) == {"site": "Quay"}
