"""Names of colleagues leave every text; words that only look like names stay."""

import pytest

from servicestory.detect.told_names import ToldNames
from servicestory.masking import Mask
from tests.report.build import organisation

MASK = Mask(organisation(), ["Noor of the night", "guest-17", "Xu Lan"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ada Brisk carried it.", "A colleague carried it."),
        ("Then Ada Brisk's brother", "Then a colleague's brother"),
        ("we saw adi run", "we saw a colleague run"),
        ("with Ada and Will, both tired", "with colleagues, both tired"),
        ("Mrs Brisk rang", "A colleague rang"),
        ("and then Mrs. Brisk rang", "and then a colleague rang"),
        ("your therapist Ada had come", "your therapist had come"),
        ("our night porter Ada Brisk, tired", "our night porter, tired"),
        ("the porter Ada's cap", "the porter's cap"),
        ("Ada, the nurse, rang", "A colleague, the nurse, rang"),
        ("a brisk walk, a stone, they will come", "a brisk walk, a stone, they will come"),
        ("Will came", "A colleague came"),
        ("Thanks @Ada for it", "Thanks to a colleague for it"),
        ("#Ada helped us", "A colleague helped us"),
        ("Xu Lan and Lan", "Colleagues"),
        ("guest-17 said", "A colleague said"),
        ("It ended. Ada left", "It ended. A colleague left"),
        ("Adamant", "Adamant"),
        ("Adas bag", "Adas bag"),
        ("", ""),
    ],
)
def test_names_are_replaced_where_they_stand(text: str, masked: str) -> None:
    assert MASK(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("In May the lift stood still", "In May the lift stood still"),
        ("since May, until June, next May", "since May, until June, next May"),
        ("By May it ran again", "By May it ran again"),
        ("on 3 May, on May 24 and in early May", "on 3 May, on May 24 and in early May"),
        ("May 2026 was wet", "May 2026 was wet"),
        ("May rang, and we rang May", "A colleague rang, and we rang a colleague"),
        ("mended by May", "mended by a colleague"),
        ("since May always came", "since a colleague always came"),
        ("in May's hands", "in a colleague's hands"),
        ("gave May 2 towels", "gave a colleague 2 towels"),
        ("in May Lund's hands", "in a colleague's hands"),
        ("Klaas' own lamp", "A colleague's own lamp"),
        ("from Klaas’ own lamp", "from a colleague’s own lamp"),
        ("so they said 'Klaas' and laughed", "so they said 'a colleague' and laughed"),
    ],
)
def test_a_month_is_no_colleague_and_a_bare_apostrophe_says_whose(text: str, masked: str) -> None:
    mask = Mask(organisation(staff=[{"name": "May Lund"}, {"name": "Klaas"}, {"name": "June"}]), [])
    assert mask(text) == masked
    assert mask.slug("In May the lift stood still") == "in-may-the-lift-stood-still"


@pytest.mark.parametrize("alias", ["J.F.", "J. F.", "JF"])
@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("JF carried it", "A colleague carried it"),
        ("then J.F. came", "then a colleague came"),
        ("then J. F. came", "then a colleague came"),
        ("in J.F.'s hat, in JF's hat", "in a colleague's hat, in a colleague's hat"),
        ("brought by J.F. The guest slept", "brought by a colleague. The guest slept"),
        ("then J.F. Farrow ran", "then a colleague ran"),
        ("then JF Farrow ran", "then a colleague ran"),
        ("JFK and F.J. flew", "JFK and F.J. flew"),
    ],
)
def test_initials_are_one_name_with_and_without_dots_and_blanks(alias: str, text: str, masked: str) -> None:
    mask = Mask(organisation(staff=[{"name": "Joan Farrow", "aliases": [alias]}]), [])
    assert mask(text) == masked
    assert mask.slug("JF and the hat") == mask.slug("J.F. and the hat") == "a-colleague-and-the-hat"


def test_initials_that_are_a_word_are_that_word_in_small_letters() -> None:
    mask = Mask(organisation(staff=[{"name": "Ava Moor", "aliases": ["A.M."]}]), [])
    assert mask("I am here. Am I? AM was.") == "I am here. Am I? A colleague was."
    assert mask.reference("2026-08-05-i-am-late", "I am late.") == "2026-08-05-i-am-late"
    assert mask.reference("2026-08-05-what-am-did", "What AM did.") == ""


def test_words_of_places_and_roles_are_no_names() -> None:
    mask = Mask(
        organisation(
            sites=[{"name": "Harbour Lane"}], teams=[{"name": "Front desk"}], staff=[{"name": "Jo Lane"}]
        ),
        [],
    )
    assert mask("the Lane outside") == "the Lane outside"
    assert mask("Jo Lane came") == "A colleague came"


def test_an_id_that_holds_a_name_is_not_shown() -> None:
    assert MASK.reference("2026-08-05-what-ada-heard") == ""
    assert MASK.reference("2026-08-05-adas-kettle") == ""
    assert MASK.reference("2026-08-05-the-kettle") == "2026-08-05-the-kettle"


def test_a_name_that_is_a_word_is_found_in_an_id_by_what_the_story_says() -> None:
    mask = Mask(organisation(staff=[{"name": "Will"}]), [], ToldNames({"s-1": ["Torvald"]}))
    for said in ("Will fished", "Torvald fished"):
        ref = f"2026-08-05-{said.split()[0].casefold()}-fished"
        assert mask.reference(ref, f"{said} it out.") == ""
    assert mask.reference("2026-08-05-we-will-fish", "We will fish.") == "2026-08-05-we-will-fish"


def test_a_name_of_one_letter_would_be_found_everywhere() -> None:
    assert Mask(organisation(staff=[{"name": "A"}]), [])("A kettle") == "A kettle"


def test_letters_keep_every_place_of_the_text() -> None:
    text = "Then Ada Brisk's brother, 2nd of Xu Lan"
    assert MASK.letters(text) == "Then Xxx Xxxxx's brother, 2nd of Xx Xxx"
    assert MASK.letters("nobody here") == "nobody here"


def test_suggested_names_leave_their_own_story_and_others_where_somebody_does_something() -> None:
    mask = Mask(organisation(), [], ToldNames({"s-1": ["Torvald", "Ilka Rein"]}))
    assert mask("Torvald and Ilka Rein came", "s-1") == "Colleagues came"
    assert mask("Torvald came", "s-2") == mask("Torvald came") == "A colleague came"
    assert mask("Off to Torvald by ferry", "s-2") == "Off to Torvald by ferry"
    assert mask("a torvald is a word here", "s-1") == "a torvald is a word here"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Server Torvald was quick", "The server was quick"),
        ("thanks to Chef @Torvald for it", "thanks to the chef for it"),
        ("Our waiter today SK Torvald, was kind", "Our waiter today, was kind"),
        ("our server for the night, Torvald was kind", "our server for the night was kind"),
        ("ask for waiter 'Torvald', he knows", "ask for the waiter, he knows"),
        ("a porter named Torvald who ran", "a porter who ran"),
        ("kudos to chefs Torvald and Ilka Rein!", "kudos to the chefs!"),
        ("hospitality of executive Torvald singh is fine", "hospitality of the executive is fine"),
        ("It was mr.Torvald who came", "It was a customer who came"),
        ("Torvald R. Quist came", "A colleague came"),
        ("Torvald R. came", "A colleague came"),
        ("( Ole Torvald) came", "( a colleague) came"),
        ("Torvald yadav came", "A colleague came"),
        ("Ilka Rein Quist came", "A colleague came"),
        ("SK Ilka Rein yadav came", "A colleague came"),
        ("Ilka Rein. Quist came", "A colleague. Quist came"),
        ("Torvald Great evening", "A colleague Great evening"),
        ("with Torvald and Runa at the door", "with colleagues at the door"),
        ("Torvald ,Ilka Rein,Torvald was there", "Colleagues were there"),
        ("back to the Torvald again", "back to a colleague again"),
        ("our porter Torvald's tips", "our porter's tips"),
        ("with Runa and Torvald at the door", "with colleagues at the door"),
        ("Then Runa, Zoë and Torvald ran", "Then colleagues ran"),
        ("Lunch and Torvald came", "Lunch and a colleague came"),
        ("Torvald and Mr. Holm came", "A colleague and a customer came"),
        ("Torvald and Mr.holm came", "A colleague and a customer came"),
    ],
)
def test_what_a_suggested_name_leaves_behind_reads_well(text: str, masked: str) -> None:
    mask = Mask(organisation(), [], ToldNames({"s-1": ["Torvald", "Ilka Rein"]}))
    assert mask(text, "s-1") == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Torvald lifted it for Mrs Quist and Mr Holm held the door.",
            "A colleague lifted it for a guest and a guest held the door.",
        ),
        ("Mrs Quist is ninety. Quist smiled.", "A guest is ninety. A guest smiled."),
        ("Dr Quist and Miss Holm left", "A guest and a guest left"),
        ("my wife Runa came and Runa sang", "my wife came and a guest sang"),
        ("Mr. Holm helped us well", "A colleague helped us well"),
        ("Mr Sanvi was calm", "A colleague was calm"),
        ("Mrs Brisk rang", "A colleague rang"),
        ("old Mr Holm's hat", "A guest's hat"),
        ("Old Torvald's hat and the young Torvald", "A colleague's hat and a colleague"),
        ("Dear Torvald, well done", "Dear colleague, well done"),
        ("we miss Torvald", "we miss a colleague"),
        (
            "Ada lifted it for Torvald and Will held the door",
            "A colleague lifted it for a colleague and a colleague held the door",
        ),
        ("a lift for Torvald and Will at noon", "a lift for colleagues at noon"),
    ],
)
def test_a_customer_is_no_colleague_and_reads_well(text: str, masked: str) -> None:
    told = ToldNames({"s-1": ["Torvald", "Sanvi", "Quist", "Runa"], "s-2": ["Sanvi"]})
    assert Mask(organisation(customer_word="Guest"), ["Torvald"], told)(text, "s-1") == masked


def test_who_agreed_is_named_beside_a_suggested_name_too() -> None:
    mask = Mask(organisation(), [], ToldNames({"s-1": ["Torvald"]}), agreed={"s-1": ["Ada Brisk"]})
    for text in ("Ada Brisk and Torvald came", "Torvald and Ada Brisk came"):
        assert "Ada Brisk" in mask(text, "s-1") and "Torvald" not in mask(text, "s-1")


def test_what_stands_beside_a_name_goes_with_it_in_letters_too() -> None:
    mask = Mask(organisation(), ["Torvald"])
    assert mask.letters("SK Torvald yadav and Runa") == "XX Xxxxxxx xxxxx and Xxxx"


def test_what_tells_two_of_a_name_apart_is_no_part_of_it() -> None:
    mask = Mask(organisation(), ["Torvald (The Long Quay House)"])
    assert mask("Torvald of the Quay") == "A colleague of the Quay"


def test_a_name_with_an_s_and_no_apostrophe_is_the_name() -> None:
    mask = Mask(organisation(staff=[{"name": "Ilka Rein"}]), ["Mark Dow"])
    assert mask("It lay on Ilkas table") == "It lay on a colleague's table"
    assert mask("ilkas and Marks and Reins") == "ilkas and Marks and Reins"
    assert mask.letters("Ilkas table") == "Xxxxx table"


def test_a_name_on_record_in_small_letters_is_found_by_its_first_name_too() -> None:
    mask = Mask(None, ["priya nair", "whoever was there", "tea kettle"])
    assert mask("priya made soup, and Nair rang") == "A colleague made soup, and a colleague rang"
    assert mask.slug("soup that priya made") == "soup-that-a-colleague-made"
    assert mask("whoever came, drank tea") == "whoever came, drank tea"


def test_who_agreed_is_named_in_the_story_of_the_consent_only() -> None:
    staff = [{"name": "Ilka Rein", "aliases": ["Ike"]}, {"name": "Ilka Moor"}]
    mask = Mask(organisation(staff=staff), [], agreed={"s-1": ["Ilka Rein"]})
    assert mask("Ilka Rein, or Ike, came", "s-1") == "Ilka Rein, or Ike, came"
    assert mask("Ilka Rein came", "s-2") == mask("Ilka Rein came") == "A colleague came"
    assert mask("Ilka came", "s-1") == "A colleague came", "it may be the other one"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What Ada heard", "what-a-colleague-heard"),
        ("Adas kettle", "kettle"),
        ("The kettle", "the-kettle"),
        ("Ada", "a-colleague"),
        ("Adas", "untitled"),
    ],
)
def test_an_id_is_made_without_names(text: str, slug: str) -> None:
    assert MASK.slug(text) == slug


def test_a_name_suggested_elsewhere_leaves_a_text_after_a_role_whatever_its_case() -> None:
    mask = Mask(None, (), ToldNames({"s1": ["Sanvi"], "s2": ["Torben"], "s3": ["Mark"]}))
    assert mask("The bartender sanvi mixed it.", "s9") == "The bartender mixed it."
    assert mask("our hosts sanvi and torben waved", "s9") == "our hosts waved"
    assert mask("A waiter named Torben ran.", "s9") == "A waiter ran."
    assert mask("Sanvi and torben waved.", "s1") == "Colleagues waved."
    for text in ("the waiter mark my words", "a torben stone", "the waiter, torben style"):
        assert mask(text, "s9") == text
    assert mask.letters("The bartender sanvi mixed it.", "s9") == "The bartender xxxxx mixed it."


def test_a_colleague_named_after_the_customer_stays_whoever_did_it() -> None:
    mask = Mask(None, ["Ida Moss", "Kev"])
    for text, said in (
        ("Deaf customer, Ida wrote it down.", "Deaf customer, a colleague wrote it down."),
        ("An old patient, Kev always sits by her.", "An old patient, a colleague always sits by her."),
        ("Lost guest, Ida and Kev walked her home.", "Lost guest, colleagues walked her home."),
        ("The customer, Ida, wrote it down.", "The customer wrote it down."),
        ("The customer Ida wrote it down.", "The customer wrote it down."),
        ("My wife, Ida wrote it down.", "My wife wrote it down."),
    ):
        assert mask(text) == said


def test_whoever_decided_is_told_by_role_even_off_the_staff_list() -> None:
    assert MASK.person("Zdenka Ostrava") == "somebody not on the staff list"
    for office in ("head of rooms", "Board", "the owners"):
        assert MASK.person(office) == office


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Torvald and rose received us well", "Colleagues received us well"),
        ("Torvald and arphan served us", "Colleagues served us"),
        ("Torvald and frank were great", "Colleagues were great"),
        ("Torvald and rose to the occasion", "A colleague and rose to the occasion"),
        ("Torvald and will come back", "A colleague and will come back"),
        ("Torvald and service was great", "A colleague and service was great"),
        ("Torvald and the team", "A colleague and the team"),
    ],
)
def test_a_name_in_small_letters_that_an_and_joins_to_a_name_goes_with_it(said: str, plain: str) -> None:
    assert Mask(organisation(), ["Torvald Brandt"])(said) == plain


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("the oldest is 90 days old", "the oldest is 90 days old"),
        ("It blew old boots.", "It blew old boots."),
        ("Old boots came ashore", "Old boots came ashore"),
        (
            "Old Len sat while old len slept and len woke",
            "A colleague sat while a colleague slept and a colleague woke",
        ),
        ("Precious came with a precious cat", "A colleague came with a precious cat"),
        ("then Captain waited, and captain Runa did", "then Captain waited, and a colleague did"),
    ],
)
def test_a_word_of_a_longer_alias_is_a_name_only_where_it_is_one_by_itself(text: str, masked: str) -> None:
    staff = [
        {"name": "Len Purdy", "aliases": ["Len", "Old Len"]},
        {"name": "Precious Moyo"},
        {"name": "Runa Holm", "aliases": ["Captain Runa"]},
    ]
    mask = Mask(organisation(staff=staff), [])
    assert mask(text) == masked
    assert mask.reference("it-blew-old-boots") == "it-blew-old-boots"


def test_who_has_a_title_and_brought_something_is_a_customer_unless_customers_tell_it() -> None:
    told = ToldNames({"s-1": ["Holm"], "s-2": ["Holm"]}, imported=frozenset(["s-3"]))
    mask = Mask(organisation(), [], told)
    text = "Mr Quist brought us a crate of plums."
    assert mask(text, "s-1") == "A customer brought us a crate of plums."
    assert mask(text, "s-3") == "A colleague brought us a crate of plums."
    assert mask("Mr Quist served us well.", "s-1") == "A colleague served us well."


def test_in_what_customers_wrote_a_title_makes_nobody_a_customer() -> None:
    told = ToldNames({"s-1": ["Quist"]}, imported=frozenset(["s-1"]))
    mask = Mask(organisation(), [], told)
    assert mask("It was Mr Quist, and thanks to him for the tip.", "s-1").startswith("It was a colleague")
    assert mask("It was Mr Quist, who rang.", "s-2").startswith("It was a customer")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Sun-hee went out, sun-hee lent it", "A colleague went out, a colleague lent it"),
        ("Sun on the visor is no joke", "Sun on the visor is no joke"),
        ("for Jun-Ho and Sun-Hee Park", "for colleagues"),
        ("Annika was out", "A colleague was out"),
    ],
)
def test_a_first_name_with_a_hyphen_goes_whole_and_its_half_only_where_it_is_no_word(
    text: str, masked: str
) -> None:
    staff = [{"name": "Sun-hee Park"}, {"name": "Kim Jun-Ho"}, {"name": "Annika-Lena Dor"}]
    assert Mask(organisation(staff=staff), [])(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Thanks to Rosa, Ben.", "Thanks to colleagues."),
        ("Sk.Rosa helped us. Md. Ben sang.", "A colleague helped us. A colleague sang."),
        ("The manager, Rosa **, helped us.", "The manager, a colleague, helped us."),
        ("**Rosa** helped us.", "**a colleague** helped us."),
        ("A very kind waiter Rosa came.", "A very kind waiter came."),
        ("a very nice young lady Rosa helped us", "a very nice young lady helped us"),
        ("a young lady named Rosa helped us", "a young lady helped us"),
        ("the lady Rosa greeted", "the lady a colleague greeted"),
    ],
)
def test_what_stood_around_a_name_reads_on(text: str, masked: str) -> None:
    assert Mask(None, ["Rosa", "Ben"])(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mark the way on the map", "Mark the way on the map"),
        ("Done: “Ring every arrival”.", "Done: “Ring every arrival”."),
        ("Draw it by hand. Mark the way.", "Draw it by hand. Mark the way."),
        ("Frank letters for the guest", "Frank letters for the guest"),  # so a practice is called
        ("Mark walked the guest home", "A colleague walked the guest home"),
        ("Mark the porter walked me home", "A colleague the porter walked me home"),  # in doubt the name
        ("It was Mark the guest met", "It was a colleague the guest met"),
        ("Frank letters came", "A colleague letters came"),
    ],
)
def test_what_a_line_tells_to_do_is_no_name(text: str, masked: str) -> None:
    mask = Mask(organisation(), ["Mark", "Ring", "Frank"], titles=["Frank letters for the guest"])
    assert mask(text) == masked


def test_who_agreed_is_named_however_much_of_the_name_stories_give() -> None:
    mask = Mask(
        organisation(staff=[{"name": "Ilka Rein"}]), ["Ilka"], agreed={"a": ["Ilka Rein"], "b": ["Ilka"]}
    )
    assert mask("Ilka came", "a") == mask("Ilka came", "b") == "Ilka came"
    assert mask("Ilka came", "c") == "A colleague came"
