"""Which of the names that a text tells are customers': hidden as well, but under another word."""

import re
from collections.abc import Iterable

from servicestory.detect.around import CUSTOMER_AFTER, CUSTOMER_BEFORE
from servicestory.detect.cues import GIVES, SERVES_US
from servicestory.detect.people import suggested_in
from servicestory.detect.small_names import TITLED
from servicestory.honorifics import DOCTOR, TITLE, TITLE_BEFORE

_LETTERS = re.compile(r"[^\W\d_]+")


def customers_in(
    text: str, names: Iterable[tuple[int, int]], by_house: bool, doctors: bool = False
) -> set[tuple[int, int]]:
    """Which of these names, none of them on record, are customers': all places of a name go together.

    A title or a relation makes somebody a customer ("Mrs Holm", "my wife Ilka", "Ilka's birthday"), unless
    the text thanks them, gives them a staff role or says that they served; a title only where the house
    tells.

    Args:
        names: [start, end) of each, with or without the title.
        by_house: whether somebody of the house tells it, to whom a customer may have brought something, too.
        doctors: whether doctors work there, so that a "Dr" is one of them.
    """
    names = list(names)
    found: set[str] = set()
    for start, end in names:
        before, after = text[max(0, start - 60) : start], text[end : end + 60]
        titled = TITLE.match(text, start) or TITLE_BEFORE.search(before)
        if titled and doctors and DOCTOR.match(titled[0].split()[-1]):
            titled = None
        # customers write "Mr Holm" of whoever served them
        if (titled and by_house) or CUSTOMER_BEFORE.search(before) or CUSTOMER_AFTER.match(after):
            found |= _name_words(text[start:end])
    if found:
        for one in suggested_in(text, None, {}):
            given = by_house and one.why == SERVES_US and GIVES.match(text, one.end)
            if one.why not in _OF_ANYBODY and not given:
                found -= _name_words(text[one.start : one.end])
    return {(start, end) for start, end in names if _name_words(text[start:end]) & found}


_OF_ANYBODY = (
    "spoken of as he or she",
    TITLED,
)  # these say of a customer, too, that it is a name


def _name_words(name: str) -> set[str]:
    return {word.casefold() for word in _LETTERS.findall(name) if not TITLE.fullmatch(word)}
