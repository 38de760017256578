"""Site by site against the other sites; silence of a site that tells little is not absence."""

from servicestory.detect.consistency import Sites, consistency
from servicestory.models.organisation import Organisation, Site
from servicestory.models.story import Story
from tests.detect.conftest import one_silent_site


def house() -> tuple[list[Story], list[str]]:
    """Three usual sites (10 of 50 each), one that always does it, one that never does, one that hardly tells."""
    stories, shows = [], []
    for site, told, seen in [
        ("Alder", 50, 10), ("Birch", 50, 10), ("Cedar", 50, 10), ("Elm", 50, 40), ("Fir", 50, 0), ("Gorse", 2, 0),
    ]:  # fmt: skip
        for i in range(told):
            stories.append(Story(id=f"{site}-{i}", narrative="told", site=site if i % 2 else site.upper()))
            if i < seen:
                shows.append(f"{site}-{i}")
    return [*stories, Story(id="x", narrative="told")], shows


def test_each_site_is_compared_with_the_others() -> None:
    stories, shows = house()
    organisation = Organisation(sites=[Site(name="Hazel"), Site(name="Elm")])
    found = {one.site.casefold(): one for one in consistency(shows, Sites.of(stories, organisation))}
    assert list(found) == ["alder", "birch", "cedar", "elm", "fir", "gorse", "hazel"]
    assert {name: one.state for name, one in found.items()} == {
        "alder": "as often as elsewhere",
        "birch": "as often as elsewhere",
        "cedar": "as often as elsewhere",
        "elm": "more often",
        "fir": "less often",
        "gorse": "too few stories to tell",
        "hazel": "no stories",
    }
    assert found["elm"].site == "Elm"
    assert (found["elm"].seen, found["elm"].told) == (40, 50)
    assert round(found["elm"].expected, 2) == 7.43  # 30 of the 202 stories elsewhere
    assert found["elm"].low < 0.8 < found["elm"].high
    assert (found["hazel"].low, found["hazel"].high) == (0.0, 1.0)


def test_one_of_two_stories_is_not_as_often_as_elsewhere() -> None:
    stories, shows = house()
    few = [Story(id=f"Iris-{i}", narrative="told", site="Iris") for i in range(2)]
    found = {
        one.site.casefold(): one.state
        for one in consistency([*shows, "Iris-0"], Sites.of([*stories, *few], Organisation()))
    }
    assert found["iris"] == "seen, too few stories to compare"
    assert found["alder"] == "as often as elsewhere"


def test_not_seen_is_never_as_often_as_elsewhere() -> None:
    """Thirty silent sites: one of them by chance is no finding, though its stories alone would be."""
    stories, shows = one_silent_site(30, 30, 3)
    found = consistency(shows, Sites.of(stories, Organisation()))
    assert {one.state for one in found if not one.seen} == {"too few stories to tell"}
    assert {one.state for one in found if one.seen} == {"as often as elsewhere"}


def test_a_silent_site_of_many_stories_is_perhaps_less_often() -> None:
    """0 of 80 where 6 are usual: alone hardly chance, among forty sites not beyond it; never "too few stories"."""
    stories, shows = one_silent_site(40, 80, 6)
    found = consistency(shows, Sites.of(stories, Organisation()))
    assert [one.state for one in found if not one.seen] == ["perhaps less often"]


def test_a_single_story_is_no_rate_however_unlikely() -> None:
    stories = [Story(id=f"a{i}", narrative="told", site="Alder") for i in range(400)]
    stories.append(Story(id="b", narrative="told", site="Birch"))
    _, birch = consistency(["b"], Sites.of(stories, Organisation()))
    assert birch.state == "seen, too few stories to compare"
    two = [*stories, Story(id="c", narrative="told", site="Birch")]
    assert consistency(["b", "c"], Sites.of(two, Organisation()))[1].state == "more often"


def test_one_site_has_nothing_to_be_compared_with() -> None:
    stories = [Story(id=f"s{i}", narrative="told", site="Alder") for i in range(9)]
    (only,) = consistency(["s1", "s2"], Sites.of(stories, Organisation()))
    assert only.state == "as often as elsewhere"
    assert consistency([], Sites.of([Story(id="a", narrative="told")], Organisation())) == []


def test_the_order_of_the_stories_changes_nothing() -> None:
    stories, shows = house()
    assert consistency(shows[::-1], Sites.of(stories[::-1], Organisation())) == consistency(
        shows, Sites.of(stories, Organisation())
    )
