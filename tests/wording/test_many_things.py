"""What each story gives, lends or rings is named as examples, and never one of them for all."""

import pytest

from servicestory.wording.many_things import by_name, each_another, given


@pytest.mark.parametrize(
    ("line", "ways", "made"),
    [
        (
            "Bring the guest a blanket",
            ["Bring the guest a chair from the hall"],
            "Bring the guest what fits, for example a blanket or a chair",
        ),
        ("Phone the station", ["Ring the museum until it is found"], "Phone the station or the museum"),
        ("Phone the station", ["Write the museum a card"], None),
        ("Greet the guest", ["Greet the gardener"], None),
        ("Show the guest how to fold it", ["Show the guest how to pay"], None),
        ("Call the depot", ["Call the depot from the boat"], None),
    ],
)
def test_each_another(line: str, ways: list[str], made: str | None) -> None:
    assert each_another(line, ways, "guest") == made


def test_what_is_lent_is_named_without_how_long() -> None:
    found = given("Lend the guest one of your bowls until the shop opens")
    assert found and (found.kind, found.thing) == ("lend", "one of your bowls")
    assert given("Lend a hand") is None


def test_what_all_are_said_to_be_is_said_once() -> None:
    things = ["a free dessert", "free drinks", "a free coffee"]
    assert by_name(things, True) == "something free, for example a dessert, drinks or a coffee"
