"""First names of colleagues are suggested with a reason; customers', places' and dishes' names never are."""

import pytest

from servicestory.detect.people import WHYS, suggested_in, suggested_people
from servicestory.models.organisation import Person
from servicestory.models.story import Story
from servicestory.offices import OFFICES
from servicestory.wording.roles import by_role

STAFF = [
    Person(name="Ana Lund", aliases=["Annie"]),
    Person(name="Ben Okoro"),
    Person(name="Ben Adler"),
    Person(name="Sebastião Pires", aliases=["Seb"]),
]


def names(text: str, staff: list[Person] | None = None, site: str | None = None) -> list[str]:
    story = Story(id="s", narrative=text, site=site)
    found = suggested_people(story, staff or [])
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.why
        if not staff:
            assert " ".join(text[one.start : one.end].split()) == one.name
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our waiter Milo was so kind.", ["Milo"]),
        ("The receptionist, Sanna, telephoned us.", ["Sanna"]),
        ("The waitress named Odette took our order", ["Odette"]),
        ("Thanks to Ferro and Ilka for the evening!", ["Ferro", "Ilka"]),
        ("Kudos to Jarek, Ilka & Tove.", ["Jarek", "Ilka", "Tove"]),
        ("Thank you Odette for a lovely stay", ["Odette"]),
        ("Thank u so much Odette for the window table", ["Odette"]),
        ("Thank you very much Torvald!", ["Torvald"]),
        ("Thx Torvald! He carried our bags up.", ["Torvald"]),
        ("Shout out to our server Nadja!", ["Nadja"]),
        ("Special mention to Mr. Castellan who found the bag.", ["Castellan"]),
        ("Torvald served us with a smile.", ["Torvald"]),
        ("Petra really helped us with the bags", ["Petra"]),
        ("We were looked after by Ingmar Holt all night.", ["Ingmar Holt"]),
        ("Great service by Yusra and Milo.", ["Yusra", "Milo"]),
        ("Wanda, the night porter, carried it up.", ["Wanda"]),
        ("Chef Bruno made a soup.", ["Bruno"]),
        ("The guy Torvald took the good care of us.", ["Torvald"]),
        ("Very thankful to Ilka, Tove and Runa.", ["Ilka", "Tove", "Runa"]),
        ("Quick delivery by Torvald", ["Torvald"]),
        ("Torvald ( floor manager ) came by.", ["Torvald"]),
        ("Torvald is very friendly", ["Torvald"]),
        ("Bartenders are very courteous. Housekeeping helped us.", []),
    ],
)
def test_a_name_next_to_a_role_a_service_or_a_thanks(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The team served us well. Service was great.",
        "My husband Oskar helped us carry the bags.",
        "Our daughter Lina was surprised with a cake.",
        "Thanks to the staff for Lina's birthday.",
        "They celebrated. Thank you! - Gerhard",
        "Thanks to Harbour Hotel we slept well.",
        "Highly recommended. Everything was served hot.",
        "Warmly welcomed by the staff.",
        "Thank you so much. Pizza was served hot.",
        "The guest Marlene was helped at once.",
        "The manager in Lisbon said nothing.",
        "Thanks to Google we found it.",
        "I'm a bartender myself.",
        "Thanks. Regards, Henrike",
        "We come again and again.\nThanks,\nHenrike",
        "We come again.\nThank you so much!\n\nHenrike.",
        "",
    ],
)
def test_customers_places_and_ordinary_words_are_left_out(text: str) -> None:
    story = Story(id="s", narrative=text, behaviours=["did it"])
    assert suggested_people(story, []) == []


def test_what_is_tasted_is_a_dish_or_a_drink() -> None:
    for text in (
        "We ordered the Captain Verano and two teas.",
        "You should try Captain Verano, a green drink.",
        "I had the Captain Verano.",
    ):
        assert names(text) == [], text
    assert names("We ordered late. Captain Milo came at once.") == ["Milo"]
    assert names("We had the captain Milo at our table.") == ["Milo"]


def test_the_storys_own_site_is_no_colleague() -> None:
    assert names("Thanks to Kestrel for a lovely stay", site="Kestrel Point") == []
    assert names("Thanks to Kestrel for a lovely stay", site="Quay") == ["Kestrel"]
    assert names("Thanks to Kpoint for a lovely stay", site="K-Point") == []


def test_a_word_that_also_stands_in_small_letters_is_no_name() -> None:
    assert names("Soup served us well. The soup was hot.") == []


def test_the_staff_list_gives_the_whole_name_wherever_it_stands() -> None:
    assert names("In the end annie brought it.", STAFF) == ["Ana Lund"]
    assert names("Ana Lund was there, and so was Seb.", STAFF) == ["Ana Lund", "Sebastião Pires"]
    assert names("Ana ran after us.", STAFF) == ["Ana Lund"]


def test_a_first_name_two_colleagues_share_is_left_as_written() -> None:
    assert names("Ben brought it.", STAFF) == ["Ben"]
    assert names("Ben Adler brought it.", STAFF) == ["Ben Adler"]


def test_a_short_name_in_small_letters_could_be_a_word() -> None:
    assert names("he was ben about it", STAFF) == []


def test_a_customer_who_shares_a_colleagues_name_is_left_out() -> None:
    assert names("My wife Ana was tired.", STAFF) == []


def test_a_line_that_ends_with_a_name_names_nothing_with_the_next_one() -> None:
    assert names("Nice service by Rosalind\nFood wasvery good") == ["Rosalind"]
    assert names("We liked the service at Rosalind\nhotel in town") == []


def test_each_place_is_suggested_once_with_its_reason() -> None:
    story = Story(id="s", narrative="Thanks to our waiter Milo, who served us. Milo was very kind.")
    found = suggested_people(story, [])
    assert [(one.name, one.why) for one in found] == [("Milo", "thanked"), ("Milo", "said to have served")]
    assert found[0].start < found[1].start


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("our server megan was lovely", "Megan", "named with a staff role"),
        ("The bartender, torvald, knew.", "Torvald", "named with a staff role"),
        ("Our waiter named ilka helped us.", "Ilka", "named with a staff role"),
        ("our waiter mr. torvald was kind", "Torvald", "named with a staff role"),
        ("special thanks to torvald for the map", "Torvald", "thanked"),
        ("thanx to torvald for the map", "Torvald", "thanked"),
        ("we were served by ilka and it was fine", "Ilka", "said to have served"),
        ("mr. torvald was kind", "Torvald", "named with a title"),
    ],
)
def test_a_name_in_small_letters_is_found_where_only_a_name_can_stand(text: str, name: str, why: str) -> None:
    [found] = suggested_people(Story(id="s", narrative=text), [])
    assert (found.name, text[found.start : found.end], found.why) == (name, name.lower(), why)
    assert why in WHYS


@pytest.mark.parametrize(
    "text",
    [
        "our server brought us a map",
        "the waiter promptly came",
        "the cookies, cakes and tea",
        "The chef himself was there.",
        "Guys plzz, come here",
        "the guy instead was kind",
        "my wife and our guest torvald were there",
        "thanks to quayside for it",
    ],
)
def test_words_after_a_role_are_no_names(text: str) -> None:
    assert suggested_people(Story(id="s", narrative=text, site="Quayside"), []) == []


def test_who_is_spoken_of_as_he_or_she_is_a_person() -> None:
    assert names("In case of Torvald, he always walks us to the lift.") == ["Torvald"]
    assert names("As for Ilka, she always keeps an eye on the door.") == ["Ilka"]
    assert names("My wife Ilka, she always orders soup.") == []
    assert names("At the Moor, he said, it rains.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Employees were super friendly.",
        "Meals were amazing.",
        "Reservations was helpful on the phone.",
        "Servicing was amazing.",
        "The Captain Table was free.",
        "Nurse Practitioner on duty was thorough.",
        "Joe's Crab Shack was excellent.",
        "Tea was served here hot.",
        "Soup served was excellent.",
    ],
)
def test_everyday_words_are_offered_as_nobody(text: str) -> None:
    assert names(text) == []


def test_an_everyday_word_that_people_are_called_by_is_offered() -> None:
    assert names("Sunny served us well.") == ["Sunny"]
    assert names("Previous Torvild was helpful.") == []


def test_the_site_misspelt_is_nobody() -> None:
    assert names("Harbor was amazing.", site="Harbour House") == []
    assert names("Harper was amazing.", site="Harbour House") == ["Harper"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anatole, the valet, ran after us.", ["Anatole"]),
        ("Rosalind, the Front Office Manager, wrote to us.", ["Rosalind"]),
        ("Éamon the GM came down.", ["Éamon"]),
        ("Hamish, manager, took it off the bill.", ["Hamish"]),
        ("Specially mentioning RM Mr. Torvild, who found it.", ["Torvild"]),
        ("The service given by Orvika was quick.", ["Orvika"]),
    ],
)
def test_a_role_after_a_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_the_first_word_of_an_alias_that_is_an_everyday_word_is_nobody() -> None:
    staff = [Person(name="Len Purdy", aliases=["Len", "Old Len"]), Person(name="Precious Moyo")]
    assert names("Old boots came ashore. Old Len laughed.", staff) == ["Len Purdy"]
    assert names("Then Precious rang the owner.", staff) == ["Precious Moyo"]


@pytest.mark.parametrize(
    "name", ["Read the slip with the colleague", "Send the plumber up", "Teach the colleague to do it"]
)
def test_the_verb_of_a_practice_is_nobody_s_name(name: str) -> None:
    assert suggested_in(f"P-0032 {name}", None, {}) == []
    assert suggested_in(f"P-0032 {name}; words that spoke for it: slip.", None, {}) == []
    assert [one.name for one in suggested_in("So glad Frank, the valet, was there.", None, {})] == ["Frank"]


@pytest.mark.parametrize("office", [*OFFICES, "team leader", "sales assistant", "member of staff"])
def test_beside_every_office_a_name_is_a_colleagues_and_the_office_stands_for_it(office: str) -> None:
    text = f"The {office} Torvild rowed us across."
    if office != "boy":  # as often a customer's
        assert names(text) == ["Torvild"]
    if office != "nurse":  # a title as well
        said = by_role(f"The {office} a colleague rowed us across.", "a colleague")
        assert said == f"The {office} rowed us across."


def test_no_letter_of_a_name_is_read_as_an_article() -> None:
    assert names("Papiya good hostess") in ([], ["Papiya"])
    assert names("Service at La Jolla Quay - Hi guys.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The team (Anna, Peter and Sue) sang for us.", ["Anna", "Peter", "Sue"]),
        ("Staff like Anna, Peter and Sue make the place.", ["Anna", "Peter", "Sue"]),
        ("Thanks to Ana, Bo & Cy for the stay.", ["Ana", "Bo", "Cy"]),
        ("Special thanks to Lucy/Torvild/Ben!", ["Lucy", "Torvild", "Ben"]),
        ("Kudos to Lucy and torvild for it.", ["Lucy"]),  # no first name, in small letters
        ("Kudos to Lucy and ben.", ["Lucy", "Ben"]),
        ("Kudos to Lucy and Breakfast.", ["Lucy"]),
        ("We had Jameslyn as our server.", ["Jameslyn"]),
        ("Ask for Lucy, the best there is.", ["Lucy"]),
        ("Ask for Tiramisu, the best there is.", []),
        ("Great service from Lucy and Mr.Avinash.", ["Lucy", "Avinash"]),
        ("Great service from Brimble.", []),
        ("Mr Anselm Ruck who is the floor manager came.", ["Anselm Ruck"]),
        ("Papiya good hostess, we will be back.", ["Papiya"]),
        ("Ana, Bela these guys rock.", ["Ana", "Bela"]),
        ("Aurora at the till was lovely.", ["Aurora"]),
        ("I should not forget Mr Anselm, who sang.", ["Anselm"]),
        ("Raza gave us very good service.", ["Raza"]),
        ("Brimble provides very good service.", []),
        ("Lucy thank you for the boat.", ["Lucy"]),
        ("Torvild was attending our table.", ["Torvild"]),
        ("Torvild working here had a smile.", ["Torvild"]),
        ("The service (Lucy) was quick, the staff kind, especially Ben.", ["Lucy", "Ben"]),
        ("our waitress was lucy and she sang", ["Lucy"]),
        ("thanks lucy!", ["Lucy"]),
        ("a fine walk, and for guiding us milo for the view", ["Milo"]),
        ("They kept guiding us throughout.", []),
        ("The boys were ever so quick (zuzka , ilkar and torvild).", ["Zuzka", "Ilkar", "Torvild"]),
        ("Loved the staff (friendly, quick and polite).", []),
        ("Loved the starters (momo , dimsum and penne).", []),
        ("thank you soo much", []),
        ("the momo was great and the chai helped us", []),
        ("I drove out to Brimble Bakers Wenlock for bread.", []),
    ],
)
def test_lists_small_letters_and_who_is_asked_for(text: str, expected: list[str]) -> None:
    assert [name.capitalize() if name.islower() else name for name in names_of(text)] == expected


def names_of(text: str) -> list[str]:
    return [one.name for one in suggested_people(Story(id="s", narrative=text), [])]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you Mr. Ostrow for founding this company.",
        "Kudos to Mr. Ostrow, the founder of the chain.",
        "Thanks to our CEO Ilka Ostrow.",
        "Thanks to Lacey, WA for the welcome.",
        "I go to the store at Brimble daily. Thank you Brimble!",
        "Your Lacey store is clean. Thanks Lacey.",
        "Thanks to the Lacey store.",
    ],
)
def test_who_founded_the_firm_and_where_it_stands_served_nobody(text: str) -> None:
    assert names_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I met my old friend Torvild there. Torvild recommended the soup to us.",
        "We came here with Ilka and Bo. Ilka suggested the soup to us.",
        "Ilka, a friend of mine, recommended this place.",
        "Thanks to Ilka for recommending this place to us.",
        "My friends Ilka, Bo and Cy made sure I had a cake.",
        "Had lunch with Ilka, she is always late.",
        "The Torvildo was excellent with the sauce.",
        "The valet parkers are always kind. Thanks to guys Misbehaving nowhere.",
    ],
)
def test_whom_a_customer_came_with_is_no_colleague(text: str) -> None:
    assert not suggested_people(Story(id="a", narrative=text, prompted="import"), [])


def test_a_colleague_stays_one_beside_a_relation_of_a_customer() -> None:
    text = "Rosa, my son's nurse, helped us. The waiter Milo helped my friend Ilka."
    found = suggested_people(Story(id="a", narrative=text), [])
    assert [one.name for one in found] == ["Rosa", "Milo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kudos to LaDonna and O'Shea Brandt.", ["LaDonna", "O'Shea Brandt"]),
        ("Jean-Luc served us tea.", ["Jean-Luc"]),
        ("Ruth is such a kind and friendly person.", ["Ruth"]),
        ("Amber and Nadja at the shop on Mill Lane are always so warm and welcoming.", ["Amber", "Nadja"]),
        ("Oskar was a joy to talk to.", ["Oskar"]),
        ("Ilka, the young lady at the till, knew it.", ["Ilka"]),
        ("The drivers were great, especially Zuvrik.", ["Zuvrik"]),
        ("It is employees like Zuvrik who make the day.", ["Zuvrik"]),
        ("I want to acknowledge Zuvrik for this.", ["Zuvrik"]),
        ("The front desk (Ilka) and the bar were kind.", ["Ilka"]),
        ("We found Zuvrik who told us the way.", ["Zuvrik"]),
        ("I rang a lady called Zuvrika and all was well.", ["Zuvrika"]),
        ("Her name is Zuvrika and she never tires.", ["Zuvrika"]),
        ("Zuvrik has been my barber for years.", ["Zuvrik"]),
        ("She leads a great team with Ilka, Oskar and Tove.", ["Ilka", "Oskar", "Tove"]),
        ("I think his name is Don, I don't know.", ["Don"]),
        ("We love Nadja! She waves from afar.", ["Nadja"]),
    ],
)
def test_what_only_people_are_and_do_names_a_colleague(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Thank you British Airways for the help.",
        "Wizz Air offered another seat.",
        "Venice was very friendly.",
        "Charlotte is a friendly city.",
        "The Bangkok Basa, Chef's own recipe, was good.",
        "The staff were great, especially Breakfast.",
        "Our son was ill. His name is Zuvrik.",
        "We come again. Love, Nadja",
        "Kudos to Mr. Halvard for his lasting vision.",
        "A team with Passion.",
    ],
)
def test_places_firms_dishes_and_customers_are_no_colleagues_beside_them(text: str) -> None:
    assert names(text) == []


def test_who_is_called_like_a_town_is_named_where_a_role_or_a_list_says_so() -> None:
    assert names("Our waiter London was quick.") == ["London"]
    assert names("Oskar and London were very helpful.") == ["Oskar", "London"]


def test_an_animal_is_suggested_as_nobody() -> None:
    told = Story(id="a", narrative="Max is our guide dog and the porter Rose let him in.")
    assert [one.name for one in suggested_people(told, [])] == ["Rose"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our driver François-Xavier de la Roche waited.", ["François-Xavier de la Roche"]),
        ("Thanks to Jean-Luc van der Wal we made it.", ["Jean-Luc van der Wal"]),
        ("It was cold, but R. Orvik helped us with the bags.", ["R. Orvik"]),
        ("We took plan B. Rosa helped us.", ["Rosa"]),
    ],
)
def test_a_name_is_suggested_whole(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We loved it. P.S. Rosa was our waiter.", "Rosa"),
        ("P. S. Rosa, our waitress, was lovely.", "Rosa"),
        ("P.P.S. Rosa helped us with the bags.", "Rosa"),
        ("Thanks to P.J. Tull, our waiter.", "P.J. Tull"),
        ("Thanks to S. Tull, our waiter.", "S. Tull"),
    ],
)
def test_a_postscript_is_no_initial(text: str, name: str) -> None:
    assert [one.name for one in suggested_people(Story(id="s", narrative=text), [])] == [name]
