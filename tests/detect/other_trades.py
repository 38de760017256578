"""Stories of our own writing from sixteen trades, every sentence labelled; none of them was learned from.

Hotels, restaurants, airlines, coffee shops and hospitals are not among them. One reader wrote and labelled
them after the same codebook, without seeing what the reading learned from.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from servicestory.detect import reading
from servicestory.detect.features import blocks
from servicestory.detect.weights import Weights
from servicestory.detect.words import number

FILE = Path(__file__).with_suffix(".jsonl")


class Labelled(NamedTuple):
    """One sentence and the practices it reports, the most important first; none when it reports none."""

    trade: str
    text: str
    labels: tuple[str, ...]


class Figures(NamedTuple):
    """Precision and recall of what is called a behaviour, their harmonic mean, and the right first practice."""

    precision: float
    recall: float
    f1: float
    first: float


def sentences() -> list[Labelled]:
    """All labelled sentences, story by story."""
    stories = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    return [
        Labelled(story["trade"], story["text"][one["start"] : one["end"]], tuple(one["labels"]))
        for story in stories
        for one in story["sentences"]
    ]


def figures(
    those: Sequence[Labelled], weights: Weights, threshold: float, possible: float = reading.POSSIBLE
) -> Figures:
    """How well the reading does on ``those``; a sentence it misses has no right practice."""
    texts = [one.text for one in those]
    features = blocks(number(texts, weights.vocabulary.known), weights.vocabulary)
    with threadpool_limits(1):
        found = reading.probabilities(texts, features, weights, possible)[:, : len(weights.practices)]
    said = found.sum(axis=1) >= threshold
    truth = np.array([bool(one.labels) for one in those])
    hit = int((said & truth).sum())
    best = [weights.practices[i] for i in found.argmax(axis=1).tolist()]
    right = sum(one.labels[0] == name for one, name in zip(those, best, strict=True) if one.labels)
    precision, recall = hit / max(int(said.sum()), 1), hit / int(truth.sum())
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Figures(precision, recall, f1, right / int(truth.sum()))
