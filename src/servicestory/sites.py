"""One site, one spelling: what differs in capitals and blanks alone is told of one place."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from servicestory.text import folded

if TYPE_CHECKING:
    from servicestory.models.story import Story


def one_spelling(stories: "Sequence[Story]") -> "list[Story]":
    """The stories, each site in the spelling that most of them have: whoever counts sites counts alike.

    Files keep what was written there.
    """
    written = Counter(story.site for story in stories if story.site)
    best: dict[str, str] = {}
    for site in sorted(written, key=lambda site: (-written[site], site)):
        best.setdefault(folded(site), site)
    if len(best) == len(written):
        return list(stories)
    usual = {site: best[folded(site)] for site in written}
    return [
        story.model_copy(update={"site": usual[story.site]})
        if story.site and usual[story.site] != story.site
        else story
        for story in stories
    ]
