"""Makes the command pages from the real --help and the README's outputs from real runs: `make docs`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from servicestory.cli.app import COMMANDS
from tests import readme

PAGES = Path(__file__).parent.parent / "docs" / "commands"
GROUPS = {"measure": ("add", "record", "import"), "contrast": ("add", "import", "show")}
"""Commands that are several, each with a page and an example of its own."""


def page(*words: str) -> str:
    """The help of one command as a markdown page."""
    done = subprocess.run(
        [sys.executable, "-m", "servicestory", *words, "--help"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100"},
    )
    title = " ".join(["servicestory", *words])
    return f"# {title}\n\n<!-- made by `make docs` from the command's own --help; edit the command instead -->\n\n```text\n{done.stdout.rstrip()}\n```\n"


def pages() -> dict[str, str]:
    """File name -> text of every command page, and of the one that lists them."""
    made = {"README.md": page()}
    for name in COMMANDS:
        made[f"{name.replace(' ', '-')}.md"] = page(*name.split())
    for group, parts in GROUPS.items():
        for part in parts:
            made[f"{group}-{part}.md"] = page(group, part)
    return made


def main() -> None:
    """Write every page; remove those of commands that are gone."""
    PAGES.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in PAGES.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        text = readme.refreshed(readme.README.read_text(encoding="utf-8"), Path(folder).resolve())
    readme.README.write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in {PAGES}, and the outputs in {readme.README.name}")


if __name__ == "__main__":
    main()
