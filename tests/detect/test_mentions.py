"""Names read in texts are kept, found again, and change nothing about the result."""

import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from servicestory import processes
from servicestory.cli import judging, known
from servicestory.cli.judging import NAMES, House
from servicestory.detect import heroics, mentions, people, shelf
from servicestory.detect.mentions import dump, gather, load
from servicestory.detect.people import again, first_words
from servicestory.detect.suggesting import suggestions
from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Story
from servicestory.workspace import Workspace

STAFF = [Person(name="Ilse Varga", aliases=["Illy"]), Person(name="Bram Okoye")]
TEXTS = [
    "Our waiter Milo was kind, and so was the concierge Petra Lind.",
    "Thanks to Milo and Anouk for the map. milo never hurried.",
    "ilse varga walked us to the gate; Illy was tireless.",
    "The bed was soft and the pool was warm.",
    "Der Straßenkoch Milo: thanks to milo the soup was hot.",
]


def told(text: str, n: int, site: str | None = "Quay") -> Story:
    return Story.model_validate({"id": f"s{n}", "narrative": text, "site": site})


STORIES = [
    told(text, n, site) for n, (text, site) in enumerate((t, s) for s in ("Quay", "Moor") for t in TEXTS)
]


def test_many_texts_are_read_as_each_is() -> None:
    found, _ = gather(STORIES, STAFF)
    assert found == [people.suggested_people(s, STAFF) for s in STORIES]
    assert [one.name for one in found[2]] == ["Ilse Varga", "Ilse Varga"]


def test_with_or_without_what_was_kept_the_result_is_the_same() -> None:
    kept = load(dump(gather(STORIES[1:4], STAFF)[1], STAFF), STAFF)
    assert kept is not None
    fresh, again = gather(STORIES, STAFF), gather(STORIES, STAFF, kept)
    assert again[0] == fresh[0]
    assert dump(again[1], STAFF) == dump(fresh[1], STAFF)
    assert gather(STORIES, STAFF, fresh[1])[1] is fresh[1]
    assert gather(STORIES[:2], STAFF, fresh[1])[0] == fresh[0][:2]


def test_only_what_is_new_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    _, kept = gather(STORIES, STAFF)
    seen: list[str] = []

    def watched(text: str, *rest: object) -> object:
        seen.append(text)
        return people.suggested_in(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(mentions, "suggested_in", watched)
    steps: list[tuple[int, int]] = []
    moved = [s.model_copy(update={"id": f"moved-{s.id}"}) for s in STORIES]
    gather([*moved, told("Thanks, Tomas!", 99)], STAFF, kept, lambda done, of: steps.append((done, of)))
    assert seen == ["Thanks, Tomas!"]
    assert steps == [(0, 1), (1, 1)]


def test_what_is_damaged_or_of_another_edition_or_staff_list_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = dump(gather(STORIES, STAFF)[1], STAFF)
    assert load(data, STAFF) is not None
    assert load(None, STAFF) is None
    for at in range(0, len(data), 53):
        assert load(data[:at], STAFF) is None
    assert load(data, STAFF[:1]) is None
    assert load(data, [STAFF[0], Person(name="Bram Okoye", aliases=["Brammy"])]) is None
    monkeypatch.setattr(shelf, "edition", lambda also="": f"1{also[1:]}")
    assert load(data, STAFF) is None


def test_what_was_read_with_another_list_of_first_names_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = dump(gather(STORIES, STAFF)[1], STAFF)
    assert load(kept, STAFF) is not None
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda file: b"another" if file.name == "given.txt.gz" else read(file)
    )
    assert load(kept, STAFF) is None


def test_several_processes_read_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = gather(STORIES, STAFF)
    monkeypatch.setattr(mentions, "WORTH", 1)
    monkeypatch.setattr(mentions, "CHUNK", 3)
    together = gather(STORIES, STAFF)
    assert together[0] == alone[0]
    assert dump(together[1], STAFF) == dump(alone[1], STAFF)
    monkeypatch.setattr(processes, "_pool", None)
    monkeypatch.setattr(processes, "ProcessPoolExecutor", _no_processes)
    assert gather(STORIES, STAFF)[0] == alone[0]


def _no_processes(*_: object) -> object:
    raise OSError("no processes here")


def test_a_workspace_keeps_them_and_makes_them_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, house = Workspace.create(tmp_path / "ws", None), Organisation(staff=STAFF)
    plain = suggestions(STORIES, house)
    assert House(ws, house, STORIES).suggested == plain
    assert ws.derived(NAMES) is None  # so few are read as quickly
    monkeypatch.setattr(judging, "MANY", 1)
    assert House(ws, house, STORIES).suggested == plain
    kept = ws.derived(NAMES)
    assert kept is not None
    assert b"Milo" not in kept
    for data in (kept, kept[: len(kept) // 2], b"PK"):
        ws.keep_derived(NAMES, data)
        ws.keep_derived(known.FILE, b"")  # what all of them together tell is asked for first
        assert House(ws, house, STORIES[::-1]).suggested == plain
        assert ws.derived(NAMES) == kept


def test_what_all_stories_tell_is_kept_until_one_of_them_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, house = Workspace.create(tmp_path / "ws", None), Organisation(staff=STAFF)
    paid = [told("The porter Petra paid for my cab from her own pocket.", 90), *STORIES]
    plain = House(ws, house, paid)
    wanted = plain.told, plain.signs, plain.suggested
    assert wanted[1] and wanted[2]
    assert ws.derived(known.FILE) is None  # so few are worked out as quickly
    monkeypatch.setattr(judging, "MANY", 1)
    worked_out: list[object] = []

    def counted(some: object) -> list[heroics.Heroic]:
        worked_out.append(some)
        return wanted[1]

    monkeypatch.setattr(heroics, "heroics", counted)
    for _ in range(2):
        here = House(ws, house, paid)
        assert (here.told, here.signs, here.suggested) == wanted
        assert [here.mask(s.narrative, s.id) for s in paid] == [plain.mask(s.narrative, s.id) for s in paid]
    assert len(worked_out) == 1
    whole = ws.derived(known.FILE)
    assert whole is not None
    for data in (whole[: len(whole) // 2], b"", b"PK\n{}"):
        ws.keep_derived(known.FILE, data)
        assert House(ws, house, paid).told == wanted[0]
        assert ws.derived(known.FILE) == whole
    before = len(worked_out)
    others = [told("Our waiter Torvild brought a map.", 91), *paid]
    assert House(ws, house, others).told == House(ws, house, others).told != wanted[0]
    assert House(ws, Organisation(staff=STAFF[:1]), others).told is not None
    assert len(worked_out) == before + 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("So kind, Milo, and milo; we drank milo; by milo.", ["Milo", "milo", "milo"]),
        ("Milos and Milo2 and ²Milo and x½milo.", ["Milo"]),
        ("Die Straße, and thanks to milo!", ["milo"]),
        ("My son Milo slept.", []),
    ],
)
def test_known_names_are_found_as_whole_words(text: str, names: list[str]) -> None:
    found = again(told(text, 1), first_words(["Milo"]))
    assert [text[one.start : one.end] for one in found] == names


@pytest.mark.parametrize("name", [*shelf.READ_BY, "detect/a.npz", "wording/b.gz", "models/c.py"])
def test_what_was_read_with_other_words_is_of_another_edition(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in ("detect/a.npz", "wording/b.gz", "models/c.py", *shelf.READ_BY):
        (tmp_path / one).parent.mkdir(exist_ok=True)
        (tmp_path / one).write_text("before")
    monkeypatch.setattr(resources, "files", lambda package: tmp_path.joinpath(*package.split(".")[1:]))
    before = shelf.edition()
    assert shelf.edition() == before
    (tmp_path / name).write_text("after")
    assert shelf.edition() != before


def test_whatever_the_reading_of_names_imports_makes_another_edition() -> None:
    """A list it reads by, changed in the next version, must not leave what the last one found."""
    code = (
        "import sys; import servicestory.detect.mentions, servicestory.detect.suggesting, "
        "servicestory.detect.heroics, servicestory.detect.readings, servicestory.detect.reading; "
        "print(*(m for m in sys.modules if m.startswith('servicestory.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    known = {"detect", "wording", "models", *(name.removesuffix(".py") for name in shelf.READ_BY)}
    known |= {"errors", "processes"}  # what they say or how many run at once changes nothing that is found
    assert {name.split(".")[1] for name in done.stdout.split()} <= known
