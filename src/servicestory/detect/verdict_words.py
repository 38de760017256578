"""The parts of a verdict's sentences: counts, shares and comparisons in plain words, never with a name."""

from collections.abc import Mapping

from servicestory.detect.criteria import Criterion, Number
from servicestory.detect.spread import Reach, Spread
from servicestory.text import plural


def answer(one: Criterion) -> str:
    """A criterion's answer in words: yes, no or cannot be told, and the figures it rests on."""
    word = {True: "Yes", False: "No", None: "The stories cannot tell"}[one.met]
    figures = _figures(one.key, one.numbers, one.met)
    return f"{word}: {figures}" if figures else f"{word}."


def _figures(key: str, n: Mapping[str, Number], met: bool | None) -> str:
    if key == "enough stories":
        return f"{n['stories']} of it; at least {n['least']} are asked for."
    if key == "once":
        rate = at_most(n["at_most"])
        return f"it is in {n['stories']} of {n['of']} stories, {rate} allowing for chance."
    if key == "who is known" and not n["known"]:
        return "none of its stories says who did it."
    if key == "who is known":
        named = n["people_named_in_any_story"]
        people = "only a few" if named is None else named
        return (
            f"{n['known']} of its stories do (at least {n['least']} are asked for), "
            f"{percent(n['missing'])} do not; all stories together name {people} people "
            f"(at least {n['least_people']})."
        )
    if key in ("one person", "one team", "one site") and n.get("of"):
        return _most_of_it(key, n)
    if key == "growing" and n:
        after, before = ("a few" if n[half] is None else n[half] for half in ("after", "before"))
        return (
            f"{after} {n['counted']} since {n['since']} ({n['stories_after']} of {n['told_after']} "
            f"stories), {before} before ({n['stories_before']} of {n['told_before']}); counted are stories "
            "with a date, without those of sites told of in one half only."
        )
    if key.startswith("wide") and n.get("expected") is not None:
        seen = "a few" if n["seen"] is None else n["seen"]
        unclear = ""
        expected, level, least = n["expected"], n["level"], n.get("at_least")
        reached = float(n["seen"] or 0) >= float(level or 0) * float(expected or 0)
        if met is None and reached and least is not None:
            unclear = (
                f" So few stories show only that at least {least} do it, allowing for chance; "
                f"more than {percent(n['least_reach'])} of them is asked for."
            )
        return (
            f"{seen} are seen, where so many stories would show about {_round(expected)}; "
            f"at least {percent(level)} of that is asked for.{unclear}"
        )
    if key == "no star" and "at_most" in n:
        return (
            f"allowing for chance, one person has at most {percent(n['at_most'])} of it beyond that person's "
            f"usual share; it has to be below {percent(n['level'])}."
        )
    if key == "recurs":
        since = n["told_since_last_seen"]
        since = since if isinstance(since, int) else 0
        return (
            f"seen in {n['periods']} of {n['periods_told']} periods; "
            f"{plural(since, 'story was', 'stories were')} told since it was last seen."
        )
    return ""


def _most_of_it(key: str, n: Mapping[str, Number]) -> str:
    group = key.removeprefix("one ")
    many = {"person": "people", "team": "teams", "site": "sites"}[group]
    low, high = percent(n["low"]), percent(n["high"])
    text = (
        f"{n['stories']} of {n['of']} stories are of one {group} ({percent(n['share'])}, between {low} and "
        f"{high} allowing for chance), and {n['other_stories']} of {n['of_other_stories']} other stories; "
        f"{percent(n['level'])} is asked for."
    )
    if isinstance(n["chance"], float):
        text += f" Chance alone would show as much in {_of_hundred(n['chance'])}."
    if n["effective"] is not None:
        upper = "no upper limit" if n["effective_high"] is None else _round(n["effective_high"])
        text += (
            f" It is spread as if over {_round(n['effective'])} equally busy {many} (between "
            f"{_round(n['effective_low'])} and {upper})."
        )
    left = f"{plural(int(n['stories_without'] or 0), 'story', 'stories')}"
    others = plural(int(n["groups_without"] or 0), f"other {group}", f"other {many}")
    return f"{text} Without the first, {left} and {others} are left."


def _of_hundred(chance: float) -> str:
    return "fewer than 1 of 100 houses" if chance < 0.01 else f"{min(100, round(100 * chance))} of 100 houses"


def _round(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, int | float) and value >= 10 else f"{value:.1f}"


def notes(spread: Spread, decided_by: str) -> list[str]:
    """What lowers the trust in the figures, whatever the verdict."""
    notes = []
    if spread.people_from_text and decided_by not in ("enough stories", "once"):
        notes.append(
            f"In {plural(spread.people_from_text, 'story', 'stories')} the person was only read in the text "
            "and is not confirmed."
        )
    asked = spread.prompted["campaign"]
    if asked and asked * 2 > spread.stories:
        notes.append(f"{asked} of {spread.stories} stories were asked for in a campaign.")
    return notes


def more_than_before(spread: Spread, smallest: int, level: float) -> str:
    """How it grew; how many people did it in either half is not given for fewer than ``smallest``.

    Args:
        level: chance below which more stories are no chance; else it is their width that grew.
    """
    growth = spread.growth
    assert growth is not None
    before, after = growth.early.seen[growth.kind], growth.late.seen[growth.kind]
    if growth.kind == "site":
        seen = f"at {plural(after, 'site')} since {growth.since}, at {before} before"
    elif after < smallest:
        seen = f"with more people since {growth.since} than before"
    else:
        fewer = before if before >= smallest or not before else "fewer"
        seen = f"with {plural(after, 'person', 'people')} since {growth.since}, with {fewer} before"
    why = "more than chance explains"
    if growth.p_more is None or growth.p_more > level:
        why = f"more {'sites' if growth.kind == 'site' else 'people'} than its number of stories explains"
    elif spread.reach["site"].seen > 1:
        why += ", each site compared with itself"
    if growth.left_out:
        why += f"; {plural(growth.left_out, 'site')} told of only before or only since left out"
    return (
        f"Seen {seen} ({growth.late.stories:,} of {growth.late.told:,} stories, {growth.early.stories:,} of "
        f"{growth.early.told:,} before): {why}."
    )


def share(reach: Reach, says: str = "who did it") -> str:
    return (
        f"{reach.top} of the {reach.known} stories that say {says} ({percent(reach.top_share)}; between "
        f"{percent(reach.top_low)} and {percent(reach.top_high)}, allowing for chance)"
    )


def elsewhere(reach: Reach) -> str:
    if not reach.comparable:
        return ", more than even a busy one would have by chance"
    if not reach.elsewhere_top:
        return f", and none of the {reach.elsewhere} other stories does"
    return f", but only {reach.elsewhere_top} of the {reach.elsewhere} other stories do"


def count(reach: Reach, smallest: int = 0) -> str:
    """How many were seen; "a few people" where all stories together name fewer than ``smallest``."""
    if reach.kind == "person" and reach.named < smallest:
        return "a few people"
    one, many = {"person": ("person", "people"), "team": ("team", "teams"), "site": ("site", "sites")}[
        reach.kind if reach.kind != "period" else "site"
    ]
    return plural(reach.seen, one, many)


def at(reach: Reach) -> str:
    of = max(reach.named, reach.listed)
    word = reach.kind
    if of == 1:
        return f"{'at' if word == 'site' else 'in'} the only {word}"
    return f"{'at' if word == 'site' else 'in'} {reach.seen} of {of} {word}s"


def usual(reach: Reach) -> str:
    """What so many stories would show, where that is well above what was seen."""
    far = reach.expected is not None and round(reach.expected) > reach.seen
    return f" (so many stories would show about {round(reach.expected or 0)})" if far else ""


def where(spread: Spread, least: int) -> Reach:
    """The sites, where it is seen at enough of them to speak of, else the teams."""
    site, team = spread.reach["site"], spread.reach["team"]
    return site if site.seen >= least or site.seen >= team.seen else team


def places(spread: Spread) -> str:
    reach = where(spread, 2)
    return f", {at(reach)}" if reach.seen and max(reach.named, reach.listed) > 1 else ""


def periods(spread: Spread) -> str:
    told = sum(1 for point in spread.series if point.told)
    return f", in {spread.periods} of {told} periods" if told > 1 else ""


def tells(key: str) -> str:
    """What a story has to say to be counted over people, teams or sites."""
    return {"people": "who did it", "teams": "which team", "sites": "where"}[key]


def who_else(key: str) -> str:
    return {
        "people": "people with whom it has not been seen",
        "teams": "teams in which it has not been seen",
        "sites": "sites at which it has not been seen",
    }[key]


def at_most(share: object) -> str:
    """An upper limit, never told as nothing."""
    small = isinstance(share, int | float) and share < 0.01
    return "fewer than 1 in 100" if small else f"at most {percent(share)}"


def between(low: float, high: float) -> str:
    """An interval of a share; small ones with a decimal, so that its ends are not the same."""
    if high >= 0.095:
        return f"between {percent(low)} and {percent(high)}"
    return f"between {100 * low:.2g}% and {100 * high:.2g}%"


def percent(share: object) -> str:
    return f"{round(100 * share)}%" if isinstance(share, int | float) else "?"
