"""Every command reads the same steps of a practice that puts failures right, and says where each comes from."""

from pathlib import Path

import pytest

from servicestory.cli import picking, why
from servicestory.cli.naming import Naming
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.workspace import Workspace

TEXT = "The lamp was broken, and she replaced it so that we could read."
ENTRY = CodebookEntry(
    key="mend",
    name="Mend what is broken",
    definition="-",
    behaviour_statement="When something is broken, we get it fixed at once.",
    incident="failure put right",
)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    ws = Workspace.create(tmp_path / "shop", "Lamp shop")
    story = ws.add_story(Story(id="lamp", narrative=TEXT, recovery=True))
    monkeypatch.setattr(picking, "entries", lambda *_: {"mend": ENTRY})
    evidence = [Evidence(story=story.id, start=0, end=len(TEXT) - 1)]
    given = {"id": "P-0001", "name": ENTRY.name, "behaviour_statement": ENTRY.behaviour_statement}
    ws.save_practices([Practice.model_validate({**given, "definition": "mend", "evidence": evidence})])
    return ws


def test_steps_of_a_recovery_are_those_of_every_document_with_the_reasons_told(shop: Workspace) -> None:
    stories = {story.id: story for story in shop.stories([])}
    naming = Naming(shop)
    made = picking.material(
        shop.practice("P-0001"), stories, shop.organisation(), {"mend": ENTRY}, naming.mask
    )
    assert [step.source for step in made.steps] == ["recovery", "definition", "recovery", "recovery"]
    assert made.steps[1].why == "So that the customer can read"
    chain = why._of_procedure(shop, "JB-0001", None, stories, naming)
    assert [step["from"] for step in chain["steps"]] == [
        "every recovery",
        "definition",
        "every recovery",
        "every recovery",
    ]
