"""Random act, one star's habit, or the way this house works: the verdict, in a shift lead's words."""

from collections.abc import Mapping

from servicestory.detect import asking_who, growth_words
from servicestory.detect import verdict_words as words
from servicestory.detect.concentration import exact_interval
from servicestory.detect.criteria import Criterion, criteria, deciding, excess, where
from servicestory.detect.edge import edge
from servicestory.detect.spread import Reach, Spread
from servicestory.detect.unclear import (
    KIND_OF,
    UNSAID,
    Decision,
    close_to,
    more_groups,
    mostly_unsaid,
    not_recurring,
    not_told_apart,
    nothing_to_compare,
    shown_of,
    star_not_ruled_out,
    still,
    then_seen,
    too_few_to_be_wide,
)
from servicestory.detect.walk import told
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
    change = decision.would_change + _also(spread, rules, asked, decision)
    change += asking_who.names_to_confirm(spread, decision.decided_by)
    return Verdict.model_validate(
        {
            "label": decision.label,
            "detail": decision.detail,
            "because": " ".join(
                [
                    decision.because + edge(spread, rules, asked, decision, smallest),
                    *words.notes(spread, decision.decided_by, rules, smallest),
                ]
            ),
            "would_change": change,
            "criteria": {
                "decided_by": decision.decided_by,
                **{
                    key: {"met": one.met, **one.numbers}
                    for key, one in told(spread, asked, organisation).items()
                },
            },
        }
    )


def _decide(spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], smallest: int) -> Decision:
    """The sentences of the criterion that decides, and nothing else: the walk shows the same one."""
    key = deciding(asked)
    if key in ("once", "enough stories"):
        return _below_floor(spread, rules, asked["once"])
    if key == "one person":
        return _star(spread, rules, smallest)
    if key in ("one team", "one site"):
        found = _one_place(spread, spread.reach["team" if key == "one team" else "site"], rules, smallest)
        return found if asked["who is known"].met else _or_one_person_there(spread, rules, found)
    if key == "recurs":
        return not_recurring(spread)
    if key == "growing":
        known = asked["who is known"].met
        return (_growing if known else _growing_unsaid)(spread, rules, smallest)
    if key == "who is known":
        return _without_people(spread, rules, smallest)
    if key == "no star":
        return star_not_ruled_out(spread, rules, smallest)
    if key == "most say who":
        return mostly_unsaid(spread, rules, asked, smallest)
    one = asked[key]
    if one.met:
        return _systemic(spread, rules, key, one, smallest)
    if one.met is False:
        return _partly(spread, key, one, rules, smallest)
    if one.numbers.get("expected") is None:
        return nothing_to_compare(spread)
    return too_few_to_be_wide(spread, rules, smallest, key.removeprefix("wide: "), one)


def _also(spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], made: Decision) -> str:
    """What else is missing, of a verdict that falls short of the house for want of stories."""
    short = made.label == "not enough evidence" or made.decided_by.startswith("wide: ")
    if not short or made.label == "systemic" or not asked["enough stories"].met:
        return ""
    return still(spread, rules, asked, made.decided_by)


def _below_floor(spread: Spread, rules: VerdictRules, once: Criterion) -> Decision:
    n, told = spread.stories, spread.house_stories
    n_said = plural(n, "story", "stories")
    missing = words.stories_missing(spread, rules)
    if once.met:
        return Decision(
            "random act",
            "once",
            f"Told in 1 of {told:,} stories: it is told of once, and even allowing for chance it is in "
            f"{words.at_most(once.numbers['at_most'])} of them.",
            "A second story of it: then it is no random act any more, but not enough evidence until "
            f"{rules.least_stories} stories tell of it and of who did it ({missing} more than now).",
        )
    unsaid = n - spread.reach["person"].known
    more = f"{plural(missing, 'more story', 'more stories')} of it, with who did it, where and when"
    if missing > rules.least_stories - n:
        gone = spread.unsaid_import
        more = f"At least {more}; {gone} imported so far {'does' if gone == 1 else 'do'} not say who did it"
    elif unsaid:
        more += f", and who did it in the {unsaid} told so far that {'does' if unsaid == 1 else 'do'} not say"
    site = spread.reach["site"]
    house = ""
    if site.needed:
        more_sites = plural(site.needed, "more site")
        house = (
            f" For the way the house works it would take stories from at least {more_sites} "
            f"({site.seen + site.needed} in all, which would show that "
            f"{shown_of(rules.least_reach, site.compared_with)} do it)."
        )
    return Decision(
        "not enough evidence",
        "enough stories",
        f"{f'Only {n_said}' if n else 'No story'} of it so far, of {told:,} told; fewer than "
        f"{rules.least_stories} cannot tell one person's habit from everybody's.",
        f"{more}.{house}",
        "too few stories",
    )


def _without_people(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    """Too few say who did it, and neither one place nor growth decides: what is missing."""
    person = spread.reach["person"]
    if person.known >= rules.least_stories:
        told, least = f"All {person.told:,} stories that say who did it", rules.least_people
        others = f"Stories about others: at least {least} different people."
        if person.named >= smallest:
            because = (
                f"{told} name {person.named} people together; at least {least} are asked for to compare."
            )
            return Decision(
                "not enough evidence", "who is known", because, others, "too few people to compare"
            )
        same = "person" if person.named == 1 else "few people"
        because = f"{told} name the same {same}, so there is nobody to compare with."
        return Decision("not enough evidence", "who is known", because, others, "nobody to compare with")
    unsaid, record = _unsaid(spread), asking_who.say_who(spread, rules)
    place = where(spread, rules.least_people)
    if place.known < rules.least_stories or place.seen < rules.least_people:
        at = f"it is seen {words.at(place)}" if place.seen else "neither is the place"
        return Decision(
            "not enough evidence",
            "who is known",
            f"{unsaid}, and {at}: one person could stand behind {_most_of_one(spread)} stories.",
            f"{record}; or stories from at least {rules.least_people} sites.",
            UNSAID,
        )
    if excess(place, place.top_share) > rules.star_share / 2:
        return Decision(
            "not enough evidence",
            "who is known",
            f"{unsaid}, and {place.top} of the {place.known} stories that say where come from one "
            f"{place.kind}: one person there could stand behind all of these.",
            f"{record}, or collect more stories from other {place.kind}s.",
            UNSAID,
        )
    return Decision(
        "not enough evidence",
        "who is known",
        f"Seen {_seen_where(spread, place)} ({spread.stories} stories), so it is not one person alone. But "
        f"{unsaid[0].lower()}{unsaid[1:]}, so within each place it may be one person's habit or everybody's.",
        f"{record}{words.names_tell(place)}",
        UNSAID,
    )


def _most_of_one(spread: Spread) -> str:
    """How many of its stories may be one person's: those that do not say, and those of the one seen most."""
    person = spread.reach["person"]
    most = spread.stories - person.known + person.top
    return f"{'all ' if most == spread.stories else f'{most} of '}{spread.stories}"


def _unsaid(spread: Spread) -> str:
    known = spread.reach["person"].known
    if known:
        return f"Who did it is known for only {known} of its {spread.stories} stories"
    return "Who did it is not recorded"


def _seen_where(spread: Spread, place: Reach) -> str:
    return f"{words.at(place)}{words.usual(place)}{words.periods(spread)}"


def _or_one_person_there(spread: Spread, rules: VerdictRules, found: Decision) -> Decision:
    return Decision(
        found.label,
        found.decided_by,
        f"{found.because} {_unsaid(spread)}, so it may be one person there.",
        f"{found.would_change} {asking_who.say_who(spread, rules)}, to tell one person from several.",
        found.detail,
    )


def _growing_unsaid(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    place = where(spread, rules.least_people)
    return Decision(
        "spreading",
        "growing",
        f"{growth_words.more_than_before(spread, rules, smallest)} Seen "
        f"{_seen_where(spread, place)}, so it is not one person alone. {_unsaid(spread)}, so "
        "within each place it may still be one person.",
        f"{asking_who.say_who(spread, rules)}{words.names_tell(place)}",
    )


def _star(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    person = spread.reach["person"]
    left, others = person.without_top
    if person.named < smallest:
        because = "Most of the stories that say who did it are one person's, more than chance would show."
    else:
        because = f"{words.share(person)} are one person's{words.elsewhere(person)}."
        who = plural(others, "other person", "other people")
        rest = f"{plural(left, 'story', 'stories')} by {who}" if others >= smallest else "a few by others"
        because += (
            f" Without that person {rest} would be left." if left else " Nobody else was seen doing it."
        )
    needed = max(1, int(person.top / rules.star_share) + 1 - person.known)
    more = (
        "More stories"
        if person.named < smallest
        else f"At least {plural(needed, 'more story', 'more stories')}"
    )
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
    number = person.seen if not person.hidden(smallest) else "A few"
    several = f" {number} different people do it." if person.seen > 1 else ""
    return Decision(
        "team habit",
        f"one {word}",
        f"{words.share(reach, 'where')} come from one {word}{words.elsewhere(reach)}.{several}",
        f"At least {plural(needed, 'more story', 'more stories')} of it from other {word}s.",
        "of one site" if word == "site" else None,
    )


def _growing(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    growth, person = spread.growth, spread.reach["person"]
    assert growth is not None
    unsaid = f" {words.say_so(person.known, 'them')}." if person.missing > rules.most_missing else ""
    return Decision(
        "spreading",
        "growing",
        f"{growth_words.more_than_before(spread, rules, smallest)} Seen in {spread.stories} stories"
        f"{words.periods(spread)}.{unsaid}",
        "It would be called the way the house works once it has been as wide for a whole round of periods; "
        f"it would not be called spreading if the stories since {growth.since} fell back to where they were.",
    )


def _partly(spread: Spread, key: str, asked: Criterion, rules: VerdictRules, smallest: int) -> Decision:
    """The habit of some: shown of those where it is told of again, and not of the house."""
    kind = key.removeprefix("wide: ")
    reach = spread.reach[KIND_OF[kind]]
    hidden = spread.hides(reach.kind, smallest)
    seen = words.seen_at(reach, kind, smallest, hidden)
    wide = words.if_alike(reach) or "of those listed"
    because = f"Seen {seen} in {reach.known} stories, {wide}"
    narrow = asked.numbers["narrow"]
    if narrow:
        because += ": chance does not explain so few."
    else:
        because += f". {not_told_apart(reach, kind, asked, hidden)}"
    if not hidden:
        because += f" {words.told_again(reach, kind)}"
    detail = _circle(spread, reach, kind, hidden)
    circle = f"a few people {words.at(where(spread, 2))}" if detail == "a few people" else detail
    house = "and not of the house" if narrow else "and whether of the house is not known"
    if detail in (f"most {kind}", f"some {kind}, unevenly spread"):
        house = "but not shown of the whole house"
    at_least = "" if narrow else " at least"
    more = 0 if hidden else more_groups(asked)
    word = "of them" if kind == "people" else reach.kind if more == 1 else kind
    one, each = ("a story", "with a story") if more == 1 else ("a story each", "a story each")
    tips = f"; {more} more {word}, {each}, would make {then_seen(asked)}" if more else ""
    if 0 < more <= close_to(reach.known):
        because += f" It is close: {one} from {more} more {word} would tip it."
    named = spread.reach["person"].known >= rules.least_stories
    there = "" if named else f" {_unsaid(spread)}, so at each of them it may be one person's or everybody's."
    return Decision(
        "team habit",
        key,
        f"{because} It is the habit of {circle}{at_least}, not of one person, {house}; nothing shows that it "
        f"is spreading{growth_words.told_more(spread, rules)}.{there}",
        f"Stories of it from {words.who_else(kind)}{tips}.",
        f"of {detail}{at_least}",
    )


def _circle(spread: Spread, reach: Reach, kind: str, hidden: bool) -> str:
    """Whose habit it is. Where it is told of once, nothing shows that anybody there does it again."""
    if not hidden and 2 * reach.again > max(reach.named, reach.listed):
        return f"most {kind}"
    if where(spread, 2).seen < 2:
        return "a small circle"
    if kind == "people":
        return "a few people"
    if reach.again == 1:
        return f"one {reach.kind} above all"
    uneven = 2 * reach.seen > max(reach.named, reach.listed)
    return f"some {kind}, unevenly spread" if uneven else f"some {kind}"


def _systemic(spread: Spread, rules: VerdictRules, shown: str, asked: Criterion, smallest: int) -> Decision:
    person = spread.reach["person"]
    usual = f" ({words.if_alike(person)})" if person.expected and person.named >= smallest else ""
    wide = (
        "about as widely as stories are told at all"
        if person.expected
        else "with nobody standing behind most of it"
    )
    nobody = (
        ""
        if person.hidden(smallest)
        else f" No one person stands behind more than {words.percent(person.top_share)} of the "
        f"{person.known} stories that say who (at most {words.percent(person.top_high)}, allowing for "
        "chance)."
    )
    if person.missing > rules.most_missing and not person.hidden(smallest):
        place = spread.at_one_site
        nobody += f" {_unsaid(spread)}, but {words.differ(place.differ, place.named_twice)}."
    close = ""
    next_one = exact_interval(person.top + 1, person.known + 1)[1]
    hangs = excess(person, next_one) >= rules.star_share and not spread.at_one_site.rules_out(rules)
    if not person.hidden(smallest) and hangs:
        close = (
            " It is close: one more story of the person named most, and it could hang on that person again."
        )
    kind = shown.removeprefix("wide: ")
    reach = spread.reach[KIND_OF[kind]]
    spare = reach.seen - float(asked.numbers["level"] or 0) * float(asked.numbers["expected"] or 0)
    told_once = reach.seen - reach.again
    hidden = kind == "people" and person.hidden(smallest)
    if spare < min(close_to(reach.known), told_once) and not hidden:
        fewer = plural(int(spare) + 1, KIND_OF[kind], kind)
        close += f" It is close: {fewer} fewer, and it would be the habit of some {kind}."
    return Decision(
        "systemic",
        shown,
        f"Seen with {words.people(spread, smallest)}{usual}{words.places(spread)}{words.periods(spread)}: "
        f"{wide}.{nobody}",
        "It would change if new stories came from only a few people or places, or stopped for a period."
        f"{close}",
    )
