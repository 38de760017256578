"""Files with texts for people: generated documents, and drafts of stories nobody has finished telling."""

import os
import re
from pathlib import Path

from servicestory import storage
from servicestory.errors import Problem, nearest
from servicestory.storage import NEXT_WRITE

FOLDERS = ("training", "procedures", "reports")
KEPT = ("stories", "practices", "records", *FOLDERS, "quarantine", "drafts")  # where people's words stand
RECORDS = ("servicestory.yaml", "stories", "practices", "records", "quarantine", "private", ".servicestory")
_DRAFT = re.compile(r"draft-(\d+)\.yaml")


def place(root: Path, relative: str) -> Path:
    """The path of a document below one of `FOLDERS`.

    Raises:
        Problem: when it lies anywhere else, by name or through a link.
    """
    path = storage.inside(root, root / relative, relative)
    below = path.relative_to(root.resolve()).parts
    if len(below) < 2 or below[0] not in FOLDERS:
        step = f"Choose a place below {', '.join(FOLDERS)}"
        raise Problem("documents of a workspace are not written here", relative, step)
    return path


def check_output(root: Path, path: Path, folder: bool = False) -> None:
    """Asks of a place the user named whether output may be written there at all.

    Args:
        folder: whether files are to be written into it; else it is the file.

    Raises:
        Problem: for a place in a folder that is not there (most are mistyped), a folder, a device or a pipe
            in the place of a file, a file in the place of a folder, and whatever holds records.
    """
    shown, step = str(path), "Choose another place"
    if folder and path.exists() and not path.is_dir():
        raise Problem("this is no folder", shown, step)
    if not folder and path.is_dir():
        raise Problem("this is a folder", shown, "Name a file in it")
    if not folder and path.exists() and not path.is_file():
        raise Problem("this is a device or a pipe, not a file", shown, step)
    with storage.plainly("nothing can be written here", shown, step):
        real = path.resolve()
    if real.is_relative_to(root.resolve()):
        first = next(iter(real.relative_to(root.resolve()).parts), "").casefold()
        if first in RECORDS:
            raise Problem(f"records are kept here ({first}), and no output is written over them", shown, step)
    own = real.is_relative_to(root.resolve() / "reports")  # made where it is first needed
    if not own and not real.parent.is_dir():
        what = f"there is no folder {path.parent}, so nothing was written"
        raise Problem(what, shown, "Make it first, or look at how it is spelled")


def given_text(path: Path) -> str:
    """The text of a file somebody named on the command line, in UTF-8 without the byte order mark.

    Raises:
        Problem: when it is not there, empty, no text, or in another encoding.
    """
    where = str(path)
    if path.is_dir():
        raise Problem("this is a folder, not a file", where, "Name the file in it")
    try:
        near = None if path.exists() else nearest(path.name, [p.name for p in path.parent.iterdir()])
    except OSError:
        near = None
    if not near and not os.path.lexists(path):
        raise Problem("there is no such file", where, "Look at the name and the folder")
    if near:
        raise Problem("there is no such file", where, f"Did you mean {path.parent / near}")
    if not os.access(path, os.R_OK):
        raise Problem("this file may not be read by you", where, "Change its permissions, or copy it")
    data = storage.read(path, where).data
    if not data.strip():
        raise Problem("this file is empty", where, "Look whether it is the right one")
    if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Problem(
            "this is not a text file (it holds zero bytes)", where, "Save it as plain text in UTF-8"
        )
    return storage.text_of(data, where)


def read(root: Path, relative: str) -> str | None:
    """The text of a document, exactly as it is in the file; None when there is none."""
    path = place(root, relative)
    if not path.exists():
        return None
    try:
        return storage.read(path, relative).data.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem("this file is not UTF-8", relative, "Save it as UTF-8") from None


def write(
    path: Path, text: str | bytes, read_before: str | bytes | None, where: str, durable: bool = True
) -> None:
    """Writes a file, whole or not at all, and never over something that was not read before.

    Args:
        path: any place, inside the workspace or where the user wants it.
        read_before: what the file held when the new text was made from it; None: there was none.
        durable: whether it waits for the disk; not for what can be made again from a file beside it.

    Raises:
        Problem: when the file holds something else than ``read_before``, or cannot be written.
    """
    data = text if isinstance(text, bytes) else storage.bytes_of(text, where)
    before = read_before.encode("utf-8") if isinstance(read_before, str) else read_before
    with storage.plainly("this file cannot be written", where, NEXT_WRITE):
        if before is None:
            if not storage.create(path, data, durable):
                step = "Move it away, or choose another name"
                raise Problem("there is a file of this name already", where, step)
        elif before != data:
            storage.replace(path, data, storage.fingerprint(before), where, durable)


def keep(path: Path, data: bytes) -> None:
    """Writes a derived file in one step, over whatever was there.

    Raises:
        OSError: when the disk refuses.
    """
    path.parent.mkdir(exist_ok=True)
    with storage.temporary(path.parent, data, None) as unfinished:
        unfinished.replace(path)


def drafts(root: Path) -> list[str]:
    """The names of the drafts, oldest first."""
    folder = root / "drafts"
    names = [p.name for p in folder.iterdir() if _DRAFT.fullmatch(p.name)] if folder.is_dir() else []
    return sorted(names, key=lambda name: (len(name), name))


def save_draft(root: Path, text: str, name: str | None = None) -> str:
    """Keeps what was typed, valid or not; with ``name`` in the place of that draft. Returns its name."""
    data = text.encode("utf-8", "replace")
    folder = storage.inside(root, root / "drafts", "drafts")
    with storage.plainly("the draft cannot be kept", "drafts", NEXT_WRITE):
        if name and (path := draft(root, name)).exists():
            storage.replace(path, data, storage.read(path, f"drafts/{name}").sha, f"drafts/{name}")
            return name
        number = max((int(name[6:-5]) for name in drafts(root)), default=0) + 1
        while not storage.create(folder / (made := f"draft-{number:03d}.yaml"), data):
            number += 1
        return made


def load_draft(root: Path, name: str) -> str:
    """The text of a draft; what an editor saved in Windows-1252 is read as that."""
    data = storage.read(draft(root, name), f"drafts/{name}").data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def drop_draft(root: Path, name: str) -> None:
    """Removes a draft that became a story."""
    with storage.plainly("the draft cannot be removed", f"drafts/{name}", "Remove it by hand"):
        draft(root, name).unlink(missing_ok=True)


def draft(root: Path, name: str) -> Path:
    """The path of a draft.

    Raises:
        Problem: when the name is not that of a draft.
    """
    if not _DRAFT.fullmatch(name):
        step = f"The drafts are: {', '.join(drafts(root))}" if drafts(root) else ""
        raise Problem(f"there is no draft {name!r}", "drafts", step)
    return root / "drafts" / name
