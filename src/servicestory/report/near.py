"""Which practices lie near each other, by the words of their evidence and the stories they share."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from servicestory.masking import Mask
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.report.cards import Card

MOST = 30  # practices on one map; more boxes could not be read
PLACES = 40  # places of evidence read of each
NEAREST = 3
LEAST = 0.12  # likeness below which two practices are not called near
WIDE, HIGH = 0.172, 0.088  # a box, as shares of the map's width and height
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Spot:
    """A practice on the map: its middle (0 to 1 from the left and from the top), and what lies nearest."""

    card: Card
    x: float
    y: float
    nearest: list[tuple[Card, float]]


def build(
    practices: Sequence[Practice], cards: Sequence[Card], stories: Mapping[str, Story], mask: Mask
) -> list[Spot]:
    """The map of the first `MOST` cards; nothing below three practices, which need no map.

    Of a practice with a single story likeness would only say whose story it shares.
    """
    known = {p.id: p for p in practices}
    shown = [c for c in cards if c.stories > 1][:MOST]
    if len(shown) < 3:
        return []
    alike = likeness([_words(known[c.id], stories, mask) for c in shown], [_told(known[c.id]) for c in shown])
    spots = []
    for at, (card, (x, y)) in enumerate(zip(shown, plane(alike), strict=True)):
        order = sorted(range(len(shown)), key=lambda o, at=at: (-alike[at][o], o))  # type: ignore[misc]
        near = [(shown[o], alike[at][o]) for o in order if o != at and alike[at][o] >= LEAST][:NEAREST]
        spots.append(Spot(card, x, y, near))
    return spots


def _words(practice: Practice, stories: Mapping[str, Story], mask: Mask) -> Counter[str]:
    """How often each word is in the evidence; names of colleagues make nothing alike."""
    texts = [practice.name, practice.behaviour_statement or ""]
    for place in practice.evidence[:PLACES]:
        story = stories.get(place.story)
        texts.append((place.text_in(story) if story else None) or "")
    found: Counter[str] = Counter()
    for text in texts:
        found.update(w.removesuffix("s") for w in _WORD.findall(mask(text).casefold()) if w != "colleague")
    return found


def _told(practice: Practice) -> set[str]:
    return {e.story for e in practice.evidence}


def likeness(words: Sequence[Counter[str]], told: Sequence[set[str]]) -> list[list[float]]:
    """How alike each two are, 0 to 1: the greater of the cosine of their words and their share of stories.

    Words count by how often they are used (the square root of it) and how few practices use them (Salton &
    Buckley 1988, Information Processing & Management 24:513); words that all use tell nothing apart.
    """
    used = Counter(word for bag in words for word in bag)
    vectors = []
    for bag in words:
        weights = {w: sqrt(n) * log(len(words) / used[w]) for w, n in bag.items() if used[w] > 1}
        length = sqrt(sum(v * v for v in weights.values())) or 1.0
        vectors.append({w: weights[w] / length for w in sorted(weights)})
    out = [[1.0] * len(words) for _ in words]
    for i, one in enumerate(vectors):
        for j in range(i):
            cosine = sum(v * vectors[j].get(w, 0.0) for w, v in one.items())
            both = len(told[i] & told[j]) / max(1, min(len(told[i]), len(told[j])))
            out[i][j] = out[j][i] = round(min(1.0, max(cosine, both)), 9)
    return out


def plane(alike: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Places on a plane, 0 to 1 each way: near where alike, and far enough apart for a box to be read.

    Classical scaling (Torgerson 1952, Psychometrika 17:401) of the distance √(1 − likeness); each axis is
    then spread half by rank, because single outliers would press all others together.
    """
    import numpy as np

    squared = 1.0 - np.array(alike)
    n = len(squared)
    centring = np.eye(n) - 1.0 / n
    values, axes = np.linalg.eigh(-0.5 * centring @ squared @ centring)
    out = []
    for at in (-1, -2):
        line = axes[:, at] * sqrt(max(float(values[at]), 0.0))
        if line[int(np.argmax(np.abs(line).round(6)))] < 0:  # the sign of an axis is nobody's choice
            line = -line
        line = line.round(6)
        reach = float(line.max() - line.min()) or 1.0
        rank = np.argsort(np.argsort(line, kind="stable"), kind="stable") / max(1, n - 1)
        out.append((0.5 * (line - line.min()) / reach + 0.5 * rank).tolist())
    return apart(list(zip(out[0], out[1], strict=True)))


def apart(places: Sequence[tuple[float, float]], rounds: int = 400) -> list[tuple[float, float]]:
    """The places moved as little as it takes for boxes of `WIDE` by `HIGH` not to overlap."""
    at = [[_inside(x, WIDE), _inside(y, HIGH)] for x, y in places]
    for _ in range(rounds):
        moved = False
        for i in range(len(at)):
            for j in range(i):
                over_x = WIDE - abs(at[i][0] - at[j][0])
                over_y = HIGH - abs(at[i][1] - at[j][1])
                if over_x <= 1e-4 or over_y <= 1e-4:
                    continue
                moved = True
                axis = 0 if over_x / WIDE < over_y / HIGH else 1
                size, over = (WIDE, over_x) if axis == 0 else (HIGH, over_y)
                step = (over / 2 + 1e-4) * (1 if at[i][axis] >= at[j][axis] else -1)
                at[i][axis] = _inside(at[i][axis] + step, size)
                at[j][axis] = _inside(at[j][axis] - step, size)
        if not moved:
            return [(round(x, 4), round(y, 4)) for x, y in at]
    return _in_cells(at)


def _in_cells(at: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Where pushing does not end (many on one spot): each box in the free cell of a grid nearest to it."""
    across, down = int(1 / WIDE), int(1 / HIGH)
    free = [((c + 0.5) / across, (r + 0.5) / down) for r in range(down) for c in range(across)]
    out = []
    for x, y in at:
        cell = min(free, key=lambda f, x=x, y=y: (abs(f[0] - x) + abs(f[1] - y), f))  # type: ignore[misc]
        free.remove(cell)
        out.append((round(cell[0], 4), round(cell[1], 4)))
    return out


def _inside(value: float, size: float) -> float:
    return min(1 - size / 2, max(size / 2, value))
