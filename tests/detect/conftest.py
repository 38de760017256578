"""Stories of our own for the tests of detection."""

import pytest
from ruamel.yaml import YAML

from servicestory.detect.codebook import starter
from servicestory.models.codebook import CodebookEntry
from servicestory.models.story import Story

TOLD = {
    "bags": "The porter carried our suitcases up to the room. The bed was soft.",
    "boxes": "I moved in on a Friday. He carried the heavy boxes down to the cellar for me.",
    "cases": "They carried my cases to the taxi and the driver waved.",
    "cake": "It was my mother's birthday. The waitress brought a birthday cake with a candle.",
    "song": "They sang happy birthday for my son.",
    "news": "She kept us informed about the delay every ten minutes.",
    "taxi": "He called a taxi for us and waited with me until it came.",
    "lovely": "The staff were lovely. The pool was warm. We will be back.",
    "lamp": "The lamp was broken and the technician repaired it within the hour.",
}


def story(name: str, narrative: str = "", **more: object) -> Story:
    return Story.model_validate({"id": f"s-{name}", "narrative": narrative, **more})


def one_silent_site(sites: int, told: int, seen: int) -> tuple[list[Story], list[str]]:
    """Stories of sites that tell as many each, and those that show it: as many at each but at site 0."""
    stories = [
        Story(id=f"{site}-{i}", narrative="told", site=f"site {site}")
        for site in range(sites)
        for i in range(told)
    ]
    return stories, [f"{site}-{i}" for site in range(1, sites) for i in range(seen)]


@pytest.fixture
def stories() -> list[Story]:
    return [story(name, text) for name, text in TOLD.items()]


@pytest.fixture(scope="session")
def codebook() -> list[CodebookEntry]:
    return [CodebookEntry.model_validate(d) for d in YAML(typ="safe").load_all(starter())]
