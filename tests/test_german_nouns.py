"""German nouns have capitals: which of them are things and not names."""

import pytest

from servicestory.german_nouns import is_german, is_noun


@pytest.mark.parametrize("word", ["Blumen", "Rollkoffer", "Auskunft", "Zahlungen", "Wolldecken", "Kollegin"])
def test_an_everyday_noun_or_a_compound_of_one_is_a_thing(word: str) -> None:
    assert is_noun(word)


@pytest.mark.parametrize(
    "word", ["Brandt", "Koch", "Hornung", "Meyer", "Weber", "Jung", "Soto", "Gurung", "Trost", "Gast"]
)
def test_a_family_name_is_none(word: str) -> None:
    assert not is_noun(word)


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("Ich trug den Koffer.", True),
        ("Dem Herrn Geld geliehen.", True),
        ("Joop den Uyl helped us and Petra.", False),
        ("Mevrouw den Hartog belde.", False),
    ],
)
def test_a_text_is_german_by_words_no_other_language_has(text: str, german: bool) -> None:
    assert is_german(text) is german
