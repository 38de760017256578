"""Random act, one star's habit, or the way this house works: the verdict, in a shift lead's words."""

from collections.abc import Mapping

from servicestory.detect import verdict_words as words
from servicestory.detect.concentration import exact_interval
from servicestory.detect.criteria import Criterion, Group, criteria, excess, moved_on
from servicestory.detect.spread import Reach, Spread
from servicestory.detect.unclear import (
    KIND_OF,
    UNSAID,
    Decision,
    more_groups,
    mostly_unsaid,
    not_recurring,
    nothing_to_compare,
    star_not_ruled_out,
    still,
    too_few_to_be_wide,
)
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.practice import Verdict
from servicestory.text import plural


def verdict(spread: Spread, rules: VerdictRules, organisation: Organisation) -> Verdict:
    """Ask the criteria in order and say which one decided.

    Args:
        spread: from :func:`servicestory.detect.spread.spread`.
        rules: the levels, usually ``organisation.verdict``.
        organisation: its smallest group that may be shown.

    Returns:
        label, because, would_change and ``criteria``: for each question whether it is met (None: the stories
        cannot tell) with its numbers, and ``decided_by``. No person is ever named.
    """
    asked = criteria(spread, rules, organisation)
    smallest = organisation.privacy.smallest_group
    decision = _decide(spread, rules, asked, smallest)
    return Verdict.model_validate(
        {
            "label": decision.label,
            "detail": decision.detail,
            "because": " ".join(
                [decision.because, *words.notes(spread, decision.decided_by, rules, smallest)]
            ),
            "would_change": decision.would_change + _also(spread, rules, asked, decision),
            "criteria": {
                "decided_by": decision.decided_by,
                **{key: {"met": one.met, **one.numbers} for key, one in asked.items()},
            },
        }
    )


def _decide(spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], smallest: int) -> Decision:
    if not asked["enough stories"].met:
        return _below_floor(spread, rules, asked["once"])
    if not asked["who is known"].met:
        return _without_people(spread, rules, asked, smallest)
    growing = bool(asked["growing"].met)
    if asked["one person"].met and not (growing and moved_on(spread, "person", rules.star_share, rules)):
        return _star(spread, rules, smallest)
    places: tuple[Group, ...] = ("team", "site")
    for kind in places:
        if asked[f"one {kind}"].met and not (growing and moved_on(spread, kind, rules.team_share, rules)):
            return _one_place(spread, spread.reach[kind], rules, smallest)
    if growing:
        return _growing(spread, rules, smallest)
    narrow = [key for key in KIND_OF if asked[f"wide: {key}"].met is False]
    if narrow and not asked["no star"].met:  # a narrow habit that may be one person's is nobody's yet
        return star_not_ruled_out(spread, rules, smallest)
    if narrow:
        return _partly(spread, narrow[0], asked[f"wide: {narrow[0]}"], smallest)
    if asked["recurs"].met is False:
        return not_recurring(spread)
    unclear = [key for key in KIND_OF if _unclear(asked[f"wide: {key}"])]
    if unclear:
        return too_few_to_be_wide(spread, rules, smallest, unclear[-1], asked[f"wide: {unclear[-1]}"])
    if not asked["no star"].met:
        return star_not_ruled_out(spread, rules, smallest)
    if not asked["most say who"].met:
        return mostly_unsaid(spread, rules, smallest)
    if not any(asked[f"wide: {key}"].met for key in KIND_OF):
        return nothing_to_compare(spread)
    return _systemic(spread, rules, asked, smallest)


def _also(spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], made: Decision) -> str:
    """What else is missing, of a verdict that falls short of the house for want of stories."""
    short = made.label == "not enough evidence" or made.decided_by.startswith("wide: ")
    if not short or made.label == "systemic" or not asked["enough stories"].met:
        return ""
    return still(spread, rules, asked, made.decided_by)


def _unclear(one: Criterion) -> bool:
    return one.met is None and "expected" in one.numbers and one.numbers["expected"] is not None


def _below_floor(spread: Spread, rules: VerdictRules, once: Criterion) -> Decision:
    n, told = spread.stories, spread.house_stories
    if once.met:
        return Decision(
            "random act",
            "once",
            f"Told in 1 of {told:,} stories: it is told of once, and even allowing for chance it is in "
            f"{words.at_most(once.numbers['at_most'])} of them.",
            "A second story of it: then it is no random act any more, but not enough evidence until "
            f"{rules.least_stories} stories show it.",
        )
    missing = rules.least_stories - n
    unsaid = n - spread.reach["person"].known
    more = f"{plural(missing, 'more story', 'more stories')} of it, with who did it, where and when"
    if unsaid:
        more += f", and who did it in the {unsaid} told so far that {'does' if unsaid == 1 else 'do'} not say"
    sites = spread.reach["site"].needed
    house = (
        f" For the way the house works it would take stories from at least {plural(sites, 'more site')}."
        if sites
        else ""
    )
    return Decision(
        "not enough evidence",
        "enough stories",
        f"Only {plural(n, 'story', 'stories')} of it so far, of {told:,} told; fewer than "
        f"{rules.least_stories} cannot tell one person's habit from everybody's.",
        f"{more}.{house}",
        "too few stories",
    )


def _without_people(
    spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], smallest: int
) -> Decision:
    person = spread.reach["person"]
    record = words.who_in_enough(spread, rules)
    if person.known >= rules.least_stories:
        return Decision(
            "not enough evidence",
            "who is known",
            f"All {person.told} stories that say who did it name the same "
            f"{'person' if person.named == 1 else 'few people'}, so there is nobody to compare with.",
            f"Stories about others: at least {rules.least_people} different people.",
            "nobody to compare with",
        )
    if person.known:
        unsaid = f"Who did it is known for only {person.known} of its {spread.stories} stories"
    else:
        unsaid = "Who did it is not recorded"
    for kind in ("team", "site"):
        if asked[f"one {kind}"].met:
            found = _one_place(spread, spread.reach[kind], rules, smallest)
            return Decision(
                found.label,
                found.decided_by,
                f"{found.because} {unsaid}, so it may be one person there.",
                f"{found.would_change} Record {record}, to tell one person from several.",
                found.detail,
            )
    place = words.where(spread, rules.least_people)
    if place.known < rules.least_stories or place.seen < rules.least_people:
        where = f"it is seen {words.at(place)}" if place.seen else "neither is the place"
        return Decision(
            "not enough evidence",
            "who is known",
            f"{unsaid}, and {where}: one person could stand behind all {spread.stories} stories.",
            f"Record {record}; or stories from at least {rules.least_people} sites.",
            UNSAID,
        )
    if excess(place, place.top_share) > rules.star_share / 2:
        return Decision(
            "not enough evidence",
            "who is known",
            f"{unsaid}, and {place.top} of the {place.known} stories that say where come from one "
            f"{place.kind}: one person there could stand behind all of these.",
            f"Record {record}, or collect more stories from other {place.kind}s.",
            UNSAID,
        )
    if asked["recurs"].met is False:
        return not_recurring(spread)
    seen = f"{words.at(place)}{words.usual(place)}{words.periods(spread)}"
    names_tell = words.names_tell(place)
    if asked["growing"].met:
        more = words.more_than_before(spread, smallest, rules.significance / 2)
        return Decision(
            "spreading",
            "growing",
            f"{more} Seen {seen}, so it is not one person alone. {unsaid}, so "
            "within each place it may still be one person.",
            f"Record {record}{names_tell}",
        )
    return Decision(
        "not enough evidence",
        "who is known",
        f"Seen {seen} ({spread.stories} stories), so it is not one person alone. But {unsaid[0].lower()}"
        f"{unsaid[1:]}, so within each place it may be one person's habit or everybody's.",
        f"Record {record}{names_tell}",
        UNSAID,
    )


def _star(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    person = spread.reach["person"]
    left, others = person.without_top
    if person.named < smallest:
        because = "Most of the stories that say who did it are one person's, more than chance would show."
    else:
        because = f"{words.share(person)} are one person's{words.elsewhere(person)}."
        rest = f"{plural(left, 'story', 'stories')} by {plural(others, 'other person', 'other people')}"
        because += (
            f" Without that person {rest} would be left." if left else " Nobody else was seen doing it."
        )
    needed = max(1, int(person.top / rules.star_share) + 1 - person.known)
    more = "More stories" if person.named < smallest else f"About {plural(needed, 'story', 'stories')}"
    return Decision(
        "star-dependent",
        "one person",
        because,
        f"{more} of others doing it, so that one person has less than {words.percent(rules.star_share)}.",
    )


def _one_place(spread: Spread, reach: Reach, rules: VerdictRules, smallest: int) -> Decision:
    word = reach.kind
    needed = max(1, int(reach.top / rules.team_share) + 1 - reach.known)
    person = spread.reach["person"]
    number = person.seen if person.named >= smallest else "A few"
    several = f" {number} different people do it." if person.seen > 1 else ""
    return Decision(
        "team habit",
        f"one {word}",
        f"{words.share(reach, 'where')} come from one {word}{words.elsewhere(reach)}.{several}",
        f"About {plural(needed, 'story', 'stories')} of it from other {word}s.",
        "of one site" if word == "site" else None,
    )


def _growing(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    growth, person = spread.growth, spread.reach["person"]
    assert growth is not None
    unsaid = f" Only {person.known} of them say who did it." if person.missing > rules.most_missing else ""
    return Decision(
        "spreading",
        "growing",
        f"{words.more_than_before(spread, smallest, rules.significance / 2)} Seen in {spread.stories} stories"
        f"{words.periods(spread)}.{unsaid}",
        "It would be called the way the house works once it has been as wide for a whole round of periods; "
        f"it would not be called spreading if the stories since {growth.since} fell back to where they were.",
    )


def _partly(spread: Spread, key: str, asked: Criterion, smallest: int) -> Decision:
    reach = spread.reach[KIND_OF[key]]
    wide = f"where so many would show about {round(reach.expected)}" if reach.expected else "of many"
    places = words.where(spread, 2)
    seen = words.at(reach) if key != "people" else f"with {words.count(reach, smallest)}"
    because = f"Seen {seen} in {reach.known} stories, {wide}: fewer than if all did it alike."
    hidden = reach.kind == "person" and reach.named < smallest
    if key != "people":
        at = "at" if key == "sites" else "in"
        once = f"; {at} {reach.seen - reach.again} it is told of once" if reach.seen > reach.again else ""
        because += f" {at.capitalize()} {reach.again} of them it is told of at least twice{once}."
    # Where it is told of once, nothing shows that anybody there does it again.
    of = reach.compared_with
    uneven = not hidden and reach.again > 1 and reach.at_least is not None and 2 * reach.at_least > of
    if not hidden and 2 * reach.again > max(reach.named, reach.listed):
        circle = detail = f"most {key}"
    elif places.seen < 2:
        circle = detail = "a small circle"
    elif uneven:
        circle, detail = "", f"unevenly spread over {key}"
    elif key == "people":
        circle, detail = f"a few people {words.at(places)}", "a few people"
    elif reach.again == 1:
        circle = detail = f"one {reach.kind} above all"
    else:
        circle = detail = f"some {key}"
    house = ", but not shown of the whole house" if detail == f"most {key}" else " and not of the house"
    if circle:
        because += f" It is the habit of {circle}, not of one person{house}"
    else:
        because += (
            f" It is unevenly spread: shown at more than half of the {key}, at fewer than usual; not the "
            "habit of one person, but not shown of the whole house"
        ).replace("at more than half of the people, at", "of more than half of the people, of")
    more = 0 if hidden else more_groups(asked)
    word = "of them" if key == "people" else reach.kind if more == 1 else key
    return Decision(
        "team habit",
        f"wide: {key}",
        f"{because}, and it is not spreading to more people or sites.",
        f"Stories of it from {words.who_else(key)}"
        f"{f'; {more} more {word}, a story each, would be as wide as is asked for' if more else ''}.",
        f"of {detail}" if circle else detail,
    )


def _systemic(spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], smallest: int) -> Decision:
    person = spread.reach["person"]
    usual = f" (so many stories would show about {round(person.expected)})" if person.expected else ""
    wide = "about as widely as stories are told at all" if usual else "with nobody standing behind most of it"
    nobody = (
        ""
        if person.named < smallest
        else f" No one person stands behind more than {words.percent(person.top_share)} of the "
        f"{person.known} stories that say who (at most {words.percent(person.top_high)}, allowing for "
        "chance)."
    )
    close = ""
    next_one = exact_interval(person.top + 1, person.known + 1)[1]
    if person.named >= smallest and excess(person, next_one) >= rules.star_share:
        close = (
            " It is close: one more story of the person named most, and it could hang on that person again."
        )
    shown = next(key for key in ("sites", "teams", "people") if asked[f"wide: {key}"].met)
    return Decision(
        "systemic",
        f"wide: {shown}",
        f"Seen with {words.count(person, smallest)}{usual}{words.places(spread)}{words.periods(spread)}: "
        f"{wide}.{nobody}",
        "It would change if new stories came from only a few people or places, or stopped for a period."
        f"{close}",
    )
