"""What a procedure says it is for."""

from dataclasses import replace

from servicestory.incorporate.purpose import purpose
from servicestory.models.organisation import Organisation, Standard
from servicestory.models.practice import Practice
from servicestory.wording.material import Material
from servicestory.wording.steps import KeyPoint, Step

HOUSE = Organisation(
    customer_word="guest", standards=[Standard(id="rest", name="Rest", statement="Everybody rests.")]
)


def said(*steps: Step, effects: tuple[tuple[str, tuple[()]], ...] = (), **fields: str) -> str:
    practice = Practice.model_validate({"id": "P-0001", "name": "Dim the hall", **fields})
    made = Material(practice, "guest", steps, (), (), ())
    return purpose(replace(made, effects=effects), HOUSE, "guest").partition(" This procedure")[0]


def test_an_order_says_what_it_is_for_where_a_story_or_a_standard_does() -> None:
    told = KeyPoint("At ten", "So that the guest can sleep", True, ())
    assert said(Step("Dim it", key_points=(told,))) == "Dim the hall, so that the guest can sleep."
    assert (
        said(Step("Dim it", why="So that the guest can sleep"))
        == "Dim the hall, so that the guest can sleep."
    )
    assert said(standard="rest") == "Dim the hall. It keeps what we promise: Everybody rests."


def test_where_nobody_says_what_it_is_for_the_owner_is_asked_once_and_briefly() -> None:
    general = KeyPoint("At ten", "So that nobody stumbles", False, ())  # known in the trade, told by no story
    asked = (
        "Dim the hall. What for? The owner says it in one sentence, under “behaviour_statement” in P-0001."
    )
    assert said(Step("Dim it", key_points=(general,))) == said() == asked
    assert (
        said(behaviour_statement="We dim the hall so that all sleep.") == "We dim the hall so that all sleep."
    )
    assert "What for?" not in said(effects=(("safe", ()),))
