"""What people put right by hand, and what the commands say of it: `review`, `detect` and `show`."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.e2e.test_detect import STORIES, tell

DOGS = [
    "The waitress brought a bowl of water for our dog.",
    "Their dog slept under the long bench in the yard.",
    "Their old dog slept under the long bench in the yard.",
]


@pytest.fixture
def house(workspace: Path) -> Path:
    tell(workspace, STORIES)
    return workspace


def listed(folder: Path, texts: list[str], start: int = 1) -> None:
    """Stories of which the teller lists one behaviour each."""
    for number, text in enumerate(texts, start=start):
        story = f"schema: 1\nid: s{number:02d}\ndate: 2026-02-03\nbehaviours:\n  - {text}\n"
        (folder / "stories" / f"s{number:02d}.yaml").write_text(story, encoding="utf-8")


def practices(command: Command) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(command("practices", "--json").stdout)["practices"]
    return found


def test_review_says_which_sentences_it_put_in_and_all_that_is_left(house: Path, command: Command) -> None:
    command("detect")
    big = next(str(p["id"]) for p in practices(command) if p["stories"] == 3)
    done = command("review", big, "--take-in", "s04:1", "--reason", "the same deed")
    assert "4. “The receptionist walked us all the way to our room" in done.stdout
    assert "Left in" not in done.stdout
    done = command("review", big, "--drop", "2", "--reason", "another desk")
    out, _, left = done.stdout.partition(f"Left in {big}, by the numbers they have now:")
    assert "out: “A colleague phoned us the day after" in out
    assert re.findall(r"^  (\d)\. “", left, re.M) == ["1", "2", "3"]
    assert "phoned us" not in left
    done = command("review", big, "--restore", "1", "--reason", "it was ours")
    assert "2. “A colleague phoned us" in done.stdout
    done = command("review", big, "--confirm", "1", "--reason", "I was there")
    assert "1. “" in done.stdout and "2. “" not in done.stdout


def test_a_place_is_named_by_its_story_whatever_its_number(house: Path, command: Command) -> None:
    command("detect")
    big = next(str(p["id"]) for p in practices(command) if p["stories"] == 3)
    places = json.loads(command("show", big, "--json").stdout)["evidence"]
    refs = [place["story"] for place in places]
    gone = ("review", big, "--drop", "1", "--reason", "another desk")
    assert command(*gone).returncode == 0
    again = command(*gone)
    assert again.returncode == 1
    assert "numbers other places now" in again.stderr
    named = ("review", big, "--drop", f"{refs[1]}:1", "--reason", "another desk")
    assert f"[{refs[1]}]" in command(*named).stdout
    twice = command(*named)
    assert twice.returncode == 1
    assert f"No such place of {big}" in twice.stderr
    assert (
        "2 places put back" in command("review", big, "--restore", ",".join(refs[:2]), "--reason", "x").stdout
    )
    assert command("review", big, "--confirm", refs[1], "--reason", "x").returncode == 0
    unknown = command("review", big, "--drop", "s99", "--reason", "x")
    assert "s99" in unknown.stderr
    assert unknown.returncode > 0


def test_a_split_is_undone_by_the_command_it_names(house: Path, command: Command) -> None:
    command("detect")
    big = next(str(p["id"]) for p in practices(command) if p["stories"] == 3)
    before = json.loads(command("show", big, "--json").stdout)["evidence"]
    done = command("review", big, "--split", "--take", "1", "--name", "Do another thing", "--reason", "x")
    undo = re.search(r"To undo it: servicestory (.+) --reason", done.stderr)
    assert undo is not None
    assert command(*undo[1].split(), "--reason", "a mistake").returncode == 0
    after = json.loads(command("show", big, "--json").stdout)
    assert after["evidence"] == before
    assert not after.get("not_evidence")


def test_check_names_a_decision_that_no_command_knows(house: Path, command: Command) -> None:
    command("detect")
    command("review", "P-0001", "--accept", "--reason", "x")
    path = next((house / "practices").glob("P-0001-*.yaml"))
    path.write_text(path.read_text("utf-8").replace("action: accepted", "action: acepted"), "utf-8")
    done = command("check")
    assert done.returncode == 1
    assert "no decision is called 'acepted'" in done.stderr
    assert "Did you mean 'accepted'" in done.stderr


def test_review_at_the_terminal_lists_every_place_by_its_number(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("detect")
    monkeypatch.setattr("servicestory.console.interactive", lambda: True)
    big = next(str(p["id"]) for p in practices(command) if p["stories"] == 3)
    done = command("review", big, stdin="t\n2\nanother desk\nq\n")
    asked, _, after = done.stdout.partition("Saved:")
    assert re.findall(r"^  (\d)\. “", asked, re.M) == ["1", "2", "3"]
    assert re.findall(r"^  (\d)\. “", after, re.M) == ["1", "2"]


def test_detect_says_which_practices_hold_other_places_and_show_lists_the_lost_ones(
    workspace: Path, command: Command
) -> None:
    listed(workspace, DOGS)
    command("detect")
    pets = next(str(p["id"]) for p in practices(command) if "pet" in str(p["name"]).lower())
    assert command("review", pets, "--drop", "2", "--reason", "nobody did it").returncode == 0
    listed(workspace, ["She filled a bowl of water for the dog at our feet."], start=4)
    said = command("detect", "--dry-run").stdout
    assert "1 with other places" in said
    assert f"More places: {pets} 1 more" in said and f"Fewer places: {pets} 1 fewer" in said
    [change] = json.loads(command("detect", "--json").stdout)["changes"]
    [lost] = change["lost"]
    assert (change["id"], change["gained"], lost["story"]) == (pets, 1, "s03")
    assert lost["why"] == "told like a place taken out" and lost["text"] == DOGS[2]
    assert json.loads(command("detect", "--json").stdout)["changes"] == []

    shown = command("show", pets).stdout.partition("Taken out")[2]
    assert f"2. “{DOGS[2]}” (s03)" in shown and f"told nearly as it is: “{DOGS[1]}”" in shown
    assert f"1. “{DOGS[1]}”" not in shown and f"1. “{DOGS[1]}”" in command("show", pets, "--all").stdout
    done = command("review", pets, "--restore", "2", "--reason", "this one is right")
    assert done.returncode == 0 and DOGS[2] in done.stdout
    command("detect")
    after = command("show", pets, "--all").stdout
    assert DOGS[2] in after.partition("Taken out")[0] and DOGS[1] in after.partition("Taken out")[2]


def test_a_practice_that_lost_all_is_told_as_what_it_is(workspace: Path, command: Command) -> None:
    """The house's own comes first; nobody merged the codebook's into it."""
    tell(
        workspace, ["She left a note on the handover card for the evening shift about the guest's bad knee."]
    )
    command("detect")
    before = [str(p["id"]) for p in practices(command)]
    (workspace / "own.yaml").write_text("name: Tell the evening shift\n", encoding="utf-8")
    own = command("review", "--define", "own.yaml", "--reason", "ours").stdout.split()[0]
    assert command("review", own, "--take-in", "s01:1", "--reason", "x").returncode == 0
    said = command("detect").stdout
    assert f"No story shows any more: {', '.join(before)}\n" in said and "Merged" not in said
    shown = command("show", before[0]).stdout.partition("No longer in it since the detect of")[2]
    assert f"(s01:1): now in {own}" in shown


def test_review_names_a_practice_that_is_there_or_says_that_none_waits(
    command: Command, workspace: Path
) -> None:
    none = command("review")
    assert none.returncode == 1 and "No practice awaits a decision" in none.stderr
    assert "servicestory detect" in none.stderr and "review PRACTICE" not in none.stderr
    one = "schema: 1\nid: P-0004\nname: Lend an umbrella\nstatus: candidate\n"
    (workspace / "practices" / "P-0004-lend.yaml").write_text(one, "utf-8")
    some = command("review")
    assert some.returncode == 2 and "servicestory review P-0004 --accept" in some.stderr
    assert "servicestory review P-0004 --accept" in command("review", "4").stderr
    assert command("review", "P-0009").returncode == 1
