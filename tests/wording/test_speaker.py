"""How a story is told decides how freely its words are read."""

from servicestory.models.story import Source, Story
from servicestory.wording.speaker import told_by

FROM = Source(system="till", batch="t-1")


def test_who_imports_with_the_colleagues_names_imports_the_houses_own_stories() -> None:
    review = Story(id="a", narrative="They checked my brakes before handing over the bike.", source=FROM)
    assert told_by(review) == "elsewhere"
    assert told_by(review.model_copy(update={"people": ["Lena Roth"]})) == "here"
