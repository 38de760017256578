"""The parts of a verdict's sentences: counts, shares and comparisons in plain words, never with a name."""

from collections.abc import Mapping
from math import ceil

from servicestory.detect.criteria import Criterion, Number, where
from servicestory.detect.growth_words import grown
from servicestory.detect.spread import Reach, Spread
from servicestory.models.organisation import VerdictRules
from servicestory.text import plural, some_of

NAMES_TELL = ("who is known", "most say who", "no star")
_RARE = 0.01  # chance below which one person is in far more of its stories than chance would show

ANSWER = {True: "Yes", False: "No", None: "The stories cannot tell"}


def answer(one: Criterion) -> str:
    """A criterion's answer in words: yes, no or cannot be told, and the figures it rests on."""
    word = ANSWER[one.met]
    figures = _figures(one.key, one.numbers, one.met)
    return f"{word}: {figures}" if figures else f"{word}."


def _figures(key: str, n: Mapping[str, Number], met: bool | None) -> str:
    if key == "enough stories":
        return f"{n['stories']} of it; at least {n['least']} are asked for."
    if key == "once":
        rate = at_most(n["at_most"])
        return f"it is in {n['stories']} of {n['of']:,} stories, {rate} allowing for chance."
    if key == "who is known":
        return _who(n, met)
    if key == "most say who":
        return _most_say(n, met)
    if key in ("one person", "one team", "one site"):
        return _most_of_it(key.removeprefix("one "), n)
    if key == "growing":
        return grown(n)
    if key.startswith("wide"):
        return _wide(key.removeprefix("wide: "), n, met)
    if key == "no star":
        if "at_most_by_sites" in n:
            return f"{one_site(n)}; it has to be below {percent(n['level'])}."
        if "at_most" not in n:
            said = say_so(int(n.get("known") or 0), "its stories")
            return f"{said[0].lower()}{said[1:]}." if "known" in n else ""
        return (
            f"allowing for chance, one person has at most {percent(n['at_most'])} of it beyond that person's "
            f"usual share; it has to be below {percent(n['level'])}."
        )
    if key == "recurs":
        return _recurring(n)
    return ""


def say_so(known: int, of: str) -> str:
    """That only so many of the stories say who did it."""
    return f"{f'Only {known}' if known else 'None'} of {of} {'says' if known < 2 else 'say'} who did it"


def one_site(n: Mapping[str, Number]) -> str:
    """Why the sites alone rule one person out."""
    return (
        f"at most {n['stories_of_one_site']} of its {n['stories']} stories are of one site (or of all sites "
        "of one person who is seen at several), so one person has "
        f"{at_most(n['at_most_by_sites'])} of it, allowing for chance"
    )


def _most_say(n: Mapping[str, Number], met: bool | None) -> str:
    known, of = int(n["known"] or 0), int(n["of"] or 0)
    does = "does" if known < 2 else "do"
    text = f"{some_of(known, of, '')} {does}, so {percent(n['missing'])} leave it open; "
    if "sites_differ" not in n:
        return f"{text}no more than {percent(n['most_missing'])} may."
    said = differ(int(n["sites_differ"] or 0), int(n["sites_named_twice"] or 0))
    if met:
        return f"{text}but its sites show that these are not all one person's, and {said}."
    return (
        f"{text}more than {percent(n['most_missing'])} may only where different people are named at more "
        f"than half of the sites of which two stories say who, allowing for chance: {said}."
    )


def differ(sites: int, of: int) -> str:
    """At how many of the sites with two stories that say who did it different people are named."""
    if not of:
        return "at no site do two of its stories say who did it"
    at = "the only site" if of == 1 else f"{some_of(sites, of)} sites"
    named = "they name different people" if sites or of > 1 else "they name the same person"
    return f"at {at} where two of its stories or more say who did it, {named}"


def more_than(share: object, of: object) -> int:
    """The fewest of so many that are more than a share of them."""
    return int(float(str(share)) * int(str(of))) + 1


def _who(n: Mapping[str, Number], met: bool | None) -> str:
    if not n["known"]:
        return "none of its stories does."
    named = n["people_named_in_any_story"]
    people = "only a few people" if named is None else plural(int(named), "person", "people")
    if not met and (named is None or int(named) < int(n["least_people"] or 0)):
        return (
            f"{n['known']} do, and all stories together name {people}; at least {n['least_people']} are "
            "asked for."
        )
    return f"{n['known']} do; all stories together name {people}."


def _wide(key: str, n: Mapping[str, Number], met: bool | None) -> str:
    if n.get("expected") is None:
        if "known" in n:
            return f"too few say {tells(key)}." if n["known"] else f"none of its stories says {tells(key)}."
        return "too few other stories to know how many would be usual." if "seen" in n else ""
    seen = "a few" if n["seen"] is None else n["seen"]
    expected, level, least = n["expected"], n["level"], n.get("at_least")
    asked = asked_for(n)
    text = (
        f"{seen} {'is' if seen == 1 else 'are'} seen; if all did it alike, so many stories would show about "
        f"{round(float(expected or 0))}. At least {asked} {'is' if asked == 1 else 'are'} asked for."
    )
    reached = float(n["seen"] or 0) >= float(level or 0) * float(expected or 0)
    if not met and reached and least is not None and n["least_reach"] is not None:
        text += (
            f" So few stories show only that at least {least} do it, allowing for chance; more than "
            f"{percent(n['least_reach'])} of them is asked for."
        )
    if not met and n["told_again"] is not None:
        text += (
            f" {n['told_again'] or 'None'} of its stories are of {key} with two or more; {n['least']} of "
            "these are asked for to call it a habit of theirs."
        )
    return text


def asked_for(wide: Mapping[str, Number]) -> int:
    """How many have to be seen to be as wide as is asked for."""
    return ceil(round(float(wide["level"] or 0) * float(wide["expected"] or 0), 9))


def _recurring(n: Mapping[str, Number]) -> str:
    since = n["told_since_last_seen"]
    if not n["periods"]:
        return "none of its stories says when."
    text = f"seen in {n['periods']} of {plural(int(n['periods_told'] or 0), 'period')}"
    if isinstance(since, int) and since:
        text += f"; {plural(since, 'story was', 'stories were')} told since it was last seen"
    return f"{text}."


def _most_of_it(group: str, n: Mapping[str, Number]) -> str:
    if not n.get("of"):
        return "" if "of" not in n else f"none of its stories says {_SAYS[group]}."
    text = (
        f"one {group} is in {n['stories']} of {n['of']} of its stories ({percent(n['share'])}; between "
        f"{percent(n['low'])} and {percent(n['high'])}, allowing for chance) and in {others(n)}; "
        f"{percent(n['level'])} is asked for."
    )
    if n.get("taken_up_since"):
        return f"{text} But since {n['taken_up_since']} others have taken it up."
    if isinstance(n["chance"], float) and float(n["share"] or 0) >= float(n["level"] or 0):
        text += f" Chance alone would show as much in {_of_hundred(n['chance'])}."
    return text


def others(n: Mapping[str, Number]) -> str:
    """In how many of the other stories the one seen most is."""
    of = int(n["of_other_stories"] or 0)
    if not of:
        return "no other story, for none is told"
    return f"{n['other_stories'] or 'none'} of {plural(of, 'other story', 'other stories')}"


_SAYS = {"person": "who did it", "team": "which team", "site": "where"}


def _of_hundred(chance: float) -> str:
    return "fewer than 1 of 100 houses" if chance < 0.01 else f"{min(100, round(100 * chance))} of 100 houses"


def notes(spread: Spread, decided_by: str, rules: VerdictRules, smallest: int) -> list[str]:
    """What lowers the trust in the figures, whatever the verdict."""
    notes = []
    # where names would change it, what would change it says as much
    if spread.people_from_text and decided_by not in ("enough stories", "once", *NAMES_TELL):
        notes.append(
            f"In {plural(spread.people_from_text, 'story', 'stories')} the person was only read in the text "
            "and is not confirmed."
        )
    if spread.shared:
        name = "names several people and does" if spread.shared == 1 else "name several people and do"
        which = "Its story" if spread.stories == 1 else f"{spread.shared} of its stories"
        notes.append(f"{which} {name} not say which of them did it: all are counted.")
    if sum(1 for point in spread.series if point.told) == 1 and decided_by not in ("enough stories", "once"):
        notes.append("All stories are of one period, so whether it comes back is not known.")
    person = spread.reach["person"]
    told = decided_by not in ("enough stories", "once", "one person", "no star")
    if told and not person.hidden(smallest) and far_more(spread, rules):
        notes.append(
            f"One person is in {person.top} of the {person.known} stories of it that say who did it, far "
            "more than chance would show."
        )
    asked = spread.prompted["campaign"]
    if asked and asked * 2 > spread.stories:
        notes.append(f"{asked} of {spread.stories} stories were asked for in a campaign.")
    return notes


def far_more(spread: Spread, rules: VerdictRules) -> bool:
    """Whether one person is in far more of its stories than chance would show, though in less than half."""
    person = spread.reach["person"]
    # Whoever is as busy in that team's other stories is no exception there.
    in_place = person.top_p_in_place is None or person.top_p_in_place <= rules.significance
    rare = person.top_p is not None and person.top_p < _RARE and person.top_share < rules.star_share
    return rare and in_place


def told_again(reach: Reach, key: str) -> str:
    """At how many it is told of again, and in how many stories; at how many once."""
    at = {"people": "With", "teams": "In", "sites": "At"}[key]
    once = reach.seen - reach.again
    if not reach.again:
        return f"{at} none of them it is told of a second time."
    said = f"{at} {reach.again} of them it is told of at least twice ({reach.told_again} stories)"
    return f"{said}; {at.lower()} {once} it is told of once." if once else f"{said}."


def names_tell(place: Reach) -> str:
    """What names would tell; where a single story comes from a place, they cannot tell one from everybody."""
    once = place.seen - place.again
    if 2 * place.again >= place.seen:
        return ": then one person per place can be told from everybody."
    at = "at" if place.kind == "site" else "in"
    which = f"each of the {once}" if once == place.seen else f"{once} of the {place.seen}"
    return (
        f", and collect more stories at the same {place.kind}s: {at} {which} a single "
        "story tells of it, which cannot tell one person there from everybody."
    )


def stories_missing(spread: Spread, rules: VerdictRules) -> int:
    """How many more stories it takes to ask who does it, of a practice below the floor.

    Imported ones that name nobody cannot be completed: nobody can be asked about them any more.
    """
    return rules.least_stories - spread.stories + spread.unsaid_import


def share(reach: Reach, says: str = "who did it") -> str:
    return (
        f"{reach.top} of the {reach.known} stories that say {says} ({percent(reach.top_share)}; between "
        f"{percent(reach.top_low)} and {percent(reach.top_high)}, allowing for chance)"
    )


def elsewhere(reach: Reach) -> str:
    if not reach.comparable:
        return ", more than even a busy one would have by chance"
    one, many = ("is", "are") if reach.kind == "person" else ("does", "do")
    if not reach.elsewhere_top:
        return f", and none of the {reach.elsewhere:,} other stories {one}"
    does = one if reach.elsewhere_top == 1 else many
    return f", but only {reach.elsewhere_top} of the {reach.elsewhere:,} other stories {does}"


def count(reach: Reach, smallest: int = 0) -> str:
    """How many were seen; of people no number below ``smallest``, nor where all stories name fewer."""
    if reach.hidden(smallest):
        return "a few people" if reach.named < smallest else f"fewer than {smallest} people"
    one, many = {"person": ("person", "people"), "team": ("team", "teams"), "site": ("site", "sites")}[
        reach.kind if reach.kind != "period" else "site"
    ]
    return plural(reach.seen, one, many)


def people(spread: Spread, smallest: int) -> str:
    """With how many people it was seen: at most so many, where stories do not say which of several did it."""
    said = count(spread.reach["person"], smallest)
    return f"up to {said}" if spread.shared and said[0].isdigit() else said


def at(reach: Reach) -> str:
    of = max(reach.named, reach.listed)
    word = reach.kind
    if of == 1:
        return f"{'at' if word == 'site' else 'in'} the only {word}"
    return f"{'at' if word == 'site' else 'in'} {reach.seen} of {of} {word}s"


def seen_at(reach: Reach, key: str, smallest: int, hidden: bool) -> str:
    """With how many people, or at how many teams or sites it is seen; no number where that is ``hidden``."""
    if key == "people":
        return f"with {count(reach, smallest)}"
    return f"in a few {key}" if hidden else at(reach)


def usual(reach: Reach) -> str:
    """What so many stories would show, where that is well above what was seen."""
    far = reach.expected is not None and round(reach.expected) > reach.seen
    return f" ({if_alike(reach)})" if far else ""


def if_alike(reach: Reach) -> str:
    """How many would be seen in so many stories if all did it alike; empty where nobody can tell."""
    return f"about {round(reach.expected)} if all did it alike" if reach.expected else ""


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
    """An upper limit, never told as nothing; a small one with a decimal, like its interval."""
    if not isinstance(share, int | float):
        return f"at most {percent(share)}"
    return "fewer than 1 in 100" if share < 0.01 else f"at most {fine_percent(share)}"


def between(low: float, high: float) -> str:
    """An interval of a share; small ones with a decimal, so that its ends are not the same."""
    if low < 0.001:
        return f"at most {fine_percent(high)}"
    if high >= 0.095:
        return f"between {percent(low)} and {percent(high)}"
    return f"between {fine_percent(low)} and {fine_percent(high)}"


def fine_percent(share: float) -> str:
    """A share of something that is told of, never as nothing: below a tenth with two digits."""
    return percent(share) if share >= 0.095 else f"{100 * share:.2g}%"


def percent(share: object) -> str:
    return f"{round(100 * share)}%" if isinstance(share, int | float) else "?"
