"""What the standard procedure of a practice says, ready for its template."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from servicestory.incorporate.lifecycle import standing
from servicestory.incorporate.purpose import purpose
from servicestory.incorporate.trace import DONE_BY
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.procedure import Procedure, Role, state
from servicestory.text import listing, one_line, plural, slug
from servicestory.wording.articles import with_article
from servicestory.wording.doers import doers, failures
from servicestory.wording.gaps import gaps, heroics, no_owner, unread, when
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, Step


def default_roles(material: Material) -> list[Role]:
    """The roles a new procedure starts with; the owner changes them in the front matter."""
    return [
        Role(
            role="Whoever serves the " + material.customer,
            responsibility="carrying out the steps",
            authority_limit=_UP_TO if _needs_a_limit(material) else _UNLESS,
            escalate_to="the person in charge of the shift",
        ),
        Role(
            role="The person in charge of the shift",
            responsibility="seeing that the steps can be carried out; deciding on exceptions",
            authority_limit="exceptions for this one case",
            escalate_to="the owner of this procedure",
        ),
        Role(
            role="The owner of this procedure",
            responsibility="keeping it right, training it, reviewing it in time",
            authority_limit="changes to this procedure, once approved by somebody else",
            escalate_to="the approver",
        ),
    ]


_UNLESS = "every step, unless it costs money or needs an exception to a rule"
_UP_TO = "every step, up to a limit that is not named yet: asks first until it is"
_COSTS = re.compile(
    r"\b(?:refund\w*|upgrad\w+|complimentary|compliments|discount\w*|waiv\w+|vouchers?|compensat\w+|cakes?|cupcakes?"
    r"|champagne|gifts?|on the house"
    r"|free of charge|for free|(?:an?|some) (?:small )?(?:free|extra) \w+|extra portions?)\b",
    re.IGNORECASE,
)
_BENDS = re.compile(
    r"\b(?:(?:opening|closing|check-?in|check-?out)(?: and [\w-]+)? (?:times?|hours)|our hours|outside hours"
    r"|early check-?in|late check-?out)\b",
    re.IGNORECASE,
)


def _needs_a_limit(material: Material) -> str:
    """Why a colleague needs a limit for the act itself: it costs money or bends a rule; else empty."""
    practice = material.practice
    said = " . ".join([practice.name, practice.behaviour_statement or "", *(s.text for s in material.steps)])
    if found := _COSTS.search(said):
        return f"it costs money (“{found[0].casefold()}”)"
    if found := _BENDS.search(said):
        return f"it goes beyond a rule of the house (“{found[0].casefold()}”)"
    return ""


def _roles(material: Material, control: Procedure) -> list[Role]:
    """The roles of the procedure; a limit nobody changed says what holds for this act."""
    first, *rest = control.roles or default_roles(material)
    if first.authority_limit == _UNLESS and _needs_a_limit(material):
        first = first.model_copy(update={"authority_limit": _UP_TO})
    return [first, *rest]


def _done_by(material: Material) -> str:
    """Who did it, as far as the stories say: roles named in the evidence, teams the stories name."""
    roles = doers((cite, material.text_at(cite)) for cite in material.cites)
    teams = Counter(s.team for s in material.told.values() if s.team)
    named = [f"{with_article(role)} ({plural(n, 'story', 'stories')})" for role, n in roles]
    of = [f"{one_line(team)} ({n})" for team, n in sorted(teams.items(), key=lambda t: (-t[1], t[0]))[:3]]
    said = [*named, *([f"people of {listing(of)}"] if of else [])]
    return f"{DONE_BY} {listing(said)}." if said else ""


def _went_wrong(material: Material) -> str:
    """What had gone wrong in this practice's own stories, by kind; that nothing is told, where nothing is."""
    began = material.began_badly
    # The kinds beside a count of stories are those of these stories, so that the figures add up.
    counted = [c for c in material.cites if not began or material.told[c.story].recovery]
    found = failures(counted, material.told)
    kinds = [f"{said} ({plural(n, 'story', 'stories')})" for said, n in found]
    if (unsaid := began - sum(n for _, n in found)) > 0:
        kinds.append(f"not said plainly ({plural(unsaid, 'story', 'stories')})")
    if unsaid * 2 > began:
        kinds = []  # what a few of them tell is not what had gone wrong
    if began:
        so = f"Something had gone wrong before in {began} of {plural(material.stories, 'story', 'stories')}"
        so += f"{' that show it' if material.beyond_doubt else ''}{material.beyond_doubt}"
        if kinds:
            return f"{so}: {listing(kinds)}."
        # That something did, and nobody knows what, helps nobody.
        return f"{so}." if material.recovery else ""
    return f"What had gone wrong before: {listing(kinds)}." if kinds else ""


def _changed(material: Material, control: Procedure) -> bool:
    """Whether the owner changed the roles; those every procedure begins with say nothing about this one."""
    first, *rest = default_roles(material)
    usual = [[first.model_copy(update={"authority_limit": said}), *rest] for said in (_UNLESS, _UP_TO)]
    return bool(control.roles) and control.roles not in usual


def _alone(material: Material, limit: str | None) -> str:
    """What whoever carries it out may decide alone, within their limit, in the words of the box for them."""
    if limit == _UP_TO:
        why = _needs_a_limit(material)
        return f"every step, but since {why}, ask first until the owner has named a limit" if why else limit
    return limit or "no limit is set yet, so ask first"


def _limit_to_name(material: Material, control: Procedure) -> list[str]:
    """The limit the owner has to name, where the act itself needs one and nobody named it."""
    why = _needs_a_limit(material)
    if not why or any(r.authority_limit not in (None, _UNLESS, _UP_TO) for r in control.roles[:1]):
        return []
    return [
        f"The limit up to which a colleague may decide alone: {why}. The owner names it under "
        f"“authority_limit” of the first role in {control.id}."
    ]


def number_of(practice: Practice) -> str:
    """The procedure's id: the practice's number, so that one leads to the other."""
    return "SOP-" + practice.id.removeprefix("P-")


MOST_MARKS = 8  # marks behind one step; more would hide the step


def values(material: Material, organisation: Organisation, control: Procedure) -> dict[str, Any]:
    """Everything the procedure's template may name (sections after ISO 10013:2021 and EPA QA/G-6)."""
    practice, word = material.practice, material.customer
    began = material.began_badly
    names = _names(material, organisation)
    steps, roles = steps_of(material), _roles(material, control)
    marks = {cite: n for step in steps for cite, n in step["marked"].items()}
    evidence = [_entry(cite, material, names) for cite in marks]
    return {
        "title": one_line(practice.name),
        "practice": practice,
        "control": control,
        "standing": standing(control),
        "status": state(control),
        "word": word,
        "purpose": purpose(material, organisation, word),
        "scope": _scope(material, word),
        # What a codebook leaves out tells whoever reads stories what not to count; it bounds no duty.
        "not_covered": [
            *(one_line(line) for line in practice.not_for),
            "What goes beyond the limits under “Roles”: that is decided case by case.",
        ],
        "definitions": [
            (
                word,
                "whoever asks us for something inside the house; our customer like any other"
                if word == "colleague"
                else "whoever we serve at this moment; a colleague who needs something from us is one too",
            ),
            ("practice", "something colleagues do again and again that others can copy"),
            ("story", "one account of what happened, as it was told"),
        ],
        "roles": roles,
        "when": when(material),
        "undecided": material.head,
        "known": _known(material),
        "agreed": any(s.source == "practice" and s.cites for s in material.steps),
        "steps": steps,
        "core": _core(material),
        "evidence": evidence,
        "masked": any("…" in line["place"] for line in evidence),
        "own_roles": _changed(material, control),
        "alone": _alone(material, roles[0].authority_limit),
        "done_by": _done_by(material),
        "recovery": _went_wrong(material),
        "puts_right": material.recovery and bool(began),
        "prevent": _prevent(material, names) if material.recovery and began else "",
        "heroics": heroics(material),
        "references": _references(material, organisation),
        "seen_against": "checklist" if material.makes_a_list else "step" if material.steps else "practice",
        "gaps": [*gaps(material, organisation), *_limit_to_name(material, control)],
        "no_owner": no_owner(material),
    }


def steps_of(material: Material) -> list[dict[str, Any]]:
    """The steps as templates name them: text, key points, the places cited, and their marks."""
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
                "key_points": _points(step, heeded),
                "cites": step.cites,
                "marked": shown | heeded,
                "more": more,
                "marks": f"[{listed}]" + (f" and {more} more" if more else "") if shown else "",
                "origin_mark": {
                    "practice": "(agreed; read in no story so far)",
                    "definition": f"(from the {material.definition.comes_from})",
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
    numbered = list(enumerate(material.steps, 1))
    own = [n for n, step in numbered if step.source == "practice"]
    own = own or [n for n, s in numbered if _often(s, material) and (s.stories > 1 or len(numbered) == 1)]
    if len(material.steps) == 1 and own:
        return "this step, done the same way everywhere."
    if material.ways:
        return (
            "whichever of these fits, everywhere. The owner names what everybody does every time, "
            f"under “core” in {material.practice.id}."
        )
    if not own:
        where = f"under “core” in {material.practice.id}"
        told = plural(material.stories, "story", "stories")
        why = (
            f"no step could be read in a quarter of the {told} that show it{material.beyond_doubt}"
            if any(s.cites for s in material.steps)
            else "no step could be read in a story"
        )
        return f"not decided yet: {why}. The owner names what everybody does, {where}."
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
        reason = f" Reason: {point.reason}." if point.told and point.reason else ""
        mark = f" [{', '.join(str(marks[c]) for c in point.cites)}]" if point.caution else ""
        said += [] if point.example else [f"{point.text}{mark}.{reason}"]
    return said


def _scope(material: Material, word: str) -> str:
    sites = sorted({s.site for s in material.told.values() if s.site})
    teams = sorted({s.team for s in material.told.values() if s.team})
    seen = []
    if sites:
        seen.append(plural(len(sites), "site"))
    if teams:
        seen.append(plural(len(teams), "team"))
    where = f" The stories come from {' and '.join(seen)}." if seen else ""
    whom = word if word == "colleague" else f"{word} or a colleague"
    for_whom = {
        "pilot": f"For those who try it with a {whom}.",
        "local": f"For those who serve a {whom} where it is done.",
    }.get(material.practice.status, f"For everybody who serves a {whom}.")
    return f"{for_whom}{where} Not covered:"


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
