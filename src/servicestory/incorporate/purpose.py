"""What a procedure is for, and what it was drawn from."""

from servicestory.models.organisation import Organisation
from servicestory.text import one_line, plural
from servicestory.wording.material import Material


def purpose(material: Material, organisation: Organisation, word: str) -> str:
    """What the procedure is for and what it rests on, in sentences.

    A practice's name is an order and says what to do; what that is for is said by its statement, by a story,
    or by the standard it keeps. Where none does, the owner is asked.
    """
    practice = material.practice
    what = one_line(practice.behaviour_statement or practice.name).rstrip(".")
    what += "." if practice.behaviour_statement else _for_what(material, organisation)
    effect = ""
    if material.effects:
        felt, cites = material.effects[0]
        effect = f" In {len({c.story for c in cites})} of them it made somebody feel {felt}."
    whose = {
        "pilot": f"This procedure is for trying it: the same for every {word} where it is tried.",
        "local": f"This procedure makes it the same for every {word} where it is done, whoever is on duty.",
    }.get(practice.status, f"This procedure makes it the same for every {word}, whoever is on duty.")
    if practice.verdict and practice.verdict.label == "star-dependent" and practice.status != "pilot":
        whose = f"This procedure is to make it the same for every {word}, so that it rests on nobody alone."
    return f"{what} {whose} {_drawn_from(material, one_line(organisation.organisation))}{effect}"


def _for_what(material: Material, organisation: Organisation) -> str:
    """The end of the sentence that names the practice, and what it is for where that is known."""
    practice = material.practice
    told = [r for s in material.steps for r in (s.why, *(p.reason for p in s.key_points if p.told)) if r]
    if why := next((r for r in told if r.startswith("So that ")), ""):
        return f", {why[0].lower()}{why[1:].rstrip('.')}."
    if kept := next((s for s in organisation.standards if s.id == practice.standard), None):
        return f". It keeps what we promise: {one_line(kept.statement or kept.name).rstrip('.')}."
    if material.effects:
        return "."
    return f". What for? The owner says it in one sentence, under “behaviour_statement” in {practice.id}."


def _drawn_from(material: Material, house: str) -> str:
    """How many of the stories give a step: those alone are what the procedure was drawn from."""
    every, cited = material.stories, len({c.story for s in material.steps for c in s.cites})
    if not every:
        return f"No story told at {house} shows it yet."
    told, sure = plural(every, "story", "stories"), material.beyond_doubt
    if not cited:
        shows, its = ("shows", "its") if every == 1 else ("show", "their")
        return f"{told} told at {house} {shows} it{sure}, but no step could be read from {its} words."
    if cited == every and not sure:
        return f"It was drawn from {told} told at {house}."
    of = "" if cited == every else f"{cited} of "
    return f"It was drawn from {of}the {told} told at {house} that show it{sure}."
