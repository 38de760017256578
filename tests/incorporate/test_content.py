"""What a procedure says is done everywhere, and what is good where it fits."""

import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

from servicestory.incorporate import blocks
from servicestory.incorporate.authority import default_roles
from servicestory.incorporate.content import values
from servicestory.incorporate.purpose import BLANK
from servicestory.incorporate.trace import changes, section, written_steps
from servicestory.models.organisation import Authority, Organisation
from servicestory.models.practice import Practice
from servicestory.models.procedure import Procedure, Role
from servicestory.models.story import Consent, Story
from servicestory.wording.definition import Definition
from servicestory.wording.material import Material
from servicestory.wording.recovery import REPORT
from servicestory.wording.render import render
from servicestory.wording.steps import CAUTION, Cite, KeyPoint, Step

HOUSE = Organisation(organisation="Lantern Court", customer_word="guest")
PROCEDURE = (files("servicestory") / "templates" / "procedure.md").read_text(encoding="utf-8")
CONTROL = Procedure(id="SOP-0001", practice="P-0001", title="Mend it")


def shown(
    *steps: Step, stories: int = 0, doubtful: int = 0, withheld: int = 0, **fields: object
) -> dict[str, Any]:
    practice = Practice.model_validate({"id": "P-0001", "name": "Mend it", **fields})
    cites = tuple(Cite(f"s{n}", "narrative", 0, 5) for n in range(stories))
    material = replace(Material(practice, "guest", (), (), (), cites), steps=steps)
    material = replace(material, doubtful=doubtful, withheld=withheld)
    return values(material, HOUSE, CONTROL)


def core(*steps: Step) -> str:
    practice = Practice(id="P-0001", name="Mend it")
    material = replace(Material(practice, "guest", (), (), (), ()), steps=steps)
    return str(values(material, HOUSE, CONTROL)["core"])


def test_what_one_story_of_many_tells_is_not_for_everybody() -> None:
    whole = Step("Mend what is broken", "definition", (Cite("c", "narrative", 0, 5),))
    once = Step("Push the bed to the wall", "stories", (Cite("a", "narrative", 0, 5),))
    twice = replace(once, text="Look again", cites=(*once.cites, Cite("b", "narrative", 0, 5)))
    assert core(whole, once, twice).startswith("step 3, done every time")
    shared = replace(whole, cites=twice.cites)
    assert core(shared, once, twice).startswith("steps 1 and 3, done every time")
    assert core(shared, twice).startswith("every step")
    assert core(once, replace(once, text="Bring a lamp")).startswith("not decided yet")
    assert "in this order" not in core(shared, twice)  # nobody put them in order
    first, second = (replace(once, source="practice", text=text) for text in ("Look", "Mend"))
    assert core(first, second).startswith("every step, in this order")
    assert core(once).startswith("this step")  # where nothing is told twice, all is there is
    assert core(replace(whole, source="practice"), twice).startswith("step 1, done every time")


def test_what_one_story_of_a_recovery_tells_is_for_nobody_else_a_duty() -> None:
    sorry = Step("Say sorry", "recovery", (Cite("s0", "narrative", 0, 5),))
    once = Step("Wave from the gate", "stories", (Cite("s1", "narrative", 0, 5),))
    found = shown(sorry, once, replace(sorry, text=REPORT.text), stories=3)
    assert found["core"].startswith("steps 1 and 3, in this order")
    assert shown(sorry, replace(sorry, text="x"), stories=3)["core"].startswith("every step")


def test_what_a_few_of_many_stories_tell_is_no_core() -> None:
    whole = Step("Mend what is broken", "definition", (Cite("s0", "narrative", 0, 5),))
    few = Step("Look again", "stories", tuple(Cite(f"s{n}", "narrative", 0, 5) for n in range(3)))
    assert shown(whole, few, stories=12)["core"].startswith("step 2, done every time")
    assert shown(whole, few, stories=13)["core"].startswith(
        "not decided yet: no step could be read in a quarter of the"
    )
    assert shown(whole, stories=157)["core"].startswith(
        "not decided yet: no step could be read in a quarter of the"
    )
    alone = shown(whole, replace(whole, text="Look again"), stories=1)["core"]
    assert alone.startswith("not decided yet: only one story tells of it.")
    assert shown(whole, stories=4)["core"] == "this step, done the same way everywhere."


def test_a_step_told_once_and_one_nobody_tells_are_marked() -> None:
    once = Step("Look again", "stories", (Cite("s0", "narrative", 0, 5),))
    agreed = Step("Ask once more", "practice")
    marked = shown(once, agreed, stories=4)["steps"]
    assert [(s["once"], s["origin_mark"]) for s in marked] == [
        (True, ""),
        (False, "(agreed; not in these words in our stories so far)"),
    ]
    assert not shown(once, stories=1)["steps"][0]["once"]  # where there is one story, all is told once


def test_a_procedure_says_how_and_gives_no_examples_of_the_codebook() -> None:
    how = KeyPoint("Early or late", "", False, (), "how", "definition")
    example = KeyPoint("For example: a late key", "", False, (), "example", "definition")
    (step,) = shown(Step("Fit the hours", "definition", (), (how, example)), stories=1)["steps"]
    assert step["key_points"] == ["Early or late."]


def test_what_nobody_tells_is_not_done_everywhere() -> None:
    whole, other = Step("Mend what is broken", "definition"), Step("Sweep the yard", "definition")
    told = Step("Look again", "stories", (Cite("a", "narrative", 0, 5), Cite("b", "narrative", 0, 5)))
    for steps in ((whole,), (whole, other)):
        assert core(*steps).startswith("not decided yet: no step could be read in a story")
        assert "everywhere" not in core(*steps)
    assert core(whole, other, told).startswith("step 3, done every time")
    assert core(replace(whole, source="practice")) == "this step, done the same way everywhere."


def test_the_purpose_counts_only_stories_that_give_a_step() -> None:
    told = Step("Look again", "stories", (Cite("s0", "narrative", 0, 5), Cite("s1", "narrative", 0, 5)))
    defined = Step("Mend what is broken", "definition")
    assert "It was drawn from 2 of the 9 stories of it told" in shown(told, stories=9)["purpose"]
    assert "It was drawn from 2 stories of it told" in shown(told, stories=2)["purpose"]
    # The parts add up to the one number, which the verdict counts too; nobody looked at them, and it is said.
    fewer = shown(told, stories=9, doubtful=1, withheld=1)["purpose"]
    assert "drawn from 2 of the 11 stories of it told at Lantern Court" in fewer
    assert "Of the other 9, 7 give no step, 1 is doubtful and 1 may not be retold." in fewer
    assert fewer.endswith("Nobody has confirmed that they show it.")
    fewer = shown(told, stories=2, doubtful=1)["purpose"]
    assert "drawn from 2 of the 3 stories of it told at Lantern Court. The other one is doubtful." in fewer
    refused = shown(stories=0, withheld=2)["purpose"]
    assert "No story told at Lantern Court can be used for it. 2 more may not be retold." in refused
    purpose = shown(defined, stories=9)["purpose"]
    assert "9 stories told at Lantern Court show it, but no step could be read from their words" in purpose
    assert "drawn from" not in purpose and "No story told" in shown(defined)["purpose"]


def test_what_the_steps_rest_on_is_said_as_it_is() -> None:
    told = Step("Look again", "stories", tuple(Cite(f"s{n}", "narrative", 0, 5) for n in range(6)))
    defined = Step("Mend what is broken", "definition")
    assert "a work instruction rather than a procedure" in shown(told, stories=6)["known"]
    assert shown(defined, stories=6)["known"].endswith(
        "6 stories show the practice, but no step could be read from their words."
    )  # they may well tell it: what is said is what is known
    assert shown(defined, stories=0)["known"].endswith("No story of it is told yet.")
    assert "the other, marked so, comes from the definition" in shown(told, defined, stories=6)["known"]
    assert shown(told, replace(told, text="Ask once more"), stories=6)["known"] == ""
    apart = replace(told, text="Ask once more", cites=(Cite("s9", "narrative", 0, 5),))
    assert "ways to do it" in shown(told, apart)["known"]  # no story tells both
    assert shown(told, apart)["core"].startswith("whichever of these fits")


def test_what_is_not_covered_is_what_people_wrote_and_what_the_practice_is_not() -> None:
    about = Definition(("Mend what is broken",), (), ("a clean place without anybody cleaning",))
    practice = Practice(id="P-0001", name="Mend it", not_for=["Guests who asked not to be called"])
    material = replace(Material(practice, "guest", (), (), (), ()), definition=about)
    lines = values(material, HOUSE, CONTROL)["not_covered"]
    assert lines[0] == "Guests who asked not to be called"  # people's own come first
    assert (
        lines[1]
        == "Another thing, which this procedure neither asks for nor forbids: a clean place without anybody cleaning."
    )
    own = replace(
        material, steps=(Step("Leave a clean place behind without any of the cleaning", "stories"),)
    )  # what a step does is not denied
    assert "clean place" not in " ".join(values(own, HOUSE, CONTROL)["not_covered"])


def test_a_procedure_gives_no_reason_that_no_story_gives() -> None:
    cites = (Cite("s0", "narrative", 0, 5),)
    trade = KeyPoint("Line by line", "What is not understood is not done", False, cites)
    heard = KeyPoint("In plain words", "It made the guest feel safe", True, cites)
    (step,) = shown(Step("Explain the bill", "stories", cites, (trade, heard)), stories=1)["steps"]
    assert step["key_points"] == ["Line by line.", "In plain words. Reason: It made the guest feel safe."]


def test_a_trial_and_a_local_practice_are_not_said_to_be_for_everybody() -> None:
    told = Step("Look again", "stories", (Cite("s0", "narrative", 0, 5),))
    for status, said in (("pilot", "where it is tried"), ("local", "where it is done, whoever")):
        made = shown(told, stories=1, status=status)
        assert said in made["purpose"] and not made["scope"].startswith("For everybody")
    usual = shown(told, stories=1, status="accepted")
    assert usual["scope"].startswith("For everybody") and "whoever is on duty" in usual["purpose"]
    star = shown(told, stories=1, status="accepted", verdict={"label": "star-dependent"})
    assert "rests on nobody alone" in star["purpose"]


def test_a_procedure_names_only_the_documents_there_are() -> None:
    one, two = Step("Look again", "practice"), Step("Mend it", "practice")
    assert shown(one)["references"][-1] == "Training: job breakdown and session plan of P-0001"
    assert shown(one)["seen_against"] == "step"
    assert (
        shown(one, two)["references"][-1] == "Training: job breakdown, checklist and session plan of P-0001"
    )
    assert shown(one, two)["seen_against"] == "checklist"


def test_an_act_that_costs_money_or_bends_a_rule_needs_a_limit_to_decide_alone() -> None:
    def missing(text: str, role: Role | None = None) -> tuple[str, bool]:
        material = replace(
            Material(Practice(id="P-0001", name="Do it"), "guest", (), (), (), ()), steps=(Step(text),)
        )
        made = values(material, HOUSE, CONTROL.model_copy(update={"roles": [role] if role else []}))
        asked = [gap for gap in made["gaps"] if gap.startswith("The limit up to which")]
        return made["roles"][0].authority_limit, bool(asked)

    for text in (
        "Serve the guest a cake",
        "Refund the fee",
        "Upgrade the guest",
        "Fit our hours to the guest",
    ):
        limit, asked = missing(text)
        assert asked and "not named yet" in limit and "every step, unless" not in limit
    assert missing("Have the guest's room made up early")[1]  # before its hour, that is the exception
    assert not missing("Wake the guest early")[1]
    assert missing("Give a free drink")[1] and not missing("Give parents a free hand")[1]
    limit, asked = missing("Look again when a table is free")
    assert not asked and limit.startswith("every step, unless it costs money")
    unchanged = Role(role="Host", responsibility="-", authority_limit=limit)  # as an older file has it
    assert "not named yet" in missing("Serve the guest a cake", unchanged)[0]
    named = Role(role="Host", responsibility="-", authority_limit="up to 20 euros")
    assert missing("Serve the guest a cake", named) == ("up to 20 euros", False)


def test_places_beyond_the_marks_have_a_row_of_their_own() -> None:
    many = Step("Look again", "stories", tuple(Cite(f"s{n}", "narrative", 0, 5) for n in range(11)))
    text = render(
        files("servicestory").joinpath("templates/procedure.md").read_text("utf-8"),
        shown(many, stories=11),
        "x",
    )
    assert (
        "and 3 more" in text
        and "| – | 3 more of “Look again”: `servicestory why SOP-0001` lists them |" in text
    )
    assert len(written_steps(text)[0].cites) == 8
    for people in text.partition("## Records")[2].partition("## Stories behind")[0].splitlines():
        assert people.startswith(("<!--", "- Who owns it")) or "servicestory" not in people


def test_a_procedure_whose_header_names_an_owner_does_not_ask_for_one() -> None:
    template = files("servicestory").joinpath("templates/procedure.md").read_text("utf-8")
    named = {**shown(Step("Look again")), "control": CONTROL.model_copy(update={"owner": "Mara Lind"})}
    assert "Who owns it" not in render(template, named, "x")
    unnamed = render(template, {**named, "control": CONTROL}, "x")
    assert "- Who owns it." in unnamed
    # Naming one changes nothing anybody agreed to.
    assert blocks.said(unnamed) == blocks.said(render(template, named, "x"))


def told_by(*texts: str, **fields: object) -> Material:
    stories = {
        f"s{n}": Story.model_validate({"id": f"s{n}", "narrative": t, **fields}) for n, t in enumerate(texts)
    }
    cites = tuple(Cite(key, "narrative", 0, len(s.narrative)) for key, s in stories.items())
    return Material(Practice(id="P-0001", name="Mend it"), "guest", (), (), (), cites, stories)


def test_who_did_it_stands_below_a_table_of_roles_too() -> None:
    house = HOUSE.model_copy(update={"authority": [Authority(role="The porter", limit="up to 20 euros")]})
    made = told_by(*["The plumber came at once."] * 4, team="Night shift")
    page = render(PROCEDURE, values(made, house, CONTROL), "procedure.md")
    table = page.partition("| Role | Responsible for |")[2]
    assert "|\n\nIn the stories it was done by a plumber (4 stories) and the team Night shift (4" in table
    # it tells nobody what to do, so it makes no revision that has to be approved
    assert changes(re.sub(r"In the stories it was done by [^\n]*", "", page), page)[0] == "minor"


def test_roles_nobody_changed_are_one_line_with_what_the_stories_know() -> None:
    made = told_by("The plumber came at once.", "A plumber mended it.", team="Night shift")
    usual = CONTROL.model_copy(update={"roles": default_roles(made)})
    page = render(PROCEDURE, values(made, HOUSE, usual), "procedure.md")
    assert "Responsible for" not in page
    assert "it was done by a plumber (2 stories) and the team Night shift (2 stories)." in page
    changed = [Role(role="The night porter", responsibility="mending", authority_limit="up to 20 euros")]
    own = render(
        PROCEDURE, values(made, HOUSE, CONTROL.model_copy(update={"roles": changed})), "procedure.md"
    )
    assert "| The night porter | mending | up to 20 euros |" in own


def test_the_one_team_it_is_the_work_of_is_named_once() -> None:
    page = render(PROCEDURE, values(told_by(*["It was mended."] * 4, team="Day shift"), HOUSE, CONTROL), "x")
    assert "Day shift, so far as the stories tell, carries it out" in page and "it was done by" not in page
    few = render(PROCEDURE, values(told_by(*["It was mended."] * 2, team="Day shift"), HOUSE, CONTROL), "x")
    assert "it was done by the team Day shift (2 stories)." in few


def test_who_did_it_and_the_moments_told_are_evidence_and_change_no_duty() -> None:
    one = told_by(*["The plumber came."] * 16, team="Night shift")
    # less than a third of the stories tell either moment: it is none of the practice
    late = Step("Bring the guest soup when they arrive late", "stories", one.cites[:2])
    closed = Step("Bring the guest soup when they find the kitchen closed", "stories", one.cites[:1])
    steps = (late, closed)
    turned = (late, replace(closed, cites=one.cites[:3]))
    old, new = (
        render(PROCEDURE, values(replace(made, steps=some), HOUSE, CONTROL), "procedure.md")
        for made, some in ((one, steps), (one, turned))
    )
    assert section(old, "Roles") != section(new, "Roles") and section(old, "When") != section(new, "When")
    assert changes(old, new)[0] == "minor"


def test_what_went_wrong_is_what_the_stories_of_the_practice_tell() -> None:
    leaking = told_by(
        "The tap was broken, so she mended it.", "The lamp was faulty, so he mended it.", recovery=True
    )
    page = render(PROCEDURE, values(leaking, HOUSE, CONTROL), "procedure.md")
    assert "Something had gone wrong before in 2 of 2 stories: something did not work (2 stories)." in page
    assert "hold for every recovery" in page and "**Prevent the failure:**" in page
    page = render(PROCEDURE, values(told_by("She mended it."), HOUSE, CONTROL), "procedure.md")
    assert "hold for every recovery" not in page and "If it cannot be done or goes wrong:" in page


def test_one_bad_beginning_among_many_says_nothing_of_the_practice() -> None:
    made = told_by("The tap was broken, so she mended it.", *["She mended it."] * 4)
    bad = {**made.told, "s0": made.told["s0"].model_copy(update={"recovery": True})}
    assert values(replace(made, told=bad), HOUSE, CONTROL)["recovery"] == ""
    few = replace(made, cites=made.cites[:4], told={k: bad[k] for k in ("s0", "s1", "s2", "s3")})
    assert values(few, HOUSE, CONTROL)["recovery"].startswith("Something had gone wrong before in 1 of 4")


def test_the_kinds_of_what_went_wrong_add_up_to_the_stories_counted() -> None:
    texts = ("The tap was broken, so she mended it.", "It was a bad day, so she mended the lamp.")
    bad = told_by(*texts, recovery=True)
    page = render(PROCEDURE, values(bad, HOUSE, CONTROL), "procedure.md")
    assert (
        "in 2 of 2 stories: something did not work (1 story). What it was is not said plainly in the other"
        in page
    )
    # A story in which nothing had gone wrong before adds nothing to the kinds of those in which it had.
    one = {**bad.told, "s1": bad.told["s1"].model_copy(update={"recovery": False, "narrative": texts[0]})}
    page = render(PROCEDURE, values(replace(bad, told=one), HOUSE, CONTROL), "procedure.md")
    assert "in 1 of 2 stories: something did not work (1 story)." in page


def test_what_costs_money_is_asked_for_first_until_a_limit_is_named() -> None:
    made = replace(told_by("She baked a cake."), steps=(Step("Serve the guest a cake"),))
    said = values(made, HOUSE, CONTROL)["alone"]
    assert (
        said == "every step, but since it costs money (“cake”), ask first until the owner has named a limit"
    )


def test_a_procedure_defines_what_only_the_house_knows_and_leaves_a_blank_for_it() -> None:
    agreed = (Step("Write it in the night book", "practice"), Step("Ask how the first night was", "practice"))
    (own,) = shown(*agreed)["definitions"]
    assert own[0] == "night book" and BLANK in own[1]
    page = render(PROCEDURE, shown(Step("Look again")), "procedure.md")
    assert "## Definitions" not in page  # a heading over nothing says nothing


def test_records_say_form_place_and_keeper_or_leave_a_blank() -> None:
    page = render(PROCEDURE, shown(Step("Look again")), "procedure.md")
    kept = section(page, "Records").splitlines()[2:]
    assert all(line.count("|") == 5 for line in kept) and any("\\_\\_\\_" in line for line in kept)
    assert "the step, done or not done" in kept[-1] and "the owner of this procedure" in kept[-1]
    assert not any("next shift" in line for line in kept)  # nothing of it is handed on


def test_what_is_noted_has_the_form_its_step_names() -> None:
    def form(step: str) -> str:
        kept = shown(Step(step, "practice"))["records"]
        return str(next(one.form for one in kept if one.what.startswith("What the next shift")))

    assert form("Write the wish in the night book before you go") == "in the night book"
    assert form("Write the wish down") == form("Tell the next shift of it") == BLANK


def test_a_procedure_asks_what_the_breakdown_asks_and_that_is_no_part_of_what_was_agreed() -> None:
    open_yet = {**shown(Step("Lend the guest a lamp", "practice")), "control": CONTROL}
    page = render(PROCEDURE, open_yet, "procedure.md")
    assert "”: where is it kept, and how does it come back?" in section(page, "What is still missing")
    answered = render(PROCEDURE, {**open_yet, "open_questions": []}, "procedure.md")
    assert blocks.said(page) == blocks.said(answered)


def test_a_step_that_costs_money_names_its_limit_or_the_place_for_it() -> None:
    steps = (Step("Say sorry", "practice"), Step("Refund the fee", "practice"))
    made = shown(*steps)
    assert [s["key_points"] for s in made["steps"]] == [[], [f"Limit: {BLANK}; ask first until it is named."]]
    assert made["alone"].startswith("every step but step 2: since it costs money")
    host = Role(role="Host", responsibility="-", authority_limit="up to 20 euros")
    material = replace(Material(Practice(id="P-0001", name="Do it"), "guest", (), (), (), ()), steps=steps)
    named = values(material, HOUSE, CONTROL.model_copy(update={"roles": [host]}))
    assert named["steps"][1]["key_points"] == ["Limit: up to 20 euros."]


def test_a_reason_a_story_gives_stands_at_its_step_and_changes_no_duty() -> None:
    cites = (Cite("s0", "narrative", 0, 5),)
    told = Step("Hang it by the gate", "stories", cites, why="So that the guest cannot miss it")
    with_it, without = (
        render(PROCEDURE, shown(step, stories=1), "procedure.md") for step in (told, replace(told, why=""))
    )
    assert "    - Reason: So that the guest cannot miss it." in with_it
    because = render(
        PROCEDURE, shown(replace(told, why="Because it is dark there"), stories=1), "procedure.md"
    )
    assert "    - Reason: It is dark there." in because
    assert changes(without, with_it)[0] == "minor"


def test_a_recovery_is_the_procedure_of_a_practice_that_puts_failures_right() -> None:
    made = replace(told_by("She mended it."), steps=(Step("Mend it"), Step("Go back", "recovery")))
    said = values(made, HOUSE, CONTROL)
    assert said["core"].startswith("every step, in this order") and said["known"] == ""
    assert said["steps"][1]["origin_mark"] == "(holds for every recovery)"
    page = render(PROCEDURE, said, "procedure.md")
    assert "The steps above are what is done." in page and "These lines hold for every recovery" not in page


def test_where_a_story_bent_a_rule_it_is_asked_first_whether_the_rules_allow_it() -> None:
    made = replace(told_by("She fed the pony."), steps=(Step("Lend the guest a lamp", "stories"),))
    assert not any("rules of the house" in q for q in values(made, HOUSE, CONTROL)["open_questions"])
    agreed = [Consent(party="the teller", uses=["training"])]
    bent = {"s0": made.told["s0"].model_copy(update={"rule_bent": "no ponies indoors", "consent": agreed})}
    asked = values(replace(made, told=bent), HOUSE, CONTROL)["open_questions"]
    assert asked[0].startswith("First of all: do the rules of the house allow it") and len(asked) == 2
    # Whoever has to settle it reads which rule it was, and where and when it was bent.
    assert asked[0].endswith("1 story of it bent one: “no ponies indoors”.")
    alone = values(replace(made, told=bent), HOUSE, CONTROL)["alone"]
    assert "a story of it bent a rule of the house, “no ponies indoors”, ask first" in alone
    # Nobody was asked: whoever settles it is told where to look, and the words stay there.
    unasked = {"s0": bent["s0"].model_copy(update={"consent": [], "site": "Weir"})}
    shown = values(replace(made, told=unasked), HOUSE, CONTROL)
    assert "ponies" not in shown["open_questions"][0] + shown["alone"]
    assert shown["open_questions"][0].endswith("see the story, which is not to be quoted yet (Weir).")


def test_what_one_of_many_stories_bent_leaves_the_others_free() -> None:
    made = replace(told_by(*["She fed the pony."] * 5), steps=(Step("Lend the guest a lamp", "stories"),))
    agreed = {"rule_bent": "no ponies indoors", "consent": [Consent(party="the teller", uses=["training"])]}
    bent = {**made.told, "s0": made.told["s0"].model_copy(update=agreed)}
    alone = values(replace(made, told=bent), HOUSE, CONTROL)["alone"]
    assert alone.startswith("every step, unless it") and alone.endswith("did: “no ponies indoors”")


def test_a_rule_told_with_the_deed_that_went_beyond_it_is_quoted_too() -> None:
    told = "Although we normally lock the boathouse at six, Ines Varga opened it for the ferryman."
    agreed = [{"party": "the teller", "uses": ["training"]}]
    made = told_by(told, site="Weir", date="2026-03-14", people=["Ines Varga"], consent=agreed)
    made = replace(made, steps=(Step("Lend the guest a lamp", "stories"),))
    rule = "“we normally lock the boathouse at six” (Weir, 14 March 2026)"
    said = values(made, HOUSE, CONTROL)
    assert rule in said["alone"] and rule in said["open_questions"][0]
    assert said["heroics"].startswith("1 story needed a rule to be bent.")
    assert "bent" not in values(told_by("We normally lock it at six."), HOUSE, CONTROL)["alone"]


def test_what_is_given_back_is_no_duty_and_has_its_record() -> None:
    given = Step("Give the fee back, where something is to be given", "definition")
    steps = (Step("Say sorry"), given, Step(REPORT.text, "recovery"))
    said = values(replace(told_by("She mended it."), steps=steps), HOUSE, CONTROL)
    assert said["core"].startswith("steps 1 and 3, in this order")
    assert said["adaptable"][0].startswith("Step 2: whether something is given")
    page = render(PROCEDURE, said, "procedure.md")
    kept = section(page, "Records")
    assert "The report of the failure" in kept and "What was given back" in kept
    assert "nothing has been named yet" not in page
    plain = section(render(PROCEDURE, shown(Step("Look again")), "procedure.md"), "Records")
    assert "failure" not in plain and "given back" not in plain


def test_what_is_told_for_example_each_place_may_do_in_its_own_way() -> None:
    point = KeyPoint("For example by the door or on the bench", "", False, ())
    page = render(PROCEDURE, shown(Step("Put it where it is seen", key_points=(point,))), "procedure.md")
    assert "Step 1: what is told “for example” each place may do in its own way." in page
    assert "nothing has been named yet" not in page
    assert "nothing has been named yet" in render(PROCEDURE, shown(Step("Look again")), "procedure.md")


def test_whom_it_is_for_and_whose_work_it_is_come_from_the_stories_that_show_it() -> None:
    made = told_by("She did it.", "He did it.", "She did it.", "He did it.", team="Night shift")
    inside = Story.model_validate({"id": "s3", "narrative": "-", "customer": {"kind": "internal"}})
    assert values(made, HOUSE, CONTROL)["scope"].startswith(
        "For Night shift, as far as the stories tell, and who"
    )
    others = replace(made, told={k: s.model_copy(update={"team": None}) for k, s in made.told.items()})
    assert values(others, HOUSE, CONTROL)["scope"].startswith("For everybody who serves a guest. ")
    both = replace(others, told={**others.told, "s3": inside})
    assert values(both, HOUSE, CONTROL)["scope"].startswith(
        "For everybody who serves a guest or a colleague."
    )
    page = render(PROCEDURE, values(both, HOUSE, CONTROL), "procedure.md")
    assert "tell the person when you will be back" in page
    assert "## Definitions" not in page  # "colleague" needs none
    page = render(PROCEDURE, values(made, HOUSE, CONTROL), "procedure.md")
    assert "tell the guest when you will be back" in page
    assert "Night shift, so far as the stories tell, carries it out" in page
    few = replace(made, told={"s0": made.told["s0"], "s3": inside})
    page = render(PROCEDURE, values(few, HOUSE, CONTROL), "procedure.md")
    assert "Whoever serves the guest or colleague carries it out" in page
    few = replace(made, told={k: made.told[k] for k in ("s0", "s1")})
    page = render(PROCEDURE, values(few, HOUSE, CONTROL), "procedure.md")
    assert "Whoever serves the guest carries it out" in page


def test_a_question_among_the_key_points_is_a_marked_blank_and_stands_among_what_is_missing() -> None:
    cool = KeyPoint("How is it kept cool until then?", "", False, (), CAUTION)
    page = render(PROCEDURE, shown(Step("Pack the lunch", key_points=(cool,))), "procedure.md")
    assert "    - ▢ How is it kept cool until then?\n" in page
    assert "▢ Step 1, “Pack the lunch”: how is it kept cool until then?" in page


def test_a_document_names_no_field_but_where_the_owner_writes() -> None:
    made = told_by("She lent me a lamp.")
    shown = values(made, HOUSE, CONTROL)
    said = " ".join([*shown["gaps"], shown["when"], shown["core"], shown["no_owner"], shown["purpose"]])
    fields = ("core", "trigger", "standard", "owner:", "behaviour_statement", "not_for")
    assert not any(f"“{name}”" in said or f"`{name}" in said for name in fields)
    assert all(f"“{name}:”" in shown["where_to_write"] for name in ("core", "trigger"))
