"""Evidence beyond a file's measure: kept beside it, read as one, found missing."""

from pathlib import Path

import pytest

from servicestory import beside
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.workspace import Workspace
from tests.conftest import Command


def practice(places: int, **more: object) -> Practice:
    evidence = [
        Evidence(story=f"s-{i:03}", start=0, end=4, score=(i % 7) / 10, copies=1 + i % 2)
        for i in range(places)
    ]
    return Practice.model_validate({"id": "P-0001", "name": "Mend gates", "evidence": evidence, **more})


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(beside, "MOST", 10)
    return Workspace.create(tmp_path / "house", None)


def test_more_places_than_a_file_holds_come_back_as_one_list(ws: Workspace) -> None:
    full = practice(25)
    ws.save_practices([full])
    [file] = (ws.root / "practices").glob("P-0001-*.yaml")
    text = file.read_text(encoding="utf-8")
    assert text.count("story:") == 10
    assert "evidence_beside: 15" in text
    table = (ws.root / "practices/evidence/P-0001.csv").read_text(encoding="utf-8")
    assert table.splitlines()[0] == "story,field,start,end,score,copies"
    assert table.count("\n") == 16
    assert ws.practices() == [full]
    assert ws.practice("1") == full


def test_what_people_pinned_and_the_clearest_stay_in_the_file(ws: Workspace) -> None:
    full = practice(25)
    full.evidence[3] = full.evidence[3].model_copy(update={"pinned": True, "score": 0.0})
    here, rest = beside.parted(full)
    assert full.evidence[3] in here.evidence
    assert min(e.score or 0 for e in here.evidence if not e.pinned) >= max(e.score or 0 for e in rest)


def test_the_table_follows_and_goes_when_it_is_not_needed(ws: Workspace) -> None:
    ws.save_practices([practice(25)])
    table = ws.root / "practices/evidence/P-0001.csv"
    before = table.read_bytes()
    ws.save_practices([ws.practice("1").model_copy(update={"owner": "Mara"})])
    assert table.read_bytes() == before
    assert len(ws.practice("1").evidence) == 25
    ws.save_practices([ws.practice("1").model_copy(update={"evidence": ws.practice("1").evidence[:4]})])
    assert not table.exists()
    assert len(ws.practice("1").evidence) == 4
    assert "evidence_beside" not in next((ws.root / "practices").glob("P-0001-*.yaml")).read_text("utf-8")


@pytest.mark.parametrize("harm", [None, b"story,field\n\xff", b"nothing of the kind\n1\n"])
def test_a_lost_table_is_said_by_check_and_hides_nothing_else(
    ws: Workspace, command: Command, harm: bytes | None
) -> None:
    for i in range(25):
        ws.add_story(Story(id=f"s-{i:03}", narrative="They mended the gate."))
    ws.save_practices([practice(25)])
    table = ws.root / "practices/evidence/P-0001.csv"
    table.unlink() if harm is None else table.write_bytes(harm)
    assert len(ws.practice("1").evidence) == 10
    done = command("check", at=ws.root)
    assert done.returncode == 1
    assert "15 places of P-0001 are missing" in done.stderr
    assert "servicestory detect" in done.stderr


def test_a_table_is_never_written_outside(ws: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (ws.root / "practices" / "evidence").symlink_to(outside)
    with pytest.raises(Exception, match="outside the workspace"):
        ws.save_practices([practice(25)])
    assert not list(outside.iterdir())
