"""What stands for a name in a text that is shown: a word of the language the house tells its stories in.

English texts read on with "a colleague" and "a guest". Of other languages this program knows no grammar, so
one word in brackets stands there, as it does for a telephone number, whatever the case or gender.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servicestory.text import one_line
from servicestory.wording.articles import with_article

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation

NEUTRAL = "[…]"
"""What stands there in a language without words here."""
# Of each language a word for one of the staff and one for somebody served, for men and women alike.
_WORDS = {
    "de": ("[Teammitglied]", "[Kundin/Kunde]"),
    "fr": ("[collègue]", "[client·e]"),
    "es": ("[colega]", "[cliente]"),
    "it": ("[collega]", "[cliente]"),
    "pt": ("[colega]", "[cliente]"),
    "nl": ("[collega]", "[klant]"),
    "da": ("[kollega]", "[kunde]"),
    "no": ("[kollega]", "[kunde]"),
    "nb": ("[kollega]", "[kunde]"),
    "sv": ("[kollega]", "[kund]"),
}


@dataclass(frozen=True)
class StandIns:
    """What stands for a colleague's and for a customer's name, and whether that is English."""

    colleague: str = "a colleague"
    customer: str = "a customer"
    english: bool = True


def stand_ins(organisation: "Organisation | None") -> StandIns:
    """The words for the workspace's ``language`` and its own word for customers."""
    if organisation is None:
        return StandIns()
    word = one_line(organisation.customer_word) or "customer"
    language = organisation.language.replace("_", "-").split("-")[0].strip().lower() or "en"
    if language == "en":
        return StandIns(customer=with_article(word.casefold()))
    colleague, customer = _WORDS.get(language, (NEUTRAL, NEUTRAL))
    return StandIns(colleague, customer if word.casefold() == "customer" else f"[{word}]", False)
