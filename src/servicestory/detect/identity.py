"""What became of practices: survived, split, merged, new or gone (MONIC, Spiliopoulou et al. 2006)."""

from collections.abc import Mapping

from servicestory.detect.result import Lineage

Place = tuple[str, str, int, int]
ENOUGH = 0.5
"""Share of a practice's passages that must be found in another for it to have passed into it."""


def lineage(old: Mapping[str, set[Place]], new: Mapping[str, set[Place]]) -> tuple[Lineage, ...]:
    """Compare the evidence before and after, by practice id.

    A practice that keeps its id survived, whatever it gained. One without any passage left is gone, unless
    half of them are found in another (merged) or in several others together (split).
    """
    story: list[Lineage] = []
    parents: dict[str, list[str]] = {}
    for o in sorted(old):
        if new.get(o):
            story.append(Lineage("survived", (o,), (o,), len(old[o] & new[o])))
        into = sorted((len(old[o] & places), n) for n, places in new.items() if n != o and n not in old)
        into = [(shared, n) for shared, n in into if shared]
        moved = sum(shared for shared, _ in into)
        if not old[o] or moved < ENOUGH * len(old[o]):
            if not new.get(o):
                story.append(Lineage("gone", (o,), (), 0))
            continue
        heirs = tuple(sorted(n for shared, n in into if shared >= 0.2 * len(old[o])))
        for n in heirs:
            parents.setdefault(n, []).append(o)
        if len(heirs) > 1:
            story.append(Lineage("split", (o,), heirs, moved))
        elif heirs and not new.get(o):
            story.append(Lineage("merged", (o,), heirs, moved))
    story.extend(Lineage("new", (), (n,), 0) for n in sorted(new) if n not in old and n not in parents)
    return tuple(story)
