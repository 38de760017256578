"""The questions behind a verdict, answered from the spread with numbers: yes, no, or cannot be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from servicestory.detect.chance import binomial_at_least, binomial_at_most
from servicestory.detect.concentration import exact_interval
from servicestory.detect.growth import chance_among, chance_of_growth
from servicestory.detect.spread import Reach, Spread
from servicestory.models.organisation import Organisation, VerdictRules

Group = Literal["person", "team", "site"]
Number = int | float | str | bool | None
GROUPS: tuple[Group, ...] = ("person", "team", "site")
_PLACES = GROUPS[1:]
_HOW_MANY = (
    "concentration", "concentration_chance", "effective", "effective_low", "effective_high", "likeness",
    "groups_without",
)  # fmt: skip
_WIDE = ("wide: people", "wide: teams", "wide: sites")
_DECIDES = dict.fromkeys(("once", "one person", "one team", "one site", "growing"), True)  # all others: no
# Without other stories nobody knows how often a person would be told about anyway: a busy colleague may
# have a third of all stories, a big team two thirds, and must not be called the exception for it.
_BUSY: dict[Group, float] = {"person": 1 / 3, "team": 2 / 3, "site": 2 / 3}


@dataclass(frozen=True)
class Criterion:
    """One question with its answer (None: the stories cannot tell) and the plain numbers behind it."""

    key: str
    question: str
    met: bool | None
    numbers: dict[str, Number] = field(default_factory=dict)


def criteria(spread: Spread, rules: VerdictRules, organisation: Organisation) -> dict[str, Criterion]:
    """Every criterion of docs/verdict.md by its key, in the order asked: the first that can decides."""
    smallest = organisation.privacy.smallest_group
    grown, known = growing(spread, rules, smallest), who(spread, rules, smallest)
    if not known.met and not _places_tell(spread, rules):
        grown = replace(grown, met=None)  # one person may stand behind all of it, more or not
    asked: Iterator[Criterion] = iter(
        [
            once(spread, rules),
            enough(spread, rules),
            *(
                _still_so(one_group(spread, rules, kind, smallest), spread, kind, rules, grown)
                for kind in GROUPS
            ),
            recurs(spread, rules),
            grown,
            known,
            no_star(spread, rules, smallest),
            wide(spread, rules, "person", smallest),
            wide(spread, rules, "team", smallest),
            wide(spread, rules, "site"),
            most_say_who(spread, rules, smallest),
        ]
    )
    return {one.key: one for one in asked}


def deciding(asked: Mapping[str, Criterion]) -> str:
    """The key of the first criterion whose answer decides; of a systemic one what it is as wide over."""
    wide_over, sites = [key for key in _WIDE if asked[key].met], asked["wide: sites"]
    # the sites tell whose habit it is, or that so few stories cannot
    by_sites = asked["no star"].met and sites.met is not True and sites.numbers.get("expected") is not None
    some = any(asked[key].met is False for key in _WIDE)  # one of the three shows whose habit it is
    for key, one in asked.items():
        if key == "who is known" and by_sites:
            continue
        if key == "most say who" and not wide_over:  # nobody knows how many might not do it
            return _WIDE[0]
        untold = one.met is None and one.numbers.get("expected") is not None
        unclear = key in _WIDE and untold and not some
        if one.met is _DECIDES.get(key, False) or unclear:
            return key
    return wide_over[-1]


def _still_so(
    one: Criterion, spread: Spread, kind: Group, rules: VerdictRules, grown: Criterion
) -> Criterion:
    """What one person or place began and others took up is theirs no more."""
    level = rules.star_share if kind == "person" else rules.team_share
    if one.met and grown.met and moved_on(spread, kind, level, rules):
        return replace(one, met=False, numbers={**one.numbers, "taken_up_since": grown.numbers["since"]})
    return one


def _places_tell(spread: Spread, rules: VerdictRules) -> bool:
    """Whether, where too few say who did it, the places show that it is not one person alone."""
    place = where(spread, rules.least_people)
    enough_known = place.known >= rules.least_stories and place.seen >= rules.least_people
    return (
        spread.reach["person"].known < rules.least_stories
        and enough_known
        and excess(place, place.top_share) <= rules.star_share / 2
    )


def where(spread: Spread, least: int) -> Reach:
    """The sites, where it is seen at enough of them to speak of, else the teams."""
    site, team = spread.reach["site"], spread.reach["team"]
    return site if site.seen >= least or site.seen >= team.seen else team


def enough(spread: Spread, rules: VerdictRules) -> Criterion:
    """Is the practice seen in enough stories to say anything?"""
    return Criterion(
        "enough stories",
        "Are there enough stories of it?",
        spread.stories >= rules.least_stories,
        {"stories": spread.stories, "least": rules.least_stories},
    )


def once(spread: Spread, rules: VerdictRules) -> Criterion:
    """One story among so many that even allowing for chance it is rare."""
    _, high = exact_interval(spread.stories, spread.house_stories)
    return Criterion(
        "once",
        "Is it told of a single time?",
        spread.stories == 1 and high <= rules.one_off_rate,
        {"stories": spread.stories, "of": spread.house_stories, "at_most": high, "level": rules.one_off_rate},
    )


def who(spread: Spread, rules: VerdictRules, smallest: int) -> Criterion:
    """Do enough stories say who did it, and do the stories name enough different people to compare?"""
    person = spread.reach["person"]
    question = f"Do at least {rules.least_stories} of its stories say who did it?"
    if person.known >= rules.least_stories and person.named < rules.least_people:
        question = f"Do all stories together name at least {rules.least_people} people?"
    return Criterion(
        "who is known",
        question,
        person.known >= rules.least_stories and person.named >= rules.least_people,
        {
            "known": person.known,
            "least": rules.least_stories,
            "people_named_in_any_story": person.named if person.named >= smallest else None,
            "least_people": rules.least_people,
            "read_in_the_text_only": spread.people_from_text,
        },
    )


def most_say_who(spread: Spread, rules: VerdictRules, smallest: int) -> Criterion:
    """Do so many of its stories say who did it that the rest cannot all be one person's?

    Where the sites rule that out, fewer do: if those that say who name different people at more than
    ``least_reach`` of the sites with two of them, allowing for chance.
    """
    person, place = spread.reach["person"], spread.at_one_site
    most = person.missing <= rules.most_missing
    numbers: dict[str, Number] = {
        "known": person.known,
        "of": spread.stories,
        "missing": person.missing,
        "most_missing": rules.most_missing,
    }
    if not most and place.rules_out(rules) and not person.hidden(smallest):
        numbers |= {"sites_named_twice": place.named_twice, "sites_differ": place.differ}
        most = place.differ_low > rules.least_reach
    return Criterion("most say who", "Do most of its stories say who did it?", most, numbers)


def one_group(spread: Spread, rules: VerdictRules, kind: Group, smallest: int) -> Criterion:
    """Does one person (team, site) account for most of it, beyond how often stories are about them at all?

    A team's or a site's habit takes as many stories of that one as of any practice: ``least_stories``.
    """
    reach, person = spread.reach[kind], spread.reach["person"]
    level = rules.star_share if kind == "person" else rules.team_share
    nobody = person.known >= rules.least_stories and person.named < rules.least_people
    if nobody or reach.known < rules.least_stories or max(reach.named, reach.listed) < 2:
        met: bool | None = None
        chance = None
    else:
        chance = top_chance(reach, kind)
        met = reach.top_share >= level and chance <= rules.significance
        if met and (reach.top < rules.least_stories if kind != "person" else _place_explains(spread, rules)):
            met = False
    # where it cannot be asked, two stories of which one is one person's say that it is two people
    hidden = kind == "person" and (reach.named < smallest or (met is None and reach.hidden(smallest)))
    shown: dict[str, Number] = {
        "stories": reach.top,
        "of": reach.known,
        "share": reach.top_share,
        "low": reach.top_low,
        "high": reach.top_high,
        "other_stories": reach.elsewhere_top,
        "of_other_stories": reach.elsewhere,
        "chance": chance,
        "concentration": reach.concentration,
        "effective": reach.effective,
        "effective_low": reach.effective_low,
        "effective_high": reach.effective_high,
        "concentration_chance": reach.p,
        "likeness": reach.likeness,
        "stories_without": reach.without_top[0],
        "groups_without": None if reach.few_without_top(smallest) else reach.without_top[1],
    }
    if reach.hidden(smallest):  # that it may hang on one person is told, how many others there are is not
        shown = {key: value for key, value in shown.items() if key not in _HOW_MANY}
    return Criterion(
        f"one {kind}",
        f"Does {_at_least(level)} of it or more come from one {kind}?",
        met,
        {"level": level, **({} if hidden else shown)},
    )


def _at_least(level: float) -> str:
    """A share that is asked for: half is said as people say it."""
    return "half" if level == 0.5 else f"{100 * level:.0f}%"


def _place_explains(spread: Spread, rules: VerdictRules) -> bool:
    """Whether it is a team's (site's) habit, in which the top person is as busy as in its other stories, or
    the sites of all its stories rule one person out."""
    inside = spread.reach["person"].top_p_in_place
    places = (one_group(spread, rules, kind, 0).met for kind in _PLACES)
    usual = inside is not None and inside > rules.significance and spread.people > 1 and any(places)
    return usual or spread.at_one_site.rules_out(rules)


def top_chance(reach: Reach, kind: Group) -> float:
    """Chance of so large a share of one group: against the other stories, or against a busy one's share."""
    if reach.top_p is not None:
        return reach.top_p
    return binomial_at_least(reach.top, reach.known, _BUSY[kind])


def growing(spread: Spread, rules: VerdictRules, smallest: int) -> Criterion:
    """Are there more people (sites) in the later half than before, and more than chance explains?

    More than it explains of one among all practices that are judged. Where it is told of once nothing shows
    that anybody does it again: growth of such sites (people, where no site is told) cannot be told from
    single acts, and ``least_stories`` of its stories have to be of those told of again.
    """
    growth = spread.growth
    question = "Is it seen with more people or sites than before?"
    if growth is None:
        return Criterion("growing", question, None)
    before, after = growth.early.seen[growth.kind], growth.late.seen[growth.kind]
    held = chance_among(growth, rules)
    hidden = not spread.reach["site"].known and growth.kind == "person"
    hidden = hidden and spread.reach["person"].hidden(smallest)
    grown = held <= rules.significance
    seen = growth.early.stories + growth.late.stories
    return Criterion(
        "growing",
        question,
        grown if seen and (not grown or growth.told_again >= rules.least_stories) else None,
        {
            "since": growth.since,
            "counted": {"person": "people", "site": "sites"}.get(growth.kind, growth.kind),
            "before": _shown(before, growth.kind, smallest),
            "after": _shown(after, growth.kind, smallest),
            "stories_before": growth.early.stories,
            "told_before": growth.early.told,
            "stories_after": growth.late.stories,
            "told_after": growth.late.told,
            "sites_told": spread.reach["site"].told > 0,
            "chance_of_more": growth.p_more,
            "chance_of_wider": growth.p_wider,
            "chance": chance_of_growth(growth, rules),
            "chance_among_all": held,
            "practices": 1 + len(growth.others),
            "told_again": None if hidden else growth.told_again,
            "least": rules.least_stories,
            "level": rules.growth,
            "significance": rules.significance,
        },
    )


def moved_on(spread: Spread, kind: Group, level: float, rules: VerdictRules) -> bool:
    """Whether no group has ``level`` of the later half of the stories any more.

    Of a person beyond chance: three stories by three people do not show that the habit of one is over.
    """
    late = spread.growth.late if spread.growth else None
    if late is None or not late.known.get(kind) or late.top_share[kind] >= level:
        return False
    most = round(late.top_share[kind] * late.known[kind])
    return kind != "person" or binomial_at_most(most, late.known[kind], level) <= rules.significance


def _shown(people: int, kind: str, smallest: int) -> int | None:
    """A count of people of a half of the stories; None for so few that they might be told by it."""
    return None if kind == "person" and 0 < people < smallest else people


def wide(spread: Spread, rules: VerdictRules, kind: Group, smallest: int = 0) -> Criterion:
    """Is it seen with about as many people (teams, sites) as so many stories would show anyway?

    Wide only when so many stories can show it: of more than ``least_reach`` of the sites it is shown,
    allowing for chance, that they do it; ten sites of a hundred are not the house. Teams are asked for that
    much only where there are not several sites to tell by, and people only without several teams either.

    Not wide, and so the habit of some, only when ``least_stories`` of its stories are of sites where it is
    told of again: what is told of once shows no habit. So more stories of theirs make it the habit of some.
    """
    reach = spread.reach[kind]
    words = {"person": "people", "team": "teams", "site": "sites"}[kind]
    where = {"person": "with as many people", "team": "in as many teams", "site": "at as many sites"}[kind]
    question = f"Is it seen {where} as if all did it alike?"
    expected, level = reach.expected, rules.wide_share
    if not _told_apart(reach, rules):
        return Criterion(f"wide: {words}", question, None, {"known": reach.known})
    if expected is None and reach.listed > 1:
        # Only the list to compare with: all equally likely is the widest there is, so half the level.
        expected = _of_listed(reach.listed, reach.known)
        level = rules.wide_share / 2
    wider = {"person": _PLACES, "team": _PLACES[1:], "site": ()}[kind]
    elsewhere = any(_told_apart(spread.reach[place], rules) for place in wider)
    shown = elsewhere or (
        reach.at_least is not None and reach.at_least > rules.least_reach * reach.compared_with
    )
    usual = expected is not None and reach.seen >= level * expected
    if expected is None:
        met: bool | None = None
    elif usual and shown:
        met = True
    else:
        met = False if reach.told_again >= rules.least_stories else None
    few_say = kind == "person" and reach.missing > rules.most_missing
    if met is False and few_say and spread.at_one_site.rules_out(rules):
        # more sites are more people: that the few who are named are few makes it nobody's circle
        return Criterion(f"wide: {words}", question, None, {"known": reach.known})
    hidden = spread.hides(kind, smallest)
    return Criterion(
        f"wide: {words}",
        question,
        met,
        {
            "seen": None if hidden else reach.seen,
            "seen_again": None if hidden else reach.again,
            "told_again": None if hidden else reach.told_again,
            "least": rules.least_stories,
            "of": None if hidden else reach.compared_with,
            "narrow": not usual and (reach.p is None or reach.p <= rules.significance),
            "expected": expected,
            "named_in_any_story": None if hidden else reach.named,
            "listed": reach.listed,
            "level": level,
            "concentration_chance": reach.p,
            "at_least": None if hidden else reach.at_least,
            "least_reach": None if elsewhere else rules.least_reach,
            "more_to_show": None if hidden or shown else reach.needed,
            "more_to_usual": None if hidden else _to_usual(reach, rules),
        },
    )


def _of_listed(listed: int, stories: int) -> float:
    """How many of the listed groups so many stories would show, all equally likely."""
    return listed * (1 - (1 - 1 / listed) ** stories)


def _to_usual(reach: Reach, rules: VerdictRules) -> int | None:
    """How many groups not seen yet, a story each, are missing to what is asked for; None: no telling."""
    if reach.expected is not None:
        return reach.to_usual
    if reach.listed < 2:
        return None
    left = range(max(0, reach.listed - reach.seen) + 1)
    level = rules.wide_share / 2
    enough = (k for k in left if reach.seen + k >= level * _of_listed(reach.listed, reach.known + k))
    return next(enough, None)


def _told_apart(reach: Reach, rules: VerdictRules) -> bool:
    """Whether the stories say where well enough to judge by it: there are several, and known ones."""
    return reach.known >= rules.least_stories and max(reach.named, reach.listed) > 1


def no_star(spread: Spread, rules: VerdictRules, smallest: int) -> Criterion:
    """Can it be ruled out that one person stands behind half of it, by who did it or by the sites alone?"""
    reach, place = spread.reach["person"], spread.at_one_site
    question = "Can it be ruled out that it hangs on one person?"
    known = reach.known >= rules.least_stories
    high = excess(reach, reach.top_high)
    numbers: dict[str, Number] = {"at_most": high, "level": rules.star_share}
    if place.rules_out(rules) and (not known or high >= rules.star_share):
        by_sites: dict[str, Number] = {"level": rules.star_share, "at_most_by_sites": place.high}
        by_sites |= {"stories_of_one_site": place.most, "stories": place.stories}
        return Criterion("no star", question, True, by_sites)
    if not known:
        return Criterion("no star", question, None, {"known": reach.known})
    return Criterion("no star", question, high < rules.star_share, {} if reach.named < smallest else numbers)


def excess(reach: Reach, share: float) -> float:
    """How far a share goes beyond the group's share of the other stories: 0 as expected, 1 all of it."""
    usual = reach.elsewhere_top / reach.elsewhere if reach.comparable else 0.0
    return (share - usual) / (1 - usual) if usual < 1 else 0.0


def recurs(spread: Spread, rules: VerdictRules) -> Criterion:
    """Does it come back from period to period, and was it seen lately?"""
    told = [point for point in spread.series if point.told]
    faded = spread.fading_p is not None and spread.fading_p <= rules.significance
    return Criterion(
        "recurs",
        "Does it come back, period after period?",
        None if len(told) < 2 or not spread.periods else spread.periods >= 2 and not faded,
        {
            "periods": spread.periods,
            "periods_told": len(told),
            "told_since_last_seen": spread.told_since,
            "chance_of_none_since": spread.fading_p,
            "dates_missing": spread.reach["period"].missing,
        },
    )
