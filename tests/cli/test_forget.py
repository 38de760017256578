"""What is said of a name that stands nowhere."""

from pathlib import Path

from servicestory.cli.forget import _instead
from servicestory.models.story import Story
from servicestory.workspace import Workspace


def test_a_name_written_while_it_was_looked_for_is_not_offered_as_its_own_slip(tmp_path: Path) -> None:
    into = Workspace.create(tmp_path / "house", None)
    into.add_story(Story(id="chair", narrative="He fetched a chair.", people=["Bert Holm"]))
    assert _instead(into, "Bert Holm") == "It was written this moment: do it again"
    assert _instead(into, "Bert Hohm") == "Did you mean Bert Holm?"
