"""Bytes on disk: whole or not at all, never over another's change, every refusal in words."""

import errno
import os
from pathlib import Path

import pytest

from servicestory import storage
from servicestory.errors import Problem

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_new_file_appears_whole_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.yaml"
    assert storage.create(path, b"one")
    assert not storage.create(path, b"two")
    assert path.read_bytes() == b"one" and names(path.parent) == ["a.yaml"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_without_links_a_new_file_is_still_exclusive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert storage.create(tmp_path / "a.yaml", b"one")
    assert not storage.create(tmp_path / "a.yaml", b"two")
    assert (tmp_path / "a.yaml").read_bytes() == b"one" and names(tmp_path) == ["a.yaml"]


def test_a_full_disk_leaves_neither_file_nor_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.yaml"
    old.write_bytes(b"before")
    records = tmp_path / "r.jsonl"
    records.write_bytes(b'{"a":1}\n')

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.create(tmp_path / "new.yaml", b"x")
    with pytest.raises(Problem, match=r"old: this file cannot be written: the disk is full\. Check"):
        storage.replace(old, b"after", storage.fingerprint(b"before"), "old")
    with pytest.raises(OSError, match="No space"):
        storage.append(records, b'{"a":2}\n')
    assert names(tmp_path) == ["old.yaml", "r.jsonl"]
    assert old.read_bytes() == b"before" and records.read_bytes() == b'{"a":1}\n'


def test_a_change_keeps_the_mode_and_refuses_what_changed_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"one")
    path.chmod(0o640)
    storage.replace(path, b"two", storage.fingerprint(b"one"), "a.yaml")
    assert path.read_bytes() == b"two" and path.stat().st_mode & 0o777 == 0o640
    stamp = path.stat()
    path.write_bytes(b"TWO")  # same size, and the same time: only the content tells
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    with pytest.raises(Problem, match=r"a\.yaml: this file was changed while"):
        storage.replace(path, b"three", storage.fingerprint(b"two"), "a.yaml")
    path.unlink()
    with pytest.raises(Problem, match="was removed meanwhile"):
        storage.replace(path, b"three", storage.fingerprint(b"two"), "a.yaml")
    assert names(tmp_path) == []


def test_a_change_between_the_check_and_the_rename_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"one")
    sync = os.fsync

    def somebody_writes(handle: int) -> None:
        path.write_bytes(b"hers")
        sync(handle)

    monkeypatch.setattr(os, "fsync", somebody_writes)
    with pytest.raises(Problem, match="changed while"):
        storage.replace(path, b"mine", storage.fingerprint(b"one"), "a.yaml")
    assert path.read_bytes() == b"hers" and names(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize(
    ("before", "after", "aside"),
    [
        (b'{"a":1}\n', b'{"a":1}\n{"b":2}\n', None),
        (b'{"a":1}\n{"a', b'{"a":1}\n{"b":2}\n', b'{"a\n'),
        (b'{"a":1}\n{"b":', b'{"a":1}\n{"b":2}\n', b'{"b":\n'),  # begins alike, and may be another
        (b'{"a":1}\n{"a":2}', b'{"a":1}\n{"a":2}\n{"b":2}\n', None),
        (b'{"a', b'{"b":2}\n', b'{"a\n'),
        (b"", b'{"b":2}\n', None),
    ],
)
def test_a_torn_last_line_is_ended_or_put_aside(
    tmp_path: Path, before: bytes, after: bytes, aside: bytes | None
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(before)
    storage.append(path, b'{"b":2}\n')
    assert path.read_bytes() == after
    kept = tmp_path / "r.jsonl.cut-off"
    assert (kept.read_bytes() if kept.exists() else None) == aside


@pytest.mark.parametrize(("torn", "aside"), [(b'{"b":', None), (b'{"c', b'{"c\n')])
def test_what_was_cut_off_and_is_written_anew_leaves_nothing_aside(
    tmp_path: Path, torn: bytes, aside: bytes | None
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"a":1}\n' + torn)
    storage.append(path, b'{"b":2}\n', anew=True)
    assert path.read_bytes() == b'{"a":1}\n{"b":2}\n'
    kept = tmp_path / "r.jsonl.cut-off"
    assert (kept.read_bytes() if kept.exists() else None) == aside


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x.yaml: this file is empty. Delete it"),
        (b" \n\n", "x.yaml: this file is empty"),
        (b"a: b\n\0\0", "x.yaml:2: this is not a text file (it holds zero bytes)"),
        ("a: b".encode("utf-16"), "x.yaml: this file is saved as UTF-16. Save it as UTF-8."),
        (
            b"a: b\nc: \xe9t\xe9\n",
            "x.yaml:2: this file is not UTF-8: byte 4 of this line is 0xe9. Save it as UTF-8.",
        ),
        (b"a: \xed\xa0\x80", "x.yaml:1: this file is not UTF-8"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, said: str) -> None:
    with pytest.raises(Problem) as problem:
        storage.text_of(data, "x.yaml")
    assert str(problem.value).startswith(said)


def test_text_survives_with_or_without_its_mark() -> None:
    assert storage.text_of("\ufeffa: ü\r\n".encode(), "x") == "a: ü\r\n"
    with pytest.raises(Problem, match=r"x: a text holds half a character after 'ab'"):
        storage.bytes_of("ab\ud83d", "x")


def test_only_plain_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "big.yaml").write_bytes(b"12345")
    with pytest.raises(Problem, match="a: this is a folder"):
        storage.read(tmp_path / "folder.yaml", "a")
    with pytest.raises(Problem, match="a: this is not a plain file"):
        storage.read(tmp_path / "pipe.yaml", "a")
    with pytest.raises(Problem, match="its links lead in a circle"):
        storage.read(tmp_path / "loop.yaml", "a")
    with pytest.raises(Problem, match="it is not there"):
        storage.read(tmp_path / "none.yaml", "a")
    monkeypatch.setattr(storage, "LARGEST", 4)
    with pytest.raises(Problem, match="larger than"):
        storage.read(tmp_path / "big.yaml", "a")


@pytest.mark.skipif(ROOT, reason="the administrator may read and write everything")
def test_unreadable_and_write_protected_files_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"one")
    path.chmod(0)
    with pytest.raises(Problem, match="you have no permission for it"):
        storage.read(path, "a.yaml")
    path.chmod(0o444)
    with pytest.raises(Problem, match="write-protected"):
        storage.replace(path, b"two", storage.fingerprint(b"one"), "a.yaml")


def test_refused_permissions_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    problems: list[Problem] = []
    monkeypatch.setattr(os, "scandir", refuse)
    assert storage.record_files(tmp_path, "stories", problems) == []
    assert str(problems[0]) == (
        "stories: this folder cannot be read: you have no permission for it. Check its permissions."
    )
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Problem, match=r"a\.yaml: this file cannot be read: you have no permission for it"):
        storage.read(tmp_path / "a.yaml", "a.yaml")


def test_a_fresh_file_is_not_trusted_until_its_clock_ticked(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"one")
    assert not storage.read(path, "a").settled
    os.utime(path, ns=(0, 10**18))
    found = storage.read(path, "a")
    assert found.settled and found.stamp == storage.stamp_of(path.stat())


def test_links_lead_nowhere_outside(tmp_path: Path) -> None:
    root, other = tmp_path / "ws", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (root / "in.yaml").write_text("x")
    (root / "link.yaml").symlink_to(root / "in.yaml")
    (root / "out").symlink_to(other)
    (root / "loop").symlink_to(root / "loop")
    assert storage.inside(root, root / "link.yaml", "l") == (root / "in.yaml").resolve()
    for name in ("out/a.yaml", "../other/a.yaml", "loop"):
        with pytest.raises(Problem, match=r"outside the workspace|in a circle"):
            storage.inside(root, root / name, "l")


def test_record_files_leave_out_leftovers_and_say_what_is_odd(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a.YML",
        ".servicestory-1-ab",
        ".#b.yaml",
        "b.yaml~",
        "notes.txt",
        "2026/c.yaml",
        ".x/d.yaml",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "d.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (tmp_path / "round").symlink_to(tmp_path)
    problems: list[Problem] = []
    found = storage.record_files(tmp_path, "s", problems)
    assert [f[0] for f in found] == ["s/2026/c.yaml", "s/a.YML", "s/b.yaml"]
    assert sorted(p.where for p in problems) == ["s/d.yaml", "s/gone.yaml", "s/loop.yaml", "s/round"]
    assert storage.record_files(tmp_path / "none", "s", problems) == []


@pytest.mark.parametrize("name", ["2026-10-04-late", ".hidden", "a:b*c?", "...", "Ü" * 200, "ünï", "CON"])
def test_any_id_makes_a_file_name_that_can_be_had(tmp_path: Path, name: str) -> None:
    made = storage.file_name(name)
    assert storage.create(tmp_path / f"{made}.yaml", b"x")
    assert [f[0] for f in storage.record_files(tmp_path, "s", [])] == [f"s/{made}.yaml"]
    assert storage.file_name("Ü" * 199) != storage.file_name("Ü" * 200)
