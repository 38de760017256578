"""The deed a practice found in the stories is named after, as a step where no step told says it."""

import itertools
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from servicestory.models.practice import LIVE, Practice
from servicestory.models.story import Story
from servicestory.wording.acts import act, things
from servicestory.wording.deeds import SAME_WORDS, Likeness, parts
from servicestory.wording.manner import phase
from servicestory.wording.plainly import stood_for
from servicestory.wording.showing import lemmas, strong, telling_of, telling_words, verbs
from servicestory.wording.steps import Cite, Step, how_far

LEAST = 2  # stories that must tell it, where nobody accepted the practice


def named_deed(
    practice: Practice,
    found: Iterable[Step],
    passages: list[tuple[Cite, str]],
    told: Mapping[str, Story],
    word: str,
    like: Likeness | None = None,
) -> list[Step]:
    """The practice's name as a step, where several stories tell it and no step does; else none.

    "Warm the soup" is cut out of what a story tells and gives no step there ("had put soup aside and heated it up").
    Where people accepted the practice under its name, that is what they agreed to do: then one story is enough, and
    one in other words ("rang to hear whether she was running well").

    Args:
        like: tells how like texts are in the deed they tell.
    """
    line = practice.name
    own, accepted = act(line)[0], practice.status in LIVE
    says = strong(verbs(line)) and telling_words(line, word)
    if practice.unnamed or not (says or (accepted and like)):
        return []
    if any(act(said)[0] == own for step in found for said in (step.text, *step.ways)):
        return []
    cites = telling_of(line, [p for p in passages if _does(own, p[1])], word) if says else []
    if accepted and like and len({cite.story for cite in cites}) < LEAST:
        near = (cite for cite, text in passages if max(like(parts(text), [line])) >= SAME_WORDS)
        cites = sorted({*cites, *near})
    if len({cite.story for cite in cites}) < (1 if accepted else LEAST):
        return []
    where = sum(how_far(cite.field, cite.start, told[cite.story]) for cite in cites) / len(cites)
    return [Step(line, "stories", tuple(cites), (), where, phase(line), told=line)]


def as_named(
    found: list[Step], practice: Practice, places: Collection[Cite], told: Mapping[str, Story], word: str
) -> list[Step]:
    """The steps; of a practice people named and accepted, of whose deed no step says anything, first the deed so named.

    Its tellers share no words ("sat in the coach to see how far off the dashboard is"), so one turn of one of them
    ("asked me to sit down") would be all there is to do. What people accepted under a name is told where it is told.

    Args:
        places: those the documents are made of.
        word: whom it serves.
    """
    line = practice.name
    cites = [cite for cite in stood_for(practice) if cite in places]
    others = [
        step for step in found if step.text != line
    ]  # of the name itself one place may be known by its words
    if not practice.named or practice.unnamed or practice.status not in LIVE:
        return found
    if len({cite.story for cite in cites}) < LEAST or any(step.stories > 1 for step in found):
        return found
    same = [s for s in others if any(act(said)[0] == act(line)[0] for said in (s.text, *s.ways))]
    if len(others) > 1 and (not same or any(not things(step.text) <= {*things(line), word} for step in same)):
        return found
    if len(others) == 1 and same:
        return found
    where = sum(how_far(cite.field, cite.start, told[cite.story]) for cite in cites) / len(cites)
    whole = Step(line, "stories", tuple(cites), (), where, phase(line), told=line)
    kept = [
        step for step in others if step not in same and (len(others) > 1 or things(step.text) & things(line))
    ]
    return [replace(whole, ways=tuple(step.text for step in others if step not in kept)), *kept]


def does_as_named(line: str, text: str, word: str) -> bool:
    """Whether a place does what a line begins with, whenever that was: calls somebody, or cleans what it says to clean.

    "Ring the client in the first days after the fitting" is done by whoever "phoned him later that week".
    """
    own = act(line)[0]
    thing = _OBJECT.match(line)
    if own == "call" and thing and thing["what"] in (word, "customer"):
        return bool(_CALLED.search(text))
    wanted = things(f"- {thing['what']}") if thing else frozenset()
    said = re.findall(r"[a-z'-]+|[.;:!?]", text.casefold())
    for n, done in enumerate(said):
        if wanted and any(lemma != done and act(lemma)[0] == own for lemma in lemmas(done)):
            after = itertools.takewhile(lambda w: w[0].isalpha(), said[n + 1 : n + 1 + _NEAR])
            if wanted <= things(f"- {' '.join(after)}"):
                return True
    return False


_NEAR = 5  # words after a verb among which what it is done to stands
_OBJECT = re.compile(
    r"[A-Za-z]+ (?:the|an?|every|each|all|both) (?P<what>[a-z]+)(?= (?!who\b|'s)[a-z]+|[,.]|$)"
)
_CALLED = re.compile(
    r"\b(?:phone[sd]|telephone[sd]|rang|rings|call(?:s|ed)) (?:(?:me|us|him|her|them|my [a-z]+)\b(?! (?:by|an?|the)\b)"
    r"|(?:up |round )?to (?:ask|see|hear|find out|check|know)\b)"
    r"|\b(?:got|had|received) an? (?:phone |telephone )?call from\b",
    re.IGNORECASE,
)


def _does(own: str, text: str) -> bool:
    """Whether a place tells an act as done: a plate may be warm without anybody having warmed it."""
    said = re.findall(r"[a-z'-]+", text.casefold())
    return any(lemma != w and act(lemma)[0] == own for w in said for lemma in lemmas(w))
