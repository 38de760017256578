"""What a practice is not, as its documents say it."""

import re

from servicestory.text import one_line
from servicestory.wording.acts import things
from servicestory.wording.material import Material


def not_it(material: Material) -> list[str]:
    """What the practice is not, for whoever does it; without what a step from the stories does all the same."""
    done = [things(step.text) for step in material.steps if step.source == "stories"]
    return [
        one_line(line)
        for line in material.definition.counts_not
        if not any(len(things(line) & d) > 1 for d in done) and not FOR_READERS.search(line)
    ]


FOR_READERS = re.compile(
    r"\b(?:merely|simply|as such|alone|nobody|everybody|several|general|ordinary|routine)\b", re.IGNORECASE
)
"""What only tells a reader of stories what not to count ("a boat that simply lies there"); nobody needs it at work."""
