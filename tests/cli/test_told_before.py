"""A story that is there already: found, and read no more often than needed."""

from pathlib import Path
from typing import Any

import pytest

from servicestory.cli import told_before
from servicestory.models.story import Story
from servicestory.workspace import Workspace

TEXT = "She walked the lost guest to the pier."


def workspace(root: Path, files: int) -> Workspace:
    (root / "servicestory.yaml").write_text("organisation: Quay\n", "utf-8")
    (root / "stories").mkdir()
    for n in range(files):
        said = TEXT if n == 0 else "He rang the harbour for the guest."
        name = f"2026-08-{n + 1:02}-a"
        (root / "stories" / f"{name}.yaml").write_text(f"schema: 1\nid: {name}\nnarrative: {said}\n", "utf-8")
    return Workspace(root)


def test_each_file_is_read_once_for_many_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = workspace(tmp_path, 20)
    story = Story(id="x", narrative="she walked the lost guest, to the pier!")
    found = told_before.told_before(ws, story, False)
    assert found is not None and found.id == "2026-08-01-a"
    seen: list[Path] = []
    opened = Path.open

    def watched(path: Path, *given: Any, **named: Any) -> Any:
        seen.append(path)
        return opened(path, *given, **named)

    monkeypatch.setattr(Path, "open", watched)
    other = Story(id="y", narrative="He told the guest of the harbour and the ferry.")
    assert told_before.told_before(ws, other, False) is None
    assert len(seen) < 20
    seen.clear()
    assert told_before.told_before(ws, other, False) is None
    assert seen == []
