"""Quizzes, who learned what, the answers of sites, and telling people what came of their story, by command."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.e2e.documents_workspace import build

FOLDER = "training/P-0001-explain-the-treatment-and-call-the-next-morning"
RIVALS = {
    3: ("Draw a map", "Draw the way to the weir in little pictures"),
    4: ("Warm the soup", "Keep a pot of leek soup on the stove"),
    5: ("Carry bags", "Carry the heavier suitcase upstairs"),
}
STAFF = """staff:
  - {name: Anna Berg, aliases: [Annie], team: Ward three}
  - {name: Tom Abara}
  - {name: Mara Lind}
sites: [{name: North}, {name: South}]
"""


@pytest.fixture
def clinic(workspace: Path) -> Path:
    """The clinic of the document tests, with staff, sites and three practices more."""
    build(workspace)
    page = workspace / "servicestory.yaml"
    page.write_text(page.read_text(encoding="utf-8") + STAFF, encoding="utf-8")
    for number, (name, line) in RIVALS.items():
        text = f"id: P-{number:04d}\nname: {name}\nstatus: accepted\ncore:\n  - {line}\n"
        (workspace / "practices" / f"P-{number:04d}.yaml").write_text(text, encoding="utf-8")
    return workspace


@pytest.fixture
def quizzed(clinic: Path) -> Path:
    """The clinic, whose practice has a moment that can be asked about."""
    first = clinic / "practices" / "P-0001-explain.yaml"
    first.write_text(first.read_text(encoding="utf-8") + "trigger: Before an operation\n", encoding="utf-8")
    return clinic


def lines(at: Path, kind: str) -> list[dict[str, Any]]:
    path = at / "records" / f"{kind}.jsonl"
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )


# --- quizzes ----------------------------------------------------------------------------------------------


def test_train_writes_a_quiz_and_its_files_from_the_page_as_it_stands(
    quizzed: Path, command: Command
) -> None:
    done = command("train", "P-0001", "--quiz", "gift", "--quiz", "anki", "--quiz", "aiken")
    assert done.returncode == 0, done.stderr
    page = quizzed / FOLDER / "quiz.md"
    text = page.read_text(encoding="utf-8")
    assert "## Answers" in text and "id: QZ-0001" in text
    files = {name: (quizzed / FOLDER / name) for name in ("quiz.gift.txt", "quiz.aiken.txt", "quiz.anki.csv")}
    before = {name: path.read_bytes() for name, path in files.items()}
    again = command("train", "P-0001", "--json")  # once written, they are kept up to date unasked
    assert {r["outcome"] for r in json.loads(again.stdout)["written"]} == {"unchanged"}
    assert {name: path.read_bytes() for name, path in files.items()} == before

    own = "\n### 9. Who is told first?\n\n- A. The patient\n- B. Nobody\n\n## More answers\n\n9. **A** our rule\n"
    page.write_text(text + own, encoding="utf-8")
    assert command("train", "P-0001").returncode == 0
    assert "Who is told first?\nA. The patient\nB. Nobody\nANSWER: A" in files["quiz.aiken.txt"].read_text(
        "utf-8"
    )
    cards = files["quiz.anki.csv"].read_text("utf-8").splitlines()
    rows = list(csv.reader(line for line in cards if not line.startswith("#")))
    assert any("Who is told first?" in row[1] for row in rows)
    # No teller's words among the options: they are instructions of the practices' documents.
    for story in (quizzed / "stories").glob("*.yaml"):
        for option in (line[5:] for line in text.splitlines() if line.startswith("- ") and line[3:5] == ". "):
            assert option not in story.read_text(encoding="utf-8")


def test_a_quiz_file_changed_by_hand_is_kept(quizzed: Path, command: Command) -> None:
    assert command("train", "P-0001", "--quiz", "gift").returncode == 0
    path, page = quizzed / FOLDER / "quiz.gift.txt", quizzed / FOLDER / "quiz.md"
    path.write_text(path.read_text("utf-8").replace("####", "####Ours\\: ", 1), encoding="utf-8")
    mine = path.read_bytes()
    page.write_text(
        page.read_text("utf-8") + "\n### 9. Q?\n- A. a\n- B. b\n## More\n9. **A**\n", encoding="utf-8"
    )
    refused = command("train", "P-0001")
    assert refused.returncode == 1 and "changed by hand" in refused.stderr and path.read_bytes() == mine
    assert command("train", "P-0001", "--replace").returncode == 0 and b"Q?" in path.read_bytes()


def test_what_no_quiz_can_be_made_of_is_said(quizzed: Path, command: Command) -> None:
    wrong = command("train", "P-0001", "--quiz", "gitf")
    assert wrong.returncode == 2 and "Did you mean gift?" in wrong.stderr
    assert "Did you mean: servicestory train record?" in command("train", "recrod", "P-0001").stderr
    none = command("train", "P-0002", "--quiz", "gift")
    assert none.returncode == 1 and "no question about P-0002 can be asked well yet" in none.stderr
    assert not list((quizzed / "training").glob("P-0002*/quiz.gift.txt"))
    assert "No question can be asked well yet" in next(
        (quizzed / "training").glob("P-0002*/quiz.md")
    ).read_text("utf-8")
    page = quizzed / FOLDER / "quiz.md"
    assert command("train", "P-0001").returncode == 0
    page.write_text(page.read_text("utf-8").replace("1. **", "1. *", 1), encoding="utf-8")
    broken = command("train", "P-0001", "--quiz", "aiken")
    assert broken.returncode == 1 and "quiz.md:" in broken.stderr and "has no answer" in broken.stderr


# --- who learned what -------------------------------------------------------------------------------------


def test_what_one_learned_is_kept_by_pseudonym(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    done = command(
        "train", "record", "P-0001", "--person", "annie", "--teach-back", "passed", "--score", "8/10",
        "--signed-off-by", "Mara Lind", "--site", "north",
    )  # fmt: skip
    assert done.returncode == 0 and "JB-0001 revision 1" in done.stdout, done.stderr
    (kept,) = lines(clinic, "trainings")
    assert kept["learner"].startswith("L-") and kept["document"] == "JB-0001" and kept["revision"] == 1
    assert (kept["score"], kept["score_of"], kept["site"]) == (8.0, 10.0, "North")
    assert "Anna" not in json.dumps(kept) and "Berg" not in done.stdout
    key = clinic / "private" / "pseudonyms.key"
    assert (
        key.stat().st_mode & 0o777 == 0o600
        and (clinic / "private" / ".gitignore").read_text("utf-8") == "*\n"
    )
    same = command("train", "record", "P-0001", "--person", "Anna Berg", "--teach-back", "passed", "--score", "8/10",
                   "--signed-off-by", "Mara Lind", "--site", "North")  # fmt: skip
    assert "nothing was added" in same.stdout and len(lines(clinic, "trainings")) == 1

    shown = command("train", "log").stdout
    assert kept["learner"] in shown and "Anna" not in shown and "Mara" not in shown
    assert "Anna Berg" in command("train", "log", "--names").stdout
    refused = command("train", "log", "--names", "--json")
    assert refused.returncode == 2 and "JSON keeps the pseudonyms" in refused.stderr
    assert "Mara" not in command("train", "log", "--json").stdout
    key.rename(clinic / "key")
    assert command("train", "log").returncode == 0
    for call in (
        ["log", "--names"],
        ["due", "--names", "--within", "9"],
        ["record", "P-0001", "--person", "Tom Abara"],
    ):
        gone = command("train", *call)
        assert gone.returncode == 1 and "private/pseudonyms.key" in gone.stderr
    assert not key.exists() and len(lines(clinic, "trainings")) == 1


WRONG = [
    (["P-0001"], "--person"),
    (["--person", "Anna Berg"], "Which practice"),
    (["P-77", "--person", "Anna Berg"], "no practice 'P-77'"),
    (["Draw a mat", "--person", "Anna Berg"], "Draw a map"),
    (["P-0001", "--person", "Anna Bergg"], "Did you mean 'Anna Berg'"),
    (["P-0001", "--person", "Anna Berg", "--site", "Nort"], "Did you mean 'North'"),
    (["P-0001", "--person", "Anna Berg", "--on", "2027-01-01"], "lies in the future"),
    (["P-0001", "--person", "Anna Berg", "--on", "soon"], "soon"),
    (["P-0001", "--person", "Anna Berg", "--teach-back", "pased"], "Did you mean 'passed'"),
    (["P-0001", "--person", "Anna Berg", "--score", "11/10"], "is no score"),
    (["P-0001", "--person", "Anna Berg", "--revision", "2"], "no revision 2 yet; it is at 1"),
    (["P-0003", "--person", "Anna Berg", "--revision", "1"], "nothing is written for P-0003"),
    (["P-0001", "--person", "Annie", "--signed-off-by", "anna berg"], "sign off their own"),
    (["P-0001", "--person", "Anna Berg", "--trainer", "Annie"], "give their own"),
    (["P-0001", "--person", "Anna Berg", "--signed-off-by", "Mara Lind"], "recorded as passed"),
    (
        ["P-0001", "--person", "Anna Berg", "--teach-back", "not yet", "--signed-off-by", "Mara Lind"],
        "signs off",
    ),
    (["P-0001", "--person", "Anna Berg", "--import", "x.csv"], "takes everything from the file"),
]


def test_what_cannot_be_recorded_is_said_and_nothing_kept(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    for arguments, said in WRONG:
        wrong = command("train", "record", *arguments)
        assert wrong.returncode in (1, 2) and said in wrong.stderr, arguments
    assert lines(clinic, "trainings") == []


def test_a_list_is_taken_as_a_whole_and_once(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    path = clinic / "l.csv"
    path.write_text(
        "date,name,practice,teach-back,signed off by\n2026-10-05,Annie,P-0001,passed,\n2026-10-05,Anna Berg,P-0001,,Mara Lind\n"
        "2026-09-01,Tom Abara,Warm the soup,no,\n",
        encoding="utf-8",
    )
    assert "Recorded 3 rows of 2 colleagues" in command("train", "record", "--import", "l.csv").stdout
    assert "not added again" in command("train", "record", "--import", "l.csv").stdout
    path.write_text(
        "date,name,practice\n2027-01-01,Annie,P-0001\n2026-01-01,Annie,P-99\n,Annie,P-0001\n", "utf-8"
    )
    wrong = command("train", "record", "--import", "l.csv")
    assert (
        wrong.returncode == 1
        and "3 rows of 3" in wrong.stderr
        and "l.csv row 3: there is no practice" in wrong.stderr
    )
    assert len(lines(clinic, "trainings")) == 3
    path.write_text("date,practice\n2026-01-01,P-0001\n", encoding="utf-8")
    assert "no column “person”" in command("train", "record", "--import", "l.csv").stderr


def test_due_says_who_repeats_what_and_a_major_revision_makes_it_due(clinic: Path, command: Command) -> None:
    command("export", "P-0001")
    on = {"SERVICESTORY_TODAY": "2026-10-06"}
    command("train", "record", "P-0001", "--person", "Anna Berg", "--teach-back", "passed", env=on)
    assert "Nothing is due today. The next is due on 2026-10-13" in command("train", "due", env=on).stdout
    within = json.loads(command("train", "due", "--within", "7", "--json", env=on).stdout)
    assert [d["due"] for d in within["due"]] == ["2026-10-13"]
    assert "Anna Berg" in command("train", "due", "--within", "7", "--names", env=on).stdout

    path = next((clinic / "procedures").glob("SOP-0001*.md"))
    text = path.read_text(encoding="utf-8")
    line = "  - {revision: 2, on: 2026-10-07, by: Mara Lind, what: a new step, why: asked for, kind: major}\n"
    text = text.replace("history:\n", f"history:\n{line}", 1).replace("\nrevision: 1\n", "\nrevision: 2\n", 1)
    path.write_text(text, encoding="utf-8")
    on = {"SERVICESTORY_TODAY": "2026-10-08"}
    (found,) = json.loads(command("train", "due", "--json", env=on).stdout)["due"]
    assert found["due"] == "2026-10-07" and "a major change was made on 2026-10-07" in found["why"]
    ends = json.loads(command("check", "--json", env=on).stdout)["loose_ends"]
    assert any("1 colleague on revision 1 of SOP-0001, which is at 2" in e["what"] for e in ends)
    steps = json.loads(command("monitor", "--json", env=on).stdout)["next"]
    assert [s["ref"] for s in steps if s["what"] == "training out of date"] == ["P-0001"]


def test_statements_for_a_learning_record_store(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    command(
        "train",
        "record",
        "P-0001",
        "--person",
        "Anna Berg",
        "--teach-back",
        "passed",
        "--trainer",
        "Mara Lind",
    )
    done = command("train", "log", "--xapi", "out.json", "--home", "https://lrs.example.org")
    assert done.returncode == 0
    text = (clinic / "out.json").read_text(encoding="utf-8")
    (one,) = json.loads(text)
    assert (
        one["actor"]["account"]["name"].startswith("L-")
        and one["context"]["revision"] == "JB-0001 revision 1"
    )
    assert "Anna" not in text and "Mara" not in text
    assert command("train", "log", "--xapi", "out.json", "--home", "https://lrs.example.org").returncode == 0
    assert (clinic / "out.json").read_text(encoding="utf-8") == text
    assert ".invalid/" in json.loads(_written(clinic, command, "default.json"))[0]["object"]["id"]
    assert command("train", "log", "--xapi", "x.json", "--home", "lrs").returncode == 2
    (clinic / "mine.json").write_text("[1]", encoding="utf-8")
    kept = command("train", "log", "--xapi", "mine.json")
    assert kept.returncode == 1 and (clinic / "mine.json").read_text("utf-8") == "[1]"


def _written(at: Path, command: Command, name: str) -> str:
    command("train", "log", "--xapi", name)
    return (at / name).read_text(encoding="utf-8")


# --- loose ends, sites, telling ---------------------------------------------------------------------------


def test_check_lists_loose_ends_without_calling_them_faults(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    command("export", "P-0001", "P-0003")
    path = clinic / "practices" / "P-0001-explain.yaml"
    path.write_text(
        path.read_text("utf-8").replace("owner: Front desk", "trigger: On the day before\nowner: Mara Lind"),
        "utf-8",
    )
    done = command("check")
    assert done.returncode == 0, done.stderr
    for said in (
        "P-0001: the checklist, job breakdown, quiz and session plan are out of date, the practice was worded anew",
        "P-0003 Draw a map is accepted, and no story shows it",
        "SOP-0003: 1 of 1 step cites no story",
        "SOP-0003 Draw a map has no owner",
    ):
        assert said in done.stdout
    kinds = {e["kind"] for e in json.loads(command("check", "--json").stdout)["loose_ends"]}
    assert {
        "out of date",
        "practice without evidence",
        "step without evidence",
        "procedure without owner",
    } <= kinds
    command("train", "P-0001")
    (clinic / "procedures" / "SOP-9999-ours.md").write_text("# Our own page\n", encoding="utf-8")
    assert command("check").returncode == 0
    assert "worded anew" not in command("check").stdout
    text = "id: lonely\ndate: 2026-01-01\nnarrative: Everybody was kind.\n"
    (clinic / "stories" / "lonely.yaml").write_text(text, encoding="utf-8")
    assert "1 story belongs to no practice" in command("check").stdout
    command("tell", "lonely", "--no-action", "it names no deed")
    assert "belongs to no practice" not in command("check").stdout


def test_who_did_it_hears_what_though_nothing_came_of_it(clinic: Path, command: Command) -> None:
    text = "The bus was late and we were upset. Tom Ito called the depot and found another one."
    ref = command("add", "--text", text, "--person", "Tom Ito", "--date", "2026-09-02").stdout.strip()
    command("tell", ref, "--no-action", "the line was closed")
    said = command("tell", ref).stdout
    assert "what you did on 2 September 2026: you called the depot and found another one." in said


def test_documents_are_drafts_until_somebody_puts_them_in_use(clinic: Path, command: Command) -> None:
    pages = command("train", "P-0001", "--format", "html")
    assert "servicestory train P-0001 --in-use" in pages.stderr
    folder = next((clinic / "training").glob("P-0001*"))
    sheets = sorted(folder.glob("*.md"))
    written = [path.read_text("utf-8") for path in sheets]
    assert (
        command("train", "--in-use").returncode == 2
        and command("train", "P-0003", "--in-use").returncode == 1
    )
    assert command("train", "P-0001", "--in-use", "--withdraw").returncode == 2
    done = command("train", "P-0001", "--in-use", "--by", "Mara Lind")
    assert done.returncode == 0 and "4 training documents are now in use." in done.stdout
    for path, before in zip(sheets, written, strict=True):
        text = path.read_text("utf-8")
        assert "status: in use\n" in text and "in_use_by: Mara Lind\n" in text
        assert "| draft |" not in text and before.count("| draft |") == text.count("| in use |")
    assert "in use" in (folder / "job-breakdown.html").read_text("utf-8")
    assert "All of them are in use already" in command("train", "P-0001", "--in-use").stdout
    # Written again, nothing changed: they stay in use, and nothing is said of drafts.
    again = command("train", "P-0001")
    assert "--in-use" not in again.stderr and "new revision" not in again.stdout
    assert "status: in use" in sheets[0].read_text("utf-8")

    command("review", "P-0001", "--status", "retired", "--reason", "nobody does it")
    said = command("check").stdout
    assert (
        "P-0001: the checklist, job breakdown, quiz and session plan are out of date, the practice is retired"
        in said
    )
    assert "servicestory train P-0001 --withdraw" in said
    refused = command("train", "P-0001", "--in-use")
    assert refused.returncode == 1 and "the practice is retired, so nobody is to learn it" in refused.stderr
    assert "servicestory train P-0001 --withdraw; or take it up again" in refused.stderr
    assert refused.stdout == ""  # nothing was done, so nothing is said of it
    assert command("train", "P-0001", "--withdraw").returncode == 0
    for path in sheets:
        assert "status: withdrawn\n" in (text := path.read_text("utf-8")) and "withdrawn_by: Tester\n" in text
    assert "out of date" not in command("check").stdout


def test_a_new_revision_is_a_draft_again_and_what_is_out_of_date_is_not_put_in_use(
    clinic: Path, command: Command
) -> None:
    command("train", "P-0001")
    command("train", "P-0001", "--in-use")
    path = clinic / "practices" / "P-0001-explain.yaml"
    path.write_text(
        path.read_text("utf-8").replace("owner: Front desk", "trigger: On the day before\nowner: Mara Lind"),
        "utf-8",
    )
    late = command("train", "P-0001", "--in-use")
    assert (
        late.returncode == 1 and "worded anew since" in late.stderr and "look it through first" in late.stderr
    )
    command("train", "P-0001")
    text = next((clinic / "training").glob("P-0001*/job-breakdown.md")).read_text("utf-8")
    assert "in_use_by" not in text and "| draft |" in text


def asked(clinic: Path) -> tuple[Path, str]:
    """The page of the quiz, and a question of people's own that was written below its marked part."""
    page, own = clinic / FOLDER / "quiz.md", "\n### 9. Q?\n- A. a\n- B. b\n## More\n9. **A**\n"
    page.write_text(page.read_text("utf-8") + own, "utf-8")
    return page, own


def test_what_people_learn_from_is_kept_when_a_new_revision_begins(clinic: Path, command: Command) -> None:
    command("train", "P-0001", "--format", "html")
    asked(clinic)
    command("train", "P-0001", "--format", "html", "--quiz", "gift")
    command("train", "P-0001", "--in-use")
    there = {path.name: path.read_bytes() for path in (clinic / FOLDER).glob("checklist.*")}
    path = clinic / "practices" / "P-0001-explain.yaml"
    path.write_text(
        path.read_text("utf-8").replace("owner: Front desk", "trigger: On the day before\nowner: Mara Lind"),
        "utf-8",
    )
    done = command("train", "P-0001")
    assert done.returncode == 0 and "kept as it was" in done.stdout
    earlier = clinic / FOLDER / "earlier"
    for kind in ("md", "html"):
        kept = (earlier / f"checklist-revision-1.{kind}").read_bytes()
        assert kept == there[f"checklist.{kind}"] != (clinic / FOLDER / f"checklist.{kind}").read_bytes()
    # A copy is no document of its own, and ends when the new revision is put in use.
    assert json.loads(command("check", "--json").stdout)["broken"] == []
    done = command("train", "P-0001", "--in-use")
    assert done.returncode == 0 and "4 training documents are now in use." in done.stdout
    assert "status: withdrawn\n" in (earlier / "checklist-revision-1.md").read_text("utf-8")
    assert "withdrawn" in (earlier / "checklist-revision-1.html").read_text("utf-8")
    # Files of the quiz for learning systems are not left silently.
    gone = json.loads(command("train", "P-0001", "--withdraw", "--json").stdout)["written"]
    assert [r["file"] for r in gone if "delete it" in r["outcome"]] == [f"{FOLDER}/quiz.gift.txt"]


def test_what_was_withdrawn_is_due_for_nobody(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    command("train", "record", "P-0001", "--person", "Anna Berg", "--teach-back", "not yet")
    assert "the teach-back is not passed yet" in command("train", "due").stdout  # now, not tomorrow
    command("train", "P-0001", "--withdraw")
    said = command("train", "due").stdout
    assert "what is taught of P-0001 was withdrawn" in said and "next is due" not in said


def test_what_was_withdrawn_is_not_put_in_use_with_its_old_words(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    assert command("train", "P-0001", "--withdraw").returncode == 0
    path = clinic / "practices" / "P-0001-explain.yaml"
    path.write_text(
        path.read_text("utf-8").replace("owner: Front desk", "trigger: On the day before\nowner: Mara Lind"),
        "utf-8",
    )
    sheets = sorted((clinic / FOLDER).glob("*.md"))
    before = [sheet.read_bytes() for sheet in sheets]
    for _ in range(2):  # writing all leaves them alone, and does not mark them as of today
        late = command("train", "P-0001", "--in-use")
        assert late.returncode == 1 and "worded anew since" in late.stderr and late.stdout == ""
        written = json.loads(command("train", "--json").stdout)["written"]
        assert {r["outcome"] for r in written if "P-0001" in r["file"]} == {"kept"}
        assert [sheet.read_bytes() for sheet in sheets] == before
    again = command("train", "P-0001")
    assert again.returncode == 0 and "new revision" in again.stdout and "--in-use" in again.stderr
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        assert "\nstatus:" not in text and "withdrawn" not in text  # what is not said is a draft
    assert "On the day before" in (clinic / FOLDER / "checklist.md").read_text("utf-8")
    assert command("train", "P-0001", "--in-use").returncode == 0
    # Nothing changed in between: they are drafts again, in the same revision.
    command("train", "P-0001", "--withdraw")
    rows = json.loads(command("train", "P-0001", "--json").stdout)["written"]
    assert {r["outcome"] for r in rows} == {"front matter"}
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        assert "\nstatus:" not in text and "withdrawn" not in text and "\nrevision: 2\n" in text
    # Of a practice that ended they stay withdrawn.
    command("train", "P-0001", "--withdraw")
    command("review", "P-0001", "--status", "retired", "--reason", "nobody does it")
    assert "kept" in command("train", "P-0001").stdout
    assert all("status: withdrawn\n" in sheet.read_text("utf-8") for sheet in sheets)


def test_documents_of_a_merged_practice_are_not_put_in_use(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    command("review", "P-0001", "--merge-into", "P-0003", "--reason", "the same thing")
    refused = command("train", "P-0001", "--in-use")
    assert refused.returncode == 1 and refused.stdout == ""
    assert (
        "the practice was merged into P-0003, so nobody is to learn it. Take its documents back: "
        "servicestory train P-0001 --withdraw, then: servicestory train P-0003." in refused.stderr
    )
    path = clinic / "practices" / "P-0001-explain.yaml"
    path.write_text(path.read_text("utf-8").replace("merged_into: P-0003\n", ""), "utf-8")
    lost = command("train", "P-0001", "--in-use")
    assert lost.returncode == 1 and "the practice was merged into another" in lost.stderr


def test_documents_made_while_a_practice_had_ended_are_written_again_first(
    clinic: Path, command: Command
) -> None:
    command("review", "P-0001", "--status", "retired", "--reason", "nobody does it")
    command("train", "P-0001")
    head = "This practice was retired: do not work by this document any longer."
    assert head in (clinic / FOLDER / "checklist.md").read_text("utf-8")
    command("review", "P-0001", "--accept", "--reason", "they do it again")
    late = command("train", "P-0001", "--in-use")
    assert late.returncode == 1 and "the practice was taken up again since" in late.stderr
    command("train", "P-0001")
    assert head not in (clinic / FOLDER / "checklist.md").read_text("utf-8")
    assert command("train", "P-0001", "--in-use").returncode == 0


def test_somebody_answers_for_what_is_in_use(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    for option in ("--in-use", "--withdraw"):
        nobody = command("train", "P-0001", option, env={"SERVICESTORY_BY": ""})
        assert nobody.returncode == 2 and "Who decides is not said" in nobody.stderr
    assert "\nstatus:" not in (clinic / FOLDER / "quiz.md").read_text("utf-8")  # a draft as before


def test_check_names_what_is_taught_and_worked_by_though_its_practice_ended(
    clinic: Path, command: Command
) -> None:
    command("train", "P-0001")
    command("export", "P-0001")
    for step in ("--submit", "--approve", "--effective"):
        assert command("procedure", "SOP-0001", step, "--by", f"Who does {step}").returncode == 0
    drafts = (
        "P-0001: the checklist, job breakdown, quiz and session plan are still drafts, though SOP-0001 is in"
    )
    assert drafts in command("check").stdout
    command("review", "P-0001", "--status", "retired", "--reason", "nobody does it")
    said = command("check").stdout
    assert "SOP-0001 is in effect, and its practice P-0001 is retired" in said and "still drafts" not in said
    command("procedure", "SOP-0001", "--withdraw", "--reason", "nobody does it")
    command("train", "P-0001", "--withdraw")
    assert "SOP-0001" not in command("check").stdout and "out of date" not in command("check").stdout


def test_every_site_answers_and_the_silent_are_named(clinic: Path, command: Command) -> None:
    done = command("replicate", "P-0001", "--site", "north", "--answer", "already", "--by", "Mara Lind")
    assert "already in place" in done.stdout and "No answer yet from South" in done.stderr
    assert (
        "nothing was added" in command("replicate", "P-0001", "--site", "North", "--answer", "already").stdout
    )
    command("replicate", "P-0001", "--site", "North", "--answer", "on-hold", "--why", "Anna Berg is away")
    (first,) = [
        p for p in json.loads(command("replicate", "--json").stdout)["practices"] if p["id"] == "P-0001"
    ]
    assert first["unanswered"] == ["South"]
    assert [(s["site"], s["answer"]) for s in first["sites"]] == [("North", "on hold"), ("South", None)]
    assert "Anna" not in json.dumps(first) and len(lines(clinic, "replications")) == 2
    assert "no answer yet" in command("replicate", "P-0001").stdout
    shown = command("show", "P-0001")
    assert "on hold: North; no answer yet from South" in shown.stdout
    assert "on hold: North" in command("replicate").stdout
    adapted = command("replicate", "P-0003", "--site", "North", "--answer", "adapted")
    assert "What was adapted is not said" in adapted.stderr
    assert json.loads(command("show", "P-0001", "--json").stdout)["replication"][0]["answer"] == "on hold"
    (clinic / "a.csv").write_text(
        "practice,site,answer,why\nP-0001,South,rejected,no beds\nP-0003,South,adopted,\n", "utf-8"
    )
    assert "Recorded 2 of 2" in command("replicate", "--import", "a.csv").stdout
    for arguments, said in (
        (["P-0001", "--answer", "adopted"], "Add --site"),
        (["P-0001", "--site", "Nord", "--answer", "adopted"], "Did you mean 'North'"),
        (["P-0001", "--site", "North", "--answer", "adoptd"], "Did you mean adopted"),
        (["P-0001", "--site", "North", "--answer", "rejected"], "--why"),
        (["P-0001", "--site", "North", "--answer", "adopted", "--on", "2027-01-01"], "future"),
        (["P-0002", "--site", "North", "--answer", "adopted"], "is candidate"),
        (["P-0099"], "no practice"),
    ):
        wrong = command("replicate", *arguments)
        assert wrong.returncode in (1, 2) and said in wrong.stderr
    assert len(lines(clinic, "replications")) == 5


def test_what_nobody_told_is_not_said_to_have_been_done(workspace: Path, command: Command) -> None:
    """The codebook's own line of what to do is no deed of a story; thanks speak to whoever is thanked."""
    text = "Ada remembered that he likes his tea without milk and had it ready before he sat down."
    made = command("add", "--text", text, "--person", "Ada Moss", "--date", "2026-09-02").stdout.split()
    command("detect")
    practice = json.loads(command("practices", "--json").stdout)["practices"][0]["id"]
    command("review", practice, "--accept", "--reason", "seen twice")
    ref = next(word for word in made if word.startswith("2026-09-02"))
    entry = json.loads(command("tell", ref, "--json").stdout)
    assert "told us about you on 2 September 2026: how a colleague remembered that he" in entry["to_heroes"]
    assert "You told us how a colleague remembered that he likes his tea" in entry["to_teller"]
    assert "earlier visits" not in entry["to_heroes"] + entry["to_teller"]
    thanked = "Thank you for your story “{} remembered that he likes"
    assert thanked.format("Our colleague") in command("tell", ref).stdout
    assert thanked.format("Ada") in command("tell", ref, "--names").stdout, "it is told to those it is about"
    note = command("recognize", ref, "--by", "Mara").stdout
    assert f"What was told of you: “{text}”" in note and "What you did" not in note


def test_the_loop_is_closed_story_by_story(clinic: Path, command: Command) -> None:
    listed = command("tell", "--all").stdout
    assert "2026-01-20-the-knee" in listed and "Tom" not in listed and "Ines" not in listed
    entry = json.loads(command("tell", "2026-01-20-the-knee", "--json").stdout)
    assert entry["came_of_it"]["outcome"] == "practice" and entry["heroes"] == 1
    assert "“Explain the treatment and call the next morning”" in entry["to_teller"]
    assert "Tom" not in entry["to_heroes"] and "'s words: “" not in entry["to_heroes"]
    assert "Tom Abara" in command("tell", "2026-01-20-the-knee", "--names").stdout
    assert entry["rests_on"]["words"].startswith("Our colleague explained what would happen to my knee")
    assert entry["rests_on"]["confirmed"] is False
    assert "read by servicestory, look before you send" in listed
    path = clinic / "practices" / "P-0001-explain.yaml"
    kept = path.read_text(encoding="utf-8")
    path.write_text(
        kept.replace("{story: 2026-01-20-the-knee,", "{pinned: true, story: 2026-01-20-the-knee,").replace(
            "- story: 2026-01-20-the-knee\n", "- story: 2026-01-20-the-knee\n  pinned: true\n"
        ),
        encoding="utf-8",
    )
    assert "a person confirmed it" in command("tell", "2026-01-20-the-knee").stdout
    path.write_text(kept, encoding="utf-8")
    assert "What came of it:" in command("show", "2026-01-20-the-knee").stdout

    assert "were told on 2026-10-05" in command("tell", "2026-01-20-the-knee", "--told").stdout
    assert "nothing was changed" in command("tell", "2026-01-20-the-knee", "--told").stdout
    shown = json.loads(command("show", "2026-01-20-the-knee", "--json").stdout)
    assert shown["disposition"] == {"decision": "practice", "told_on": "2026-10-05"}
    assert "2026-01-20-the-knee" not in command("tell", "--all").stdout

    text = "id: lonely\ndate: 2026-01-01\nnarrative: Everybody was kind.\n"
    (clinic / "stories" / "lonely.yaml").write_text(text, encoding="utf-8")
    for arguments, said in (
        (["--told"], "Which story"),
        (["lonly", "--told"], "Did you mean lonely"),
        (["lonely", "--told"], "nothing came of lonely yet"),
        (["lonely", "--no-action", " "], "Why nothing is done"),
        (["lonely", "--told", "--no-action", "x"], "two calls"),
        (["2026-01-20-the-knee", "--no-action", "x"], "something came of it"),
    ):
        wrong = command("tell", *arguments)
        assert wrong.returncode in (1, 2) and said in wrong.stderr
    assert command("tell", "lonely", "--no-action", "Because Anna Berg has left").returncode == 0
    told = command("tell", "lonely").stdout
    assert "leave things as they are, because our colleague has left" in told
    assert "future" in command("tell", "lonely", "--told", "--on", "2027-01-01").stderr
    assert command("tell", "lonely", "--told", "--on", "2026-10-01").returncode == 0
    assert "decision: no action\n  reason: Because Anna" in (clinic / "stories" / "lonely.yaml").read_text(
        "utf-8"
    )


def test_forget_reaches_everything_that_was_recorded(clinic: Path, command: Command) -> None:
    command("train", "P-0001", "--quiz", "gift")
    command("train", "record", "P-0001", "--person", "Anna Berg", "--teach-back", "passed")
    command("train", "record", "P-0001", "--person", "Tom Abara", "--teach-back", "passed",
            "--signed-off-by", "Anna Berg", "--trainer", "Anna Berg")  # fmt: skip
    command(
        "replicate",
        "P-0001",
        "--site",
        "North",
        "--answer",
        "on hold",
        "--why",
        "Anna Berg is away",
        "--by",
        "Annie",
    )
    text = "id: lonely\ndate: 2026-01-01\nnarrative: Everybody was kind.\n"
    (clinic / "stories" / "lonely.yaml").write_text(text, encoding="utf-8")
    command("tell", "lonely", "--no-action", "Anna Berg has left")
    page = clinic / FOLDER / "quiz.md"
    page.write_text(
        page.read_text("utf-8")
        + "\n### 9. Whom do you ask?\n\n- A. Anna Berg\n- B. Nobody\n\n## More\n\n9. **A**\n",
        "utf-8",
    )
    assert command("train", "P-0001").returncode == 0
    code = lines(clinic, "trainings")[0]["learner"]
    done = command("forget", "Anna Berg", "--yes")
    assert done.returncode == 0, done.stderr
    for path in clinic.rglob("*"):
        if path.is_file() and ".servicestory" not in path.parts:
            held = path.read_text(encoding="utf-8", errors="replace")
            assert "Anna" not in held and "Annie" not in held and code not in held, path
    first, second = lines(clinic, "trainings")
    assert first["learner"].startswith("Person-") and second["signed_off_by"] == first["learner"]
    assert command("train", "log").returncode == 0 and command("check").returncode == 0
    within = json.loads(command("train", "due", "--within", "99", "--json").stdout)
    assert [d["learner"] for d in within["due"]] == [second["learner"]]


def test_what_the_disk_refuses_is_a_sentence(clinic: Path, command: Command) -> None:
    command("train", "P-0001")
    (clinic / "records").rmdir() if (clinic / "records").is_dir() else None
    (clinic / "records").write_text("in the way", encoding="utf-8")
    for call in (
        ["train", "record", "P-0001", "--person", "Anna Berg"],
        ["replicate", "P-0001", "--site", "North", "--answer", "adopted"],
    ):
        wrong = command(*call)
        assert wrong.returncode == 1 and "records" in wrong.stderr


def test_a_quiz_that_has_become_empty_says_which_files_are_out_of_date(
    clinic: Path, command: Command
) -> None:
    command("train", "P-0001")
    page, own = asked(clinic)
    command("train", "P-0001", "--quiz", "gift")
    assert (clinic / FOLDER / "quiz.gift.txt").is_file()
    text = page.read_text("utf-8").replace(own, "")
    begin, end = text.index("\n", text.index("servicestory:begin")), text.index("<!-- servicestory:end")
    page.write_text(text[: begin + 1] + "None fits any longer.\n" + text[end:], "utf-8")
    rows = json.loads(command("train", "P-0001", "--json").stdout)["written"]
    assert [(r["file"], "no question any longer" in r["outcome"]) for r in rows if "gift" in r["file"]] == [
        (f"{FOLDER}/quiz.gift.txt", True)
    ]


def test_documents_keep_their_place_when_the_practice_is_renamed(clinic: Path, command: Command) -> None:
    assert command("train", "P-0001").returncode == 0 and command("export", "P-0001").returncode == 0
    before = sorted(
        p.relative_to(clinic) for f in ("training", "procedures") for p in (clinic / f).rglob("*")
    )
    renaming = ("--rename", "Draw the way for them", "--reason", "that is what it is", "--by", "Ilka Rein")
    assert command("review", "P-0001", *renaming).returncode == 0
    assert command("train", "P-0001").returncode == 0 and command("export", "P-0001").returncode == 0
    assert before == sorted(
        p.relative_to(clinic) for f in ("training", "procedures") for p in (clinic / f).rglob("*")
    )
    for name in ("training/*/job-breakdown.md", "procedures/SOP-0001-*.md"):
        [path] = clinic.glob(name)
        assert "Draw the way for them" in path.read_text(encoding="utf-8")


def test_a_text_to_pass_on_says_the_deed_and_names_no_customer(workspace: Path, command: Command) -> None:
    text = "Mr Okonedo was in hospital, so Ada put a second rope on the bow of his boat before the storm."
    made = command("add", "--text", text, "--person", "Ada Moss", "--date", "2026-09-02").stdout.split()
    ref = next(word for word in made if word.startswith("2026-09-02"))
    (workspace / "practices").mkdir(exist_ok=True)
    (workspace / "practices" / "P-0001-second-rope.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Make fast\nstatus: accepted\n"
        "decisions:\n  - {on: 2026-09-03, by: Ilka, action: accepted, reason: it held}\n"
        f"evidence:\n  - {{story: {ref}, start: 0, end: {len(text)}, score: 0.9}}\n",
        encoding="utf-8",
    )
    for names in ((), ("--names",)):
        told = command("tell", ref, *names).stdout.split("\n", 1)[1]
        assert "Okonedo" not in told, "no text names a customer"
        assert "a second rope on the bow" in told and "counted among" not in told
    assert "Ada" in told


def test_a_name_given_later_is_taken_into_drafts_nobody_signed(clinic: Path, command: Command) -> None:
    nobody = {"SERVICESTORY_BY": ""}
    assert command("train", "P-0001", env=nobody).returncode == 0
    sheet = next(clinic.glob("training/P-0001*/job-breakdown.md"))
    assert "    by: not named\n" in sheet.read_text(encoding="utf-8")
    rows = json.loads(command("train", "P-0001", "--by", "Ana Ray", "--json").stdout)["written"]
    assert {row["outcome"] for row in rows} == {"name added"}
    text = sheet.read_text(encoding="utf-8")
    assert "    by: Ana Ray\n" in text and "revision: 2" not in text
    # whoever comes after did not write it
    command("train", "P-0001", "--by", "Jon Reed")
    assert sheet.read_text(encoding="utf-8") == text


def test_what_is_in_use_unsigned_says_that_the_name_was_not_taken(clinic: Path, command: Command) -> None:
    assert command("train", "P-0001", env={"SERVICESTORY_BY": ""}).returncode == 0
    assert command("train", "P-0001", "--in-use", "--by", "Jon Reed").returncode == 0
    done = command("train", "P-0001", "--by", "Ana Ray")
    assert "stay without a name, since they are no draft any more; Ana Ray is named as" in done.stderr


def test_open_points_are_said_when_training_is_written_and_put_in_use(clinic: Path, command: Command) -> None:
    done = command("train", "P-0003")
    sheet = next(clinic.glob("training/P-0003*/job-breakdown.md"))
    assert "ask why it is done" in sheet.read_text(encoding="utf-8")
    said = "Still open in the job breakdown of P-0003:"
    assert said in done.stderr and "steps without a reason" in done.stderr
    done = command("train", "P-0003", "--in-use", "--by", "Jon Reed")
    assert done.returncode == 0 and said in done.stderr
