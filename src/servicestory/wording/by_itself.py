"""An instruction as somebody can follow it who never heard its story: where else it leads, and what is too much its own.

Colleagues of one house tell of the gym, the ramp and the ham: what they have in common is the deed. A place one of
them went to is the place of whoever is taken there next; and what hardly a word of is told by anybody else stays
evidence of the deed, told in the words of others.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from servicestory.wording.acts import act
from servicestory.wording.belonging import Belonging
from servicestory.wording.occasions import own_moment, with_its_moment, without_when
from servicestory.wording.showing import stems
from servicestory.wording.steps import Cite, Step

FEWEST = 5  # stories without which nobody can say what the others tell
OWN_WORDS = 3  # telling words nobody else says: fewer are chance
THERE = "to where they are going"


def by_itself(
    steps: Iterable[Step], home: Belonging, passages: Iterable[tuple[Cite, str]], customer: str
) -> list[Step]:
    """The steps, one a place, with the moment the practice's name says, and with no story's own place.

    What is too much its story's own is marked, see `Step.bound`. A story told again has its own words, not these.

    Args:
        passages: every place of the practice's evidence, with its text.
    """
    told: dict[str, set[str]] = {}
    for cite, text in passages:
        told.setdefault(cite.story, set()).update(stems(text, customer))
    made = list(steps)
    places = {p for step in made if (p := _place(step.text, customer))}
    named = stems(home.name, customer)
    several = len(places) > 1
    for number, step in enumerate(made):
        line = own_moment(home.name, step.text, customer)
        if several:
            line = _anywhere(line, customer, named)
        made[number] = replace(step, text=line, bound=_only_its_own(line, step, told, named, customer))
    return made


def _only_its_own(line: str, step: Step, told: dict[str, set[str]], named: set[str], customer: str) -> bool:
    """Whether more than half of what a line says is told by no other story, and stands in no name."""
    if len(told) < FEWEST:
        return False
    words = stems(without_when(line), customer) - named
    others = set().union(*(said for story, said in told.items() if story != step.cites[0].story))
    own = words - others
    return len(own) >= OWN_WORDS and len(own) * 2 > len(words)


_HEAD = r"(?P<head>[a-z]+ (?:with |beside |along with )?the %s(?:'s \w+)?)"
_WAY = r"(?P<way>(?: (?:all the way|the whole way|in person|personally|yourself))?)(?: (?:up|down|over|out|across|along|through|upstairs|downstairs))*"
_WHITHER = r"(?: (?:to|into|as far as) (?P<place>the (?!%s\b|place\b|spot\b)[a-z][a-z -]*?)(?:,? (?:down|up|round|through|past|along|across|over)\b.*)?)"


def _taken(line: str, customer: str) -> re.Match[str] | None:
    """An instruction to go somewhere with somebody, and where to, if it says no more than that."""
    if act(line)[0] != "walk":
        return None
    who = re.escape(customer)
    return re.fullmatch(
        f"{_HEAD % who}{_WAY}{_WHITHER % who}?", without_when(line), re.IGNORECASE
    )  # no other deed


def _place(line: str, customer: str) -> str:
    found = _taken(line, customer)
    return found["place"] or "" if found else ""


def _anywhere(line: str, customer: str, named: set[str]) -> str:
    """ "Walk with the guest to the gym" of a practice whose stories go to several places."""
    found = _taken(line, customer)
    if found is None or (found["place"] and stems(found["place"], customer) & named):
        return line
    return with_its_moment(f"{found['head']}{found['way']} {THERE}", line)
