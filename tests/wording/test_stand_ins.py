"""What stands for a name in the language of the house."""

import pytest

from servicestory.masking import Mask
from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Story
from servicestory.train.session import told_aloud
from servicestory.wording.stand_ins import NEUTRAL, stand_ins


def house(language: str, customer: str = "customer") -> Organisation:
    return Organisation(
        language=language,
        customer_word=customer,
        staff=[Person(name="Petra Sommer"), Person(name="Rosa Lund")],
    )


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("de-AT", "Petra half mir.", "[Teammitglied] half mir."),
        ("de", "Ich fragte die Frau Sommer.", "Ich fragte [Teammitglied]."),
        (
            "de",
            "Eine Frau Sommer half, auch Rosas Karte.",
            "[Teammitglied] half, auch [Teammitglied]s Karte.",
        ),
        ("fr", "Merci à Petra.", "Merci à [collègue]."),
        ("es", "La señora Sommer ayudó.", "[colega] ayudó."),
        ("fi", "Petra auttoi.", f"{NEUTRAL} auttoi."),
        ("en-GB", "Petra helped.", "A colleague helped."),
    ],
)
def test_a_word_of_the_workspaces_language_stands_for_a_name(language: str, text: str, left: str) -> None:
    assert Mask(house(language), [])(text) == left


def test_the_houses_own_word_stands_for_a_customer() -> None:
    assert stand_ins(house("de", "Gast")).customer == "[Gast]"
    assert stand_ins(house("de")).customer == "[Kundin/Kunde]"
    assert stand_ins(house("en", "early guest")).customer == "an early guest"


def test_a_story_read_aloud_has_the_same_word() -> None:
    one, words = Story(id="s-1", narrative="-", people=["Milo"]), house("de")
    said = told_aloud("Frau Sommer und Milo halfen.", one, words, lambda text, _: text)
    assert said == "[Teammitglied] und [Teammitglied] halfen."
