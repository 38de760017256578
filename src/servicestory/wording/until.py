"""Before, until or when a deed is done and for which people, where a teller says so: "before she came", "when we arrived"."""

import itertools
import re
from collections.abc import Sequence

from servicestory.wording import lexicon as lex
from servicestory.wording.doable import doable
from servicestory.wording.morphology import (
    is_verb,
    names_something,
    of_several,
    past_lemma,
    third_lemma,
    third_person,
)
from servicestory.wording.sound import known
from servicestory.wording.tokens import Clause, Told, Word

_UNTIL = frozenset(("before", "until", "till"))
_WHEN = frozenset(("when", "once", "whenever"))
_SOON = ["as", "soon", "as"]
_ANY = frozenset("people everyone everybody anyone".split())
_ENDS = frozenset("and but so or because as while when which who that if".split())
_GOES_ON = (["that"], ["what"], ["how"], ["if"], ["which"], ["where"])
_MOST = 8  # words; of what is longer only its story knows what it means
_OPEN = frozenset(
    "it this that these those him her his she he they them we i you there one ones its mine ours".split()
)
_MINE = frozenset(("my", "our"))


def until(clause: Clause, line: str, customer: str) -> str:
    """The instruction with the moment its clause was cut off at: "Ring the guest before their tablets run out".

    Unchanged where it is cut off at something else, or where it is not clear whose moment it is. Only of what is told
    here, where "she" beside a colleague named is whoever is served.
    """
    if clause.told == "elsewhere" or clause.passive or (clause.rest and clause.rest[-1].low in ("and", "or")):
        return line
    if clause.cut == "who":
        return _of_those(clause, line)
    soon = [w.low for w in clause.after[:3]] == _SOON
    if clause.cut not in _UNTIL | _WHEN and not soon:
        return line
    at = 3 if soon else 1
    told = [*itertools.takewhile(lambda w: w.low.isalpha() and w.low not in _ENDS, clause.after[at:])]
    if not 2 <= len(told) <= _MOST or not all(known(w) for w in told):
        return line
    lows = [w.low for w in told]
    if lows[1:] in (["got", "there"], ["got", "here"], ["get", "there"]):
        lows = [lows[0], "arrived"]
    if [w.low for w in clause.after[at + len(told) :][:1]] in _GOES_ON:
        return line  # "as soon as we saw that …"
    named = re.search(rf"\b(?:the|every|each) {customer}\b", line) is not None
    doer = lows[0] in ("i", "we") and clause.told == "staff"
    teller = lows[0] in ("i", "we") and clause.told == "here"
    if doer or (clause.cut == "before" and _the_doers(clause, lows)):
        subject, at, many = "you", 1, True
    elif teller or (lows[0] in lex.STAFF_PRONOUNS and clause.who not in lex.STAFF_PRONOUNS):
        if lows[0] in ("she", "he") and _base(lows[1]) not in _SERVED_DO and lows[1:3] != ["had", "to"]:
            return line  # "reads it out before she hands it over" may be either
        subject, at, many = "they" if named else f"the {customer}", 1, named
    else:
        at = next((k for k in range(2, min(4, len(lows))) if lows[k] in _IS or past_lemma(lows[k])), 0)
        if not at or lows[0] not in _MINE | {"the"} or not names_something(lows[at - 1]):
            return line
        whose = "the" if lows[0] == "the" else "their" if named else f"the {customer}'s"
        subject, many = (
            " ".join([whose, *(lex.FAMILY.get(w, w) for w in lows[1:at])]),
            of_several(lows[at - 1]),
        )
    verb, rest = _present(lows[at], many), [_THEIRS.get(w, w) for w in lows[at + 1 :]]
    if not verb or set(rest) & _OPEN - {"them"} or (set(lows[at + 1 :]) & _MINE and clause.told == "staff"):
        return line
    return " ".join([line, "as soon as" if soon else clause.cut, subject, verb, *rest])


def ahead(rest: Sequence[Word]) -> int:
    """How many words at the end say how long before: "half an hour", "thirty minutes", "a day or two"; 0 for none."""
    said = " ".join(w.low for w in rest[-4:])
    found = _HOW_LONG.search(said)
    return len(found[0].split()) if found else 0


_HOW_LONG = re.compile(
    rf"\b(?:half an hour|an hour|(?:a|one|\d+|{'|'.join(sorted(lex.NUMBER_WORDS))}|a few|some) (?:minute|hour|day|week)s?)$"
)


def _the_doers(clause: Clause, lows: Sequence[str]) -> bool:
    """Whether "he" or "she" in "before he pulled a plug" is whoever did the deed: nobody else was named, and a deed it is."""
    named = clause.who not in lex.STAFF_PRONOUNS and clause.who not in ("i", "we", "")
    alone = not any(w.low.removesuffix("'s") in _OTHERS for w in (*clause.rest, *clause.lead))
    base = _base(lows[1])
    return (
        lows[0] in ("he", "she") and named and alone and bool(base) and doable(base) and base not in SERVED_DO
    )


_OTHERS = lex.SERVED | lex.FAMILY.keys() | {"him", "her", "them", "me", "us", "my", "our", "their"}
_THEY_DO = frozenset(
    "pay wait ride drive walk fly travel eat drink sign try collect use open wear speak talk call".split()
)
_BEFOREHAND = re.compile(
    r"\W*Before (?P<who>she|he|we|I) (?P<verb>[a-z]+)(?P<rest>(?: [a-z]+){1,4}), |\W*Before (?P<doing>[a-z]+ing)(?P<more>(?: [a-z]+){1,4}), "
)


def before_it(sentence: str, told: Told) -> int:
    """Length of the moment a sentence begins with, which is no deed of its own: "Before we loaded the van, …"."""
    found = _BEFOREHAND.match(sentence)
    return found.end() if found and told != "elsewhere" else 0


def beforehand(clause: Clause, sentence: str, line: str) -> str:
    """The instruction with the moment its sentence begins with: "Before she unplugged anything, Wanda took a photo …".

    Whoever is told of next did both; of "we" and "I" only where they are the house.

    Args:
        sentence: what stands before the clause in its sentence.
    """
    found = _BEFOREHAND.match(sentence)
    if not found or clause.told == "elsewhere" or clause.passive or _MOMENT.search(line):
        return line
    if found["doing"]:
        verb, rest = found["doing"], found["more"]
    else:
        doer = (
            clause.told == "staff"
            if found["who"] in ("we", "I")
            else clause.who not in ("i", "we", "they", "")
        )
        base = _base(found["verb"]) if doer else ""
        verb, rest = f"you {base}" if base and doable(base) else "", found["rest"]
    words = rest.split()
    if not verb or set(words) & (_OPEN | _MINE | _ENDS | lex.FAMILY.keys() | lex.SERVED):
        return line
    return f"{line} before {verb} {' '.join(words)}"


_MOMENT = re.compile(r"\b(?:after|as soon as|before|once|until|when|whenever)\b")


def _of_those(clause: Clause, line: str) -> str:
    """The instruction with which people it is done for: "Bring the books to people who cannot climb the stairs"."""
    who = line.split()[-1]
    told = [*itertools.takewhile(lambda w: w.low.isalpha() or w.low == "can't", clause.after[1:])]
    told = [*itertools.takewhile(lambda w: w.low not in _ENDS, told)]
    if who not in _ANY or not 2 <= len(told) <= _MOST or {w.low for w in told} & _OPEN:
        return line
    first, rest = told[0].low, [w.low for w in told[1:]]
    verb = {"cannot": "cannot", "can't": "cannot", "could": "can", "can": "can"}.get(first)
    verb = verb or _present(first, who == "people")
    return " ".join([line, "who", verb, *rest]) if verb and all(known(w) for w in told) else line


_IS = ("was", "were", "is", "are")
_SERVED_DO = frozenset("come arrive ask wake know notice need sit move".split())
SERVED_DO = _SERVED_DO | _THEY_DO
"""What rather those do whom the house serves, than who serves them."""
_THEIRS = {"me": "them", "us": "them", "my": "their", "our": "their", "them": "it"}


def _present(verb: str, many: bool) -> str:
    """ "came" -> "come" or "comes"; empty where it is no verb for certain."""
    if verb in _IS:
        return "are" if many else "is"
    base = _base(verb)
    if not base or base in ("can", "will", "may", "shall"):
        return ""
    return base if many else third_person(base)


def _base(verb: str) -> str:
    return past_lemma(verb) or third_lemma(verb) or (verb if is_verb(verb) else "")
