"""How a story is told decides how freely its words are read."""

from servicestory.models.story import Source, Story
from servicestory.wording.instructions import instructions
from servicestory.wording.speaker import told_by

FROM = Source(system="till", batch="t-1")


def test_who_imports_with_the_colleagues_names_imports_the_houses_own_stories() -> None:
    review = Story(id="a", narrative="They checked my brakes before handing over the bike.", source=FROM)
    assert told_by(review) == "elsewhere"
    assert told_by(review.model_copy(update={"people": ["Lena Roth"]})) == "here"


def test_a_weekday_is_nobody_who_works_here() -> None:
    told = "On Wednesday my daughter was late and she drove out across the field."
    assert instructions(told, "pupil", ("petra",), told="here") == []
    by_petra = "On Wednesday Petra met my daughter and she drove out to the empty field."
    assert [line for line, _, _ in instructions(by_petra, "pupil", ("petra",), told="here")][-1:] == [
        "Drive out to the empty field"
    ]
    may = "In May my daughter was late and she called the school."
    assert instructions(may, "pupil", ("petra",), told="here") == []
    called_may = "May met my daughter at the gate and she drove out to the empty field."
    assert instructions(called_may, "pupil", ("may",), told="here")
