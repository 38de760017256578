"""What a procedure is for, and what it was drawn from."""

import re

from servicestory.models.organisation import Organisation
from servicestory.text import listing, one_line, plural
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import act
from servicestory.wording.material import Material
from servicestory.wording.promise import seems_to_keep
from servicestory.wording.showing import among, stems
from servicestory.wording.whose import Places, how_sure, others, places, served, showing

BLANK = "________________"
"""Where the owner writes by hand what nobody has said yet."""
_LONGEST = 160  # characters of what came of it


def purpose(material: Material, organisation: Organisation) -> str:
    """What the procedure is for and what it rests on, in sentences.

    A practice's name is an order and says what to do; what that is for is said by its statement, by a story,
    or by the standard it keeps. Where none does, a blank is left for the owner.
    """
    practice = material.practice
    word = organisation.customer
    whom = listing(served(material, word), "or")
    whose = {
        "pilot": f"This procedure is for trying it: the same for every {whom} where it is tried.",
        "local": f"This procedure makes it the same for every {whom} where it is done, whoever is on duty.",
    }.get(practice.status, f"This procedure makes it the same for every {whom}, whoever is on duty.")
    if practice.verdict and practice.verdict.label == "star-dependent" and practice.status != "pilot":
        whose = f"This procedure is to make it the same for every {whom}, so that it rests on nobody alone."
    said = _what_for(material, organisation) or _by_its_words(material, organisation)
    came = [] if said else _came_of_it(material, organisation)  # helps the owner to fill in the blank
    what = " ".join([*(said or [f"What it is for: {BLANK}."]), *came])
    return f"{what} {whose} {_drawn_from(material, one_line(organisation.organisation))}"


def no_purpose(material: Material, organisation: Organisation) -> str:
    """Asks the owner for the purpose where nothing says what the practice is for; else empty."""
    if _what_for(material, organisation):
        return ""
    stated = bool(material.practice.behaviour_statement)
    so_far = " So far its statement says what is done, and not what for." if stated else ""
    return f"What it is for, in one sentence.{so_far}"


def _what_for(material: Material, organisation: Organisation) -> list[str]:
    """What the practice is for: its statement, a told reason, its standard, what it made somebody feel."""
    practice = material.practice
    said = []
    statement = one_line(practice.behaviour_statement or "").rstrip(".")
    own = stems(statement, material.customer)
    if _says_what_is_done(statement, material):
        own = set()
    if own and among(own, stems(practice.name, material.customer)) != own:  # else it repeats the title
        said.append(f"{statement}.")
    if why := _reason(material):
        said.append(f"{one_line(practice.name).rstrip('.')}, {why[0].lower()}{why[1:].rstrip('.')}.")
    if kept := next((s for s in organisation.standards if s.id == practice.standard), None):
        it = "It" if said else "This practice"
        said.append(f"{it} keeps what we promise: {one_line(kept.statement or kept.name).rstrip('.')}.")
    if material.effects:
        felt, cites = material.effects[0]
        told_so = plural(len({c.story for c in cites}), "story", "stories")
        said.append(f"In {told_so} it made somebody feel {felt}.")
    return said


def _came_of_it(material: Material, organisation: Organisation) -> list[str]:
    """What came of it in one story, in its words; that is no purpose, and fills in for none."""
    cited = {c.story for step in material.steps for c in step.cites}
    came = [
        one_line(material.quoted(story.outcome, story, organisation)).rstrip(".")
        for story in showing(material)
        if (not cited or story.id in cited)
        and story.outcome
        and _stands_alone(story.outcome)
        and story.all_agreed_to("company", "external")
    ]
    if came:
        return [f"What came of it, as told: “{came[0]}”."]
    return []


def _by_its_words(material: Material, organisation: Organisation) -> list[str]:
    """Where nothing says what it is for, the promise its words fit; whether it keeps it the owner says."""
    if not (likely := seems_to_keep(material, organisation)):
        return []
    promise = one_line(likely.statement or likely.name).rstrip(".")
    return [f"By its words it may keep what we promise: {promise}. Whether it does, the owner says."]


def _says_what_is_done(statement: str, material: Material) -> bool:
    """Whether it is the definition's own statement, which its steps say: it says what, and not what for."""
    about, word = material.definition, material.customer
    own = stems(statement, word)
    lines = () if about.own or "so that" in statement else about.lines
    return bool(lines) and all(among(stems(line, word), own) == stems(line, word) for line in lines)


def _reason(material: Material) -> str:
    """What a story says the deed itself is for; what a detail of it is for is no purpose of the whole."""
    steps, name = material.steps, material.practice.name
    whole = [s for s in steps if len(steps) == 1 or act(s.text)[0] == act(name)[0]]
    told = [r for s in whole for r in (s.why, *(p.reason for p in s.key_points if p.told)) if r]
    return next((r for r in told if r.startswith("So that ")), "")


def _stands_alone(outcome: str) -> bool:
    """Whether it can be read without its story: of "the sister" nobody else knows."""
    found = re.match(r"(?:the|his|her) (\w+)", outcome.strip(), re.IGNORECASE)
    kin = found is not None and found[1].casefold() in lex.FAMILY and found[1].casefold() != "family"
    return len(outcome) <= _LONGEST and not kin


def _drawn_from(material: Material, house: str) -> str:
    """Of how many stories it was drawn, what became of the others, and how sure these are; figures add up."""
    cited = {c.story for s in material.steps for c in s.cites}
    told, without = material.stories, material.stories - len(cited)
    every = told + material.doubtful + material.aside + material.withheld
    if not every:
        return f"No story told at {house} shows it yet."
    if not told:
        return f"No story told at {house} can be used for it. {others(material, 0, '')}"
    if not cited:
        shows, its = ("shows", "its") if told == 1 else ("show", "their")
        unread = (
            f"{plural(told, 'story', 'stories')} told at {house} {shows} it, but no step could be read from"
        )
        return f"{unread} {its} words. {others(material, 0, '')}".rstrip()
    of = f"{len(cited)} of the " if every > len(cited) else ""
    drawn = (
        f"It was drawn from {of}{plural(every, 'story', 'stories')} of it told at {house}{_from(material)}."
    )
    rest = others(material, without)
    return " ".join([drawn, *([rest] if rest else []), how_sure(material, cited)])


def _from(material: Material) -> str:
    """Where these stories come from: a place by its name where it is the only one, else their number."""
    sites, teams = places(material, "site"), places(material, "team")
    if teams.only and sites.only:
        return f", all from {teams.only} at {sites.only}"
    every = [(sites, _several(sites, "site")), (teams, _several(teams, "team"))]
    several = [(found, said) for found, said in every if said and not found.only]
    comma = "," if len(several) > 1 else ""
    nameless = f"{comma} and from stories that name none" if any(f.unnamed for f, _ in several) else ""
    where = f", all at {sites.only}" if sites.only else ""
    counted = f", from {listing([said for _, said in several])}{nameless}" if several else ""
    who = f", all from {teams.only}" if teams.only else ""
    return where + counted + who


def _several(found: Places, what: str) -> str:
    """How many places stories name; empty where it is one, and the others may come from anywhere."""
    every = len(found.named) + found.others
    return plural(every, what) if every > 1 or (every and not found.unnamed) else ""
