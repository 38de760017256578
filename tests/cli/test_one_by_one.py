"""What is said when every candidate was asked about."""

from pathlib import Path

import pytest

from servicestory.cli import one_by_one
from servicestory.workspace import Workspace

STORY = "id: ferry\ndate: 2026-08-05\nnarrative: Ada knew who we were.\n"
PRACTICE = "id: P-000{n}\nname: Greet by name {n}\nstatus: {status}\nevidence:\n  - {{story: ferry, start: 0, end: 20}}\n"


@pytest.mark.parametrize(("other", "said"), [("accepted", True), ("rejected", False)])
def test_training_is_next_only_where_something_is_accepted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    other: str,
    said: bool,
) -> None:
    (tmp_path / "servicestory.yaml").write_text("schema: 1\norganisation: Pier\n", "utf-8")
    for name, text in (
        ("stories/a.yaml", STORY),
        ("practices/P-0001.yaml", PRACTICE.format(n=1, status="candidate")),
        ("practices/P-0002.yaml", PRACTICE.format(n=2, status=other)),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"schema: 1\n{text}", "utf-8")
    monkeypatch.setattr(one_by_one, "_ask_one", lambda *_: True)
    one_by_one.one_by_one(Workspace(tmp_path), None, None)
    shown = capsys.readouterr().out
    assert "That was the last one." in shown and ("Next: servicestory train" in shown) is said
