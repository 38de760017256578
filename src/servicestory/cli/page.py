"""servicestory.yaml read as plain lines: quick, and in spite of mistakes elsewhere in it."""

import re
from pathlib import Path

from servicestory.starter import MARK
from servicestory.text import noun, one_line

_LINE = r"(?m)^{name}:[ \t]*([^#\n]*)"


def plain(root: Path) -> str:
    """The page as text, bad characters replaced; empty where it cannot be read."""
    try:
        return (root / MARK).read_text("utf-8-sig", "replace")
    except OSError:
        return ""


def value(root: Path, name: str) -> str:
    """What stands behind the name of a field that is not indented; empty where nothing does."""
    said = re.search(_LINE.format(name=re.escape(name)), plain(root))
    return one_line(said[1].strip().strip("\"'"), 40) if said else ""


def has(root: Path, name: str) -> bool:
    """Whether the page has such a field at all."""
    return re.search(rf"(?m)^{re.escape(name)}:", plain(root)) is not None


def language(root: Path) -> str:
    """The code of the language the stories are told in."""
    return value(root, "language").casefold() or "en"


def customer_word(root: Path) -> str:
    """What the house calls its customers."""
    return noun(value(root, "customer_word"), language(root)) or "customer"
