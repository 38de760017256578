"""Changes records inside a file of one or many, every byte outside the changed fields kept."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from servicestory import storage, yaml_edit, yaml_read
from servicestory.errors import Problem
from servicestory.text import listing

if TYPE_CHECKING:
    from servicestory.index import Row
    from servicestory.models.base import Record
    from servicestory.models.story import Story

_MARK = b"\xef\xbb\xbf"  # the byte order mark some editors put before a text


def edited(data: bytes, changes: Mapping[int, tuple["Record", "Record"]], name: str) -> bytes:
    """The file's bytes with records changed.

    Args:
        data: the file as it is on disk.
        changes: line a record begins on -> the record as it was read, the record as it shall read.
        name: the file's name for messages.

    Raises:
        Problem: when a record cannot be changed without harming it.
    """
    text = storage.text_of(data, name)
    left = dict(changes)
    parts: list[str] = []
    at = 0
    for piece in yaml_read.pieces(text):
        line = yaml_read.first_line(piece)
        if line not in left:
            continue
        old, new = left.pop(line)
        made = yaml_edit.edit(
            piece,
            old.to_yaml(),
            new.to_yaml(),
            partial(_reads_as, piece, new),
            name,
        )
        if text.startswith("...", piece.start):
            made = "..." + made[3:]
        parts += [text[at : piece.start], made]
        at = piece.start + len(piece.text)
    if left:
        raise Problem("the record to change is no longer there", f"{name}:{min(left)}", "Do it again")
    made_text = "".join([*parts, text[at:]])
    return (_MARK if data.startswith(_MARK) else b"") + storage.bytes_of(made_text, name)


def with_fields(
    places: Sequence[tuple["Row", int]], found: Sequence["Story"], changes: Mapping[str, Mapping[str, Any]]
) -> tuple[list["Story"], dict[str, dict[int, tuple["Story", "Story"]]]]:
    """Stories with fields changed, and of each file the lines on which one that differs begins: old, new.

    Args:
        places: the file of each story of ``found``, and its number in it.
        changes: id -> field -> value; None takes a field out.

    Raises:
        Problem: a value does not fit, or the id is to change.
    """
    from servicestory import records

    made: list[Story] = []
    edits: dict[str, dict[int, tuple[Story, Story]]] = {}
    for (row, n), old in zip(places, found, strict=True):
        given, line = changes[old.id], row.summaries[n][6]
        if given.get("id", old.id) != old.id:
            raise Problem("the id of a story never changes", old.id, "Add a new story instead")
        fields = {k: v for k, v in {**old.to_yaml(), **given}.items() if v is not None}
        made.append(records.checked(type(old), fields, f"{row.path}:{line}"))
        if made[-1] != old:
            edits.setdefault(row.path, {})[line] = (old, made[-1])
    return made, edits


def put(files: Sequence[tuple[str, Path, bytes]], shas: Mapping[str, str]) -> None:
    """Puts new content in the place of the old of several files: of all of them or of none.

    Args:
        files: name, place and new content of each.
        shas: `fingerprint` of the content each change was made from, by name.

    Raises:
        Problem: one of them cannot be written; those before it are put back, or named.
    """
    done: list[tuple[str, Path, bytes, bytes]] = []
    try:
        for name, path, data in files:
            old = storage.read(path, name).data
            storage.replace(path, data, shas[name], name)
            done.append((name, path, old, data))
    except BaseException as error:
        left = []
        for name, path, old, data in reversed(done):
            try:
                storage.replace(path, old, storage.fingerprint(data), name)
            except (Problem, OSError):
                left.append(name)
        if left and isinstance(error, Problem):
            what = f"{error.what}; changed already, and not put back: {listing(left)}"
            raise Problem(what, error.where, error.next_step) from None
        raise


def _reads_as(piece: yaml_read.Piece, wanted: "Record", text: str) -> bool:
    try:
        fields = yaml_read.read(yaml_read.Piece(text, piece.start, piece.line), "")
        return type(wanted).model_validate(fields) == wanted
    except (Problem, ValidationError):
        return False
