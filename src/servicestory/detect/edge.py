"""Whether a single story would tip a verdict: then it is close, and the verdict says so."""

from collections.abc import Iterator, Mapping

from servicestory.detect.concentration import exact_interval
from servicestory.detect.criteria import Criterion, excess
from servicestory.detect.spread import Reach, Spread
from servicestory.detect.unclear import KIND_OF, Decision
from servicestory.models.organisation import VerdictRules


def edge(
    spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], made: Decision, smallest: int
) -> str:
    """What one story more or fewer would make of it; empty where none would, or where that is said already.

    Of a practice that has not enough evidence what is missing is said, with how many stories it takes.
    """
    if made.label in ("not enough evidence", "random act") or "It is close" in made.because:
        return ""
    if "It is close" in made.would_change:
        return ""
    found = next(_tipped(spread, rules, asked, made, smallest), "")
    return f" It is close: {found}." if found else ""


def _tipped(
    spread: Spread, rules: VerdictRules, asked: Mapping[str, Criterion], made: Decision, smallest: int
) -> Iterator[str]:
    person, least = spread.reach["person"], rules.least_stories
    if spread.stories == least:
        yield f"with one story fewer it would not have the {least} that are asked for"
    if made.decided_by in ("one person", "one team", "one site"):
        kind = made.decided_by.removeprefix("one ")
        yield from _share(spread.reach[KIND_OF[f"{kind}s" if kind != "person" else "people"]], kind, rules)
        return
    again = _told_again(spread, made)
    if again is not None and again <= least + 1:  # a site of two stories that loses one tells of it once
        yield "with one story fewer of a place told of twice, it could not be called a habit of these"
    if made.label == "spreading":
        return
    by_sites = spread.at_one_site.rules_out(rules)  # then nothing hangs on who is named, and how often
    if person.known == least and asked["who is known"].met and not by_sites:
        yield f"with one story fewer that says who did it, fewer than {least} would"
    more = excess(person, exact_interval(person.top + 1, person.known + 1)[1])
    if asked["no star"].met and not by_sites and not person.hidden(smallest) and more >= rules.star_share:
        yield "with one more story of the person named most, it could hang on that person"
    unsaid = spread.stories - person.known + 1
    if made.label == "systemic" and not by_sites and unsaid > rules.most_missing * (spread.stories + 1):
        yield "with one more story that does not say who did it, most would not"
    counts = [point.stories for point in spread.series if point.stories]
    if len(counts) == 2 and min(counts) == 1:
        yield "without the only story of one of its two periods, it would be seen in one alone"


def _share(reach: Reach, kind: str, rules: VerdictRules) -> Iterator[str]:
    """A share that one story of others, or one of these less, would bring below what is asked for."""
    level = rules.star_share if kind == "person" else rules.team_share
    if reach.known == rules.least_stories or (kind != "person" and reach.top == rules.least_stories):
        yield f"with one story fewer of this {kind} there would be too few to call it that"
    if reach.top < level * (reach.known + 1):
        yield f"with one more story of anybody else, less than {100 * level:.0f}% would be of this {kind}"


def _told_again(spread: Spread, made: Decision) -> int | None:
    """The stories that a habit of some, or growth, rests on: those of places that tell of it again."""
    if made.label == "spreading" and spread.growth:
        return spread.growth.told_again
    if made.label == "team habit":
        return spread.reach[KIND_OF[made.decided_by.removeprefix("wide: ")]].told_again
    return None
