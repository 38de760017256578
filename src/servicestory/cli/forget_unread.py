"""What `forget` did not look into, and names written as one word: said, since a name may be left there."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from servicestory import console
from servicestory.documents import KEPT
from servicestory.starter import MARK
from servicestory.text import listing

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

_SHOWN = 6  # files named of each kind before the rest are counted
_OURS = {*KEPT, MARK, "private", ".servicestory", ".gitignore"}
"""What of a workspace is looked into, or holds no name: the key, and what is made again."""


def say_unread(into: "Workspace", files: Sequence[tuple[str, bytes]], names: Iterable[str]) -> None:
    """Say which links were not followed, which files are no text, and what else is in the folder.

    Args:
        files: every file that was looked into: its place in the workspace, and what is in it.
    """
    for said, places in (
        ("Links, which are not followed", links(into.root, {where for where, _ in files})),
        ("No text in UTF-8, so a name in it is not found", no_text(files, names)),
        ("Not looked into, since servicestory keeps nothing there", beside(into.root)),
    ):
        if places:
            more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
            console.note(f"{said}: {', '.join(places[:_SHOWN])}{more}. Look there yourself.")


def links(root: Path, looked_into: set[str]) -> list[str]:
    """The links below the folders of records and documents that lead to what has no turn of its own."""
    found = []
    for folder in KEPT:
        if (root / folder).is_symlink():
            found.append(folder)
        for parent, folders, names in os.walk(root / folder):
            for path in (Path(parent) / name for name in sorted([*folders, *names])):
                if not path.is_symlink() or (where := path.relative_to(root).as_posix()) in looked_into:
                    continue
                real = Path(os.path.realpath(path))
                inside = real.is_relative_to(root.resolve())
                if not inside or real.relative_to(root.resolve()).as_posix() not in looked_into:
                    found.append(where)
    return found


def no_text(files: Iterable[tuple[str, bytes]], names: Iterable[str]) -> list[str]:
    """The files in which a name is not found though it be there: UTF-16, pictures, tables of a spreadsheet.

    In another encoding than UTF-8 only letters beyond those of English stand otherwise.
    """
    beyond = not "".join(names).isascii()
    found = []
    for where, data in files:
        if where.lower().endswith(".docx"):
            continue
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
            found.append(where)
        elif beyond:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                found.append(where)
    return found


def beside(root: Path) -> list[str]:
    """What else lies in the folder of the workspace, hidden files and folders left out."""
    return sorted(
        path.name + ("/" if path.is_dir() else "")
        for path in root.iterdir()
        if path.name not in _OURS and not path.name.startswith(".")
    )


def say_run_together(files: Iterable[tuple[str, bytes]], names: Iterable[str]) -> None:
    """Say where a name of several words stands as one ("AnnaBerg"): whether it is one, nobody can tell."""
    joined = {"".join(re.findall(r"[^\W_]+", name)).casefold() for name in names if len(name.split()) > 1}
    if not joined:
        return
    form = re.compile("|".join(map(re.escape, sorted(joined))))
    places: dict[str, str] = {}
    for where, data in files:
        for number, line in enumerate([where, *data.decode("utf-8", "replace").split("\n")]):
            at = form.search(line.casefold())
            if at:
                places.setdefault(f"{where}:{number}" if number else f"{where} (its name)", at[0])
    if places:
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        forms = listing(sorted({f"'{one}'" for one in places.values()}))
        console.note(
            f"Written as one word, and left: {forms} in {', '.join([*places][:_SHOWN])}{more}. If it is the "
            "name, take it out by hand."
        )
