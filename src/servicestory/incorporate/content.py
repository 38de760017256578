"""What the standard procedure of a practice says, ready for its template."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from servicestory.incorporate import authority, parts
from servicestory.incorporate.lifecycle import standing
from servicestory.incorporate.purpose import no_purpose, purpose
from servicestory.incorporate.trace import FOR_EVERY_RECOVERY
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.procedure import Procedure, state
from servicestory.text import listing, one_line, plural, slug
from servicestory.wording.bounds import not_it
from servicestory.wording.gaps import gaps, heroics, no_owner, unread, when, where_to_write
from servicestory.wording.material import Material
from servicestory.wording.recovery import fits_only
from servicestory.wording.steps import Cite, Step
from servicestory.wording.whose import left_out, word_for


def number_of(practice: Practice) -> str:
    """The procedure's id: the practice's number, so that one leads to the other."""
    return "SOP-" + practice.id.removeprefix("P-")


MOST_MARKS = 8  # marks behind one step; more would hide the step


def values(material: Material, organisation: Organisation, control: Procedure) -> dict[str, Any]:
    """Everything the procedure's template may name (sections after ISO 10013:2021 and EPA QA/G-6)."""
    practice, word = material.practice, word_for(material)
    began = material.began_badly
    own_roles = bool(organisation.authority) or authority.changed(material, control)
    names = _names(material, organisation)
    who = authority.roles(material, control, organisation.authority)
    steps = steps_of(material, authority.named_limit(material, control, organisation.authority))
    whole = any(step.source == "recovery" for step in material.steps)
    seen_against = "checklist" if material.makes_a_list else "step" if material.steps else "practice"
    marks = {cite: n for step in steps for cite, n in step["marked"].items()}
    evidence = [_entry(cite, material, names) for cite in marks]
    return {
        "title": one_line(practice.name),
        "practice": practice,
        "control": control,
        "standing": standing(control),
        "status": state(control),
        "word": word,
        "purpose": purpose(material, organisation),
        **parts.values(material, organisation, who[0].role, seen_against, own_roles),
        "adaptable": [*practice.adaptable, *_where_it_fits(material)],
        "not_covered": [
            *(one_line(line) for line in practice.not_for),
            *_something_else(material),
            "What goes beyond the limits under “Roles”: that is decided case by case.",
        ],
        "roles": who,
        "when": when(material),
        "undecided": material.head,
        "known": _known(material),
        "agreed": any(s.source == "practice" and s.cites for s in material.steps),
        "steps": steps,
        "core": _core(material),
        "evidence": evidence,
        "masked": any("…" in line["place"] for line in evidence),
        "own_roles": own_roles,
        "alone": authority.alone(material, who[0].authority_limit),
        "whole_recovery": whole,
        "puts_right": material.recovery and bool(began) and not whole,
        "prevent": _prevent(material, names) if (material.recovery or whole) and began else "",
        "heroics": heroics(material),
        "references": _references(material, organisation),
        "seen_against": seen_against,
        "gaps": [
            *(g for g in [no_purpose(material, organisation)] if g),
            *gaps(material, organisation),
            *authority.limit_to_name(material, control, organisation.authority),
        ],
        "no_owner": no_owner(material),
        "where_to_write": where_to_write(material, organisation, bool(no_purpose(material, organisation))),
    }


def steps_of(material: Material, limit: str = "") -> list[dict[str, Any]]:
    """The steps as templates name them: text, key points, the places cited, and their marks.

    Args:
        limit: up to which a colleague may decide alone, where somebody named it.
    """
    marks: dict[Cite, int] = {}
    made = []
    for step in material.steps:
        shown = {cite: marks.setdefault(cite, len(marks) + 1) for cite in step.cites[:MOST_MARKS]}
        heeded = {
            c: marks.setdefault(c, len(marks) + 1) for p in step.key_points if p.caution for c in p.cites
        }
        more = len(step.cites) - len({*shown, *heeded} & {*step.cites})
        listed = ", ".join(map(str, sorted(shown.values())))
        made.append(
            {
                "text": step.text,
                "key_points": [*_points(step, heeded), *authority.limit_of(step.text, limit)],
                "cites": step.cites,
                "marked": shown | heeded,
                "more": more,
                "marks": f"[{listed}]" + (f" and {more} more" if more else "") if shown else "",
                "origin_mark": {
                    "practice": "(agreed; not in these words in our stories so far)",
                    "definition": f"(from the {material.definition.comes_from})",
                    "recovery": FOR_EVERY_RECOVERY,
                }.get(step.source, ""),
                "once": material.told_once(step),
            }
        )
    return made


def _known(material: Material) -> str:
    """What the steps rest on, where that is little; empty where several are told."""
    told = [s for s in material.steps if s.cites]
    defined = [s for s in material.steps if s.source == "definition" and not s.cites]
    if material.ways:
        what = "These are ways to do it, told in different stories, and no sequence"
        return f"{what}: do the one that fits the moment."
    if any(step.source == "recovery" for step in material.steps):
        return ""  # each step says itself where it comes from
    if not material.steps or (material.practice.core and len(material.steps) > 1) or len(told) > 1:
        return ""
    if len(material.steps) == 1 and told:
        what = "One act is known so far, so this is a work instruction rather than a procedure."
    elif not told:
        one = len(material.steps) == 1
        said = unread(material) or "No story of it is told yet."
        comes = "This step comes" if one else "These steps come"
        what = f"{comes} from the {material.definition.comes_from}. {said}"
    else:
        others = "the others, marked so, come" if len(defined) > 1 else "the other, marked so, comes"
        what = f"The stories show one step; {others} from the {material.definition.comes_from}."
    return what


def _core(material: Material) -> str:
    """Which steps are done everywhere: those the practice names as its core, else those told often.

    What a few of many stories tell is an example of it, and no step for everybody, whoever worded it. Ways to
    do it are not done one after the other.
    """
    if any(step.source == "recovery" for step in material.steps):
        apart = [fits_only(step) or material.told_once(step) for step in material.steps]
        bound = [n for n, left_open in enumerate(apart, 1) if not left_open]
        every = (
            "every step" if len(bound) == len(material.steps) else f"steps {listing([str(n) for n in bound])}"
        )
        return f"{every}, in this order. It is done the same way everywhere."
    numbered = list(enumerate(material.steps, 1))
    own = [n for n, step in numbered if step.source == "practice"]
    own = own or [n for n, s in numbered if _often(s, material) and (s.stories > 1 or len(numbered) == 1)]
    if len(material.steps) == 1 and own:
        return "this step, done the same way everywhere."
    if material.ways:
        return "whichever of these fits, everywhere. The owner names what everybody does every time."
    if not own:
        told = plural(material.stories, "story", "stories")
        why = f"no step could be read in a quarter of the {told} that show it{left_out(material)}"
        if not any(s.cites for s in material.steps):
            why = "no step could be read in a story"
        elif material.stories == 1:
            why = "only one story tells of it"
        return f"not decided yet: {why}. The owner names what everybody does."
    if len(own) == len(material.steps):
        written = all(step.source == "practice" for step in material.steps)  # in the order of doing
        order = "every step, in this order." if written else "every step."
        return f"{order} It is done the same way everywhere."
    named = listing([str(n) for n in own])
    return (
        f"step {named}, done every time and everywhere. The other steps are good where they fit."
        if len(own) == 1
        else f"steps {named}, done every time and everywhere. The other steps are good where they fit."
    )


def _something_else(material: Material) -> list[str]:
    """What the definition says the practice is not: nobody is to take it for this, nor for forbidden."""
    if not (apart := not_it(material)):
        return []
    what = "Another thing" if len(apart) == 1 else "Other things"
    return [f"{what}, which this procedure neither asks for nor forbids: {listing(apart, 'or')}."]


def _where_it_fits(material: Material) -> list[str]:
    """What is no duty of every place and every case: to give something back, and what is but an example."""
    numbered = list(enumerate(material.steps, 1))
    lines = [
        f"Step {n}: whether something is given, and what, is decided for each case, within the limit."
        for n, step in numbered
        if fits_only(step)
    ]
    shown = [
        str(n)
        for n, step in numbered
        if any(p.text.startswith("For example") and not p.example for p in step.key_points)
    ]
    if shown:
        step = "Step" if len(shown) == 1 else "Steps"
        lines.append(f"{step} {listing(shown)}: what is told “for example” each place may do in its own way.")
    return lines


def _often(step: Step, material: Material) -> bool:
    """Whether at least a quarter of the stories show it."""
    return bool(step.cites) and step.stories * 4 >= material.stories


def _names(material: Material, organisation: Organisation) -> frozenset[str]:
    """The names of people, word by word in small letters, as they may stand in a story's id."""
    people = organisation.staff_names()
    people += [n for s in material.told.values() for n in s.people]
    words = {slug(w) for n in people for w in n.split() if len(w) > 2}
    return frozenset(words | {w + "s" for w in words})


def _entry(cite: Cite, material: Material, names: frozenset[str]) -> dict[str, Any]:
    """One line of the table of stories; of an id that holds a person's name only the date is shown."""
    story = material.told.get(cite.story)
    return {
        "place": str(replace(cite, story=_shown(cite.story, names))),
        "date": story.date if story else None,
        "site": one_line(story.site) if story and story.site else None,
    }


def _shown(story_id: str, names: frozenset[str]) -> str:
    if not names & set(slug(story_id, 200).split("-")):
        return story_id
    dated = re.match(r"\d{4}(?:-(?:Q\d|\d\d))?(?:-\d\d)?-", story_id)
    return (dated[0] if dated else "") + "…"


def _prevent(material: Material, names: frozenset[str]) -> str:
    """What the owner of a recovery practice looks at, so that the failure does not come again."""
    bad = sorted(s.id for s in material.told.values() if s.recovery)
    shown = listing([_shown(i, names) for i in bad[:5]] + ([f"{len(bad) - 5} more"] if bad[5:] else []))
    return (
        f"the owner looks at what went wrong first in {plural(len(bad), 'story', 'stories')} ({shown}), "
        "decides what would have stopped it, and says by when."
    )


def _points(step: Step, marks: Mapping[Cite, int]) -> list[str]:
    """How a step is done, and why where a story says so, in sentences.

    A reason that is known in the trade belongs in the job breakdown, where a trainer can leave it out: in a
    procedure every word is to be followed, and it need not be the reason of this step. So do the codebook's
    examples. What was heeded has the marks of its own places.
    """
    said = []
    for point in step.key_points:
        reason = f" {_why(point.reason)}" if point.told and point.reason else ""
        if point.asked != point.text:  # a question rests on no place
            said.append(point.asked)
            continue
        mark = f" [{', '.join(str(marks[c]) for c in point.cites)}]" if point.caution else ""
        said += [] if point.example else [f"{point.text}{mark}.{reason}"]
    return [*said, *([_why(step.why)] if step.why else [])]


def _why(reason: str) -> str:
    """A reason as a sentence of a procedure, which says by its first word what it is."""
    bare = reason.removeprefix("Because ")
    return f"Reason: {bare[:1].upper()}{bare[1:]}."


def _references(material: Material, organisation: Organisation) -> list[str]:
    practice = material.practice
    lines = [f"Practice {practice.id}: {one_line(practice.name)}"]
    if organisation.vision:
        lines.append(f"Vision: {one_line(organisation.vision)}")
    lines += [
        f"Standard {s.id}: {one_line(s.name)}. {one_line(s.statement or '')}".strip()
        for s in organisation.standards
        if s.id == practice.standard
    ]
    sheets = ["job breakdown", *(["checklist"] if material.makes_a_list else []), "session plan"]
    lines.append(f"Training: {listing(sheets)} of {practice.id}")
    return lines
