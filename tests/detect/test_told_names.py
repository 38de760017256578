"""Names that nobody recorded: found wherever all stories together tell them, and words left that are none."""

import pytest

from servicestory.detect.people import suggested_people
from servicestory.detect.suggesting import suggestions, told
from servicestory.detect.told_names import ToldNames
from servicestory.masking import Mask
from servicestory.models.names import NameDecision
from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Story

HOUSE = Organisation(organisation="House")


def story(ref: str, text: str, site: str | None = "Quay", people: tuple[str, ...] = ()) -> Story:
    return Story(id=ref, narrative=text, site=site, people=list(people))


def mask(*stories: Story, decided: tuple[NameDecision, ...] = ()) -> Mask:
    alone = {one.id: suggested_people(one, []) for one in stories}
    names = told(suggestions(stories, HOUSE, decided), alone, stories, decided)
    return Mask(HOUSE, [name for one in stories for name in one.people], names)


TOLD = (
    story("a", "Our waitress Torvild was kind."),
    story("b", "Thanks to Rose we slept well."),
    story("c", "Nothing more.", "Moor"),
    story("d", "Ada Brisk carried it. The porter Zuzka helped.", people=("Ada Brisk",)),
)


@pytest.mark.parametrize(
    ("ref", "text", "masked"),
    [
        ("a", "I liked Torvild a lot.", "I liked a colleague a lot."),
        ("c", "I liked Torvild a lot.", "I liked a colleague a lot."),
        ("a", "and torvild smiled", "and a colleague smiled"),
        ("c", "thanks to torvild it went well", "thanks to a colleague it went well"),
        ("b", "Then Rose came.", "Then a colleague came."),
        ("c", "Then Rose came.", "Then a colleague came."),
        ("c", "A glass of Rose, please.", "A glass of Rose, please."),
        ("c", "the prices rose again", "the prices rose again"),
        ("c", "Zuzka stayed late.", "A colleague stayed late."),
        ("d", "Ada Brisk and Zuzka ran.", "Colleagues ran."),
        ("c", "my wife Ottilie slept", "my wife slept"),
        ("c", "Lovely. - Ottilie", "Lovely. - a customer"),
        ("c", "thanks to ottilie, all went well", "thanks to a colleague, all went well"),
        ("c", "The visit to Lisbon went well.", "The visit to Lisbon went well."),
    ],
)
def test_what_one_story_tells_leaves_the_others_where_it_is_a_name(ref: str, text: str, masked: str) -> None:
    assert mask(*TOLD)(text, ref) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("R. Tull printed a sheet.", "A colleague printed a sheet."),
        ("We rang R. Tull and she came.", "We rang a colleague and she came."),
        ("It was cold. J. F. Moss lit the stove.", "It was cold. A colleague lit the stove."),
        ("Thanks to P. Baker, who stayed.", "Thanks to a colleague, who stayed."),
        ("She told me about vitamin D. Linseed has none.", "She told me about vitamin D. Linseed has none."),
        ("We took plan B. Nobody minded.", "We took plan B. Nobody minded."),
        ("A table for my aunt and I. Lunch was good.", "A table for my aunt and I. Lunch was good."),
        ("A good day. P.S. Bring a coat.", "A good day. P.S. Bring a coat."),
        ("We had seats B and C. Totally calm.", "We had seats B and C. Totally calm."),
        ("A shop on W. Broadway.", "A shop on W. Broadway."),
        ("He knows the S. Quay well.", "He knows the S. Quay well."),
    ],
)
def test_an_initial_and_a_family_name_are_somebody(text: str, masked: str) -> None:
    assert mask(*TOLD, story("f", text, None))(text, "f") == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Oscar the Labrador was afraid. Thanks to Rose, Oscar slept.",
            "Oscar the Labrador was afraid. Thanks to a colleague, Oscar slept.",
        ),
        ("Max is our guide dog and Rose let him in.", "Max is our guide dog and a colleague let him in."),
        ("Bella, our old mare, was calm.", "Bella, our old mare, was calm."),
        ("Oscar, our dog trainer, was kind.", "A colleague, our dog trainer, was kind."),
        ("Bella was spayed and Rose rang us.", "Bella was spayed and a colleague rang us."),
        ("Rose took care of Oscar's sore paw.", "A colleague took care of Oscar's sore paw."),
        ("She sent a picture of Max asleep in his crate.", "She sent a picture of Max asleep in his crate."),
        ("Oscar's tail light was out.", "A customer's tail light was out."),
        ("The cat, Bella, slept and Rose rang us.", "The cat, Bella, slept and a colleague rang us."),
        (
            "My spaniel Oscar was afraid. Rose sat with him.",
            "My spaniel Oscar was afraid. A colleague sat with him.",
        ),
        ("Oscar is a rescue. Rose sat with him.", "Oscar is a rescue. A colleague sat with him."),
    ],
)
def test_an_animal_is_no_colleague(text: str, masked: str) -> None:
    assert mask(*TOLD, story("f", text, None))(text, "f") == masked


def test_a_name_decided_to_be_none_stays_at_its_site_only() -> None:
    no = NameDecision(on="2026-01-05", by="Ilka", name="Torvild", site="Quay", decision="no colleague")
    other = story("e", "Our waitress Torvild was kind.", "Moor")
    read = mask(*TOLD, other, decided=(no,))
    assert read("I liked Torvild.", "a") == "I liked Torvild."
    assert read("my wife Torvild slept", "a") == "my wife slept", "whoever is a guest stays unnamed"
    assert read("I liked Torvild.", "e") == "I liked a colleague."


def test_a_word_that_most_stories_use_otherwise_is_a_name_in_its_place_only() -> None:
    drinks = [story(f"w{n}", "There was Kriekbeer on tap.", "Moor") for n in range(9)]
    read = mask(*TOLD, *drinks, story("f", "Our waiter Kriekbeer was kind.", "Fen"))
    assert read("Kriekbeer on tap.", "w1") == "Kriekbeer on tap."
    assert read("the waiter Kriekbeer ran", "w1") == "the waiter ran"


def test_only_names_are_kept_out_of_what_practices_are_called() -> None:
    names = ToldNames({"a": ["Torvild"], "b": ["Rose"]}, sure=frozenset(("torvild", "rose")))
    assert names.only_names == {"torvild"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("The room was clean, but Peter was the best.", "The room was clean, but a colleague was the best."),
        ("Especially Orvika, she is kind.", "Especially a colleague, she is kind."),
        ("The staff, above all Orvika, was kind.", "The staff, above all a colleague, was kind."),
        ("Orvika's service was quick.", "A colleague's service was quick."),
        ("My sister-in-law Runa came.", "My sister-in-law came."),
        ("service given by orvika was quick", "service given by a colleague was quick"),
        ("Fine. Greta carried it.", "Fine. A colleague carried it."),
        ("There we heard Lady Gaga live.", "There we heard Lady Gaga live."),
        ("We Loved The Frank Staff And The Rooms Too.", "We Loved The Frank Staff And The Rooms Too."),
    ],
)
def test_a_name_that_one_story_has_once(text: str, masked: str) -> None:
    assert mask(*TOLD, story("z", text, "Fen"))(text, "z") == masked


def test_a_first_name_that_is_a_place_in_the_stories_is_somebody_beside_a_role_only() -> None:
    from_there = [story(f"p{n}", "Ten minutes from Logan, and near Logan.", "Moor") for n in range(3)]
    read = mask(*TOLD, *from_there, story("z", "But Logan was quick.", "Fen"))
    assert read("But Logan was quick.", "z") == "But Logan was quick."
    assert read("Our porter Logan ran.", "z") == "Our porter ran."


def test_the_sites_own_name_misspelt_is_nobodys() -> None:
    read = mask(*TOLD, story("z", "We love Harbor. Harbors was great.", "Harbour House"))
    assert read("We love Harbor.", "z") == "We love Harbor."


def test_a_part_of_a_story_is_read_as_all_of_it_is() -> None:
    read = mask(*TOLD, story("z", "Subirna and vika helped us throughout by asking.", "Fen"))
    assert read("Subirna and…", "z") == "A colleague and…"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Fine. Umakant is a gem.", "Fine. A colleague is a gem."),
        ("Fine. Sabina kusalt and her mate ran.", "Fine. A colleague and her mate ran."),
        ("Everything went well, @orvika!", "Everything went well, a colleague!"),
        ("For orvika , he is friendly.", "For a colleague , he is friendly."),
        ("Our waiter Milo n Orvika ran.", "Our waiters ran."),
        ("Fine. Thankew Greta for it.", "Fine. Thankew a colleague for it."),
        ("Cosy.Thankew Greta for it.", "Cosy.Thankew a colleague for it."),
    ],
)
def test_who_is_praised_or_thanked_is_somebody(text: str, masked: str) -> None:
    assert mask(*TOLD, story("z", text, "Fen"))(text, "z") == masked


@pytest.mark.parametrize(
    "text",
    [
        "He was packing for Brittany when it broke.",
        "They left for Savannah at four and sailed back for Chelsea.",
    ],
)
def test_what_one_packs_or_leaves_for_is_a_place(text: str) -> None:
    assert mask(*TOLD, story("z", text, "Fen"))(text, "z") == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("We had a meal. good anjali service is fine", "We had a meal. good a colleague service is fine"),
        ("GREAT FOOD! ZUB ANJALI ORVIKAR WERE EXCELLENT AT SERVICE!", "GREAT FOOD! A colleague WERE EXCELLENT AT SERVICE!"),
        ("good plate service, goid service", "good plate service, goid service"),
        ("THE CHICKEN BIRYANI WAS EXCELLENT AT LEAST", "THE CHICKEN BIRYANI WAS EXCELLENT AT LEAST"),
    ],
)  # fmt: skip
def test_praise_of_somebodys_work_tells_names_in_small_letters_and_in_capitals(
    text: str, masked: str
) -> None:
    assert mask(*TOLD, story("z", text, "Fen"))(text, "z") == masked


@pytest.mark.parametrize("alias", ["Zo the Boss", "Our Nan", "Queen of soup", "Zuzka"])
def test_the_small_words_of_a_name_are_no_names(alias: str) -> None:
    """Of an alias on the staff list they were hidden in the whole story, and in what the program says of it."""
    house = HOUSE.model_copy(update={"staff": [Person(name="Nkechi Obaro", aliases=[alias])]})
    one = story("a", f"{alias} brought the hot soup to our cold room.")
    alone = {one.id: suggested_people(one, house.staff)}
    names = told(suggestions([one], house, ()), alone, [one], ())
    said = Mask(house, [], names)(one.narrative, "a")
    assert said == "A colleague brought the hot soup to our cold room."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Thanks to Ana, Bo, Cy and the rest of the team.", "Thanks to colleagues and the rest of the team."),
        ("Special thanks to Lucy/Torvild/Ben!", "Special thanks to colleagues!"),
        ("The crew (Ana, Torvild, Bo) sang.", "The crew (colleagues) sang."),
        ("Everyone - Anna, Peter, Sue - sang.", "Everyone - colleagues - sang."),
        ("Big thanks to anna, peter and sue", "Big thanks to colleagues"),
        ("our waitress was called lucy", "our waitress was called a colleague"),
        ("The host was lucy and he sang.", "The host was a colleague and he sang."),
        ("shout out to lucy!", "shout out to a colleague!"),
        ("ask for lucy when you go", "ask for a colleague when you go"),
        ("lucy took great care of us", "A colleague took great care of us"),
        ("Service by lucy n anna!", "Service by colleagues!"),
        ("Lovely. krishna ortwal was wonderful.", "Lovely. krishna ortwal was wonderful."),
        ("The waiter krishna ortwal was quick.", "The waiter was quick."),
        ("Quick service from Mr.Avinash.", "Quick service from a colleague."),
        ("Our associate Lucy was patient.", "Our associate was patient."),
        ("We ordered chai and momo, penne and dal.", "We ordered chai and momo, penne and dal."),
        ("The chai helped us, and maki was great.", "The chai helped us, and maki was great."),
        ("thank you soo much, lil place", "thank you soo much, lil place"),
        (
            "The store in Lacey, WA is kind to Marietta, GA.",
            "The store in Lacey, WA is kind to Marietta, GA.",
        ),
        ("Ive been here since May.", "Ive been here since May."),
        ("I buy from Brimble Bakers Wenlock Moor.", "I buy from Brimble Bakers Wenlock Moor."),
        ("Thanks Torvild & Quay!", "Thanks to a colleague & Quay!"),
        (
            "The staff, specially lucy who sang, are kind.",
            "The staff, specially a colleague who sang, are kind.",
        ),
        ("Our waiter Lucy,torvild,zuzka were quick.", "Our waiters were quick."),
        ("quick, thanks torvild such great work", "quick, thanks to a colleague such great work"),
        ("Our food, specially momo, was hot.", "Our food, specially momo, was hot."),
    ],
)
def test_lists_and_small_letters(text: str, masked: str) -> None:
    assert mask(story("z", text))(text, "z") == masked


def test_a_first_name_that_most_stories_have_as_a_word_is_hidden_beside_a_role() -> None:
    dishes = [story(f"w{n}", "There was rani and more rani on the plate.", "Moor") for n in range(12)]
    read = mask(*dishes, story("f", "The staff (Rani, Torvild) sang.", "Fen"))
    assert read("There was Rani on the plate.", "w1") == "There was Rani on the plate."
    assert read("Our waiter Rani ran.", "f") == "Our waiter ran."


def test_another_spelling_of_whom_a_story_names_is_hidden_in_it() -> None:
    told = story("z", "When it rained Rosmund and the Rosemont were near.", people=("Rosamund Lund",))
    assert mask(told)(told.narrative, "z") == "When it rained a colleague and the Rosemont were near."
    other = story("y", "When it rained Rosmund was near.", "Fen", people=("Ilka Berg",))
    assert mask(other)("When it rained Rosmund was near.", "y") == "When it rained Rosmund was near."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Zuvrik & Team was fabulous.", "A colleague & Team was fabulous."),
        ("Good evening, Zuvrik and his crew made it.", "Good evening, a colleague and his crew made it."),
        ("Breakfast and crew were great.", "Breakfast and crew were great."),
        ("Great help by Shri Zuvrik.", "Great help by a colleague."),
        ("It was recommended by Zuvrik Ghosh as well.", "It was recommended by a colleague as well."),
        ("We turned at Zuvrik Ghosh Road.", "We turned at Zuvrik Ghosh Road."),
        ("Lucy, Zuvrik, Ondrel. A good place.", "Colleagues. A good place."),
        ("Lucy, Great. A good place.", "A colleague, Great. A good place."),
        ("five stars for chef zuvrik just too good", "five stars for the chef just too good"),
        ("I came with my very best school friend Zuvrik.", "I came with my very best school friend."),
    ],
)
def test_who_stands_with_a_team_a_title_a_family_name_or_in_a_sentence_of_names(
    text: str, masked: str
) -> None:
    one = story("z", text)
    assert mask(one)(text, "z") == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Torvildo was great. He carried our bags.", "A colleague was great. He carried our bags."),
        ("Torvildo has been a lovely host.", "A colleague has been a lovely host."),
        ("Torvildo is very kind person.", "A colleague is very kind person."),
        ("Zuzkaro & Ondrelo have been the best.", "Colleagues have been the best."),
        ("Zuzkaro and Ondrelo were so friendly.", "Colleagues were so friendly."),
        ("Warm place, especially Torvildo service.", "Warm place, especially a colleague service."),
        ("I must mention Torvildo as he found it.", "I must mention a colleague as he found it."),
        ("These guys are kind, Bal, Divo and Jagan.", "These guys are kind, colleagues."),
        ("The clerk ‘TORVILDO’ waited with us.", "The clerk waited with us."),
        ("Keep up the good work Torvildo.", "Keep up the good work a colleague."),
        ("A kind place. Torvildo, Zuzkaro - good job.", "A kind place. Colleagues - good job."),
        ("All went well. Regard\nTorvildo", "All went well. Regard\nA colleague"),
        (
            "Because Ilka didn't eat it, they cooked anew.",
            "Because a colleague didn't eat it, they cooked anew.",
        ),
        ("A shout out to ILKA AND THE TEAM.", "A shout out to a colleague AND THE TEAM."),
        # what is no person, though nobody knows the word
        ("The dj wasn't loud.", "The dj wasn't loud."),
        (
            "Torvildo was great. My wife thanked her sister.",
            "Torvildo was great. My wife thanked her sister.",
        ),
        ("Torvildo was great. It kept warm.", "Torvildo was great. It kept warm."),
        ("We tried the Torvildo. He cooked it well.", "We tried the Torvildo. He cooked it well."),
        ("The soup does a great job! Torvildo sauce too.", "The soup does a great job! Torvildo sauce too."),
        ("Torvildo street is near. He lives there.", "Torvildo street is near. He lives there."),
    ],
)
def test_what_only_people_are_and_do_tells_a_name_that_no_list_has(text: str, masked: str) -> None:
    assert mask(story("a", text))(text, "a") == masked


def test_a_name_told_once_is_known_in_the_stories_that_tell_less() -> None:
    told_ = story("a", "Torvildo has been a lovely host.", "Quay")
    other = story("b", "Torvildo service was quick. We liked Torvildo a lot.", "Quay")
    read = mask(told_, other)
    assert read(other.narrative, "b") == "A colleague service was quick. We liked a colleague a lot."
    hurried = story("b", "great place and torvildo take care of our table", "Moor")
    assert (
        mask(told_, hurried)(hurried.narrative, "b") == "great place and a colleague take care of our table"
    )
    dish = story("b", "We had the Torvildo twice.", "Moor")
    assert mask(told_, dish)(dish.narrative, "b") == dish.narrative


def test_a_house_called_by_a_name_with_a_title_is_nobody() -> None:
    one = story("a", "We went to Ravello Saab twice. Royalty is felt at Ravello Saab.", "Ravello Saab")
    assert mask(one)(one.narrative, "a") == one.narrative


@pytest.mark.parametrize(
    ("site", "masked"),
    [
        ("Mill Clinic", "We asked a colleague to look again. A customer slept."),
        ("Pier Inn", "We asked a customer to look again. A customer slept."),
    ],
)
def test_a_doctor_is_a_colleague_where_doctors_work(site: str, masked: str) -> None:
    text = "We asked Dr Okoye to look again. Mrs Quist slept."
    assert mask(story("a", text, site), story("b", "Nothing more.", site))(text, "a") == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Kudos Bo! The soup came hot.", "Kudos a colleague! The soup came hot."),
        (
            "I asked for a pillow. Bo brought three kinds.",
            "I asked for a pillow. A colleague brought three kinds.",
        ),
        ("thanks faith for drawing us a map", "thanks to a colleague for drawing us a map"),
        ("I want to acknowledge Zuvrik for this.", "I want to acknowledge a colleague for this."),
        ("Zuvrik has been my barber for years.", "A colleague has been my barber for years."),
        # no names: codes, lands, towns, dishes
        ("LHR-EDI was late. The IFEs were good, AVOD was fine.", None),
        ("Flew from LGW, the captain was kind.", None),
        ("A flight to Barbados, the crew was kind.", None),
        ("When I rang them in London, the adviser was kind.", None),
        ("British Airways were excellent.", None),
        ("The Shawarma, served hot, was good.", None),
        ("Al fresco dining was good.", None),
        ("thanks all for the map", None),
    ],
)
def test_short_names_and_words_that_look_like_names(text: str, masked: str | None) -> None:
    assert mask(story("z", text, None))(text, "z") == (masked or text)


def test_who_is_given_as_an_example_of_the_staff_is_somebody() -> None:
    text = "I want to acknowledge Zintilla here. It is employees like Zintilla that make the day."
    assert "Zintilla" not in mask(story("a", text))(text, "a")
    always = "Zintilla always has a kind word and I love it when she is working."
    assert "Zintilla" not in mask(story("a", always))(always, "a")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("A fine table was found for us by Miss pinky.", "A fine table was found for us by a customer."),
        ("Then, Miss pinky served us soup.", "Then, a customer served us soup."),
        ("Well done and thanks to mr brown.", "Well done and thanks to a customer."),
        ("The soup was brought by miss honey.", "The soup was brought by a colleague."),
        ("Miss breakfast and you miss the best.", None),
        ("We did not want to miss lunch.", None),
        ("He typed it in MS word, then ms excel.", None),
        ("A room for Mr and Mrs who?", None),
    ],
)
def test_after_a_title_an_everyday_word_in_small_letters_is_somebody(text: str, masked: str | None) -> None:
    assert mask(story("m", text))(text, "m") == (masked or text)
