"""Stories by their words: capitals and accents aside, all words must occur, rarer words weigh more."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from servicestory.models.story import Story
from servicestory.text import one_line

_AROUND = 70  # characters shown on each side of the first hit


@dataclass(frozen=True)
class Hit:
    """A story, how well it fits, and the words around the first place."""

    story: Story
    score: float
    snippet: str


def folded(text: str) -> str:
    """``text`` without accents and capitals, one character for each of its own (so that places agree)."""
    if text.isascii():
        return text.lower()
    made = []
    for char in text:
        plain = unicodedata.normalize("NFKD", char)[:1].casefold()
        made.append(plain[:1] or char)
    return "".join(made)


def find(stories: Sequence[Story], words: Sequence[str]) -> list[Hit]:
    """The stories in which every word occurs (or begins a word), best first, then by id.

    A word scores by its share in the story and by how few stories have it (Robertson & Zaragoza 2009, BM25,
    with k1 = 1.2 and b = 0.75); in a title it counts three times.
    """
    patterns = [
        re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, folded(word).split())))
        for word in words
        if word.strip()
    ]
    if not patterns:
        return []
    found: list[tuple[Story, list[int], int]] = []
    having = [0] * len(patterns)
    sizes = 0
    for story in stories:
        title, body = _texts(story)
        plain_title, plain_body = folded(title), folded(body)
        counts = [3 * len(p.findall(plain_title)) + len(p.findall(plain_body)) for p in patterns]
        size = plain_body.count(" ") + 1
        sizes += size
        for number, count in enumerate(counts):
            having[number] += bool(count)
        if all(counts):
            found.append((story, counts, size))
    mean = sizes / max(1, len(stories))
    weights = [math.log(1 + (len(stories) - n + 0.5) / (n + 0.5)) for n in having]
    hits = []
    for story, counts, size in found:
        score = sum(
            weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * size / mean))
            for weight, count in zip(weights, counts, strict=True)
        )
        hits.append(Hit(story, score, snippet(story, patterns)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.story.id))


def _texts(story: Story) -> tuple[str, str]:
    """The title, and all else somebody may look for."""
    rest = (
        story.narrative,
        *story.behaviours,
        story.outcome,
        story.quote,
        story.situation,
        story.why_significant,
        *story.people,
        story.site,
        story.team,
        *story.tags,
        story.record,
        story.id,
    )
    return story.title or "", "\n".join(part for part in rest if part)


def snippet(story: Story, patterns: Sequence[re.Pattern[str]]) -> str:
    """The words around the first hit in what was told (its beginning when the hit is elsewhere)."""
    text = "\n".join(filter(None, (story.narrative, *story.behaviours, story.outcome, story.quote)))
    plain = folded(text)
    first = min((m.start() for p in patterns if (m := p.search(plain))), default=0)
    start = max(0, first - _AROUND)
    if start:
        start = text.find(" ", start, first) + 1 or start
    cut = one_line(text[start : first + 2 * _AROUND], 2 * _AROUND)
    return ("…" if start else "") + cut
