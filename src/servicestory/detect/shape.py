"""The JSON of `servicestory detect --json`: the shape scripts rely on."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from servicestory.detect.result import Behaviour, Detection
from servicestory.models.practice import is_doubtful

HIDDEN = ("rejected", "merged")
"""Practices in these states keep what they took, but are not shown as findings."""
_COUNTED = ("people", "sites", "periods")


def to_json(
    detection: Detection,
    verdicts: Mapping[str, Any],
    counts: Mapping[str, Mapping[str, Any]] | None = None,
    hide: Callable[[str, str], str] = lambda text, _story: text,
) -> dict[str, Any]:
    """The contract's object.

    Args:
        verdicts: practice id -> verdict: a mapping or object with ``label``, ``because``, ``would_change``.
        counts: practice id -> ``people``, ``sites``, ``periods`` (missing figures are null), and whatever
            else is to be said of it.
        hide: takes the names out of a text of a story without changing its length.
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
                **{k: v for k, v in figures.items() if k not in _COUNTED},
                "verdict": _verdict(verdicts.get(p.id)),
                "stability": p.stability,
                "words": list(p.words),
                "clearest": [_place(detection.behaviours[i], hide) for i in p.clearest],
                "behaviours": [_evidence(b, hide) for b in detection.evidence_of(p)],
            }
        )
    return {
        "schema": 1,
        "stories": detection.stories,
        "behaviours": len(detection.behaviours),
        "practices": practices,
        "unassigned": [_behaviour(b, hide) for b in detection.unassigned],
        "lineage": [
            {"kind": x.kind, "old": list(x.old), "new": list(x.new), "shared": x.shared}
            for x in detection.lineage
        ],
        "saturation": {
            "new_practices_per_100_stories": list(detection.saturation.new_per_hundred),
            "stories_without_behaviour": detection.saturation.without_behaviour,
            "stories_not_read": len(detection.saturation.unread),
            "share_without_behaviour": round(
                detection.saturation.without_behaviour / max(detection.stories, 1), 4
            ),
        },
        "repeats": [{"story": one, "counted_with": other} for one, other in detection.repeats.items()],
        "likely_one": [list(pair) for pair in detection.doubles],
        "notes": list(detection.notes),
    }


def _verdict(verdict: Any) -> dict[str, Any] | None:
    if verdict is None:
        return None
    given = verdict if isinstance(verdict, Mapping) else vars(verdict)
    said: dict[str, Any] = {k: str(given.get(k, "")) for k in ("label", "because", "would_change")} | {
        "detail": given.get("detail")
    }
    if given.get("criteria"):
        said["decided_by"] = given["criteria"].get("decided_by")
        said["criteria"] = {k: v for k, v in given["criteria"].items() if k != "decided_by"}
    return said


def _place(b: Behaviour, hide: Callable[[str, str], str]) -> dict[str, Any]:
    """Where a behaviour stands, and its words.

    Scripts look ``text`` up in the story: it stands there from ``start`` to ``end``, letter by letter.
    So where a name has to go, it is the longest part without one; ``whole`` gives all of it, crossed out.
    """
    masked = hide(b.text, b.story)
    start, end = _unmasked(b.text, masked)
    place: dict[str, Any] = {
        "story": b.story,
        "record": b.record,
        "start": b.start + start,
        "end": b.start + end,
        "text": masked[start:end],
    }
    if (start, end) != (0, len(masked)):
        place["whole"] = {"start": b.start, "end": b.end, "text": masked}
    if b.field != "narrative":
        place["field"] = b.field
    return place


def _unmasked(text: str, masked: str) -> tuple[int, int]:
    """Start and end of the longest part of ``text``, from word to word, that ``masked`` leaves as it is.

    All of it where nothing is masked, or every word is.
    """
    hidden = [m.span() for m in re.finditer(r"\w+", text) if masked[m.start() : m.end()] != m.group()]
    if not hidden:
        return 0, len(text)
    edges = [0, *(at for span in hidden for at in span), len(text)]
    parts = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        # what belongs to the name goes with it: "Anna's", "Ms. Berg", a comma after it
        if words := re.search(r"^(?:['’]s\b|\W)*(\w.*?)\s*$", text[start:end], re.DOTALL):
            parts.append((start + words.start(1), start + words.end(1)))
    return max(parts, key=lambda part: (part[1] - part[0], -part[0]), default=(0, len(text)))


def _behaviour(b: Behaviour, hide: Callable[[str, str], str]) -> dict[str, Any]:
    return {**_place(b, hide), "score": b.score, "copies": b.copies}


def _evidence(b: Behaviour, hide: Callable[[str, str], str]) -> dict[str, Any]:
    """A place of a practice, and whether it is doubtful: a pinned one never is, whatever its score."""
    return {**_behaviour(b, hide), "doubtful": is_doubtful(b.score, b.pinned)}
