"""Why it matters, as tellers say it of themselves: what they would not have done without it, and what kept them from it.

"I should never have rung down myself" and "I had been too shy to complain" are why somebody rings and asks; "a loose
cable can kill you" is why the cable is looked at.
"""

import re
from collections.abc import Collection

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb, may_describe, names_something, participle_lemma
from servicestory.wording.sound import known
from servicestory.wording.tokens import words

_WOULD = re.compile(
    r"(?P<who>\b(?:i|we)|\band) (?:would|should)(?P<not> never| not|n['’]t)? have (?P<done>[a-z]+)"
    r"(?P<rest>(?: (?!and\b|but\b|if\b|had\b|because\b|without\b|that\b)[a-z'-]+){0,6})(?=[.,;!?\"”\n]|$| (?:and|but|if|had|because|without|that)\b)",
    re.IGNORECASE,
)
_TOO = re.compile(
    r"\b(?:i|we)(?: am|['’]m| are|['’]re| was| were| had been| would have been) too (?P<how>[a-z]+) to"
    r" (?P<do>[a-z]+)(?P<rest>(?: (?!and\b|but\b|so\b|because\b)[a-z]+){0,4})(?=[.,;!?\"”\n]|$| (?:and|but|so|because)\b)",
    re.IGNORECASE,
)
_CAN = re.compile(
    r"[\s,]*\bbecause (?P<why>(?:an?|every|each) [a-z]+(?: [a-z]+)? (?:can|could|may|might|will|would) (?:[a-z]+ ?){1,8})(?=[.,;!?\n]|$)",
    re.IGNORECASE,
)
# Without it they would have gone away; of other things somebody would have done few are why it is done.
_WORSE = frozenset("left gone cancelled canceled forgotten lost missed stayed".split())
_ENOUGH = frozenset("asked called come complained found known noticed phoned rung".split())
_OPEN = re.compile(
    r"\b(?:it|this|that|these|those|them|there|me|us|her|his|him|i|we|she|he|they|today|tomorrow|yesterday|once)\b"
)


def otherwise(text: str, customer: str) -> str:
    """The reason a passage tells so; empty where there is none, or only its story knows what it means.

    >>> otherwise("I should never have rung down myself.", "guest")
    'Otherwise the guest would never have rung down themselves'
    """
    for found in _WOULD.finditer(text):
        done, rest = found["done"].casefold(), _of_theirs(found["rest"])
        own = found["who"].casefold() != "and" or re.search(
            r"\b(?:i|we)\b[^.!?;]*$", text[: found.start()], re.I
        )
        worth = done in _WORSE if not found["not"] else bool(rest) or done in _ENOUGH
        if own and worth and participle_lemma(done) and _plain(rest):
            no = {"": "", "never": " never"}.get((found["not"] or "").strip().casefold(), " not")
            return f"Otherwise the {customer} would{no} have {done}{rest}"
    for found in _TOO.finditer(text):
        how, rest = found["how"].casefold(), _of_theirs(found["rest"])
        if may_describe(how) and is_verb(found["do"].casefold()) and _plain(rest):
            return f"Because the {customer} may be too {how} to {found['do'].casefold()}{rest}"
    return ""


def because_it_can(after: str, names: Collection[str] = ()) -> str:
    """The danger that follows a deed at once: ", because a loose cable can kill you on the hill"; else empty.

    Args:
        after: the rest of the deed's sentence.
    """
    found = _CAN.match(after)
    said = found["why"].strip() if found else ""
    spoken = words(said, 0, len(said))
    sound = said and said == said.lower() and not _OPEN.search(said) and all(known(w) for w in spoken)
    ends = bool(spoken) and spoken[-1].low not in lex.PREPOSITIONS | lex.DETERMINERS
    if not sound or not ends or any(w.low in names for w in spoken) or not names_something(spoken[1].low):
        return ""
    return f"Because {said}"


def _of_theirs(rest: str) -> str:
    said = re.sub(r"\b(?:myself|ourselves)\b", "themselves", rest.casefold())
    said = re.sub(r"\b(?:my|our)\b", "their", said)
    return re.sub(r" (?:that|this|the same) (?:day|morning|evening|night)$", "", said)


def _plain(rest: str) -> bool:
    tokens = words(rest, 0, len(rest))
    last = tokens[-1].low if tokens else ""
    return (
        not _OPEN.search(rest)
        and all(known(w) or w.low == "themselves" for w in tokens)
        and last not in lex.DETERMINERS | {"to", "of", "with", "for"}
    )
