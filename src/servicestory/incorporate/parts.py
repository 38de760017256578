"""The parts of a procedure around its steps: whom it is for, its terms, who does it, records."""

import re
from typing import Any, NamedTuple

from servicestory.incorporate.purpose import BLANK
from servicestory.incorporate.trace import DONE_BY
from servicestory.models.organisation import Organisation
from servicestory.text import listing, plural
from servicestory.wording.acts import act
from servicestory.wording.answers import open_questions
from servicestory.wording.articles import with_article
from servicestory.wording.doers import doers, failures
from servicestory.wording.gaps import bent_rule
from servicestory.wording.material import Material
from servicestory.wording.recovery import SOURCE, fits_only, reports
from servicestory.wording.whose import left_out, places, served, showing, whose, word_for

# Things of a house that its people know and nobody else: which one, and where it is kept, has to be said.
_OWN_THING = re.compile(
    r"\b(?:the|your) (?!first\b|same\b|last\b|next\b|whole\b|right\b|own\b)"
    r"([a-z]+ (?:app|binder|board|book|box|card|cart|chart"
    r"|diary|file|folder|form|key|kit|ledger|list|log|plan|rack|register|sheet|slip|system))s?\b"
)


_OFTEN = 4  # of so many stories one begins badly, before that is said of a practice that puts nothing right
_WITH = "with the observations and stories"
_REPORT = "The report of the failure: what it was, where, what would have stopped it"


class Kept(NamedTuple):
    """One record: what, in which form, where it is kept, who keeps it."""

    what: str
    form: str = BLANK
    where: str = BLANK
    keeper: str = BLANK


def scope(material: Material, organisation: Organisation) -> str:
    """Whom it is for: whoever serves those its stories serve, everywhere or where it is tried."""
    word = organisation.customer
    whom = listing([with_article(one) for one in served(material, word)], "or")
    if (team := whose(material)) and material.practice.status not in ("pilot", "local"):
        return (
            f"For {team}, as far as the stories tell, and whoever serves {whom} in their place. Not covered:"
        )
    for_whom = {
        "pilot": f"For those who try it with {whom}.",
        "local": f"For those who serve {whom} where it is done.",
    }.get(material.practice.status, f"For everybody who serves {whom}.")
    return f"{for_whom} Not covered:"


def definitions(material: Material) -> list[tuple[str, str]]:
    """The terms of its own: things its lines name that only the house knows."""
    lines = [material.practice.name, *(s.text for s in material.steps if s.source == "practice")]
    terms = dict.fromkeys(term for line in lines for term in _OWN_THING.findall(line.casefold()))
    return [(term, f"{BLANK} (which one, and where it is kept)") for term in terms]


def carried_out_by(material: Material, role: str, word: str) -> str:
    """Who carries it out: the one team its stories name, else the first role, for all whom it serves."""
    if team := whose(material):
        return f"{team}, so far as the stories tell,"
    return role.replace(
        f"serves the {material.customer}", f"serves the {listing(served(material, word), 'or')}"
    )


def done_by(material: Material, team_named: bool = True) -> str:
    """Who did it, as far as the stories say: roles named in the evidence, teams that several stories name.

    Args:
        team_named: whether the one team that carries it out is named right before.
    """
    shown = {story.id for story in showing(material)}
    roles = doers((cite, material.text_at(cite)) for cite in material.cites if cite.story in shown)
    named = [f"{with_article(role)} ({plural(n, 'story', 'stories')})" for role, n in roles]
    teams = places(material, "team")
    # Which team did it says something; "1 team", of stories of which the others name none, says nothing.
    known = teams.named or (teams.others > 1 and not teams.unnamed)
    if team_named and teams.only and teams.only == whose(material):
        known = False
    called = f"the team{'s' if len(teams.named) > 1 else ''} " if teams.named else ""
    said = [*named, *([f"{called}{teams.said('team')}"] if known else [])]
    return f"{DONE_BY} {listing(said)}." if said else ""


def went_wrong(material: Material) -> str:
    """What had gone wrong in this practice's own stories, by kind; that nothing is told, where nothing is."""
    began = material.began_badly
    # The kinds beside a count of stories are those of these stories, so that the figures add up.
    counted = [c for c in material.cites if not began or material.told[c.story].recovery]
    found = failures(counted, material.told)
    kinds = [f"{said} ({plural(n, 'story', 'stories')})" for said, n in found]
    unsaid = began - sum(n for _, n in found)
    if unsaid * 2 > began:
        kinds = []  # what a few of them tell is not what had gone wrong
    if not began:
        return f"What had gone wrong before: {listing(kinds)}." if kinds else ""
    if not material.recovery and began * _OFTEN < material.stories:
        return ""  # a chance of a few stories says nothing of the practice
    of = f"{plural(material.stories, 'story', 'stories')}{left_out(material)}"
    so = f"Something had gone wrong before in {began} of {of}"
    if any(step.source == SOURCE for step in material.steps):  # each of them begins with a failure
        return f"What had gone wrong before: {listing(kinds)}." if kinds else ""
    if not kinds:  # that something did, and nobody knows what, helps nobody
        return f"{so}." if material.recovery else ""
    rest = f". {_not_said(unsaid)}" if unsaid > 0 else ""
    return f"{so}: {listing(kinds)}{rest}."


def _not_said(unsaid: int) -> str:
    return f"What it was is not said plainly in {'the other one' if unsaid == 1 else f'the other {unsaid}'}"


def records(material: Material, seen_against: str) -> list[Kept]:
    """What is kept, in which form, where and by whom; a blank where the owner has to say it."""
    owner, seen = f"the owner of this procedure, {BLANK}", f"the {seen_against}, done or not done"
    failed = reports(material) or (material.recovery and bool(material.began_badly))
    given = any(fits_only(step) for step in material.steps)
    handed_on = any(
        _HANDED_ON.search(line) for line in [material.practice.name, *(s.text for s in material.steps)]
    )
    known = f"What the next shift must know about the {word_for(material)}"
    return [
        *([Kept(known, _noted_on(material))] if handed_on else []),
        *([Kept(_REPORT)] if failed else []),
        *([Kept("What was given back, for what, and who allowed it")] if given else []),
        Kept("What somebody decided alone, and why"),
        Kept("What was seen when somebody watched it, and every story of it", seen, _WITH, owner),
    ]  # fmt: skip


# Only a practice that hands something on has a record of it; in any other the row stays empty for ever.
_HANDED_ON = re.compile(
    r"^(?:note|write|enter)\b|\bhand(?:s|ed)? (?:it |them )?over\b|\b(?:next|other) shifts?\b|\bhandover\b",
    re.IGNORECASE,
)


_NOTED_ON = re.compile(
    rf"\b(?:on|in|into) (?P<thing>{_OWN_THING.pattern.removeprefix(chr(92) + 'b')})", re.IGNORECASE
)


def _noted_on(material: Material) -> str:
    """Where a step says that it is noted: "on the handover card"; a blank where none does."""
    for step in material.steps:
        if act(step.text)[0] in ("note", "write") and (found := _NOTED_ON.search(step.text)):
            return found[0]
    return BLANK


def still_open(material: Material) -> list[str]:
    """The questions nothing answers yet, by step, with what its stories tell of them."""
    found = [one] if (one := bent_rule(material)) else []
    asked = open_questions(material)
    for number, (step, (question, told)) in enumerate(zip(material.steps, asked, strict=True), 1):
        # "Where is it kept?" read in a list says nothing: the step stands before it
        of = f"Step {number}, “{step.text}”:"
        found += [f"{of} {_small(p.text)}" for p in step.key_points if p.asked != p.text]
        if question:
            said = listing([*told])
            found.append(f"{of} {_small(question)}{f' In the stories: {said}.' if told else ''}")
    return found


def _small(question: str) -> str:
    return question[0].lower() + question[1:]


def values(
    material: Material, organisation: Organisation, role: str, seen_against: str, own_roles: bool = False
) -> dict[str, Any]:
    """These parts by the names the template knows them by.

    Args:
        own_roles: the roles stand in a table, which names no team of the stories.
    """
    word = organisation.customer
    return {
        "scope": scope(material, organisation),
        "definitions": definitions(material),
        "carried_out_by": carried_out_by(material, role, word),
        "done_by": done_by(material, team_named=not own_roles),
        "recovery": went_wrong(material),
        "records": records(material, seen_against),
        "open_questions": still_open(material),
    }
