"""What `edit --set` asks of whoever is there, as `add` does."""

import os
from pathlib import Path

import pytest

from servicestory import console
from servicestory.cli.edit import _settled
from servicestory.models.story import Story
from servicestory.workspace import Workspace
from tests.conftest import call

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


def _house(tmp_path: Path) -> Path:
    (tmp_path / "servicestory.yaml").write_text(PAGE, "utf-8")
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "s.yaml").write_text(
        "schema: 1\nid: s\nnarrative: She oiled the chain.\n", "utf-8"
    )
    return tmp_path


def _editor(house: Path, script: str, name: str = "editor.sh") -> dict[str, str]:
    path = house / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return {"EDITOR": str(path), "VISUAL": ""}


def test_an_editor_that_wrote_nothing_leaves_nothing_to_take_up(tmp_path: Path) -> None:
    house = _house(tmp_path)
    for env in (
        {"EDITOR": "no-such-editor", "VISUAL": ""},
        _editor(house, "exit 3"),
        _editor(house, 'rm "$1"'),
    ):
        done = call("edit", "s", at=house, env=env)
        said = " ".join(done.stderr.split())
        assert (
            done.returncode == 1
            and "Do it again: servicestory edit s" in said
            and "What you wrote is kept" not in said
        )
        assert not list((house / "drafts").iterdir())
    assert "She oiled the chain" in (house / "stories" / "s.yaml").read_text("utf-8")


def test_what_an_editor_left_that_is_no_story_is_kept_and_can_be_thrown_away(tmp_path: Path) -> None:
    house = _house(tmp_path)
    for script in ('printf "\\0\\1" > "$1"', ': > "$1"', 'rm "$1"; mkdir "$1"'):
        done = call("edit", "s", at=house, env=_editor(house, script))
        said = " ".join(done.stderr.split())
        assert done.returncode == 1 and "or delete drafts/edit-s.yaml to begin anew" in said, said
        copy = house / "drafts" / "edit-s.yaml"
        copy.rmdir() if copy.is_dir() else copy.unlink()


def test_a_story_changed_since_what_was_written_is_spoken_of_before_it_is_undone(tmp_path: Path) -> None:
    house = _house(tmp_path)
    call("edit", "s", at=house, env=_editor(house, 'echo "site: [" >> "$1"'))
    said = call("edit", "s", at=house, env=_editor(house, "exit 1")).stderr
    assert "Taking up what was written before" in said and "was changed after that" not in said
    copy, story = house / "drafts" / "edit-s.yaml", house / "stories" / "s.yaml"
    later = copy.stat().st_mtime_ns + 1_000_000_000
    assert call("edit", "s", "--set", "site=Quay", at=house).returncode == 0
    os.utime(story, ns=(later, later))
    said = " ".join(call("edit", "s", at=house, env=_editor(house, "exit 1")).stderr.split())
    assert "stories/s.yaml was changed after that. If it was this story, write here what changed" in said


def test_an_editor_in_a_place_with_blanks_needs_no_quotation_marks(tmp_path: Path) -> None:
    house = _house(tmp_path)
    env = _editor(house, 'sed -i.old s/oiled/washed/ "$1"', "my editor.sh")
    assert call("edit", "s", at=house, env=env).returncode == 0
    assert "She washed the chain" in (house / "stories" / "s.yaml").read_text("utf-8")
    quoted = {**env, "EDITOR": f'"{env["EDITOR"]}"'}
    assert call("edit", "s", at=house, env=quoted).returncode == 0


def test_what_was_told_beside_a_form_outlives_an_editor_that_takes_the_form_away(tmp_path: Path) -> None:
    house = _house(tmp_path)
    done = call("add", "--edit", "--text", "He held the gate.", at=house, env=_editor(house, 'rm "$1"'))
    assert done.returncode == 1 and "the editor left no file" in done.stderr
    (draft,) = (house / "drafts").iterdir()
    assert "He held the gate." in draft.read_text("utf-8")
