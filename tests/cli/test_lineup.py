"""What `lineup` says beside the stories it offers."""

import pytest

from servicestory.cli.lineup import _say_waiting


def test_it_is_said_how_many_more_could_be_told_if_those_they_name_were_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _say_waiting({"standard": ["c"], "asked": ["a", "b", "c"], "date": []})
    said = " ".join(capsys.readouterr().err.split())
    assert "2 more stories could be told, but they name people whom nobody has asked" in said
    assert 'servicestory consent STORY --agreed --party "Anna Berg"' in said
    _say_waiting({"told": ["a"], "asked": ["a"]})
    assert capsys.readouterr().err == ""
