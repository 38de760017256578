"""How many names that nobody recorded are taken out of texts, and how many other words with them.

``python -m tests.names.measured [dev|test|fresh]`` prints the figures of docs/verdict.md and what went wrong.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from servicestory.detect.people import suggested_people
from servicestory.detect.suggesting import suggestions, told
from servicestory.masking import Mask
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story

_HERE = Path(__file__).parent
_BRACKETS = re.compile(r"\[([^\]]+)\]")


@dataclass
class Figures:
    """Words of names found and missed, other words hidden, and the lines that show them."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the words of names that were taken out."""
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        """Share of the words taken out that are of names."""
        return self.found / (self.found + self.wrong)


def stories(half: str) -> tuple[list[Story], list[list[tuple[int, int]]]]:
    """The stories of a half, and in each the (start, end) of every name."""
    told_, names = [], []
    lines = (_HERE / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if line and not line.startswith("#")):
        site, _, marked = line.partition(" | ")
        text, places = "", list[tuple[int, int]]()
        for at, part in enumerate(_BRACKETS.split(marked)):
            places += [(len(text), len(text) + len(part))] if at % 2 else []
            text += part
        told_.append(Story(id=f"s-{number:03}", site=site, narrative=text))
        names.append(places)
    return told_, names


def measure(half: str) -> Figures:
    """The figures of a half: what its stories as one workspace, with nobody on record, tell of names."""
    read, names = stories(half)
    house = Organisation(organisation="House")
    alone = {story.id: suggested_people(story, []) for story in read}
    mask = Mask(house, (), told(suggestions(read, house), alone, read))
    figures = Figures()
    for story, places in zip(read, names, strict=True):
        hidden = mask.letters(story.narrative, story.id)
        for word in re.finditer(r"[^\W\d_]{2,}", story.narrative):
            gone = set(hidden[word.start() : word.end()]) <= {"x", "X"}
            if word[0] in ("Mr", "Mrs", "Ms", "Miss", "Dr"):
                continue  # goes with the name or stays: it says nothing of anybody
            named = any(start <= word.start() < end for start, end in places)
            figures.found += named and gone
            figures.missed += named and not gone
            figures.wrong += gone and not named
            if named != gone:
                what = "shown " if named else "hidden"
                figures.lines.append(f"{what} {word[0]}: {mask(story.narrative, story.id)}")
    return figures


if __name__ == "__main__":
    for half in sys.argv[1:] or ["dev", "test", "fresh"]:
        one = measure(half)
        print(
            f"{half}: recall {one.recall:.3f} ({one.found} of {one.found + one.missed} words of names), ",
            end="",
        )
        print(f"precision {one.precision:.3f} ({one.wrong} other words hidden)")
        print(*one.lines, sep="\n")
