"""What the codebook says of a practice, as lines to do; and its words in the house's own language."""

import re
from dataclasses import dataclass
from functools import cache

from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.text import one_line
from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import ing_lemma, is_verb
from servicestory.wording.unasked import asks_too_much

_WORD = re.compile(r"\b(customer|guest)(?=s?\b)", re.IGNORECASE)


def in_house(text: str, word: str) -> str:
    """``text`` of the codebook with the organisation's word for a customer in it.

    >>> in_house("Upgrade guests; save the customer's money", "patient")
    "Upgrade patients; save the patient's money"
    """
    return _WORD.sub(lambda m: word.capitalize() if m[0][0].isupper() else word, text)


def worded(practice: Practice, entry: CodebookEntry | None, word: str) -> Practice:
    """The practice with the codebook's name and statement in the house's word; what people wrote stays."""
    if entry is None:
        return practice
    changes: dict[str, str] = {}
    for name in ("name", "behaviour_statement"):
        own, given = getattr(practice, name), getattr(entry, name)
        if own and given and in_house(own, word) == in_house(given, word):
            changes[name] = in_house(given, word)
    return practice.model_copy(update=changes) if changes else practice


@dataclass(frozen=True)
class Definition:
    """What the codebook gives a practice's documents: things to do, examples of it, and what it is not."""

    lines: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    counts_not: tuple[str, ...] = ()


def definition(entry: CodebookEntry | None, word: str) -> Definition:
    """The entry's statement and inclusions as instructions, in the house's word; empty without an entry.

    "We find what is missing and bring it." becomes "Find what is missing and bring it"; an inclusion that
    names a deed ("standing up to meet somebody") becomes a line of its own. What asks for unpaid time is none.
    """
    if entry is None:
        return Definition()
    lines: list[str] = []
    for said in (entry.behaviour_statement, entry.definition.split(":")[0]):
        if said and (line := _instruction(one_line(said))) and not asks_too_much(line):
            lines.append(line)
            break
    else:
        if is_verb(entry.name.split()[0].casefold()):
            lines.append(one_line(entry.name))
    for said in entry.include:
        deed = _deed(one_line(said))
        if not deed or asks_too_much(deed):
            continue
        if not any(deed.casefold() in line.casefold() for line in lines):
            lines.append(deed)
    return Definition(
        tuple(in_house(line, word) for line in lines),
        tuple(in_house(one_line(said).rstrip("."), word) for said in entry.include),
        tuple(in_house(one_line(said).rstrip("."), word) for said in entry.exclude),
    )


_SAID = re.compile(r"(?:(?P<when>When .+?),? )?(?:we|staff) (?P<what>.+)", re.IGNORECASE)


def _instruction(said: str) -> str | None:
    """ "When we learn of an occasion we mark it." -> "When you learn of an occasion, mark it"; None for others."""
    found = _SAID.fullmatch(said.rstrip("."))
    if not found:
        return None
    what = _ours(re.sub(r"^are\b", "be", found["what"])).replace("their shift", "your shift")
    if not is_verb(what.split()[0].casefold().rstrip(",")):
        return None
    when = found["when"]
    line = f"{_ours(when)}, {what}" if when else what
    return line[0].upper() + line[1:]


def _ours(text: str) -> str:
    """What "we" say of ourselves, said to a colleague."""
    text = re.sub(r"\bwe have\b", "you have", text)
    text = re.sub(r"\bwe\b", "you", text)
    return re.sub(r"\bus\b", "you", re.sub(r"\bour\b", "your", text))


@cache
def _deed(said: str) -> str | None:
    """ "answering every question" -> "Answer every question"; None when it names a thing."""
    first, _, rest = said.rstrip(".").partition(" ")
    verb = ing_lemma(first.casefold())
    follows = rest.partition(" ")[0]
    if not verb or follows not in lex.DETERMINERS | {
        "up",
        "back",
        "out",
        "after",
        "through",
        "on",
        "together",
    }:
        return None
    return f"{verb[0].upper()}{verb[1:]} {rest}"
