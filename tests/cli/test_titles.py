"""Titles without names are kept between commands, and read anew wherever a name might be read differently."""

import json
from pathlib import Path

import pytest

from servicestory.cli import naming, titles
from servicestory.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "stories").mkdir()
    (tmp_path / "servicestory.yaml").write_text("schema: 1\norganisation: House\n", "utf-8")
    (tmp_path / "stories" / "a.yaml").write_text(
        "schema: 1\nid: a\ntitle: What Torvald did\npeople: [Torvald Brandt]\nnarrative: He rang.\n", "utf-8"
    )
    return Workspace(tmp_path)


def shown(ws: Workspace) -> list[str]:
    return [row["title"] for row in titles.nameless(ws, ws.summaries([]))]


def test_names_leave_the_titles_and_what_was_read_is_kept(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shown(ws)
    assert first == ["What a colleague did"]
    monkeypatch.setattr(naming, "Naming", None)  # nothing is read a second time
    assert shown(ws) == first


@pytest.mark.parametrize("changed", ["stories/a.yaml", "servicestory.yaml", "records/names.jsonl"])
def test_what_changed_is_read_anew(ws: Workspace, changed: str) -> None:
    shown(ws)
    before = titles._fingerprint(ws)
    path = ws.root / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text("utf-8") if path.is_file() else "") + "\n", "utf-8")
    ws.summaries([])
    assert titles._fingerprint(ws) != before


@pytest.mark.parametrize("title", [7, None, ["What"], {"a": 1}, True])
def test_kept_titles_that_are_no_text_are_read_anew(ws: Workspace, title: object) -> None:
    ws.summaries([])
    kept = {"key": titles._fingerprint(ws), "titles": {"a": title}}
    ws.keep_derived("titles.json", json.dumps(kept).encode())
    assert shown(ws) == ["What a colleague did"]


@pytest.mark.parametrize("kept", [b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe"])
def test_damaged_titles_are_read_anew(ws: Workspace, kept: bytes) -> None:
    ws.summaries([])
    ws.keep_derived("titles.json", kept)
    assert shown(ws) == ["What a colleague did"]
