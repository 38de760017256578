"""Loose ends: what a document cites is looked for among the stories, also where an id is not shown whole."""

from servicestory.cli.built import Built
from servicestory.cli.loose import loose_ends
from servicestory.incorporate.trace import WrittenStep, written_steps
from servicestory.models.procedure import Procedure
from servicestory.models.story import Story
from servicestory.models.training import TrainingDocument
from servicestory.train.stale import Stale
from servicestory.wording.steps import Cite


def test_an_id_of_which_only_the_date_is_shown_is_a_story_all_the_same() -> None:
    stories = [Story(id="2026-05-01-ines-rang", narrative="She rang.")]
    shown = WrittenStep(1, "Ring the guest", (Cite("2026-05-01-…", "narrative", 0, 9),))
    gone = WrittenStep(2, "Draw a map", (Cite("2026-06-01-…", "narrative", 0, 9),))
    steps = {"procedures/SOP-0001-ring.md": [shown, gone]}
    ends = [e for e in loose_ends(stories, [], Built({}, []), steps, []) if e.kind == "step without evidence"]
    assert [(e.what, e.refs) for e in ends] == [("SOP-0001: 1 of 2 steps cites no story (2)", ("2",))]


def test_what_holds_for_every_recovery_need_be_told_by_no_story() -> None:
    written = written_steps(
        "## Procedure\n\n1. **Report it.** (holds for every recovery)\n2. **Mend it.** (agreed)\n"
    )
    ends = loose_ends([], [], Built({}, []), {"procedures/SOP-0001-mend.md": written}, [])
    assert [(e.what, e.refs) for e in ends] == [("SOP-0001: 1 of 2 steps cites no story (2)", ("2",))]


def test_one_thing_is_and_several_are() -> None:
    sop = Procedure(id="SOP-0001", practice="P-0001", title="Ring", status="effective", owner="Desk")
    quiz = TrainingDocument(id="QZ-0001", practice="P-0001", document="quiz", title="Ring")
    late = Stale(
        "quiz", "QZ-0001", "P-0001", "training/x/quiz.md", "it was worded anew", "servicestory train"
    )
    known = Built({"P-0001": sop}, [("training/x/quiz.md", quiz)])
    assert [e.what for e in loose_ends([], [], known, {}, [late])] == [
        "P-0001: the quiz is out of date, it was worded anew",
        "P-0001: the quiz is still a draft, though SOP-0001 is in effect",
    ]
