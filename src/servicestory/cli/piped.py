"""What comes with a story beside its options: text on standard input, and words in another encoding."""

import os
import stat
import sys
from typing import Any, TextIO

from servicestory import console
from servicestory.errors import Problem


def say_unread() -> None:
    """Says so where a text waits on standard input and the options told the story.

    It is not taken: in a shell's loop over the lines of a file the whole rest of the file waits there.
    """
    if console.interactive() or not _waits(sys.stdin):
        return
    console.note(
        "What came on standard input was not read, since the story is told otherwise. "
        "To take it as what happened, give: --text -"
    )


def _waits(stream: TextIO) -> bool:
    """Whether there is something to read, as far as that can be seen without reading it."""
    try:
        number = stream.fileno()
        kind = os.fstat(number).st_mode
        if stat.S_ISREG(kind):
            return os.fstat(number).st_size > os.lseek(number, 0, os.SEEK_CUR)
        import fcntl  # not on Windows
        import termios

        count = fcntl.ioctl(number, termios.FIONREAD, b"\0" * 4)
        return int.from_bytes(count, sys.byteorder) > 0
    except (OSError, ValueError, ImportError):
        return False


def plain_text(data: bytes) -> str:
    """Text from a pipe.

    Raises:
        Problem: it is no text but a picture, an archive or the like.
    """
    controls = sum(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in data[:65536])
    if controls > len(data[:65536]) / 100:
        raise Problem("What comes from standard input is not text", "", "Send the story as plain text")
    return str(readable(data))


def readable(value: Any) -> Any:
    """Text from the command line or a pipe; what is not UTF-8 is read as Windows-1252."""
    if isinstance(value, list):
        return [readable(item) for item in value]
    if isinstance(value, dict):
        return {name: readable(item) for name, item in value.items()}
    if not isinstance(value, str | bytes):
        return value
    try:
        raw = value if isinstance(value, bytes) else os.fsencode(value)
    except UnicodeEncodeError:  # half a character that no bytes on the command line stand for
        return str(value).encode("utf-8", "replace").decode("utf-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
