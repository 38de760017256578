"""Who agreed that a story may be retold: asked when it is told, listed and written down afterwards."""

import json
from pathlib import Path

import pytest

from servicestory.workspace import Workspace
from tests.conftest import Command

MAP = "2026-10-01-a-map"
SOUP = "2026-10-02-soup"


@pytest.fixture
def house(workspace: Path, command: Command) -> Path:
    """Two stories nobody was asked about, of which one shows an accepted practice."""
    for day, title, text in (
        (
            "2026-10-01",
            "A map",
            "The man at the desk drew me a map of the old town by hand, with the benches.",
        ),
        ("2026-10-02", "Soup", "The cook kept soup warm for us, since the ferry was late."),
    ):
        done = command("add", "--title", title, "--text", text, "--date", day, "--reporter", "guest")
        assert done.returncode == 0, done.stderr
    (workspace / "practices" / "P-0001-draw-a-map.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Draw a map by hand\nstatus: accepted\n"
        f"evidence:\n  - {{story: {MAP}, start: 0, end: 56}}\n",
        encoding="utf-8",
    )
    return workspace


def agreed(house: Path, story: str) -> list[tuple[str, list[str], str | None, str | None]]:
    return [(c.party, list(c.uses), c.on, c.withdrawn_on) for c in Workspace(house).story(story).consent]


def test_who_is_to_be_asked_comes_by_the_practice_that_waits_for_it(house: Path, command: Command) -> None:
    said = command("consent")
    assert "training may retell 0 and may not retell 0; of 2 nobody was asked." in said.stdout
    assert "P-0001 Draw a map by hand: 0 may be retold, 1 story to ask for" in said.stdout
    assert MAP in said.stdout and "told by: guest" in said.stdout and SOUP not in said.stdout
    assert SOUP in command("consent", "--all").stdout
    of_one = command("consent", "--practice", "P-0001")
    assert "Of 1 story" in of_one.stdout and MAP in of_one.stdout


def test_an_answer_is_written_into_each_story_and_replaces_the_last(house: Path, command: Command) -> None:
    done = command("consent", MAP, SOUP, "--agreed", "--on", "2026-10-03")
    assert done.returncode == 0
    for story in (MAP, SOUP):
        assert agreed(house, story) == [("guest", ["team", "company", "training"], "2026-10-03", None)]
    assert "of 0 nobody was asked" in command("consent").stdout
    command("consent", MAP, "--refused")
    assert agreed(house, MAP) == [("guest", [], "2026-10-05", None)]
    assert not Workspace(house).story(MAP).all_agreed_to("training", "team")
    command("consent", MAP, "--agreed", "--for", "team, external", "--party", "Anna Berg")
    assert [c[:2] for c in agreed(house, MAP)] == [("guest", []), ("Anna Berg", ["team", "external"])]
    command("consent", SOUP, "--withdrawn")
    assert agreed(house, SOUP)[0][3] == "2026-10-05"
    assert "guest took it back (2026-10-05, agreed 2026-10-03)" in command("consent", SOUP).stdout


def test_a_batch_is_answered_with_one_write_of_its_file_or_not_at_all(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from servicestory import storage

    ids = [f"2026-09-{number:03d}" for number in range(40)]
    batch = house / "stories" / "batch.yaml"
    batch.write_text(
        "".join(f"---\nid: {one}\nnarrative: She walked us to the tram.  # told\n" for one in ids), "utf-8"
    )
    replace, written = storage.replace, list[str]()

    def counted(path: Path, *rest: object) -> None:
        if rest[2] == "stories/" + MAP + ".yaml" and written.count("full"):
            raise OSError(28, "No space left on device")
        written.append(path.name)
        replace(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(storage, "replace", counted)
    assert command("consent", *ids, "--agreed").returncode == 0
    assert written == ["batch.yaml"]
    assert batch.read_text("utf-8").count("  # told\nconsent:") == len(ids)
    before = batch.read_bytes()
    written.append("full")  # the second file cannot be written: the first is put back
    done = command("consent", ids[0], MAP, "--refused")
    assert done.returncode == 1 and "the disk is full" in done.stderr.casefold() and not done.stdout
    assert batch.read_bytes() == before and agreed(house, MAP) == []


def test_days_that_cannot_be_are_refused_and_a_day_to_come_is_no_consent_yet(
    house: Path, command: Command
) -> None:
    late = command("consent", MAP, "--agreed", "--on", "2026-10-06")
    assert late.returncode == 2 and "future" in late.stderr and agreed(house, MAP) == []
    Workspace(house).edit_story(
        MAP, {"consent": [{"party": "guest", "uses": ["training"], "on": "2026-10-06"}]}
    )
    assert "training may retell 0 and may not retell 1" in command("consent").stdout
    assert "retell 1 and" in command("consent", env={"SERVICESTORY_TODAY": "2026-10-06"}).stdout
    command("consent", SOUP, "--agreed", "--on", "2026-10-03")
    early = command("consent", SOUP, "--withdrawn", "--on", "2026-10-02")
    assert early.returncode == 1
    assert "guest agreed on 2026-10-03, and took it back on 2026-10-02, before" in early.stderr
    assert agreed(house, SOUP)[0][3] is None
    command("consent", SOUP, "--withdrawn", "--on", "2026-10-04")
    again = command("consent", SOUP, "--withdrawn")
    assert again.returncode == 0 and "took it back (2026-10-04" in again.stdout, "it stays as it was"
    assert command("consent", SOUP, "--withdrawn", "--on", "2026-10-03").returncode == 0
    assert agreed(house, SOUP)[0][2:] == ("2026-10-03", "2026-10-03")


@pytest.mark.parametrize(
    "asked", [("consent", "{}", "--agreed"), ("show", "{}"), ("edit", "{}", "--set", "site=A")]
)
def test_a_story_in_a_file_that_cannot_be_read_is_said_to_be_there(
    house: Path, command: Command, asked: tuple[str, ...]
) -> None:
    (house / "stories" / f"{MAP}.yaml").write_text(f"schema: 1\nid: {MAP}\nnarrative: [\n", "utf-8")
    done = command(*(word.format(MAP) for word in asked))
    assert done.returncode == 1 and "Did you mean" not in done.stderr
    assert done.stderr.startswith(f"stories/{MAP}.yaml:4: {MAP} cannot be read: ")
    other = command(*(word.format("2026-10-02-sopu") for word in asked))
    assert "Did you mean 2026-10-02-soup" in other.stderr
    assert f"stories/{MAP}.yaml:4 cannot be read and may hold it" in other.stderr


def test_the_answer_of_one_it_tells_of_is_not_that_of_the_teller(house: Path, command: Command) -> None:
    command("edit", MAP, "--set", "people=Anna Berg")
    command("consent", MAP, "--agreed", "--party", "Anna\x1b[31m  Berg\x07")
    assert [c[0] for c in agreed(house, MAP)] == ["Anna Berg"]
    said = command("consent")
    assert MAP in said.stdout and "of 1 nobody was asked." in said.stdout
    assert "Of 1 only somebody it tells of was asked, and not yet whoever told it." in said.stdout
    assert [one["id"] for one in json.loads(command("consent", "--json").stdout)["to_ask"]] == [MAP, SOUP]
    command("consent", MAP, "--agreed")
    assert MAP not in command("consent").stdout
    assert command("consent", MAP, "--agreed", "--party", "\x07").returncode == 2


def test_show_says_who_was_asked(house: Path, command: Command) -> None:
    assert "Consent:     nobody was asked yet" in command("show", MAP).stdout
    command("consent", MAP, "--agreed", "--for", "team", "--on", "2026-10-03")
    command("consent", MAP, "--refused", "--party", "Anna Berg")
    said = "Consent:     guest agreed to team (2026-10-03); Anna Berg did not agree (2026-10-05)"
    assert said in command("show", MAP).stdout
    kept = json.loads(command("show", MAP, "--json").stdout)["consent"]
    assert kept[0] == {"party": "guest", "uses": ["team"], "on": "2026-10-03"}


def test_an_imported_review_has_nobody_to_ask(workspace: Path, command: Command) -> None:
    (workspace / "r.csv").write_text("id,text\n1,She walked us to the tram in the rain.\n", encoding="utf-8")
    assert command("import", "r.csv", "--map", "text=text").returncode == 0
    said = json.loads(command("consent", "--json").stdout)
    assert said == {"schema": 1, "agreed": 0, "not_agreed": 0, "imported": 1, "to_ask": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((MAP, "--agreed", "--refused"), "--agreed and --refused cannot both be true"),
        (("--agreed",), "--agreed needs a story"),
        (
            ("--take-back",),
            "--take-back needs a story. Name the stories: servicestory consent STORY --take-back",
        ),
        ((MAP, "--agreed", "--for", "trainig"), "Did you mean training?"),
        ((MAP, "--for", "team"), "Add --agreed"),
        ((MAP, "--withdrawn"), "nothing was agreed to that could be taken back"),
        ((MAP, "2026-10-02-sopu", "--agreed"), "2026-10-02-soup"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_written(
    house: Path, command: Command, words: tuple[str, ...], said: str
) -> None:
    done = command("consent", *words)
    assert done.returncode in (1, 2) and said in done.stderr
    assert agreed(house, MAP) == agreed(house, SOUP) == []


def test_an_answer_given_with_the_story_is_kept(workspace: Path, command: Command) -> None:
    told = ("add", "--text", "She walked with him to the tram and waited.", "--title", "Tram")
    yes = command(*told, "--consent", "yes", "--reporter", "neighbour").stdout.strip()
    assert agreed(workspace, yes) == [("neighbour", ["team", "company", "training"], "2026-10-05", None)]
    no = command(*told, "--consent", "no", "--again").stdout.strip()
    assert agreed(workspace, no) == [("teller", [], "2026-10-05", None)]
    wrong = command(*told, "--consent", "maybe", "--again")
    assert wrong.returncode != 0 and "neither yes nor no" in wrong.stderr and "drafts/" in wrong.stderr


def test_a_party_is_somebody_the_story_names_however_it_is_typed(house: Path, command: Command) -> None:
    command("edit", MAP, "--set", "people=Gülsen Kaya, Anna Berg, Anna Holm")
    for typed in ("Gulsen", "gülsen kaya", "Guelsen Kaya", "Kaya"):
        done = command("consent", MAP, "--agreed", "--party", typed)
        assert done.returncode == 0 and [c[0] for c in agreed(house, MAP)] == ["Gülsen Kaya"], typed
    several = command("consent", MAP, "--agreed", "--party", "Anna")
    assert several.returncode == 1
    assert "it names Gülsen Kaya, Anna Berg and Anna Holm" in several.stderr
    assert "Did you mean Anna Berg or Anna Holm?" in several.stderr
    slip = command("consent", MAP, "--agreed", "--party", "Gülsne Kaya")
    assert slip.returncode == 1 and "Did you mean Gülsen Kaya?" in slip.stderr
    other = command("consent", MAP, "--agreed", "--party", "Peter")
    assert (
        other.returncode == 0 and "names Gülsen Kaya, Anna Berg and Anna Holm; Peter counts" in other.stderr
    )
    assert "names" not in command("consent", MAP, "--agreed", "--party", "guest").stderr


def test_an_answer_takes_the_place_of_one_of_the_same_person_otherwise_written(
    house: Path, command: Command
) -> None:
    old = {"party": "Gulsen", "uses": ["training"], "on": "2026-10-01", "withdrawn_on": "2026-10-02"}
    Workspace(house).edit_story(MAP, {"people": ["Gülsen Kaya"], "consent": [old]})
    assert command("consent", MAP, "--agreed", "--party", "Gülsen Kaya").returncode == 0
    assert [(c[0], c[3]) for c in agreed(house, MAP)] == [("Gülsen Kaya", None)]


def test_a_withdrawal_by_mistake_is_taken_back_for_everybody_or_for_one(
    house: Path, command: Command
) -> None:
    command("edit", MAP, "--set", "people=Gülsen Kaya")
    command("consent", MAP, "--agreed", "--for", "team, external", "--on", "2026-10-02")
    command("consent", MAP, "--agreed", "--party", "Gülsen", "--on", "2026-10-03")
    before = agreed(house, MAP)
    refused = command("consent", MAP, "--take-back")
    assert refused.returncode == 1
    said = " ".join(refused.stderr.split())
    assert "agreed to stands: --take-back undoes a --withdrawn, and there is none" in said
    assert f"To take it back: servicestory consent {MAP} --withdrawn" in said
    command("consent", MAP, "--withdrawn")
    assert all(c[3] for c in agreed(house, MAP))
    alone = command("consent", MAP, "--agreed", "--party", "guest", "--for", "team")
    assert "What Gülsen Kaya took back stays so" in alone.stderr and "--take-back" in alone.stderr
    command("consent", MAP, "--withdrawn", "--party", "guest")
    assert command("consent", MAP, "--take-back", "--party", "Gulsen").returncode == 0
    assert [(c[0], c[3]) for c in agreed(house, MAP)] == [("Gülsen Kaya", None), ("guest", "2026-10-05")]
    command("consent", MAP, "--agreed", "--for", "team, external", "--on", "2026-10-02")
    command("consent", MAP, "--withdrawn")
    assert command("consent", MAP, "--take-back").returncode == 0
    assert sorted(agreed(house, MAP)) == sorted(before)
    both = command("consent", MAP, "--take-back", "--agreed")
    assert both.returncode == 2 and "cannot both be true" in both.stderr


def test_who_a_story_is_about_does_not_give_away_its_tellers_words(house: Path, command: Command) -> None:
    command("edit", MAP, "--set", "people=Gülsen Kaya")
    command("consent", MAP, "--agreed", "--party", "Gülsen Kaya")
    said = command("consent").stdout
    assert "training may retell 0 and may not retell 0" in said
    assert "Of 1 only somebody it tells of was asked" in said
    told = Workspace(house).story(MAP)
    assert not told.all_agreed_to("training") and not told.withheld, "it may be retold without its words"
    command("consent", MAP, "--agreed")
    assert Workspace(house).story(MAP).all_agreed_to("training")
    command("consent", MAP, "--refused", "--party", "Gülsen Kaya")
    assert Workspace(house).story(MAP).withheld
