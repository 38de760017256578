"""Thanks: timely, specific, in the teller's words, private by default; nobody counted, small groups hidden."""

from typing import Any

import pytest

from servicestory.models.monitoring import Recognition
from servicestory.monitor import recognition
from servicestory.monitor.sheet import observation_sheet
from tests.monitor.build import TODAY, organisation, practice, seen, story


def test_due_within_the_days_oldest_first() -> None:
    stories = [
        story(1, "2026-09-30", people=["Ada"]), story(2, "2026-08-01", people=["Ben"]), story(3, "2026-01-01", people=["Cy"]),
        story(4, "2026-09-01"), story(5, None, people=["Di"]), story(6, "2027-01-01", people=["Ed"]),
        story(7, "2026-09", people=["Flo"]), story(8, "2026-09-02", people=["Gus"]),
    ]  # fmt: skip
    given = [Recognition(story="s8", giver="B", delivered_on="2026-09-05")]
    found = recognition.due(stories, {}, given, TODAY)
    assert [(t.story, t.days) for t in found] == [("s2", 65), ("s1", 5), ("s7", 5)]
    assert [t.story for t in recognition.due(stories, {}, given, TODAY, within=10)] == ["s1", "s7"]


def test_nobody_is_thanked_for_a_complaint() -> None:
    """Whoever a customer names in a story rated low is mostly blamed there; told by a colleague it is no complaint."""
    rated: dict[str, Any] = {"people": ["Ada"], "ratings": [{"value": 2, "of": 5}]}
    stories = [
        story(1, "2026-09-30", source={"system": "reviews", "record": "1"}, **rated),
        story(2, "2026-09-30", **rated),
    ]
    assert [t.story for t in recognition.due(stories, {}, [], TODAY)] == ["s2"]
    assert recognition.unfit(stories, {}, [], TODAY)["happy"] == ["s1"]


def test_thanks_to_one_leave_those_to_the_others_due() -> None:
    """Thanked by another name, or all at once, nobody waits any more: who that was is not known here."""
    stories = [story(n, "2026-09-30", people=["Ada Holm", "Ben"]) for n in range(1, 5)]
    undated = story(9, None, people=["Ada Holm", "Ben"])
    given = [
        Recognition(story=f"s{n}", recipient=whom, giver="B", delivered_on="2026-10-01")
        for n, whom in ((1, "ada holm"), (2, "Ada Holm"), (2, "Ben"), (3, None), (4, "Addie"), (9, "Ben"))
    ]
    assert [(t.story, t.people) for t in recognition.due(stories, {}, given, TODAY)] == [("s1", ("Ben",))]
    assert recognition.undated([undated], given) == ["s9"]
    assert recognition.undated([undated], [*given, given[0].model_copy(update={"story": "s9"})]) == []


def test_specific_from_the_evidence_else_from_the_behaviours() -> None:
    told = story(
        1, "2026-09-30", people=["Ada"], behaviours=["wrote a card"], outcome="She cried.", quote="“Lovely.”",
        narrative="Ada sang.",
    )  # fmt: skip
    p = practice(3, [told], standard="S1")
    p = p.model_copy(update={"evidence": [p.evidence[0].model_copy(update={"end": 9})]})
    linked = recognition.links(
        [p, practice(1, [told], status="candidate"), practice(2, [told], status="rejected")]
    )
    assert [x.id for x in linked["s1"]] == ["P-0003", "P-0001"]
    (item,) = recognition.due([told], linked, [], TODAY)
    assert (item.behaviour, item.effect, item.practice, item.standard) == (
        "Ada sang",
        "She cried.",
        "P-0003",
        "S1",
    )
    assert recognition.due([told], {}, [], TODAY)[0].behaviour == "wrote a card"
    assert (
        recognition.thanks(told, [practice(1, [told], status="candidate")], 0, TODAY).behaviour
        == "wrote a card"
    )
    note = recognition.note(item, "Mara")
    assert (
        note.startswith("Ada, thank you.")
        and "5 days ago" in note.casefold()
        and "“Lovely.”" in note
        and note.endswith("Mara")
    )
    assert "What was told of you: “Ada sang.”" in note, "a sentence about somebody is quoted to them"
    said = recognition.note(item, "Mara", ["sang for a guest", "wrote a card"])
    assert "You sang for a guest and wrote a card." in said and "Ada sang" not in said
    assert item.to_json()["people"] == ["Ada"]
    bare = recognition.thanks(story(2, "2026-10-05", people=["Ada", "Ben"]), (), 0, TODAY)
    assert "Ada and Ben" in recognition.note(bare, "M") and "Today" in recognition.note(bare, "M")


def test_a_title_made_of_the_first_words_is_not_said_beside_the_story() -> None:
    text = "Ada remembered that he likes his tea without milk and had it ready."
    one = story(
        1, "2026-09-30", people=["Ada"], narrative=text, title="Ada remembered that he likes his tea…"
    )
    note = recognition.note(recognition.thanks(one, (), 0, TODAY), "Mara")
    assert note.count("Ada remembered") == 1 and "be known for." in note


def test_private_unless_a_standing_consent_says_more() -> None:
    def shared(*consents: dict[str, object]) -> str:
        return recognition.sharing(story(1, "2026-09-30", consent=list(consents)), TODAY)

    assert shared() == "private"
    assert shared({"party": "Ada", "uses": ["training"]}) == "private"
    assert shared({"party": "Ada", "uses": ["team"]}) == "team"
    assert shared({"party": "Ada", "uses": ["team", "company"]}) == "company"
    assert shared({"party": "Ada", "uses": ["team"], "withdrawn_on": "2026-10-01"}) == "private"
    assert shared({"party": "Ada", "uses": ["external"], "withdrawn_on": "2026-12-01"}) == "external"


def test_lineup_takes_turns_between_standards_and_respects_consent() -> None:
    stories = [story(i, f"2026-09-{10 + i}") for i in range(6)]
    stories.append(story(6, "2026-09-30", people=["Ada"]))
    stories.append(story(7, "2026-09-29", people=["Ada"], consent=[{"party": "Ada", "uses": ["team"]}]))
    linked = recognition.links(
        [
            practice(1, [*stories[:3], stories[6]], standard="S1"),
            practice(2, [*stories[3:5], stories[7]], standard="S2"),
            practice(3, [stories[5]]),
        ]
    )
    first = recognition.lineup(stories, linked, [], TODAY)
    assert [(t.story, t.standard) for t in first] == [("s2", "S1"), ("s7", "S2")]
    told = [Recognition(story=t.story, kind="lineup", giver="B", delivered_on="2026-10-01") for t in first]
    again = recognition.lineup(
        stories,
        linked,
        [*told, Recognition(story="s1", kind="lineup", giver="B", delivered_on="2026-10-02")],
        TODAY,
    )
    assert [(t.story, t.standard) for t in again] == [("s4", "S2"), ("s0", "S1")]
    assert len(recognition.lineup(stories, linked, [], TODAY, how_many=9)) == 6
    assert recognition.lineup(stories, {}, [], TODAY) == []
    refused = story(9, "2026-09-28", people=["Ada"], consent=[{"party": "Ada", "uses": ["training"]}])
    failing = recognition.unfit([*stories, story(8, None), refused], linked, told, TODAY)
    assert failing == {
        "standard": ["s5", "s8", "s9"],
        "told": ["s2", "s7"],
        "asked": ["s6"],
        "consent": ["s9"],
        "date": ["s8"],
        "happy": [],
    }


def test_groups_hardly_ever_named_and_small_ones_hidden() -> None:
    staff: list[dict[str, object]] = [{"name": f"D{i}", "team": "Day", "role": "host"} for i in range(10)]
    staff += [{"name": f"N{i}", "aliases": [f"n{i}x"], "team": "Night"} for i in range(8)]
    staff.append({"name": "B1", "team": "Back"})
    staff += [{"name": f"C{i}", "role": "cook"} for i in range(5)]
    org = organisation(staff=staff)
    stories = [story(i, "2026-05-01", people=[f"d{i % 10}"]) for i in range(20)]
    stories += [
        story(50, "2026-05-01", people=["N1X"]),
        story(51, "2024-05-01", people=["N2"]),
        story(52, "2026-05-01", people=["Someone"]),
    ]
    groups, hidden = recognition.unseen(org, stories, TODAY)
    found = {g["group"]: g for g in groups}
    assert hidden == 1 and "Back" not in found
    assert found["Day"]["stories"] == 20 and not found["Day"]["unseen"] and not found["host"]["unseen"]
    assert found["Night"] == {
        "kind": "team",
        "group": "Night",
        "size": 8,
        "of": 18,
        "stories": 1,
        "expected": 9.3,
        "unseen": True,
    }
    more = [*stories, *(story(60 + i, "2026-05-01", people=["B1"]) for i in range(7))]
    assert recognition.unseen(org, more, TODAY) == (groups, 1), "nothing tells how often Back was named"


def test_sites_teams_and_shifts_are_held_against_their_exposure() -> None:
    org = organisation(
        sites=[
            {"name": "Pier", "eligible": 60},
            {"name": "Quay", "eligible": 60},
            {"name": "Mill", "eligible": 3},
        ],
        teams=[{"name": "Desk", "people": 20}, {"name": "Kitchen", "people": 20}, {"name": "Boat"}],
    )
    told = [story(i, "2026-05-01", "Pier", people=["x"], team="Desk", shift="day") for i in range(12)]
    told += [story(20, "2026-05-01", "Quay", people=["x"], shift="night"), story(21, "2026-05-01", "Quay")]
    watched = [seen(True, shift="night")] * 30 + [seen(True, shift="day")] * 30 + [seen(True, shift="dawn")]
    watched += [seen(True, "2025-01-01", shift="dawn")] * 9
    groups, hidden = recognition.unseen(org, told, TODAY, watched)
    found = {(g["kind"], g["group"]): (g["stories"], g["expected"], g["unseen"]) for g in groups}
    assert found == {
        ("team", "Desk"): (12, 6.0, False), ("team", "Kitchen"): (0, 6.0, True),
        ("site", "Pier"): (12, 6.5, False), ("site", "Quay"): (1, 6.5, True),
        ("shift", "day"): (12, 6.5, False), ("shift", "night"): (1, 6.5, True),
    }  # fmt: skip
    assert hidden == 2  # three people at the mill, one opportunity at dawn


def test_sheet_is_printable_and_harmless() -> None:
    p = practice(
        1,
        [],
        core=["Greet by name", "Offer | a seat"],
        adaptable=["Say <b>when</b>"],
        trigger="A guest arrives.",
    )
    text = observation_sheet(p)
    assert (
        "| date | site | shift | item 1 | item 2 | note |" in text
        and "Offer &#124; a seat" in text
        and "<b>" not in text
    )
    assert "An opportunity is: A guest arrives." in text
    assert "1. Practice 2" in observation_sheet(practice(2, []))


@pytest.mark.parametrize(
    ("day", "days", "said"),
    [
        ("2026-10-05", 0, "Today you did"),
        ("2026-10-01", 4, "4 days ago you did"),
        ("2026-10", 0, "In October 2026 you did"),
        ("2026", 0, "In 2026 you did"),
        (None, None, "You did"),
    ],
)
def test_a_note_says_no_day_that_nobody_told(day: str | None, days: int | None, said: str) -> None:
    item = recognition.thanks(story(1, day, people=["Ada"]), (), days, TODAY)
    assert recognition.note(item, "Mara").split("\n")[2].startswith(f"{said} something")


def test_stories_without_a_date_are_told_apart_from_those_due() -> None:
    stories = [story(1, None, people=["Ada"]), story(2, None), story(3, "2026-10-01", people=["Ada"])]
    assert recognition.undated(stories, []) == ["s1"]


def test_nobody_is_said_to_have_refused_who_was_never_asked() -> None:
    gone = story(1, "2026-09-30", people=["Person-0123abcd"])
    only_training = story(2, "2026-09-30", consent=[{"party": "guest", "uses": ["training"]}])
    one_refused = story(
        3,
        "2026-09-30",
        people=["Ada"],
        consent=[{"party": "Ada", "uses": ["team"]}, {"party": "guest", "uses": []}],
    )
    open_ = story(4, "2026-09-30", people=["Ada"], consent=[{"party": "guest", "uses": ["team"]}])
    failing = recognition.unfit([gone, only_training, one_refused, open_], {}, [], TODAY)
    assert failing["asked"] == [], "whoever was removed can be asked no more"
    assert failing["consent"] == ["s2", "s3"]
