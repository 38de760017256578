"""Stories in other languages: what is done with them, and what is said."""

import pytest

from servicestory.detect import language
from servicestory.detect.explain import explain
from servicestory.detect.pipeline import Config, detect
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice
from tests.detect.conftest import story

CASES = [
    "Den Koffer auf das Zimmer getragen",
    "Die Koffer der Gäste ins Zimmer getragen",
    "Koffer bis ins Zimmer getragen",
    "Zwei Koffer zum Zimmer hinauf getragen",
]
CALLS = [
    "Am nächsten Morgen beim Gast angerufen",
    "Den Gast am Morgen nach der Anreise angerufen",
    "Am Morgen beim neuen Gast angerufen",
    "Jeden Morgen beim Gast angerufen",
]
HOUSE = Config(language="de-AT")


def test_listed_lines_are_grouped_by_their_stems(codebook: list[CodebookEntry]) -> None:
    told = [
        story(f"{i:02}", "Es war ein schöner Tag.", behaviours=[line]) for i, line in enumerate(CASES + CALLS)
    ]
    found = detect(told, [], codebook, HOUSE)
    assert sorted(p.stories for p in found.practices) == [4, 4]
    assert all(p.definition is None for p in found.practices)
    assert all(
        "“" in p.name and p.name.endswith("”") for p in found.practices
    )  # no English deed is read there
    words = {w for p in found.practices for w in p.words}
    assert {"koffer", "zimmer", "morgen", "gast"} <= words
    assert not words & language.stop_words(["de"])
    assert not any("customer" in p.name.lower() for p in found.practices)


def test_their_narratives_are_not_read_and_that_is_said(codebook: list[CodebookEntry]) -> None:
    told = [story("d", "Sie trug die Koffer in unser Zimmer und rief ein Taxi."),
            story("e", "The porter carried our suitcases up to the room.", language="en")]  # fmt: skip
    found = detect(told, [], codebook, HOUSE)
    assert {b.story for b in found.behaviours} == {"s-e"}
    [note] = [n for n in found.notes if "German" in n]
    assert note.startswith("1 story is in German.")
    assert "behaviours:" in note
    said = explain(found, told[0], "de")
    assert "in German" in said[0]
    assert not any("Left out" in line for line in said)


def test_what_a_person_marked_in_a_foreign_text_stays() -> None:
    told = [story("d", "Es regnete. Sie trug die Koffer.")]
    pinned = Practice(id="P-0001", name="Koffer tragen", status="accepted",
                      evidence=[Evidence(story="s-d", start=12, end=32, pinned=True)])  # fmt: skip
    found = detect(told, [pinned], [], HOUSE)
    assert [b.text for b in found.behaviours] == ["Sie trug die Koffer."]


def test_an_entry_in_the_houses_language_is_recognised_by_its_words() -> None:
    entry = CodebookEntry(
        key="koffer", name="Koffer tragen", definition="Wir tragen die Koffer der Gäste auf das Zimmer."
    )
    told = [story(f"{i}", behaviours=[line]) for i, line in enumerate([CASES[1], CALLS[0]])]
    found = detect(told, [], [entry], HOUSE)
    assert {b.text: b.practices for b in found.behaviours} == {CASES[1]: ("P-0001",), CALLS[0]: ()}


def test_texts_that_are_not_in_english_although_nobody_said_so_are_noticed() -> None:
    told = [
        story(f"{i}", f"Sie trug die Koffer von Gast {i} in das Zimmer und rief ein Taxi.") for i in range(5)
    ]
    assert any("5 stories seem to be in German" in n for n in detect(told, [], []).notes)
    told = [story("e", "It was raining, and she lent me her own umbrella.")]
    assert language.notes(told, "en", language.foreign(told, "en")) == []


@pytest.mark.parametrize(
    ("which", "text", "words"),
    [
        ("fr", "Elle a porté les valises", ["port", "valis"]),
        ("ja", "荷物を", ["荷物", "物を"]),
        ("xx", "Abra kadabra", ["abra", "kadabra"]),
    ],
)
def test_words_of_a_language(which: str, text: str, words: list[str]) -> None:
    assert language.analyser(which)[0](text) == words


def test_what_a_language_lacks_is_said() -> None:
    assert language.analyser("de")[1] == ()
    told = [story("a", behaviours=["Nešto"], language="sr"), story("b", behaviours=["Xin"], language="xx")]
    notes = " ".join(language.notes(told, "en", language.foreign(told, "en")))
    assert "Serbian" in notes
    assert "no list of stop words for it" in notes
    assert "no stemmer and no list of stop words" in notes


def test_a_few_short_stories_in_another_language_are_said_with_which() -> None:
    told = [
        story(f"e{n}", "She walked with the guest to the station and waited for his train.")
        for n in range(40)
    ]
    told.append(story("d", "Selma setzte sich zu mir, weil ich Angst vor der Spritze hatte."))
    [note] = language.notes(told, "en", language.foreign(told, "en"))
    assert "1 story seems to be in German (for example s-d)" in note
    assert "language: de" in note
    assert "not read for practices" in note and "'language: en'" in note


@pytest.mark.parametrize(
    ("which", "text"),
    [
        ("de", "Der Fahrer wartete an der Haltestelle, weil er mich rennen sah."),
        ("fr", "Mon vélo était cassé ; Karim l'a réparé en dix minutes et n'a rien voulu prendre."),
        ("es", "Marta llamó al día siguiente para preguntar si todo funcionaba bien."),
        ("nl", "Zij bleef bij mijn vader zitten tot wij er waren."),
        ("it", "L'autista ha aspettato perché mi ha visto correre."),
        ("pt", "A enfermeira ficou com a minha mãe até ela adormecer."),
        ("pl", "Kierowca poczekał, bo zobaczył, że biegnę."),
        ("ja", "スタッフの方が荷物を部屋まで運んでくださいました。"),
        (None, "Great place, very clean, super friendly staff, delicious breakfast!"),
        (None, "lovely lady Agnieszka Kowalczyk sorted parcel"),
        (None, "Mrs Okonkwo's prescription hand delivered Sunday"),
        (None, "Pls thank Siobhán, gr8 help"),
        (None, "Danke Marek!"),
        (None, "asdkjh qwoieu zxmcnb"),
        (None, ""),
        (None, "🙂 …"),
    ],
)
def test_what_a_short_text_seems_to_be_in(which: str | None, text: str) -> None:
    assert language.seems(text) == which


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("English", "en"),
        ("german", "de"),
        ("de-AT", "de"),
        ("EN_gb", "en"),
        ("klingon", "klingon"),
        (None, "en"),
    ],
)
def test_a_language_may_be_written_by_its_name(said: str | None, code: str) -> None:
    assert language.code(said) == code


def test_a_story_that_is_surely_not_in_english_is_not_read_until_somebody_says_it_is() -> None:
    text = "Sie trug die Koffer in unser Zimmer. She carried our cases."
    assert language.spoken(story("m", text), "en") == "en"
    told = story("d", "Er rief mich am nächsten Tag an und fragte, ob die Lampe geht.")
    assert language.foreign([told], "en") == {0: "de"}
    assert language.foreign([told.model_copy(update={"language": "en"})], "en") == {}
    listed = told.model_copy(update={"behaviours": ["Am nächsten Tag angerufen"]})
    found = detect([listed], [], [])
    assert [b.text for b in found.behaviours] == ["Am nächsten Tag angerufen"]
    assert "in German and was not read" in explain(found, listed, "en")[0]


def test_stories_in_several_languages_are_said_in_one_sentence_most_told_of_first() -> None:
    told = [
        story("d", "Selma setzte sich zu mir, weil ich Angst vor der Spritze hatte."),
        story("f", "Le portier nous a porté les valises jusque dans la chambre."),
        story("g", "La gouvernante nous a apporté une couverture parce que nous avions froid."),
    ]
    [note] = language.notes(told, "en", language.foreign(told, "en"))
    assert note.startswith(
        "3 stories seem to be in other languages than English: 2 French (fr: s-f), 1 German (de: s-d). They"
    )
    assert "mark each with its language, such as 'language: fr'" in note
