"""Random act, one star's habit, or the way this house works: the verdict, in a shift lead's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from servicestory.detect import verdict_words as words
from servicestory.detect.concentration import exact_interval
from servicestory.detect.criteria import Criterion, Group, criteria, excess, moved_on
from servicestory.detect.house import Kind
from servicestory.detect.spread import Reach, Spread
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.practice import Verdict
from servicestory.text import plural

Label = str
_CLOSE = 2  # stories; so few more would tip the verdict
_KIND: dict[str, Kind] = {"people": "person", "teams": "team", "sites": "site"}


@dataclass(frozen=True)
class _Decision:
    label: Label
    decided_by: str
    because: str
    would_change: str


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
    decision = _decide(spread, rules, asked, organisation.privacy.smallest_group)
    return Verdict.model_validate(
        {
            "label": decision.label,
            "because": " ".join([decision.because, *words.notes(spread, decision.decided_by)]),
            "would_change": decision.would_change,
            "criteria": {
                "decided_by": decision.decided_by,
                **{key: {"met": one.met, **one.numbers} for key, one in asked.items()},
            },
        }
    )


def explain(spread: Spread, rules: VerdictRules, organisation: Organisation) -> list[tuple[str, str]]:
    """Walk through the criteria: (question, answer in words) in the order they are asked.

    Below the floor of stories only what decided, and how many more are needed: the rest would be guessing.
    """
    asked = criteria(spread, rules, organisation)
    if asked["enough stories"].met:
        return [(one.question, words.answer(one)) for one in asked.values()]
    first = [asked["enough stories"], *([asked["once"]] if asked["once"].met else [])]
    more = plural(rules.least_stories - spread.stories, "more story", "more stories")
    return [
        *((one.question, words.answer(one)) for one in first),
        ("And the other questions?", f"They cannot be answered yet: {more} of it would be needed."),
    ]


def _decide(spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], smallest: int) -> _Decision:
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
    narrow = [key for key in _KIND if asked[f"wide: {key}"].met is False]
    if narrow:
        return _partly(spread, narrow[0], asked[f"wide: {narrow[0]}"], smallest)
    if asked["recurs"].met is False:
        return _not_recurring(spread)
    unclear = [key for key in _KIND if _unclear(asked[f"wide: {key}"])]
    if unclear:
        return _too_few_to_be_wide(spread, rules, smallest, unclear[-1])
    if not asked["no star"].met:
        return _star_not_ruled_out(spread, rules, smallest)
    if spread.reach["person"].missing > rules.most_missing:
        return _mostly_unsaid(spread, rules, smallest)
    if not any(asked[f"wide: {key}"].met for key in _KIND):
        return _nothing_to_compare(spread)
    return _systemic(spread, rules, smallest)


def _unclear(one: Criterion) -> bool:
    return one.met is None and "expected" in one.numbers and one.numbers["expected"] is not None


def _below_floor(spread: Spread, rules: VerdictRules, once: Criterion) -> _Decision:
    n, told = spread.stories, spread.house_stories
    if once.met:
        return _Decision(
            "random act",
            "once",
            f"Seen in 1 of {told:,} stories: a single act, which even allowing for chance is in "
            f"{words.at_most(once.numbers['at_most'])} of them.",
            f"It would be looked at again once {rules.least_stories} stories show it.",
        )
    missing = rules.least_stories - n
    return _Decision(
        "not enough evidence",
        "enough stories",
        f"Only {plural(n, 'story', 'stories')} of it so far, of {told:,} told; fewer than "
        f"{rules.least_stories} cannot tell one person's habit from everybody's.",
        f"{plural(missing, 'more story', 'more stories')} of it, with who did it, where and when.",
    )


def _without_people(
    spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], smallest: int
) -> _Decision:
    person = spread.reach["person"]
    record = f"who did it in at least {rules.least_stories} of its stories"
    if person.known >= rules.least_stories:
        return _Decision(
            "not enough evidence",
            "who is known",
            f"All {person.told} stories that say who did it name the same "
            f"{'person' if person.named == 1 else 'few people'}, so there is nobody to compare with.",
            f"Stories about others: at least {rules.least_people} different people.",
        )
    if person.known:
        unsaid = f"Who did it is known for only {person.known} of its {spread.stories} stories"
    else:
        unsaid = "Who did it is not recorded"
    for kind in ("team", "site"):
        if asked[f"one {kind}"].met:
            found = _one_place(spread, spread.reach[kind], rules, smallest)
            return _Decision(
                found.label,
                found.decided_by,
                f"{found.because} {unsaid}, so it may be one person there.",
                f"{found.would_change} Record {record}, to tell one person from several.",
            )
    place = words.where(spread, rules.least_people)
    if place.known < rules.least_stories or place.seen < rules.least_people:
        where = f"it is seen {words.at(place)}" if place.seen else "neither is the place"
        return _Decision(
            "not enough evidence",
            "who is known",
            f"{unsaid}, and {where}: one person could stand behind all {spread.stories} stories.",
            f"Record {record}; or stories from at least {rules.least_people} sites.",
        )
    if excess(place, place.top_share) > rules.star_share / 2:
        return _Decision(
            "not enough evidence",
            "who is known",
            f"{unsaid}, and {place.top} of the {place.known} stories that say where come from one "
            f"{place.kind}: one person there could stand behind much of it.",
            f"Record {record}, or collect more stories from other {place.kind}s.",
        )
    if asked["recurs"].met is False:
        return _not_recurring(spread)
    seen = f"{words.at(place)}{words.usual(place)}{words.periods(spread)}"
    if asked["growing"].met:
        more = words.more_than_before(spread, smallest, rules.significance / 2)
        return _Decision(
            "spreading",
            "growing",
            f"{more} Seen {seen}, so it is not one person alone. {unsaid}, so "
            "within each place it may still be one person.",
            f"Record {record}: then one person per place can be told from everybody.",
        )
    return _Decision(
        "not enough evidence",
        "who is known",
        f"Seen {seen} ({spread.stories} stories), so it is not one person alone. But {unsaid[0].lower()}"
        f"{unsaid[1:]}, so within each place it may be one person's habit or everybody's.",
        f"Record {record}: then one person per place can be told from everybody.",
    )


def _star(spread: Spread, rules: VerdictRules, smallest: int) -> _Decision:
    person = spread.reach["person"]
    left, others = person.without_top
    if person.named < smallest:
        because = "Most of the stories that say who did it name the same person, more than chance would show."
    else:
        because = f"{words.share(person)} name the same person{words.elsewhere(person)}."
        rest = f"{plural(left, 'story', 'stories')} by {plural(others, 'other person', 'other people')}"
        because += (
            f" Without that person {rest} would be left." if left else " Nobody else was seen doing it."
        )
    needed = max(1, int(person.top / rules.star_share) + 1 - person.known)
    more = "More stories" if person.named < smallest else f"About {plural(needed, 'story', 'stories')}"
    return _Decision(
        "star-dependent",
        "one person",
        because,
        f"{more} of others doing it, so that one person has less than {words.percent(rules.star_share)}.",
    )


def _one_place(spread: Spread, reach: Reach, rules: VerdictRules, smallest: int) -> _Decision:
    word = reach.kind
    needed = max(1, int(reach.top / rules.team_share) + 1 - reach.known)
    person = spread.reach["person"]
    number = person.seen if person.named >= smallest else "A few"
    several = f" {number} different people do it." if person.seen > 1 else ""
    return _Decision(
        "team habit",
        f"one {word}",
        f"{words.share(reach, 'where')} come from one {word}{words.elsewhere(reach)}.{several}",
        f"About {plural(needed, 'story', 'stories')} of it from other {word}s.",
    )


def _growing(spread: Spread, rules: VerdictRules, smallest: int) -> _Decision:
    growth, person = spread.growth, spread.reach["person"]
    assert growth is not None
    unsaid = f" Only {person.known} of them say who did it." if person.missing > rules.most_missing else ""
    return _Decision(
        "spreading",
        "growing",
        f"{words.more_than_before(spread, smallest, rules.significance / 2)} Seen in {spread.stories} stories"
        f"{words.periods(spread)}.{unsaid}",
        "It would be called the way the house works once it has been as wide for a whole round of periods; "
        f"it would not be called spreading if the stories since {growth.since} fell back to where they were.",
    )


def _partly(spread: Spread, key: str, asked: Criterion, smallest: int) -> _Decision:
    reach = spread.reach[_KIND[key]]
    wide = f"where so many would show about {round(reach.expected)}" if reach.expected else "of many"
    places = words.where(spread, 2)
    seen = words.at(reach) if key == "sites" else f"with {words.count(reach, smallest)}"
    because = f"Seen {seen} in {reach.known} stories, {wide}: fewer than if all did it alike."
    hidden = reach.kind == "person" and reach.named < smallest
    most = not hidden and 2 * reach.seen > max(reach.named, reach.listed)
    if most:
        circle = f"most {key}"
    elif places.seen < 2:
        circle = "a small circle"
    elif key == "people":
        circle = f"a few people {words.at(places)}"
    else:
        circle = "some sites" if key == "sites" else f"some places ({words.at(places)})"
    house = ", but not shown of the whole house" if most else " and not of the house"
    because += f" It is the habit of {circle}, not of one person{house}"
    return _Decision(
        "team habit",
        f"wide: {key}",
        f"{because}, and it is not seen with more than before.",
        f"Stories of it from {words.who_else(key)}{'' if hidden else _how_many_more(reach, asked)}.",
    )


def _how_many_more(reach: Reach, wide: Criterion) -> str:
    """How many groups are missing to what the criterion asks for, so many stories given."""
    expected, level = wide.numbers["expected"], wide.numbers["level"]
    if not isinstance(expected, float) or not isinstance(level, float):
        return ""
    more = max(1, ceil(level * expected) - reach.seen)
    word = "of them" if reach.kind == "person" else f"{reach.kind}{'' if more == 1 else 's'}"
    return f"; about {more} more {word} would be as wide as is asked for"


def _not_recurring(spread: Spread) -> _Decision:
    seen = [point.period for point in spread.series if point.stories]
    since = f", and in none of the {spread.told_since} stories told since" if spread.told_since else ""
    return _Decision(
        "not enough evidence",
        "recurs",
        f"Its {spread.stories} stories are seen {'only in' if len(seen) == 1 else 'up to'} {seen[-1]}"
        f"{since}: it may have been a season's effort rather than a habit.",
        "Stories of it from a later period.",
    )


def _star_not_ruled_out(spread: Spread, rules: VerdictRules, smallest: int) -> _Decision:
    person = spread.reach["person"]
    more = _stories_to_rule_out(person, rules)
    shown = f" (whoever is named most is in {person.top} of the {person.known} stories that say who)"
    close = ""
    if 0 < more <= _CLOSE and person.named >= smallest:
        high = words.percent(excess(person, person.top_high))
        close = (
            f". It is close: allowing for chance it may hang on that person for {high}, where less than "
            f"{words.percent(rules.star_share)} is asked for"
        )
    change = "Stories of it by others than the person named most."
    if more:
        change = f"About {plural(more, 'more story that says', 'more stories that say')} who did it."
    return _Decision(
        "not enough evidence",
        "no star",
        "It is not shown to hang on one person, but that cannot be ruled out either"
        f"{'' if person.named < smallest else shown}{close}.",
        change,
    )


def _too_few_to_be_wide(spread: Spread, rules: VerdictRules, smallest: int, key: str) -> _Decision:
    """Seen nowhere near everywhere, and so few stories would show no more if everybody did it."""
    reach = spread.reach[_KIND[key]]
    seen = words.at(reach) if key != "people" else f"with {words.count(reach, smallest)}"
    usual = f"where about {round(reach.expected)} would be usual" if reach.expected else "of those listed"
    of = reach.compared_with
    because = f"Seen {seen} in {plural(reach.known, 'story', 'stories')}, {usual}."
    change = f"More stories that say {words.tells(key)}: about as many again as there are."
    if reach.at_least is not None and reach.at_least <= rules.least_reach * of:
        few = "a few" if key == "people" and reach.named < smallest else f"{reach.at_least} of {of}"
        because += (
            f" So few stories would look the same if only {few} {key} did it, so they cannot tell whether "
            "this is how the house works."
        )
        if reach.needed and reach.needed > reach.known:
            more = plural(reach.needed - reach.known, "more story", "more stories")
            change = (
                f"About {more} of it that say {words.tells(key)}: if all "
                f"{key} do it, these would show that more than {words.percent(rules.least_reach)} of them do."
            )
    else:
        because += " So few may still be chance."
    return _Decision("not enough evidence", f"wide: {key}", because, change)


def _nothing_to_compare(spread: Spread) -> _Decision:
    return _Decision(
        "not enough evidence",
        "wide: people",
        f"Nobody stands behind most of its {spread.stories} stories. But hardly any other story is told, and "
        "no staff, teams or sites are listed, so how many others there are who might not do it is not known.",
        "Stories of other practices; or the staff, teams and sites in servicestory.yaml.",
    )


def _mostly_unsaid(spread: Spread, rules: VerdictRules, smallest: int) -> _Decision:
    person, place = spread.reach["person"], words.where(spread, rules.least_people)
    if smallest <= person.named and person.seen > place.seen >= rules.least_people:
        rest = f"whose the other {spread.stories - person.known} are is not known"
    elif place.seen >= rules.least_people:
        rest = "within each place it may still be one person"
    else:
        rest = "the others may all be one person's"
    return _Decision(
        "not enough evidence",
        "who is known",
        f"Seen with {words.count(person, smallest)}{words.places(spread)}{words.periods(spread)}, as widely "
        f"as stories are told. But only {person.known} of its {spread.stories} stories say who did it: "
        f"{rest}.",
        f"Record who did it in at least {words.percent(1 - rules.most_missing)} of its stories.",
    )


def _systemic(spread: Spread, rules: VerdictRules, smallest: int) -> _Decision:
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
    return _Decision(
        "systemic",
        "wide: people",
        f"Seen with {words.count(person, smallest)}{usual}{words.places(spread)}{words.periods(spread)}: "
        f"{wide}.{nobody}",
        "It would change if new stories came from only a few people or places, or stopped for a period."
        f"{close}",
    )


def _stories_to_rule_out(person: Reach, rules: VerdictRules) -> int:
    """How many more stories, the share of the most seen person as it is, would rule a star out (0: none)."""
    for more in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300):
        n = person.known + more
        if excess(person, exact_interval(round(person.top_share * n), n)[1]) < rules.star_share:
            return more
    return 0
