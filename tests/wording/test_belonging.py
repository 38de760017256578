"""A deed told in the same sentence may belong to another practice; it is no step of this one then."""

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.belonging import belonging
from servicestory.wording.material import Material, gather

GREET = CodebookEntry(
    key="greet",
    name="Greet everybody at the gate",
    definition="Staff greet or welcome whoever arrives.",
    cues=["said hello"],
)
BAGS = CodebookEntry(
    key="bags",
    name="Carry bags and trunks",
    definition="Staff carry, store or watch bags.",
    include=["a trunk"],
)
BRING = CodebookEntry(
    key="bring", name="Bring or lend what is missing", definition="Staff bring what is needed."
)
BOOK = {entry.key: entry for entry in (GREET, BAGS, BRING)}


def made(text: str, definition: str | None, stories: int, name: str) -> Material:
    told = {f"s{n}": Story(id=f"s{n}", narrative=text) for n in range(stories)}
    evidence = [Evidence(story=key, start=0, end=len(text)) for key in told]
    practice = Practice(id="P-0001", name=name, definition=definition, evidence=evidence)
    return gather(practice, told, Organisation(customer_word="guest"), BOOK)


def steps(text: str, definition: str | None = "greet", stories: int = 1, name: str = GREET.name) -> list[str]:
    return [s.text for s in made(text, definition, stories, name).steps if s.source == "stories"]


def deeds(text: str) -> list[str]:
    """What is taken for the practice's own, whether it is a step or evidence of a line of the codebook."""
    return [line for lines in made(text, "greet", 1, GREET.name).own.values() for line in lines]


def test_what_another_practice_claims_is_left_out() -> None:
    assert deeds("She greeted us by name and carried our trunk up.") == ["Greet the guest by name"]
    assert deeds("He carried our trunk up the stairs.") == []  # found for it, and yet another's


def test_what_nobody_claims_stays_only_where_the_place_was_found_for_it() -> None:
    assert deeds("He lit a lantern for us.") == ["Light a lantern for the guest"]
    assert deeds("She greeted us by name and lit a lantern for us.") == ["Greet the guest by name"]


def test_any_object_will_do_where_the_name_says_so() -> None:
    both = "They brought us a lantern and, when it rained, walked us to the gate."
    assert steps(both, "bring", name=BRING.name) == ["Bring the guest a lantern"]


def test_what_many_of_its_stories_tell_is_its_own() -> None:
    evidence = [Evidence(story=f"s{n}", start=0, end=9) for n in range(9)]
    home = belonging(Practice(id="P-0001", name="Cross the water", evidence=evidence), {})
    line = "Sing to the guest"
    assert not home.holds(line, mostly=True)
    assert not home.with_acts_of((line, f"s{n}") for n in range(2)).holds(line, mostly=False)
    assert home.with_acts_of((line, f"s{n}") for n in range(3)).holds(line, mostly=False)


def test_a_practice_found_in_many_stories_is_the_act_of_its_name() -> None:
    many = "She washed our boots and lit a lantern for us."
    assert steps(many, None, 2, "Wash the boots") == [
        "Wash the guest's boots",
        "Light a lantern for the guest",
    ]
    stories = {f"s{n}": Story(id=f"s{n}", narrative="She washed our boots.") for n in range(9)}
    stories["x"] = Story(id="x", narrative=many)
    evidence = [Evidence(story=key, start=0, end=len(s.narrative)) for key, s in stories.items()]
    practice = Practice(id="P-0001", name="Wash the boots", evidence=evidence)
    told = gather(practice, stories, Organisation(customer_word="guest"), BOOK)
    assert {s.text.split()[0] for s in told.steps} == {"Wash"}


def test_less_than_the_name_is_no_step_but_evidence_of_the_whole() -> None:
    told = "She greeted us."
    stories = {f"s{n}": Story(id=f"s{n}", narrative=told) for n in range(4)}
    evidence = [Evidence(story=key, start=0, end=len(told)) for key in stories]
    practice = Practice(
        id="P-0001", name="Greet everybody at the gate", definition="greet", evidence=evidence
    )
    entry = GREET.model_copy(update={"behaviour_statement": "We greet whoever comes through the gate."})
    found = gather(practice, stories, Organisation(customer_word="guest"), {**BOOK, "greet": entry})
    assert [(s.source, s.stories) for s in found.steps] == [("definition", 4)]
    home = belonging(practice, BOOK)
    assert not home.says_more("Greet the guest") and home.says_more("Greet the guest by name")
