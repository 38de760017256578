"""What a detection changes in the practices that are kept: evidence, words and verdict, never a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from servicestory.detect.changes import changes
from servicestory.detect.identity import undecided
from servicestory.detect.result import Detection, FoundPractice
from servicestory.models.monitoring import Detection as Run
from servicestory.models.practice import Evidence, Followed, Practice, Verdict

MOST = 50
"""Lost places of one practice that are noted of a run."""


def kept(
    detection: Detection,
    standing: Iterable[Practice],
    verdicts: Mapping[str, Verdict],
    on: str,
    levels: Mapping[str, str] | None = None,
) -> list[Practice]:
    """The practices to save: standing ones with what is seen of them now, and the new candidates.

    Name, state, definition, decisions and everything else a person may have written stay as they are; only a
    candidate nobody has touched is merged into another when the stories told since show them to be one. A
    verdict that says the same keeps its date, so that nothing changes when nothing was learned.

    Args:
        verdicts: by practice id.
        on: the day of the detection, for new verdicts.
        levels: of the evidence, by practice id.
    """
    known = {p.id: p for p in standing}
    loose = {p.id for p in undecided(known.values())}
    became = {c.old[0]: c.new[0] for c in detection.lineage if c.kind == "merged" and c.old[0] in loose}
    saved = []
    for found in detection.practices:
        before = known.get(found.id)
        seen: dict[str, Any] = {
            "evidence": _evidence(detection, found),
            "evidence_beside": 0,
            "words": list(found.words),
            "stability": None if found.stability is None else round(found.stability, 3),
            "verdict": _verdict(verdicts.get(found.id), before, on),
            "evidence_level": (levels or {}).get(found.id),
        }
        if before is not None:
            seen["followed"] = _followed(detection, found, before)
            if found.id in became:
                seen |= {"status": "merged", "merged_into": became[found.id]}
            took = [old for old, new in became.items() if new == found.id]
            if took:
                seen["absorbed"] = sorted({*before.absorbed, *took})
            saved.append(before.model_copy(update=seen))
        else:
            saved.append(
                Practice.model_validate(
                    {
                        "id": found.id,
                        "name": found.name,
                        "behaviour_statement": found.statement,
                        "definition": found.definition,
                        **seen,
                    }
                )
            )
    return saved


def _evidence(detection: Detection, found: FoundPractice) -> list[Evidence]:
    """In the order of the stories, so that a new story adds lines and moves none."""
    places = sorted(detection.evidence_of(found), key=lambda b: b.place)
    return [replace(b, score=round(b.score, 2)).as_evidence() for b in places]


def _followed(detection: Detection, found: FoundPractice, before: Practice) -> list[Followed]:
    """What went with what people took out of it, in this run or in one before, and is in it no longer."""
    evidence = {b.as_evidence().ref for b in detection.evidence_of(found)}
    out = {e.ref for e in before.not_evidence}
    gone = {e.ref: e for e in before.followed if e.like in out}
    for at, cause in found.followed:
        place, like = (detection.behaviours[i].as_evidence() for i in (at, cause))
        if like.ref in out:
            gone[place.ref] = Followed(**place.model_dump(exclude={"score"}), like=like.ref)
    return [gone[ref] for ref in sorted(gone) if ref not in evidence | out]


def _verdict(new: Verdict | None, before: Practice | None, on: str) -> Verdict | None:
    if new is None:
        return None
    dated = new.model_copy(update={"computed_on": on, "criteria": _deciding(new)})
    old = before.verdict if before else None
    if old is not None and old.model_copy(update={"computed_on": on}) == dated:
        return old
    return dated


def _deciding(verdict: Verdict) -> dict[str, Any]:
    """The criterion that decided with its figures: enough to read; the file is not for computing.

    All the others are worked out again by `servicestory verdict PRACTICE --explain`.
    """
    decided_by = verdict.criteria.get("decided_by")
    if not decided_by:
        return {}
    figures = verdict.criteria.get(decided_by) or {}
    shown = {k: float(f"{v:.3g}") if isinstance(v, float) else v for k, v in figures.items()}
    return {"decided_by": decided_by, **{k: v for k, v in shown.items() if v is not None}}


def run_record(detection: Detection, standing: Iterable[Practice], on: str, highest_before: int) -> Run:
    """The line kept of this detection: what it counted and what became of the practices."""
    moved = {kind: [] for kind in ("survived", "new", "split", "merged", "gone")}  # type: dict[str, list[str]]
    for change in detection.lineage:
        moved[change.kind] += [*change.old, *(i for i in change.new if i not in change.old)]
    standing = list(standing)
    changed = changes(detection, standing)
    ids = [*(p.id for p in detection.practices), *(p.id for p in standing)]
    numbers = [int(i.removeprefix("P-")) for i in ids]
    return Run.model_validate(
        {
            "on": on,
            "stories": detection.stories,
            "behaviours": len(detection.behaviours),
            "practices": len(detection.practices),
            "highest_id": max([highest_before, *numbers]),
            **{kind: sorted(set(ids)) for kind, ids in moved.items()},
            "gained": {c.practice: c.gained for c in changed if c.gained},
            "lost": {c.practice: [x.place.ref for x in c.lost[:MOST]] for c in changed if c.lost},
        }
    )
