"""What a procedure says it is for."""

from dataclasses import replace

from servicestory.incorporate.purpose import BLANK, no_purpose, purpose
from servicestory.models.organisation import Organisation, Standard
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.wording.definition import Definition
from servicestory.wording.gaps import gaps
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, KeyPoint, Step

HOUSE = Organisation(
    customer_word="guest", standards=[Standard(id="rest", name="Rest", statement="Everybody rests.")]
)


def said(*steps: Step, effects: tuple[tuple[str, tuple[()]], ...] = (), **fields: str) -> str:
    practice = Practice.model_validate({"id": "P-0001", "name": "Dim the hall", **fields})
    made = Material(practice, "guest", steps, (), (), ())
    return purpose(replace(made, effects=effects), HOUSE).partition(" This procedure")[0]


def test_an_order_says_what_it_is_for_where_a_story_or_a_standard_does() -> None:
    told = KeyPoint("At ten", "So that the guest can sleep", True, ())
    assert said(Step("Dim it", key_points=(told,))) == "Dim the hall, so that the guest can sleep."
    assert (
        said(Step("Dim it", why="So that the guest can sleep"))
        == "Dim the hall, so that the guest can sleep."
    )
    assert said(standard="rest") == "This practice keeps what we promise: Everybody rests."
    both = said(Step("Dim it", why="So that the guest can sleep"), standard="rest")
    assert both.endswith("sleep. It keeps what we promise: Everybody rests.")


def test_where_nobody_says_what_it_is_for_a_blank_is_left_for_the_owner() -> None:
    general = KeyPoint("At ten", "So that nobody stumbles", False, ())  # known in the trade, told by no story
    asked = f"What it is for: {BLANK}."
    assert said(Step("Dim it", key_points=(general,))) == said() == asked
    assert (
        said(behaviour_statement="We dim the hall so that all sleep.") == "We dim the hall so that all sleep."
    )
    assert said(behaviour_statement="Dim the hall") == asked  # the title once more is no purpose
    assert BLANK not in said(effects=(("safe", ()),))


def test_what_the_definition_says_is_done_is_no_purpose_and_a_promise_may_fit() -> None:
    statement = "When a lamp is broken, we mend the lamp straight away."
    practice = Practice(id="P-0001", name="Mend a broken lamp", behaviour_statement=statement)
    about = Definition(("When a lamp is broken, mend the lamp straight away",))
    made = replace(Material(practice, "guest", (), (), (), ()), definition=about)
    assert purpose(made, HOUSE).startswith(f"What it is for: {BLANK}.")
    assert purpose(replace(made, definition=Definition()), HOUSE).startswith(statement)  # people's own
    light = Standard(id="light", name="Light", statement="No lamp stays broken.")
    house = HOUSE.model_copy(update={"standards": [*HOUSE.standards, light]})
    assert purpose(made, house).startswith("By its words it may keep what we promise: No lamp stays broken.")
    assert no_purpose(made, house)  # the owner says it still
    asked = next(gap for gap in gaps(made, house) if gap.startswith("Which of our promises"))
    assert asked.endswith("By its words it may be “No lamp stays broken”.")
    again = house.model_copy(update={"standards": [light, light.model_copy(update={"id": "lamp"})]})
    assert BLANK in purpose(made, again)  # two fit alike


def test_what_came_of_it_is_quoted_with_everybodys_consent_and_where_it_stands_alone() -> None:
    def made_of(outcome: str, statement: str | None = None, **consent: object) -> str:
        given = [{"party": "guest", "uses": ["company"], **consent}]
        story = Story.model_validate(
            {"id": "s", "narrative": "She did it.", "outcome": outcome, "consent": given}
        )
        cites = (Cite("s", "narrative", 0, 11),)
        practice = Practice(id="P-0001", name="Do it", behaviour_statement=statement)
        return purpose(Material(practice, "guest", (), (), (), cites, {"s": story}), HOUSE)

    told = made_of
    slept = "What came of it, as told: “Slept from then on”."
    assert slept in told("Slept from then on.")
    assert told("Slept from then on.").startswith(
        f"What it is for: {BLANK}."
    )  # what came of it is no purpose
    assert slept not in told("Slept from then on.", uses=["team"])
    assert slept not in told("Slept from then on.", withdrawn_on="2026-01-01")
    assert "sister" not in told("The sister came too.")  # whose?
    # where it is said what the practice is for, the outcome of one story adds nothing to follow
    stated = made_of("Slept from then on.", statement="We see that people sleep.")
    assert stated.startswith("We see that people sleep.") and slept not in stated


def test_what_a_detail_is_for_is_no_purpose_of_the_whole() -> None:
    pack = Step("Dim the hall", "practice")
    hang = Step("Hang the key up", "practice", why="So that nobody misses it")
    assert BLANK in said(pack, hang)
    assert said(replace(pack, why="So that the guest can sleep"), hang).startswith("Dim the hall, so that")


def test_where_the_stories_come_from_is_told() -> None:
    def told(*where: tuple[str, str | None]) -> str:
        stories = {
            f"s{n}": Story.model_validate({"id": f"s{n}", "narrative": "-", "site": site, "team": team})
            for n, (site, team) in enumerate(where)
        }
        cites = tuple(Cite(key, "narrative", 0, 1) for key in stories)
        step = Step("Do it", "stories", cites)
        return purpose(
            Material(Practice(id="P-0001", name="Do it"), "guest", (step,), (), (), cites, stories), HOUSE
        )

    pier, quay = ("Pier", "Bar"), ("Quay", "Bar")
    assert ", all from Bar at Pier. Nobody has confirmed that they show it" in told(pier, pier)
    assert ", from 2 sites, all from Bar." in told(pier, quay)
    assert ", from 2 sites and 2 teams." in told(pier, ("Quay", "Cellar"))
    assert "from 1 team" not in told(pier, ("Pier", None)) and "all from" not in told(pier, ("Pier", None))


def test_where_its_stories_come_from_reads_as_one_list() -> None:
    given = [("North", "Crew"), ("North", "Crew"), ("South", "Desk"), ("South", "Desk"), (None, None)]
    told = {
        f"s{n}": Story(id=f"s{n}", narrative="Dim.", site=site, team=team)
        for n, (site, team) in enumerate(given)
    }
    step = Step("Dim it", "stories", tuple(Cite(key, "narrative", 0, 4) for key in told))
    made = Material(Practice(id="P-0001", name="Dim the hall"), "guest", (step,), (), (), ())
    made = replace(made, told=told, cites=step.cites)
    assert ", from 2 sites and 2 teams, and from stories that name none. " in purpose(made, HOUSE)
