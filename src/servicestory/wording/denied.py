"""What a text says was not done: "nobody offered us a seat", "gave it to me without using my name".

The words are those of a deed. A no over what would have been unkind ("never left us waiting", "didn't hesitate
to help") is praise, and denies nothing.
"""

import re
from collections.abc import Iterator

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import ing_lemma, is_verb, participle_lemma, past_lemma

_ADVERB = r"(?:once|even|ever|really|actually|(?!only\b)\w+ly)"
_NO = re.compile(
    r"(?P<who>\b\w+(?:'\w+)? )?\b(?P<no>without|never|nobody|no one|none of (?:the |these )?\w+|not once did \w+"
    rf"|no (?:{'|'.join(sorted(lex.STAFF_NOUNS))})"
    r"|(?:did|do|does|was|were|is|are|has|have|had|could)(?: not|n't))"
    rf"(?P<between>(?: (?:{_ADVERB}|there|here|was|were|has|have|had|been|being|"
    r"(?:bother\w*|came|come|thought|tried|wanted|cared) to))*)"
    r" (?P<verb>[\w-]+)(?P<rest>[^.;:,!?\n]*?)"
    r"(?=$|[.;:,!?\n]| (?:and|but|so|or|nor|because|until|while|when|although|though)\b)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)\b|(?:was|were|is|are)n't", re.IGNORECASE)
_MAY_BE_KIND = frozenset(
    """accept allow book cancel change charge come drop enter find get give go hold keep leave let look lose make mind
    move open order park pass pay push put raise receive reserve run see shift sit speak stay stop take treat try turn
    visit wait""".split()
)
"""Not to have done these to somebody may as well be kind, or means nothing: "never let us carry a thing"."""
_ASKED = re.compile(r" (?:(?:me|us|him|her|them) )?(?:if|whether|how|what|about|after)\b", re.IGNORECASE)
_KIN = "|".join(lex.FAMILY)
_TO_WHOM = re.compile(
    r" (?:me|us|you|him|her|them|(?:my|our|your|his|her|their|(?:the|an?) [\w-]+'s?)"
    rf"(?! (?:{_KIN})\b))\b",
    re.IGNORECASE,
)
"""Whom it would have been done to; "without telling my wife" may be a surprise."""
_NO_MORE = re.compile(r"\b(?:more|enough|better|nicer|faster|sooner|but|myself)\b", re.IGNORECASE)
"""They "couldn't explain it better", "couldn't help enough", and one "couldn't help but smile"."""


def undenied(text: str) -> str:
    """The text without the deeds that it says were not done."""
    kept, at = [], 0
    for found in _denied(text):
        kept.append(text[at : found.start("no")])
        at = found.end()
    return "".join([*kept, text[at:]])


def lacks_one(text: str) -> bool:
    """Whether a deed is told by what it was done without: "read out each parcel without using my name".

    A sentence that denies its only deed is read as none, and one that denies another beside it tells a deed; here
    the words of the one left out stand beside those of what was done as if both had been.
    """
    return any(found["no"].lower() == "without" and _TO_WHOM.match(found["rest"]) for found in _denied(text))


def _denied(text: str) -> Iterator[re.Match[str]]:
    """Where deeds are denied that somebody wished for."""
    for found in _NO.finditer(text.replace("’", "'")):
        if _is_wished(found):
            yield found


def _mine(found: re.Match[str]) -> bool:
    """Whether the customer is who is told to do it, or to have it done to them."""
    return (found["who"] or "").strip().lower() in lex.CUSTOMER_SUBJECTS | {"you"}


def _is_wished(found: re.Match[str]) -> bool:
    no, low, rest = found["no"].lower(), found["verb"].lower(), found["rest"]
    passive = _PASSIVE.search(f"{found['who'] or ''}{no}{found['between']}") is not None
    if _mine(found) and not passive:
        return False  # "we never asked": a customer's own
    if passive:
        lemma = participle_lemma(low)
    elif no == "without":
        lemma = ing_lemma(low)
    else:
        lemma = past_lemma(low) or participle_lemma(low) or (low if is_verb(low) else None)
    if lemma not in lex.COPYABLE - _MAY_BE_KIND:
        return False
    if lemma == "ask" and not passive and not _ASKED.match(rest):
        return False  # "without asking", "never asked for a thing in return"
    return not _NO_MORE.search(rest)
