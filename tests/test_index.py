"""The index may be deleted, damaged, locked or out of date at any time: the answers stay the same."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from servicestory import catalogue
from servicestory import index as index_module
from servicestory.errors import Problem
from servicestory.index import Index, Row
from servicestory.models.story import Story
from servicestory.workspace import Workspace

ANSWER = ["a", "b"]


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path, None)
    for name in ANSWER:
        path = tmp_path / "stories" / f"{name}.yaml"
        path.write_text(f"id: {name}\nnarrative: About {name}.\n")
        os.utime(path, ns=(10**18, 10**18))
    assert [s.id for s in made.stories()] == ANSWER
    return made


def file_of(ws: Workspace) -> Path:
    return ws.root / ".servicestory" / "index.sqlite"


def kept(ws: Workspace) -> list[str]:
    with Index(file_of(ws)) as index:
        return sorted(index.rows("stories"))


def answers(ws: Workspace) -> bool:
    again = Workspace(ws.root)
    return (
        [s.narrative for s in again.stories()] == ["About a.", "About b."]
        and [s["id"] for s in again.summaries()] == ANSWER
        and again.story("b").id == "b"
    )


def test_unchanged_files_are_not_read_again(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a file was read")

    monkeypatch.setattr(catalogue, "read", never)
    assert answers(ws)
    os.utime(ws.root / "stories" / "a.yaml", ns=(0, 10**18))
    with pytest.raises(AssertionError, match="a file was read"):  # its entry changed: not trusted any more
        ws.stories()


def test_changed_new_and_removed_files_are_noticed(ws: Workspace) -> None:
    folder = ws.root / "stories"
    (folder / "a.yaml").write_text("id: a\nnarrative: Above a.\n")
    (folder / "c.yaml").write_text("id: c\nnarrative: x\n")
    (folder / "b.yaml").unlink()
    assert [(s.id, s.narrative) for s in ws.stories()] == [("a", "Above a."), ("c", "x")]
    assert "stories/b.yaml" not in kept(ws)


def test_a_file_changed_within_one_tick_is_read_again(ws: Workspace) -> None:
    path = ws.root / "stories" / "a.yaml"
    for text in ("One", "Two", "Six"):
        path.write_text(f"id: a\nnarrative: {text}.\n")
        assert ws.story("a").narrative == f"{text}."


@pytest.mark.parametrize(
    "damage", ["deleted", "no database", "cut off", "pages overwritten", "a folder", "empty"]
)
def test_a_damaged_index_is_made_anew(ws: Workspace, damage: str) -> None:
    file = file_of(ws)
    data = file.read_bytes()
    file.unlink()
    if damage == "a folder":
        file.mkdir()
    elif damage != "deleted":
        made = {
            "no database": b"this is no database at all" * 100,
            "cut off": data[: len(data) // 2],
            "pages overwritten": data[:4096] + b"\xff" * (len(data) - 4096),
            "empty": b"",
        }
        file.write_bytes(made[damage])
    assert answers(ws)
    assert answers(ws)
    assert damage == "a folder" or kept(ws) == ["stories/a.yaml", "stories/b.yaml"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("summaries", "nonsense"), ("summaries", "[[1]]"), ("summaries", "{}"), ("summaries", None),
        ("records", "nonsense"), ("records", ""), ("records", '{"id": "a", "x": 1}'), ("problems", "[1]"),
        ("problems", "nonsense"), ("size", "abc"),
        ("summaries", '[["a", null, null, 7, null, null, 1, []]]'),
        ("summaries", '[["a", null, null, "One.", null, null, 1, [7]]]'),
        ("summaries", '[["a", null, null, "One.", null, null, "x", []]]'),
    ],
)  # fmt: skip
def test_rows_with_other_content_are_not_believed(ws: Workspace, column: str, value: str | None) -> None:
    with sqlite3.connect(file_of(ws)) as base:
        base.execute(f"UPDATE files SET {column} = ?", (value,))
    base.close()
    assert answers(ws)
    assert answers(ws)


def test_an_index_of_another_version_is_made_anew(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "FORMAT", 99)
    assert kept(ws) == []
    assert answers(ws)
    assert kept(ws) == ["stories/a.yaml", "stories/b.yaml"]


def test_a_locked_index_is_done_without(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "PATIENCE", 0.05)
    other = sqlite3.connect(file_of(ws), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert answers(ws)
    finally:
        other.close()
    assert kept(ws) == ["stories/a.yaml", "stories/b.yaml"]  # it was busy, not broken: it is still there


def test_where_nothing_can_be_written_everything_is_still_read(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert answers(ws)


def test_many_readers_at_once_agree(ws: Workspace) -> None:
    for n in range(40):
        (ws.root / "stories" / f"x{n:02d}.yaml").write_text(f"id: x{n:02d}\nnarrative: x\n")
    found: list[list[str]] = []

    def look() -> None:
        found.append([s.id for s in Workspace(ws.root).stories()])

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[*ANSWER, *(f"x{n:02d}" for n in range(40))]] * 6


def test_problems_are_remembered_with_their_files(tmp_path: Path) -> None:
    row = Row("stories/a.yaml", (1, 2, 3, 4), "ab", [], "", [Problem("what", "where", "next")])
    with Index(tmp_path / "x" / "index.sqlite") as index:
        index.update([row])
        (found,) = index.rows("stories").values()
        assert index.rows("practices") == {}
    assert found.stamp == row.stamp and str(found.problems[0]) == "where: what. next."


def test_a_story_served_by_the_index_equals_the_one_read(ws: Workspace) -> None:
    told = Story.model_validate(
        {
            "id": "z",
            "narrative": "a\u2028b\n🙂\x07",
            "ratings": [{"value": 0.1, "of": 10}],
            "customer": {"kind": "internal"},
        }
    )
    ws.add_story(told)
    path = ws.root / "stories" / "z.yaml"
    os.utime(path, ns=(10**18, 10**18))
    assert ws.story("z") == told  # read
    assert "stories/z.yaml" in kept(ws)
    assert ws.story("z") == told  # served


def test_what_several_processes_read_is_what_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Workspace.create(tmp_path, None)
    for n in range(30):
        path = tmp_path / "stories" / f"f{n:02}.yaml"
        texts = [f"id: s{n}-{k}\nnarrative: About {n}.\nsite: Quay\npeople: [Ana]\n" for k in range(3)]
        path.write_text("---\n".join(texts) if n != 7 else "id: s7\nnarative: About 7.\n")
        os.utime(path, ns=(10**18, 10**18))
    (tmp_path / "stories" / "f08.yaml").write_bytes(b"\xff\xfe")
    alone: list[Problem] = []
    before = made.stories(alone)
    monkeypatch.setattr(catalogue, "MUCH", 1)
    monkeypatch.setattr(catalogue, "PIECE", 200)
    file_of(made).unlink()
    steps: list[int] = []
    together: list[Problem] = []
    again = Workspace(tmp_path)
    assert again.stories(together, lambda _phase, done, _of: steps.append(done)) == before
    assert [str(p) for p in together] == [str(p) for p in alone]
    assert len(together) == 2
    assert steps == [*range(30), 30]
    monkeypatch.setattr(catalogue, "read", lambda *_: pytest.fail("the index has it"))
    assert Workspace(tmp_path).stories([]) == before


def test_equal_short_texts_are_held_once(ws: Workspace) -> None:
    ws.add_batch("b", [Story(id=n, narrative=n, site="The Quay", people=["Ana Lund"]) for n in ("c", "d")])
    for _ in ("read", "served by the index"):
        one, other = Workspace(ws.root).stories()[2:]
        assert one.site is other.site
        assert one.people[0] is other.people[0]
        assert one.people is not other.people
        assert "team" in one.model_copy(update={"team": "Bar"}).model_fields_set
        assert "team" not in other.model_fields_set
