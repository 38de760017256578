"""Decisions at a review change only what they must, and leave a dated, reasoned trail."""

import pytest

from servicestory.detect import decisions
from servicestory.detect.own_name import own_name
from servicestory.errors import Problem
from servicestory.models.practice import Evidence, Practice

WHO = {"on": "2026-10-05", "by": "Mara", "reason": "seen at every site"}


def practice(number: int = 1, **fields: object) -> Practice:
    evidence = [Evidence(story=f"s{i}", start=0, end=10) for i in range(4)]
    return Practice.model_validate(
        {"id": f"P-{number:04d}", "name": "Call the next morning", "evidence": evidence, **fields}
    )


def test_accept_is_recorded_with_date_person_and_reason() -> None:
    before = practice()
    after = decisions.move(before, "accepted", **WHO)
    assert after.status == "accepted"
    assert before.status == "candidate"
    [decision] = after.decisions
    assert decision.model_dump(by_alias=True, exclude_none=True) == {
        "on": "2026-10-05",
        "by": "Mara",
        "action": "accepted",
        "from": "candidate",
        "to": "accepted",
        "reason": "seen at every site",
    }
    assert after.evidence == before.evidence


def test_a_move_that_its_life_does_not_have_is_refused_with_the_ways_there_are() -> None:
    with pytest.raises(Problem, match=r"rejected and cannot become retired.*accepted, pilot"):
        decisions.move(practice(status="rejected"), "retired", **WHO)
    with pytest.raises(Problem, match="already candidate"):
        decisions.move(practice(), "candidate", **WHO)
    with pytest.raises(Problem, match="part of P-0002"):
        decisions.move(practice(status="merged", merged_into="P-0002"), "candidate", **WHO)


def test_a_person_can_put_any_practice_back_to_candidate() -> None:
    assert decisions.move(practice(status="rejected"), "candidate", **WHO).status == "candidate"


def test_taking_out_no_place_is_no_decision() -> None:
    with pytest.raises(Problem, match="No place of P-0001 is named"):
        decisions.drop(practice(), [], **WHO)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("???", "has no letter"),
        ("12", "has no letter"),
        ("P-0008", "reads like the id"),
        ("p8", "reads like the id"),
        ("ring " * 20_000, "has 99,999 characters, and 200 are the most"),
    ],
)
def test_what_names_nothing_is_no_name(name: str, said: str) -> None:
    with pytest.raises(Problem, match=said) as refused:
        own_name(name, ())
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("name", ["P-0008 in the morning", "Ring 24 h later", "Ρωτήστε ξανά", "r" * 200])
def test_a_name_may_be_long_in_any_script_and_speak_of_an_id(name: str) -> None:
    assert own_name(name, ()) == name


def test_rename_keeps_the_id() -> None:
    after = decisions.rename(practice(), "  Ring the guest \n the next day ", **WHO)
    assert (after.id, after.name) == ("P-0001", "Ring the guest the next day")
    with pytest.raises(Problem, match="empty"):
        decisions.rename(practice(), " \n", **WHO)


def test_merge_moves_the_evidence_once_and_remembers_every_id() -> None:
    shared = Evidence(story="s0", start=0, end=10)
    old = practice(1, absorbed=["P-0009"])
    into = practice(2, evidence=[shared, Evidence(story="x", start=3, end=9)])
    gone, goes_on = decisions.merge(old, into, **WHO)
    assert (gone.status, gone.merged_into, gone.evidence) == ("merged", "P-0002", [])
    assert goes_on.absorbed == ["P-0001", "P-0009"]
    assert [e.story for e in goes_on.evidence] == ["s0", "s1", "s2", "s3", "x"]
    assert [e.pinned for e in goes_on.evidence] == [False, True, True, True, False]
    put = goes_on.put_by(goes_on.evidence[1].ref)
    assert put and (put.action, put.by) == ("absorbed", WHO["by"])
    with pytest.raises(Problem, match="itself"):
        decisions.merge(into, into, **WHO)
    with pytest.raises(Problem, match="merged into P-0002 before"):
        decisions.merge(gone, practice(3), **WHO)


@pytest.mark.parametrize("status", ["rejected", "retired"])
def test_nothing_is_merged_into_what_does_not_go_on(status: str) -> None:
    with pytest.raises(Problem, match=f"P-0002 is {status}.*--accept"):
        decisions.merge(practice(1), practice(2, status=status), **WHO)


def test_evidence_a_person_took_out_does_not_come_back_by_a_merge() -> None:
    into = practice(2, evidence=[], not_evidence=[Evidence(story="s1", start=0, end=10)])
    _, goes_on = decisions.merge(practice(1), into, **WHO)
    assert [e.story for e in goes_on.evidence] == ["s0", "s2", "s3"]


def test_a_split_is_undone_by_the_merge_it_names() -> None:
    before = practice()
    stays, new = decisions.split(before, [2, 0], "Ask twice", "P-0005", **WHO)
    _, again = decisions.merge(new, stays, **WHO)
    assert again.evidence == before.evidence
    assert again.not_evidence == []


def test_what_was_moved_comes_back_by_a_merge_too() -> None:
    before = practice(2)
    taken, source = decisions.take_in(practice(1, evidence=[]), [before.evidence[1]], before, **WHO)
    _, again = decisions.merge(taken, source, **WHO)
    assert again.evidence == before.evidence


def test_what_was_turned_down_is_not_merged_without_a_word() -> None:
    with pytest.raises(Problem, match=r"P-0001 was rejected.*--status candidate"):
        decisions.merge(practice(1, status="rejected"), practice(2), **WHO)


def test_the_same_numbers_said_again_take_no_other_places_out() -> None:
    once = decisions.drop(practice(), [0], numbers="1", **WHO)
    with pytest.raises(Problem, match=r"just before, and 1 numbers other places"):
        decisions.drop(once, [0], numbers="1", **WHO)
    assert len(decisions.drop(once, [0], numbers="1", **{**WHO, "reason": "another"}).evidence) == 2
    assert len(decisions.drop(once, [0], **WHO).evidence) == 2
    back = decisions.restore(decisions.drop(once, [0], **WHO), [0], numbers="1", **WHO)
    with pytest.raises(Problem, match="just before"):
        decisions.restore(back, [0], numbers="1", **WHO)


def test_split_pins_what_was_taken_and_keeps_it_out_of_the_old_one() -> None:
    stays, new = decisions.split(practice(), [2, 0], "Ask twice", "P-0005", **WHO)
    assert [e.story for e in stays.evidence] == ["s1", "s3"]
    assert [e.story for e in stays.not_evidence] == ["s0", "s2"]
    assert [(e.story, e.pinned) for e in new.evidence] == [("s0", True), ("s2", True)]
    assert new.id == "P-0005"
    for take in ([], [0, 1, 2, 3]):
        with pytest.raises(Problem, match="not none or all"):
            decisions.split(practice(), take, "x", "P-0005", **WHO)
    with pytest.raises(Problem, match="numbered from 1"):
        decisions.split(practice(), [7], "x", "P-0005", **WHO)


def judged(**fields: object) -> Practice:
    return practice(1, verdict={"label": "spreading", "computed_on": "2026-10-01"}, **fields)


def test_what_a_person_takes_out_stays_out_until_it_is_put_back_as_it_was() -> None:
    before = judged()
    after = decisions.drop(before, [2, 0, 2], **WHO)
    assert [e.story for e in after.evidence] == ["s1", "s3"]
    assert [e.story for e in after.not_evidence] == ["s0", "s2"]
    assert after.decisions[-1].action == "2 places taken out"
    part = decisions.restore(after, [1], **WHO)
    assert [e.story for e in part.evidence] == ["s1", "s2", "s3"] and len(part.not_evidence) == 1
    back = decisions.restore(part, [0], **WHO)
    assert back.evidence == before.evidence and back.not_evidence == []
    for wrong in ([4], [-1]):
        with pytest.raises(Problem, match="has 4 places, numbered from 1"):
            decisions.drop(before, wrong, **WHO)
    with pytest.raises(Problem, match=r"nothing would be left.*--reject"):
        decisions.drop(before, range(4), **WHO)
    with pytest.raises(Problem, match="1 place was taken out"):
        decisions.restore(part, [1], **WHO)
    with pytest.raises(Problem, match="nothing was taken out"):
        decisions.restore(before, [0], **WHO)


def test_a_verdict_is_of_before_where_people_changed_what_it_rests_on() -> None:
    assert not judged().outdated and not decisions.rename(judged(), "Ring them", **WHO).outdated
    assert not decisions.move(judged(), "accepted", **WHO).outdated
    assert decisions.drop(judged(), [0], **WHO).outdated
    stays, new = decisions.split(judged(), [0], "Another", "P-0002", **WHO)
    assert stays.outdated and new.verdict is None and not new.outdated
    gone, into = decisions.merge(judged(), practice(2, verdict={"label": "systemic"}), **WHO)
    assert into.outdated and not gone.outdated
    assert not decisions.merge(judged(), practice(2), **WHO)[1].outdated, "nothing was said of it yet"


def test_a_place_is_taken_in_for_good_and_out_of_where_it_was() -> None:
    wrong, right = practice(1), practice(2, evidence=[], not_evidence=[Evidence(story="s1", start=0, end=10)])
    place = Evidence(story="s1", start=0, end=10)
    took, left = decisions.take_in(right, [place], wrong, **WHO)
    assert [(e.story, e.pinned) for e in took.evidence] == [("s1", True)] and took.not_evidence == []
    assert [e.story for e in left.not_evidence] == ["s1"] and "s1" not in {e.story for e in left.evidence}
    put = took.put_by(place.ref)
    assert put and (put.action, put.from_, put.by) == ("1 place taken in", "P-0001", WHO["by"])
    assert took.put_by("s2:narrative:0-10") is None
    back = decisions.give_back(left, took.evidence, **WHO)
    assert back and {e.story for e in back.evidence} == {e.story for e in wrong.evidence}
    assert decisions.give_back(wrong, took.evidence, **WHO) is None
    with pytest.raises(Problem, match="P-0001 does not show that place"):
        decisions.take_in(right, [Evidence(story="s9", start=0, end=10)], wrong, **WHO)
    for status in ("rejected", "merged"):
        with pytest.raises(Problem, match=f"P-0002 is {status} and takes nothing in"):
            decisions.take_in(practice(2, status=status), [place], None, **WHO)


def test_a_place_that_was_there_is_confirmed_with_what_is_known_of_it() -> None:
    doubtful = Evidence(story="s1", start=0, end=10, score=0.1, copies=3)
    before = practice(1, evidence=[doubtful, Evidence(story="s2", start=0, end=10, score=0.1)])
    [taken] = decisions.take_in(before, [Evidence(story="s1", start=0, end=10)], None, **WHO)
    confirmed = decisions.pin(before, [0], **WHO)
    for after in (taken, confirmed):
        assert [e.doubtful for e in after.evidence] == [False, True]
        assert (after.evidence[0].score, after.evidence[0].copies) == (0.1, 3)
        assert after.put_by(doubtful.ref) is after.decisions[-1]
    with pytest.raises(Problem, match="numbered from 1"):
        decisions.pin(before, [2], **WHO)


def test_the_last_place_goes_only_out_of_what_people_described() -> None:
    one = practice(1, evidence=[Evidence(story="s1", start=0, end=10)])
    with pytest.raises(Problem, match="nothing would be left"):
        decisions.drop(one, [0], **WHO)
    own = decisions.define({"name": "Ring the guest"}, one, "P-0002", **WHO)
    assert decisions.drop(own, [0], **WHO).evidence == []


def test_a_number_is_never_given_twice() -> None:
    standing = [practice(3, absorbed=["P-0011"]), practice(7)]
    assert decisions.next_number(standing) == 12
    assert decisions.next_number(standing, highest_before=20) == 21
    assert decisions.next_number([]) == 1


def test_define_makes_a_new_practice_or_corrects_one() -> None:
    new = decisions.define({"name": "Knock first", "core": ["Knock", "Wait"]}, None, "P-0008", **WHO)
    assert (new.id, new.core, new.status) == ("P-0008", ["Knock", "Wait"], "candidate")
    corrected = decisions.define({"trigger": "At the door"}, practice(), "P-0008", **WHO)
    assert (corrected.id, corrected.trigger, corrected.name) == (
        "P-0001",
        "At the door",
        "Call the next morning",
    )
    with pytest.raises(Problem, match="does not give 'id'"):
        decisions.define({"id": "P-0001"}, None, "P-0008", **WHO)
