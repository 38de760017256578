"""Merged practices that lead nowhere are named by `check`."""

from pathlib import Path

from servicestory.workspace import Workspace
from tests.conftest import run


def _workspace(folder: Path, **merged: str) -> Path:
    (folder / "servicestory.yaml").write_text("schema: 1\norganisation: Inn\n")
    (folder / "practices").mkdir()
    for ref, to in merged.items():
        text = (
            f"schema: 1\nid: {ref.replace('_', '-')}\nname: Wave {ref}\nstatus: merged\nmerged_into: {to}\n"
        )
        (folder / "practices" / f"{ref}.yaml").write_text(text)
    return folder


def test_check_names_a_circle_of_merged_practices_and_one_that_is_not_there(tmp_path: Path) -> None:
    folder = _workspace(tmp_path, P_0001="P-0002", P_0002="P-0001", P_0003="P-0099", P_0004="P-0001")
    assert len(Workspace(folder).practices()) == 4
    result = run("check", at=folder)
    said = " ".join((result.stdout + result.stderr).split())
    assert result.returncode == 1
    assert "practices/P_0001.yaml:1: P-0001 is merged into P-0002, that into P-0001, so nothing" in said
    assert "P-0003 is merged into P-0099, and there is no such practice" in said
    assert "3 problems to put right" in said
