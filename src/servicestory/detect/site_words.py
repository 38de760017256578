"""Site by site in words: where a practice is seen as often as elsewhere, more, less, or nobody can tell."""

from servicestory.detect.consistency import SiteConsistency, State
from servicestory.detect.spread_words import FEW
from servicestory.models.practice import Practice
from servicestory.text import listing, plural, row

_NAMED = 4  # sites named of those with nothing to look into
_DIFFERS: tuple[State, ...] = ("more often", "less often", "perhaps more often", "perhaps less often")
_UNKNOWN: tuple[State, ...] = ("too few stories to tell", "no stories")
_STATE: dict[State, str] = {  # in the order they are told
    "as often as elsewhere": "No difference from elsewhere shown",
    "more often": "Seen more often than elsewhere",
    "less often": "Seen less often than elsewhere, or not at all",
    "perhaps more often": "Seen more often than elsewhere, but among so many sites that may still be chance",
    "perhaps less often": "Seen less often than elsewhere, or not at all, but among so many sites "
    "that may still be chance",
    "seen, too few stories to compare": "Seen, but too seldom to say if more or less than elsewhere",
    "too few stories to tell": "Not seen, which may be chance (it is told of too seldom, or too little is "
    "told there): nobody can say it is not done",
    "no stories": "No story of any kind is told there",
}


def shown_by(practice: Practice) -> list[str]:
    """The stories its sites are told from: of few, or where all are doubtful, those that surely show it.

    Among many a doubtful one weighs little; by itself it would name a site that has never done it.
    """
    every = {piece.story for piece in practice.evidence}
    sure = practice.sure_stories
    return sorted(sure if len(every) < FEW or not sure else every)


def left_out(found: list[SiteConsistency], practice: Practice) -> str:
    """Which of its stories no site's figures hold, so that these can be added up; empty if all are."""
    shown = len(shown_by(practice))
    doubtful = len({piece.story for piece in practice.evidence}) - shown
    nowhere = shown - sum(one.seen for one in found)
    parts = []
    if doubtful:
        parts.append("the doubtful one" if doubtful == 1 else f"the {doubtful} doubtful ones")
    if nowhere:
        parts.append(plural(nowhere, "story that does not say where", "stories that do not say where"))
    return f"; without {listing(parts)}" if parts else ""


def sites(found: list[SiteConsistency], few: bool = False, every: str = "--json") -> list[tuple[str, str]]:
    """(state, the sites in it with their figures), so that nobody reads a ranking.

    Within each the sites where most stories show it come first, of as many those with fewer stories in all
    last: their figures tell most. Many sites of which nothing is known are counted and not listed.

    Args:
        few: of so few stories that nothing can be compared; only where it was seen is told.
        every: the option that shows every site.
    """
    if few:
        there = [one for one in found if one.seen]
        return (
            [("Seen at (too few stories of it to compare the sites)", _named(there, every, bare=True))]
            if there
            else []
        )
    lines = []
    for state, words_for_it in _STATE.items():
        here = [one for one in found if one.state == state]
        if state in _UNKNOWN and len(here) > _NAMED + 2:
            lines.append((words_for_it, plural(len(here), "site")))
        elif here:
            lines.append((words_for_it, _named(here, "" if state in _DIFFERS else every)))
    return lines


def _named(found: list[SiteConsistency], every: str = "", bare: bool = False) -> str:
    """The sites with their figures, those where most stories show it first; of many only some."""
    said = [
        one.site if not one.told else f"{one.site} {one.seen} of {one.told}{'' if bare else _may_be(one)}"
        for one in sorted(found, key=lambda one: (-one.seen, -one.told))
    ]
    if not every or len(said) <= _NAMED + 2:
        return row(said)
    return f"{row(said[:_NAMED])} and {len(said) - _NAMED} more (all with {every})"


def _may_be(one: SiteConsistency) -> str:
    """The share it may be at a site, allowing for chance (exact 95 % interval): " (8–29%)"."""
    low, high = round(100 * one.low), round(100 * one.high)
    return f" ({low}–{high}%)" if low else f" (at most {high}%)"


def in_short(found: list[SiteConsistency]) -> tuple[tuple[str, str], ...]:
    """(state, at how many sites it is so); those that differ by name. The states are always the same."""

    def number(*states: State) -> str:
        return str(sum(one.state in states for one in found))

    alike = number("as often as elsewhere", "seen, too few stories to compare")
    return (
        ("seen, no difference from elsewhere shown", alike),
        ("seen more often", _differ(found, "more often", "perhaps more often")),
        ("seen less often, or not at all", _differ(found, "less often", "perhaps less often")),
        ("not seen, which may be chance", number("too few stories to tell")),
        ("no story of any kind", number("no stories")),
    )


def _differ(found: list[SiteConsistency], sure: State, perhaps: State) -> str:
    """The sites by name that differ for sure, and how many others may by chance."""
    named, maybe = ([one for one in found if one.state == state] for state in (sure, perhaps))
    chance = f"perhaps {len(maybe)}{' more' if named else ''}" if maybe else ""
    return "; ".join(part for part in (_named(named, bare=True) if named else "", chance) if part) or "0"
