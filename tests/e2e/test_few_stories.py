"""What the commands say in the first week, when a handful of stories is all there is."""

from pathlib import Path

import pytest

from tests.conftest import call


@pytest.fixture
def house(tmp_path: Path) -> Path:
    assert call("init", ".", at=tmp_path).returncode == 0
    (tmp_path / "servicestory.yaml").write_text("schema: 1\norganisation: House\n", "utf-8")
    told = (
        ("The porter carried our heavy suitcases up three flights of stairs.", "Zuzka Holm"),
        ("Zuzka carried my suitcases to the taxi and waited with me.", "Zuzka Holm"),
    )
    for day, (text, who) in enumerate(told, 1):
        words = ("add", "--text", text, "--person", who, "--date", f"2026-09-{day:02}")
        assert call(*words, at=tmp_path).returncode == 0
    assert call("detect", at=tmp_path).returncode == 0
    return tmp_path


def test_lineup_says_how_a_standard_is_written(house: Path) -> None:
    said = call("lineup", at=house).stderr
    assert "No standard is written down yet" in said
    assert "standards:\n    - {id: arrival, name: Nobody waits on arrival}" in said
    place = next((house / "practices").glob("P-*.yaml"))
    assert f"in practices/{place.name}:1: say which standard" in said and "standard: arrival" in said
    # what it tells to write is taken
    page = house / "servicestory.yaml"
    page.write_text(
        page.read_text("utf-8") + "standards:\n    - {id: arrival, name: Nobody waits on arrival}\n", "utf-8"
    )
    assert "standard: arrival" in call("lineup", at=house).stderr
    place.write_text(place.read_text("utf-8") + "standard: arrival\n", "utf-8")
    named = call("lineup", at=house)
    assert "whom nobody has asked" in named.stdout
    assert 'servicestory consent STORY --agreed --party "Anna Berg"' in named.stderr
    for story in (house / "stories").glob("*.yaml"):
        assert call("consent", story.stem, "--agreed", "--party", "Zuzka Holm", at=house).returncode == 0
    assert "Standard: Nobody waits on arrival" in call("lineup", at=house).stdout


@pytest.mark.parametrize(
    "line",
    [
        "consent: yes",
        "consent: [team]",
        "consent: [{party: guest, uses: [internal]}]",
        "consent: [{uses: team}]",
    ],
)
def test_a_consent_that_cannot_be_read_is_shown_its_shape(house: Path, line: str) -> None:
    story = next((house / "stories").glob("*.yaml"))
    story.write_text(story.read_text("utf-8") + f"{line}\n", "utf-8")
    said = call("check", at=house).stderr
    assert "Write it like this: consent: [{party: Anna Berg, uses: [team, training], on: 2026-08-14}]" in said
    assert "Write external" not in said  # nobody is talked into more than they agreed to


def test_a_value_of_blanks_is_none(house: Path) -> None:
    words = ("--text", "She lit the stove.", "--site", "   ", "--person", " ", "--title", "\t", "--team", "")
    done = call("add", *words, "--date", "2026-09-05", at=house)
    assert done.returncode == 0 and done.stdout == "2026-09-05-she-lit-the-stove\n"
    kept = (house / "stories" / "2026-09-05-she-lit-the-stove.yaml").read_text("utf-8")
    assert not {"site:", "team:", "people:"} & set(kept.split())
    ref = next((house / "practices").glob("P-*.yaml")).name[:6]
    assert call("review", ref, "--accept", "--reason", "we all should", at=house).returncode == 0
    unnamed = call("replicate", ref, "--site", " ", "--answer", "adopted", at=house)
    assert unnamed.returncode == 1 and "is not named" in unnamed.stderr
    assert call("observe", ref, "--done", "--site", "  ", at=house).returncode == 0
    assert '"site"' not in (house / "records" / "observations.jsonl").read_text("utf-8")
    assert call("add", "--text", "  ", at=house).returncode == 1


def test_nothing_is_made_of_so_few_stories(house: Path) -> None:
    waiting = call("practices", at=house).stderr
    assert "too little is told for a verdict" in waiting and "cannot be decided" not in waiting
    ref = next((house / "practices").glob("P-*.yaml")).name[:6]
    worth = call("verdict", ref, at=house).stdout
    assert "too few to say how often it happens" in worth and "allowing for chance" not in worth
    assert "at every site" not in worth and "not been seen" not in worth
    watched = call("monitor", at=house, env={"SERVICESTORY_TODAY": "2026-09-29", "COLUMNS": "70"}).stdout
    assert "stories of this quarter" in watched and "the last 1" not in watched
    assert "its stories do not say where" in " ".join(watched.split())
    assert "at 0 sites" not in watched
    for text in ("The clerk gave me the key.", "I paid and left."):
        assert call("contrast", "add", "--text", text, "--date", "2026-09-03", at=house).returncode == 0
    shown = call("contrast", "show", at=house).stdout
    said = "cannot tell yet: 2 of 2 stories, 0 of 2 ordinary encounters; detection found it in 2 stories, too few to compare\n"
    assert said in shown
    assert "times as often" not in shown + call("verdict", ref, at=house).stdout
    assert call("review", ref, "--accept", "--reason", "we all should", at=house).returncode == 0
    assert call("report", "--format", "markdown", "--to", "r.md", at=house).returncode == 0
    assert "lies near what" not in (house / "r.md").read_text("utf-8")


def test_no_behaviour_is_to_be_put_in_where_every_one_fits(house: Path) -> None:
    said = call("detect", at=house)
    assert "Every behaviour fits a practice." in said.stdout
    assert "--take-in" not in said.stderr and "servicestory add, to tell more" in said.stderr
    told = ("--text", "Zuzka polished the brass lion at the gate until it shone.", "--person", "Zuzka Holm")
    call("add", *told, "--date", "2026-09-04", at=house)
    said = call("detect", at=house)
    assert ("fits no practice" in said.stdout) is ("--take-in" in said.stderr)


def test_where_no_deed_is_told_the_next_step_is_to_tell_one(tmp_path: Path) -> None:
    assert call("init", ".", at=tmp_path).returncode == 0
    assert call("add", "--text", "Lovely people, very nice.", at=tmp_path).returncode == 0
    said = call("detect", at=tmp_path)
    assert "0 practices" in said.stdout
    assert "Next: servicestory add" in said.stderr and "review" not in said.stderr
