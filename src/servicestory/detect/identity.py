"""What became of practices: survived, split, merged, new or gone (MONIC, Spiliopoulou et al. 2006)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from servicestory.detect.result import Lineage
from servicestory.detect.written import people_wrote
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice

Place = tuple[str, str, int, int]
ENOUGH = 0.5
"""Share of a practice's passages that must be found in another for it to have passed into it."""
PART = 0.25
"""Share of a practice's passages that makes another practice a part of it that split off."""
ALIKE = 0.5
"""Least share of common telling words (Jaccard) of a practice none of whose passages is there any more."""
PASSED = 0.9
"""Share of a candidate's passages from which on, when one practice people decided about holds them, it has
become part of that one: proposed beside it, the same deed would stand twice."""


def undecided(practices: Iterable[Practice]) -> list[Practice]:
    """Candidates that detection found and no person has touched: these may be cut anew, all others stand."""
    open_ones = [p for p in practices if _untouched(p) and p.evidence]
    return [p for p in open_ones if not p.definition and not p.behaviour_statement]


def known_by_definition(
    practices: Iterable[Practice], codebook: Iterable[CodebookEntry]
) -> dict[str, Practice]:
    """Candidates no person has touched that are what the codebook describes, by key of the entry.

    They hold what is read as that and nothing else, so they are found anew in each run, as in the first one.
    """
    entry_of = {entry.key: entry for entry in codebook}
    found: dict[str, Practice] = {}
    standing = sorted(practices, key=lambda p: p.id)
    two_in_one = {p.merged_into for p in standing if p.definition and p.status == "merged"}
    for p in standing:
        entry = entry_of.get(p.definition or "")
        if (
            entry
            and p.id not in two_in_one
            and entry.key not in found
            and _untouched(p)
            and not people_wrote(p, entry)
        ):
            found[entry.key] = p
    return found


def _untouched(p: Practice) -> bool:
    return (
        p.status == "candidate"
        and not (p.decisions or p.not_evidence or p.counter_evidence)
        and not (p.trigger or p.core or p.adaptable or p.not_for)
        and not (p.owner or p.standard or p.review_due)
        and not any(e.pinned for e in p.evidence)
    )


@dataclass
class Refit:
    """Where undecided candidates are found among new groups.

    ``heir`` group -> the candidate it goes on as; ``merged`` candidate -> the one it became part of; ``kept``
    candidate -> its rows, where the new groups hold too few of them: it stands as it was; ``gone`` the rest.
    """

    heir: dict[int, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    kept: dict[str, list[int]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


def refit(
    old: Sequence[Practice],
    groups: Sequence[Sequence[int]],
    words: Sequence[Sequence[str]],
    row_of: Mapping[Place, int],
    standing: Sequence[Collection[int]] = (),
) -> Refit:
    """Map candidates to the groups found now, by the passages they share, else by their telling words.

    Args:
        old: undecided candidates.
        groups: rows of each group.
        words: the telling words of each group.
        row_of: place -> row of every behaviour (of its first copy, where it is one).
        standing: rows of each practice that people decided about.
    """
    found = Refit()
    if not old:
        return found
    inside = [set(g) for g in groups]
    by_story: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for (story, name, start, end), row in row_of.items():
        by_story.setdefault((story, name), []).append((start, end, row))
    claims: dict[int, list[tuple[int, str]]] = {}
    lost: list[Practice] = []
    for practice in sorted(old, key=lambda p: p.id):
        rows = {
            row
            for e in practice.evidence
            for start, end, row in by_story.get((e.story, e.field), ())
            if start < e.end and e.start < end
        }
        shared = [len(rows & g) for g in inside]
        parts = sum(n for n in shared if n >= PART * len(rows))
        if not rows:
            lost.append(practice)
        elif parts >= ENOUGH * len(rows):
            # of two that hold all of it, one may be a larger group that it also belongs to
            best = max(range(len(groups)), key=lambda g: (shared[g], -len(inside[g]), -g))
            claims.setdefault(best, []).append((shared[best], practice.id))
        elif any(len(rows.intersection(held)) >= PASSED * len(rows) for held in standing):
            found.gone.append(practice.id)
        else:
            taken = set().union(*inside) if inside else set()
            found.kept[practice.id] = sorted(rows - taken)
            if not found.kept[practice.id]:
                del found.kept[practice.id]
                found.gone.append(practice.id)
    for group, those in sorted(claims.items()):
        survivor = min(those, key=lambda c: (-c[0], c[1]))[1]
        found.heir[group] = survivor
        found.merged |= {other: survivor for _, other in those if other != survivor}
    for practice in lost:
        mine = set(practice.words)
        like = {g: _jaccard(mine, set(words[g])) for g in range(len(groups)) if g not in found.heir}
        near = max(like, key=lambda g: (like[g], -g), default=None)
        if near is not None and like[near] >= ALIKE:
            found.heir[near] = practice.id
        else:
            found.gone.append(practice.id)
    return found


def _jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def lineage(
    old: Mapping[str, set[Place]],
    new: Mapping[str, set[Place]],
    written: Collection[str] = (),
    joining: Collection[str] | None = None,
) -> tuple[Lineage, ...]:
    """Compare the evidence before and after, by practice id.

    A practice that keeps its id survived, whatever it gained; it split when new ones hold much of what it
    had. One without any passage left is gone, unless half of them are found in another (merged) or in several
    new ones together (split). Those of ``written`` stood before without a place: they take places, and are
    neither new nor a part that split off. Only those of ``joining`` (without it, all) may become part of
    another: what people decided about stays what it is, also when nothing shows it any more.
    """
    story: list[Lineage] = []
    parents: dict[str, list[str]] = {}
    for o in sorted(old):
        stays = bool(new.get(o))
        left = old[o] - new.get(o, set())  # what stays has not moved, whoever else holds it too
        shared = {n: len(left & places) for n, places in new.items() if n != o}
        fresh = sorted(
            n for n, k in shared.items() if n not in {*old, *written} and k >= PART * len(old[o]) and k
        )
        moved = sum(shared[n] for n in fresh)
        heirs = ((o,) if stays else ()) + tuple(fresh)
        joins = joining is None or o in joining
        if fresh and (stays or moved >= ENOUGH * len(old[o])) and (len(heirs) > 1 or joins):
            for n in fresh:
                parents.setdefault(n, []).append(o)
            story.append(Lineage("split" if len(heirs) > 1 else "merged", (o,), heirs, moved))
        elif stays:
            story.append(Lineage("survived", (o,), (o,), len(old[o] & new[o])))
        else:
            into = max(shared, key=lambda n: (shared[n], n in old, n), default="")
            if into and shared[into] >= max(1, ENOUGH * len(old[o])) and joins:
                story.append(Lineage("merged", (o,), (into,), shared[into]))
            else:
                story.append(Lineage("gone", (o,), (), 0))
    for n in sorted(new):
        if n in written:
            story.append(Lineage("survived", (n,), (n,), 0))
        elif n not in old and n not in parents:
            story.append(Lineage("new", (), (n,), 0))
    return tuple(story)
