"""A habit of a house's own, accepted by its people: what its documents say, and what they do not claim."""

from pathlib import Path

import pytest

from tests.conftest import Command, call

FROST = (
    ("Frost was forecast. Rosa covered the three horses whose owners were away.", "Rosa Lund"),
    ("He broke the ice on the trough in the far paddock.", "Bram Ort"),
    ("Bram forked deep straw into every stall.", "Bram Ort"),
)


def habit(at: Path, texts: tuple[tuple[str, str], ...] = FROST, more: str = "") -> Path:
    """A workspace with one accepted practice of its own, with a whole story each as its places."""
    assert call("init", ".", "--name", "Elm Lane Stables", at=at).returncode == 0
    places = []
    for n, (text, who) in enumerate(texts):
        story = f"id: s{n}\ndate: 2026-01-0{n + 1}\nnarrative: {text}\npeople: [{who}]\n"
        (at / "stories" / f"s{n}.yaml").write_text(story, "utf-8")
        places.append(f"  - {{story: s{n}, start: 0, end: {len(text)}, score: 1}}")
    practice = at / "practices" / "P-0001-winter-round.yaml"
    head = "schema: 1\nid: P-0001\nname: Winter round\nstatus: accepted\n"
    practice.write_text(head + more + "evidence:\n" + "\n".join(places) + "\n", "utf-8")
    return practice


def page(at: Path, kind: str) -> str:
    return next((at / "training").rglob(f"{kind}.md")).read_text("utf-8")


def test_what_people_accepted_gives_steps_and_keeps_them_under_another_name(
    tmp_path: Path, command: Command
) -> None:
    habit(tmp_path)
    for name in ("Break the ice on the trough", "Keep every horse warm"):
        assert command("review", "P-0001", "--rename", name, "--reason", "x", "--by", "Ann").returncode in (
            0,
            2,
        )
        assert command("train", "P-0001").returncode == 0
        shown = page(tmp_path, "job-breakdown")
        assert "Cover the horses whose owners are away (told once)" in shown
        assert "Fork deep straw into every stall (told once)" in shown
        assert "ways to do it" in shown


def test_the_practices_owner_arrives_on_pages_written_before(tmp_path: Path, command: Command) -> None:
    practice = habit(tmp_path)
    command("train", "P-0001")
    command("export", "P-0001")
    assert "SOP-0001 Winter round has no owner" in command("check").stdout
    practice.write_text(practice.read_text("utf-8").replace("status:", "owner: Ann Berg\nstatus:"), "utf-8")
    said = command("check").stdout
    assert "has no owner" not in said and "SOP-0001 does not say yet who owns it" in said
    command("train", "P-0001")
    command("export", "P-0001")
    sop = next((tmp_path / "procedures").glob("SOP-0001*.md")).read_text("utf-8")
    who = "the colleague named in P-0001"  # no role of hers is known, and nobody asked to print her name
    assert f"Owner | {who} |" in sop and f"\nowner: {who}\n" in sop and "Ann Berg" not in sop
    for kind in ("job-breakdown", "checklist", "session-plan", "quiz"):
        assert who in page(tmp_path, kind) and "Ann Berg" not in page(tmp_path, kind), kind
    assert "SOP-0001" not in command("check").stdout


def test_a_procedure_of_an_owned_practice_is_submitted_without_naming_the_owner_again(
    tmp_path: Path, command: Command
) -> None:
    practice = habit(tmp_path)
    command("export", "P-0001")
    practice.write_text(practice.read_text("utf-8").replace("status:", "owner: Ann Berg\nstatus:"), "utf-8")
    done = command("procedure", "SOP-0001", "--submit", "--by", "Tess Oak")
    assert done.returncode == 0, done.stderr
    sop = next((tmp_path / "procedures").glob("SOP-0001*.md")).read_text("utf-8")
    assert "\nowner: the colleague named in P-0001\n" in sop
    done = command("procedure", "SOP-0001", "--return", "--reason", "more", "--by", "Tess Oak")
    done = command("procedure", "SOP-0001", "--submit", "--owner", "Ann Berg", "--by", "Tess Oak")
    assert done.returncode == 0, done.stderr
    sop = next((tmp_path / "procedures").glob("SOP-0001*.md")).read_text("utf-8")
    assert "Owner | Ann Berg |" in sop  # typed to be printed


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    habit(tmp_path, (("It was cold and the radio said minus nine.", "Rosa Lund"),))
    assert call("train", "P-0001", at=tmp_path).returncode == 0
    assert call("export", "P-0001", at=tmp_path).returncode == 0
    return tmp_path


def test_documents_without_a_step_are_not_ready_and_not_put_in_use(bare: Path, command: Command) -> None:
    refused = command("train", "P-0001", "--in-use", "--by", "Ann")
    assert refused.returncode == 1 and "do not give a single step yet" in refused.stderr
    refused = command("procedure", "SOP-0001", "--submit", "--owner", "Ann", "--by", "Tess")
    assert refused.returncode == 1 and "has no step yet" in refused.stderr
    said = command("monitor").stdout
    assert "documents do not give a step yet" in " ".join(said.split())
    assert "are ready" not in said
    told = command("tell", "s0").stdout
    assert "A procedure for it is drafted" not in told and "documents are written" not in told


def test_training_written_before_its_procedure_from_the_same_practice_is_not_out_of_date(
    tmp_path: Path, command: Command
) -> None:
    practice = habit(tmp_path)
    command("train", "P-0001")
    command("export", "P-0001")
    core = "core: [Fork deep straw into every stall, Break the ice on every trough]\nevidence:"
    practice.write_text(practice.read_text("utf-8").replace("evidence:", core), "utf-8")
    assert "out of date" in command("check").stdout
    command("train", "P-0001")
    command("export", "P-0001")
    assert "revision: 2" in next((tmp_path / "procedures").glob("SOP-0001*.md")).read_text("utf-8")
    assert "out of date" not in command("check").stdout
    command("train", "P-0001", "--in-use", "--by", "Ann")
    assert "status: in use" in page(tmp_path, "job-breakdown")


def test_the_name_detection_gave_is_a_working_title_until_people_give_one(
    tmp_path: Path, command: Command
) -> None:
    assert call("init", ".", "--name", "Elm Lane Stables", at=tmp_path).returncode == 0
    told = (
        "Rosa kept a pot of barley soup warm on the stove for us.",
        "The cook put soup aside and kept it warm until we came.",
        "She had saved two bowls of soup and warmed them up.",
        "Callum warmed the soup that was left on the stove.",
        "There was warm soup waiting because Rosa had kept a pot.",
        "He carried our cases up to the second floor.",
        "She opened the library for us on Sunday.",
        "The nurse drew the curtain before she began.",
    )
    for n, text in enumerate(told):
        story = f"id: s{n}\ndate: 2026-01-0{n + 1}\nnarrative: {text}\nbehaviours: ['{text}']\n"
        (tmp_path / "stories" / f"s{n}.yaml").write_text(story, "utf-8")
    first = command("detect").stdout
    [line] = [line for line in first.splitlines() if "soup" in line and line.startswith("P-")]
    assert "(working title)" in line and "Working title:" in first
    assert not [line for line in first.splitlines() if "cases" in line and "working title" in line]
    number = line.split()[0]
    assert "(working title)" in command("practices").stdout
    accepted = command("review", number, "--accept", "--reason", "x").stderr
    assert f"servicestory review {number} --rename NAME" in accepted and "working title" in accepted
    assert command("review", number, "--rename", "Keep soup warm", "--reason", "x").returncode == 0
    assert "Keep soup warm (working title)" not in command("practices").stdout
    assert "working title" not in command("review", number, "--accept", "--reason", "y").stderr
    again = command("detect").stdout
    assert "Keep soup warm (" in again and "Keep soup warm (working title)" not in again


def test_one_persons_habit_noted_in_the_same_words_each_month_is_seen_as_theirs(
    tmp_path: Path, command: Command
) -> None:
    """Twelve maps of Nora's on twelve days are twelve stories; the sentence they share is shown once."""
    assert call("init", ".", "--name", "Quay House", at=tmp_path).returncode == 0
    told = [("Nora Vell", "A family asked for the way. Nora drew the guests a map by hand.")] * 12
    told += [(f"P{n}", f"P{n} carried the bags up for guest number {n}.") for n in range(1, 9)]
    for n, (who, text) in enumerate(told):
        record = (
            f"id: s{n:02}\ndate: 2026-{n % 12 + 1:02}-05\nsite: Quay\nnarrative: {text}\npeople: [{who}]\n"
        )
        (tmp_path / "stories" / f"s{n:02}.yaml").write_text(record, "utf-8")
    said = command("detect").stdout
    assert "same words" not in said
    assert "star-dependent: 12 stories, fewer than 5 people" in said
    assert said.count("drew the guests a map by hand") == 1
    assert "8 stories, 8 people" in said
