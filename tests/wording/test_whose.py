"""Whose practice it is: places are named from two stories on, and what nobody confirmed is said."""

from typing import Any

from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, Step
from servicestory.wording.whose import (
    how_sure,
    mentors,
    others,
    people_to_ask,
    places,
    served,
    showing,
    whose,
    word_for,
)


def told(*teams: str | None, cited: int | None = None, **fields: object) -> Material:
    stories = {
        f"s{n}": Story.model_validate({"id": f"s{n}", "narrative": "She did it.", "team": team, **fields})
        for n, team in enumerate(teams)
    }
    cites = tuple(Cite(key, "narrative", 0, 11) for key in stories)
    steps = (Step("Do it", "stories", cites[:cited]),)
    practice = Practice(id="P-0001", name="Do it")
    return Material(practice, "guest", steps, (), (), cites, stories)


def test_a_team_of_one_story_is_counted_and_not_named() -> None:
    made = told("Bar", "Bar", "Cellar", "Garden")
    assert places(made, "team").said("team") == "Bar (2 stories) and 2 other teams"
    assert people_to_ask(made) == "Ask Bar what they do in such a moment."
    assert mentors(made).endswith("from a team whose stories show it: Bar.")
    alone = told("Bar", "Cellar")
    assert places(alone, "team").said("team") == "2 teams"
    assert "whoever told these stories" in people_to_ask(alone) and "the team knows" in mentors(alone)


def test_it_is_all_of_one_place_only_where_every_story_says_so() -> None:
    assert places(told("Bar", "Bar"), "team").only == "Bar"
    assert places(told("Bar", "Bar", None), "team").only == ""
    assert places(told("Bar", None, None), "team").unnamed == 2


def test_stories_that_give_no_step_name_nobody() -> None:
    made = told("Bar", "Bar", "Garden", "Garden", cited=2)
    assert [story.id for story in showing(made)] == ["s0", "s1"]
    assert places(made, "team").named == (("Bar", 2),)
    assert len(showing(told("Bar", "Garden", cited=0))) == 2  # nothing was read: all may show it


def test_sites_are_named_where_no_team_is() -> None:
    made = told(None, None, site="Pier")
    assert people_to_ask(made) == "Ask the teams at Pier what they do in such a moment."
    assert mentors(made).endswith("site whose stories show it: Pier.")


def test_the_work_is_a_teams_where_nearly_all_its_stories_say_so() -> None:
    assert whose(told("Bar", "Bar", "Bar", "Bar")) == "Bar"
    assert whose(told("Bar", "Bar", "Bar")) == ""  # three stories say little of whose work it is
    assert whose(told("Bar", "Bar", "Bar", "Bar", "Cellar", "Cellar")) == ""


def test_guests_and_colleagues_are_served_where_both_are_told_of() -> None:
    inside: dict[str, Any] = {"customer": {"kind": "internal"}}
    both = told("Bar", "Bar")
    both = Material(**{**vars(both), "told": {**both.told, "s1": told("Bar", "Bar", **inside).told["s1"]}})
    assert served(both, "guest") == ["guest", "colleague"]
    assert served(told("Bar"), "guest") == ["guest"] and served(told("Bar", **inside), "guest") == [
        "colleague"
    ]
    assert served(told(), "guest") == ["guest"]
    assert word_for(both) == "person" and word_for(told("Bar", **inside)) == "guest" == word_for(told("Bar"))


def sure(*given: tuple[float, bool]) -> str:
    evidence = [
        Evidence(story=f"s{n}", start=0, end=11, score=score, pinned=pinned)
        for n, (score, pinned) in enumerate(given)
    ]
    made = told(*["Bar"] * len(given))
    practice = made.practice.model_copy(update={"evidence": evidence})
    return how_sure(Material(**{**vars(made), "practice": practice}), made.told)


def test_how_sure_it_is_says_what_people_did() -> None:
    likely, seen, doubt = (0.9, False), (0.9, True), (0.2, False)
    assert sure(likely, likely) == "Nobody has confirmed that they show it."
    assert sure(likely) == "Nobody has confirmed that it shows it."
    assert sure(seen, likely) == "People have confirmed that 1 of them shows it."
    assert sure(seen, seen) == "People have confirmed that each of them shows it."
    assert sure(doubt, doubt, likely) == "Nobody has confirmed that they show it; 2 are marked as doubtful."
    assert sure() == ""


def test_what_became_of_the_other_stories_adds_up() -> None:
    def rest(without_step: int, after: str = "the other", **gone: int) -> str:
        return others(Material(**{**vars(told("Bar")), **gone}), without_step, after)

    assert rest(0) == ""
    assert rest(1) == "The other one gives no step." and rest(3) == "The other 3 give no step."
    assert rest(1, withheld=2, doubtful=1) == (
        "Of the other 4, 1 gives no step, 1 is doubtful and 2 may not be retold."
    )
    # what reads least like the others is no second kind of doubt: `show` and the verdict know only one
    assert rest(12, aside=6, doubtful=1) == "Of the other 19, 18 give no step and 1 is doubtful."
    assert rest(0, "", aside=1) == "1 more gives no step."
    assert rest(0, "", aside=1, withheld=1) == "Of 2 more, 1 gives no step and 1 may not be retold."
    assert rest(11) == "The other 11 give no step."
