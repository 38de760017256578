"""Growth in plain words: how a practice grew, and why what is told of more often does not spread."""

from collections.abc import Mapping

from servicestory.detect.chance import at_least
from servicestory.detect.criteria import Number
from servicestory.detect.growth import chance_among, chance_of_growth, ways
from servicestory.detect.spread import Spread
from servicestory.models.organisation import VerdictRules
from servicestory.text import plural


def grown(n: Mapping[str, Number]) -> str:
    """The figures of the question about growth, and what keeps it from being called so."""
    if not n:
        return "too few dates, or none of its stories says who or where."
    if not n["stories_after"] and not n["stories_before"]:
        return f"none of its stories is of a site told of both since {n['since']} and before."
    where = told_of_both(n)
    return (
        f"{seen_since(n)} ({n['stories_after']} of {n['told_after']:,} stories), "
        f"{seen_before(n)} before ({n['stories_before']} of {n['told_before']:,}){where}.{_held(n)}"
    )


def seen_since(n: Mapping[str, Number]) -> str:
    """With how many people or at how many sites it is seen in the later half."""
    one, many = ("person", "people") if n["counted"] == "people" else ("site", "sites")
    after = n["after"]
    number = (
        f"a few {many}" if not isinstance(after, int) else plural(after, one, many) if after else f"no {many}"
    )
    return f"{number} since {n['since']}"


def seen_before(n: Mapping[str, Number]) -> str:
    """The same of the earlier half."""
    return "a few" if n["before"] is None else f"{n['before'] or 'none'}"


def told_of_both(n: Mapping[str, Number]) -> str:
    """Where it was counted, if not everywhere."""
    return ", of sites told of at both times" if n["sites_told"] else ""


def _held(n: Mapping[str, Number]) -> str:
    """What keeps growth that chance alone would hardly show from being called so."""
    many, level = int(n["practices"] or 1), float(n["significance"] or 0)
    if float(n["chance"] or 0) > level:
        return ""
    if float(n["chance_among_all"] or 0) > level:
        return f" Of {many} practices, one may look so by chance."
    again = n["told_again"]
    if isinstance(again, int) and again < int(n["least"] or 0):
        of = "sites where" if n["sites_told"] else f"{n['counted']} of whom"
        return (
            f" But only {again} of its stories are of {of} it is told of again, and {n['least']} are asked "
            "for: what is told of once shows no habit."
        )
    return ""


def more_than_before(spread: Spread, rules: VerdictRules, smallest: int) -> str:
    """How it grew; how many people did it in either half is not given for fewer than ``smallest``."""
    growth = spread.growth
    assert growth is not None
    before, after = growth.early.seen[growth.kind], growth.late.seen[growth.kind]
    if growth.kind == "site":
        seen = f"at {plural(after, 'site')} since {growth.since}, at {before or 'none'} before"
    elif after < smallest:
        seen = f"with more people since {growth.since} than before"
    else:
        fewer = before if before >= smallest else "fewer" if before else "nobody"
        seen = f"with {plural(after, 'person', 'people')} since {growth.since}, with {fewer} before"
    why = "more than chance explains"
    more, wider = ways(growth, rules)
    if wider < more:
        why = f"more {'sites' if growth.kind == 'site' else 'people'} than its number of stories explains"
    elif spread.reach["site"].seen > 1:
        why += ", each site compared with itself"
    if growth.others:
        why += f", also of one of {1 + len(growth.others)} practices"
    if growth.left_out:
        why += f"; {plural(growth.left_out, 'site')} told of only before or only since left out"
    return (
        f"Seen {seen} ({growth.late.stories:,} of {growth.late.told:,} stories, {growth.early.stories:,} of "
        f"{growth.early.told:,} before): {why}."
    )


def told_more(spread: Spread, rules: VerdictRules) -> str:
    """Why what is told of more often does not spread: more is told of other sites, or it is no wider.

    Who sees its course over the periods beside "nothing shows that it is spreading" asks for it.
    """
    growth = spread.growth
    if growth is None:
        return ""
    cut = next(i for i, point in enumerate(spread.series) if point.period == growth.since)
    before, after = spread.series[:cut], spread.series[cut:]
    told, seen = (
        [sum(getattr(p, of) for p in half) for half in (before, after)] for of in ("told", "stories")
    )
    often = seen[1] * told[0] >= rules.growth * seen[0] * told[1]
    if not often or at_least(seen[1], sum(told), sum(seen), told[1]) > rules.significance / 2:
        return ""
    said = (
        f": it is told of more often since {growth.since} ({seen[1]} of {told[1]:,} stories, {seen[0]} of "
        f"{told[0]:,} before), but "
    )
    if growth.p_more is None or growth.p_more > rules.significance / 2:
        return f"{said}mostly where more is told since; each site compared with itself, that may be chance"
    if chance_of_growth(growth, rules) <= rules.significance:
        if chance_among(growth, rules) > rules.significance:
            return f"{said}one of {1 + len(growth.others)} practices may look so by chance"
        return f"{said}mostly once at each of them, which shows no habit"
    return (
        f"{said}not {'at more sites' if growth.kind == 'site' else 'with more people'} than chance explains"
    )
