"""Says plainly what the evidence of a practice leaves open, and whom to ask; nothing is made up instead."""

from servicestory.models.organisation import Organisation
from servicestory.text import listing, one_line, plural
from servicestory.wording.definition import named_moment
from servicestory.wording.lint import no_steps
from servicestory.wording.material import Material
from servicestory.wording.occasions import for_anybody, occasion_of
from servicestory.wording.promise import seems_to_keep
from servicestory.wording.steps import TOLD_SO_FAR
from servicestory.wording.unasked import asks_too_much
from servicestory.wording.whose import left_out, people_to_ask, showing


def when(material: Material) -> str:
    """The moment the practice is due; where nobody named it, the moments told so far; never "whenever it helps"."""
    if found := moment(material, counted=True):
        return found
    where = f"under “trigger” in {material.practice.id}"
    if told := _told_moments(material):
        which = "which counts" if len(told) > 1 else "whether it counts"
        return f"Not agreed yet. {TOLD_SO_FAR} {listing(told, 'or')}. The owner says {which}, {where}."
    return f"Not agreed yet, and most stories name no moment. The owner writes it {where}."


_SEVERAL = 3  # stories that begin with a moment before it is the practice's, where fewer than half do


def moment(material: Material, counted: bool = False) -> str | None:
    """Its trigger, what a third of its stories begin with, or what its own name or statement says; else None.

    Args:
        counted: how many stories begin with it is told too, as whoever decides on it wants to know.
    """
    practice = material.practice
    if practice.trigger:
        return one_line(practice.trigger).rstrip(".") + "."
    if material.situations:
        said, cites = material.situations[0]
        told = len({c.story for c in cites})
        if told * 3 >= material.stories and told > 1 and (told >= _SEVERAL or told * 2 > material.stories):
            if not counted:
                return said
            of = f"{told} of {plural(material.stories, 'story', 'stories')}{left_out(material)}"
            return f"{said.rstrip('.')} ({of})."
    if found := named_moment(practice.name, practice.behaviour_statement):
        return f"{found}."
    return None


def _told_moments(material: Material, most: int = 3) -> list[str]:
    """The occasions its steps end in, most told first: "when a guest arrives late (2 stories)".

    Counted are the stories that tell the occasion, where any does, and not all that show the step.
    """
    saying: dict[str, set[str]] = {}
    for story, lines in material.own.items():
        for line in lines:
            if occasion := occasion_of(line):
                saying.setdefault(for_anybody(occasion, material.customer), set()).add(story)
    told: dict[str, set[str]] = {}
    for step in material.steps:
        shown = {c.story for c in step.cites}
        for said in (for_anybody(when, material.customer) for w in step.ways if (when := occasion_of(w))):
            if few := saying.get(said, set()) & shown:  # too few tell it for the step to say so
                told.setdefault(f"when {said}", set()).update(few)
        if occasion := occasion_of(step.text):
            said = for_anybody(occasion, material.customer)
            told.setdefault(f"when {said}", set()).update(saying.get(said, set()) & shown or shown)
    ranked = sorted(told, key=lambda said: (-len(told[said]), said))
    return [f"{said} ({plural(len(told[said]), 'story', 'stories')})" for said in ranked[:most]]


def gaps(material: Material, organisation: Organisation) -> list[str]:
    """What is missing, one sentence each with whom to ask; empty when nothing is. For the owner see `no_owner`."""
    found: list[str] = []
    if len(material.steps) < 2:
        one = "The other steps (so far there is one)"
        what = one if material.steps else "What exactly was done, step by step"
        found.append(f"{what}. {people_to_ask(material)}")
    if material.steps and not any(s.cites for s in material.steps):
        found.append(
            f"How it is done here: so far the steps stand in the {material.definition.comes_from} alone, and none "
            "could be read in a story."
        )
    found += [
        f"“{line}” is no step yet: word it as what to do and to what, under “core” in {material.practice.id}."
        for line in no_steps(material.steps)
    ]
    found += [
        f"“{one_line(line)}” asks for unpaid time or own money, so it is no step: the owner settles what the "
        f"house provides, and words it so under “core” in {material.practice.id}."
        for line in material.practice.core
        if asks_too_much(line)
    ]
    if organisation.standards and not material.practice.standard:
        known = listing([f"{s.id} (“{one_line(s.name)}”)" for s in organisation.standards[:8]], "or")
        likely = seems_to_keep(material, organisation)
        first = (
            f" By its words it may be {likely.id}: {one_line(likely.statement or likely.name)}"
            if likely
            else ""
        )
        found.append(
            f"Which promise it keeps.{first} Write {known} under “standard” in {material.practice.id}."
        )
    return found


def no_owner(material: Material) -> str:
    """What asks for the practice's owner; a document whose own header names one leaves it out."""
    practice = material.practice
    return "" if practice.owner else f"Who owns it. Name the person under “owner” in {practice.id}."


def unread(material: Material) -> str:
    """That stories show the practice, and what they did could not be read from their words; empty without any."""
    if not material.stories:
        return ""
    one = material.stories == 1
    return (
        f"{plural(material.stories, 'story', 'stories')} {'shows' if one else 'show'} the practice"
        f"{left_out(material)}, but no step could be read from {'its' if one else 'their'} words."
    )


def bent_rule(material: Material) -> str:
    """What has to be settled before anybody is trained, where a story of it bent a rule of the house; else empty."""
    bent = sum(1 for story in showing(material) if story.rule_bent)
    if not bent:
        return ""
    told = plural(bent, "story", "stories")
    return (
        f"First of all: do the rules of the house allow it, and within which bounds? {told} of it bent one."
    )


def heroics(material: Material) -> str:
    """A remark when stories needed own money, unpaid time or a bent rule: that is for the system to mend."""
    own = [s for s in material.told.values() if s.resources_extra]
    bent = [s for s in material.told.values() if s.rule_bent]
    if not own and not bent:
        return ""
    parts = []
    if own:
        parts.append(f"{plural(len(own), 'story', 'stories')} took somebody's own time or money")
    if bent:
        parts.append(f"{plural(len(bent), 'story', 'stories')} needed a rule to be bent")
    return f"{listing(parts).capitalize()}. Nobody is expected to do that: the owner settles what the house provides instead."
