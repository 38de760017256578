"""What a practice is not, as its documents say it."""

from servicestory.text import one_line
from servicestory.wording.acts import things
from servicestory.wording.material import Material


def not_it(material: Material) -> list[str]:
    """What the practice is not, without what one of its steps from the stories does all the same."""
    done = [things(step.text) for step in material.steps if step.source == "stories"]
    return [
        one_line(line)
        for line in material.definition.counts_not
        if not any(len(things(line) & d) > 1 for d in done)
    ]
