"""Bytes on disk, safely: whole or not at all, never over somebody else's change, leftovers never read."""

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from servicestory.errors import Problem

NEXT_WRITE = "Check the folder's permissions and the disk, then do it again"
LARGEST = 512 * 1024 * 1024  # bytes; a file above this is no record file
TEMPORARY = ".servicestory-"  # how the names of unfinished files begin; a leading dot is never read
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}

set_aside: list[tuple[Path, bool]] = []  # files whose last line went beside them; whether we had begun it
written: list[Path] = []  # the folders of what this process has written durably, in that order
# What the file system says about a file: size, time of last change of its content and of its entry
# (nanoseconds), inode. The same stamp means the same content.
Stamp = tuple[int, int, int, int]


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp in the result of a stat call."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & (2**63 - 1)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, their fingerprint, and the stamp the file had while they were read."""

    data: bytes
    stamp: Stamp
    settled: bool  # False when the file may still change without its stamp changing

    @property
    def sha(self) -> str:
        return fingerprint(self.data)


def fingerprint(data: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return sha256(data).hexdigest()


# What the person at the computer can put right, wherever it is met.
YOURS = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ELOOP, errno.ENAMETOOLONG,
    errno.EMFILE, errno.EIO,
}  # fmt: skip


def said(error: OSError) -> str:
    """An operating system's refusal in plain words."""
    words = {
        errno.EACCES: "you have no permission for it",
        errno.EPERM: "the system does not allow it",
        errno.EROFS: "the folder is read-only",
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is used up",
        errno.ENOENT: "it is not there",
        errno.EEXIST: "a file of this name is in the way",
        errno.EISDIR: "it is a folder",
        errno.ENOTDIR: "a part of its path is a file, not a folder",
        errno.ELOOP: "its links lead in a circle",
        errno.ENAMETOOLONG: "its name is too long",
        errno.EMFILE: "too many files are open",
        errno.EIO: "the disk has an error",
    }
    return words.get(error.errno or 0, (error.strerror or str(error)).lower())


@contextlib.contextmanager
def plainly(doing: str, where: str, next_step: str) -> Iterator[None]:
    """Turns an operating system's error into a `Problem`."""
    try:
        yield
    except OSError as error:
        raise Problem(f"{doing}: {said(error)}", where, next_step) from None


def read(path: str | Path, where: str) -> Content:
    """A file's bytes with the stamp they belong to.

    Raises:
        Problem: when it cannot be read, is not a plain file, or is far too large.
    """
    with plainly("this file cannot be read", where, "Check its permissions"):
        # Without O_NONBLOCK a pipe named x.yaml would make us wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            before = os.fstat(handle)
            if not stat.S_ISREG(before.st_mode):
                kind = "a folder" if stat.S_ISDIR(before.st_mode) else "not a plain file"
                raise Problem(f"this is {kind}, though its name is that of a record", where, "Move it away")
            if before.st_size > LARGEST:
                raise Problem(
                    f"this file is larger than {LARGEST >> 20} MB", where, "Cut it into several files"
                )
            with os.fdopen(handle, "rb", buffering=0, closefd=False) as file:
                data = file.readall()
            after = os.fstat(handle)
            now = time.time_ns()
        finally:
            os.close(handle)
    stamp = stamp_of(after)
    # A write within one tick of the file system's clock leaves the stamp as it was.
    settled = (
        stamp == stamp_of(before) and len(data) == after.st_size and now - after.st_mtime_ns > 50_000_000
    )
    return Content(data, stamp, settled)


def text_of(data: bytes, where: str) -> str:
    """The text of a file in UTF-8, without the byte order mark.

    Raises:
        Problem: when it is empty, not text, or in another encoding; with the line of the first bad byte.
    """
    if not data.strip():
        raise Problem("this file is empty", where, "Delete it, or bring back what it held")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Problem("this file is saved as UTF-16", where, "Save it as UTF-8")
    if (at := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, at) + 1
        raise Problem(
            "this is not a text file (it holds zero bytes)",
            f"{where}:{line}",
            "Bring back an earlier copy, or move it out of the folder",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise Problem(
            f"this file is not UTF-8: byte {column} of this line is 0x{data[error.start]:02x}",
            f"{where}:{line}",
            "Save it as UTF-8",
        ) from None


def bytes_of(text: str, where: str) -> bytes:
    """The text in UTF-8.

    Raises:
        Problem: for half a character (a lone surrogate), which no file can hold.
    """
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        around = text[max(0, error.start - 20) : error.start].encode("utf-8", "replace").decode()
        raise Problem(
            f"a text holds half a character after {around!r}", where, "Type that character again"
        ) from None


def _sync_folder(folder: Path, new_name: bool = True) -> None:
    """Notes what was written; makes a new name durable, where the system can do so."""
    written.append(folder)
    if not new_name:
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def temporary(folder: Path, data: bytes, mode: int | None, durable: bool = True) -> Iterator[Path]:
    """A finished, synced file of a passing name in ``folder``; gone afterwards unless renamed."""
    path = folder / f"{TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
        with os.fdopen(handle, "wb", buffering=0) as file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            if durable:
                os.fsync(handle)
        yield path
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def create(path: Path, data: bytes, durable: bool = True) -> bool:
    """Writes a new file durably. False when the name is taken; nothing is ever overwritten.

    The file appears under its name at once and whole (`link(2)` fails when the name exists).

    Args:
        durable: whether it waits for the disk; not for what can be made again from a file beside it.

    Raises:
        OSError: when the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary(path.parent, data, None, durable) as unfinished:
        try:
            os.link(unfinished, path)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if not _reserve(path):
                return False
            unfinished.replace(path)
        except (AttributeError, NotImplementedError):  # pragma: no cover - platforms without links
            if not _reserve(path):
                return False
            unfinished.replace(path)
    if durable:
        _sync_folder(path.parent)
    return True


def _reserve(path: Path) -> bool:
    """Takes a name, empty, where the file system has no links; False when somebody has it."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    except FileExistsError:
        return False
    return True


def replace(path: Path, data: bytes, sha_before: str, where: str, durable: bool = True) -> None:
    """Puts new content in the place of the old one, durably, keeping the file's mode.

    Args:
        sha_before: `fingerprint` of the content the change was made from.
        durable: as in `create`.

    Raises:
        Problem: when the file holds something else by now, or cannot be written.
    """
    changed = Problem(
        "this file was changed while it was being edited here", where, "Look at it, then do it again"
    )
    if not path.exists():
        raise Problem("this file was removed meanwhile", where, "Bring it back, then do it again")
    if read(path, where).sha != sha_before:
        raise changed
    with plainly("this file cannot be written", where, "Check the folder's permissions and the disk"):
        mode = stat.S_IMODE(path.stat().st_mode)
        if not os.access(path, os.W_OK):
            raise Problem("this file is write-protected", where, "Allow writing to it, then do it again")
        with temporary(path.parent, data, mode, durable) as unfinished:
            # Once more, as late as can be: the sync above may have taken a while.
            if fingerprint(path.read_bytes()) != sha_before:
                raise changed
            unfinished.replace(path)
        if durable:
            _sync_folder(path.parent)


def append(path: Path, data: bytes, anew: bool = False) -> None:
    """Adds ``data`` (whole lines) to the end of a file, durably; on failure the file is as it was.

    A last line without its end, left by a stop in the middle of writing, is closed when it is whole and
    put aside into ``<name>.cut-off`` when it is not. Call it while holding the workspace's lock.

    Args:
        anew: ``data`` is surely what was cut off, so a torn line that is its beginning is taken away. Of two
            observations both begin alike, and what there was of the first would be lost without a word.

    Raises:
        OSError: when the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        size = _mend_end(path, handle, data if anew else b"")
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)
    _sync_folder(path.parent, new_name=size == 0)


def _mend_end(path: Path, handle: int, again: bytes) -> int:
    """Ends a torn last line of an open file; returns the size the file has then.

    Args:
        again: what was cut off, where that is written next; a torn line that begins it is lost to nobody.
    """
    import json

    size = os.fstat(handle).st_size
    if not size:
        return 0
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    torn = data[whole:]
    if not torn:
        return size
    try:
        json.loads(torn)
    except ValueError:
        if again.startswith(torn):
            os.ftruncate(handle, whole)
            return whole
        aside = path.with_name(path.name + ".cut-off")
        with aside.open("ab") as file:
            file.write(torn + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.ftruncate(handle, whole)
        set_aside.append((path, half_written(torn)))
        return whole
    os.write(handle, b"\n")
    return size + 1


def half_written(line: bytes) -> bool:
    """Whether a line that is no whole record is one of ours, stopped in the middle; else it was typed."""
    return line.startswith(b"{") and not line.rstrip().endswith(b"}")


def file_name(record_id: str) -> str:
    """A file name for an id: never hidden, never with a character a file system refuses, never too long."""
    name = re.sub(r"[^\w.-]", "-", record_id).lstrip(".") or "record"
    if len(name.encode()) > 150:
        name = name.encode()[:120].decode("utf-8", "ignore") + "-" + fingerprint(record_id.encode())[:12]
    return name


def inside(root: Path, path: Path, where: str) -> Path:
    """The file that ``path`` really is, links followed.

    Raises:
        Problem: when it lies outside ``root``: nothing is ever written there.
    """
    try:
        real = path.resolve(strict=False)
        real.lstat()
        circle = real.is_symlink()  # from Python 3.13 on a circle is no error: the link itself comes back
    except FileNotFoundError:
        circle = False
    except NotADirectoryError as error:
        raise Problem(said(error), where, "Move the file that is in the way") from None
    except (OSError, RuntimeError):
        circle = True
    if circle:
        raise Problem("its links lead in a circle", where, "Remove the link")
    if not real.is_relative_to(root.resolve()):
        what = "this leads outside the workspace, where nothing is written"
        kind = "file" if real.is_file() else "folder"
        raise Problem(what, where, f"Put the {kind} itself into the workspace, and work on it from there")
    return real


def record_files(folder: str | Path, shown: str, problems: list[Problem]) -> list[tuple[str, str, Stamp]]:
    """The YAML files of a folder and its sub-folders: name from the workspace's root, path, stamp.

    Sorted by name. Names that start with a dot are left out: unfinished files, editors' leftovers.
    """
    found: list[tuple[str, str, Stamp]] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem(f"this folder cannot be read: {said(error)}", shown, "Check its permissions"))
        return []
    for entry in entries:
        name = f"{shown}/{entry.name}"
        if entry.name.startswith("."):
            continue
        is_record = entry.name.lower().endswith((".yaml", ".yml"))
        try:
            if entry.is_dir(follow_symlinks=False):
                if is_record:
                    problems.append(
                        Problem("this is a folder, though its name is that of a record", name, "Rename it")
                    )
                else:
                    found += record_files(entry.path, name, problems)
            elif entry.is_symlink() and entry.is_dir():
                problems.append(
                    Problem("this is a link to a folder, which is not followed", name, "Move the files here")
                )
            elif is_record:
                found.append((name, entry.path, stamp_of(entry.stat())))
        except OSError as error:
            problems.append(
                Problem(f"this file cannot be read: {said(error)}", name, "Remove it, or mend the link")
            )
    found.sort(key=lambda f: f[0])
    return found
