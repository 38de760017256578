"""Evidence levels, and figures to choose by that agree with scipy's own interval."""

import numpy as np
import pytest
from scipy import stats

from servicestory.detect.contrast import contrast
from servicestory.detect.priority import Impact, evidence_level, impact, ratings_of
from servicestory.detect.spread import spread
from servicestory.detect.spread_words import worth_of
from servicestory.models.organisation import Organisation, Site
from servicestory.models.practice import level_in_short, level_said
from servicestory.models.story import Rating, Story

DELIGHTS, ANYWAY = contrast(30, 60, 3, 60), contrast(200, 400, 190, 400)


@pytest.mark.parametrize(
    ("label", "against", "moved", "level"),
    [
        ("random act", DELIGHTS, True, "emerging"),
        ("star-dependent", DELIGHTS, True, "emerging"),
        ("not enough evidence", None, False, "emerging"),
        ("team habit", DELIGHTS, True, "promising"),
        ("systemic", None, False, "promising"),
        ("systemic", ANYWAY, False, "promising"),
        ("spreading", DELIGHTS, False, "leading"),
        ("systemic", None, True, "leading"),
        ("systemic", ANYWAY, True, "leading"),
        ("systemic", DELIGHTS, True, "best"),
    ],
)
def test_levels(label: str, against: object, moved: bool, level: str) -> None:
    assert evidence_level(label, against, moved) == level  # type: ignore[arg-type]


def test_rating_beside_the_others() -> None:
    rng = np.random.default_rng(3)
    values = rng.integers(3, 6, size=40)
    stories = [
        Story(id=f"s{i:02d}", narrative="told", site=f"site {i % 4}", ratings=[Rating(value=float(v), of=5)])
        for i, v in enumerate(values)
    ]
    evidence = [story.id for story in stories[:12] if story.site != "site 3"]
    house = Organisation(sites=[Site(name=f"site {i}") for i in range(6)])
    found = impact(evidence, ratings_of(stories), spread({"p": evidence}, stories, house)["p"])
    mine = [v / 5 for i, v in enumerate(values) if f"s{i:02d}" in evidence]
    others = [v / 5 for i, v in enumerate(values) if f"s{i:02d}" not in evidence]
    expected = stats.ttest_ind(mine, others, equal_var=False).confidence_interval()
    assert found.rating == pytest.approx(np.mean(mine) - np.mean(others))
    assert (found.rating_low, found.rating_high) == pytest.approx((expected.low, expected.high))
    assert found.rated == (9, 31)
    assert found.often == (9, 40)
    assert (found.sites_without, found.sites) == (3, 6)


def test_too_few_ratings_say_nothing_and_equal_ones_have_no_interval() -> None:
    plain = [Story(id=f"s{i}", narrative="told") for i in range(10)]
    rated = [s.model_copy(update={"ratings": [Rating(value=5, of=5)]}) for s in plain]
    ids = [story.id for story in plain[:5]]
    house = Organisation()
    none = impact(ids, ratings_of(plain), spread({"p": ids}, plain, house)["p"])
    assert (none.rating, none.rated) == (None, (0, 0))
    same = impact(ids, ratings_of(rated), spread({"p": ids}, rated, house)["p"])
    assert (same.rating, same.rating_low, same.rating_high) == (0.0, 0.0, 0.0)
    assert same.alike == "all 10 ratings are alike, so nothing can be said of what it moves"
    assert same.alike in worth_of(same, "promising", "systemic")
    assert not none.alike and "too few ratings" in worth_of(none, "promising", "systemic")
    tenths = [s.model_copy(update={"ratings": [Rating(value=v, of=o)]}) for s, v, o in zip(
        plain, [4.5, 9] * 5, [5, 10] * 5, strict=True
    )]  # fmt: skip
    assert impact(ids, ratings_of(tenths), spread({"p": ids}, tenths, house)["p"]).alike
    tenths[9] = tenths[9].model_copy(update={"ratings": [Rating(value=1, of=10)]})
    assert not impact(ids, ratings_of(tenths), spread({"p": ids}, tenths, house)["p"]).alike


def test_a_few_stories_of_the_best_mark_are_not_taken_to_vary_by_nothing() -> None:
    """Twelve of 12 rated 5, of the others one in three a point lower: chance makes that now and then."""
    marks = [5.0] * 12 + [5.0, 5.0, 4.0] * 10
    stories = [
        Story(id=f"s{i:02d}", narrative="told", ratings=[Rating(value=v, of=5)]) for i, v in enumerate(marks)
    ]
    ids = [story.id for story in stories[:12]]
    found = impact(ids, ratings_of(stories), spread({"p": ids}, stories, Organisation())["p"])
    pooled = np.var(marks[12:]) * 30 / 40
    reach = stats.t.ppf(0.975, 40) * np.sqrt(pooled * (1 / 12 + 1 / 30))
    assert (found.rating_low, found.rating_high) == pytest.approx(((1 / 3 - reach) / 5, (1 / 3 + reach) / 5))
    assert found.rating_low is not None and found.rating_low > 0  # by chance alone in 3 of 100
    few = [*ids[:5]]
    fewer = impact(few, ratings_of(stories), spread({"p": few}, stories, Organisation())["p"])
    assert fewer.rating_low is not None and fewer.rating_low < 0 and not fewer.moves
    assert "its ratings differ from the others by no more than chance (+5 of 100 points" in worth_of(
        fewer, "promising", "systemic"
    )
    assert "evel of evidence" not in worth_of(found, "", "systemic")  # a page that says it elsewhere
    assert "7 points of 100 higher than the others" in worth_of(found, "promising", "systemic")


def test_a_level_is_not_told_against_the_verdict() -> None:
    assert level_said("promising", "systemic") == "promising"
    assert level_in_short("emerging", "not enough evidence") == "level of evidence: emerging"
    said = level_said("promising", "not enough evidence")
    assert said.startswith("promising, ") and "too little is known of who does it" in said
    assert level_in_short("promising", "not enough evidence") == "promising all the same"


def test_the_order_is_how_often_times_how_much_times_how_widely() -> None:
    def figures(seen: int, low: float | None, gain: float | None, without: int) -> Impact:
        return Impact((seen, 100), 0, 1, gain, low, gain, (20, 80), without, 10)

    moves, rare, everywhere = figures(20, 0.05, 0.1, 5), figures(5, 0.05, 0.1, 5), figures(20, 0.05, 0.1, 0)
    by_chance, unrated = figures(40, -0.1, 0.2, 5), figures(30, None, None, 5)
    ordered = sorted([unrated, everywhere, rare, by_chance, moves], key=lambda i: i.order, reverse=True)
    assert ordered == [moves, rare, by_chance, unrated, everywhere]
    assert moves.order[1] == pytest.approx(0.2 * 0.1 * 0.5)


def test_what_is_wide_though_nobody_is_named_is_promising() -> None:
    assert evidence_level("not enough evidence", None, False, broad=True) == "promising"
    assert evidence_level("star-dependent", None, False, broad=True) == "emerging"


def test_a_story_without_a_site_is_no_site_unseen() -> None:
    def told(*sites: str | None) -> str:
        stories = [Story(id=f"s{i}", narrative="told", site=site) for i, site in enumerate(sites)]
        shown = [story.id for story in stories if story.site != "Pier" or sites.count("Pier") > 1]
        house = Organisation(sites=[Site(name="Quay"), Site(name="Pier")])
        return worth_of(impact(shown, {}, spread({"p": shown}, stories, house)["p"]), "promising", "systemic")

    assert "its stories do not say where" in told(*[None] * 8)
    assert "not been seen" not in told(*[None] * 8)
    assert "not been seen at 1 of 2 sites (1 story does not say where)" in told(*["Quay"] * 7, None, "Pier")
    assert "not been seen at 1 of 2 sites." in told(*["Quay"] * 8, "Pier")
    assert "seen at every site" in told("Quay", "Pier", "Pier", None)


def test_of_a_few_stories_it_is_not_said_at_how_many_sites_they_are_not_seen() -> None:
    stories = [Story(id=f"s{i}", narrative="told", site=f"site {i}") for i in range(100)]

    def said(number: int) -> str:
        shown = [story.id for story in stories[:number]]
        return worth_of(
            impact(shown, {}, spread({"p": shown}, stories, Organisation())["p"]), "emerging", None
        )

    assert "not been seen" not in said(7)
    assert "it has not been seen at 92 of 100 sites" in said(8)


@pytest.mark.parametrize(("low", "high", "warned"), [(-0.33, -0.07, True), (0.07, 0.33, False)])
def test_lower_ratings_are_not_said_to_be_what_a_practice_does(low: float, high: float, warned: bool) -> None:
    """Who says sorry is told of in the stories of what went wrong: that is no reason to leave it."""
    one = Impact((25, 1000), 0.01, 0.04, (low + high) / 2, low, high, (25, 975), 3, 9)
    said = worth_of(one, "promising", "not enough evidence")
    assert f"rated 20 points of 100 {'lower' if warned else 'higher'} than the others" in said
    assert ("which need not be its doing" in said) is warned


@pytest.mark.parametrize(("lowest", "said"), [(4, True), (1, False)])
def test_praise_alone_is_said_to_hide_what_a_practice_moves(lowest: int, said: bool) -> None:
    stories = [
        Story(
            id=f"r{i:02d}", narrative="told", ratings=[Rating(value=5 if i < 12 or i % 2 else lowest, of=5)]
        )
        for i in range(40)
    ]
    shows = [story.id for story in stories[:12]]
    found = spread({"p": shows}, stories, Organisation())["p"]
    one = impact(shows, ratings_of(stories), found)
    assert one.praise_only is said
    assert ("import them as well" in worth_of(one, "emerging", None)) is said
