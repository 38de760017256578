"""Sentences of our own writing to learn from besides labelled reviews: plain accounts, in many trades.

Every act is told of staff, beside praise without an act, acts left undone and the customer's own doings, so
that what is learned is who did what, not how enthusiastic the teller is.
"""

from itertools import cycle
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_suffix(".yaml")
TOLD = {"acts": 2, "nothing": 4}
"""How many times each is told, of different people."""


def sentences() -> list[dict[str, Any]]:
    """Rows like those of a labelled file: sentence, source, practice, labels, kind; always the same ones."""
    written = YAML(typ="safe").load(FILE)
    who = cycle(written["who"])
    rows = [
        _row(f"{next(who)} {act}.", label, None)
        for label, acts in written["acts"].items()
        for act in acts
        for _ in range(TOLD["acts"])
    ]
    rows += [
        _row(f"{next(who)} {way}.", None, kind)
        for kind, ways in written["nothing"].items()
        for way in ways
        for _ in range(TOLD["nothing"])
    ]
    rows += [_row(f"{line}.", None, kind) for kind, lines in written["plain"].items() for line in lines]
    return rows


def _row(sentence: str, label: str | None, kind: str | None) -> dict[str, Any]:
    return {
        "source": "own",
        "before": "",
        "sentence": sentence,
        "after": "",
        "practice": label is not None,
        "labels": [label] if label else [],
        "kind": kind,
    }
