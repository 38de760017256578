"""Names of discovered practices."""

from servicestory.detect.naming import propose

SAID = [
    "She lent us her umbrella.",
    "They lent me an umbrella for the afternoon.",
    "The porter lent my mother an umbrella.",
]


def test_a_name_is_an_instruction_from_the_staffs_side() -> None:
    name = propose(SAID, ["umbrella", "lent"], "guest", [], set())
    assert name.startswith("Lend")
    assert "umbrella" in name
    assert not {"me", "us", "my"} & set(name.lower().split())


def test_names_are_unique() -> None:
    taken: set[str] = set()
    for _ in range(5):
        name = propose(SAID, ["umbrella", "lent"], "guest", [], taken)
        assert name.lower() not in taken
        taken.add(name.lower())


def test_without_an_instruction_the_telling_words_say_what_it_is_about() -> None:
    assert propose(["so kind"], ["umbrella", "rain"], "guest", [], set()) == (
        "Do as these stories tell: umbrella and rain"
    )
    assert propose([], [], "guest", [], set()) == "Do as these stories tell: what these stories tell"
