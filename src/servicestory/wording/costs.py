"""What costs money or goes beyond a rule of the house, so that whoever does it alone needs a limit."""

import re

_COSTS = re.compile(
    r"\b(?:refund\w*|upgrad\w+|complimentary|compliments|discount\w*|waiv\w+|vouchers?|compensat\w+|cakes?|cupcakes?"
    r"|champagne|gifts?|on the house|money back|off the (?:bill|price)"
    r"|give (?:something|(?:\w+ ){0,2}(?:money|price|fee|fare|rent|charge|cost|difference)) back"
    r"|free of charge|for free|(?:an?|some) (?:small )?(?:free|extra) (?!(?:hand|moment|minute|hour|day|evening|choice|seat|place|spot|line)s?\b)\w+|extra portions?)\b",
    re.IGNORECASE,
)
_BENDS = re.compile(
    r"\b(?:(?:opening|closing|check-?in|check-?out)(?: and [\w-]+)? (?:times?|hours)|our hours|outside hours"
    r"|early check-?in|late check-?out|(?:early|late) (?:arrivals?|departures?)"
    r"|(?:rooms?|cabins?|flats?|apartments?|suites?) (?:made up |made |got |ready |cleaned |prepared ){0,2}early)\b",
    re.IGNORECASE,
)


def needs_a_limit(said: str) -> str:
    """Why a colleague needs a limit for what is said: it costs money or bends a rule; else empty.

    >>> needs_a_limit("Serve the guest a cake"), needs_a_limit("Look again")
    ('it costs money (“cake”)', '')
    """
    if found := _COSTS.search(said):
        return f"it costs money (“{found[0].casefold()}”)"
    if found := _BENDS.search(said):
        return f"it goes beyond a rule of the house (“{found[0].casefold()}”)"
    return ""
