"""What was read is kept, found again, and changes nothing about the result."""

import json

import numpy as np
import pytest

from servicestory import processes
from servicestory.detect import readings, shelf
from servicestory.detect.pipeline import detect, to_json
from servicestory.detect.reading import POSSIBLE_OF_FEW, POSSIBLE_OF_MANY
from servicestory.detect.readings import dump, gather, load
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from tests.detect.conftest import story


def test_with_or_without_what_was_kept_the_result_is_the_same(
    stories: list[Story], codebook: list[CodebookEntry]
) -> None:
    told = [*stories, story("lines", behaviours=["Lent a coat", " Rang the next morning"])]
    before = detect(told[3:8], [], codebook)
    assert before.readings is not None
    kept = load(dump(before.readings))
    assert kept is not None
    fresh, again = detect(told, [], codebook), detect(told, [], codebook, known=kept)
    assert json.dumps(to_json(again, {})) == json.dumps(to_json(fresh, {}))
    assert fresh.readings is not None
    assert again.readings is not None
    assert dump(again.readings) == dump(fresh.readings)


def test_only_what_is_new_is_read(stories: list[Story], monkeypatch: pytest.MonkeyPatch) -> None:
    _, kept = gather(stories)
    seen: list[str] = []
    from servicestory.detect.reading import read as real

    def watched(some: list[Story], *rest: object, **more: float) -> object:
        seen.extend(s.id for s in some)
        return real(some, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(readings, "read", watched)
    moved = [s.model_copy(update={"id": f"moved-{s.id}"}) for s in stories]
    changed = story("bags", "The porter carried our bags.")
    steps: list[tuple[int, int]] = []
    gather([*moved, changed, story("new", "He mended the gate.")], known=kept,
           progress=lambda done, of: steps.append((done, of)))  # fmt: skip
    assert seen == ["s-bags", "s-new"]
    assert steps[-1] == (2, 2)


def test_a_mark_made_by_a_person_is_read_anew(codebook: list[CodebookEntry]) -> None:
    one = story("a", "It rained. The bed was soft.")
    first = detect([one], [], codebook)
    assert first.behaviours == ()
    pinned = Practice(
        id="P-0001", name="Let it rain", evidence=[Evidence(story="s-a", start=0, end=10, pinned=True)]
    )
    again = detect([one], [pinned], codebook, known=first.readings)
    assert [b.text for b in again.behaviours] == ["It rained."]


def test_what_is_damaged_or_of_another_edition_is_not_used(
    stories: list[Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = dump(gather(stories)[1])
    assert load(data) is not None
    assert load(None) is None
    assert load(b"") is None
    for at in range(0, len(data), 97):
        harmed = load(data[:at])
        assert harmed is None
    assert load(b"PK" + data[5:]) is None
    monkeypatch.setattr(shelf, "edition", lambda: "0" * 64)
    assert load(data) is None


def test_several_processes_read_what_one_does(stories: list[Story], monkeypatch: pytest.MonkeyPatch) -> None:
    told = [s.model_copy(update={"id": f"{s.id}-{i}", "narrative": f"{s.narrative} Room {i}."})
            for i in range(3) for s in stories]  # fmt: skip
    alone = gather(told)[1]
    monkeypatch.setattr(readings, "WORTH", 1)
    monkeypatch.setattr(readings, "CHUNK", 10)
    together = gather(told)[1]
    assert np.array_equal(alone.tables["classes"], together.tables["classes"])
    assert dump(alone) == dump(together)
    monkeypatch.setattr(processes, "_pool", None)
    monkeypatch.setattr(processes, "ProcessPoolExecutor", _no_processes)
    assert dump(gather(told)[1]) == dump(alone)


def _no_processes(*_: object) -> object:
    raise OSError("no processes here")


def test_of_many_stories_less_is_read_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [story(f"s{i}", f"He mended the gate number {i} for us.") for i in range(4)]
    levels: list[float] = []
    from servicestory.detect.reading import read as real

    def watched(some: list[Story], *rest: object, possible: float, which: bool) -> object:
        levels.append(possible)
        return real(some, *rest, possible=possible, which=which)  # type: ignore[arg-type, misc]

    monkeypatch.setattr(readings, "read", watched)
    _, kept = gather(told[:2])
    monkeypatch.setattr(readings, "FEW", 2)
    # read at another level it is read again: the result depends on no past
    _, kept = gather(told, known=kept)
    assert levels == [POSSIBLE_OF_FEW, POSSIBLE_OF_MANY]
    assert len(gather(told[:3], known=kept)[1].key) == 3
    assert len(levels) == 2
