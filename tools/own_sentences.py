"""Sentences of our own writing to learn from besides labelled reviews: plain accounts, in many trades.

Every act is told of staff, beside praise without an act, acts left undone and the customer's own doings, so
that what is learned is who did what, not how enthusiastic the teller is.
"""

from itertools import cycle
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from servicestory.detect.weights import NO_PRACTICE

FILE = Path(__file__).with_suffix(".yaml")
TOLD = Path(__file__).with_name("told_sentences.yaml")
"""Sentences as people tell them, each as it stands: labels (or the reason for none) -> sentences."""
TIMES = {"acts": 2, "nothing": 4}
"""How many times each is told, of different people."""


def sentences(once: bool = False) -> list[dict[str, Any]]:
    """Rows like those of a labelled file: sentence, source, practice, labels, kind; always the same ones.

    Args:
        once: each act is told of one person only, not of as many as :data:`TIMES` says.
    """
    times = dict.fromkeys(TIMES, 1) if once else TIMES
    written = YAML(typ="safe").load(FILE)
    who = cycle(written["who"])
    rows = [
        _row(f"{next(who)} {act}.", [label], None)
        for label, acts in written["acts"].items()
        for act in acts
        for _ in range(times["acts"])
    ]
    rows += [
        _row(f"{next(who)} {way}.", [], kind)
        for kind, ways in written["nothing"].items()
        for way in ways
        for _ in range(times["nothing"])
    ]
    rows += [_row(f"{line}.", [], kind) for kind, lines in written["plain"].items() for line in lines]
    for said, lines in YAML(typ="safe").load(TOLD).items():
        labels, kind = ([], said) if said in NO_PRACTICE else (said.split(", "), None)
        rows += [_row(str(line), labels, kind) for line in lines]
    return rows


def _row(sentence: str, labels: list[str], kind: str | None) -> dict[str, Any]:
    return {
        "source": "own",
        "before": "",
        "sentence": sentence,
        "after": "",
        "practice": bool(labels),
        "labels": labels,
        "kind": kind,
    }
