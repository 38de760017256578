"""Who has still to learn a practice, and who has not."""

import json
from pathlib import Path

from servicestory.models.monitoring import Training
from servicestory.train.missing import missing
from tests.conftest import Command
from tests.e2e.documents_workspace import build

PEOPLE = {"Anna": "L-aaaaaaaa", "Tom": "L-bbbbbbbb", "Mara": "L-cccccccc", "Ida": "L-dddddddd"}


def learned(who: str | None, revision: int | None, on: str, **more: object) -> Training:
    return Training.model_validate(
        {"practice": "P-0003", "on": on, "learner": who, "document": "SOP-0003", "revision": revision, **more}
    )


def left(records: list[Training], major: int = 0, revision: int | None = None) -> dict[str, str]:
    """``major``: the revision up to which a major change was made since."""

    def changed(record: Training) -> str | None:
        return "2026-09-01" if record.revision is not None and record.revision < major else None

    return {m.who: m.state for m in missing(PEOPLE, records, changed, revision, "SOP-0003")}


def test_who_has_no_record_is_missing_and_a_session_without_names_is_nobodys() -> None:
    found = left([learned("L-aaaaaaaa", 1, "2026-05-01"), learned(None, 1, "2026-05-01", people=9)])
    assert found == dict.fromkeys(("Tom", "Mara", "Ida"), "no training is recorded")


def test_a_major_change_makes_it_missing_and_a_minor_one_does_not() -> None:
    records = [
        learned("L-aaaaaaaa", 1, "2026-05-01"),
        learned("L-bbbbbbbb", 2, "2026-09-10"),
        learned("L-aaaaaaaa", None, "2026-09-20"),
    ]
    assert "Anna" not in left(records)
    found = left(records, major=2)
    assert found["Anna"] == "learned revision 1 on 2026-05-01; a major change was made on 2026-09-01"
    assert "Tom" not in found


def test_a_revision_that_is_named_counts_from_there_whatever_kind_the_change_was() -> None:
    records = [
        learned("L-aaaaaaaa", 1, "2026-05-01"),
        learned("L-bbbbbbbb", 2, "2026-09-10"),
        learned("L-cccccccc", 3, "2026-04-01", document="JB-0003"),
    ]
    found = left(records, revision=2)
    assert found["Anna"] == "learned revision 1 on 2026-05-01" and "Tom" not in found
    assert found["Mara"] == "learned JB-0003 revision 3 on 2026-04-01"  # another document's revision


def test_the_last_teach_back_counts() -> None:
    no = learned("L-aaaaaaaa", 1, "2026-05-01", teach_back="not yet")
    yes = learned("L-aaaaaaaa", 1, "2026-06-01", teach_back="passed")
    assert left([no])["Anna"] == "the teach-back of 2026-05-01 was not passed"
    assert "Anna" not in left([no, yes])


STAFF = """staff:
  - {name: Anna Berg, team: Ward three, site: North}
  - {name: Tom Abara, team: Ward three, site: South}
  - {name: Ines Calder, team: Day clinic, site: South}
"""


def test_a_shift_lead_asks_in_one_command(workspace: Path, command: Command) -> None:
    build(workspace)
    page = workspace / "servicestory.yaml"
    page.write_text(page.read_text(encoding="utf-8") + STAFF, encoding="utf-8")
    ask = ("train", "missing", "P-0001", "--team", "ward three")
    assert "2 of 2" in command(*ask).stdout
    command("train", "P-0001")
    command("train", "record", "P-0001", "--person", "Anna Berg", "--teach-back", "passed")
    shown = command(*ask).stdout
    assert "Tom Abara" in shown and "Anna" not in shown and "Ines" not in shown and "1 of 2" in shown
    assert "Anna Berg" not in shown and "All" not in shown
    told = command(*ask, "--json")
    (row,) = json.loads(told.stdout)["missing"]
    assert row["learner"].startswith("L-") and "Tom" not in told.stdout
    command("train", "record", "P-0001", "--person", "Tom Abara")
    assert "All 2 colleagues have learned P-0001" in command(*ask).stdout
    wrong = command("train", "missing", "P-0001", "--team", "Ward thre")
    assert wrong.returncode == 2 and "Did you mean Ward three?" in wrong.stderr
    nobody = command(*ask, "--site", "Nort")
    assert nobody.returncode == 2 and "of the team 'ward three' and of the site 'Nort'" in nobody.stderr
    later = command(*ask, "--revision", "7")
    assert later.returncode == 1 and "has no revision 7 yet" in later.stderr
