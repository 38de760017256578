"""Not enough evidence though there are stories enough: what is missing, and what would change it."""

from dataclasses import dataclass

from servicestory.detect import verdict_words as words
from servicestory.detect.concentration import exact_interval
from servicestory.detect.criteria import excess
from servicestory.detect.house import Kind
from servicestory.detect.spread import Reach, Spread
from servicestory.models.organisation import VerdictRules
from servicestory.text import plural

_CLOSE = 2  # stories; so few more would tip the verdict
KIND_OF: dict[str, Kind] = {"people": "person", "teams": "team", "sites": "site"}


@dataclass(frozen=True)
class Decision:
    """A verdict with the key of the criterion that decided, why, and what would change it."""

    label: str
    decided_by: str
    because: str
    would_change: str


def not_recurring(spread: Spread) -> Decision:
    seen = [point.period for point in spread.series if point.stories]
    since = f", and in none of the {spread.told_since} stories told since" if spread.told_since else ""
    return Decision(
        "not enough evidence",
        "recurs",
        f"Its {spread.stories} stories are seen {'only in' if len(seen) == 1 else 'up to'} {seen[-1]}"
        f"{since}: it may have been a season's effort rather than a habit.",
        "Stories of it from a later period.",
    )


def star_not_ruled_out(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
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
    return Decision(
        "not enough evidence",
        "no star",
        "It is not shown to hang on one person, but that cannot be ruled out either"
        f"{'' if person.named < smallest else shown}{close}.",
        change,
    )


def too_few_to_be_wide(spread: Spread, rules: VerdictRules, smallest: int, key: str) -> Decision:
    """Seen nowhere near everywhere, and so few stories would show no more if everybody did it."""
    reach = spread.reach[KIND_OF[key]]
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
    return Decision("not enough evidence", f"wide: {key}", because, change)


def nothing_to_compare(spread: Spread) -> Decision:
    return Decision(
        "not enough evidence",
        "wide: people",
        f"Nobody stands behind most of its {spread.stories} stories. But hardly any other story is told, and "
        "no staff, teams or sites are listed, so how many others there are who might not do it is not known.",
        "Stories of other practices; or the staff, teams and sites in servicestory.yaml.",
    )


def mostly_unsaid(spread: Spread, rules: VerdictRules, smallest: int) -> Decision:
    person, place = spread.reach["person"], words.where(spread, rules.least_people)
    if smallest <= person.named and person.seen > place.seen >= rules.least_people:
        rest = f"whose the other {spread.stories - person.known} are is not known"
    elif place.seen >= rules.least_people:
        rest = "within each place it may still be one person"
    else:
        rest = "the others may all be one person's"
    return Decision(
        "not enough evidence",
        "most say who",
        f"Seen with {words.count(person, smallest)}{words.places(spread)}{words.periods(spread)}, as widely "
        f"as stories are told. But only {person.known} of its {spread.stories} stories say who did it: "
        f"{rest}.",
        f"Record {words.who_in_enough(spread, rules)}.",
    )


def _stories_to_rule_out(person: Reach, rules: VerdictRules) -> int:
    """How many more stories, the share of the most seen person as it is, would rule a star out (0: none)."""
    for more in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300):
        n = person.known + more
        if excess(person, exact_interval(round(person.top_share * n), n)[1]) < rules.star_share:
            return more
    return 0
