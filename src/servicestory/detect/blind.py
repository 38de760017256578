"""Codes texts with the list of practices without knowing which are great stories and which ordinary ones."""

from collections.abc import Callable, Sequence

import numpy as np

from servicestory.detect import matching, written
from servicestory.detect.contrast import Contrast, contrast, side_by_side
from servicestory.detect.features import blocks
from servicestory.detect.goals import targets
from servicestory.detect.readings import gather
from servicestory.detect.terms import Terms
from servicestory.detect.weights import shipped
from servicestory.detect.words import number
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Story

BATCH = 20_000


def code(
    texts: Sequence[str],
    practices: Sequence[Practice],
    codebook: Sequence[CodebookEntry],
    progress: Callable[[int, int], None] | None = None,
) -> list[set[str]]:
    """For each text the ids of the practices it shows, each text read by itself.

    Only what people and the codebook say of a practice is used, never its evidence: with that, the stories it
    was found in would be recognised again and the others not. Nor does a correction by hand count.
    """
    stories = [Story(id=f"t{i:08d}", narrative=text) for i, text in enumerate(texts) if text.strip()]
    goals = targets([_without_evidence(p) for p in practices], codebook)
    weights = shipped()
    reading, _ = gather(stories, progress=progress)
    lines = written.lines_of(goals, weights)
    theirs = written.as_blocks(lines, weights)
    like: dict[int, list[np.ndarray]] = {n: [] for n in theirs}
    for at in range(0, max(len(reading.passages), 1), BATCH):
        some = [p.text for p in reading.passages[at : at + BATCH]]
        here = blocks(number(some, weights.vocabulary.known), weights.vocabulary)
        for n, there in theirs.items():
            like[n].append(written.by_description(here, there))
    terms = Terms([p.text for p in reading.passages]) if lines else None
    near = {n: np.concatenate(parts) for n, parts in like.items()}
    if terms is not None:
        near = {n: written.by_words(one, terms, goals[n], lines[n]) for n, one in near.items()}
    unsure = matching.torn(reading)
    nowhere = np.zeros((len(reading.passages), 1))
    member = matching.match(reading, weights, goals, nowhere, unsure, stories, near).member
    found: list[set[str]] = [set() for _ in texts]
    for passage, numbers in zip(reading.passages, member, strict=True):
        standing = [goals[n].practice for n in numbers]
        at_text = int(stories[passage.story].id[1:])
        found[at_text].update(practice.id for practice in standing if practice is not None)
    return found


def contrasts(
    stories: Sequence[Story],
    ordinary: Sequence[str],
    practices: Sequence[Practice],
    codebook: Sequence[CodebookEntry],
    progress: Callable[[int, int], None] | None = None,
    left_out: int = 0,
) -> dict[str, Contrast]:
    """Practice id -> its prevalence in the stories beside that in ordinary encounters, both coded alike.

    Args:
        ordinary: texts of ordinary encounters.
        left_out: how many more are stories over again.

    Returns:
        {} when either set is empty; a practice that neither set shows is left out.
    """
    told = ["\n".join(part for part in (s.narrative, *s.behaviours) if part) for s in stories]
    coded = code([*told, *ordinary], practices, codebook, progress)
    mine, others = coded[: len(told)], coded[len(told) :]
    found = {}
    for practice in practices:
        seen = sum(practice.id in one for one in mine)
        seen_ordinary = sum(practice.id in one for one in others)
        made = contrast(seen, len(mine), seen_ordinary, len(others), left_out)
        if made and (seen or seen_ordinary):
            found[practice.id] = made
    own = {practice.id: len({e.story for e in practice.evidence}) for practice in practices}
    return side_by_side(found, own)


def _without_evidence(practice: Practice) -> Practice:
    return practice.model_copy(update={"evidence": [], "not_evidence": [], "followed": []})
