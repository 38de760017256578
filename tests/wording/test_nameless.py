"""What documents are made of names nobody: steps, key points and reasons are masked, told-also lines left out."""

from dataclasses import replace

from servicestory.masking import Mask
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.wording.material import Material
from servicestory.wording.nameless import nameless
from servicestory.wording.steps import Cite, KeyPoint, Step

STAFF = Organisation(customer_word="client", staff=[{"name": "Ines Calder"}])
CITE = Cite("s1", "narrative", 0, 20)


def material(*steps: Step, customer: str = "client") -> Material:
    return Material(Practice(id="P-0001", name="Ring the client"), customer, steps, (), (), (CITE,))


def by_story(text: str, story: str) -> str:
    """A mask that knows one name from one story only, as names nobody recorded are known."""
    return text.replace("mrs kowalski", "a client") if story == "s1" else text


def test_a_name_in_a_step_a_key_point_or_a_reason_is_masked() -> None:
    point = KeyPoint("Ask mrs kowalski twice", "mrs kowalski hears badly", True, (CITE,))
    step = Step(
        "Ring mrs kowalski at 8",
        cites=(CITE,),
        key_points=(point,),
        why="mrs kowalski waits",
        told="mrs kowalski",
    )
    found = replace(material(step), besides=(step,), own_steps={"s1": (step,)})
    (made,) = nameless(found, by_story).steps
    assert made.text == "Ring the client at 8"
    assert (made.key_points[0].text, made.key_points[0].reason) == (
        "Ask the client twice",
        "the client hears badly",
    )
    assert "kowalski" not in repr(nameless(found, by_story))


def test_a_word_for_customers_may_hold_any_sign() -> None:
    def mask(text: str, story: str) -> str:
        return text.replace("mrs kowalski", "a guest (member") if story == "s1" else text

    (made,) = nameless(
        material(Step("Ring mrs kowalski", cites=(CITE,)), customer="guest (member"), mask
    ).steps
    assert made.text == "Ring the guest (member"


def test_how_others_told_a_step_is_left_out_where_it_names_somebody() -> None:
    step = Step(
        "Ring mrs kowalski",
        cites=(CITE,),
        ways=("Ring mrs kowalski at 8", "Ring the client", "Ring the client at home"),
    )
    (made,) = nameless(material(step), by_story).steps
    assert made.text == "Ring the client" and made.ways == ("Ring the client at home",)


def test_each_story_a_line_rests_on_is_asked_and_a_line_of_none_is_masked_as_well() -> None:
    other = Cite("s0", "narrative", 0, 9)
    twice = Step("Ring mrs kowalski", cites=(other, CITE))
    definition = Step("Hand over to Ines Calder", source="practice")
    mask = Mask(STAFF, ())

    def both(text: str, story: str) -> str:
        return by_story(mask(text, story), story)

    assert [step.text for step in nameless(material(twice, definition), both).steps] == [
        "Ring the client",
        "Hand over to a colleague",
    ]


def test_what_names_nobody_is_the_same_material() -> None:
    found = material(Step("Give a client the key", cites=(CITE,), ways=("Hand a client the key",)))
    assert replace(nameless(found, by_story), mask=found.mask) == found
