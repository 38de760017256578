"""Not enough evidence though there are stories enough: what is missing, and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass

from servicestory.detect import asking_who
from servicestory.detect import verdict_words as words
from servicestory.detect.chance import at_least
from servicestory.detect.concentration import exact_interval
from servicestory.detect.criteria import Criterion, excess, where
from servicestory.detect.house import Kind
from servicestory.detect.spread import Reach, Spread
from servicestory.models.organisation import VerdictRules
from servicestory.text import listing, plural

UNSAID = "who did it is too little known"
_CLOSE = 2  # stories; so few more would tip the verdict
_SEASON = 3  # periods; what was seen in more was no one season's effort
KIND_OF: dict[str, Kind] = {"people": "person", "teams": "team", "sites": "site"}


@dataclass(frozen=True)
class Decision:
    """A verdict with the key of the criterion that decided, why, and what would change it.

    ``detail`` is whose habit it is, or what is missing.
    """

    label: str
    decided_by: str
    because: str
    would_change: str
    detail: str | None = None


def not_recurring(spread: Spread) -> Decision:
    seen = [point.period for point in spread.series if point.stories]
    since = _none_since(spread.told_since)
    perhaps = "it may have been a season's effort rather than a habit"
    if len(seen) > _SEASON:
        perhaps = f"it came back in {len(seen)} periods, and may have been let go since"
    return Decision(
        "not enough evidence",
        "recurs",
        f"Its {spread.stories} stories are seen {'only in' if len(seen) == 1 else 'up to'} {seen[-1]}"
        f"{since}: {perhaps}.",
        "Stories of it from a later period.",
        "seen in one period only" if len(seen) == 1 else "not seen of late",
    )


def _none_since(told: int) -> str:
    """That no story told since shows it; empty where none was told."""
    if told < 2:
        return ", and not in the one story told since" if told else ""
    return f", and in none of the {told:,} stories told since"


def star_not_ruled_out(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    person = spread.reach["person"]
    more = _stories_to_rule_out(person, rules)
    rare = ", far more than chance would show" if words.far_more(spread, rules) else ""
    shown = f" (whoever did it most is in {person.top} of the {person.known} stories that say who{rare})"
    close = ""
    if 0 < more <= _CLOSE and person.named >= smallest:
        high = words.percent(excess(person, person.top_high))
        close = (
            f". It is close: at most {high} of it may be that person's, allowing for chance, where less than "
            f"{words.percent(rules.star_share)} is asked for"
        )
    change = "Stories of it by others than the person named most."
    if person.named >= smallest and person.top_share >= rules.star_share:
        change = _either_way(person, rules)
    elif more:
        change = f"About {plural(more, 'more story that says', 'more stories that say')} who did it."
    return Decision(
        "not enough evidence",
        "no star",
        f"It is not shown to hang on one person{'' if person.named < smallest else shown}, but so few "
        f"stories cannot rule out that one person stands behind half of it{close}.",
        change,
        "too few stories to rule one person out",
    )


def _either_way(person: Reach, rules: VerdictRules) -> str:
    """Of a share as large as a star's, which may be chance: more of the same make a star, others none."""
    others = next(
        (n for n in range(1, 200) if excess(person, _high(person.top, person.known + n)) < rules.star_share),
        0,
    )
    said = "Stories of it by others than the person named most"
    if others:
        said = f"At least {plural(others, 'more story', 'more stories')} by others than the person named most"
    said += ": then it does not hang on one person."
    if same := _stories_to_be_a_star(person, rules):
        stories = plural(same, "more story", "more stories")
        said += f" If that person's share stays as it is, about {stories} or fewer"
        said += " would show that it does: star-dependent."
    return said


def _high(hits: int, stories: int) -> float:
    return exact_interval(hits, stories)[1]


def _stories_to_be_a_star(person: Reach, rules: VerdictRules) -> int:
    """How many more stories, the share of the most seen person as it is, would show a star (0: not known)."""
    if person.top_p is None:
        return 0
    of_top, told = person.top + person.elsewhere_top, person.known + person.elsewhere
    alone = at_least(person.top, told, of_top, person.known)
    asked = (
        person.top_p / alone
    )  # among how many people; fewer can reach more stories, so it takes at most as many
    for more in range(1, 200):
        n = person.known + more
        hits = int(person.top_share * n + 1e-9)
        chance = at_least(hits, told + more, of_top + hits - person.top, n)
        if hits >= rules.star_share * n and asked * chance <= rules.significance:
            return more
    return 0


def too_few_to_be_wide(
    spread: Spread, rules: VerdictRules, smallest: int, key: str, wide: Criterion
) -> Decision:
    """Seen nowhere near everywhere, and so few stories would show no more if everybody did it."""
    reach = spread.reach[KIND_OF[key]]
    seen = words.seen_at(reach, key, smallest, spread.hides(reach.kind, smallest))
    usual = words.if_alike(reach) or "of those listed"
    of = reach.compared_with
    hidden = reach.hidden(smallest)
    because = f"Seen {seen} in {plural(reach.known, 'story', 'stories')}, {usual}. "
    because += not_told_apart(reach, key, wide, hidden)
    if not hidden:
        because += f" {words.told_again(reach, key)} For a habit of theirs {rules.least_stories} such stories"
        because += " are asked for."
    change = f"Stories of it from {words.who_else(key)}."
    more = more_groups(wide)
    then = "" if hidden else f" ({reach.seen + more} in all)"
    if reach.at_least is not None and reach.at_least <= rules.least_reach * of:
        if more:
            stories = plural(more, "more story", "more stories")
            change = (
                (
                    f"At least {stories} of it, each from a {_ONE[key]} at which it has not been seen"
                    f"{then}: fewer cannot show that {shown_of(rules.least_reach, of)} {key} do it."
                )
                .replace("person at which", "person with whom")
                .replace("team at which", "team in which")
            )
    elif more:
        change = f"Stories of it from {words.who_else(key)}: at least {more} more{then}."
    if not hidden:
        change += _to_be_some(reach, key, rules)
    return Decision(
        "not enough evidence", f"wide: {key}", because, change, "too few stories to tell how widely"
    )


def _to_be_some(reach: Reach, key: str, rules: VerdictRules) -> str:
    """The nearer step: how few more stories of those where it is seen make it their habit."""
    missing, once = rules.least_stories - reach.told_again, reach.seen - reach.again
    if missing <= 0:
        return ""
    # the second story of a site counts with the first
    fewest = -(-missing // 2) if missing <= 2 * once else missing - once
    stories = plural(fewest, "more story", "more stories")
    where_seen = {
        "people": "people seen doing it",
        "teams": "teams where it is seen",
        "sites": "sites where it is seen",
    }
    return f" For the habit of some {key}, at least {stories} from {where_seen[key]}."


def not_told_apart(reach: Reach, key: str, wide: Criterion, hidden: bool) -> str:
    """Why the stories cannot tell whether it is as wide as the house."""
    level = wide.numbers["least_reach"]
    if reach.at_least is None or level is None or reach.at_least > float(level) * reach.compared_with:
        return "So few may still be chance."
    few = "a few" if hidden else f"{reach.at_least} of {reach.compared_with}"
    return (
        f"So few stories would look the same if only {few} {key} did it, so they cannot tell whether this is "
        "how the house works."
    )


def close_to(stories: int) -> int:
    """How few stories, among so many, are so few that a verdict which they would tip is close."""
    return max(1, stories // 20)


_ONE = {"people": "person", "teams": "team", "sites": "site"}


def more_groups(wide: Criterion) -> int:
    """How many groups, a story each, are missing to what is asked for; 0 where nobody knows.

    Asked for are as many as are usual, and that more than a share of them are shown to do it: the larger.
    """
    usual, show = (wide.numbers.get(key) for key in ("more_to_usual", "more_to_show"))
    return max(n if isinstance(n, int) else 0 for n in (usual, show))


def then_seen(wide: Criterion) -> str:
    """What :func:`more_groups` makes together with those seen, so that the figures can be added up.

    More stories show more groups, so what is asked for grows with them; and so many groups in so few
    stories show that others do it too, of whom no story tells yet.
    """
    n = wide.numbers
    more, seen, level = more_groups(wide), n.get("seen"), n.get("least_reach")
    if not more or not isinstance(seen, int):
        return ""
    if isinstance(n.get("more_to_show"), int) and more == n["more_to_show"] and level is not None:
        return f"{seen + more} in all, which would show that {shown_of(level, n['of'])} do it"
    return f"{seen + more} in all, as wide as is asked for of so many stories"


def shown_of(level: object, of: object) -> str:
    """The fewest that have to be shown to do it: "at least 51 of 100"."""
    return f"at least {words.more_than(level, of)} of {of}"


def still(spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], decided: str) -> str:
    """What else has to be known before it can be called how the house works; empty where nothing is."""
    parts = []
    lacking = [key for key in KIND_OF if asked[f"wide: {key}"].met is not True]
    groups = 0
    for key in lacking[-1:]:  # sites, else teams, else people
        groups = more_groups(asked[f"wide: {key}"])
        if groups and decided != f"wide: {key}":
            then = then_seen(asked[f"wide: {key}"])
            more_of = f"{groups} more {_ONE[key] if groups == 1 else key}"
            parts.append(f"stories from at least {more_of}{f' ({then})' if then else ''}")
    person = spread.reach["person"]
    if not asked["no star"].met and decided not in ("no star", "who is known") and person.known:
        more = _stories_to_rule_out(person, rules)
        if more:
            who = f"about {plural(more, 'more story that says', 'more stories that say')} who did it"
            if decided.startswith("wide: ") and more <= groups:
                who = f"that about {more} of these {'says' if more == 1 else 'say'} who did it"
            parts.append(f"{who}, to rule out that one person stands behind half of it")
    if asked["most say who"].met is False and decided not in ("most say who", "who is known"):
        alike = decided == "no star" and person.top_share < rules.star_share
        known = _stories_to_rule_out(person, rules) if alike else 0
        if said := asking_who.say_who_still(spread, rules, known, groups):
            parts.append(f"{said}{_or_differ(spread, rules, asked['most say who'])}")
    return f" For the way the house works it would also take {listing(parts)}." if parts else ""


def nothing_to_compare(spread: Spread) -> Decision:
    return Decision(
        "not enough evidence",
        "wide: people",
        f"Nobody stands behind most of its {spread.stories} stories. But hardly any other story is told, and "
        "no staff, teams or sites are listed, so how many others there are who might not do it is not known.",
        "Stories of other practices; or the staff, teams and sites in servicestory.yaml.",
        "nothing to compare with",
    )


def mostly_unsaid(
    spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], smallest: int
) -> Decision:
    person, place = spread.reach["person"], where(spread, rules.least_people)
    if not person.hidden(smallest) and person.seen > place.seen >= rules.least_people:
        rest = f"whose the other {spread.stories - person.known} are is not known"
    elif place.seen >= rules.least_people:
        rest = "within each place it may still be one person"
    else:
        rest = "the others may all be one person's"
    usual = words.usual(where(spread, 2)) if words.places(spread) else ""
    say = words.say_so(person.known, f"its {spread.stories} stories")
    return Decision(
        "not enough evidence",
        "most say who",
        f"Seen with {words.people(spread, smallest)}{words.places(spread)}{usual}{words.periods(spread)}, "
        f"about as widely as stories are told. But {say[0].lower()}{say[1:]}: "
        f"{rest}.",
        f"{asking_who.say_who(spread, rules)}{_or_differ(spread, rules, asked['most say who'])}.",
        UNSAID,
    )


def _or_differ(spread: Spread, rules: VerdictRules, most: Criterion) -> str:
    """The other way, where no one person can stand behind half of it: different people at enough sites."""
    place = spread.at_one_site
    if "sites_differ" not in most.numbers or spread.reach["person"].known < rules.least_stories:
        return ""
    more = next(
        n
        for n in range(1, 1 + 2 * place.named_twice + 200)
        if exact_interval(place.differ + n, place.named_twice + n)[0] > rules.least_reach
    )
    return f", or stories that name different people at {plural(more, 'more site')}"


def _stories_to_rule_out(person: Reach, rules: VerdictRules) -> int:
    """How many more stories, the share of the most seen person as it is, would rule a star out (0: none)."""
    for more in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300):
        n = person.known + more
        if excess(person, exact_interval(round(person.top_share * n), n)[1]) < rules.star_share:
            return more
    return 0
