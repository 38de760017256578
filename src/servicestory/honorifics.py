"""Titles before somebody's name, in the languages stories are told in: one list for all that reads names."""

import re
from collections.abc import Iterator

from servicestory.german_nouns import is_noun
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
_GREAT = r"(?:V[ao]n|De[nr]?|D[iu]|L[ae]|Te[nr]|El|Al|Zu[mr]?)"
_TITLED = re.compile(
    rf"(?P<title>{_TITLES})(?P<who>(?P<small>(?:{SMALL}|{_GREAT}\s+(?=[^\W\d_a-z])){{0,3}})"
    r"(?P<name>[^\W\d_a-z]\w*(?:-\w+|[’'](?!s\b)\w+)*))"
)
# Right after a title these are articles, and what follows is a thing: "trug der Frau den Koffer", "la señora
# el Audi". Names have them behind another small word ("von der Heide") or, in Dutch, without one.
_ARTICLES = (
    (r"herr(?:n|en)?|frau|fräulein|familie|doktor|Hr|Fr|Fam", r"(?:de[nmrs]|das)\s"),
    (r"mmes?|mlle|monsieur|madame|mademoiselle|messieurs|mesdames|docteur", r"l[ae]s?\s"),
    (r"señor\w*|doña|senhor\w*|signor\w*|dott\w*|Sra|Srta|Sig", r"(?:el|l[ae]s?)\s"),
)
_ARTICLE_AFTER = re.compile("|".join(rf"\b(?i:{titles})\.?\s+{article}" for titles, article in _ARTICLES))
_HERR = re.compile(rf"(?i)\b(?:{_ARTICLES[0][0]})\b")
_A_PARTICLE = re.compile(rf"{_GREAT}|Die|Das|Les?|Las|Los|Il|Het")
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
YEARS_OLD = rf"\b{_NUMBER}[- ](?:years?|months?|weeks?)[- ]old"


def titled(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each name after a title, up to its first great word: "Brandt", "de la Tour".

    No thing is one: "trug der Frau den Koffer", "brachte der Frau Blumen".
    """
    for found in _TITLED.finditer(text):
        name = found["name"]
        thing = _ARTICLE_AFTER.match(found["title"] + found["small"]) or (
            _HERR.search(found["title"]) and is_noun(name)
        )
        if name[0].isupper() and not thing and not _A_PARTICLE.fullmatch(name):
            yield found.span("who")
