"""Sentences of imported stories that tell of something better or more that the customer paid for.

"Upgraded for £200" has the words of an upgrade given away, and is a sale. Such a place stays in a practice
that gives something free, as a doubtful one. A small fee is none: who gives it for little still gives.
"""

import re

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import past_lemma

LARGE = 100
"""Dollars, euros, pounds or francs from which on a sum is no small fee. Other currencies are not compared."""

_SUM = r"(?:\d{1,3}(?:[,.]\d{3})+|\d+)(?:[.,]\d\d)?"
_AMOUNT = (
    rf"(?:(?:[$£€]|\b(?:usd|eur|gbp|chf)) ?{_SUM}"
    rf"|\b{_SUM} ?(?:[$£€]|(?:dollars?|pounds?|euros?|francs?|bucks|quid|usd|eur|gbp|chf)\b))"
)
_MORE = r"(?:upgrad\w*|extra|additional\w*|more|surcharge|supplement|the difference)"
_PAID = r"(?:paid|pay|paying|spent|spending|bought|buy|purchas\w+|sprung|charged|cost (?:me|us))"
_BETTER = r"\b(?:upgrad\w*|better|bigger|larger|higher|superior)\b"
_FEW_WORDS = r"(?:(?!(?:and|but|so)\b)[\w$£€.,'-]+ ){0,6}?"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_AMOUNTS = _any(_AMOUNT)
_DIGITS = re.compile(_SUM)
_BOUGHT = _any(
    # "paid an extra £200", "pay to be upgraded"
    rf"(?:(?<![\w'-])(?P<who>[\w'-]+) (?:(?:\w+ly|even|had|then|just|also) )*)?\b(?P<did>{_PAID}) "
    rf"(?!(?:more |extra )?(?:attention|heed)\b){_FEW_WORDS}{_MORE}\b",
    rf"{_BETTER}[^.;!?\n]{{0,60}}?\b(?:I|we) paid\b",
    r"\bat (?:an?|some|great) (?:\w+ )?(?:extra|additional|further|added) (?:cost|charge|fee|price)\b",
)
_PRICED = _any(
    rf"{_BETTER}[^;!?\n]{{0,60}}?\b(?:for|at|of|costing|costs?|over|about|almost) {_FEW_WORDS}{_AMOUNT}"
)
_OF_THE_STAY = _any(
    rf"{_AMOUNT}\W*(?:a|per|each|every|/)\W*(?:night|day|week|month|year)\b",
    r"\bthan\b[^.;!?\n]{0,30}\b(?:I|we)(?:'d| had)? (?:paid|booked)\b",
)
_FOR_NOTHING = _any(
    r"\b(?:free|complimentary|gratis|waive\w*|on the house|refund\w*)\b",
    r"\b(?:no|without)(?: \w+)? (?:charg\w+|cost|fee|pay\w*)\b",
    r"(?:n[o']t|never|nothing) (?:\w+ ){0,3}?(?:pay|paid|charge\w*|cost)\b",
    r"\b(?:small|little|tiny|nominal|modest|minimal|token|low|mere) (?:\w+ )?"
    r"(?:fee|charge|cost|price|extra|supplement|amount|sum)\b",
    r"\b(?:worth|valued?|usually|normally|would have)\b",
)


def is_paid(text: str) -> bool:
    """Whether a sentence says that the customer paid, and more than a small fee, for what is better or more.

    Where a sum is named it has to be :data:`LARGE`; where none is, the words have to say that it was paid.
    Where it says in any way that something was free, it is not asked who paid for what.
    """
    text = text.replace("’", "'")
    if _FOR_NOTHING.search(text) or _OF_THE_STAY.search(text):
        return False
    sums = [_value(found.group()) for found in _AMOUNTS.finditer(text)]
    told = any(not _by_the_house(one) for one in _BOUGHT.finditer(text)) or (sums and _PRICED.search(text))
    return bool(told) and max(sums, default=LARGE) >= LARGE


def _by_the_house(found: re.Match[str]) -> bool:
    """Whether who paid works there, or is named: what they paid for the customer is given away."""
    who = found["who"] or ""
    low = who.lower()
    if not who or found["did"].lower() == "charged":
        return False
    if low in lex.STAFF_PRONOUNS | lex.WORKERS:
        return True
    ours = lex.CUSTOMER_SUBJECTS | lex.FUNCTION | lex.DETERMINERS | lex.PREPOSITIONS | lex.FAMILY.keys()
    return who[0].isupper() and low not in ours and past_lemma(low) is None


def _value(amount: str) -> float:
    """The number in "£1,250.00" or "200 euros"."""
    found = _DIGITS.search(amount)
    whole = re.sub(r"[.,]\d\d$", "", found.group()) if found else "0"
    return float(re.sub(r"\D", "", whole))
