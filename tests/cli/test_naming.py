"""Names are taken out with the stories a command has read already: of very many, reading takes longest."""

from pathlib import Path
from typing import Any

import pytest

from servicestory import masking
from servicestory.workspace import Workspace
from tests.conftest import Command


@pytest.fixture
def house(workspace: Path) -> Path:
    (workspace / "stories" / "batch.yaml").write_text(
        "".join(
            f"---\nid: 2026-09-{day:02d}\ndate: 2026-09-{day:02d}\npeople: [Anna Berg]\n"
            f"narrative: Anna walked us to the tram number {day}.\n"
            "disposition: {decision: no action, reason: it was once}\n"
            for day in range(1, 9)
        ),
        "utf-8",
    )
    return workspace


@pytest.mark.parametrize(
    "call",
    [
        ("tell", "--json"),
        ("tell", "--json", "--names"),
        ("search", "tram", "--json"),
        ("lineup", "--json"),
        ("recognize", "--json"),
        ("why", "2026-09-01"),
    ],
)
def test_all_stories_are_read_once_and_masked_alike(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    counts = dict.fromkeys(("read", "made"), 0)
    stories, mask = Workspace.stories, masking.Mask.__init__

    def read(*given: Any) -> Any:
        counts["read"] += 1
        return stories(*given)

    def make(*given: Any) -> None:
        counts["made"] += 1
        mask(*given)

    monkeypatch.setattr(Workspace, "stories", read)
    monkeypatch.setattr(masking.Mask, "__init__", make)
    done = command(*call)
    assert done.returncode == 0 and "Berg" not in done.stdout
    assert call[0] == "lineup" or "2026-09-0" in done.stdout
    assert counts["read"] == 1
    assert counts["made"] <= 3, "not one for each story"
