"""What the commands show of evidence: the surest first, and which of it may belong elsewhere."""

from servicestory.cli.evidence import clearest, counts, doubt
from servicestory.models.organisation import Organisation, Person
from servicestory.models.practice import DOUBTFUL, Evidence, Practice
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


def test_an_alias_is_the_same_person() -> None:
    house = Organisation(staff=[Person(name="Ada Obi", aliases=["Ada"])])
    stories = {
        "s": Story(id="s", narrative=TEXT, people=["Ada"], site="Mill"),
        "t": Story(id="t", narrative=TEXT, people=["ada obi"], site="Mill"),
    }
    held = practice(piece(0, 18, 0.9), Evidence(story="t", start=0, end=18))
    assert counts(held, stories, house)[:3] == (2, 1, 1)
    assert counts(held, stories, Organisation())[:3] == (2, 2, 1)
