"""How many stories have to say who did it, added up with those that come anyway."""

import re

from servicestory.detect.asking_who import say_who, say_who_still
from servicestory.detect.spread import spread
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.story import Source, Story


def of_ten(known: int, rules: VerdictRules) -> str:
    stories = [Story(id=f"s{n}", narrative="told", people=["Ana"] if n < known else []) for n in range(10)]
    found = spread({"p": [story.id for story in stories]}, stories, Organisation(verdict=rules))["p"]
    assert found.reach["person"].missing <= rules.most_missing or known < 3
    return say_who(found, rules)


def test_no_more_is_asked_for_than_the_rule_says() -> None:
    assert "at least 3 of its 10" in of_ten(1, VerdictRules(least_stories=1, most_missing=0.7))
    assert "at least 7 of its 10 stories (0 more" in of_ten(
        7, VerdictRules(least_stories=1, most_missing=0.3)
    )
    assert "at least 8 of its 10" in of_ten(2, VerdictRules())
    assert "in all 10 of its stories (8 more than now)" in of_ten(2, VerdictRules(least_stories=10))


def test_new_stories_that_say_nothing_of_who_make_it_harder() -> None:
    """Eight of seventeen imported stories say who: one more would do, but not beside thirteen that do not."""
    source = Source(system="file", batch="b", sha256="0" * 64)
    stories = [
        Story(
            id=f"s{n}", narrative="told", people=[f"p{n}"] if n < 8 else [], prompted="import", source=source
        )
        for n in range(17)
    ]
    found = spread({"p": [story.id for story in stories]}, stories, Organisation())["p"]
    rules = VerdictRules()
    assert say_who_still(found, rules) == "at least 1 more story that says who did it"
    assert say_who_still(found, rules, coming=13) == "that at least 7 of these 13 say who did it"
    assert 2 * (8 + 7) == 17 + 13
    assert say_who_still(found, rules, asked=7, coming=13) == ""
    few = spread({"p": [story.id for story in stories[5:]]}, stories, Organisation())["p"]  # 3 of 12
    said = say_who_still(few, rules, coming=4)
    assert re.fullmatch(r"at least 6 more stories that say who did it, these 4 among them", said), said
