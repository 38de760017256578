"""The workspace as commands use it: what is kept comes back, what is wrong is said, nothing is lost."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from servicestory.cli.nameless import names_told
from servicestory.errors import Problem
from servicestory.models.monitoring import Observation
from servicestory.models.practice import Decision, Evidence, Practice, Verdict
from servicestory.models.story import Story
from servicestory.workspace import Workspace, write_file


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", "Harbour: House")


def story(number: int = 1, **more: Any) -> Story:
    fields = {
        "id": f"2026-10-{number:02d}-ring",
        "date": f"2026-10-{number:02d}",
        "narrative": "She found the ring.",
    }
    return Story.model_validate({**fields, **more})


def practice(number: int = 1, **more: Any) -> Practice:
    return Practice.model_validate({"id": f"P-{number:04d}", "name": f"Greet by name {number}", **more})


def put(ws: Workspace, name: str, text: str | bytes) -> Path:
    path = ws.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    old = time.time_ns() - 10**9  # as if it had been there for a while
    os.utime(path, ns=(old, old))
    return path


def said(ws: Workspace, read: Callable[[list[Problem]], object] | None = None) -> list[str]:
    problems: list[Problem] = []
    (read or ws.stories)(problems)
    return [str(p) for p in problems]


# --- the folder -----------------------------------------------------------------------------------------


def test_a_new_workspace_works_as_it_is(ws: Workspace) -> None:
    assert sorted(p.name for p in ws.root.iterdir()) == [
        ".gitignore", "practices", "procedures", "records", "servicestory.yaml", "stories", "training",
    ]  # fmt: skip
    assert (ws.root / ".gitignore").read_text().splitlines()[1] == ".servicestory/"
    assert ws.organisation().organisation == "Harbour: House"
    assert ws.stories() == [] and ws.practices() == [] and ws.codebook() == [] and ws.summaries() == []


def test_every_example_of_the_first_page_works_when_its_mark_is_taken_away(ws: Workspace) -> None:
    page = (ws.root / "servicestory.yaml").read_text()
    put(ws, "servicestory.yaml", re.sub(r"(?m)^# (?=[a-z_]+:|  )", "", page))
    house = ws.organisation()
    assert house.vision and house.values and house.standards and house.sites and house.teams
    assert [p.aliases for p in house.staff] == [["Mia"]]


def test_a_workspace_is_never_made_over_another(ws: Workspace, tmp_path: Path) -> None:
    page = (ws.root / "servicestory.yaml").read_bytes()
    with pytest.raises(Problem, match="there is a workspace here already"):
        Workspace.create(ws.root, "Another")
    assert (ws.root / "servicestory.yaml").read_bytes() == page
    (tmp_path / "file").write_text("x")
    with pytest.raises(Problem, match=r"cannot be made here: .*(file|folder)"):
        Workspace.create(tmp_path / "file", None)


def test_what_is_in_the_folder_already_stays(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"*.log\ndrafts/")
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.yaml").write_text("id: a\nnarrative: x\n")
    made = Workspace.create(tmp_path, None, "# codebook\n")
    ignored = (tmp_path / ".gitignore").read_text()
    assert ignored.startswith("*.log\ndrafts/\n# Made again at any time\n.servicestory/\n")
    assert ignored.count("drafts/") == 1
    assert [s.id for s in made.stories()] == ["a"]
    assert (tmp_path / "practices" / "codebook.yaml").read_text() == "# codebook\n"


def test_the_nearest_workspace_is_found(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ws.root / "stories")
    assert Workspace.find().root == ws.root
    assert Workspace.find(ws.root) == ws
    with pytest.raises(Problem, match=r"there is no workspace here\. Run: servicestory init"):
        Workspace.find(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Problem, match="there is no workspace here"):
        Workspace.find()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "organization: x\n",
            "servicestory.yaml:1: 'organization' is not a field of an organisation; did you mean 'organisation'?",
        ),
        (
            "periods:\n  kind: week\n",
            "servicestory.yaml:2: 'periods.kind' cannot be 'week'. Write one of: month, quarter, year.",
        ),
        (
            "privacy: {smallest_group: 0}\n",
            "servicestory.yaml:1: 'privacy.smallest_group' must be 1 or more, not '0'.",
        ),
        ("a: b\nvalues: x\n", "servicestory.yaml:2: 'values' must be a list."),
        (
            "organisation: A\n---\norganisation: B\n",
            "servicestory.yaml:3: a second organisation begins here.",
        ),
        ("", "servicestory.yaml: this file is empty."),
        ("# nothing\n", "servicestory.yaml: this file holds no record."),
    ],
)
def test_a_broken_page_of_the_organisation_is_said(ws: Workspace, text: str, problem: str) -> None:
    put(ws, "servicestory.yaml", text)
    with pytest.raises(Problem) as raised:
        ws.organisation()
    assert str(raised.value).startswith(problem.rstrip("."))


# --- stories --------------------------------------------------------------------------------------------


def test_a_story_comes_back_as_it_was_told(ws: Workspace) -> None:
    told = story(
        title="NO", behaviours=["007", "12:30"], ratings=[{"value": 9, "of": 10}], quote="a\r\nb \u2028🙂"
    )
    assert ws.add_story(told) == told
    assert ws.stories() == [told] and ws.story(told.id) == told
    assert ws.story_place(told.id) == f"stories/{told.id}.yaml:1"


def test_a_taken_id_gets_a_number(ws: Workspace) -> None:
    put(
        ws,
        "stories/many.yaml",
        "id: 2026-10-01-ring  # by hand\nnarrative: x\n---\nid: '2026-10-01-ring-2'\nnarrative: y\n",
    )
    assert ws.add_story(story()).id == "2026-10-01-ring-3"  # found in a file no index knows
    assert len(ws.stories()) == 3
    assert ws.add_story(story()).id == "2026-10-01-ring-4"
    assert ws.add_story(story(2)).id == "2026-10-02-ring"
    assert len({s.id for s in ws.stories()}) == 5


def test_a_batch_is_one_file_for_each_month(ws: Workspace) -> None:
    stories = [story(1), story(2, date="2026-09-30"), story(3, date=None), story(4, date="2026-Q3"), story(5)]
    files = ws.add_batch("May reviews.csv", stories)
    assert [f.name for f in files] == [
        "may-reviews-csv-2026-09.yaml", "may-reviews-csv-2026-10.yaml", "may-reviews-csv-2026.yaml",
        "may-reviews-csv-undated.yaml",
    ]  # fmt: skip
    assert ws.stories() == stories
    assert ws.story_place(stories[4].id) == "stories/may-reviews-csv-2026-10.yaml:7"
    with pytest.raises(Problem, match="the id '2026-10-01-ring' is taken"):
        ws.add_batch("May reviews.csv", [story(1)])
    with pytest.raises(Problem, match="the id '2026-10-07-ring' is taken"):
        ws.add_batch("x", [story(7), story(7)])
    assert [f.name for f in ws.add_batch("May reviews.csv", [story(6)])] == ["may-reviews-csv-2026-10-2.yaml"]


def test_summaries_open_no_file_and_load_no_model_when_nothing_changed(ws: Workspace) -> None:
    put(
        ws,
        "stories/a.yaml",
        "id: a\nnarrative: |\n  First line.\n  Second.\nsite: Harbour\nsource: {record: '7'}\n",
    )
    first = ws.summaries()
    assert first == [
        {"id": "a", "record": "7", "date": None, "title": "First line. Second.", "site": "Harbour", "team": None,
         "path": "stories/a.yaml", "line": 1}
    ]  # fmt: skip
    code = (
        "import sys; from pathlib import Path; from servicestory.workspace import Workspace\n"
        "print(Workspace(Path(sys.argv[1])).summaries())\n"
        "assert not {'pydantic', 'ruamel', 'filelock', 'difflib', 'rich'} & set(sys.modules), sys.modules.keys()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ws.root)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(first)


BROKEN = {
    "ratting: 3": "'ratting' is not a field of a story; did you mean 'ratings'?",
    "xyz: 3": "'xyz' is not a field of a story. docs/formats.md lists its fields.",
    "stories: [{narrative: x}]": "'stories' is not a field of a story: a list of records stands there. Write the",
    "location: Quay": "'location' is not a field of a story; did you mean 'site'?",
    "Who: Ana": "'Who' is not a field of a story; did you mean 'people'?",
    "source: {xyz: 3}": "'xyz' is not a field of 'source'. Its fields are: system, record, batch, sha256.",
    "date: 14.8.2022": "date: '14.8.2022' is not a date; write 2022-08-14, 2022-08, 2022-Q3 or 2022.",
    "people: Ana": "'people' must be a list. Write each entry on a line of its own",
    "behaviours:\n  -\n  - x\n  - {a: b}": "'behaviours[2]' must be a text.",
    "customer: internal": "'customer' must be a group of fields.",
    "customer:\n  kind: interal": "'customer.kind' cannot be 'interal'. Write internal.",
    "ratings:\n  - {value: nine}": "'ratings[1].value' must be a number, not 'nine'.",
    "ratings:\n  - {value: 9, off: 10}": "'off' is not a field of 'ratings[1]'; did you mean 'of'?",
    "ratings:\n  - {of: 10}": "'ratings[1].value' is missing. Add a line `value: ...`.",
    "ratings:\n  - {value: nan}": "'ratings[1].value' must be a number, not 'nan'.",
    "ratings:\n  - {value: 3, of: 0}": "'ratings[1].of' must be more than 0, not '0'.",
    "recovery: maybe": "'recovery' must be yes or no, not 'maybe'.",
    "schema: 99": "this record was written by a newer servicestory. Install the newest version.",
    "schema: 0": "'schema' must be 1 or more, not '0'.",
    "source: {sha256: abc}": "'source.sha256' cannot be 'abc'.",
    "title: [a, b]": "'title' must be a text.",
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_mistake_in_a_story_is_one_sentence_with_its_line(ws: Workspace, line: str) -> None:
    put(
        ws,
        "stories/b.yaml",
        f"id: ok\nnarrative: fine\n---\nid: b\nnarrative: |\n  It was\n\n  good.\n{line}\n---\nid: z\nnarrative: fine\n",
    )
    (problem,) = said(ws)
    number = 9 + line.count("\n")
    assert problem.startswith(f"stories/b.yaml:{number}: {BROKEN[line]}".rstrip("."))
    assert [s.id for s in ws.stories([])] == ["ok", "z"]
    assert said(ws) == [problem]  # the index remembers it
    with pytest.raises(Problem, match=r"stories/b\.yaml"):
        ws.stories()
    with pytest.raises(Problem, match=r"stories/b\.yaml"):
        ws.summaries()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("narrative: x\n", "stories/b.yaml:1: 'id' is missing"),
        ("# one\n\nid: a b\nnarrative: x\n", "stories/b.yaml:3: 'id' cannot be 'a b'"),
        (f"id: {'x' * 201}\nnarrative: x\n", "stories/b.yaml:1: 'id' is longer than 200 characters"),
        (
            "# one\nid: b\ntitle: only a title\n",
            "stories/b.yaml:2: a story needs a narrative or at least one behaviour",
        ),
        (
            f"id: b\nnarrative: {'She ran. ' * 60_000}\n",
            "stories/b.yaml:2: this text has 539,999 characters, and a story has at most 500,000. Cut it into",
        ),
        (b"id: b\0\n", "stories/b.yaml:1: this is not a text file"),
        (b"", "stories/b.yaml: this file is empty"),
        (b"PK\x03\x04\xff\xfe\x00", "stories/b.yaml:1: this is not a text file"),
    ],
)
def test_a_broken_file_is_said_and_the_others_load(ws: Workspace, text: str | bytes, problem: str) -> None:
    ws.add_story(story())
    put(ws, "stories/b.yaml", text)
    assert [p.startswith(problem) for p in said(ws)] == [True]
    assert [s.id for s in ws.stories([])] == [story().id]
    put(ws, "stories/c.yaml", "id: [\n")
    with pytest.raises(Problem, match=r"and 1 more problem: see servicestory check"):
        ws.stories()


def test_an_id_used_twice_names_both_places(ws: Workspace) -> None:
    put(ws, "stories/a.yaml", "id: x\nnarrative: first\n---\nid: x\nnarrative: second\n")
    put(ws, "stories/b.yaml", "\nid: x\nnarrative: third\n")
    assert said(ws) == [
        f"{place}: the id 'x' is used already at stories/a.yaml:1; this record is left out. Give one of the two another id."
        for place in ("stories/a.yaml:4", "stories/b.yaml:2")
    ]
    assert [s.narrative for s in ws.stories([])] == ["first"]
    assert len(ws.summaries([])) == 1


def test_the_beginning_of_an_id_is_answered_with_the_ids_that_begin_so(ws: Workspace) -> None:
    for n in range(4):
        put(ws, f"stories/a{n}.yaml", f"id: 2026-10-0{n}-ring\nnarrative: He rang back {n}\n")
    with pytest.raises(Problem, match=r"Did you mean 2026-10-03-ring\?"):
        ws.story("2026-10-03")
    with pytest.raises(Problem, match=r"4 begin so, such as 2026-10-00-ring, 2026-10-01-ring and 2026-10-02"):
        ws.story("2026-10")


def test_an_unknown_story_is_answered_with_the_nearest(ws: Workspace) -> None:
    ws.add_story(story())
    with pytest.raises(
        Problem, match=r"there is no story '2026-10-01-rnig'\. Did you mean 2026-10-01-ring\?"
    ):
        ws.story("2026-10-01-rnig")
    with pytest.raises(Problem, match="See them all with: servicestory list"):
        ws.story("zzz")
    put(ws, "stories/b.yaml", "id: [\n")
    with pytest.raises(Problem, match=r"but stories/b\.yaml:2 cannot be read and may hold it\. Put"):
        ws.story_place("zzz")


def test_leftovers_are_never_read(ws: Workspace) -> None:
    put(ws, "stories/.servicestory-123-abc", "id: left\nnarrative: over\n")
    put(ws, "stories/.hidden.yaml", "id: left\nnarrative: over\n")
    put(ws, "stories/2026/a.yaml", "id: in-a-folder\nnarrative: x\n")
    assert [s.id for s in ws.stories()] == ["in-a-folder"]


def test_progress_counts_the_files_read_anew(ws: Workspace) -> None:
    for n in range(60):
        put(ws, f"stories/{n:02d}.yaml", f"id: s{n}\nnarrative: x\n")
    calls: list[tuple[str, int, int]] = []
    ws.stories(progress=lambda *c: calls.append(c))
    assert calls == [("Reading stories", n, 60) for n in range(61)]
    calls.clear()
    ws.stories(progress=lambda *c: calls.append(c))
    assert calls == []


# --- edits ----------------------------------------------------------------------------------------------

HAND = "\ufeff# By hand\r\n\r\nid: a   # never changes\r\nnarrative: >\r\n  Folded\r\n  text\r\npeople: [Ana]  # who\r\n...\r\n# between\r\n---\r\nid: b\r\nnarrative: x"


def test_an_edit_touches_its_lines_only(ws: Workspace) -> None:
    path = put(ws, "stories/h.yaml", HAND)
    made = ws.edit_story("a", {"people": ["Ana", "Ben"], "site": "Harbour", "date": "2026"})
    assert made == ws.story("a") and made.people == ["Ana", "Ben"]
    assert path.read_bytes().decode() == HAND.replace(
        "# never changes\r\n", '# never changes\r\ndate: "2026"\r\n'
    ).replace("people: [Ana]  # who\r\n", "# who\r\npeople:\r\n  - Ana\r\n  - Ben\r\nsite: Harbour\r\n")
    ws.edit_story("b", {"narrative": "new"})
    assert path.read_bytes().decode().endswith("...\r\n# between\r\n---\r\nid: b\r\nnarrative: new\r\n")
    before = path.read_bytes()
    ws.edit_story("b", {"narrative": "new"})
    assert path.read_bytes() == before


def test_an_edit_that_does_not_fit_changes_nothing(ws: Workspace) -> None:
    path = put(ws, "stories/h.yaml", HAND)
    with pytest.raises(Problem, match=r"stories/h\.yaml:3: date: 'soon' is not a date"):
        ws.edit_story("a", {"date": "soon"})
    with pytest.raises(Problem, match="the id of a story never changes"):
        ws.edit_story("a", {"id": "z"})
    with pytest.raises(Problem, match="needs a narrative"):
        ws.edit_story("a", {"narrative": None})
    assert path.read_bytes().decode() == HAND


def test_an_edit_refuses_what_was_changed_since_it_was_read(ws: Workspace) -> None:
    path = put(ws, "stories/h.yaml", HAND)
    ws.story("a")
    path.write_bytes(HAND.replace("Folded", "FOLDED").encode())
    with pytest.raises(Problem, match=r"stories/h\.yaml: this file was changed since it was read"):
        ws.edit_story("a", {"site": "x"})
    assert ws.story("a").narrative == "FOLDED text\n"  # looked at again, it may be changed
    ws.edit_story("a", {"site": "x"})
    ws.edit_story("a", {"site": "y"})
    assert Workspace(ws.root).story("a").site == "y"


def test_an_edit_follows_links_inside_the_workspace_only(ws: Workspace, tmp_path: Path) -> None:
    real = put(ws, "shared/a.yaml", "id: a\nnarrative: x\n")
    (ws.root / "stories" / "a.yaml").symlink_to(real)
    ws.edit_story("a", {"site": "Harbour"})
    assert (ws.root / "stories" / "a.yaml").is_symlink()
    assert real.read_text() == "id: a\nnarrative: x\nsite: Harbour\n"
    outside = tmp_path / "b.yaml"
    outside.write_text("id: b\nnarrative: x\n")
    (ws.root / "stories" / "b.yaml").symlink_to(outside)
    with pytest.raises(Problem, match="leads outside the workspace"):
        ws.edit_story("b", {"site": "Harbour"})
    assert outside.read_text() == "id: b\nnarrative: x\n"


# --- practices ------------------------------------------------------------------------------------------


def test_practices_are_kept_and_changed_on_their_lines(ws: Workspace) -> None:
    evidence = [
        Evidence(story="s", start=1, end=4),
        Evidence(story="s", start=0, end=2, field="behaviours[1]"),
    ]
    verdict = Verdict(
        label="spreading", criteria={"people": 3, "share": 0.5, "seen": True, "none": None, "note": "007"}
    )
    first = practice(1, evidence=evidence, verdict=verdict)
    ws.save_practices([first, practice(2)])
    path = ws.root / "practices" / "P-0001-greet-by-name-1.yaml"
    assert ws.practices() == [first, practice(2)]
    read_back = ws.practice("1").verdict
    assert read_back and read_back.criteria == verdict.criteria
    put(ws, path.relative_to(ws.root).as_posix(), "# ours\n" + path.read_text() + "# end\n")
    second = (ws.root / "practices" / "P-0002-greet-by-name-2.yaml").stat().st_ino
    decision = Decision(
        on="2026-10-01", by="Ana", action="accept", from_="candidate", to="accepted", reason="seen daily"
    )
    changed = first.model_copy(update={"name": "Renamed", "decisions": [decision]})
    ws.save_practices([changed, practice(2)]) if ws.practices() else None
    assert path.read_text().startswith(
        "# ours\nschema: 1\nid: P-0001\nname: Renamed\n"
    ) and path.read_text().endswith("# end\n")
    assert (ws.root / "practices" / "P-0002-greet-by-name-2.yaml").stat().st_ino == second
    assert ws.practices()[0] == changed
    assert ws.practice_place("P-0001") == "practices/P-0001-greet-by-name-1.yaml:2"


@pytest.mark.parametrize("ref", ["P-0007", "p-7", "7", "0007", "greet BY name 7"])
def test_a_practice_is_found_by_number_or_name(ws: Workspace, ref: str) -> None:
    ws.save_practices([practice(7), practice(8)])
    assert ws.practice(ref).id == "P-0007"


def test_a_practice_is_found_by_its_id_with_more_zeros_than_ours_have(ws: Workspace) -> None:
    (ws.root / "practices").mkdir(exist_ok=True)
    (ws.root / "practices" / "own.yaml").write_text("schema: 1\nid: P-00042\nname: Wave with a flag\n")
    assert ws.practice("P-00042").id == ws.practice("p-00042").id == "P-00042"


def test_an_unknown_practice_is_answered_with_the_nearest(ws: Workspace) -> None:
    ws.save_practices([practice(7)])
    with pytest.raises(Problem, match=r"there is no practice '17'\. Did you mean P-0007\?"):
        ws.practice("17")
    with pytest.raises(Problem, match=r"Did you mean Greet by name 7\?"):
        ws.practice("Greet by nam")
    with pytest.raises(Problem, match="List them with: servicestory practices"):
        ws.practice("zzz")


def test_where_there_is_no_practice_at_all_none_is_listed(ws: Workspace) -> None:
    with pytest.raises(
        Problem, match="There is none yet: find them in the stories with: servicestory detect"
    ):
        ws.practice("P-0001")


def test_saving_refuses_before_the_first_file_is_written(ws: Workspace) -> None:
    ws.save_practices([practice(1), practice(2)])
    ws.practices()
    path = ws.root / "practices" / "P-0002-greet-by-name-2.yaml"
    path.write_text(path.read_text() + "owner: Ana\n")
    with pytest.raises(
        Problem, match=r"P-0002-greet-by-name-2\.yaml: this file was changed since it was read"
    ):
        ws.save_practices([practice(1, owner="Zoe"), practice(2, owner="Zoe"), practice(3)])
    assert [p.owner for p in ws.practices()] == [None, "Ana"]
    put(ws, "practices/P-0003-x.yaml", "id: [\n")
    with pytest.raises(Problem, match=r"practices/P-0003-x\.yaml:"):
        ws.save_practices([practice(3)])


def test_the_codebook_is_no_practice(ws: Workspace) -> None:
    entry = "key: greet\nname: Greet by name\ndefinition: Somebody is greeted by name.\n"
    put(ws, "practices/codebook.yaml", f"# ours\n{entry}---\nkey: Greet\n")
    problems: list[Problem] = []
    assert [e.key for e in ws.codebook(problems)] == ["greet"]
    assert {p.where for p in problems} == {"practices/codebook.yaml:6"}
    assert ws.practices() == []
    put(ws, "practices/codebook.yaml", b"\xff")
    assert ws.codebook(problems := []) == [] and len(problems) == 1


# --- records, documents, drafts -------------------------------------------------------------------------


def seen(n: int, **more: Any) -> Observation:
    return Observation.model_validate({"practice": f"P-{n:04d}", "on": "2026-10-01", "done": True, **more})


def test_records_come_back_in_the_order_of_writing(ws: Workspace) -> None:
    assert ws.records("observations", Observation) == []
    ws.append("observations", [seen(2), seen(1, note="a\u2028b\n🙂")])
    ws.append("observations", [])
    ws.append("observations", [seen(3)])
    assert ws.records("observations", Observation) == [seen(2), seen(1, note="a\u2028b\n🙂"), seen(3)]
    assert len((ws.root / "records" / "observations.jsonl").read_bytes().split(b"\n")) == 4


def test_broken_lines_of_records_are_said_and_the_others_count(ws: Workspace) -> None:
    ws.append("observations", [seen(1)])
    path = ws.root / "records" / "observations.jsonl"
    good = path.read_bytes()
    path.write_bytes(
        b"\xef\xbb\xbf"
        + good
        + b'\r\n{"practice": 3}\n<<<<<<< HEAD\n{"a"\n'
        + good
        + b'{"practice":"P-1","on":"2026","done":1,"x":1}\n{"pra'
    )
    problems: list[Problem] = []
    assert ws.records("observations", Observation, problems) == [seen(1), seen(1)]
    assert [str(p) for p in problems] == [
        "records/observations.jsonl:3: 'practice' must be a text. Mend or delete the line.",
        "records/observations.jsonl:3: 'on' is missing. Mend or delete the line.",
        "records/observations.jsonl:4: marks of an unfinished merge stand here. Keep the records, delete the marks.",
        "records/observations.jsonl:5: this line is not a whole JSON record. Mend or delete the line.",
        "records/observations.jsonl:7: 'x' is not a field of an observation. docs/formats.md lists its fields.",
        "records/observations.jsonl:8: this line was cut off while it was being written. Record it again.",
    ]
    ws.append("observations", [seen(2)])
    assert ws.records("observations", Observation, [])[-1] == seen(2)
    assert (path.parent / "observations.jsonl.cut-off").read_bytes() == b'{"pra\n'
    with pytest.raises(ValueError, match="no kind of record"):
        ws.append("../x", [seen(1)])


def test_documents_are_written_where_they_belong_and_never_over_hand_edits(
    ws: Workspace, tmp_path: Path
) -> None:
    assert ws.document("training/a.md") is None
    path = ws.write_document("training/a.md", "one\r\n", None)
    assert path.read_bytes() == b"one\r\n" and ws.document("training/a.md") == "one\r\n"
    with pytest.raises(Problem, match="there is a file of this name already"):
        ws.write_document("training/a.md", "two", None)
    path.write_text("by hand")
    with pytest.raises(Problem, match="changed while"):
        ws.write_document("training/a.md", "two", "one\r\n")
    ws.write_document("training/a.md", "two", "by hand")
    ws.write_document("procedures/deep/b.docx", b"PK\xff", None)
    with pytest.raises(Problem, match=r"procedures/deep/b\.docx: this file is not UTF-8"):
        ws.document("procedures/deep/b.docx")
    for bad in ("stories/a.yaml", "../x.md", "training", "/etc/x", "training/../stories/x"):
        with pytest.raises(Problem, match=r"not written here|outside the workspace"):
            ws.write_document(bad, "x", None)
    write_file(tmp_path / "r.html", "<p>", None, "r.html")
    assert (tmp_path / "r.html").read_text() == "<p>"


def test_drafts_keep_whatever_was_typed(ws: Workspace) -> None:
    assert ws.drafts() == []
    name = ws.save_draft("title: [half")
    assert ws.save_draft("title: [half a", name) == name == "draft-001.yaml"
    other = ws.save_draft("\ud83d")
    assert ws.drafts() == [name, other] and ws.load_draft(name) == "title: [half a"
    ws.drop_draft(name)
    assert ws.save_draft("x") == "draft-003.yaml"
    assert ws.save_draft("y", name) == "draft-004.yaml"  # gone meanwhile: kept under another name
    with pytest.raises(Problem, match=r"there is no draft '\.\./x'\. The drafts are: draft-002"):
        ws.load_draft("../x")


def test_refused_writing_is_a_sentence(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    for call in (
        lambda: ws.add_story(story()),
        lambda: ws.add_batch("b", [story()]),
        lambda: ws.save_practices([practice()]),
        lambda: ws.save_draft("x"),
        lambda: ws.write_document("training/a.md", "x", None),
        lambda: ws.append("observations", [seen(1)]),
    ):
        with pytest.raises(Problem, match=r"the folder is read-only\. Check the folder's permissions"):
            call()


def test_derived_bytes_are_kept_and_never_missed(tmp_path: Path) -> None:
    ws = Workspace.create(tmp_path / "house", None)
    assert ws.derived("readings.npz") is None
    ws.keep_derived("readings.npz", b"one")
    ws.keep_derived("readings.npz", b"two")
    assert ws.derived("readings.npz") == b"two"
    assert [p.name for p in (ws.root / ".servicestory").iterdir()] == ["readings.npz"]
    shutil.rmtree(ws.root / ".servicestory")
    (ws.root / ".servicestory").write_text("a file is in the way")
    ws.keep_derived("readings.npz", b"three")
    assert ws.derived("readings.npz") is None


def test_many_imported_stories_go_into_several_files_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = Workspace.create(tmp_path / "house", None)
    told = [Story(id=f"s-{i:02}", narrative=f"She mended gate {i}.") for i in range(25)]
    monkeypatch.setattr("servicestory.workspace.PER_FILE", 10)
    monkeypatch.setattr("servicestory.catalogue.AT_ONCE", 7)
    monkeypatch.setattr("servicestory.catalogue.HELD", 300)
    files = ws.add_batch("reviews", told)
    assert [f.name for f in files] == [
        "reviews-undated-2.yaml",
        "reviews-undated-3.yaml",
        "reviews-undated.yaml",
    ]
    time.sleep(0.06)  # younger files are not put into the index
    assert ws.stories() == told
    assert Workspace(ws.root).stories() == told
    harm = sqlite3.connect(ws.root / ".servicestory" / "index.sqlite")
    harm.execute("UPDATE files SET records = '{}' WHERE path = 'stories/reviews-undated-2.yaml'")
    harm.commit()
    harm.close()
    assert Workspace(ws.root).stories() == told


def test_the_sites_of_the_latest_stories_are_read_as_plain_lines(tmp_path: Path) -> None:
    (tmp_path / "servicestory.yaml").write_text("organisation: Quay\n", encoding="utf-8")
    stories = tmp_path / "stories"
    stories.mkdir()
    page = "id: {0}\nnarrative: |-\n  site: not this\nsite: {1}\n"
    for name, site in (("2026-01-01-a", "Old"), ("2026-02-01-b", '"North: hall"'), ("2026-03-01-c", "Quay ")):
        (stories / f"{name}.yaml").write_text(page.format(name, site), encoding="utf-8")
    (stories / "2026-04-01-d.yaml").mkdir()
    assert names_told(tmp_path, most=3)["site"] == ["North: hall", "Quay"]
