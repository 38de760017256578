"""What the standard procedure of a practice says, ready for its template."""

from typing import Any

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.procedure import Procedure, Role
from servicestory.text import one_line, plural
from servicestory.wording.gaps import gaps, heroics, when
from servicestory.wording.material import Material, broken_down
from servicestory.wording.steps import Step


def default_roles(customer: str) -> list[Role]:
    """The roles a new procedure starts with; the owner changes them in the front matter."""
    return [
        Role(
            role="Whoever serves the " + customer,
            responsibility="carrying out the steps",
            authority_limit="every step, unless it costs money or needs an exception to a rule",
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


def number_of(practice: Practice) -> str:
    """The procedure's id: the practice's number, so that one leads to the other."""
    return "SOP-" + practice.id.removeprefix("P-")


def values(material: Material, organisation: Organisation, control: Procedure) -> dict[str, Any]:
    """Everything the procedure's template may name (sections after ISO 10013:2021 and EPA QA/G-6)."""
    practice, word = material.practice, material.customer
    began, told = material.began_badly, plural(material.stories, "story", "stories")
    often = began * 4 >= max(1, material.stories)
    return {
        "title": one_line(practice.name),
        "practice": practice,
        "control": control,
        "word": word,
        "purpose": _purpose(material, organisation),
        "scope": _scope(material),
        "not_covered": [one_line(line) for line in practice.not_for]
        or [
            *(line[0].upper() + line[1:] for line in material.definition.counts_not),
            "What goes beyond the limits under “Roles”: that is decided case by case.",
        ],
        "definitions": [
            (
                word,
                "whoever we serve at this moment; a colleague who needs something from us is one too",
            ),
            ("practice", "something colleagues do again and again that others can copy"),
            (
                "story",
                "one account of what happened; a mark like [story#12-40] gives the place in its text",
            ),
        ],
        "roles": control.roles or default_roles(word),
        "when": when(material),
        "thin": material.thin,
        "steps": [
            {
                "text": step.text,
                "key_points": _points(step, word),
                "cites": step.cites,
                "origin_mark": "(from the definition of the practice)",
            }
            for step in material.steps
        ],
        "recovery": f"Something had gone wrong before in {began} of {told}." if often else "",
        "heroics": heroics(material),
        "references": _references(material, organisation),
        "gaps": gaps(material, organisation),
    }


def _points(step: Step, word: str) -> list[str]:
    """How a step is done and why, in sentences; its own ending only when a story says why."""
    head, points = broken_down(step, word)
    lines = []
    for number, point in enumerate(points):
        if number == 0 and head != step.text:  # stands in the step itself
            if point.told and point.reason:
                lines.append(f"Reason: {point.reason}.")
            continue
        reason = f" {'Reason' if point.told else 'Reason (general)'}: {point.reason}." if point.reason else ""
        lines.append(f"{point.text}.{reason}")
    return lines


def _purpose(material: Material, organisation: Organisation) -> str:
    practice = material.practice
    what = one_line(practice.behaviour_statement or practice.name).rstrip(".")
    effect = ""
    if material.effects:
        felt, cites = material.effects[0]
        of = plural(len({c.story for c in cites}), "story", "stories")
        effect = f" In {of} of them it made somebody feel {felt}."
    told = plural(material.stories, "story", "stories")
    return (
        f"{what}. This procedure makes sure that every {material.customer} gets it, whoever is on duty. "
        f"It was drawn from {told} told at {one_line(organisation.organisation)}.{effect}"
    )


def _scope(material: Material) -> str:
    sites = sorted({s.site for s in material.told.values() if s.site})
    teams = sorted({s.team for s in material.told.values() if s.team})
    seen = []
    if sites:
        seen.append(plural(len(sites), "site"))
    if teams:
        seen.append(plural(len(teams), "team"))
    where = f" The stories come from {' and '.join(seen)}." if seen else ""
    return f"For everybody who serves a {material.customer} or a colleague.{where} Not covered:"


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
    lines.append(f"Training: job breakdown, checklist and session plan of {practice.id}")
    return lines
