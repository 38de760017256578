"""Whose deed a practice's sentences tell: of whom they name, of everybody, or of the one the story names."""

import pytest

from servicestory.detect.house import House
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story

TEXT = "{} Special thanks to Ilka for the map."


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("All of their employees greet you by name.", 0),
        ("Every one of the nurses greets you by name.", 0),
        ("Everybody here greets you by name.", 0),
        ("All of their employees, Ilka above all, greet you by name.", 1),
        ("They greet you by name all day.", 1),
        ("She greets every guest by name.", 1),
    ],
)
def test_what_everybody_does_is_not_the_deed_of_the_one_a_text_thanks(line: str, credited: int) -> None:
    story = Story(id="s", narrative=TEXT.format(line), site="Quay")
    house = House.of([story], Organisation(), {"s": ["Ilka"]})
    seen, shared = house.of_practice({0: [line]})
    assert shared == 0
    assert len(seen.pairs["person"][0]) == credited
    assert bool(seen.says["person"][0]) is bool(credited)
    assert bool(house.says["person"][0])  # of the house as a whole the name stays


def test_who_is_on_record_did_it_with_all_others() -> None:
    line = "All of the nurses came with a cake."
    story = Story(id="s", narrative=line, people=["Ilka"])
    seen, _ = House.of([story], Organisation(), {}).of_practice({0: [line]})
    assert len(seen.pairs["person"][0]) == 1
