"""Where what was made is put, so that it is seen."""

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import gather
from servicestory.wording.placed import put_in_sight, says_in_sight, with_other_ways
from servicestory.wording.steps import Cite, Step


def put(*told: str, step: str = "Write out the guest's plan") -> list[tuple[str, str]]:
    passages = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(told)]
    made = tuple(c for c, text in passages if "wr" in text or "filled" in text)
    found = put_in_sight([Step(step, cites=made)], passages, "guest")
    return [(s.text, s.key_points[0].text) for s in found]


def test_what_was_written_is_put_where_the_guest_sees_it() -> None:
    told = (
        "She wrote it out large and hung it over his sink.",
        "Oda writes it out and tapes it to the oven.",
    )
    assert put(*told) == [
        ("Put the plan where the guest sees it", "For example over the sink or taped to the oven")
    ]
    assert put(told[0]) == []  # one story's place


def test_what_is_put_before_colleagues_or_was_not_made_is_another_matter() -> None:
    told = "She wrote it out and put it on the handover card."
    assert put(told, told) == []
    lamp = "She mended a lamp and put it on the sill."
    assert put(lamp, lamp) == [] and put(lamp, lamp, step="Mend the lamp") == []


def test_a_place_keeps_its_whole_name_and_what_is_shut_away_is_not_shown() -> None:
    told = (
        "She wrote it out and set it on the tall coat stand so we saw it.",
        "He wrote it out and pinned it to the garden gate with a peg.",
    )
    assert put(*told)[0][1] == "For example on the tall coat stand or pinned to the garden gate"
    shut = "She wrote it out and put it in the drawer at the bar."
    assert put(shut, shut) == [] and put(shut, *told)[0][1] == put(*told)[0][1]


def test_what_was_made_in_other_words_is_put_there_as_well() -> None:
    told = (
        "He filled a bag with rolls for each of us and hung it on the boat hook.",
        "She filled a tin with plums and stacked them by the back door.",
    )
    assert put(*told, step="Pack the guest a breakfast") == [
        ("Put the breakfast where the guest sees it", "For example on the boat hook or by the back door")
    ]


def test_the_place_most_stories_tell_stands_first_and_what_is_put_may_be_named_between() -> None:
    told = (
        "He filled a bag with rolls and hung it on the boat hook.",
        "She filled a bag and hangs a bag with their number by the gate for each of them.",
        "Rana had four breakfast bags ready by the front gate, each with a name.",
        "Rana had the breakfast bag ready by the gate.",
    )
    assert put(*told, step="Pack the guest a breakfast bag") == [
        (
            "Put the breakfast bag where the guest sees it",
            "For example by the gate, on the boat hook or by the front gate",
        )
    ]


def test_a_thing_that_is_put_somewhere_without_being_the_one_made_is_another_matter() -> None:
    chair = "She put a chair with a rug by the door."
    assert put("He filled a bag and hung it on the hook.", chair, step="Pack the guest a breakfast") == []


def ways(*told: str, word: str = "guest") -> list[str]:
    passages = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(told)]
    made = Step("Pack the guest a breakfast", cites=tuple(c for c, text in passages if "filled" in text))
    steps = [made, *put_in_sight([made], passages, word)]
    return [p.text for s in with_other_ways(steps, passages, word) for p in s.key_points]


def test_what_is_shut_away_or_handed_over_is_another_way_though_told_once() -> None:
    seen = ("He filled a bag and hung it on the hook.", "She filled a bag and stood it by the gate.")
    shut = "She filled a tin and put it in the pantry at the bar with a note on it."
    handed = "He filled a bag and handed it to the night porter for us."
    assert ways(*seen, shut, handed)[1:] == [
        "Or hand it to the night porter or put it in the pantry at the bar"
    ]
    assert len(ways(*seen)) == 1 and len(ways(*seen, "She filled a bag and handed it to me.")) == 1
    assert ways(shut, handed) == []  # nobody put it where it is seen


def test_every_place_told_is_named() -> None:
    spots = ("gate", "stove", "ladder", "piano")
    told = [f"She filled a bag and hung it by the {spot}." for spot in spots]
    assert all(f"by the {spot}" in ways(*told)[0] for spot in spots)


def test_what_is_put_has_the_name_its_step_has_in_the_end() -> None:
    told = (
        "She wrote it out large and hung it over his sink.",
        "Oda writes it out and tapes it to the oven.",
    )
    passages = [(Cite(f"s{n}", "narrative", 0, len(text)), text) for n, text in enumerate(told)]
    made = Step("Write the guest's timetable out", cites=tuple(c for c, _ in passages))
    (put_it,) = put_in_sight([made], passages, "guest")
    assert put_it.text == "Put the timetable where the guest sees it"
    named = Step("Write out the guest's day plan", cites=made.cites)
    assert with_other_ways([named, put_it], passages, "guest")[1].text == (
        "Put the day plan where the guest sees it"
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Hang the plan where the guest looks first in the morning", True),
        ("Leave the card where they will find it", True),
        ("Put the plan in the drawer", False),
        ("Ask the guest where they look first", False),
    ],
)
def test_a_line_people_wrote_says_where_it_is_seen(line: str, says: bool) -> None:
    assert says_in_sight(line, "guest") is says


def test_stories_that_say_where_it_was_hung_tell_the_line_people_wrote() -> None:
    texts = [
        f"She wrote the plan for the day in large letters and {put}."
        for put in ("hung it by the bed", "pinned it over the desk", "stuck it on the mirror")
    ]
    stories = {f"s{n}": Story(id=f"s{n}", narrative=text) for n, text in enumerate(texts)}
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    core = ["Write tomorrow's plan in large letters", "Hang the plan where the guest looks first"]
    practice = Practice(id="P-0001", name="Write the day plan large", core=core, evidence=evidence)
    made = gather(practice, stories, Organisation(customer_word="guest"))
    assert [s.text for s in made.steps] == core and made.steps[1].stories == 3
    assert not made.besides
