"""Whether lines of a job breakdown are what they should be: a step is a verb and an object, a key point has its reason."""

import re
from collections.abc import Iterable

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb
from servicestory.wording.steps import Step

_WHEN = re.compile(r"^(?:when|if|before|after|as soon as|where)\b[^,]*, *", re.IGNORECASE)


def is_step(line: str) -> bool:
    """Whether a line says what to do and to what: a verb in its base form, and something after it (TWI).

    >>> is_step("Walk the guest to the room"), is_step("When it rains, offer an umbrella"), is_step("Politeness")
    (True, True, False)
    """
    words = re.findall(r"[a-z'-]+", _WHEN.sub("", line.strip()).casefold())
    if words[:1] in (["never"], ["always"], ["do"]) and len(words) > 2:
        words = words[2:] if words[:2] == ["do", "not"] else words[1:]
    return len(words) > 1 and is_verb(words[0])


def no_steps(steps: Iterable[Step]) -> list[str]:
    """The lines people wrote as steps that do not say what to do, as they wrote them."""
    return [s.text for s in steps if s.source == "practice" and not is_step(s.text)]


def unnamed(steps: Iterable[Step]) -> list[str]:
    """The lines people wrote that say "it" before any thing is named: alone on a card nobody knows what it is.

    >>> unnamed([Step("Hang it where the guest looks first", "practice"), Step("Print the plan or write it", "practice")])
    ['Hang it where the guest looks first']
    """
    return [s.text for s in steps if s.source == "practice" and _IT.match(s.text)]


# "See to it that …" says itself what; "When a cup breaks, replace it" and "Print the plan or write it" name it first.
# "Keep this list" and "Do the lamp this way" say which.
_GOES_ON = "|".join(sorted(lex.PREPOSITIONS | lex.CLAUSE_OPENERS | {"and"}))
_IT = re.compile(
    r"(?:(?:always|then|do not|never) )?[a-z]+(?:ly)?(?: (?:to|for|after|at|up|down|out|back|on|off|with|away))?"
    rf" (?:it\b(?! (?:that|is|was|would|will)\b)|this(?=$|[,.;]| (?:{_GOES_ON})\b))",
    re.IGNORECASE,
)
