"""Names read in stories: all of them are listed where that is asked for, and several are answered in one call."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from servicestory.cli.confirm import _describe
from servicestory.detect.people import ON_THE_LIST
from servicestory.detect.suggesting import Question
from tests.conftest import Command

NAMES = [
    "Abel",
    "Boris",
    "Clara",
    "Dario",
    "Edith",
    "Felix",
    "Greta",
    "Hanna",
    "Igor",
    "Jonas",
    "Karin",
    "Laura",
    "Mario",
    "Nadia",
    "Oscar",
    "Paula",
    "Quentin",
    "Rosa",
    "Sofia",
    "Tomas",
    "Ursula",
    "Victor",
    "Wanda",
    "Xenia",
    "Yvonne",
    "Zelda",
    "Amelia",
    "Bruno",
    "Carla",
    "Diego",
    "Elena",
    "Fabio",
    "Gloria",
    "Hugo",
    "Irene",
    "Julia",
    "Klaus",
    "Linda",
    "Marta",
    "Nora",
    "Olga",
    "Pedro",
]


@pytest.fixture
def inn(workspace: Path) -> Path:
    """A workspace in which customers name more colleagues than a list shows."""
    for number, name in enumerate(NAMES):
        (workspace / "stories" / f"s{number}.yaml").write_text(
            f"schema: 1\nid: s{number}\nprompted: import\nnarrative: Our waiter {name} was kind to us.\n",
            "utf-8",
        )
    return workspace


def test_every_name_is_listed_where_that_is_asked_for(inn: Path, command: Command) -> None:
    some, every = command("review", "--names").stdout, command("review", "--names", "--all").stdout
    assert f"and {len(NAMES) - 40} more; see them all with: servicestory review --names --all" in some
    assert all(name in every for name in NAMES) and "more" not in every
    plain = command("review", "--names", "--json").stdout
    assert not any(name in plain for name in NAMES) and len(json.loads(plain)["names"]) == len(NAMES)
    named = json.loads(command("review", "--names", "--all", "--json").stdout)["names"]
    assert {one["name"] for one in named} == set(NAMES)
    stray = command("review", "--all")
    assert stray.returncode == 2 and "--all belongs to --names" in stray.stderr


def test_several_names_are_answered_in_one_call_or_none(inn: Path, command: Command) -> None:
    wrong = command("review", "--names", "Abel, Nobody, Clara", "--reject", "--by", "Mara")
    assert wrong.returncode == 1 and "Nobody" in wrong.stderr
    assert not (inn / "records" / "names.jsonl").exists()
    done = command("review", "--names", "Abel, Clara; Edith", "--accept", "--by", "Mara")
    assert done.returncode == 0 and done.stdout.count("written as") == 3
    assert "Clara" in (inn / "stories" / "s2.yaml").read_text("utf-8").partition("people:")[2]
    who = command("review", "--names", "Boris, Dario", "--accept", "--rename", "Bo Dario")
    assert who.returncode == 2 and "one by one" in who.stderr


def test_an_answer_makes_the_verdicts_that_rest_on_it_of_before(inn: Path, command: Command) -> None:
    """Until detect is run again lists and reports would say "not confirmed" of who was just confirmed."""
    for number, story in ((1, "s0"), (2, "s1")):
        (inn / "practices" / f"P-000{number}-be-kind.yaml").write_text(
            f"schema: 1\nid: P-000{number}\nname: Be kind {number}\nverdict: {{label: random act}}\n"
            f"evidence:\n  - {{story: {story}, start: 0, end: 9}}\n",
            "utf-8",
        )
    done = command("review", "--names", "Abel", "--accept", "--by", "Mara")
    assert "of P-0001 are of the last detect" in done.stderr and "P-0002" not in done.stderr
    listed = {p["id"]: p["outdated"] for p in json.loads(command("practices", "--json").stdout)["practices"]}
    assert listed == {"P-0001": True, "P-0002": False}


def test_a_site_with_a_comma_is_no_end_of_a_name(inn: Path, command: Command) -> None:
    for number in (0, 2):
        with (inn / "stories" / f"s{number}.yaml").open("a", encoding="utf-8") as file:
            file.write('site: "Gresham, OR"\n')
    done = command(
        "review", "--names", "Abel (Gresham, OR),Clara (Gresham, OR); Edith", "--accept", "--by", "Mara"
    )
    assert done.returncode == 0 and done.stdout.count("written as") == 3, done.stderr


def test_a_name_is_said_to_be_the_same_person_as_somebody_known(inn: Path, command: Command) -> None:
    with (inn / "servicestory.yaml").open("a", encoding="utf-8") as file:
        file.write("staff:\n  - {name: Anna Berg, aliases: [Annie]}\n")
    assert command("review", "--names", "Abel, Clara", "--same-as", "annie", "--by", "Mara").returncode == 0
    for story in ("s0", "s2"):
        assert "Anna Berg" in (inn / "stories" / f"{story}.yaml").read_text("utf-8").partition("people:")[2]
    # somebody who was only read in a story is known as well
    done = command("review", "--names", "Edith", "--same-as", "Felix", "--by", "Mara")
    assert "Edith: written as Felix into 1 story" in done.stdout
    wrong = command("review", "--names", "Greta", "--same-as", "Hana", "--by", "Mara")
    assert wrong.returncode == 1 and "Did you mean 'Hanna'?" in wrong.stderr
    assert "people:" not in (inn / "stories" / "s6.yaml").read_text("utf-8")
    both = command("review", "--names", "Greta", "--same-as", "Hanna", "--reject")
    assert both.returncode == 2 and "whose name it is" in both.stderr
    assert "belongs to --names" in command("review", "P-0001", "--same-as", "Hanna").stderr


def test_a_name_known_at_several_sites_is_asked_about_and_none_is_taken(inn: Path, command: Command) -> None:
    text = (inn / "stories" / "s0.yaml").read_text("utf-8")
    for number, site in ((0, "Quay"), (7, "Moor")):
        said = text.replace("id: s0", f"id: s{number}") + f"site: {site}\n"
        (inn / "stories" / f"s{number}.yaml").write_text(said, "utf-8")
    several = command("review", "--names", "Clara", "--same-as", "abel", "--by", "Mara")
    assert several.returncode == 1, several.stdout
    assert "2 people at different sites are called 'abel'. Write which one: \"Abel (Moor)\"" in several.stderr
    assert "people:" not in (inn / "stories" / "s2.yaml").read_text("utf-8")
    one = command("review", "--names", "Clara", "--same-as", "Abel (Moor)", "--by", "Mara")
    assert "Clara: written as Abel (Moor) into 1 story" in one.stdout
    itself = command("review", "--names", "Greta", "--same-as", "Greta Klein", "--by", "Mara")
    assert itself.returncode == 1 and "Did you mean 'Greta'" not in itself.stderr


def test_that_somebody_is_on_the_staff_list_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    asked = Question("Ida", "Quay", "Ida Moss", True, ("s1",), ON_THE_LIST, "Ida ran after us")
    _describe(asked)
    _describe(replace(asked, why="thanked"))
    said = [line for line in capsys.readouterr().out.splitlines() if "staff list" in line]
    assert said == ["  in 1 story; on the staff list", "  in 1 story; thanked, on the staff list"]
