"""An instruction stands without its story, or is left out; each pair was read and judged by a person."""

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.acts import act, same_step
from servicestory.wording.instructions import instructions
from servicestory.wording.manner import tail
from servicestory.wording.material import gather
from servicestory.wording.occasions import OCCASIONS, _of_whom, own_moment, when_told, without_when
from servicestory.wording.retell import past
from servicestory.wording.showing import telling_of
from servicestory.wording.standing import standing
from servicestory.wording.steps import Cite, Step, merged
from servicestory.wording.story_only import only_the_story_knows
from servicestory.wording.unasked import asks_too_much


def lines(told: str, customer: str = "guest", known: tuple[str, ...] = ()) -> list[str]:
    made = (standing(line, told, a, b, customer, known) for line, a, b in instructions(told, customer))
    return [line for line in made if line is not None]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("He called us the next morning to ask how the night was.", ["Call the guest the next morning to ask how the night was"]),
        ("She helped us on with our bags.", ["Help the guest with their bags"]),
        # other than what? only the story knows
        ("They gave me tea from another urn.", []),
        ("They offered us all cabin options.", []),
        ("They arranged a boat for us at short time.", ["Arrange a boat for the guest at short notice"]),
        # the occasion stands in the sentence before, or beside the deed
        (
            "The ferry came in after midnight. Tilda kept some barley broth warm for us.",
            ["Keep some broth warm for the guest when they arrive late"],
        ),
        (
            "The dining room was dark. She kept some broth warm for us.",
            ["Keep some broth warm for the guest in case they find the kitchen closed"],
        ),
        (
            "It was my birthday. They brought us a small cake.",
            ["Bring the guest a small cake when they celebrate a birthday"],
        ),
        (
            "The tap leaked all night. Rurik sent the plumber up.",
            ["Send the plumber up when something is wrong with the water"],
        ),
        (
            "My father cannot manage stairs since his fall. They gave us a room on the ground floor.",
            ["Give the guest a room on the ground floor when they find stairs hard"],
        ),
        (
            "The nurse brought us fresh towels when we asked.",
            ["Bring the guest fresh towels when they ask"],
        ),
        (
            "Our little girl sulked. The purser brought us crayons.",
            ["Bring the guest crayons when they come with a child"],
        ),
        # and without it these say nothing
        ("Tilda kept some barley broth warm for us.", []),
        ("Rurik sent the plumber up.", []),
        ("They moved us to another room.", []),
        ("The clerk booked us a flight home.", []),
        # a birthday told of elsewhere in the story is not what the voucher was for
        ("We came for my birthday. The pool was warm. The fish was cold. They gave us a cake.", ["Give the guest a cake"]),
        # what follows in another sentence came after
        ("They moved us to another room. The tap leaked there.", []),
    ],
)  # fmt: skip
def test_the_occasion_is_kept_with_the_act(told: str, wanted: list[str]) -> None:
    assert lines(told) == wanted


def test_the_occasion_names_somebody_where_the_step_does_not() -> None:
    assert lines("The last ferry was full. She cut some bread.") == [
        "Cut some bread when a guest arrives late"
    ]
    assert lines("The lamp broke. She sent the electrician up.", "ward sister") == [
        "Send the electrician up when something is wrong with the light"
    ]
    told = "We had missed the last boat. He arranged a taxi to the other pier."
    assert lines(told, "visitor") == []
    assert lines("We missed the boat. He arranged a taxi home.", "visitor") == [
        "Arrange a taxi home when a visitor misses a connection"
    ]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        # a longer name for the same thing stands in the story
        (
            "I had never seen a worksheet before. Hanne explained the sheet to me.",
            ["Explain the worksheet to the guest"],
        ),
        ("The bathroom was small. They cleaned the room every morning.", ["Clean the room every morning"]),
        # a dish or a map as its kind, a lent thing without its drawer, a map without its goal
        ("Nils drew me a map of the lanes to the old chapel.", []),
        ("Nils drew me a small map to the chapel.", ["Draw the guest a small map"]),
        ("She brought us a rhubarb pie.", ["Bring the guest a pie"]),
        ("He lent me an umbrella out of a tin box for the week.", ["Lend the guest an umbrella"]),
        ("We were upgraded to a tower room with a view of the pier.", ["Upgrade the guest to a better room"]),
        # things only the story knows
        ("She took us to the shell grotto.", []),
        ("He went over the corrected figures with us.", []),
        ("She moved our chairs to the lemon terrace.", []),
        ("The clerk carried the bags to our room.", ["Carry the bags to the guest's room"]),
        # one chance, or one's own
        ("They found us the last pot of quince jam.", []),
        ("She lent me her own raincoat.", []),
        ("He offered to drive us to the mill.", []),
        # halves
        ("He asked which hand I could use.", []),
        ("The captain kept us informed.", []),
        ("The captain kept us informed of the delay.", ["Keep the guest informed of the delay"]),
        ("They gave us a table.", []),
        ("She sent us enough candles.", []),
        ("She sent us enough candles for the evening.", ["Send the guest enough candles for the evening"]),
        ("He helped us find a room.", []),
        ("He fixed a mistake.", []),
        ("They told us all about delay.", []),
        ("They greeted us with paper lanterns.", []),
        ("They greeted us with a wave.", ["Greet the guest with a wave"]),
        ("We were upgraded from economy to Cloud Nine.", []),
        ("She gave us a voucher for hotel.", []),
        ("She gave us a voucher for breakfast.", ["Give the guest a voucher for breakfast"]),
        # told as a complaint
        ("It was ridiculous that they gave us a map with three streets on it.", []),
        # whom it is for
        ("The steward offered a welcome drink.", ["Offer the guest a welcome drink"]),
        ("She rang round to ask everybody if they had slept well.", ["Ring round to ask every guest if they have slept well"]),
        ("The clerk answered all questions.", ["Answer all the guest's questions"]),
        # how it was written, and not what
        ("Ana wrote down in large print which oar is left (blue) and stuck it on the lid.", []),
        # the side one guest could reach
        (
            "My right arm is in plaster. He moved the bed so that the lamp was on my left.",
            ["Move the bed so that the lamp is on the guest's good side when they can use only one arm"],
        ),
        ("He moved the bed so that the lamp was on my left.", []),
    ],
)  # fmt: skip
def test_what_only_the_story_knows_becomes_its_kind_or_is_left_out(told: str, wanted: list[str]) -> None:
    assert lines(told) == wanted


def test_the_house_knows_its_own_things() -> None:
    told = "She took us to the orchard."
    assert lines(told) == []
    assert lines(told, known=("orchard",)) == ["Take the guest to the orchard"]
    assert lines(told, "wedding guest", ("orchard",)) == ["Take the wedding guest to the orchard"]


def step(text: str, *stories: str) -> Step:
    return Step(text, cites=tuple(Cite(s, "narrative", 0, 9) for s in stories))


def test_an_occasion_makes_no_other_act_and_is_told_where_half_tell_it() -> None:
    late = "Keep soup warm for the guest when they arrive late"
    assert without_when(late) == "Keep soup warm for the guest"
    assert act(late) == act("Keep soup warm for the guest") and same_step(
        late, "Keep soup warm for the guest"
    )
    bare = "Keep soup warm for the guest"
    assert [s.text for s in merged([step(late, "a"), step(bare, "b")], "", "guest")] == [late]
    assert [s.text for s in merged([step(late, "a"), step(bare, "b", "c")], "", "guest")] == [bare]


def test_every_occasion_is_found_again_at_the_end_of_its_step() -> None:
    for occasion in OCCASIONS:
        for line in ("Warm the guest's room", "Warm a room"):
            whole = f"{line} when {_of_whom(occasion.said, line, 'guest')}"
            assert without_when(whole) == line, whole
    told = "Have a room ready when they check in early"
    assert without_when(told) == told  # a story's own words stay


def test_the_occasion_stays_with_the_act_in_a_job_breakdown_and_is_told_as_past() -> None:
    line = "Write the guest's plan out in thick letters when they cannot see well"
    assert tail(line) == (
        "Write the guest's plan out when they cannot see well", "In thick letters", "What cannot be read is not used",
    )  # fmt: skip
    assert past(line) == "wrote the guest's plan out in thick letters when they could not see well"


def test_a_practice_that_says_when_it_is_due_needs_no_occasion_at_each_step() -> None:
    story = Story(id="s", narrative="The tap leaked all night. Rurik sent the plumber up.")
    found = [Evidence(story="s", start=26, end=len(story.narrative))]
    for trigger, wanted in (
        (None, "Send the plumber up when something is wrong with the water"),
        ("A tap leaks", "Send the plumber up"),
    ):
        practice = Practice(id="P-0001", name="Send the plumber", evidence=found, trigger=trigger)
        assert [s.text for s in gather(practice, {"s": story}, Organisation()).steps] == [wanted]


def test_what_some_do_for_this_feast_and_others_for_that_is_done_when_something_is_celebrated() -> None:
    birthday = step("Bring the guest a cake when they celebrate a birthday", "a")
    wedding = step("Bring the guest a cake when they celebrate an anniversary", "b")
    named = step("Arrange a cake for the guest's birthday", "c")
    (made,) = merged([birthday, wedding, named], "", "guest")
    assert made.text.endswith(" celebrate something") or made.text.endswith(" celebrates something")
    assert without_when(made.text) != made.text


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("She explained the menu very well.", ["Explain the menu"]),
        ("She explained nicely about the menu.", ["Explain the menu"]),
        ("They greeted us in a warm manner.", ["Greet the guest"]),
        ("They gave us as a welcome drink.", []),
        ("They gave us a suggestion.", []),
        ("They cleaned our room every day to our satisfaction.", ["Clean the guest's room every day"]),
        ("She found us a nicer room on the corner.", []),
        (
            "The radiator was cold. Rurik sent the plumber up.",
            ["Send the plumber up when something is wrong with the heating"],
        ),
        ("They gave us complimentary brownie.", ["Give the guest a complimentary brownie"]),
    ],
)
def test_praise_and_halves_of_a_gift_are_no_part_of_a_step(told: str, wanted: list[str]) -> None:
    assert lines(told) == wanted


def test_what_is_given_for_a_feast_is_one_step() -> None:
    cake = step("Bring the guest a cake when they celebrate a birthday", "a", "b")
    card = step("Write the guest a birthday card", "c")
    lamp = step("Lend the guest a lamp", "d")
    found = {s.text: s.stories for s in merged([cake, card, lamp], "", "guest")}
    assert found == {"Bring the guest a cake or a card when they celebrate a birthday": 3, lamp.text: 1}


@pytest.mark.parametrize(
    ("name", "line", "wanted"),
    [
        ("Upgrade guests when something better is free", "Upgrade the guest to a suite", "when there is room"),
        ("Upgrade guests when something better is free", "Give the guest a seat in the stern", "when there is room"),
        ("Apologise and make up for what went wrong", "Give the guest a refund", "when something has gone wrong on your side"),
        ("Mark a birthday, anniversary or other day", "Bring the guest a cake", "when they celebrate something"),
        ("Mark a birthday, anniversary or other day", "Bring a cake for the guest's birthday", ""),
        ("Mark a birthday, anniversary or other day", "Carry the guest's bags", ""),
        ("Greet every guest", "Give the guest a refund", ""),
    ],
)  # fmt: skip
def test_a_step_has_the_moment_its_practice_names(name: str, line: str, wanted: str) -> None:
    assert own_moment(name, line, "guest") == f"{line} {wanted}".strip()


@pytest.mark.parametrize(
    ("step", "when"),
    [
        ("Have the guest's room made up early", " when they arrive early"),
        ("Hold the guest's bags", ""),
        ("Keep the bags out of the way", ""),
        ("Give the guest early check-in when they have a long journey", ""),
    ],
)
def test_some_deeds_say_themselves_when_they_are_done(step: str, when: str) -> None:
    assert own_moment("Bend times to the guest's day", step, "guest") == step + when


def test_a_moment_that_lies_in_the_deed_asks_nothing_of_the_places_that_show_it() -> None:
    step = "Have the guest's room made up early when they arrive early"
    told = [(Cite("s1", "narrative", 0, 40), "Mirela had our room made up before the others.")]
    assert telling_of(step, told, "guest") == [told[0][0]]
    told_late = "Save the guest soup when they arrive late"
    assert telling_of(told_late, [(told[0][0], "She saved us a bowl of soup.")], "guest") == []


def test_what_was_of_one_day_or_is_everybodys_is_no_step() -> None:
    for line in (
        "Play for the guest until the bells ring",
        "Give the guest their room",
        "Get the guest into a room",
        "Ask first what the guest is allowed before the scan, so that it is for the way back",
        "Stay until the fear is smaller than the breakfast",
        "Come out to the boat shed",
        "Take the coat off",
    ):
        assert only_the_story_knows(line, "guest", frozenset(), True), line
    for line in (
        "Give the guest their room early",
        "Write the plan in block letters, so that it is easy to read",
        "Stay until the fear is gone",
        "Wait until the guest is called",
        "Take the guest to their room",
        "Come out to the boat shed and lift the trunk",
        "Take the guest's coat",
        "Put your gloves on",
    ):
        assert not only_the_story_knows(line, "guest", frozenset(), True), line


def test_why_it_was_needed_that_once_is_left_out() -> None:
    told = "Ada carried the cases up for the guest with her left arm in a sling."
    line = "Carry the cases up for the guest with their left arm in a sling"
    assert standing(line, told, 0, len(told), "guest", {"cases"}, True) == "Carry the cases up for the guest"


def test_no_step_asks_a_colleague_to_go_without_what_they_need() -> None:
    assert asks_too_much("Finish the shift in socks") and asks_too_much("Work on without a break")
    assert not asks_too_much("Pack the guest's socks") and not asks_too_much("Look in on the guest")


def test_a_result_a_way_alone_and_trouble_with_what_is_new_are_no_acts() -> None:
    for line in (
        "Ensure that the guest has checked in correctly",
        "Drive over from the moor",
        "Handle the guest's problem with a new room",
        "Replace the fuse",
        "Come back with the guest's letters",
        "Hook the guest up with a taxi",
    ):
        assert only_the_story_knows(line, "guest", {"moor"}, True), line
    for line in (
        "Make sure the guest has towels for the pool",
        "Drive the guest over from the station",
        "Come back to ask whether all is well",
        "Replace the guest's towels",
    ):
        assert not only_the_story_knows(line, "guest", {"pool", "station"}, True), line


def test_what_is_looked_into_is_told_as_it_is_then_and_the_way_back_is_left_out() -> None:
    def told(line: str) -> str | None:
        return standing(line, "x" * 80, 0, 80, "guest", here=True)

    assert (
        told("Drop in again to make sure it had stayed fixed")
        == "Drop in again to make sure it has stayed fixed"
    )
    assert told("Ring to hear whether the pumps had held") == "Ring to hear whether the pumps have held"
    assert told("Check that the boiler had started") == "Check that the boiler has started"
    assert told("Walk the guest there, and back for the pudding") == "Walk the guest there"


def test_where_somebody_was_called_and_that_each_of_them_got_it_is_of_that_day() -> None:
    def alone(line: str) -> str | None:
        return standing(line, told := f"{line}.", 0, len(told), "guest", (), True)

    assert alone("Ring the guest at the office a week ahead") == "Ring the guest a week ahead"
    assert alone("Phone the guest at the weekend") == "Phone the guest at the weekend"
    assert alone("Roll out a mat for the guest for each of them") == "Roll out a mat for the guest"
    assert (
        alone("Answer every single the guest") is None
        and alone("Welcome the guest for their jubilee") is None
    )
    assert alone("Lay down beside the guest") == "Lie down beside the guest"
    assert alone("Hold the tent while them puts up the poles") is None
    assert only_the_story_knows("Fold in paper", "guest", ())
    assert not only_the_story_knows("Fold every shirt in paper", "guest", ())


@pytest.mark.parametrize(
    "step",
    ["Remember the guest's order from the day before", "Address the guest by name", "Call the guest by name"],
)
def test_what_a_deed_is_nothing_without_is_no_manner_of_it(step: str) -> None:
    assert tail(step) is None
    assert tail("Greet the guest by name") is not None


def test_whom_it_is_for_says_when() -> None:
    name = "Write the day plan in large letters when a guest cannot see well"
    for_whom = "Write the plan in large print for guests with poor eyes"
    assert own_moment(name, for_whom, "guest") == for_whom
    told = "Her eyes are poor. He now writes the plan in large print for guests with poor eyes."
    assert when_told(for_whom, told, 19, len(told), "guest") == for_whom
    assert (
        when_told("Write the plan in large print", told, 19, len(told), "guest")
        != "Write the plan in large print"
    )
    assert own_moment(name, "Write the plan large", "guest").endswith(" when a guest cannot see well")


def test_how_something_is_gone_through_is_no_part_of_whom_it_is_gone_through_with() -> None:
    told = "Mira now writes every estimate down and goes through it with the owner line by line."
    line = "Write every estimate down and go through it with the owner line-by-line"
    assert standing(line, told, 5, len(told), "client", here=True) == line
