"""Where hardly anybody is named the sites rule one person out, unless people are seen at several of them."""

from collections import Counter
from collections.abc import Sequence

import pytest

from servicestory.detect.spread import spread
from servicestory.detect.verdict import verdict
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Verdict
from servicestory.models.story import Story
from tests.detect.simulator import simulate

HOUSE = Organisation()
REST = [
    Story(id=f"r{i:03d}", narrative="told", people=[f"q{i % 80}"], site=f"site {i % 40}", date="2025-Q1")
    for i in range(160)
]


def told(sites: Sequence[int], people: Sequence[str] = ()) -> list[Story]:
    """Stories at such sites; the first of them say who did it."""
    return [
        Story(
            id=f"s{i:02d}",
            narrative="told",
            people=[people[i]] if i < len(people) else [],
            site=f"site {site}",
            date="2025-Q1",
        )
        for i, site in enumerate(sites)
    ]


def judged(shows: Sequence[Story], rest: Sequence[Story] = REST) -> Verdict:
    found = spread({"p": [story.id for story in shows]}, [*shows, *rest], HOUSE)["p"]
    return verdict(found, HOUSE.verdict, HOUSE)


TEN_SITES = [*range(10), *range(10)]
FEW = [*"abcdefgh"]


def test_ten_sites_are_no_one_persons_though_eight_stories_say_who() -> None:
    """Eight that name eight people cannot rule out a star; twenty at ten sites can."""
    found = judged(told(TEN_SITES, FEW))
    assert found.criteria["no star"]["met"] is True
    assert found.criteria["no star"]["stories_of_one_site"] == 2
    assert found.criteria["decided_by"] == "wide: sites"
    at_one = judged(told([0] * 11 + [*range(1, 10)], FEW))
    assert at_one.criteria["no star"]["met"] is False


def test_the_habit_of_some_sites_needs_nobody_named() -> None:
    found = judged(told(TEN_SITES))
    assert (found.label, found.detail) == ("team habit", "of some sites")
    assert (
        "Who did it is not recorded, so at each of them it may be one person's or everybody's."
        in found.because
    )


def test_too_few_stories_to_tell_how_widely_are_called_that_though_few_say_who() -> None:
    """Twelve at ten of forty sites, seven of which say who: what is missing is stories, not names."""
    found = judged(told([*range(10), 0, 1], FEW[:7]))
    assert (found.label, found.detail) == ("not enough evidence", "too few stories to tell how widely")


def test_people_who_work_at_several_sites_silence_the_sites() -> None:
    """One of those who do it is told of at three sites; and in another house most people are."""
    one_roams = judged(told(TEN_SITES, ["a", "a", "a", *"bcdef"]))
    assert "stories_of_one_site" not in one_roams.criteria["no star"]
    moving = [s.model_copy(update={"site": f"site {i % 37}"}) for i, s in enumerate(REST)]
    assert "stories_of_one_site" not in judged(told(TEN_SITES, FEW), moving).criteria["no star"]


def test_stories_without_a_site_may_all_be_one_persons() -> None:
    shows = told(TEN_SITES, FEW)
    shows = [s.model_copy(update={"site": None}) if i > 11 else s for i, s in enumerate(shows)]
    assert judged(shows).criteria["no star"]["met"] is False


def test_the_house_is_said_of_few_names_only_where_sites_name_different_people() -> None:
    """Sixty stories at thirty sites, sixteen say who, two each at eight sites: of one person there, or of two."""
    sites = [i // 2 for i in range(16)] + [i % 40 for i in range(8, 68)]
    two = judged(told(sites, [f"p{i}" for i in range(16)]))
    assert two.label == "systemic"
    assert "at all 8 sites where two of its stories or more say who did it, they name different people" in (
        two.because
    )
    one = judged(told(sites, [f"p{i // 2}" for i in range(16)]))
    assert one.label == "not enough evidence"
    assert one.criteria["most say who"]["met"] is False
    few = judged(told(sites, ["a", "b", "c", "d"] * 4))  # "different people" would tell that there are two
    assert "sites_differ" not in few.criteria["most say who"]


@pytest.mark.parametrize(("kind", "never"), [("systemic", "star-dependent"), ("one star", "systemic")])
@pytest.mark.parametrize("roaming", [False, True])
def test_houses_whose_stories_seldom_say_who_are_not_called_what_they_are_not(
    kind: str, never: str, roaming: bool
) -> None:
    labels: Counter[str] = Counter()
    for i in range(40):
        house = simulate(kind, 100, 500 + i, said=0.25, roaming=roaming)
        found = spread({"p": house.evidence}, house.stories, house.organisation)["p"]
        labels[verdict(found, house.organisation.verdict, house.organisation).label] += 1
    assert labels[never] <= 2
    if kind == "one star":
        assert labels["star-dependent"] >= 30
