"""What behaviours can be put into: the practices that stand, and the entries of the codebook."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from servicestory.detect.reading import Place
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice

_GIVEN_FREE = re.compile(
    r"\b(?:complimentary|gratis|on the house|for free|free of charge|free or for little|"
    r"(?:at )?no (?:extra )?(?:cost|charge)|without (?:any |extra )?charge)\b",
    re.IGNORECASE,
)


@dataclass
class Target:
    """A practice that takes behaviours: one that stands, an entry of the codebook, or both.

    ``kept`` is what it holds so far, ``stood`` what it held before this detection; ``forced`` what people put
    there, ``barred`` what they took out.
    """

    practice: Practice | None
    entry: CodebookEntry | None
    forced: set[Place] = field(default_factory=set)
    kept: set[Place] = field(default_factory=set)
    barred: set[Place] = field(default_factory=set)
    stood: set[Place] = field(default_factory=set)

    @property
    def rejected(self) -> bool:
        """Whether people turned it down: it takes in nothing but what is surely it."""
        return self.practice is not None and self.practice.status == "rejected"

    @property
    def recovery(self) -> bool:
        """Whether it puts right what went wrong."""
        return self.entry is not None and self.entry.incident == "failure put right"

    @property
    def free(self) -> bool:
        """Whether it gives something free, or for little: what was paid for is none of it."""
        said = (self.entry.name, self.entry.definition) if self.entry else ()
        if self.practice is not None:
            said = (*said, self.practice.name, self.practice.behaviour_statement or "")
        return any(_GIVEN_FREE.search(text) for text in said)

    @property
    def by_hand(self) -> bool:
        """Whether people made it: it holds what they put there and what is like that, and no group."""
        first = self.practice.decisions[:1] if self.practice else []
        return bool(self.parted_from) or any(d.action == "defined" for d in first)

    @property
    def parted_from(self) -> set[str]:
        """The practice it was split off, by id."""
        made = self.practice.decisions if self.practice else []
        return {d.from_ for d in made if d.action == "split" and d.to == self.label and d.from_}

    @property
    def label(self) -> str:
        """Sorts and names the target: the id of a practice that stands, else the key of the entry."""
        return self.practice.id if self.practice else f"~{self.entry.key if self.entry else ''}"


def targets(practices: Sequence[Practice], codebook: Iterable[CodebookEntry]) -> list[Target]:
    """One target for each standing practice and each entry that has none yet; merged ones are forwarded."""
    by_id = {p.id: p for p in sorted(practices, key=lambda p: p.id)}
    made: dict[str, Target] = {}
    key_of: dict[str, Target] = {}
    for p in by_id.values():
        if p.status == "merged":
            continue
        target = Target(p, None)
        target.forced = {e.place for e in p.evidence if e.pinned}
        target.kept = places_of(p)
        target.stood = set(target.kept)
        target.barred = {e.place for e in p.not_evidence}
        made[p.id] = target
        if p.definition:
            key_of.setdefault(p.definition, target)
    for p in by_id.values():
        heir = _heir(p, by_id)
        if p.status == "merged" and p.definition and heir in made:
            key_of.setdefault(p.definition, made[heir])
    result = list(made.values())
    for entry in sorted(codebook, key=lambda e: e.key):
        if entry.key in key_of:
            there = key_of[entry.key]
            if there.entry is None and there.practice and there.practice.definition == entry.key:
                there.entry = entry
            else:
                held = (there.forced, there.kept, there.barred, there.stood)
                result.append(Target(there.practice, entry, *held))
        else:
            result.append(Target(None, entry))
    return result


def places_of(practice: Practice) -> set[Place]:
    """Where the evidence of a practice stands."""
    return {e.place for e in practice.evidence}


def _heir(practice: Practice, by_id: Mapping[str, Practice]) -> str:
    seen = {practice.id}
    while practice.status == "merged":
        heir = by_id.get(practice.merged_into or "")
        if heir is None or heir.id in seen:
            break
        practice = heir
        seen.add(practice.id)
    return practice.id
