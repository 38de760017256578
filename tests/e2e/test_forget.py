"""A person leaves every file; stories, evidence and documents stay whole."""

import json
import os
from pathlib import Path

import pytest

from servicestory.workspace import Workspace
from tests.conftest import Command

STORY = """\
# Anna Berg told this herself
id: 2026-08-01-anna-berg-and-the-keys
date: 2026-08-01
title: Anna Berg and the keys
narrative: >-
  When the lift stood still it was Anna
  Berg who ran, and Annie came back; Joanna Bergman watched. Anna laughed.
people: [Anna Berg, Tom Ito]
"""
PRACTICE = """\
id: P-0001
name: Run for it
owner: Anna Berg
evidence:
  - {story: 2026-08-01-anna-berg-and-the-keys, start: 41, end: 49}
"""


@pytest.fixture
def house(workspace: Path) -> Path:
    page = workspace / "servicestory.yaml"
    staff = "\nstaff:\n  - name: Anna Berg\n    aliases: [Annie]\n  - name: Tom Ito\n"
    page.write_text(page.read_text("utf-8") + staff, "utf-8")
    (workspace / "stories" / "2026-08-01-anna-berg-and-the-keys.yaml").write_text(STORY, "utf-8")
    (workspace / "practices" / "P-0001-run.yaml").write_text(PRACTICE, "utf-8")
    (workspace / "records" / "recognitions.jsonl").write_text(
        '{"story": "2026-08-01-anna-berg-and-the-keys", "recipient": "anna berg", "giver": "Tom Ito", '
        '"delivered_on": "2026-08-02"}\n{"story": "x", "giver": "Li", "delivered_on": "2026-08"}\n',
        "utf-8",
    )
    (workspace / "training" / "P-0001.md").write_text("Ask ANNA BERG how it goes.\n", "utf-8")
    return workspace


def test_a_site_and_the_words_of_the_language_are_left_where_a_name_is_one_too(
    command: Command, house: Path
) -> None:
    page = house / "servicestory.yaml"
    staff = "  - name: Florence Paris\n    aliases: [Florence, Will]\n"
    sites = "sites:\n  - name: Florence\n"
    page.write_text(page.read_text("utf-8") + staff + sites, "utf-8")
    told = house / "stories" / "2026-08-03-coats.yaml"
    told.write_text(
        "schema: 1\nid: 2026-08-03-coats\nsite: Florence\n"
        "narrative: Florence Paris dried our coats, and Will we will not forget.\n",
        "utf-8",
    )
    assert command("forget", "Florence", "--yes").returncode == 2
    done = command("forget", "Florence Paris", "--yes")
    assert done.returncode == 0 and "'Florence' is a site as well" in done.stderr
    text = told.read_text("utf-8")
    assert "site: Florence\n" in text and "Xxxxxxxx Xxxxx dried our coats, and Xxxx we will not" in text
    assert "- name: Florence\n" in page.read_text("utf-8") and command("check").returncode == 0


def test_a_person_is_removed_everywhere_and_all_still_fits(command: Command, house: Path) -> None:
    before = json.loads(command("show", "2026-08-01-anna-berg-and-the-keys", "--json").stdout)
    tried = command("forget", "Anna Berg", "--dry-run", env={"SERVICESTORY_BY": ""})
    assert "Nobody is named" not in tried.stderr  # nothing was done
    assert "nothing was changed" in tried.stdout
    assert command("forget", "Anna Berg").returncode == 2
    done = command("forget", "Anna Berg", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Certificate" in done.stdout
    assert "git" in done.stderr
    assert "'Anna' alone still stands in 1 place" in done.stderr
    for path in house.rglob("*"):
        assert "anna-berg" not in path.name
        if path.is_file():
            text = " ".join(path.read_bytes().decode("utf-8", "replace").casefold().split())
            assert "anna berg" not in text.replace("joanna bergman", ""), path
            assert "annie" not in text, path
            assert "anna-berg" not in text, path
    assert command("check").returncode == 0
    (listed,) = json.loads(command("list", "--json").stdout)["stories"]
    after = json.loads(command("show", listed["id"], "--json").stdout)
    assert len(after["narrative"]) == len(before["narrative"])
    assert "Xxxx Xxxx who ran, and Xxxxx came back; " in after["narrative"]
    # somebody else whom nobody recorded: without her name in JSON, with it in the story as told
    assert "Joanna Bergman watched" in " ".join(command("show", listed["id"]).stdout.split())
    assert after["people"] == ["a colleague", "a colleague"]
    people = Workspace(house).story(listed["id"]).people
    assert people[0].startswith("Person-")
    assert people[1] == "Tom Ito"
    practice = json.loads(command("show", "P-0001", "--json").stdout)
    assert practice["evidence"][0]["story"] == listed["id"]
    (kept,) = (house / "practices").glob("P-0001*.yaml")  # `show` names no owner
    assert f"owner: {people[0]}" in kept.read_text("utf-8")
    assert "Xxxx" in (house / listed["path"]).read_text("utf-8").splitlines()[0]
    lines = (house / "records" / "recognitions.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[0])["recipient"] == people[0]
    assert lines[1] == '{"story": "x", "giver": "Li", "delivered_on": "2026-08"}'
    certificate = json.loads((house / "records" / "forgotten.jsonl").read_text("utf-8"))
    assert certificate["pseudonym"] == people[0]
    assert len(certificate["files"]) == 5
    assert "Tom Ito" in (house / "servicestory.yaml").read_text("utf-8")
    assert command("forget", "Anna Berg", "--yes").returncode == 1


def test_a_broken_file_stops_it_before_anything_changes(command: Command, house: Path) -> None:
    (house / "stories" / "bad.yaml").write_text("id: bad\nnarrativ: Anna Berg ran\n", "utf-8")
    done = command("forget", "Anna Berg", "--yes")
    assert done.returncode == 1
    assert "stories/bad.yaml:2" in done.stderr
    assert "Anna Berg" in (house / "training" / "P-0001.md").read_text("utf-8").title()


def test_names_must_be_long_enough_and_there(command: Command, house: Path) -> None:
    assert "stands nowhere as a name" in command("forget", "Zacharias", "--yes").stderr
    assert "too short" in command("forget", "A", "--yes").stderr
    assert "too short" in command("forget", "I.", "--yes").stderr  # else every "I" goes


def test_a_name_in_a_file_that_cannot_be_changed_is_never_passed_over(
    house: Path, command: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    binary = house / "stories" / "x.yaml"
    binary.write_bytes(b"\x9e\xffAnna Berg\0")
    done = command("forget", "Anna Berg", "--yes")
    assert done.returncode == 1
    assert "stories/x.yaml:1" in done.stderr and "Put it right first" in done.stderr
    binary.unlink()
    outside = tmp_path_factory.mktemp("elsewhere") / "outside.yaml"
    outside.write_text(STORY.replace("2026-08-01-anna-berg", "2026-08-02-anna-berg"), "utf-8")
    binary.symlink_to(outside)
    done = command("forget", "Anna Berg", "--yes")
    assert done.returncode == 1
    assert "leads outside the workspace" in done.stderr
    assert "Anna Berg" in outside.read_text("utf-8")
    assert "Anna Berg" in (house / "servicestory.yaml").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_cannot_be_looked_into_stops_it(house: Path, command: Command) -> None:
    hidden = house / "stories" / "hidden"
    hidden.mkdir()
    hidden.chmod(0)
    done = command("forget", "Anna Berg", "--yes")
    hidden.chmod(0o755)
    assert done.returncode == 1
    assert "not every file can be looked into" in done.stderr


def test_a_name_that_stands_nowhere_is_told_what_does(command: Command, house: Path) -> None:
    told = ("add", "--text", "Zuzka lit the stove.", "--person", "Zuzka", "--date", "2026-05-02")
    assert command(*told).returncode == 0
    part = command("forget", "Zuzka Holm", "--yes")
    assert part.returncode == 1 and "'Zuzka' does, in " in part.stderr
    assert 'servicestory forget "Zuzka" --dry-run' in part.stderr
    assert "Did you mean Zuzka?" in command("forget", "Zuska", "--yes").stderr
    assert "Look at the spelling" in command("forget", "Wolfgang", "--yes").stderr
    assert "Did you mean Anna Berg?" in command("forget", "Anna Berk", "--yes").stderr, (
        "not only that Anna does"
    )


LEPPALA = """\
schema: 1
id: 2026-08-04-leppala-and-the-lift
date: 2026-08-04
title: The lift
narrative: Aino Leppälä ran up. Mrs Leppälä said why.
people: [Aino Leppälä]
"""


@pytest.fixture
def lift(house: Path) -> Path:
    told = house / "stories" / "2026-08-04-leppala-and-the-lift.yaml"
    told.write_text(LEPPALA, "utf-8")
    return told


def test_a_trial_shows_each_line_as_it_stands_and_as_it_would(command: Command, house: Path) -> None:
    before = {path: path.read_bytes() for path in house.rglob("*") if path.is_file()}
    tried = command("forget", "Anna Berg", "--dry-run")
    shown = " ".join(tried.stdout.split())
    old, new = "2026-08-01-anna-berg-and-the-keys", "2026-08-01-xxxx-xxxx-and-the-keys"
    assert f"the name of the file before stories/{old}.yaml after stories/{new}.yaml" in shown
    assert "training/P-0001.md:1 before Ask ANNA BERG how it goes. after Ask XXXX XXXX how" in shown
    assert "practices/P-0001-run.yaml:3 before owner: Anna Berg after owner: Person-xxxxxxxx" in shown
    assert "before - name: Anna Berg aliases: [Annie] after (nothing)" in shown
    assert "keys.yaml:6-8 before When the lift stood still it was Anna Berg who" in shown
    assert "after When the lift stood still it was Xxxx Xxxx who ran, and Xxxxx came back; Joanna" in shown
    assert tried.stdout == command("forget", "Anna Berg", "--dry-run").stdout  # nothing is drawn by lot
    assert all(path.read_bytes() == data for path, data in before.items())
    assert "'Anna' alone still stands in 1 place" in tried.stderr


def test_a_trial_leaves_out_lines_that_are_only_set_anew(command: Command, house: Path) -> None:
    told = house / "stories" / "2026-08-05-soup.yaml"
    text = f"schema: 1\nid: 2026-08-05-soup\nnarrative: |\n  {'Soup was warm. ' * 5}\n\n  Anna Berg brought it.\n"
    told.write_text(text, "utf-8")
    (house / "records" / "names.jsonl").write_text('{"name": "Anna B\\u0065rg"}\n', "utf-8")
    shown = command("forget", "Anna Berg", "--dry-run").stdout.splitlines()
    assert [line for line in shown if "soup.yaml" in line] == ["stories/2026-08-05-soup.yaml:6"]
    assert '    after   {"name": "Person-xxxxxxxx"}' in shown  # found behind an escape too


def test_a_long_line_is_shown_around_what_changes(command: Command, house: Path) -> None:
    (house / "training" / "P-0002.md").write_text(f"{'far ' * 90}Ask Anna Berg{' off' * 90}\n", "utf-8")
    shown = command("forget", "Anna Berg", "--dry-run").stdout
    (line,) = (line for line in shown.splitlines() if "Ask Anna Berg" in line)
    assert len(line) < 120 and line.count("…") == 2


def test_a_trial_shows_the_words_of_a_word_file(command: Command, house: Path) -> None:
    from servicestory.incorporate.word import rewritten

    assert command("export", "P-0001", "--format", "docx").returncode == 0
    (made,) = (house / "procedures").glob("*.docx")
    made.write_bytes(rewritten(made.read_bytes(), lambda said: said.replace("Run for it", "Ask Anna Berg")))
    shown = " ".join(command("forget", "Anna Berg", "--dry-run").stdout.split())
    assert f"procedures/{made.name} before Ask Anna Berg after Ask Xxxx Xxxx" in shown


def test_a_family_name_that_still_stands_alone_is_told_with_its_places(command: Command, lift: Path) -> None:
    lift.write_text(LEPPALA.replace("[Aino Leppälä]", '["Aino  LEPPÄLÄ"]'), "utf-8")
    assert 'servicestory forget "Leppälä"' in command("forget", "Aino Leppälä", "--dry-run").stderr
    done = command("forget", "Aino Leppälä", "--yes")
    assert done.returncode == 0
    said = done.stderr
    assert "'Leppälä' alone still stands in 4 places" in said and 'servicestory forget "Leppälä"' in said
    assert f"  stories/{lift.name} (the file itself is called so)\n" in said
    assert "  records/forgotten.jsonl:1\n" in said  # the certificate names the file
    assert f"  stories/{lift.name}:2\n" in said and f"  stories/{lift.name}:5\n" in said
    assert command("forget", "Leppälä", "--yes").returncode == 0
    (listed,) = (s for s in json.loads(command("list", "--json").stdout)["stories"] if "lift" in s["id"])
    assert listed["id"] == "2026-08-04-xxxxxxx-and-the-lift" and command("check").returncode == 0


def test_a_family_name_others_have_too_is_taken_out_by_hand(
    command: Command, house: Path, lift: Path
) -> None:
    page = house / "servicestory.yaml"
    page.write_text(page.read_text("utf-8") + "  - name: Aino Leppälä\n  - name: Kari Leppälä\n", "utf-8")
    done = command("forget", "Aino Leppälä", "--yes")
    assert "Kari Leppälä has that name too" in done.stderr and "by hand" in done.stderr
    assert 'forget "Leppälä"' not in done.stderr and f"stories/{lift.name}:5\n" in done.stderr
    assert "servicestory.yaml:" not in done.stderr  # where it is Kari's


def test_an_id_with_a_name_that_is_a_word_is_told(command: Command, house: Path) -> None:
    told = house / "stories" / "2026-08-06-grace-and-the-stove.yaml"
    told.write_text(
        LEPPALA.replace("2026-08-04-leppala-and-the-lift", told.stem).replace("Aino", "Grace"), "utf-8"
    )
    for name in ("Grace Leppälä", "Grace"):  # part of the name, and the name
        done = command("forget", name, "--dry-run")
        assert f"The id {told.stem} holds 'grace'" in done.stderr and f"stories/{told.name}:1," in done.stderr
    assert "holds" not in command("forget", "Tom Ito", "--dry-run").stderr


def test_words_that_no_record_gives_as_a_name_are_refused(command: Command, house: Path) -> None:
    told = house / "stories" / "2026-08-03-coats.yaml"
    text = "schema: 1\nid: 2026-08-03-coats\nnarrative: The rain was kind. Kind words. May came in May. Torvald laughed.\n"
    told.write_text(text, "utf-8")
    for word in ("the", "May", "kind"):
        refused = command("forget", word, "--yes")
        assert refused.returncode == 1
        assert "no record names such a person" in refused.stderr and "--force" in refused.stderr
        tried = command("forget", word, "--dry-run")
        assert tried.returncode == 0
        assert "to do it all the same, add --force" in tried.stderr
    assert told.read_text("utf-8") == text
    assert command("forget", "Torvald", "--yes").returncode == 0
    gone = command("forget", "May", "--yes", "--force")
    assert "Left as the name of the month: stories/2026-08-03-coats.yaml:3" in gone.stderr
    assert "Xxx came in May." in told.read_text("utf-8")
    told.write_text(text.replace("narrative", "people: [May Lind]\nnarrative"), "utf-8")
    assert command("forget", "May", "--yes").returncode == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("procedures/SOP-0001-lift.md", "---\nschema: 1\nid: SOP-0001\nowner: Will Stone\n---\n"),
        ("records/training.jsonl", '{"practice": "P-0001", "on": "2026-08-01", "trainer": "Will Stone"}\n'),
    ],
)
def test_whoever_a_document_or_a_record_names_is_a_person(
    command: Command, house: Path, file: str, line: str
) -> None:
    (house / file).parent.mkdir(exist_ok=True)
    (house / file).write_text(line, "utf-8")
    assert "no record names" not in command("forget", "Will", "--dry-run").stderr


def test_what_a_detection_left_for_other_commands_goes_as_well(command: Command, house: Path) -> None:
    assert command("detect").returncode == 0
    kept = house / ".servicestory" / "detected.json"
    assert "anna-berg" in kept.read_text("utf-8")
    # what many stories together tell of names is kept as well
    (kept.parent / "house.json").write_text('mark\n{"here": {"2026-08-01-anna-berg": ["Anna"]}}', "utf-8")
    (kept.parent / "deeds.npz").write_bytes(b"prints of texts")
    assert command("forget", "Anna Berg", "--yes").returncode == 0
    assert not (kept.parent / "deeds.npz").exists()
    for path in (house / ".servicestory").rglob("*"):
        assert path.is_dir() or b"anna-berg" not in path.read_bytes(), path


def test_what_is_left_of_stories_deleted_by_hand_goes_though_no_file_has_the_name(
    command: Command, house: Path
) -> None:
    kept = house / ".servicestory" / "house.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text('mark\n{"here": {"2026-08-01-walk": ["Orsolya"]}}', "utf-8")
    assert command("forget", "Orsolya", "--dry-run").returncode == 1 and kept.exists()
    assert "stands nowhere" in command("forget", "Orsolya", "--yes").stderr
    assert not kept.exists()


@pytest.mark.parametrize("name", ["house.json", "index-old"])
def test_a_certificate_is_only_of_what_was_done(command: Command, house: Path, name: str) -> None:
    """A folder in the place of a derived file cannot be taken away: all is as it was, and nothing is saved."""
    (house / ".servicestory" / name).mkdir(parents=True)
    before = {path: path.read_bytes() for path in house.rglob("*.*") if path.is_file()}
    nobody = {"SERVICESTORY_BY": ""}
    done = command("forget", "Anna Berg", "--yes", env=nobody)
    assert done.returncode == 1
    said = (
        f".servicestory/{name}: this may hold the name, and cannot be taken away: it is a folder. Delete it"
    )
    assert said in done.stderr
    assert "saved" not in done.stderr and not done.stdout
    assert not (house / "records" / "forgotten.jsonl").exists()
    assert not (house / "records" / "forgetting.jsonl").exists()
    assert {path: path.read_bytes() for path in before if "index.sqlite" not in path.name} == {
        path: data for path, data in before.items() if "index.sqlite" not in path.name
    }
    (house / ".servicestory" / name).rmdir()
    assert command("forget", "Anna Berg", "--yes", env=nobody).returncode == 0


def test_a_removal_whose_note_stays_behind_is_done_and_has_one_certificate(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from servicestory.cli import app

    unlink = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name == "forgetting.jsonl":
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    monkeypatch.chdir(house)
    monkeypatch.setattr(Path, "unlink", refused)
    assert app.run(["forget", "Anna Berg", "--yes"]) == 1
    assert "what was written down for the removal cannot be taken away" in capsys.readouterr().err.casefold()
    monkeypatch.setattr(Path, "unlink", unlink)
    assert not list(house.rglob("*anna*")), "it is done, and is not put back"
    assert command("forget", "Anna Berg", "--yes").returncode == 0
    assert len((house / "records" / "forgotten.jsonl").read_text("utf-8").splitlines()) == 1
    assert not (house / "records" / "forgetting.jsonl").exists()


def test_what_the_program_reads_by_is_no_name(command: Command, house: Path) -> None:
    entry = "key: would-do\nname: Ask Li Codebook\ndefinition: Somebody asks.\nincident: need answered\n"
    (house / "practices" / "codebook.yaml").write_text(f"# the codebook Li wrote\n{entry}", "utf-8")
    verdict = "verdict: {label: random act, would_change: Li stays., criteria: {decided_by: once}}\n"
    kept = house / "practices" / "P-0001-run.yaml"
    kept.write_text(PRACTICE + verdict, "utf-8")
    (house / "records" / "observations.jsonl").write_text(
        '{"practice": "P-0001", "on": "2026-08-02", "done": true, "sampling": "planned", "note": "Li"}\n',
        "utf-8",
    )
    for word in ("servicestory", "P-0001", "sop-0001"):
        refused = command("forget", word, "--force", "--yes")
        assert refused.returncode == 2 and "is no name of a person" in refused.stderr
    files = {
        path.relative_to(house) for path in house.rglob("*") if path.suffix in (".yaml", ".jsonl", ".md")
    }
    words = ("codebook", "Li", "would change", "need answered", "random act", "once", "sampling", "planned")
    for word in (*words, "yaml", "jsonl", "evidence", "stories", "practices", "decided by"):
        done = command("forget", word, "--force", "--yes")
        assert done.returncode in (0, 1) and "is not a field" not in done.stderr, done.stderr
    assert {path for path in files if not (house / path).exists()} == set()
    text = (house / "practices" / "codebook.yaml").read_text("utf-8")
    assert text == "# the xxxxxxxx Xx wrote\n" + entry.replace("Li Codebook", "Xx Xxxxxxxx")
    text = kept.read_text("utf-8")
    assert "label: random act" in text and "would_change: Xx stays." in text and "decided_by: once" in text
    assert command("check").returncode == 0


def test_a_page_stays_a_page(command: Command, house: Path) -> None:
    page = house / "reports" / "own.html"
    page.parent.mkdir(exist_ok=True)
    code = '<style>p { max-width: 9rem }</style><ul><li title="{}">{} told</li></ul>\n'
    page.write_text(code.replace("{}", "Li"), "utf-8")
    assert command("forget", "Li", "--force", "--yes").returncode == 0
    assert page.read_text("utf-8") == code.replace("{}", "Xx")
    page.write_text(code.replace("{}", "Max"), "utf-8")
    assert command("forget", "Max", "--force", "--yes").returncode == 0
    assert page.read_text("utf-8") == code.replace("{}", "Xxx")


def test_the_certificate_says_what_stands_there_now(command: Command, house: Path) -> None:
    (house / "training" / "P-0001.md").write_text("Ask Torvald.\n", "utf-8")
    done = command("forget", "Torvald", "--yes")
    assert "inside texts only" in done.stdout and "Person-" not in done.stdout
    assert "pseudonym" not in json.loads((house / "records" / "forgotten.jsonl").read_text("utf-8"))
    assert "Person-" in command("forget", "Anna Berg", "--yes").stdout


def test_a_folder_called_so_leaves_no_empty_one_behind(command: Command, house: Path) -> None:
    own = house / "training" / "P-0001-anna-bergs-run" / "checklist.md"
    own.parent.mkdir()
    own.write_text("Ask Anna Berg.\n", "utf-8")
    assert command("forget", "Anna Berg", "--yes").returncode == 0
    assert [p.name for p in (house / "training").iterdir() if p.is_dir()] == ["P-0001-xxxx-xxxxs-run"]
    assert [p.name for p in (house / "training").rglob("check*")] == ["checklist.md"]


def test_what_stops_in_the_middle_leaves_everything_as_it_was(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from servicestory import storage
    from servicestory.cli import app

    files = [
        path for path in sorted(house.rglob("*")) if path.is_file() and ".servicestory" not in path.parts
    ]
    before = {path: path.read_bytes() for path in files}
    replace, append = storage.replace, storage.append

    def full(path: Path, *rest: object) -> None:
        if path.name == "P-0001.md":
            raise OSError(28, "No space left on device")
        replace(path, *rest)  # type: ignore[arg-type]

    def refused(path: Path, data: bytes, anew: bool = False) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.chdir(house)
    for name, stand_in in (("replace", full), ("append", refused)):
        monkeypatch.setattr(storage, "replace", replace)
        monkeypatch.setattr(storage, "append", append)
        monkeypatch.setattr(storage, name, stand_in)
        assert app.run(["forget", "Anna Berg", "--yes"]) == 1
        assert "the disk is full" in capsys.readouterr().err.casefold()
        assert {path: path.read_bytes() for path in before if path.exists()} == before
        assert not list((house / "stories").glob("*xxxx*"))


def test_what_cannot_be_put_back_is_named_and_finished_by_the_next(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from servicestory import storage
    from servicestory.cli import app

    replace, full = storage.replace, list[str]()

    def fills_up(path: Path, *rest: object) -> None:
        if full or path.name == "recognitions.jsonl":
            full.append(path.name)
            raise OSError(28, "No space left on device")
        replace(path, *rest)  # type: ignore[arg-type]

    monkeypatch.chdir(house)
    monkeypatch.setattr(storage, "replace", fills_up)
    assert app.run(["forget", "Anna Berg", "--yes"]) == 1
    said = capsys.readouterr().err
    assert "could not be put back: practices/P-0001-run.yaml. Do it again to finish it" in said
    assert command("check").returncode == 1
    monkeypatch.setattr(storage, "replace", replace)
    assert command("forget", "Anna Berg", "--yes").returncode == 0
    assert command("check").returncode == 0 and not list(house.rglob("forgetting*"))


def test_a_file_is_renamed_though_one_is_called_so(command: Command, house: Path) -> None:
    (folder := house / "reports").mkdir(exist_ok=True)
    for name in ("anna-berg.txt", "xxxx-xxxx.txt"):
        (folder / name).write_text(f"about {name[:4]}\n", "utf-8")
    assert command("forget", "Anna Berg", "--yes").returncode == 0
    kept = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert kept == {"xxxx-xxxx.txt": "about xxxx\n", "xxxx-xxxx-2.txt": "about anna\n"}


def test_a_file_with_a_byte_order_mark_is_read_as_any(command: Command, house: Path) -> None:
    told = house / "stories" / "2026-08-01-anna-berg-and-the-keys.yaml"
    told.write_bytes(b"\xef\xbb\xbf" + told.read_bytes())
    done = command("forget", "Anna Berg", "--yes")
    assert done.returncode == 0, done.stderr
    (story,) = (house / "stories").glob("*.yaml")
    data = story.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# Xxxx Xxxx told") and b"Anna Berg" not in data


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_what_was_not_looked_into_is_said(house: Path, command: Command) -> None:
    notes = house / "notes"
    notes.mkdir()
    (notes / "kept.yaml").write_text("narrative: Anna Berg ran\n", "utf-8")
    drafts = house / "drafts"
    drafts.mkdir(exist_ok=True)
    (drafts / "draft-001.yaml").symlink_to("../notes/kept.yaml")
    (drafts / "linked").symlink_to("../notes")
    (drafts / "draft-002.yaml").symlink_to("../training/P-0001.md")  # has its own turn
    (house / "reports").mkdir(exist_ok=True)
    (house / "reports" / "table.csv").write_bytes("Anna Berg;7".encode("utf-16"))
    (house / "training" / "more.md").write_text("plain\nsee AnnaBerg, and anna_berg\n", "utf-8")
    for call in (("--dry-run",), ("--yes",)):
        said = command("forget", "Anna Berg", *call).stderr
        assert "Links, which are not followed: drafts/draft-001.yaml, drafts/linked. Look there" in said
        assert "No text in UTF-8, so a name in it is not found: reports/table.csv. Look there" in said
        assert "Not looked into, since servicestory keeps nothing there: notes/. Look there" in said
        assert "Written as one word, and left: 'annaberg' in training/more.md:2. If it is" in said
    assert (house / "training" / "more.md").read_text("utf-8") == "plain\nsee AnnaBerg, and xxxx_xxxx\n"


@pytest.mark.parametrize(("name", "said"), [("Jürgen Wolf", True), ("Anna Berg", False)])
def test_another_encoding_is_said_where_the_name_would_be_written_otherwise(
    house: Path, command: Command, name: str, said: bool
) -> None:
    (house / "training" / "old.md").write_bytes("Frag Jürgen Wolf\n".encode("cp1252"))
    (house / "training" / "new.md").write_text("Frag Jürgen Wolf\n", "utf-8")
    shown = command("forget", name, "--dry-run").stderr
    assert ("is not found: training/old.md" in shown) is said
    assert "Links" not in shown and "Not looked into" not in shown


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_circle_of_links_holds_no_name(house: Path, command: Command) -> None:
    (house / "stories" / "round.yaml").symlink_to("round.yaml")
    assert command("forget", "Anna Berg", "--yes").returncode == 0


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_name_with_the_s_of_an_owner_goes_or_is_said(
    command: Command, house: Path, language: str
) -> None:
    page = house / "servicestory.yaml"
    page.write_text(page.read_text("utf-8").replace("language: en", f"language: {language}"), "utf-8")
    told = house / "stories" / "2026-08-04-schirm.yaml"
    told.write_text(
        "schema: 1\nid: 2026-08-04-schirm\ndate: 2026-08-04\npeople: [Ilka Rohn]\n"
        "narrative: Ilka gab uns Ilkas Schirm, das war Ilka Rohns Idee, und Ilkasee ist ein Ort.\n",
        "utf-8",
    )
    done = command("forget", "Ilka Rohn", "--also", "Ilka", "--yes")
    assert done.returncode == 0
    left = told.read_text("utf-8")
    assert "Ilkasee" in left
    if language == "de":
        assert "Ilkas " not in left
        assert "Rohns" not in left
    else:
        assert "Ilkas Schirm" in left
        assert "'Ilkas' alone still stands in 1 place" in done.stderr
        assert "stories/2026-08-04-schirm.yaml:" in done.stderr
    due = command("recognize")
    assert "Person-" not in due.stdout
    note = command("recognize", "2026-08-04-schirm")
    assert "There is nobody to thank: who did it was removed" in note.stdout


def test_a_removed_person_gets_no_letter_and_is_no_colleague_to_tell(command: Command, house: Path) -> None:
    command("forget", "Tom Ito", "--yes")
    story = json.loads(command("tell", "2026-08-01-anna-berg-and-the-keys", "--json", "--names").stdout)
    assert story["heroes"] == 1
    assert not any(name.startswith("Person-") for name in story["people"])


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Gulsen Oz", "Gülsen Öz"),
        ("Joerg Weiss", "Jörg Weiß"),
        ("JÖRG WEISS", "Jörg Weiß"),
        ("Jörg Weiß", "Joerg Weiss"),
        ("Søren Lie", "Soren Lie"),
    ],
)
def test_a_name_is_found_with_and_without_its_accents(
    command: Command, house: Path, asked: str, written: str
) -> None:
    told = house / "stories" / "2026-08-05-tray.yaml"
    told.write_text(
        "schema: 1\nid: 2026-08-05-tray\nnarrative: >-\n"
        f"  {written} took the tray up again.\npeople: [{written}]\n",
        "utf-8",
    )
    done = command("forget", asked, "--yes")
    assert done.returncode == 0, done.stderr
    assert asked in ("JÖRG WEISS", "Jörg Weiß") or f"taken for the same name: '{written}'" in done.stderr
    left = told.read_text("utf-8")
    assert not [part for part in written.split() if part in left] and "took the tray up again" in left
    assert "Person-" in left and command("check").returncode == 0


def test_what_may_be_a_word_or_somebody_else_with_accents_is_said_and_left(
    command: Command, house: Path
) -> None:
    page = house / "servicestory.yaml"
    page.write_text(page.read_text("utf-8") + "  - name: Ada Moller\n  - name: Ada Möller\n", "utf-8")
    told = house / "stories" / "2026-08-05-tray.yaml"
    told.write_text(
        "schema: 1\nid: 2026-08-05-tray\nnarrative: >-\n"
        "  Schon lief los. Das war schön. Schön, sagte der Gast, und dankte Ada Möller.\npeople: [Schon]\n",
        "utf-8",
    )
    word = command("forget", "Schon", "--yes", "--force")
    assert "'Schön' is left, for it stands in small letters too" in word.stderr
    assert "Xxxxx lief los. Das war schön. Schön, sagte" in told.read_text("utf-8")
    two = command("forget", "Ada Moller", "--yes")
    assert "'Ada Möller' is left: the staff list has both" in two.stderr
    assert "Ada Möller" in told.read_text("utf-8") and "- name: Ada Möller" in page.read_text("utf-8")


def test_a_first_name_left_with_its_accents_is_said(command: Command, house: Path) -> None:
    told = house / "stories" / "2026-08-05-tray.yaml"
    told.write_text(
        "schema: 1\nid: 2026-08-05-tray\nnarrative: Gülsen took the tray up again.\npeople: [Gulsen Oz]\n",
        "utf-8",
    )
    done = command("forget", "Gulsen Oz", "--yes")
    assert "'Gülsen' alone still stands in 1 place" in done.stderr


def test_tell_says_why_nobody_is_left_to_tell(command: Command, house: Path) -> None:
    ref = "2026-08-04-lamp"
    (house / "stories" / f"{ref}.yaml").write_text(
        f"schema: 1\nid: {ref}\ndate: 2026-08-04\nprompted: import\npeople: [Tom Ito]\n"
        "narrative: Tom Ito ran for a lamp.\n",
        "utf-8",
    )
    practice = house / "practices" / "P-0001-run.yaml"
    more = f"  - {{story: {ref}, start: 8, end: 22}}\nstatus: accepted\n"
    practice.write_text(practice.read_text("utf-8") + more, "utf-8")
    assert ref in command("tell").stdout
    assert "1 person is not named" in command("tell", ref, "--names", "--json").stderr
    command("forget", "Tom Ito", "--yes")
    assert ref not in command("tell").stdout
    alone = command("tell", ref)
    assert "nobody to tell: whom it concerns was removed" in alone.stdout and "--told" not in alone.stderr
    told = command("tell", ref, "--told")
    assert told.returncode == 1 and "nobody to tell" in told.stderr
    assert "not named" not in command("tell", ref, "--names", "--json").stderr, "nobody can ask them"


def test_a_certificate_without_a_name_reads_well(command: Command, house: Path) -> None:
    done = command("forget", "Anna Berg", "--yes", env={"SERVICESTORY_BY": ""})
    assert "a person was removed from this workspace; who did it is not named:" in done.stdout
    assert ", not named removed" not in done.stdout
