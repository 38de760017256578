"""report as a person or a script calls it: where it goes, what it never writes over, which period."""

import json
import os
import re
from pathlib import Path

import pytest

from servicestory.cli import repeats
from servicestory.workspace import Workspace
from tests.conftest import Command

STORY = """schema: 1
id: 2026-08-05-the-late-ferry
date: 2026-08-05
title: The late ferry
narrative: Ada knew who we were. We came at midnight.
people: [Ada]
site: Pier
"""
PRACTICE = """schema: 1
id: P-0001
name: Greet by name
status: accepted
evidence:
  - {story: 2026-08-05-the-late-ferry, start: 0, end: 24}
"""


@pytest.fixture
def house(workspace: Path) -> Path:
    (workspace / "stories" / "a.yaml").write_text(STORY, encoding="utf-8")
    (workspace / "practices" / "P-0001-greet.yaml").write_text(PRACTICE, encoding="utf-8")
    return workspace


def test_one_page_for_the_last_quarter_that_is_over(house: Path, command: Command) -> None:
    done = command("report")
    assert (done.returncode, done.stdout) == (0, "The review of 2026-Q3 is in reports/2026-Q3.html\n")
    text = (house / "reports" / "2026-Q3.html").read_text(encoding="utf-8")
    assert "A colleague knew who we were." in text and "Ada" not in text
    assert "2026-Q3: 1 of 1" in text, "too few stories for bars, not for their number"
    before = (house / "reports" / "2026-Q3.html").stat().st_mtime_ns
    assert command("report").returncode == 0
    assert (house / "reports" / "2026-Q3.html").stat().st_mtime_ns == before


def test_stories_told_since_the_last_detect_are_said(house: Path, command: Command) -> None:
    repeats.keep(Workspace(house), ["2026-08-05-the-late-ferry"], {})
    assert "since" not in command("report").stderr
    command("add", "--text", "She warmed the soup for him.", "--date", "2026-09-01")
    assert "1 story was told since the last detect" in command("report").stderr
    assert "1 story was told since" not in (house / "reports" / "2026-Q3.html").read_text("utf-8"), (
        "no verdict"
    )


def test_where_the_last_quarter_has_no_story_the_latest_that_has_is_reviewed_and_closed(
    house: Path, command: Command
) -> None:
    env = {"SERVICESTORY_TODAY": "2027-05-05"}
    why = "Of 2027-Q1 no story is told, so this is about 2026-Q3, the latest with stories."
    later = command("report", env=env)
    assert later.returncode == 0 and why in later.stderr and "reports/2026-Q3.html" in later.stdout
    closed = command("review", "--close", env=env)
    assert why in closed.stderr and "The review of 2026-Q3 is closed" in closed.stdout
    page = (house / "reports" / "2026-Q3.html").read_text(encoding="utf-8")
    screen = command("monitor", "P-0001", env=env).stdout.splitlines()[1]
    state, reason = screen.split(", as of 2027-05-05: ")
    said = f"<b>Lately, as of 2027-05-05:</b> {state.lower()}, {reason}"
    assert state != "Candidate" and said in page, "page and screen speak of the same day"
    asked = command("report", "--period", "2027-Q1", env=env)
    assert "servicestory report --period 2026-Q3" in asked.stderr and "2027-Q1.html" in asked.stdout
    assert "--period" not in command("report").stderr


def test_the_bytes_depend_on_nothing_but_the_records(house: Path, command: Command) -> None:
    pages = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "SERVICESTORY_TODAY": "2026-10-05"}
        assert command("report", "--to", f"{seed}.html", env=env).returncode == 0
        pages.append((house / f"{seed}.html").read_bytes())
    assert pages[0] == pages[1]


def test_a_new_day_writes_over_its_own_page_but_never_over_a_hand(house: Path, command: Command) -> None:
    file = house / "reports" / "2026-Q3.html"
    assert command("report").returncode == 0
    later = command("report", env={"SERVICESTORY_TODAY": "2026-10-06"})
    assert later.returncode == 0 and "As of 2026-10-06" in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace("Test House", "Our House"), encoding="utf-8")
    refused = command("report")
    assert refused.returncode == 1 and "reports/2026-Q3.html" in refused.stderr
    assert "changed by hand" in refused.stderr and "--replace" in refused.stderr
    assert "Our House" in file.read_text(encoding="utf-8")
    assert command("report", "--replace").returncode == 0
    assert "Our House" not in file.read_text(encoding="utf-8")


def test_to_a_file_of_your_own(house: Path, command: Command) -> None:
    (house / "mine.html").write_text("mine", encoding="utf-8")
    (house / "odd.html").write_bytes(b"\xff\xfe\x00")
    assert command("report", "--to", "mine.html").returncode == 1
    assert command("report", "--to", "odd.html").returncode == 1
    assert (house / "mine.html").read_text(encoding="utf-8") == "mine"
    done = command("report", "--to", "new.html", "--json")
    assert json.loads(done.stdout) == {"schema": 1, "period": "2026-Q3", "written": ["new.html"]}
    assert not (house / "reports").exists()


def test_markdown_and_tables(house: Path, command: Command) -> None:
    done = command("report", "--format", "markdown", "--csv", "tables")
    assert done.returncode == 0 and "17 tables are in tables" in done.stdout
    assert "P-0001 Greet by name" in (house / "reports" / "2026-Q3.md").read_text(encoding="utf-8")
    table = house / "tables" / "practices.csv"
    assert "Greet by name" in table.read_text(encoding="utf-8")
    assert command("report", "--format", "markdown", "--csv", "tables").returncode == 0
    table.write_text("mine", encoding="utf-8")
    refused = command("report", "--to", "other.html", "--csv", "tables")
    assert refused.returncode == 1 and "practices.csv" in refused.stderr
    assert table.read_text(encoding="utf-8") == "mine" and not (house / "other.html").exists()
    assert command("report", "--csv", "tables", "--replace").returncode == 0
    assert table.read_text(encoding="utf-8") != "mine"


def test_its_own_tables_are_written_anew_and_nobody_elses(house: Path, command: Command) -> None:
    assert command("report", "--csv", "tables").returncode == 0
    table = house / "tables" / "practices.csv"
    before = table.read_text("utf-8")
    path = next((house / "practices").glob("P-*.yaml"))
    path.write_text(
        re.sub(r"(?m)^name: .*$", "name: Greet everybody twice", path.read_text("utf-8")), "utf-8"
    )
    assert command("report", "--csv", "tables").returncode == 0
    assert table.read_text("utf-8") != before
    table.write_text(before, "utf-8")  # of before, but written there by somebody else
    refused = command("report", "--csv", "tables")
    assert refused.returncode == 1
    assert "practices.csv: this file was changed by hand" in refused.stderr
    assert table.read_text("utf-8") == before


def test_an_earlier_period_is_shown_as_things_stood_then(house: Path, command: Command) -> None:
    for name, day in (("early", "2025-11-05"), ("vague", "")):
        (house / "stories" / f"{name}.yaml").write_text(
            STORY.replace("2026-08-05-the-late-ferry", name).replace(
                "date: 2026-08-05\n", f"date: {day}\n" if day else ""
            ),
            encoding="utf-8",
        )
    done = command("report", "--period", "2025-Q4")
    assert done.returncode == 0, done.stderr
    text = (house / "reports" / "2025-Q4.html").read_text(encoding="utf-8")
    assert "As of 2025-12-31" in text and "<b>2</b> in all" in text


def test_people_verdicts_and_decisions_of_later_quarters_are_not_shown_of_an_earlier_one(
    house: Path, command: Command
) -> None:
    """Bo did it in 2025, Ada since; it was accepted in 2026, when it was told of twice."""
    early = STORY.replace("2026-08-05", "2025-11-05").replace("Ada", "Bo")
    (house / "stories" / "early.yaml").write_text(early, encoding="utf-8")
    (house / "practices" / "P-0001-greet.yaml").write_text(
        PRACTICE
        + """  - {story: 2025-11-05-the-late-ferry, start: 0, end: 23}
decisions:
  - {on: 2026-08-20, by: Cem, action: accepted, from: candidate, to: accepted, reason: It was told of twice}
verdict:
  label: systemic
  because: Seen with 40 people.
  criteria: {decided_by: "wide: sites"}
  figures: {stories: 2, of: 2, people: 40, sites: 1, of_sites: 1}
""",
        encoding="utf-8",
    )
    for period in ("2025-Q4", "2026-Q3"):
        assert command("report", "--period", period).returncode == 0
    then, now = ((house / "reports" / f"{p}.html").read_text("utf-8") for p in ("2025-Q4", "2026-Q3"))
    assert "40 people" in now and "systemic" in now and "It was told of twice" in now
    assert "40 people" not in then and "systemic" not in then and "It was told of twice" not in then
    assert "Greet by name" in then and "Only 1 story of it so far, of 1 told" in then
    seen = command("monitor", "P-0001", "--period", "2025-Q4").stdout
    assert "Candidate, as of 2025-12-31" in seen and "40 people" not in seen
    # a name that is known only since stands in no earlier page
    (house / "stories" / "early.yaml").write_text(
        early.replace("people: [Bo]", "people: []").replace("at midnight", "at midnight with Ada"), "utf-8"
    )
    assert command("report", "--period", "2025-Q4").returncode == 0
    assert "Ada" not in (house / "reports" / "2025-Q4.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--period", "2026-07"), "is no quarter. Write it like 2026-Q3"),
        (("--period", "Q3"), "is no quarter"),
        (("--period", "2027-Q1"), "has not begun yet"),
        (("--format", "pdf"), "There is no format 'pdf'"),
    ],
)
def test_wrong_usage(house: Path, command: Command, arguments: tuple[str, ...], said: str) -> None:
    done = command("report", *arguments)
    assert done.returncode == 2 and said in done.stderr


def test_a_first_quarter_under_way_is_reviewed_where_nothing_is_older(
    workspace: Path, command: Command
) -> None:
    assert "2026-Q4" in command("report").stdout


def test_an_empty_quarter_gives_way_to_the_one_under_way_that_has_the_stories(
    house: Path, command: Command
) -> None:
    later = STORY.replace("2026-08-05", "2027-04-20")
    (house / "stories" / "b.yaml").write_text(later, encoding="utf-8")
    done = command("report", env={"SERVICESTORY_TODAY": "2027-05-05"})
    assert done.stdout == "The review of 2027-Q2 is in reports/2027-Q2.html\n"
    assert "which is under way" in done.stderr
    closed = command("review", "--close", env={"SERVICESTORY_TODAY": "2027-05-05"})
    assert "The review of 2027-Q2 is closed" in closed.stdout, "the same as the page"


def test_the_list_and_the_review_say_alike_what_waits(house: Path, command: Command) -> None:
    for number, label in ((2, "not enough evidence"), (3, "spreading")):
        kept = PRACTICE.replace("P-0001", f"P-000{number}").replace("accepted", "candidate")
        kept += f"verdict: {{label: {label}, computed_on: 2026-10-01}}\n"
        (house / "practices" / f"P-000{number}.yaml").write_text(kept, encoding="utf-8")
    listed = command("practices")
    assert listed.returncode == 0, listed.stderr
    assert "1 candidate waits for a decision: servicestory review" in listed.stderr
    weak = "Of 1 candidate too little is told for a verdict"
    assert weak in listed.stderr
    assert command("report", "--format", "markdown", "--to", "r.md").returncode == 0
    assert weak in (house / "r.md").read_text(encoding="utf-8")


def test_what_is_broken_is_said_and_the_rest_is_shown(house: Path, command: Command) -> None:
    (house / "stories" / "broken.yaml").write_text("schema: 1\nid: x\nwhat: 1\n", encoding="utf-8")
    done = command("report")
    assert done.returncode == 1 and "stories/broken.yaml:3" in done.stderr
    assert (house / "reports" / "2026-Q3.html").exists()


def test_the_users_own_markdown_template_is_used(house: Path, command: Command) -> None:
    (house / "templates").mkdir()
    (house / "templates" / "report.md").write_text("Ours: {{ r.period }}\n", encoding="utf-8")
    assert command("report", "--format", "markdown").returncode == 0
    assert (house / "reports" / "2026-Q3.md").read_text(encoding="utf-8").startswith("Ours: 2026-Q3\n")
    (house / "templates" / "report.md").write_text("{{ nothing.there }}\n", encoding="utf-8")
    refused = command("report", "--format", "markdown", "--to", "x.md")
    assert refused.returncode == 1 and "templates/report.md:1" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--replace", "--to", "servicestory.yaml"),
        ("report", "--replace", "--to", "practices/P-0001-greet.yaml"),
        ("report", "--to", "records/observations.jsonl"),
        ("report", "--to", "elsewhere/page.html"),
        ("report", "--csv", "stories"),
        ("export", "--to", "stories"),
        ("export", "--to", "quarantine/here"),
        ("export", "--into", "private/house.md"),
        ("observe", "P-0001", "--sheet", "--to", "practices/sheet.md"),
        ("train log", "--xapi", "private/all.json"),
    ],
)
def test_no_output_is_written_over_records(house: Path, command: Command, words: tuple[str, ...]) -> None:
    (house / "elsewhere").symlink_to(house / "stories")
    (house / "private").mkdir(exist_ok=True)
    (house / "private" / "house.md").write_text("# House\n", encoding="utf-8")
    before = {p: p.read_bytes() for p in house.rglob("*") if p.is_file() and ".servicestory" not in p.parts}
    done = command(*words[0].split(), *words[1:])
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{words[-1]}: records are kept here" in done.stderr
    after = {p: p.read_bytes() for p in house.rglob("*") if p.is_file() and ".servicestory" not in p.parts}
    assert after == before


def test_no_output_is_written_to_what_is_no_file(house: Path, command: Command) -> None:
    os.mkfifo(house / "pipe")
    (house / "tables").mkdir()
    os.mkfifo(house / "tables" / "practices.csv")
    for place in ("/dev/full", "pipe"):
        done = command("report", "--to", place, "--replace")
        assert (done.returncode, done.stderr.count("a device or a pipe")) == (1, 1)
    assert (
        command("report", "--to", "stories/..").stderr == "stories/..: this is a folder. Name a file in it.\n"
    )
    assert "this is no folder" in command("export", "--to", "servicestory.yaml/").stderr
    assert "practices.csv: this is a device or a pipe" in command("report", "--csv", "tables").stderr


def test_a_page_is_not_written_into_a_folder_that_is_mistyped(workspace: Path, command: Command) -> None:
    for words in (("--to", "metings/q3.html"), ("--csv", "metings/tables")):
        done = command("report", *words)
        assert done.returncode == 1 and "there is no folder metings" in done.stderr
    assert not (workspace / "metings").exists()
    (workspace / "meetings").mkdir()
    assert command("report", "--to", "meetings/q3.html").returncode == 0
    assert (workspace / "meetings" / "q3.html").is_file()
