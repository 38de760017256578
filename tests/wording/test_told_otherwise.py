"""Deeds told with -ing, by everybody, without saying who, or of a relative: read where certain, else left out."""

import pytest

from servicestory.wording.instructions import instructions


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Thanks to our host for lending us an umbrella.", ["Lend the guest an umbrella"]),
        (
            "Kudos to the porter for carrying our bags and for walking us to the quay.",
            ["Carry the guest's bags", "Walk the guest to the quay"],
        ),
        ("It was calm, with the crew greeting you by name.", ["Greet the guest by name"]),
        (
            "They were kind all day, bringing us a lantern for the path.",
            ["Bring the guest a lantern for the path"],
        ),
        ("Everyone welcomed us at the gate.", ["Welcome the guest at the gate"]),
        ("Everyone booked the ferry early.", []),
        ("The boat fees were clearly explained.", ["Explain the boat fees"]),
        ("Warm milk was offered.", ["Offer warm milk"]),
        ("The lamps were offered for sale by a neighbour, and I was cold.", []),
        ("The lamp was brought to us.", ["Bring the lamp to the guest"]),
        ("Welcomed warmly by the waiter.", ["Welcome the guest warmly"]),
        ("We were greeted warmly and politely.", ["Greet the guest warmly"]),
        (
            "She rang us the morning after we arrived to ask if all was well.",
            ["Ring the guest the morning after arrival to ask if all is well"],
        ),
        ("They made sure we didn't need anything.", ["Ask if the guest needs anything"]),
        (
            "She called to ask if the night had been good.",
            ["Call the guest to ask if the night has been good"],
        ),
        ("They accommodated us with a folding cot.", ["Give the guest a folding cot"]),
        ("They were quiet, not telling us what it cost.", []),
        ("He was late, leaving us a lantern.", ["Leave the guest a lantern"]),
        ("We had hoped for the porter carrying our trunk.", []),
        ("All were lovely except for the keeper who kept telling us to hush.", []),
        ("She left without giving us a map.", []),
        ("It rained, giving us time to read.", []),
        ("They've given us a lantern.", ["Give the guest a lantern"]),
        ("He'd have carried our bags.", []),
        (
            "She phoned us before the feast and told us where on the list to look and what it costs.",
            ["Phone the guest before the feast and tell them where on the list to look"],
        ),
        ("Kofi walked Dad to his table.", ["Walk the guest to their table"]),
        (
            "My husband forgot his, so the porter lent him a pair of boots.",
            ["Lend the guest a pair of boots"],
        ),
        ("My sister was cold, so she gave her a rug.", []),
    ],
)
def test_told_and_wanted(told: str, wanted: list[str]) -> None:
    assert [line for line, _, _ in instructions(told, "guest")] == wanted


@pytest.mark.parametrize(
    "told",
    [
        "She explained the difference line by line.",
        "He helped us fix the problem.",
        "She told us about the heron on the way.",
        "She rang us to ask whether the lantern had lasted.",
        "They catered to our need of a lamp.",
        "She made the bed in 11 together with the trainee.",
        "He carried our bags to 14.",
    ],
)
def test_which_one_only_the_story_knows_gives_no_step(told: str) -> None:
    assert instructions(told, "guest") == []
