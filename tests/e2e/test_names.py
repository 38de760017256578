"""No command's JSON and no document names a person on record, unless it was asked for and they agreed."""

import csv
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import typer

from servicestory.cli.app import COMMANDS
from servicestory.workspace import Workspace
from tests.conftest import REPOSITORY, Command, call

AGREED = "2024-12-31-the-accordion-on-new-years-eve"  # its colleague agreed to be named in the company
STORY = "2025-06-03-a-colleague-films-again"
# What each command with --json is called with; {out} is a folder outside of the workspace.
JSON = """
check
consent
consent --practice P-0014
contrast show
contrast import {out}/encounters.csv --dry-run
detect --dry-run
detect --dry-run --no-codebook
export P-0003 P-0006
export P-0006 --to {out} --format docx
export P-0004 --into {out}/ours.md --draft
import {out}/more.csv --dry-run
list
lineup
measure list
monitor
monitor P-0003
monitor P-0004
practices
practices --all --by impact
procedure
procedure SOP-0003
recognize --days 400
recognize STORY
recognize --unseen
replicate
replicate P-0003
report --period 2026-Q3
review --actions
review --names
search handover card
search film
show AGREED
show STORY
show P-0004
show P-0014
tell --all
tell STORY
tell AGREED
train P-0003 P-0004 P-0014
train due --within 400
train log
train missing P-0003
verdict P-0004
verdict P-0014 --explain
why P-0004
why SOP-0003
why SOP-0003#1
why STORY
why AGREED
""".strip().splitlines()
NAMED = ("list", "lineup", "recognize", "search", "show", "tell", "why")  # they take --names as well


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example at work for a while: colleagues own, decide, watch, learn and are thanked, all by name."""
    root = tmp_path_factory.mktemp("house") / "mornwater"
    out = root.parent / "out"
    out.mkdir()
    shutil.copytree(
        REPOSITORY,
        root,
        ignore=lambda folder, names: set(names) - KEPT if folder == str(REPOSITORY) else set(),
    )
    (out / "ours.md").write_text("# Ours\n\n## Steps\n\nAs ever.\n", encoding="utf-8")
    with (out / "more.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("text", "date"), ("Our waiter Callum Reid carried the bags upstairs", "2026-09-01")]
        )
    with (out / "encounters.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("text", "date"), *((f"Callum showed table {n} and left", "2026-09-01") for n in range(25))]
        )
    for words in DONE:
        done = call(*(word.format(out=out) for word in words), at=root)
        assert done.returncode == 0, (words, done.stderr)
    return root


KEPT = {"servicestory.yaml", "stories", "practices", "records"}
DONE: list[list[str]] = [
    ["contrast", "import", "{out}/encounters.csv", "--by", "Hana Novotná"],
    ["review", "P-0003", "--status", "pilot", "--reason", "as Ines said", "--by", "Ingrid Solheim"],
    ["train", "P-0003", "P-0004", "--by", "Nkechi Obaro"],
    ["export", "P-0003", "P-0004", "--by", "Nkechi Obaro"],
    ["review", "--action", "Rosa asks again", "--owner", "Rosa Quiñones", "--due", "2026-12-01",
     "--by", "Wim Kruger"],
    ["replicate", "P-0003", "--site", "Lindmoor", "--answer", "on hold", "--why", "Oleg is away",
     "--by", "Shirin Vaziri"],
    ["observe", "P-0003", "--done", "--observer", "Yusuf Demirel", "--site", "Lindmoor", "--note", "as Oleg does"],
    ["train", "record", "P-0003", "--person", "Callum Reid", "--trainer", "Ines Carvalhal", "--teach-back", "passed",
     "--signed-off-by", "Wim Kruger"],
    ["recognize", AGREED, "--given", "--to", "Samir Bouzid", "--by", "Freya Nyborg"],
    ["review", "--decision", "Callum goes on", "--by", "Wim Kruger"],
]  # fmt: skip


@pytest.fixture(scope="module")
def names(house: Path) -> dict[str, str]:
    """Every word that is a name of somebody on record -> whose."""
    ws = Workspace(house)
    people = {person.name: [person.name, *person.aliases] for person in ws.organisation().staff}
    for story in ws.stories([]):
        for name in story.people:
            people.setdefault(name, [name])
    return {
        word: person
        for person, known in people.items()
        for name in known
        for word in re.findall(r"[^\W_]+", name)
        if word != "van"
    }


def named(text: str, names: dict[str, str]) -> set[str]:
    """The people a text names, by any part of their name, with or without accents, in ids too."""
    plain = {_plain(word): person for word, person in names.items()}
    return {
        plain[word]
        for found in re.findall(r"[^\W_]+", text)
        for word in (_plain(found), _plain(found).removesuffix("s"))
        if word in plain
    }


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().casefold()


def words_of(line: str, house: Path) -> list[str]:
    line = line.replace("AGREED", AGREED).replace("STORY", STORY)
    return line.format(out=house.parent / "out").split()


@pytest.mark.parametrize("line", JSON)
def test_no_json_names_anybody(line: str, house: Path, names: dict[str, str]) -> None:
    done = call(*words_of(line, house), "--json", at=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("{")
    assert named(done.stdout, names) == set()
    assert named(done.stderr, names) == set()


@pytest.mark.parametrize("line", [line for line in JSON if line.split()[0] in NAMED and "unseen" not in line])
def test_names_are_released_only_to_who_asks_and_of_who_agreed(
    line: str, house: Path, names: dict[str, str]
) -> None:
    if re.search(r"P-\d", line) and line.startswith("show"):
        pytest.skip("a practice has no people of its own")
    done = call(*words_of(line, house), "--json", "--names", at=house)
    assert done.returncode == 0, done.stderr
    whose = named(done.stdout, names)
    assert whose <= {"Samir Bouzid"}
    assert named(done.stderr, names) == set()


def test_consent_releases_one_name_and_the_rest_are_counted(house: Path) -> None:
    shown = call("show", AGREED, "--json", "--names", at=house)
    assert '"Samir Bouzid"' in shown.stdout and "Samir fetched his" in shown.stdout
    assert "not named" not in shown.stderr
    without = call("show", AGREED, "--json", at=house)
    assert '"a colleague"' in without.stdout and "Xxxxx fetched his" in without.stdout
    other = call("show", STORY, "--json", "--names", at=house)
    assert "1 person is not named: no consent in the story names them" in other.stderr
    assert call("show", AGREED, "--names", at=house).returncode == 2


def test_a_withdrawn_consent_releases_nothing(house: Path, tmp_path: Path, names: dict[str, str]) -> None:
    root = tmp_path / "copy"
    shutil.copytree(house, root)
    file = root / "stories" / f"{AGREED}.yaml"
    text = file.read_text(encoding="utf-8")
    assert "uses: [team, company]" in text
    file.write_text(text + "    withdrawn_on: 2026-01-31\n", encoding="utf-8")
    assert named(call("show", AGREED, "--json", "--names", at=root).stdout, names) == set()
    file.write_text(text.replace("uses: [team, company]", "uses: [team]"), encoding="utf-8")
    assert named(call("show", AGREED, "--json", "--names", at=root).stdout, names) == set()


def test_every_command_with_json_is_walked() -> None:
    walked = {line.split()[0] for line in JSON} | {" ".join(line.split()[:2]) for line in JSON}
    for name, command in COMMANDS.items():
        target = getattr(import_module(f"servicestory.cli.{command.module}"), command.function)
        if isinstance(target, typer.Typer):
            for info in target.registered_commands:
                assert info.callback is not None
                if "as_json" in info.callback.__annotations__:
                    own = info.name or info.callback.__name__.strip("_")
                    assert f"{name} {own}" in walked, f"{name} {own} --json is not looked at"
        elif "as_json" in target.__annotations__:
            assert name in walked, f"{name} --json is not looked at"


def documents(house: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of everything that is written for others to read."""
    out = house.parent / "out"
    for words in (
        ["report", "--period", "2026-Q3", "--to", str(out / "review.html"), "--csv", str(out / "tables")],
        ["report", "--period", "2026-Q3", "--to", str(out / "review.md"), "--format", "markdown"],
        ["export", "P-0003", "P-0004", "P-0006", "--to", str(out / "word"), "--format", "docx"],
        ["export", "P-0003", "P-0004", "P-0006", "--to", str(out / "pages"), "--format", "html"],
        ["export", "P-0004", "--into", str(out / "ours.md")],
        ["train", "P-0003", "P-0004", "P-0014", "P-0006", "--quiz", "gift", "--quiz", "anki"],
        ["train", "log", "--xapi", str(out / "statements.json")],
        ["observe", "P-0003", "--sheet", "--to", str(out / "sheet.html")],
    ):
        done = call(*words, at=house)
        assert done.returncode == 0, (words, done.stderr)
    places = [*out.rglob("*"), *(house / "training").rglob("*"), *(house / "procedures").rglob("*")]
    for path in sorted(p for p in places if p.is_file() and p.name not in ("encounters.csv", "more.csv")):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                yield (
                    str(path),
                    " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()),
                )
        else:
            yield str(path), path.read_text(encoding="utf-8")


def test_no_document_and_no_report_names_anybody_but_who_signed_it(
    house: Path, names: dict[str, str]
) -> None:
    found = dict(documents(house))
    assert any(p.owner for p in Workspace(house).practices([]))  # who is shown by role
    assert {Path(name).suffix for name in found} >= {".html", ".md", ".docx", ".csv", ".json", ".txt"}
    for name, text in found.items():
        unsigned = text.replace("Nkechi Obaro", "")  # who wrote it, in its record
        whose = named(re.sub(r"<[^>]+>|\\n", " ", unsigned), names)
        assert whose == set(), (name, whose)


TELLINGS = [
    ("Quay", "Our waitress Sunny brought us a high chair before we asked for it."),
    ("Quay", "Sunny was with us all evening and brought a second blanket for the baby."),
    ("Quay", "Thanks to torvild the soup was made without cream for my wife Ottilie."),
    ("Moor", "Torvild carried our bags upstairs. A colleague and Rose gave us a map of the harbour."),
    ("Moor", "The manager Torvild singh wrote the bus times on a card for us."),
    ("Moor", "Rose's map of the harbour was the best of it, the price never rose."),
]


def test_names_that_only_texts_tell_leave_every_output(tmp_path: Path) -> None:
    assert call("init", ".", at=tmp_path).returncode == 0
    with (tmp_path / "told.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [(n, text, site, "2026-05-03") for n, (site, text) in enumerate(TELLINGS, 1)]
        csv.writer(file).writerows([("id", "text", "site", "date"), *rows])
    assert call("import", "told.csv", at=tmp_path).returncode == 0
    detected = call("detect", "--json", at=tmp_path)
    assert detected.returncode == 0, detected.stderr
    story = next(iter(Workspace(tmp_path).stories())).id
    outputs = [detected.stdout]
    for words in (["list", "--json"], ["search", "map", "--json"], ["show", story, "--json"], ["practices"],
                  ["report", "--to", "page.html"], ["detect", "--unassigned"]):  # fmt: skip
        done = call(*words, at=tmp_path)
        assert done.returncode == 0, (words, done.stderr)
        outputs.append(done.stdout)
    outputs.append((tmp_path / "page.html").read_text(encoding="utf-8"))
    shown = [practice.id for practice in Workspace(tmp_path).practices()]
    outputs += [call("show", ref, "--all", at=tmp_path).stdout for ref in shown]
    for said in outputs:
        assert not re.search(r"Sunny|(?i:torvild)|Ottilie|\bRose\b|singh", said), said[:2000]
    assert "the price never rose" in "".join(outputs), "a word stays a word"


def test_training_quotes_no_name_that_only_texts_tell(tmp_path: Path) -> None:
    assert call("init", ".", at=tmp_path).returncode == 0
    told = (
        "Our porter Zuzka lit the stove before we came and shut its door. Then zuzka showed my wife Ottilie how it "
        "draws, and everybody had a warm evening in the house by the lake."
    )
    added = call("add", "--title", "The stove", "--text", told, "--date", "2026-05-02", at=tmp_path)
    story, span = added.stdout.split()[0], (told.index("lit"), told.index(" door") + 5)
    file = tmp_path / "stories" / f"{story}.yaml"
    agreed = "consent:\n  - {party: Ottilie Vann, uses: [training, external], on: 2026-05-02}\n"
    file.write_text(file.read_text(encoding="utf-8") + agreed, encoding="utf-8")
    (tmp_path / "practices").mkdir(exist_ok=True)
    (tmp_path / "practices" / "P-0001-light-the-stove.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Light the stove\nstatus: accepted\ncore: [Light the stove, Shut its door]\n"
        "decisions:\n  - {on: 2026-05-03, by: Ilka, action: accepted, reason: warm guests}\n"
        f"evidence:\n  - {{story: {story}, start: {span[0]}, end: {span[1]}, score: 0.9}}\n",
        encoding="utf-8",
    )
    done = call("train", "P-0001", at=tmp_path)
    assert done.returncode == 0, done.stderr
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "training").rglob("*.md"))
    assert "had a warm evening" in written, "the session opens with the story"
    assert not re.search(r"(?i)zuzka|ottilie", written), re.findall(r".*[Zz]uzka.*|.*Ottilie.*", written)


def test_accents_written_apart_hide_no_name(workspace: Path, command: Command) -> None:
    """Some systems write "ä" as two characters; the staff list may have it as one, or the other way round."""
    page = workspace / "servicestory.yaml"
    staff = (
        "\nstaff:\n  - name: Sanna Leppälä\n  - name: " + unicodedata.normalize("NFD", "José Ñíguez") + "\n"
    )
    page.write_text(page.read_text("utf-8") + staff, "utf-8")
    text = "Sanna Leppälä carried our bags to the room. José Ñíguez packed us a lunch."
    assert command("add", "--text", unicodedata.normalize("NFD", text)).returncode == 0
    (workspace / "reviews.csv").write_text(
        "text\n" + unicodedata.normalize("NFD", text) + " Twice.\n", "utf-8"
    )
    assert command("import", "reviews.csv").returncode == 0
    said = unicodedata.normalize("NFD", command("detect").stdout + command("list", "--json").stdout)
    for part in ("lepp", "guez", "jose", "sanna", "\u0301", "\u0308"):
        assert part not in said.casefold()


TEXTS = """
My wife Ilka lost her ring and the porter found it.|my-wife-lost-her-ring-and-the-porter-found-it
Milo was great tonight.|a-colleague-was-great-tonight
thanks lucy!|thanks-to-a-colleague
our waitress was called lucy and she sang.|our-waitress-was-called-a-colleague-and-she-sang
Peter found the ring under the bed.|a-colleague-found-the-ring-under-the-bed
Ilka's birthday was made by the crew.|a-customers-birthday-was-made-by-the-crew
Rosa stayed late for the last boat.|a-colleague-stayed-late-for-the-last-boat
The rose garden was open in spring.|the-rose-garden-was-open-in-spring
"""


def test_no_id_made_from_a_text_holds_a_name(command: Command, workspace: Path) -> None:
    command("add", "--text", "The lamp was mended.", "--person", "Rosa Lund", "--date", "2026-09-01")
    rows = ["text"]
    for line in filter(None, TEXTS.splitlines()):
        text, _, told = line.partition("|")
        assert command("add", "--text", text, "--date", "2026-09-02").stdout == f"2026-09-02-{told}\n"
        rows.append(f'"{text} Really."')
    (workspace / "more.csv").write_text("\n".join(rows), encoding="utf-8")
    assert command("import", str(workspace / "more.csv")).returncode == 0
    ids = {story.id for story in Workspace(workspace).stories()}
    names = {"ilka", "ilkas", "milo", "lucy", "peter", "rosa", "lund"}
    assert not [ref for ref in ids if names & set(ref.split("-"))]
    told = "Our waiter Torvild was slow."
    assert "-our-waiter-was-slow\n" in command("contrast", "add", "--text", told, "--by", "Ben").stdout
    assert "holds the name" not in command("check").stdout


def test_what_the_source_calls_its_rows_is_nobodys_name(command: Command, workspace: Path) -> None:
    page = "id,text\nbrimble#1,Thank you Brimble for the lamp.\nbrimble#2,Thanks Brimble! Lovely people.\n"
    (workspace / "rows.csv").write_text(page, encoding="utf-8")
    assert command("import", str(workspace / "rows.csv")).returncode == 0
    assert "holds the name" not in command("check").stdout


def test_a_misspelt_name_that_is_corrected_is_readable_nowhere_else(
    command: Command, workspace: Path
) -> None:
    text = "When it rained Rosmund was near with a blanket."
    ref = command("add", "--text", text, "--person", "Rosmund Lund", "--date", "2026-09-01").stdout.strip()
    done = command("edit", ref, "--set", "people=Rosamund Lund")
    assert "“Rosmund” still stands in the text of the story" in " ".join(done.stderr.split())
    for line in ("list --json", "detect --json", "detect --unassigned", "check"):
        assert "Rosmund" not in command(*line.split()).stdout, line
    assert "Rosmund" not in command("edit", ref, "--set", "outcome=dry").stderr
