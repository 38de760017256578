"""Any deed of a colleague is a step, whatever the trade and its verbs; what is refused is refused for what it means."""

import pytest

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Customer, Reporter, Source, Story
from servicestory.wording.instructions import instructions
from servicestory.wording.material import gather
from servicestory.wording.speaker import told_by
from servicestory.wording.standing import standing

NAMES = ("nadia", "bruno", "ruth", "mehmet", "amsel")


def steps(told: str, people: tuple[str, ...] = NAMES) -> list[str]:
    """The steps of what was told here, as the documents print them."""
    teller = told_by(Story(id="s", narrative=told))
    read = instructions(told, "customer", people, told=teller)
    return [line for said, a, b in read if (line := standing(said, told, a, b, "customer", (), True))]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            "She bent the temple a little and set the glasses straight again.",
            ["Bend the temple a little", "Set the glasses straight"],
        ),
        (
            "He measured my eyes once more free of charge because the new glasses gave me headaches.",
            ["Measure the customer's eyes once more free of charge"],
        ),
        ("Nadia tightened the loose screw while the customer waited.", ["Tighten the loose screw while the customer waits"]),
        ("The nose pads were replaced without a word about money.", ["Replace the nose pads without a word about money"]),
        ("My daughter's bell was swapped for a new one.", ["Swap the customer's daughter's bell for a new one"]),
        (
            "The mechanic showed me how to patch a tube myself.",
            ["Show the customer how to patch a tube themselves"],
        ),
        ("Dr Amsel weighed the cat on her owner's lap.", ["Weigh the customer's cat on their lap"]),
        ("The vet's assistant trimmed the claws while the owner fed treats.", ["Trim the claws"]),
        ("The pharmacist compared all my tablets.", ["Compare all the customer's tablets"]),
        ("Our courier brought the insulin to the woman's door.", ["Bring the insulin to the customer's door"]),
        ("I explained the inhaler to the boy with a toy.", ["Explain the inhaler to the customer with a toy"]),
        ("Our adviser drew the two loans side by side on one sheet.", ["Draw the loans side by side on one sheet"]),
        ("The teller cancelled the wrong transfer before it left the bank.", ["Cancel the wrong transfer before it leaves the bank"]),
        (
            "He installed the driver remotely and tested the printer with one page.",
            ["Install the driver remotely", "Test the printer with one page"],
        ),
        ("Ruth taped the torn page and put the book back on the shelf.", ["Tape the torn page", "Put the book back on the shelf"]),
        ("We drove the widow home after the burial.", ["Drive the customer home after the burial"]),
        (
            "He shut off the water and bled the radiators in every room.",
            ["Shut off the water", "Bleed the radiators in every room"],
        ),
        (
            "The tax adviser spread the receipts out on the table and sorted them with me.",
            ["Spread the receipts out on the table and sort them with the customer"],
        ),
        ("The deadline was extended by our secretary before the client asked.", ["Extend the deadline"]),
        ("He numbed the gum with a gel first.", ["Numb the gum with a gel first"]),
        ("They recalculated the tax and x-rayed the pipe.", ["Recalculate the tax", "X-ray the pipe"]),
        ("The receipts were sorted by month.", ["Sort the receipts by month"]),
        ("Bruno saw that the brake cable was frayed, replaced it and smiled.", ["Replace the brake cable"]),
        (
            "Bruno lent him a city bike and wrote the lock code on his hand.",
            ["Lend the customer a city bike", "Write the lock code on the customer's hand"],
        ),
        ("I lent the widow our trike.", ["Lend the customer your trike"]),
        # "we" of the house are those who do it
        ("I told the client what we had done.", ["Tell the customer what you have done"]),
        ("Nadia showed the tenant where we keep the spare keys.", ["Show the customer where you keep the spare keys"]),
        # a thing is in the pictures, not in the customer
        ("Bruno took photos of the floor with a rule in them.", ["Take photos of the floor with a rule in them"]),
        # his own boots, his own tools
        (
            "Bruno left his boots at the door and carried in his tools.",
            ["Leave your boots at the door", "Carry in your tools"],
        ),
        (
            "Nadia left her shoes outside and unpacked her tools.",
            ["Leave your shoes outside", "Unpack your tools"],
        ),
        ("Ruth excused humbly for the delay.", ["Apologise humbly for the delay"]),
    ],
)  # fmt: skip
def test_a_deed_of_any_trade_is_a_step(told: str, wanted: list[str]) -> None:
    assert steps(told) == wanted


@pytest.mark.parametrize(
    "told",
    [
        "The optician was very friendly and patient.",  # praise
        "I brought my bike in on a Monday.",  # the customer's own doing
        "The owner fed the cat at home.",
        "A lady came in. She thanked us and paid for her glasses.",
        "He tried to fix the wheel but could not.",  # not done
        "They should have checked the dose.",
        "The clerk promised to send the form.",
        "He was going to mail me the certificate.",
        "Nobody cleaned the lenses.",
        "The technician broke my screen.",  # harm
        "They mixed up my tablets.",
        "He sold me the wrong size.",
        "She cancelled my appointment.",
        "My bag was stolen.",
        "The library was closed.",  # how it was
        "The glasses were taken by another customer.",
        "Nadia wanted to see how far up he holds the lamp.",  # whose doing is unclear
        "I showed the pupil how to clean and oil it.",  # half a deed
    ],
)
def test_what_is_no_deed_of_a_colleague_gives_nothing(told: str) -> None:
    assert steps(told) == []


def test_whose_i_it_is() -> None:
    def teller(text: str, role: str | None = None, **more: object) -> str:
        reporter = Reporter(role=role) if role else None
        return told_by(Story.model_validate({"id": "s", "narrative": text, "reporter": reporter, **more}))

    assert teller("I lent the old lady a frame.") == "staff"
    assert teller("I lent him a frame.") == "here"  # nobody says who he is
    assert teller("I bought a frame. The lady gave me a cloth.") == "here"
    assert teller("I wrapped the rabbit in a towel.", "vet nurse") == "staff"
    assert teller("I wrapped the rabbit in a towel.", "customer") == "here"
    assert teller("I read the slip with her.", "colleague", customer=Customer(kind="internal")) == "here"
    assert teller("I lent the old lady a frame.", source=Source(record="7")) == "elsewhere"


def documents(*told: str, status: str) -> list[str]:
    house = Organisation(organisation="Rim and Spoke", customer_word="customer")
    stories = {f"s{n}": Story(id=f"s{n}", narrative=t, people=["Bruno", "Nadia"]) for n, t in enumerate(told)}
    places = [Evidence(story=k, start=0, end=len(s.narrative)) for k, s in stories.items()]
    practice = Practice(id="P-0001", name="Look at what nobody asked about", status=status, evidence=places)
    return [step.text for step in gather(practice, stories, house).steps]


def test_the_deed_of_a_place_people_accepted_is_the_practices_though_no_word_is_shared() -> None:
    told = (
        "Nadia greased the pedal.",
        "Bruno trued the back wheel.",
        "Nadia tightened the front brake.",
        "Bruno pumped up both tyres.",
    )
    assert {"Grease the pedal", "True the back wheel"} <= set(documents(*told, status="accepted"))
    assert documents(*told, status="candidate") == []
