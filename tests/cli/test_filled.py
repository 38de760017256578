"""An option that is given and empty is said: what decides or is kept must not read as not given."""

from pathlib import Path

import pytest

from tests.conftest import Command

PRACTICE = """\
schema: 1
id: P-0001
name: Warm the soup
evidence:
  - {story: soup, start: 0, end: 20}
  - {story: soup, start: 21, end: 40}
"""
STORY = "schema: 1\nid: soup\nnarrative: Ana warmed the soup. She lit the stove too.\npeople: [Ana, Bo]\n"


@pytest.fixture
def house(workspace: Path) -> Path:
    (workspace / "practices" / "P-0001-soup.yaml").write_text(PRACTICE, "utf-8")
    (workspace / "stories" / "soup.yaml").write_text(STORY, "utf-8")
    return workspace


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize(
    ("option", "call"),
    [
        ("--take", "review P-0001 --split --name Run --reason x"),
        ("--name", "review P-0001 --split --take 1 --reason x"),
        ("--from", "review P-0001 --take-in soup:2 --reason x"),
        ("--merge-into", "review P-0001 --reason x"),
        ("--drop", "review P-0001 --reason x"),
        ("--action", "review"),
        ("--decision", "review"),
        ("--check", "review"),
        ("--owner", "review --action x --due 2026-12-01"),
        ("--measure", "review --action x --due 2026-12-01 --owner a"),
        ("--period", "list"),
        ("--site", "list"),
        ("--since", "detect"),
        ("--period", "detect"),
        ("--owner", "procedure SOP-0001"),
        ("--name", "measure add csat"),
        ("--unit", "measure add csat"),
        ("--site", "measure record csat --period 2026-08 --value 4"),
        ("--site", "measure rebase csat --from 2026-08 --reason x"),
    ],
)
def test_an_empty_option_is_refused(
    command: Command, house: Path, option: str, call: str, empty: str
) -> None:
    before = {path: path.read_bytes() for path in house.glob("*/*") if path.is_file()}
    done = command(*call.split(), option, empty)
    assert done.returncode == 2 and done.stderr.startswith(f"{option} is given and empty. Say what it is")
    assert not done.stdout
    assert {path: path.read_bytes() for path in house.glob("*/*") if path.is_file()} == before


@pytest.mark.parametrize(
    "call",
    [
        "report --csv", "report --to", "export --to", "export --into", "train log --xapi", "observe --sheet --to",
        "observe P-0001 --import", "review --define", "add --file", "import", "import a.csv", "measure import csat",
        "init", "-C",
    ],
)  # fmt: skip
def test_a_place_with_an_empty_name_is_not_the_current_folder(
    command: Command, house: Path, call: str
) -> None:
    before = sorted(house.rglob("*"))
    done = command(*call.split(), "", *(["list"] if call == "-C" else []))
    assert done.returncode == 2 and "given and empty; name a place, or leave it out" in done.stderr
    assert not done.stdout and sorted(house.rglob("*")) == before
