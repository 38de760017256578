"""An instruction as somebody can follow it who never heard its story: where else it leads, and what is too much its own.

Colleagues of one house tell of the gym, the ramp and the ham: what they have in common is the deed. A place one of
them went to is the place of whoever is taken there next; and what hardly a word of is told by anybody else stays
evidence of the deed, told in the words of others. So does what stands in a sentence of the practice and tells, by
itself, of another kind: a greeting on the way, an answer given besides.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from servicestory.models.practice import Practice
from servicestory.wording.acts import act
from servicestory.wording.deeds import Likeness
from servicestory.wording.occasions import occasion_of, own_moment, with_its_moment, without_when
from servicestory.wording.showing import stems
from servicestory.wording.steps import Cite, Step

Kind = Callable[[Sequence[str], str], Sequence[float]]
"""(texts, a key of the codebook) -> of each text the chance that it tells of that kind."""

FEWEST = 10  # stories without which nobody can say what the others tell
OWN_WORDS = 3  # telling words nobody else says: fewer are chance
OF_ITS_KIND = 0.4
"""Least chance that a deed is of its practice's kind, in its teller's words or as an instruction; below it stands by chance."""
OF_ITS_NAME = 0.36
"""Least likeness with the name of a practice that nobody decided on and no codebook defines. In twelve houses of our own
writing six of 55 such deeds were less like it, all of another kind; from there to .5 five of nine were the practice's."""
THERE = "to where they are going"


def by_itself(
    steps: Iterable[Step],
    practice: Practice,
    passages: Sequence[tuple[Cite, str]],
    customer: str,
    kind: Kind | None = None,
    like: Likeness | None = None,
) -> list[Step]:
    """The steps, one a place, with the moment the practice's name says, and with no story's own place.

    What is too much its story's own is marked, see `Step.bound`; what is of another kind is left out. A story told again has its own words, not these.

    Args:
        passages: every place of the practice's evidence, with its text.
        kind: tells of which kind of practice a text is; without it none is of another.
        like: tells how like texts are in the deed they tell; without it none is another than the name's.
    """
    told: dict[str, set[str]] = {}
    for cite, text in passages:
        told.setdefault(cite.story, set()).update(stems(text, customer))
    made = list(steps)
    named = stems(practice.name, customer)
    several = len({p for step in made if (p := _place(step.text, customer))}) > 1
    for number, step in enumerate(made):
        line = own_moment(practice.name, step.text, customer)
        if several:
            line = _anywhere(line, customer, named)
        bound = _SAYS_LITTLE.match(line) is not None or _only_its_own(
            line, step.cites[0].story, told, named, customer
        )
        made[number] = replace(step, text=line, bound=bound)
    if kind and practice.definition:
        strange = _of_another_kind(made, practice, passages, kind)
        made = [step for step in made if step.cites[0] not in strange]
    if like and made and practice.undecided and not (practice.definition or practice.core):
        near = like([step.text for step in made], [practice.name])  # what was found is one deed, and so named
        made = [step for step, value in zip(made, near, strict=True) if value >= OF_ITS_NAME]
    return made


# How it is set up stands in another sentence.
_SAYS_LITTLE = re.compile(
    r"^(?:set up|adjust|rearrange) (?:the )?(?:\w+'s )?\w+(?: for the \w+)?$", re.IGNORECASE
)


def _only_its_own(line: str, story: str, told: dict[str, set[str]], named: set[str], customer: str) -> bool:
    """Whether more than half of what a line says is told by no other story, and stands in no name."""
    if len(told) < FEWEST:
        return False
    words = stems(without_when(line), customer)
    own = words.difference(named, *(said for other, said in told.items() if other != story))
    return len(own) >= OWN_WORDS and len(own) * 2 > len(words)


def _of_another_kind(
    steps: Iterable[Step], practice: Practice, passages: Sequence[tuple[Cite, str]], kind: Kind
) -> Collection[Cite]:
    """Where a deed is told that by itself is hardly of the practice's kind; nowhere that people put there.

    What says its moment is read with it: an upgrade is made up for what went wrong because something did.
    """
    put = [Cite(*e.place) for e in practice.evidence if e.pinned]
    asked: dict[Cite, list[str]] = {}
    for step in steps:
        cite = step.cites[0]
        if occasion_of(step.text) or any(cite.touches(place) for place in put):
            continue
        inside = (
            text[cite.start - at.start : cite.end - at.start] for at, text in passages if at.touches(cite)
        )
        asked.setdefault(cite, []).extend([step.text, *(said for said in inside if said)])
    texts = [text for some in asked.values() for text in some]
    chance = dict(zip(texts, kind(texts, practice.definition or ""), strict=True)) if texts else {}
    return {cite for cite, some in asked.items() if max(chance[text] for text in some) < OF_ITS_KIND}


_HEAD = r"(?P<head>[a-z]+ (?:with |beside |along with )?the %s(?:'s \w+)?)"
_WAY = (
    r"(?P<way>(?: (?:all the way|the whole way|in person|personally|yourself))?)"
    r"(?: (?:up|down|over|out|across|along|through|upstairs|downstairs))*"
)
_WHITHER = (
    r"(?: (?:to|into|as far as) (?P<place>the (?!%s\b|place\b|spot\b)[a-z][a-z -]*?)"
    r"(?:,? (?:down|up|round|through|past|along|across|over)\b.*)?)?"
)


def _taken(line: str, customer: str) -> re.Match[str] | None:
    """An instruction to go somewhere with somebody, and where to, if it says no more than that."""
    if act(line)[0] != "walk":
        return None
    who = re.escape(customer)
    return re.fullmatch(_HEAD % who + _WAY + _WHITHER % who, without_when(line), re.IGNORECASE)


def _place(line: str, customer: str) -> str:
    found = _taken(line, customer)
    return (found["place"] or "") if found else ""


def _anywhere(line: str, customer: str, named: set[str]) -> str:
    """ "Walk with the guest to the gym" of a practice whose stories go to several places."""
    found = _taken(line, customer)
    if found is None or (found["place"] and stems(found["place"], customer) & named):
        return line
    return with_its_moment(f"{found['head']}{found['way']} {THERE}", line)
