"""Names that are likely one, written in two ways, are spoken of by `add` and listed by `check`."""

import json
from pathlib import Path

import pytest

from servicestory.cli.alike import counted_apart, doubts, untold
from servicestory.detect.spellings import likely_same
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from tests.conftest import call


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ilka Brandt", "Ilka Brant", True), ("Zuzka Maršál", "Zuzka Marsal", True),
        ("Harbour House", "Harbourhouse", True), ("Lindmoor", "Lindmor", True), ("Front desk", "Front-desk", True),
        ("Mill St.", "Mill Street", True), ("Kiln Rd", "Kiln Road", True), ("St. Olav", "Street Olav", False),
        ("Ward 3", "Ward 4", False), ("Site A", "Site B", False), ("East Wing", "West Wing", False),
        ("Maria", "Marta", False), ("Anna Berg", "Anna Burg", False), ("Ilka", "ILKA", False),
        ("Ilka Brandt", "Ilka", False), ("Front desk", "Front office", False),
    ],
)  # fmt: skip
def test_a_letter_more_or_less_makes_one_name_of_two(one: str, other: str, same: bool) -> None:
    assert likely_same(one, other) is likely_same(other, one) is same


def test_a_name_others_have_is_not_asked_about() -> None:
    told = ["Ilka Brandt", "Ilka Brandt", "Ilka Brannt"]
    assert untold("people", "ilka brandt", told) is None
    said = "No story has the person 'Ilka Brant' so far. Did you mean Ilka Brandt?"
    assert str(untold("people", "Ilka Brant", told)) == said
    assert "Did you mean Ilka Brandt or Ilka Brannt?" in str(untold("people", "Ilka", told))
    assert untold("team", "Ilka", told) is None


def test_where_no_sites_are_listed_two_that_may_be_one_are_spoken_of_before_the_verdicts() -> None:
    def said(sites: list[str], listed: tuple[str, ...] = ()) -> str:
        house = Organisation.model_validate({"sites": [{"name": name} for name in listed]})
        return counted_apart([Story(id=f"s{i}", narrative="x", site=s) for i, s in enumerate(sites)], house)

    assert said(["Mill St.", "Mill Street", "Quay"]) == (
        "The sites “Mill St.” and “Mill Street” may be one: each is counted by itself, also in the verdicts. "
        "Which: servicestory check"
    )
    assert "may be one, and so may 1 other pair:" in said(["Mill St.", "Mill Street", "Lindmoor", "Lindmor"])
    assert said(["Mill Street", "Quay"]) == said(["Lindmoor", "Lindmor"], ("Lindmoor", "Lindmor")) == ""


HOUSE = Organisation.model_validate(
    {
        "organisation": "House",
        "sites": [{"name": "Harbour House"}, {"name": "Ward 3"}],
        "staff": [{"name": "Anna Berg", "aliases": ["Annie"]}, {"name": "Anna Brandt"}, {"name": "Tom Ito"}],
    }
)


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("Anna Berg", ()), ("annie", ()), ("tom ito", ()), ("Zacharias", ()), ("Lea Brand", ()),
        ("Ana Berg", ("Anna Berg",)), ("Anna Burg", ("Anna Berg",)), ("Tom", ("Tom Ito",)), ("Ito", ("Tom Ito",)),
        ("T. Ito", ("Tom Ito",)), ("Anna B.", ("Anna Berg", "Anna Brandt")), ("Anna", ("Anna Berg", "Anna Brandt")),
    ],
)  # fmt: skip
def test_whoever_on_the_staff_list_can_be_meant_is_named(name: str, like: tuple[str, ...]) -> None:
    found = doubts([name], None, None, HOUSE)
    assert [doubt.like for doubt in found] == ([like] if like else [])


def test_a_site_no_list_has_is_said_whether_or_not_one_is_near() -> None:
    assert doubts([], "harbour house", "Desk", HOUSE) == [], "no teams are listed"
    assert "Did you mean Harbour House?" in str(doubts([], "Harbor House", None, HOUSE)[0])
    assert str(doubts([], "Moon", None, HOUSE)[0]) == "The site 'Moon' is not in servicestory.yaml."


@pytest.fixture
def house(tmp_path: Path) -> Path:
    assert call("init", ".", at=tmp_path).returncode == 0
    (tmp_path / "servicestory.yaml").write_text("schema: 1\norganisation: House\n", "utf-8")
    return tmp_path


def tell(house: Path, day: int, *more: str) -> str:
    words = ("--text", f"On day {day} she carried the trunk up.", "--date", f"2026-08-{day:02}")
    done = call("add", *words, *more, at=house)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_add_says_it_and_check_lists_it(house: Path) -> None:
    for day in (1, 2):
        first = tell(house, day, "--person", "Ilka Brandt", "--team", "Kitchen", "--site", "Lindmoor")
        assert "Did you mean" not in first
    said = tell(house, 3, "--person", "Ilka Brant", "--team", "Kitchens", "--site", "Lindmoor")
    assert "No story has the person 'Ilka Brant' so far. Did you mean Ilka Brandt?" in said
    assert "No story has the team 'Kitchens' so far. Did you mean Kitchen?" in said
    tell(house, 4, "--site", "Lindmor", "--person", "Zuzka", "--team", "Ward")
    tell(house, 5, "--team", "Ward 3")
    ends = json.loads(call("check", "--json", at=house).stdout)["loose_ends"]
    alike = {end["kind"]: end for end in ends if end["kind"].startswith("likely one")}
    assert set(alike) == {"likely one person", "likely one site", "likely one team"}
    assert "“Lindmoor” (3 stories) and “Lindmor” (1 story) may be one" in alike["likely one site"]["what"]
    assert len(alike["likely one person"]["refs"]) == 3
    shown = call("check", at=house)
    first, second, third = (
        f"stories/2026-08-0{n}-on-day-{n}-she-carried-the-trunk-up.yaml:1" for n in (1, 2, 3)
    )
    assert (
        shown.returncode == 0
        and (
            f"“Ilka Brandt” ({first}, {second}) and “Ilka Brant” ({third}) may be one person in two spellings. "
            "If so, write it alike: servicestory edit 2026-08-03"
        )
        in shown.stdout
    )
    hidden = f"“Xxxx Xxxxxx” ({first}, {second}) and “Xxxx Xxxxx” ({third}) may be one person"
    assert hidden in alike["likely one person"]["what"] and "named" not in alike["likely one person"]
    assert "Brandt" not in json.dumps(ends)


def test_two_on_the_staff_list_or_in_one_story_are_two(house: Path) -> None:
    (house / "servicestory.yaml").write_text(
        "schema: 1\norganisation: House\nstaff:\n  - {name: Ilka Brandt}\n  - {name: Ilka Brant}\n", "utf-8"
    )
    assert "Did you mean" not in tell(house, 1, "--person", "Ilka Brandt")
    assert "Did you mean" not in tell(house, 2, "--person", "Ilka Brant")
    tell(house, 3, "--person", "Petra Holm", "--person", "Petra Holmm")
    assert "likely one" not in call("check", "--json", at=house).stdout


def test_what_servicestory_yaml_lists_is_right_however_seldom_it_is_told(house: Path) -> None:
    (house / "servicestory.yaml").write_text(
        "schema: 1\norganisation: House\nsites: [{name: Station}]\nstaff: [{name: Ilka Brandt}]\n", "utf-8"
    )
    tell(house, 1, "--person", "Ilka Brandt", "--site", "Station")
    for day in (2, 3):
        tell(house, day, "--person", "Ilka Brant", "--site", "Staton")
    ends = json.loads(call("check", "--json", at=house).stdout)["loose_ends"]
    alike = [end for end in ends if end["kind"].startswith("likely one")]
    assert len(alike) == 2
    assert all("servicestory edit 2026-08-02-" in end["next"] for end in alike), alike


def test_what_nobody_else_names_is_compared_with_the_lists(house: Path) -> None:
    (house / "servicestory.yaml").write_text(
        "schema: 1\norganisation: House\nsites: [{name: Station}]\n"
        "staff: [{name: Ilka Brandt}, {name: Petra Holm}, {name: Petra Hell}]\n",
        "utf-8",
    )
    tell(house, 1, "--person", "Ilka Brant", "--site", "Staton")
    tell(house, 2, "--person", "Petra")
    tell(house, 3, "--person", "Petra Hell", "--person", "Petra Hall")
    shown = call("check", at=house).stdout
    assert (
        "may be Ilka Brandt, of the staff list. If so, write it alike: servicestory edit 2026-08-01" in shown
    )
    assert shown.count("may be Petra Hell or Petra Holm, of the staff list") == 1
    assert "The site “Staton” (1 story) may be “Station”, of servicestory.yaml" in shown
    assert "Petra Hall" not in shown.replace("on-day", ""), "two in one story are two"
    ends = json.loads(call("check", "--json", at=house).stdout)["loose_ends"]
    assert "Brandt" not in json.dumps(ends)


def test_slips_that_verdicts_count_are_said_by_detect_check_and_edit(tmp_path: Path) -> None:
    call("init", at=tmp_path)
    page = tmp_path / "servicestory.yaml"
    page.write_text("schema: 1\nsites: [{name: Quay}, {name: Pier}]\nstaff: [{name: Anna Berg}]\n", "utf-8")
    told = [("Anna Berg", "Quay"), ("Ana Berg", "Kwai"), ("Anna Berg", "Moon"), ("Anna Berg", "Piers")]
    for n, (who, where) in enumerate(told):
        (tmp_path / "stories" / f"s{n}.yaml").write_text(
            f"schema: 1\nid: s{n}\ndate: 2026-03-0{n + 1}\nsite: {where}\npeople: [{who}]\n"
            f"narrative: She walked guest {n} to the door and carried the bags.\n",
            "utf-8",
        )
    said = " ".join(call("detect", at=tmp_path).stderr.split())
    assert "3 of 4 sites told of are not in servicestory.yaml and 1 of 2 names of people may mean" in said
    ends = json.loads(call("check", "--json", at=tmp_path).stdout)["loose_ends"]
    (strange,) = [end for end in ends if end["kind"] == "site not listed"]
    assert "“Kwai” (1 story) and “Moon” (1 story) are not in servicestory.yaml" in strange["what"]
    said = " ".join(call("edit", "s1", "--set", "site=Quai", at=tmp_path).stderr.split())
    assert "'Quai' is not in servicestory.yaml. Did you mean Quay?" in said
    assert "not in servicestory.yaml" not in call("edit", "s1", "--set", "site=Quay", at=tmp_path).stderr


def test_a_team_told_of_at_a_site_that_is_not_its_own_is_spoken_of(tmp_path: Path) -> None:
    call("init", at=tmp_path)
    (tmp_path / "servicestory.yaml").write_text(
        "schema: 1\nsites: [{name: Quay}, {name: Pier}, {name: Moor}]\n"
        "teams: [{name: Desk, site: Quay}, {name: Desk, site: Moor}, {name: Night}]\n",
        "utf-8",
    )

    def told(n: int, site: str, team: str) -> str:
        text = f"She carried lamp {n} down to the boat."
        return " ".join(
            call("add", "--text", text, "--site", site, "--team", team, at=tmp_path).stderr.split()
        )

    assert "The team 'Desk' is that of Quay and Moor in servicestory.yaml, and the site is 'Pier'." in told(
        1, "Pier", "desk"
    )
    assert "team" not in told(2, "quay", "desk") + told(3, "Moor", "Desk") + told(4, "Pier", "Night")
    ends = json.loads(call("check", "--json", at=tmp_path).stdout)["loose_ends"]
    (one,) = [end for end in ends if end["kind"] == "team of another site"]
    assert (
        "“Desk” is told of at “Pier” (1 story), and servicestory.yaml has it at Quay and Moor" in one["what"]
    )
    assert len(one["refs"]) == 1
