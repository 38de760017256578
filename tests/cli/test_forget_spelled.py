"""Other spellings of a name, and a name that several people have."""

from pathlib import Path

import pytest

from servicestory.cli.forget_spelled import of_one
from servicestory.errors import Usage
from servicestory.models.story import Story
from servicestory.workspace import Workspace


def test_a_part_of_several_peoples_names_is_refused(tmp_path: Path) -> None:
    into = Workspace.create(tmp_path / "house", None)
    for n, name in enumerate(("Orla Brandt", "Orla Lindén", "Tarek Brandt")):
        into.add_story(Story(id=f"s{n}", narrative="The chair was fetched.", people=[name]))
    for part in ("Orla", "orla", "Brandt"):
        with pytest.raises(Usage, match=rf"'{part}' is a part of 2 names"):
            of_one(into, part)
    for whole in ("Orla Brandt", "orla linden", "Tarek", "Linden", "Nobody"):
        of_one(into, whole)
    into.add_story(Story(id="alone", narrative="The chair was fetched.", people=["Orla"]))
    of_one(into, "Orla")
