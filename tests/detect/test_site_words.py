"""Site by site in words: most stories of it first, nothing ranked, what is not known said as such."""

from pytest import CaptureFixture

from servicestory.cli.verdict import show_sites
from servicestory.detect.consistency import Sites, consistency
from servicestory.detect.site_words import in_short, left_out, shown_by, sites
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from tests.detect.conftest import one_silent_site


def test_of_sites_where_as_many_show_it_those_with_most_stories_are_named_first() -> None:
    stories = [
        Story(id=f"{site}-{i}", narrative="told", site=f"site {site:02}")
        for site in range(30)
        for i in range(1 + site % 3)
    ]
    shows = [story.id for story in stories if story.id.endswith("-0")]
    (line,) = (places for _, places in sites(consistency(shows, Sites.of(stories, Organisation()))))
    assert line.startswith("site 02 1 of 3 (1–91%), site 05 1 of 3 (1–91%)")
    assert line.endswith("and 26 more (all with --json)")


def test_sites_of_which_nothing_is_known_are_counted_and_not_listed() -> None:
    stories = [
        Story(id=f"{site}-{i}", narrative="told", site=f"site {site}") for site in range(30) for i in (0, 1)
    ]
    found = consistency(["3-0"], Sites.of(stories, Organisation()))
    unseen = (
        "Not seen, which may be chance (it is told of too seldom, or too little is told there): nobody can say "
        "it is not done",
        "29 sites",
    )
    seen = ("Seen, but too seldom to say if more or less than elsewhere", "site 3 1 of 2 (1–99%)")
    assert sites(found) == [seen, unseen]


def test_of_few_stories_only_where_it_was_seen_is_told() -> None:
    """One story of 40 at the site with most stories: it is the practice that has few, not the site."""
    stories = [Story(id=f"a{i}", narrative="told", site="Alder") for i in range(400)]
    stories += [Story(id=f"b{i}", narrative="told", site="Birch") for i in range(8)]
    found = consistency(["a1", "b1", "b2"], Sites.of(stories, Organisation()))
    assert "more often" in {one.state for one in found}
    assert sites(found, few=True) == [
        ("Seen at (too few stories of it to compare the sites)", "Birch 2 of 8, Alder 1 of 400")
    ]


def test_of_many_sites_those_that_differ_are_named_and_every_site_is_counted_once() -> None:
    """Forty sites alike, one that always does it, one that never does, one of which nothing is told."""
    stories = [
        Story(id=f"{site}-{i}", narrative="told", site=f"site {site:02}")
        for site in range(42)
        for i in range(60)
    ]
    shows = [f"{site}-{i}" for site in range(40) for i in range(12)]
    shows += [f"40-{i}" for i in range(60)]
    listed = Organisation.model_validate({"sites": [{"name": "site 42"}]})
    found = consistency(shows, Sites.of(stories, listed))
    assert in_short(found) == (
        ("seen, no difference from elsewhere shown", "40"),
        ("seen more often", "site 40 60 of 60"),
        ("seen less often, or not at all", "site 41 0 of 60"),
        ("not seen, which may be chance", "0"),
        ("no story of any kind", "1"),
    )


def test_a_site_that_may_differ_by_chance_is_counted_apart() -> None:
    stories, shows = one_silent_site(40, 80, 6)
    found = consistency(shows, Sites.of(stories, Organisation()))
    assert ("Seen less often than elsewhere, or not at all, but among so many sites that may still be chance",
            "site 0 0 of 80 (at most 5%)") in sites(found)  # fmt: skip
    assert dict(in_short(found))["seen less often, or not at all"] == "perhaps 1"


def shown_in(*scores: float | None) -> Practice:
    evidence = [Evidence(story=f"s-{n}", start=0, end=4, score=score) for n, score in enumerate(scores)]
    return Practice(id="P-0001", name="Walk along", evidence=evidence)


def test_of_few_stories_only_those_that_surely_show_it_name_a_site() -> None:
    assert shown_by(shown_in(0.9, 0.1, None)) == ["s-0", "s-2"]
    assert shown_by(shown_in(0.1, 0.1)) == []
    assert len(shown_by(shown_in(*[0.9] * 7, 0.1))) == 8  # among many a doubtful one weighs little
    assert shown_by(shown_in(*[0.1] * 9)) == []


def test_doubtful_places_alone_say_of_no_site_that_it_was_seen_there(capsys: CaptureFixture[str]) -> None:
    stories = [Story(id=f"s-{n}", narrative="told", site=f"site {n}") for n in range(3)]
    for doubtful in (shown_in(0.1, 0.1), shown_in(0.1)):
        show_sites(consistency(shown_by(doubtful), Sites.of(stories, Organisation())), doubtful)
    assert capsys.readouterr().out == ""
    sure = shown_in(0.9, 0.9)
    show_sites(consistency(shown_by(sure), Sites.of(stories, Organisation())), sure)
    assert "Seen at" in capsys.readouterr().out


def test_it_is_told_which_stories_no_site_counts(capsys: CaptureFixture[str]) -> None:
    """Six stories: two doubtful ones and one that says no place are in no site's figures."""
    stories = [
        Story(id=f"s-{n}", narrative="told", site=f"site {n % 2}" if n < 5 else None) for n in range(6)
    ]
    few = shown_in(0.9, 0.9, 0.9, 0.1, 0.1, 0.9)
    found = consistency(shown_by(few), Sites.of(stories, Organisation()))
    assert sum(one.seen for one in found) == 3
    assert left_out(found, few) == "; without the 2 doubtful ones and 1 story that does not say where"
    show_sites(found, few)
    said = capsys.readouterr().out
    assert "(stories that show it of stories told; without the 2 doubtful ones and 1 story that" in said
    assert "in brackets" not in said  # of so few no share is given
    sure = shown_in(0.9, 0.9, 0.9)
    assert left_out(consistency(shown_by(sure), Sites.of(stories, Organisation())), sure) == ""
