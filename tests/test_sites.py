"""Sites that differ in capitals and blanks alone are one, wherever they are counted."""

from pathlib import Path

from servicestory.models.monitoring import Replication
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.sites import one_spelling
from servicestory.train.sites import answers
from servicestory.workspace import Workspace
from tests.conftest import Command


def _told(*sites: str | None) -> list[Story]:
    return [
        Story.model_validate({"id": f"s{n}", "narrative": "She waved.", "site": site})
        for n, site in enumerate(sites)
    ]


def test_every_story_has_the_spelling_that_most_have() -> None:
    told = _told("Lower  quay", "Lower Quay", None, "lower quay", "Lower Quay", "Moor")
    assert [s.site for s in one_spelling(told)] == [
        "Lower Quay",
        "Lower Quay",
        None,
        "Lower Quay",
        "Lower Quay",
        "Moor",
    ]
    assert told[0].site == "Lower  quay"  # as its file has it


def test_of_as_many_the_first_in_order_stands() -> None:
    assert {s.site for s in one_spelling(_told("moor", "Moor"))} == {"Moor"}


def test_the_spelling_of_the_houses_list_stands_and_no_such_site_is_silent(
    command: Command, workspace: Path
) -> None:
    page = workspace / "servicestory.yaml"
    before = page.read_text("utf-8")
    for n in (1, 2):
        told = f"The porter carried pram number {n} down the steps"
        assert command("add", "--text", told, "--site", "lower quay", "--date", "2026-09-14").returncode == 0
    page.write_text(before + "\nsites:\n  - name: Lower Quay\n  - name: Moor\n", "utf-8")
    assert {story.site for story in Workspace(workspace).stories()} == {"Lower Quay"}
    said = command("monitor", "--all").stdout
    assert "Moor" in said and "Lower Quay" not in said
    page.write_text(before + "\nsites: 7\n", "utf-8")  # said by whoever needs the page
    assert {story.site for story in Workspace(workspace).stories()} == {"lower quay"}


def test_a_site_is_asked_once_however_it_is_written() -> None:
    places = [{"story": story, "start": 0, "end": 3} for story in ("a", "b")]
    practice = Practice.model_validate({"id": "P-0001", "name": "Wave", "evidence": places})
    given = Replication(practice="P-0001", site="lower quay", response="adopted", on="2026-09-01", by="lead")
    site_of = {"a": "Lower Quay", "b": "lower  quay", "c": "Lower Quay", "d": None}
    for sites in ([], [{"name": "Lower Quay"}]):
        house = Organisation.model_validate({"organisation": "Ferries", "sites": sites})
        found = answers(practice, [given], house, site_of)
        assert [(s.site, s.answer, s.seen) for s in found] == [("Lower Quay", "adopted", 2)]
