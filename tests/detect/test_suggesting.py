"""Names read in texts: found again at the same site, asked about once for each site, decided for good."""

from typing import Any

import pytest

from servicestory.detect.people import suggested_people
from servicestory.detect.suggesting import names, questions, suggestions, told, written
from servicestory.masking import Mask
from servicestory.models.names import NameDecision
from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Story


def story(ref: str, text: str, site: str | None = "Quay", **fields: object) -> Story:
    return Story.model_validate({"id": ref, "narrative": text, "site": site, **fields})


STORIES = [
    story("a", "Our waiter Milo was kind."),
    story("b", "A warm evening, and Milo never lost his patience."),
    story("c", "It was all down to the waitress milo. Petra helped us with the bags."),
    story("d", "Thanks to Milo Brandt for the map."),
    story("e", "Milo walked in the park.", site="Moor"),
    story("f", "Our waiter Milo was kind.", people=["Ana"]),
    story("g", "Thanks to Milo!", site="Moor"),
    story("h", "We drank a milo with hot milk."),
]
HOUSE = Organisation()


def decision(name: str, site: str | None, what: str, person: str | None = None) -> NameDecision:
    return NameDecision.model_validate(
        {"on": "2026-10-05", "by": "Mara", "name": name, "site": site, "decision": what, "person": person}
    )


def test_a_name_known_at_a_site_is_found_in_its_other_stories() -> None:
    found = names(suggestions(STORIES, HOUSE), STORIES, HOUSE)
    assert found == {
        "a": ["Milo"],
        "b": ["Milo"],
        "c": ["Milo", "Petra"],
        "d": ["Milo"],
        "e": ["Milo"],
        "g": ["Milo"],
    }


def test_who_is_named_in_a_complaint_did_it_not_and_is_not_asked_after_but_hidden() -> None:
    rated: dict[str, Any] = {
        "ratings": [{"value": 1, "of": 5}],
        "source": {"system": "reviews", "record": "1"},
    }
    told_ = [
        story("a", "Our waiter Milo was rude.", **rated),
        story("b", "Our waiter Milo was kind."),
        story("c", "Our waiter Petra shouted at us.", **rated),
    ]
    found = suggestions(told_, HOUSE)
    assert names(found, told_, HOUSE) == {"b": ["Milo"]}
    assert [(q.name, q.stories) for q in questions(found, told_, HOUSE)] == [("Milo", ("b",))]
    assert written(found, told_) == {"a": ["Milo"], "b": ["Milo"], "c": ["Petra"]}


def test_what_is_left_out_of_quotations_is_as_the_text_has_it() -> None:
    found = suggestions(STORIES, HOUSE)
    assert written(found, STORIES)["c"] == ["Petra", "milo"]
    assert written(found, STORIES)["d"] == ["Milo Brandt"]


def test_each_site_is_asked_once_and_two_of_a_name_are_kept_apart() -> None:
    asked = questions(suggestions(STORIES, HOUSE), STORIES, HOUSE)
    assert [(q.label, q.person, q.stories, q.known) for q in asked] == [
        ("Milo (Quay)", "Milo (Quay)", ("a", "b", "c", "d"), False),
        ("Milo (Moor)", "Milo (Moor)", ("e", "g"), False),
        ("Petra (Quay)", "Petra", ("c",), False),
    ]
    assert all(q.name in q.quote or q.name.lower() in q.quote for q in asked)


def test_the_staff_list_says_who_it_is() -> None:
    house = Organisation(staff=[Person(name="Milo Brandt"), Person(name="Petra Sund", aliases=["Pet"])])
    asked = questions(suggestions(STORIES, house), STORIES, house)
    assert {(q.person, q.known) for q in asked} == {("Milo Brandt", True), ("Petra Sund", True)}


def test_a_refused_name_is_not_suggested_again_there() -> None:
    found = names(suggestions(STORIES, HOUSE, [decision("Milo", "Quay", "no colleague")]), STORIES, HOUSE)
    assert found == {"c": ["Petra"], "e": ["Milo"], "g": ["Milo"]}


def test_the_last_decision_counts() -> None:
    both = [decision("Milo", "Quay", "no colleague"), decision("Milo", "Quay", "a colleague")]
    assert "a" in suggestions(STORIES, HOUSE, both)


def test_a_story_with_a_confirmed_name_may_hold_another() -> None:
    confirmed = [s.model_copy(update={"people": ["Milo"]}) if s.id == "c" else s for s in STORIES]
    found = names(
        suggestions(confirmed, HOUSE, [decision("Milo", "Quay", "a colleague", "Milo")]), confirmed, HOUSE
    )
    assert found["c"] == ["Petra"]
    assert found["a"] == ["Milo"]  # told of since: to be written as confirmed


def test_a_place_that_is_told_of_with_the_is_no_colleague() -> None:
    told = [story("n", "Thanks to Volta and Milo.")] + [
        story(f"w{i}", "We sat in the Volta.") for i in range(3)
    ]
    assert names(suggestions(told, HOUSE), told, HOUSE) == {"n": ["Milo"]}
    assert names(suggestions(told[:3], HOUSE), told[:3], HOUSE) == {"n": ["Volta", "Milo"]}


def test_a_word_is_no_name_in_a_house_of_one_big_site_either() -> None:
    told = [story("n", "Thanks to Linen and Milo.")] + [
        story(f"w{i}", "The linen was new.") for i in range(30)
    ]
    assert names(suggestions(told, HOUSE), told, HOUSE) == {"n": ["Milo"]}
    assert names(suggestions(told[:9], HOUSE), told[:9], HOUSE) == {"n": ["Linen", "Milo"]}


def test_what_other_stories_write_small_is_a_word() -> None:
    told = [story("n", "Thanks to Lamb and Milo.")] + [
        story(f"w{i}", "We had lamb.", "Moor") for i in range(10)
    ]
    assert names(suggestions(told, HOUSE), told, HOUSE) == {"n": ["Milo"]}
    assert names(suggestions(told[:9], HOUSE), told[:9], HOUSE) == {"n": ["Lamb", "Milo"]}
    small = [story(f"w{i}", "It was lamb who served us.") for i in range(12)]
    assert "n" in names(
        suggestions([*told[:1], *small, story("m", "Sea.", "Moor")], HOUSE),
        [*told[:1], *small, story("m", "Sea.", "Moor")],
        HOUSE,
    )


def test_another_spelling_at_the_same_site_is_proposed_and_counted_as_one() -> None:
    told = [story(f"s{i}", "Our waiter Sorvind was kind.") for i in range(3)]
    told += [story("v", "Our waiter sorbind was kind."), story("w", "Our waiter Sorbind ran.", site="Moor")]
    found = suggestions(told, HOUSE)
    assert names(found, told, HOUSE)["v"] == ["Sorvind"]
    assert names(found, told, HOUSE)["w"] == ["Sorbind"]
    asked = {q.label: (q.person, q.spelled) for q in questions(found, told, HOUSE)}
    assert asked["Sorbind (Quay)"] == ("Sorvind", True)
    assert asked["Sorvind (Quay)"] == ("Sorvind", False)
    assert asked["Sorbind (Moor)"][1] is False
    assert written(found, told)["v"] == ["sorbind"]
    both = [*told, story("x", "Thanks to Sorvind and Sorbind, the waiters.")]
    assert names(suggestions(both, HOUSE), both, HOUSE)["v"] == ["Sorbind"]


def test_a_spelling_of_a_colleague_on_the_staff_list_is_nobody_of_one_site() -> None:
    house = Organisation(staff=[Person(name="Torvald", aliases=["Vallbert"]), Person(name="Ana")])
    told = [story(f"s{i}", "Our waiter Torvald was kind.") for i in range(3)]
    told += [story("v", "Our waiter Torvlad was kind."), story("m", "Our waiter Torvald ran.", site="Moor")]
    told += [story("x", "Our waiter Vallbret was kind."), story("y", "A calm hand.", people=["Vallbert"])]
    found = suggestions(told, house)
    asked = {q.label: q.person for q in questions(found, told, house)}
    assert asked == dict.fromkeys(
        ("Torvald (Quay)", "Torvald (Moor)", "Torvlad (Quay)", "Vallbret (Quay)"), "Torvald"
    )


def test_a_misspelt_name_of_the_site_is_found_where_no_role_stands_beside_it() -> None:
    told = [story(f"s{i}", "Our waiter Sorvind was kind.") for i in range(3)]
    told += [
        story("v", "Lovely evening, Sorvint was there."),
        story("w", "Lovely evening, Sorvint was there.", site="Moor"),
        story("x", "Sorting the bags took long."),
    ]
    found = suggestions(told, HOUSE)
    assert written(found, told).get("v") == ["Sorvint"]
    assert names(found, told, HOUSE)["v"] == ["Sorvind"]
    assert not {"w", "x"} & found.keys()


def test_by_the_and_a_known_name_is_a_person() -> None:
    told = [*STORIES, story("z", "Service by the Milo was quick; we sat in the Milo lounge.")]
    assert written(suggestions(told, HOUSE), told)["z"] == ["Milo"]
    assert len(suggestions(told, HOUSE)["z"]) == 1


def test_a_known_name_in_small_letters_is_found_in_a_list_of_names() -> None:
    told = [
        *STORIES,
        story("z", "It was what Chef Ilka, milo and petra did. We drank a glass, milo and all."),
    ]
    assert written(suggestions(told, HOUSE), told)["z"] == ["Ilka", "milo", "petra"]
    assert len(suggestions(told, HOUSE)["z"]) == 3


def test_two_words_that_other_stories_write_small_are_no_name() -> None:
    dishes = [
        Story(id=f"d{n}", narrative=f"The torvik brine came hot, {n}.", site=f"Fen {n}") for n in range(12)
    ]
    one = Story(id="one", narrative="Torvik Brine was attentive.", site="Moor")
    assert [o.name for o in suggestions([one], HOUSE)["one"]] == ["Torvik Brine"]
    assert "one" not in suggestions([one, *dishes], HOUSE)


def test_whoever_some_story_says_heads_the_firm_is_no_colleague_in_any() -> None:
    told_ = [
        Story(id="a", narrative="Kudos to Mr Brimble for all of it.", site="Quay"),
        Story(id="b", narrative="Our CEO Ilka Brimble wrote to me.", site="Moor"),
        Story(id="c", narrative="Thanks to Torvild we slept.", site="Moor"),
    ]
    assert list(suggestions(told_, Organisation())) == ["c"]


def by_house(ref: str, text: str) -> Story:
    return Story(id=ref, narrative=text, site="Clinic", prompted="spontaneous")


def test_a_title_makes_a_customer_of_whom_the_house_tells_unless_the_staff_list_has_the_name() -> None:
    stories = [
        by_house("a", "Mrs Kowalski could not carry the bag, so Priya took it to the car."),
        by_house("b", "Mrs Kowalski helped me find the form, and Priya brought it to us."),
        by_house("c", "Our porter Mr Holm carried the crate out. Thanks to Mr Holm!"),
    ]
    found = names(suggestions(stories, HOUSE), stories, HOUSE)
    assert not any("Kowalski" in name for here in found.values() for name in here)
    assert "Holm" in found["c"][0]
    staff = Organisation(staff=[Person(name="Eva Kowalski", aliases=["Mrs Kowalski"])])
    assert "Eva Kowalski" in names(suggestions(stories, staff), stories, staff)["a"]


@pytest.mark.parametrize(
    "text",
    [
        "After Bruno's spleen op the nurse rang every evening.",
        "Daisy's insulin was changed and the vet explained it twice.",
        "Before Max's dental the receptionist lent them a blanket.",
        "Molly's owner forgot the lead, so the nurse lent her one.",
    ],
)
def test_whoever_is_looked_after_is_no_colleague(text: str) -> None:
    one = by_house("a", text)
    alone = {"a": suggested_people(one, [])}
    mask = Mask(Organisation(customer_word="client"), (), told(suggestions([one], HOUSE), alone, [one]))
    said = mask(text, "a")
    assert "colleague" not in said and "client's" in said
    assert suggestions([one], HOUSE).get("a", []) == []


def test_what_a_colleague_has_is_still_a_colleagues() -> None:
    text = "Anna's quick thinking saved the day, and Anna brought us the knee brace herself."
    one = by_house("a", text)
    mask = Mask(HOUSE, (), told(suggestions([one], HOUSE), {"a": suggested_people(one, [])}, [one]))
    assert mask(text, "a").startswith("A colleague's quick thinking")
