"""Which words complain: shown as what was said of a good deed, they would make fools of teller and reader."""

import re

_COMPLAINS = re.compile(
    r"\b(?:appalling|awful|disappoint(?:ed|ing|ment)|disgust(?:ed|ing)|disgrace\w*|dreadful|filthy|horrible|ignored us|ignored me"
    r"|never (?:again|come back|coming back|return|stay here)|overpriced|rip-?off|rude(?:ly)?|scam|terrible|unacceptable|unhelpful"
    r"|unprofessional|waste of (?:money|time)|worst|(?:will|would) not (?:be back|come back|return|recommend))\b",
    re.IGNORECASE,
)  # fmt: skip
# What turns it: it was so elsewhere, before, or not at all; or somebody put it right.
_TURNS = re.compile(
    r"\b(?:although|apologi[sz]\w*|but|despite|elsewhere|even though|however|instead|made up|not?|nothing|other (?:hotels|places|houses)"
    r"|put (?:it )?right|sorry|than|thank\w*|though|unlike|until|without)\b|n['’]t\b",
    re.IGNORECASE,
)  # fmt: skip


def complains(text: str) -> bool:
    """Whether a passage only complains: what turns to the good in the same passage is none.

    >>> complains("Terrible service, rude staff"), complains("A terrible day, but Rosa stayed with us")
    (True, False)
    """
    found = _COMPLAINS.search(text)
    return found is not None and not _TURNS.search(_COMPLAINS.sub(" ", text))
