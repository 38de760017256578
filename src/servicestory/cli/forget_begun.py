"""A removal under way: written down before the first file changes, so that one that was stopped is finished.

No name stands in it, and of the files only what they are called without one.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from servicestory import storage
from servicestory.errors import Problem
from servicestory.storage import fingerprint
from servicestory.text import folded, plural

if TYPE_CHECKING:
    from servicestory.models.intake import Begun, ChangedFile, FileToChange, Forgotten
    from servicestory.workspace import Workspace

NAME = "records/forgetting.jsonl"


@dataclass(frozen=True)
class Change:
    """What becomes of a file that holds a name.

    Attributes:
        to: what it is called without the name.
        places: how often the name stands in it and in what it is called.
    """

    old: bytes
    new: bytes
    to: str
    places: int


def load(into: "Workspace") -> "Begun | None":
    """The removal that was begun and not finished; None where there is none."""
    from servicestory.models.intake import Begun

    try:
        found = into.records("forgetting", Begun)
    except Problem as problem:
        step = f"Delete {NAME}, then do the removal again: servicestory forget with the same names"
        raise Problem(problem.what, problem.where, step) from None
    return found[-1] if found else None


def begin(
    into: "Workspace", changes: Mapping[Path, Change], told: str, record: "Forgotten", names: Iterable[str]
) -> None:
    """Write down what is about to change; ``told`` is what stands for the name."""
    from servicestory.models.intake import Begun, FileToChange

    files = [
        FileToChange(
            place=_place(into, path), to=one.to, before=fingerprint(one.old), after=fingerprint(one.new)
        )
        for path, one in changes.items()
    ]
    known = record.model_dump(exclude={"schema_", "files"})
    sealed = _sealed(names, secrets.token_hex(16))
    begun = Begun(**known, told=told, names=sealed, files=files)
    line = json.dumps(begun.to_yaml(), ensure_ascii=False) + "\n"
    path = storage.inside(into.root, into.root / NAME, NAME)
    with storage.plainly("what is to be done cannot be written down", NAME, "Check the folder's permissions"):
        if path.is_file() and not path.read_bytes().strip():
            path.unlink()  # a mended file, of which nothing is left
        if not storage.create(path, line.encode()):
            raise Problem("a removal is under way already", NAME, "Wait for it to end")


def end(into: "Workspace") -> None:
    """Nothing is under way any more.

    Raises:
        Problem: what was written down for it cannot be taken away.
    """
    doing, step = "what was written down for the removal cannot be taken away", "Delete it by hand"
    with storage.plainly(doing, NAME, step):
        (into.root / NAME).unlink(missing_ok=True)


def left(into: "Workspace", begun: "Begun") -> "dict[FileToChange, Path]":
    """What is still to be changed, and where it stands now."""
    there = {_place(into, path): path for path in every(into)}
    found = {}
    for file in begun.files:
        path = there.get(file.place)
        moves = fingerprint(file.to.encode()) != file.place
        if path is not None and (moves or fingerprint(path.read_bytes()) != file.after):
            found[file] = path
    return found


def refuse_another(begun: "Begun", names: Iterable[str], waiting: int) -> None:
    """Refuses the removal of anybody else, or of other names, until the one that was begun is finished.

    Raises:
        Problem: these are not the names it was begun with.
    """
    if begun.names != _sealed(names, begun.names.partition(":")[0]):
        raise unfinished(begun, waiting)


def _sealed(names: Iterable[str], salt: str) -> str:
    """Names as salt and hash; slow, so that nobody tries a list of names."""
    said = "\0".join(sorted({" ".join(folded(name).split()) for name in names}))
    return f"{salt}:{hashlib.pbkdf2_hmac('sha256', said.encode(), bytes.fromhex(salt), 200_000).hex()}"


def unfinished(begun: "Begun", waiting: int) -> Problem:
    """What is left of a removal that was stopped."""
    files = f"{waiting} of {plural(len(begun.files), 'file')}" if waiting else "its certificate"
    step = (
        "servicestory forget with the name it was begun with, and the same names after --also (the aliases "
        "that the staff list had for it count as well)"
    )
    return Problem(
        f"the removal of a person, begun on {begun.on}, was stopped in the middle: {files} "
        f"{'is' if waiting < 2 else 'are'} still to be done",
        NAME,
        f"Finish it first: {step if waiting else 'call servicestory forget once more'}",
    )


def done(into: "Workspace", begun: "Begun", waiting: "Iterable[FileToChange]") -> "list[ChangedFile]":
    """The files that were changed before it was stopped, but those that are gone meanwhile."""
    from servicestory.models.intake import ChangedFile

    still = set(waiting)
    return [
        ChangedFile(path=called, before=file.before, after=file.after)
        for file in begun.files
        if file not in still and (called := _called(into, file))
    ]


def _called(into: "Workspace", file: "FileToChange") -> str | None:
    """What a changed file is called: another of its name may have been there, and it got a number.

    None where there is no such file any more.
    """
    own = PurePosixPath(file.to)
    for path in [into.root / file.to, *sorted((into.root / own.parent).glob(f"{own.stem}-*{own.suffix}"))]:
        if path.is_file() and fingerprint(path.read_bytes()) == file.after:
            return path.relative_to(into.root).as_posix()
    return file.to if (into.root / file.to).is_file() else None


def certify(into: "Workspace", record: "Forgotten") -> None:
    """Take away what can be made again, then keep the certificate, once: it says only what was done.

    Raises:
        Problem: something of it cannot be taken away; then there is no certificate.
    """
    drop_derived(into)
    if not certified(into, record):
        into.append("forgotten", [record], anew=True)


def certified(into: "Workspace", record: "Forgotten") -> bool:
    """Whether the certificate is kept."""
    from servicestory.models.intake import Forgotten

    def plain(one: "Forgotten") -> "Forgotten":  # finished in parts, it has the same files in another order
        return one.model_copy(update={"files": sorted(one.files, key=lambda file: file.path)})

    return any(plain(one) == plain(record) for one in into.records("forgotten", Forgotten, []))


def drop_derived(into: "Workspace") -> None:
    """Take away what can be made again: it holds names as the files had them, or prints of texts with these.

    Raises:
        Problem: a file of it cannot be taken away, or a folder is in its place.
    """
    derived = into.root / ".servicestory"
    made_again = (derived / name for name in ("titles.json", "detected.json", "house.json", "deeds.npz"))
    for file in (*sorted(derived.glob("index*")), *made_again):  # pages keep what was
        where = f".servicestory/{file.name}"
        step = "Delete it by hand (it is made again from your files), then do the removal again"
        with storage.plainly("this may hold the name, and cannot be taken away", where, step):
            file.unlink(missing_ok=True)


def every(into: "Workspace") -> list[Path]:
    """Every file of the workspace in which a name may stand."""
    from servicestory.documents import KEPT

    files: list[Path] = []
    for folder in KEPT:
        with storage.plainly("not every file can be looked into", folder, "Check its permissions"):
            files += sorted(_files(into.root, into.root / folder))
    return [*files, into.root / "servicestory.yaml"]  # last, for it tells what else somebody is called


def _files(root: Path, folder: Path) -> Iterator[Path]:
    """Every file below a folder; a link to a file of the workspace is left out, for that has its own turn.

    Raises:
        OSError: a folder below cannot be read (`Path.rglob` would pass it over).
    """

    def refuse(error: OSError) -> None:
        raise error

    if not folder.exists():
        return
    for parent, _, names in os.walk(folder, onerror=refuse):
        for path in (Path(parent) / name for name in names):
            if path.is_file() and not (  # links that lead in a circle are no file
                path.is_symlink() and path.resolve().is_relative_to(root.resolve())
            ):
                yield path


def _place(into: "Workspace", path: Path) -> str:
    """Where a file stands, as a hash: the name may be in it."""
    return fingerprint(path.relative_to(into.root).as_posix().encode())
