"""The life of a procedure: what may follow what, who may approve, which revision is in force."""

from datetime import date

import pytest

from servicestory.errors import Problem
from servicestory.incorporate.lifecycle import (
    Verb,
    Wish,
    authors,
    first_review,
    maybe_same,
    moved,
    outlived,
    review_due,
    same_person,
    standing,
)
from servicestory.models.organisation import Organisation, Person
from servicestory.models.practice import Practice
from servicestory.models.procedure import (
    Move,
    Procedure,
    Revision,
    begins,
    current_revision,
    in_force,
    state,
    takes_effect,
    waits_for,
)

HOUSE = Organisation(staff=[Person(name="Ana Lind", aliases=["Ana"])], review_months=6)
DAY = date(2026, 10, 5)


def draft(**fields: object) -> Procedure:
    first = Revision(revision=1, on="2026-10-01", by="Ana", what="First draft", why="new")
    return Procedure.model_validate(
        {"id": "SOP-0001", "practice": "P-0001", "title": "T", "author": "Ana", "owner": "Jo",
         "history": [first], **fields}
    )  # fmt: skip


def after(control: Procedure, verb: Verb, by: str = "Jon Reed", **more: object) -> Procedure:
    return moved(control, Wish(verb, DAY, by, **more), HOUSE, 3, "x.md")  # type: ignore[arg-type]


def test_the_whole_life_is_recorded() -> None:
    approved = after(after(draft(), "submit", "Ana", reviewer="Wim"), "approve", reason="tried")
    assert (approved.reviewer, approved.approver, approved.approved_on) == ("Wim", "Jon Reed", "2026-10-05")
    effective = after(approved, "effective", effective_on=date(2026, 11, 1))
    assert (effective.effective_on, effective.review_due) == ("2026-11-01", "2027-05-01")
    looked = after(effective, "reviewed", "Wim")
    assert (looked.status, looked.review_due) == ("effective", "2027-04-05")
    ended = after(looked, "withdraw", reason="nobody needs it")
    assert ended.withdrawn_on == "2026-10-05" and ended.ended
    opened = after(ended, "reopen", reason="they do")
    assert opened.withdrawn_on is None and opened.effective_on is None and opened.approver is None
    assert after(approved, "return", reason="a step is missing").approver is None
    said = [(m.from_, m.to, m.by, m.reason) for m in opened.decisions]
    assert said[:2] == [("draft", "in review", "Ana", None), ("in review", "approved", "Jon Reed", "tried")]
    assert [m.to for m in opened.decisions[2:]] == ["effective", "effective", "withdrawn", "draft"]


@pytest.mark.parametrize("name", ["Ana", " ana ", "Ana Lind", "ANA LIND"])
def test_nobody_approves_their_own_work_under_whatever_name(name: str) -> None:
    with pytest.raises(Problem, match="nobody approves their own work") as caught:
        after(after(draft(), "submit", "Wim"), "approve", name)
    assert "--by" in caught.value.next_step


def test_who_wrote_a_later_revision_does_not_approve_it_either() -> None:
    second = Revision(revision=2, on="2026-10-02", by="Jon Reed", what="x", why="y")
    control = draft(revision=2, history=[*draft().history, second], status="in review")
    assert authors(control) == ["Ana", "Jon Reed"]
    with pytest.raises(Problem, match="Jon Reed wrote"):
        after(control, "approve")
    assert same_person("Ana", "Ana Lind", HOUSE) and not same_person("Ana", "Jon", HOUSE)


@pytest.mark.parametrize(
    ("control", "verb", "said"),
    [
        (draft(), "approve", "is a draft; only what is in review"),
        (draft(), "effective", "only what is approved"),
        (draft(status="effective"), "submit", "is in effect; only a draft"),
        (draft(status="withdrawn"), "withdraw", "ended already"),
        (draft(), "withdraw", "a reason is recorded"),
        (draft(status="in review"), "return", "a reason is recorded"),
        (draft(owner=None), "submit", "nobody owns"),
        (draft(status="approved", approved_on="2026-11-01"), "effective", "cannot take effect before"),
    ],
)
def test_what_cannot_be_is_a_sentence_with_what_to_do(control: Procedure, verb: Verb, said: str) -> None:
    with pytest.raises(Problem, match=said) as caught:
        after(control, verb)
    assert caught.value.where == "x.md" and caught.value.next_step


def test_nothing_without_steps_is_submitted_and_nothing_supersedes_itself() -> None:
    with pytest.raises(Problem, match="no step yet"):
        moved(draft(), Wish("submit", DAY, "Ana"), HOUSE, 0, "x.md")
    with pytest.raises(Problem, match="supersede itself"):
        after(draft(), "supersede", reason="r", successor="SOP-0001")
    assert after(draft(), "supersede", reason="r", successor="SOP-0002").superseded_by == "SOP-0002"


def test_the_revision_in_force_stays_until_the_next_takes_effect() -> None:
    one = after(
        after(after(draft(), "submit", "Ana"), "approve"), "effective", effective_on=date(2026, 11, 1)
    )
    assert in_force(one, date(2026, 10, 31)) is None and in_force(one, date(2026, 11, 1)) == 1
    two = one.model_copy(update={"revision": 2, "status": "draft", "effective_on": None})
    assert in_force(two, DAY) is None and in_force(two, date(2026, 11, 1)) == 1
    assert current_revision(two, date(2026, 11, 1)) == 1
    assert current_revision(draft(revision=3), DAY) == 3
    assert current_revision(after(one, "withdraw", reason="r"), DAY) is None


def test_the_revision_in_force_is_the_one_whose_day_has_come() -> None:
    one = after(after(after(draft(), "submit", "Ana"), "approve"), "effective")
    two = one.model_copy(update={"revision": 2, "status": "draft", "effective_on": None, "author": "Wim"})
    two = after(after(two, "submit", "Wim"), "approve")
    two = after(two, "effective", effective_on=date(2026, 11, 1))
    began = Move(on="2026-10-06", by="Ana", revision=3, from_="effective", to="draft")
    three = two.model_copy(
        update={"revision": 3, "status": "draft", "effective_on": None, "decisions": [*two.decisions, began]}
    )
    assert takes_effect(three) == {1: DAY, 2: date(2026, 11, 1)}
    assert [in_force(three, date(2026, *day)) for day in ((10, 4), (10, 31), (11, 1))] == [None, 1, 2]
    assert current_revision(three, date(2026, 10, 31)) == 1
    until = "revision 1 is in force until 2026-11-01, and revision 2 from 2026-11-01 on, until this one"
    assert until in standing(three)
    opened = after(after(three, "withdraw", reason="r"), "reopen", reason="r")
    assert in_force(opened, date(2027, 1, 1)) is None and standing(opened) == "Not in effect yet."


def test_minor_revisions_are_in_force_from_the_day_of_the_one_they_follow() -> None:
    one = after(after(after(draft(), "submit", "Ana"), "approve"), "effective")
    began = Move(on="2026-10-06", by="Ana", revision=4, from_="effective", to="draft")
    four = one.model_copy(
        update={"revision": 4, "status": "draft", "effective_on": None, "decisions": [*one.decisions, began]}
    )
    assert in_force(four, DAY) == 3  # 2 and 3 were minor ones, written while it was in effect


def test_the_day_of_what_takes_effect_later_can_be_changed() -> None:
    approved = after(after(draft(), "submit", "Ana"), "approve")
    later = after(approved, "effective", effective_on=date(2026, 12, 1))
    with pytest.raises(Problem, match="is approved and takes effect on 2026-12-01") as caught:
        after(later, "effective")
    assert "--effective --from" in caught.value.next_step
    sooner = after(later, "effective", effective_on=date(2026, 11, 1))
    assert (sooner.effective_on, sooner.decisions[-1].effective_on) == ("2026-11-01", "2026-11-01")
    assert in_force(sooner, date(2026, 11, 1)) == 1 and sooner.decisions[-1].reason
    with pytest.raises(Problem, match="is in effect since 2026-10-05"):
        after(after(approved, "effective"), "effective", effective_on=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("author", "by", "refused"),
    [
        ("Mara Lind", "mara", True),
        ("Mara Lind", "M. Lind", True),
        ("Mara Lind", "Lind", True),
        ("M. Lind", "Mara Lind", True),
        ("Mara Lind", "ML", True),
        ("Mara Lind", "m. l.", True),
        ("Ana", "A. Lind", True),  # by the whole name of the staff list
        ("Mara Lind", "Jon Reed", False),
        ("Mara Lind", "Ana Lind", True),  # the one is on the list, the other may be spelled otherwise
    ],
)
def test_who_may_be_the_author_by_a_part_of_the_name_is_asked_for(
    author: str, by: str, refused: bool
) -> None:
    assert maybe_same(author, by, HOUSE) is refused
    sent = after(draft(author=author, history=[]), "submit", "Wim")
    if not refused:
        assert after(sent, "approve", by).approver == by
        return
    with pytest.raises(Problem, match="nobody approves their own work") as caught:
        after(sent, "approve", by)
    assert by in caught.value.what or "--by" in caught.value.next_step


def test_two_colleagues_of_one_family_approve_each_others_work() -> None:
    house = Organisation(staff=[Person(name="Ana Lind"), Person(name="Mara Lind")])
    assert not maybe_same("Ana Lind", "Mara Lind", house)


def test_a_copy_of_an_earlier_revision_says_what_took_its_place() -> None:
    old = Procedure(
        id="SOP-0001", practice="P-0001", title="T", status="effective", effective_on="2026-01-01"
    )
    new = old.model_copy(update={"revision": 2, "effective_on": "2026-10-05"})
    ended = outlived(old, new, "Mara Lind", DAY)
    assert ended.ended and ended.superseded_by == "revision 2 from 2026-10-05 on"
    assert (ended.decisions[-1].from_, ended.decisions[-1].to) == ("effective", "superseded")


def test_until_a_later_day_the_old_revision_is_effective_and_the_new_one_approved() -> None:
    first, day = draft(status="approved", approver="Jon Reed"), date(2026, 11, 1)
    new = after(first.model_copy(update={"revision": 2}), "effective", effective_on=day)
    assert state(new) == state(new, date(2026, 10, 31)) == "approved, effective from 2026-11-01"
    assert state(new, day) == "effective"
    assert begins(new) == begins(new, date(2026, 10, 31)) == day and begins(new, day) is None
    old = outlived(draft(status="effective", effective_on="2026-01-01"), new, "Mara Lind", DAY)
    assert not old.ended and old.superseded_by == "revision 2 from 2026-11-01 on"
    assert state(old) == "effective until 2026-11-01" and state(old, day) == "superseded"
    third = new.model_copy(update={"revision": 3, "effective_on": "2027-01-01"})
    last = outlived(old, third, "Mara Lind", date(2027, 1, 1))
    assert last.ended and last.superseded_by == "revision 2 from 2026-11-01 on"  # as it was


def test_what_waits_is_known_with_the_day() -> None:
    assert waits_for(draft(), DAY) is None
    assert waits_for(draft(review_due="2026-10-04"), DAY) == ("past review", date(2026, 10, 4))
    sent = after(draft(review_due="2026-10-05"), "submit", "Ana")
    assert waits_for(sent, DAY) == ("waiting for approval", DAY)
    assert waits_for(after(sent, "approve"), DAY) == ("approved, not yet in effect", DAY)
    assert waits_for(draft(status="withdrawn", review_due="2020"), DAY) is None
    assert review_due(date(2026, 8, 31), 6) == "2027-02-28"


def test_a_document_is_first_looked_at_with_its_practice_where_that_is_due_before() -> None:
    def first(due: str | None) -> str:
        practice = Practice.model_validate({"id": "P-0001", "name": "Mend it", "review_due": due})
        return first_review(date(2026, 11, 29), 12, practice)

    assert first(None) == first("2028-01-01") == first("2026-11-01") == "2027-11-29"
    assert first("2027-01-06") == "2027-01-06"
