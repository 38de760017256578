"""`train`, `export` and `why` as people call them: revisions, hand edits, hostile text, templates."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from servicestory.cli import picking
from servicestory.cli.app import run
from servicestory.incorporate.blocks import split
from servicestory.incorporate.trace import written_steps
from tests.conftest import run as run_anew
from tests.e2e.documents_workspace import build

NAME = "explain-the-treatment-and-call-the-next-morning"
SOP = f"procedures/SOP-0001-{NAME}.md"
TRAINING = f"training/P-0001-{NAME}"


@dataclass(frozen=True)
class Done:
    """What a call left: its exit code and what it printed."""

    returncode: int
    stdout: str
    stderr: str


Call = Callable[..., Done]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command in this process: starting Python anew for each of the many calls would take minutes."""

    def call(*arguments: str, env: dict[str, str] | None = None) -> Done:
        monkeypatch.chdir(tmp_path)
        for key, value in {
            "SERVICESTORY_TODAY": "2026-10-05",
            "SERVICESTORY_BY": "Tester",
            **(env or {}),
        }.items():
            monkeypatch.setenv(key, value)
        code = run(list(arguments))
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err and code != 3, shown.err
        return Done(code, shown.out, shown.err)

    return call


@pytest.fixture
def clinic(tmp_path: Path, command: Call) -> Path:
    assert command("init", ".", "--name", "Test House").returncode == 0
    return build(tmp_path)


def written(at: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(at)): p.read_bytes()
        for folder in ("training", "procedures")
        for p in sorted((at / folder).rglob("*.md"))
    }


def tell_one_more(at: Path) -> None:
    """A new story and its evidence: the practice gets a step it did not have."""
    text = "She explained the treatment to my wife and wrote the number of the ward on a card."
    (at / "stories" / "new.yaml").write_text(
        f"id: new\ndate: 2026-05-05\nnarrative: {text}\n", encoding="utf-8"
    )
    path = at / "practices" / "P-0001-explain.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + f"- {{story: new, start: 0, end: {len(text) - 1}}}\n",
        encoding="utf-8",
    )


def test_training_and_procedure_are_written_and_say_what_the_stories_say(clinic: Path, command: Call) -> None:
    assert command("train").returncode == 0
    assert command("export").returncode == 0
    job = (clinic / TRAINING / "job-breakdown.md").read_text(encoding="utf-8")
    assert re.search(r"^\| 1 \| Explain [^|]+ \| [^|]+ \| It made the patient feel safe \|$", job, re.M)
    checklist = (clinic / TRAINING / "checklist.md").read_text(encoding="utf-8")
    assert (
        2 <= checklist.count("- [ ] ") <= 9
        and "**Pause here:** Before you hand over your shift." in checklist
    )
    plan = (clinic / TRAINING / "session-plan.md").read_text(encoding="utf-8")
    for part in (
        "1. Prepare",
        "2. Present",
        "3. Try out",
        "4. Follow up",
        "Role-play 1",
        "Teach-back",
        "For leaders",
    ):
        assert part in plan
    assert "Ruth" not in plan and "A colleague took me to a quiet room" in plan
    sop = (clinic / SOP).read_text(encoding="utf-8")
    steps = written_steps(split(sop, "x").block)
    assert len(steps) >= 2 and all(step.cites for step in steps)
    for heading in (
        "Purpose",
        "Scope",
        "Roles",
        "When",
        "Procedure",
        "Records",
        "References",
        "Revision history",
    ):
        assert f"## {heading}" in sop
    assert "A printed copy is uncontrolled" in sop and "status: draft" not in sop.split("---")[0]
    assert "TODO" not in job + checklist + plan + sop


def test_an_author_nobody_named_stays_open_until_somebody_submits(clinic: Path, command: Call) -> None:
    git = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.name",
        "GIT_CONFIG_VALUE_0": "The clone's owner",
    }
    nobody = {**git, "SERVICESTORY_BY": ""}
    for verb in ("train", "export"):
        said = command(verb, env=nobody).stderr
        assert said.count("so that stays open") == 1 and "--by NAME" in said
    assert not any(b"clone's owner" in data for data in written(clinic).values())
    (page,) = (clinic / "procedures").glob("SOP-0001*.md")
    text = page.read_text(encoding="utf-8")
    assert "| Author | not named |" in text and "\nauthor:" not in text
    unsigned = command("procedure", "SOP-0001", "--submit", env=nobody)
    assert unsigned.returncode == 2 and "Who decides is not said" in unsigned.stderr
    assert command("procedure", "SOP-0001", "--submit", "--by", "Jon Reed", env=nobody).returncode == 0
    assert "| Author | Jon Reed |" in page.read_text(encoding="utf-8")
    own = command("procedure", "SOP-0001", "--approve", "--by", "Jon Reed", env=nobody)
    assert own.returncode == 1 and "nobody approves their own work" in own.stderr
    assert command("procedure", "SOP-0001", "--approve", "--by", "Ana Sol", env=nobody).returncode == 0


def test_no_teller_is_pasted_in_as_an_instruction(clinic: Path, command: Call) -> None:
    command("train")
    command("export")
    for name, data in written(clinic).items():
        doing = data.decode().split("## Stories behind")[0]
        told = [line for line in doing.splitlines() if re.match(r"\d+\. |- \[ \]|\| \d", line)]
        assert not any(
            re.search(r"\b(?:me|my|us|our questions)\b", line.split("[2026")[0]) for line in told
        ), name


def test_nothing_changes_when_nothing_changed(clinic: Path, command: Call) -> None:
    command("train")
    command("export")
    before = written(clinic)
    assert run_anew("export", at=clinic, env={"PYTHONHASHSEED": "11"}).returncode == 0
    for env in ({"SERVICESTORY_TODAY": "2027-01-01"}, {}):
        command("train", env=env)
        done = command("export", "--json", env=env)
        assert json.loads(done.stdout)["written"] == [{"file": SOP, "outcome": "unchanged"}]
        assert written(clinic) == before


def test_what_was_read_of_deeds_before_changes_nothing_and_can_be_lost(clinic: Path, command: Call) -> None:
    kept = clinic / ".servicestory" / "deeds.npz"
    made = []
    for before in (Path.unlink, Path.read_bytes, lambda at: at.write_bytes(b"PK")):
        picking.nearness.cache_clear()
        command("train")
        before(kept)
        shutil.rmtree(clinic / "training")
        picking.nearness.cache_clear()
        command("train")
        made.append(written(clinic))
        assert kept.stat().st_size > 2
    assert made[0] == made[1] == made[2]


def test_hand_edits_outside_the_block_stay_byte_for_byte(clinic: Path, command: Call) -> None:
    command("export")
    path = clinic / SOP
    text = path.read_text(encoding="utf-8")
    text = text.replace("owner: Front desk", "owner: Mara Lind   # since May").replace(
        "\n## Notes", "\nOurs:\ttab, ünï\n\n## Notes"
    )
    path.write_text("<!-- x -->\n".join(["", ""])[:0] + text + "\n\n  my last line", encoding="utf-8")
    tell_one_more(clinic)
    done = command("export", "--why", "a new story", "--by", "Mara Lind")
    assert done.returncode == 0, done.stderr
    new = path.read_text(encoding="utf-8")
    assert "owner: Mara Lind   # since May" in new
    assert (
        new[new.index("<!-- servicestory:end") :]
        == text[text.index("<!-- servicestory:end") :] + "\n\n  my last line"
    )
    assert "revision: 2\n" in new and "by: Mara Lind" in new and "why: a new story" in new
    assert "| 2 | 2026-10-05 | Mara Lind |" in new


def test_windows_line_breaks_stay(clinic: Path, command: Call) -> None:
    command("export")
    path = clinic / SOP
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert json.loads(command("export", "--json").stdout)["written"][0]["outcome"] == "unchanged"
    tell_one_more(clinic)
    assert command("export").returncode == 0
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


def test_a_block_changed_by_hand_is_not_overwritten_unasked(clinic: Path, command: Call) -> None:
    command("export")
    path = clinic / SOP
    mine = re.sub(r"\*\*Explain [^*]+\*\*", "**Explain it twice.**", path.read_text(encoding="utf-8"))
    path.write_text(mine, encoding="utf-8")
    assert command("export").returncode == 0  # nothing new to write: it stays
    assert path.read_text(encoding="utf-8") == mine
    tell_one_more(clinic)
    done = command("export")
    assert done.returncode == 1 and "changed by hand" in done.stderr
    assert "Explain it twice" in done.stderr and "--replace" in done.stderr
    assert path.read_text(encoding="utf-8") == mine
    done = command("export", "--replace")
    assert done.returncode == 0 and "-1. **Explain it twice.**" in done.stderr
    assert "changed by hand and is written again" in " ".join(done.stderr.split())
    text = path.read_text(encoding="utf-8")
    assert "**Explain it twice.**" not in text
    assert "what was changed by hand was taken back" in " ".join(text.split())


def test_the_owners_words_in_the_front_matter_show_without_a_new_revision(
    clinic: Path, command: Call
) -> None:
    command("export")
    path = clinic / SOP
    text = path.read_text(encoding="utf-8").replace(
        "status: draft\n", "status: approved\napprover: Jon Reed\napproved_on: 2026-09-09\n"
    )
    path.write_text(text, encoding="utf-8")
    assert json.loads(command("export", "--json").stdout)["written"][0]["outcome"] == "front matter"
    assert "| Status | approved | Owner | Front desk |" in path.read_text(encoding="utf-8")
    assert "| Approver | Jon Reed | Approved on | 2026-09-09 |" in path.read_text(encoding="utf-8")
    tell_one_more(clinic)
    assert command("export").returncode == 0
    after = path.read_text(encoding="utf-8")
    assert "| Document | SOP-0001 | Revision | 2 |" in after and "| Status | draft | Owner |" in after
    assert "| Approver | nobody yet | Approved on | not yet |" in after and "approved_on" not in after


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<!-- servicestory:end SOP-0001 -->", "", "markers"),
        ("---\nschema", "schema", "front matter"),
        ("revision: 1\n    on", "revision: one\n    on", SOP),
        ("practice: P-0001", "practise: P-0001", "practice"),
    ],
)
def test_a_damaged_document_is_a_sentence_and_stays(
    clinic: Path, command: Call, old: str, new: str, said: str
) -> None:
    command("export")
    path = clinic / SOP
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    before = path.read_bytes()
    done = command("export")
    assert done.returncode == 1 and said in done.stderr and "procedures/" in done.stderr
    assert path.read_bytes() == before


def test_withdrawn_documents_are_left_alone(clinic: Path, command: Call) -> None:
    command("export")
    path = clinic / SOP
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: draft", "status: withdrawn"), encoding="utf-8"
    )
    before = path.read_bytes()
    tell_one_more(clinic)
    assert json.loads(command("export", "--json").stdout)["written"][0]["outcome"] == "kept"
    assert path.read_bytes() == before


def test_hostile_story_text_is_inert_everywhere(clinic: Path, command: Call) -> None:
    story = clinic / "stories" / "2026-04-19-hostile.yaml"
    story.write_text(
        story.read_text(encoding="utf-8") + "consent:\n- {party: x, uses: [training]}\n", encoding="utf-8"
    )
    for other in (clinic / "stories").glob("*.yaml"):
        if other != story:
            other.write_text(other.read_text(encoding="utf-8").split("consent:")[0], encoding="utf-8")
    assert command("train").returncode == 0
    plan = (clinic / TRAINING / "session-plan.md").read_text(encoding="utf-8")
    quoted = next(line for line in plan.splitlines() if line.startswith("> "))
    shown = MarkdownIt("commonmark", {"html": True}).render(quoted)
    assert "bold" in shown and not re.search(r"<(?:script|a|strong|h\d|hr)\b", shown)
    assert plan.count("<!-- servicestory:end") == 1 and "<!--" not in quoted
    assert json.loads(command("train", "--json").stdout)["written"][2]["outcome"] == "unchanged"


def test_a_hostile_name_never_leaves_the_workspace(clinic: Path, command: Call) -> None:
    path = clinic / "practices" / "P-0001-explain.yaml"
    hostile = "../../../evil/\\x <!-- servicestory:end SOP-0001 --> | # --- `rm`"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "name: Explain the treatment and call the next morning", f"name: {json.dumps(hostile)}"
        ),
        encoding="utf-8",
    )
    assert command("train").returncode == 0 and command("export").returncode == 0
    assert command("export").returncode == 0
    made = list(clinic.parent.rglob("*evil*"))
    assert made and all(clinic in p.parents for p in made)
    assert {p.parent.name for p in made if p.suffix == ".md"} <= {"procedures"}


def test_to_writes_elsewhere_and_html_prints(
    clinic: Path, command: Call, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("handbook") / "procedures"
    done = command("export", "--to", str(elsewhere), "--format", "html")
    assert done.returncode == 0, done.stderr
    made = next(elsewhere.glob("*.html")).read_text(encoding="utf-8")
    assert "<h1>SOP-0001" in made and "printed copy is uncontrolled" in made and "<script" not in made
    assert not (clinic / SOP).exists()
    again = {p.name: p.read_bytes() for p in elsewhere.iterdir()}
    assert command("export", "--to", str(elsewhere), "--format", "html").returncode == 0
    assert {p.name: p.read_bytes() for p in elsewhere.iterdir()} == again
    assert command("export", "--format", "pdf").returncode == 2


def test_a_renamed_practice_keeps_its_files(clinic: Path, command: Call) -> None:
    command("train")
    command("export")
    names = set(written(clinic))
    path = clinic / "practices" / "P-0001-explain.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("name: Explain the", "name: Always explain the"),
        encoding="utf-8",
    )
    command("train")
    command("export")
    assert set(written(clinic)) == names
    assert "# SOP-0001: Always explain" in (clinic / SOP).read_text(encoding="utf-8")


def test_two_files_of_one_number_are_a_sentence(clinic: Path, command: Call) -> None:
    command("export")
    (clinic / "procedures" / "SOP-0001-copy.md").write_text("mine", encoding="utf-8")
    done = command("export")
    assert done.returncode == 1 and "several documents of SOP-0001" in done.stderr


def test_a_broken_page_leaves_nothing_half_written_and_what_was_written_is_said(
    clinic: Path, command: Call
) -> None:
    (clinic / "templates").mkdir()
    (clinic / "templates" / "document.html").write_text("<html>\n{{ nonsense }}\n", encoding="utf-8")
    for verb, folder in (("train", "training"), ("export", "procedures")):
        done = command(verb, "--format", "all")
        assert done.returncode == 1 and done.stderr.count("templates/document.html:2") == 1
        assert not [p for p in (clinic / folder).rglob("*") if p.is_file() and p.name != ".gitkeep"]
    (clinic / "templates" / "document.html").unlink()
    (clinic / "templates" / "quiz.md").write_text("{% if %}\n", encoding="utf-8")
    done = command("train", "--format", "html")
    assert done.returncode == 1 and "templates/quiz.md:1" in done.stderr
    there = {p.name for p in (clinic / "training").rglob("*") if p.is_file() and p.name != ".gitkeep"}
    assert there == {
        f"{n}.{k}" for n in ("job-breakdown", "checklist", "session-plan") for k in ("md", "html")
    }
    assert all(f"/{name}" in done.stdout for name in there)


def test_own_templates_are_used_and_broken_ones_named(clinic: Path, command: Call) -> None:
    (clinic / "templates").mkdir()
    own = clinic / "templates" / "procedure.md"
    own.write_text(
        "# Ours {{ title }}\n\n## Procedure\n\n{% for s in steps %}\n{{ loop.index }}. **{{ s.text }}.**\n{% endfor %}\n",
        encoding="utf-8",
    )
    assert command("export").returncode == 0
    assert "# Ours Explain" in (clinic / SOP).read_text(encoding="utf-8")
    own.write_text("a\n{{ nonsense }}\n", encoding="utf-8")
    done = command("export")
    assert done.returncode == 1 and "templates/procedure.md:2" in done.stderr
    own.write_bytes(b"\xff\xfe")
    assert "templates/procedure.md" in command("export").stderr


def test_a_template_that_is_none_is_said(clinic: Path, command: Call) -> None:
    own = clinic / "templates"
    own.mkdir(exist_ok=True)
    (own / "procedure.md").write_text(" \n", encoding="utf-8")
    empty = command("export")
    assert empty.returncode == 1
    assert "templates/procedure.md: this template is empty" in empty.stderr
    (own / "procedure.md").unlink()
    (own / "procedure.md").mkdir()
    folder = command("export")
    assert folder.returncode == 1
    assert "templates/procedure.md: this is a folder" in folder.stderr
    (own / "procedure.md").rmdir()
    (own / "procedures.md").write_text("x", encoding="utf-8")
    done = command("check")
    assert done.returncode == 1
    assert (
        "templates/procedures.md: no template has this name, so it is not used. Did you mean procedure.md?"
        in (done.stderr)
    )


def test_candidates_only_when_named_and_thin_evidence_is_said(clinic: Path, command: Call) -> None:
    assert "P-0002" not in json.dumps(json.loads(command("train", "--json").stdout))
    done = command("train", "P-0002")
    assert done.returncode == 0 and "fewer than two steps are told" in done.stderr
    assert "nobody has accepted it yet" in done.stderr and "servicestory review P-0002" in done.stderr
    job = next((clinic / "training").glob("P-0002*/job-breakdown.md")).read_text(encoding="utf-8")
    assert "no step could be read from the stories" in job and "Ask whoever told these stories" in job
    sheet = next((clinic / "training").glob("P-0002*/checklist.md")).read_text(encoding="utf-8")
    assert "# No checklist yet: Be there" in sheet and "- [ ]" not in sheet and "†" not in sheet
    assert command("export", "P-0002").returncode == 0
    path = clinic / "practices" / "P-0001-explain.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("accepted", "candidate"), encoding="utf-8")
    done = command("train")
    assert done.returncode == 1 and "no practice is accepted yet" in done.stderr
    assert command("train", "P-0099").returncode == 1
    said = "**Nobody has accepted this practice yet; this is a draft to decide by.**"
    written = [*(clinic / "training").glob("P-0002*/*.md"), *(clinic / "procedures").glob("SOP-0002*.md")]
    assert len(written) == 5 and all(said in p.read_text(encoding="utf-8") for p in written)
    assert not any("chosen to be copied" in p.read_text(encoding="utf-8") for p in written)
    assert command("review", "P-0002", "--accept", "--reason", "copy it", "--by", "Mara").returncode == 0
    assert "accepted it yet" not in command("train", "P-0002").stderr
    assert command("export", "P-0002").returncode == 0
    assert not any(said in p.read_text(encoding="utf-8") for p in written)


def test_one_list_of_steps_runs_through_every_document(clinic: Path, command: Call) -> None:
    command("train")
    command("export")
    text = {p.stem: p.read_text(encoding="utf-8") for p in (clinic / TRAINING).glob("*.md")}
    own = [
        rest
        for number, rest in re.findall(r"^(\d+)\. \*\*(.+?)\.\*\*", (clinic / SOP).read_text("utf-8"), re.M)
    ]
    job = re.findall(r"^\| (\d+) \| ([^|]+?)(?: \(told once\))? \|", text["job-breakdown"], re.M)
    listed = re.findall(r"^- \[ \] (\d+)\. (.+?)(?: \(told once\))?( †)?$", text["checklist"], re.M)
    plan = re.findall(r"^(\d+)\. (.+?)(?: \(told once\))?$", text["session-plan"], re.M)
    wanted = [(str(n), line) for n, line in enumerate(own, 1)]
    assert len(own) > 1 and job == wanted
    assert [(n, line) for n, line, mark in listed if not mark] == wanted == plan[: len(own)]


def test_why_leads_from_every_end_to_the_words(clinic: Path, command: Call) -> None:
    assert "none yet: servicestory train" in command("why", "P-0001").stdout
    assert "no procedure SOP-0001 yet" in command("why", "SOP-0001#1").stderr
    command("train")
    command("export")
    sop = (clinic / SOP).read_text(encoding="utf-8")
    number = re.search(r"^(\d+)\. \*\*Explain ", sop, re.M)
    assert number
    told = command("why", f"SOP-0001#{number[1]}")
    assert (
        "stories/2026-01-12-ward-three.yaml:8" in told.stdout
        and "explained every step in plain words" in told.stdout
    )
    chain = json.loads(command("why", "sop-0001", "--json").stdout)
    assert chain["practice"]["id"] == "P-0001" and len(chain["steps"]) >= 2 and len(chain["training"]) == 4
    story = command("why", "2026-01-12-ward-three")
    assert "P-0001" in story.stdout and SOP in story.stdout and "P-0002" in story.stdout
    assert command("why", "2026-01-12-ward-three#3-9").stdout == story.stdout
    assert command("why", "SOP-0001#99").returncode == 1
    for kind in ("JB", "CL", "SP"):  # the same steps under the same numbers
        assert command("why", f"{kind}-0001#{number[1]}").stdout == told.stdout
    assert command("why", "QZ-0001").stdout == command("why", "P-0001").stdout
    assert "is a question" in command("why", "QZ-0001#1").stderr
    assert "has no step 99" in command("why", "JB-0001#99").stderr
    assert command("why", "nothing at all").returncode == 1


def test_why_says_when_the_words_are_gone(clinic: Path, command: Call) -> None:
    (clinic / "stories" / "2026-01-12-ward-three.yaml").write_text(
        "id: 2026-01-12-ward-three\ndate: 2026-01-12\nnarrative: Short.\n", encoding="utf-8"
    )
    assert "no longer there" in command("why", "P-0002").stdout


def test_check_says_what_train_and_export_would_say(clinic: Path, command: Call) -> None:
    assert command("train").returncode == 0 and command("export").returncode == 0
    pages = [clinic / SOP, *sorted((clinic / "training").rglob("*.md"))]
    for page in pages:
        text = page.read_text("utf-8")
        page.write_text(re.sub(r"<!-- servicestory:(?:begin|end) .*-->\n", "", text), "utf-8")
    checked = command("check").stderr
    for page in pages:
        assert f"{page.relative_to(clinic).as_posix()}:1: the two markers around" in checked
    refused = command("export").stderr + command("train").stderr
    assert set(filter(lambda line: "markers" in line, refused.splitlines())) <= set(checked.splitlines())
    (clinic / SOP).with_name("SOP-0001-again.md").write_bytes((clinic / SOP).read_bytes())
    assert "procedures: there are several documents of SOP-0001" in command("check").stderr


def test_a_document_that_is_no_text_is_told_once(clinic: Path, command: Call) -> None:
    assert command("export").returncode == 0
    (clinic / SOP).write_bytes(b"\xff\xfe\x9e\0")
    assert command("check").stderr.count(f"{SOP}: ") == 1


def test_a_file_in_the_place_of_the_templates_is_said(clinic: Path, command: Call) -> None:
    (clinic / "templates").write_text("x", "utf-8")
    for call in ("export", "check"):
        done = command(call)
        assert done.returncode == 1 and "templates: this is a file, where the folder of" in done.stderr


def test_no_document_and_no_trace_tells_a_name_nobody_recorded(workspace: Path, command: Call) -> None:
    told = [
        ("Ines Calder", "Ines rang the patient at 8 to say the plates were ready."),
        ("Tom Abara", "Tom rang mrs kowalski at 8 to say the plates were ready."),
        ("Ines Calder", "Ines rang Mrs Kowalski the evening before to say the brace was ready."),
        ("Ruth Vale", "Ruth rang the patient at home at 8 to tell her the mould was ready."),
    ]
    page = workspace / "servicestory.yaml"
    page.write_text(
        page.read_text("utf-8").replace("customer_word: customer", "customer_word: patient"), "utf-8"
    )
    evidence = ""
    for number, (who, text) in enumerate(told):
        day = f"2026-02-0{number + 1}"
        ref = command("add", "--text", text, "--date", day, "--person", who).stdout.strip()
        evidence += f"- {{story: {ref}, start: 0, end: {len(text) - 1}}}\n"
    (workspace / "practices" / "P-0001-ring.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Ring the patient when it is ready\nstatus: accepted\n"
        f"evidence:\n{evidence}",
        "utf-8",
    )
    assert command("train").returncode == 0 and command("export").returncode == 0
    pages = b"".join(p.read_bytes() for f in ("training", "procedures") for p in (workspace / f).rglob("*.*"))
    assert b"Ring the patient to say the plates are ready" in pages and b"kowalski" not in pages.lower()
    step = json.loads(command("why", "SOP-0001#1", "--json").stdout)["steps"][0]
    assert step["from"] == "stories" and len(step["evidence"]) == 4
    assert "kowalski" not in json.dumps(step).lower()


def test_why_says_who_gave_a_step_its_words(workspace: Path, command: Call) -> None:
    """A line people wrote is theirs, though a story tells something like it; and what nobody tells is said as that."""
    ref = command("add", "--text", "Wanda taped the boxes in the colour of their room.", "--person", "Wanda")
    (workspace / "practices" / "P-0001-tape.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Tape the boxes in the colour of their room\nstatus: accepted\n"
        "core:\n- Tape the boxes in the colour of their room\n- Hang a list by the front door\n"
        f"evidence:\n- {{story: {ref.stdout.strip()}, start: 0, end: 49}}\n",
        "utf-8",
    )
    shown = command("why", "P-0001#1").stdout
    assert "(from stories)" not in shown and "Agreed by people; 1 story tells something like it." in shown
    steps = json.loads(command("why", "JB-0001", "--json").stdout)["steps"]
    assert [s["from"] for s in steps] == ["people", "people"]
    assert (
        steps[1]["origin"] == "Agreed by people; not in these words in our stories so far."
        and not steps[1]["evidence"]
    )
