"""What was done for the teller, said to whoever did it: "called my room" -> "called a guest's room"."""

import re

from servicestory.wording.articles import with_article
from servicestory.wording.morphology import past_lemma

_FIRST = re.compile(
    r"\b(I|me|my|mine|myself|us|our|ours|ourselves|we)\b(?:(?P<cut>['’](?:d|ll|m|ve|re))\b)?"
    r"(?: (?!(?:me|my|mine|myself|us|our|ours|ourselves|we)\b)(?P<next>[a-z]+))?"
)
# What cannot be said of one somebody: how many they were, and who of them.
_PARTS = re.compile(r"\bof us\b|\bus (?:all|both|two|three|four)\b|\b(?:we|us) and\b|\band I\b|\bI and\b")
_LATER = {"I": "they", "we": "they", "me": "them", "us": "them", "my": "their", "our": "their"}
_ALWAYS = {"mine": "theirs", "ours": "theirs", "myself": "themselves", "ourselves": "themselves"}
_ONE = {"am": "is", "were": "was", "have": "has", "do": "does"}
_THEY = {"am": "are", "was": "were"}
_FITS = frozenset("am is was were have had do did could would should might must can will may".split())


def of_somebody(said: str, word: str) -> str:
    """A deed without the teller's "I" and "my"; empty where it cannot be said so.

    >>> of_somebody("called my room to hear if I was well", "guest")
    "called a guest's room to hear if they were well"

    Args:
        word: what the house calls whom it serves.
    """
    if _PARTS.search(said):
        return ""
    known = fails = False

    def put(found: re.Match[str]) -> str:
        nonlocal known, fails
        own, cut, after = found[1], found["cut"], found["next"]
        if own in _ALWAYS:
            fails = fails or not known
            return found[0].replace(own, _ALWAYS[own], 1)
        subject = own in ("I", "we")
        if subject and not known and (cut or not after or not (after in _FITS or past_lemma(after))):
            fails = True  # "a guest live upstairs"
        if known:
            said = _LATER[own]
            cut = (cut or "").replace("m", "re")
        else:
            one, known = with_article(word), True
            said = f"{one}'s" if own in ("my", "our") else one
        verb = (_THEY if said == "they" else _ONE).get(after or "", after) if subject else after
        return f"{said}{cut or ''}{f' {verb}' if verb else ''}"

    changed = _FIRST.sub(put, said)
    return "" if fails else changed
