"""Repetitions, what is out of date, xAPI statements, the answers of sites, and what came of a story."""

import json
import re
import uuid
from datetime import date

import pytest

from servicestory.models.monitoring import Replication, Training
from servicestory.models.organisation import Organisation, Person, Site
from servicestory.models.practice import Evidence, Practice
from servicestory.models.procedure import Move, Procedure, Revision
from servicestory.models.story import Disposition, Story
from servicestory.models.training import TrainingDocument
from servicestory.train import closing, stale
from servicestory.train.due import DAYS, repetitions
from servicestory.train.sites import answers, open_sites
from servicestory.train.xapi import statements
from servicestory.wording.steps import Step

ANNA, TOM = "L-aaaaaaaa", "L-bbbbbbbb"
TODAY = date(2026, 10, 5)


def learned(on: str, result: str | None = "passed", who: str = ANNA, **more: object) -> Training:
    return Training.model_validate(
        {"practice": "P-0001", "on": on, "learner": who, "teach_back": result, **more}
    )


def never(*_: object) -> None:
    return None


# --- repetitions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "due", "box"),
    [
        ([("2026-01-01", None)], "2026-01-02", 0),
        ([("2026-01-01", "not yet")], "2026-01-01", 0),
        ([("2026-01-01", "passed")], "2026-01-08", 1),
        ([("2026-01-01", "passed"), ("2026-01-08", "passed")], "2026-02-07", 2),
        ([("2026-01-01", "passed"), ("2026-01-03", "passed")], "2026-01-08", 1),  # crammed
        ([("2026-01-01", "passed"), ("2026-02-01", "not yet")], "2026-02-01", 0),
        ([("2026-01-01", "passed"), ("2026-01-05", None)], "2026-01-08", 1),  # signed off, nothing shown anew
        ([("2026-01-05", "passed"), ("2026-01-01", "not yet")], "2026-01-12", 1),  # recorded out of order
    ],
)
def test_leitners_boxes(line: list[tuple[str, str | None]], due: str, box: int) -> None:
    (found,) = repetitions([learned(on, result) for on, result in line], never)
    assert (found.due.isoformat(), found.box) == (due, box)


def test_the_last_box_is_the_last() -> None:
    day, line = date(2024, 1, 1), []
    for _ in range(9):
        line.append(learned(day.isoformat()))
        day = repetitions(line, never)[0].due
    assert repetitions(line, never)[0].box == len(DAYS) - 1


def test_a_major_change_is_due_from_its_day() -> None:
    line = [learned("2026-01-01", document="SOP-0001", revision=1)]
    (found,) = repetitions(line, lambda *_: "2026-01-04")
    assert found.due == date(2026, 1, 4) and "major change was made on 2026-01-04" in found.why
    # Not passed yet, or an old revision learned after the new one was made: no later than that.
    for line, due in (
        ([learned("2026-01-01", None, document="SOP-0001", revision=1)], date(2026, 1, 2)),
        ([learned("2026-02-01", document="SOP-0001", revision=1)], date(2026, 2, 1)),
    ):
        (found,) = repetitions(line, lambda *_: "2026-01-04")
        assert found.due == due and "major change" in found.why


def test_people_and_practices_are_apart_soonest_first_and_the_forgotten_are_left_out() -> None:
    line = [
        learned("2026-03-01"),
        learned("2026-01-01", who=TOM),
        learned("2026-01-01", who="Person-00000000"),
    ]
    line.append(Training(practice="P-0001", on="2026-01-01", people=9))
    assert [d.learner for d in repetitions(line, never)] == [TOM, ANNA]


# --- out of date ------------------------------------------------------------------------------------------


def sop(revision: int, *kinds: str, effective: int | None = None) -> Procedure:
    history = [
        Revision.model_validate(
            {"revision": n, "on": f"2026-0{n}-01", "by": "A", "what": "x", "why": "y", "kind": k}
        )
        for n, k in enumerate(kinds, 1)
    ]
    moves = (
        [Move.model_validate({"on": "2026-01-02", "by": "B", "revision": effective, "from": "approved", "to": "effective"})]
        if effective else []
    )  # fmt: skip
    return Procedure(
        id="SOP-0001", practice="P-0001", title="Call", revision=revision, history=history, decisions=moves
    )


LIVE = Practice(id="P-0001", name="Call", status="accepted")


def sheet(practice: Practice, procedure: Procedure | None) -> TrainingDocument:
    made = stale.basis(practice, procedure)
    return TrainingDocument(
        id="CL-0001", practice="P-0001", document="checklist", title="Call", made_from=made
    )


def test_a_document_is_stale_when_its_practice_is_worded_anew_or_its_procedure_moved_on() -> None:
    written = [("training/x/checklist.md", sheet(LIVE, sop(1, "minor")))]

    def found(practice: Practice, procedure: Procedure) -> list[stale.Stale]:
        return stale.documents(written, {"P-0001": practice}, {"P-0001": procedure}, TODAY)

    assert found(LIVE, sop(1, "minor")) == []
    assert found(LIVE.model_copy(update={"owner": "Mara", "words": ["call"]}), sop(1, "minor")) == []
    (worded,) = found(LIVE.model_copy(update={"core": ["Call"]}), sop(1, "minor"))
    assert worded.major and "worded anew" in worded.why and worded.ref == "CL-0001"
    (minor,) = found(LIVE, sop(2, "minor", "minor"))
    (major,) = found(LIVE, sop(2, "minor", "major"))
    assert not minor.major and major.major and "revision 1 of SOP-0001, which is at 2" in major.why
    # A revision that is not in effect yet makes nothing out of date.
    assert found(LIVE, sop(2, "minor", "major", effective=1)) == []


def test_a_document_is_stale_when_its_practice_ends_or_is_decided_on() -> None:
    def found(made_of: Practice, now: dict[str, object], **control: object) -> list[str]:
        document = sheet(made_of, None).model_copy(update=control)
        practices = {"P-0001": Practice.model_validate({**LIVE.model_dump(by_alias=True), **now})}
        return [f"{s.why}: {s.next}" for s in stale.documents([("x.md", document)], practices, {}, TODAY)]

    for status in ("retired", "rejected"):
        (said,) = found(LIVE, {"status": status})
        assert said == f"the practice is {status}: servicestory train P-0001 --withdraw"
        assert found(LIVE, {"status": status}, status="withdrawn") == []
    (merged,) = found(LIVE, {"status": "merged", "merged_into": "P-0002"})
    assert "merged into P-0002" in merged and merged.endswith("servicestory train P-0002")
    (lost,) = found(LIVE, {"status": "merged"})
    assert lost == "the practice was merged into another: servicestory train P-0001 --withdraw"
    for status in ("pilot", "standard", "local"):  # what the documents say is the same
        assert found(LIVE, {"status": status}) == []
    candidate = LIVE.model_copy(update={"status": "candidate"})
    assert found(candidate, {"status": "candidate"}) == []
    assert "accepted since" in found(candidate, {})[0]
    back = {"on": "2026-09-01", "by": "Mara", "action": "candidate", "from": "accepted", "to": "candidate",
            "reason": "too early"}  # fmt: skip
    assert "back to the candidates" in found(LIVE, {"status": "candidate", "decisions": [back]})[0]
    # Made of a candidate before that was kept: nothing was put back.
    assert found(LIVE, {"status": "candidate"}) == []
    for status in ("retired", "rejected"):  # they say: do not work by this document
        ended = LIVE.model_copy(update={"status": status})
        assert "the practice was taken up again since" in found(ended, {})[0]
        assert "back to the candidates" in found(ended, {"status": "candidate"})[0]


def test_people_are_counted_by_the_last_revision_each_of_them_learned() -> None:
    records = [
        learned("2026-01-05", document="SOP-0001", revision=1),
        learned("2026-01-05", document="SOP-0001", revision=1, who=TOM),
        learned("2026-02-05", document="SOP-0001", revision=2, who=TOM),
        learned("2026-01-05", document="SOP-0001", revision=1, who="Person-00000000"),
        Training(practice="P-0001", on="2026-01-05", site="Pier", people=6, revision=1),
    ]
    procedures = {"P-0001": sop(2, "minor", "major")}
    (found,) = stale.trainings(records, {"P-0001": LIVE}, procedures, {}, TODAY)
    assert "1 colleague and 1 training session on revision 1 of SOP-0001" in found.why and found.major
    assert stale.trainings(records, {"P-0001": LIVE}, {"P-0001": sop(1, "minor")}, {}, TODAY) == []


# --- xAPI -------------------------------------------------------------------------------------------------


def test_statements_have_the_fields_of_xapi_and_no_name() -> None:
    records = [
        learned(
            "2026-09-01", document="SOP-0001", revision=2, score=8, score_of=10, signed_off_by="Mara Lind"
        ),
        learned("2026-09", None),
        learned("2026-Q3", "not yet", who=TOM),
        learned("2026-09-01", who="Person-00000000"),
        Training(practice="P-0001", on="2026-09-01", people=3),
    ]
    made = statements(records, {"P-0001": "Call"}, "https://lrs.example.org/", "en", lambda _: "L-cccccccc")
    assert [s["verb"]["id"].rsplit("/", 1)[1] for s in made] == ["passed", "completed", "failed"]
    assert all(s["verb"]["id"].startswith("http://adlnet.gov/expapi/verbs/") for s in made)
    first = made[0]
    assert first["actor"] == {
        "objectType": "Agent", "account": {"homePage": "https://lrs.example.org/", "name": ANNA},
    }  # fmt: skip
    assert first["object"]["id"] == "https://lrs.example.org/practices/P-0001"
    assert first["result"]["score"] == {"scaled": 0.8, "raw": 8, "min": 0, "max": 10}
    assert first["context"]["revision"] == "SOP-0001 revision 2"
    assert first["context"]["instructor"]["account"]["name"] == "L-cccccccc"
    assert "Mara" not in json.dumps(made)
    for one in made:
        uuid.UUID(one["id"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", one["timestamp"])
    again = statements(records, {"P-0001": "Call"}, "https://lrs.example.org", "en", lambda _: "L-cccccccc")
    assert again == made and len({s["id"] for s in made}) == 3


# --- sites ------------------------------------------------------------------------------------------------


def test_the_last_answer_counts_merged_practices_lead_on_and_the_silent_are_named() -> None:
    house = Organisation(sites=[Site(name="Pier"), Site(name="Quay")], staff=[Person(name="Mara Lind")])
    practice = Practice(id="P-0001", name="Call", evidence=[Evidence(story="a", start=0, end=1)])

    def said(site: str, response: str, practice: str = "P-0001", reason: str | None = None) -> Replication:
        return Replication.model_validate(
            {
                "practice": practice,
                "site": site,
                "response": response,
                "on": "2026-01-01",
                "by": "X",
                "reason": reason,
            }
        )

    records = [
        said("Pier", "adopted"),
        said("Pier", "on hold", reason="Mara is away"),
        said("Moor", "adopted", "P-0009"),
    ]
    found = answers(practice, records, house, {"a": "Quay"}, {"P-0009": "P-0001"})
    assert [(s.site, s.answer, s.seen) for s in found] == [
        ("Pier", "on hold", 0), ("Quay", None, 1), ("Moor", "adopted", 0),
    ]  # fmt: skip
    assert found[0].why == "Our colleague is away" and open_sites(found) == ["Quay"]


# --- closing the loop -------------------------------------------------------------------------------------


def told(**more: object) -> Story:
    return Story.model_validate({"id": "s", "date": "2026-03-04", "narrative": "She called.", **more})


def seen(
    story: Story,
    status: str = "accepted",
    decided: str | None = "2026-05-02",
    put: str = "",
    alone: bool = False,
    **more: object,
) -> closing.Outcome:
    decisions = [
        {"on": decided, "by": "Jon", "action": status, "from": "candidate", "to": status, "reason": "x"}
    ]
    taken = {"on": put, "by": "Jon", "action": "1 place taken in", "to": "s:narrative:0-3", "reason": "x"}
    places = [{"story": "s", "start": 0, "end": 3, "pinned": bool(put)}, {"story": "t", "start": 0, "end": 3}]
    practice = Practice.model_validate(
        {"id": "P-0001", "name": "Call the next morning", "status": status,
         "decisions": (decisions if decided else []) + ([taken] if put else []),
         "evidence": places[:1] if alone else places}
    )  # fmt: skip
    known: dict[str, object] = {
        "procedures": {},
        "trainings": [],
        "documented": frozenset(),
        "on": TODAY,
        **more,
    }
    return closing.state([practice], **known).outcome(story)  # type: ignore[arg-type]


def test_how_far_a_story_went() -> None:
    in_effect = {"P-0001": sop(1, "minor").model_copy(update={"status": "effective"})}
    assert seen(told()).word == "practice"
    assert seen(told(), trainings=[learned("2026-09-01")]).word == "training"
    assert seen(told(), trainings=[learned("2027-09-01")]).word == "practice"  # not held yet
    assert seen(told(), procedures={"P-0001": sop(1, "minor")}).word == "practice"
    assert seen(told(), procedures=in_effect).word == "procedure"
    candidate = seen(told(), "candidate")
    assert candidate.word is None and "waits for a decision" in candidate.sentences()[0]
    assert seen(told(), "rejected").sentences() == ["Nothing yet."]
    nothing = Disposition(
        decision="no action", reason="Because the bus line was closed.", told_on="2026-05-01"
    )
    outcome = seen(told().model_copy(update={"disposition": nothing}), "rejected")
    assert outcome.word == "no action" and outcome.told_on == "2026-05-01"
    assert outcome.sentences()[0] == "No action, because the bus line was closed."


def test_a_draft_of_a_procedure_is_said_to_be_one() -> None:
    drafted = seen(told(), procedures={"P-0001": sop(1, "minor")})
    said = closing.to_teller(told(), drafted, ["Call the guest the next morning"], [])
    assert "A procedure for it is drafted and not in effect yet." in said
    assert "procedure" not in closing.to_teller(told(), seen(told()), ["Call the guest the next morning"], [])


def test_a_customer_has_the_article_of_every_other_text() -> None:
    assert closing.done(["Bring the user a chair"], "user") == ["brought a user a chair"]
    assert closing.done(["Bring the Employee a chair"], "Employee") == ["brought an Employee a chair"]


def test_the_text_names_the_deed_and_what_came_of_it_and_nobody() -> None:
    story = told(title="Anna rang me", people=["Anna Berg"], site="Pier", quote="Bless Anna!")
    outcome = seen(story, trainings=[learned("2026-09-01"), learned("2026-09-01", who=TOM)])
    deeds = ["Call the guest the next morning", "Ask how the night was"]
    teller = closing.to_teller(story, outcome, deeds, ["Anna Berg"])
    assert "of 4 March 2026" in teller and "2 colleagues learned it so far" in teller
    assert "a colleague called the guest the next morning and asked how the night was" in teller
    hero = closing.to_hero(story, outcome, deeds, story.quote, ["Anna Berg"])
    assert "you called the guest the next morning" in hero and "“Bless our colleague!”" in hero
    own = closing.to_teller(story, outcome, ["Take the colleague to the guest's room"], [], "guest")
    assert "how a colleague took another colleague to a guest's room." in own
    assert "Anna" not in teller + hero and "“Call the next morning”" in teller
    assert "Bless" not in closing.to_hero(story, outcome, deeds, None, [])
    # What one of several did is not said to each of them.
    two = told(people=["Anna Berg", "Tom"], site="Pier")
    each = closing.to_hero(two, outcome, deeds, None, [], by=[("Anna Berg",), ()])
    assert "what you and your colleagues did on 4 March 2026 at Pier: Anna Berg called the guest" in each
    assert "and one of you asked how the night was." in each and "you called" not in each
    hidden = closing.to_hero(two, outcome, deeds, None, ["Anna Berg", "Tom"], by=[("Anna Berg",), ()])
    assert "at Pier: one of you called the guest" in hidden and "Anna" not in hidden
    both = closing.to_hero(two, outcome, deeds, None, [], by=[("Anna Berg", "Tom")] * 2)
    assert "what you did on 4 March 2026 at Pier: you called the guest" in both
    # Where no deed was read and nobody confirmed it, nothing is said to come of this very story.
    assert "Because of it" in teller and "we now do this on purpose" in teller
    unread = closing.to_teller(story, outcome, [], ["Anna Berg"])
    assert "Because of it" not in unread and "counted among the stories of “Call the next morning”" in unread
    # A sentence about them is quoted, never passed off as one to them.
    quoted = closing.to_hero(story, outcome, [], None, ["Anna Berg"], told="Anna rang me at eight.")
    assert "What was told of you: “Our colleague rang me at eight.” (names left out)." in quoted
    # Where nothing of it may be said, it is said at once what it was counted for.
    said = closing.to_hero(story, outcome, [], None, ["Anna Berg"])
    assert said.startswith(
        "Somebody told us what you did on 4 March 2026 at Pier, and it was counted among the stories of “Call the "
        "next morning”. Because of these, we now do this on purpose. 2 colleagues"
    )
    assert said.count("Call the next morning") == 1 and "something" not in said
    # What was decided is not said to be done.
    assert "we decided to do this on purpose" in closing.to_teller(story, seen(story), deeds, [])
    assert "we are trying this out" in closing.to_teller(story, seen(story, "pilot"), deeds, [])
    assert "we now do this on purpose" in closing.to_teller(story, seen(story, "standard"), deeds, [])
    # What came after the decision is no reason of it.
    for later in (seen(story, decided="2026-03-01"), seen(story, put="2026-06-01")):
        assert later.practices[0].led_to_it is False
        for text in (
            closing.to_teller(story, later, deeds, []),
            closing.to_hero(story, later, deeds, None, []),
        ):
            assert "because of it" not in text.casefold()
            assert "It confirms “Call the next morning”: because of earlier stories like it, we" in text
    unread = closing.to_teller(story, seen(story, decided="2026-03-01"), [], [])
    assert "counted among the stories of “Call the next morning”; because of earlier ones, we" in unread
    # Where no date says which came first, nothing is said of this very story.
    for unsure in (
        seen(told(date="2026"), decided="2026-03"),
        seen(told(), decided=None),
        seen(told(date=None, behaviours=["x"])),
    ):
        assert unsure.practices[0].led_to_it is None
        text = closing.to_teller(story, unsure, deeds, [])
        assert "Because of stories like it, we" in text and "because of it" not in text.casefold()
    # Where it is the only story, there are none like it.
    only = closing.to_teller(story, seen(story, alone=True), deeds, [])
    assert "Because of it, we decided" in only and "like it" not in only
    after = closing.to_teller(story, seen(story, decided="2026-03-01", alone=True), deeds, [])
    assert "It confirms “Call the next morning”: we decided to do this on purpose." in after
    nothing = told(disposition={"decision": "no action", "reason": "it was done by a robot"})
    silent = seen(nothing, "rejected")
    assert "It was decided to leave things as they are, because it was done by a robot." in closing.to_teller(
        nothing, silent, [], []
    )


def test_the_greatest_deeds_of_a_story_are_told_in_their_order() -> None:
    lines = [
        "Smile",
        "Drive to the clinic for the lost glasses",
        "Wait",
        "Bring the guest the glasses at night",
    ]
    told = [step.text for step in closing.greatest([Step(line) for line in lines])]
    assert told == [lines[1], lines[3]]


def test_a_note_instead_of_a_reason_stands_behind_a_colon() -> None:
    assert closing._because("Praise alone; thanked") == ". What was noted: “Praise alone; thanked”"
    assert closing._because("It is closed.", "as") == ", as it is closed"
    assert closing._because("because of the storm") == ", because of the storm"
