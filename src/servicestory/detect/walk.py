"""The questions behind a verdict on one line each: whether it is met, what was asked, and the number."""

from collections.abc import Mapping
from dataclasses import replace

from servicestory.detect import verdict_words as words
from servicestory.detect.criteria import Criterion, Number, criteria
from servicestory.detect.growth_words import seen_before, seen_since, told_of_both
from servicestory.detect.spread import Spread
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.text import plural, some_of

_SHORT = {True: "yes", False: "no", None: "?"}


def told(spread: Spread, asked: Mapping[str, Criterion], organisation: Organisation) -> dict[str, Criterion]:
    """The criteria as they are told: how many of a few people stories would show tells their number."""
    people = asked["wide: people"]
    few = spread.reach["person"].named < organisation.privacy.smallest_group
    if few and people.numbers.get("expected") is not None:
        people = replace(people, numbers={})
    return {**asked, "wide: people": people}


def asked_of(
    spread: Spread, rules: VerdictRules, organisation: Organisation
) -> tuple[list[Criterion], list[tuple[str, str]]]:
    """The criteria that are worth telling, in the order they are asked, and what is said instead of the rest.

    What is asked of teams is left out where there are none. Below the floor of stories only what decided, and
    how many more are needed: the rest would be guessing.
    """
    asked = told(spread, criteria(spread, rules, organisation), organisation)
    if asked["enough stories"].met:
        teams = spread.reach["team"]
        there = teams.named or teams.listed
        return [one for key, one in asked.items() if there or key not in ("one team", "wide: teams")], []
    more = plural(words.stories_missing(spread, rules), "more story that says", "more stories that say")
    rest = (
        "And the other questions?",
        f"They cannot be answered yet: it takes {more} who.",
    )
    return [asked["once"] if asked["once"].met else asked["enough stories"]], [rest]


def explain(spread: Spread, rules: VerdictRules, organisation: Organisation) -> list[tuple[str, str]]:
    """Walk through the criteria: (question, answer in words) in the order they are asked."""
    told, rest = asked_of(spread, rules, organisation)
    return [*((one.question, words.answer(one)) for one in told), *rest]


def walk(
    spread: Spread, rules: VerdictRules, organisation: Organisation, decided_by: str
) -> list[tuple[str, str, str]]:
    """(mark and answer, question, number) of each criterion; an arrow marks the one that decided."""
    told, rest = asked_of(spread, rules, organisation)
    lines = [
        (f"{'→' if one.key == decided_by else ' '} {_SHORT[one.met]}", one.question, number(one))
        for one in told
    ]
    return lines + [("  ?", question, answer) for question, answer in rest]


def deciding(
    spread: Spread, rules: VerdictRules, organisation: Organisation, decided_by: str
) -> tuple[str, str]:
    """The question that decided, with its answer and the number."""
    one = told(spread, criteria(spread, rules, organisation), organisation)[decided_by]
    figures = number(one)
    return one.question, f"{words.ANSWER[one.met]}{': ' if figures else ''}{figures}."


def number(one: Criterion) -> str:
    """The figures of a criterion in a few words, and what is asked for."""
    n = one.numbers
    if one.key == "enough stories":
        return f"{n['stories']}, at least {n['least']} asked for"
    if one.key == "once":
        return f"in {n['stories']} of {n['of']:,}"
    if one.key == "who is known":
        return _who(n, one.met)
    if one.key == "most say who":
        known, of = int(n["known"] or 0), int(n["of"] or 0)
        asked = f"{known} of {of}, at least {words.percent(1 - float(n['most_missing'] or 0))} asked for"
        if n.get("sites_named_twice"):
            asked += f"; {_differ(int(n['sites_differ'] or 0), int(n['sites_named_twice'] or 0))}"
        return asked
    if one.key.startswith("one "):
        return _of_one(n)
    if one.key == "growing":
        return _growing(n)
    if one.key.startswith("wide"):
        return _wide(n)
    if one.key == "no star":
        if "at_most_by_sites" in n:
            most = f"{n['stories_of_one_site']} of {n['stories']}"
            return f"at most {most} are of one person's site, less than {words.percent(n['level'])} asked for"
        if "at_most" not in n:
            return f"{n['known']} {'says' if n['known'] == 1 else 'say'} who did it" if "known" in n else ""
        most, level = words.percent(n["at_most"]), words.percent(n["level"])
        return f"up to {most} may be one person's beyond the usual, less than {level} asked for"
    if not n["periods"]:
        return "none says when"
    return f"in {n['periods']} of {plural(int(n['periods_told'] or 0), 'period')}"


def _differ(sites: int, of: int) -> str:
    """At how many of the sites with two stories that say who these name different people."""
    whom = "the same person" if of == 1 and not sites else "different people"
    which = "the only site" if of == 1 else f"{some_of(sites, of)} sites"
    return f"{which} where two stories say who did it {'names' if of == 1 else 'name'} {whom}"


def _who(n: Mapping[str, Number], met: bool | None) -> str:
    """Too few say who, or else all stories together name too few people; of few no number is told."""
    named, least = n["people_named_in_any_story"], int(n["least_people"] or 0)
    if not met and int(n["known"] or 0) >= int(n["least"] or 0) and (named is None or int(named) < least):
        return f"{'only a few people' if named is None else named}, at least {least} asked for"
    return f"{n['known']}, at least {n['least']} asked for"


def _of_one(n: Mapping[str, Number]) -> str:
    if not n.get("of"):
        return "" if "of" not in n else "none says"
    if n.get("taken_up_since"):
        return f"no longer since {n['taken_up_since']}, others took it up"
    interval = f"{words.percent(n['low'])} to {words.percent(n['high'])}, allowing for chance"
    return f"{n['stories']} of {n['of']} ({interval}), {words.others(n)}"


def _growing(n: Mapping[str, Number]) -> str:
    if not n:
        return "too few dates or names"
    if not n["stories_after"] and not n["stories_before"]:
        return f"none of its stories is of a site told of both since {n['since']} and before"
    return f"{seen_since(n)}, {seen_before(n)} before{told_of_both(n)}"


def _wide(n: Mapping[str, Number]) -> str:
    if n.get("expected") is None:
        return "too few to compare" if n else ""
    seen = "a few" if n["seen"] is None else n["seen"]
    text = f"{seen} seen, about {round(float(n['expected'] or 0))} then, {words.asked_for(n)} asked for"
    if n["at_least"] is not None and n["least_reach"] is not None:
        half = words.more_than(n["least_reach"], n["of"])
        text += f"; at least {n['at_least']} of {n['of']} do it, {half} asked for"
    return text
