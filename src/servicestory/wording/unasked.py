"""What no step may ask of a colleague: time nobody pays, their own money, what is theirs, or to do without it."""

import re

_UNPAID = re.compile(
    r"\b(?:past|beyond|long after) (?:the|your|our|their) shift\b"
    r"|\b(?:stay|remain|work|wait|linger)\b[^.;]* (?:after|over) (?:the|your|our|their) (?:shift|working day)\b"
    r"|\b(?:on|in|during|give up) your (?:own time|day off|free (?:time|day|evening)|lunch break|holiday)\b"
    r"|\b(?:reachable|available|on call) (?:at any (?:time|hour)|at all (?:times|hours)|day (?:and|or) night)\b"
    r"|\bunpaid\b|\bwithout (?:being paid|pay)\b"
    r"|\b(?:from|with|out of) your own (?:pocket|money|purse|wallet)\b"
    r"|\b(?:in|on) (?:your |their )?(?:socks|stockings|bare feet)\b|\bbarefoot\b|\bwithout (?:a|your|their) (?:break|coat|jacket|lunch|shoes)\b"
    r"|\b(?:lend|give) (?:the \w+|them) your own \w+",
    re.IGNORECASE,
)


def asks_too_much(line: str) -> bool:
    """Whether a line asks for unpaid time or own money, which the house settles and no colleague owes.

    >>> asks_too_much("Stay past your shift"), asks_too_much("Hand over before your shift ends")
    (True, False)
    """
    return _UNPAID.search(" ".join(line.split())) is not None
