"""Everything said of a practice agrees with the parts it is made of; small groups are not counted out."""

from servicestory.detect.contrast import contrast
from servicestory.detect.judged import judge
from servicestory.models.organisation import Organisation, Privacy, Site
from servicestory.models.story import Rating, Story

STORIES = [
    Story.model_validate(
        {
            "id": f"s{i:02d}",
            "date": f"2026-{1 + i % 9:02d}-03",
            "narrative": "Somebody did something.",
            "site": f"site {i % 4}",
            "people": [] if i % 5 == 0 else [f"person {i % 7}"],
            "recovery": i < 4,
            "rule_bent": "a rule" if i == 2 else None,
            "ratings": [Rating(value=4 + i % 2, of=5)],
        }
    )
    for i in range(60)
]
SHOWS = [story.id for story in STORIES[:20]]
HOUSE = Organisation(sites=[Site(name=f"site {i}") for i in range(6)])


def test_the_figures_are_those_of_the_parts() -> None:
    against = contrast(20, 60, 1, 40)
    assert against
    one = judge({"P-0001": SHOWS}, STORIES, HOUSE, contrasts={"P-0001": against})["P-0001"]
    figures = one.verdict.figures
    assert (figures["stories"], figures["of"], figures["sites"], figures["of_sites"]) == (20, 60, 4, 6)
    assert figures["people"] == one.spread.people == 7
    assert (figures["put_right"], figures["heroic"]) == (4, 1) == (one.put_right, one.heroic)
    assert (figures["rated"], figures["others_rated"]) == (20, 40)
    assert figures["contrast"]["says"] == "told of what delights"
    assert one.level == ("leading" if one.verdict.label in ("systemic", "spreading") else "promising")


def test_suggested_people_are_counted_and_marked() -> None:
    suggested = {story.id: ["Torvald"] for story in STORIES if not story.people}
    one = judge({"p": SHOWS}, STORIES, HOUSE, suggested=suggested)["p"]
    assert one.spread.people_from_text == 4
    assert one.verdict.figures["people"] == 7 + one.verdict.figures["people_suggested"]
    assert one.spread.people_suggested == 4  # the same first name at four sites: four people
    assert "was only read in the text" in one.verdict.because


def test_a_small_house_does_not_count_its_people_out() -> None:
    house = HOUSE.model_copy(update={"privacy": Privacy(smallest_group=8)})
    assert "people" not in judge({"p": SHOWS}, STORIES, house)["p"].verdict.figures
