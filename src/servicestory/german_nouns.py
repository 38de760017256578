"""German writes every noun with a capital: which words after a title or a name are things, not names.

"Ich brachte der Frau Blumen" names nobody. Only nouns that stand without an article are needed here (things
in the plural or by measure): before all others stands one, which no name has.
"""

import re

from servicestory.not_names import FAMILY_NAMES

_GERMAN = re.compile(
    r"(?i)\b(?:und|ich|wir|sie|nicht|kein\w*|eine[mnr]|mit|für|zum|zur|ist|auf|beim|sich|dass|ihm|haben|hatte"
    r"|wurde|frau|herrn?|gestern|dann)\b"
)
# None of them is a usual family name, as Gast, Glück or Zucker are: in doubt a word is taken for the name.
# Compounds end with one: "Wolldecken", "Rollkoffer".
_NOUNS = frozenset(
    """
    blumen blumenstrauß koffer koffern gepäck tasche taschen tüten türen schlüssel schirm schirme kaffee tee
    wasser saft kakao sekt kuchen torte kekse schokolade pralinen obst suppe brot brötchen essen frühstück
    eis geld münzen gutschein gutscheine rabatt hilfe auskunft auskünfte bescheid plätze zeit mut
    gesellschaft nachhilfe tipps unterlagen papiere formulare karte karten tickets fahrkarten fotos bilder
    bücher briefe post pakete päckchen kissen decke decken handtuch handtücher schuhe kleidung wäsche jacke
    jacken medizin medikamente tabletten pflaster salbe brille taxi auto gläser tassen teller stühle
    rollstuhl hände eier käse gemüse salat spielzeug stifte zeitung zeitungen zeitschriften geschenk
    geschenke grüße freude mitleid lob kleingeld wechselgeld trinkgeld wärme vertrauen aufmerksamkeiten
    einkäufe lebensmittel kleider strümpfe socken batterien ersatz ersatzteile werkzeug proben ober kollege
    kollegen kollegin nachbarin direktor direktorin kunden kundin gäste
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
_ENDINGS = tuple(sorted(word for word in _NOUNS if len(word) > 5))
_MADE = re.compile(r"(?!hartung$|hornung$)\w{3,}(?:ung|heit|keit|schaft|tion)(?:en)?")


def is_german(text: str) -> bool:
    """Whether a text has a word that German has and no language beside it."""
    return _GERMAN.search(text) is not None


def is_noun(word: str) -> bool:
    """Whether a word is an everyday German noun, or a compound of one, and nobody's name."""
    low = word.lower()
    if low in FAMILY_NAMES:
        return False
    return low in _NOUNS or low.endswith(_ENDINGS) or _MADE.fullmatch(low) is not None
