"""What `edit --set` asks of whoever is there, as `add` does."""

from pathlib import Path

import pytest

from servicestory import console
from servicestory.cli.edit import _settled
from servicestory.models.story import Story
from servicestory.workspace import Workspace

PAGE = "schema: 1\norganisation: House\nstaff: [{name: Anna Berg}]\nteams: [{name: Counter}]\n"


@pytest.mark.parametrize(
    ("meant", "people", "team"),
    [(True, ["Anna Berg", "Bo"], "Counter"), (False, ["Ana Berg", "Bo"], "Counters")],
)
def test_doubtful_names_are_asked_about_before_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meant: bool, people: list[str], team: str
) -> None:
    (tmp_path / "servicestory.yaml").write_text(PAGE, "utf-8")
    questions: list[str] = []

    def confirm(question: str, _default: bool | None) -> bool:
        questions.append(question)
        return meant

    monkeypatch.setattr(console, "confirm", confirm)
    story = Story(id="s", narrative="She oiled the chain.", people=["Bo"])
    given = {"people": ["Ana Berg", "Bo"], "team": "Counters", "outcome": "dry"}
    changes = _settled(Workspace(tmp_path), story, given)
    assert changes == {"people": people, "team": team, "outcome": "dry"}
    assert [question.split("'")[1] for question in questions] == ["Ana Berg", "Counters"]
