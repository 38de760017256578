"""The JSON of `servicestory detect --json`: the shape scripts rely on."""

from collections.abc import Mapping
from typing import Any

from servicestory.detect.result import Behaviour, Detection

HIDDEN = ("rejected", "merged")
"""Practices in these states keep what they took, but are not shown as findings."""


def to_json(
    detection: Detection,
    verdicts: Mapping[str, Any],
    counts: Mapping[str, Mapping[str, int]] | None = None,
) -> dict[str, Any]:
    """The contract's object.

    Args:
        verdicts: practice id -> verdict: a mapping or object with ``label``, ``because``, ``would_change``.
        counts: practice id -> ``people``, ``sites``, ``periods``; missing figures are null.
    """
    counts = counts or {}
    practices = []
    for p in detection.practices:
        if p.status in HIDDEN:
            continue
        figures = counts.get(p.id, {})
        practices.append(
            {
                "id": p.id,
                "name": p.name,
                "status": p.status,
                "definition": p.definition,
                "stories": p.stories,
                "people": figures.get("people"),
                "sites": figures.get("sites"),
                "periods": figures.get("periods"),
                "verdict": _verdict(verdicts.get(p.id)),
                "stability": p.stability,
                "words": list(p.words),
                "clearest": [_place(detection.behaviours[i]) for i in p.clearest],
                "behaviours": [_behaviour(b) for b in detection.evidence_of(p)],
            }
        )
    return {
        "schema": 1,
        "stories": detection.stories,
        "behaviours": len(detection.behaviours),
        "practices": practices,
        "unassigned": [_behaviour(b) for b in detection.unassigned],
        "lineage": [
            {"kind": x.kind, "old": list(x.old), "new": list(x.new), "shared": x.shared}
            for x in detection.lineage
        ],
        "saturation": {
            "new_practices_per_100_stories": list(detection.saturation.new_per_hundred),
            "stories_without_behaviour": detection.saturation.without_behaviour,
        },
        "notes": list(detection.notes),
    }


def _verdict(verdict: Any) -> dict[str, str] | None:
    if verdict is None:
        return None
    wanted = ("label", "because", "would_change")
    if isinstance(verdict, Mapping):
        return {k: str(verdict.get(k, "")) for k in wanted}
    return {k: str(getattr(verdict, k, "")) for k in wanted}


def _place(b: Behaviour) -> dict[str, Any]:
    place: dict[str, Any] = {
        "story": b.story,
        "record": b.record,
        "start": b.start,
        "end": b.end,
        "text": b.text,
    }
    if b.field != "narrative":
        place["field"] = b.field
    return place


def _behaviour(b: Behaviour) -> dict[str, Any]:
    return {**_place(b), "score": b.score, "copies": b.copies}
