"""Names of discovered practices."""

from collections.abc import Sequence

import pytest

from servicestory.detect.drafts import called
from servicestory.detect.naming import _plain, _shorter, _without_one, about, propose

SAID = [
    "She lent us her umbrella.",
    "They lent me an umbrella for the afternoon.",
    "The porter lent my mother an umbrella.",
]


def test_a_name_is_an_instruction_from_the_staffs_side() -> None:
    name = propose(SAID, ["umbrella", "lent"], "guest", [], set())
    assert name.startswith("Lend")
    assert "umbrella" in name
    assert not {"me", "us", "my"} & set(name.lower().split())


def test_names_are_unique() -> None:
    taken: set[str] = set()
    for _ in range(5):
        name = propose(SAID, ["umbrella", "lent"], "guest", [], taken)
        assert name.lower() not in taken
        taken.add(name.lower())


def test_a_deed_is_cut_out_where_no_whole_instruction_can_be_made() -> None:
    said = ["Somebody, we never knew who, had then quickly wrapped her dripping umbrella, which was kind"]
    assert propose(said, ["umbrella", "wrapped"], "guest", [], set()) == "Wrap the guest's dripping umbrella"
    assert propose(["Wim wrapped Ada's umbrella"], ["umbrella"], "guest", ["Wim", "Ada"], set()) == ""


def test_a_deed_that_one_story_tells_names_nothing() -> None:
    said = ["She telephoned the laundry.", "He had the key at half past eight.", "We sat at half past nine."]
    assert propose(said, ["half", "eight"], "guest", [], set()) == ""


def test_what_somebody_used_to_do_is_no_deed() -> None:
    said = ["She used to come home from lessons in tears.", "He used to come home from lessons late."]
    for near in (None, lambda steps: [[0.5] * 2] * len(steps)):
        assert propose(said, ["lessons", "home"], "pupil", [], set(), near) == ""


def test_a_practice_is_named_by_what_somebody_named_did_before_what_some_she_did() -> None:
    said = ["She chewed a sliver for a long time.", "Benno shaved a sliver from each."]
    even = propose(said, [], "guest", ["Benno"], set(), near=lambda steps: [[0.5] * 4] * len(steps))
    assert even == "Shave a sliver"
    assert propose(said[:1], [], "guest", [], set(), near=lambda steps: [[0.5] * 4] * len(steps)).startswith(
        "Chew"
    )


def test_a_name_stops_before_what_was_there_and_before_what_goes_on() -> None:
    near = lambda steps: [[0.5] * 4] * len(steps)  # noqa: E731 - all alike
    assert propose(["Before she rode off there was a label"], [], "guest", [], set(), near=near) == ""
    named = propose(
        ['Josephine handed him an envelope marked "Lamb"'], [], "reader", ["Josephine"], set(), near=near
    )
    assert named == "Hand the reader an envelope"


def alike(steps: Sequence[str]) -> list[list[float]]:
    """As if all were as near to four passages, and none told by them: what words they share decides."""
    return [[0.4] * 4] * len(steps)


def test_a_name_is_what_most_tell_and_not_what_one_did_besides() -> None:
    said = [
        "Ada screwed shelves to the wall so that every key has a place.",
        "Bo tied a ribbon to the key.",
        "Cy looped wool round each key.",
        "Then there was a paper star on our key.",
    ]
    assert propose(said, [], "guest", ["Ada", "Bo", "Cy"], set(), alike) == "Tie a ribbon to the key"
    apart = ["Ada screwed shelves to the wall.", "Bo tied a ribbon to the cup.", "Cy peeled an orange."]
    assert propose(apart, [], "guest", ["Ada", "Bo", "Cy"], set(), alike) == ""


def test_words_for_one_act_back_each_other_and_what_one_story_adds_is_left_out() -> None:
    said = ["Ada phoned him at his allotment.", "Bo rang her on the Monday.", "Cy called my aunt."]
    name = propose(said, [], "guest", ["Ada", "Bo", "Cy"], set(), alike)
    assert name in ("Phone the guest", "Ring the guest", "Call the guest's aunt")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bo had hung our coats over the stove.", "Hang the guest's coats over the stove"),
        ("Bo put the babies' coats on the stove.", "Put the babies' coats on the stove"),
        ("Bo always takes the coats to the stove.", "Take the coats to the stove"),
        ("Bo drove out again nine days later.", "Drive out again a few days later"),
        ("Bo took eleven pictures of the stove.", "Take pictures of the stove"),
        ("Bo rang old Mrs Penn a fortnight later: had it grown?", "Ring the guest a fortnight later"),
        ("Bo sent us a photo of the bread rising.", "Send the guest a photo"),
        ("Bo cut two millimetres off the fringe.", "Cut two millimetres off the fringe"),
        ("Bo poured us a cup of tea.", "Pour the guest a cup of tea"),
        ("Bo put on her own apron first.", "Put on your own apron first"),
        ("Bo drove on with us to shed 9 in the rain.", "Drive on with the guest"),
        ("Bo wrote her a card in letters as tall as a thumb.", "Write the guest a card"),
        ("Bo snapped each shelf from above.", "Photograph each shelf"),
        ("Bo shot the steps on her mobile.", "Film the steps"),
        ("Let her turn the wheel herself instead of Bo.", "Let the guest turn the wheel themselves"),
        ("Rang the bell in the yard.", ""),
        ("Bo gave us a bag of croisants.", ""),
        ("Bo held out her hand to the dog.", ""),
    ],
)
def test_how_a_passage_is_said_as_a_name(text: str, name: str) -> None:
    assert propose([text], [], "guest", ["Bo"], set(), alike) == name


def test_a_name_does_not_end_within_a_moment() -> None:
    said = set(_shorter("Call the colleague some days before pay day to go through the slip"))
    assert "Call the colleague some days before pay day" in said
    assert "Call the colleague some days" not in said
    assert "Ring up the week" not in _shorter("Ring up the week before the money comes")
    assert _plain("Call each of the guest", "guest") == "Call the guest"


def test_who_is_served_is_called_by_the_houses_own_word() -> None:
    assert _plain("Hand the customer a slip", "client") == "Hand the client a slip"
    assert _plain("Hand the customer a slip", "colleague") == "Hand the customer a slip"
    assert _plain("Wait beside the little lad", "client") == "Wait beside the client"
    assert _plain("Fetch the old lady's coat", "client") == "Fetch the client's coat"
    # two people, or perhaps somebody of the house
    for step in ("Seat the lady beside the client", "Seat the lady by the widow", "Send a man with a ladder"):
        assert _plain(step, "client") == step


def test_who_came_with_a_customer_goes_with_one() -> None:
    assert _plain("Come with the guest to the gate", "guest") == "Go with the guest to the gate"
    assert _plain("Come down to the quay with the guest", "guest") == "Go down to the quay with the guest"
    for step in ("Come by and eat with the guest", "Come back with the guest's coat", "Come back to ask"):
        assert _plain(step, "guest") == step


def test_a_deed_told_in_other_words_backs_a_name_and_one_told_besides_does_not() -> None:
    said = ["Ada walked her to the front step.", "We were shown them out in the sun.", "Bo peeled an orange."]
    near = {"Walk the guest to the front step": [0.9, 0.7, 0.5], "Peel an orange": [0.1, 0.1, 0.9]}

    def deed(steps: Sequence[str]) -> list[list[float]]:
        return [near.get(step, [0.2, 0.2, 0.2]) for step in steps]

    assert propose(said, [], "guest", ["Ada", "Bo"], set(), deed) == "Walk the guest to the front step"
    near["Walk the guest to the front step"] = [0.9, 0.7, 0.1]  # of the others one alone tells the same
    assert propose(said, [], "guest", ["Ada", "Bo"], set(), deed) == ""


def test_words_do_not_back_a_name_that_is_far_from_what_the_others_tell() -> None:
    said = ["Ada put in the order.", "Bo made her read it before the order went off."]
    far = [[0.9, 0.2]]
    assert propose(said, [], "guest", ["Ada", "Bo"], set(), lambda steps: far * len(steps)) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bo cut a slice for her across the counter.", "Cut a slice for the guest across the counter"),
        ("Bo made a point of writing down.", ""),
    ],
)
def test_a_name_is_whole(text: str, name: str) -> None:
    assert propose([text], [], "guest", ["Bo"], set(), lambda steps: [[len(s) / 50] for s in steps]) == name


def test_without_a_deed_there_is_no_name_but_what_one_passage_says() -> None:
    assert propose(["so kind"], ["umbrella", "rain"], "guest", [], set()) == ""
    assert (
        about("", ["held an umbrella over us"], set())
        == "Do as these stories tell: “held an umbrella over us”"
    )
    taken = {"do as these stories tell: “held an umbrella over us”"}
    assert about("", ["held an umbrella over us", "ran out with a coat"], taken).endswith(
        "“ran out with a coat”"
    )
    assert about("", ["held an umbrella over us"], taken).endswith("“held an umbrella over us” (2)")
    assert about("", [], set()) == ""


def test_what_no_passage_says_is_named_after_the_kind_of_deed_it_is() -> None:
    taken: set[str] = set()
    found = []
    for _ in range(3):
        found.append(about("Lend people what they need", ["held an umbrella over us"], taken))
        taken.add(found[-1].lower())
    assert found == [
        "Lend people what they need",
        "Lend people what they need: “held an umbrella over us”",
        "Lend people what they need: “held an umbrella over us” (2)",
    ]
    assert about("Lend people what they need", [], set()) == "Lend people what they need"


def test_a_name_says_who_is_meant_by_the_words_before_and_what_was_done_besides() -> None:
    said = [
        "Ada sat with her on the sofa while she made the call.",
        "Bo stayed beside him as he rang the bank.",
    ]
    near = {"Sit with the client while they make the call": [0.9, 0.6]}

    def deed(steps: Sequence[str]) -> list[list[float]]:
        return [near.get(step, [0.4, 0.4]) for step in steps]

    assert propose(said, [], "client", ["Ada", "Bo"], set(), deed) == next(iter(near))


def test_what_is_near_to_all_the_others_names_them_whatever_words_they_have() -> None:
    said = [
        "Ada swapped his broken notebook.",
        "We were handed one from the cupboard.",
        "Bo set a spare there.",
    ]

    def deed(steps: Sequence[str]) -> list[list[float]]:
        return [[level] * 3 for _ in steps]

    level = 0.44
    assert propose(said[:2], [], "client", ["Ada"], set(), deed) == "Swap the client's broken notebook"
    level = 0.43
    assert propose(said[:2], [], "client", ["Ada"], set(), deed) == ""


def test_a_part_in_the_middle_that_one_story_adds_is_left_out() -> None:
    assert list(_without_one("Take the guest by the arm into the next room")) == [
        "Take the guest into the next room"
    ]
    assert list(_without_one("Set the chairs side by side on the lawn")) == []
    assert list(_without_one("Pass the guest a piece on the point of the knife")) == []


def test_a_part_before_and_belongs_to_what_follows() -> None:
    assert list(_without_one("Put a line in the book for cook and porter")) == [
        "Put a line for cook and porter"
    ]
    assert list(_without_one("Pass the tray from the left and from above with care")) == [
        "Pass the tray from the left with care"
    ]


def test_a_name_says_no_more_than_others_tell_and_rather_what_sets_them_apart() -> None:
    said = [
        "Ada set an old jug of the miller's next to the guest's plate.",
        "Bo filled a jug for each.",
        "Cy put a small jug down.",
        "Then a jug stood there.",
    ]
    staff = ["Ada", "Bo", "Cy"]
    assert (
        propose(said[:1] + said[3:] * 3, [], "guest", staff, set(), alike)
        == "Set a jug next to the guest's plate"
    )
    both = ["Ada lit the lamp.", "Bo rang the bell.", "A bell and a lamp.", "A lamp and a bell."]
    assert propose(both, ["bell"], "guest", staff, set(), alike) == "Ring the bell"
    assert propose(both, ["lamp"], "guest", staff, set(), alike) == "Light the lamp"


def test_what_only_one_story_tells_in_every_word_gives_way_to_a_quotation() -> None:
    near = lambda steps: [[0.44] * 3] * len(steps)  # noqa: E731 - near enough, but no word is shared
    peculiar = [
        "Bo made the guest's father bake a plum tart with a whisk by the pond.",
        "It rained.",
        "Late.",
    ]
    assert propose(peculiar, [], "guest", ["Bo"], set(), near) == ""
    plain = ["Cy swept the yard.", "It rained.", "Late."]
    assert propose(plain, [], "guest", ["Cy"], set(), near) == "Sweep the yard"


def test_people_go_to_where_they_need_to_where_no_place_is_told_by_most() -> None:
    said = ["Ada walked with her to the barn.", "Bo walked with him to the well.", "Cy walked with them."]
    staff = ["Ada", "Bo", "Cy"]
    assert propose(said, [], "guest", staff, set(), alike) == "Walk with the guest to where they need to go"
    here = [text.replace("well", "barn") for text in said]
    assert propose(here, [], "guest", staff, set(), alike) == "Walk with the guest to the barn"


def test_what_customers_did_and_what_happened_to_them_names_nothing() -> None:
    said = ["When I came in I carried the parcel to the counter.", "I received the parcel at the counter."]
    assert propose(said[:1], [], "guest", [], set(), alike) == "Carry the parcel to the counter"
    for text in said:
        assert propose([text], [], "guest", [], set(), alike, customers=True) == ""


def test_a_group_that_meets_in_words_and_tells_no_deed_has_no_name() -> None:
    def far(steps: Sequence[str]) -> list[list[float]]:
        return [[0.1] * 3] * len(steps)

    deed = ["Ada hung the lamp over the door.", "Bo peeled an orange.", "The lamp was lit at nine."]
    words = ["The night was long.", "Nine at night, and all was dark.", "It was night by then."]
    staff, kind = ["Ada", "Bo"], "Be there at odd hours"
    assert called(deed, ["night"], "guest", staff, set(), far, kind) == kind
    assert called(words, ["night"], "guest", staff, set(), far, kind) == ""
