"""What the commands show of evidence: the surest first, and which of it may belong elsewhere."""

from servicestory.cli.evidence import DOUBTFUL, clearest, doubt
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story

TEXT = "She lent us boots. He mended the gate. They waved."


def practice(*pieces: Evidence) -> Practice:
    return Practice(id="P-0001", name="Lend what is missing", status="candidate", evidence=list(pieces))


def piece(start: int, end: int, score: float, *, pinned: bool = False) -> Evidence:
    return Evidence(story="s", start=start, end=end, field="narrative", score=score, pinned=pinned)


def test_what_may_belong_elsewhere_is_said() -> None:
    held = practice(piece(0, 18, 0.9), piece(19, 38, DOUBTFUL - 0.1), piece(39, 50, 0.1, pinned=True))
    assert [doubt(held, number) for number in (1, 2, 3)] == ["", " (doubtful)", ""]


def test_the_surest_comes_first() -> None:
    held = practice(piece(19, 38, 0.3), piece(0, 18, 0.9))
    [shown] = clearest(held, {"s": Story(id="s", narrative=TEXT)})
    assert shown == (2, "s", "She lent us boots.")
