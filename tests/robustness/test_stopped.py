"""A command stopped dead at any step leaves every file as it was or as it was to be, and no leftover is read."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from servicestory.errors import Problem
from servicestory.models.monitoring import Observation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.workspace import Workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

STEPS = ("open", "close", "write", "fsync", "link", "unlink", "rename", "replace", "ftruncate", "mkdir")


def stopped_at(step: int, work: Callable[[], object]) -> bool:
    """Runs ``work`` in a process of its own that dies at its ``step``-th call to the disk; whether it died.

    Dies as by ``kill -9``: nothing is cleaned up. Half of a write has reached the file then.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137
    left = step

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal left
            if left == 0:
                if name == "write":
                    real(arguments[0], bytes(arguments[1])[: len(bytes(arguments[1])) // 2])  # type: ignore[call-overload]
                os._exit(137)
            left -= 1
            return real(*arguments, **named)

        return call

    try:
        for name in STEPS:
            setattr(os, name, counted(name, getattr(os, name)))
        work()
        os._exit(0)
    except BaseException:
        os._exit(1)


def story(name: str, **more: str) -> Story:
    return Story.model_validate(
        {"id": name, "narrative": f"About {name}. " * 50, "date": "2026-10-01", **more}
    )


def seen(n: int) -> Observation:
    return Observation(practice="P-0001", on="2026-10-01", done=True, note=f"n{n}")


EVIDENCE = [Evidence(story="old", start=n, end=n + 1) for n in range(20)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    ws = Workspace.create(tmp_path / "ws", None)
    ws.add_story(story("old"))
    ws.save_practices([Practice(id="P-0001", name="One"), Practice(id="P-0002", name="Two")])
    ws.append("observations", [seen(1)])
    ws.write_document("training/a.md", "old text", None)
    return ws.root


def state(root: Path) -> dict[str, object]:
    """All a workspace holds; fails when anything of it is damaged."""
    ws = Workspace(root)
    ws.organisation()
    return {
        "stories": {s.id: s.site for s in ws.stories()},
        "practices": {p.id: (p.name, len(p.evidence)) for p in ws.practices()},
        "observations": [o.note for o in ws.records("observations", Observation)],
        "document": ws.document("training/a.md"),
    }


def a_draft(ws: Workspace) -> None:
    ws.save_draft("half a story")


def a_story(ws: Workspace) -> None:
    ws.add_story(story("new"))


def a_batch(ws: Workspace) -> None:
    ws.add_batch("b", [story("n1"), story("n2")])


def an_edit(ws: Workspace) -> None:
    ws.edit_story("old", {"site": "Harbour"})


def practices(ws: Workspace) -> None:
    ws.save_practices([Practice(id="P-0001", name="Uno", evidence=EVIDENCE)])


def a_document(ws: Workspace) -> None:
    ws.write_document("training/a.md", "new text", "old text")


@pytest.mark.parametrize(
    ("work", "key", "before", "after"),
    [
        (a_story, "stories", {"old": None}, {"old": None, "new": None}),
        (a_batch, "stories", {"old": None}, {"old": None, "n1": None, "n2": None}),
        (an_edit, "stories", {"old": None}, {"old": "Harbour"}),
        (
            practices,
            "practices",
            {"P-0001": ("One", 0), "P-0002": ("Two", 0)},
            {"P-0001": ("Uno", 20), "P-0002": ("Two", 0)},
        ),
        (a_document, "document", "old text", "new text"),
        (a_draft, "document", "old text", "old text"),
    ],
)
def test_stopped_at_any_step_it_is_the_old_or_the_new(
    root: Path, work: Callable[[Workspace], None], key: str, before: object, after: object
) -> None:
    step = 0
    start = state(root)
    assert start[key] == before
    while stopped_at(step, lambda: work(Workspace(root))):
        now = state(root)
        assert now[key] in (before, after), f"step {step}"
        assert {k: v for k, v in now.items() if k != key} == {k: v for k, v in start.items() if k != key}
        if now[key] == after != before:  # it was done already; go on from there as the next command would
            break
        step += 1
        assert step < 200
    assert step > 3
    if state(root)[key] == before != after:
        work(Workspace(root))
    assert state(root)[key] == after


def test_records_stopped_at_any_step_lose_nothing_that_was_there(root: Path) -> None:
    step, lines = 0, ["n1"]
    while stopped_at(step, lambda: Workspace(root).append("observations", [seen(2), seen(3)])):
        problems: list[Problem] = []
        now = [o.note for o in Workspace(root).records("observations", Observation, problems)]
        assert now[: len(lines)] == lines and set(now[len(lines) :]) <= {"n2", "n3"}
        assert all("cut off" in str(p) for p in problems) and len(problems) <= 1
        Workspace(root).append("observations", [seen(4)])
        lines = [o.note or "" for o in Workspace(root).records("observations", Observation)]
        assert lines[-1] == "n4"  # the torn line is out of the way, and what follows counts
        step += 1
    assert step > 5


def test_a_new_workspace_stopped_at_any_step_can_be_made_again(tmp_path: Path) -> None:
    step = 0
    codebook = "key: a\nname: b\ndefinition: c\n"
    while stopped_at(step, partial(Workspace.create, tmp_path / f"w{step}", "House", codebook)):
        folder = tmp_path / f"w{step}"
        try:
            ws = Workspace.find(folder)
        except Problem:
            ws = Workspace.create(folder, "House")
        assert ws.organisation().organisation == "House"
        assert (folder / ".gitignore").read_text().count(".servicestory/") == 1
        step += 1
    assert step > 10


NAMED = {
    "servicestory.yaml": "schema: 1\norganisation: Pier\nstaff:\n- {name: Anna Berg, aliases: [Annie]}\n- {name: Tom Ito}\n",
    "stories/anna-bergs-keys.yaml": "schema: 1\nid: anna-bergs-keys\nnarrative: Anna Berg ran for the keys.\n",
    "stories/lift.yaml": "schema: 1\nid: lift\nnarrative: Annie waited.\npeople: [Anna Berg, Tom Ito]\n",
    "practices/P-0001-run.yaml": "schema: 1\nid: P-0001\nname: Run for it\nowner: Anna Berg\n",
    "training/P-0001.md": "Ask Anna Berg.\n",
}


def test_a_removal_stopped_at_any_step_is_finished_by_the_next(tmp_path: Path) -> None:

    from servicestory.models.intake import Forgotten
    from servicestory.storage import fingerprint
    from tests.conftest import call

    def stops(step: int) -> tuple[Path, bool]:
        house = tmp_path / f"h{step}"
        for name, text in NAMED.items():
            (house / name).parent.mkdir(parents=True, exist_ok=True)
            (house / name).write_text(text, "utf-8")
        return house, stopped_at(step, lambda: call("forget", "Anna Berg", "--yes", at=house))

    call(
        "forget", "Anna Berg", "--dry-run", at=stops(9999)[0]
    )  # loads what it needs, once for all that follow
    step, begun = 0, 0
    while (made := stops(step))[1]:
        house = made[0]
        under_way = (house / "records" / "forgetting.jsonl").exists()
        begun += under_way
        if under_way:
            told = call("check", at=house)
            assert told.returncode == 1 and "stopped in the middle" in told.stdout + told.stderr, step
            assert "anna" not in (house / "records" / "forgetting.jsonl").read_text("utf-8").casefold()
            other = call("forget", "Tom Ito", "--yes", at=house)
            done = (house / "records" / "forgetting.jsonl").exists()
            assert other.returncode == done, (
                step,
                other.stderr,
            )  # only where nothing but its certificate is left
        finished = call("forget", "Anna Berg", "--yes", at=house)
        nothing = "stands nowhere" in finished.stderr
        assert finished.returncode == nothing, (step, finished.stderr)
        kept = [one for one in Workspace(house).records("forgotten", Forgotten) if len(one.files) >= 5]
        assert len(kept) == 1, step
        whole = {file.path: file.after for file in kept[0].files}
        assert len(whole) == len(kept[0].files) == len(NAMED), step
        for path in (p for p in house.rglob("*") if p.is_file() and p.parent.name != ".servicestory"):
            text = path.read_text("utf-8")
            assert not [n for n in ("Anna", "Berg", "Annie") if n in text] and "anna" not in path.name, (
                step,
                path,
            )
            assert path.name != "forgetting.jsonl"
        assert " ".join(sorted(whole)).count("xxxx-xxxx") == 1
        here = [n for n in whole if fingerprint((house / n).read_bytes()) == whole[n]]
        assert len(here) >= len(NAMED) - 2, step  # Tom Ito's may have changed them once more
        assert call("check", at=house).returncode == 0, step
        step += 3 if step > 12 else 1
    assert begun > 10


def test_an_import_stopped_at_any_step_is_seen_and_completed_by_the_next(tmp_path: Path) -> None:
    from tests.conftest import call

    rows = "".join(
        f"2026-0{n % 3 + 1}-0{n},The ferryman waited for family {n} in the rain\n" for n in range(1, 7)
    )

    def stops(step: int) -> tuple[Path, bool]:
        house = tmp_path / f"h{step}"
        house.mkdir()
        (house / "servicestory.yaml").write_text("schema: 1\norganisation: Pier\n", "utf-8")
        (house / "reviews.csv").write_text(f"date,text\n{rows}", "utf-8")
        return house, stopped_at(step, lambda: call("import", "reviews.csv", at=house))

    stops(9999)
    step = half = unfinished = 0
    while (made := stops(step))[1]:
        house = made[0]
        for path in house.rglob(".servicestory-*"):
            os.utime(path, (1, 1))
        left = [
            p for p in house.rglob(".servicestory-*") if ".servicestory" not in p.relative_to(house).parts
        ]
        told = call("check", at=house).stdout
        assert told.count("was left by a command that was stopped") == len(left), (step, told)
        records = house / "records" / "imports.jsonl"
        recorded = records.exists() and records.read_text("utf-8").endswith("}\n")
        kept = len(Workspace(house).stories())
        assert ("no record says it was done" in told) is (kept > 0 and not recorded), step
        half, unfinished = half + (kept > 0 and not recorded), unfinished + bool(left)
        for path in left:
            path.unlink()
        assert call("import", "reviews.csv", at=house).returncode == 0, step
        assert len(Workspace(house).stories()) == 6, step
        for torn in (house / "records").glob("*.cut-off"):
            torn.unlink()  # as check says
        done = call("check", at=house)
        assert done.returncode == 0 and "stopped" not in done.stdout, (step, done.stdout)
        assert "no record says" not in done.stdout, step
        step += 1
    assert half > 3 and unfinished > 3


ADD = """
import sys
from pathlib import Path
from servicestory.models.story import Story
from servicestory.workspace import Workspace
ws = Workspace(Path(sys.argv[1]))
for n in range(int(sys.argv[2])):
    print(ws.add_story(Story(id="same", narrative=f"{sys.argv[3]} {n} " * 200)).id, flush=True)
"""


def test_sixteen_writers_of_one_title_keep_all_their_stories(root: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, str(root), "4", str(n)], stdout=subprocess.PIPE, text=True
        )
        for n in range(16)
    ]
    told = [line for w in writers for line in w.communicate()[0].split()]
    assert [w.returncode for w in writers] == [0] * 16
    assert len(told) == len(set(told)) == 64
    stories = [s for s in Workspace(root).stories() if s.id != "old"]
    assert sorted(s.id for s in stories) == sorted(told)
    assert len({s.narrative for s in stories}) == 64


def test_killed_while_writing_every_story_that_was_confirmed_is_there(root: Path) -> None:
    confirmed: list[str] = []
    for round_ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", ADD, str(root), "10000", str(round_)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        confirmed.append(writer.stdout.readline().strip())
        time.sleep(0.05 + 0.03 * round_)
        writer.send_signal(signal.SIGKILL)
        confirmed += writer.communicate()[0].split()
    ids = [s.id for s in Workspace(root).stories()]
    assert len(confirmed) > 4 and set(confirmed) <= set(ids)


EDIT = """
import sys
from pathlib import Path
from servicestory.errors import Problem
from servicestory.workspace import Workspace
ws, done = Workspace(Path(sys.argv[1])), 0
while done < 3:
    try:
        with ws.lock():
            tags = Workspace(ws.root).story("old").tags
            ws.edit_story("old", {"tags": [*tags, f"{sys.argv[2]}-{done}"]})
        done += 1
    except Problem as problem:
        assert "changed" in str(problem), problem
        ws = Workspace(ws.root)
"""


def test_editors_under_the_lock_lose_no_change(root: Path) -> None:
    editors = [
        subprocess.Popen([sys.executable, "-c", EDIT, str(root), str(n)], stderr=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    for editor in editors:
        assert editor.communicate()[1] == ""
    assert sorted(Workspace(root).story("old").tags) == sorted(f"{n}-{k}" for n in range(4) for k in range(3))


def stopped_removal(root: Path) -> Path:
    """A workspace in which the removal of Anna Berg was killed after its first file; what was begun."""
    from tests.conftest import call

    for name, text in NAMED.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")

    def first_file() -> None:
        from servicestory.cli import forget

        write = forget._write

        def once(*given: object, **named: object) -> object:
            write(*given, **named)  # type: ignore[arg-type]
            os._exit(137)

        forget._write = once  # type: ignore[assignment]
        call("forget", "Anna Berg", "--yes", at=root)

    under_way = root / "records" / "forgetting.jsonl"
    assert stopped_at(10**6, first_file) and under_way.exists()
    return under_way


def test_what_a_stopped_removal_left_may_be_put_right_by_hand_and_is_nobody_elses(tmp_path: Path) -> None:
    from servicestory.models.intake import Forgotten
    from tests.conftest import call

    under_way = stopped_removal(tmp_path)
    for path in (p for p in tmp_path.rglob("*") if p.is_file() and p.suffix in (".yaml", ".md")):
        path.write_text(path.read_text("utf-8").replace("Anna Berg", "Mia").replace("Annie", "Mia"), "utf-8")
    other = call("forget", "Tom Ito", "--yes", at=tmp_path)
    assert other.returncode == 1 and "Finish it first" in other.stderr, "else both have one pseudonym"
    finished = call("forget", "Anna Berg", "--also", "Annie", "--yes", at=tmp_path)
    assert finished.returncode == 0 and "Certificate" in finished.stdout, finished.stderr
    (kept,) = Workspace(tmp_path).records("forgotten", Forgotten)
    assert len(kept.files) == 1 and not under_way.exists()
    assert call("forget", "Tom Ito", "--yes", at=tmp_path).returncode == 0


def test_a_damaged_note_of_what_was_begun_says_how_to_go_on(tmp_path: Path) -> None:
    from tests.conftest import call

    under_way = stopped_removal(tmp_path)
    whole = under_way.read_text("utf-8")
    for damaged in (whole[:40], whole.replace('"names": "', '"names": "zz'), "\x00\x01\n"):
        under_way.write_text(damaged, "utf-8")
        told = call("forget", "Anna Berg", "--also", "Annie", "--yes", at=tmp_path)
        assert told.returncode == 1 and "records/forgetting.jsonl" in told.stderr
        assert "Delete records/forgetting.jsonl" in told.stderr
    under_way.write_text("\n", "utf-8")  # mended by taking its only line away
    done = call("forget", "Anna Berg", "--also", "Annie", "--yes", at=tmp_path)
    assert done.returncode == 0 and not under_way.exists(), done.stderr


def test_files_gone_while_a_removal_was_stopped_are_in_no_certificate(tmp_path: Path) -> None:
    from servicestory.models.intake import Forgotten
    from tests.conftest import call

    stopped_removal(tmp_path)
    gone = [path for path in (tmp_path / "stories").rglob("*.yaml") if "Anna" in path.read_text("utf-8")]
    for path in gone:
        path.unlink()
    done = call("forget", "Anna Berg", "--also", "Annie", "--yes", at=tmp_path)
    assert gone and done.returncode == 0, done.stderr
    (kept,) = Workspace(tmp_path).records("forgotten", Forgotten)
    assert kept.files and all((tmp_path / file.path).is_file() for file in kept.files)
