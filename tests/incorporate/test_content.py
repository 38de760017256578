"""What a procedure says is done everywhere, and what is good where it fits."""

from dataclasses import replace

from servicestory.incorporate.content import values
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.procedure import Procedure
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, Step

HOUSE = Organisation(organisation="Lantern Court", customer_word="guest")
CONTROL = Procedure(id="SOP-0001", practice="P-0001", title="Mend it")


def core(*steps: Step) -> str:
    practice = Practice(id="P-0001", name="Mend it")
    material = replace(Material(practice, "guest", (), (), (), ()), steps=steps)
    return str(values(material, HOUSE, CONTROL)["core"])


def test_what_one_story_of_many_tells_is_not_for_everybody() -> None:
    whole = Step("Mend what is broken", "definition")
    once = Step("Push the bed to the wall", "stories", (Cite("a", "narrative", 0, 5),))
    twice = replace(once, text="Look again", cites=(*once.cites, Cite("b", "narrative", 0, 5)))
    assert core(whole, once, twice).startswith("steps 1 and 3, done every time")
    assert core(whole, twice).startswith("every step")
    assert core(once).startswith("every step")  # where nothing is told twice, all is there is
    assert core(replace(whole, source="practice"), twice).startswith("step 1, done every time")
