"""observe, measure, monitor and recognize as a person or a script calls them."""

import contextlib
import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from servicestory.cli.app import run
from servicestory.models.organisation import Organisation
from tests.conftest import Command

PAGE = """schema: 1
organisation: Pier House
sites:
  - name: Pier
    eligible: 10
  - name: Quay
    eligible: 8
standards:
  - id: S1
    name: Known by name
"""
PRACTICE = """schema: 1
id: P-0001
name: Greet by name
status: accepted
standard: S1
core:
  - Read the list of arrivals
  - Say the name first
evidence:
  - story: 2026-08-05-the-late-ferry
    start: 0
    end: 24
"""
STORY = """schema: 1
id: 2026-08-05-the-late-ferry
date: 2026-08-05
title: The late ferry
narrative: Ada knew who we were. We came at midnight.
outcome: We came back.
quote: Nobody ever did that for us.
people: [Ada]
site: Pier
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command called inside this process, which is what keeps a hundred calls fast; never a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERVICESTORY_TODAY", "2026-10-05")
    monkeypatch.setenv("SERVICESTORY_BY", "Tester")
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(list(arguments))
        assert code != 3, err.getvalue()
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def house(workspace: Path) -> Path:
    (workspace / "servicestory.yaml").write_text(PAGE, encoding="utf-8")
    (workspace / "practices" / "P-0001-greet.yaml").write_text(PRACTICE, encoding="utf-8")
    (workspace / "practices" / "P-0002-gone.yaml").write_text(
        "schema: 1\nid: P-0002\nname: Say hello\nstatus: merged\nmerged_into: P-0001\n", encoding="utf-8"
    )
    (workspace / "stories" / "a.yaml").write_text(STORY, encoding="utf-8")
    return workspace


def monitored(command: Command) -> dict[str, Any]:
    done = command("monitor", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_a_period_is_shown_as_the_review_of_it_has_it(house: Path, command: Command) -> None:
    """The same reader of periods as `report`, and the same states; without one, today."""
    early = STORY.replace("2026-08-05", "2025-11-05")
    (house / "stories" / "early.yaml").write_text(
        re.sub(r"(?m)^id: .*$", "id: early", early), encoding="utf-8"
    )
    text = (house / "stories" / "early.yaml").read_text(encoding="utf-8")
    assert "2025-11-05" in text
    now, then = monitored(command), json.loads(command("monitor", "--period", "2025-Q4", "--json").stdout)
    assert (now["period"], now["on"], now["stories"]) == ("2026-Q4", "2026-10-05", 2)
    assert (then["period"], then["on"], then["stories"]) == ("2025-Q4", "2025-12-31", 1)
    last = json.loads(command("monitor", "--period", "2026-Q3", "--json").stdout)
    assert (last["period"], last["on"]) == ("2026-Q3", "2026-10-05")  # the last one over: all that is known
    assert "on 2025-12-31: 1 story" in command("monitor", "--period", "2025-Q4").stdout
    one = json.loads(command("monitor", "P-0001", "--period", "2025-Q4", "--json").stdout)
    assert (one["period"], one["on"]) == ("2025-Q4", "2025-12-31")
    assert command("report", "--period", "2025-Q4", "--csv", "t").returncode == 0
    with (house / "t" / "practices.csv").open(encoding="utf-8") as file:
        states = {row["practice"]: row["state"] for row in csv.DictReader(file)}
    assert states == {p["id"]: p["state"] for p in then["practices"] if p["id"] in states} and states


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-07", "is no quarter. Write it like 2026-Q3"),
        ("Q3", "no quarter"),
        ("2027-Q1", "has not begun"),
        ("0001-Q1", "too far from today"),
        ("0000-Q1", "is no quarter"),
        ("2024-Q5", "is no quarter"),
    ],
)
def test_a_wrong_period_is_told_as_report_tells_it(
    house: Path, command: Command, period: str, said: str
) -> None:
    for name in ("monitor", "report"):
        done = command(name, "--period", period)
        assert done.returncode == 2 and said in done.stderr


def lines(house: Path, kind: str) -> list[dict[str, Any]]:
    file = house / "records" / f"{kind}.jsonl"
    return (
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    )


def test_the_page_of_this_test_is_valid() -> None:
    assert Organisation.model_validate({"organisation": "x"}).periods.kind == "quarter"


def test_an_empty_workspace_says_where_to_begin(workspace: Path, command: Command) -> None:
    done = command("monitor")
    assert done.returncode == 0 and "servicestory add" in done.stdout
    assert json.loads(command("monitor", "--json").stdout)["practices"] == []


def test_observe_by_flags(house: Path, command: Command) -> None:
    done = command(
        "observe",
        "greet by name",
        "--site",
        "pier",
        "--shift",
        "night",
        "--items",
        "1=yes 2=no",
        "--sampling",
        "random",
    )
    assert done.returncode == 0 and "Done so far: 0 of 1" in done.stdout
    assert command("observe", "2", "--done").stderr.startswith("P-0002 was merged into P-0001")
    first, second = lines(house, "observations")
    assert first == {
        "schema": 1, "practice": "P-0001", "on": "2026-10-05", "items": {"1": "yes", "2": "no"}, "site": "Pier",
        "shift": "night", "observer": "Tester", "sampling": "random", "core": first["core"],
    }  # fmt: skip
    assert second["practice"] == "P-0001" and second["done"] is True
    found = monitored(command)
    assert found["practices"][0]["fidelity"]["opportunities"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["P-0009", "--done"], 1, "P-0009"),
        (["P-0001"], 2, "--done"),
        ([], 2, "Which practice"),
        (["P-0001", "--items", "1=maybe"], 2, "none of yes"),
        (["P-0001", "--items", "99=yes"], 1, "no item 99"),
        (["P-0001", "--done", "--on", "1026-02-03"], 2, "too far from today"),
        (["P-0001", "--training", "--people", "9" * 30], 2, "at most 100000"),
        (["P-0001", "--done", "--site", "Peir"], 1, "'Pier'"),
        (["P-0001", "--done", "--on", "2027-01-01"], 2, "future"),
        (["P-0001", "--done", "--on", "2026-02-30"], 2, "calendar"),
        (["P-0001", "--done", "--sampling", "randm"], 2, "random"),
        (["P-0001", "--done", "--import", "x.csv"], 2, "--import"),
        (["--import", "x.csv"], 1, "There is no file"),
    ],
)
def test_observe_says_what_is_wrong(
    house: Path, command: Command, arguments: list[str], code: int, said: str
) -> None:
    done = command("observe", *arguments)
    assert done.returncode == code and said in done.stderr and not done.stdout
    assert lines(house, "observations") == []


def test_a_site_typed_wrong_is_asked_about_where_none_are_listed(house: Path, command: Command) -> None:
    (house / "servicestory.yaml").write_text("schema: 1\norganisation: Pier House\n", encoding="utf-8")
    for day in (6, 7, 8):
        told = command(
            "add", "--text", "Ada lent a coat.", "--site", "Workshop 2", "--date", f"2026-08-0{day}"
        )
        assert told.returncode == 0 and "Did you mean" not in told.stderr
    done = command("observe", "P-0001", "--done", "--site", "Worksop 2")
    assert done.returncode == 0 and "Did you mean Workshop 2?" in done.stderr
    assert lines(house, "observations")[0]["site"] == "Worksop 2"
    told = command("add", "--text", "Ada lent a scarf.", "--site", "Worksop 2", "--date", "2026-08-09")
    assert told.returncode == 0 and "Did you mean Workshop 2?" in told.stderr
    for right in ("workshop 2", "Workshop 3", "Bar"):
        assert "Did you mean" not in command("observe", "P-0001", "--done", "--site", right).stderr


def test_a_filled_sheet_is_taken_once(house: Path, command: Command) -> None:
    sheet = house / "sheet.csv"
    sheet.write_text(
        "Date,Site,Shift,Item 1,Item 2,Note\n2026-09-01,Pier,early,yes,yes,\n2026-09-01,Pier,early,yes,yes,\n"
        "2026-09-02,Quay,late,na,no,rain\n,,,,,\n",
        encoding="utf-8",
    )
    done = command("observe", "P-0001", "--import", "sheet.csv")
    assert done.returncode == 0 and "Recorded 3 observations" in done.stdout and "2 of 3" in done.stdout
    again = command("observe", "P-0001", "--import", "sheet.csv")
    assert "3 rows were recorded before" in again.stdout and len(lines(house, "observations")) == 3


def test_a_sheet_with_wrong_rows_is_not_taken_at_all(house: Path, command: Command) -> None:
    (house / "sheet.csv").write_text(
        "practice,date,site,done,sampling\nP-0001,2026-09-01,Pier,yes,random\nP-0001,2027-09-01,Pier,yes,\n"
        "P-0001,2026-09-01,Peir,yes,\nP-01x,2026-09-01,Pier,yes,\nP-0001,2026-09-01,Pier,,\nP-0001,,Pier,no,\n"
        "P-0001,2026-09-01,Pier,no,chosen\nP-0001,2026-09-01,Pier,perhaps,\n",
        encoding="utf-8",
    )
    done = command("observe", "--import", "sheet.csv")
    assert done.returncode == 1 and "7 rows of 8 cannot be taken; nothing was recorded" in done.stderr
    for place in (3, 4, 5, 6, 7, 8, 9):
        assert f"sheet.csv row {place}" in done.stderr
    assert lines(house, "observations") == []
    (house / "no.csv").write_text("when it was,done\n2026-09-01,yes\n", encoding="utf-8")
    assert "“when it was”" in command("observe", "P-0001", "--import", "no.csv").stderr
    assert "no column “practice”" in command("observe", "--import", "no.csv").stderr


def test_not_applicable_rows_are_no_opportunity(house: Path, command: Command) -> None:
    (house / "sheet.csv").write_text(
        "practice,date,done\nP-0001,2026-09-01,na\nP-0001,2026-09-02,yes\n", encoding="utf-8"
    )
    assert "1 of 1" in command("observe", "--import", "sheet.csv").stdout


def test_a_training_held_is_recorded_and_compared(house: Path, command: Command) -> None:
    done = command("observe", "P-0001", "--training", "--site", "Pier", "--on", "2026-08-20", "--people", "6")
    assert done.returncode == 0 and "a training of P-0001" in done.stdout
    assert lines(house, "trainings") == [
        {
            "schema": 1,
            "practice": "P-0001",
            "on": "2026-08-20",
            "site": "Pier",
            "people": 6,
            "trainer": "Tester",
        }
    ]
    for site, answer in (("Pier", "--done"), ("Quay", "--not-done")):
        for _ in range(5):
            command("observe", "P-0001", answer, "--site", site)
    found = monitored(command)["practices"][0]
    assert found["trained_on"] == "2026-08-20" and found["fidelity"]["trained"]["difference"] == 1
    assert not any(n["what"] == "never trained" for n in monitored(command)["next"])
    assert command("observe", "P-0001", "--training", "--done").returncode == 2
    assert command("observe", "P-0001", "--done", "--people", "3").returncode == 2
    assert command("observe", "P-0001", "--import", "x.csv", "--training").returncode == 2


def test_a_site_answers_to_a_practice(house: Path, command: Command) -> None:
    done = command("replicate", "P-0001", "--site", "quay", "--answer", "adapted", "--why", "we have no desk")
    assert done.returncode == 0 and "Quay answers “adapted”" in done.stdout
    assert monitored(command)["practices"][0]["reach"]["answers"] == {"adapted": 1}
    for arguments, said in (
        (["--answer", "adopted"], "--site"),
        (["--site", "Pier", "--answer", "adoptd"], "Did you mean adopted"),
        (["--site", "Pier", "--answer", "rejected"], "says why"),
    ):
        wrong = command("replicate", "P-0001", *arguments)
        assert wrong.returncode in (1, 2) and said in wrong.stderr
    assert len(lines(house, "replications")) == 1


def test_where_no_sites_are_listed_those_told_of_have_not_answered(house: Path, command: Command) -> None:
    page = house / "servicestory.yaml"
    page.write_text(re.sub(r"(?m)^sites:\n(?:[ -].*\n)*", "", page.read_text("utf-8")), "utf-8")
    command("replicate", "P-0001", "--site", "Quay", "--answer", "adopted")
    [practice] = json.loads(command("replicate", "P-0001", "--json").stdout)["practices"]
    assert practice["unanswered"] == ["Pier"]


def test_general_items_of_the_checklist_do_not_count(house: Path, command: Command) -> None:
    sheet = command("observe", "P-0001", "--sheet").stdout
    general = next(n for n in range(1, 10) if re.search(rf"\n{n}\. Ask the \w+ whether it is right", sheet))
    answers = " ".join(f"{n}={'no' if n == general else 'yes'}" for n in range(1, general + 1))
    assert "1 of 1" in command("observe", "P-0001", "--items", answers).stdout
    beyond = command("observe", "P-0001", "--items", "1=yes 9=no")
    assert beyond.returncode == 1 and len(lines(house, "observations")) == 1
    assert "has no item 9; it has 1, 2 and 3" in beyond.stderr
    older = command("observe", "P-0001", "--items", "1=yes 9=no", "--revision", "7")
    assert older.returncode == 0 and "has no item 9" in older.stderr and "not counted" in older.stderr
    alone = command("observe", "P-0001", "--items", f"{general}=yes")
    assert "neither done nor not done" in alone.stderr and "2 of 2" in alone.stdout


def test_the_sheet_to_print(house: Path, command: Command) -> None:
    done = command("observe", "P-0001", "--sheet")
    assert "| date | site | shift | item 1 | item 2 |" in done.stdout and "Say the name first" in done.stdout


def test_a_sheet_to_print_or_to_fill_in_and_to_take_back(house: Path, command: Command) -> None:
    assert command("observe", "P-0001", "--sheet", "--to", "s.html").returncode == 0
    page = (house / "s.html").read_text(encoding="utf-8")
    assert "Greet by name (P-0001)" in page and "yes ☐ no ☐ na ☐" in page and "http" not in page
    assert command("observe", "P-0001", "--sheet", "--to", "s.csv").returncode == 0
    head = (house / "s.csv").read_text(encoding="utf-8").strip()
    filled = {"practice": "P-0001", "date": "2026-10-01", "site": "Pier", "sampling": "random"}
    row = ",".join(filled.get(c, "yes" if c.startswith("item") else "") for c in head.split(","))
    (house / "s.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert "Recorded 1 observation" in command("observe", "--import", "s.csv").stdout
    again = command("observe", "P-0001", "--sheet", "--to", "s.csv")
    assert again.returncode == 1 and "a file of this name already" in again.stderr
    assert command("observe", "P-0001", "--sheet", "--to", "s.pdf").returncode == 2
    assert command("observe", "P-0001", "--done", "--to", "s.html").returncode == 2


def test_a_leader_answers_for_their_own_part(house: Path, command: Command) -> None:
    done = command(
        "observe", "P-0001", "--leader", "modelled=yes, resourced=no recognised=yes", "--site", "Pier"
    )
    assert done.returncode == 0 and "until next time: resourced" in done.stderr
    assert "of 1 check: modelled 1, resourced 0, recognised 1" in command("monitor", "P-0001").stdout
    for wrong, said in (
        ("modelled=yes", "resourced and recognised are not answered"),
        ("modeled=yes", "Did you mean modelled?"),
        ("modelled=perhaps resourced=no recognised=no", "none of yes, no, na"),
        ("modelled=na resourced=no recognised=no", "yes or no"),
    ):
        refused = command("observe", "P-0001", "--leader", wrong)
        assert refused.returncode == 2 and said in refused.stderr


def test_the_checklist_people_carry_says_what_is_core(house: Path, command: Command) -> None:
    folder = house / "training" / "P-0001-greet-by-name"
    folder.mkdir(parents=True)
    (folder / "checklist.md").write_text(
        "---\nrevision: 4\n---\n\n- [ ] 1. Say the name\n- [ ] 2. Breathe †\n- [x] 3. Smile\n",
        encoding="utf-8",
    )
    assert "1 of 1" in command("observe", "P-0001", "--items", "1=yes 2=no 3=yes").stdout
    (record,) = lines(house, "observations")
    assert record["core"] == ["1", "3"] and record["checklist_revision"] == 4
    assert "2. Breathe" in command("observe", "P-0001", "--sheet").stdout
    never = next(n for n in monitored(command)["next"] if n["what"] == "never trained")
    assert "documents are ready" in never["why"]


def test_measure_add_record_and_monitor(house: Path, command: Command) -> None:
    added = command("measure", "add", "csat", "--name", "Happy", "--type", "outcome", "--direction", "up", "--target", "90%",
                    "--chart", "auto", "--practice", "1")  # fmt: skip
    assert added.returncode == 0, added.stderr
    for month in range(1, 10):
        done = command(
            "measure",
            "record",
            "csat",
            "--period",
            f"2026-0{month}",
            "--numerator",
            "209",
            "--denominator",
            "230",
        )
        assert done.returncode == 0, done.stderr
    assert (
        command(
            "measure", "record", "csat", "--period", "2026-01", "--site", "Pier", "--value", "0,45"
        ).returncode
        == 0
    )
    found = monitored(command)
    whole, pier = found["measures"]
    assert (
        whole["id"] == "csat" and whole["site"] is None and whole["chart"] == "p" and whole["trial"] is True
    )
    assert len(whole["points"]) == 9 and whole["points"][0]["n"] == 230
    assert whole["target"] == "inconsistently met" and whole["verdict"] == "no variation"
    assert pier["site"] == "Pier" and pier["points"][0]["value"] == 0.45
    text = command("monitor").stdout
    assert "Happy" in text and "Greet by name" in text and "What to do next" in text
    assert "Happy" in command("measure", "list").stdout
    assert json.loads(command("measure", "list", "--json").stdout)["measures"][0]["target"] == 0.9
    changed = command("measure", "add", "csat", "--change", "--target", "0.8")
    assert changed.returncode == 0 and "Changed" in changed.stdout
    assert monitored(command)["measures"][0]["target"] == "consistently met"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "a b"], 2, "cannot be the name"),
        (["add", "csat"], 1, "--change"),
        (["add", "nps", "--change"], 1, "no measure 'nps'"),
        (["add", "x", "--chart", "pq"], 2, "Choose one of"),
        (["add", "x", "--type", "outcme"], 2, "Did you mean outcome"),
        (["add", "x", "--target", "high"], 2, "not a number"),
        (["add", "x", "--practice", "P-0044"], 1, "P-0044"),
        (["record", "cast", "--period", "2026-01", "--value", "1"], 1, "'csat'"),
        (["record", "csat", "--period", "2026-13", "--value", "1"], 2, "no month 13"),
        (["record", "csat", "--period", "2027-01", "--value", "1"], 2, "future"),
        (["record", "csat", "--period", "2026-01"], 1, "needs a value"),
        (["record", "csat", "--period", "2026-01", "--numerator", "3"], 1, "no denominator"),
        (
            ["record", "csat", "--period", "2026-01", "--numerator", "3", "--denominator", "0"],
            1,
            "above zero",
        ),
        (
            ["record", "csat", "--period", "2026-01", "--numerator", "-3", "--denominator", "9"],
            1,
            "below zero",
        ),
        (["record", "csat", "--period", "2026-01", "--value", "1", "--site", "Mill"], 1, "no site 'Mill'"),
        (["record", "csat", "--period", "2026-01", "--value", "1,234"], 1, "two numbers"),
        (["rebase", "csat", "--from", "2026-01", "--reason", " "], 2, "reason"),
        (["rebase", "csat", "--from", "2027-01", "--reason", "r"], 2, "future"),
        (["import", "csat", "none.csv"], 1, "no file"),
    ],
)
def test_measure_says_what_is_wrong(
    house: Path, command: Command, arguments: list[str], code: int, said: str
) -> None:
    command("measure", "add", "csat")
    done = command("measure", *arguments)
    assert done.returncode == code and said in done.stderr, done.stderr
    assert len(lines(house, "measures")) == 1 and lines(house, "measure-points") == []


def test_measure_import_takes_a_file_once(house: Path, command: Command) -> None:
    command("measure", "add", "csat")
    (house / "f.csv").write_text(
        "Month,Site,Numerator,Denominator\n2026-01,Pier,9,10\n2026-01,Quay,8,10\n2026-02,pier,9,10\n",
        encoding="utf-8",
    )
    assert "Recorded 3 figures" in command("measure", "import", "csat", "f.csv").stdout
    again = command("measure", "import", "csat", "f.csv")
    assert "3 figures were recorded before" in again.stdout and len(lines(house, "measure-points")) == 3
    whole = monitored(command)["measures"][0]
    assert whole["pooled"] is True and whole["points"][0]["value"] == 0.85
    (house / "f.csv").write_text("Month,Site,Numerator,Denominator\n2026-01,Pier,7,10\n", encoding="utf-8")
    assert "Recorded 1 figure of" in command("measure", "import", "csat", "f.csv").stdout


def test_measure_import_of_a_workbook(house: Path, command: Command) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (("period", "value"), ("2026-01", 4.5), ("2026-02", 4.25)):
        book.active.append(row)
    book.save(house / "f.xlsx")
    command("measure", "add", "stars")
    assert "Recorded 2 figures" in command("measure", "import", "stars", "f.xlsx").stdout
    assert [p["value"] for p in lines(house, "measure-points")] == [4.5, 4.25]


def test_measure_import_with_wrong_rows_takes_none(house: Path, command: Command) -> None:
    command("measure", "add", "csat")
    (house / "f.csv").write_text(
        "period,site,numerator,denominator\n2026-01,Pier,9,10\n2026-02,Pier,9,0\n2026-03,Peir,9,10\n2026-04,Pier,9,\n,Pier,1,2\n",
        encoding="utf-8",
    )
    done = command("measure", "import", "csat", "f.csv")
    assert done.returncode == 1 and "4 rows of 5 cannot be taken" in done.stderr
    assert "f.csv row 3: the denominator must be above zero" in done.stderr and "row 4" in done.stderr
    assert lines(house, "measure-points") == []
    (house / "g.csv").write_text("period,what\n2026-01,9\n", encoding="utf-8")
    assert "Its columns are “period” and “what”" in command("measure", "import", "csat", "g.csv").stderr
    (house / "g.csv").write_text("value,what\n1,9\n", encoding="utf-8")
    assert "no column “period”" in command("measure", "import", "csat", "g.csv").stderr


def test_a_survey_with_names_of_its_own_is_scored(house: Path, command: Command) -> None:
    command("measure", "add", "nps")
    rows = "".join(f"{d + 1:02}.01.2026;Quay;{a}\n" for d, a in enumerate((10, 9, 8, 3)))
    (house / "s.csv").write_text("Datum;Standort;Empfehlung (0-10)\n" + rows, encoding="utf-8")
    call = ("measure", "import", "nps", "s.csv", "--answers", "nps")
    assert "no column “date”" in (said := command(*call).stderr) and "--map date=COLUMN" in said
    named = ("--map", "date=Datum", "--map", "site=standort", "--map", "answer=Empfehlung (0-10)")
    assert "Recorded 1 figure" in command(*call, *named).stdout
    [point] = lines(house, "measure-points")
    assert (point["period"], point["site"], point["value"]) == ("2026-01", "Quay", 25)
    assert "Fields are" in command(*call, "--map", "Datum").stderr
    assert "no column “Tag”" in command(*call, "--map", "date=Tag").stderr


def test_scores_from_single_answers(house: Path, command: Command) -> None:
    command("measure", "add", "nps")
    command("measure", "add", "sat")
    rows = "".join(f"2026-0{m}-1{d},{a}\n" for m in (1, 2, 3) for d, a in enumerate((10, 9, 8, 3)))
    (house / "a.csv").write_text("date,answer\n" + rows, encoding="utf-8")
    assert "Recorded 3 figures" in command("measure", "import", "nps", "a.csv", "--answers", "nps").stdout
    assert lines(house, "measure-points")[0]["value"] == 25 and lines(house, "measure-points")[0]["n"] == 4
    done = command(
        "measure", "import", "sat", "a.csv", "--answers", "csat", "--scale", "10", "--by", "quarter"
    )
    assert "Recorded 1 figure" in done.stdout
    assert (
        lines(house, "measure-points")[3]["numerator"],
        lines(house, "measure-points")[3]["denominator"],
    ) == (6, 12)
    wrong = command("measure", "import", "sat", "a.csv", "--answers", "csat")
    assert wrong.returncode == 1 and "not on the scale from 1 to 5" in wrong.stderr
    assert command("measure", "import", "sat", "a.csv", "--answers", "stars").returncode == 2
    (house / "b.csv").write_text("date,points\n2026,4\n", encoding="utf-8")
    assert "no column “answer”" in command("measure", "import", "sat", "b.csv", "--answers", "csat").stderr
    (house / "b.csv").write_text("date,answer\n2026,4\n", encoding="utf-8")
    assert "which month" in command("measure", "import", "sat", "b.csv", "--answers", "csat").stderr


def test_who_was_asked_and_did_not_answer_counts_for_the_response_rate(house: Path, command: Command) -> None:
    command("measure", "add", "effort")
    rows = "2026-09-01,4\n2026-09-02,2\n2026-09-03,\n2026-09-04,\n2026-08-01,\n"
    (house / "a.csv").write_text(f"date,answer\n{rows}", encoding="utf-8")
    done = command("measure", "import", "effort", "a.csv", "--answers", "ces")
    assert done.returncode == 0 and "2026-08: nobody answered, so there is no figure" in done.stderr
    latest = monitored(command)["measures"][0]["latest"]
    assert (latest["value"], latest["n"], latest["response"]["asked"], latest["response"]["value"]) == (
        3,
        2,
        4,
        0.5,
    )
    assert latest["lower"] == pytest.approx(3 - 1.96) and latest["upper"] == pytest.approx(3 + 1.96)
    (house / "b.csv").write_text("date,answer\n2026-09-01,11\n", encoding="utf-8")
    refused = command("measure", "import", "effort", "b.csv", "--answers", "nps")
    assert refused.returncode == 1 and "11 is not on the scale from 0 to 10. Correct it." in refused.stderr


@pytest.mark.parametrize(
    ("chart", "figures", "said"),
    [
        ("c", ("--value", "-2"), "-2 is below zero"),
        ("c", ("--value", "2.5"), "is no whole count"),
        ("g", ("--value", "-1"), "is below zero"),
        ("p", ("--numerator", "12", "--denominator", "10"), "12 of 10 is more than all of them"),
        ("u", ("--value", "3"), "needs numerator and denominator"),
        ("p", ("--numerator", "3", "--denominator", "0"), "denominator must be above zero"),
        ("xmr", ("--value", "3", "--n", "-3"), "n must be 0 or more"),
        ("p", ("--numerator", "-3", "--denominator", "9"), "cannot be below zero"),
    ],
)
def test_a_figure_its_chart_cannot_hold_is_not_recorded(
    house: Path, command: Command, chart: str, figures: tuple[str, ...], said: str
) -> None:
    command("measure", "add", "m", "--chart", chart)
    refused = command("measure", "record", "m", "--period", "2026-01", *figures)
    assert refused.returncode == 1 and said in refused.stderr
    assert not (house / "records" / "measure-points.jsonl").exists()


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (("--numerator", "250", "--denominator", "210"), "250 of 210 is more than all of them"),
        (("--value", "61"), "on one scale, like 0.61 (or 61%)"),
        (("--value", "-0.1"), "-0.1 is no share, which goes from 0 to 1"),
    ],
)
def test_a_share_takes_no_figure_beyond_its_scale(
    house: Path, command: Command, figures: tuple[str, ...], said: str
) -> None:
    command("measure", "add", "late", "--target", "90%")
    refused = command("measure", "record", "late", "--period", "2026-01", *figures)
    assert refused.returncode == 1 and said in refused.stderr and "--chart u or xmr" in refused.stderr
    assert lines(house, "measure-points") == []
    assert command("measure", "record", "late", "--period", "2026-01", "--value", "61%").returncode == 0
    command("measure", "add", "wait", "--target", "0.5", "--unit", "minutes")
    assert command("measure", "record", "wait", "--period", "2026-01", "--value", "3").returncode == 0


def test_a_rebase_is_a_recorded_decision(house: Path, command: Command) -> None:
    command("measure", "add", "wait", "--direction", "down")
    for month, value in enumerate((30, 31, 29, 30, 20, 21, 19, 20), 1):
        command("measure", "record", "wait", "--period", f"2026-0{month}", "--value", str(value))
    assert (
        command("measure", "rebase", "wait", "--from", "2026-05", "--reason", "a second desk").returncode == 0
    )
    (record,) = lines(house, "rebases")
    assert record == {"schema": 1, "measure": "wait", "from_period": "2026-05", "on": "2026-10-05", "by": "Tester",
                      "reason": "a second desk"}  # fmt: skip
    points = monitored(command)["measures"][0]["points"]
    assert [p["centre"] for p in points] == [30.0] * 4 + [20.0] * 4


def test_monitor_reads_procedures_and_trainings_and_tells_broken_records(
    house: Path, command: Command
) -> None:
    (house / "procedures" / "greet.md").write_text(
        "---\nid: SOP-0001\npractice: P-0001\ntitle: Greeting\nreview_due: 2026-06-01\n---\n\n# Greeting\n",
        encoding="utf-8",
    )
    (house / "procedures" / "notes.md").write_text("just notes\n", encoding="utf-8")
    (house / "records").mkdir(exist_ok=True)
    (house / "records" / "trainings.jsonl").write_text(
        '{"practice": "P-0001", "on": "2026-07-01", "site": "Pier"}\n'
    )
    found = monitored(command)
    assert [n["what"] for n in found["next"]][:1] == ["procedure past review"]
    assert found["practices"][0]["trained_on"] == "2026-07-01"
    (house / "records" / "measures.jsonl").write_text('{"id": "x", "targt": 3}\n')
    done = command("monitor")
    assert done.returncode == 1 and "records/measures.jsonl:1" in done.stderr and "target" in done.stderr
    assert "Greet by name" in done.stdout


def test_sites_that_tell_of_it_are_told_from_what_was_watched(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for done in ("--done", "--done", "--not-done"):
        command("observe", "P-0001", "--site", "Pier", done)
    monkeypatch.setenv("COLUMNS", "80")
    narrow = command("monitor").stdout
    assert re.search(r"told of or taken up at \d of 2 sites; when watched, done 2 of 3 \(", narrow), narrow
    assert "sites it is told of or taken up at; done of opportunities watched" in narrow
    assert "Told of or taken up: at " in command("monitor", "P-0001").stdout


def test_recognize_from_due_to_given(house: Path, command: Command) -> None:
    due = json.loads(command("recognize", "--json").stdout)["due"]
    assert due[0]["story"] == "2026-08-05-the-late-ferry" and due[0]["days"] == 61
    assert due[0]["behaviour"] == "A colleague knew who we were" and due[0]["sharing"] == "private"
    assert due[0]["people"] == ["a colleague"]
    assert "Ada" in command("recognize").stdout, "whoever thanks has to know whom"
    assert "The late ferry" not in command("recognize").stderr
    note = command("recognize", "2026-08-05-the-late-ferry", "--by", "Mara")
    assert (
        "Ada, thank you." in note.stdout
        and "Nobody ever did that for us." in note.stdout
        and "private" in note.stderr
    )
    assert json.loads(command("recognize", "2026-08-05-the-late-ferry", "--json").stdout)["standard"] == "S1"
    giving = ("2026-08-05-the-late-ferry", "--given", "--by", "Mara", "--to", "Ada", "--on", "2026-08-09")
    assert command("recognize", *giving).returncode == 0
    again = command("recognize", *giving)
    assert again.returncode == 0 and "recorded before" in again.stdout
    assert len(lines(house, "recognitions")) == 1
    assert lines(house, "recognitions")[0]["delivered_on"] == "2026-08-09"
    assert "No thank-you is due" in command("recognize").stdout
    assert command("recognize", "no-such-story").returncode == 1
    assert command("recognize", "--given").returncode == 2


def test_a_thank_you_is_recorded_once_however_whoever_was_thanked_is_called(
    house: Path, command: Command
) -> None:
    page = house / "servicestory.yaml"
    page.write_text(page.read_text("utf-8") + "staff:\n  - {name: Ada Moss, aliases: [Ada]}\n", "utf-8")
    call = ("recognize", "2026-08-05-the-late-ferry", "--given", "--by", "Mara")
    blank = command(*call, "--to", " ")
    assert blank.returncode == 2 and "--to is given and empty" in blank.stderr
    assert not (house / "records" / "recognitions.jsonl").exists()
    assert "Recorded:" in command(*call).stdout
    for to in ("Ada", "ada", "Ada Moss"):  # whom the story names was thanked
        assert "recorded before" in command(*call, "--to", to).stdout
    records = house / "records" / "recognitions.jsonl"
    assert len(lines(house, "recognitions")) == 1
    records.write_text(records.read_text("utf-8").replace('"Mara"', '"not named"'), "utf-8")
    assert "recorded before" in command(*call).stdout  # whoever it was
    records.write_text(records.read_text("utf-8").replace('"not named"', '"Mara"'), "utf-8")
    for other in (("--on", "2026-10-04"), ("--by", "Lena")):  # another day, another who thanks
        assert "Recorded:" in command(*call, *other).stdout
    assert len(lines(house, "recognitions")) == 3


def test_thanks_to_somebody_the_story_does_not_have_are_refused(house: Path, command: Command) -> None:
    call = ("recognize", "2026-08-05-the-late-ferry", "--given", "--by", "Mara", "--to")
    stray = command(*call, "Adam")
    assert stray.returncode == 1 and "it says that it was Ada" in stray.stderr
    assert 'servicestory edit 2026-08-05-the-late-ferry --set people="Ada, Adam"' in stray.stderr
    page = house / "stories" / "a.yaml"
    page.write_text(page.read_text("utf-8").replace("people: [Ada]", "people: [Ada Moss]"), encoding="utf-8")
    assert "Did you mean Ada Moss?" in command(*call, "Ada").stderr
    page.write_text(page.read_text("utf-8").replace("people: [Ada Moss]\n", ""), encoding="utf-8")
    assert "does not say yet who did it" in command(*call, "Ada").stderr
    assert not (house / "records" / "recognitions.jsonl").exists()


def test_thanks_recorded_by_mistake_are_taken_back_and_due_again(house: Path, command: Command) -> None:
    ref = "2026-08-05-the-late-ferry"
    nothing = command("recognize", ref, "--take-back")
    assert nothing.returncode == 1 and "there is none to take back" in nothing.stderr
    done = command("recognize", ref, "--given", "--to", "Ada", "--by", "Mara")
    assert f'servicestory recognize {ref} --take-back --to "Ada"' in done.stderr
    assert "No thank-you is due" in command("recognize").stdout
    wrong = command("recognize", ref, "--take-back", "--to", "Adam")
    assert wrong.returncode == 1 and "no thank-you to Adam" in wrong.stderr
    assert "Taken back:" in command("recognize", ref, "--take-back", "--to", "Ada").stdout
    assert ref in command("recognize").stdout, "it is due again"
    assert command("recognize", ref, "--take-back").returncode == 1
    assert "Recorded:" in command("recognize", ref, "--given", "--by", "Mara").stdout, (
        "and can be recorded anew"
    )
    assert len(lines(house, "recognitions")) == 3, "nothing is erased"
    assert command("recognize", ref, "--given", "--take-back").returncode == 2


def test_a_note_thanks_somebody_for_something(house: Path, command: Command) -> None:
    ref = "2026-08-05-the-late-ferry"
    page = house / "stories" / "a.yaml"
    page.write_text(STORY.replace("people: [Ada]\n", ""), encoding="utf-8")
    nobody = command("recognize", ref)
    assert "There is nobody to thank yet" in nobody.stdout and "thank you." not in nobody.stdout
    assert f"servicestory edit {ref}" in nobody.stderr
    for practice in (house / "practices").glob("P-*.yaml"):
        practice.unlink()
    page.write_text(STORY.replace("Ada knew who we were. We came", "We came"), encoding="utf-8")
    nothing = command("recognize", ref)
    assert "what Ada did" in nothing.stdout and "thank you." not in nothing.stdout


def test_a_figure_that_is_replaced_is_said(house: Path, command: Command) -> None:
    command("measure", "add", "wait", "--name", "Wait", "--chart", "xmr")
    call = ("measure", "record", "wait", "--period", "2026-01", "--value")
    assert command(*call, "4").stdout == "Recorded wait for 2026-01.\n"
    assert command(*call, "5").stdout == "Recorded wait for 2026-01, in place of 4.\n"


def test_nothing_is_thanked_or_told_before_it_happened(house: Path, command: Command) -> None:
    ref = "2026-08-05-the-late-ferry"
    early = ("--on", "2026-08-04")
    for call in (("recognize", ref, "--given"), ("tell", ref, "--told")):
        refused = command(*call, *early)
        assert refused.returncode == 1
        assert "2026-08-04: 2026-08-05-the-late-ferry is of 5 August 2026" in refused.stderr
    assert command("recognize", ref, "--given", "--on", "2026-08-05").returncode == 0


def test_who_did_it_is_asked_for_only_where_something_was_done(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVICESTORY_BY", "")
    call = ("recognize", "2026-08-05-the-late-ferry", "--given")
    assert "Nobody is named" in command(*call).stderr
    again = command(*call)
    assert "nothing was added" in again.stdout
    assert "Nobody is named" not in again.stderr
    refused = command("review", "P-0001", "--status", "pilot")
    assert "--reason" in refused.stderr
    assert "Nobody is named" not in refused.stderr


def test_a_story_without_a_date_has_thanks_too(house: Path, command: Command) -> None:
    page = house / "stories" / "a.yaml"
    page.write_text(STORY.replace("date: 2026-08-05\n", ""), encoding="utf-8")
    listed = command("recognize")
    assert "1 more story names somebody and has no date" in listed.stderr
    note = command("recognize", "2026-08-05-the-late-ferry").stdout
    assert "You did something" in note and "oday" not in note


def test_nobody_thanks_themselves(house: Path, command: Command) -> None:
    ref = "2026-08-05-the-late-ferry"
    alone = command("recognize", ref, "--by", "Ada")
    assert "nobody thanks themselves" in alone.stdout and "thank you." not in alone.stdout
    listed = command("recognize", "--by", "Ada")
    assert ref not in listed.stdout and "1 more story of what you did yourself" in listed.stderr
    refused = command("recognize", ref, "--given", "--by", "Ada")
    assert refused.returncode == 1 and "nobody thanks themselves" in refused.stderr
    page = house / "stories" / "a.yaml"
    page.write_text(STORY.replace("[Ada]", "[Ada, Ben]"), encoding="utf-8")
    assert command("recognize", ref, "--by", "Ada").stdout.startswith("Ben, thank you.")


def test_lineup_names_nobody_in_an_id_and_tells_what_came_before(house: Path, command: Command) -> None:
    told = "Will saw the late boat. He knew who we were. We came at midnight."
    ref = "2026-08-05-will-and-the-late-ferry"
    (house / "stories" / "a.yaml").write_text(
        STORY.replace("2026-08-05-the-late-ferry", ref).replace("[Ada]", "[Will]\nconsent:\n  - {party: Guest, uses: [team]}")
        .replace("Ada knew who we were. We came at midnight.", told), encoding="utf-8",
    )  # fmt: skip
    start = told.index("He knew")
    for practice in (house / "practices").glob("P-*.yaml"):
        page = PRACTICE.replace("2026-08-05-the-late-ferry", ref)
        page = page.replace("start: 0", f"start: {start}").replace("end: 24", f"end: {start + 20}")
        practice.write_text(page, encoding="utf-8")
    shown = command("lineup").stdout
    assert "The late ferry (2026-08-05, Pier)" in shown and "will" not in shown.casefold()
    assert "Practice: P-0001 Greet by name" in shown
    assert "A colleague saw the late boat. He knew who we were" in shown
    assert json.loads(command("lineup", "--json").stdout)["lineup"][0]["story"] == ref


def test_lineup_waits_for_consent_and_is_told_once(house: Path, command: Command) -> None:
    none = command("lineup")
    assert "No story fits: of 1 story 1 names people whom nobody has asked." in none.stdout
    assert "servicestory consent STORY --agreed" in none.stderr
    (house / "stories" / "a.yaml").write_text(
        STORY + "consent:\n  - party: Ada\n    uses: [team]\n", encoding="utf-8"
    )
    shown = command("lineup")
    assert "Known by name" in shown.stdout and "add --told" in shown.stderr
    assert len(json.loads(command("lineup", "--told", "--json").stdout)["lineup"]) == 1
    assert "No story fits" in command("lineup").stdout
    assert json.loads(command("recognize", "--json").stdout)["due"]  # told to the team is not yet thanked


def test_unseen_groups(house: Path, command: Command) -> None:
    bare = command("recognize", "--unseen").stdout
    assert "10 of 18 people" in bare and "Pier" in bare  # sites by `eligible`
    page = PAGE.replace("    eligible: 10\n", "").replace("    eligible: 8\n", "")
    (house / "servicestory.yaml").write_text(page, encoding="utf-8")
    assert "No team, role, site or shift" in command("recognize", "--unseen").stdout
    staff = (
        "staff:\n"
        + "".join(f"  - name: N{i}\n    team: Night\n" for i in range(6))
        + "".join(f"  - name: M{i}\n    team: Morning\n" for i in range(5))
        + "  - name: Ada\n    team: Desk\n"
    )
    (house / "servicestory.yaml").write_text(PAGE + staff, encoding="utf-8")
    shown = command("recognize", "--unseen")
    assert (
        "Night" in shown.stdout
        and "Desk" not in shown.stdout
        and "1 group of fewer than 5 people" in shown.stderr
    )
    assert json.loads(command("recognize", "--unseen", "--json").stdout)["hidden"] == 1


def test_nothing_heavy_is_imported_to_record(house: Path) -> None:
    code = (
        "import sys\nfrom servicestory.cli.app import run\n"
        "assert run(['measure', 'add', 'csat']) == 0\n"
        "assert run(['measure', 'record', 'csat', '--period', '2026-01', '--value', '3']) == 0\n"
        "heavy = {'numpy', 'scipy', 'sklearn', 'rich', 'pyarrow'}\n"
        "assert heavy.isdisjoint(sys.modules), heavy & set(sys.modules)\n"
        # its JSON asks a dictionary, which needs numpy, which words are names
        "assert run(['monitor', '--json']) == 0\n"
        "assert (heavy - {'numpy'}).isdisjoint(sys.modules), heavy & set(sys.modules)\n"
    )
    env = {**os.environ, "SERVICESTORY_TODAY": "2026-10-05"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=house, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_commands_of_the_guide_work(house: Path, command: Command) -> None:
    guide = Path(__file__).parents[2] / "docs" / "guide" / "monitor.md"
    fenced = re.findall(r"^```\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.M | re.S)
    calls = [line for block in fenced for line in block.splitlines()]
    assert len(calls) > 8
    for line in calls:
        program, *arguments = shlex.split(line)
        assert program == "servicestory"
        done = command(*arguments)
        assert done.returncode == 0, (line, done.stderr)


def test_a_narrow_terminal_shows_a_practice_in_lines_not_in_slivers(
    command: Command, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(line[6:] for line in PRACTICE.splitlines() if line.startswith("name: "))
    monkeypatch.setenv("COLUMNS", "40")
    assert f"P-0001 {name[:30]}" in command("monitor").stdout


def test_thanks_for_a_story_without_title_say_its_words_not_its_id(house: Path, command: Command) -> None:
    told = (
        STORY.replace("title: The late ferry\n", "").replace("08-05", "09-30").replace("the-late-ferry", "17")
    )
    (house / "stories" / "b.yaml").write_text(told, "utf-8")
    assert "Ada knew who we were. We came at midnight." in command("recognize").stdout


def test_a_line_typed_by_hand_that_is_no_record_is_kept_and_said(house: Path, command: Command) -> None:
    records = house / "records" / "observations.jsonl"
    typed, torn = '{"practice": "P-0001", "on": "2026-01-01", done: true}', '{"schema": 1, "pr'
    records.write_text(typed, encoding="utf-8")
    assert "observations.jsonl:1: this line is not a whole JSON record" in command("check").stderr
    done = command("observe", "P-0001", "--done")
    assert "was no whole record; it is kept in records/observations.jsonl.cut-off: mend it" in done.stderr
    with records.open("a", encoding="utf-8") as file:
        file.write(torn)
    assert "observations.jsonl:2: this line was cut off while" in command("check").stderr
    assert "was cut off while it was being written; it is kept in" in command("observe", "1", "--done").stderr
    aside = records.with_name("observations.jsonl.cut-off")
    assert aside.read_text("utf-8") == f"{typed}\n{torn}\n"
    assert "records/observations.jsonl.cut-off: what stands here was" in command("check").stderr
    aside.unlink()
    assert command("check").returncode == 0


def test_a_column_that_is_missing_is_told_beside_those_of_the_file(house: Path, command: Command) -> None:
    assert command("measure", "add", "csat").returncode == 0
    (house / "a.csv").write_text("When,place\n2026-01,North\n", encoding="utf-8")
    said = command("measure", "import", "csat", "a.csv", "--answers", "nps").stderr
    assert "a.csv has no column “answer”. Its columns are “When” and “place”." in said
    (house / "b.csv").write_text(f"when,value\n2026-01,{'9' * 5000}\n2026-02,1e999\n", encoding="utf-8")
    said = command("measure", "import", "csat", "b.csv").stderr
    assert "b.csv row 2: '999" in said and said.count("is too large a number") == 2 and len(said) < 600
