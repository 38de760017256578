"""`procedure`, `export --into` and the formats as people call them: life cycle, hand edits, hostile files."""

import io
import json
import re
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import Command
from tests.e2e.documents_workspace import build

SOP = "procedures/SOP-0001-explain-the-treatment-and-call-the-next-morning"
HANDBOOK = "# Ward\n\n## Talks\n\nThe doctor explains the treatment.  \r\n\n## Bags\n\nBags are labelled."


@pytest.fixture
def clinic(workspace: Path) -> Path:
    return build(workspace)


@pytest.fixture
def exported(clinic: Path, command: Command) -> Path:
    assert command("export").returncode == 0
    return clinic


def tell_one_more(at: Path) -> None:
    """A new story whose step the procedure does not have."""
    text = "She explained the treatment to my wife and wrote the number of the ward on a card."
    (at / "stories" / "new.yaml").write_text(
        f"id: new\ndate: 2026-05-05\nnarrative: {text}\n", encoding="utf-8"
    )
    path = at / "practices" / "P-0001-explain.yaml"
    more = f"- {{story: new, start: 0, end: {len(text) - 1}}}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def test_a_procedure_lives_and_its_table_shows_it(exported: Path, command: Command) -> None:
    path = exported / f"{SOP}.md"
    before = path.read_text(encoding="utf-8")
    assert command("procedure", "P-0001", "--submit", "--reviewer", "Wim Kruger").returncode == 0
    own = command("procedure", "SOP-0001", "--approve")
    assert own.returncode == 1 and "nobody approves their own work" in own.stderr
    assert (
        command("procedure", "SOP-0001", "--approve", "--by", "Jon Reed", "--reason", "tried").returncode == 0
    )
    due = json.loads(command("procedure", "--due", "--json").stdout)["procedures"]
    assert [(p["id"], p["waits_for"]) for p in due] == [("SOP-0001", "approved, not yet in effect")]
    done = command("procedure", "sop-0001", "--effective", "--from", "2026-11-01")
    assert done.returncode == 0 and "looked at again on 2027-11-01" in done.stdout
    text = path.read_text(encoding="utf-8")
    assert "| Status | approved, effective from 2026-11-01 | Owner | Front desk |" in text
    assert "**Approved, and in effect from 2026-11-01 on.**" in text
    assert "1 (approved, effective from 2026-11-01)" in command("procedure", "P-0001").stdout
    there = {"SERVICESTORY_TODAY": "2026-11-01"}
    assert "1 (effective)" in command("procedure", "P-0001", env=there).stdout
    assert "| 2026-10-05 | Jon Reed | 1 | in review | approved | tried |" in text
    steps = re.search(r"^## Purpose.*?^## Revision history", before, re.S | re.M)
    assert steps and steps[0] in text  # the steps were not made again
    shown = json.loads(command("procedure", "P-0001", "--json").stdout)
    assert shown["approver"] == "somebody not on the staff list" and shown["in_force"] is None
    assert "SOP-0001 takes effect on 2026-11-01" in done.stdout
    assert "revision 1 (first issue) by" in command("procedure", "P-0001").stdout
    later = {"SERVICESTORY_TODAY": "2028-01-01"}
    assert "past review" in command("procedure", "--due", env=later).stdout
    assert "SOP-0001" in json.dumps(json.loads(command("monitor", "--json", env=later).stdout)["next"])
    assert json.loads(command("export", "--json").stdout)["written"][0]["outcome"] == "unchanged"


def test_what_changes_nobodys_work_keeps_the_approval_and_what_does_begins_again(
    exported: Path, command: Command
) -> None:
    for call in (("--submit",), ("--approve", "--by", "Jon Reed"), ("--effective",)):
        assert command("procedure", "P-0001", *call).returncode == 0
    path = exported / "practices" / "P-0001-explain.yaml"
    kept = path.read_text(encoding="utf-8")
    path.write_text(
        kept.replace("owner: Front desk\n", "owner: Mara Lind\nstandard: safe\n"), encoding="utf-8"
    )
    page = exported / "servicestory.yaml"
    page.write_text(
        page.read_text(encoding="utf-8") + "\nstandards:\n- {id: safe, name: Safe}\n", encoding="utf-8"
    )
    assert json.loads(command("export", "--json").stdout)["written"][0]["outcome"] == "new revision"
    shown = json.loads(command("procedure", "P-0001", "--json").stdout)
    assert (shown["revision"], shown["status"], shown["in_force"]) == (2, "effective", 2)
    assert command("export", "--format", "docx").returncode == 0
    word = (exported / f"{SOP}.docx").read_bytes()
    tell_one_more(exported)
    rows = json.loads(command("export", "--json").stdout)["written"]
    earlier = f"{SOP}-revision-2.md".replace("procedures/", "procedures/earlier/")
    assert {"file": earlier, "outcome": "kept as it was"} in rows
    shown = json.loads(command("procedure", "P-0001", "--json").stdout)
    assert (shown["revision"], shown["status"], shown["in_force"]) == (3, "draft", 2)
    text = (exported / f"{SOP}.md").read_text(encoding="utf-8")
    assert "revision 2 stays in force" in text and re.search(r"\| 3 \|.*steps? added.*\| major \|", text)
    assert len(json.loads(command("procedure", "--json").stdout)["procedures"]) == 1
    # Its Word file is kept as well; once the new one takes effect, the copies say so.
    assert (exported / earlier.replace(".md", ".docx")).read_bytes() == word
    assert (exported / f"{SOP}.docx").read_bytes() != word
    copy = exported / earlier
    assert "| Status | effective |" in copy.read_text(encoding="utf-8")
    for call in (("--submit",), ("--approve", "--by", "Jon Reed"), ("--effective", "--from", "2026-11-01")):
        assert command("procedure", "P-0001", *call).returncode == 0
    text = copy.read_text(encoding="utf-8")
    assert "**In effect until 2026-11-01: from that day on work by revision 3.**" in text
    assert "status: effective" in text and "| Status | effective until 2026-11-01 |" in text
    assert "Revision 2 stays in force until then." in (exported / f"{SOP}.md").read_text(encoding="utf-8")
    assert command("procedure", "P-0001", "--withdraw", "--reason", "nobody does it").returncode == 0
    assert "status: withdrawn" in copy.read_text(encoding="utf-8")


def test_a_broken_practice_is_named_with_its_line_and_not_as_missing(
    exported: Path, command: Command
) -> None:
    path = exported / "practices" / "P-0001-explain.yaml"
    path.write_text(path.read_text(encoding="utf-8") + " core:\n  - x\n", encoding="utf-8")
    done = command("procedure", "P-0001", "--submit")
    assert done.returncode == 1 and "practices/P-0001-explain.yaml:" in done.stderr
    assert "there is no practice" not in done.stderr


NOBODY = {"SERVICESTORY_BY": ""}


def test_a_person_takes_the_place_of_nobody_as_the_author_and_not_the_other_way_round(
    clinic: Path, command: Command
) -> None:
    assert command("export", env=NOBODY).returncode == 0
    tell_one_more(clinic)
    assert command("export", "--by", "Ravi Sund").returncode == 0
    text = (clinic / f"{SOP}.md").read_text(encoding="utf-8")
    assert "author: Ravi Sund" in text and "| Author | Ravi Sund |" in text and "by: not named" in text
    (clinic / "stories" / "new.yaml").unlink()
    assert command("export", env=NOBODY).returncode == 0
    assert "| Author | Ravi Sund |" in (clinic / f"{SOP}.md").read_text(encoding="utf-8")


def test_the_table_names_who_wrote_this_revision_and_no_approver_of_another(
    exported: Path, command: Command
) -> None:
    bring_into_effect(command, "P-0001")
    tell_one_more(exported)
    assert command("export", "--by", "Ida Moor").returncode == 0
    text = (exported / f"{SOP}.md").read_text(encoding="utf-8")
    assert "| Document | SOP-0001 | Revision | 2 |" in text and "| Author | Ida Moor |" in text
    assert "| Approver | nobody yet | Approved on | not yet |" in text
    own = command("procedure", "P-0001", "--submit")
    assert own.returncode == 0, own.stderr
    own = command("procedure", "P-0001", "--approve", "--by", "Ida Moor")
    assert own.returncode == 1 and "nobody approves their own work" in own.stderr


def test_a_minor_revision_by_who_approved_it_keeps_author_and_approval(
    exported: Path, command: Command
) -> None:
    bring_into_effect(command, "P-0001")
    before = json.loads(command("procedure", "P-0001", "--json").stdout)
    page = exported / "servicestory.yaml"
    more = page.read_text(encoding="utf-8").replace("vision: ", "vision: At any hour, ")
    page.write_text(more, encoding="utf-8")
    assert command("export", "--by", "Jon Reed").returncode == 0
    after = json.loads(command("procedure", "P-0001", "--json").stdout)
    assert (after["revision"], after["status"]) == (2, "effective")
    assert (after["author"], after["approver"]) == (before["author"], "somebody not on the staff list")
    # A hand in its text is taken out again without a revision, and without losing the approval.
    path = exported / f"{SOP}.md"
    written = path.read_bytes()
    path.write_text(re.sub(r"\*\*Explain [^*]+\*\*", "**Skip it.**", path.read_text("utf-8")), "utf-8")
    assert "changed since it was approved" in command("check").stdout
    assert json.loads(command("export", "--replace", "--json").stdout)["written"][0]["outcome"] == "put back"
    assert path.read_bytes() == written


def test_what_nobody_accepted_is_no_way_to_work(exported: Path, command: Command) -> None:
    assert command("export", "P-0002").returncode == 0
    done = command("procedure", "P-0002", "--submit", "--owner", "Mara Lind")
    assert done.returncode == 1 and "nobody has accepted P-0002 Be there" in done.stderr
    assert "servicestory review P-0002 --accept" in done.stderr
    book = exported.parent / "handbook.md"
    book.write_bytes(HANDBOOK.encode())
    into = command("export", "P-0002", "--into", str(book), "--under", "Talks")
    assert (
        into.returncode == 1 and "nobody has accepted P-0002 Be there, so its steps go into no" in into.stderr
    )
    assert book.read_bytes() == HANDBOOK.encode()
    learned = command("train", "record", "P-0002", "--person", "Anna Berg")
    assert learned.returncode == 1 and "nobody has accepted P-0002 Be there" in learned.stderr
    assert not list((exported / "records").glob("trainings*"))
    path = exported / "practices" / "P-0002-be-there.yaml"
    path.write_text(path.read_text("utf-8").replace("candidate", "retired"), "utf-8")
    learned = command("train", "record", "P-0002", "--person", "Anna Berg")  # while it was done
    assert learned.returncode == 0 and "P-0002 is retired" in learned.stderr


def test_hand_edits_in_the_steps_live_through_an_approval(exported: Path, command: Command) -> None:
    path = exported / f"{SOP}.md"
    path.write_text(
        re.sub(r"\*\*Explain [^*]+\*\*", "**Explain it twice.**", path.read_text("utf-8")), "utf-8"
    )
    assert command("procedure", "P-0001", "--submit").returncode == 0
    text = path.read_text(encoding="utf-8")
    assert "**Explain it twice.**" in text and "| Status | in review |" in text
    tell_one_more(exported)
    assert "changed by hand" in command("export").stderr  # and is still known to be


@pytest.mark.parametrize("state", ["submitted", "approved", "effective"])
def test_text_changed_after_it_was_agreed_is_said_and_refused(
    exported: Path, command: Command, state: str
) -> None:
    path = exported / f"{SOP}.md"
    calls = [("--submit",), ("--approve", "--by", "Jon Reed"), ("--effective",)]
    for call in calls[: 1 + ("submitted", "approved", "effective").index(state)]:
        assert command("procedure", "P-0001", *call).returncode == 0
    agreed = path.read_bytes()
    assert "changed since" not in command("check").stdout + command("procedure", "P-0001").stderr
    path.write_text(re.sub(r"\*\*Explain [^*]+\*\*", "**Skip it.**", path.read_text("utf-8")), "utf-8")
    path.write_text(path.read_text("utf-8") + "\nOur own words.\n", "utf-8")
    said = f"changed since it was {'submitted' if state == 'submitted' else 'approved'} (on 2026-10-05)"
    ends = json.loads(command("check", "--json").stdout)["loose_ends"]
    assert [(e["where"], said in e["what"]) for e in ends if e["kind"] == "text changed"] == [
        (f"{SOP}.md", True)
    ]
    assert "--replace" in command("check").stdout
    shown = command("procedure", "P-0001")
    assert shown.returncode == 0 and said in " ".join(shown.stderr.split())
    assert json.loads(command("procedure", "P-0001", "--json").stdout)["text_changed"] == said
    for call in [calls[2], ("--reviewed",)] if state == "approved" else calls[1:2] * (state == "submitted"):
        done = command("procedure", "P-0001", *call)
        assert done.returncode == 1 and said in " ".join(done.stderr.split())
    done = command("export")
    assert done.returncode == 1 and said in " ".join(done.stderr.split())
    # What was agreed comes back with --replace, as no new revision; words outside the markers stay.
    done = command("export", "--replace", "--json")
    assert json.loads(done.stdout)["written"][0]["outcome"] == "put back" and "**Skip it.**" in done.stderr
    assert path.read_bytes() == agreed + b"\nOur own words.\n"


def test_a_kept_copy_is_no_procedure_of_its_own(exported: Path, command: Command) -> None:
    bring_into_effect(command, "P-0001")
    tell_one_more(exported)
    done = command("export")
    assert "kept as it was" in done.stdout and "1 procedure in" in done.stdout


def test_a_change_that_is_meant_is_sent_back_and_submitted_again(exported: Path, command: Command) -> None:
    path = exported / f"{SOP}.md"
    assert command("procedure", "P-0001", "--submit").returncode == 0
    path.write_text(re.sub(r"\*\*Explain [^*]+\*\*", "**Twice.**", path.read_text("utf-8")), "utf-8")
    assert command("procedure", "P-0001", "--return", "--reason", "said better").returncode == 0
    bring_into_effect(command, "P-0001")
    assert "**Twice.**" in path.read_text("utf-8") and "changed since" not in command("check").stdout
    # That a person is forgotten is no change by hand.
    assert "Mara Lind" in path.read_text("utf-8")
    assert command("forget", "Mara Lind", "--yes").returncode == 0
    assert "Mara Lind" not in path.read_text("utf-8") and "changed since" not in command("check").stdout


def test_an_approver_who_is_not_on_the_staff_list_is_said(exported: Path, command: Command) -> None:
    page = exported / "servicestory.yaml"
    page.write_text(page.read_text("utf-8") + "\nstaff:\n- {name: Jon Reed}\n", "utf-8")
    assert command("procedure", "P-0001", "--submit").returncode == 0
    done = command("procedure", "P-0001", "--approve", "--by", "Wim Kruger")
    assert done.returncode == 0 and "Wim Kruger is not on the staff list" in done.stderr


def test_why_a_revision_was_made_is_what_is_known(exported: Path, command: Command) -> None:
    path = exported / f"{SOP}.md"
    fresh = path.read_bytes()

    def why(change: tuple[str, str] | None = None) -> str:
        """Why, of a document that another version worded in its own way, after a change of its record."""
        text = re.sub(r"content=[0-9a-f]{16}", "content=" + "0" * 16, fresh.decode())
        path.write_text(re.sub(*change, text) if change else text, "utf-8")
        rows = json.loads(command("export", "--json").stdout)["written"]
        assert rows[0]["outcome"] == "new revision"
        shown = command("procedure", "P-0001", "--json")
        assert json.loads(shown.stdout)["revision"] == 2
        return " ".join(re.findall(r"why: (.+(?:\n      .+)*)", path.read_text("utf-8"))[-1].split())

    assert "another version of servicestory" in why()
    assert "itself changed" in why((r"(?m)^made_from:\n(?:  .*\n)+", ""))  # before it was kept: not known
    page = exported / "servicestory.yaml"
    page.write_text(page.read_text("utf-8").replace("Nobody goes", "No one goes"), "utf-8")
    assert "The organisation's page (servicestory.yaml) changed" in why()
    tell_one_more(exported)
    assert "ther stories show it" in why() and "version" not in why()


def test_that_people_decided_is_why_a_revision_was_made(exported: Path, command: Command) -> None:
    def reasons() -> str:
        return " ".join((exported / f"{SOP}.md").read_text("utf-8").split())

    path = exported / "practices" / "P-0001-explain.yaml"
    told = path.read_text("utf-8")
    now = "candidate" if "status: accepted" in told else "accepted"
    path.write_text(re.sub(r"(?m)^status: .*$", f"status: {now}", told), "utf-8")
    assert command("export", "P-0001").returncode == 0
    assert "People decided about the practice" in reasons() and "another version" not in reasons()


def bring_into_effect(command: Command, practice: str, *how: str) -> None:
    for call in (
        ("--submit", "--owner", "Mara Lind"),
        ("--approve", "--by", "Jon Reed"),
        ("--effective", *how),
    ):
        done = command("procedure", practice, *call)
        assert done.returncode == 0, done.stderr


def accept(at: Path, name: str) -> None:
    path = at / "practices" / name
    own = "status: accepted\ncore:\n- Stay with the patient until somebody comes"
    path.write_text(path.read_text("utf-8").replace("status: candidate", own), "utf-8")


def test_one_procedure_takes_the_place_of_another(exported: Path, command: Command) -> None:
    accept(exported, "P-0002-be-there.yaml")
    assert command("export", "P-0002").returncode == 0
    bring_into_effect(command, "P-0002")
    done = command("procedure", "P-0001", "--supersede-by", "P-0002", "--reason", "said better there")
    assert done.returncode == 0, done.stderr
    old, new = (json.loads(command("procedure", p, "--json").stdout) for p in ("P-0001", "P-0002"))
    assert (old["status"], old["superseded_by"], new["supersedes"]) == ("superseded", "SOP-0002", "SOP-0001")
    assert "do not work by it" in (exported / f"{SOP}.md").read_text(encoding="utf-8")
    assert json.loads(command("export", "--json").stdout)["written"][0]["outcome"] == "kept"
    again = command("procedure", "P-0002", "--supersede-by", "P-0001", "--reason", "x")
    assert again.returncode == 1 and "is superseded itself" in again.stderr
    # The others know: nothing is missing, and nobody is given what has ended.
    due = json.loads(command("monitor", "--json").stdout)["next"]
    assert not [n for n in due if n["what"] == "procedure missing"]
    book = exported.parent / "handbook.md"
    book.write_bytes(HANDBOOK.encode())
    into = command("export", "P-0001", "--into", str(book))
    assert into.returncode == 1 and "SOP-0001 of P-0001 is superseded by SOP-0002" in into.stderr
    assert "servicestory export P-0002 --into" in into.stderr and book.read_bytes() == HANDBOOK.encode()
    assert "P-0001: left out: SOP-0001" in command("export", "--into", str(book), "--draft").stdout
    learned = command("train", "record", "P-0001", "--person", "Anna Berg")
    assert learned.returncode == 0 and "is superseded by SOP-0002: nobody is to work by it" in learned.stderr


def test_a_page_that_cannot_be_made_leaves_no_state_half_written(exported: Path, command: Command) -> None:
    accept(exported, "P-0002-be-there.yaml")
    assert command("export", "--format", "html").returncode == 0
    bring_into_effect(command, "P-0002")
    (exported / "templates").mkdir(exist_ok=True)
    (exported / "templates" / "document.html").write_text("{{ nonsense", encoding="utf-8")
    done = command("procedure", "P-0001", "--supersede-by", "P-0002", "--reason", "said better there")
    assert done.returncode == 1 and "document.html:1" in done.stderr
    old, new = (json.loads(command("procedure", p, "--json").stdout) for p in ("P-0001", "P-0002"))
    assert (old["status"], new["supersedes"]) == ("superseded", "SOP-0001")


def test_what_was_merged_takes_no_steps_of_its_heir_along(exported: Path, command: Command) -> None:
    book = exported.parent / "handbook.md"
    book.write_bytes(HANDBOOK.encode())
    assert command("export", "P-0001", "--into", str(book), "--under", "Talks").returncode == 0
    before = book.read_bytes()
    assert command("review", "P-0002", "--merge-into", "P-0001", "--reason", "the same").returncode == 0
    done = command("export", "P-0002", "--into", str(book), "--remove")
    assert done.returncode == 0 and "not there" in done.stdout and book.read_bytes() == before
    done = command("export", "P-0001", "--into", str(book), "--remove")
    assert done.returncode == 0 and book.read_bytes() == HANDBOOK.encode()


def test_nothing_is_superseded_by_what_nobody_works_by_yet(exported: Path, command: Command) -> None:
    accept(exported, "P-0002-be-there.yaml")
    assert command("export", "P-0002").returncode == 0
    bring_into_effect(command, "P-0001")
    call = ("procedure", "P-0001", "--supersede-by", "P-0002", "--reason", "said better there")
    before = (exported / f"{SOP}.md").read_bytes()
    early = command(*call)
    assert early.returncode == 1 and "SOP-0002 is a draft, so nothing would be in force" in early.stderr
    assert "servicestory procedure SOP-0002 --submit" in early.stderr
    bring_into_effect(command, "P-0002", "--from", "2026-11-01")
    early = command(*call)
    assert early.returncode == 1 and "SOP-0002 takes effect on 2026-11-01 only" in early.stderr
    assert (exported / f"{SOP}.md").read_bytes() == before
    assert command(*call, env={"SERVICESTORY_TODAY": "2026-11-01"}).returncode == 0


def test_a_procedure_that_was_withdrawn_is_missed_for_what_it_is(exported: Path, command: Command) -> None:
    assert command("procedure", "P-0001", "--withdraw", "--reason", "nobody can do it").returncode == 0
    due = json.loads(command("monitor", "--json").stdout)["next"]
    [missing] = [n["why"] for n in due if n["what"] == "procedure missing"]
    assert "SOP-0001 was withdrawn on 2026-10-05, and none took its place" in missing


@pytest.mark.parametrize(
    ("call", "said", "code"),
    [
        (("--submit",), "Which procedure is not said", 2),
        (("P-0001", "--submit", "--approve"), "two steps", 2),
        (("P-0001", "--reason", "x"), "What to do is not said", 2),
        (("P-0001", "--effective", "--from", "soon"), "is not a date", 2),
        (("P-0001", "--submit", "--from", "2026-01-01"), "--from belongs", 2),
        (("P-0001", "--withdraw"), "a reason is recorded", 1),
        (("P-0001", "--effective"), "only what is approved", 1),
        (("P-0002", "--submit"), "no procedure SOP-0002", 1),
        (("P-0009", "--submit"), "P-0009", 1),
        (("SOP-0009", "--submit"), "there is no practice 'P-0009'", 1),
        (("P-0001", "--due"), "--due lists all", 2),
    ],
)
def test_what_cannot_be_is_a_sentence(
    exported: Path, command: Command, call: tuple[str, ...], said: str, code: int
) -> None:
    before = (exported / f"{SOP}.md").read_bytes()
    done = command("procedure", *call)
    assert done.returncode == code and said in done.stderr
    assert (exported / f"{SOP}.md").read_bytes() == before


def test_an_approval_written_in_by_hand_is_no_way_round(exported: Path, command: Command) -> None:
    path = exported / f"{SOP}.md"
    text = path.read_text(encoding="utf-8").replace("status: draft", "status: approved\napprover: tester")
    path.write_text(text, encoding="utf-8")
    done = command("export")
    assert done.returncode == 1 and "nobody approves their own work" in done.stderr and SOP in done.stderr
    assert path.read_text(encoding="utf-8") == text


def test_word_and_html_are_written_once_and_never_over_a_hand(clinic: Path, command: Command) -> None:
    for what in ("train", "export"):
        assert command(what, "--format", "all").returncode == 0
    made = {p: p.read_bytes() for p in clinic.rglob("*.*") if p.suffix in (".docx", ".html")}
    assert len(made) == 10
    for what in ("train", "export"):
        again = json.loads(command(what, "--format", "all", "--json").stdout)["written"]
        assert {row["outcome"] for row in again} == {"unchanged"}
    assert {p: p.read_bytes() for p in made} == made
    path = clinic / f"{SOP}.docx"
    word = Document(str(path))
    word.paragraphs[0].runs[0].text = "Mine"
    word.save(str(path))
    mine = path.read_bytes()
    done = command("export", "--format", "docx")
    assert done.returncode == 1 and "changed by hand" in done.stderr and path.read_bytes() == mine
    assert command("export", "--format", "docx", "--replace").returncode == 0
    assert path.read_bytes() == made[path]
    page = clinic / f"{SOP}.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Purpose", "Why"), encoding="utf-8")
    done = command("export", "--format", "html")
    assert done.returncode == 1 and f"{SOP}.html" in done.stderr and "Why" in page.read_text(encoding="utf-8")


def test_pages_and_word_files_that_are_there_follow_unasked(clinic: Path, command: Command) -> None:
    for what in ("train", "export"):
        assert command(what, "P-0001", "--format", "html", "--format", "docx").returncode == 0
    tell_one_more(clinic)
    for what in ("train", "export"):
        done = command(what, "P-0001", "--json")
        rows = {r["file"]: r["outcome"] for r in json.loads(done.stdout)["written"]}
        for name in rows:
            if name.endswith(".md") and rows[name] == "new revision":
                assert rows[name[:-2] + "html"] == rows[name[:-2] + "docx"] == "written"
        assert "new revision" in rows.values() and done.returncode == 0
    assert "revision 2 (draft)" in (clinic / f"{SOP}.html").read_text(encoding="utf-8")
    assert Document(str(clinic / f"{SOP}.docx")).core_properties.revision == 2
    # One that somebody changed is named and stays.
    page = clinic / f"{SOP}.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Purpose", "Why"), encoding="utf-8")
    mine = page.read_bytes()
    done = command("export", "P-0001", "--replace")
    assert done.returncode == 0 and "changed by hand: stays as it is" in done.stdout
    assert page.read_bytes() == mine


def test_a_forgotten_person_is_in_no_format_and_the_files_stay_ours(clinic: Path, command: Command) -> None:
    command("export", "--format", "all", "--by", "Seán O'Dell")
    assert "Seán O'Dell" in Document(str(clinic / f"{SOP}.docx")).core_properties.author
    assert command("forget", "Seán O'Dell", "--yes").returncode == 0
    made = Document(str(clinic / f"{SOP}.docx"))
    assert "Dell" not in made.element.xml + made.core_properties.author
    assert "Dell" not in (clinic / f"{SOP}.html").read_text(encoding="utf-8")
    done = command("export", "--format", "all")
    assert done.returncode == 0, done.stderr


def test_a_hostile_story_is_words_in_word_and_html(clinic: Path, command: Command) -> None:
    path = clinic / "practices" / "P-0001-explain.yaml"
    hostile = "Call [x](http://evil) <script>alert(1)</script> <!-- servicestory:end SOP-0001 -->\\x07 | # =HYPERLINK(1)"
    text = path.read_text(encoding="utf-8").replace(
        "owner: Front desk", f'owner: "{hostile}"\ncore: ["{hostile}"]'
    )
    path.write_text(text, encoding="utf-8")
    for what in ("train", "export"):
        done = command(what, "--format", "all")
        assert done.returncode == 0, done.stderr
    for page in clinic.rglob("*.html"):
        assert not re.search(r"<(?:a|script|img)\b|\x07", page.read_text(encoding="utf-8"))
    for word in clinic.rglob("*.docx"):
        made = Document(io.BytesIO(word.read_bytes()))
        assert "hyperlink" not in made.element.xml and "\x07" not in made.element.xml
    assert (
        json.loads(command("export", "--format", "all", "--json").stdout)["written"][0]["outcome"]
        == "unchanged"
    )


def test_a_broken_page_template_is_named_with_its_line(clinic: Path, command: Command) -> None:
    (clinic / "templates").mkdir()
    (clinic / "templates" / "document.html").write_text("<html>\n{{ nonsense }}\n", encoding="utf-8")
    done = command("export", "--format", "html")
    assert done.returncode == 1 and "templates/document.html:2" in done.stderr
    (clinic / "templates" / "document.html").write_text("<b>{{ title }}</b>{{ body }}", encoding="utf-8")
    assert command("export", "--format", "html").returncode == 0
    assert (clinic / f"{SOP}.html").read_text(encoding="utf-8").startswith("<b>Explain")


def test_ways_to_do_it_stand_in_a_handbook_as_ways(clinic: Path, command: Command) -> None:
    told = [
        "Mara drew the way to the ward on the back of the letter.",
        "Jon had him try the inhaler with water until he could do it.",
        "Wim taped a red strip on the bottle of the strong drops.",
    ]
    places = ""
    for n, text in enumerate(told):
        (clinic / "stories" / f"w{n}.yaml").write_text(
            f"id: w{n}\ndate: 2026-05-0{n + 1}\npeople: [{text.split()[0]} Reed]\nnarrative: {text}\n",
            encoding="utf-8",
        )
        places += f"  - {{story: w{n}, start: 0, end: {len(text) - 1}}}\n"
    (clinic / "practices" / "P-0009-show.yaml").write_text(
        "schema: 1\nid: P-0009\nname: Show the patient how it is done at home\nstatus: accepted\n"
        f"evidence:\n{places}",
        encoding="utf-8",
    )
    book = clinic.parent / "handbook.md"
    book.write_bytes(HANDBOOK.encode())
    done = command("export", "P-0009", "--into", str(book), "--under", "Talks")
    assert done.returncode == 0, done.stderr
    assert "These are ways to do it, and no sequence" in book.read_text(encoding="utf-8")
    assert re.search(r"P-0009: \d steps \(1.*\) told in one story only", done.stderr)


def test_steps_go_into_a_handbook_and_come_out_again(clinic: Path, command: Command) -> None:
    book = clinic.parent / "handbook.md"
    book.write_bytes(HANDBOOK.encode())
    shown = command("export", "--into", str(book), "--draft")
    assert shown.returncode == 0 and "+1. **Explain" in shown.stdout and "“Talks”, line 3" in shown.stdout
    assert "Nothing was written" in shown.stdout and book.read_bytes() == HANDBOOK.encode()
    assert command("export", "--into", str(book)).returncode == 0
    new = book.read_bytes()
    assert json.loads(command("export", "--into", str(book), "--json").stdout)["written"] is False
    assert book.read_bytes() == new and b"## Talks" in new
    tell_one_more(clinic)
    changed = json.loads(command("export", "--into", str(book), "--json").stdout)
    assert changed["practices"][0]["outcome"] == "brought up to date"
    mine = book.read_bytes().replace(b"**Explain", b"**Always explain")
    book.write_bytes(mine)
    assert "changed by hand, left as it is" in command("export", "--into", str(book)).stdout
    done = command("export", "--into", str(book), "--remove")
    assert done.returncode == 1 and "changed by hand" in done.stderr and book.read_bytes() == mine
    done = command("export", "--into", str(book), "--remove", "--replace")
    assert done.returncode == 0 and "-1. **Always explain" in done.stdout  # from now on nowhere else
    assert book.read_bytes() == HANDBOOK.encode()
    under = command("export", "P-0001", "--into", str(book), "--under", "Bags")
    assert under.returncode == 0 and "“Bags”" in under.stdout
    moved = command("export", "P-0001", "--into", str(book), "--under", "Talks")
    assert "--under moves nothing" in moved.stderr
    assert command("export", "--into", str(book), "--remove").returncode == 0
    assert book.read_bytes() == HANDBOOK.encode()


def test_a_handbook_gets_the_steps_and_no_notes_and_hears_that_nobody_approved_them(
    exported: Path, command: Command
) -> None:
    book = exported.parent / "handbook.md"
    book.write_bytes(HANDBOOK.encode())
    assert "Not agreed yet" in (exported / f"{SOP}.md").read_text("utf-8")
    done = command("export", "P-0001", "--into", str(book))
    assert done.returncode == 0
    assert "SOP-0001 revision 1 is a draft: nobody approved it, and nothing of it is in force" in done.stderr
    text = book.read_text("utf-8")
    assert "1. **Explain" in text and "Not agreed" not in text and "#narrative" not in text
    assert not re.search(r"\[[^\]]+#", text) and text.count("<!-- From practice P-0001") == 1
    assert command("export", "--into", str(book), "--remove").returncode == 0
    bring_into_effect(command, "P-0001")
    assert "nobody approved" not in command("export", "P-0001", "--into", str(book)).stderr


def test_of_all_practices_those_that_fit_go_in_and_the_others_are_named(
    clinic: Path, command: Command
) -> None:
    other = (
        "schema: 1\nid: P-0003\nname: Water the geraniums\nstatus: accepted\ncore:\n- Water the geraniums\n"
    )
    (clinic / "practices" / "P-0003.yaml").write_text(other, encoding="utf-8")
    book = clinic.parent / "handbook.md"
    book.write_bytes(HANDBOOK.encode())
    done = command("export", "--into", str(book))
    assert done.returncode == 0 and "P-0003: no section fits it" in done.stdout
    assert b"servicestory:begin P-0001" in book.read_bytes() and b"geraniums" not in book.read_bytes()
    alone = command("export", "P-0003", "--into", str(book))
    assert alone.returncode == 0 and "at the end of the file: no section fits it" in alone.stdout
    assert b"\n## Water the geraniums" in book.read_bytes()
    wrong = command("export", "P-0003", "--into", str(book), "--remove")
    assert wrong.returncode == 0 and b"geraniums" not in book.read_bytes()


def test_files_that_will_not_do_are_sentences_and_stay(exported: Path, command: Command) -> None:
    at = exported.parent / "other"
    at.mkdir()
    (at / "binary.md").write_bytes(b"a\0b")
    (at / "latin.md").write_bytes("caf\xe9\n".encode("latin-1"))
    (at / "locked.md").write_text("# A\n")
    (at / "locked.md").chmod(0o444)
    (at / "big.md").write_bytes(b"a\n" * 2_500_001)
    (at / "half.md").write_text("# A\n\n<!-- servicestory:end P-0001 -->\n")
    (at / "page.html").write_text("<p>")
    (at / "hosts").write_text("127.0.0.1 localhost\n")
    (at / "run.sh").write_text("# A\n")
    (at / "link.md").symlink_to(at / "locked.md")
    (at / "ours.md").write_bytes((exported / f"{SOP}.md").read_bytes())
    before = {p: p.read_bytes() for p in at.iterdir()}
    for name, said in (
        ("binary.md", "no text file"), ("latin.md", "not UTF-8"), ("locked.md", "write-protected"),
        ("big.md", "larger than"), ("half.md", "without its partner"), ("page.html", "this is neither"),
        ("hosts", "is neither by"), ("run.sh", "ends in .md or"),
        ("link.md", "link to another file"), ("gone.md", "no such file"), (".", "folder"),
        ("ours.md", "writes itself"),
    ):  # fmt: skip
        done = command("export", "--into", str(at / name))
        assert done.returncode == 1 and said in done.stderr, (name, done.stderr)
    assert {p: p.read_bytes() for p in at.iterdir()} == before
    for call in (("--draft",), ("--into", "x.md", "--to", "y"), ("--into", "x.md", "--under", "A")):
        assert command("export", *call).returncode == 2


def test_why_names_the_line_of_the_words(exported: Path, command: Command) -> None:
    story = exported / "stories" / "2026-01-12-ward-three.yaml"
    told = command("why", "P-0001#1", "--json").stdout
    place = next(e for s in json.loads(told)["steps"] for e in s["evidence"] if e["story"] == story.stem)
    line = int(place["place"].rpartition(":")[2])
    words = place["text"].split()[0]
    assert words in story.read_text(encoding="utf-8").splitlines()[line - 1]


def test_why_quotes_a_part_of_a_sentence_without_the_comma_before_it(clinic: Path, command: Command) -> None:
    text = "She stayed, wrote the number of the ward on a card and called the lift."
    (clinic / "stories" / "new.yaml").write_text(f"id: new\nnarrative: {text}\n", encoding="utf-8")
    path = clinic / "practices" / "P-0001-explain.yaml"
    place = f"- {{story: new, start: {text.index(',')}, end: {text.index(' and called')}}}\n"
    path.write_text(path.read_text(encoding="utf-8") + place, encoding="utf-8")
    assert "“wrote the number of the ward on a card”" in command("why", "P-0001").stdout


def test_what_cannot_be_read_is_not_said_to_be_missing(exported: Path, command: Command) -> None:
    path = exported / f"{SOP}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^revision: .*$", "revision: many", text, flags=re.M), encoding="utf-8")
    for words in (("procedure",), ("procedure", "--due")):
        done = command(*words)
        assert done.returncode == 1 and "must be a number" in done.stderr
        assert done.stdout == ""
    (exported / "records").mkdir(exist_ok=True)
    (exported / "records" / "measures.jsonl").write_text('{"id": 7}\n', encoding="utf-8")
    done = command("measure", "list")
    assert done.returncode == 1 and done.stdout == ""


def test_a_document_that_was_emptied_is_missed(exported: Path, command: Command) -> None:
    sop = exported / f"{SOP}.md"
    assert command("train", "P-0001").returncode == 0
    sheet = next(exported.glob("training/P-0001*/checklist.md"))
    (exported / "procedures" / "SOP-notes.md").write_text("Ours, of old.\n", encoding="utf-8")
    assert command("check").returncode == 0
    text = sop.read_text(encoding="utf-8")
    for left, said in (
        ("", "this document is empty"),
        (text.split("\n---\n", 1)[1], "lost its front matter"),
    ):
        sop.write_text(left, encoding="utf-8")
        done = command("procedure", "--due")
        assert done.returncode == 1 and said in done.stderr and "no procedure yet" not in done.stdout
        assert command("check").returncode == 1
    sop.write_text(text, encoding="utf-8")
    sheet.write_text("", encoding="utf-8")
    done = command("check")
    assert done.returncode == 1 and "checklist.md:1" in done.stdout + done.stderr


def test_an_owner_named_in_the_header_is_asked_for_nowhere(clinic: Path, command: Command) -> None:
    practice = clinic / "practices" / "P-0001-explain.yaml"
    practice.write_text(
        practice.read_text(encoding="utf-8").replace("owner: Front desk\n", ""), encoding="utf-8"
    )
    assert command("export").returncode == 0
    path = clinic / f"{SOP}.md"
    text = path.read_text(encoding="utf-8")
    assert "Who owns it." in text
    path.write_text(text.replace("status: draft\n", "status: draft\nowner: Mara Lind\n"), encoding="utf-8")
    for call in (("--submit",), ("--approve", "--by", "Jon Reed"), ("--effective",)):
        assert command("procedure", "P-0001", *call).returncode == 0
    text = path.read_text(encoding="utf-8")
    assert "| Owner | Mara Lind |" in text and "Who owns it." not in text
    assert json.loads(command("export", "--json").stdout)["written"][0]["outcome"] == "unchanged"
    assert command("train", "P-0001").returncode == 0
    sheet = next(clinic.glob("training/P-0001*/job-breakdown.md")).read_text(encoding="utf-8")
    assert "Mara Lind" in sheet and "Who owns it." not in sheet


def test_what_the_team_has_to_settle_is_said_and_holds_nobody_up(exported: Path, command: Command) -> None:
    path = exported / f"{SOP}.md"
    text = path.read_text(encoding="utf-8")
    end = text.index("<!-- servicestory:end")
    path.write_text(f"{text[:end]}- ▢ Step 1. Who is told?\n{text[end:]}", encoding="utf-8")
    done = command("procedure", "P-0001", "--submit")
    blanks = len(re.findall(r"(?:\\_){16}", text))
    said = f"Still open in SOP-0001: 1 question marked ▢ and {blanks} blanks to fill in. Settle it"
    assert blanks and done.returncode == 0 and said in done.stderr


def test_an_owner_is_named_by_the_command_that_check_and_the_page_give(
    clinic: Path, command: Command
) -> None:
    practice = clinic / "practices" / "P-0001-explain.yaml"
    practice.write_text(
        practice.read_text(encoding="utf-8").replace("owner: Front desk\n", ""), encoding="utf-8"
    )
    assert command("export").returncode == 0 and command("train", "P-0001").returncode == 0
    path = clinic / f"{SOP}.md"
    step = "servicestory procedure SOP-0001 --owner NAME"
    assert f"Name somebody: {step}" in command("check").stdout
    page = path.read_text(encoding="utf-8")
    assert f"- Who owns it. Name somebody: `{step}`\n" in page and "“owner:”" not in page
    sheet = next(clinic.glob("training/P-0001*/job-breakdown.md")).read_text(encoding="utf-8")
    assert "`servicestory procedure P-0001 --owner NAME`" in sheet
    done = command("procedure", "--owner", "Mara Lind")
    assert done.returncode == 2 and "PROCEDURE --owner NAME" in done.stderr
    done = command("procedure", "P-0001", "--owner", "Mara Lind", "--reason", "runs the ward")
    assert done.returncode == 0 and "SOP-0001: Owner: Mara Lind. runs the ward" in done.stdout
    page = path.read_text(encoding="utf-8")
    assert "| Owner | Mara Lind |" in page and "Who owns it" not in page
    assert "has no owner" not in command("check").stdout
    for call in (("--submit",), ("--reviewer", "Wim Kruger", "--by", "Ann")):
        day = {"SERVICESTORY_TODAY": "2026-10-05" if call == ("--submit",) else "2026-10-19"}
        assert command("procedure", "P-0001", *call, env=day).returncode == 0
    due = json.loads(command("procedure", "--due", "--json").stdout)["procedures"]
    # to name a reviewer is no submission: it waits since the day it was submitted, by who submitted it
    assert [(p["waits_for"], p["since"]) for p in due] == [("waiting for approval", "2026-10-05")]
    done = command("procedure", "P-0001", "--withdraw", "--reason", "closed")
    assert done.returncode == 0
    assert "nobody is named for it any longer" in command("procedure", "P-0001", "--owner", "Jon").stderr


def test_what_was_withdrawn_is_put_into_no_handbook(exported: Path, command: Command) -> None:
    book = exported / "book.md"
    book.write_text(HANDBOOK, encoding="utf-8", newline="")
    assert command("procedure", "P-0001", "--withdraw", "--reason", "not our way").returncode == 0
    done = command("export", "P-0001", "--into", str(book))
    assert done.returncode == 1 and "SOP-0001 of P-0001 is withdrawn: nobody is to work by it" in done.stderr
    assert "procedure SOP-0001 --reopen --reason TEXT" in done.stderr
    assert book.read_bytes() == HANDBOOK.encode()
    assert command("procedure", "P-0001", "--reopen", "--reason", "it is").returncode == 0
    assert command("export", "P-0001", "--into", str(book)).returncode == 0
