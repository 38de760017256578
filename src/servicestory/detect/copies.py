"""Finds what was told more than once in the same words: copies count as copies, never as more evidence."""

from collections.abc import Sequence

from servicestory.detect.words import STOP, root, tokens

WHOLE_TEXT = 4
"""Fewest words of a text that stands for a copy where another story says just the same."""
LEAST_WORDS = 6
"""Shorter passages ("very prompt service") are the same by chance, not by copying."""


def fingerprint(text: str) -> tuple[str, ...]:
    """What is left of a text when case, marks, numbers, order of writing and small words do not count."""
    kept = [t.lower() for t in tokens(text) if t[0].isalpha()]
    if len(kept) < LEAST_WORDS:
        return ()
    core = [root(w) for w in kept if w not in STOP]
    return tuple(sorted(set(core))) if len(core) >= LEAST_WORDS // 2 else tuple(kept)


def group(texts: Sequence[str]) -> list[int]:
    """For each text the position of the first text that says the same in (nearly) the same words.

    Two passages are copies when they have the same fingerprint, or, with ten or more telling words each, when
    at least nine tenths of these are shared (found over shared rare words, so time stays linear).
    """
    prints = [fingerprint(t) for t in texts]
    first: dict[tuple[str, ...], int] = {}
    owner = [first.setdefault(p, i) if p else i for i, p in enumerate(prints)]
    count: dict[str, int] = {}
    for p in first:
        for w in set(p):
            count[w] = count.get(w, 0) + 1
    seen: dict[tuple[str, ...], list[int]] = {}
    for p, i in sorted(first.items(), key=lambda item: item[1]):
        words = set(p)
        if len(words) < 10:
            continue
        rare = sorted(words, key=lambda w: (count[w], w))
        # copies that differ in one word in ten share two of their four rarest words
        keys = [(rare[a], rare[b]) for a in range(4) for b in range(a + 1, 4)]
        near = {j for k in keys for j in seen.get(k, ())}
        twin = min(
            (j for j in near if len(words & set(prints[j])) >= 0.9 * max(len(words), len(prints[j]))),
            default=None,
        )
        if twin is not None:
            owner[i] = twin
        else:
            for k in keys:
                held = seen.setdefault(k, [])
                if len(held) < 20:
                    held.append(i)
    return [owner[o] for o in owner]
