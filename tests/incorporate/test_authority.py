"""Who may decide what alone."""

from dataclasses import replace

from servicestory.incorporate import authority
from servicestory.models.organisation import Authority
from servicestory.models.practice import Practice
from servicestory.models.procedure import Procedure, Role
from servicestory.wording.material import Material
from servicestory.wording.steps import Step

HOUSE = [
    Authority(role="Whoever serves the guest", limit="up to 40 euros."),
    Authority(role="The shift lead", limit="up to 200 euros", ask="the head of the house"),
]
CONTROL = Procedure(id="SOP-0001", practice="P-0001", title="Do it")


def material(*steps: str) -> Material:
    made = Material(Practice(id="P-0001", name="Do it"), "guest", (), (), (), ())
    return replace(made, steps=tuple(Step(text, "practice") for text in steps))


def test_the_limits_of_the_house_hold_in_every_procedure_nobody_gave_others() -> None:
    cake = material("Serve the guest a cake")
    for control in (CONTROL, CONTROL.model_copy(update={"roles": authority.default_roles(cake)})):
        first, second, owner = authority.roles(cake, control, HOUSE)
        assert first.authority_limit == "every step; what costs money or needs an exception: up to 40 euros"
        assert first.escalate_to == "the shift lead"
        assert (second.role, second.escalate_to) == ("The shift lead", "the head of the house")
        assert owner.role == "The owner of this procedure"
        assert authority.named_limit(cake, control, HOUSE) == "up to 40 euros"
        assert authority.limit_to_name(cake, control, HOUSE) == []
        assert authority.alone(cake, first.authority_limit) == first.authority_limit
    assert "`authority:` in servicestory.yaml" in authority.limit_to_name(cake, CONTROL)[0]


def test_who_is_asked_is_the_next_line_and_at_last_the_owner() -> None:
    last = HOUSE[1].model_copy(update={"ask": None})
    asked = [role.escalate_to for role in authority.house_roles([HOUSE[0], last])]
    assert asked == ["the shift lead", "the owner of this procedure", "the approver"]


def test_roles_an_owner_gave_a_procedure_stay() -> None:
    own = [Role(role="Host", responsibility="-", authority_limit="up to 5 euros")]
    control = CONTROL.model_copy(update={"roles": own})
    assert authority.roles(material("Serve the guest a cake"), control, HOUSE) == own
    assert authority.named_limit(material("Look again"), control, HOUSE) == "up to 5 euros"
