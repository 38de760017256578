"""Titles before somebody's name, in the languages stories are told in: one list for all that reads names."""

import re
from collections.abc import Iterator

from servicestory.offices import ANY_OFFICE

HURRIED = r"mrs?|ms|mx|mister"
"""A pattern for titles after which a name is read in small letters, too: "mr holm"."""
_DOCTORS = r"drs?|prof(?:essor)?|doktor|docteur|dott(?:or|oressa)?"
_ABROAD = (
    r"mmes?|mlle|monsieur|madame|mademoiselle|messieurs|mesdames"
    r"|herr(?:n|en)?|frau|fräulein|familie|fru|fröken|frøken"
    r"|señor(?:a|es|as|ita)?|doña|senhor(?:a|es|as)?|signor(?:e|a|i|ina)?"
    r"|mevrouw|mevr|meneer|mijnheer|dhr|pani|panią|panu"
)
# In small letters, or the last ones without their stop, these are other words.
_STOPPED = rf"Sr(?!\.\s*(?i:{ANY_OFFICE})\b)|Sig|Mw|Hr|Fr|Fam"
_CAPITAL = rf"Miss|Sir|Madam|Rev(?:erend)?|Srt?a|(?:{_STOPPED})(?=\.)"
ANY_TITLE = rf"(?:(?i:{HURRIED}|{_DOCTORS}|{_ABROAD})|{_CAPITAL})"
TITLE = re.compile(rf"{ANY_TITLE}\b")
DOCTOR = re.compile(rf"(?i:{_DOCTORS})\b")
# A stop belongs to what is shortened; after any other title it ends the sentence.
_SHORT = rf"(?i:mrs?|ms|mx|drs?|prof|dott|mmes?|mlle|mevr|dhr)|Rev|Srt?a|{_STOPPED}"
_TITLES = rf"(?:\b(?:(?:{_SHORT})\.[ \t]*|{ANY_TITLE}\s+))+"
TITLE_BEFORE = re.compile(rf"{_TITLES}$")
SMALL = r"(?:(?:v[ao]n|de[nrlms]?|d[aiou]s?|della|l[ae]s?|te[nr]|zu[mr]?|el|al|bin|ibn)\s+|[dl]['’])"
"""A pattern for a small word of a name, with the space behind it: "de la Tour"."""
_TITLED = re.compile(rf"{_TITLES}(?P<who>{SMALL}{{0,3}}(?P<name>[^\W\d_a-z]\w*(?:-\w+|[’'](?!s\b)\w+)*))")
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
YEARS_OLD = rf"\b{_NUMBER}[- ](?:years?|months?|weeks?)[- ]old"


def titled(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each name after a title, up to its first great word: "Brandt", "de la Tour"."""
    for found in _TITLED.finditer(text):
        if found["name"][0].isupper():
            yield found.span("who")
