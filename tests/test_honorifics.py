"""Titles in the languages of the stories: whoever has one is served, unless the house says otherwise."""

import pytest

from servicestory.detect.people import suggested_people
from servicestory.detect.suggesting import suggestions, told
from servicestory.honorifics import titled
from servicestory.masking import Mask
from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Story


def masked(text: str, *staff: str) -> str:
    house = Organisation(organisation="House", staff=[Person(name=name) for name in staff])
    one = Story(id="s-1", narrative=text)
    names = told(suggestions([one], house), {one.id: suggested_people(one, house.staff)}, [one])
    return Mask(house, [], names)(text, one.id)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Herr Dr. Brandt kam", ["Brandt"]),
        ("Herr Trost und Frau Gurung kamen", ["Trost", "Gurung"]),
        ("Mevrouw de Wit en dhr. Smit", ["de Wit", "Smit"]),
        ("Madame d'Arcy, puis mme Éluard", ["d'Arcy", "Éluard"]),
        ("El señor Soto y la Sra. Peña", ["Soto", "Peña"]),
        ("Mr. and Mrs. Hale-Orr", ["Hale-Orr"]),
        ("Mrs L. rang; Mr\nHolm's hat", ["L", "Holm"]),
        ("Mevrouw De Wit, mevrouw den Hartog, Herr von der Heide", ["De Wit", "den Hartog", "von der Heide"]),
        ("Ich trug einer Frau den Koffer und hielt dem Herrn die Tür auf.", []),
        (
            "Sie brachte der Frau Blumen, dem Herrn Kaffee, der Familie Wolldecken, Frau Koch Auskunft.",
            ["Koch"],
        ),
        ("Le di a la señora el Audi; madame la Directrice; mevrouw de tas. Mevr. De tas.", []),
        ("Thank you, Sir. We left. Die Frau kam. A Sr. Manager came. We miss Mondays.", []),
    ],
)
def test_a_name_after_a_title_is_found_in_any_language(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in titled(text)] == names


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Herr Brandt rief an.", "A customer rief an."),
        ("Wir gaben Herrn Brandt einen Schirm.", "Wir gaben a customer einen Schirm."),
        ("Der Herr Brandt dankte.", "A customer dankte."),
        ("Herr und Frau Brandt warteten.", "A customer warteten."),
        ("madame Roux avait froid", "A customer avait froid"),
        ("La señora Soto sonrió.", "A customer sonrió."),
        ("A senhora Abreu sorriu.", "A customer sorriu."),
        ("I took Mr. and Mrs. Hale to the lift.", "I took a customer to the lift."),
        ("The Kroll family were stuck.", "A customer family were stuck."),
        ("I noted that Mrs L. in nine wants it open.", "I noted that a customer in nine wants it open."),
        ("Ich trug Frau Brandt den Koffer hoch.", "Ich trug a customer den Koffer hoch."),
        ("Ich trug Frau Brandt Koffer und Hut hoch.", "Ich trug a customer Koffer und Hut hoch."),
        ("Ik gaf mevrouw De Wit de tas.", "Ik gaf a customer de tas."),
        ("Dann half Frau Petra den Koffer zu tragen.", "Dann half a customer den Koffer zu tragen."),
        ("There we heard Lady Gaga live.", "There we heard Lady Gaga live."),
    ],
)
def test_somebody_with_a_title_is_served(text: str, left: str) -> None:
    assert masked(text) == left


def test_a_colleague_of_the_staff_list_is_one_with_a_title_too() -> None:
    assert masked("Frau Brandt half Herrn Soto.", "Ute Brandt") == "A colleague half a customer."


def test_a_customer_with_a_title_is_suggested_as_no_colleague() -> None:
    one = Story(id="s-1", narrative="Herr Brandt brought us plums. Señora Soto helped us carry them.")
    assert "Brandt" not in {found.name for found in suggestions([one], Organisation()).get("s-1", [])}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The little Hanna lost her bear.", "A customer lost her bear."),
        ("Six-year-old Milo wanted to steer.", "A customer wanted to steer."),
        ("Baby Lotte slept.", "A customer slept."),
        ("Old Petra fetched the keys.", "A colleague fetched the keys."),
        (
            "Ben helped old Petra, and our old Petra laughed.",
            "A colleague helped a colleague, and a colleague laughed.",
        ),
        (
            "We walked over the old Charles bridge to Old Jordan.",
            "We walked over the old Charles bridge to Old Jordan.",
        ),
        ("Thanks to Little Joe for the heater.", "Thanks to a colleague for the heater."),
        ("We like little Italy and Little Rock.", "We like little Italy and Little Rock."),
        ("The porter gave Lotte, 6, a balloon.", "The porter gave a customer, 6, a balloon."),
        ("Xavier de la Roche's cello was heavy.", "A colleague's cello was heavy."),
        ("Yilmaz opened the gate though it was late.", "A colleague opened the gate though it was late."),
        ("He noted that Petra came.", "He noted that a colleague came."),
    ],
)
def test_children_are_served_and_names_go_whole(text: str, left: str) -> None:
    assert masked(text) == left
