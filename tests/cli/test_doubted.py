"""Names in a new story that are asked about before it is kept."""

from pathlib import Path
from typing import Any

import pytest

from servicestory import console
from servicestory.cli.doubted import as_listed, settle
from servicestory.cli.draft import Draft
from servicestory.errors import Problem
from servicestory.workspace import Workspace

LISTS = "schema: 1\norganisation: House\nsites: [{name: Quay}]\nstaff: [{name: Anna Berg}]\n"


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    (tmp_path / "servicestory.yaml").write_text(LISTS, "utf-8")
    monkeypatch.setattr(console, "confirm", lambda *_: True)
    return Draft(Workspace(tmp_path), {"narrative": "She oiled the chain of his bicycle."})


def test_what_is_answered_is_in_the_story(told: Draft) -> None:
    told.fields["people"] = "Ana Berg, Zacharias"
    assert settle(told, told.story())
    assert told.story().people == ["Anna Berg", "Zacharias"]
    assert not settle(told, told.story()), "nothing is doubted twice"


def test_enter_keeps_what_was_typed_and_no_suggestion(told: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def pressed(question: str, default: bool | None) -> bool | None:
        asked.append(question)
        return default

    monkeypatch.setattr(console, "confirm", pressed)
    told.fields["people"] = "Ana Berg"
    assert not settle(told, told.story())
    assert told.story().people == ["Ana Berg"]
    assert asked[0].endswith("Did you mean Anna Berg? (Enter keeps 'Ana Berg')")


@pytest.mark.parametrize("wrong", [{"site": ["Quay"]}, {"people": ["Anna Berg", {"name": "Bo"}]}])
def test_a_form_with_a_name_of_the_wrong_kind_is_a_sentence(told: Draft, wrong: dict[str, Any]) -> None:
    told.fields |= wrong
    with pytest.raises(Problem, match="must be a text"):
        settle(told, told.story())


def test_names_are_written_as_the_page_writes_them(tmp_path: Path) -> None:
    page = "# team: LOBBY\nstaff: [{name: Ada Brisk, team: Counter}]\nsites:\n  - name: Quay House\n"
    (tmp_path / "servicestory.yaml").write_text(page, "utf-8")
    typed = {"people": ["ada brisk", "Bo"], "team": "counter", "site": "QUAY HOUSE", "title": "ada brisk"}
    listed = {"people": ["Ada Brisk", "Bo"], "team": "Counter", "site": "Quay House", "title": "ada brisk"}
    assert as_listed(Workspace(tmp_path), typed) == listed
    for other in ({"team": "lobby"}, {"team": "count"}, {"site": None}, {"people": "ada brisk"}):
        assert as_listed(Workspace(tmp_path), other) == other
