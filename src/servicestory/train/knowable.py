"""Which moments of a quiz can be known, and which quiz asks which: none twice while others are left."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import log
from typing import TypeVar

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.train.telling import stems

S = TypeVar("S")
LEAST = 1 / 3
"""A moment whose words tell another practice three times as much as its own cannot be known."""
SURELY = 1.5
"""A moment that says little of what is the matter must tell its practice so much more than any other."""
SPEAKS = 4.0
"""How much words must tell of another practice for that to count; one of a story in fifty tells about 4."""


class Telling:
    """How much the words of a text tell of each practice: by its own words, and those of its stories.

    A word counts as much as it is rare among all stories (inverse document frequency), times the share of the
    practice's stories that have it; a word people wrote for the practice counts whole.
    """

    def __init__(
        self, practices: Sequence[Practice], shown_by: Mapping[str, set[str]], stories: Mapping[str, Story]
    ) -> None:
        """Read the words of the stories these practices are shown by."""
        told = {key: stems(stories[key].narrative, "") for key in sorted(set().union(*shown_by.values()))}
        self.told, self.shown_by = told, shown_by
        self.every = len(told)
        self.rare = Counter(word for words in told.values() for word in words)
        self.own = {p.id: stems(" ".join([p.name, p.trigger or "", *p.core]), "") for p in practices}
        self.count: dict[str, Counter[str]] = defaultdict(Counter)  # word -> practice -> its stories with it
        for practice in practices:
            for story in shown_by.get(practice.id, ()):
                for word in told[story]:
                    self.count[word][practice.id] += 1
            for word in self.own[practice.id]:
                self.count[word][practice.id] += 0

    def clear(self, text: str, practice: str, story: str = "") -> float:
        """How much a text tells of a practice, as a multiple of what it tells of the other it tells most of.

        Below `LEAST` only where it tells another practice much, see `SPEAKS`.

        Args:
            story: the story the text is of, whose words do not count for it.
        """
        of: dict[str, float] = defaultdict(float)
        for word in sorted(stems(text, "")):
            weight = log((self.every + 1) / (self.rare[word] + 1))
            for ref, count in self.count.get(word, {}).items():
                of[ref] += weight * self._share(ref, word, count, story)
        mine, other = of[practice], max((n for ref, n in of.items() if ref != practice), default=0.0)
        if other - mine < SPEAKS:
            return max(LEAST, (mine + 1) / (other + 1))
        return mine / other

    def _share(self, practice: str, word: str, count: int, story: str) -> float:
        """The share of a practice's stories that have a word, all of it where people wrote the word."""
        if word in self.own[practice]:
            return 1.0
        shown = self.shown_by.get(practice, set())
        out = story in shown
        return (count - (out and word in self.told[story])) / max(1, len(shown) - out)


def dealt(
    practices: Sequence[Practice],
    spare: Mapping[str, Sequence[S]],
    apart: Callable[[Practice, Practice], bool],
) -> dict[str, list[S]]:
    """By practice the moments of others that its quiz asks; each goes to one quiz, to that with the fewest.

    Args:
        spare: by practice its moments that its own quiz can do without, best first.
        apart: whether one practice is a wrong answer where the other is right.
    """
    given: dict[str, list[S]] = {p.id: [] for p in practices}
    longest = max(map(len, spare.values()), default=0)
    for nth in range(longest):  # the best of each first
        for at, owner in enumerate(practices):
            mine = spare.get(owner.id, ())
            others = [p for p in (*practices[at + 1 :], *practices[:at]) if apart(owner, p)]
            if nth < len(mine) and others:
                fewest = min(others, key=lambda p: len(given[p.id]))
                given[fewest.id].append(mine[nth])
    return given
