"""Says plainly what the evidence of a practice leaves open, and whom to ask; nothing is made up instead."""

import re

from servicestory.models.base import day_said
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.text import listing, one_line, plural
from servicestory.wording.definition import named_moment
from servicestory.wording.lint import no_steps, unnamed
from servicestory.wording.material import Material
from servicestory.wording.morphology import third_lemma
from servicestory.wording.nearby import told_around
from servicestory.wording.occasions import for_anybody, occasion_of, tells_occasion
from servicestory.wording.promise import seems_to_keep
from servicestory.wording.roles import without_names
from servicestory.wording.steps import TOLD_SO_FAR
from servicestory.wording.unasked import asks_too_much
from servicestory.wording.whose import left_out, people_to_ask, showing


def when(material: Material) -> str:
    """The moment the practice is due; where nobody named it, the moments told so far; never "whenever it helps"."""
    if found := moment(material, counted=True):
        return found
    if told := _told_moments(material):
        which = "which counts" if len(told) > 1 else "whether it counts"
        return f"Not agreed yet. {TOLD_SO_FAR} {listing(told, 'or')}. The owner says {which}."
    return "Not agreed yet, and most stories name no moment. The owner says when."


_SEVERAL = 3  # stories that begin with a moment before it is the practice's, where no more than half do


def moment(material: Material, counted: bool = False) -> str | None:
    """Its trigger, what its own name or statement says, or what a third of its stories begin with or tell of a step; else None.

    Its own words come first: a practice for every occasion is not done on birthdays alone, which most stories tell of.

    Args:
        counted: how many stories begin with it is told too, as whoever decides on it wants to know.
    """
    practice = material.practice
    if practice.trigger:
        return _as_a_moment(one_line(practice.trigger).rstrip(".")) + "."
    if found := named_moment(practice.name, practice.behaviour_statement):
        return f"{_whoever(found, material)}."
    if agreed := [(told, said) for said, told in _begins_with(material) if _shared(told, material)]:
        told, said = max(agreed, key=lambda found: found[0])
        said = _as_a_moment(said)
        if not counted:
            return said
        of = f"{told} of {plural(material.stories, 'story', 'stories')}{left_out(material)}"
        return f"{said.rstrip('.')} ({of})."
    return None


_HAPPENS = re.compile(
    r"(?P<who>somebody|someone|anybody|an? [a-z]+|the [a-z]+) (?P<does>[a-z]+)\b", re.IGNORECASE
)
_IS = frozenset(("is", "has", "cannot"))


def _as_a_moment(said: str) -> str:
    """What happens, as the moment it is: "Somebody needs a lamp" -> "When somebody needs a lamp"."""
    found = _HAPPENS.match(said)
    if not found or not (found["does"] in _IS or third_lemma(found["does"])):
        return said
    return f"When {said[0].lower()}{said[1:]}"


def _whoever(said: str, material: Material) -> str:
    """A moment cut out of the practice's name, with whom it speaks of: "Before they take it" names nobody."""
    name, word = material.practice.name, material.customer
    if not re.search(rf"\b{re.escape(word)}s?\b", name, re.IGNORECASE):
        return said
    return re.sub(r"^(\w+) they\b", rf"\1 the {word}s", said)


def _shared(told: int, material: Material) -> bool:
    """Whether enough stories tell a moment for it to be the practice's, however it was read from them."""
    return told * 3 >= material.stories and told > 1 and (told >= _SEVERAL or told * 2 > material.stories)


def _begins_with(material: Material) -> list[tuple[str, int]]:
    """The moment most stories begin with and the occasion most tell of a step, as sentences, with how many."""
    found = [(said, len({c.story for c in cites})) for said, cites in material.situations[:1]]
    # What one of several steps says itself is when that step is done.
    of_a_step = {
        f"when {for_anybody(o, material.customer)}" for s in material.steps if (o := occasion_of(s.text))
    }
    alone = len(material.steps) == 1
    occasions = [one for one in _occasions(material) if alone or one[0] not in of_a_step]
    return found + [(f"{said[0].upper()}{said[1:]}.", len(told)) for said, told in occasions[:1]]


def _told_moments(material: Material, most: int = 3) -> list[str]:
    """The occasions its steps end in, most told first: "when a guest arrives late (2 stories)"."""
    ranked = _occasions(material)[:most]
    return [f"{said} ({plural(len(told), 'story', 'stories')})" for said, told in ranked]


def _occasions(material: Material) -> list[tuple[str, set[str]]]:
    """The occasions of its steps with the stories that tell them, most told first.

    A story tells it that shows the step and says so in the deed or around it, in whatever words; not every story
    that shows the step does.
    """
    saying: dict[str, set[str]] = {}
    for story, lines in material.own.items():
        for line in lines:
            if occasion := occasion_of(line):
                saying.setdefault(for_anybody(occasion, material.customer), set()).add(story)
    around = told_around((c for c in material.cites if c.story in material.told), material.told)
    told: dict[str, set[str]] = {}
    for step in material.steps:
        shown = {c.story for c in step.cites}
        for line in (step.text, *step.ways):
            said = for_anybody(occasion, material.customer) if (occasion := occasion_of(line)) else ""
            known = saying.get(said, set()) & shown
            if said and (known or line == step.text):
                known |= {
                    c.story for c, text in around.items() if c.story in shown and tells_occasion(said, text)
                }
                told.setdefault(f"when {said}", set()).update(known or shown)
    return sorted(told.items(), key=lambda found: (-len(found[1]), found[0]))


def gaps(material: Material, organisation: Organisation) -> list[str]:
    """What is missing, one sentence each with whom to ask; empty when nothing is. For the owner see `no_owner`."""
    found: list[str] = []
    if len(material.steps) < 2:
        one = "The other steps (so far there is one)"
        what = one if material.steps else "What exactly was done, step by step"
        found.append(f"{what}. {people_to_ask(material)}")
    if material.unseen:
        lines = listing([f"“{line}”" for line in material.unseen])
        found.append(
            f"Whether and how it is done here as the {material.definition.comes_from} says: {lines}. No story says "
            "it in words that could be read, so it is no step yet."
        )
    if material.steps and not any(s.cites for s in material.steps):
        found.append(
            f"How it is done here: so far the steps stand in the {material.definition.comes_from} alone, and none "
            "could be read in a story."
        )
    found += [
        f"“{line}” is no step yet: it does not say what to do, and to what."
        for line in no_steps(material.steps)
    ]
    found += [
        f"“{line}” says “it”, and not what: whoever reads this line alone must know. The owner names the thing."
        for line in unnamed(material.steps)
    ]
    found += [
        f"“{one_line(line)}” asks for unpaid time or own money, so it is no step: the owner settles what the "
        "house provides instead, and words it so."
        for line in material.practice.core
        if asks_too_much(line)
    ]
    if organisation.standards and not material.practice.standard:
        likely = seems_to_keep(material, organisation)
        promise = one_line(likely.statement or likely.name).rstrip(".") if likely else ""
        first = f" By its words it may be “{promise}”." if promise else ""
        found.append(f"Which of our promises it keeps.{first}")
    return found


def no_owner(material: Material) -> str:
    """What asks for the practice's owner; a document whose own header names one leaves it out."""
    return "" if material.practice.owner else "Who owns it."


def where_to_write(material: Material, organisation: Organisation, purpose: bool = False) -> str:
    """Where the owner writes what is missing, line by line as the practice's file names it; empty where nothing is.

    Readers of a document need no names of fields: they stand in this one sentence, for whoever keeps the file.

    Args:
        purpose: what it is for is missing as well.
    """
    practice = material.practice
    known = listing([s.id for s in organisation.standards], "or")
    lines = {
        "“behaviour_statement:” what is done, and what for": purpose,
        "“trigger:” when it is due": not practice.trigger,
        "“core:” the steps": not practice.core
        or bool([*no_steps(material.steps), *unnamed(material.steps)])
        or any(map(asks_too_much, practice.core)),
        f"“standard:” the promise ({known})": bool(organisation.standards) and not practice.standard,
    }
    missing = [line for line, lacking in lines.items() if lacking]
    if not missing:
        return ""
    return (
        f"The owner writes it into the file of {practice.id} in the folder “practices”: {listing(missing)}. "
        "The next documents take it up."
    )


def unread(material: Material) -> str:
    """That stories show the practice, and what they did could not be read from their words; empty without any."""
    if not material.stories:
        return withheld(material)
    one = material.stories == 1
    return (
        f"{plural(material.stories, 'story', 'stories')} {'shows' if one else 'show'} the practice"
        f"{left_out(material)}, but no step could be read from {'its' if one else 'their'} words."
    )


def withheld(material: Material) -> str:
    """How many stories show it of which nothing may be told, and why; empty where there is none."""
    if not material.withheld:
        return ""
    more = "more " if material.stories else ""
    shows = plural(material.withheld, f"{more}story shows", f"{more}stories show")
    its, it = ("its", "it") if material.withheld == 1 else ("their", "them")
    return f"{shows} it. Somebody who was asked did not agree to {its} use in training: nothing of {it} stands here."


def bent_rule(material: Material) -> str:
    """What has to be settled before anybody is trained, where a story of it bent a rule of the house; else empty."""
    bent = _bent(material)
    if not bent:
        return ""
    told = plural(len(bent), "story", "stories")
    return (
        f"First of all: do the rules of the house allow it, and within which bounds? {told} of it bent "
        f"{'one' if len({rule for _, rule in bent}) == 1 else 'some'}: {rules_bent(material)}."
    )


def rules_bent(material: Material, most: int = 2) -> str:
    """The rules its stories bent, with where and when: "“no dogs” (Quay, 3 May 2026)"; often none.

    A rule is quoted where everybody asked agreed to the use of the story in training; else it is only said
    which story tells it, for whoever settles it to look up.
    """
    where: dict[str, list[str]] = {}
    for story, rule in _bent(material):
        told = ", ".join(
            [*filter(None, [one_line(story.site or "")]), *([day_said(story.date)] if story.date else [])]
        )
        agreed = story.all_agreed_to("training")
        where.setdefault(f"“{rule}”" if agreed else f"{_NOT_QUOTED}{story.id}", []).append(told)
    named = {rule: told[0] and f" ({told[0]})" for rule, told in where.items()}
    said = [f"{_NOT_QUOTED if rule.startswith(_NOT_QUOTED) else rule}{at}" for rule, at in named.items()]
    return listing(said[:most] + ([f"{len(said) - most} more"] if said[most:] else []))


_NOT_QUOTED = "see the story, which is not to be quoted yet"


def often_bent(material: Material) -> bool:
    """Whether the act itself goes beyond a rule: a quarter of the stories that show it bent one."""
    return len(_bent(material)) * 4 >= len(showing(material))


# The rule is told with the deed that went beyond it: "Although we normally close at six, she opened the door".
_BEYOND = re.compile(
    r"\b(?:although|though) ((?:we|they|the [a-z]+(?: [a-z]+)?) (?:normally|usually|officially|otherwise) [^,.;:!?]{4,80})",
    re.IGNORECASE,
)


def _bent(material: Material) -> list[tuple[Story, str]]:
    """The stories that show it and bent a rule, each with that rule as the story's record or its places tell it."""
    shown = {story.id: story for story in showing(material)}
    rules = {key: story.rule_bent for key, story in shown.items() if story.rule_bent}
    for cite in material.cites:
        if cite.story in shown and (found := _BEYOND.search(material.text_at(cite))):
            rules.setdefault(cite.story, found[1])
    said = ((shown[key], one_line(rules[key]).rstrip(".")) for key in sorted(rules))
    return [(story, material.mask(without_names(rule, story.people), story.id)) for story, rule in said]


def heroics(material: Material) -> str:
    """A remark when stories needed own money, unpaid time or a bent rule: that is for the system to mend."""
    own = [s for s in material.told.values() if s.resources_extra]
    bent = {s.id for s in material.told.values() if s.rule_bent} | {story.id for story, _ in _bent(material)}
    if not own and not bent:
        return ""
    parts = []
    if own:
        parts.append(f"{plural(len(own), 'story', 'stories')} took somebody's own time or money")
    if bent:
        parts.append(f"{plural(len(bent), 'story', 'stories')} needed a rule to be bent")
    return f"{listing(parts).capitalize()}. Nobody is expected to do that: the owner settles what the house provides instead."
