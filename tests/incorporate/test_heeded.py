"""What was heeded stands under its step in a procedure, with the marks of its own places."""

from servicestory.incorporate.content import values
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.procedure import Procedure
from servicestory.wording.material import Material
from servicestory.wording.steps import CAUTION, Cite, KeyPoint, Step


def test_a_caution_has_its_own_mark_though_the_step_has_more_places_than_are_shown() -> None:
    own = Cite("s3", "narrative", 40, 70)
    point = KeyPoint("First ask what the guest is allowed", "", False, (own,), CAUTION)
    cites = (*(Cite(f"s{n}", "narrative", 0, 5) for n in range(12)), own)
    step = Step("Pack the guest a lunch", cites=cites, key_points=(point,))
    material = Material(Practice(id="P-0001", name="Pack a lunch"), "guest", (step,), (), (), cites)
    house = Organisation(organisation="Quillon Yard", customer_word="guest")
    control = Procedure(id="SOP-0001", practice="P-0001", title="Pack a lunch")
    made = values(material, house, control)
    (shown,) = made["steps"]
    assert shown["key_points"] == ["First ask what the guest is allowed [9]."]
    assert shown["more"] == 4
    assert made["evidence"][8]["place"] == str(own)
