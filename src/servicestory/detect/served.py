"""Names that a text gives to whoever is served: after a title, of a family, of a child."""

import re
from collections.abc import Callable, Iterator

from servicestory.detect.around import PLACE_AFTER
from servicestory.honorifics import YEARS_OLD, titled
from servicestory.wording.given import is_given

_NAME = r"(?P<n>[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)"
_FAMILY = re.compile(rf"\b[Tt]he\s+{_NAME}\s+(?:family|couple|twins|sisters|brothers)\b")
_CHILD = re.compile(rf"(?:(?P<small>\b(?:little|[Bb]aby|[Tt]oddler))|(?i:{YEARS_OLD}))\s+{_NAME}\b")


def served(text: str, only_a_name: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """[start, end) of each such name.

    Args:
        only_a_name: whether a word (folded) with a capital is no other word, and no place of the house.
    """
    yield from titled(text)
    for found in _FAMILY.finditer(text):
        if only_a_name(found["n"].casefold()):
            yield found.span("n")
    for found in _CHILD.finditer(text):
        low = found["n"].casefold()
        named = only_a_name(low) and (is_given(low) or not found["small"])  # no "little Italy"
        if named and not PLACE_AFTER.match(text[found.end() : found.end() + 40]):
            yield found.span("n")
