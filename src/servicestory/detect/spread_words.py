"""What stands beside the verdict, in a shift lead's words: the figures of the spread, one after another."""

from servicestory.detect import verdict_words as words
from servicestory.detect.contrast import OWN, Contrast
from servicestory.detect.house import Kind
from servicestory.detect.judged import Judged, short
from servicestory.detect.priority import Impact
from servicestory.detect.spread import Reach, Spread
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.practice import level_said
from servicestory.text import listing, plural

_MANY: dict[Kind, str] = {"person": "people", "team": "teams", "site": "sites", "period": "periods"}
_GROUPS: tuple[Kind, ...] = ("person", "team", "site")
_ALL: tuple[Kind, ...] = ("person", "team", "site", "period")
_MISSING: dict[Kind, str] = {"person": "who", "team": "which team", "site": "where", "period": "when"}


def beside(judged: Judged, organisation: Organisation, short: bool = False) -> list[tuple[str, str]]:
    """(question, answer) for each figure of the spread that the stories can tell, in a fixed order.

    Args:
        short: without those that stand among the questions that were asked, and above them.
    """
    spread, smallest = judged.spread, organisation.privacy.smallest_group
    asked = [
        ("How many would be usual?", "" if short else _usual(spread, smallest)),
        ("What do its stories leave open?", _unsaid(spread)),
        ("Do a few do most of it?", _concentration(spread, smallest, organisation.verdict)),
        (
            "What is left without whoever is seen most?",
            _left(spread, smallest, organisation.verdict.least_stories),
        ),
        ("Where does it differ most?", _variation(spread, smallest, organisation.verdict)),
        ("When was it seen?", _course(spread)),
        ("How did its stories come in?", _telling(spread)),
        ("Who is not heard?", _silence(spread)),
        ("What would it be worth elsewhere?", "" if short else worth(judged)),
        ("Is it what delights, or what is done anyway?", contrast(judged.contrast)),
    ]
    return [(question, answer) for question, answer in asked if answer]


def _hidden(reach: Reach, smallest: int) -> bool:
    return reach.hidden(smallest)


def _usual(spread: Spread, smallest: int) -> str:
    usual = [
        plural(round(reach.expected), kind, _MANY[kind])
        for kind in _ALL
        if (reach := spread.reach[kind]).expected and reach.known and not _hidden(reach, smallest)
    ]
    return _sentences([f"so many stories would show about {listing(usual)}"] if usual else [])


def _unsaid(spread: Spread) -> str:
    missing = [
        f"{words.percent(spread.reach[kind].missing)} do not say {what}"
        for kind, what in _MISSING.items()
        if (reach := spread.reach[kind]).missing > 0 and (reach.named or reach.listed)
    ]
    return _sentences([f"of its stories {listing(missing)}"] if missing else [])


def _concentration(spread: Spread, smallest: int, rules: VerdictRules) -> str:
    """Not of too few stories that say it: two stories are as if told of anybody or of all."""
    found = []
    for kind in _GROUPS:
        reach = spread.reach[kind]
        if reach.concentration is None or reach.effective is None or spread.hides(kind, smallest):
            continue
        if reach.known < rules.least_stories or reach.seen < 2:
            continue
        many = _MANY[kind]
        if reach.p is not None and reach.p <= rules.significance:
            said = f"taken together, its {many} differ more than chance would have it"
            if kind == "site":  # else the list below, of a hundred sites, seems to say the opposite
                said += ", though not each can be told from the others"
        elif reach.p is not None:
            said = f"it is spread over the {reach.seen} {many} seen as evenly as chance would have it"
        else:
            said = f"it is seen with {reach.seen} {many}"
        found.append(f"{said}{_as_if(reach)}")
    return _sentences(found)


def _as_if(reach: Reach) -> str:
    """As if so many equally busy ones did it, never more than were seen: others may do it too, unseen."""
    seen, low, high = reach.seen, reach.effective_low or 0, reach.effective_high
    if reach.effective is None or (reach.effective >= seen and round(low) >= seen):
        return ""
    if reach.effective >= seen:
        return f", as if at least {_number(low)} equally busy ones did it"
    top = f"all {seen} seen" if high is None or high >= seen else _number(high)
    some = f"{_number(reach.effective)} equally busy ones"
    return f", as if {some} did it (between {_number(low)} and {top}, allowing for chance)"


def _left(spread: Spread, smallest: int, least: int) -> str:
    person = spread.reach["person"]
    if person.known and _hidden(person, smallest):
        return ""  # beside the star's share, who is left in so many teams or sites is as many people
    found = []
    for kind in _ALL:
        reach = spread.reach[kind]
        tells = reach.seen > 1 or reach.known >= least  # the one of a single story is no loss
        if reach.known and tells and not _hidden(reach, smallest) and max(reach.named, reach.listed) > 1:
            stories, groups = reach.without_top
            others = plural(groups, f"other {kind}", f"other {_MANY[kind]}")
            if reach.few_without_top(smallest):
                others = "a few other people"
            beside = "; the rest only in the same stories" if groups < reach.seen - 1 else ""
            found.append(
                f"without the {kind} seen most {plural(stories, 'story', 'stories')} and {others} would be "
                f"left{beside}"
            )
    return _sentences(found)


def _variation(spread: Spread, smallest: int, rules: VerdictRules) -> str:
    """A share of the variation only where it is beyond chance: of people with a story each it is none."""
    shares: list[str] = []
    chance: list[str] = []
    for kind in _GROUPS:
        reach = spread.reach[kind]
        if reach.likeness is None or reach.known < rules.least_stories or _hidden(reach, smallest):
            continue
        if reach.p is not None and reach.p <= rules.significance:
            share = "less than 1%" if reach.likeness < 0.005 else words.percent(reach.likeness)
            shares.append(f"which {kind} it is explains {share}" if not shares else f"which {kind} {share}")
        else:
            chance.append(_MANY[kind])
    said = []
    if shares:
        said.append(f"{listing(shares)} of whether a story shows it (0%: all alike; 100%: all or none)")
    if chance:
        said.append(f"between {listing(chance)} it differs no more than by chance")
    return _sentences(said)


def _course(spread: Spread) -> str:
    told = [point for point in spread.series if point.told]
    if not told:
        return ""
    shown = told[-12:]
    course = ", ".join(f"{point.period} {point.stories} of {point.told}" for point in shown)
    left = f" (the last {len(shown)} shown)" if len(shown) < len(told) else ""
    return f"In {spread.periods} of {plural(len(told), 'period')} in which stories were told{left}: {course}."


def _telling(spread: Spread) -> str:
    n = spread.prompted
    ways = [
        f"{count} {how}"
        for how, count in (
            ("told unasked", n["spontaneous"]),
            ("asked for in a campaign", n["campaign"]),
            ("from imported files", n["import"]),
        )
        if count
    ]
    said = f"{listing(ways)}." if ways else ""
    who = f"{spread.reporters} of {spread.stories} say who told them."
    return f"{said[:1].upper()}{said[1:]} {who} Stories are what somebody chose to tell.".strip()


def _silence(spread: Spread) -> str:
    silent = [
        plural(count, one)
        for one, count in (("team", spread.silent_teams), ("site", spread.silent_sites))
        if count
    ]
    if not silent:
        return ""
    return f"Of {listing(silent)} on the list no story of any kind is told; silent is not poor."


def worth(judged: Judged) -> str:
    """What it would be worth to do it everywhere, with the level of evidence."""
    return worth_of(judged.impact, judged.level, judged.verdict.label)


FEW = 8  # stories; below, a share of them says nothing, nor where it was not seen


def worth_of(one: Impact, level: str, label: str | None, alike: bool = True) -> str:
    """How often, how much its stories are rated above the others, and at how many sites it is not seen.

    Args:
        level: of evidence; empty on a page that says it already.
        alike: whether it is said that all ratings are alike, where they are: on a page of many practices once
            is enough.
    """
    seen, of = one.often
    said = f"It is in {seen} of {plural(of, 'story', 'stories')}"
    if of < FEW:
        said += ", too few to say how often it happens"
    else:
        said += f" ({words.between(one.often_low, one.often_high)}, allowing for chance)"
    if one.alike:
        said += f"; {one.alike}" if alike else ""
    elif one.rating is not None and one.rating_low is not None and one.rating_high is not None:
        interval = f"between {points(one.rating_low)} and {points(one.rating_high)}"
        rated = f"{one.rated[0]:,} and {one.rated[1]:,} rated"
        if one.rating_low <= 0 <= one.rating_high:
            said += (
                "; its ratings differ from the others by no more than chance "
                f"({points(one.rating)} of 100 points, {interval}; {rated})"
            )
        else:
            way = "higher" if one.rating >= 0 else "lower"
            by = abs(in_points(one.rating))
            much = plural(by, "point") if by else "less than 1 point"
            said += f"; its stories are rated {much} of 100 {way} than the others ({interval}; {rated})"
            if one.rating < 0:  # nobody is to give up saying sorry because of the stories it is told in
                said += (
                    ", which need not be its doing: what puts a failure right is told in low-rated stories"
                )
        if one.praise_only:
            said += (
                "; no story rated in the lower half is here, so beside all that is told it may be more: "
                "import them as well to see"
            )
    else:
        said += "; too few ratings to say whether it moves them"
    if one.sites > 1 and not one.sites_without:
        said += "; it has been seen at every site"
    elif one.sites > 1 and seen >= FEW:  # of one story nobody expects that it is seen at a hundred sites
        partly = ""
        if one.unplaced:
            partly = f" ({plural(one.unplaced, 'story does', 'stories do')} not say where)"
        said += f"; it has not been seen at {one.sites_without} of {plural(one.sites, 'site')}{partly}"
    elif seen and not one.sites:  # with a single site there is nothing to say of the others
        said += f"; {'its story does' if seen == 1 else 'its stories do'} not say where"
    return f"{said}. Level of evidence: {level_said(level, label)}." if level else f"{said}."


def in_points(share: float) -> int:
    """A difference in whole points of 100, the same of a figure as it is worked out and as it is kept."""
    return round(100 * float(short(share)))


def points(share: float) -> str:
    """A difference in points of 100; nothing has no sign."""
    whole = in_points(share)
    return f"{whole:+d}" if whole else "0"


def contrast(found: Contrast | None) -> str:
    """Great stories beside ordinary encounters."""
    if found is None:
        return ""
    high = "no upper limit" if found.ratio_high is None else f"{found.ratio_high:.2f}"
    verdict = {
        "told of what delights": "more often than in ordinary encounters: it sets the great ones apart",
        "done in ordinary encounters too": "no more often than in ordinary encounters: everybody does it"
        if found.usual
        else "no more often told in praise than elsewhere",
        "cannot tell yet": "too few to tell it from ordinary encounters yet",
    }[found.says]
    if found.few:
        verdict = f"of so few of its own nothing is said of what delights (from {OWN} stories on)"
    elif found.says == "cannot tell yet" and found.ratio_low > 1:
        verdict = "among so many practices one may differ as much by chance, so it cannot be told yet"
    left = ""
    if found.left_out:
        are = "is a story too and was" if found.left_out == 1 else "are stories too and were"
        left = f" ({found.left_out:,} more {are} left out)"
    own = "" if found.own is None else f" ({found.own:,}, by all that is known of it)"
    apart = f". That count serves only this comparison and is not that of its stories{own}"
    often = f"{found.ratio:.1f} times as often (between {found.ratio_low:.1f} and {high}); "
    return (
        "Read once more without knowing which is which, by its description alone, "
        f"{found.stories[0]:,} of {found.stories[1]:,} stories show it and "
        f"{found.ordinary[0]:,} of {found.ordinary[1]:,} ordinary encounters{left}"
        f"{'' if found.own == found.stories[0] else apart}: "
        f"{'' if found.says == 'cannot tell yet' else often}{verdict}."
    )


def _sentences(parts: list[str]) -> str:
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)


def _number(value: float) -> str:
    """People and places are told in whole ones."""
    return f"{value:.0f}"
