"""Documentation cannot go stale: command pages are the real help, README commands are run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from servicestory.cli.app import COMMANDS
from tests import make_docs, readme

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"


def test_there_is_a_page_for_every_command_and_no_other() -> None:
    made = make_docs.pages()
    assert sorted(made) == sorted(p.name for p in make_docs.PAGES.glob("*.md")), "run: make docs"
    for name, text in made.items():
        assert (make_docs.PAGES / name).read_text(encoding="utf-8") == text, f"{name}: run: make docs"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_an_example_and_the_line_the_list_shows(name: str) -> None:
    text = (make_docs.PAGES / f"{name.replace(' ', '-')}.md").read_text(encoding="utf-8")
    assert COMMANDS[name].help in " ".join(text.split())
    if name not in make_docs.GROUPS:
        assert "Example" in text


def test_the_readme_shows_what_the_commands_really_print(tmp_path: Path) -> None:
    for line, shown, real in readme.walk(readme.README.read_text(encoding="utf-8"), tmp_path):
        assert readme.matches(shown, real), f"run: make docs ($ {line})\n" + "\n".join(real)


def test_a_readme_line_that_differs_is_noticed() -> None:
    assert readme.matches(["a", "…", "d"], ["a", "b", "c", "d"])
    assert readme.matches(["a", "…"], ["a"]) is False or readme.matches(["a", "…"], ["a", "b"])
    assert not readme.matches(["a", "…", "d"], ["a", "b", "c"])
    assert not readme.matches(["a"], ["b"])


def test_the_two_make_commands_of_the_readme_are_targets() -> None:
    text = readme.README.read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)^make (\w+)", text))
    targets = set(re.findall(r"(?m)^(\w+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8")))
    assert {"demo", "test"} <= named <= targets


def test_links_between_our_pages_lead_somewhere() -> None:
    for page in (readme.README, REPOSITORY / "CHANGELOG.md", *DOCS.rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_the_demo_runs_from_end_to_end(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "demo.py"), str(tmp_path / "demo")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for word in ("Collect", "Detect", "Train", "Incorporate", "Monitor", "Where to look"):
        assert word in done.stdout
    assert list((tmp_path / "demo" / "training").glob("*/checklist.md"))
    assert list((tmp_path / "demo" / "procedures").glob("SOP-*.md"))
