"""What people decided by hand holds, and what a detection changes beside it is told as what it is."""

from typing import Any

import numpy as np
import pytest

from servicestory.detect import decisions, matching, particular, placing
from servicestory.detect.changes import changes
from servicestory.detect.goals import Target
from servicestory.detect.identity import lineage
from servicestory.detect.keep import kept, run_record
from servicestory.detect.pipeline import Config, detect
from servicestory.detect.reading import Passage, Reading
from servicestory.detect.weights import shipped
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from tests.detect.conftest import story
from tests.detect.test_particular import OTHERS, SOUP, STAFF
from tests.detect.test_pipeline import CAKES, NEWS

WHO: dict[str, Any] = {"on": "2026-10-04", "by": "Mara Lind", "reason": "so we decided"}


def read(*shares: float) -> Reading:
    """A behaviour per share: how much of its reading is of kind 2, the rest spread thin."""
    classes = np.full((len(shares), len(shipped().practices)), 0.0)
    for row, share in enumerate(shares):
        classes[row] = (1 - share) / (classes.shape[1] - 1)
        classes[row, 2] = share
    passages = [Passage(i, "narrative", 0, 9, "x", listed=False) for i in range(len(shares))]
    return Reading(passages, classes.sum(axis=1), classes, [])


TOLD = [Story(id=f"s{n}", narrative="x waved at") for n in range(3)]


def matched(reading: Reading, goals: list[Target]) -> matching.Members:
    vectors = np.zeros((len(reading.passages), 1))
    unsure = np.zeros(len(reading.passages), bool)
    return matching.match(reading, shipped(), goals, vectors, unsure, TOLD, {}).member


def kind(codebook: list[CodebookEntry]) -> CodebookEntry:
    return next(e for e in codebook if e.key == shipped().practices[2])


def at(number: int) -> tuple[str, str, int, int]:
    return f"s{number}", "narrative", 0, 9


@pytest.mark.parametrize(("status", "taken"), [("candidate", [[0], [0]]), ("rejected", [[], [0]])])
def test_a_rejected_practice_keeps_only_what_is_surely_of_its_kind(
    status: str, taken: matching.Members, codebook: list[CodebookEntry]
) -> None:
    entry = kind(codebook)
    one = Practice.model_validate({"id": "P-0001", "name": "x", "definition": entry.key, "status": status})
    assert matched(read(0.5, 0.9), [Target(one, entry)]) == taken


def test_what_was_taken_out_goes_elsewhere_only_where_that_is_sure(codebook: list[CodebookEntry]) -> None:
    entry = kind(codebook)
    own = Target(Practice(id="P-0001", name="Wave"), None, barred={at(0), at(1)})
    new = Target(None, entry)
    assert matched(read(0.5, 0.9, 0.5), [own, new]) == [[], [1], [1]]
    new.stood = {at(0)}  # it was there before somebody took it out of the other
    assert matched(read(0.5, 0.9, 0.5), [own, new]) == [[1], [1], [1]]


def test_what_people_left_in_a_practice_they_looked_through_stays_there(
    codebook: list[CodebookEntry],
) -> None:
    entry = kind(codebook)
    own = Practice(id="P-0009", name="Wave", status="accepted")
    left = Target(Practice(id="P-0001", name="x"), entry, stood={at(0)})
    for barred, stays in ((set(), [1]), ({at(1)}, [0, 1])):
        left.barred, member = barred, [[0, 1]]
        placing.own_first(member, set(), read(0.5), shipped(), [left, Target(own, None)], TOLD)
        assert member == [stays]


def test_what_people_rejected_is_not_proposed_once_more_and_what_only_touches_it_is() -> None:
    places = [at(n) for n in range(8)]
    down = Practice(id="P-0001", name="x", status="rejected")
    goals = [Target(down, None, kept=set(places[:3]))]
    member: matching.Members = [[] for _ in places]
    assert particular.new([[0, 1, 2, 3], [2, 4, 5, 6]], goals, member, places) == [1]
    assert member == [[0], [0], [0], [0], [], [], [], []]


def test_a_group_that_was_rejected_is_not_found_anew_and_a_new_telling_of_it_neither() -> None:
    told = [story(f"{i}", text) for i, text in enumerate(CAKES + NEWS)]
    first = detect(told[1:], [], [])
    standing = kept(first, [], {}, "2026-10-04")
    [cakes] = [p for p in standing if any(e.story == "s-1" for e in p.evidence)]
    for status in ("rejected", "candidate"):
        after = [
            decisions.move(p, "rejected", **WHO) if p is cakes and status == "rejected" else p
            for p in standing
        ]
        for _ in range(2):
            found = detect(told, after, [], Config(first.next_number))
            assert [p.id for p in found.practices if not p.standing] == []
            assert found.next_number == first.next_number
            after = kept(found, after, {}, "2026-10-05")
        held = {e.story for p in after if p.id == cakes.id for e in p.evidence}
        assert held == {"s-0", "s-1", "s-2", "s-3"}


def soup(practices: list[Practice]) -> set[str]:
    """Stories of the new practices in whose places soup is told of."""
    told = [Story(id=f"s{i:02d}", behaviours=[text]) for i, text in enumerate([*SOUP, *OTHERS])]
    found = detect(told, practices, [], Config(10, "guest", tuple(STAFF)))
    new = [p for p in found.practices if not p.standing]
    return {b.story for p in new for b in found.evidence_of(p) if "soup" in b.text}


def holding(ref: str, numbers: list[int], **more: Any) -> Practice:
    every = [*SOUP, *OTHERS]
    evidence = [
        Evidence(
            story=f"s{n:02d}",
            field="behaviours[0]",
            start=0,
            end=len(every[n]),
            pinned=more.get("pin", False),
        )
        for n in numbers
    ]
    return Practice(
        id=ref, name=ref, core=["Do it."], status=more.get("status", "candidate"), evidence=evidence
    )


def test_what_people_pinned_or_accepted_elsewhere_is_no_part_of_a_new_group() -> None:
    assert soup([]) == {"s00", "s01", "s02", "s03", "s04"}
    pinned = holding("P-0001", [0, 5, 6, 7], pin=True)
    assert soup([pinned]) == {"s01", "s02", "s03", "s04"}
    accepted = holding("P-0002", [1, 2, 8, 9, 10], status="accepted")
    assert soup([pinned, accepted]) == set(), "two stories are left, and three make a group"


def test_only_what_really_became_part_of_another_is_called_merged() -> None:
    old = {"P-0001": {at(1), at(2)}, "P-0002": {at(3)}}
    new = {"P-0002": {at(1), at(2), at(3)}}
    assert next((c.kind, c.new) for c in lineage(old, new, (), {"P-0001"})) == ("merged", ("P-0002",))
    assert next((c.kind, c.new) for c in lineage(old, new, (), ())) == ("gone", ())
    split = {"P-0002": {at(3)}, "P-0003": {at(1), at(2)}}
    assert [(c.kind, c.new) for c in lineage(old, split, (), ())] == [
        ("gone", ()),
        ("survived", ("P-0002",)),
        ("new", ("P-0003",)),
    ]


TAGS = [
    "She tied a paper label with the tyre pressures to the bars of my bike.",
    "There was a label on the saddle with the pressures and the next oiling.",
    "He wrote the pressures on a label and hung it on the bike.",
]


def test_what_it_was_built_from_is_no_less_it_when_a_practice_of_the_codebook_joins_it(
    codebook: list[CodebookEntry],
) -> None:
    told = [Story(id=f"s{n}", narrative=text) for n, text in enumerate(TAGS)]
    built = [Evidence(story=s.id, start=0, end=len(s.narrative), score=0.76) for s in told]
    own = Practice(id="P-0001", name="Label bikes", evidence=built, absorbed=["P-0002"], core=["Write it."])
    part = Practice(id="P-0002", name="x", definition="luggage", status="merged", merged_into="P-0001")
    found = detect(told, [own, part], codebook, Config(3))
    scores = [b.score for p in found.practices if p.id == "P-0001" for b in found.evidence_of(p)]
    assert len(scores) == 3 and min(scores) >= 0.76


def test_what_many_practices_were_merged_into_takes_no_place_out_of_another(
    codebook: list[CodebookEntry],
) -> None:
    """It counts once among the practices of a place, however many of the codebook it stands for."""
    told = [Story(id=f"s{n}", narrative=text) for n, text in enumerate(TAGS)]
    built = [Evidence(story=s.id, start=0, end=len(s.narrative)) for s in told]
    own = Practice(id="P-0009", name="Label bikes", status="pilot", evidence=built)
    parts = [
        Practice(id=f"P-000{n}", name=key, definition=key, status="merged", merged_into="P-0001")
        for n, key in enumerate(["luggage", "transport", "listen"], start=2)
    ]
    put = [e.model_copy(update={"pinned": True}) for e in built]
    heir = Practice(
        id="P-0001", name="See to the bike", status="accepted", evidence=put, absorbed=[p.id for p in parts]
    )
    assert {p.definition for p in parts} <= {e.key for e in codebook}
    found = detect(told, [own, heir, *parts], codebook, Config(10))
    assert {p.id: p.stories for p in found.practices if p.stories} == {"P-0001": 3, "P-0009": 3}


def test_places_people_put_in_are_shown_first() -> None:
    told = [Story(id=f"s{n}", narrative=text) for n, text in enumerate([*TAGS, "He waved to the boy."])]
    built = [Evidence(story=s.id, start=0, end=len(s.narrative)) for s in told]
    built[3] = built[3].model_copy(update={"pinned": True})
    own = Practice(id="P-0001", name="Label bikes", evidence=built, core=["Write it."])
    found = detect(told, [own], [])
    [practice] = [p for p in found.practices if p.id == "P-0001"]
    assert next(found.behaviours[i].story for i in practice.clearest) == "s3"
    assert len(practice.clearest) > 1


def test_a_run_tells_which_practices_gained_and_lost_places(codebook: list[CodebookEntry]) -> None:
    told = [Story(id=f"s{n}", narrative=text) for n, text in enumerate(TAGS)]
    built = [Evidence(story=s.id, start=0, end=len(s.narrative)) for s in told[:2]]
    gone = Evidence(story="s9", start=0, end=9)
    own = Practice(id="P-0001", name="Label bikes", evidence=[*built, gone], core=["Write it."])
    [taught] = decisions.take_in(own, [built[0]], None, **WHO)
    found = detect(told, [taught], codebook)
    [change] = changes(found, [taught])
    assert (change.practice, change.gained) == ("P-0001", 1)
    assert [(x.place.story, x.now, x.followed) for x in change.lost] == [("s9", (), False)]
    record = run_record(found, [taught], "2026-10-05", 1)
    assert (record.gained, record.lost) == ({"P-0001": 1}, {"P-0001": [gone.ref]})
    saved = kept(found, [taught], {}, "2026-10-05")
    assert changes(detect(told, saved, codebook), saved) == []


def test_a_text_that_was_corrected_loses_no_place(codebook: list[CodebookEntry]) -> None:
    text = "The porter carried our bags up to the room."
    before = kept(detect([Story(id="s0", narrative=text)], [], codebook), [], {}, "2026-10-04")
    after = detect([Story(id="s0", narrative=f"We came late. {text}")], before, codebook, Config(9))
    assert {p.id for p in before} == {p.id for p in after.practices if p.evidence}
    assert changes(after, before) == []


def test_a_way_of_its_own_is_not_lost_to_a_practice_that_took_it_in_for_being_like_it() -> None:
    accepted = Practice.model_validate({"id": "P-0001", "name": "x", "status": "accepted"})
    goal = Target(accepted, None, forced={at(1)}, kept={at(0), at(1), at(2)}, stood={at(0)})
    assert particular.decided([goal]) == {at(0), at(1)}
    member: matching.Members = [[0], [0], [0]]
    placing._leave_to(member, {0, 1, 2}, [goal], [at(0), at(1), at(2)])
    assert member == [[0], [0], []]
