"""What the places of a step tell of its open question: where it lies, how soon, for how long, whom, which words."""

import re
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise

from servicestory.models.story import Story
from servicestory.offices import ANY_OFFICE
from servicestory.wording.acts import act
from servicestory.wording.asking import question
from servicestory.wording.material import Material
from servicestory.wording.recovery import BACK, REPORT, SOURCE, fits_only
from servicestory.wording.showing import among, telling_words
from servicestory.wording.sound import known
from servicestory.wording.steps import Cite, Step
from servicestory.wording.tokens import LONGEST, STOP, words

_MOST = 3  # told answers to one part of a question
_MOST_OPEN = 2  # questions of which no story tells anything; more make a form to fill in, which nobody does
_OF_LINES = {
    BACK.text: "When do you come back, and what do you look at first?",
    REPORT.text: "Whom do you tell, and in which form?",
}
_LIES_AND_READ, _LIES = "Where is it kept, and who reads it when?", "Where is it kept?"
_KEPT_IN = (
    "bag|bar|basket|board|box|cabinet|cart|case|cellar|chest|counter|cupboard|desk|drawer|fridge|hook|jar|kitchen"
    "|locker|office|pantry|rack|reception|shelf|store|storeroom|tin|tray|trolley|wardrobe|workshop"
)
_OFFICES = (
    "cleaners|front desk|housekeeping|kitchen|laundry|maintenance|night desk|reception|security|workshop"
)
_SPAN = "day|evening|journey|month|night|season|stay|trip|visit|week|weekend"
_PART = "breakfast|dinner|lunch|midday|midnight|noon|supper"


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


# What was asked or looked up before it, there or in the next sentence: left out, it may do harm.
_FIRST = _p(
    r"(?:asked|asks) (?:me |us |him |her |them )?(?:first|beforehand|the (?:day|evening|night) before) (?:what|which|whether)"
    r"(?: (?!(?:and|at|before|but|for|in|on|or|so|then|to)\b)[a-z]+){1,3}|(?:reads?|checks|checked|looks up|looked up|asks for|asked for) the (?:[a-z]+ ){1,2}first"
)
_THING = re.compile(rf"\b(an?|the|our|his|her|their) (?:[a-z-]+ ){{0,2}}?({_KEPT_IN})\b", re.IGNORECASE)
_SOMEBODY = _p(rf"(?:(?:the|our|an?) )?(?:{_OFFICES}|{ANY_OFFICE})")
_TIME = re.compile(r"^(\w+) (?:his|her) ", re.IGNORECASE)


def _a_thing(said: str) -> str:
    """ "out of the tall drawer" -> "the drawer"."""
    found = _THING.search(said)
    return f"{found[1] if found[1] in ('a', 'an') else 'the'} {found[2]}" if found else ""


def _somebody(said: str) -> str:
    """ "rang the front desk" -> "the front desk"."""
    found = _SOMEBODY.search(said)
    return found[0] if found else ""


def _words(said: str) -> str:
    """ "without any excuses" -> "no excuses"; of blame, that nobody is blamed."""
    if "blam" in said:
        return "nobody is blamed"
    return next((f"no {what}" for what in ("excuses", "ifs or buts", "explanations") if what[:6] in said), "")


def _time(said: str) -> str:
    """A time or a span says what anybody would: it is nobody's own word."""
    return _TIME.sub(r"\1 their ", said)


def _nothing(_: str) -> str:
    """What was asked or looked up first is the teller's own; its caution stands with the step."""
    return ""


# What a question asks for, how a place tells it, and how it is said again where it may not be quoted. Only what
# needs no more of its story is read.
_TOLD: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[str], str]], ...] = (
    (_p("what must be in it|what do you ask|what must not be"), _FIRST, _nothing),
    (
        _p("where"),
        _p(
            r"(?:out of|from|in) (?:behind |under |below |beside )?(?:the|an?|our|his|her|their) (?:[a-z-]+ ){0,2}"
            rf"(?:{_KEPT_IN})(?: with the [a-z]+ (?:ones|things))?"
        ),
        _a_thing,
    ),
    (_p("come back|until when"), _p(rf"for (?:the|an?|his|her|their) (?:(?:entire|whole|rest of the) )?(?:{_SPAN})"), _time),
    (
        _p("who reads it"),
        _p(r"for (?:the )?(?:[a-z]+ )?(?:[a-z]+ and )?(?:[a-z]+ )(?:shifts?|desk|team)"),
        _time,
    ),
    (
        _p("how soon|by when|when do you come back"),
        _p(
            r"within (?:the|an?|one|two|half an|ten|\d+) (?:hours?|minutes?|days?)|(?:before|by) "
            rf"(?:{_PART})|the (?:same|next|following) (?:morning|afternoon|evening|day)|a (?:day|week) (?:later|on)"
        ),
        _time,
    ),
    (
        _p("whom do you (?:tell|call)|who gets it ready|who does it when you cannot|who tells"),
        _p(
            r"(?:telephoned|phoned|rang|called|asked|told|informed|sent|sent for|fetched) (?:the |our |an? )?"
            rf"(?:{_OFFICES}|{ANY_OFFICE})"
        ),
        _somebody,
    ),
    (
        _p("which words"),
        _p(r"without (?:any |an? )?(?:excuses?|ifs or buts|explanations?)|no excuses|(?:did not|didn['’]t|never) blam\w+ [a-z]+|blam\w+ nobody"),
        _words,
    ),
)  # fmt: skip
_ONLY_FINE = re.compile(r"only “fine”")
_FINE = _p(
    r"(?:said|answered|replied)[^.!?]{0,60}\b(?:fine|all right|okay|very well)|(?:fine|all right|okay)[”\"'], said"
)
_CLOSE = 2  # sentences from a place on in which what was asked first is told
_NEAR = 4  # sentences after a place in which the answer to a question is told


def open_questions(material: Material) -> list[tuple[str, tuple[str, ...]]]:
    """For each step the question still open and what its places tell of it; empty where nothing is asked.

    Nothing is asked twice; and of a step that has a key point only what the stories tell something of. What only
    says what counts, and what holds for every recovery, answers nothing about this step. Of what no story
    answers the first `_MOST_OPEN` are asked.
    """
    made: list[tuple[str, tuple[str, ...]]] = []
    left = _MOST_OPEN
    for step in material.steps:
        known = any(not p.example and p.source != SOURCE for p in step.key_points) and not fits_only(step)
        asked = _OF_LINES.get(step.text, "") if step.source == SOURCE else question(step.text)
        if asked == _LIES_AND_READ and any(act(one.text)[0] == "read" for one in material.steps):
            asked = _LIES  # who reads it when is a step
        told = answers(asked, step, material) if asked else ()
        again = any(asked == before for before, _ in made)
        if not asked or again or (not told and (known or not left)):
            made.append(("", ()))
            continue
        left -= not told
        made.append((asked, told))
    return made


def answers(question: str, step: Step, material: Material) -> tuple[str, ...]:
    """What the places of ``step`` tell of ``question``, each once; often nothing.

    In the tellers' few words, in quotation marks, where everybody asked agreed to their use in training; else said
    again in words of the house.
    """
    here = [(material.told[c.story], c) for c in step.cites if c.story in material.told]
    points = [p for p in step.key_points if not p.example]
    lines = [step.text, *(p.text for p in points)]  # what they say is told already
    heeded = {c.story for p in points if p.caution for c in p.cites}
    found: list[str] = []
    for asked, told, again in _TOLD:
        if asked.search(question):
            said = [
                f"“{one}”" if story.all_agreed_to("training") else again(one)
                for story, c in here
                if told is not _FIRST or story.id not in heeded
                for one in _told_at(told, story, c)
                if not any(_says(line, one, material.customer) for line in lines)
            ]
            found += [one for one in list(dict.fromkeys(filter(None, said)))[:_MOST] if one not in found]
    if _ONLY_FINE.search(question):
        found += list(dict.fromkeys(f"“{said}”" for story, c in here for said in _after_fine(story, c)))[
            :_MOST
        ]
    return tuple(found)


def _told_at(told: re.Pattern[str], story: Story, cite: Cite) -> Iterator[str]:
    """What a place tells; of what was asked or looked up first also the rest of its sentence, and the next one."""
    text, reach = _flat(story, cite.field)[cite.start :], cite.end - cite.start
    near = " ".join(STOP.split(text[: reach + LONGEST])[:_CLOSE])
    text = near if told is _FIRST else text[:reach]
    names = {w for p in story.people for w in p.casefold().split()}
    yield from (
        one[0]
        for one in told.finditer(text)
        if _plain(one[0], names) and not _DENIED.search(text[: one.start()])
    )


_DENIED = re.compile(
    r"\b(?:not|never|instead of|rather than)\s+$", re.IGNORECASE
)  # "and not from the kitchen"


def _flat(story: Story, field: str) -> str:
    """A story's text with its broken lines as one, character for character."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", story.text_of(field) or "")


def _after_fine(story: Story, cite: Cite) -> Iterator[str]:
    """What was done when the answer was only "fine": its sentence, where everybody agreed to its use in training."""
    if not story.all_agreed_to("training"):
        return
    names = {w for p in story.people for w in p.casefold().split()}
    parts = [p.strip() for p in STOP.split(_flat(story, cite.field)[cite.end :])]
    parts = [p for p in parts if p][:_NEAR]
    for said, then in pairwise(parts):
        lower = then[0].lower() + then[1:]
        if _FINE.search(said) and _plain(lower, names):
            yield lower


def _says(line: str, told: str, customer: str) -> bool:
    """Whether a line says itself what is told: "sent the plumber" beside "Send the plumber up"."""
    own = telling_words(told, customer)
    return bool(own) and among(own, telling_words(line, customer)) == own


def _plain(said: str, names: Collection[str]) -> bool:
    """Whether it can stand in a document: no name, no word no dictionary knows."""
    tokens = words(said, 0, len(said))
    return bool(tokens) and all(
        (w.text.islower() or w.text == "I") and w.low not in names and known(w)
        for w in tokens
        if w.text[0].isalpha()
    )
