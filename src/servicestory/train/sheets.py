"""What the three training documents of a practice say, ready for their templates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from servicestory.models.organisation import Organisation
from servicestory.models.training import TrainingDocument
from servicestory.text import listing, one_line, plural
from servicestory.train import items as checklist
from servicestory.train import session
from servicestory.train.card import teaches
from servicestory.train.opening import opened_with
from servicestory.train.timing import minutes
from servicestory.train.voices import Voice, voices
from servicestory.wording.acts import act
from servicestory.wording.answers import open_questions
from servicestory.wording.bounds import not_it
from servicestory.wording.costs import needs_a_limit
from servicestory.wording.gaps import (
    bent_rule,
    gaps,
    heroics,
    moment,
    no_owner,
    unread,
    when,
    where_to_write,
    withheld,
)
from servicestory.wording.material import Material
from servicestory.wording.recovery import reports
from servicestory.wording.steps import KeyPoint, Step
from servicestory.wording.whose import both_served, mentors, people_to_ask, word_for

SHEETS = {
    "job breakdown": ("JB", "job-breakdown"),
    "checklist": ("CL", "checklist"),
    "session plan": ("SP", "session-plan"),
}
"""Document kind -> prefix of its id, and name of its template and file."""

_WAYS = {
    "do-confirm": "Do it from memory, then stop and confirm each line.",
    "read-do": "Read each line aloud, then do it.",
    "read-first": "Read it through before you go to the {c}. Do it, then confirm each line where they cannot "
    "hear you.",
    "one of them": "Each line is a way to do it. Do what fits, then confirm the line it was.",
}


def values(
    material: Material,
    organisation: Organisation,
    control: TrainingDocument,
    on: date,
    elsewhere: Mapping[str, int] | None = None,
    moments: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Everything the template of one training document may name.

    Args:
        control: the document's front matter as it will be written.
        on: the day on which consent is checked.
        elsewhere: by story how many characters of it surely show the other practice that most of it shows.
        moments: by story how those began that may be told, for role-plays.
    """
    practice, word = material.practice, word_for(material)
    listed = lines(material)
    served = next((s for s in organisation.standards if s.id == practice.standard), None)
    steps = numbered(material)
    reasoned = [_has_reason(step) for step in steps]
    whole = material.makes_a_list
    told = plural(material.stories, "story", "stories")
    inside = material.customer == "colleague"
    came = voices(material, organisation, on)
    opening = opened_with(material, organisation, on, elsewhere)
    beginnings = [said for story, said in (moments or {}).items() if story != opening.story]
    plays = session.role_plays(material, read_aloud=opening.kind == "quoted", moments=beginnings)
    asked = session.questions(material, plays)
    return {
        "title": one_line(practice.name),
        "practice": practice,
        "control": control,
        "word": word,
        "vision": organisation.vision or "",
        "statement": practice.behaviour_statement or "",
        "when": when(material),
        "moment": moment(material),
        "steps": steps,
        "general": any(p.reason and not p.told for s in steps for p in s["points"]),
        "has_open": any(s["question"] for s in steps),
        "whom_to_ask": people_to_ask(material),
        "counts": () if any(s.source == "definition" for s in material.steps) else material.definition.counts,
        "few": whole and checklist.to_confirm(listed) < checklist.LEAST,
        "says": _says(steps),
        "has_points": any(s["points"] for s in steps),
        "all_reasons": bool(steps) and all(reasoned),
        "some_reasons": any(map(_shows_reason, steps)),
        "minutes": minutes(
            len(steps),
            2 + any(s["points"] for s in steps) + any(map(_shows_reason, steps)),
            sum(1 for s in steps if s["question"]),
            opening.text,
            len(plays),
            len(asked),
        ),
        "ways": material.ways,
        "besides": material.besides,
        "also": _also(material),
        "also_cites": material.also,
        "withheld": withheld(material),
        "voices": came,
        "undecided": material.head,
        "gaps": [*([f"▢ {bent}"] if (bent := bent_rule(material)) else []), *gaps(material, organisation)],
        "no_owner": no_owner(material),
        "where_to_write": where_to_write(material, organisation),
        "items": listed,
        "whole": whole,
        "sheet": "checklist" if whole else "job breakdown",
        "told": told,
        "told_at_all": bool(material.stories or material.withheld),
        "none_told": ""
        if any(i.cites for i in listed) or not material.stories
        else f"{unread(material)} The lines come from the {material.definition.comes_from}.",
        "comes_from": material.definition.comes_from,
        "has_definition": any(i.source == "definition" and not i.cites for i in listed),
        "counts_not": not_it(material),
        "has_method": any(i.source == "method" for i in listed),
        "pause": _worded(checklist.pause_point(material), material),
        "parts": [replace(p, pause=_worded(p.pause, material)) for p in checklist.parts(material, listed)],
        "has_recovery": any(i.source == "recovery" and not i.cites for i in listed),
        "way": _WAYS[checklist.way(material)].replace("{c}", word),
        "opening": opening,
        "roles": f"one is the colleague who helps, one is the {word} who needs it"
        if inside or both_served(material)
        else "one is the colleague"
        if not checklist.is_there(material)
        else f"one is the colleague, one is the {word}",
        "plays": [{**vars(p), "told": plural(p.stories, "story", "stories")} for p in plays],
        "card": teaches(material),
        "questions": asked,
        "mentors": mentors(material),
        "result": effects(material, came),
        "practice_standard": f"{one_line(served.name)}. {one_line(served.statement or '')}".strip()
        if served
        else "",
        "heroics": heroics(material),
    }


def lines(material: Material) -> list[checklist.Item]:
    """The lines of the checklist; what is added to them is worded for whom it serves, and for a fault."""
    made = checklist.items(material) if material.steps else []
    return [
        replace(item, text=_worded(item.text, material)) if item.source == "method" else item for item in made
    ]


def _worded(text: str, material: Material) -> str:
    """A general line in the one word for whom the practice serves; what a recovery hands on is its fault."""
    word = re.escape(material.customer)
    if reports(material):
        text = re.sub(rf"(next shift should know about the) {word}\b", r"\1 fault", text)
    return re.sub(rf"\b{word}\b", word_for(material), text)


def numbered(material: Material) -> list[dict[str, Any]]:
    """The steps with their number, where each comes from, and what to settle where nothing is known."""
    asked = open_questions(material)
    return [
        {
            "number": number,
            "text": step.text,
            "points": (*step.key_points, *_limit(step)),
            "once": material.told_once(step),
            "cites": step.cites,
            "why": step.why,
            "ways": listing([f"“{way}”" for way in step.ways]),
            "question": question,
            "told": listing([*told]),
            "origin": origin(step, material.definition.comes_from),
        }
        for number, (step, (question, told)) in enumerate(zip(material.steps, asked, strict=True), start=1)
    ]


def _limit(step: Step) -> list[KeyPoint]:
    """The limit as a key point of a step that costs money or bends a rule."""
    return [KeyPoint(checklist.LIMIT, "", False, (), source="limit")] if needs_a_limit(step.text) else []


def _has_reason(step: dict[str, Any]) -> bool:
    if " so that " in step["text"]:  # it says itself what it is for
        return True
    return _shows_reason(step)


def _shows_reason(step: dict[str, Any]) -> bool:
    """Whether a reason stands beside it, to be said and learned."""
    return bool(step["why"]) or any(p.reason for p in step["points"])


def _says(steps: Sequence[dict[str, Any]]) -> str:
    """What a learner says of the steps, in order: only what the job breakdown has."""
    said = ["the step" if len(steps) == 1 else "the steps"]
    said += ["the key points"] if any(s["points"] for s in steps) else []
    said += ["the reasons"] if any(map(_shows_reason, steps)) else []
    return ", then ".join(said)


def _also(material: Material) -> str:
    """How many stories seem to show the practice, and none of its steps could be read in them."""
    told = len({cite.story for cite in material.also})
    if not told:
        return ""
    more = "more " if any(step.cites for step in material.steps) else ""
    seem = "story seems" if told == 1 else "stories seem"
    if not material.steps:
        it = "it" if told == 1 else "them"
        return f"{told} {seem} to show the practice: read {it}, and ask the teller what exactly was done."
    own = act(one_line(material.practice.name))[0]
    if len(material.steps) == 1 and act(material.steps[0].text)[0] == own:  # the step is the practice
        return f"{told} {more}{seem} to show the practice, in other words."
    tells = "it tells" if told == 1 else "they tell"
    which = f"whether {tells} this step" if len(material.steps) == 1 else f"which of these steps {tells}"
    return f"{told} {more}{seem} to show the practice; {which} could not be read from the words."


def origin(step: Step, written: str) -> str:
    """Where a step comes from, in words.

    Args:
        written: what gives the lines that neither the stories nor the core lines give.
    """
    told, not_yet = plural(step.stories, "story", "stories"), "; not in these words in our stories so far"
    if step.source == "practice":  # the words are the owner's; a story tells something like it
        alike = f"; {told} {'tells' if step.stories == 1 else 'tell'} something like it"
        return f"Agreed by people{alike if step.cites else not_yet}."
    if step.source == "definition":
        return f"From the {written}{f', shown in {told}' if step.cites else not_yet}."
    if step.source == "recovery":
        return f"Holds for every recovery{f'; told in {told}' if step.cites else not_yet}."
    return f"Told in {told}."


def effects(material: Material, came: Sequence[Voice]) -> str:
    """What the stories say it changes for the customer.

    Args:
        came: what came of it, in words that may be used in training.
    """
    said = []
    if material.effects:
        feelings = [text for text, _ in material.effects[:3]]
        told = len({c.story for _, cites in material.effects for c in cites})
        so = f"(so told in {plural(told, 'story', 'stories')})"
        said.append(f"the {word_for(material)} feels {listing(feelings)} {so}")
    outcomes = sum(1 for story in material.told.values() if story.outcome)
    if example := next((v.text.rstrip(".") for v in came if v.kind == "outcome"), ""):
        said.append(f"{plural(outcomes, 'story notes', 'stories note')} what came of it: “{example}”")
    if said:
        return "; ".join(said)
    known = f" ({plural(outcomes, 'story notes', 'stories note')} what came of it)" if outcomes else ""
    return f"what it changes for the {word_for(material)}: choose one figure with the owner{known}"
