"""Everything said of a practice agrees with the parts it is made of; small groups are not counted out."""

from servicestory.detect.contrast import contrast
from servicestory.detect.judged import judge
from servicestory.detect.judged_json import full
from servicestory.detect.spread_words import beside
from servicestory.models.organisation import Organisation, Privacy, Site
from servicestory.models.practice import Evidence
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


def test_of_few_people_no_number_is_told_but_that_it_hangs_on_one() -> None:
    """Ten colleagues are named, two do it: the star's share can be checked, how many others there are is not told."""
    told = [
        Story.model_validate(
            {
                "id": f"t{i:02d}",
                "narrative": "told",
                "site": f"site {i % 2}",
                "people": ["Ada" if i < 10 else "Bo" if i < 12 else f"person {i % 8}"],
            }
        )
        for i in range(60)
    ]
    shows = [story.id for story in told[:12]]
    one = judge({"p": shows}, told, HOUSE)["p"]
    assert one.spread.people == 2 and one.verdict.label == "star-dependent"
    assert "people" not in one.verdict.figures and one.verdict.people_said == "fewer than 5 people"
    assert one.verdict.because.startswith("10 of the 12 stories that say who did it (83%")
    assert "Without that person a few by others would be left." in one.verdict.because
    asked = one.verdict.criteria["one person"]
    assert (asked["stories"], asked["of"]) == (10, 12)
    assert not {"effective", "concentration", "groups_without"} & set(asked)
    some = judge({"p": [told[0].id, told[10].id]}, told, HOUSE)["p"].verdict.criteria["one person"]
    assert not {"stories", "share", "stories_without"} & set(some)  # 1 of 2: so these are two people
    every = full(one, [], HOUSE)["spread"]["groups"]["person"]
    assert every["seen"] is every["top"] is every["effective"] is None
    read = judge({"p": shows}, [s.model_copy(update={"people": []}) for s in told[:12]] + told[12:], HOUSE,
                 suggested={ref: ["Ada"] for ref in shows})["p"]  # fmt: skip
    assert read.verdict.people_said == "fewer than 5 people (all only read in texts, not confirmed)"
    open_house = HOUSE.model_copy(update={"privacy": Privacy(smallest_group=2)})
    assert judge({"p": shows}, told, open_house)["p"].verdict.people_said == "2 people"


def test_teams_do_not_tell_how_few_people_there_are() -> None:
    """Of twelve stories ten are Ada's: who did the two others, each in another team, would be counted by the teams."""
    who = ["Ada"] * 10 + ["Bo", "Cy"] + [f"person {i % 8}" for i in range(48)]
    team = ["desk"] * 10 + ["kitchen", "bar"] + [f"team {i % 6}" for i in range(48)]
    told = [
        Story.model_validate({"id": f"t{i:02d}", "narrative": "told", "team": team[i], "people": [who[i]]})
        for i in range(60)
    ]
    one = judge({"p": [story.id for story in told[:12]]}, told, HOUSE)["p"]
    assert one.verdict.label == "star-dependent" and one.spread.teams == 3
    assert "teams" not in one.verdict.figures
    assert one.verdict.criteria["wide: teams"].get("seen") is None
    every = full(one, [], HOUSE)["spread"]["groups"]["team"]
    assert every["seen"] is every["groups_without_top"] is every["stories_without_top"] is None
    said = dict(beside(one, HOUSE))
    assert "What is left without whoever is seen most?" not in said
    assert "team" not in said.get("Do a few do most of it?", "")
    for answer in (one.verdict.because, one.verdict.would_change):
        assert "3 of" not in answer and "2 other" not in answer
    wide = judge({"p": [story.id for story in told]}, told, HOUSE)["p"]
    assert wide.verdict.figures["teams"] == 9  # many people: their teams are counted


def test_suggested_people_are_counted_and_marked() -> None:
    suggested = {story.id: ["Torvald"] for story in STORIES if not story.people}
    one = judge({"p": SHOWS}, STORIES, HOUSE, suggested=suggested)["p"]
    assert one.spread.people_from_text == 4
    assert one.verdict.figures["people"] == 7 + one.verdict.figures["people_suggested"]
    assert one.spread.people_suggested == 4  # the same first name at four sites: four people
    assert "was only read in the text" in one.verdict.because


def _places(doubtful: int) -> dict[str, list[Evidence]]:
    """Two places in every story of it; both are doubtful in the first so many stories."""
    return {
        "p": [
            Evidence(story=ref, start=at, end=at + 8, score=0.39 if n < doubtful else 0.9)
            for n, ref in enumerate(SHOWS)
            for at in (0, 9)
        ]
    }


def test_it_is_said_where_the_verdict_hangs_on_doubtful_places() -> None:
    one = judge({"p": SHOWS}, STORIES, HOUSE, places=_places(14))["p"]
    assert one.verdict.label == judge({"p": SHOWS}, STORIES, HOUSE)["p"].verdict.label == "systemic"
    said = "28 of its 40 places in the stories are doubtful; without them: not enough evidence (too few stories)."
    assert one.verdict.because.endswith(said)
    assert one.verdict.said.endswith(", if its 28 doubtful places hold")
    first = "First a look at its 28 doubtful places: servicestory review p. "
    assert one.verdict.would_change.startswith(first)
    assert one.verdict.figures["without_doubtful"] == "not enough evidence (too few stories)"
    few = judge({"p": SHOWS}, STORIES, HOUSE, places=_places(1))["p"]
    assert "doubtful" not in few.verdict.because
    assert (few.verdict.figures["doubtful"], few.verdict.figures["places"]) == (2, 40)


def test_of_a_story_with_one_clear_place_nothing_is_lost_and_what_is_pinned_is_no_doubt() -> None:
    places = _places(14)["p"]
    clear = [e.model_copy(update={"score": 0.9}) if e.start else e for e in places]
    assert "doubtful" not in judge({"p": SHOWS}, STORIES, HOUSE, places={"p": clear})["p"].verdict.because
    pinned = [e.model_copy(update={"pinned": True}) for e in places]
    assert judge({"p": SHOWS}, STORIES, HOUSE, places={"p": pinned})["p"].doubt is None


def test_of_mostly_doubtful_places_nothing_is_said_but_that_they_are() -> None:
    """ "So it is not one person alone" stood beside seventeen doubtful places of twenty-four."""
    shows = [s.model_copy(update={"people": [], "site": f"site {n}"}) for n, s in enumerate(STORIES[:12])]
    rest = [s for s in STORIES if s.id not in {one.id for one in shows}]
    evidence = [s.id for s in shows]
    places = {
        "p": [
            Evidence(story=ref, start=0, end=4, score=0.3 if n < 9 else 0.9) for n, ref in enumerate(evidence)
        ]
    }
    one = judge({"p": evidence}, [*shows, *rest], HOUSE, places=places)["p"].verdict
    assert one.said == "not enough evidence (most of its places are doubtful)"
    assert one.because == (
        "12 stories may tell of it, but that is not sure. 9 of its 12 places in the stories are doubtful; without "
        "them: not enough evidence (too few stories)."
    )
    assert (
        one.would_change.startswith("First a look at its 9 doubtful places")
        and "more" not in one.would_change
    )


def test_a_practice_of_doubtful_places_alone_is_to_be_read_first() -> None:
    only = {"p": [Evidence(story="s00", start=0, end=8, score=0.2)]}
    one = judge({"p": ["s00"]}, STORIES, HOUSE, places=only)["p"]
    assert one.verdict.label == "random act"
    assert one.verdict.because.endswith(
        "Its only place in the stories is doubtful: read before you rely on it."
    )


def test_a_small_house_does_not_count_its_people_out() -> None:
    house = HOUSE.model_copy(update={"privacy": Privacy(smallest_group=8)})
    assert "people" not in judge({"p": SHOWS}, STORIES, house)["p"].verdict.figures


def _grown(late: int) -> tuple[list[Story], list[str]]:
    """Eight hundred stories of two years, and a practice of two stories before, of ``late`` since."""
    told = [
        Story(
            id=f"t{i:03d}",
            narrative="told",
            date=f"202{5 + i // 400}-{1 + i % 12:02d}",
            site=f"site {i % 10}",
            people=[f"person {i % 37}"],
        )
        for i in range(800)
    ]
    before, since = told[:200:97][:2], told[400::29][:late]
    return told, [story.id for story in (*before, *since)]


def test_growth_is_asked_of_a_practice_as_of_one_of_all() -> None:
    told, shows = _grown(14)
    alone = judge({"p": shows}, told, Organisation())["p"].verdict
    assert alone.label == "spreading" and "of one of" not in alone.because
    others = {f"q{n:02d}": [story.id for story in told[n::53]] for n in range(40)}
    growing = judge({"p": shows, **others}, told, Organisation())["p"].verdict.criteria["growing"]
    assert growing["practices"] == 41 and growing["chance"] == alone.criteria["growing"]["chance"] < 0.05
    assert growing["chance_among_all"] == min(1.0, 41 * growing["chance"]) and growing["met"] is False
    # too few stories to be asked: they are none of those among which one may look so by chance
    # (so are those told of once at each site, of which growth could not be told)
    few = {f"q{n:02d}": [story.id for story in told[n::200]] for n in range(40)}
    assert judge({"p": shows, **few}, told, Organisation())["p"].verdict.label == "spreading"
    once = {f"q{n:02d}": [story.id for story in told[n * 10 : n * 10 + 10]] for n in range(40)}
    assert judge({"p": shows, **once}, told, Organisation())["p"].verdict.label == "spreading"


def test_of_many_that_grow_all_are_called_so() -> None:
    told, shows = _grown(14)
    found = judge({f"p{n}": shows for n in range(20)}, told, Organisation())
    assert {one.verdict.label for one in found.values()} == {"spreading"}
    assert "also of one of 20 practices" in found["p3"].verdict.because
