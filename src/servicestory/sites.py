"""One site, one spelling: what differs in capitals and blanks alone is told of one place."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from servicestory.errors import Problem
from servicestory.text import folded

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story


def one_spelling(
    stories: "Sequence[Story]", organisation: "Callable[[], Organisation] | None" = None
) -> "list[Story]":
    """The stories, each site in one spelling: whoever counts sites counts alike.

    It is that of the house's list, else the one that most stories have. Files keep what was written there.

    Args:
        organisation: reads the page with the list; one that cannot be read counts as none, since whoever
            needs the page itself says so.
    """
    told = [story.site for story in stories if story.site]
    listed: list[str] = []
    if told and organisation:
        with contextlib.suppress(Problem):
            listed = [site.name for site in organisation().sites]
    usual = spellings(told, listed)
    if all(site == spelling for site, spelling in usual.items()):
        return list(stories)
    return [
        story.model_copy(update={"site": usual[story.site]})
        if story.site and usual[story.site] != story.site
        else story
        for story in stories
    ]


def spellings(told: Iterable[str], listed: Iterable[str]) -> dict[str, str]:
    """Each site as told -> the spelling of the house's list, else the one told most."""
    written = Counter(told)
    best: dict[str, str] = {}
    for site in (*listed, *sorted(written, key=lambda site: (-written[site], site))):
        best.setdefault(folded(site), site)
    return {site: best[folded(site)] for site in written}
