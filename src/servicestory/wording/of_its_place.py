"""The deed of a place told here that people have put into a practice, where none of its words is the practice's."""

from collections.abc import Container, Sequence

from servicestory.wording.belonging import Belonging
from servicestory.wording.deeds import Likeness
from servicestory.wording.steps import Cite, Step


def of_its_place(
    places: Sequence[tuple[Cite, str, Sequence[Step]]],
    kept: Container[Cite],
    home: Belonging,
    like: Likeness | None,
) -> list[Step]:
    """Of each place that gives the practice nothing yet, the deed most like what the others tell.

    A practice is told in the words of a trade, and its name and definition know few of them. What another practice
    claims is not taken; where a place tells several deeds and nothing says which is like the others, none is.

    Args:
        places: places told here that people put in or accepted the practice with, each with its text and the steps
            read in it.
        kept: where the practice's own steps are told.
        like: tells how like texts are in the deed they tell.
    """
    found: list[Step] = []
    for place, _, here in places:
        free = [s for s in here if s.cites[0] not in kept and not home.claimed(s.told)]
        if not free or any(s.cites[0] in kept for s in here):
            continue
        if len(free) > 1:
            others = [text for other, text, _ in places if other.story != place.story]
            if not like or not others:
                continue
            near = like([step.told for step in free], others)
            free = [max(zip(near, free, strict=True), key=lambda one: (one[0], one[1].text))[1]]
        found += free
    return found
