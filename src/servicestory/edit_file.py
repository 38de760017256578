"""Changes records inside a file of one or many, every byte outside the changed fields kept."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError

from servicestory import storage, yaml_edit, yaml_read
from servicestory.errors import Problem

if TYPE_CHECKING:
    from servicestory.models.base import Record

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


def _reads_as(piece: yaml_read.Piece, wanted: "Record", text: str) -> bool:
    try:
        fields = yaml_read.read(yaml_read.Piece(text, piece.start, piece.line), "")
        return type(wanted).model_validate(fields) == wanted
    except (Problem, ValidationError):
        return False
