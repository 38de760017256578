"""Who has not learned a practice yet, or only as it was before: what a shift lead asks before a shift."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from servicestory.models.monitoring import Training
from servicestory.train.due import in_order, last_learned


@dataclass(frozen=True)
class Missing:
    """Somebody who has still to learn it, and why: ``state`` is a short sentence."""

    who: str
    state: str


def missing(
    learners: Mapping[str, str],
    records: Iterable[Training],
    changed: Callable[[Training], str | None],
    revision: int | None = None,
    document: str | None = None,
) -> list[Missing]:
    """Those who did not learn it, learned it before a major change, or could not show it when last asked.

    A minor change asks nobody to learn anew, unless a revision is named.

    Args:
        learners: name -> pseudonym of everybody who should have learned it, in the order they are listed.
        records: what was recorded of this practice.
        changed: a record -> the day of a major change since, or None.
        revision: the least revision that counts as learned, of ``document``.
    """
    of: dict[str, list[Training]] = {}
    for record in records:
        if record.learner:  # of a session without names nobody knows who was there
            of.setdefault(record.learner, []).append(record)
    found = []
    for name, pseudonym in learners.items():
        if state := _state(in_order(of.get(pseudonym, ())), changed, revision, document):
            found.append(Missing(name, state))
    return found


def _state(
    line: Sequence[Training],
    changed: Callable[[Training], str | None],
    revision: int | None,
    document: str | None,
) -> str:
    """What is missing of one learner's records, the oldest first; empty: nothing."""
    if not line:
        return "no training is recorded"
    learned = last_learned(line)
    number = f"revision {learned.revision}" if learned.revision is not None else "no known revision"
    if revision is not None and learned.document not in (None, document):
        return f"learned {learned.document} {number} on {learned.on}"
    if revision is not None and (learned.revision or 0) < revision:
        return f"learned {number} on {learned.on}"
    if revision is None and (since := changed(learned)):
        return f"learned {number} on {learned.on}; a major change was made on {since}"
    last = next((r for r in reversed(line) if r.teach_back), None)
    if last and last.teach_back == "not yet":
        return f"the teach-back of {last.on} was not passed"
    return ""
