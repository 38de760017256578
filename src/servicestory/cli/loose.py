"""Loose ends: a story led nowhere, a procedure has no owner, a claim no story, training is outdated."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servicestory.cli.repeats import Read, apart
from servicestory.incorporate.lifecycle import said
from servicestory.models.practice import ENDED, LIVE
from servicestory.text import listing, one_line, plural
from servicestory.train.stale import Stale

if TYPE_CHECKING:
    from servicestory.cli.built import Built
    from servicestory.incorporate.trace import WrittenStep
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story


@dataclass(frozen=True)
class LooseEnd:
    """One loose end: its kind, what it concerns and where, in words, and what to do about it.

    Attributes:
        named: ``what`` with the names of people, for the screen; JSON names nobody.
    """

    kind: str
    ref: str
    where: str
    what: str
    next: str
    refs: tuple[str, ...] = ()
    named: str = ""

    def __str__(self) -> str:
        return f"{self.named or self.what}. {self.next}"

    def to_json(self) -> dict[str, Any]:
        """The entry of ``loose_ends`` in `check --json`."""
        said = {field: value for field, value in self.__dict__.items() if field != "named"}
        return {**said, "refs": list(self.refs)}


def loose_ends(
    stories: Sequence["Story"],
    practices: Sequence["Practice"],
    known: "Built",
    steps: Mapping[str, "list[WrittenStep]"],
    stale: Iterable[Stale],
    read: Read = Read(),
) -> list[LooseEnd]:
    """Outdated training first, then claims without evidence, procedures without owner, orphan stories.

    Args:
        steps: procedure file -> its steps as they are written.
        read: what the last detection read.
    """
    groups: dict[tuple[str, str, str], list[Stale]] = {}
    for one in stale:
        groups.setdefault((one.practice, one.why, one.next), []).append(one)
    found = [
        LooseEnd(
            "out of date",
            practice,
            those[0].where.rsplit("/", 1)[0],
            f"{practice}: the {listing([s.what for s in those])} {_are(those)} out of date, {why}",
            f"Next: {step}",
            tuple(s.ref for s in those),
        )
        for (practice, why, step), those in groups.items()
    ]
    told = {story.id for story in stories}
    for practice in practices:
        if practice.status in LIVE and not {e.story for e in practice.evidence} & told:
            what = f"{practice.id} {practice.name} is {practice.status}, and no story shows it"
            step = f"Tell one, or take it back: servicestory review {practice.id} --status candidate"
            found.append(LooseEnd("practice without evidence", practice.id, "", what, step))
    over = {p.id for p in known.ended.values()}
    for name, written in steps.items():
        ref = "-".join(name.rsplit("/", 1)[-1].removesuffix(".md").split("-")[:2])
        if ref in over:
            continue  # nobody works by it any longer
        bare = [
            step.number
            for step in written
            if not step.general and not any(_there(cite.story, told) for cite in step.cites)
        ]
        if bare:
            numbers = ", ".join(map(str, bare))
            cite = "cites" if len(bare) == 1 else "cite"
            what = f"{ref}: {len(bare)} of {plural(len(written), 'step')} {cite} no story ({numbers})"
            step = "Look in its stories, ask those who do it for one, or strike the step"
            found.append(LooseEnd("step without evidence", ref, name, what, step, tuple(map(str, bare))))
    ended = {p.id: p for p in practices if p.status in ENDED}
    for procedure in known.procedures.values():
        if (gone := ended.get(procedure.practice)) is not None:
            became = f"was merged into {gone.merged_into}" if gone.merged_into else f"is {gone.status}"
            what = f"{procedure.id} is {said(procedure.status)}, and its practice {gone.id} {became}"
            step = f"Next: servicestory procedure {procedure.id} --withdraw --reason TEXT"
            found.append(LooseEnd("procedure of an ended practice", procedure.id, "procedures", what, step))
        owner = next((p.owner for p in practices if p.id == procedure.practice), None)
        if owner and not procedure.owner:
            where = next((name for name in steps if f"/{procedure.id}" in name), "procedures")
            what = f"{procedure.id} does not say yet who owns it, and {procedure.practice} does"
            step = f"Next: servicestory export {procedure.practice}"
            found.append(LooseEnd("owner not on the page", procedure.id, where, what, step))
        elif not procedure.owner:
            what = f"{procedure.id} {one_line(procedure.title, 60)} has no owner"
            where = next((name for name in steps if f"/{procedure.id}" in name), "procedures")
            step = f"Name somebody: servicestory procedure {procedure.id} --owner NAME"
            found.append(LooseEnd("procedure without owner", procedure.id, where, what, step))
    drafts: dict[str, list[str]] = {}
    for _, sheet in known.written:
        if sheet.practice in known.procedures and sheet.practice not in ended and sheet.status == "draft":
            drafts.setdefault(sheet.practice, []).append(sheet.document)
    for practice_id, kinds in drafts.items():
        procedure = known.procedures[practice_id]
        if procedure.status == "effective":
            still = f"{_are(kinds)} still {'a draft' if len(kinds) == 1 else 'drafts'}"
            what = f"{practice_id}: the {listing(kinds)} {still}, though {procedure.id} is in effect"
            step = f"Look them through, then: servicestory train {practice_id} --in-use"
            found.append(LooseEnd("training still a draft", practice_id, "training", what, step))
    orphans = orphaned(stories, practices)
    doubles = [one for one in orphans if read.repeats.get(one) in told]
    if doubles:
        first, other = doubles[0], read.repeats[doubles[0]]
        tell = plural(len(doubles), "story tells", "stories tell")
        what = f"{tell} the same as another, or nearly, and count with it (for example {first}, with {other})"
        way = apart(first, other, {e.story: p.id for p in practices for e in p.evidence})
        step = f"If it is another occasion: {way}. If not" if way else "If it is no other occasion"
        step += f': servicestory tell {first} --no-action "told twice"'
        found.append(LooseEnd("story told twice", first, "stories", what, step, tuple(doubles)))
    orphans = [one for one in orphans if read.repeats.get(one) not in told]
    if new := [one for one in orphans if one not in read.stories]:
        step = "Look for practices in them with: servicestory detect"
        why = "since the last detect has not read " + ("it" if len(new) == 1 else "them")
        found.append(_without_practice(new, why if read.stories else "since no detect was run yet", step))
    if looked := [one for one in orphans if one in read.stories]:
        step = (
            "See what fits none with: servicestory detect --unassigned; put a sentence into one with review "
            f'--take-in, or: servicestory tell {looked[0]} --no-action "because …"'
        )
        why = f"and the last detect has read {'it' if len(looked) == 1 else 'them'}"
        found.append(_without_practice(looked, why, step))
    return found


def _without_practice(stories: list[str], why: str, step: str) -> LooseEnd:
    belong = plural(len(stories), "story belongs", "stories belong")
    what = f"{belong} to no practice, {why} (for example {stories[0]})"
    return LooseEnd("story without practice", stories[0], "stories", what, step, tuple(stories))


def orphaned(stories: Iterable["Story"], practices: Iterable["Practice"]) -> list[str]:
    """Stories that are evidence of no standing practice or candidate, and about which nothing was decided."""
    used = {e.story for p in practices if p.status not in ENDED for e in p.evidence}
    return [story.id for story in stories if story.id not in used and story.disposition is None]


def _are(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"


def _there(cited: str, told: Collection[str]) -> bool:
    """Whether a cited story is still told; of an id that holds a name a document shows the beginning only."""
    if cited.endswith("…"):
        return any(story.startswith(cited.removesuffix("…")) for story in told)
    return cited in told
