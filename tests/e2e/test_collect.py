"""Telling, importing, finding and correcting stories, through the installed command."""

import errno
import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from ruamel.yaml import YAML

import servicestory
from servicestory import storage
from servicestory.workspace import Workspace
from tests.conftest import Command, press_ctrl_c, run, shared

CSV = (
    "id,stayed,hotel,score (1-10),positive,negative,guest name\n"
    'r1,2026-03,Quay,9,"Mira walked us, in the rain,\nto the tram",,Jo\n'
    "r2,2026-03,Pier,10,Tom found our lost camera on the ferry,Slow lift,Bo\n"
    "r3,2026-04,Quay,4,The room was there,Everything else,Di\n"
    "r4,2026-04,Quay,Like,She kept the kitchen open for us,,Al\n"
    "r5,2026-04,Quay,10,,,Cy\n"
)
MAPS = ("--map", "text=positive", "--min-rating", "9")


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command without a new process for each call (a hundred calls are made here)."""
    from servicestory.cli import app

    def call(
        *arguments: str, stdin: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            for name, value in {"SERVICESTORY_TODAY": "2026-10-05", "COLUMNS": "140", **(env or {})}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["servicestory", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = app.run(list(arguments))
        for stream in (out, err):
            stream.seek(0)
        done = subprocess.CompletedProcess(arguments, code, out.read(), err.read())
        assert code != 3, done.stderr
        return done

    return call


@pytest.fixture
def export(workspace: Path) -> Path:
    path = workspace / "march.csv"
    path.write_text(CSV, "utf-8")
    return path


def stories(command: Command) -> list[dict[str, str]]:
    done = command("list", "--json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)["stories"]
    return found


# --- import ---------------------------------------------------------------------------------------------


def test_import_counts_every_row_and_adds_nothing_twice(command: Command, export: Path) -> None:
    tried = command("import", export.name, *MAPS, "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert "2 would be taken as stories" in tried.stdout
    assert stories(command) == []
    assert not (export.parent / "quarantine").exists()
    done = command("import", export.name, *MAPS)
    assert done.returncode == 0, done.stderr
    for said in (
        "5 rows in the file",
        "2 taken as stories",
        "1 skipped: its rating is below 9",
        "1 skipped: there is no text",
        "1 set aside",
        "row 5: 'Like'",
        "they identify customers: guest name",
    ):
        assert said in done.stdout
    assert [story["record"] for story in stories(command)] == ["r1", "r2"]
    (aside,) = (export.parent / "quarantine").glob("*.csv")
    assert "She kept the kitchen open" in aside.read_text("utf-8")
    assert "Al" not in aside.read_text("utf-8").split(",")
    before = {path: path.read_bytes() for path in export.parent.rglob("*") if path.is_file()}
    again = json.loads(command("import", export.name, *MAPS, "--json").stdout)["files"][0]
    assert (again["taken"], again["already"], again["quarantined"]) == (0, 2, 1)
    after = {path: path.read_bytes() for path in export.parent.rglob("*") if path.is_file()}
    assert {p for p in after if ".servicestory" not in p.parts and after[p] != before.get(p)} == set()


def test_an_overlapping_export_adds_the_new_rows_only(command: Command, export: Path) -> None:
    command("import", export.name, *MAPS)
    more = export.with_name("april.csv")
    more.write_text(CSV + "r6,2026-05,Pier,10,Ida wrote the bus times on a card,,Ed\n", "utf-8")
    done = json.loads(command("import", more.name, *MAPS, "--json").stdout)["files"][0]
    assert (done["taken"], done["already"]) == (1, 2)
    assert len(stories(command)) == 3


def test_the_text_is_kept_to_the_letter(command: Command, export: Path) -> None:
    command("import", export.name, *MAPS)
    kept = Workspace(export.parent).story("2026-03-r1")
    assert kept.narrative == "Mira walked us, in the rain,\nto the tram"
    assert kept.record == "r1"
    shown = json.loads(command("show", "2026-03-r1", "--json").stdout)
    assert shown["narrative"] == kept.narrative.replace("Mira", "Xxxx"), "as long as it was"
    assert shown["source"]["record"] == "r1"
    assert shown["ratings"] == [{"type": "score", "value": 9.0, "of": 10.0}]


def test_an_import_tells_which_column_the_text_could_be_in(command: Command, export: Path) -> None:
    export.write_text(
        CSV.replace("negative", "review").replace("Slow lift", "A lift that was slow for us all"), "utf-8"
    )
    done = command("import", export.name)
    assert done.returncode == 1
    assert "'positive' or 'review'" in done.stderr
    assert f'servicestory import {export.name} --map "text=positive"' in done.stderr


def test_without_a_least_rating_it_says_how_to_take_praise_only(command: Command, export: Path) -> None:
    done = command("import", export.name, "--map", "text=positive")
    assert "To take praise only, add for example: --min-rating 9" in done.stderr
    assert "3 taken as stories" in done.stdout


def test_several_files_one_of_them_bad(command: Command, export: Path) -> None:
    done = command("import", export.name, "nowhere.csv", *MAPS)
    assert done.returncode == 1
    assert "There is no file nowhere.csv" in done.stderr
    assert len(stories(command)) == 2


def test_a_table_has_no_sheets_and_that_is_said(command: Command, export: Path) -> None:
    done = command("import", export.name, *MAPS, "--sheet", "March")
    assert done.returncode == 0 and "--sheet March says nothing here" in done.stdout


def test_a_stopped_import_says_what_is_kept_and_what_is_not(command: Command, export: Path) -> None:
    for name in ("april.csv", "may.csv"):
        (export.parent / name).write_text("positive\nShe rang the next morning.\n", encoding="utf-8")
    from servicestory.collect import importing

    takes, calls = importing.take, list[int]()

    def second_is_stopped(*given: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return takes(*given, **more)

    with mock.patch.object(importing, "take", second_is_stopped):
        done = command("import", export.name, "april.csv", "may.csv", *MAPS[:2])
    assert done.returncode == 130 and "Interrupted" in done.stderr
    said = (
        f"{export.name} is done. Of april.csv nothing is kept. may.csv was not begun. Import the same files"
    )
    assert said in done.stderr and len(stories(command)) > 0
    with mock.patch("servicestory.workspace.Workspace.add_batch", side_effect=KeyboardInterrupt):
        done = command("import", "april.csv", *MAPS[:2])
    assert "Of april.csv some stories may be kept. Import the same" in done.stderr


def test_the_id_of_a_deleted_story_is_given_to_no_other_as_long_as_anything_speaks_of_it(
    command: Command, workspace: Path
) -> None:
    told = ("add", "--title", "The late ferry", "--date", "2026-09-14", "--text")
    first = command(*told, "She rang the harbour and had the ferry wait for us.").stdout
    (page,) = (workspace / "stories").glob("2026-09-14-the-late-ferry.yaml")
    page.unlink()
    assert "2026-09-14-the-late-ferry\n" in command(*told, "He rang the harbour.").stdout == first
    page.unlink()
    practice = (
        "id: P-0001\nname: Ring ahead\nevidence:\n- {story: 2026-09-14-the-late-ferry, start: 0, end: 9}\n"
    )
    (workspace / "practices" / "P-0001.yaml").write_text(practice, encoding="utf-8")
    assert "2026-09-14-the-late-ferry-2" in command(*told, "He rang the harbour.").stdout
    (workspace / "records" / "recognitions.jsonl").write_text(
        '{"story": "2026-09-14-the-late-ferry-3"}\n', encoding="utf-8"
    )
    assert "2026-09-14-the-late-ferry-4" in command(*told, "He rang the harbour.", "--again").stdout


@pytest.mark.parametrize(
    ("extra", "code", "said"),
    [
        (("--map", "site=hotl"), 1, 'Did you mean --map "site=hotel"'),
        (("--map", "place=hotel"), 2, "--map has no field 'place'. Did you mean 'site'?"),
        (("--map", "people=hotel"), 2, "--map has no field 'people'. Did you mean 'person'?"),
        (("--map", "rating="), 2, "--min-rating needs a rating"),
        (("--preset", "qualtrix"), 2, "Did you mean --preset qualtrics"),
        (("--delimiter", "|"), 1, "Leave --delimiter away"),
        (("--date-format", "DD/MM"), 2, "has no year"),
        (("--map", "date=hotel"), 1, "is a date"),
        (("--map", "rating=hotel"), 0, "is no rating"),
        (("--date", "whenever"), 2, "not a date"),
        (("--map", "person=guest name"), 1, "identifies customers"),
    ],
)
def test_import_says_what_is_wrong(
    command: Command, export: Path, extra: tuple[str, ...], code: int, said: str
) -> None:
    done = command("import", export.name, *MAPS, *extra)
    assert done.returncode == code, done.stderr
    assert said in done.stderr + done.stdout


def test_min_rating_without_a_rating_column(command: Command, workspace: Path) -> None:
    (workspace / "a.csv").write_text("told\nShe walked with us to the tram stop\n", "utf-8")
    done = command("import", "a.csv", "--min-rating", "4")
    assert done.returncode == 1
    assert "--map rating=COLUMN" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "extra", "said"),
    [
        ("a.csv", "text,date\nAnn ran,2026-01-02\n", (), ["1 taken"]),
        (
            "b.csv",
            "a;note\nAnn ran back to us with the bag we had left;5\n",
            (),
            ["No column looks like a date"],
        ),
        ("c.csv", 'id,text\n1,"Ann ran\n2,Bo ran\n', (), ["c.csv:2", "never closed"]),
        ("d.csv", "a;text\n1;Ann ran\n", ("--delimiter", ","), ["',' sets no columns", "Leave --delimiter"]),
        (
            "e.csv",
            "text,date\nAnn ran,never\nBo ran,2026-01-02\n",
            ("--map", "date=date"),
            ["1 set aside, because it cannot"],
        ),
        ("f.csv", "id,when it was,said\n1,2026-01-02,Thanks to Bo\n", (), ['--map "text=said"']),
    ],
)
def test_small_and_crooked_exports(
    command: Command, workspace: Path, name: str, content: str, extra: tuple[str, ...], said: list[str]
) -> None:
    (workspace / name).write_text(content, "utf-8")
    done = command("import", name, *extra)
    for words in said:
        assert words in " ".join((done.stdout + done.stderr).split())


@pytest.mark.skipif(sys.platform != "linux", reason="file names are UTF-8 elsewhere")
def test_rows_whose_date_is_none_are_set_aside_and_said(command: Command, workspace: Path) -> None:
    rows = [
        f"{'2026-08-0' + str(n) if n > 3 else 'week ' + str(n)},She stayed late for guest {n}"
        for n in range(1, 10)
    ]
    (workspace / "a.csv").write_text("date,review\n" + "\n".join(rows), "utf-8")
    done = command("import", "a.csv")
    assert done.returncode == 0, done.stderr
    assert "6 taken as stories" in done.stdout
    assert "row 2: 'week 1' in the column 'date' is not a date" in done.stdout
    assert "In 3 rows the column 'date' holds no date that can be read." in done.stdout
    [aside] = (workspace / "quarantine").glob("*.csv")
    assert [line.split(",")[0] for line in aside.read_text("utf-8").splitlines()[1:]] == ["2", "3", "4"]
    assert "--map date=, once stories/a-" in done.stdout
    for made in (workspace / "stories").glob("*.yaml"):  # else six of them would be there twice
        made.unlink()
    assert "9 would be taken" in command("import", "a.csv", "--map", "date=", "--dry-run").stdout


def test_an_import_that_takes_nothing_or_finds_no_date_says_why(command: Command, workspace: Path) -> None:
    (workspace / "a.csv").write_text(
        "date,review,rating\nlast week,She stayed late with us,5\nsoon,He ran after the tram,4\n", "utf-8"
    )
    done = command("import", "a.csv", "--min-rating", "9")
    assert "No rating of the file reaches 9; the best is 5. Choose a lower --min-rating" in done.stdout
    done = command("import", "a.csv", "--min-rating", "5")
    assert "No rating" not in done.stdout
    assert "The column 'date' holds no date that can be read, so these stories have none" in done.stdout


def test_satisfaction_in_words_loses_no_row_and_is_said(command: Command, workspace: Path) -> None:
    rows = "".join(
        f"She sat with us until the taxi came at {n} o'clock.,{'Good' if n % 2 else 'Bad'}\n"
        for n in range(6)
    )
    (workspace / "desk.csv").write_text(f"comment,satisfaction\n{rows}", "utf-8")
    done = command("import", "desk.csv", "--dry-run")
    assert "6 would be taken" in done.stdout
    assert "'satisfaction' holds words ('Bad') and no marks" in " ".join(done.stdout.split())


def test_the_same_file_with_other_columns_tells_nothing_twice(command: Command, workspace: Path) -> None:
    rows = "".join(f"2026-08-0{n},He carried the bags up for guest {n},Quay,9\n" for n in range(1, 8))
    (workspace / "a.csv").write_text(f"date,review,hotel,rating\n{rows}2026-08-09,He waved,Quay,5\n", "utf-8")
    done = command("import", "a.csv", "--map", "date=", "--min-rating", "9")
    assert "The column 'date' is left out" in done.stdout
    assert len(stories(command)) == 7
    for options in ((), ("--map", "date=", "--map", "site="), ("--batch", "other")):
        done = command("import", "a.csv", *options)
        assert done.returncode == 1 and "7 stories would be there twice" in done.stderr, options
        assert "first delete what was made of it: stories/a-" in done.stderr
    done = command("import", "a.csv", "--map", "date=")  # a lower rating than before is another matter
    assert "1 taken as stories" in done.stdout and "7 already there" in done.stdout
    for made in (workspace / "stories").glob("a-*.yaml"):
        made.unlink()
    assert "8 taken as stories" in command("import", "a.csv").stdout


def test_a_date_given_later_for_the_rows_without_one_tells_nothing_twice(
    command: Command, workspace: Path
) -> None:
    rows = [f"2026-08-0{n},He carried the bags up for guest {n},5" for n in range(1, 8)]
    rows += [",She lent us her umbrella,5", ",She lent us her umbrella,9", "2026-08-09,He waved us off,5"]
    (workspace / "a.csv").write_text("date,review,rating\n" + "\n".join(rows), "utf-8")
    by_column = ("import", "a.csv", "--map", "date=date")
    assert "9 taken as stories" in command(*by_column).stdout
    for _ in range(2):
        done = command(*by_column, "--date", "2026-08")
        assert done.returncode == 1 and "1 story would be there twice" in done.stderr
        assert len(stories(command)) == 9
    for made in (workspace / "stories").glob("a-*.yaml"):
        made.unlink()
    assert "9 taken as stories" in command(*by_column, "--date", "2026-08").stdout
    assert "10 already there" in command(*by_column, "--date", "2026-08").stdout


def test_a_row_edited_since_is_kept_and_said(command: Command, workspace: Path) -> None:
    told = (
        "id,date,review\n7,2026-08-01,He carried the bags up for us\n8,2026-08-02,She lent us her umbrella\n"
    )
    (workspace / "a.csv").write_text(told, "utf-8")
    assert "other words" not in command("import", "a.csv").stdout
    (workspace / "a.csv").write_text(
        told.replace("for us", "for all of us") + "9,,He waved us off\n", "utf-8"
    )
    done = command("import", "a.csv")
    assert "2 taken as stories" in done.stdout and "1 already there" in done.stdout
    assert (
        "1 row has the number, date and site of a story that is there in other words (2026-08-01-7, "
        in done.stdout
    )


def test_the_language_of_a_file_is_that_of_its_stories(command: Command, workspace: Path) -> None:
    (workspace / "kunden.csv").write_text(
        "Kommentar,Datum\nEr lieh mir sein Rad für den Weg.,14.03.2026\n", "utf-8"
    )
    for said, hint in (("German", "Did you mean --language de?"), ("d", "Write it like de or de-AT")):
        wrong = command("import", "kunden.csv", "--map", "text=Kommentar", "--language", said)
        assert wrong.returncode == 2 and hint in wrong.stderr
    assert command("import", "kunden.csv", "--map", "text=Kommentar", "--language", "de-AT").returncode == 0
    (kept,) = Workspace(workspace).stories()
    assert (kept.language, kept.date) == ("de-AT", "2026-03-14")


def test_a_file_name_in_another_encoding(command: Command, workspace: Path) -> None:
    name = os.fsdecode(b"gr\xfcn.csv")
    (workspace / name).write_text("text,date\nAnn ran back to us with our bag,2026-01-02\n", "utf-8")
    done = command("import", name)
    assert done.returncode == 0, done.stderr
    assert "gr\ufffdn.csv" in (workspace / "records" / "imports.jsonl").read_text("utf-8")


def test_an_import_says_that_its_sites_look_like_where_customers_live(
    command: Command, workspace: Path
) -> None:
    towns = "".join(f"2026-03-{day:02},Town{day},She walked us to tram {day}\n" for day in range(1, 25))
    (workspace / "towns.csv").write_text("date,location,text\n" + towns, "utf-8")
    said = command("import", "towns.csv", "--dry-run").stdout
    assert "'location' holds 24 different places in 24 stories" in said
    assert "leave it out: --map site=." in said
    files = json.loads(command("import", "towns.csv", "--dry-run", "--json").stdout)["files"]
    assert "hardly more than one story each" in files[0]["notes"][-1]
    assert "different places" not in command("import", "towns.csv", "--map", "site=location").stdout
    few = re.sub(r"Town\d+", "Quay", towns)
    (workspace / "few.csv").write_text("date,location,text\n" + few, "utf-8")
    assert "different places" not in command("import", "few.csv", "--dry-run").stdout


def test_a_dry_run_needs_no_workspace_and_an_import_does(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    assert command("import", "a.csv", *MAPS, "--dry-run").returncode == 0
    done = command("import", "a.csv", *MAPS)
    assert done.returncode == 1
    assert "servicestory init" in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_read_only_workspace_is_a_sentence(command: Command, export: Path) -> None:
    folder = export.parent / "stories"
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        done = command("import", export.name, *MAPS)
    finally:
        folder.chmod(0o755)
    assert done.returncode == 1
    assert "permission" in done.stderr


def test_an_import_stopped_half_way_is_completed_by_the_next(command: Command, workspace: Path) -> None:
    rows = "".join(
        f"r{n},20{10 + n % 16}-0{n % 9 + 1},Story number {n} of a long and busy year\n" for n in range(3000)
    )
    (workspace / "long.csv").write_text(f"id,day,told\n{rows}", "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "servicestory", "import", "long.csv"],
        cwd=workspace,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(600):
        if len(list((workspace / "stories").glob("*.yaml"))) > 10:
            break
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode in (0, 130), said
    assert "Traceback" not in said
    assert command("check").returncode == 0
    done = command("import", "long.csv")
    assert done.returncode == 0, done.stderr
    assert len(stories(command)) == 3000
    assert command("check").returncode == 0


# --- add ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stopped_by", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_an_import_that_is_half_done_says_how_to_finish_it(
    command: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch, stopped_by: BaseException
) -> None:
    rows = "2026-07-01,She stayed late for us\n2026-08-01,He carried the bags up\n"
    (workspace / "f.csv").write_text(f"date,comment\n{rows}", encoding="utf-8")
    real = storage.create

    def full(path: Path, data: bytes, durable: bool = True) -> bool:
        if "2026-08" in path.name:
            raise stopped_by
        return real(path, data, durable)

    with monkeypatch.context() as patched:
        patched.setattr(storage, "create", full)
        done = command("import", "f.csv")
    assert done.returncode == (130 if isinstance(stopped_by, KeyboardInterrupt) else 1)
    assert "mport the same file again" in done.stderr and "nothing is taken twice." in done.stderr
    assert ("only some of the stories were written: the disk is full" in done.stderr) == (
        done.returncode == 1
    )
    again = command("import", "f.csv")
    assert "1 taken as stories" in again.stdout and "1 already there" in again.stdout


def test_the_installed_command(tmp_path: Path) -> None:
    assert run("init", ".", at=tmp_path).returncode == 0
    done = run("add", stdin="Mira stayed until the taxi came", at=tmp_path)
    assert (done.returncode, done.stdout) == (0, "2026-10-05-a-colleague-stayed-until-the-taxi-came\n"), (
        done.stderr
    )
    assert "colleague-stayed" in run("list", at=tmp_path).stdout


def test_add_by_flags_prints_the_id_alone(command: Command, workspace: Path) -> None:
    done = command(
        "add", "--text", "Anna ran after him with his umbrella", "--title", "Umbrella", "--date", "2026-08-14",
        "--person", "Anna Berg", "--person", "Tom Ito", "--site", "Quay", "--behaviour", "Ran after the guest",
        "--outcome", "He caught his train", "--quote", "Nobody ever did that", "--rating", "9/10", "--internal",
        "--recovery", "--tag", "rain", "--reporter", "porter", "--why", "Small and great", "--channel", "desk",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "2026-08-14-umbrella\n"), done.stderr
    assert Workspace(workspace).story("2026-08-14-umbrella").people == ["Anna Berg", "Tom Ito"]
    shown = json.loads(command("show", "2026-08-14-umbrella", "--json").stdout)
    assert shown["people"] == ["a colleague", "a colleague"]
    assert shown["customer"] == {"kind": "internal"}
    assert shown["ratings"] == [{"value": 9.0, "of": 10.0}]
    plain = command("show", "2026-08-14-umbrella").stdout
    for said in (
        "Umbrella",
        "Anna Berg and Tom Ito",
        "9 of 10",
        "How it ended: He caught his train",
        "porter",
    ):
        assert said in plain or said == "porter"


def test_add_from_standard_input_and_text_files(command: Command, workspace: Path) -> None:
    done = command("add", stdin="Mira stayed until\nthe taxi came.\n")
    assert done.stdout == "2026-10-05-a-colleague-stayed-until-the-taxi-came\n"
    (workspace / "note.txt").write_text("Ida wrote the bus times on a card", "utf-8")
    assert command("add", "--file", "note.txt", "--site", "Quay").returncode == 0
    assert {story["site"] for story in stories(command)} == {None, "Quay"}


def test_the_same_title_twice_keeps_both(command: Command, workspace: Path) -> None:
    ids = [command("add", "--text", "x y", "--title", "Keys").stdout.strip() for _ in range(3)]
    assert ids == ["2026-10-05-keys", "2026-10-05-keys-2", "2026-10-05-keys-3"]


def test_a_story_that_is_there_already_is_not_kept_twice_without_a_word(
    command: Command, workspace: Path
) -> None:
    told = ("add", "--text", "Wim saw the guest's lamp flicker and brought another.")
    first = command(*told, "--date", "2026-09-01", "--person", "Wim").stdout.strip()
    for again in (told, (*told, "--date", "2026-09-01"), (*told, "--title", "The lamp", "--person", "wim")):
        done = command(*again)
        assert done.returncode == 1
        assert f"already as {first}, told of 2026-09-01" in done.stderr
        assert "--again" in done.stderr
    piped = command("add", stdin="Wim saw the guest's lamp flicker, and brought another!")
    assert (piped.returncode, piped.stdout) == (1, "")
    assert not list((workspace / "drafts").glob("*"))
    more = command(*told, "--site", "Quay", "--person", "Bo", "--person", "Wim")
    assert more.returncode == 1 and "What you tell under people and site is not in it" in more.stderr
    assert "servicestory add --resume" in more.stderr
    (draft,) = (workspace / "drafts").glob("*")
    assert "Quay" in draft.read_text("utf-8") and "Bo" in draft.read_text("utf-8")
    assert command("add", "--resume", "--again").returncode == 0
    others = [("--date", "2026-09-02", "--person", "Wim"), ("--person", "Ilka"), ("--again",)]
    assert all(command(*told, *other).returncode == 0 for other in others)
    path = workspace / "two.yaml"
    path.write_text(
        "narrative: Wim saw the guest's lamp flicker and brought another.\n---\nnarrative: He ran.\n"
    )
    done = command("add", "--file", "two.yaml")
    assert done.returncode == 0
    assert len(done.stdout.split()) == 1
    assert "already" in done.stderr
    path.write_text("narrative: Wim saw the guest's lamp flicker and brought another.\n")
    assert command("add", "--file", "two.yaml").returncode == 1


def test_a_story_counted_with_another_is_said_by_detect_and_check(command: Command, workspace: Path) -> None:
    told = "Anna saw that {} guest was looking for a pharmacy and walked him there in the rain."
    ids = [command("add", "--text", told.format(which)).stdout.strip() for which in ("a", "the")]
    command("add", "--text", "Tom carried the bags of an old lady up four flights of stairs.")
    assert f"{ids[1]} is counted with {ids[0]}" in command("detect").stdout
    (end,) = [e for e in json.loads(command("check", "--json").stdout)["loose_ends"] if ids[1] in e["refs"]]
    assert end["kind"] == "story told twice"
    assert "counted there" in command("show", ids[1]).stdout
    assert "counted there" in command("why", ids[1]).stdout
    home = re.search(r"review (P-\d+) --take-in", end["next"])
    assert home is not None
    taken = command("review", home[1], "--take-in", f"{ids[1]}:1", "--reason", "another day")
    assert taken.returncode == 0, taken.stderr
    assert "is counted with" not in command("detect").stdout


def test_check_sends_nobody_to_detect_for_what_detect_has_read(command: Command, workspace: Path) -> None:
    command("add", "--text", "Everybody there was lovely to us.", "--title", "Lovely")
    first = command("check").stdout
    assert (
        "since no detect was run yet" in first
        and "Look for practices in them with: servicestory detect\n" in first
    )
    command("detect")
    command("add", "--text", "Nobody there was ever in a hurry.", "--title", "Calm")
    assert "since the last detect has not read it" in command("check").stdout
    command("detect")
    again = command("check").stdout
    assert "2 stories belong to no practice, and the last detect has read them" in again
    assert "Look for practices" not in again


def test_what_is_not_accepted_is_kept_and_taken_up_again(command: Command, workspace: Path) -> None:
    done = command("add", "--text", "A long tale", "--rating", "11/10")
    assert done.returncode == 1
    assert "off its scale" in done.stderr
    assert "add --resume" in done.stderr
    assert "draft" in command("check").stdout
    fixed = command("add", "--resume", "--rating", "10/10")
    assert (fixed.returncode, fixed.stdout) == (0, "2026-10-05-a-long-tale\n")
    assert command("add", "--resume").returncode == 1
    assert command("add", "--title", "No story at all").returncode == 1


def test_a_day_that_is_none_loses_no_piped_story(workspace: Path, command: Command) -> None:
    done = command("add", "--person", "Ines", "--date", "31.2.2026", stdin="A long tale")
    assert done.returncode == 2 and "servicestory add --resume" in done.stderr
    fixed = command("add", "--resume", "--date", "28.2.2026")
    assert fixed.returncode == 0 and fixed.stdout.startswith("2026-02-28-")
    assert not list((workspace / "drafts").glob("*.yaml"))


@pytest.mark.parametrize(
    ("typed", "code", "kept"),
    [
        (("--text", "Ines ran after her", "--date", "31.2.2026"), 2, {"date": "31.2.2026"}),
        (("--text", "Ines ran after her", "--persn", "Ines"), 2, {"people": ["Ines"]}),
        (("--text", "Ines ran after her", "--rating"), 2, {}),
        (("--text", "Ines ran after her", "--person", "--internal"), 2, {"internal": True}),
        (("--text", "Ines ran after her", "--file", "no.yaml"), 2, {}),
        (("--text", "Ines", "ran", "after her", "--person=Ines", "Roth"), 2, {"people": ["Ines Roth"]}),
        (("Ines", "ran", "after", "her", "--tag", "keys"), 2, {"tags": ["keys"]}),
        (("--text=Ines", "--text", "ran after her"), 2, {"narrative": "Ines\nran after her"}),
    ],
)
def test_no_refusal_loses_what_was_told(
    workspace: Path, command: Command, typed: tuple[str, ...], code: int, kept: dict[str, Any]
) -> None:
    done = command("add", *typed)
    assert done.returncode == code
    assert "kept in drafts/draft-001.yaml; finish it with: servicestory add --resume" in done.stderr
    ws = Workspace(workspace)
    told = YAML(typ="safe").load(ws.load_draft("draft-001.yaml"))
    assert told == {"narrative": "Ines ran after her", **kept}
    command("add", *typed)
    assert ws.drafts() == ["draft-001.yaml"], "the same call once more is the same draft"
    story = kept.get("narrative", "Ines ran after her")
    right = ("--text", story, "--person", "Ines", "--internal", "--tag", "keys", "--date", "28.2.2026")
    assert command("add", *right).returncode == 0
    assert ws.drafts() == [], "put right, it waits no longer"


def test_an_option_called_by_a_field_or_a_question_is_told_the_right_one(
    workspace: Path, command: Command
) -> None:
    for word, meant in (("people", "person"), ("who", "person"), ("where", "site")):
        assert (
            f"No such option: --{word} (Possible options: --{meant})"
            in command("add", f"--{word}", "x").stderr
        )


def test_what_can_be_kept_nowhere_is_said_to_the_last_word(workspace: Path, command: Command) -> None:
    (workspace / "drafts").write_text("in the way", "utf-8")
    told = " ".join(f"word{n}" for n in range(600))
    done = command("add", "--text", told, "--date", "31.2.2026")
    assert done.returncode == 2 and "copy it from these lines" in done.stderr
    assert told in done.stderr


def test_a_refused_story_waits_though_another_is_told_in_lines_as_well(
    workspace: Path, command: Command
) -> None:
    assert command("add", "--behaviour", "Oiled the chain", "--bogus").returncode == 2
    other = command("add", "--behaviour", "Lent a lamp", "--date", "3.8.2026")
    assert other.returncode == 0 and Workspace(workspace).drafts() == ["draft-001.yaml"]
    right = ("--behaviour", "Oiled the chain", "--text", "She saw to it at once", "--date", "3.8.2026")
    assert command("add", *right).returncode == 0 and Workspace(workspace).drafts() == []


def test_several_names_after_one_person_are_several_people(workspace: Path, command: Command) -> None:
    done = command(
        "add", "--text", "They ran after her", "--person", "Kev & Ida Moss", "--person", "Holm, Bea"
    )
    assert done.returncode == 0 and "Kev & Ida" not in done.stderr
    story = YAML(typ="safe").load((workspace / "stories" / f"{done.stdout.strip()}.yaml").read_text("utf-8"))
    assert story["people"] == ["Kev", "Ida Moss", "Holm, Bea"]
    said = "it was Lena (I think); das Team, ich weiß nicht wer noch"
    done = command("add", "--text", "Lena ran after the bus", "--person", said, "--person", "Jo und Max")
    assert "“das Team” and “ich weiß nicht wer noch” name nobody" in " ".join(done.stderr.split())
    story = YAML(typ="safe").load((workspace / "stories" / f"{done.stdout.strip()}.yaml").read_text("utf-8"))
    assert story["people"] == ["Lena", "Jo", "Max"]


def test_a_number_taken_out_of_the_story_does_not_wait_on_in_a_draft(
    workspace: Path, command: Command
) -> None:
    told = ("--text", "Ines rang 0161 496 0123 and wrote to ada@example.org", "--date")
    assert command("add", *told, "31.2.2026").returncode == 2
    assert Workspace(workspace).drafts() == ["draft-001.yaml"]
    assert command("add", *told, "28.2.2026").returncode == 0
    assert Workspace(workspace).drafts() == []


def test_a_call_that_tells_nothing_leaves_no_draft(workspace: Path, command: Command) -> None:
    for typed in (("--date", "31.2.2026"), ("--persn", "Ines"), ("--reflect", "--text", "Help", "--nr", "1")):
        assert "kept" not in command("add", *typed).stderr
    assert Workspace(workspace).drafts() == []


def test_a_story_that_cannot_be_written_is_kept_or_said_again(command: Command, workspace: Path) -> None:
    (workspace / "stories").rename(workspace / "away")
    (workspace / "stories").write_text("a file where the folder was")
    done = command("add", "--text", "A tale worth keeping")
    assert done.returncode == 1
    assert "add --resume" in done.stderr
    (workspace / "drafts").rename(workspace / "old")
    (workspace / "drafts").write_text("a file here too")
    done = command("add", "--text", "A tale worth copying")
    assert done.returncode == 1
    assert "narrative: A tale worth copying" in done.stderr
    for name, old in (("stories", "away"), ("drafts", "old")):
        (workspace / name).unlink()
        (workspace / old).rename(workspace / name)
    assert command("add", "--resume").stdout == "2026-10-05-a-tale-worth-keeping\n"


def test_nothing_typed_is_no_draft(command: Command, workspace: Path) -> None:
    done = command("add")
    assert done.returncode == 1
    assert "Nothing is told yet" in done.stderr
    assert "resume" not in done.stderr


def test_people_with_fields_of_their_own_are_told_how_people_are_written(
    command: Command, workspace: Path
) -> None:
    path = workspace / "one.yaml"
    path.write_text("title: Keys\npeople:\n  - name: Wim\nnarrative: Wim ran.\n", "utf-8")
    done = command("add", "--file", "one.yaml")
    assert done.returncode == 1 and "one.yaml:3:" in done.stderr
    assert "Write it like this: people: [Anna Berg, Tom Ito]" in done.stderr


def test_stories_in_a_file_are_all_checked_before_one_is_kept(command: Command, workspace: Path) -> None:
    path = workspace / "two.yaml"
    path.write_text("title: Keys\nnarrative: He ran.\n---\ntitle: Lamp\nnarrativ: She came.\n", "utf-8")
    done = command("add", "--file", "two.yaml")
    assert done.returncode == 1
    assert "two.yaml:5: 'narrativ' is not a field of a story; did you mean 'narrative'?" in done.stderr
    assert stories(command) == []
    path.write_text(path.read_text().replace("narrativ:", "rating: great\nnarrative:"), "utf-8")
    assert "two.yaml:5: The rating 'great'" in command("add", "--file", "two.yaml").stderr
    path.write_text(path.read_text().replace("rating: great\n", "sitte: Quay\n"), "utf-8")
    assert "two.yaml:5: 'sitte'" in command("add", "--file", "two.yaml").stderr
    path.write_text(path.read_text().replace("sitte:", "site:"), "utf-8")
    assert command("add", "--file", "two.yaml").stdout == "2026-10-05-keys\n2026-10-05-lamp\n"
    path.write_text("# nothing\n", "utf-8")
    assert command("add", "--file", "two.yaml").returncode == 1
    assert command("add", "--file", "two.yaml", "--edit").returncode == 2


def test_the_form_in_an_editor(command: Command, workspace: Path) -> None:
    def editor(script: str) -> dict[str, str]:
        path = workspace / "editor.py"
        path.write_text(
            f"import sys, pathlib\np = pathlib.Path(sys.argv[1])\nt = p.read_text()\n{script}\n", "utf-8"
        )
        return {"EDITOR": f"{sys.executable} {path}"}

    left = command("add", "--edit", env=editor("pass"))
    assert (left.returncode, left.stdout) == (0, "")
    assert "nothing is kept" in left.stderr
    wrong = command("add", "--edit", env=editor("p.write_text(t.replace('narrative: |-', 'narrative: |-x'))"))
    assert wrong.returncode == 1
    assert "add --resume" in wrong.stderr
    right = command(
        "add",
        "--resume",
        "--edit",
        env=editor("p.write_text('narrative: He ran\\npeople: [Anna Berg, Tom]\\n')"),
    )
    assert right.returncode == 2
    (workspace / "drafts" / "draft-001.yaml").write_text("narrative: He ran\npeople: [Anna Berg, Tom]\n")
    assert command("add", "--resume").stdout == "2026-10-05-he-ran\n"
    done = command(
        "add",
        "--edit",
        "--person",
        "Li",
        env=editor("p.write_text(t.replace('|-  ', '|-').replace('\\n  \\n', '\\n  He came back.\\n'))"),
    )
    assert done.returncode == 0, done.stderr
    assert Workspace(workspace).story(done.stdout.strip()).people == ["Li"]
    assert command("add", "--edit", env={"EDITOR": "no-such-editor"}).returncode == 1
    assert command("add", "--edit", env={"EDITOR": "false"}).returncode == 1


def test_what_an_editor_did_is_understood(command: Command, workspace: Path) -> None:
    def editor(script: str) -> dict[str, str]:
        path = workspace / "editor.py"
        path.write_text(f"import sys, pathlib\np = pathlib.Path(sys.argv[1])\n{script}\n", "utf-8")
        return {"EDITOR": f"{sys.executable} {path}"}

    gone = command("add", "--edit", env=editor("p.unlink()"))
    assert (gone.returncode, gone.stdout) == (0, "")
    assert "nothing is kept" in gone.stderr
    for broken in ('"unclosed', "no-such-editor", "false"):
        done = command("add", "--edit", env={"EDITOR": broken})
        assert done.returncode == 1, done.stderr
    assert not list((workspace / "drafts").glob("draft-*"))
    done = command("add", "--edit", env=editor("p.write_bytes(b'narrative: gr\\xfcn\\n')"))
    assert json.loads(command("show", done.stdout.strip(), "--json").stdout)["narrative"] == "grün"


def test_files_and_pipes_that_hold_no_story(command: Command, workspace: Path) -> None:
    (workspace / "empty.yaml").write_text("")
    (workspace / "picture.txt").write_bytes(b"\x89PNG\0\0")
    (workspace / "two.yaml").write_text("narrative: one\n---\nnarrative: two\ndate: never\n")
    for name, said in (
        ("empty.yaml", "empty.yaml: this file is empty"),
        ("emty.yaml", "Did you mean empty.yaml?"),
        ("nowhere.md", "there is no such file. Look at the name"),
        (".", "this is a folder, not a file"),
        ("picture.txt", "not a text file"),
        ("two.yaml", "two.yaml:4: 'never' is not a date"),
    ):
        done = command("add", "--file", name)
        assert done.returncode == 1
        assert said in done.stderr
    assert stories(command) == []


def test_binary_standard_input_is_no_story(workspace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "servicestory", "add"],
        cwd=workspace, input=bytes(range(256)) * 9, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"is not text" in done.stderr
    assert not list((workspace / "stories").iterdir())


def test_names_almost_known_are_a_remark(command: Command, workspace: Path) -> None:
    page = workspace / "servicestory.yaml"
    page.write_text(
        page.read_text("utf-8") + "\nstaff:\n  - name: Anna Berg\nsites:\n  - name: Quay\n", "utf-8"
    )
    done = command("add", "--text", "x y", "--person", "Ana Berg", "--site", "Quai")
    assert done.returncode == 0
    assert "Did you mean Anna Berg?" in done.stderr
    assert "Did you mean Quay?" in done.stderr
    assert command("add", "--text", "x z", "--person", "Anna Berg", "--site", "Quay").stderr == ""
    page.write_text(page.read_text("utf-8") + "nonsense: [\n", "utf-8")
    broken = command("add", "--text", "kept all the same", "--person", "Bo", "--site", "Moon")
    assert broken.returncode == 0
    assert "servicestory.yaml cannot be read" in broken.stderr


def test_a_rating_without_its_scale_is_remarked(command: Command, workspace: Path) -> None:
    told = command("add", "--text", "He ran after the tram with her hat.", "--rating", "9")
    assert told.returncode == 0 and "The rating 9 does not say of how much" in told.stderr
    told = command("add", "--text", "She ran after the tram with his hat.", "--rating", "9/10")
    assert told.stderr == ""


def test_personal_data_in_a_told_story_is_replaced_unless_the_house_keeps_it(
    command: Command, workspace: Path
) -> None:
    told = ("--text", "He wrote to jo@example.com at night", "--quote", "Ring +49 30 1234567!")
    done = command("add", *told, "--behaviour", "writes to jo@example.com")
    assert "Replaced in the story: 2 e-mail and 1 phone." in done.stderr
    kept = (workspace / "stories" / f"{done.stdout.strip()}.yaml").read_text("utf-8")
    assert "jo@example" not in kept and "1234567" not in kept and "example-com" not in done.stdout
    assert kept.count("[e-mail]") >= 2 and "[phone]" in kept
    page = workspace / "told.yaml"
    page.write_text("narrative: Ask al@example.com, always kind.\ndate: 2026-03-01\n", "utf-8")
    done = command("add", "--file", str(page))
    assert "1 e-mail" in done.stderr
    assert "al@example" not in (workspace / "stories" / f"{done.stdout.strip()}.yaml").read_text("utf-8")

    house = workspace / "servicestory.yaml"
    house.write_text(house.read_text("utf-8").replace("redact: yes", "redact: no"), "utf-8")
    done = command("add", "--text", "He wrote to bo@example.com at noon")
    assert "Replaced" not in done.stderr
    assert "bo@example.com" in (workspace / "stories" / f"{done.stdout.strip()}.yaml").read_text("utf-8")


# --- list, show, search, edit, check ---------------------------------------------------------------------


def test_the_last_of_a_list_are_the_newest_however_their_day_is_known(
    command: Command, workspace: Path
) -> None:
    for day in ("2026-Q1", "2026-03-05", "2026-02", "2026"):
        command("add", "--text", f"He ran after the bus number {day}.", "--date", day, "--title", "Bus")
    listed = json.loads(command("list", "--json").stdout)["stories"]
    assert [s["date"] for s in listed] == ["2026", "2026-Q1", "2026-02", "2026-03-05"]


def test_list_says_a_site_no_story_has(command: Command, workspace: Path) -> None:
    command("add", "--text", "He ran after the bus.", "--site", "Quay")
    assert "No story has the site 'Quai'. Did you mean 'Quay'?" in command("list", "--site", "Quai").stderr
    assert "No story has" not in command("list", "--site", "quay").stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "a.yaml",
            "id: a\nnarrative: He ran after the bus and stopped it.\n",
            "servicestory add --file a.yaml",
        ),
        ("a.html", "<!doctype html>\n<p>He ran after the bus and stopped it.</p>\n", "a page with markup"),
        (
            "a.txt",
            "He ran after the bus.\nShe gave us her umbrella at once.\n",
            "a first line with the word text",
        ),
    ],
)
def test_a_text_that_is_no_table_is_not_imported_line_by_line(
    command: Command, workspace: Path, name: str, text: str, said: str
) -> None:
    (workspace / name).write_text(text, "utf-8")
    done = command("import", name)
    assert done.returncode == 1
    assert said in done.stderr
    assert command("list", "--json").stdout.count('"id"') == 0


def test_what_to_type_instead_names_the_file_where_it_is(command: Command, workspace: Path) -> None:
    (workspace / "sent in").mkdir()
    (workspace / "sent in" / "a.yaml").write_text("narrative: He ran after the bus.\n", "utf-8")
    assert "servicestory add --file 'sent in/a.yaml'" in command("import", "sent in/a.yaml").stderr


def test_list_filters(command: Command, export: Path) -> None:
    assert "no stories yet" in command("list").stdout
    command("import", export.name, *MAPS)
    command(
        "add", "--text", "He ran", "--date", "2026-08", "--site", "Quay", "--team", "Desk", "--tag", "rain"
    )

    def found(*arguments: str) -> list[str]:
        return [s["id"] for s in json.loads(command("list", "--json", *arguments).stdout)["stories"]]

    assert found() == ["2026-03-r1", "2026-03-r2", "2026-08-he-ran"]
    assert found("--site", "quay") == ["2026-03-r1", "2026-08-he-ran"]
    assert found("--team", "desk") == ["2026-08-he-ran"]
    assert found("--tag", "Rain") == ["2026-08-he-ran"]
    assert found("--period", "2026-Q1") == ["2026-03-r1", "2026-03-r2"]
    assert found("--since", "2026-04") == ["2026-08-he-ran"]
    assert found("--until", "2026-03-15") == ["2026-03-r1", "2026-03-r2"]
    assert found("--limit", "1") == ["2026-08-he-ran"]
    assert command("list", "--period", "spring").returncode == 2
    shown = command("list", "--site", "Pier")
    assert "2026-03-r2" in shown.stdout
    assert "1 story of 3" in shown.stderr


def test_in_a_narrow_terminal_ids_can_still_be_copied(command: Command, workspace: Path) -> None:
    title = "Walked with him to the pharmacy in the rain and waited"
    made = command("add", "--text", "He ran", "--title", title, "--site", "Quay").stdout.strip()
    for columns in ("40", "80", "200"):
        shown = command("list", env={"COLUMNS": columns}).stdout
        assert made in shown
        assert "Quay" in shown


def test_help_and_complaints_name_no_types(command: Command, workspace: Path) -> None:
    assert "Usage: servicestory search [OPTIONS] WORDS...\n" in command("search", "--help").stdout
    shown = command("measure", "record", "--help").stdout
    assert "[OPTIONS] ID" in shown and "<str>" not in shown
    assert "this is not a number" in command("import", "x.csv", "--min-rating", "good").stderr
    assert "it must be at least 1" in command("list", "--limit", "0").stderr


def test_search_and_show(command: Command, export: Path) -> None:
    assert "There are no stories yet" in command("search", "umbrella").stdout
    command("import", export.name, *MAPS)
    assert "Tom found our lost camera" in command("search", "CAMERA", "ferry").stdout
    hits = json.loads(command("search", "tram", "--json").stdout)
    assert [hit["record"] for hit in hits["stories"]] == ["r1"]
    assert "None of 2 stories" in command("search", "zeppelin").stdout
    wrong = command("show", "2026-03-r11")
    assert wrong.returncode == 1
    assert "Did you mean 2026-03-r1" in wrong.stderr
    assert command("show", "P-0007").returncode == 1
    assert "File:" in command("show", "2026-03-r2").stdout


def test_edit_by_flags_and_in_the_editor(command: Command, workspace: Path) -> None:
    path = workspace / "stories" / "keys.yaml"
    path.write_text(
        "# my own remark\nid: keys\ndate: 2026-08-01\nnarrative: He ran   # fast\nsite: Quay\n", "utf-8"
    )
    done = command("edit", "keys", "--set", "site=Pier", "--set", "people=Anna, Tom", "--set", "rating=9/10",
                   "--set", "internal=yes", "--set", "behaviours=ran; came back", "--set", "date=yesterday")  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = path.read_text("utf-8")
    assert "# my own remark" in text
    assert "narrative: He ran   # fast" in text
    shown = json.loads(command("show", "keys", "--json").stdout)
    assert (shown["site"], shown["date"]) == ("Pier", "2026-10-04")
    assert Workspace(workspace).story("keys").people == ["Anna", "Tom"]
    assert shown["behaviours"] == ["ran", "came back"]
    command("edit", "keys", "--set", "site=", "--set", "reporter=porter")
    assert "site" not in json.loads(command("show", "keys", "--json").stdout)
    for words, said in (
        ("site", "no equals"),
        ("sitte=x", "did you mean 'site'?"),
        ("employee=x", "did you mean 'people'?"),
        ("where=x", "did you mean 'site'?"),
        ("story=x", "did you mean 'narrative'?"),
        ("xyz=x", "The fields that can be set are date, title, narrative"),
        ("source=x", "parts of its own"),
    ):
        wrong = command("edit", "keys", "--set", words)
        assert (wrong.returncode, said in wrong.stderr) == (2, True), wrong.stderr
    assert command("edit", "keys", "--set", "person=Mia, Bo").returncode == 0, "as add calls it"
    assert Workspace(workspace).story("keys").people == ["Mia", "Bo"]
    assert command("edit", "keys", "--set", "recovery=perhaps").returncode == 1
    assert command("edit", "kees", "--set", "site=x").returncode == 1
    script = workspace / "editor.py"
    script.write_text("import sys, pathlib\np = pathlib.Path(sys.argv[1])\nold, new = sys.argv[2:0:-1] if 0 else "
                      "pathlib.Path(__file__).with_suffix('.txt').read_text().split('|')\n"
                      "p.write_text(p.read_text().replace(old, new))\n", "utf-8")  # fmt: skip
    env = {"EDITOR": f"{sys.executable} {script}"}
    script.with_suffix(".txt").write_text("He ran|He flew")
    assert "changed" in command("edit", "keys", env=env).stdout
    assert "# my own remark\nid: keys" in path.read_text("utf-8")
    assert "narrative: He flew   # fast" in path.read_text("utf-8")
    script.with_suffix(".txt").write_text("narrative:|narativ:")
    wrong = command("edit", "keys", env=env)
    assert wrong.returncode == 1
    assert "is kept" in wrong.stderr
    assert "narrative: He flew" in path.read_text("utf-8")
    script.with_suffix(".txt").write_text("narativ: He flew|narrative: He swam")
    assert command("edit", "keys", env=env).returncode == 0
    assert "He swam" in path.read_text("utf-8")
    script.with_suffix(".txt").write_text("id: keys|id: locks")
    assert "never changes" in command("edit", "keys", env=env).stderr


def test_check_names_what_is_broken_with_its_line(command: Command, export: Path) -> None:
    command("import", export.name, *MAPS)
    clean = command("check")
    assert clean.returncode == 0
    assert "Nothing is broken" in clean.stdout
    assert "2 stories with nobody on record who did it" in clean.stdout
    assert "servicestory review --names" in clean.stdout
    (export.parent / "stories" / "bad.yaml").write_text("id: bad\ndate: 2026-13-01\nnarrative: x\n", "utf-8")
    (export.parent / "records" / "measures.jsonl").write_text('{"id": "csat"}\n{"id": \n', "utf-8")
    (export.parent / "practices" / "P-0001-x.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Walk with them\nevidence:\n"
        "  - {story: 2026-03-r1, start: 0, end: 9000}\n  - {story: gone, start: 0, end: 4}\n"
        "  - {story: 2026-03-r2, start: 9, end: 4}\n",
        "utf-8",
    )
    done = command("check")
    assert done.returncode == 1
    for said in (
        "stories/bad.yaml:2",
        "records/measures.jsonl:2",
        "practices/P-0001-x.yaml:1",
        "'gone', which is not there",
        "shorter than it was",
        "'2026-03-r2', where its words end before they begin",
    ):
        assert said in done.stderr
    listed = command("list", "--json")
    assert listed.returncode == 1
    assert len(json.loads(listed.stdout)["stories"]) == 2
    found = json.loads(command("check", "--json").stdout)
    assert {b["where"] for b in found["broken"]} >= {"stories/bad.yaml:2", "records/measures.jsonl:2"}
    assert command("search", "camera").returncode == 1
    assert "P-0001" in command("show", "P-0001").stdout


def test_check_names_a_story_of_a_day_to_come_and_an_id_no_file_can_have(
    command: Command, workspace: Path
) -> None:
    (workspace / "stories" / "a.yaml").write_text("id: a\ndate: 2031-01-01\nnarrative: He will run.\n")
    (workspace / "stories" / "b.yaml").write_text("id: ../b\nnarrative: He ran.\n")
    (workspace / "practices" / "p.yaml").write_text("id: P7\nname: Run\n")
    said = command("check").stderr
    assert "stories/a.yaml:1: the day 2031-01-01 lies in the future" in said
    assert "stories/b.yaml:1: 'id' cannot be '../b'. Write it without blanks and slashes" in said
    assert "practices/p.yaml:1: 'id' cannot be 'P7'. Write it like P-0001" in said


def test_check_reads_every_kind_of_record_that_is_written(workspace: Path, command: Command) -> None:
    source = Path(servicestory.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(source.rglob("*.py")))
    written = sorted(set(re.findall(r'\.append\("([a-z-]+)", \[', text)))
    assert {"actions", "encounters", "names", "observations"} <= set(written)
    (workspace / "records").mkdir(exist_ok=True)
    for kind in written:
        (workspace / "records" / f"{kind}.jsonl").write_text("null\n", encoding="utf-8")
    said = command("check").stderr
    assert [kind for kind in written if f"records/{kind}.jsonl:1" not in said] == []


@pytest.mark.parametrize(
    "call", [("list",), ("search", "x"), ("check",), ("show", "x"), ("edit", "x"), ("add", "--text", "x")]
)
def test_without_a_workspace_every_command_says_how_to_begin(
    command: Command, tmp_path: Path, call: tuple[str, ...]
) -> None:
    done = command(*call)
    assert done.returncode == 1
    assert "servicestory init" in done.stderr


# --- a person at a terminal ------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal")
def test_the_questions_and_an_interrupted_answer(workspace: Path, command: Command) -> None:
    import pexpect

    def start(*arguments: str) -> "pexpect.spawn[str]":
        return pexpect.spawn(
            sys.executable,
            ["-m", "servicestory", *arguments],
            cwd=str(workspace),
            encoding="utf-8",
            timeout=60,
            env={**os.environ, "SERVICESTORY_TODAY": "2026-10-05", "TERM": "xterm"},
        )

    talk = start("add")
    talk.expect("What happened")
    talk.sendline("Mira walked with him")
    talk.sendline("")
    talk.expect("Who made it happen")
    press_ctrl_c(talk, "add --resume")
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 130
    assert stories(command) == []
    talk = start("add", "--resume")
    talk.expect("So far: Mira walked with him")
    talk.sendline("")
    talk.expect("Who made it happen")
    talk.sendline("Mira and Tom")
    talk.expect("Where")
    talk.sendline("Quay")
    talk.expect("When")
    talk.sendline("3/4/2026")
    talk.expect("two ways")
    talk.sendline("2026-04-03")
    talk.expect("How did it end")
    talk.sendline("")
    talk.expect("May it be retold")
    talk.sendline("perhaps")
    talk.expect("Type yes or no")
    talk.sendline("yes")
    talk.expect("2026-04-03-a-colleague-walked-with-him")
    talk.expect("Thank you")
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 0
    told = Workspace(workspace).story("2026-04-03-a-colleague-walked-with-him")
    assert told.people == ["Mira", "Tom"]
    assert told.all_agreed_to("training") and told.consent[0].on == "2026-10-05"
    assert not list((workspace / "drafts").glob("draft-*"))


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal")
def test_names_no_list_has_are_asked_about_in_a_terminal(workspace: Path) -> None:
    import pexpect

    page = workspace / "servicestory.yaml"
    lists = "sites: [{name: Quay}, {name: Pier}]\nstaff: [{name: Ines Roth}, {name: Ines Rohde}, {name: Tom Ito}]\n"
    page.write_text(page.read_text("utf-8") + lists, "utf-8")
    story = ("--text", "She oiled the chain of his bicycle.", "--person", "Ines", "--person", "Tom Itoo")
    talk = pexpect.spawn(
        sys.executable,
        ["-m", "servicestory", "add", *story, "--site", "Moon", "--person", "Zuzka"],
        cwd=str(workspace),
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "SERVICESTORY_TODAY": "2026-10-05", "TERM": "xterm"},
    )
    talk.expect("1  Ines Rohde")
    talk.expect("Whom do you mean")
    talk.sendline("2")
    talk.expect(r"Did you mean Tom Ito\?")
    talk.sendline("n")
    talk.expect("'Moon' is not in servicestory.yaml. It lists Quay and Pier")
    talk.expect("Which is it")
    talk.sendline("y")  # out of habit: no site is called so
    talk.expect("'y' is none of them. Keep it")
    talk.sendline("n")
    talk.expect("Which is it")
    talk.sendline("Pier")
    talk.expect("2026-10-05-she-oiled")
    talk.expect(pexpect.EOF)
    assert "Did you mean" not in talk.before, "what was asked is not said once more"
    talk.close()
    (kept,) = Workspace(workspace).stories()
    assert (kept.people, kept.site) == (["Ines Roth", "Tom Itoo", "Zuzka"], "Pier")


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal")
def test_each_line_of_a_story_is_kept_as_it_is_told(workspace: Path, command: Command) -> None:
    import pexpect

    talk = pexpect.spawn(
        sys.executable,
        ["-m", "servicestory", "add"],
        cwd=str(workspace),
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "TERM": "xterm"},
    )
    talk.expect("What happened")
    talk.expect("> ")
    talk.sendline("")
    talk.expect("a sentence or two")
    talk.sendline("The first line")
    talk.expect("> ")
    talk.send("the second, half")
    talk.expect("half")
    press_ctrl_c(talk, "add --resume")
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 130
    assert command("add", "--resume").returncode == 0
    (only,) = stories(command)
    told = json.loads(command("show", only["id"], "--json").stdout)["narrative"]
    assert told == "The first line\nthe second, half"


# --- real exports, where they are ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments", "least"),
    [
        ("hotels_boston_reviews.csv", ("--map", "text=positive", "--min-rating", "9"), 2000),
        ("restaurants_reviews.csv", ("--min-rating", "5"), 3000),
        ("airline_reviews.csv", ("--min-rating", "9"), 500),
        ("coffee_reviews.csv", ("--min-rating", "4"), 100),
    ],
)
def test_real_exports(
    command: Command, workspace: Path, name: str, arguments: tuple[str, ...], least: int
) -> None:
    path = shared() / "data" / name
    done = command("import", str(path), *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["files"][0]
    assert found["taken"] >= least
    assert found["columns"]["record"]
    assert (
        found["rows"]
        == found["taken"] + sum(found["skipped"].values()) + found["quarantined"] + found["already"]
    )


def test_no_id_that_is_made_holds_a_name_the_text_gives_a_colleague(
    command: Command, workspace: Path
) -> None:
    told = command("add", "--text", "Torvald walked us to the ward, and it rained.", "--date", "2026-03-04")
    assert told.stdout.split()[0] == "2026-03-04-a-colleague-walked-us-to-the-ward-and-it-rained"
    brought = command("add", "--text", "Mr Quist brought us plums.", "--date", "2026-03-05")
    assert brought.stdout.split()[0] == "2026-03-05-a-customer-brought-us-plums"
    named = command("add", "--text", "Thanks to Ilka we were warm.", "--title", "Ilka and the stove")
    assert "ilka" not in named.stdout
    (workspace / "more.csv").write_text("text,rating\nTorvald showed us the harbour,5\n", encoding="utf-8")
    command("import", "more.csv", "--date", "2026-03")
    ids = [story.id for story in Workspace.find(workspace).stories()]
    assert "2026-03-a-colleague-showed-us-the-harbour" in ids
    assert not any("torvald" in ref or "ilka" in ref for ref in ids)


def test_check_points_to_ids_and_file_names_that_hold_a_name(command: Command, workspace: Path) -> None:
    stories = {
        "runas-tea": ("runas-tea", "narrative: Runa brought us tea.\n"),
        "ole-and-the-dog": ("dog", "narrative: A dog.\npeople: [Ole Lund]\n"),
        "the-boat": ("mails-from-ole", "narrative: A boat.\n"),
    }
    for ref, (file, rest) in stories.items():
        text = f"schema: 1\nid: {ref}\ndate: 2026-01-02\ntitle: Told\n{rest}"
        (workspace / "stories" / f"{file}.yaml").write_text(text, encoding="utf-8")
    said = command("check")
    assert said.returncode == 0
    plain = " ".join(said.stdout.split())
    assert "The id runas-tea holds the name of somebody. Next: give the story another in" in plain
    assert "The id ole-and-the-dog holds the name of somebody" in plain
    assert "The file name stories/mails-from-ole.yaml holds the name of somebody" in plain
    assert plain.count("holds the name") == 3
    kinds = [end["kind"] for end in json.loads(command("check", "--json").stdout)["loose_ends"]]
    assert kinds.count("name in an id") == 3


def test_a_file_of_which_nothing_fits_is_to_be_put_right(command: Command, workspace: Path) -> None:
    page = workspace / "marks.csv"
    page.write_text(
        'rating,text\n4/5,"Ana lent us boots"\n99,"Tom mended the gate at once"\n', encoding="utf-8"
    )
    done = command("import", "marks.csv")
    assert done.returncode == 0 and "off its scale" in done.stdout
    assert "Another scale is said in the column's name, like: rating (1-10)" in done.stdout
    page.write_text('rating (1-5),text\n9,"Ana lent us skates"\n8,"Tom rang us back"\n', encoding="utf-8")
    done = command("import", "marks.csv", "--dry-run")
    assert done.returncode == 1 and "0 would be taken as stories" in done.stdout


def test_a_text_on_standard_input_beside_options_is_not_lost_in_silence(tmp_path: Path) -> None:
    assert run("init", ".", at=tmp_path).returncode == 0
    told = ("add", "--behaviour", "Ran after the guest with the scarf")
    done = run(*told, stdin="The clerk ran after us with the scarf.", at=tmp_path)
    assert done.returncode == 0
    assert "standard input was not read" in done.stderr and "--text -" in done.stderr
    assert "standard input" not in run(*told, stdin="", at=tmp_path).stderr
    taken = run(*told, "--text", "-", stdin="The clerk ran after us.", at=tmp_path)
    assert "standard input" not in taken.stderr
    assert "The clerk ran after us." in run("show", taken.stdout.strip(), at=tmp_path).stdout


@pytest.mark.parametrize(
    ("line", "meant"),
    [("text: She rang", "narrative"), ("story: She rang", "narrative"), ("description: x", "narrative"),
     ("name: Ada", "people"), ("staff: [Ada]", "people"), ("behavior: Ran", "behaviours"),
     ("hotel: Quay", "site")],
)  # fmt: skip
def test_a_field_of_another_name_in_a_file_is_told_the_right_one(
    command: Command, workspace: Path, line: str, meant: str
) -> None:
    file = workspace / "told.yaml"
    for before in ("", "narrative: She rang us\n"):
        file.write_text(f"{before}{line}\n", encoding="utf-8")
        done = command("add", "--file", str(file))
        word, at = line.partition(":")[0], before.count("\n") + 1
        assert done.returncode == 1
        assert f"told.yaml:{at}: '{word}' is not a field of a story; did you mean '{meant}'?" in done.stderr
    file.write_text("narrative: She rang us\nrating: 9/10\ninternal: yes\nreporter: guest\n", "utf-8")
    assert command("add", "--file", str(file)).returncode == 0


def test_a_rating_no_number_can_hold_sets_its_row_aside(command: Command, workspace: Path) -> None:
    rows = [f"2026-01-0{n},She stayed late for guest {n},{'9' * 5000 if n == 3 else n}" for n in range(1, 6)]
    (workspace / "a.csv").write_text("date,review,score (1-10)\n" + "\n".join(rows), "utf-8")
    done = command("import", "a.csv", "--map", "rating=score (1-10)")
    assert done.returncode == 0, done.stderr
    assert "4 taken as stories" in done.stdout and "row 4: '999" in done.stdout and len(done.stdout) < 2000
    [aside] = (workspace / "quarantine").glob("*.csv")
    assert "9" * 5000 in aside.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs links")
@pytest.mark.parametrize("folder", ["stories", "quarantine", "records"])
def test_nothing_is_written_through_a_folder_that_leads_outside(
    command: Command, workspace: Path, tmp_path_factory: pytest.TempPathFactory, folder: str
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere")
    here = workspace / folder
    for inside in here.iterdir() if here.exists() else ():
        inside.unlink()
    if here.exists():
        here.rmdir()
    here.symlink_to(outside)
    (workspace / "a.csv").write_text("date,text\n2026-01-02,She lent me her coat\n???,He ran\n", "utf-8")
    done = command("import", "a.csv")
    assert done.returncode == 1 and f"{folder}: this leads outside the workspace" in done.stderr
    assert not list((workspace / "stories").glob("*.yaml"))
    if folder == "stories":
        told = command("add", "--text", "She ran back with the bag", "--date", "2026-01-03")
        assert told.returncode == 1 and "Put the folder itself into the workspace" in told.stderr
    assert not list(outside.iterdir())
    assert f"{folder}: this leads outside the workspace" in command("check").stderr


def test_what_is_told_under_an_option_there_is_not_is_kept(command: Command, workspace: Path) -> None:
    for option in ("--txt", "--happened"):
        done = command("add", option, f"She {option[2:]} ran after us", "--person", "Jo")
        assert (done.returncode, "is kept in drafts/" in done.stderr) == (2, True), done.stderr
    kept = "".join(path.read_text("utf-8") for path in sorted((workspace / "drafts").glob("*.yaml")))
    assert "She txt ran after us" in kept and "She happened ran after us" in kept


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_story_whose_id_cannot_be_printed_is_said_to_be_kept(workspace: Path) -> None:
    call = [sys.executable, "-m", "servicestory", "add", "--text", "The cook explained the bill line by line"]
    for words, said in ((call, "is kept all the same, as"), ([*call[:3], "list"], "Nothing was changed")):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                words, cwd=workspace, stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == 1 and "printed could not be written: the disk is full" in done.stderr
        assert said in done.stderr and "Traceback" not in done.stderr and "do it again" not in done.stderr
    assert len(list((workspace / "stories").glob("*.yaml"))) == 1 and Workspace(workspace).drafts() == []


@pytest.mark.parametrize(
    ("page", "line", "said"),
    [
        ("- narrative: He ran to the bus\n", 1, "a list stands here"),
        ("narrative: He ran to the bus\ntitle: [a, b]\n", 2, "'title' must be a text"),
        ("narrative: He ran to the bus\nsite: Quay\ndate: [2026, 1]\n", 3, "'date' must be a text"),
        ("narrative: He ran to the bus\nrating: [9]\n", 2, "'rating' must be a text"),
        (
            "narrative: He ran to the bus\nrating: {value: 9, scale: 10}\n",
            2,
            "like this: rating: 9/10. No story",
        ),
        ("narrative: He ran to the bus\ninternal: {a: b}\n", 2, "'internal' must be a text"),
    ],
)
def test_a_list_where_a_text_belongs_is_told_with_its_line(
    workspace: Path, command: Command, page: str, line: int, said: str
) -> None:
    (workspace / "told.yaml").write_text(page, "utf-8")
    done = command("add", "--file", "told.yaml")
    assert done.returncode == 1 and re.search(rf"told\.yaml:{line}\b", done.stderr) and said in done.stderr
    assert not list((workspace / "stories").glob("*.yaml"))
