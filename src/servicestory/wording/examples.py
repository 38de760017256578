"""What single stories did of a practice the codebook defines: examples of its lines, and no steps for everybody."""

from collections.abc import Sequence
from dataclasses import replace

from servicestory.wording.steps import MANY, TOLD_EXAMPLE, KeyPoint, Step

MOST_EXAMPLES = 2


def as_examples(
    steps: Sequence[Step], besides: Sequence[Step], stories: int
) -> tuple[list[Step], tuple[Step, ...]]:
    """The steps and what stands besides, where stories show a line of the definition: what one of them did is no step.

    It is an example of the line its story shows, where few show it, or stands besides. And where one step tells in
    how many stories the only line of the definition is shown, that is how it is done here, and the line says no more.

    Args:
        stories: how many show the practice; beside what the only one did nothing is known, so it stays.
    """
    lines = [s for s in steps if s.source == "definition"]
    shown = [s for s in lines if s.cites]
    if not shown or stories == 1:
        return list(steps), tuple(besides)
    once = [s for s in (*steps, *besides) if s.once]
    made, left = [s for s in steps if s not in once], [s for s in besides if s not in once]
    if len(lines) == 1 and any(
        {c.story for c in lines[0].cites} <= {c.story for c in s.cites} for s in made if s.source == "stories"
    ):
        return [s for s in made if s not in lines], (*left, *once)
    for line in shown:
        own = [s for s in once if any(c.touches(s.cites[0]) for c in line.cites)][:MOST_EXAMPLES]
        if not own or line.stories >= MANY:
            continue
        said = "; ".join(s.text[0].lower() + s.text[1:] for s in own)
        where = "a story" if len({s.cites[0].story for s in own}) == 1 else "the stories"
        cites = tuple(sorted(c for s in own for c in s.cites))
        point = KeyPoint(f"In {where}: {said}", "", False, cites, TOLD_EXAMPLE)
        made[made.index(line)] = replace(line, key_points=(*line.key_points, point))
        once = [s for s in once if s not in own]
    return made, (*left, *once)
