"""A verdict that one story would tip says that it is close."""

from servicestory.detect.spread import spread
from servicestory.detect.verdict import verdict
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story

HOUSE = Organisation()


def told(who: list[str], site: str = "mill", quarter: int = 1) -> list[Story]:
    return [
        Story(
            id=f"{site}-{quarter}-{i:03d}",
            narrative="told",
            people=[name],
            site=f"{site} {i % 30}",
            date=f"2025-Q{1 + (i + quarter) % 4}",
        )
        for i, name in enumerate(who)
    ]


REST = told([f"p{i % 30}" for i in range(180)], "mill", 2)


def because(shows: list[Story]) -> tuple[str, str]:
    found = spread({"p": [s.id for s in shows]}, REST + shows, HOUSE)["p"]
    said = verdict(found, HOUSE.verdict, HOUSE)
    return said.label, said.because


def test_a_star_of_eight_stories_is_close_and_of_thirty_is_not() -> None:
    label, said = because(told(["p1"] * 7 + ["p2"]))
    assert label == "star-dependent" and "It is close: with one story fewer it would not have the 8" in said
    label, said = because(told(["p1"] * 24 + [f"p{i}" for i in range(2, 8)]))
    assert label == "star-dependent" and "It is close" not in said


def test_a_star_whose_share_one_story_of_others_ends_is_close() -> None:
    label, said = because(told(["p1"] * 10 + [f"p{i}" for i in range(2, 12)]))
    assert label == "star-dependent"
    assert "It is close: with one more story of anybody else, less than 50% would be of this person." in said


def test_a_habit_that_rests_on_a_place_told_of_twice_is_close() -> None:
    def at(counts: dict[int, int]) -> list[Story]:
        rows = [site for site, n in counts.items() for _ in range(n)]
        return [
            s.model_copy(update={"site": f"mill {site}", "id": f"at-{i:03d}"})
            for i, (site, s) in enumerate(zip(rows, told([f"p{i}" for i in range(len(rows))]), strict=True))
        ]

    once = dict.fromkeys(range(3, 8), 1)
    close = because(at({0: 3, 1: 3, 2: 2, **once}))
    wide = because(at({0: 6, 1: 6, 2: 6, **once}))
    assert close[0] == wide[0] == "team habit"
    tips = (
        "It is close: with one story fewer of a place told of twice, it could not be called a habit of these."
    )
    assert tips in close[1] and "It is close" not in wide[1]
